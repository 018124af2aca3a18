"""The speed of leads, for `bench.py`: one touch taken in, all leads told anew, criteria tried, the funnel.

    ./run bench --leads                      # 1,000,000 touches of 100,000 people: some minutes, a gigabyte of disk
    ./run bench --leads --touches 100000     # a tenth of it

Touches are spread over two years and over people at random, half of whom are accepted once, under the criteria that
come with the program. The bars: one touch taken in (kept, its lead told anew) in 2 ms, 20,000 touches a second told
anew within 300 MB, criteria tried in 10 s, the funnel of a quarter in 500 ms. Beside each stands the least that the
same rows cost: one row written and committed, all rows read and looked at once, the leads counted by stage.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAYS = 730
BITE = 20_000
SAMPLES = 1_000
ASKED = 15
EACH = 10
"""Touches of one person, on average."""
SETTINGS = """
[organisation]
name = "Harbour Museum"
timezone = "Europe/Berlin"
[[desk.officers]]
id = "ada"
role = "lead"
[[campaigns]]
id = "tour"
starts_on = 2025-01-01
ends_on = 2026-12-31
"""
SORTS = (
    *[("click", "listed", "mail", "email")] * 4,
    *[("reply", "listed own", "mail", "email")] * 2,
    ("enquiry", "ask deadline neutral outlet outlet-domain own tier-2 works", "email", "email"),
    ("enquiry", "ask neutral outlet own works", "phone", "phone"),
    ("enquiry", "ask hostile outlet own tier-1 works", "email", "email"),
    ("click", "did listed material", "mail", "email"),
    ("event", "own positive", "event", "event"),
)  # fmt: skip


def made(folder: Path, count: int) -> Any:
    """The program on a database with so many touches, told under the criteria that come with it."""
    from commsleads.leads import agreeing
    from commsleads.leads.retelling import rebuild

    app = opened(folder)
    with app.engine.session() as session:
        people = count // EACH
        _people(session, people)
        terms = agreeing.ensure(session, app.settings, NOW - timedelta(days=DAYS + 1))
        _touches(session, count, people)
        _acts(session, people)
        rebuild(session, terms, NOW)
    return app


def opened(folder: Path) -> Any:
    """The program on the database in this folder."""
    from commsleads.app import build

    folder.mkdir(exist_ok=True)
    (folder / "config.toml").write_text(SETTINGS, encoding="utf-8")
    app = build(folder / "config.toml", clock=lambda: NOW, environ={})
    app.prepare()
    return app


def _people(session: Any, people: int) -> None:
    with session.atomic():
        session.many(
            "INSERT INTO contacts (id, name, folded, origin, basis, first_at, last_at, erase_after) "
            "VALUES (?, ?, ?, 'bench', 'bench', '', '', '')",
            ((_contact(n), f"Person {n}", f"person {n}") for n in range(people)),
        )


def _contact(number: int) -> str:
    return f"{number * 2_654_435_761 % 2**32:08x}{number:08x}"


def _touches(session: Any, count: int, people: int) -> None:
    from commsleads.store.leads import touches

    rng = random.Random(7)
    for start in range(0, count, BITE):
        with session.atomic():
            touches.add(session, [_touch(n, rng, people) for n in range(start, min(start + BITE, count))])


def _touch(number: int, rng: random.Random, people: int) -> Any:
    from commsleads.journey import Touch

    kind, marks, channel, source = rng.choice(SORTS)
    at = NOW - timedelta(seconds=rng.randrange(60, DAYS * 86_400))
    contact = _contact(rng.randrange(people))
    return Touch(
        id=f"t{number:08x}", version=1, contact=contact, at=at, learned=at, kind=kind, marks=marks, channel=channel,
        source=source, campaign="tour" if "listed" in marks else "", outlet="North Post" if "outlet" in marks else "",
        evidence=f"{kind} {number:08x}", counts="hostile" not in marks, why="bench",
    )  # fmt: skip


def _acts(session: Any, people: int) -> None:
    """Half of them are accepted once, by somebody who looked at a moment: it has an effect where they were offered."""
    from commsleads.store.engine import stamp

    rng = random.Random(9)
    with session.atomic():
        session.many(
            "INSERT INTO lead_acts (id, lead_id, number, at, by, verb) VALUES (?, ?, 1, ?, 'ada', 'accept')",
            (
                (f"a{n}", _contact(n), stamp(NOW - timedelta(seconds=rng.randrange(60, DAYS * 86_400))))
                for n in range(0, people, 2)
            ),
        )


# --- what is measured ------------------------------------------------------------------------------------------------


def one_by_one(app: Any, people: int, first: int = 2**31) -> Iterator[float]:
    """Seconds to take in one touch: to keep it and to tell its lead anew, in one transaction."""
    from commsleads.leads import agreeing
    from commsleads.leads.retelling import retell
    from commsleads.store.leads import touches

    rng = random.Random(8)
    with app.engine.session() as session:
        terms = agreeing.ensure(session, app.settings, NOW)
        for number in range(SAMPLES):
            touch = _touch(first + number, rng, people)._replace(at=NOW, learned=NOW)
            began = time.perf_counter()
            with session.atomic():
                retell(session, terms, NOW, touches.keep(session, [touch]))
            yield time.perf_counter() - began


def one_row(app: Any) -> Iterator[float]:
    """Seconds to write one row of the same size and commit it."""
    with app.engine.session() as session:
        session.execute("CREATE TABLE bench_rows (id TEXT PRIMARY KEY, told TEXT NOT NULL)")
        for number in range(SAMPLES):
            began = time.perf_counter()
            with session.atomic():
                session.execute("INSERT INTO bench_rows VALUES (:id, :told)", id=str(number), told="x" * 300)
            yield time.perf_counter() - began
        session.execute("DROP TABLE bench_rows")


def again(folder: str) -> None:
    """All leads told anew."""
    from commsleads.leads import agreeing
    from commsleads.leads.retelling import rebuild

    app = opened(Path(folder))
    with app.engine.session() as session:
        rebuild(session, agreeing.ensure(session, app.settings, NOW), NOW)


def read(folder: str) -> None:
    """All touches read in the order of people, and looked at once."""
    with closing(sqlite3.connect(Path(folder) / "commsleads.db")) as database:
        count = sum(len(row) for row in database.execute("SELECT * FROM touches ORDER BY contact_id, learned_at"))
        assert count


def tried(folder: str) -> None:
    """Stricter criteria tried on all leads."""
    from commsleads.config import criteria as files
    from commsleads.leads import agreeing
    from commsleads.leads.trying import tried as on_trial

    app = opened(Path(folder))
    stricter = files.read(files.text_of_own().replace("points = 30\ncap = 60", "points = 18\ncap = 36").encode())
    with app.engine.session() as session:
        terms = agreeing.ensure(session, app.settings, NOW)
        new = agreeing.on_trial(stricter, terms, app.settings, NOW)
        assert sum(1 for _ in on_trial(session, new, terms, NOW))


def funnel(app: Any, days: int) -> float:
    """Seconds for the funnel of the leads opened in so many days."""
    from commsleads.contract import Period
    from commsleads.facts.leads import funnel_of

    until = date(2026, 11, 16)
    since = until - timedelta(days=days)
    period = Period(
        start=datetime(*since.timetuple()[:3], tzinfo=UTC),
        end=datetime(*until.timetuple()[:3], tzinfo=UTC),
    )
    began = time.perf_counter()
    with app.engine.session() as session:
        funnel_of(app.facts(session), period)
    return time.perf_counter() - began


def by_stage(app: Any) -> float:
    """Seconds to count the leads by stage in one statement."""
    began = time.perf_counter()
    with app.engine.session() as session:
        session.tuples("SELECT stage, count(*) FROM leads GROUP BY stage")
    return time.perf_counter() - began


# --- told ------------------------------------------------------------------------------------------------------------


def run(measured: Callable[[list[str]], dict[str, float]], count: int, rounds: int) -> None:
    """Say what all of it costs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "office"
        began = time.perf_counter()
        app = made(folder, count)
        print(f"{count:,} touches of {count // EACH:,} people made and told in {time.perf_counter() - began:.0f} s\n")
        _in_process(app, count // EACH)
        _processes(measured, folder, count, rounds)


def _in_process(app: Any, people: int) -> None:
    print("| what | median ms | p95 ms | worst ms | ratio |\n| --- | ---: | ---: | ---: | ---: |")
    rows, taken = list(one_row(app)), list(one_by_one(app, people))
    _told("one row written and committed", rows, rows)
    _told("one touch taken in (bar 2 ms)", taken, rows)
    counted = [by_stage(app) for _ in range(ASKED)]
    _told("leads counted by stage", counted, counted)
    _told("funnel of a quarter (bar 500 ms)", [funnel(app, 91) for _ in range(ASKED)], counted)
    _told("funnel of two years", [funnel(app, DAYS) for _ in range(3)], counted)


def _told(what: str, found: list[float], against: list[float]) -> None:
    middle, ordered = statistics.median(found), sorted(found)
    late, worst = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))], ordered[-1]
    ratio = middle / statistics.median(against)
    print(f"| {what} | {middle * 1000:.2f} | {late * 1000:.2f} | {worst * 1000:.2f} | {ratio:.1f} |")


