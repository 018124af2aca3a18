"""Working time: nights of clock change, days off, the second of closing, and a count minute by minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from commsleads.enquiries import Hours, Moved, OnCall
from commsleads.rules.desk.clocks import NO_TIME, Calendar, due_at, on_call, public_holidays, running, waiting
from tests.rules.desk.table import LONDON, OFFICE, WEEK, at, hours, minutes

BERLIN = ZoneInfo("Europe/Berlin")
ROUND_THE_CLOCK = tuple(Hours(day, time(0), time(23, 59)) for day in range(7))
ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Havana", "Africa/Cairo", "Asia/Kathmandu")
INSTANTS = st.integers(0, 2 * 366 * 24 * 60).map(lambda n: datetime(2025, 1, 1, tzinfo=UTC) + n * minutes(1))


@pytest.mark.parametrize(
    ("start", "end", "worked"),
    [
        ("11-02 10:00", "11-02 11:30", hours(1.5)),
        ("11-02 07:00", "11-02 20:00", hours(8.5)),
        ("11-02 17:00", "11-03 09:30", hours(1)),
        ("11-06 17:30", "11-09 09:00", NO_TIME),
        ("11-06 17:15", "11-09 09:15", minutes(30)),
        ("11-07 08:00", "11-08 22:00", NO_TIME),
        ("12-24 16:30", "12-29 10:00", hours(2)),
        ("11-02 11:00", "11-02 11:00", NO_TIME),
        ("11-02 12:00", "11-02 11:00", NO_TIME),
        ("03-27 16:30", "03-30 10:00", hours(2)),
        ("10-23 16:30", "10-26 10:00", hours(2)),
        ("01-01 00:00", "12-31 23:59", hours(8.5 * 259)),
    ],
)
def test_worked(start: str, end: str, worked: timedelta) -> None:
    """Nights, weekends, Christmas and both changes of the clocks hold no working time; the year's sum is right."""
    assert OFFICE.worked(at(start), at(end)) == worked


@pytest.mark.parametrize(
    ("start", "amount", "until"),
    [
        ("11-02 10:00", minutes(15), "11-02 10:15"),
        ("11-02 17:20", minutes(15), "11-03 09:05"),
        ("11-02 17:30", minutes(15), "11-03 09:15"),
        ("11-02 17:15", minutes(15), "11-02 17:30"),
        ("11-06 18:00", hours(4), "11-09 13:00"),
        ("12-24 16:30", hours(4), "12-29 12:00"),
        ("03-27 17:00", hours(1), "03-30 09:30"),
        ("11-07 12:00", NO_TIME, "11-07 12:00"),
        ("11-02 09:00", hours(42.5), "11-06 17:30"),
    ],
)
def test_add(start: str, amount: timedelta, until: str) -> None:
    """An enquiry at the second of closing has its quarter of an hour on the next working morning."""
    assert OFFICE.add(at(start), amount) == at(until)


@pytest.mark.parametrize(
    ("when", "is_open", "next_open"),
    [
        ("11-02 09:00", True, "11-02 09:00"),
        ("11-02 08:59", False, "11-02 09:00"),
        ("11-02 17:29", True, "11-02 17:29"),
        ("11-02 17:30", False, "11-03 09:00"),
        ("11-06 17:30", False, "11-09 09:00"),
        ("12-25 11:00", False, "12-29 09:00"),
    ],
)
def test_open(when: str, is_open: bool, next_open: str) -> None:
    """The desk is open from the second of opening, and shut from the second of closing."""
    assert OFFICE.is_open(at(when)) is is_open
    assert OFFICE.out_of_hours(at(when)) is not is_open
    assert OFFICE.next_open(at(when)) == at(next_open)


def night(start: time, end: time) -> Calendar:
    """A desk in Berlin that works at night, on Sundays only."""
    return Calendar(zone=BERLIN, hours=(Hours(6, start, end),))


