"""Figures that earlier editions told and that are others now, and why.

An edition is never changed. What it told is read out of its JSON, counted again from the rows as they stand, and told
where it differs: once, in the first edition that is written after it changed. What earlier editions said of it already
is read out of theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from commsleads.facts.ground import Ground
from commsleads.facts.recounting import Last, Recount, Recounting
from commsleads.facts.restated_values import Restated
from commsleads.facts.survey import Survey
from commsleads.store.tellings import Told, digests

FOLLOWS = "share_of_voice."
"""Figures that are others because stories are."""


def restated(ground: Ground, survey: Survey) -> tuple[Restated, ...]:
    """What the editions of the periods before told and is another figure now, each change once.

    The newest first; shares of voice, which follow from the stories, last.
    """
    places = {period.label: place for place, period in enumerate(survey.before)}
    editions = digests(ground.session, list(places))
    if not editions:
        return ()
    recounting = Recounting(ground, survey)
    found: list[Restated] = []
    newest = {told.report: told.period for told in editions}
    for told in reversed(editions):
        later = _told_since(editions, told)
        for figure in recounting.figures(told, places[told.period], newest=newest[told.report] == told.period):
            last = later.get(figure.figure, Last(figure.told, figure.told_of, told.at))
            if (last.value, last.of) != (figure.now, figure.now_of):
                found.append(_restated(told, figure, last))
    return tuple(sorted(found, key=lambda one: one.figure.startswith(FOLLOWS)))


def _restated(told: Told, figure: Recount, last: Last) -> Restated:
    return Restated(
        report=told.report,
        period=told.period,
        told_at=told.at,
        figure=figure.figure,
        name=figure.name,
        first=figure.told,
        told=last.value,
        now=figure.now,
        told_of=last.of,
        now_of=figure.now_of,
        why=figure.why(last),
        command=figure.command,
    )


def _told_since(editions: Sequence[Told], told: Told) -> dict[str, Last]:
    """What later editions of the same report said of this one's figures: the newest word stands."""
    found: dict[str, Last] = {}
    for later in editions[editions.index(told) + 1 :]:
        if later.report != told.report:
            continue
        rows: Any = later.data.get("restated")
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and row.get("period") == told.period and isinstance(row.get("figure"), str):
                found[row["figure"]] = Last(row.get("now"), row.get("now_of"), later.at)
    return found
