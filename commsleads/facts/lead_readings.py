"""What the other reading would make of the same people, and the interest that has no person at all."""

from __future__ import annotations

from commsleads.contract import Period
from commsleads.facts.ground import Ground
from commsleads.facts.lead_values import Interest, ReadingFigures
from commsleads.rules.clicks.ranges import clicks
from commsleads.store.engine import Session, stamp
from commsleads.store.leads import figures as rows


def reading_of(ground: Ground, period: Period, reading: str, n: int) -> ReadingFigures:
    """The `n` leads of the period under the reading in force, and how many the other one would add or leave out."""
    start, end = stamp(period.start), stamp(period.end)
    session = ground.session
    if reading == "US":
        clicked, doubtful = _by_doubt(session, rows.opened_ids(session, start, end))
        return ReadingFigures(
            reading=reading, n=n, more=0, fewer=clicked + doubtful, clicked=clicked, doubtful=doubtful, named=0
        )
    clicked, doubtful = _by_doubt(session, rows.unopened(session, start, end))
    named = rows.silent_targets(session, start, end)
    more = clicked + doubtful + named
    return ReadingFigures(reading=reading, n=n, more=more, fewer=0, clicked=clicked, doubtful=doubtful, named=named)


def _by_doubt(session: Session, leads: list[str]) -> tuple[int, int]:
    """Of these, those who only clicked, and those of whom there are other touches, none of them beyond doubt theirs."""
    clicked = doubtful = 0
    for touches in rows.touched_by(session, leads).values():
        if any("own" in marks.split() for _, marks in touches):
            continue
        if all(kind == "click" for kind, _ in touches):
            clicked += 1
        else:
            doubtful += 1
    return clicked, doubtful


def interest_of(ground: Ground, period: Period, stories: int | None) -> Interest:
    """Stories, and clicks by nobody knows whom: they are added to nothing."""
    first, after = (one.astimezone(ground.zone).date().isoformat() for one in (period.start, period.end))
    counts = rows.open_clicks(ground.session, first, after)
    return Interest(stories=stories, clicks=None if counts is None else clicks(counts))
