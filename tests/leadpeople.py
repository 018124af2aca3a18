"""Who there is in the simulated year, what the office writes down of it, and how somebody sits down at the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from commsleads import jobs
from commsleads.app import App
from commsleads.desk import Desk
from commsleads.errors import CommsleadsError
from commsleads.journey import Lead
from commsleads.leads.record import Work
from commsleads.rules.desk.errors import DeskError
from commsleads.store.desk.people import Person
from commsleads.store.engine import Session
from tests.office import Clock

FIRST = (
    "Ruth", "Max", "Iris", "Nell", "Sue", "Gus", "Lia", "Pat", "Vera", "Rob", "Ines", "Omar", "Priya", "Tom", "Una",
    "Jo", "Kim", "Lars", "Mia", "Noor",
)  # fmt: skip
LAST = (
    "Calder", "Field", "Vane", "Foss", "Kemp", "Orr", "Moss", "Lund", "Stone", "Tarn", "Berg", "Okafor", "Rao", "Lind",
    "Hale", "Marsh", "Bell", "Wood", "Shaw", "Penn",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing that happened: `what` it was, and when it was known. All else of it stands in `more`."""

    what: str
    now: datetime
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Somebody:
    """One whom we know by one address (or by a name at an outlet): a contact in the end."""

    key: str
    name: str
    email: str
    outlet: str
    asked: list[str] = field(default_factory=list)

    @property
    def person(self) -> Person:
        return Person(name=self.name, email=self.email, outlet=self.outlet)


class Office:
    """The office, its clock, and its own list of what happened."""

    def __init__(self, app: App, session: Session, clock: Clock, seed: int, people: int) -> None:
        self.app, self.session, self.clock = app, session, clock
        self.lot = Random(seed)
        self.zone = app.settings.organisation.zone
        self.said: list[Said] = []
        self.plans = {one.id: one for one in app.campaigns(session)}
        self.people = [self._somebody(number) for number in range(people)]
        self.twins: list[tuple[Somebody, Somebody]] = []
        self.merged: list[tuple[Somebody, Somebody]] = []
        self.enquiries: dict[str, dict[str, Any]] = {}
        self.marks: list[tuple[str, Somebody]] = []
        self.aside: list[str] = []
        self.noted: list[str] = []
        self.aimed: dict[str, dict[str, Somebody]] = {}
        self.shown: list[tuple[datetime, Lead]] = []
        self.hits = 0
        self.unsaid: set[str] = set()
        self.replied: set[str] = set()

    def _somebody(self, number: int) -> Somebody:
        outlets = self.app.settings.outlets
        kind = number % 10
        outlet = outlets[number % len(outlets)]
        name = f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}{'son' * (number // 400)}"
        local = name.lower().replace(" ", ".")
        email = f"{local}@{outlet.domains[0]}"
        if kind in (3, 7):
            email = f"{local}{number}@gmail.com"
        elif kind == 5:
            email = f"{local}{number}@mailinator.com"
        elif kind == 8:
            email = f"{local}{number}@unlisted{number}.example"
        known = outlet.name if kind != 8 else f"Unlisted Bulletin {number}"
        return Somebody(key=email, name=name, email=email, outlet="" if kind == 9 else known)

    def desk(self, who: str = "ada") -> Desk:
        plain = Desk(session=self.session, settings=self.app.settings, now=self.now)
        return Desk(session=self.session, settings=self.app.settings, now=self.now, who=plain.officer(who))

    def work(self, who: str = "ada") -> Work:
        return Work(
            session=self.session, settings=self.app.settings, now=self.now, who=self.desk(who).who,
        )  # fmt: skip

    @property
    def now(self) -> datetime:
        return self.clock.now

    def note(self, what: str, **more: Any) -> None:
        self.said.append(Said(what=what, now=self.now, more=more))

    def ids(self) -> dict[str, str]:
        """The contacts that people are by now, by their address."""
        rows = self.session.tuples("SELECT value, contact_id FROM contact_points WHERE kind = 'email'")
        return {str(value): str(contact) for value, contact in rows}

    def look(self) -> None:
        """What was noted is looked at at once, as the command does it."""
        jobs.JOBS["qualify"].run(self.app, jobs.never)
        self.note("looked")

    def _tried(self, do: Callable[[], Any]) -> bool:
        """Whether it could be done: who asks for what makes no sense is refused, and nothing has happened."""
        try:
            do()
        except (CommsleadsError, DeskError):
            return False
        return True
