"""The desk's figures against a recount that shares no code with them, on enquiries of every kind."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from commsleads.contract import Period
from commsleads.enquiries import CHANNELS, STANCES, Case, DeskPlan, Promise, State
from commsleads.rules.desk.counting import Rate
from commsleads.rules.desk.measures import Figures, measure
from tests.rules.desk.table import OFFICE, at, case, hours

START = at("11-02 00:00")
WEEK = Period(START, at("11-09 00:00"), "2026-W45")
INSTANTS = st.integers(-24, 240).map(lambda n: START + hours(n))
MAYBE = st.none() | INSTANTS


@st.composite
def cases(draw: st.DrawFn) -> list[Case]:
    """Enquiries with stamps in any order, most of them possible, some not."""
    found: list[Case] = []
    for number in range(draw(st.integers(0, 12))):
        known: dict[str, Any] = {
            "received_at": draw(INSTANTS),
            "state": draw(st.sampled_from(list(State))),
            "channel": draw(st.sampled_from(CHANNELS)),
            "stance": draw(st.sampled_from(STANCES)),
            "tier": draw(st.sampled_from([None, 1, 2, 3])),
            "owner": draw(st.sampled_from(["", "ada", "ben"])),
            "out_of_hours": draw(st.booleans()),
            "acknowledged_at": draw(MAYBE),
            "responded_at": draw(MAYBE),
            "deadline_at": draw(MAYBE),
            "closed_at": draw(MAYBE),
            "response_kind": draw(st.sampled_from(["full", "declined"])),
            "promises": tuple(
                Promise(what="", made_at=START - hours(99), due_at=due, done_at=done)
                for due, done in draw(st.lists(st.tuples(INSTANTS, MAYBE), max_size=2))
            ),
        }
        found.append(case(number, **known))
    return found


@settings(max_examples=200)
@given(cases(), INSTANTS)
def test_recount(log: list[Case], now: Any) -> None:
    """Received, hit rate, first answers, promises and backlog are what a plain reading of the definitions gives."""
    found = measure(log, WEEK, now, OFFICE, DeskPlan())
    came = [
        one for one in log
        if WEEK.start <= one.received_at < WEEK.end and one.received_at <= now
        and one.state.value not in ("duplicate", "redirected")
    ]  # fmt: skip
    assert sorted(found.all.received.ids) == sorted(one.id for one in came)
    _hit_rate(found, came, now)
    _first_answers(found, came, now)
    due = [(one, p) for one in log if one.state.value not in ("duplicate", "redirected") for p in one.promises
           if WEEK.start <= p.due_at < WEEK.end]  # fmt: skip
    kept = sum(p.done_at is not None and p.done_at <= min(p.due_at, now) for _, p in due)
    assert found.callbacks.share.k == kept
    assert found.callbacks.share.n + len(found.callbacks.undecided) <= len(due)
    ended = ("closed", "withdrawn", "duplicate", "redirected", "declined")
    still = [one for one in log if one.state.value not in ended and one.received_at <= now]
    assert sorted(found.backlog.open.ids) == sorted(one.id for one in still)
    assert found.backlog.oldest == min(
        (one.received_at for one in still if one.responded_at is None or one.responded_at > now), default=None
    )


def _hit_rate(found: Figures, came: list[Case], now: Any) -> None:
    stated = [one for one in came if one.deadline_at and one.state.value != "withdrawn"]
    done = [one for one in stated if one.responded_at and one.responded_at <= now]
    hits = [one for one in done if one.deadline_at and one.responded_at and one.responded_at <= one.deadline_at]
    coming = [
        one for one in stated
        if one not in done and one.deadline_at and one.deadline_at >= now
        and one.state.value not in ("closed", "declined")
    ]  # fmt: skip
    rate = found.all.hit_rate
    assert (rate.share.k, rate.share.n, len(rate.undecided)) == (len(hits), len(stated) - len(coming), len(coming))
    assert rate.share.value == (None if len(stated) == len(coming) else len(hits) / (len(stated) - len(coming)))


def _first_answers(found: Figures, came: list[Case], now: Any) -> None:
    """The curve from its definition, in logarithms."""
    seconds: list[tuple[float, bool]] = []
    for one in came:
        ended = one.state.value in ("closed", "withdrawn", "declined")
        last = min(now, one.closed_at or one.logged_at) if ended else now
        if one.responded_at and one.responded_at <= now:
            seconds.append(((one.responded_at - one.received_at).total_seconds(), True))
        else:
            seconds.append((max(0.0, (last - one.received_at).total_seconds()), False))
    fair = [pair for pair in seconds if pair[0] >= 0]
    assert found.all.first_answer.n == len(fair)
    assert found.all.first_answer.events == sum(ended for _, ended in fair)
    assert len(found.all.first_answer.odd) == len(seconds) - len(fair)
    log_share = 0.0
    median = None
    for time in sorted({time for time, ended in fair if ended}):
        gone, risk = sum(pair == (time, True) for pair in fair), sum(pair[0] >= time for pair in fair)
        log_share += math.log(1 - gone / risk) if gone < risk else -math.inf
        if median is None and math.exp(log_share) <= 0.5 + 1e-9:
            median = timedelta(seconds=time)
    assert found.all.first_answer.median == median


@given(cases(), INSTANTS)
def test_partitions_add_up(log: list[Case], now: Any) -> None:
    """The parts of each partition hold every enquiry once, and their rates add up to the whole."""
    found = measure(log, WEEK, now, OFFICE, DeskPlan())
    whole = found.all
    parted = (found.by_tier, found.by_channel, found.by_issue, found.by_stance, found.by_direction, found.by_notice,
              found.by_hours)  # fmt: skip
    for parts in parted:
        assert sorted(one for part in parts for one in part.value.received.ids) == sorted(whole.received.ids)
        assert sum(part.value.hit_rate.share.n for part in parts) == whole.hit_rate.share.n
        assert sum(part.value.hit_rate.share.k for part in parts) == whole.hit_rate.share.k
        assert sum(part.value.first_answer.events for part in parts) == whole.first_answer.events
        assert all(part.value.received.n for part in parts)
    assert sum(part.value.n for part in found.responses) == len(found.coverage_yield.of_answered.undecided) + (
        found.coverage_yield.of_answered.share.n
    )
    assert sum(one.received.n for one in found.load) == whole.received.n
    for rate in (whole.hit_rate, found.out_of_hours, found.favourable, found.targets.answered, found.callbacks):
        _sound(rate)
    for rate in (found.out_of_hours, found.favourable):
        assert sorted((*rate.hits, *rate.misses, *rate.undecided)) == sorted(whole.received.ids)


def _sound(rate: Rate) -> None:
    """A rate is made of what it lists, and has a value only with something to divide by."""
    assert (rate.share.k, rate.share.n) == (len(rate.hits), len(rate.hits) + len(rate.misses))
    assert (rate.share.value is None) is (rate.share.n == 0)


@given(cases(), INSTANTS, st.randoms(use_true_random=False))
def test_order_does_not_matter(log: list[Case], now: Any, dice: Any) -> None:
    """The same enquiries in another order give the same figures."""
    shuffled = list(log)
    dice.shuffle(shuffled)
    one, other = (measure(these, WEEK, now, OFFICE, DeskPlan()) for these in (log, shuffled))
    assert one.all.hit_rate.share == other.all.hit_rate.share
    assert one.all.first_answer.curve == other.all.first_answer.curve
    assert one.acknowledged.working.median == other.acknowledged.working.median
    assert one.journalists.known.share == other.journalists.known.share
    assert (one.backlog.oldest_case, one.targets.answered.share) == (
        other.backlog.oldest_case,
        other.targets.answered.share,
    )
