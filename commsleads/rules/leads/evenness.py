"""Whether the criteria are applied evenly: the same share accepted by every owner, for every campaign.

Pearson's chi-square test of homogeneity, by the rule of Cochran (Biometrics 10 (1954) 417-451) that the curve stands in
for the counts only where these are not small: each group is to expect five of either kind. Groups too small for that
are taken together, as he advises, and left out when even that is too few. With fewer than two groups left it cannot be
told. No difference found is no proof that there is none; the intervals say how large it may be.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from commsleads.rules.figures import LEVEL, Share, wilson

Word = Literal["even", "uneven", "cannot tell"]

LEAST = 5
"""Of either kind a group is to expect at least so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evenness:
    """A share by group, and whether the groups differ by more than chance.

    `word` is even (no more than chance), uneven or cannot tell. `groups` are all of them, those with the most first;
    `together` names those that were tested as one, `left_out` those too small for that. `chance` is how often groups
    that are treated alike differ at least as much. `why` it cannot be told, else ''.
    """

    word: Word
    groups: tuple[tuple[str, Share], ...]
    together: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    chance: float | None = None
    why: str = ""


class Of(NamedTuple):
    """`k` of `n` in a group."""

    name: str
    k: int
    n: int


def evenness(found: Sequence[Of], level: float = LEVEL) -> Evenness:
    """Whether these groups have the same share. Groups of none are no groups."""
    found = sorted((one for one in found if one.n), key=lambda one: (-one.n, one.name))
    groups = tuple((one.name, wilson(one.k, one.n, level)) for one in found)
    k, n = sum(one.k for one in found), sum(one.n for one in found)
    if len(found) < 2:
        return Evenness(word="cannot tell", groups=groups, why="there are no two to compare")
    if k in (0, n) and sum(one.n >= 2 * LEAST for one in found) > 1:
        return Evenness(word="even", groups=groups, chance=1.0)
    rarer = min(k, n - k)
    large = [one for one in found if one.n * rarer >= LEAST * n]
    small = [one for one in found if one.n * rarer < LEAST * n]
    rest = Of("", sum(one.k for one in small), sum(one.n for one in small))
    names = tuple(one.name for one in small)
    joined = bool(small) and rest.n * rarer >= LEAST * n
    tested = [*large, rest] if joined else large
    word: Word
    chance: float | None
    together, left_out = (names, ()) if joined else ((), names)
    if len(tested) < 2:
        word, chance, why = (
            "cannot tell",
            None,
            "two groups are needed that expect five of either kind",
        )
    else:
        chance, why = beyond(pearson(tested), len(tested) - 1), ""
        word = "uneven" if chance < 1 - level else "even"
    return Evenness(word=word, groups=groups, together=together, left_out=left_out, chance=chance, why=why)


def pearson(found: Sequence[Of]) -> float:
    """Pearson's statistic of homogeneity: squared differences from what a common share lets one expect."""
    share = sum(one.k for one in found) / sum(one.n for one in found)
    if share in (0.0, 1.0):
        return 0.0
    return sum((one.k - one.n * share) ** 2 / (one.n * share * (1 - share)) for one in found)


def beyond(value: float, freedom: int) -> float:
    """The chance of a chi-square as large or larger, for a whole number of degrees of freedom.

    The finite series of Abramowitz and Stegun, 26.4.4 and 26.4.5. Raises ValueError without a degree of freedom.
    """
    if freedom < 1:
        raise ValueError("a chi-square needs a degree of freedom")
    half = value / 2
    if freedom % 2:
        total, term, start = math.erfc(math.sqrt(half)), math.exp(-half) * math.sqrt(half) / math.gamma(1.5), 1.5
    else:
        total, term, start = 0.0, math.exp(-half), 1.0
    for step in range(freedom // 2):
        total += term
        term *= half / (start + step)
    return min(1.0, total)
