"""The deadlines of request services: words, the mail's instant, what is read."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.requests.deadlines import read_deadline

NEW_YORK = ZoneInfo("America/New_York")
MARCH = datetime(2026, 3, 6, 10, 35, tzinfo=UTC)  # a Friday, two days before the clocks change there
DECEMBER = datetime(2026, 12, 30, 22, 35, tzinfo=UTC)

INSTANTS = [
    ("7:00 PM ET - 9 March", MARCH, "2026-03-09 23:00"),
    ("8:00 PM ET - 6 March", MARCH, "2026-03-07 01:00"),
    ("12:00 PM ET - 11 March", MARCH, "2026-03-11 16:00"),
    ("12:00 AM ET - 7 March", MARCH, "2026-03-07 05:00"),
    ("12:00 AM ET - 14 February", MARCH, "2027-02-14 05:00"),
    ("7:00 PM ET - 1 January", DECEMBER, "2027-01-02 00:00"),
    ("7:00 PM EST - 31 December", DECEMBER, "2027-01-01 00:00"),
    ("7:00 PM EST - 11 July", MARCH, "2026-07-11 23:00"),
    ("7:00 PM EDT - 11 December", MARCH, "2026-12-12 00:00"),
    ("6:00 PM PACIFIC - August 22", MARCH, "2026-08-23 01:00"),
    ("6:00 PM PACIFIC \u2013 August 22", MARCH, "2026-08-23 01:00"),
    ("6:00 PM Eastern - August 22", MARCH, "2026-08-22 22:00"),
    ("9:30 am CT - March 10", MARCH, "2026-03-10 14:30"),
    ("9:30 am MST - 7 March", MARCH, "2026-03-07 16:30"),
    ("5 p.m. GMT - 8 July", MARCH, "2026-07-08 16:00"),
    ("5pm BST - 8 December", MARCH, "2026-12-08 17:00"),
    ("5pm UK time, 8 July", MARCH, "2026-07-08 16:00"),
    ("17:00 CET - 8 July", MARCH, "2026-07-08 15:00"),
    ("17:00 Central European Time - 8 July", MARCH, "2026-07-08 15:00"),
    ("5:00 PM AEST - 18 March", MARCH, "2026-03-18 06:00"),
    ("5:00 PM AEDT - 18 July", MARCH, "2026-07-18 07:00"),
    ("17:00 UTC - 8 July", MARCH, "2026-07-08 17:00"),
    ("17:00 GMT+2 - 8 July", MARCH, "2026-07-08 15:00"),
    ("17:00 UTC-03:30 - 8 July", MARCH, "2026-07-08 20:30"),
    ("2026-06-18 12:00 pm Eastern Standard Time", MARCH, "2026-06-18 16:00"),
    ("2026-12-17 12:00 pm Eastern Standard Time", MARCH, "2026-12-17 17:00"),
    ("Friday, 13 March 2026 at 5:00 PM ET", MARCH, "2026-03-13 21:00"),
    ("March 13, 2026, 5:00 PM ET", MARCH, "2026-03-13 21:00"),
    ("13th of March, noon ET", MARCH, "2026-03-13 16:00"),
    ("3/13/2026 5:00 PM ET", MARCH, "2026-03-13 21:00"),
    ("5pm today", MARCH, "2026-03-06 22:00"),
    ("5pm TODAY", MARCH, "2026-03-06 22:00"),
    ("tomorrow 9 AM", MARCH, "2026-03-07 14:00"),
    ("5pm ET, Wednesday", MARCH, "2026-03-11 21:00"),
    ("5:00 PM - 9 March", MARCH, "2026-03-09 21:00"),
    ("2:30 AM ET - 8 March", MARCH, "2026-03-08 07:30"),  # an hour that the clocks leave out
    ("13:00 PM ET - 9 March", MARCH, "2026-03-09 17:00"),
    ("7:00 PM ET - 29 February", MARCH, "2028-03-01 00:00"),
]


@pytest.mark.parametrize(("words", "after", "expected"), INSTANTS)
def test_an_instant_is_the_next_such_one_in_the_regions_real_offset(words: str, after: datetime, expected: str) -> None:
    """Years, zones and clock changes as people mean them."""
    found = read_deadline(words, after=after, zone=NEW_YORK)
    assert found is not None
    assert (f"{found.at:%Y-%m-%d %H:%M}", found.day, found.sure, found.words) == (expected, None, True, words)
    assert found.at.tzinfo is UTC


DAYS = [
    ("29 July", "2026-07-29"), ("July 29", "2026-07-29"), ("29 July 2026", "2026-07-29"), ("2026-07-29", "2026-07-29"),
    ("1 March", "2027-03-01"), ("6 March", "2026-03-06"), ("Sept. 3", "2026-09-03"), ("tomorrow", "2026-03-07"),
    ("29.07.2026", "2026-07-29"), ("end of day, 29 July", "2026-07-29"), ("midnight, 29 July", "2026-07-29"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), DAYS)
def test_a_day_without_a_time_is_a_day(words: str, expected: str) -> None:
    """It says so, and its close of work in New York stands for the time."""
    found = read_deadline(words, after=MARCH, zone=NEW_YORK)
    assert found is not None
    assert (str(found.day), found.sure) == (expected, True)
    assert f"{found.at.astimezone(NEW_YORK):%Y-%m-%d %H:%M}" == f"{expected} 17:00"


@pytest.mark.parametrize(
    "words",
    ["", "ASAP", "TBD", "rolling", "when full", "7:00 PM ET", "25:00 ET - 9 March", "13:70 ET - 9 March", "31 February",
     "0 March", "7:00 PM ET - 32 March", "14:00 AM ET - 9 March", "may march", "0000-01-01", "9999-99-99"],
)  # fmt: skip
def test_what_does_not_fit_is_not_read(words: str) -> None:
    """Declined is better than wrong."""
    assert read_deadline(words, after=MARCH, zone=NEW_YORK) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("9:00 AM ET - 6 March 2025", "2025-03-06"),  # its year is written, and long past
        ("Monday, 13 March 2026, 5 PM ET", "2026-03-13"),  # that is a Friday
        ("4/5/2026 5:00 PM ET", "2026-04-05"),
        ("5 PM ET - 9 March or 12 March", "2026-03-09"),
        ("5 PM XQT - 9 March", "2026-03-09"),
        ("5 PM, Friday", "2026-03-06"),  # the day on which the mail was sent
        ("3:00 AM ET - 6 March", "2026-03-06"),  # hours before the mail: it is not next year's
        ("7:00 PM ET - 5 March", "2026-03-05"),
        ("2206-03-09 5:00 pm ET", "2206-03-09"),
    ],
)
def test_what_contradicts_itself_is_read_and_doubted(words: str, expected: str) -> None:
    """Somebody should look."""
    found = read_deadline(words, after=MARCH, zone=NEW_YORK)
    assert found is not None
    assert (f"{found.at.astimezone(NEW_YORK):%Y-%m-%d}", found.sure) == (expected, False)


def test_a_zone_that_is_not_known_leaves_the_day() -> None:
    """The clock time would be wrong by hours."""
    found = read_deadline("5 PM XQT - 9 March", after=MARCH, zone=NEW_YORK)
    assert found is not None
    assert str(found.day) == "2026-03-09"


@given(st.text(max_size=120), st.datetimes(timezones=st.just(UTC)))
def test_no_words_and_no_instant_make_it_fail(words: str, after: datetime) -> None:
    """Also at both ends of time."""
    found = read_deadline(words, after=after, zone=NEW_YORK)
    assert found is None or found.at.tzinfo is UTC


@given(
    st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2099, 1, 1), timezones=st.just(UTC)),
    st.dates(min_value=datetime(2023, 1, 1).date(), max_value=datetime(2023, 12, 31).date()),
    st.integers(0, 23),
)
def test_a_sure_deadline_lies_within_the_year_after_the_mail(after: datetime, day: object, hour: int) -> None:
    """For every day of the year and every hour."""
    words = f"{hour % 12 or 12}:00 {'PM' if hour > 11 else 'AM'} ET - {day:%d %B}"
    found = read_deadline(words, after=after, zone=NEW_YORK)
    assert found is not None
    days = (found.at - after).total_seconds() / 86_400
    assert (0 <= days <= 366.1) if found.sure else (-2.1 <= days < 0)


def test_a_hostile_deadline_is_looked_at_in_part() -> None:
    """A million characters cost what two hundred cost."""
    for piece in ("1", "1:", "9 March ", "ET - ", "9/", " ", "a"):
        read_deadline(piece * 200_000, after=MARCH, zone=NEW_YORK)
