"""The enquiry log's own values: the words it knows, and the record as rules see it.

Words are those of the field. Times are aware and in UTC. Values only: what may follow what is decided in
`rules.desk`, what is kept in `store.desk`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """Where an enquiry stands in the work. What came of it is another thing: `Outcome`."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    ASSIGNED = "assigned"
    RESEARCHING = "researching"
    DRAFTING = "drafting"
    AWAITING_SIGNOFF = "awaiting_signoff"
    APPROVED = "approved"
    RESPONDED = "responded"
    MONITORING = "monitoring"
    CLOSED = "closed"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"
    REDIRECTED = "redirected"
    DECLINED = "declined"


ENDED = frozenset({State.CLOSED, State.WITHDRAWN, State.DUPLICATE, State.REDIRECTED, State.DECLINED})
"""States in which nobody works on an enquiry any more."""

UNCOUNTED = frozenset({State.DUPLICATE, State.REDIRECTED})
"""States that are no enquiry of ours: left out of every figure but their own."""


class Hold(StrEnum):
    """Whom we wait for. It pauses the internal target at most, never the journalist's clock."""

    NONE = ""
    JOURNALIST = "awaiting_journalist"
    EXPERT = "awaiting_expert"


CHANNELS = (
    "phone", "email", "web form", "social message", "in person", "event", "advert", "personal referral", "search",
    "site referral", "request service", "other",
)  # fmt: skip
"""How an enquiry came in."""
REQUEST_TYPES = (
    "comment", "interview", "data", "right of reply", "images", "filming", "background", "accreditation", "correction",
    "other",
)  # fmt: skip
LEVELS = ("watch", "review", "escalate", "crisis")
PRIVACY = ("open", "team", "restricted")
STANCES = ("positive", "neutral", "hostile", "unknown")
TONES = ("positive", "neutral", "hostile")
"""Of a story, towards us: not what it sounds like."""
PREFERRED = ("phone", "email", "text message", "social message", "in person", "other")
"""How a journalist would rather be reached."""
DIRECTIONS = ("reactive", "proactive")
TERMS = ("on the record", "spokesperson", "background", "deep background", "non-reportable", "embargoed")
"""Attribution terms: by name, "a spokesperson", unnamed by agreement, not at all, not to be published, not before."""
RESPONSE_KINDS = ("full", "partial", "statement", "interview", "no comment", "declined", "referred")
SUBSTANTIVE = frozenset({"full", "partial", "statement", "interview", "no comment", "declined", "referred"})
OUTCOMES = (
    "covered, our words used", "covered, not used", "covered, inaccurate", "not covered", "story dropped", "unknown",
)  # fmt: skip
ROLES = ("officer", "lead", "approver")
"""Of our own people. A lead may also waive a sign-off and see what is restricted; an approver signs off."""


class Hours(NamedTuple):
    """A stretch of working time: `weekday` is 0 for Monday; `opens` and `closes` are local times of that day."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """One of our own people, as `[[desk.officers]]` declares them. `cover` is the id of who stands in."""

    id: str
    name: str = ""
    email: str = ""
    role: str = "officer"
    team: str = ""
    cover: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCall:
    """Who is on call, from one day to another, both included, in the organisation's zone."""

    officer: str
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Expertise:
    """A topic on which we have somebody to offer: requests for sources are held against its phrases."""

    id: str
    any: tuple[str, ...]
    expert: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPlan:
    """How the desk works, as `[desk]` declares it.

    `acknowledge_within` and `answer_within` are internal targets in working time; the journalist's clock is another
    thing and never stops. `soon` is how near a deadline must be to be called near. `signoff` are the steps of a
    sign-off, in their order. `addresses` are our own mail addresses or domains. `keep` is how long the personal data
    of an enquiry that ended are kept, `keep_letters` how long a mail is that belongs to none.
    """

    team: str = "press"
    country: str = ""
    acknowledge_within: timedelta = timedelta(minutes=15)
    answer_within: timedelta = timedelta(hours=4)
    soon: timedelta = timedelta(hours=2)
    signoff: tuple[str, ...] = ("sign-off",)
    addresses: tuple[str, ...] = ()
    keep: timedelta = timedelta(days=730)
    keep_letters: timedelta = timedelta(days=180)
    officers: tuple[Officer, ...] = ()
    on_call: tuple[OnCall, ...] = ()
    expertise: tuple[Expertise, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One of the things asked, with its own answer. `state` is open, answered, declined or unknown."""

    number: int
    text: str
    state: str = "open"
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One step of a sign-off. `decision` is asked, approved, sent_back or waived; `round` counts how often it began."""

    round: int
    step: str
    approver: str
    decision: str
    asked_at: datetime
    decided_at: datetime | None = None
    comment: str = ""
    draft: int = 0


class Moved(NamedTuple):
    """One change of state (or of hold) with its stamp. `hold` is the hold that stands from then on."""

    at: datetime
    by: str
    came_from: str
    to: str
    hold: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A call back, or anything else that was promised to a journalist by a time."""

    what: str
    due_at: datetime
    made_at: datetime
    done_at: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An enquiry as the rules and the figures see it: a row of the log with what hangs on it.

    `deadline_at` is the journalist's and never moves by itself. `deadline_kind` is hard, soft, none stated or not read.
    `responded_at` is the first substantive answer. `lapsed_at` is when the deadline passed with no answer.
    `notice` bands and the like are worked out, not kept.
    """

    id: str
    reference: str
    received_at: datetime
    logged_at: datetime
    state: State
    hold: Hold = Hold.NONE
    channel: str = "other"
    direction: str = "reactive"
    out_of_hours: bool = False
    on_call: str = ""
    subject: str = ""
    outlet: str = ""
    tier: int | None = None
    request_type: str = ""
    level: str = "watch"
    privacy: str = "open"
    stance: str = "unknown"
    issues: tuple[str, ...] = ()
    campaign: str = ""
    owner: str = ""
    team: str = ""
    author: str = ""
    deadline_at: datetime | None = None
    deadline_kind: str = "none stated"
    acknowledged_at: datetime | None = None
    responded_at: datetime | None = None
    response_kind: str = ""
    lapsed_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str = ""
    journalists: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    approvals: tuple[Approval, ...] = ()
    promises: tuple[Promise, ...] = ()
    moves: tuple[Moved, ...] = ()
    coverage: tuple[Covered, ...] = ()
    interviews: tuple[Interview, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """A story that came of an enquiry. `state` is suggested, confirmed or refused; only confirmed ones count.

    `messages` are those of our messages that it carries, None while nobody has said. `tone` is towards us.
    """

    story: str
    state: str
    seen_at: datetime
    quote_used: bool | None = None
    messages: tuple[str, ...] | None = None
    tone: str = ""
    error: str = ""
    correction_asked_at: datetime | None = None
    correction_granted_at: datetime | None = None
    unreached: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """An interview given. `chief` when it was the chief executive's."""

    spokesperson: str
    at: datetime
    chief: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line to take: agreed wording on a topic, in one version. Valid from and until days, both included."""

    id: str
    version: int
    topic: str
    text: str
    owner: str
    valid_from: date
    valid_until: date | None = None
    approved_by: str = ""
    approved_at: datetime | None = None
    retired: bool = False
    tags: tuple[str, ...] = field(default=())
