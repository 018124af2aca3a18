"""How far the machine's tone may be believed: its chances, held against what people said of the same stories.

The Brier score is the mean squared distance between the chances given and what was so, summed over the three tones
(Brier 1950): 0 is perfect, 2 always sure and always wrong. Beside it stands the score of who knows nothing but the
usual shares: the difference says whether reading was worth anything. Its interval is that of the mean of the paired
differences (a normal one, so it needs some stories).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev
from typing import Literal, NamedTuple

from commsleads.rules.figures import LEVEL, Share, wilson

TONES = ("negative", "neutral", "positive")
"""In the order of the chances."""

FEWEST = 30
"""Checked stories below which nothing is said of how good the chances are."""

EDGES = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Where one bin of chances ends and the next begins; of three tones the likeliest has at least one third."""

Better = Literal["yes", "no", "cannot tell"]


class Checked(NamedTuple):
    """One story that a person read: the chances the machine had given (thousandths), and the person's word."""

    chances: tuple[int, int, int]
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Stories whose likeliest tone was given a chance between `low` and `high`: `said` is the mean of these chances,
    `was` how often it was so."""

    low: float
    high: float
    said: float
    was: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """The machine beside people, on `n` stories. `mixed` more were called mixed, which the machine cannot say.

    `brier` is the machine's, `usual` that of the usual shares (those among the n). `gain` is how much lower the
    machine's is, with its interval; `better` says whether that is more than chance. `agreed` is how often its likeliest
    tone was the person's. `expected` and `was` are how many of each tone the machine expected and people found.
    All None without any story; `better` is “cannot tell” below `FEWEST`.
    """

    n: int
    mixed: int
    agreed: Share
    brier: float | None
    usual: float | None
    gain: float | None
    low: float | None
    high: float | None
    better: Better
    bins: tuple[Bin, ...]
    expected: tuple[float, float, float]
    was: tuple[int, int, int]


def brier(chances: Sequence[float], said: int) -> float:
    """The score of one forecast: squared distances, summed over the tones. `said` is the number of the tone."""
    return sum((chance - (place == said)) ** 2 for place, chance in enumerate(chances))


def reliability(checked: Sequence[Checked]) -> Reliability:
    """The machine held against people's words. Words that are no tone are left out; mixed ones are counted."""
    told = [([c / 1000 for c in one.chances], TONES.index(one.said)) for one in checked if one.said in TONES]
    mixed = sum(one.said == "mixed" for one in checked)
    n = len(told)
    was = tuple(sum(said == place for _, said in told) for place in range(3))
    scores = [brier(chances, said) for chances, said in told]
    likeliest = [max(range(3), key=chances.__getitem__) for chances, _ in told]
    right = [place == said for place, (_, said) in zip(likeliest, told, strict=True)]
    gain, low, high = _gain(told, scores, was)
    return Reliability(
        n=n,
        mixed=mixed,
        agreed=wilson(sum(right), n),
        brier=fmean(scores) if n else None,
        usual=fmean(_usual(said, was, n) for _, said in told) if n else None,
        gain=gain,
        low=low,
        high=high,
        better="cannot tell" if low is None or high is None or low <= 0 <= high else "yes" if low > 0 else "no",
        bins=_bins([(chances[place], ok) for (chances, _), place, ok in zip(told, likeliest, right, strict=True)]),
        expected=(_sum(told, 0), _sum(told, 1), _sum(told, 2)),
        was=(was[0], was[1], was[2]),
    )


def _usual(said: int, was: Sequence[int], n: int) -> float:
    """The score of the usual shares on a story, which is not among those they are taken from (else they would know
    it)."""
    if n < 2:
        return brier((1 / 3, 1 / 3, 1 / 3), said)
    return brier([(count - (place == said)) / (n - 1) for place, count in enumerate(was)], said)


def _gain(
    told: Sequence[tuple[Sequence[float], int]], scores: Sequence[float], was: Sequence[int]
) -> tuple[float | None, float | None, float | None]:
    n = len(told)
    if n == 0:
        return None, None, None
    gained = [_usual(said, was, n) - score for (_, said), score in zip(told, scores, strict=True)]
    mean = fmean(gained)
    if n < FEWEST:
        return mean, None, None
    half = NormalDist().inv_cdf((1 + LEVEL) / 2) * stdev(gained) / math.sqrt(n)
    return mean, mean - half, mean + half


def _bins(found: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    edges = (1 / 3, *EDGES, 1.0)
    bins = []
    for place, (low, high) in enumerate(itertools.pairwise(edges)):
        last = place == len(edges) - 2
        mine = [(chance, ok) for chance, ok in found if (place == 0 or chance >= low) and (last or chance < high)]
        if mine:
            said = fmean(chance for chance, _ in mine)
            bins.append(Bin(low=low, high=high, said=said, was=wilson(sum(ok for _, ok in mine), len(mine))))
    return tuple(bins)


def _sum(told: Sequence[tuple[Sequence[float], int]], place: int) -> float:
    return sum(chances[place] for chances, _ in told)
