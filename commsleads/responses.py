"""What comes back of a campaign, as values: hits on links, verdicts on them, counters of others, responses, targets.

Values and vocabularies only: what a hit is worth is decided in `rules.clicks`, what a response is in `rules.responses`,
what is kept in `store.campaigns`. Times are aware and in UTC, except `arrival`, which is microseconds since 1970.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

NOTHING: Mapping[str, str] = MappingProxyType({})


class Verdict(StrEnum):
    """Who a hit came from, as far as can be said."""

    HUMAN = "certain_human"
    LIKELY = "probable_human"
    DOUBTFUL = "probable_machine"
    MACHINE = "certain_machine"


class Asked(StrEnum):
    """How a link was asked for. Only `GET` is a click; the others are kept as evidence on their neighbours."""

    GET = "get"
    HEAD = "head"
    PREFETCH = "prefetch"


class Hit(NamedTuple):
    """One request at a link, without anything that names a person.

    `visitor` is a hash of address and agent, `network` one of the address's neighbourhood (/24, /48); both are salted
    anew each day and the salt is destroyed after it, so they mean nothing from one day to the next. `known` names the
    listed network of a scanning gateway the address was in. `marks` are facts about the headers, separated by blanks,
    in alphabetical order: `bot` (the service it was counted by calls it a machine), `client-hints`, `dnt`, `document`
    (Sec-Fetch-Dest), `html` (Accept names it), `language` (Accept-Language), `navigate` (Sec-Fetch-Mode), `qr` (the
    link's printed form), `user` (Sec-Fetch-User), `via`. `referrer` is host and path, without query.
    """

    id: str
    link: str
    arrival: int
    asked: Asked = Asked.GET
    visitor: str = ""
    network: str = ""
    known: str = ""
    agent: str = ""
    marks: str = ""
    referrer: str = ""


class LinkFacts(NamedTuple):
    """What the rules must know of a link. `sent` are the moments (arrival) at which a mailing with it went out; links
    with the same `mailing` were in one message. A `trap` is a link that no person sees."""

    id: str
    campaign: str
    cta: str
    channel: str
    target: str = ""
    mailing: str = ""
    trap: bool = False
    sent: tuple[int, ...] = ()


class Judgement(NamedTuple):
    """The verdict on a hit with its reasons, short phrases, the weightiest first.

    A `repeat` is a further fetch of the same link by the same visitor within seconds (a double click). It keeps its
    verdict and its row, and stands in no figure.
    """

    id: str
    verdict: Verdict
    reasons: tuple[str, ...]
    repeat: bool = False


class Clicks(NamedTuple):
    """Clicks as a range: certain_human <= best <= not_machine <= all. Never people: one person clicks twice."""

    certain_human: int = 0
    best: int = 0
    not_machine: int = 0
    all: int = 0


MEDIA = ("direct", "search", "referral", "social", "mail", "assistant", "internal")
"""Channels of a click, from its referrer."""

RESPONSE_KINDS = ("click", "reply", "enquiry", "form", "mention", "phone", "event", "referral")
"""What a response is seen by; the last three are marks set by hand."""

WAY_OF: Mapping[str, str] = MappingProxyType({
    "click": "click", "reply": "reply", "enquiry": "enquiry", "form": "form", "mention": "mention",
    "phone": "mark", "event": "mark", "referral": "mark",
})  # fmt: skip
"""The way of recognition (`plan.WAYS`) of each kind of response."""


class Response(NamedTuple):
    """One response to a call to action, with its evidence.

    `target` is '' when nobody can say who it was; then it counts as not attributed. `did` says that it is the act that
    was asked for (its kind is among the ways the call to action is recognised by), not only a step towards it.
    `evidence` is the sort of row and its id, such as "hit 3f2a…"; `why` a sentence. `counts` is False, with `why`, for
    one that was set aside.
    """

    id: str
    campaign: str
    cta: str
    target: str
    at: datetime
    kind: str
    channel: str
    evidence: str
    why: str
    did: bool = True
    counts: bool = True
    by: str = "commsleads"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One member of a campaign: a contact, an outlet, or a name from a list.

    `excluded` is why they are not written to, '' for who is. `control` says held back on purpose. `responded_at` is
    when the first response came, fixed for good, and `first_response` which it was.
    """

    id: str
    campaign: str
    group: str
    kind: str
    name: str = ""
    outlet: str = ""
    email: str = ""
    contact: str = ""
    status: str = ""
    excluded: str = ""
    control: bool = False
    contacted_at: datetime | None = None
    responded_at: datetime | None = None
    first_response: str = ""


TARGET_KINDS = ("contact", "outlet", "organisation", "person")
