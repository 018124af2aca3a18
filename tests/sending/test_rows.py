"""Rows of deliveries and stops: claimed once whoever asks, and a database of before that goes on."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from commsleads.plan import ReportPlan
from commsleads.store import deliveries, stops
from commsleads.store.engine import Session, migrations
from commsleads.telling import addressed
from tests.factories import NOW
from tests.sending.rooms import office, tell


def test_one_of_many_runs_claims_a_delivery(tmp_path: Path) -> None:
    """Eight runs find the same row due; exactly one sends."""
    app = office(tmp_path, 9)
    tell(app)
    got: list[bool] = []

    def claim() -> None:
        with app.engine.session() as mine:
            (row,) = deliveries.due(mine, app.now())
            barrier.wait()
            got.append(deliveries.sending(mine, row, app.now(), run="x"))

    barrier = threading.Barrier(8)
    threads = [threading.Thread(target=claim) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(got) == 1


def test_deliveries_of_before_go_on(tmp_path: Path) -> None:
    """What was given up stays so, what failed is tried, what is in doubt stays in doubt, and each is a first turn."""
    with closing(sqlite3.connect(tmp_path / "old.db")) as old:
        for name, sql in migrations("sqlite"):
            if name < "0008":
                old.executescript(sql)
        old.execute(
            "INSERT INTO reports (name, period, start_at, end_at, cutoff, state, begun_at, leased_until) "
            "VALUES ('weekly', '2026-W46', '', '', 0, 'written', '', '')"
        )
        old.executemany(
            "INSERT INTO deliveries (name, period, recipient, state, at, tries, error) VALUES "
            "('weekly', '2026-W46', ?, ?, '2026-11-16T06:00:00Z', ?, '')",
            [
                ("a@x", "sent", 1),
                ("b@x", "failed", 3),
                ("c@x", "failed", 1),
                ("d@x", "sending", 1),
                ("e@x", "waiting", 0),
            ],
        )
        old.executescript(dict(migrations("sqlite"))["0008_reports"])
        found = old.execute("SELECT recipient, state, turn, audience, next_at FROM deliveries ORDER BY recipient")
        assert [row[:2] for row in found.fetchall() if row[2:] == (1, "team", "")] == [
            ("a@x", "sent"), ("b@x", "over"), ("c@x", "failed"), ("d@x", "sending"), ("e@x", "waiting"),
        ]  # fmt: skip


ADDRESSES = st.sampled_from(["a@x.example", "A@x.example", "b@x.example", "c@x.example", "B@X.example"])
LISTS = st.lists(ADDRESSES, max_size=5).map(tuple)


@given(LISTS, LISTS, LISTS)
def test_everybody_once_and_the_longest(
    to: tuple[str, ...], directors: tuple[str, ...], analysts: tuple[str, ...]
) -> None:
    """Whoever stands in whatever lists, however written, gets one, and the longest of those they are to have."""
    found = addressed(ReportPlan(name="weekly", to=to, directors=directors, analysts=analysts))
    people = {stops.bare(one) for one in (*to, *directors, *analysts)}
    assert sorted(map(stops.bare, found)) == sorted(people)
    for one, audience in found.items():
        lists = {"analyst": analysts, "team": to, "director": directors}
        longest = next(name for name, those in lists.items() if stops.bare(one) in map(stops.bare, those))
        assert audience == longest


ACTS = st.lists(
    st.tuples(st.sampled_from(["stop", "stop all", "allow", "allow all", "once"]), ADDRESSES), min_size=1, max_size=12
)


def test_stops_and_allowances_in_any_order(session: Session) -> None:
    """The last word about a report and an address counts, and a stop of every report is one of each."""

    @settings(max_examples=60)
    @given(ACTS)
    def played(acts: list[tuple[str, str]]) -> None:
        session.execute("DELETE FROM report_stops")
        model: dict[str, set[str]] = {}
        for number, (act, address) in enumerate(acts):
            now, mine = NOW.replace(minute=number), model.setdefault(address.casefold(), set())
            name = "" if act.endswith("all") else "weekly"
            if act.startswith("allow"):
                stops.allow(session, address, name, now, "ada")
                mine -= {"weekly", ""} if not name else {name}
            else:
                stops.stop(session, address, name, stops.Stop("person"), now, once=act == "once")
                mine.add(name)
        assert stops.stopped(session, "weekly") == {who for who, names in model.items() if names}
        assert stops.stopped(session, "monthly") == {who for who, names in model.items() if "" in names}
        assert {who for who in model if stops.in_force(session, who, "weekly")} == stops.stopped(session, "weekly")

    played()
