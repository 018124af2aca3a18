"""Journalists' open requests for sources, out of request services' mails. Their text is hostile and never public."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from commsleads.letters import SourceRequest
from commsleads.rules.requests.identity import EVENING
from commsleads.store.engine import Row, Session, stamp
from commsleads.store.signals import chunks, holes

OPEN = "(r.deadline_at = '' OR r.deadline_at >= :now OR (r.deadline_day <> '' AND r.deadline_at >= :evening))"
"""Whose time is not over, as `rules.requests.expired` says it: one that gives a day only lasts until that day has."""


class Asked(NamedTuple):
    """A request on its way into the store. `content_key` is the same for the same query in another mail.

    `matches` are the watches and topics that it names, as (topic, phrase).
    """

    id: str
    content_key: str
    letter_id: str
    seen_at: str
    request: SourceRequest
    matches: Sequence[tuple[str, str]] = ()


def keep(session: Session, asked: Asked) -> str:
    """Keep a request and what it matches. The id of its row, which is an older one for a resend or a forward."""
    ident, request = asked.id, asked.request
    same = session.tuples("SELECT id FROM requests WHERE content_key = ? OR id = ?", (asked.content_key, ident))
    if same:
        return str(same[0][0])
    deadline = request.deadline
    session.execute(
        "INSERT INTO requests (id, content_key, letter_id, number, service, summary, query, requirements, category, "
        "journalist, outlet, outlet_url, reply_to, masked, url, deadline_at, deadline_day, deadline_text, no_ai, trap, "
        "start_at, end_at, seen_at) VALUES (:id, :content, :letter, :number, :service, :summary, :query, "
        ":requirements, :category, :journalist, :outlet, :outlet_url, :reply_to, :masked, :url, :deadline_at, "
        ":deadline_day, :deadline_text, :no_ai, :trap, :start, :end, :seen)",
        id=ident,
        content=asked.content_key,
        letter=asked.letter_id,
        number=request.number,
        service=request.service,
        summary=request.summary,
        query=request.query,
        requirements=request.requirements,
        category=request.category,
        journalist=request.journalist,
        outlet=request.outlet,
        outlet_url=request.outlet_url,
        reply_to=request.reply_to,
        masked=int(request.masked),
        url=request.url,
        deadline_at=stamp(deadline.at) if deadline else "",
        deadline_day=deadline.day.isoformat() if deadline and deadline.day else "",
        deadline_text=request.deadline_text,
        no_ai=int(request.no_ai),
        trap=request.trap,
        start=request.start,
        end=request.end,
        seen=asked.seen_at,
    )
    session.many(
        "INSERT INTO request_matches (request_id, topic, phrase) VALUES (?, ?, ?) "
        "ON CONFLICT (request_id, topic) DO NOTHING",
        [(ident, topic, phrase) for topic, phrase in asked.matches],
    )
    return ident


_COLUMNS = (
    "id", "letter_id", "number", "service", "summary", "query", "requirements", "category", "journalist", "outlet",
    "outlet_url", "reply_to", "masked", "url", "deadline_at", "deadline_day", "deadline_text", "no_ai", "trap",
    "seen_at",
)  # fmt: skip


def by_id(session: Session, ids: Sequence[str]) -> dict[str, Row]:
    """Requests by their ids."""
    rows: dict[str, Row] = {}
    for part in chunks(ids):
        found = session.tuples(f"SELECT {', '.join(_COLUMNS)} FROM requests WHERE id IN ({holes(part)})", part)
        rows.update((row[0], _told(row)) for row in found)
    return rows


def listed(session: Session, now: datetime, *, everything: bool = False, limit: int = 0) -> list[Row]:
    """Requests whose time is not over, those that match something of ours first, then by deadline.

    `everything` has those that match nothing and those whose time is over as well. A request whose deadline could not
    be read is open for as long as its mail is kept, and stands after those that have one.
    """
    matched = "EXISTS (SELECT 1 FROM request_matches m WHERE m.request_id = r.id)"
    chosen = "" if everything else f"WHERE {OPEN} AND {matched}"
    found = session.query(
        f"SELECT {', '.join('r.' + name for name in _COLUMNS)} FROM requests r {chosen} "
        f"ORDER BY CASE WHEN {matched} THEN 0 ELSE 1 END, CASE WHEN r.deadline_at = '' THEN 1 ELSE 0 END, "
        "r.deadline_at, r.id LIMIT :limit",
        limit=limit or 1_000_000_000,
        **({} if everything else {"now": stamp(now), "evening": stamp(now - EVENING)}),
    )
    rows = [_told(tuple(row[name] for name in _COLUMNS)) for row in found]
    named = {row["id"]: row for row in rows}
    for part in chunks(list(named)):
        for ident, topic, phrase in session.tuples(
            f"SELECT request_id, topic, phrase FROM request_matches WHERE request_id IN ({holes(part)}) ORDER BY topic",
            part,
        ):
            named[ident]["matches"].append({"topic": topic, "phrase": phrase})
    return rows


def count(session: Session, now: datetime) -> tuple[int, int]:
    """How many requests are open, and how many of them match something of ours."""
    (row,) = session.query(
        "SELECT count(*) AS n, coalesce(sum(CASE WHEN EXISTS (SELECT 1 FROM request_matches m "
        f"WHERE m.request_id = r.id) THEN 1 ELSE 0 END), 0) AS ours FROM requests r WHERE {OPEN}",
        now=stamp(now),
        evening=stamp(now - EVENING),
    )
    return int(row["n"]), int(row["ours"])


def _told(row: Sequence[Any]) -> Row:
    made = Row(zip(_COLUMNS, row, strict=True))
    made["masked"], made["no_ai"] = bool(made["masked"]), bool(made["no_ai"])
    made["deadline_at"] = made["deadline_at"] or None
    made["matches"] = []
    return made
