"""The desk at work: who acts when, and the one way in which an enquiry changes.

Every verb goes through `changing`: look the enquiry up, see whether this person may, let the verb write, keep what
changed in the history, bring the touch up to date. All of it is one transaction: half a change is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from commsleads.config import Settings
from commsleads.enquiries import ENDED, Case, DeskPlan, Hold, Hours, Moved, Officer, State
from commsleads.errors import ConflictError, NotFoundError
from commsleads.rules.desk.clocks import Calendar, public_holidays
from commsleads.rules.desk.errors import DeskError
from commsleads.rules.desk.officers import officer
from commsleads.rules.desk.privacy import may_see
from commsleads.rules.desk.workflow import NOTHING, Given, check, check_hold, round_after
from commsleads.store import history
from commsleads.store.desk import cases, enquiries, parts, touches
from commsleads.store.desk.picture import Picture, difference, picture
from commsleads.store.engine import Row, Session, stamp

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from commsleads.rules.deadlines import Week

MACHINE = Officer(id="commsleads", name="commsleads", role="")
"""Who acts when nobody does: the schedule and the mailbox. It sees everything and signs nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One person (or the program itself) at work, now, on one database."""

    session: Session
    settings: Settings
    now: datetime
    who: Officer = MACHINE

    @property
    def plan(self) -> DeskPlan:
        """How the desk works."""
        return self.settings.desk

    @property
    def zone(self) -> ZoneInfo:
        """The organisation's zone."""
        return self.settings.organisation.zone

    @property
    def today(self) -> date:
        """The day, in the organisation's zone."""
        return self.now.astimezone(self.zone).date()

    @property
    def year(self) -> int:
        """The year that a bare number is of."""
        return self.today.year

    def calendar(self, at: datetime) -> Calendar:
        """The working hours around an instant, days off left out."""
        organisation = self.settings.organisation
        year = at.astimezone(self.zone).year
        off = _public(self.plan.country, year - 1, year + 1) | frozenset(organisation.holidays)
        return Calendar(zone=self.zone, hours=organisation.working_hours, holidays=off)

    def week(self, at: datetime) -> Week:
        """Our working week as those understand it who say "close of business"."""
        from commsleads.rules.deadlines import Week

        calendar = self.calendar(at)
        opens, closes = usual_hours(calendar.hours)
        return Week(opens=opens, closes=closes, holidays=calendar.holidays)

    @property
    def officers(self) -> tuple[Officer, ...]:
        """Our own people. Who was given no team is of the desk's."""
        return tuple(replace(one, team=one.team or self.plan.team) for one in self.plan.officers)

    def officer(self, name: str) -> Officer:
        """One of our own people; see `officer`."""
        return officer(self.officers, name)


@lru_cache(maxsize=64)
def _public(country: str, first: int, last: int) -> frozenset[date]:
    if not country:
        return frozenset()
    code, _, part = country.partition("-")
    try:
        return public_holidays(code, part, range(first, last + 1))
    except ValueError:  # the settings have said so already; a wrong country must not stop a phone call
        return frozenset()


def usual_hours(hours: Sequence[Hours]) -> tuple[time, time]:
    """One opening and one closing for a week whose days differ: the usual of each, the later of two as usual."""
    opens, closes = [one.opens for one in hours], [one.closes for one in hours]
    if not hours:
        return time(9), time(17)
    return max(opens, key=lambda one: (opens.count(one), one)), max(closes, key=lambda one: (closes.count(one), one))


