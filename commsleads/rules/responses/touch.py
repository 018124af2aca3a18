"""When a response to a call to action is a touch of a person: what they did themselves, or a click on a link of theirs.

What was published is the outlet's, and an enquiry is a touch by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType

from commsleads.journey import Touch
from commsleads.responses import NOTHING, Response

KINDS = ("click", "reply", "form", "phone", "event", "referral")
"""Kinds of response that are touches."""
PERSONS = ("contact", "person")
"""Kinds of target that are one person."""
OWN = ("reply", "form", "phone", "event")
"""What is a person's own act beyond doubt: machines click, and a referral is somebody else's act."""
MATERIAL = ("download", "use")
"""Kinds of calls to action by which our material is used."""
_SOURCES: Mapping[str, str] = MappingProxyType({
    "reply": "email", "form": "newsroom form", "phone": "phone", "event": "event", "referral": "personal referral",
})  # fmt: skip
_BY_MEDIUM: Mapping[str, str] = MappingProxyType({
    "email": "email", "mail": "email", "social": "social", "referral": "web referral", "paid": "advert",
    "paid-social": "advert", "cpc": "advert", "display": "advert", "organic": "search", "search": "search",
})  # fmt: skip
_SAYS: Mapping[str, str] = MappingProxyType({
    "click": "a click on a link made for them alone", "reply": "an answer of theirs", "form": "a form they sent",
    "phone": "a call, as one of us noted", "event": "they came, as one of us noted",
    "referral": "somebody sent them, as one of us noted",
})  # fmt: skip
SET_ASIDE = "the response that it was does not count"
GONE = "there is no such response any more"
ENQUIRED = "it belongs to an enquiry, which is the touch"


def touch_of(
    response: Response,
    contact: str,
    learned: datetime,
    *,
    asks: str = "",
    mediums: Mapping[str, str] = NOTHING,
    who: Collection[str] = (),
    outlet: str = "",
) -> Touch:
    """The touch that a response of this contact is.

    `who` is what is known of the person, as marks, and `outlet` whom they work for. Of a click nothing is said: who
    opened a link is known by the link alone.
    `asks` is the kind of its call to action (`plan.KINDS`), '' when that is declared no more. `mediums` are those of
    the channels of links, by their ids.
    """
    tells = tells_who(response)
    return Touch(
        id=touch_id(response.id, contact),
        version=1,
        contact=contact,
        at=response.at,
        learned=learned,
        kind=response.kind,
        marks=" ".join(sorted(_marks(response, asks).union(who if tells else ()))),
        channel=response.channel,
        source=source_of(response, mediums),
        detail=response.channel if response.kind == "click" else "",
        campaign=response.campaign,
        cta=response.cta,
        outlet=outlet if tells else "",
        evidence=f"response {response.id}",
        counts=response.counts,
        why=_SAYS[response.kind] if response.counts else SET_ASIDE,
    )


def tells_who(response: Response) -> bool:
    """Whether a response is an act of the person's own, that says who acts."""
    return response.counts and response.kind in OWN


def touch_id(response: str, contact: str) -> str:
    """The id of the touch that a response is of a contact."""
    return f"{response}-{contact}"


def source_of(response: Response, mediums: Mapping[str, str]) -> str:
    """The source, of the closed list: of a click by the channel that its link went out on."""
    if response.kind != "click":
        return _SOURCES[response.kind]
    if response.channel == "event":
        return "event"
    return _BY_MEDIUM.get(mediums.get(response.channel, ""), "not known")


def _marks(response: Response, asks: str) -> set[str]:
    marks = {"listed"}
    if not response.counts:
        return marks
    if response.kind in OWN:
        marks.add("own")
    if response.did:
        marks.add("did")
        if asks in MATERIAL:
            marks.add("material")
    if asks == "request" and response.did and response.kind in OWN:
        marks.add("ask")
    return marks
