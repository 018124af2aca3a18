"""Leads, their moves and offers as rows of the store, and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from commsleads.journey import Lead, Move, Offer
from commsleads.store.engine import moment, stamp
from commsleads.store.history import dump

LEAD = (
    "id", "opened_at", "first_at", "last_at", "first_touch", "opener", "last_touch", "touches", "source", "detail",
    "channel", "campaign_id", "outlet", "self_reported", "stage", "qualified_at", "qualified", "reached", "status",
    "status_at", "owner", "outcome", "wakes_at", "quiet_at", "fit", "engagement", "fit_band", "engagement_band", "near",
    "terms", "next_at",
)  # fmt: skip
MOVE = (
    "lead_id", "number", "at", "known_at", "what", "came_from", "aim", "why", "cause", "terms", "by", "gave",
)  # fmt: skip
OFFER = (
    "lead_id", "number", "at", "aim", "due_at", "stage", "terms", "escalated", "answer", "answered_at", "by", "reason",
    "words",
)  # fmt: skip
_sure = datetime.fromisoformat


def lead_of(
    row: Sequence[Any],
    *,
    contacts: tuple[str, ...] = (),
    moves: tuple[Move, ...] = (),
    offers: tuple[Offer, ...] = (),
) -> Lead:
    """A lead of a row with the columns `LEAD`."""
    known: dict[str, Any] = dict(zip(LEAD, row, strict=True))
    times = {name: moment(known[f"{name}_at"]) for name in ("first", "last", "status")}
    return Lead(
        id=known["id"], contacts=contacts or (known["id"],), opened=moment(known["opened_at"]),
        first=known["first_touch"], opener=known["opener"], last=known["last_touch"], first_at=times["first"],
        last_at=times["last"], touches=known["touches"], source=known["source"], detail=known["detail"],
        channel=known["channel"], campaign=known["campaign_id"], outlet=known["outlet"],
        self_reported=known["self_reported"], stage=known["stage"], qualified=bool(known["qualified"]),
        qualified_at=moment(known["qualified_at"]),
        reached=tuple((stage, _sure(at)) for stage, at in _list(known["reached"])), status=known["status"],
        status_at=times["status"], owner=known["owner"], outcome=known["outcome"], wakes=moment(known["wakes_at"]),
        quiet=moment(known["quiet_at"]),
        fit=known["fit"], engagement=known["engagement"], fit_band=known["fit_band"],
        engagement_band=known["engagement_band"], near=tuple(_list(known["near"])), terms=known["terms"],
        next=moment(known["next_at"]), moves=moves, offers=offers,
    )  # fmt: skip


def lead_row(one: Lead) -> tuple[Any, ...]:
    """The columns `LEAD` of a lead."""
    reached = ",".join(f'[{_quoted(stage)},"{stamp(at)}"]' for stage, at in one.reached)
    return (
        one.id, _at(one.opened), _at(one.first_at), _at(one.last_at), one.first, one.opener, one.last, one.touches,
        one.source, one.detail, one.channel, one.campaign, one.outlet, one.self_reported, one.stage,
        _at(one.qualified_at), int(one.qualified), reached and f"[{reached}]", one.status, _at(one.status_at),
        one.owner, one.outcome, _at(one.wakes), _at(one.quiet), one.fit, one.engagement, one.fit_band,
        one.engagement_band, dump(list(one.near)) if one.near else "", one.terms, _at(one.next),
    )  # fmt: skip


def move_row(lead_id: str, one: Move) -> tuple[Any, ...]:
    at = stamp(one.at)
    known = at if one.known is one.at else stamp(one.known)
    gave = _dumped(one.gave) if one.gave else ""
    return (
        lead_id, one.number, at, known, one.what, one.came_from, one.to, one.why, one.cause,
        one.terms, one.by, gave,
    )  # fmt: skip


@lru_cache(maxsize=4_096)
def _dumped(gave: tuple[tuple[str, int, int], ...]) -> str:
    """What rules gave, as JSON: few different ones occur."""
    return dump([list(each) for each in gave])


@lru_cache(maxsize=256)
def _quoted(stage: str) -> str:
    return dump(stage)


def move_of(row: Sequence[Any]) -> Move:
    _, number, at, known, what, came_from, to, why, cause, terms, by, gave = row
    given = tuple((rule, points, touches) for rule, points, touches in _list(gave))
    return Move(number, _sure(at), _sure(known), what, came_from, to, why, cause, terms, by, given)


def offer_row(lead_id: str, one: Offer) -> tuple[Any, ...]:
    return (
        lead_id, one.number, stamp(one.at), one.to, stamp(one.due), one.stage, one.terms, int(one.escalated),
        one.answer, _at(one.answered), one.by, one.reason, one.words,
    )  # fmt: skip


def offer_of(row: Sequence[Any]) -> Offer:
    _, number, at, to, due, stage, terms, escalated, answer, answered, by, reason, words = row
    return Offer(
        number, _sure(at), to, _sure(due), stage, terms, bool(escalated), answer, moment(answered), by, reason, words
    )


def _at(when: datetime | None) -> str:
    return stamp(when) if when else ""


def _list(text: str) -> list[Any]:
    return list(json.loads(text)) if text else []
