"""Criteria come into force because somebody switched them on, under a number, on a ground that is kept with them."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from commsleads.config.criteria import text_of_own
from commsleads.config.values import Organisation, Settings
from commsleads.enquiries import DeskPlan, Officer
from commsleads.errors import ConfigError, LeadError
from commsleads.leads import agreeing
from commsleads.store.engine import Engine, Session
from commsleads.store.leads import terms

NOW = datetime(2026, 11, 23, 9, 0, 0, 250, tzinfo=UTC)
OTHER = text_of_own().replace("points = 30\ncap = 60", "points = 20\ncap = 60")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A press office in Berlin, in the files of this test."""
    return Settings(
        path=tmp_path / "config.toml",
        store_url=str(tmp_path / "commsleads.db"),
        output_folder=tmp_path,
        organisation=Organisation(timezone="Europe/Berlin", holidays=(date(2026, 12, 31),)),
        desk=DeskPlan(country="DE-BE", officers=(Officer(id="ada", role="lead"), Officer(id="ben", team="trade"))),
    )


def test_the_criteria_that_come_with_the_program_are_the_first(session: Session, settings: Settings) -> None:
    """Without a file of one's own they are number 1, from the first look on; the ground is that of the settings."""
    (one,) = agreeing.ensure(session, settings, NOW)
    assert (one.number, one.revision, one.at, one.by) == (1, 1, NOW.replace(microsecond=0), "commsleads")
    assert terms.kept(session)[0].text == text_of_own()
    assert str(one.ground.zone) == "Europe/Berlin"
    assert [(officer.id, officer.role, officer.team) for officer in one.ground.officers] == [
        ("ada", "lead", "press"), ("ben", "officer", "trade"),
    ]  # fmt: skip
    assert {date(2026, 12, 31), date(2027, 1, 1), date(2029, 12, 25), date(2024, 5, 1)} <= one.ground.holidays
    assert one.ground.hours == settings.organisation.working_hours


def test_no_name_and_no_address_of_ours_is_kept_with_them(session: Session, settings: Settings) -> None:
    """What decides an assignment is an id, a role and a team."""
    people = (Officer(id="ada", name="Ada Stone", email="ada@museum.example", cover="ben"), Officer(id="ben"))
    agreeing.ensure(session, replace(settings, desk=DeskPlan(officers=people)), NOW)
    assert "Stone" not in terms.kept(session)[0].ground
    assert "museum.example" not in terms.kept(session)[0].ground


def test_a_file_of_ones_own_is_the_first_and_a_later_change_of_it_does_nothing(
    session: Session, settings: Settings, tmp_path: Path
) -> None:
    """Only `switch_on` switches on; that the file says something else is said."""
    file = tmp_path / "agreed.toml"
    file.write_text(OTHER)
    mine = replace(settings, criteria_file=file)
    (one,) = agreeing.ensure(session, mine, NOW)
    assert one.criteria.engagement[0].points == 20
    assert agreeing.differs(session, mine) == ""
    file.write_text("# a comment\n" + OTHER)
    assert agreeing.differs(session, mine) == ""
    file.write_text(text_of_own())
    assert agreeing.ensure(session, mine, NOW + timedelta(days=1)) == (one,)
    assert "differs from the criteria in force, number 1" in agreeing.differs(session, mine)
    assert f"criteria try {file}`" in agreeing.differs(session, mine), "a command can be copied from any folder"
    file.write_text('reading = "DE"\nx = 1')
    assert "has 2 mistakes" in agreeing.differs(session, mine)
    assert agreeing.ensure(session, mine, NOW + timedelta(days=1)) == (one,)
    assert agreeing.differs(session, settings) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [('reading = "DE"', "reading is"), ("", "There is no stage"), (None, "There is no file of criteria")],
)
def test_a_wrong_file_at_the_first_start_stops(
    session: Session, settings: Settings, tmp_path: Path, text: str | None, words: str
) -> None:
    """The criteria that come with the program are not taken in silence instead."""
    file = tmp_path / "agreed.toml"
    if text is not None:
        file.write_text(text)
    with pytest.raises(ConfigError, match=words):
        agreeing.ensure(session, replace(settings, criteria_file=file), NOW)
    assert terms.in_force(session) == ()


def test_nothing_changed_is_nothing_written(engine: Engine, session: Session, settings: Settings) -> None:
    """Looked at in every pass, by two processes at once, the first stays the only one."""
    first = agreeing.ensure(session, settings, NOW)
    with engine.session() as other:
        assert agreeing.ensure(other, settings, NOW + timedelta(days=40)) == first
    assert agreeing.ensure(session, settings, NOW + timedelta(minutes=1)) == first


