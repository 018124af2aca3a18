"""How many a group holds, and where the number comes from."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.plan import Campaign, TargetGroup
from commsleads.responses import Target
from commsleads.rules.campaigns.groups import draw, kept_until, size, sizes


def members(n: int, *, excluded: int = 0, control: int = 0, group: str = "press") -> list[Target]:
    """`n` members, of whom the first are excluded and the next held back."""
    return [
        Target(
            id=f"{group}{number}",
            campaign="wing",
            group=group,
            kind="person",
            excluded="bounced" if number < excluded else "",
            control=excluded <= number < excluded + control,
        )
        for number in range(n)
    ]


@pytest.mark.parametrize(
    ("declared", "listed", "n", "source", "asked"),
    [
        (TargetGroup(name="press"), [], None, "", None),
        (TargetGroup(name="press", n=0), [], 0, "declared", 0),
        (TargetGroup(name="press", n=200, excluded=20), [], 200, "declared", 180),
        (TargetGroup(name="press"), members(10, excluded=2, control=3), 10, "list", 5),
        (TargetGroup(name="press", n=10), members(10, excluded=2), 10, "list", 8),
        (TargetGroup(name="press", n=500, excluded=20), members(30, excluded=2), 30, "list", 28),
        (TargetGroup(name="press", n=5), members(30), 30, "list", 30),
        (TargetGroup(name="press", n=50, control=True), [], 50, "declared", 0),
        (TargetGroup(name="press", control=True), members(10, excluded=1), 10, "list", 0),
    ],
)
def test_n_and_its_source(
    declared: TargetGroup, listed: list[Target], n: int | None, source: str, asked: int | None
) -> None:
    """The list, else the plan; exclusions and who is held back are of N, and the rest is asked."""
    found = size(declared, listed)
    assert (found.n, found.source, found.asked) == (n, source, asked)


def test_where_plan_and_list_differ_it_is_said() -> None:
    """In both directions, with both numbers."""
    assert size(TargetGroup(name="press", n=500), members(30)).note == "500 declared, 30 in the list: the list counts"
    assert size(TargetGroup(name="press", n=30), members(30)).note == ""
    assert size(TargetGroup(name="press", n=5), members(30)).note == "5 declared, 30 in the list: the list counts"


def test_groups_that_only_a_list_has_come_last() -> None:
    """Declared ones stand in their order."""
    campaign = Campaign(id="wing", targets=(TargetGroup(name="schools"), TargetGroup(name="press", n=3)))
    found = sizes(campaign, members(2, group="clubs") + members(4))
    assert [(one.group, one.n, one.source) for one in found] == [
        ("schools", None, ""), ("press", 4, "list"), ("clubs", 2, "list"),
    ]  # fmt: skip


@given(st.integers(0, 60), st.integers(0, 60), st.one_of(st.none(), st.integers(0, 100)), st.booleans())
def test_parts_never_make_more_than_the_whole(listed: int, excluded: int, n: int | None, control: bool) -> None:
    """What is asked is within N; a group without any number has none."""
    found = size(TargetGroup(name="press", n=n, control=control), members(listed, excluded=min(excluded, listed)))
    if found.n is None:
        assert (n, listed, found.asked) == (None, 0, None)
    else:
        assert found.asked is not None
        assert 0 <= found.asked <= found.n


@given(st.sets(st.text(max_size=8), max_size=30), st.integers(0, 40), st.text(max_size=8))
def test_a_draw_is_the_same_for_the_same_seed(ids: set[str], n: int, seed: str) -> None:
    """In whatever order they come; as many as asked for, as far as there are."""
    found = draw(sorted(ids), n, seed)
    assert found == draw(sorted(ids, reverse=True), n, seed)
    assert len(found) == min(n, len(ids))
    assert found <= ids


def test_other_seeds_draw_others() -> None:
    """Each of a hundred is drawn about as often as the others: 2,000 draws of ten give each 200, and none below 140."""
    ids = [str(number) for number in range(100)]
    counts = dict.fromkeys(ids, 0)
    for seed in range(2_000):
        for ident in draw(ids, 10, str(seed)):
            counts[ident] += 1
    assert min(counts.values()) > 140
    assert max(counts.values()) < 260


def test_until_when_names_are_kept() -> None:
    """The end, the window and then as long as the desk keeps; without an end from now on."""
    zone, keep, now = ZoneInfo("Europe/Berlin"), timedelta(days=100), datetime(2026, 11, 1, tzinfo=UTC)
    ends = Campaign(id="wing", ends_on=date(2026, 11, 30))
    assert kept_until(ends, zone, keep, now) == datetime(2026, 11, 30, 23, tzinfo=UTC) + timedelta(days=107)
    assert kept_until(Campaign(id="wing"), zone, keep, now) == now + timedelta(days=107)
    assert kept_until(ends, zone, timedelta(days=36_500 * 40), now).year > 5000
