"""A year of editions, each made again after the rows, the settings and the people have changed."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commsleads import jobs, replaying
from commsleads.app import App, build
from commsleads.coverage import removing
from commsleads.desk import Desk
from commsleads.desk.entry import Call, log
from commsleads.store.desk.people import Person
from commsleads.store.engine import Session, stamp
from tests.ledger import Ledger
from tests.office import WEEKLY, Clock, office, settings

REPORTS = WEEKLY + WEEKLY.replace("weekly", "enquiries")
WEEKS = 52
FIRST = datetime(2026, 1, 5, 6, 5, tzinfo=UTC)
"""A Monday, seven o'clock in Berlin."""


def lived(ledger: Ledger, app: App, chance: random.Random, monday: datetime) -> None:
    """A week: stories, copies, enquiries, and people who put right what was before."""
    session = ledger.session
    with session.atomic():
        ledger.poll("post", monday - timedelta(days=1))
        for _ in range(chance.randrange(12)):
            when = monday - timedelta(minutes=chance.randrange(60, 7 * 24 * 60))
            ident = ledger.signal(when, chance.sample(["museum", "rival", "docks"], chance.randint(1, 2)))
            if chance.random() < 0.3:
                ledger.signal(when + timedelta(minutes=9), copy_of=ident)
        if chance.random() < 0.2:
            ledger.gap(
                "post", f"{monday - timedelta(days=3):%Y-%m-%dT%H:%M}", f"{monday - timedelta(days=2):%Y-%m-%dT%H:%M}"
            )
    desk = Desk(session=session, settings=app.settings, now=monday - timedelta(days=2))
    for number in range(chance.randrange(3)):
        log(
            desk,
            Call(subject=f"When does it open ({number})?", journalists=(Person(name="Ruth Calder"),), outlet="Post"),
        )
    put_right(session, chance, monday)


def put_right(session: Session, chance: random.Random, monday: datetime) -> None:
    """False positives taken out and put back, stories joined late, headlines edited, rows gone."""
    ids = [ident for (ident,) in session.tuples("SELECT id FROM signals ORDER BY id")]
    for ident in chance.sample(ids, min(len(ids), 2)):
        act = chance.randrange(5)
        if act == 0:
            removing.remove(session, ident, why="not us", who="ada", now=monday - timedelta(hours=9))
        elif act == 1:
            removing.keep(session, ident, why="", who="ada", now=monday - timedelta(hours=8))
        elif act == 2:
            session.execute("UPDATE matches SET story_id = :to WHERE signal_id = :id", to=ids[0], id=ident)
        elif act == 3:
            at = stamp(monday - timedelta(hours=7))
            session.execute("UPDATE signals SET title = 'Edited', revised_at = :at WHERE id = :id", at=at, id=ident)
        else:
            session.execute("DELETE FROM matches WHERE signal_id = :id", id=ident)


def chained(told: list[tuple[str]]) -> int:
    """How many restatements of stories these digests told: each begins with what was told last, and changes it."""
    last: dict[tuple[str, str], object] = {}
    n = 0
    for (text,) in told:
        for one in json.loads(text)["restated"]:
            key = (one["period"], one["figure"])
            assert one["told"] == last.get(key, one["first"])
            assert (one["told"], one["told_of"]) != (one["now"], one["now_of"])
            assert one["why"]
            last[key] = one["now"]
            n += one["figure"] == "figures.stories"
    return n


@pytest.mark.soak
@pytest.mark.timeout(300)
def test_every_edition_of_a_year_is_made_again(tmp_path: Path) -> None:
    """52 digests and 52 reports on enquiries: all parts the same, after a year of changes and with other settings."""
    chance = random.Random(7)
    app, clock = office(tmp_path, {}, more=REPORTS)
    clock.now = FIRST - timedelta(days=7)
    with app.engine.session() as session:
        session.execute("UPDATE meta SET value = :at WHERE name = 'since'", at=stamp(clock.now))
        ledger = Ledger(session)
        ledger.source(since=FIRST - timedelta(days=100))
        for week in range(WEEKS):
            clock.now = FIRST + timedelta(weeks=week)
            lived(ledger, app, chance, clock.now)
            assert {one["state"] for one in jobs.tell(app, jobs.never)} == {"written"}
        editions = session.tuples("SELECT name, period FROM reports WHERE state = 'written'")
        told = session.tuples("SELECT data FROM reports WHERE name = 'weekly' ORDER BY period")
        with session.atomic():
            session.execute("UPDATE signals SET title = 'Gone', outlet = 'X'")
            session.execute("DELETE FROM matches")
            session.execute("UPDATE enquiries SET subject = 'Gone'")
    assert len(editions) == 2 * WEEKS
    assert chained(told) > WEEKS / 10
    settings(tmp_path, {}, more='[[watches]]\nid = "other"\nany = ["Other"]\n' + REPORTS)
    again = build(tmp_path / "config.toml", clock=Clock(clock.now + timedelta(days=400)), environ={})
    for name, period in editions:
        found = replaying.replay(again, name, period)
        assert found.same, (name, period, [part for part in found.parts if not part.same])
