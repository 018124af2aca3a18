"""A press office with four officers, on a database of its own, whose clock moves when it is told to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from commsleads.config import Settings
from commsleads.config.values import Organisation
from commsleads.desk import MACHINE, Call, Desk, log
from commsleads.enquiries import DeskPlan, Officer, OnCall
from commsleads.plan import Outlet
from commsleads.store.desk.people import Person
from commsleads.store.engine import Engine, Session, micros, stamp

MONDAY = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
RUTH = Person(name="Ruth Calder", outlet="North County Post", phone="+44 20 7946 0000", email="ruth@ncp.example")
OFFICERS = (
    Officer(id="ada", name="Ada Stone", role="lead", cover="ben"),
    Officer(id="ben", name="Ben Okoro"),
    Officer(id="cem", name="Cem Aksoy", role="approver"),
    Officer(id="dot", name="Dot Hale", team="events"),
)


def settings(folder: Path, **desk: Any) -> Settings:
    """Harbour Museum in London, two steps of a sign-off."""
    plan: dict[str, Any] = {
        "officers": OFFICERS,
        "signoff": ("fact check", "sign-off"),
        "on_call": (OnCall(officer="ben", first=date(2026, 11, 21), last=date(2026, 11, 22)),),
    }
    return Settings(
        path=folder / "config.toml",
        store_url=str(folder / "commsleads.db"),
        output_folder=folder,
        organisation=Organisation(name="Harbour Museum", timezone="Europe/London"),
        desk=DeskPlan(**plan | desk),
        outlets=(Outlet(name="North County Post", domains=("ncp.example",), tier=3, type="newspaper", region="North"),),
    )


class Press:
    """The office at work: `desk("ada")` is Ada at the desk, now."""

    def __init__(self, session: Session, found: Settings) -> None:
        self.session = session
        self.settings = found
        self.now = MONDAY

    def desk(self, who: str = "ada") -> Desk:
        probe = Desk(session=self.session, settings=self.settings, now=self.now)
        return Desk(
            session=self.session,
            settings=self.settings,
            now=self.now,
            who=MACHINE if who == "commsleads" else probe.officer(who),
        )

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)

    def call(self, who: str = "ada", **given: Any) -> str:
        """Log a call of Ruth Calder's; the reference."""
        fields: dict[str, Any] = {"subject": "Jobs in Leeds", "journalists": (RUTH,), "questions": ("How many jobs?",)}
        found = log(self.desk(who), Call(**fields | given))
        return str(self.session.tuples("SELECT reference FROM enquiries WHERE id = ?", (found,))[0][0])

    def row(self, ref: str) -> dict[str, Any]:
        (found,) = self.session.query("SELECT * FROM enquiries WHERE reference = :ref", ref=ref)
        return found

    def history(self, ref: str) -> list[dict[str, Any]]:
        """What happened to an enquiry: who and what, oldest first."""
        return self.session.query(
            "SELECT who, what, before, after FROM history WHERE kind = 'enquiry' AND row_id = :id ORDER BY number",
            id=self.row(ref)["id"],
        )

    def touches(self, columns: str) -> list[tuple[Any, ...]]:
        """The touches as they are known now, by the names of the contacts (`c`); `t` are the touches."""
        return self.session.tuples(
            f"SELECT {columns} FROM touches t JOIN contacts c ON c.id = t.contact_id "
            "WHERE t.version = (SELECT max(version) FROM touches n WHERE n.id = t.id) ORDER BY c.name, t.at, t.id"
        )

    def story(self, signal_id: str, title: str = "Museum to cut jobs") -> str:
        """A story that appeared now."""
        self.session.execute(
            "INSERT INTO sources (id, kind, every_seconds, next_check_at, interval_seconds) "
            "VALUES ('press', 'feeds', 60, '', 60) ON CONFLICT (id) DO NOTHING"
        )
        columns = [row["name"] for row in self.session.query("SELECT name FROM pragma_table_info('signals')")]
        kinds = {row["name"]: row["type"] for row in self.session.query("SELECT * FROM pragma_table_info('signals')")}
        given: dict[str, Any] = {name: 0 if kinds[name] == "INTEGER" else "" for name in columns}
        given |= {
            "id": signal_id, "source_id": "press", "kind": "entry", "external_id": signal_id, "title": title,
            "url": f"https://ncp.example/{signal_id}", "canonical_url": f"https://ncp.example/{signal_id}",
            "first_seen_at": stamp(self.now), "story_id": signal_id, "outlet": RUTH.outlet,
            "arrival": micros(self.now) + sum(map(ord, signal_id)),
        }  # fmt: skip
        self.session.execute(
            f"INSERT INTO signals ({', '.join(given)}) VALUES ({', '.join(':' + name for name in given)})", **given
        )
        return signal_id


@contextmanager
def office(engine: Engine, folder: Path, **desk: Any) -> Iterator[Press]:
    """The office on this database."""
    with engine.session() as session:
        yield Press(session, settings(folder, **desk))
