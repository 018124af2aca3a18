"""What the facts of the press desk are: plain values, as those of `facts.values`.

A report goes to people of whom nobody knows who they are. So a restricted enquiry is told to none of them: it counts,
and of itself it shows its reference, when it came, when it is due and how it stands (`hidden`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from commsleads.facts.values import Bar, Gap
from commsleads.rules.desk.alarms import Alarm
from commsleads.rules.desk.measures import Figures
from commsleads.rules.desk.promptness import Group
from commsleads.rules.figures import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLine:
    """One enquiry as a list shows it. `in_time` is hit, miss, undecided or out (`rules.desk.promptness.in_time`).

    `shown` is its state in words, or lapsed. `owner` is the id of an officer, '' for nobody.
    """

    id: str
    reference: str
    received_at: datetime
    out_of_hours: bool
    channel: str
    direction: str
    outlet: str
    tier: int | None
    journalists: tuple[str, ...]
    subject: str
    stance: str
    deadline_at: datetime | None
    deadline_kind: str
    shown: str
    owner: str
    acknowledged_at: datetime | None
    responded_at: datetime | None
    response_kind: str
    in_time: str
    outcome: str
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """A step of a sign-off that waits for somebody, since when, and by when the journalist must have the answer.

    Of a hidden enquiry `approver` is ''.
    """

    reference: str
    step: str
    approver: str
    asked_at: datetime
    deadline_at: datetime | None
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """Something promised to a journalist that is not done yet. `what` and `by` are '' where it is hidden."""

    reference: str
    what: str
    due_at: datetime
    by: str
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A story that a person tied to an enquiry, seen in the period, or with a correction asked for in it.

    `missed` says that the enquiry was not answered by its deadline. Where the enquiry is hidden, so are the story's
    title, outlet and address.
    """

    reference: str
    story: str
    title: str
    outlet: str
    url: str
    seen_at: datetime
    quote_used: bool | None
    error: str
    correction_asked_at: datetime | None
    correction_granted_at: datetime | None
    unreached: str
    missed: bool
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchFigures:
    """Lead touches made by enquiries received in a period: `n` count, `not_yet` wait for a name or a stance.

    By source and by channel, the most first. `contacts` is how many journalists they are. None is qualified here.
    """

    n: int
    not_yet: int
    by_source: tuple[tuple[str, int], ...]
    by_channel: tuple[tuple[str, int], ...]
    contacts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a figure is, and of which enquiries."""

    key: str
    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFigures:
    """The press desk in a period, and how it stands now.

    `ever` is how many enquiries were ever logged and `begun` when the oldest of them came: without one there is nothing
    to say. `figures` and `before` are those of this period and of the one before (None when the log did not exist all
    through it), `eight` those of the eight before together, over those (`periods`) in which it did. `median_4` and
    `median_8` are of the enquiries received in these; `verdict` says whether this period's are many or few.

    `lines` are the enquiries received in the period, newest first, `board` those open now, by deadline. `pending` are
    sign-offs, `promises` what was promised and is not done. `stale` wait for somebody to close them, `open_ends` are
    answered ones of which nobody knows what came. `requests` are journalists' open requests that fit us; they are never
    listed. `review` mails wait for a person, `aside` could not be read.

    `mailboxes` are the sources that bring mail, `silent` those never asked yet, `gaps` the stretches in which one was
    not read. `officers` are the names of our own people, `references` those of all enquiries that figures name.
    """

    ever: int
    begun: datetime | None
    figures: Figures
    before: Figures | None
    eight: Group | None
    median_4: float | None
    median_8: float | None
    periods: int
    verdict: Verdict
    trend: tuple[Bar, ...]
    lines: tuple[DeskLine, ...]
    board: tuple[DeskLine, ...]
    alarms: tuple[Alarm, ...]
    pending: tuple[Signing, ...]
    promises: tuple[Promised, ...]
    stale: tuple[str, ...]
    open_ends: tuple[str, ...]
    stories: tuple[Printed, ...]
    touches: TouchFigures
    requests: int
    review: int
    aside: int
    mailboxes: tuple[str, ...]
    silent: tuple[str, ...]
    gaps: tuple[Gap, ...]
    officers: Mapping[str, str]
    references: Mapping[str, str]
    definitions: tuple[Definition, ...]
    commands: tuple[tuple[str, str], ...]
