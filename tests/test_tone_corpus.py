"""Tone on news that people have judged: the figures of docs/tone.md, within a margin.

The sentences (NewsMTSC, parts devtest_mt and devtest_rw, never learnt from) stand beside the repository and are no part
of it; without them these tests are skipped by name.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

import pytest

from commsleads.rules.tone import model
from commsleads.rules.tone.features import features
from commsleads.rules.tone.passages import Passage, passage
from commsleads.rules.tone.reliability import Bin, Checked, brier, reliability
from commsleads.rules.tone.stories import SAID
from commsleads.rules.tone.wording import NEGATIONS, TURNED, lexicon
from commsleads.text import fold

CORPUS = Path(__file__).resolve().parents[1] / "../shared/corpus/sentiment"
pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason="../shared/corpus/sentiment is not here")


class Judged(NamedTuple):
    """A sentence that names somebody, and what people said: 0 negative, 1 neutral, 2 positive."""

    sentence: str
    passage: Passage
    said: int


def part(name: str) -> list[Judged]:
    """One part of the corpus, as the program sees it."""
    found = []
    for line in gzip.decompress((CORPUS / f"newsmtsc_{name}.jsonl.gz").read_bytes()).decode().splitlines():
        row = json.loads(line)
        whole, start, end = row["sentence"], row["char_from"], row["char_to"]
        before, named = fold(whole[:start]), fold(whole[start:end])
        gap = " " if whole[:start].endswith(" ") else ""
        after = (" " if whole[end : end + 1] == " " else "") + fold(whole[end:])
        first = len(before) + len(gap)
        text = before + gap + named + after
        found.append(Judged(whole, passage(text, first, first + len(named)), row["polarity"] + 1))
    return found


def mood(one: Judged) -> int:
    """What a plain lexicon says: the sum of the sentence's words, by VADER's thresholds."""
    tokens, words = one.passage.tokens, lexicon()
    total = 0.0
    for place, token in enumerate(tokens):
        if value := words.get(token):
            total += value * (TURNED if not NEGATIONS.isdisjoint(tokens[max(0, place - 3) : place]) else 1)
    compound = total / (total * total + 15) ** 0.5
    return 2 if compound >= 0.05 else 0 if compound <= -0.05 else 1


def lexical(learnt_from: Sequence[Judged]) -> list[tuple[float, ...]]:
    """The chances behind each word of the plain lexicon: how often people said what, in the part learnt from."""
    counts = [[0, 0, 0], [0, 0, 0], [0, 0, 0]]
    for one in learnt_from:
        counts[mood(one)][one.said] += 1
    return [tuple(n / sum(row) for n in row) for row in counts]


def f1(pairs: Sequence[tuple[int, int]]) -> float:
    """The mean over the three tones of F1, of (what was told, what people said)."""
    scores = []
    for tone in range(3):
        hit = sum(told == said == tone for told, said in pairs)
        either = sum(told == tone for told, _ in pairs) + sum(said == tone for _, said in pairs)
        scores.append(2 * hit / either if either else 0.0)
    return fmean(scores)


def interval(rows: Sequence[Judged], gains: Sequence[float], draws: int = 1_000) -> tuple[float, float]:
    """The middle 95 % of the mean gain, sentences drawn again with all who stand in them (bootstrap)."""
    groups: dict[str, list[float]] = {}
    for one, gain in zip(rows, gains, strict=True):
        groups.setdefault(one.sentence, []).append(gain)
    parts = [(sum(each), len(each)) for each in groups.values()]
    dice = random.Random(20_261_123)
    means = []
    for _ in range(draws):
        drawn = dice.choices(parts, k=len(parts))
        means.append(sum(total for total, _ in drawn) / sum(n for _, n in drawn))
    means.sort()
    return means[round(draws * 0.025)], means[round(draws * 0.975) - 1]


@pytest.fixture(scope="module")
def usual() -> list[tuple[float, ...]]:
    return lexical(part("train"))


class Told(NamedTuple):
    """What the guide tells of one part: stories, Brier scores and F1 of ours and of the plain lexicon."""

    n: int
    ours: float
    plain: float
    ours_f1: float
    plain_f1: float


FIGURES = {
    "devtest_mt": Told(644, 0.512, 0.618, 0.583, 0.481),
    "devtest_rw": Told(470, 0.475, 0.584, 0.648, 0.542),
}


@pytest.mark.parametrize("name", FIGURES)
def test_it_is_better_than_a_plain_lexicon(usual: list[tuple[float, ...]], name: str) -> None:
    """Brier score and F1 as told in the guide, and better than the lexicon's by more than chance."""
    figures = FIGURES[name]
    rows = part(name)
    assert len(rows) == figures.n
    chances = [model().chances(features(one.passage)) for one in rows]
    moods = [mood(one) for one in rows]
    ours = [brier(chance, one.said) for chance, one in zip(chances, rows, strict=True)]
    theirs = [brier(usual[word], one.said) for word, one in zip(moods, rows, strict=True)]
    assert fmean(ours) == pytest.approx(figures.ours, abs=0.01)
    assert fmean(theirs) == pytest.approx(figures.plain, abs=0.01)
    low, high = interval(rows, [lexicon - own for own, lexicon in zip(ours, theirs, strict=True)])
    assert 0.05 < low < high < 0.16
    told = [max(range(3), key=chance.__getitem__) for chance in chances]
    said = [one.said for one in rows]
    assert f1(list(zip(told, said, strict=True))) == pytest.approx(figures.ours_f1, abs=0.02)
    assert f1(list(zip(moods, said, strict=True))) == pytest.approx(figures.plain_f1, abs=0.02)


def test_its_chances_are_what_they_say() -> None:
    """Over both parts each bin with enough in it holds about as often as it was told; above nine in ten it boasts."""
    found = reliability(
        [
            Checked((round(1000 * a), round(1000 * b), round(1000 * c)), SAID[one.said])
            for name in ("devtest_mt", "devtest_rw")
            for one in part(name)
            for a, b, c in [model().chances(features(one.passage))]
        ]
    )
    assert found.n == 1114
    assert found.better == "yes"

    def off(one: Bin) -> float:
        return abs((one.was.value or 0) - one.said)

    assert all(off(one) < 0.09 for one in found.bins if one.high <= 0.9)
    assert off(found.bins[-1]) < 0.2
