"""A sample of bad input through the whole program; `soak/test_hostile.py` brings the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import hostile
from tests.collectors.corpus import captured, needs_corpus
from tests.hostile import Wreck, no_names, poll_all
from tests.office import item, rss

__all__ = ["no_names"]
pytestmark = pytest.mark.usefixtures("no_names")
FEED = rss(*(item(number, f"Harbour Museum {number} &amp; more", "Words. " * 20) for number in range(8)))


def test_a_made_feed_in_every_kind_of_damage(tmp_path: Path) -> None:
    """Cut, flipped, mislabelled, refused, broken off, slow: words for each, and every neighbour is read."""
    wrecks = [
        *hostile.cut("feed", FEED),
        *(hostile.flipped("feed", FEED, seed) for seed in range(12)),
        *hostile.mislabelled("feed", FEED),
        *(hostile.refused("feed", FEED, status) for status in hostile.STATUSES),
        *hostile.broken_off("feed", FEED, 1),
        *hostile.slow("feed", FEED),
        *hostile.payloads(),
    ]
    told = poll_all(tmp_path, wrecks, timeout="1s")
    assert told["failed"] >= len(hostile.STATUSES) + 7
    assert told["read"] >= len(hostile.TYPES) + len(hostile.CHARSETS)


@needs_corpus
@pytest.mark.parametrize("share", [0])
def test_a_few_captured_feeds_in_every_kind_of_damage(tmp_path: Path, share: int) -> None:
    """One captured feed in twenty, with a few damages each."""
    wrecks: list[Wreck] = []
    for name, body in list(captured().items())[share::20]:
        short = body[:20_000]
        wrecks += [
            *hostile.cut(name, short, 3),
            hostile.flipped(name, short, 1),
            *list(hostile.mislabelled(name, short))[::3],
            *hostile.broken_off(name, short, 1),
        ]
    poll_all(tmp_path, wrecks)
