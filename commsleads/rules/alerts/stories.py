"""Causes in the coverage: a story about us in an outlet of the first tier, or with a word that is a risk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from commsleads.plan import AlertPlan, Outlet, Watch
from commsleads.rules.alerts.causes import Cause, level_of
from commsleads.rules.alerts.desk import Office
from commsleads.rules.alerts.wording import acts, harmless, link, one_line, told
from commsleads.rules.matching import Matcher
from commsleads.text import fold

STALE = timedelta(hours=48)
"""A piece dated longer ago than this when it was first seen is an older one that came to light, and no news."""


class Seen(NamedTuple):
    """A signal that names us. `published_at` is None when no date came with it."""

    id: str
    story: str
    watch: str
    seen_at: datetime
    published_at: datetime | None
    title: str
    text: str
    outlet: str
    domain: str
    url: str


class StoryRules:
    """The rules on stories, made of the settings once and asked for each look."""

    def __init__(self, plan: AlertPlan, outlets: Sequence[Outlet]) -> None:
        self.plan = plan
        self._risks = Matcher([Watch(id=word, any=(word,)) for word in dict.fromkeys(plan.risk)])
        self._tiers: dict[str, int | None] = {}
        for outlet in outlets:
            for key in (outlet.name, *outlet.domains):
                self._tiers.setdefault(key.casefold(), outlet.tier)

    def tier(self, outlet: str, domain: str) -> int | None:
        """The tier of an outlet by its name, else by its domain; None when it is not in the register."""
        key = outlet.casefold()
        return self._tiers[key] if key in self._tiers else self._tiers.get(domain.casefold())

    def risks(self, one: Seen) -> tuple[str, ...]:
        """The risk words that stand in it, as they are declared."""
        return tuple(match.phrase for match in self._risks.match(fold(one.title), fold(one.text)))

    def causes(self, seen: Iterable[Seen], office: Office, risky: Collection[str] = ()) -> list[Cause]:
        """The causes in these signals, one a story: copies are one story. `risky` are stories with an alert for a risk
        word already; when a pickup brings such a story into a great outlet, that is told at the graver level."""
        stories: dict[str, list[Seen]] = {}
        for one in seen:
            if one.published_at is None or one.seen_at - one.published_at <= STALE:
                stories.setdefault(one.story, []).append(one)
        found = [self._cause(copies, office, story in risky) for story, copies in stories.items()]
        return [one for one in found if one]

    def _cause(self, copies: list[Seen], office: Office, risky: bool) -> Cause | None:
        tiers = [(self.tier(one.outlet, one.domain), one) for one in copies]
        great = [(tier, one) for tier, one in tiers if tier is not None and tier <= self.plan.tier]
        words = list(dict.fromkeys(word for one in copies for word in self.risks(one)))
        tier, shown = min(great, key=lambda pair: (pair[0], pair[1].seen_at), default=(None, copies[0]))
        if not words and tier is None:
            return None
        kind = "risk word" if words and not risky else "tier 1"
        if kind == "tier 1" and tier is None:  # the risk of this story was told before
            return None
        grave = "escalate" if tier is not None and (words or risky) else ""
        level = level_of(self.plan, kind, grave)
        return _told(kind, shown, tier=tier, words=words, office=office, level=level, copies=copies)


def _told(
    kind: str, shown: Seen, *, tier: int | None, words: list[str], office: Office, level: str, copies: list[Seen]
) -> Cause:
    outlet = harmless(shown.outlet or shown.domain or "An unknown outlet", 60)
    headline = harmless(shown.title or shown.text, 200)
    why = [f"{outlet} is of tier {tier}: many read it first there."] if tier is not None else []
    if words:
        named = ", ".join(f"“{harmless(word, 40)}”" for word in words[:3])
        why.append(f"It holds {'the risk word' if len(words) == 1 else 'risk words:'} {named}.")
    elif level in ("escalate", "crisis"):
        why.append("A word that you call a risk was found in this story before.")
    where = link(shown.url)
    return Cause(
        kind=kind,
        subject=shown.story,
        slot="",
        level=level,
        title=one_line(f"{outlet}: {headline}"),
        text=told(
            f"{outlet} names us: “{headline}”." + (f"\n{where}" if where else ""),
            " ".join(why),
            acts("", office.on_call, office.names),
        ),
        command=f"commsleads stories --watch {shown.watch} --since {_day(shown.seen_at, office)}",
        caused_at=min(one.seen_at for one in copies),
        owner=office.on_call,
        evidence=tuple(one.id for one in copies[:20]),
    )


def _day(at: datetime, office: Office) -> str:
    return at.astimezone(office.calendar.zone).date().isoformat()
