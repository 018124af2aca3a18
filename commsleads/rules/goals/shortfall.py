"""Why a goal is missed: because fewer came, or because fewer of them got through a step, and by how much each.

"In the event you get behind on goals, are there enough leads, or has something changed in our ability to close them?"
What came out in a stretch of time is made of those that came in it and went through every step, and of those that had
come earlier. The first is a chain, split in `rules.goals.parting`; the second is a part of its own, so that nothing is
counted as converted that never entered. Both sides are measured alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from commsleads.rules.campaigns.figures import difference
from commsleads.rules.figures import LEVEL, Share, expected_between, wilson
from commsleads.rules.goals.parting import Count, chain, shares, told

Word = Literal["fewer", "more", "as expected", "cannot tell"]
Basis = Literal["goal", "before", ""]

LEADS, EARLIER = "leads", "earlier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one cause adds to the difference, in thousandths.

    `step` is "leads" (how many came), the name of a step ("qualified", "accepted") or "earlier" (leads that had come
    before the time in question). `actual` and `expected` are counts for "leads" and "earlier", shares for a step; None
    where there was nothing to divide by. `share` is the actual share of a step with its interval. `chance` says whether
    the change is within what chance does (level 95 of 100); None where that cannot be told.
    """

    step: str
    thousandths: int
    actual: float | None
    expected: float | None
    share: Share | None = None
    chance: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """Why there are more or fewer than expected.

    `word` is fewer, more, as expected or cannot tell. `basis` says what the expectation was made of: goal (it says how
    many leads it takes), before (the same length of time before), or ''. The thousandths of `parts` add up to
    `difference`, which is `actual` less `expected` in thousandths. `why` it cannot be told or split, else ''.
    `sentence` says it to a person.
    """

    word: Word
    basis: Basis
    actual: int | None
    expected: float | None
    difference: int | None
    parts: tuple[Part, ...]
    why: str
    sentence: str


class Step(NamedTuple):
    """A step of the chain: its name, and what those do who take it, as in "fewer of them qualified"."""

    name: str
    did: str


class Came(NamedTuple):
    """What came in a stretch of time: `counts` of those that entered in it, and of them after each step; `earlier` came
    out in it and had entered before."""

    counts: tuple[Count, ...]
    earlier: Count = 0

    @property
    def n(self) -> Fraction:
        """How many came out."""
        return Fraction(self.counts[-1]) + self.earlier


def unknown(why: str, actual: int | None = None) -> Diagnosis:
    """It cannot be told, and why."""
    return Diagnosis(
        word="cannot tell", basis="", actual=actual, expected=None, difference=None, parts=(), why=why,
        sentence=f"Why, nobody can tell: {why}.",
    )  # fmt: skip


def diagnosis(of: str, steps: Sequence[Step], actual: Came, expected: Came, *, basis: Basis, than: str) -> Diagnosis:
    """Hold what came against what was expected to come. `of` names what came out, `than` what it is held against.

    `actual` holds whole numbers. `basis` "goal" holds it against fixed numbers, "before" against another count, which
    has chance in it as well.
    """
    exact = chain(actual.counts, expected.counts)
    causes = [LEADS, *(step.name for step in steps)]
    if actual.earlier or expected.earlier:
        exact, causes = (*exact, Fraction(actual.earlier) - expected.earlier), [*causes, EARLIER]
    gap = sum(exact, Fraction(0))
    thousandths = told(exact)
    parts = tuple(
        _counted(cause, number, actual, expected, basis)
        if cause in (LEADS, EARLIER)
        else _converted(
            cause, number, actual.counts[place - 1 : place + 1], expected.counts[place - 1 : place + 1], basis
        )
        for place, (cause, number) in enumerate(zip(causes, thousandths, strict=True))
    )
    word: Word = "fewer" if gap < 0 else "more" if gap > 0 else "as expected"
    came = int(actual.n)
    tenths = told(exact, 10)
    return Diagnosis(
        word=word,
        basis=basis,
        actual=came,
        expected=float(expected.n),
        difference=sum(thousandths),
        parts=parts,
        why="",
        sentence=_sentence(of, came, list(_causes(steps, parts, tenths)), tenths, than),
    )


