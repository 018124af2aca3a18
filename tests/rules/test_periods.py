"""Periods: where days, weeks and months begin in a zone, and which of them are due."""

from __future__ import annotations

import contextlib
import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.plan import ReportPlan
from commsleads.rules.periods import due, length_of, parse_period, period_of, previous, told_at

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Kathmandu", "Australia/Lord_Howe",
     "Pacific/Apia", "Africa/Casablanca", "America/Havana", "Asia/Beirut"]
).map(ZoneInfo)  # fmt: skip
EVERY = st.sampled_from(["day", "week", "month"])
DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1))
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("every", "day", "start", "end", "label"),
    [
        ("week", "2026-11-18", "2026-11-16T00:00+01:00", "2026-11-23T00:00+01:00", "2026-W47"),
        ("week", "2026-03-29", "2026-03-23T00:00+01:00", "2026-03-30T00:00+02:00", "2026-W13"),
        ("week", "2026-10-25", "2026-10-19T00:00+02:00", "2026-10-26T00:00+01:00", "2026-W43"),
        ("week", "2027-01-01", "2026-12-28T00:00+01:00", "2027-01-04T00:00+01:00", "2026-W53"),
        ("month", "2026-02-28", "2026-02-01T00:00+01:00", "2026-03-01T00:00+01:00", "2026-02"),
        ("month", "2026-12-31", "2026-12-01T00:00+01:00", "2027-01-01T00:00+01:00", "2026-12"),
        ("day", "2026-11-16", "2026-11-16T00:00+01:00", "2026-11-17T00:00+01:00", "2026-11-16"),
    ],
)
def test_bounds(every: str, day: str, start: str, end: str, label: str) -> None:
    """A period begins and ends at local midnights, and its label is the one of the calendar."""
    period = period_of(every, date.fromisoformat(day), BERLIN)
    assert (period.start, period.end, period.label) == (at(start), at(end), label)


def test_weeks_with_a_clock_change_have_167_and_169_hours() -> None:
    """The two weeks of the clock change are an hour shorter and an hour longer."""
    hours = [
        (period.end - period.start) / timedelta(hours=1)
        for period in (parse_period("2026-W13", BERLIN), parse_period("2026-W43", BERLIN))
    ]
    assert hours == [167, 169]


@given(EVERY, DAYS, ZONES)
def test_labels_lead_back(every: str, day: date, zone: ZoneInfo) -> None:
    """A label is read as the very period that bears it, and says how long that is."""
    period = period_of(every, day, zone)
    assert parse_period(period.label, zone) == period
    assert length_of(period) == every


@given(EVERY, DAYS, ZONES)
def test_periods_tile_time(every: str, day: date, zone: ZoneInfo) -> None:
    """Each period ends where the next begins, whatever the clocks of the zone do."""
    row = [*previous(period_of(every, day, zone), every, zone, 3), period_of(every, day, zone)]
    assert len(row) == 4
    assert all(one.end == two.start for one, two in itertools.pairwise(row))
    assert all(period.start < period.end for period in row[:-1])


def test_a_day_that_never_was_is_no_period() -> None:
    """Samoa went from 29 to 31 December 2011, and the days before the new year are four others."""
    apia = ZoneInfo("Pacific/Apia")
    days = previous(parse_period("2012-01-01", apia), "day", apia, 3)
    assert [day.label for day in days] == ["2011-12-28", "2011-12-29", "2011-12-31"]


@pytest.mark.parametrize(
    "text", ["2026-W54", "2026-W00", "2025-W53", "2026-13", "2026-02-30", "week 47", "", "9999-12", "1969-W52"]
)
def test_no_period_is_refused_with_words(text: str) -> None:
    """What is no period is refused with a sentence that shows how to write one."""
    with pytest.raises(ValueError, match="Write a week as 2026-W47"):
        parse_period(text, BERLIN)


@given(st.text(max_size=12))
def test_any_text_is_a_period_or_refused(text: str) -> None:
    """Nothing that a person types breaks the reading of periods."""
    with contextlib.suppress(ValueError):
        period = parse_period(text, BERLIN)
        assert period.start < period.end


def test_the_calendar_has_ends() -> None:
    """Before year 1 there are fewer periods, and after 9999 a sentence."""
    assert len(previous(period_of("month", date(1, 3, 1), ZoneInfo("UTC")), "month", ZoneInfo("UTC"), 8)) == 2
    with pytest.raises(ValueError, match="end of the calendar"):
        period_of("week", date.max, BERLIN)
    with pytest.raises(ValueError, match="day, week or month"):
        period_of("year", date(2026, 1, 1), BERLIN)


