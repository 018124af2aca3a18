"""A press office with leads, on a database of its own, whose clock moves when it is told to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from commsleads.config import Settings
from commsleads.config.values import Organisation
from commsleads.enquiries import DeskPlan, Officer
from commsleads.journey import Lead, Touch
from commsleads.leads.looking import seen, shown
from commsleads.leads.record import Work
from commsleads.leads.retelling import retell
from commsleads.plan import Outlet
from commsleads.rules.desk.officers import officer
from commsleads.store.desk import people
from commsleads.store.desk.people import Person
from commsleads.store.engine import Engine, Session
from commsleads.store.leads import touches

MONDAY = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
OFFICERS = (
    Officer(id="ada", name="Ada Stone", role="lead", team="press", cover="ben"),
    Officer(id="ben", name="Ben Okoro", team="press"),
    Officer(id="dot", name="Dot Hale", role="lead", team="events"),
)
ASKED = "ask deadline outlet own tier-2"
"""An enquiry that makes a story-qualified lead, under the criteria that come with the program."""
ENGAGED = "own outlet"
TABLES = ("leads", "lead_moves", "handoffs", "lead_people")


def settings(folder: Path, criteria: str = "", **desk: Any) -> Settings:
    """Harbour Museum in London, three officers in two teams."""
    file = folder / "criteria.toml"
    plan: dict[str, Any] = {"officers": OFFICERS} | desk
    if criteria:
        file.write_text(criteria, encoding="utf-8")
    return Settings(
        path=folder / "config.toml",
        store_url=str(folder / "commsleads.db"),
        output_folder=folder,
        organisation=Organisation(name="Harbour Museum", timezone="Europe/London"),
        desk=DeskPlan(**plan),
        outlets=(Outlet(name="North County Post", domains=("ncp.example",), tier=2),),
        criteria_file=file if criteria else None,
    )


@dataclass
class Office:
    """The office at work: `work("ada")` is Ada at the leads, now."""

    session: Session
    settings: Settings
    now: datetime = MONDAY
    made: int = 0

    def work(self, who: str = "ada", session: Session | None = None) -> Work:
        return Work(
            session=session or self.session,
            settings=self.settings,
            now=self.now,
            who=officer(self.settings.desk.officers, who),
        )

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)

    def person(self, name: str, outlet: str = "North County Post", email: str = "", phone: str = "") -> str:
        """Somebody whom we know; the id of the contact. Ids rise with the order in which they were made."""
        self.made += 1
        return people.identify(
            self.session,
            Person(name=name, outlet=outlet, email=email, phone=phone),
            at=self.now,
            origin="a test",
            erase_after=self.now + timedelta(days=700),
        )

    def touch(self, contact: str, marks: str = ASKED, *, kind: str = "enquiry", **given: Any) -> str:
        """A touch of this person, known now; the id of it."""
        self.made += 1
        ident = str(given.pop("id", f"t{self.made}"))
        one = Touch(
            id=ident, version=1, contact=contact, at=given.pop("at", self.now), learned=self.now, kind=kind,
            marks=" ".join(sorted(marks.split())), channel="email", source="email", evidence=f"test {ident}",
        )  # fmt: skip
        with self.session.atomic():
            touches.keep(self.session, [one._replace(**given)])
            self.tell(contact)
        return ident

    def tell(self, *contacts: str) -> None:
        """Tell these leads anew; without any, those whose time has come."""
        retell(self.session, self.work().terms(), self.now, contacts or None)

    def lead(self, contact: str, at: datetime | None = None) -> Lead:
        """The lead as it is now, or was."""
        return seen(self.work(), contact, at).lead

    def show(self, contact: str, at: datetime | None = None) -> dict[str, Any]:
        """What `lead show --json` says."""
        return shown(self.work(), seen(self.work(), contact, at))

    def number(self, contact: str) -> int:
        """What the lead is "as of"."""
        return seen(self.work(), contact).number

    def asked(self, name: str = "Ruth Calder", **person: str) -> str:
        """Somebody who asked for something, and whose lead is offered; the contact."""
        contact = self.person(name, **person)
        self.touch(contact)
        return contact

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """All that follows from the log, but for when it was told."""
        found = {}
        for table in TABLES:
            names = [row["name"] for row in self.session.query(f"SELECT name FROM pragma_table_info('{table}')")]
            told = ", ".join(name for name in names if name != "told_at")
            found[table] = sorted(self.session.tuples(f"SELECT {told} FROM {table}"))
        return found


@contextmanager
def office(engine: Engine, folder: Path, criteria: str = "", **desk: Any) -> Iterator[Office]:
    """The office on this database."""
    with engine.session() as session:
        yield Office(session, settings(folder, criteria, **desk))


def without(told: dict[str, Any], *names: str) -> dict[str, Any]:
    """What was told, without some of it."""
    return {name: value for name, value in told.items() if name not in names}


__all__ = ["ASKED", "ENGAGED", "MONDAY", "OFFICERS", "Office", "office", "settings", "without"]
