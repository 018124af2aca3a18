"""What touches there can be, and which of them meet a sort: for finding criteria that nothing can ever meet.

Said is only what holds of every touch. Where intake may one day do otherwise nothing is ruled out, so a sort that is
called impossible is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from commsleads.criteria import Rule, Sort
from commsleads.journey import TOUCH_KINDS

EXCLUDING: tuple[tuple[str, ...], ...] = (
    ("tier-1", "tier-2", "tier-3"),
    ("positive", "neutral", "hostile"),
    ("works", "broken"),
    ("throwaway", "private", "outlet-domain"),
)
"""Marks of which a touch has one at most."""

INCLUDED = {"tier-1": "outlet", "tier-2": "outlet", "tier-3": "outlet"}
"""A mark, and another that a touch which has it has as well: who has a tier has a name."""

WORDLESS = ("click", "known")
"""Kinds of touches without words of the person's: nothing can be read out of them."""
SAID = frozenset({"own", "ask", "more", "deadline", "use", "positive", "neutral", "hostile"})
"""Marks that are read out of words, and of a person's own act."""

WHO = frozenset({
    "outlet", "tier-1", "tier-2", "tier-3", "works", "broken", "shared", "throwaway", "private", "outlet-domain",
    "listed", "did", "objected",
})  # fmt: skip
"""Marks that say who somebody is: the only ones that fit is made of."""

ENGAGING = tuple(kind for kind in TOUCH_KINDS if kind != "known")
"""Kinds that engagement and stages are made of."""


def whole(marks: Iterable[str]) -> frozenset[str]:
    """These marks and those that come with them."""
    given = frozenset(marks)
    return given | {INCLUDED[mark] for mark in given if mark in INCLUDED}


def together(marks: Iterable[str]) -> bool:
    """Whether one touch can have all of these."""
    given = frozenset(marks)
    return all(len(given.intersection(group)) <= 1 for group in EXCLUDING)


def clash(marks: Iterable[str]) -> tuple[str, ...]:
    """The first marks among these that no touch has together; none when it can have them all."""
    given = frozenset(marks)
    for group in EXCLUDING:
        found = tuple(mark for mark in group if mark in given)
        if len(found) > 1:
            return found
    return ()


def ways(sort: Sort | Rule, kinds: Iterable[str] = ENGAGING) -> Iterator[tuple[str, frozenset[str]]]:
    """Each kind with the fewest marks that a touch must have to meet the sort. None when no touch can."""
    refused = frozenset(sort.without)
    for kind, one in product(kinds, dict.fromkeys(sort.any) or ("",)):
        if sort.touch and kind not in sort.touch:
            continue
        marks = whole([*sort.having, one] if one else sort.having)
        if together(marks) and not marks & refused and not (kind in WORDLESS and marks & SAID):
            yield kind, marks


def marked(sort: Sort | Rule, marks: frozenset[str]) -> bool:
    """Whether a touch, or a person, has the marks that are asked for and none that is refused."""
    return (
        marks.issuperset(sort.having)
        and (not sort.any or not marks.isdisjoint(sort.any))
        and marks.isdisjoint(sort.without)
    )


def narrower(one: Sort, other: Sort) -> bool:
    """Whether every touch that is of `one` sort is certainly of the `other` as well."""
    if not (_within(one.source, other.source) and _within(one.campaign, other.campaign)):
        return False
    found = list(ways(one))
    return bool(found) and all(_also(kind, marks, one, other) for kind, marks in found)


def _within(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether a list of words that admits all when empty admits no more than another."""
    return not other or (bool(one) and set(one) <= set(other))


def _also(kind: str, marks: frozenset[str], one: Sort, other: Sort) -> bool:
    """Whether a touch with at least these marks, of `one` sort, is of the `other`."""
    return (
        (not other.touch or kind in other.touch)
        and marks.issuperset(other.having)
        and (not other.any or not marks.isdisjoint(other.any))
        and all(_absent(mark, kind, marks, one) for mark in other.without)
    )


def _absent(mark: str, kind: str, marks: frozenset[str], sort: Sort) -> bool:
    """Whether a touch of this sort with these marks certainly lacks another."""
    comes = whole([mark])
    return (
        not comes.isdisjoint(sort.without)
        or not together(marks | comes)
        or (kind in WORDLESS and not comes.isdisjoint(SAID))
    )
