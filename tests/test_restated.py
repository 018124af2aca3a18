"""Figures of earlier editions that are others now: which, from what to what, why, and once."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commsleads.coverage import removing
from commsleads.facts.recounting import settled
from commsleads.facts.restated_values import REASONS, Restated
from commsleads.rules.periods import parse_period
from commsleads.store import history
from commsleads.store.engine import Session, stamp
from commsleads.store.signals import last_arrival
from tests.ledger import BERLIN, NOW, Ledger

WEEK = parse_period("2026-W47", BERLIN)
TOLD = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


@pytest.fixture
def ledger(session: Session) -> Ledger:
    """A source that is watched, and ten weeks of four stories."""
    made = Ledger(session)
    with session.atomic():
        made.source()
        made.weekly_polls()
        for week in range(38, 48):
            made.week(week, 4)
    return made


def tell(ledger: Ledger, label: str = "2026-W46", *, at: datetime = TOLD, **changes: Any) -> dict[str, Any]:
    """An edition of that week as the digest writes its JSON, of what the rows say now."""
    period = parse_period(label, BERLIN)
    facts = ledger.facts(now=at)
    coverage = facts.coverage(period)
    data: dict[str, Any] = {
        "edition": 1,
        "as_of": stamp(at),
        "cutoff": last_arrival(ledger.session),
        "figures": {
            "stories": {"value": coverage.figure.value, "rows": list(coverage.figure.rows)},
            "older_pieces": 0,
        },
        "campaigns": [
            {"id": one.id, "figure": {"value": one.figure.value, "rows": list(one.figure.rows)}, "took": None}
            for one in facts.answers(period)
        ],
        "share_of_voice": [{"id": one.id, "share": one.share._asdict()} for one in facts.voices(period)],
        "restated": [told(one) for one in facts.restated(period)],
    } | changes
    ledger.session.execute(
        "INSERT INTO reports (name, period, start_at, end_at, cutoff, state, begun_at, leased_until, written_at, data) "
        "VALUES ('weekly', :label, '', '', 0, 'written', '', '', :at, :data)",
        label=label,
        at=stamp(at),
        data=json.dumps(data, separators=(",", ":")),
    )
    return data


def told(one: Restated) -> dict[str, Any]:
    """A restatement as the digest writes it."""
    return {"period": one.period, "figure": one.figure, "now": one.now, "now_of": one.now_of}


def stories(found: tuple[Restated, ...]) -> list[tuple[str, Any, Any, list[str]]]:
    """The restated numbers of stories: period, told, now, and the kinds of why."""
    return [
        (one.period, one.told, one.now, [cause.kind for cause in one.why])
        for one in found
        if one.figure == "figures.stories"
    ]


def test_what_was_told_and_still_holds_is_not_restated(ledger: Ledger) -> None:
    """Eight editions counted again, all as they were told: nothing is said."""
    for week in range(39, 47):
        tell(ledger, f"2026-W{week}", at=TOLD - timedelta(weeks=46 - week))
    assert ledger.facts().restated(WEEK) == ()


def test_a_story_taken_out_is_restated_with_who_and_why(ledger: Ledger) -> None:
    """The week's figure falls by one; the edition says who took it out and with which reason."""
    data = tell(ledger)
    wrong = data["figures"]["stories"]["rows"][0]
    removing.remove(ledger.session, wrong, why="another museum.", who="ada", now=LATER)
    (one, *others) = ledger.facts().restated(WEEK)
    assert (one.report, one.period, one.figure) == ("weekly", "2026-W46", "figures.stories")
    assert (one.first, one.told, one.now) == (4, 4, 3)
    (cause,) = one.why
    assert (cause.kind, cause.n, cause.who, cause.at, cause.rows) == ("removed", -1, "ada", LATER, (wrong,))
    assert cause.words == f"“Harbour Museum story {wrong}” was taken out by ada: another museum"
    assert {other.figure for other in others} <= {"campaigns.new-wing.stories"}
    assert all(cause.kind in REASONS for one in (one, *others) for cause in one.why)


def test_each_change_is_told_once(ledger: Ledger) -> None:
    """What one edition restated the next does not repeat; when it is put back, that is a change of its own."""
    data = tell(ledger)
    wrong = data["figures"]["stories"]["rows"][0]
    removing.remove(ledger.session, wrong, why="another museum", who="ada", now=LATER)
    tell(ledger, "2026-W47", at=NOW)
    week = parse_period("2026-W48", BERLIN)
    after = ledger.facts(now=NOW + timedelta(days=7))
    assert after.restated(week) == ()
    removing.keep(ledger.session, wrong, why="it is ours", who="ben", now=NOW + timedelta(days=1))
    assert stories(ledger.facts(now=NOW + timedelta(days=7)).restated(week)) == [("2026-W46", 3, 4, ["kept"])]
    (one, *_) = ledger.facts(now=NOW + timedelta(days=7)).restated(week)
    assert one.first == 4


def test_stories_found_to_be_one(ledger: Ledger) -> None:
    """Late syndication: two that were told as stories are copies of one now."""
    data = tell(ledger)
    one, other = data["figures"]["stories"]["rows"][:2]
    for table in ("signals", "matches"):
        key = "id" if table == "signals" else "signal_id"
        ledger.session.execute(f"UPDATE {table} SET story_id = :one WHERE {key} = :other", one=one, other=other)
    ledger.session.execute("UPDATE signals SET story_why = 'same text' WHERE id = :other", other=other)
    assert stories(ledger.facts().restated(WEEK)) == [("2026-W46", 4, 3, ["joined"])]