@dataclass(slots=True)
class Change:
    """An enquiry that is being changed: what it was, and what the verb has written so far."""

    desk: Desk
    row: Row
    case: Case
    what: str
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.row["id"])

    @property
    def reference(self) -> str:
        return str(self.row["reference"])

    def now(self, name: str) -> Any:
        """The value of a column, with what was changed already."""
        return self.fields.get(name, self.row[name])

    def set(self, **fields: Any) -> None:
        """Change columns."""
        self.fields.update(fields)
        known = {name: fields[name] for name in ("owner", "team", "privacy", "stance") if name in fields}
        self.case = replace(self.case, **known)

    def move(self, to: State, given: Given = NOTHING, why: str = "") -> None:
        """Take a step of the workflow. Raises `DeskError` when the rules say no."""
        came_from = self.case.state
        made = check(self.case, to, given)
        self._stamp(to, made.hold, why)
        fields: dict[str, Any] = {"state": str(to), "hold": str(made.hold)}
        fields["round"] = round_after(came_from, to, self.now("round"))
        if to in ENDED:
            fields |= {"ended_at": stamp(self.desk.now), "end_reason": given.reason, "outcome": given.outcome}
            fields["erase_after"] = stamp(self.desk.now + self.desk.plan.keep)
        elif came_from in ENDED:
            fields |= {"ended_at": "", "end_reason": "", "outcome": "", "erase_after": ""}
        self.fields.update(fields)
        closed = self.desk.now if to in ENDED else None
        self.case = replace(self.case, state=to, hold=made.hold, closed_at=closed, outcome=self.now("outcome"))

    def hold(self, hold: Hold, why: str = "") -> None:
        """Begin or end (`Hold.NONE`) a hold. Raises `DeskError` when the rules say no."""
        check_hold(self.case, hold)
        self._stamp(self.case.state, hold, why)
        self.fields["hold"] = str(hold)
        self.case = replace(self.case, hold=hold)

    def _stamp(self, to: State, hold: Hold, why: str) -> None:
        moved = Moved(self.desk.now, self.desk.who.id, str(self.case.state), str(to), str(hold), why)
        parts.move(self.desk.session, self.id, moved)
        self.case = replace(self.case, moves=(*self.case.moves, moved))

    def assigned(self) -> None:
        """Somebody works on it from here: it has an owner (who acts now, if nobody has it) and is assigned."""
        if not self.now("owner") and self.desk.who is not MACHINE:
            self.set(owner=self.desk.who.id, team=self.now("team") or self.desk.who.team or self.desk.plan.team)
        if self.case.state in (State.NEW, State.ACKNOWLEDGED, State.REOPENED):
            self.move(State.ASSIGNED, Given(owner=self.now("owner")))


@contextmanager
def changing(desk: Desk, wanted: str, what: str, *, version: int | None = None) -> Iterator[Change]:
    """Change one enquiry: everything that the block writes, or nothing.

    `what` is the verb for the history. `version` is the one that the person read; when it is not in force any more,
    somebody else was faster and `ConflictError` says who. Raises `NotFoundError` and, from the rules, `DeskError`.
    """
    with desk.session.atomic():
        row = enquiries.find(desk.session, wanted, desk.year)
        case = cases.case(desk.session, row["id"])
        if case is None:
            raise NotFoundError(f"There is no enquiry {wanted}.")
        must_see(desk, case)
        if version is not None and version != row["version"]:
            raise ConflictError(_faster(desk.session, row))
        before = picture(desk.session, row)
        change = Change(desk, row, case, what)
        yield change
        keep(desk, change, before)


def keep(desk: Desk, change: Change, before: Picture) -> None:
    """Write what a verb changed: the row, the history, the touch. Nothing changed is nothing written."""
    session = desk.session
    after = picture(session, {**change.row, **change.fields})
    old, new = difference(before, after)
    if not new:
        return
    enquiries.change(session, change.id, change.row["version"], change.fields)
    history.record(
        session, desk.now, who=desk.who.id, what=change.what, kind="enquiry", row_id=change.id, before=old, after=new
    )
    settle(desk, change.id)
    _ends(session, change)


def settle(desk: Desk, enquiry_id: str) -> None:
    """Bring the touches of an enquiry in line with the enquiry."""
    touches.settle(desk.session, enquiry_id, desk.now)


def _ends(session: Session, change: Change) -> None:
    """The mails of an enquiry end with it, and live again with it."""
    if "erase_after" in change.fields:
        parts.letters_end(session, change.id, change.fields["erase_after"])
        until = change.fields["erase_after"] or stamp(change.desk.now + change.desk.plan.keep)
        parts.contacts_end(session, change.id, until)


def may(desk: Desk, case: Case) -> bool:
    """Whether this person may see the enquiry; the program itself sees all."""
    return desk.who is MACHINE or may_see(desk.who, case, desk.officers)


def must_see(desk: Desk, case: Case) -> None:
    """Raises `DeskError` when this person may not see the enquiry."""
    if not may(desk, case):
        raise DeskError(
            f"{case.reference} is {case.privacy}: {desk.who.name or desk.who.id} may not see it. "
            "Ask its owner or a lead."
        )


def _faster(session: Session, row: Row) -> str:
    changes = history.of(session, "enquiry", row["id"])
    last = changes[-1] if changes else {"who": "somebody", "what": "changed", "at": row["logged_at"]}
    return (
        f"{row['reference']} was changed meanwhile: {last['who']} {last['what']} it at {last['at']}. "
        "Nothing of yours was written. Look at it again, then repeat what is still wanted."
    )


def erased_at(desk: Desk, after: timedelta | None = None) -> datetime:
    """When the personal data of somebody heard from now come to their end, if nothing more is heard."""
    return desk.now + (desk.plan.keep if after is None else after)
