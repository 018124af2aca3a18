"""How much of something falls into a stretch of time: linear counts over hits in order of arrival."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Sequence


def spread(times: Sequence[int], keys: Sequence[Hashable], within: int) -> list[int]:
    """For each moment, the greatest number of different keys in any stretch of `within` that it lies in.

    `times` ascend, in microseconds as `within`. Linear, however many fall into one stretch.
    """
    counts = _ending_here(times, keys, within)
    most = [0] * len(times)
    best: deque[int] = deque()
    right = len(times) - 1
    # From the back: the stretches that hold `at` are those that end between it and `within` after it.
    for at in range(len(times) - 1, -1, -1):
        while best and counts[best[-1]] <= counts[at]:
            best.pop()
        best.append(at)
        while times[right] - times[at] > within:
            right -= 1
        while best[0] > right:
            best.popleft()
        most[at] = counts[best[0]]
    return most


def _ending_here(times: Sequence[int], keys: Sequence[Hashable], within: int) -> list[int]:
    """The number of different keys in the stretch that ends at each moment."""
    held: dict[Hashable, int] = {}
    counts: list[int] = []
    left = 0
    for time, key in zip(times, keys, strict=True):
        held[key] = held.get(key, 0) + 1
        while time - times[left] > within:
            gone = keys[left]
            held[gone] -= 1
            if not held[gone]:
                del held[gone]
            left += 1
        counts.append(len(held))
    return counts
