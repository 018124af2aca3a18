"""How the stories of a period speak of us: what people said and what the machine guesses, apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import NamedTuple

from commsleads.contract import Period
from commsleads.facts.ground import OURS, Ground, unit
from commsleads.facts.survey import ROWS, Survey
from commsleads.facts.tone_values import ToneCounts, ToneFigures, ToneRow
from commsleads.facts.voices import tiers
from commsleads.rules.coverage import Span, Tale, naming
from commsleads.rules.figures import wilson
from commsleads.rules.prominence import weight
from commsleads.rules.tone import Chances
from commsleads.rules.tone.reliability import Checked, Reliability, reliability
from commsleads.rules.tone.stories import US, doubt, likeliest, said, together, urgency
from commsleads.store import coding
from commsleads.store import coverage as rows
from commsleads.store.coding import Coding
from commsleads.store.engine import moment, stamp

FIRST = 20
"""Stories that are named as those to check first."""


class Read(NamedTuple):
    """One story about us: what people said (the newest word last), the chances, and what it weighs."""

    tale: Tale
    said: str
    by: Coding | None
    chances: Chances | None
    tier: int | None
    place: int


def tone(ground: Ground, survey: Survey) -> ToneFigures:
    """The tone of the stories about us first seen in the period, as people have coded them by now."""
    own = own_watches(ground)
    found = read(ground, naming(survey.now, own), survey.span)
    looked = bool(survey.before) and survey.eyes.before[-1] > 0
    before = _before(ground, survey, own) if looked else None
    checked = _counts(one.said for one in found if one.said)
    waiting = [one for one in found if not one.said]
    guessed = [one.chances for one in waiting if one.chances]
    return ToneFigures(
        n=len(found),
        checked=checked,
        unchecked=_counts(map(likeliest, guessed)),
        unread=len(waiting) - len(guessed),
        negative=wilson(checked.negative, checked.n),
        expected=fmean(one.negative / 1000 for one in guessed) if guessed else None,
        previous=None if before is None else _counts(one.said for one in before if one.said),
        previous_unchecked=None
        if before is None
        else _counts(likeliest(one.chances) for one in before if one.chances and not one.said),
        reliability=so_far(ground),
        doubtful=tuple(one.tale.id for one in queue(waiting)[:FIRST]),
        rows=told(ground, found[:ROWS]),
        definition=f"How the stories about us first seen in the {unit(survey.period)} speak of us. "
        "A person's word counts; a machine's guess is told apart, as one.",
        query=ground.command("tone list", survey.period),
        check=ground.command("tone list --unchecked", survey.period),
    )


def _before(ground: Ground, survey: Survey, own: Sequence[str]) -> list[Read]:
    return _unweighed(ground, naming(survey.weeks[-2], own), own, ground.span(survey.before[-1]))


def listed(ground: Ground, period: Period, *, watch: str = "") -> list[Read]:
    """The stories about us (or about one watch of ours) of any stretch of time, by first mention."""
    own = own_watches(ground)
    survey = Survey(ground, period, (), own)
    return read(ground, naming(survey.now, [watch] if watch else own), survey.span)


def queue(found: Iterable[Read]) -> list[Read]:
    """In the order in which a person's look is worth most: doubtful, printed widely, in the headline, likely bad."""
    return sorted(
        found, key=lambda one: (-urgency(one.chances, weight(one.tier, one.place)), -one.tale.first, one.tale.id)
    )


def own_watches(ground: Ground) -> tuple[str, ...]:
    """The watches that are about us; none where no role says so: then there is no tone towards us."""
    return tuple(watch.id for watch in ground.watches if watch.role in OURS)


def read(ground: Ground, tales: Sequence[Tale], span: Span) -> list[Read]:
    """What people and the machine made of these stories, of which the first mentions lie in this stretch."""
    if not tales:
        return []
    own = own_watches(ground)
    best = tiers(ground, [tale.id for tale in tales])
    places = [coding.places(ground.session, watch, span.start, span.end) for watch in own]
    return [
        one._replace(
            tier=best.get(one.tale.id),
            place=max((where[one.tale.id] for where in places if one.tale.id in where), default=1),
        )
        for one in _unweighed(ground, tales, own, span)
    ]


def _unweighed(ground: Ground, tales: Sequence[Tale], own: Sequence[str], span: Span) -> list[Read]:
    """The same without what a story weighs, which only the order of the queue asks for."""
    known = {tale.id: tale for tale in tales}
    chances = _chances(ground, known, own, span)
    words: dict[str, dict[str, Coding]] = {}
    for one in coding.said(ground.session, ("tone",), stamp(ground.now)):  # people say little: all of it is soon read
        if one.story_id in known:
            words.setdefault(one.story_id, {})[one.about] = one
    found = []
    for tale in tales:
        mine = words.get(tale.id)
        found.append(
            Read(
                tale,
                said({about: one.value for about, one in mine.items()}) if mine else "",
                max(mine.values(), key=lambda one: (one.at, one.id)) if mine else None,
                chances.get(tale.id),
                None,
                1,
            )
        )
    return found


def told(ground: Ground, found: Sequence[Read]) -> tuple[ToneRow, ...]:
    """The same with titles and outlets, for a list."""
    first = {
        copy.story: copy
        for copy in reversed(rows.copies(ground.session, [one.tale.id for one in found], ground.cutoff))
    }
    shown = []
    for one in found:
        copy = first.get(one.tale.id)
        shown.append(
            ToneRow(
                story=one.tale.id,
                title=copy.title if copy else "",
                outlet=(copy.outlet or copy.domain) if copy else "",
                tier=one.tier,
                url=copy.url if copy else "",
                said=one.said,
                by=one.by.who if one.by else "",
                at=moment(one.by.at) if one.by else None,
                machine=likeliest(one.chances) if one.chances else "",
                chances=(one.chances[0], one.chances[1], one.chances[2]) if one.chances else None,
                doubt=doubt(one.chances) if one.chances else None,
            )
        )
    return tuple(shown)


def so_far(ground: Ground) -> Reliability:
    """The machine held against everything that people have said of tone by now. Its chances are those that stood there
    when they said it: what it has learnt since does not flatter it. A word on us as a whole stands for those on single
    watches of ours, as in every figure; without one, each of these is a forecast of its own."""
    found = coding.said(ground.session, ("tone",), stamp(ground.now))
    whole = {one.story_id for one in found if one.about == US}
    return reliability(
        [
            Checked((chances[0], chances[1], chances[2]), one.value)
            for one in found
            if (one.about == US or one.story_id not in whole) and (chances := one.said.get("chances"))
        ]
    )


def _chances(ground: Ground, tales: Mapping[str, Tale], own: Sequence[str], span: Span) -> dict[str, Chances]:
    """The machine's chances of each story: for each watch those of the copy that named it first, averaged."""
    found: dict[str, list[tuple[int, int, int]]] = {}
    for watch in own:
        mine: dict[str, tuple[int, int, int]] = {}
        for story, _, negative, neutral, positive in coding.tones(ground.session, watch, span.start, span.end):
            if story in tales and watch in tales[story].watches:
                mine.setdefault(story, (negative, neutral, positive))
        for story, chances in mine.items():
            found.setdefault(story, []).append(chances)
    return {story: mean for story, each in found.items() if (mean := together(each))}


def _counts(words: Iterable[str]) -> ToneCounts:
    counts = Counter(words)
    return ToneCounts(
        negative=counts["negative"], neutral=counts["neutral"], positive=counts["positive"], mixed=counts["mixed"]
    )
