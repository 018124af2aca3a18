"""What an enquiry tells of each of its journalists: a touch each, with all that is true of it in marks.

Whether it counts is decided in `rules.desk.touch`. What it does not say is no mark: no stance, no outlet, no deadline.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from commsleads.enquiries import UNCOUNTED, Case
from commsleads.journey import Touch
from commsleads.rules.desk.touch import touch_of

NONE_STATED = "none stated"
DEEDS = frozenset(("own", "ask", "more", "deadline", "use", "material", "positive", "neutral", "hostile", "did"))
"""Marks of what somebody did. An enquiry that repeats another one, or was none of ours, tells who they are at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An enquiry with what a touch tells of it.

    `use` says that it tells where or when it is to appear. `campaign` and `cta` are what it belongs to. Of its
    journalists, `before` are those whose enquiry we had answered before this one came, `listed` those whom the campaign
    aimed at; `addresses` holds the marks of their addresses. `did` says that it is what the campaign asked for, and
    `material` that they used ours with it.
    """

    case: Case
    use: bool = False
    detail: str = ""
    heard: str = ""
    campaign: str = ""
    cta: str = ""
    did: bool = False
    material: bool = False
    before: Collection[str] = ()
    listed: Collection[str] = ()
    addresses: Mapping[str, Collection[str]] = field(default_factory=dict)


def touches_of(asked: Asked, learned: datetime) -> list[Touch]:
    """The touches that it is, one for each of its journalists, as they are known from `learned` on."""
    case = asked.case
    judged = touch_of(case)
    return [
        Touch(
            id=touch_id(case.id, contact),
            version=1,
            contact=contact,
            at=case.received_at,
            learned=learned,
            kind="enquiry",
            marks=" ".join(sorted(_marks(asked, contact))),
            channel=case.channel,
            source=judged.source,
            detail=asked.detail,
            campaign=asked.campaign,
            cta=asked.cta,
            outlet=case.outlet,
            evidence=f"enquiry {case.id}",
            counts=judged.counts,
            why=judged.why,
            self_reported=asked.heard,
        )
        for contact in case.journalists
    ]


def touch_id(enquiry: str, contact: str) -> str:
    """The id of the touch that an enquiry is of one of its journalists."""
    return f"{enquiry}-{contact}"


def _marks(asked: Asked, contact: str) -> set[str]:
    case = asked.case
    found = {
        # One that we began is an answer to us and no act of theirs beyond doubt.
        "own": case.direction == "reactive",
        "ask": True,
        "more": contact in asked.before,
        "deadline": case.deadline_kind != NONE_STATED,
        "use": asked.use,
        "material": asked.material,
        "did": asked.did,
        "listed": contact in asked.listed,
        case.stance: case.stance in ("positive", "neutral", "hostile"),
        "outlet": bool(case.outlet.strip()),
        f"tier-{case.tier}": case.tier in (1, 2, 3),
    }
    marks = {mark for mark, true in found.items() if true}
    marks.update(asked.addresses.get(contact, ()))
    return marks - DEEDS if case.state in UNCOUNTED else marks
