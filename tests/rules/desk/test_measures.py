"""The desk's figures over a week that was counted by hand, number for number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from commsleads.contract import Period
from commsleads.enquiries import DeskPlan, State
from commsleads.rules.desk.counting import Count, Rate, Slice
from commsleads.rules.desk.measures import Figures, Groups, measure
from commsleads.rules.figures import wilson
from tests.rules.desk.table import OFFICE, at, case, hours, minutes
from tests.rules.desk.week import CASES, NOW, WEEK, signed, story

PLAN = DeskPlan()


@pytest.fixture(scope="module")
def week() -> Figures:
    return measure(CASES, WEEK, NOW, OFFICE, PLAN, pitches=64)


def ids(*numbers: int) -> tuple[str, ...]:
    return tuple(f"e{number}" for number in numbers)


def tally(rate: Rate) -> tuple[int, int]:
    return rate.share.k, rate.share.n


def counts(parts: Groups) -> dict[str, int]:
    return {part.name: part.value.received.n for part in parts}


def hit_rates(parts: Groups) -> dict[str, tuple[int, int]]:
    return {part.name: tally(part.value.hit_rate) for part in parts}


def test_received(week: Figures) -> None:
    """Sixteen came; a duplicate, one sent elsewhere, and what came at midnight after the week do not count."""
    assert week.all.received == Count(16, ids(1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17, 18))
    assert week.left_out.duplicate.ids == ids(8)
    assert week.left_out.redirected.ids == ids(9)
    assert week.left_out.withdrawn.ids == ids(7)
    assert week.left_out.withdrawn_late.ids == ()
    assert week.left_out.unread.ids == ids(15)


def test_partitions(week: Figures) -> None:
    """By tier, channel, issue, stance and direction, in the order of their words."""
    assert counts(week.by_tier) == {"1": 7, "2": 5, "3": 2, "not known": 2}
    assert list(counts(week.by_channel).items()) == [
        ("phone", 5),
        ("email", 9),
        ("web form", 1),
        ("request service", 1),
    ]
    assert counts(week.by_issue) == {"": 14, "jobs": 1, "roof": 2}
    assert list(counts(week.by_stance).items()) == [("positive", 3), ("neutral", 7), ("hostile", 2), ("unknown", 4)]
    assert counts(week.by_direction) == {"reactive": 15, "proactive": 1}


def test_hit_rate(week: Figures) -> None:
    """Six of ten: late, lapsed and declined in silence are misses; two are still to be decided."""
    rate = week.all.hit_rate
    assert (rate.hits, rate.misses, rate.undecided) == (ids(1, 2, 4, 6, 16, 17), ids(3, 5, 11, 14), ids(12, 13))
    assert rate.share == wilson(6, 10)
    assert hit_rates(week.by_tier) == {"1": (3, 5), "2": (2, 4), "3": (1, 1), "not known": (0, 0)}
    assert list(hit_rates(week.by_notice).items()) == [
        ("under 1 h", (2, 3)), ("1 to 4 h", (2, 4)), ("same day", (1, 1)), ("later", (1, 2)), ("none stated", (0, 0)),
    ]  # fmt: skip
    assert hit_rates(week.by_hours) == {"in hours": (5, 7), "out of hours": (1, 3)}
    assert hit_rates(week.by_on_call) == {"": (0, 0), "ben": (0, 1), "dot": (1, 2)}


def test_nothing_to_divide_by(week: Figures) -> None:
    """Where no deadline was stated there is no rate, and certainly not nought."""
    none_stated = week.by_notice[-1].value
    assert none_stated.received.n == 3
    assert none_stated.hit_rate.share == (0, 0, None, None, None)


def test_out_of_hours(week: Figures) -> None:
    """Four of sixteen came when the desk was shut."""
    assert tally(week.out_of_hours) == (4, 16)
    assert week.out_of_hours.hits == ids(5, 14, 17, 18)


def test_first_answer(week: Figures) -> None:
    """Nine answers and seven censored: the median is 13.5 hours, where the answered alone would say two."""
    wait = week.all.first_answer
    assert (wait.n, wait.events, wait.median) == (16, 9, hours(13.5))
    assert [round(step.surviving, 4) for step in wait.curve.steps] == [
        0.9375, 0.8705, 0.8036, 0.7366, 0.6629, 0.5893, 0.5156, 0.4297, 0.3223,
    ]  # fmt: skip
    assert [step.at_risk for step in wait.curve.steps] == [16, 14, 13, 12, 10, 9, 8, 6, 4]


def test_acknowledged(week: Figures) -> None:
    """On the wall and in working time; what has no acknowledgement is listed and not counted as nought."""
    done = week.acknowledged
    assert (done.elapsed.n, done.elapsed.median, done.elapsed.p90) == (13, minutes(5), minutes(54))
    assert (done.working.n, done.working.median, done.working.p90) == (13, minutes(5), minutes(27))
    assert done.without.ids == ids(7, 15, 18)


def test_targets(week: Figures) -> None:
    """Internal targets in working time: a wait for the journalist stops the clock, a night does not run."""
    assert week.targets.acknowledged.misses == ids(3, 7, 12, 15)
    assert tally(week.targets.acknowledged) == (11, 15)
    assert week.targets.answered.hits == ids(1, 2, 3, 4, 6, 10, 14, 16, 17)
    assert week.targets.answered.misses == ids(5, 11, 12, 13, 15)
    assert week.targets.answered.undecided == week.targets.acknowledged.undecided == ids(18)


def test_favourable(week: Figures) -> None:
    """Ten of the twelve whose stance somebody has set."""
    assert tally(week.favourable) == (10, 12)
    assert week.favourable.undecided == ids(4, 12, 13, 15)


def test_sign_off(week: Figures) -> None:
    """Five decisions, one sent back, one waiver; sign-off took 4,030 of 5,640 minutes."""
    signing = week.sign_off
    assert (signing.elapsed.n, signing.elapsed.median, signing.working.median) == (5, minutes(60), minutes(40))
    assert [(part.name, part.value.n, part.value.median) for part in signing.by_step] == [
        ("fact check", 4, minutes(45)),
        ("sign-off", 1, minutes(60)),
    ]
    assert [(part.name, part.value.n) for part in signing.by_approver] == [("ada", 1), ("cai", 4)]
    assert (signing.waived.ids, signing.sent_back.ids) == (ids(6), ids(6))
    assert (signing.reworked.hits, signing.reworked.misses) == (ids(6), ids(2, 19))
    assert signing.of_elapsed == pytest.approx(4030 / 5640)
    assert signing.shared.ids == ids(2, 6, 19)


def test_responses(week: Figures) -> None:
    """Ten first answers in the week, one of them to an enquiry of the week before."""
    assert week.responses == (
        Slice("declined", Count(1, ids(10))),
        Slice("full", Count(4, ids(1, 4, 14, 19))),
        Slice("interview", Count(1, ids(16))),
        Slice("no comment", Count(1, ids(6))),
        Slice("partial", Count(1, ids(3))),
        Slice("statement", Count(2, ids(2, 17))),
    )


def test_callbacks(week: Figures) -> None:
    """One of three promises was kept on time; one was overtaken by a withdrawal, one falls due next week."""
    assert (week.callbacks.hits, week.callbacks.misses) == (ids(1), ids(4, 26))
    assert week.callbacks.undecided == ()


def test_backlog(week: Figures) -> None:
    """What is open on Monday at eight, with the oldest and what falls due within a day."""
    assert week.backlog.open.ids == ids(4, 12, 13, 15, 17, 18, 20, 26)
    assert week.backlog.unanswered.ids == ids(12, 13, 15, 18, 20, 26)
    assert (week.backlog.oldest, week.backlog.oldest_case) == (at("10-20 10:00"), "e26")
    assert week.backlog.due_soon.ids == ids(13)
    assert week.backlog.lapsed.ids == ids(26)


def test_journalists(week: Figures) -> None:
    """Three of thirteen had asked in the 180 days before; who last asked in March is new."""
    assert week.journalists.known.hits == ("j3", "j5", "j6")
    assert tally(week.journalists.known) == (3, 13)
    assert "j8" in week.journalists.known.misses
    assert week.journalists.unidentified.ids == ids(15)


def test_a_young_log_calls_nobody_new() -> None:
    """A log begun in October knows who came back, and cannot say who is new."""
    known = measure(CASES, WEEK, NOW, OFFICE, PLAN, log_begins=at("10-01 00:00")).journalists.known
    assert (known.hits, known.misses, len(known.undecided)) == (("j3", "j5", "j6"), (), 10)


def test_inbound(week: Figures) -> None:
    """Sixteen enquiries against sixty-four pitches; without a count of pitches it is not measured."""
    assert week.inbound == wilson(16, 80)
    assert measure(CASES, WEEK, NOW, OFFICE, PLAN).inbound is None


def test_coverage_yield(week: Figures) -> None:
    """Of the week's answers it is too early to tell; of those that ripened in it, one of three had a story."""
    assert week.coverage_yield.of_answered.share.value is None
    assert len(week.coverage_yield.of_answered.undecided) == 10
    assert (week.coverage_yield.ripened.hits, week.coverage_yield.ripened.misses) == (ids(21), ids(22, 23))
    assert week.coverage_yield.unknown.ids == ids(23)
    october = Period(at("10-01 00:00"), at("11-01 00:00"), "2026-10")
    later = measure(CASES, october, at("12-10 00:00"), OFFICE, PLAN).coverage_yield
    assert tally(later.of_answered) == (1, 3)


