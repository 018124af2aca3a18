"""How many points the rules can give at most: what no band may lie above."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from commsleads.criteria import Criteria, Rule
from commsleads.rules.criteria.sorts import EXCLUDING, WHO, marked, together, ways, whole


def engagement(criteria: Criteria) -> int | None:
    """The most points for what somebody did; None when there is no bound.

    Every rule that gives may have given all it can. A rule without a cap has no bound: touches may come at once.
    """
    total = 0
    for rule in criteria.engagement:
        if rule.points > 0 and any(ways(rule)):
            if rule.cap is None:
                return None
            total += max(rule.cap, 0)
    return total


def fit(criteria: Criteria) -> int:
    """The most points for who somebody is: each rule once, of all that one person can be."""
    return max(sum(rule.points for rule in criteria.fit if _gives(rule, one)) for one in people(criteria.fit))


def _gives(rule: Rule, marks: frozenset[str]) -> bool:
    """Whether a rule gives to somebody who is this; by which touches they came is taken as it may be at best."""
    return marked(rule, marks) and (rule.points > 0 or not (rule.touch or rule.source or rule.campaign))


def people(rules: Sequence[Rule]) -> Iterator[frozenset[str]]:
    """All that one person can be, as far as these rules tell people apart."""
    named = {mark for rule in rules for mark in (*rule.having, *rule.any, *rule.without)} & WHO
    groups = [[mark for mark in group if mark in named] for group in EXCLUDING]
    alone = named.difference(*EXCLUDING)
    choices = [["", *group] for group in groups if group] + [["", mark] for mark in sorted(alone)]
    seen: set[frozenset[str]] = set()
    for chosen in product(*choices):
        marks = whole(_given(chosen))
        if marks not in seen and together(marks):
            seen.add(marks)
            yield marks


def _given(marks: Iterable[str]) -> Iterator[str]:
    return (mark for mark in marks if mark)
