"""Alerts as people and programs look at them: with what became of each on every channel, and who called it useful."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from commsleads.alerts import judging
from commsleads.store import alert_lists as alerts
from commsleads.store.engine import Row, Session, moment

DOUBT = timedelta(minutes=5)
"""A send that was begun longer ago and never ended is one of which nobody knows."""


def listed(session: Session, now: datetime, *, only_open: bool, since: str = "", most: int = 0) -> list[dict[str, Any]]:
    """Alerts, the newest first; those that nobody has settled only, when asked. 0 is all."""
    rows = alerts.listed(session, start=since, only_open=only_open, most=most)
    return _told(session, rows, now)


def shown(session: Session, wanted: str, now: datetime) -> dict[str, Any]:
    """One alert. Raises `NotFoundError`."""
    return _told(session, [judging.find(session, wanted)], now)[0]


def _told(session: Session, rows: Sequence[Row], now: datetime) -> list[dict[str, Any]]:
    ids = [row["id"] for row in rows]
    sends = alerts.sends(session, list({*ids, *(row["told_in"] for row in rows)}))
    votes = alerts.votes(session, ids)
    return [
        {
            "id": row["id"],
            "kind": row["kind"],
            "level": row["level"],
            "subject": row["subject"],
            "title": row["title"],
            "text": row["text"],
            "command": row["command"],
            "evidence": json.loads(row["evidence"]),
            "owner": row["owner"] or None,
            "caused_at": row["caused_at"],
            "raised_at": row["raised_at"],
            "ready_at": row["ready_at"],
            "settled_at": row["settled_at"] or None,
            "settled_why": row["settled_why"],
            "told_in": row["told_in"] or None,
            "channels": [_send(one, now) for one in sends.get(row["told_in"] or row["id"], [])],
            "useful": [{"voter": voter, "useful": said} for voter, said in votes.get(row["id"], [])],
        }
        for row in rows
    ]


def _send(row: Row, now: datetime) -> dict[str, Any]:
    at = moment(row["at"])
    doubt = row["state"] == "sending" and at is not None and now - at > DOUBT
    return {
        "channel": row["channel"],
        "state": "in doubt" if doubt else row["state"],
        "at": row["at"],
        "next_at": row["next_at"] if row["state"] in {"waiting", "failed"} else None,
        "tries": row["tries"],
        "error": row["error"],
    }


def state(told: dict[str, Any]) -> str:
    """How an alert stands, in a word or two for a list."""
    states = [one["state"] for one in told["channels"]]
    if told["settled_at"]:
        return "settled"
    for word in ("sent", "in doubt", "sending", "failed", "waiting", "over"):
        if word in states:
            return {"over": "not sent", "failed": "tried again"}.get(word, word)
    return "no channel"
