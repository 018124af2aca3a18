"""Surges in a real database: like compared with like, one alert until it is over, none after a gap or a new source."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from commsleads.store.engine import micros, stamp
from tests.alerts.house import WEDNESDAY, House, add_story, house

QUIET = "[alerts]\ntier = 0\n"


def weeks(office: House, *, each: int = 2, watch: str = "museum", upto: int = 8) -> None:
    """So many stories on each of the same days of the weeks before."""
    with office.app.engine.session() as session:
        session.execute("UPDATE meta SET value = '2026-01-01T00:00:00Z' WHERE name = 'since'")
        for week in range(upto, 0, -1):
            for number in range(each):
                at = WEDNESDAY - timedelta(weeks=week, hours=1 + number)
                add_story(session, at, f"w{week}-{number}", f"Harbour Museum {week} {number}", watch=watch,
                          arrival=micros(at) + number)  # fmt: skip
        for day in range(70):
            session.execute(
                "INSERT INTO polls (source_id, at, outcome) VALUES ('press', :at, 'read')",
                at=stamp(WEDNESDAY - timedelta(days=day, hours=2)),
            )
        session.execute("UPDATE sources SET last_polled_at = :at", at=stamp(WEDNESDAY))


def today(office: House, n: int, text: str = "", first: int = 0, **more: str) -> None:
    for number in range(first, first + n):
        office.story(f"t{number}", f"Harbour Museum today {number}", text, **more)
    office.clock.move(minutes=1)


def test_many_more_stories_than_usual_are_one_alert(tmp_path: Path) -> None:
    """It says how many, how many are usual, and goes on as one alert until it is over."""
    office = house(tmp_path, alerts=QUIET)
    weeks(office)
    today(office, 14)
    assert office.tick() == (1, 0)
    (one,) = office.alerts()
    assert (one["kind"], one["level"], one["subject"]) == ("surge", "review", "museum")
    assert one["title"] == "14 stories about museum in 24 hours, far more than usual"
    assert "In the same hours of 8 weeks before it was 2.0" in one["text"]
    office.clock.move(hours=3)
    today(office, 10, first=50)
    assert office.tick() == (0, 0)
    assert office.kinds(only_open=True) == ["surge"]


def test_a_surge_is_over_and_another_one_waits_for_the_cool_down(tmp_path: Path) -> None:
    """Nobody is told of the same wave twice; a day after it was over the next one is told."""
    office = house(tmp_path, alerts=QUIET)
    weeks(office)
    today(office, 14)
    office.tick()
    office.clock.move(hours=26)
    office.tick()
    assert office.kinds(only_open=True) == []
    today(office, 14, first=100)
    office.clock.move(minutes=16)
    assert office.tick() == (0, 0)
    office.clock.move(hours=23, minutes=50)
    today(office, 14, first=200)
    office.clock.move(minutes=16)
    assert office.tick() == (1, 0)


@pytest.mark.parametrize("n", [2, 4])
def test_a_few_stories_are_no_surge(tmp_path: Path, n: int) -> None:
    """Below `least` nothing is one, and what is within the baseline is none either."""
    office = house(tmp_path, alerts=QUIET)
    weeks(office)
    today(office, n)
    assert office.tick() == (0, 0)


def test_without_weeks_to_compare_with_there_is_no_surge(tmp_path: Path) -> None:
    """On the first days it cannot be told."""
    office = house(tmp_path, alerts=QUIET)
    today(office, 40)
    assert office.tick() == (0, 0)


def test_copies_are_one_story(tmp_path: Path) -> None:
    """One text that forty outlets ran is no surge."""
    office = house(tmp_path, alerts=QUIET)
    weeks(office)
    today(office, 40, story="one")
    assert office.tick() == (0, 0)


def test_a_new_source_is_no_surge(tmp_path: Path) -> None:
    """What nobody could have seen before does not count."""
    office = house(tmp_path, alerts=QUIET)
    weeks(office)
    today(office, 30, source="new")
    with office.app.engine.session() as session:
        session.execute("INSERT INTO polls (source_id, at, outcome) VALUES ('new', :at, 'read')", at=stamp(WEDNESDAY))
    assert office.tick() == (0, 0)


def test_weeks_with_gaps_are_left_out(tmp_path: Path) -> None:
    """Six of the eight weeks were not observed: two are too few to compare with."""
    office = house(tmp_path, alerts=QUIET)
    weeks(office)
    with office.app.engine.session() as session:
        session.execute(
            "INSERT INTO gaps (source_id, start_at, end_at, why) VALUES ('press', :a, :b, 'down')",
            a=stamp(WEDNESDAY - timedelta(days=60)),
            b=stamp(WEDNESDAY - timedelta(days=16)),
        )
    today(office, 14)
    assert office.tick() == (0, 0)


def test_risk_words_in_a_surge_make_it_graver(tmp_path: Path) -> None:
    """A wave of stories with a risk word escalates; in an outlet of the first tier it is a crisis."""
    for number, (outlet, level) in enumerate((("Harbour Weekly", "escalate"), ("Evening Post", "crisis"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        office = house(folder, alerts='[alerts]\nrisk = ["lawsuit"]\n')
        weeks(office)
        today(office, 14, "A lawsuit is filed.", outlet=outlet)
        office.tick()
        assert [one["level"] for one in office.alerts() if one["kind"] == "surge"] == [level]


def test_a_slow_wave_is_told_when_its_week_is_over(tmp_path: Path) -> None:
    """Four a day for a week, where two a week are usual: no day is a surge, the week is one, and it is told once."""
    office = house(tmp_path, alerts=QUIET)
    weeks(office)
    office.tick()
    for day in range(4):
        today(office, 4, first=10 * day)
        office.clock.move(days=1)
        assert office.tick() == (0, 0)
    office.clock.now = WEDNESDAY + timedelta(days=5)
    assert office.tick() == (1, 0)
    (one,) = office.alerts()
    assert (one["kind"], one["level"], one["subject"]) == ("surge", "watch", "museum")
    assert one["title"] == "16 stories about museum in 2026-W47, more than usual"
    for _ in range(3):
        office.clock.move(hours=5)
        assert office.tick() == (0, 0)
    assert office.kinds(only_open=True) == ["surge"]
    office.clock.move(days=8)
    office.tick()
    assert office.kinds(only_open=True) == []
