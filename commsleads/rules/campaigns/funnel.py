"""The way of the targets: how many reached each step, of how many that stood on the step before, and how soon.

A step is counted by what is known of it and by nothing else: who answered by telephone did not click, and is missing
there. So each share is of those who are known to have taken the step before, and a funnel need not narrow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from commsleads.rules.campaigns.figures import Wait, wait
from commsleads.rules.figures import Share, wilson

Reached = Mapping[str, datetime | None]
"""Who reached a step, by id, and when; None where nobody noted it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step: how many reached it, and of those on the step `before` how many went on, and how soon.

    `n` is None for a step of which nothing can be known; `share` and `wait` are None for the first.
    """

    name: str
    n: int | None
    before: str = ""
    share: Share | None = None
    wait: Wait | None = None


def funnel(steps: Sequence[tuple[str, str, Reached | None]], now: datetime) -> tuple[Step, ...]:
    """The steps in order: (name, the step before, who reached it). None: nothing can be known of it."""
    known = {name: reached for name, _, reached in steps}
    found = []
    for name, before, reached in steps:
        earlier = known.get(before)
        if reached is None or earlier is None:
            found.append(Step(name=name, n=None if reached is None else len(reached)))
            continue
        went_on = sum(one in reached for one in earlier)
        pairs = [
            (first, reached.get(one))
            for one, first in earlier.items()
            if first is not None and not (one in reached and reached[one] is None)
        ]
        share = wilson(went_on, len(earlier))
        found.append(
            Step(name=name, n=len(reached), before=before, share=share, wait=wait(pairs, now) if pairs else None)
        )
    return tuple(found)