def test_coverage(week: Figures) -> None:
    """Only confirmed links count; a story that says we could not be reached is contested when we had answered."""
    seen = week.coverage
    assert seen.links.ids == ("s2", "s5", "s6", "s16")
    assert (seen.quote_used.hits, seen.quote_used.misses, seen.quote_used.undecided) == (
        ("s16",),
        ("s2", "s6"),
        ("s5",),
    )
    assert (seen.pull_through.hits, seen.pull_through.misses) == (("s16",), ("s2",))
    assert seen.pull_through.undecided == ("s5", "s6")
    assert (seen.accurate.hits, seen.accurate.misses) == (("s5", "s16"), ("s2", "s6"))
    assert (seen.corrections.hits, seen.corrections.misses) == (("s2",), ("s6",))
    assert (seen.unreached.ids, seen.unreached_though.ids) == (("s5",), ("s6",))


def test_load(week: Figures) -> None:
    """What each owned, by the day it came; and the week's interviews."""
    monday = [(one.officer, one.received.n) for one in week.load if one.day == at("11-02 12:00").date()]
    assert monday == [("ada", 2), ("ben", 2), ("dot", 1)]
    assert sum(one.received.n for one in week.load) == 16
    assert [one.received.ids for one in week.load if not one.officer] == [ids(15), ids(18)]
    assert (week.interviews.given.n, week.interviews.chief.n) == (2, 1)