@pytest.mark.parametrize(
    ("day", "start", "end", "worked"),
    [
        (date(2026, 3, 29), time(1), time(4), hours(2)),
        (date(2026, 10, 25), time(1), time(4), hours(4)),
        (date(2026, 10, 25), time(1), time(2, 30), hours(2.5)),
        (date(2026, 10, 25), time(2, 30), time(4), hours(2.5)),
        (date(2026, 3, 29), time(1), time(2, 30), hours(1.5)),
        (date(2026, 3, 29), time(3), time(4), hours(1)),
        (date(2026, 11, 1), time(1), time(4), hours(3)),
    ],
)
def test_nights_of_clock_change(day: date, start: time, end: time, worked: timedelta) -> None:
    """A night shift is as long as it was: an hour short in spring, an hour long in autumn."""
    begin = datetime.combine(day, time(), tzinfo=BERLIN)
    assert night(start, end).worked(begin, begin + timedelta(days=2)) == worked


@pytest.mark.parametrize("stretch", [(time(9), time(9)), (time(17), time(9))])
def test_days_without_length(stretch: tuple[time, time]) -> None:
    """A stretch that ends where it begins, or before, holds nothing; with nothing at all there is no next opening."""
    empty = Calendar(zone=LONDON, hours=(Hours(0, *stretch),))
    assert empty.worked(at("01-01 00:00"), at("12-31 00:00")) == NO_TIME
    assert not empty.is_open(at("11-02 09:00"))
    with pytest.raises(ValueError, match="no such time"):
        empty.add(at("11-02 09:00"), minutes(1))
    with pytest.raises(ValueError, match="no time at all"):
        empty.next_open(at("11-02 09:00"))


def test_only_forward() -> None:
    """Working time is not taken off."""
    with pytest.raises(ValueError, match="never taken off"):
        OFFICE.add(at("11-02 09:00"), minutes(-1))


def test_overlaps_count_once() -> None:
    """Stretches that overlap are one, in whatever order they were declared."""
    twice = Calendar(zone=LONDON, hours=(Hours(0, time(11), time(15)), Hours(0, time(9), time(12))))
    assert twice.worked(at("11-02 00:00"), at("11-03 00:00")) == hours(6)


def test_fifty_years() -> None:
    """A mail dated 1970 is counted through, all the way to now."""
    then = datetime(1970, 1, 1, tzinfo=UTC)
    assert OFFICE.worked(then, at("11-02 09:00")) > hours(8.5 * 250 * 56)


@given(INSTANTS, INSTANTS, st.sampled_from(ZONES))
def test_round_the_clock(start: datetime, end: datetime, zone: str) -> None:
    """Where work never stops, working time is elapsed time, whatever the clocks do."""
    assume(start <= end)
    assert Calendar(zone=ZoneInfo(zone), hours=ROUND_THE_CLOCK).worked(start, end) == end - start


HOURS = st.lists(
    st.builds(Hours, st.integers(0, 6), st.integers(0, 23).map(time), st.integers(0, 23).map(time)), max_size=8
).map(tuple)
CALENDARS = st.builds(
    Calendar,
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    hours=HOURS,
    holidays=st.frozensets(st.dates(date(2025, 1, 1), date(2026, 12, 31)), max_size=40),
)


@settings(max_examples=60)
@given(CALENDARS, INSTANTS, st.integers(0, 12 * 60))
def test_minute_by_minute(calendar: Calendar, start: datetime, length: int) -> None:
    """Working time is the number of minutes that are open."""
    assert calendar.worked(start, start + minutes(length)) == sum(
        (minutes(1) for n in range(length) if calendar.is_open(start + minutes(n))), NO_TIME
    )


@given(CALENDARS, INSTANTS, INSTANTS, INSTANTS)
def test_time_adds_up(calendar: Calendar, one: datetime, two: datetime, three: datetime) -> None:
    """Two stretches side by side hold what both hold together, and none holds more than has passed."""
    one, two, three = sorted((one, two, three))
    assert calendar.worked(one, two) + calendar.worked(two, three) == calendar.worked(one, three)
    assert NO_TIME <= calendar.worked(one, three) <= three - one


@given(INSTANTS, st.integers(0, 6000).map(minutes), st.sampled_from(ZONES))
def test_add_is_the_other_way(start: datetime, amount: timedelta, zone: str) -> None:
    """After `add` just so much has been worked, and a second before it had not."""
    calendar = Calendar(zone=ZoneInfo(zone), hours=WEEK)
    until = calendar.add(start, amount)
    assert calendar.worked(start, until) == amount
    if amount:
        assert calendar.worked(start, until - timedelta(seconds=1)) < amount


def moved(when: str, hold: str = "") -> Moved:
    return Moved(at(when), "ada", "assigned", "assigned", hold)


