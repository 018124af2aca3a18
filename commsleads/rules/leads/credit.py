"""Which touches a qualified lead is due to, by six models that stand side by side because none of them is true.

first and last give all to one touch. linear gives the same to each. U gives 40 to the first, 40 to the last and 20 to
those between. W gives 30 to the first, 30 to the one that made the lead, 30 to the last before it qualified, and 10 to
the others. decay gives a touch half as much as one that is a half-life newer. Where there are no others, their part
goes to those that are, in proportion; a touch that stands at two points of W has the weight of both. Credits are
thousandths and make exactly 1000 a lead.

What somebody says of how they heard of us is no touch: it is shown beside and never mixed in.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar

from commsleads.journey import Touch

MODELS = ("first", "last", "linear", "U", "W", "decay")
LOOKBACK = timedelta(days=90)
"""How long before the moment it qualified a touch still gets credit."""
HALF_LIFE = timedelta(days=7)
"""How much older a touch is that the decay gives half as much."""
FINE = 1 << 40
"""The weight of the newest touch under decay; what is forty half-lives older weighs nothing."""

KEYS: Mapping[str, Callable[[Touch], str]] = MappingProxyType(
    {
        "campaign": lambda touch: touch.campaign,
        "source": lambda touch: "" if touch.source == "not known" else touch.source,
        "channel": lambda touch: touch.channel,
    }
)
"""What credit is given to. '' is what nobody can attribute, and is shown like the others."""

K = TypeVar("K", bound=Hashable)


def credit(
    model: str,
    touches: Iterable[Touch],
    opener: str,
    qualified_at: datetime,
    key: str,
    *,
    lookback: timedelta = LOOKBACK,
) -> dict[str, int]:  # fmt: skip
    """What each campaign, source or channel (`key`) is given for one lead, in thousandths: 1000 in all.

    Of the touches those get credit that count and happened up to `qualified_at` and within the lookback; with none of
    these, all of it goes to ''. `opener` is the id of the touch that made the lead. In which order they are given does
    not matter. Raises KeyError for a model or key that there is not.
    """
    of = KEYS[key]
    within = [one for one in touches if one.counts and one.kind != "known"]
    within = [one for one in within if qualified_at - lookback <= one.at <= qualified_at]
    within.sort(key=lambda one: (one.at, one.learned, one.id))
    if not within:
        return {"": 1000}
    made = next((place for place, one in enumerate(within) if one.id == opener), -1)
    ages = [(qualified_at - one.at).total_seconds() for one in within]
    return apportioned([of(one) for one in within], weights(model, ages, made))


def by_model(keys: Sequence[K], ages: Sequence[float], opener: int) -> list[dict[K, int]]:
    """What each key is given by each of `MODELS`, for one lead with at least one touch. Of each touch, oldest first:
    its key, and how many seconds before the lead qualified it was; `opener` as in `weights`."""
    return [
        {keys[0]: 1000},
        {keys[-1]: 1000},
        *(apportioned(keys, weights(model, ages, opener)) for model in MODELS[2:]),
    ]


def weights(model: str, ages: Sequence[float], opener: int) -> Sequence[int]:
    """What each touch weighs, oldest first. `ages` are seconds before the lead qualified; `opener` is the place of the
    one that made it, -1 when it is not among them."""
    if model != "decay":
        return _placed(model, len(ages), opener)
    newest, half = ages[-1], HALF_LIFE.total_seconds()
    return [int(FINE * 2.0 ** ((newest - age) / half)) for age in ages]


@lru_cache(maxsize=4_096)
def _placed(model: str, n: int, opener: int) -> tuple[int, ...]:
    """The weights of the models that go by place alone, as whole numbers in the right proportion."""
    if model == "linear":
        return (1,) * n
    last = n - 1
    points: tuple[int, ...]
    if model == "U":
        points, each = ((0, last), 2)  # 40 to the first and to the last, 20 / others to each of the others
    elif model == "W":
        points, each = ((0, opener, last), 3)  # 30 to each point, 10 / others to each of the others
    elif model in ("first", "last"):
        return tuple(int(place == (0 if model == "first" else last)) for place in range(n))
    else:
        raise KeyError(model)
    others = n - len({place for place in points if place >= 0})
    found = [0 if place in points else 1 for place in range(n)]
    for place in points:
        if place >= 0 and (model == "W" or n > 1):
            found[place] += each * max(1, others)
    return tuple(found) if n > 1 else (1,)


def apportioned(keys: Sequence[K], weighed: Sequence[int]) -> dict[K, int]:
    """1000 thousandths among the keys, by the weights of their touches: largest remainder, a tie to who came first."""
    sums: dict[K, int] = {}
    for key, weight in zip(keys, weighed, strict=True):
        sums[key] = sums.get(key, 0) + weight
    total = sum(sums.values())
    if len(sums) == 1 or max(sums.values()) == total:
        return {key: 1000 if weight else 0 for key, weight in sums.items()}
    given = {key: 1000 * weight // total for key, weight in sums.items()}
    left = 1000 - sum(given.values())
    if left:
        # What is left is less than the number of keys; sorting is stable, and so keeps who came first in front.
        for key in sorted(sums, key=lambda one: -(1000 * sums[one] % total))[:left]:
            given[key] += 1
    return given
