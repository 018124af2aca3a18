"""A lead and its parts as programs read them: names with underlines, times in UTC, None for what is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from commsleads.journey import Act, Lead, Merge, Move, Offer
from commsleads.store.engine import stamp

UNSAID: Mapping[str, Any] = MappingProxyType({"source_detail": "", "self_reported": ""})
"""What is told of a lead to who may not see what was said."""
PERSON = ("name", "role", "outlet", "email", "phone")


def at(when: datetime | None) -> str | None:
    """A time, or None."""
    return stamp(when) if when else None


def line(lead: Lead, person: Mapping[str, Any]) -> dict[str, Any]:
    """A lead in a list: how it stands, who it is, and to whom it is offered until when."""
    offer = next((one for one in lead.offers if not one.answer), None)
    return {
        "id": lead.id,
        "name": person.get("name", ""),
        "outlet": person.get("outlet", "") or lead.outlet,
        "email": person.get("email", ""),
        **standing(lead),
        "offered_to": offer.to if offer else "",
        "due_at": at(offer.due) if offer else None,
    }


def standing(lead: Lead) -> dict[str, Any]:
    """How a lead stands, without its people and its past."""
    return {
        "opened_at": at(lead.opened),
        "stage": lead.stage,
        "qualified": lead.qualified,
        "qualified_at": at(lead.qualified_at),
        "status": lead.status,
        "status_at": at(lead.status_at),
        "owner": lead.owner,
        "outcome": lead.outcome,
        "wakes_at": at(lead.wakes),
        "source": lead.source,
        "source_detail": lead.detail,
        "channel": lead.channel,
        "campaign": lead.campaign,
        "self_reported": lead.self_reported,
        "touches": lead.touches,
        "first_at": at(lead.first_at),
        "last_at": at(lead.last_at),
        "fit": lead.fit,
        "engagement": lead.engagement,
        "fit_band": lead.fit_band,
        "engagement_band": lead.engagement_band,
        "near": list(lead.near),
        "criteria": lead.terms,
        "next_at": at(lead.next),
    }


def whole(lead: Lead) -> dict[str, Any]:
    """A lead with all that brought it there, but for its log."""
    return {
        "id": lead.id,
        **standing(lead),
        "first_touch": lead.first,
        "opener": lead.opener,
        "last_touch": lead.last,
        "outlet_then": lead.outlet,
        "reached": [{"stage": stage, "at": at(when)} for stage, when in lead.reached],
        "given": [one._asdict() for one in lead.given],
        "moves": [move(one) for one in lead.moves],
        "offers": [offer(one) for one in lead.offers],
    }


def move(one: Move) -> dict[str, Any]:
    """A change of stage, status or owner."""
    return {
        "number": one.number,
        "at": at(one.at),
        "known_at": at(one.known),
        "what": one.what,
        "from": one.came_from,
        "to": one.to,
        "why": one.why,
        "cause": one.cause,
        "criteria": one.terms,
        "by": one.by,
        "gave": [{"rule": rule, "points": points, "touches": touches} for rule, points, touches in one.gave],
    }


def offer(one: Offer) -> dict[str, Any]:
    """A line of the handoff ledger."""
    return {
        "number": one.number,
        "at": at(one.at),
        "to": one.to,
        "due_at": at(one.due),
        "stage": one.stage,
        "criteria": one.terms,
        "escalated": one.escalated,
        "answer": one.answer,
        "answered_at": at(one.answered),
        "by": one.by,
        "reason": one.reason,
        "words": one.words,
    }


def act(one: Act) -> dict[str, Any]:
    """What one of us did."""
    return {
        "id": one.id,
        "lead": one.lead,
        "at": at(one.at),
        "by": one.by,
        "verb": one.verb,
        "to": one.to,
        "reason": one.reason,
        "words": one.words,
        "until_at": at(one.until),
    }


def merge(one: Merge) -> dict[str, Any]:
    """Two contacts that somebody joined, and whether they were parted again."""
    return {
        "id": one.id,
        "one": one.one,
        "other": one.other,
        "at": at(one.at),
        "by": one.by,
        "why": one.why,
        "undone_at": at(one.undone),
        "undone_by": one.undone_by,
        "undone_why": one.undone_why,
    }


def contacts(lead: Lead, people: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Who a lead is, one for each of its contacts, as they are known today."""
    return [{"id": one, **{name: people.get(one, {}).get(name, "") for name in PERSON}} for one in lead.contacts]


def called(found: Sequence[Mapping[str, Any]]) -> str:
    """The name of a lead: of the first of its contacts that has one, else an address, else the id."""
    for name in ("name", "email", "phone", "id"):
        for one in found:
            if one[name]:
                return str(one[name])
    return ""