def _processes(measured: Callable[[list[str]], dict[str, float]], folder: Path, count: int, rounds: int) -> None:
    """What reads all of it, each in a process from start to exit, in turns."""
    kinds = {"read once": "read", "told anew (bar 20,000/s, 300 MB)": "again", "criteria tried (bar 10 s)": "tried"}
    found: dict[str, list[dict[str, float]]] = {what: [] for what in kinds}
    for _ in range(rounds):
        for what, role in kinds.items():
            found[what].append(measured([sys.executable, __file__, role, str(folder)]))
    base = statistics.median(one["cpu"] for one in found["read once"])
    print("\n| all touches | CPU s (min–max) | wall s | touches/s of wall | peak MiB | CPU ratio |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for what, each in found.items():
        middle = {key: statistics.median(one[key] for one in each) for key in each[0]}
        least, most = min(one["cpu"] for one in each), max(one["cpu"] for one in each)
        print(
            f"| {what} | {middle['cpu']:.1f} ({least:.1f}–{most:.1f}) | {middle['wall']:.1f} "
            f"| {count / middle['wall']:,.0f} | {middle['mib']:.0f} | {middle['cpu'] / base:.1f} |"
        )


if __name__ == "__main__":
    {"again": again, "read": read, "tried": tried}[sys.argv[1]](sys.argv[2])
