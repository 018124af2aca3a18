"""What holds for every log of touches, acts, terms and merges that can be thought of."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from commsleads.criteria import Criteria
from commsleads.journey import STATUSES, Lead, Merge, Touch
from commsleads.rules.leads import rejudged, told
from commsleads.rules.leads.known import until
from commsleads.rules.leads.people import joined
from commsleads.rules.leads.staging import staged
from tests.rules.leads.logs import CRITERIA, OPEN, STRICTER, Rows, hours, logs, merges, terms

END = datetime(2028, 1, 1, tzinfo=UTC)


Row = TypeVar("Row")


def mix(rows: tuple[Row, ...], chance: random.Random) -> tuple[Row, ...]:
    """The same rows in another order."""
    return tuple(chance.sample(rows, len(rows)))


def chained(lead: Lead) -> None:
    """Every move begins where the one before it ended, and the last is where the lead stands."""
    for what, now in (("stage", lead.stage), ("status", lead.status), ("owner", lead.owner)):
        moves = [move for move in lead.moves if move.what == what]
        ends = ["", *(move.to for move in moves)]
        assert [move.came_from for move in moves] == ends[:-1]
        assert ends[-1] == now or (what == "status" and not moves and now == "new")


@given(logs(), hours, st.randoms())
def test_the_order_of_rows_does_not_matter(rows: Rows, now: datetime, chance: random.Random) -> None:
    """A store may give its rows in any order."""
    mixed = Rows(mix(rows.touches, chance), mix(rows.acts, chance), mix(rows.terms, chance))
    assert mixed.told(now) == rows.told(now)


@given(logs())
def test_no_move_without_a_reason(rows: Rows) -> None:
    """Stage, status and owner move with a sentence each, in one unbroken chain, and never backward in time."""
    lead = rows.told(END)
    chained(lead)
    for number, move in enumerate(lead.moves, 1):
        assert move.number == number
        assert move.why.endswith(".")
        assert move.cause
        assert move.came_from != move.to or move.what == "status"
        assert move.at <= move.known
        assert move.what == "stage" or move.at == move.known
    assert all(one.known <= two.known for one, two in pairwise(lead.moves))
    by_stage = [move.at for move in lead.moves if move.what == "stage"]
    assert by_stage == sorted(by_stage)
    assert lead.status in STATUSES


@given(logs(), hours)
def test_as_of_a_day_it_is_what_was_told_that_day(rows: Rows, now: datetime) -> None:
    """Rows known later change nothing of a view of before, and moves are never taken back."""
    then = rows.told(now)
    known = Rows(until(rows.touches, now), until(rows.acts, now), until(rows.terms, now))
    assert known.told(now, then.contacts) == then
    later = rows.told(END)
    assert tuple(move for move in later.moves if move.known <= now) == then.moves
    for was, became in zip(then.offers, later.offers, strict=False):
        assert was == (became if was.answer else became._replace(answer="", answered=None, by="", reason="", words=""))


@given(logs())
def test_added_one_by_one_it_is_the_same(rows: Rows) -> None:
    """Told after every row, a lead is what it is when told at once from all that was known then."""
    for moment in rows.moments[::2]:
        known = Rows(until(rows.touches, moment), until(rows.acts, moment), until(rows.terms, moment))
        assert known.told(moment) == rows.told(moment)


@given(logs(), hours, st.sampled_from((CRITERIA, STRICTER, OPEN)))
def test_rejudged_is_what_would_be_told(rows: Rows, now: datetime, criteria: Criteria) -> None:
    """The trial of criteria says what switching them on would make of a lead."""
    tried = terms(9, now, criteria)
    lead = rows._replace(terms=(*(one for one in rows.terms if one.at <= now), tried)).told(now)
    assert rejudged(rows.touches, tried, now, rows.acts) == (
        lead.stage, lead.qualified, lead.opened, lead.fit, lead.engagement, lead.fit_band, lead.engagement_band,
    )  # fmt: skip


@given(logs(), hours, st.sampled_from((CRITERIA, STRICTER, OPEN)))
def test_staged_is_what_is_rejudged(rows: Rows, now: datetime, criteria: Criteria) -> None:
    """The quickest look at everybody gives the stage that a whole one gives."""
    tried = terms(9, now, criteria)
    for some in ((), rows.acts):
        whole = rejudged(rows.touches, tried, now, some)
        assert staged(rows.touches, tried, now, some) == (whole.opened is not None, whole.stage, whole.qualified)


ENDS = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


@given(logs(), st.lists(st.sampled_from(ENDS), min_size=8, max_size=8), st.sampled_from((*ENDS, END)))
def test_whatever_the_dates_there_is_a_lead(rows: Rows, ends: list[datetime], now: datetime) -> None:
    """The first and the last moment of the calendar are no reason to fall over."""
    touches = [touch._replace(at=end) for touch, end in zip(rows.touches, ends, strict=False)]
    touches += [touch._replace(learned=end) for touch, end in zip(rows.touches, ends[4:], strict=False)]
    done = [act._replace(at=end, until=end) for act, end in zip(rows.acts, ends, strict=False)]
    switched = [replace(one, at=end) for one, end in zip(rows.terms, ends, strict=False)]
    chained(told(("ada",), touches, done, switched, now))
    chained(told(("ada",), touches, done, rows.terms, now))


@given(logs(least_terms=1), hours)
def test_the_same_criteria_again_change_nothing(rows: Rows, now: datetime) -> None:
    """Criteria switched on once more, under another number, move no lead."""
    now += timedelta(minutes=7)  # when nothing else happens
    before = rows.told(now)
    newest = max((one for one in rows.terms if one.at <= now), key=lambda one: (one.at, one.number), default=None)
    if newest is not None:
        after = rows._replace(terms=(*rows.terms, terms(9, now, newest.criteria))).told(now)
        assert after.moves == before.moves
        assert (after.stage, after.reached, after.engagement) == (before.stage, before.reached, before.engagement)


@given(logs(), hours)
def test_nothing_changes_before_the_clock_says(rows: Rows, now: datetime) -> None:
    """`next` is the earliest moment at which the clock alone changes a lead."""
    known = Rows(until(rows.touches, now), until(rows.acts, now), until(rows.terms, now))
    lead = known.told(now)
    if lead.next is None:
        assert known.told(END).moves == lead.moves
        return
    assert lead.next > now
    if lead.next < END:
        just_before = known.told(lead.next - timedelta(microseconds=1))
        assert (just_before.moves, just_before.offers) == (lead.moves, lead.offers)
        then = known.told(lead.next)
        assert (then.moves, then.offers) != (lead.moves, lead.offers)


@given(logs())
def test_the_ledger_agrees_with_the_status(rows: Rows) -> None:
    """At most the last offer is open, and it is open exactly while the lead is offered."""
    for moment in (*rows.moments[::3], END):
        lead = rows.told(moment)
        assert all(offer.answer for offer in lead.offers[:-1])
        is_open = bool(lead.offers) and not lead.offers[-1].answer
        assert is_open == (lead.status == "offered")
        assert [offer.number for offer in lead.offers] == list(range(1, len(lead.offers) + 1))
        for offer in lead.offers:
            assert offer.at <= offer.due
            assert offer.answered is None or offer.at <= offer.answered
            assert offer.answer != "lapsed" or offer.answered == offer.due


@given(logs(least_terms=1), hours)
def test_points_stay_within_their_caps_and_add_up(rows: Rows, now: datetime) -> None:
    """What the rules give is the sum that is told, and no rule gives more than its cap."""
    lead = rows.told(now)
    caps = {rule.id: rule.cap for rule in CRITERIA.engagement}
    for one in lead.given:
        cap = caps.get(one.rule)
        assert cap is None or (0 <= one.points <= cap if cap > 0 else cap <= one.points <= 0)
        assert one.touches > 0
    assert sum(one.points for one in lead.given) == lead.fit + lead.engagement


@given(logs(), hours)
def test_only_leads_have_stages(rows: Rows, now: datetime) -> None:
    """Who is no lead has no stage; a qualified lead says when it first was one; dates are in order."""
    lead = rows.told(now)
    assert lead.opened is not None or not (lead.stage or lead.qualified)
    assert not lead.qualified or lead.qualified_at is not None
    assert lead.opened is not None or not (lead.reached or lead.qualified_at)
    assert not lead.stage or lead.stage in dict(lead.reached)
    if lead.first_at is not None and lead.last_at is not None:
        assert lead.first_at <= lead.last_at <= now
        assert lead.opened is None or lead.first_at <= lead.opened <= lead.last_at


@given(logs(), merges(), hours, st.tuples(st.sampled_from("ab"), st.sampled_from("cd")))
def test_a_merge_that_is_undone_has_never_been(
    rows: Rows, before: list[Merge], now: datetime, pair: tuple[str, str]
) -> None:
    """Two contacts joined and parted give the leads that were there before, whatever else is joined."""
    full = {"a": "ada", "b": "ben", "c": "cy", "d": "dot"}
    edge = Merge("new", full[pair[0]], full[pair[1]], now, "ruth", "says so")
    undone = edge._replace(undone=now + timedelta(days=1), undone_by="tom", undone_why="two people")

    def leads(edges: list[Merge]) -> dict[str, Lead]:
        groups = joined(edges)
        return {
            contact: rows_of(rows, groups.get(contact, (contact,))) for contact in ("ada", "ben", "cy", "dot", "eve")
        }

    assert leads([undone, *before]) == leads(before)
    one = leads([*before, edge])
    assert one[edge.one] == one[edge.other]


def rows_of(rows: Rows, contacts: tuple[str, ...]) -> Lead:
    """The lead that these contacts are."""
    touches: list[Touch] = [touch for touch in rows.touches if touch.contact in contacts]
    return told(contacts, touches, rows.acts, rows.terms, END)
