"""What people type or say when they are asked for a deadline, in a table; received on Tuesday 10 March 2026 at 10."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from commsleads.letters import Deadline
from commsleads.rules.deadlines import Week, read
from tests.rules.deadlines.phrase_table import DECLINED, ENGLISH, FRENCH, GERMAN, SPANISH

LONDON = ZoneInfo("Europe/London")
RECEIVED = datetime(2026, 3, 10, 10, 0, tzinfo=LONDON)


def heard(words: str, language: str = "en", received: datetime = RECEIVED, zone: ZoneInfo = LONDON) -> Deadline | None:
    """The phrase as the desk reads it."""
    return read(words, received=received, zone=zone, language=language)


def shown(deadline: Deadline | None, zone: ZoneInfo = LONDON) -> str:
    """Local day and time; ``~`` where only the day was said, ``?`` where it is not sure; '' if declined."""
    if deadline is None:
        return ""
    marks = ("~" if deadline.day else "") + ("" if deadline.sure else "?")
    return f"{deadline.at.astimezone(zone):%a %d %b %H:%M}{marks}"


def rows(table: str) -> list[tuple[str, str]]:
    """The lines of a table, words and what is read."""
    parts = [line.rpartition("|") for line in table.strip().splitlines()]
    return [(words.strip(), wanted.strip()) for words, _, wanted in parts]


@pytest.mark.parametrize(
    ("language", "words", "wanted"),
    [
        (code, words, wanted)
        for code, table in {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}.items()
        for words, wanted in rows(table)
    ],
)
def test_phrase_is_read_as_press_people_mean_it(language: str, words: str, wanted: str) -> None:
    """A phrase in its language gives the instant, the precision and the certainty of the table."""
    assert shown(heard(words, language)) == wanted


@pytest.mark.parametrize("words", DECLINED.strip().splitlines())
def test_phrase_is_declined(words: str) -> None:
    """What names no instant, several, one that cannot be or one that is over is declined."""
    assert heard(words) is None


@pytest.mark.parametrize(
    ("words", "wanted"),
    [("bis Freitag", "Fri 13 Mar 17:00~"), ("demain midi", "Wed 11 Mar 12:00"), ("mañana", "Wed 11 Mar 17:00~")],
)
def test_language_is_found_out_if_none_is_named(words: str, wanted: str) -> None:
    """Without a language all four are tried."""
    assert shown(heard(words, "")) == wanted


def test_english_abbreviations_are_read_in_every_language() -> None:
    """A German journalist says EOD, too; so does one whose language is not among the four."""
    assert shown(heard("COB Thursday", "de")) == shown(heard("COB Thursday", "it")) == "Thu 12 Mar 17:00~"


def test_words_are_kept_verbatim_and_the_reading_is_explained() -> None:
    """The deadline says what was typed and how it was read."""
    found = heard("by COB Thursday")
    assert found is not None
    assert found.words == "by COB Thursday"
    assert found.why.startswith("Read as Thursday 2026-03-12 17:00 Europe/London")
    assert found.day == date(2026, 3, 12)


def test_full_date_in_the_past_is_given_but_not_sure() -> None:
    """Somebody who types the year means that day, even if it is over."""
    found = heard("2026-03-09 17:00")
    assert found is not None
    assert (found.sure, found.at) == (False, datetime(2026, 3, 9, 17, tzinfo=UTC))
    assert "past" in found.why


@pytest.mark.parametrize(
    ("zone", "wanted"),
    [("America/New_York", (4, 12)), ("Europe/London", (12, 4)), ("Europe/Berlin", (12, 4)), ("UTC", None)],
)
def test_order_of_day_and_month_is_that_of_the_zone(zone: str, wanted: tuple[int, int] | None) -> None:
    """4/12 is April in New York and December in London; where nobody can say it is declined."""
    found = heard("4/12", zone=ZoneInfo(zone))
    assert (None if found is None or found.day is None else (found.day.month, found.day.day)) == wanted
    assert found is None or not found.sure


def test_zone_name_is_a_region_with_its_real_offset() -> None:
    """EST in July is New York's summer time."""
    found = heard("5pm EST", received=datetime(2026, 7, 1, 12, tzinfo=UTC))
    assert found is not None
    assert found.at == datetime(2026, 7, 1, 21, tzinfo=UTC)


@pytest.mark.parametrize(("month", "sure"), [(1, True), (7, False)])
def test_gmt_is_london_and_not_sure_in_summer(month: int, sure: bool) -> None:
    """Who writes GMT in July may mean London's clock or Greenwich's; London's is taken."""
    found = heard("5pm GMT", received=datetime(2026, month, 1, 12, tzinfo=UTC))
    assert found is not None
    assert (found.sure, found.at.astimezone(LONDON).hour) == (sure, 17)


@pytest.mark.parametrize("words", ["la deadline est demain", "demain est"])
def test_words_that_look_like_zones_are_none(words: str) -> None:
    """The French "est" is no zone."""
    found = heard(words, "fr", zone=ZoneInfo("Europe/Paris"))
    assert found is None or found.at == datetime(2026, 3, 11, 16, tzinfo=UTC)


def test_close_of_business_follows_the_working_week() -> None:
    """After hours, at weekends and on holidays COB is that of the next working day."""
    friday_night = datetime(2026, 3, 13, 19, tzinfo=LONDON)
    assert shown(heard("COB", received=friday_night)) == "Mon 16 Mar 17:00~?"
    week = Week(opens=time(8), closes=time(16, 30), holidays=frozenset({date(2026, 3, 16)}))
    found = read("first thing", received=friday_night, zone=LONDON, language="en", week=week)
    assert shown(found) == "Tue 17 Mar 08:00"
    assert shown(read("COB", received=friday_night, zone=LONDON, week=week)) == "Tue 17 Mar 16:30~?"


def test_today_after_hours_lasts_until_midnight() -> None:
    """Who says "today" at seven in the evening does not mean five o'clock."""
    assert shown(heard("today", received=RECEIVED.replace(hour=19))) == "Tue 10 Mar 23:59~?"


def test_day_and_month_just_gone_are_declined_rather_than_moved_by_a_year() -> None:
    """9 March, read on the 10th, is an old deadline; 5 January is the next one."""
    assert heard("9 March") is None
    assert shown(heard("5 January")) == ""
    assert shown(heard("5 January", received=datetime(2026, 10, 1, 9, tzinfo=UTC))) == "Tue 05 Jan 17:00~"


def test_clock_change_keeps_the_local_hour() -> None:
    """5pm on the Sunday the clocks go forward is 5pm by the new clock; an hour from now is 60 minutes."""
    before = datetime(2026, 3, 28, 23, 30, tzinfo=LONDON)
    found = heard("5pm tomorrow", received=before)
    assert found is not None
    assert found.at == datetime(2026, 3, 29, 16, tzinfo=UTC)
    hours = heard("in 3 hours", received=before)
    assert hours is not None
    assert hours.at - before.astimezone(UTC) == timedelta(hours=3)


def test_time_without_a_zone_is_refused() -> None:
    """A naive time of receipt is a mistake of the caller."""
    with pytest.raises(ValueError, match="zone"):
        read("5pm", received=datetime(2026, 3, 10, 10), zone=LONDON)
