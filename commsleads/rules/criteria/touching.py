"""Why no touch can be of a sort, as a clause that ends with what to do."""

from __future__ import annotations

from collections.abc import Iterable

from commsleads.criteria import Rule, Sort
from commsleads.rules.criteria.sorts import SAID, WORDLESS, clash, ways, whole


def twice(sort: Sort | Rule) -> str:
    """A mark that is both asked for and refused; '' when there is none."""
    refused = set(sort.without)
    return next((mark for mark in (*sort.having, *sort.any) if mark in refused), "")


def never(sort: Sort | Rule, kinds: Iterable[str]) -> str:
    """Why no touch of these kinds can be of this sort; '' when one can."""
    if any(ways(sort, kinds)):
        return ""
    if found := clash(sort.having):
        return f"no touch is both “{found[0]}” and “{found[1]}”; write one of them, or both in “any”"
    if pair := _included(sort):
        return f"who is “{pair[0]}” is “{pair[1]}” too, which it refuses; take one of the two out"
    if sort.touch and set(sort.touch) <= set(WORDLESS):
        words = sorted(SAID.intersection((*sort.having, *sort.any)))
        marks = " or ".join(f"“{mark}”" for mark in words)
        return f"a touch of kind “{sort.touch[0]}” has no words and is never {marks}; take the mark or the kind out"
    return "its marks never come together; take one of them out"


def _included(sort: Sort | Rule) -> tuple[str, str] | None:
    """A mark that is asked for, and one that comes with it and is refused."""
    for mark in sort.having:
        for other in whole([mark]):
            if other in sort.without:
                return mark, other
    return None


def said(points: int) -> str:
    """An amount of points in words: "1 point", "-20 points"."""
    return f"{points} point{'' if abs(points) == 1 else 's'}"
