"""How much there is to do and who does it: the backlog, load, interviews, and who comes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from commsleads.enquiries import UNCOUNTED, Case, State
from commsleads.rules.desk.counting import Count, Rate, Scope, Verdict, answered_at, count, counted, rate, received
from commsleads.rules.desk.workflow import is_open, overdue

SEEN_WITHIN = timedelta(days=180)
"""How far back a journalist counts as known."""
SOON = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What is open now, whenever it came. `oldest` is when the oldest of `unanswered` came, None when there is none.

    `due_soon` have their deadline within 24 hours, `lapsed` behind them; both are unanswered.
    """

    open: Count
    unanswered: Count
    oldest: datetime | None
    oldest_case: str
    due_soon: Count
    lapsed: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Journalists:
    """Whether those who asked in the period had asked in the 180 days before. Ids are those of contacts.

    `known.hits` came back, `known.misses` are new. Where the log is younger than 180 days, nobody can be called new:
    who is not known is then undecided. `unidentified` are enquiries with no journalist.
    """

    known: Rate
    unidentified: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one officer owned of the enquiries received on one local day. Officer '' are those that nobody owns."""

    officer: str
    day: date
    received: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Interviews:
    """Interviews given in the period, by the ids of their enquiries; `chief` are those of the chief executive."""

    given: Count
    chief: Count


def backlog(cases: Iterable[Case], now: datetime) -> Backlog:
    """What is open now. Supplementary questions to an answered enquiry are open and not unanswered."""
    known = [case for case in cases if case.received_at <= now and is_open(case)]
    waiting = [case for case in known if answered_at(case, now) is None]
    oldest = min(waiting, key=lambda case: (case.received_at, case.id), default=None)
    return Backlog(
        open=counted(known),
        unanswered=counted(waiting),
        oldest=oldest.received_at if oldest else None,
        oldest_case=oldest.id if oldest else "",
        due_soon=counted(case for case in waiting if case.deadline_at and now <= case.deadline_at <= now + SOON),
        lapsed=counted(case for case in waiting if overdue(case, now)),
    )


def journalists(cases: Sequence[Case], scope: Scope, log_begins: datetime | None = None) -> Journalists:
    """Repeat and new journalists. `cases` must reach back 180 days; `log_begins` is when the log itself began."""
    asked = sorted(received(cases, scope), key=lambda case: case.received_at)
    first: dict[str, datetime] = {}
    for case in asked:
        for contact in case.journalists:
            first.setdefault(contact, case.received_at)
    seen: dict[str, list[datetime]] = {}
    for case in cases:
        for contact in case.journalists if case.state is not State.DUPLICATE else ():
            seen.setdefault(contact, []).append(case.received_at)

    def verdict(contact: str, at: datetime) -> Verdict:
        if any(at - SEEN_WITHIN <= one < at for one in seen[contact]):
            return "hit"
        return "undecided" if log_begins is not None and log_begins > at - SEEN_WITHIN else "miss"

    return Journalists(
        known=rate((contact, verdict(contact, at)) for contact, at in first.items()),
        unidentified=counted(case for case in asked if not case.journalists),
    )


def load(cases: Sequence[Case], scope: Scope) -> tuple[Load, ...]:
    """Enquiries received, for each owner and local day on which there were any."""
    parts: dict[tuple[str, date], list[Case]] = {}
    for case in cases:
        parts.setdefault((case.owner, scope.calendar.local_day(case.received_at)), []).append(case)
    return tuple(Load(officer=who, day=day, received=counted(parts[who, day])) for who, day in sorted(parts))


def interviews(cases: Iterable[Case], scope: Scope) -> Interviews:
    """Interviews of the period."""
    given = [
        (case.id, one.chief)
        for case in cases
        if case.state not in UNCOUNTED
        for one in case.interviews
        if scope.holds(one.at)
    ]
    return Interviews(given=count(one for one, _ in given), chief=count(one for one, chief in given if chief))
