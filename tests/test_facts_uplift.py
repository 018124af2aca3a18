"""The uplift as a fact: what is registered counts, gaps are left out, and of what is to come the visible is told."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest

from commsleads.campaigns.planning import register
from commsleads.facts import Facts
from commsleads.facts.uplift_values import UpliftLine
from commsleads.plan import Campaign, UpliftPlan
from commsleads.store import uplift as rows
from commsleads.store.engine import Session, stamp
from tests.ledger import NOW, WATCHES, WING, Ledger, at

START = date(2026, 11, 2)
WING_NOW = replace(WING, starts_on=START)
BUSY = (9, 9, 9, 9, 9, 2, 1)


def days(ledger: Ledger, first: date, last: date, times: float = 1.0, watches: tuple[str, ...] = ("museum",)) -> None:
    """So many stories a day, by weekday."""
    day = first
    while day <= last:
        for number in range(round(BUSY[day.weekday()] * times)):
            ledger.signal(f"{day}T{8 + number % 12:02}:{number:02}", watches)
        day += timedelta(days=1)


@pytest.fixture
def busy(session: Session) -> Ledger:
    """Nine weeks as they always are, then three with a campaign in which twice as much comes."""
    ledger = Ledger(session)
    ledger.source("post")
    days(ledger, date(2026, 8, 31), date(2026, 11, 1))
    days(ledger, START, date(2026, 11, 22), 2.0)
    return ledger


def told(ledger: Ledger, campaign: Campaign = WING_NOW) -> UpliftLine:
    """The uplift up to now."""
    found = ledger.facts(campaigns=(campaign,)).uplift(campaign.id)
    assert found is not None
    return found


def test_twice_as_much_is_more(busy: Ledger) -> None:
    """The counts are those of the days, the expectation that of the same weekdays, and the interval holds two."""
    found = told(busy)
    assert (found.word, found.why, found.observed, found.days, found.left_out) == ("more", "", 288, 21, 0)
    assert found.expected == pytest.approx(3 * 48, rel=0.01)
    assert found.high is not None
    assert found.ratio_low is not None
    assert found.ratio_high is not None
    assert found.ratio_low < 2 < found.ratio_high
    assert found.observed is not None
    assert found.high < found.observed
    assert (found.before_first, found.before_last, found.before_days) == (date(2026, 9, 7), date(2026, 11, 1), 56)
    assert len(found.rows) == 288
    assert [week.count for week in found.by_week] == [48] * 8 + [96] * 3
    assert all(week.whole and week.low is not None and week.low <= 48 for week in found.by_week)
    assert [day.part for day in found.by_day] == ["before"] * 56 + ["during"] * 21
    json.dumps(asdict(found), default=str)


def test_as_always_is_no_change(session: Session) -> None:
    """The same as before it is no change, and what could have been seen is said."""
    ledger = Ledger(session)
    ledger.source("post")
    days(ledger, date(2026, 8, 31), date(2026, 11, 22))
    found = told(ledger)
    assert (found.word, found.observed) == ("no change seen", 144)
    assert found.detectable is not None
    assert 1.0 < found.detectable < 3.0
    assert found.difference == pytest.approx(0, abs=2)


def test_days_that_were_not_observed_are_left_out(busy: Ledger) -> None:
    """An outage takes its days out on both sides; they are neither zero nor expected."""
    busy.gap("post", "2026-10-05T00:00", "2026-10-08T00:00")
    busy.gap("post", "2026-11-09T00:00", "2026-11-11T00:00")
    found = told(busy)
    assert (found.before_left_out, found.left_out) == (3, 2)
    assert (found.days, found.observed) == (19, 288 - 36)
    gaps = [week for week in found.by_week if not week.whole]
    assert [(week.first, week.days) for week in gaps] == [(date(2026, 10, 5), 4), (date(2026, 11, 9), 5)]
    assert [day.count for day in found.by_day if day.day == date(2026, 11, 9)] == [None]


def test_what_moved_everybody_is_taken_out(busy: Ledger) -> None:
    """When the comparison doubled as well, nothing is left of the rise."""
    days(busy, date(2026, 8, 31), date(2026, 11, 1), watches=("rival",))
    days(busy, START, date(2026, 11, 22), 2.0, watches=("rival",))
    found = told(busy, replace(WING_NOW, uplift=UpliftPlan(compare=("rival",))))
    assert found.word == "no change seen"
    assert found.comparison is not None
    assert found.comparison.ratio == pytest.approx(2.0, rel=0.02)
    assert found.expected == pytest.approx(288, rel=0.02)


def test_a_comparison_of_nothing_cannot_tell(busy: Ledger) -> None:
    """Without stories a comparison compares with nothing, and says so."""
    found = told(busy, replace(WING_NOW, uplift=UpliftPlan(compare=("rival",))))
    assert (found.word, found.expected) == ("cannot tell", None)
    assert found.why.startswith("the comparison: no story came")


def test_what_was_registered_before_the_start_counts(busy: Ledger) -> None:
    """A change after the start is told and not followed."""
    early, late = at("2026-10-20T09:00"), at("2026-11-10T09:00")
    assert register(busy.session, [WING_NOW], WATCHES, early) == ["new-wing"]
    assert register(busy.session, [WING_NOW], WATCHES, early) == []
    changed = replace(WING_NOW, uplift=UpliftPlan(watches=("docks",), weeks=4), ends_on=date(2026, 11, 30))
    assert register(busy.session, [changed], WATCHES, late) == ["new-wing"]
    found = told(busy, changed)
    assert (found.registered_at, found.late, found.watches, found.weeks) == (early, False, ("museum",), 8)
    assert found.changes == (
        "watches counted: museum, now docks",
        "weeks of the baseline: 8, now 4",
        "end: 2026-12-20, now 2026-11-30",
    )
    assert found.word == "more"


def test_what_was_registered_late_says_so(busy: Ledger) -> None:
    """The first version after the start counts for want of an earlier one; before any, that is said as well."""
    assert told(busy).late
    assert told(busy).registered_at is None
    register(busy.session, [WING_NOW], WATCHES, at("2026-11-10T09:00"))
    found = told(busy)
    assert (found.registered_at, found.late, found.changes) == (at("2026-11-10T09:00"), True, ())


def test_a_start_that_is_moved_in_time_is_a_new_plan(session: Session) -> None:
    """Before it has begun a campaign may be put off as often as one likes; afterwards it began when it began."""
    Ledger(session).source("post")
    put_off = replace(WING, starts_on=date(2026, 11, 30))
    register(session, [WING_NOW], WATCHES, at("2026-10-20T09:00"))
    register(session, [WING], WATCHES, at("2026-10-30T09:00"))
    register(session, [put_off], WATCHES, at("2026-11-12T09:00"))
    assert [one.measure.starts_on for one in rows.registered(session, "new-wing")] == [
        START, WING.starts_on, put_off.starts_on,
    ]  # fmt: skip
    found = Ledger(session).facts(campaigns=(put_off,)).uplift("new-wing")
    assert found is not None
    assert (found.starts_on, found.changes) == (WING.starts_on, ("start: 2026-11-09, now 2026-11-30",))


def test_before_the_start_it_says_what_could_be_seen(busy: Ledger) -> None:
    """A campaign to come has no verdict, but the smallest rise that its days could show; longer ones show less."""
    short = replace(WING, starts_on=date(2026, 11, 30), ends_on=date(2026, 12, 1), window=timedelta(days=3))
    long = replace(short, ends_on=date(2027, 1, 10))
    found, longer = told(busy, short), told(busy, long)
    assert (found.word, found.why, found.observed, found.days) == ("cannot tell", "it has not begun", None, 5)
    assert (found.ratio, found.rows, found.query) == (None, (), "")
    assert found.detectable is not None
    assert longer.detectable is not None
    assert 1 < longer.detectable <= found.detectable


def test_stories_taken_out_are_no_uplift(busy: Ledger) -> None:
    """A story that a person took out as no coverage is in no count."""
    before = told(busy)
    for story in before.rows[:10]:
        busy.session.execute(
            "INSERT INTO removals (story_id, watch_id, at, removed, who, why) VALUES (:story, '', :at, 1, 'ada', 'x')",
            story=story,
            at=stamp(NOW - timedelta(hours=1)),
        )
    after = told(busy)
    assert (before.observed, after.observed) == (288, 278)
    assert not set(before.rows[:10]) & set(after.rows)


def test_each_campaign_of_a_period_has_its_uplift(busy: Ledger) -> None:
    """In the order of the answers, up to the end of the period; of no campaign there is none."""
    facts: Facts = busy.facts(campaigns=(WING_NOW,))
    assert facts.uplift("no-such") is None
    (found,) = facts.uplifts(facts.week("new-wing"))
    assert (found.campaign, found.last) == ("new-wing", date(2026, 11, 22))
    assert found is facts.answers(facts.week("new-wing"))[0].uplift