def test_a_week_of_nothing() -> None:
    """No enquiries: every rate and every length is None, and no figure is nought that was not counted."""
    empty = measure([], WEEK, NOW, OFFICE, PLAN)
    assert empty.all.received.n == 0
    assert empty.all.hit_rate.share.value is None
    assert empty.all.first_answer.median is None
    assert empty.acknowledged.elapsed.median is None
    assert empty.sign_off.of_elapsed is None
    assert empty.backlog.oldest is None
    assert (empty.by_tier, empty.responses, empty.load) == ((), (), ())


def test_stamps_that_cannot_be() -> None:
    """An answer from before its enquiry is listed as odd; one from after now has not happened; 2099 is not yet."""
    odd = case(1, "11-02 10:00", responded_at="11-02 09:00", acknowledged_at="11-02 09:30", state=State.RESPONDED)
    later = case(2, "11-02 10:00", responded_at="11-10 09:00", deadline_at="11-05 10:00", state=State.RESPONDED)
    future = replace(case(3), received_at=at("11-08 10:00").replace(year=2099))
    found = measure([odd, later, future], WEEK, NOW, OFFICE, PLAN)
    assert found.all.received.ids == ids(1, 2)
    assert (found.all.first_answer.odd, found.acknowledged.elapsed.odd) == (ids(1), ids(1))
    assert (found.all.first_answer.n, found.all.first_answer.events) == (1, 0)
    assert found.all.hit_rate.misses == ids(2)


def test_withdrawn_after_the_deadline() -> None:
    """It leaves the hit rate as defined, and is told, so that nobody can hide a miss behind it."""
    late = case(1, deadline_at="11-02 12:00", closed_at="11-02 13:00", state=State.WITHDRAWN)
    found = measure([late], WEEK, NOW, OFFICE, PLAN)
    assert found.left_out.withdrawn_late.ids == ids(1)
    assert found.all.hit_rate.share.n == 0


def test_steps_side_by_side_count_once() -> None:
    """Two steps that ran over the same half hour took half an hour of the hour that the answer took."""
    both = (
        signed("fact check", "cai", "11-02 10:10", "11-02 10:40"),
        signed("sign-off", "ada", "11-02 10:20", "11-02 10:30"),
    )
    one = case(1, "11-02 10:00", responded_at="11-02 11:00", state=State.RESPONDED, approvals=both)
    assert measure([one], WEEK, NOW, OFFICE, PLAN).sign_off.of_elapsed == pytest.approx(0.5)


def test_could_not_be_reached_without_a_deadline() -> None:
    """Where no deadline was stated, an enquiry was missed when it was never answered, and not when it was."""
    said = (story("s1", "11-03 08:00", unreached="did not reply"),)
    silent = case(1, coverage=said)
    answered = case(2, coverage=said, responded_at="11-02 11:00", state=State.RESPONDED)
    found = measure([silent, answered], WEEK, NOW, OFFICE, PLAN).coverage
    assert (found.unreached.n, found.unreached_though.n) == (1, 1)