WEEKLY = ReportPlan(name="weekly", every="week", on="monday", at="07:00")


@pytest.mark.parametrize(
    ("now", "labels"),
    [
        ("2026-11-23T06:59+01:00", ["2026-W43", "2026-W44", "2026-W45", "2026-W46"]),
        ("2026-11-23T07:00+01:00", ["2026-W44", "2026-W45", "2026-W46", "2026-W47"]),
        ("2026-11-25T12:00+01:00", ["2026-W44", "2026-W45", "2026-W46", "2026-W47"]),
    ],
)
def test_a_week_is_due_from_its_hour_on(now: str, labels: list[str]) -> None:
    """The week that ended is due from Monday seven on, also when nobody was awake at seven."""
    assert [period.label for period in due(WEEKLY, at(now), BERLIN, (), LONG_AGO)] == labels


def test_what_is_done_is_not_due() -> None:
    """A period with a row is not due again, and an older hole is still found."""
    done = {"2026-W47", "2026-W45", "2026-W44"}
    found = due(WEEKLY, at("2026-11-24T09:00+01:00"), BERLIN, done, LONG_AGO)
    assert [period.label for period in found] == ["2026-W46"]


def test_nothing_before_the_beginning_is_due() -> None:
    """A week that ended before anything was observed is never told; the week of the first day is."""
    since = at("2026-11-18T10:00+01:00")
    assert due(WEEKLY, at("2026-11-18T10:01+01:00"), BERLIN, (), since) == []
    assert [p.label for p in due(WEEKLY, at("2026-11-23T07:00+01:00"), BERLIN, (), since)] == ["2026-W47"]


@pytest.mark.parametrize(
    ("plan", "period", "when"),
    [
        (WEEKLY, "2026-W12", "2026-03-23T07:00+01:00"),
        (WEEKLY, "2026-W13", "2026-03-30T07:00+02:00"),
        (ReportPlan(name="w", on="wednesday", at="16:30"), "2026-W47", "2026-11-25T16:30+01:00"),
        (ReportPlan(name="w", on="sunday", at="02:30"), "2026-W12", "2026-03-29T03:30+02:00"),
        (ReportPlan(name="w", on="sunday", at="02:30"), "2026-W42", "2026-10-25T02:30+02:00"),
        (ReportPlan(name="d", every="day", at="00:00"), "2026-11-16", "2026-11-17T00:00+01:00"),
        (ReportPlan(name="m", every="month", on="monday"), "2026-11", "2026-12-07T07:00+01:00"),
        (ReportPlan(name="m", every="month", on="1"), "2026-11", "2026-12-01T07:00+01:00"),
        (ReportPlan(name="m", every="month", on="15"), "2026-11", "2026-12-15T07:00+01:00"),
        (ReportPlan(name="w", every="week", on="1"), "2026-W47", "2026-12-01T07:00+01:00"),
    ],
)
def test_told_at(plan: ReportPlan, period: str, when: str) -> None:
    """A report is due at its weekday and hour of the zone, also in the nights when the clocks change."""
    assert told_at(plan, parse_period(period, BERLIN), BERLIN) == at(when)


@pytest.mark.parametrize(
    "plan", [ReportPlan(name="w", at="7 o'clock"), ReportPlan(name="w", at="24:00"), ReportPlan(name="w", on="mon")]
)
def test_a_plan_that_makes_no_sense_is_refused(plan: ReportPlan) -> None:
    """A plan whose day or time cannot be read is refused with an example."""
    with pytest.raises(ValueError, match="Write it as"):
        told_at(plan, parse_period("2026-W47", BERLIN), BERLIN)


@given(
    EVERY,
    ZONES,
    st.integers(1_000_000_000, 2_500_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    st.sampled_from(["monday", "friday", "1", "28"]),
    st.sampled_from(["00:00", "02:30", "07:00", "23:59"]),
)
def test_due_is_complete_and_never_early(every: str, zone: ZoneInfo, now: datetime, on: str, hour: str) -> None:
    """What is due has ended and its hour has come; the four newest such periods and no others are found."""
    plan = ReportPlan(name="r", every=every, on=on, at=hour)
    found = due(plan, now, zone, (), LONG_AGO)
    assert len(found) == 4
    assert all(period.end <= told_at(plan, period, zone) <= now for period in found)
    newest = found[-1]
    after = period_of(every, newest.end.astimezone(zone).date(), zone)
    assert told_at(plan, after, zone) > now or after.start == after.end
