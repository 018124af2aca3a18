"""What was promised, and what was changed of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from commsleads.plan import CallToAction, Campaign, Goal, TargetGroup
from commsleads.rules.campaigns.changes import Change, Stamp, begun, changes, promise, started

BERLIN = ZoneInfo("Europe/Berlin")
PLAN = Campaign(
    id="wing",
    objective="Full tours",
    starts_on=date(2026, 12, 1),
    ends_on=date(2026, 12, 31),
    goal=Goal(n=40, of="registrations"),
    ctas=(CallToAction(id="book", wording="Book a tour"), CallToAction(id="share", kind="use", phrases=("#wing",))),
    targets=(TargetGroup(name="press", n=200),),
)
BEFORE = datetime(2026, 11, 20, 9, tzinfo=UTC)
AFTER = datetime(2026, 12, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, []),
        ({"objective": ""}, [Change("objective", "Full tours", "")]),
        ({"ends_on": date(2027, 1, 15)}, [Change("end", "2026-12-31", "2027-01-15")]),
        ({"window": timedelta(days=14)}, [Change("window", "7 days", "14 days")]),
        ({"goal": Goal(n=30, of="registrations")}, [Change("goal, number", "40", "30")]),
        ({"goal": None}, [Change("goal", "40 registrations", "")]),
        ({"targets": (TargetGroup(name="press", n=180),)}, [Change("group “press”, number", "200", "180")]),
        ({"targets": ()}, [Change("group “press”", "n = 200", "")]),
        ({"ctas": PLAN.ctas[:1]}, [Change("call to action “share”", "use", "")]),
        (
            {"ctas": (replace(PLAN.ctas[0], wording="Come!"), PLAN.ctas[1])},
            [Change("call to action “book”, wording", "Book a tour", "Come!")],
        ),
        ({"ctas": PLAN.ctas[::-1]}, [Change("order of calls to action", "book, share", "share, book")]),
        ({"cost": 1200.5, "currency": "EUR"}, [Change("cost", "", "1200.5"), Change("currency", "", "EUR")]),
    ],
)
def test_each_field_that_differs_is_named(fields: dict[str, object], told: list[Change]) -> None:
    """From what to what, in the words of a plan."""
    assert list(changes(PLAN, replace(PLAN, **fields))) == told  # type: ignore[arg-type]


def test_the_start_is_the_first_midnight_of_the_organisation() -> None:
    """Half past eleven in the evening in UTC is the next day in Berlin."""
    assert begun(date(2026, 12, 1), datetime(2026, 11, 30, 23, 0, tzinfo=UTC), BERLIN)
    assert not begun(date(2026, 12, 1), datetime(2026, 11, 30, 22, 59, tzinfo=UTC), BERLIN)
    assert not begun(None, AFTER, BERLIN)


def stamps(*declared: tuple[datetime, Campaign]) -> list[Stamp]:
    found: list[Stamp] = []
    for number, (at, plan) in enumerate(declared, start=1):
        found.append(Stamp(number, at, "ada", started(found, plan, at, BERLIN), plan))
    return found


def test_the_last_plan_before_the_start_is_the_promise() -> None:
    """What came before it is forgotten, what came after is a change with who, when, from and to."""
    better, worse = replace(PLAN, goal=Goal(n=50)), replace(PLAN, goal=Goal(n=20))
    found = promise(stamps((BEFORE, PLAN), (BEFORE + timedelta(days=1), better), (AFTER, worse)), BERLIN)
    assert found is not None
    assert (found.plan, found.late) == (better, "")
    ((at, by, told),) = found.since
    assert (at, by, told) == (AFTER, "ada", (Change("goal, number", "50", "20"),))


def test_what_is_written_after_the_start_is_no_promise() -> None:
    """The card says how late it was."""
    found = promise(stamps((AFTER, PLAN)), BERLIN)
    assert found is not None
    assert found.late == "It was first written down 4 days after it began."
    assert found.since == ()


def test_a_start_that_is_moved_when_it_has_passed_does_not_begin_anew() -> None:
    """Moving the start and then the goal makes two changes, and no new promise."""
    later = replace(PLAN, starts_on=date(2027, 2, 1))
    found = promise(stamps((BEFORE, PLAN), (AFTER, later), (AFTER, replace(later, goal=Goal(n=1)))), BERLIN)
    assert found is not None
    assert found.plan == PLAN
    assert [change.field for one in found.since for change in one.changes] == ["start", "goal, number", "goal, of"]


def test_a_start_that_is_moved_in_time_is_the_new_plan() -> None:
    """A campaign put off before it began has one promise: the later one."""
    later = replace(PLAN, starts_on=date(2027, 2, 1))
    found = promise(stamps((BEFORE, PLAN), (BEFORE, later), (AFTER, replace(later, goal=Goal(n=45)))), BERLIN)
    assert found is not None
    assert found.plan.goal == Goal(n=45)
    assert found.since == ()


def test_a_campaign_without_a_first_day_begins_with_its_first_plan() -> None:
    """Whatever is changed afterwards is a change."""
    open_ended = replace(PLAN, starts_on=None)
    found = promise(stamps((AFTER, open_ended), (AFTER, replace(open_ended, goal=None))), BERLIN)
    assert found is not None
    assert found.late == ""
    assert [change.field for one in found.since for change in one.changes] == ["goal"]


def test_nothing_written_down_is_no_promise() -> None:
    """None, and not an empty plan."""
    assert promise([], BERLIN) is None
