"""The criteria that leads are counted under, and how those of the period differ from the ones before."""

from __future__ import annotations

from collections.abc import Iterable

from commsleads.criteria import Criteria
from commsleads.facts.lead_values import CriteriaLine
from commsleads.rules.criteria.diff import changes, deciding
from commsleads.rules.criteria.sentences import sections
from commsleads.rules.leads.terms import Terms

SHORT = ("Who is a lead", "Stages, the last the highest", "Handoff")
"""The parts of the criteria that a report tells; `criteria show` has all of them."""


def lines(terms: Iterable[Terms]) -> list[CriteriaLine]:
    """The criteria by number, oldest first; a new ground under the same number is no change of theirs."""
    told: list[CriteriaLine] = []
    last: Criteria | None = None
    for one in terms:
        if not told or told[-1].number != one.number:
            told.append(_line(one, last))
        last = one.criteria
    return told


def _line(one: Terms, before: Criteria | None) -> CriteriaLine:
    criteria = one.criteria
    found = deciding(changes(before, criteria)) if before is not None else ()
    return CriteriaLine(
        number=one.number,
        version=criteria.version,
        author=criteria.author,
        since=one.at,
        by=one.by,
        note=criteria.note,
        reading=criteria.reading,
        sentences=tuple(sentence for part in sections(criteria) if part.head in SHORT for sentence in part.sentences),
        changes=tuple(change.sentence for change in found),
    )
