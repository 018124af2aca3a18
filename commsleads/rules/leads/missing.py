"""What a lead is short of: why it is no qualified lead, stage by stage, and why somebody is no lead at all.

A stage asks one touch for everything at once. So each is told by the touch that comes nearest to it, with what that
touch lacks, and not by what others have. After a stage was set by hand, what came before brings nobody higher.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

from commsleads.criteria import Band, Criteria, Sort, Stage
from commsleads.journey import Lead, Touch
from commsleads.rules.criteria.wording import KINDS, MARKS, either, points, stretch
from commsleads.rules.leads.log import in_force
from commsleads.rules.leads.reasons import began, came

MOST = 3
"""Touches that are named when somebody is no lead: the newest."""


def missing(lead: Lead, touches: Iterable[Touch], criteria: Criteria | None, zone: ZoneInfo) -> tuple[str, ...]:
    """What keeps a lead from each qualified stage above its own; what makes nobody a lead of who is none.

    Nothing for a qualified lead, and before there are criteria.
    """
    if criteria is None or lead.qualified:
        return ()
    rows = [touch for touch in in_force(touches) if touch.kind != "known"]
    rows.sort(key=lambda touch: (min(touch.at, touch.learned), touch.id), reverse=True)
    if lead.opened is None:
        return tuple(_no_lead(rows, criteria, zone))
    places = [stage.id for stage in criteria.stages]
    held = places.index(lead.stage) if lead.stage in places else -1
    hand = next((move for move in reversed(lead.moves) if move.what == "stage"), None)
    since = hand.known if hand is not None and hand.cause.startswith("act ") else None
    counting = [touch for touch in rows if touch.counts and (since is None or touch.learned > since)]
    above = [stage for stage in criteria.stages[held + 1 :] if stage.qualified]
    return tuple(f"Not {stage.id}: {'; '.join(_short(stage, lead, counting, criteria, zone))}." for stage in above)


def lacks(sort: Sort, touch: Touch) -> list[str]:
    """What keeps a touch from being of a sort, in the words of the criteria; nothing when it is."""
    marks = frozenset(touch.marks.split())
    found = [MARKS[mark] for mark in sort.having if mark not in marks]
    if sort.any and marks.isdisjoint(sort.any):
        found.append(either(MARKS[mark] for mark in sort.any))
    if sort.touch and touch.kind not in sort.touch:
        found.append(f"being {either(KINDS[kind] for kind in sort.touch)}")
    if sort.source and touch.source not in sort.source:
        found.append(f"having come by {either(sort.source)}")
    if sort.campaign and touch.campaign not in sort.campaign:
        found.append(f"being of the campaign {either(f'“{name}”' for name in sort.campaign)}")
    return found + [f"not being {MARKS[mark]}" for mark in sort.without if mark in marks]


def _no_lead(rows: Sequence[Touch], criteria: Criteria, zone: ZoneInfo) -> Iterator[str]:
    for touch in rows[:MOST]:
        if not touch.counts:
            why = f": {touch.why}" if touch.why else ""
            yield f"{began(came(touch, zone))} does not count{why.replace(': not yet', ' yet', 1)}."
        elif criteria.reading == "EU":
            yield f"{began(came(touch, zone))} is not beyond doubt their own act, as the EU reading asks."
    if len(rows) > MOST:
        yield f"And {len(rows) - MOST:,} more, which are older."


def _short(stage: Stage, lead: Lead, rows: Sequence[Touch], criteria: Criteria, zone: ZoneInfo) -> list[str]:
    found = list(_touch(stage, rows, zone))
    found += _band("fit", stage.fit, lead.fit, lead.fit_band, criteria.fit_bands)
    found += _band("engagement", stage.engagement, lead.engagement, lead.engagement_band, criteria.engagement_bands)
    return found or ["nothing is missing any more, and the next touch that counts brings them there"]


def _touch(stage: Stage, rows: Sequence[Touch], zone: ZoneInfo) -> Iterator[str]:
    nearest = min(rows, key=lambda touch: len(lacks(stage.when, touch)), default=None)
    if nearest is None:
        yield "the stage was set by hand, and nothing came since"
        return
    short = lacks(stage.when, nearest)
    if short:
        yield f"{came(nearest, zone)} comes nearest, and lacks this: {', '.join(short)}"
    if stage.after is None:
        return
    before = [touch for touch in rows if not lacks(stage.after, touch)]
    if not before:
        one = min(rows, key=lambda touch: len(lacks(stage.after or Sort(), touch)))
        yield f"no touch has come before it {', '.join(lacks(stage.after, one))}"
    elif not short and not _in_order(stage, rows, before):
        apart = f" by {stretch(stage.apart)}" if stage.apart else ""
        yield f"what has to come before it did not{apart}"


def _in_order(stage: Stage, rows: Sequence[Touch], before: Sequence[Touch]) -> bool:
    first = min(min(touch.at, touch.learned) for touch in before)
    last = max(min(touch.at, touch.learned) for touch in rows if not lacks(stage.when, touch))
    return first < last and last - first >= stage.apart


def _band(what: str, asked: str, had: int, name: str, bands: Sequence[Band]) -> Iterator[str]:
    names = [band.name for band in bands]
    if not asked or asked not in names or (name in names and names.index(name) >= names.index(asked)):
        return
    yield f"{what} is {had}, and {asked} begins at {points(bands[names.index(asked)].least)}"
