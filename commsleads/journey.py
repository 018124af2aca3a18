"""A lead's way from its first touch to its end, as values: touches, acts of people, and what follows from them.

A lead is no record that somebody edits. It follows from a log: touches (what came from a person, with the moment at
which we learned of it) and acts (what our own people did about it), under the criteria in force. So it can be told as
it stood on any day, made again, and two of them can be joined and parted. How it follows is decided in `rules.leads`.

Values and vocabularies only. Times are aware and in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

TOUCH_KINDS = ("enquiry", "reply", "form", "click", "phone", "event", "referral", "known")
"""What a touch is seen by. `known` is no touch: it says that we learned something of the person (an outlet, an
address), gives no engagement and makes no lead."""

MARKS = (
    "own", "ask", "more", "deadline", "use", "material", "positive", "neutral", "hostile", "outlet", "tier-1", "tier-2",
    "tier-3", "works", "broken", "shared", "throwaway", "private", "outlet-domain", "listed", "did", "objected",
)  # fmt: skip
"""What is true of a touch, for the criteria to speak of.

`own`: the person's own act towards us, beyond doubt (a click is not: scanners click). `ask`: asks for something.
`more`: we had answered them before. `deadline`: with a deadline. `use`: says where it is to appear. `material`: used
our data, asset or briefing. `positive`, `neutral`, `hostile`: stance. `outlet`: for an outlet we know the name of;
`tier-1` to `tier-3`: as the outlet register had it then. Of their address: `works` (nothing speaks against it),
`broken` (no mail can reach it), `shared` (a newsroom's, read by several), `throwaway`, `private` (a free mail
provider's), `outlet-domain` (of the outlet's own domain). `listed`: was among the targets of the campaign. `did`: did
what the campaign asked for. `objected`: asked not to be written to.
"""

LEAD_SOURCES = (
    "direct", "search", "web referral", "phone", "event", "advert", "personal referral", "email", "social",
    "newsroom form", "request service", "not known",
)  # fmt: skip
"""Where a lead came from: the closed list. What exactly stands beside it as `detail`."""

STATUSES = ("new", "offered", "lapsed", "accepted", "rejected", "recycled", "closed", "faded")
"""The working status, apart from the stage. `new`: nobody's turn. `offered`: somebody is to answer. `lapsed`: nobody
did in the agreed time. `recycled`: back to nurture until a day. `faded`: nothing came for so long that it has left."""

ACTS = ("accept", "reject", "recycle", "assign", "close", "reopen", "stage", "note")
"""What one of us does with a lead. Joining two of them is a `Merge`."""


class Touch(NamedTuple):
    """A dated contact with a person, as it was known from `learned` on; a later version replaces it from its own.

    `marks` are words of `MARKS`, in alphabetical order, with a blank between them: few different texts occur.
    `evidence` is the sort of row and its id, "enquiry 3f2a…". `counts` is False, with `why`, for one that makes nobody
    a lead (yet): then only negative points are given for it. `outlet` and `self_reported` (how they say they heard of
    us) are as they were then.
    """

    id: str
    version: int
    contact: str
    at: datetime
    learned: datetime
    kind: str
    marks: str = ""
    channel: str = ""
    source: str = "not known"
    detail: str = ""
    campaign: str = ""
    cta: str = ""
    outlet: str = ""
    evidence: str = ""
    counts: bool = True
    why: str = ""
    self_reported: str = ""


class Act(NamedTuple):
    """What one of our people did with a lead. `to` is an officer, an outcome, a stage or another lead, `reason` from a
    closed list, `words` free, `until` the day of waking. `number` counts the acts on one lead."""

    id: str
    lead: str
    number: int
    at: datetime
    by: str
    verb: str
    to: str = ""
    reason: str = ""
    words: str = ""
    until: datetime | None = None


class Merge(NamedTuple):
    """Two leads that are one person, as somebody said; ended when `undone` is there."""

    id: str
    one: str
    other: str
    at: datetime
    by: str
    why: str
    undone: datetime | None = None
    undone_by: str = ""
    undone_why: str = ""


class Move(NamedTuple):
    """One change of a lead with its reason: `what` is stage, status or owner.

    `at` is when it happened: for a stage the moment of the touch that brought it (never before the stage before it),
    for status and owner the moment we knew. `known` is when we learned of what brought it. `cause` is the sort of row
    and its id: "touch …", "act …", "criteria 3", "clock". `terms` is the number of the criteria in force. `gave` says
    for a stage which rule gave how many points at that moment: (id of the rule, points, number of touches).
    """

    number: int
    at: datetime
    known: datetime
    what: str
    came_from: str
    to: str
    why: str
    cause: str
    terms: int
    by: str = "commsleads"
    gave: tuple[tuple[str, int, int], ...] = ()


class Offer(NamedTuple):
    """One line of the handoff ledger: a qualified lead offered to somebody, and the answer.

    `answer` is '' while it is open, else accepted, rejected, lapsed, recycled, closed or withdrawn (it was no qualified
    lead any more, or was assigned to somebody else). `escalated` says that it came of one that lapsed.
    """

    number: int
    at: datetime
    to: str
    due: datetime
    stage: str
    terms: int
    escalated: bool = False
    answer: str = ""
    answered: datetime | None = None
    by: str = ""
    reason: str = ""
    words: str = ""


class Given(NamedTuple):
    """What a rule gives a lead at a moment: its points after decay and cap, and of how many touches they are made."""

    rule: str
    says: str
    points: int
    touches: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A lead at a moment, with all that brought it there.

    `id` is the contact's who was touched first; `contacts` are all that are this person. `opened` is None for who is no
    lead (yet): a contact with touches that make none. `first`, `opener` and `last` are ids of touches: the first that
    counts, the one that made it a lead, the newest that counts. `source`, `campaign` and `channel` are those of
    `opener`, for good. `reached` says when each stage was reached first. `quiet` is since when
    nothing came and nobody did anything. `fit` and `engagement` are points at the moment, `near` the stages it is kept
    from by less than a band's margin. `next` is when the clock changes something.
    """

    id: str
    contacts: tuple[str, ...]
    opened: datetime | None = None
    first: str = ""
    opener: str = ""
    last: str = ""
    first_at: datetime | None = None
    last_at: datetime | None = None
    touches: int = 0
    source: str = "not known"
    detail: str = ""
    channel: str = ""
    campaign: str = ""
    outlet: str = ""
    self_reported: str = ""
    stage: str = ""
    qualified: bool = False
    qualified_at: datetime | None = None
    reached: tuple[tuple[str, datetime], ...] = ()
    status: str = "new"
    status_at: datetime | None = None
    owner: str = ""
    outcome: str = ""
    wakes: datetime | None = None
    quiet: datetime | None = None
    fit: int = 0
    engagement: int = 0
    fit_band: str = ""
    engagement_band: str = ""
    given: tuple[Given, ...] = ()
    near: tuple[str, ...] = ()
    terms: int = 0
    next: datetime | None = None
    moves: tuple[Move, ...] = ()
    offers: tuple[Offer, ...] = ()
