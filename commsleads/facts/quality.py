"""What people corrected of what was collected: stories taken out and put back, and what was missed."""

from __future__ import annotations

import json
from collections import Counter

from commsleads.coverage.adding import SOURCE
from commsleads.facts.causes import act_of
from commsleads.facts.ground import OURS, Ground
from commsleads.facts.restated_values import Cause, Missed, Noise, Quality
from commsleads.facts.survey import Survey
from commsleads.rules.coverage import naming
from commsleads.store import removals, tellings
from commsleads.store.engine import Row, moment, stamp
from commsleads.store.removals import ANY


def quality(ground: Ground, survey: Survey) -> Quality:
    """What was taken out, put back and found by hand in a period, and how much noise each watch brought of late."""
    removed, kept = _acts(ground, survey)
    return Quality(removed=removed, kept=kept, missed=_missed(ground, survey), noise=_noise(ground, survey))


def _acts(ground: Ground, survey: Survey) -> tuple[tuple[Cause, ...], tuple[Cause, ...]]:
    """What the period changed: a story that was taken out and put back in it is in neither."""
    start, end = stamp(survey.period.start), min(stamp(survey.period.end), f"{stamp(ground.now)}~")
    rows = removals.between(ground.session, start, end)
    if not rows:
        return (), ()
    last: dict[tuple[str, str], Row] = {(row["story"], row["watch"]): row for row in rows}
    before = removals.gone(ground.session, survey.period.start)
    seen = tellings.signals(ground.session, sorted({story for story, _ in last}))
    removed, kept = [], []
    for (story, watch), row in last.items():
        was_out = story in (before.whole if watch == ANY else before.of(watch))
        titled = row | {"title": seen[story].title if story in seen else story}
        if row["removed"] and not was_out:
            removed.append(act_of(ground, titled, "taken out", kind="removed"))
        elif not row["removed"] and was_out:
            kept.append(act_of(ground, titled, "put back", kind="kept"))
    return tuple(removed), tuple(kept)


def _missed(ground: Ground, survey: Survey) -> tuple[Missed, ...]:
    entered = tellings.entered(ground.session, SOURCE, survey.span.start, survey.span.end)
    if not entered:
        return ()
    ours = {tale.id for tale in naming(survey.now, ground.ours)}
    return tuple(
        Missed(
            story=story,
            title=title,
            outlet=outlet,
            seen_on=published.astimezone(ground.zone).date() if (published := moment(on)) else None,
            at=moment(at) or ground.now,
            by=_by(extra),
            ours=story in ours,
        )
        for story, title, outlet, on, at, extra in entered
        if story not in ground.gone.whole
    )


def _by(extra: str) -> str:
    return str(json.loads(extra).get("by", "")) if extra else ""


def _noise(ground: Ground, survey: Survey) -> tuple[Noise, ...]:
    """Of each watch of which anything was taken out, and of those about us together, of late."""
    gone = ground.gone
    if not gone:
        return ()
    start, end = ground.span(survey.before[0]).start, survey.span.end
    stories = sorted(gone.whole.union(*gone.partly.values()))
    rows = tellings.phrases(ground.session, stories)
    first: dict[str, int] = {}
    for _, story, _, arrival in rows:
        first[story] = min(first.get(story, arrival), arrival)
    out: dict[str, dict[str, str]] = {}
    for watch, story, phrase, _ in rows:  # of the period in which it was first seen, as those that stand
        if start <= first[story] < end and story in gone.of(watch) and watch in ground.named:
            out.setdefault(watch, {}).setdefault(story, phrase)
    found = [_line(ground, survey, watch, (watch,), stories) for watch, stories in out.items()]
    counted = {tale.id for week in survey.weeks for tale in naming(week, ground.ours)}
    # Taken out of one watch of ours and still coverage of another, it is about us all the same.
    own = {
        story: phrase for watch in ground.ours for story, phrase in out.get(watch, {}).items() if story not in counted
    }
    if own and any(ground.named[watch].role in OURS for watch in ground.ours):
        found.append(_line(ground, survey, ANY, ground.ours, own))
    return tuple(sorted(found, key=lambda one: (one.watch != ANY, -one.removed, one.watch)))


def _line(ground: Ground, survey: Survey, watch: str, watches: tuple[str, ...], out: dict[str, str]) -> Noise:
    standing = sum(survey.counts(watches))
    phrases = Counter(out.values())
    return Noise(
        watch=watch,
        name=(ground.named[watch].name or watch) if watch else "all about us",
        removed=len(out),
        found=standing + len(out),
        phrases=tuple(sorted(phrases.items(), key=lambda one: (-one[1], one[0]))),
        rows=tuple(sorted(out)),
        command=f"commsleads stories --removed{f' --watch {watch}' if watch else ''} --limit 0",
    )