JOURNALIST, EXPERT = "awaiting_journalist", "awaiting_expert"


@pytest.mark.parametrize(
    ("moves", "spent"),
    [
        ([], hours(4)),
        ([moved("11-02 11:00", EXPERT), moved("11-02 13:00")], hours(4)),
        ([moved("11-02 11:00", JOURNALIST), moved("11-02 13:00")], hours(2)),
        ([moved("11-02 11:00", JOURNALIST)], hours(1)),
        ([moved("11-02 13:00"), moved("11-02 11:00", JOURNALIST)], hours(2)),
        ([moved("11-02 08:00", JOURNALIST), moved("11-02 10:30")], hours(3.5)),
        ([moved("11-02 11:00", JOURNALIST), moved("11-02 12:00", EXPERT), moved("11-02 13:00")], hours(3)),
        ([moved("11-02 15:00", JOURNALIST)], hours(4)),
    ],
)
def test_the_internal_clock(moves: list[Moved], spent: timedelta) -> None:
    """It stops while the journalist owes us something, not while an expert does."""
    assert running(OFFICE, moves, at("11-02 10:00"), at("11-02 14:00")) == spent


def test_waiting_over_a_weekend() -> None:
    """A wait from Friday noon to Monday ten takes off the working time it held, and puts the target off by it."""
    moves = [moved("11-06 12:00", JOURNALIST), moved("11-09 10:00")]
    start, end = at("11-06 10:00"), at("11-09 13:00")
    assert waiting(moves, start, end) == [(at("11-06 12:00"), at("11-09 10:00"))]
    assert running(OFFICE, moves, start, end) == hours(5)
    assert due_at(OFFICE, moves, start, hours(4), at("11-09 10:00")) == at("11-09 12:00")
    assert due_at(OFFICE, moves, start, hours(1), at("11-09 10:00")) == at("11-06 11:00")


@given(st.lists(st.tuples(INSTANTS, st.sampled_from(["", JOURNALIST, EXPERT])), max_size=8), INSTANTS, INSTANTS)
def test_the_clock_never_runs_backwards(stamps: list[tuple[datetime, str]], start: datetime, end: datetime) -> None:
    """Whatever the holds, the internal clock is between nothing and the working time that passed."""
    start, end = min(start, end), max(start, end)
    moves = [Moved(when, "ada", "", "", hold) for when, hold in stamps]
    assert NO_TIME <= running(OFFICE, moves, start, end) <= OFFICE.worked(start, end)


def test_who_is_on_call() -> None:
    """The rota goes by local days, both included; of two turns the one that began last holds."""
    rota = (
        OnCall(officer="ada", first=date(2026, 12, 1), last=date(2026, 12, 31)),
        OnCall(officer="ben", first=date(2026, 12, 24), last=date(2026, 12, 28)),
    )
    assert on_call(rota, at("12-23 23:59"), LONDON) == "ada"
    assert on_call(rota, at("12-24 00:00"), LONDON) == "ben"
    assert on_call(rota, at("12-28 23:59"), LONDON) == "ben"
    assert on_call(rota, at("12-29 00:00"), LONDON) == "ada"
    assert on_call(rota, at("11-30 23:59"), LONDON) == ""
    auckland = ZoneInfo("Pacific/Auckland")
    assert on_call(rota, datetime(2026, 11, 30, 12, tzinfo=UTC), auckland) == "ada"


def test_public_holidays() -> None:
    """England's are not Scotland's, and a Saturday's Boxing Day is made up for on the Monday."""
    england = public_holidays("GB", "ENG", [2026])
    scotland = public_holidays("GB", "SCT", [2026])
    assert date(2026, 12, 28) in england
    assert date(2026, 4, 6) in england - scotland
    assert date(2026, 11, 30) in scotland - england
    assert len(public_holidays("DE", "", [2026, 2027])) == 18


@pytest.mark.parametrize(
    ("country", "part", "words"),
    [
        ("germny", "", "DE"),
        ("Frnace", "", "FR"),
        ("GBB", "", "GB"),
        ("GB", "ENGL", "ENG"),
        ("DE", "BAY", "BY"),
        ("", "", "no country"),
        ("Atlantis", "", "no country"),
    ],
)
def test_unknown_country(country: str, part: str, words: str) -> None:
    """What is not known is refused with near names."""
    with pytest.raises(ValueError, match=words):
        public_holidays(country, part, [2026])
