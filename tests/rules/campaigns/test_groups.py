"""Who of a group is held back, and until when its names are kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from commsleads.plan import Campaign
from commsleads.rules.campaigns.groups import draw, kept_until


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
