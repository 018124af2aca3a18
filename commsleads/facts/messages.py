"""How many of a campaign's stories carry its key messages, how prominently, and whether people found them right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import NamedTuple

from commsleads.contract import Period
from commsleads.facts.campaigns import concerned
from commsleads.facts.covering import Coverage, tied
from commsleads.facts.ground import Ground, unit
from commsleads.facts.message_values import MessageLine
from commsleads.facts.survey import EARLIER, ROWS, Survey
from commsleads.plan import Campaign, KeyMessage
from commsleads.rules.figures import Share, wilson
from commsleads.rules.pullthrough import Said, standing
from commsleads.store import coding, coverage
from commsleads.store.coding import Coding
from commsleads.store.engine import micros, stamp

ASKED = ("presence", "prominence", "accuracy")
"""What a person can say of a key message in a story."""


def messages(ground: Ground, survey: Survey) -> tuple[MessageLine, ...]:
    """Each key message of the campaigns that the period concerns, in their order."""
    found: list[MessageLine] = []
    for campaign in concerned(ground, survey.period, survey.before):
        if campaign.messages:
            found += _of_campaign(ground, campaign, survey.period, survey.before)
    return tuple(found)


def _of_campaign(ground: Ground, campaign: Campaign, period: Period, before: Sequence[Period]) -> list[MessageLine]:
    here = tied(ground, campaign, period, before)
    last = before[-1:]
    earlier = _before(ground, last, here)
    read = _read(ground, campaign, [*here.now, *(earlier or ())], (before or [period])[0])
    part = _Part(campaign, here.now, earlier, unit(period))
    lines = []
    for message in campaign.messages:
        found = read.standing[message.id]
        query = ground.command("message list", period, campaign=campaign.id, message=message.id)
        lines.append(_line(part, message, found, query))
    return lines


class _Messages(NamedTuple):
    """How each message of a campaign stands in stories, and by which phrase a rule found it: (message, story)."""

    standing: Mapping[str, Mapping[str, Said]]
    phrases: Mapping[tuple[str, str], str]


def _read(ground: Ground, campaign: Campaign, stories: Sequence[str], since: Period) -> _Messages:
    phrases: dict[tuple[str, str], str] = {}
    by_rule: dict[str, dict[str, int]] = {}
    first = micros(since.start) - EARLIER
    for name, story, prominence, phrase in coding.carrying(ground.session, campaign.id, first, ground.cutoff + 1):
        phrases.setdefault((name, story), phrase)
        mine = by_rule.setdefault(name, {})
        mine[story] = max(mine.get(story, 0), prominence)
    words: dict[str, list[Coding]] = {}
    for one in coding.of_stories(ground.session, stories, ASKED, stamp(ground.now)):
        words.setdefault(one.about, []).append(one)
    standing = {
        message.id: carried(by_rule.get(message.id, {}), words.get(f"{campaign.id}/{message.id}", ()))
        for message in campaign.messages
    }
    return _Messages(standing, phrases)


def _before(ground: Ground, last: Sequence[Period], here: Coverage) -> list[str] | None:
    """The campaign's stories of the period before; None where it had not begun or nobody was looking."""
    if not last or not here.before or here.before[-1] is None:
        return None
    span = ground.span(last[0])
    return [story for story, one in here.stories.items() if span.start <= one.first < span.end]


def carried(by_rule: Mapping[str, int], words: Sequence[Coding]) -> dict[str, Said]:
    """How a message stands in each story: what a rule found, corrected by what people said."""
    spoken: dict[str, dict[str, str]] = {}
    for one in words:
        spoken.setdefault(one.story_id, {})[one.what] = one.value
    return {
        story: standing(by_rule.get(story, 0), spoken.get(story, {})) for story in {**dict.fromkeys(by_rule), **spoken}
    }


class _Part(NamedTuple):
    """A campaign with its stories of the period and of the one before (None: not comparable)."""

    campaign: Campaign
    now: Sequence[str]
    earlier: Sequence[str] | None
    unit: str


def _line(part: _Part, message: KeyMessage, found: Mapping[str, Said], query: str) -> MessageLine:
    campaign, now, earlier, name = part
    here = [story for story in now if story in found and found[story].prominence]
    marks = [found[story].accuracy for story in here]
    judged = [mark for mark in marks if mark is not None]
    previous: Share | None = None
    if earlier is not None:
        previous = wilson(sum(story in found and found[story].prominence > 0 for story in earlier), len(earlier))
    return MessageLine(
        campaign=campaign.id,
        campaign_name=campaign.name or campaign.id,
        id=message.id,
        text=message.text or message.id,
        phrases=len(message.phrases),
        share=wilson(len(here), len(now)),
        previous=previous,
        prominence=fmean(found[story].prominence for story in here) if here else None,
        judged=sum(found[story].judged for story in here),
        accuracy=wilson(judged.count(2), len(judged)),
        partly=judged.count(1),
        wrong=judged.count(0),
        rows=tuple(here[:ROWS]),
        definition=f"Stories tied to {campaign.name or campaign.id} and first seen in the {name} that carry the "
        "message: one of its phrases stands in a copy, or a person said so.",
        query=query,
    )


class Carrier(NamedTuple):
    """A story that carries a key message (`about` is CAMPAIGN/ID), or of which a person said something about it.

    `phrase` is what a rule found, '' for nothing. `prominence` and `accuracy` as in `rules.pullthrough.Said`.
    """

    story: str
    title: str
    about: str
    phrase: str
    prominence: int
    accuracy: int | None
    judged: bool


def listed(ground: Ground, campaigns: Sequence[Campaign], period: Period, *, about: str = "") -> list[Carrier]:
    """The stories of these campaigns, first seen in a stretch of time, that carry their messages; newest first."""
    found: list[tuple[str, str, str, Said]] = []
    for campaign in campaigns:
        if not campaign.messages:
            continue
        stories = tied(ground, campaign, period, ()).now
        read = _read(ground, campaign, stories, period)
        for message in campaign.messages:
            name = f"{campaign.id}/{message.id}"
            if about in ("", name):
                said = read.standing[message.id]
                found += [
                    (story, name, read.phrases.get((message.id, story), ""), said[story])
                    for story in reversed(stories)
                    if story in said
                ]
    titles = coverage.titles(ground.session, list(dict.fromkeys(story for story, *_ in found)))
    return [
        Carrier(story, titles.get(story, ("", "", ""))[0], name, phrase, *said) for story, name, phrase, said in found
    ]
