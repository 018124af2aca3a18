"""The coverage book: the stories of a period with all that may be told of them, by tier and date.

Reach is in none of its figures: monthly visitors of sites do not add up, and nobody knows how many read a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from commsleads.facts import campaigns, covering, stories
from commsleads.facts.book_values import Book, BookStory, Carries, Pickup, Seen, TierLine
from commsleads.facts.ground import Ground
from commsleads.facts.message_values import MessageLine
from commsleads.facts.survey import Survey
from commsleads.facts.tone_values import ToneFigures
from commsleads.facts.values import Figure, Story, Tie
from commsleads.plan import Campaign
from commsleads.rules.coverage import naming
from commsleads.rules.figures import OBSERVED, Verdict
from commsleads.store import coverage as rows
from commsleads.store.coverage import Copied
from commsleads.store.engine import EPOCH, moment
from commsleads.store.shots import Shot, shots
from commsleads.store.summaries import summaries

MOST = 20_000
"""Stories of a book: more are a data set and no book."""
PICTURES = 60
"""Stories of the book whose picture is read: the first ones."""
NO_TIER = 9
"""Where outlets of no known tier stand: after all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What stands in a book: all that is about us, or what names a watch or is tied to a campaign; of some tiers."""

    campaign: Campaign | None = None
    watch: str = ""
    everyone: bool = False
    tiers: tuple[int, ...] = ()


def book(
    ground: Ground,
    survey: Survey,
    earlier: Survey,
    chosen: Chosen,
    *,
    tone: ToneFigures,
    messages: Sequence[MessageLine],
) -> Book:
    """The book of a period. `earlier` is the survey of the period before, for what stood there."""
    everything = _chosen(ground, survey, chosen)
    kept = sorted(_of_tiers(everything, chosen.tiers), key=_order)
    fair = ground.observed(earlier.period) >= OBSERVED
    then = _before(ground, earlier, chosen) if fair else None
    figure, verdict = _figure(ground, survey, chosen)
    watch = ground.named.get(chosen.watch)
    return Book(
        campaign=chosen.campaign.name or chosen.campaign.id if chosen.campaign else "",
        watch=(watch.name or watch.id) if watch else "",
        everyone=chosen.everyone,
        chosen_tiers=chosen.tiers,
        figure=figure,
        verdict=verdict,
        n=len(kept),
        pickups=sum(story.pickups for story in kept),
        previous_pickups=None if then is None else sum(pickups for _, pickups in then),
        outlets=len({outlet for story in kept for outlet in story.outlets}),
        tiers=tuple(_tiers(kept, then)),
        stories=tuple(_told(ground, kept, tone, messages)),
        observed=ground.observed(survey.period),
    )


def _order(story: Story) -> tuple[int, float, str]:
    """By tier, the newest first."""
    return story.tier or NO_TIER, -_dated(story).timestamp(), story.id


def _dated(story: Story) -> datetime:
    return story.published_at or story.first_seen_at or EPOCH


def _of_tiers(found: Sequence[Story], tiers: Sequence[int]) -> list[Story]:
    return [story for story in found if not tiers or story.tier in tiers]


# --- which stories -------------------------------------------------------------------------------------------------


def _chosen(ground: Ground, survey: Survey, chosen: Chosen) -> list[Story]:
    everything = stories.stories(ground, survey, MOST)
    found = everything
    if chosen.watch:
        found = [story for story in found if any(name.id == chosen.watch for name in story.watches)]
    if chosen.campaign is None:
        return found if chosen.watch or chosen.everyone else [story for story in found if story.ours]
    here = covering.tied(ground, chosen.campaign, survey.period, ())
    found = [story for story in found if story.id in here.stories]
    if chosen.watch:
        return found
    # By a link to it a story may be tied that names no watch at all.
    known = {story.id for story in everything}
    return [*found, *_unnamed(ground, [one for one in here.now if one not in known], chosen.campaign, here)]


def _unnamed(ground: Ground, ids: Sequence[str], campaign: Campaign, here: covering.Coverage) -> Iterable[Story]:
    """Stories that name no watch, made of their copies."""
    groups: dict[str, list[Copied]] = {}
    for row in rows.copies(ground.session, ids, ground.cutoff):
        groups.setdefault(row.story, []).append(row)
    for story, copies in groups.items():
        first = copies[0]
        tiers = [(ground.tier(copy.outlet, copy.domain), copy.outlet or copy.domain) for copy in copies]
        tier, outlet = min(tiers, key=lambda one: one[0] or NO_TIER)
        yield Story(
            id=story,
            title=first.title,
            url=first.url,
            outlet=first.outlet or first.domain,
            tier=tier,
            tier_outlet=outlet,
            published_at=moment(first.published),
            first_seen_at=moment(first.first_seen),
            pickups=len(copies) - 1,
            outlets=tuple(dict.fromkeys(name for _, name in tiers if name)),
            watches=(),
            campaigns=(Tie(id=campaign.id, name=campaign.name or campaign.id, rule=here.stories[story].rule),),
            ours=False,
            older=False,
            signals=tuple(copy.id for copy in copies),
            why=tuple(dict.fromkeys(copy.why for copy in copies if copy.why)),
        )


# --- figures -------------------------------------------------------------------------------------------------------


def _figure(ground: Ground, survey: Survey, chosen: Chosen) -> tuple[Figure, Verdict | None]:
    """How many stories, and what that is held against."""
    if chosen.campaign is not None:
        here = covering.tied(ground, chosen.campaign, survey.period, survey.before)
        return campaigns.figure_of(ground, chosen.campaign, here, survey.period), None
    if chosen.watch:
        verdict = survey.verdict((chosen.watch,))
        return survey.figure((chosen.watch,), "Stories that name this watch, copies once.", verdict), verdict
    if chosen.everyone:
        verdict = survey.verdict(survey.watches)
        return survey.figure(survey.watches, "Stories that name any watch, copies once.", verdict), verdict
    told = stories.coverage(ground, survey)
    return told.figure, told.verdict


def _before(ground: Ground, survey: Survey, chosen: Chosen) -> list[tuple[int | None, int]]:
    """Of the same choice in the period before no more than its figures: the tier of each story, and its pickups."""
    watches = (chosen.watch,) if chosen.watch else survey.watches if chosen.everyone else ground.ours
    ids = [tale.id for tale in naming(survey.now, watches)]
    if chosen.campaign is not None:
        here = covering.tied(ground, chosen.campaign, survey.period, ())
        ids = [one for one in ids if one in here.stories] if chosen.watch else here.now
    groups: dict[str, list[int | None]] = {}
    for row in rows.copies(ground.session, ids, ground.cutoff):
        groups.setdefault(row.story, []).append(ground.tier(row.outlet, row.domain))
    found = [
        (min((one for one in tiers if one is not None), default=None), len(tiers) - 1) for tiers in groups.values()
    ]
    return [one for one in found if not chosen.tiers or one[0] in chosen.tiers]


def _tiers(kept: Sequence[Story], then: Sequence[tuple[int | None, int]] | None) -> Iterable[TierLine]:
    before = Counter(tier for tier, _ in then) if then is not None else None
    for tier in sorted({story.tier for story in kept} | set(before or ()), key=lambda one: one or NO_TIER):
        here = [story for story in kept if story.tier == tier]
        yield TierLine(
            tier=tier,
            stories=len(here),
            pickups=sum(story.pickups for story in here),
            outlets=len({outlet for story in here for outlet in story.outlets}),
            previous=None if before is None else before[tier],
        )


# --- what is told of each ------------------------------------------------------------------------------------------


def _told(
    ground: Ground, kept: Sequence[Story], tone: ToneFigures, messages: Sequence[MessageLine]
) -> Iterable[BookStory]:
    written = summaries(ground.session, [story.id for story in kept], ground.now)
    said = {row.story: row.said for row in tone.rows if row.said}
    carried: dict[str, list[Carries]] = {}
    for line in messages:
        for story_id in line.rows:
            carried.setdefault(story_id, []).append(Carries(campaign=line.campaign_name, id=line.id, text=line.text))
    copies = _pickups(ground, [story.id for story in kept if story.pickups])
    pictures = shots(ground.session, [story.id for story in kept[:PICTURES]])
    for story in kept:
        summary = written.get(story.id)
        yield BookStory(
            story=story,
            summary=summary.text if summary else "",
            summary_by=summary.who if summary else "",
            said=said.get(story.id, ""),
            messages=tuple(carried.get(story.id, ())),
            pickups=tuple(copies.get(story.id, ())),
            seen=_seen(pictures.get(story.id)),
        )


def _seen(shot: Shot | None) -> Seen | None:
    if shot is None:
        return None
    return Seen(at=datetime.fromisoformat(shot.at), content=shot.content, width=shot.width, height=shot.height)


def _pickups(ground: Ground, ids: Sequence[str]) -> dict[str, list[Pickup]]:
    """The copies beyond the first of each story, those of the best tier first, then by date."""
    found: dict[str, list[Pickup]] = {}
    for row in rows.copies(ground.session, ids, ground.cutoff):
        if row.why:
            found.setdefault(row.story, []).append(
                Pickup(
                    signal=row.id,
                    outlet=row.outlet or row.domain,
                    tier=ground.tier(row.outlet, row.domain),
                    url=row.url,
                    published_at=moment(row.published),
                    first_seen_at=moment(row.first_seen),
                )
            )
    for some in found.values():
        some.sort(key=lambda one: (one.tier or NO_TIER, one.published_at or one.first_seen_at or EPOCH, one.signal))
    return found
