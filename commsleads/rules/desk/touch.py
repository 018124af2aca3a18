"""When an enquiry is a touch that a lead may begin with: a dated contact with a person, through us.

A positive or neutral enquiry by an identified journalist is one. What is not says why, because a person may change
it: a stance that nobody has set yet, or a name that is missing. A journalist who comes back makes a new enquiry, and a
new touch on the same contact; joining them is the business of the contacts, not of this rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from commsleads.enquiries import Case, State

SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "phone": "phone", "email": "email", "web form": "newsroom form", "social message": "social",
        "in person": "direct", "event": "event", "advert": "advert", "personal referral": "personal referral",
        "search": "search", "site referral": "web referral", "request service": "request service", "other": "not known",
    }
)  # fmt: skip
"""The source of a touch, from the closed list, by the channel that the enquiry came in on."""

_NO_TOUCH = {
    State.DUPLICATE: "a duplicate: the enquiry that it repeats is the touch",
    State.REDIRECTED: "redirected: it was no enquiry of ours",
    State.WITHDRAWN: "withdrawn by the journalist",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """A contact with each of `contacts`. `counts` is False for what is none (yet); `why` says so in a clause."""

    enquiry: str
    contacts: tuple[str, ...]
    at: datetime
    channel: str
    source: str
    counts: bool
    why: str


def touch_of(case: Case) -> Touch:
    """Whether this enquiry counts as a touch, and why."""
    counts, why = _verdict(case)
    return Touch(
        enquiry=case.id,
        contacts=case.journalists,
        at=case.received_at,
        channel=case.channel,
        source=SOURCES.get(case.channel, "not known"),
        counts=counts,
        why=why,
    )


def _verdict(case: Case) -> tuple[bool, str]:
    if no := _NO_TOUCH.get(case.state):
        return False, no
    if not case.journalists:
        return False, "not yet: no journalist is identified"
    if case.stance in ("positive", "neutral"):
        return True, f"a {case.stance} enquiry by an identified journalist"
    if case.stance == "hostile":
        return False, "a hostile enquiry"
    return False, "not yet: nobody has said whether it is positive, neutral or hostile"
