"""The stories of a period: how many, whether that is much, which ones matter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from commsleads.facts.ground import OURS, Ground, unit
from commsleads.facts.survey import Survey
from commsleads.facts.values import Bar, Coverage, Naming, Story, Tie, WatchLine
from commsleads.rules.coverage import Copy, Named, Tale, naming, outlets, ranked
from commsleads.rules.figures import LEVEL
from commsleads.store import coverage as rows
from commsleads.store.engine import moment

SPIKE = 3
"""Stories below which a rise is called nothing: two where none was expected are a coincidence."""


def coverage(ground: Ground, survey: Survey) -> Coverage:
    """The headline: stories about us, with the verdict and the trend."""
    name = unit(survey.period)
    about = "about us (watches of the roles brand, product and spokesperson)" if ground.has_own else "about any watch"
    verdict = survey.verdict(ground.ours)
    counts = survey.counts(ground.ours)
    before = [
        Bar(label=period.label, count=count, observed=share, used=used)
        for period, count, share, used in zip(survey.before, counts, survey.eyes.before, survey.used, strict=False)
    ]
    current = Bar(label=survey.period.label, count=counts[-1], observed=survey.eyes.now, used=True)
    return Coverage(
        ours=ground.has_own,
        watches=ground.ours,
        figure=survey.figure(
            ground.ours,
            f"Stories {about} whose first mention was seen in the {name}. Copies of one text count once.",
            verdict,
        ),
        everything=survey.figure(
            survey.watches, f"Stories that name any watch and whose first mention was seen in the {name}."
        ),
        older=len(survey.older(ground.ours)),
        verdict=verdict,
        eyes=len(survey.eyes.sources),
        alive=survey.eyes.alive,
        trend=(*before, current),
    )


def watch_lines(ground: Ground, survey: Survey) -> list[WatchLine]:
    """Each watch that is about us or was named, with its figure, as declared.

    Of many watches some would stand out by chance alone, so each is held to a level that leaves one false alarm in
    twenty periods for all of them together (Bonferroni).
    """
    level = 1 - (1 - LEVEL) / max(1, len(ground.watches))
    lines = []
    for watch in ground.watches:
        name = watch.name or watch.id
        if watch.role in OURS or survey.counts((watch.id,))[-1]:
            verdict = survey.verdict((watch.id,), level)
            figure = survey.figure((watch.id,), f"Stories that name {name}, counted like the headline.", verdict)
            lines.append(WatchLine(id=watch.id, name=name, role=watch.role, figure=figure, verdict=verdict))
    return lines


def spikes(lines: Sequence[WatchLine]) -> list[WatchLine]:
    """The watches named far more than their baseline lets one expect, the steepest first."""
    steep = [line for line in lines if line.verdict.word == "above" and line.verdict.count >= SPIKE]
    return sorted(steep, key=lambda line: (-line.verdict.count / (_expected(line) + 0.5), line.id))


def _expected(line: WatchLine) -> float:
    return line.verdict.baseline.expected if line.verdict.baseline else 0.0


def stories(ground: Ground, survey: Survey, most: int) -> list[Story]:
    """The stories of the period, those that matter first."""
    told = naming(survey.now, survey.watches)
    copies = _copies(ground, [tale.id for tale in told])
    named = _named(ground, survey, copies.values())
    older = {tale.id for tale in told if tale.older(survey.span)}
    first = ranked(told, {key: group for key, (group, _) in copies.items()}, named, ours=ground.ours, older=older)
    chosen = [tale for tale in first if tale.id in copies][:most]
    ties = _ties(ground, [copy.id for tale in chosen for copy in copies[tale.id][0]])
    return [
        _story(ground, tale, copies[tale.id], names=named[tale.id], ties=ties, older=tale.id in older)
        for tale in chosen
    ]


def pickups(ground: Ground, ids: Sequence[str]) -> int:
    """How many copies these stories have beyond the first."""
    return rows.count_pickups(ground.session, ids, ground.cutoff)


Group = tuple[list[Copy], list[rows.Copied]]
Ties = dict[str, list[tuple[str, str]]]


def _copies(ground: Ground, ids: Sequence[str]) -> dict[str, Group]:
    found: dict[str, Group] = {}
    for row in rows.copies(ground.session, ids, ground.cutoff):
        tier = ground.tier(row.outlet, row.domain)
        copy = Copy(
            row.id, row.story, row.arrival, row.outlet or row.domain, row.domain, row.url, row.title, row.why, tier
        )
        group, kept = found.setdefault(row.story, ([], []))
        group.append(copy)
        kept.append(row)
    return found


def _named(ground: Ground, survey: Survey, copies: Iterable[Group]) -> dict[str, list[Named]]:
    """Where each story of the period names which watch, headlines before texts."""
    stories = {copy.id: copy.story for group, _ in copies for copy in group}
    found: dict[str, dict[str, Named]] = defaultdict(dict)
    for watch in survey.watches:
        for signal, field, phrase in rows.named(ground.session, watch, survey.span.start, survey.span.end, ground.gone):
            if signal in stories:
                found[stories[signal]].setdefault(watch, Named(watch, field, phrase))
    return defaultdict(list, {story: list(names.values()) for story, names in found.items()})


def _ties(ground: Ground, signals: Sequence[str]) -> Ties:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for signal, campaign, rule, _ in rows.ties(ground.session, signals, ground.gone):
        found[signal].append((campaign, rule))
    return found


def _story(ground: Ground, tale: Tale, group: Group, *, names: Sequence[Named], ties: Ties, older: bool) -> Story:
    copies, kept = group
    best = min(copies, key=lambda copy: (copy.tier is None, copy.tier or 0))
    campaigns = {campaign.id: campaign.name or campaign.id for campaign in ground.campaigns}
    tied = {
        name: rule for copy in reversed(copies) for name, rule in reversed(ties.get(copy.id, [])) if name in campaigns
    }
    return Story(
        id=tale.id,
        title=copies[0].title,
        url=copies[0].url,
        outlet=copies[0].outlet,
        tier=best.tier,
        tier_outlet=best.outlet,
        published_at=moment(kept[0].published),
        first_seen_at=moment(kept[0].first_seen),
        pickups=len(copies) - 1,
        outlets=tuple(outlets(copies)),
        watches=tuple(_naming(ground, name) for name in names),
        campaigns=tuple(Tie(id=name, name=campaigns[name], rule=rule) for name, rule in sorted(tied.items())),
        ours=not tale.watches.isdisjoint(ground.ours),
        older=older,
        signals=tuple(copy.id for copy in copies),
        why=tuple(dict.fromkeys(copy.why for copy in copies if copy.why)),
    )


def _naming(ground: Ground, name: Named) -> Naming:
    watch = ground.named[name.watch]
    return Naming(
        id=watch.id, name=watch.name or watch.id, role=watch.role, headline=name.field == "title", phrase=name.phrase
    )
