"""Causes: told once, together when they are many, not when they are old; levels by stated rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from commsleads.enquiries import LEVELS
from commsleads.plan import ALERTS, AlertPlan
from commsleads.rules.alerts.causes import AGE, MANY, SUMMARY, USUAL, Cause, fresh, gravest, level_of, together

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


def cause(number: int, kind: str = "tier 1", level: str = "review", hours: float = 0) -> Cause:
    return Cause(
        kind=kind, subject=str(number), slot="", level=level, title=f"Story {number}", text="x", command="y",
        caused_at=NOW - timedelta(hours=hours),
    )  # fmt: skip


def test_every_kind_has_a_level_and_an_age() -> None:
    """A kind that somebody adds cannot be forgotten here."""
    assert set(USUAL) == set(AGE) == set(ALERTS)


def test_the_settings_choose_another_level_and_the_rules_may_raise_it() -> None:
    """Never lower: what is grave by rule stays grave."""
    plan = AlertPlan(levels={"surge": "watch", "lead due": "crisis"})
    assert level_of(plan, "surge") == "watch"
    assert level_of(plan, "surge", "escalate") == "escalate"
    assert level_of(plan, "lead due", "review") == "crisis"
    assert gravest("", "nonsense") == LEVELS[0]


def test_an_id_is_of_kind_subject_and_slot() -> None:
    """The same cause has the same id, and where one part ends and the next begins matters."""
    one = cause(1)
    assert one.id == cause(1, hours=5, level="crisis").id
    assert one.id != cause(2).id
    assert cause(1, "risk word").id != one.id


@given(
    st.lists(
        st.tuples(st.sampled_from(ALERTS), st.sampled_from(LEVELS), st.floats(0, 200)).map(
            lambda given: (given[0], given[1], given[2])
        ),
        max_size=40,
    )
)
def test_each_cause_is_told_once_alone_or_together(given: list[tuple[str, str, float]]) -> None:
    """Nothing is lost between the fresh ones and what is sent, and no kind and level brings more than a handful."""
    causes = [cause(number, kind, level, hours) for number, (kind, level, hours) in enumerate(given)]
    news = fresh(causes, NOW)
    assert {one.id for one in news} == {one.id for one in causes if NOW - one.caused_at <= AGE[one.kind]}
    sent = together(news, NOW)
    told = [one.id for one, parts in sent if not parts] + [part.id for _, parts in sent for part in parts]
    assert sorted(told) == sorted(one.id for one in news)
    assert len({one.id for one, _ in sent}) == len(sent)
    for kind in ALERTS:
        for level in LEVELS:
            assert sum(one.kind == kind and one.level == level for one, _ in sent) <= MANY
    assert all(one.subject == SUMMARY and len(one.title) <= 100 for one, parts in sent if parts)
