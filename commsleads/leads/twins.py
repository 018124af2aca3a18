"""Who may be one person twice: suggestions for joining, with their reasons. Nothing is joined by them."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from commsleads.leads import pictures
from commsleads.leads.record import Work
from commsleads.rules.contacts.likeness import WEAK, Known, Pair, alike
from commsleads.rules.leads.people import joined
from commsleads.store.contacts import gathering
from commsleads.store.desk import people
from commsleads.store.engine import Session
from commsleads.store.leads import finding, merges


class Twins(NamedTuple):
    """Pairs that may be one, the likeliest first, of how many; and how many were not compared, by what they share."""

    pairs: list[dict[str, Any]]
    found: int
    left_out: dict[str, int]


def twins(work: Work, wanted: str = "", *, weak: bool = False, limit: int = 50) -> Twins:
    """Suggestions for everybody, or for one person. Who is joined already, or was told apart, is in none.

    Who is alike by name alone is left out unless `weak` ones are asked for.
    """
    left_out: Counter[str] = Counter()
    count = 0
    with work.session.snapshot():
        session = work.session
        mine = finding.contact(session, wanted) if wanted else ""
        domains = {domain: outlet.name for outlet in work.settings.outlets for domain in outlet.domains}
        pairs = alike(
            (Known(*one) for one in gathering.everybody(session)),
            apart=gathering.apart(session),
            houses=domains,
            left_out=left_out,
        )

        def counted() -> Iterator[Pair]:
            nonlocal count
            for pair in _fresh(session, pairs, mine, weak=weak):
                count += 1
                yield pair

        best = _best(counted(), limit)
        told = _told(session, best)
    return Twins(told, count, dict(left_out))


def _fresh(session: Session, pairs: Iterator[Pair], mine: str, *, weak: bool) -> Iterator[Pair]:
    groups = joined(merges.standing(session))
    us = set(groups.get(mine, (mine,)))
    for pair in pairs:
        if mine and pair.one not in us and pair.other not in us:
            continue
        if (pair.weight > WEAK or weak) and pair.other not in groups.get(pair.one, ()):
            yield pair


def _best(pairs: Iterator[Pair], limit: int) -> list[Pair]:
    def likeliest(pair: Pair) -> tuple[int, str, str]:
        return -pair.weight, pair.one, pair.other

    return heapq.nsmallest(limit, pairs, likeliest) if limit else sorted(pairs, key=likeliest)


def _told(session: Session, pairs: Sequence[Pair]) -> list[dict[str, Any]]:
    who = people.shown(session, [one for pair in pairs for one in (pair.one, pair.other)])
    leads = finding.leads_of(session, list(who))

    def person(ident: str) -> dict[str, Any]:
        found = who.get(ident, {})
        return {"id": ident, "lead": leads.get(ident, ident), **{name: found.get(name, "") for name in pictures.PERSON}}

    return [
        {
            "one": person(pair.one), "other": person(pair.other), "weight": pair.weight, "weak": pair.weight <= WEAK,
            "reasons": list(pair.reasons),
        }
        for pair in pairs
    ]  # fmt: skip
