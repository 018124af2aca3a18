"""Every feed of the corpus in every kind of damage, through the whole program.

About nine thousand answers: truncated, flipped, mislabelled, refused, reset, slow, among good neighbours. What must
hold is said in `tests.hostile`.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests import hostile
from tests.collectors.corpus import captured, cases, needs_corpus
from tests.hostile import Wreck, no_names, poll_all
from tests.web import Answer

__all__ = ["no_names"]
pytestmark = [pytest.mark.soak, pytest.mark.timeout(600), pytest.mark.usefixtures("no_names"), needs_corpus]

BITE = 600
SLOW = 3.0
"""Seconds that a server has in the pass over slow ones."""


def poll_in_bites(folder: Path, wrecks: Iterable[Wreck]) -> Counter[str]:
    """Poll them all, so many in one pass."""
    told = Counter[str]()
    left = iter(wrecks)
    for number in range(10_000):
        bite = list(islice(left, BITE))
        if not bite:
            break
        told.update(poll_all(folder / str(number), bite))
    print(dict(told))
    return told


def test_truncated_at_every_kilobyte(tmp_path: Path) -> None:
    """However little of a feed comes, what is read is clean and what is not is kept aside."""
    told = poll_in_bites(tmp_path, (wreck for name, body in captured().items() for wreck in hostile.cut(name, body)))
    assert told["read"] > told["failed"]


def test_flipped(tmp_path: Path) -> None:
    """Bits turned over on the way."""
    flipped = (hostile.flipped(name, body, seed) for name, body in captured().items() for seed in range(3))
    told = poll_in_bites(tmp_path, flipped)
    assert told["read"] > told["failed"]


def test_mislabelled(tmp_path: Path) -> None:
    """Wrong media types and wrong charsets, known and unknown."""
    told = poll_in_bites(tmp_path, (w for name, body in captured().items() for w in hostile.mislabelled(name, body)))
    assert told["read"] > 8 * told["failed"]


def test_refused_and_broken_off(tmp_path: Path) -> None:
    """Statuses that say no, with a feed as their body; resets, early ends, false packing."""

    def wrecks() -> Iterator[Wreck]:
        for number, (name, body) in enumerate(captured().items()):
            yield hostile.refused(name, body, hostile.STATUSES[number % len(hostile.STATUSES)])
            yield from hostile.broken_off(name, body, 1)

    assert poll_in_bites(tmp_path, wrecks())["aside"] == 0


def test_every_small_case(tmp_path: Path) -> None:
    """The single-point cases of a dozen other programs, as they are and damaged."""

    def wrecks() -> Iterator[Wreck]:
        for number, (name, body) in enumerate(cases()):
            yield Wreck(name=name, answer=Answer(body=body))
            yield hostile.flipped(name, body, 1)
            yield list(hostile.mislabelled(name, body))[number % 12]
            yield from islice(hostile.cut(name, body, 2), 1, None)

    poll_in_bites(tmp_path, wrecks())


def test_slow_ones_end_in_time(tmp_path: Path) -> None:
    """Dripping, hanging, endless: the pass is over soon after the time that one server has."""
    bodies = list(captured().items())[::12]
    wrecks = [wreck for name, body in bodies for wreck in hostile.slow(name, body)]
    began = time.monotonic()
    told = poll_all(tmp_path, wrecks, timeout=f"{SLOW:.0f}s")
    assert time.monotonic() - began < SLOW * 1.1 + 3
    assert told["read"] == 0
