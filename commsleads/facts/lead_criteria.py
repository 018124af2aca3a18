"""The criteria that leads are counted under, and how those of the period differ from the ones before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from commsleads.criteria import Criteria
from commsleads.facts.lead_values import CriteriaLine
from commsleads.rules.criteria.diff import changes, deciding
from commsleads.rules.criteria.sentences import READINGS, handoff_words
from commsleads.rules.leads.terms import Terms


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
        sentences=tuple(_short(criteria)),
        changes=tuple(change.sentence for change in found),
    )


def _short(criteria: Criteria) -> Iterator[str]:
    """Who is a lead, what the stages are called, and the handoff; points and bands are told by `criteria show`."""
    yield READINGS[criteria.reading]
    for stage in criteria.stages:
        qualified = "" if stage.qualified else " (not qualified yet)"
        yield f"{stage.id}{qualified}: {stage.says.rstrip('.')}."
    yield from handoff_words(criteria.handoff)
