"""What the card of one campaign is made from, read once: rows in, sorted by whose and when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache

from commsleads.facts.ground import Ground
from commsleads.plan import Campaign, TargetGroup
from commsleads.responses import Clicks
from commsleads.rules.clicks.ranges import clicks
from commsleads.rules.periods import midnight
from commsleads.rules.responses import ASIDE, DOUBTS, EXCLUDED, span
from commsleads.store.campaigns import cards as rows
from commsleads.store.campaigns.cards import Came, Clicked, Member
from commsleads.store.campaigns.tallies import AGAIN
from commsleads.store.engine import moment, stamp

NEVER = "9"
"""After every stamp there will be."""


def _day_after(ground: Ground, until: datetime | None) -> str:
    """The first day that is not measured any more; one that is measured in part is measured."""
    return (until - timedelta(microseconds=1)).astimezone(ground.zone).date().isoformat() + "~" if until else NEVER


@lru_cache(maxsize=65_536)
def moment_of(text: str) -> datetime | None:
    """What a stamp says. Remembered, because a whole mailing bears the same."""
    return moment(text)


class CardRows:
    """The rows of one campaign. What is measured lies from `start` to `until`; None is open."""

    def __init__(self, ground: Ground, campaign: Campaign) -> None:
        self.ground = ground
        self.campaign = campaign
        within = span(campaign, ground.zone)  # the one by which responses count
        self.start = within.start.astimezone(UTC) if within.start else None
        self.until = within.late.astimezone(UTC) if within.late else None
        self.upto = min(ground.now, self.until) if self.until else ground.now
        self.since = stamp(self.start) if self.start else ""
        self.before = stamp(self.until) if self.until else NEVER
        first = campaign.starts_on.isoformat() if campaign.starts_on else ""
        self.days = (first, _day_after(ground, self.until))

    # --- targets ---------------------------------------------------------------------------------------------------

    @cached_property
    def groups(self) -> dict[str, TargetGroup]:
        """The groups that the plan declares, by name."""
        return {group.name: group for group in self.campaign.targets}

    @cached_property
    def parts(self) -> dict[str, list[Member]]:
        """The targets known one by one, by group. Those of no group belong to the only group that has no list."""
        found: dict[str, list[Member]] = defaultdict(list)
        for member in rows.members(self.ground.session, self.campaign.id):
            found[member.group].append(member)
        bare = [name for name, group in self.groups.items() if name not in found and not group.control]
        if "" in found and "" not in self.groups and len(bare) == 1:
            found[bare[0]] = found.pop("")
        return dict(found)

    @cached_property
    def controls(self) -> frozenset[str]:
        """Those held back, alone or with their whole group, the excluded among them."""
        whole = {name for name, group in self.groups.items() if group.control}
        return frozenset(
            one.id for name, members in self.parts.items() for one in members if one.control or name in whole
        )

    @cached_property
    def aimed(self) -> dict[str, Member]:
        """Those aimed at: on a list, not excluded, not held back."""
        return {
            one.id: one
            for members in self.parts.values()
            for one in members
            if not one.excluded and one.id not in self.controls
        }

    @cached_property
    def held_back(self) -> frozenset[str]:
        """Those of the control group that would have been written to."""
        controls = self.controls
        return frozenset(
            one.id for members in self.parts.values() for one in members if one.id in controls and not one.excluded
        )

    @cached_property
    def excluded(self) -> frozenset[str]:
        """Those who are not written to, but for the control group."""
        controls = self.controls
        return frozenset(
            one.id for members in self.parts.values() for one in members if one.excluded and one.id not in controls
        )

    # --- responses -------------------------------------------------------------------------------------------------

    @cached_property
    def all_came(self) -> list[Came]:
        """All responses. A click of nobody knows whom stands with the clicks, and is not counted twice."""
        found = rows.responses(self.ground.session, self.campaign.id)
        return [one for one in found if one.target or one.kind != "click"]

    @cached_property
    def came(self) -> list[Came]:
        """Those of the measured time that count, oldest first."""
        return [one for one in self.all_came if one.counts and self._measured(one)]

    @cached_property
    def doubtful(self) -> list[Came]:
        """Those of the measured time that count only when a person says so."""
        return [one for one in self.all_came if not one.counts and self._measured(one) and one.why.startswith(DOUBTS)]

    def _measured(self, one: Came) -> bool:
        return self.since <= one.at < self.before

    def outside(self, cta: str) -> int:
        """Responses that did it and came before the start or after the measured time; those set aside left out."""
        return sum(
            one.cta == cta and bool(one.did) and not self._measured(one) and not one.why.startswith(ASIDE)
            for one in self.all_came
        )

    def left_out(self, cta: str) -> int:
        """Different targets who were excluded and did it in the measured time nevertheless, or before they were."""
        whose = {
            one.target
            for one in self.all_came
            if one.cta == cta and one.did and (one.counts or one.why.startswith(EXCLUDED)) and self._measured(one)
        }
        return sum(one in self.excluded for one in whose)

    def did(self, cta: str | None = None, *, but: str = "") -> dict[str, Came]:
        """The first response that did it of each target, for one call to action or any; `but` leaves out one kind."""
        found: dict[str, Came] = {}
        for one in self.came:
            if one.did and one.target and cta in (None, one.cta) and one.kind != but:
                found.setdefault(one.target, one)
        return found

    def unknown(self, cta: str | None = None) -> list[Came]:
        """The responses that did it and of which nobody knows whose they are."""
        return [one for one in self.came if one.did and not one.target and cta in (None, one.cta)]

    # --- clicks ----------------------------------------------------------------------------------------------------

    @cached_property
    def clicked(self) -> list[Clicked]:
        """The clicks, summed; those on traps are left out, because no person sees one."""
        found = rows.clicks(self.ground.session, self.campaign.id, *self.days)
        return [one for one in found if not one.trap]

    @cached_property
    def personal(self) -> dict[str, int]:
        """Links by person, by call to action."""
        return rows.personal_links(self.ground.session, self.campaign.id)

    @cached_property
    def clicks_by_day(self) -> dict[str, list[tuple[datetime, int]]]:
        """Clicks by people in the measured time, by call to action."""
        found: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
        for cta, at, n in rows.click_days(self.ground.session, self.campaign.id, *self.days):
            found[cta].append((midnight(date.fromisoformat(at), self.ground.zone), n))
        return found


def clicks_of(clicked: Iterable[Clicked]) -> Clicks:
    """The range for these clicks."""
    counts: Counter[str] = Counter()
    for one in clicked:
        counts[one.verdict] += one.n
    return clicks(counts)


def again_of(clicked: Iterable[Clicked]) -> int:
    """How many of these were the same click once more."""
    return sum(one.n for one in clicked if one.verdict == AGAIN)