def test_a_headline_that_was_edited(ledger: Ledger) -> None:
    """A mention that names us no more since its headline was edited after it was told."""
    data = tell(ledger)
    wrong = data["figures"]["stories"]["rows"][0]
    ledger.session.execute("DELETE FROM matches WHERE signal_id = :id", id=wrong)
    ledger.session.execute("UPDATE signals SET revised_at = :at WHERE id = :id", at=stamp(LATER), id=wrong)
    assert stories(ledger.facts().restated(WEEK)) == [("2026-W46", 4, 3, ["edited"])]


def test_watches_that_were_changed(ledger: Ledger) -> None:
    """After a watch was changed and everything read anew, the settings are named as the cause."""
    data = tell(ledger)
    for wrong in data["figures"]["stories"]["rows"][:2]:
        ledger.session.execute("DELETE FROM matches WHERE signal_id = :id", id=wrong)
    history.record(ledger.session, LATER, who="settings", what="changed", kind="watch", row_id="museum")
    (one, *_) = ledger.facts().restated(WEEK)
    assert [(cause.kind, cause.n, cause.words) for cause in one.why] == [
        ("declared", -2, "the settings were changed (watch museum)")
    ]


def test_what_nobody_can_explain_is_said_to_be_so(ledger: Ledger) -> None:
    """A figure that differs without a trace of why is told all the same."""
    data = tell(ledger)
    ledger.session.execute("DELETE FROM matches WHERE signal_id = :id", id=data["figures"]["stories"]["rows"][0])
    ledger.signal("2026-11-12T10:00")
    found = ledger.facts().restated(WEEK)
    assert stories(found) == []  # one went and one came: the figure is the same
    ledger.signal("2026-11-12T11:00")
    (one, *_) = ledger.facts().restated(WEEK)
    assert (one.told, one.now) == (4, 5)
    assert sorted((cause.kind, cause.n) for cause in one.why) == [("unknown", -1), ("unknown", 2)]


def test_what_came_of_that_time_after_the_cut_off(ledger: Ledger) -> None:
    """A signal of the week that was not yet taken in when it was told is late."""
    tell(ledger, cutoff=0)
    ledger.signal("2026-11-12T11:00")
    assert stories(ledger.facts().restated(WEEK)) == [("2026-W46", 4, 5, ["late"])]


def test_a_week_in_which_nobody_looked(ledger: Ledger) -> None:
    """Not known is no zero: nothing is restated until something of that week came to light."""
    figure = {"stories": {"value": None, "rows": []}, "older_pieces": 0}
    tell(ledger, "2026-W40", figures=figure)
    assert stories(ledger.facts().restated(WEEK)) == [("2026-W40", None, 4, ["unknown"])]
    ledger.session.execute("DELETE FROM matches WHERE signal_id IN (SELECT id FROM signals WHERE first_seen_at < :end)",
                           end=stamp(parse_period("2026-W40", BERLIN).end))  # fmt: skip
    assert stories(ledger.facts().restated(WEEK)) == []


def test_enquiries_and_leads_are_counted_again(ledger: Ledger) -> None:
    """Told numbers of enquiries and leads that the rows do not bear out are restated, with the enquiries named."""
    tell(
        ledger,
        leads={"value": 2},
        enquiries={"value": 3, "rows": ["2026-0001"], "in_time": {"k": 1, "n": 2, "rate": 0.5, "low": 0, "high": 1}},
    )
    found = {one.figure: one for one in ledger.facts().restated(WEEK)}
    assert (found["leads.value"].told, found["leads.value"].now) == (2, 0)
    assert (found["enquiries.value"].told, found["enquiries.value"].now) == (3, 0)
    assert (found["enquiries.in_time"].told_of, found["enquiries.in_time"].now_of) == (2, 0)
    assert "2026-0001 was counted no more" in found["enquiries.value"].why[0].words


def test_what_was_undecided_and_is_decided_is_no_correction() -> None:
    """An edition that said that two were undecided is not put right when one of them is decided."""
    assert settled((5, 7), (5, 8), 1)
    assert settled((5, 7), (7, 9), 2)
    for now, undecided in (((5, 8), 0), ((4, 8), 1), ((6, 7), 1), ((5, 6), 3), ((9, 9), 2)):
        assert not settled((5, 7), now, undecided)


JUNK = st.recursive(
    st.one_of(st.none(), st.integers(), st.text(max_size=5), st.floats(allow_nan=False)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["value", "rows", "stories", "id", "share", "k", "n", "figure", "took", "period", "now"]),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=10,
)


DATA = st.dictionaries(
    st.sampled_from(
        ["figures", "campaigns", "share_of_voice", "enquiries", "leads", "restated", "stories", "as_of", "cutoff"]
    ),
    JUNK,
)


@given(DATA, DATA)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_an_edition_of_another_program_breaks_nothing(ledger: Ledger, one: Any, other: Any) -> None:
    """Whatever stands in the JSON of old editions, the figures are read and the digest is written."""
    ledger.session.execute("DELETE FROM reports")
    tell(ledger, "2026-W45", **(one | {"older_pieces": 0}))
    tell(ledger, "2026-W46", **(other | {"older_pieces": 0}))
    for found in ledger.facts().restated(WEEK):
        assert found.told != found.now or found.told_of != found.now_of
