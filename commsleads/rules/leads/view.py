"""A lead as it looks at a moment, from the log that was read and the handoff that followed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from commsleads.journey import Lead, Touch
from commsleads.rules.leads.handoff import Handoff
from commsleads.rules.leads.log import Log


def viewed(
    people: tuple[str, ...],
    log: Log,
    handoff: Handoff,
    now: datetime,
    *,
    reached: Mapping[str, datetime],
    qualified: Mapping[str, datetime],
) -> Lead:
    """The lead. Points and bands are those of the moment; everything else stands since what brought it.

    `reached` says when each stage was reached first, `qualified` the same of those that qualify. None of it is before
    the touch that made the lead: where that was taken back, another one made it later.
    """
    judged, opener = log.judged, log.opener
    view, given = judged.standing(now)
    (fit, fit_band), (engagement, engagement_band) = judged.named(view)
    touches, first, last = log.touches, log.first, log.last
    return Lead(
        id=people[0] if people else "",
        contacts=people,
        opened=judged.opened,
        first=first.row.id if first is not None else "",
        opener=judged.opener,
        last=last.row.id if last is not None else "",
        first_at=first.at if first is not None else None,
        last_at=last.at if last is not None else None,
        touches=len(log.counting),
        source=opener.source if opener is not None else "not known",
        detail=opener.detail if opener is not None else "",
        channel=opener.channel if opener is not None else "",
        campaign=opener.campaign if opener is not None else "",
        outlet=newest_outlet(touches),
        self_reported=first_said(touches),
        stage=judged.stage,
        qualified=judged.qualified,
        qualified_at=_not_before(judged.opened, min(qualified.values(), default=None)),
        reached=tuple((stage, max(at, judged.opened or at)) for stage, at in reached.items()),
        status=handoff.status or "new",
        status_at=handoff.status_at,
        owner=handoff.owner,
        outcome=handoff.outcome,
        wakes=handoff.wakes,
        quiet=handoff.quiet,
        fit=fit,
        engagement=engagement,
        fit_band=fit_band,
        engagement_band=engagement_band,
        given=given,
        near=judged.near(view),
        terms=handoff.terms.number,
        next=handoff.next,
        moves=tuple(handoff.moves),
        offers=tuple(handoff.offers),
    )


def unjudged(people: tuple[str, ...], touches: Sequence[Touch]) -> Lead:
    """A person with touches, before there were any criteria to judge them by."""
    counting = [touch for touch in touches if touch.counts and touch.kind != "known"]
    first = min(counting, key=_happened, default=None)
    last = max(counting, key=_happened, default=None)
    return Lead(
        id=people[0] if people else "",
        contacts=people,
        first=first.id if first is not None else "",
        last=last.id if last is not None else "",
        first_at=_happened(first) if first is not None else None,
        last_at=_happened(last) if last is not None else None,
        touches=len(counting),
        outlet=newest_outlet(touches),
        self_reported=first_said(touches),
    )


def newest_outlet(touches: Iterable[Touch]) -> str:
    """The outlet of the newest touch that names one."""
    named = [touch for touch in touches if touch.outlet]
    return max(named, key=_when).outlet if named else ""


def first_said(touches: Iterable[Touch]) -> str:
    """How they said they heard of us, when they said so first."""
    said = [touch for touch in touches if touch.self_reported]
    return min(said, key=_when).self_reported if said else ""


def _happened(touch: Touch) -> datetime:
    """When it was: never after we learned of it."""
    return min(touch.at, touch.learned)


def _when(touch: Touch) -> tuple[datetime, str]:
    return _happened(touch), touch.id


def _not_before(opened: datetime | None, at: datetime | None) -> datetime | None:
    return at if at is None or opened is None else max(at, opened)
