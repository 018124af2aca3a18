"""How a goal stands, on every day of it and where it was counted too late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.goals.progress import hidden, sentence, span, standing

BERLIN = ZoneInfo("Europe/Berlin")
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def at(day: int, hour: int = 12, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def test_days_are_local() -> None:
    """November begins in Berlin an hour before it does in UTC, and has thirty days."""
    time = span(FIRST, LAST, BERLIN, datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
    assert (time.state, time.day, time.days) == ("running", 1, 30)
    assert span(FIRST, LAST, BERLIN, datetime(2026, 10, 31, 22, 30, tzinfo=UTC)).state == "not begun"
    assert span(FIRST, LAST, BERLIN, datetime(2026, 11, 30, 23, 0, tzinfo=UTC)).state == "over"


def test_half_of_the_time() -> None:
    """At noon of the middle the half is expected."""
    now = datetime(2026, 11, 15, 23, 0, tzinfo=UTC)
    time = span(FIRST, LAST, BERLIN, now)
    assert time.share == Fraction(1, 2)
    found = standing(20, 60, time, now)
    assert (found.word, found.expected) == ("behind", 30.0)
    assert sentence(found, "qualified leads", time) == (
        "20 of 60 qualified leads on day 16 of 30, with 30 expected by now: behind. "
        f"If it goes on like this, it ends at {found.low} to {found.high}."
    )


def test_before_and_after() -> None:
    """Not begun, missed and reached are said as such, without a forecast."""
    early = span(FIRST, LAST, BERLIN, at(1, month=10))
    assert sentence(standing(0, 60, early, at(1, month=10)), "leads", early) == (
        "60 leads: the time for it has not begun."
    )
    late = span(FIRST, LAST, BERLIN, at(5, month=12))
    assert sentence(standing(59, 60, late, at(5, month=12)), "leads", late) == "59 of 60 leads, missed."
    assert sentence(standing(60, 60, late, at(5, month=12)), "leads", late) == "60 of 60 leads, reached."
    assert late.until == late.end


def test_without_days() -> None:
    """A campaign's goal may have no end: nothing is expected of it, and it may be reached all the same."""
    time = span(FIRST, None, BERLIN, at(10))
    assert (time.state, time.share) == ("", None)
    assert standing(9, 60, time, at(10)).word == "cannot tell"
    assert standing(60, 60, time, at(10)).word == "reached"
    assert "no beginning and end" in sentence(standing(9, 60, time, at(10)), "leads", time)


def test_counted_too_late() -> None:
    """A goal of which a third was not counted is neither behind nor missed, but it may be reached."""
    now = at(30)
    time = span(FIRST, LAST, BERLIN, now)
    found = standing(5, 60, time, now, since=at(11))
    assert (found.word, found.why) == ("cannot tell", "it was counted only from 2026-11-11 on")
    assert found.low is None
    assert standing(60, 60, time, now, since=at(11)).word == "reached"
    assert standing(5, 60, time, now, since=at(2, 0)).word == "behind"
    over = span(FIRST, LAST, BERLIN, at(9, month=12))
    assert standing(5, 60, over, at(9, month=12), since=at(11)).word == "cannot tell"
    assert hidden(over, at(20, month=12)) != ""


def test_the_first_that_is_known_is_named() -> None:
    """Where the first touch came after the beginning, the sentence says so."""
    time = span(FIRST, LAST, BERLIN, at(20))
    told = sentence(standing(5, 60, time, at(20)), "leads", time, at(3))
    assert told.endswith("The first that is known came on 3 November 2026, after the goal began.")


def test_nothing_counts_it() -> None:
    """Unknown is no zero."""
    time = span(FIRST, LAST, BERLIN, at(20))
    found = standing(None, 60, time, at(20), why="no criteria are in force")
    assert found.n is None
    assert sentence(found, "leads", time) == "60 leads: cannot tell how many so far, no criteria are in force."


@given(
    st.one_of(st.none(), st.integers(0, 200)),
    st.integers(1, 100),
    st.tuples(st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.integers(-3, 60)),
    st.datetimes(datetime(2025, 12, 1), datetime(2027, 4, 1)),
    st.one_of(st.none(), st.datetimes(datetime(2025, 12, 1), datetime(2027, 4, 1))),
)
def test_it_never_divides_by_nothing(
    n: int | None, goal: int, days: tuple[date, int], now: datetime, since: datetime | None
) -> None:
    """Whatever the days are, even none at all, there is a word and a sentence."""
    (first, length), moment = days, now.replace(tzinfo=UTC)
    time = span(first, first + timedelta(days=length), BERLIN, moment)
    found = standing(n, goal, time, moment, since=since.replace(tzinfo=UTC) if since else None)
    assert sentence(found, "leads", time).endswith(".")
    assert time.share is None or 0 <= time.share <= 1
    assert (time.share is None) == (length < 0)


def test_counted_from_within_the_first_day() -> None:
    """In the first tenth that is the reason; later the hour is told, for the day alone would say nothing."""
    time = span(FIRST, LAST, BERLIN, at(1, 12))
    found = standing(2, 60, time, at(1, 12), since=at(1, 9))
    assert (found.word, found.why) == ("cannot tell", "less than 10% of the time is over")
    assert hidden(time, at(1, 9)) == "it was counted only from 2026-11-01 10:00 on"
    assert sentence(found, "leads", time, at(1, 9)).endswith("less than 10% of the time is over.")