@pytest.mark.parametrize(
    "other",
    [
        {"organisation": Organisation(timezone="Europe/London", holidays=(date(2026, 12, 31),))},
        {"organisation": Organisation(timezone="Europe/Berlin")},
        {"organisation": Organisation(timezone="Europe/Berlin", holidays=(date(2026, 12, 31),), working_hours=())},
        {"desk": DeskPlan(country="DE-BY", officers=(Officer(id="ada", role="lead"), Officer(id="ben", team="trade")))},
        {"desk": DeskPlan(country="DE-BE", officers=(Officer(id="ada", role="lead"),))},
        {"desk": DeskPlan(country="DE-BE", officers=(Officer(id="ada"), Officer(id="ben", team="trade")))},
    ],
)
def test_another_ground_is_a_revision_of_the_same_number(
    session: Session, settings: Settings, other: dict[str, object]
) -> None:
    """Zone, hours, days off, who is here and in which team: each may move a due time or an assignment."""
    agreeing.ensure(session, settings, NOW)
    changed = replace(settings, **other)  # type: ignore[arg-type]
    first, second = agreeing.ensure(session, changed, NOW + timedelta(days=1))
    assert (second.number, second.revision, second.criteria) == (1, 2, first.criteria)
    assert second.at == NOW.replace(microsecond=0) + timedelta(days=1)
    assert len(agreeing.ensure(session, changed, NOW + timedelta(days=2))) == 2


def test_a_name_or_a_cover_is_no_other_ground(session: Session, settings: Settings) -> None:
    """What decides no assignment makes no revision."""
    agreeing.ensure(session, settings, NOW)
    people = tuple(replace(one, name="Somebody", email="a@b.example", cover="ada") for one in settings.desk.officers)
    assert len(agreeing.ensure(session, replace(settings, desk=replace(settings.desk, officers=people)), NOW)) == 1


def test_the_passing_of_a_year_makes_no_revision_and_the_days_off_never_end(
    session: Session, settings: Settings
) -> None:
    """The days off are told some years ahead, and further before the last of these years is over."""
    agreeing.ensure(session, settings, NOW)
    for years, revisions in ((1, 1), (2, 1), (3, 2), (4, 2), (5, 2), (6, 3)):
        now = NOW.replace(year=NOW.year + years)
        there = agreeing.ensure(session, settings, now)
        assert len(there) == revisions
        assert date(now.year, 12, 25) in there[-1].ground.holidays


def test_switching_on_gives_the_next_number(session: Session, settings: Settings) -> None:
    """By whom, from when, with the file whole and why."""
    agreeing.ensure(session, settings, NOW)
    later = NOW + timedelta(days=9)
    made = agreeing.switch_on(session, settings, OTHER.encode(), by="ada", now=later, why="agreed with the editors")
    assert (made.number, made.revision, made.by) == (2, 1, "ada")
    kept = terms.kept(session, 2)[0]
    assert (kept.text, kept.note, kept.author) == (OTHER, "agreed with the editors", "commsleads")
    assert agreeing.ensure(session, settings, later)[-1] == made
    assert terms.in_force(session)[0].criteria != made.criteria


def test_the_same_text_is_not_switched_on_again(session: Session, settings: Settings) -> None:
    """Another sort of line end is the same text."""
    agreeing.ensure(session, settings, NOW)
    again = text_of_own().replace("\n", "\r\n").encode()
    assert agreeing.switch_on(session, settings, again, by="ada", now=NOW).number == 1
    assert len(terms.kept(session)) == 1


def test_a_file_is_read_once(session: Session, settings: Settings, tmp_path: Path) -> None:
    """What is kept is what was judged, whatever is written into the file meanwhile: a pipe gives its content once."""
    pipe = tmp_path / "criteria.toml"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_text, args=(OTHER,), daemon=True)
    writer.start()
    made = agreeing.switch_on(session, settings, pipe, by="ada", now=NOW)
    writer.join(5)
    kept = terms.kept(session, made.number)[0]
    assert kept.text == OTHER
    assert terms.criteria_of(kept.text, "the criteria") == made.criteria


def test_contradictions_and_mistakes_are_refused_with_all_of_them(session: Session, settings: Settings) -> None:
    """Nothing of it is in force afterwards."""
    wrong = text_of_own().replace("least = 50", "least = 500").replace('to = ""', 'to = "cas"').encode()
    with pytest.raises(LeadError) as refused:
        agreeing.switch_on(session, settings, wrong, by="ada", now=NOW)
    assert len(refused.value.problems) == 5
    with pytest.raises(ConfigError):
        agreeing.switch_on(session, settings, b"x = 1", by="ada", now=NOW)
    assert terms.kept(session) == []


def test_a_clock_that_was_put_back_does_not_turn_the_order(session: Session, settings: Settings) -> None:
    """What is switched on later is in force later."""
    agreeing.ensure(session, settings, NOW)
    made = agreeing.switch_on(session, settings, OTHER.encode(), by="ada", now=NOW - timedelta(days=3))
    assert made.at == NOW.replace(microsecond=0)
    assert [one.number for one in terms.in_force(session)] == [1, 2]


def test_a_ground_comes_back_as_it_was_written(session: Session, settings: Settings) -> None:
    """Hours, days off and people survive the table."""
    (one,) = agreeing.ensure(session, settings, NOW)
    text = terms.kept(session)[0].ground
    assert terms.ground_of(text) == one.ground
    assert terms.written(one.ground, terms.years_of(text)) == text