def _counted(cause: str, number: int, actual: Came, expected: Came, basis: Basis) -> Part:
    one, other = (actual.counts[0], expected.counts[0]) if cause == LEADS else (actual.earlier, expected.earlier)
    chance = _count_by_chance(int(one), other, basis) if cause == LEADS or basis == "before" else None
    return Part(step=cause, thousandths=number, actual=float(one), expected=float(other), chance=chance)


def _converted(cause: str, number: int, actual: Sequence[Count], expected: Sequence[Count], basis: Basis) -> Part:
    mine, theirs = shares(actual)[1], shares(expected)[1]
    share = wilson(int(actual[1]), int(actual[0]), LEVEL)
    return Part(
        step=cause,
        thousandths=number,
        actual=None if mine is None else float(mine),
        expected=None if theirs is None else float(theirs),
        share=share,
        chance=_share_by_chance(share, expected, basis),
    )


def _count_by_chance(n: int, expected: Count, basis: Basis) -> bool | None:
    """Whether a count of independent events is within chance: of a fixed mean (Poisson), or of another such count over
    the same time (given both, each event is of one or the other: a share of a half)."""
    if basis == "before":
        half = wilson(n, n + int(expected), LEVEL)
        return None if half.low is None or half.high is None else half.low <= 0.5 <= half.high
    if not expected:
        return None
    low, high = expected_between(float(expected), float(expected), LEVEL)
    return low <= n <= high


def _share_by_chance(share: Share, expected: Sequence[Count], basis: Basis) -> bool | None:
    """Whether a share is within chance: its Wilson interval holds the fixed one, or its difference from another counted
    one may be nothing (Newcombe)."""
    entered, out = expected
    if share.low is None or share.high is None or not entered:
        return None
    if basis == "before":
        return difference(share, wilson(int(out), int(entered), LEVEL)).word == "cannot tell"
    return share.low <= out / entered <= share.high


# --- in a sentence -------------------------------------------------------------------------------------------------


def _sentence(of: str, came: int, causes: Sequence[str], tenths: Sequence[int], than: str) -> str:
    gap = sum(tenths)
    if not any(tenths):
        return f"{came:,} {of}, as many as {than}."
    expected = figure(Fraction(10 * came - gap, 10))
    head = f"{_more(gap)} {of} than {than} ({came:,} and not {expected})" if gap else f"As many {of} as {than}"
    return f"{head}: {'; '.join(causes)}."


def _causes(steps: Sequence[Step], parts: Sequence[Part], tenths: Sequence[int]) -> Iterator[str]:
    did = {step.name: step.did for step in steps}
    for part, number in zip(parts, tenths, strict=True):
        if part.step in (LEADS, EARLIER):
            what = "came" if part.step == LEADS else "that had come earlier got there"
            one, other = figure(part.actual), figure(part.expected)
            against = f"{one} as well" if one == other else f"{one} and not {other}"
            yield f"{_due(number, f'leads {what}')} ({against}{_by(part)})"
        elif part.actual is None:
            yield f"of how many {did[part.step]} nobody can tell, for there was none"
        elif part.expected is None:
            yield f"how many {did[part.step]} there is nothing to compare with"
        else:
            yield f"{_due(number, f'of them {did[part.step]}')} ({_of(part)}, and not {part.expected:.0%}{_by(part)})"


def _due(tenths: int, what: str) -> str:
    if not tenths:
        return f"none because of how many {what}"
    sense = "fewer" if tenths < 0 else "more"
    return f"{_more(tenths)} because {sense} {what}"


def _more(tenths: int) -> str:
    return f"{figure(Fraction(abs(tenths), 10))} {'fewer' if tenths < 0 else 'more'}"


def _of(part: Part) -> str:
    share = part.share
    if share is None or share.value is None or share.low is None or share.high is None:
        return "not known"
    return f"{share.k:,} of {share.n:,}, {share.value:.0%} [{share.low:.0%} to {share.high:.0%}]"


def _by(part: Part) -> str:
    return ", which may be chance" if part.chance and part.thousandths else ""


def figure(value: Fraction | float | None) -> str:
    """A number with one decimal at most: 15, 15.3."""
    return "?" if value is None else f"{float(value):,.1f}".removesuffix(".0")
