"""How many of what a goal is about there were in a stretch of time, and how they came to be as many.

A lead counts once, when it first got there; that it fell back later takes nothing away, and is told elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property

from commsleads.contract import Period
from commsleads.facts.card_rows import CardRows
from commsleads.facts.covering import tied
from commsleads.facts.goal_aims import Aim, officers, stages_of
from commsleads.facts.ground import Ground
from commsleads.facts.survey import Survey
from commsleads.plan import Campaign
from commsleads.rules.coverage import naming
from commsleads.rules.desk.counting import Scope, received
from commsleads.rules.desk.touch import SOURCES
from commsleads.rules.goals.shortfall import Came, Step
from commsleads.store import meta
from commsleads.store.desk import cases, enquiries
from commsleads.store.engine import moment, stamp
from commsleads.store.leads import attained
from commsleads.store.leads.attained import Gone
from commsleads.store.leads.figures import kinds_of

NO_CRITERIA = "no criteria are in force, so there are no leads"
SAYS = {
    "qualified leads": "leads that qualified for the first time in the goal's time, whenever they came",
    "engaged leads": "leads that reached their first stage in the goal's time",
    "leads": "leads that were opened in the goal's time",
    "accepted leads": "leads that were accepted for the first time in the goal's time",
    "enquiries": "enquiries received in the goal's time, without duplicates and what was redirected",
    "responses": "the first response of each target to each call to action, and those of nobody knows whom",
    "people who did it": "targets who did what was asked for the first time in the goal's time",
    "stories": "different stories first seen in the goal's time",
}


class Counts:
    """What the goals are counted from. Read once for all of them."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.session = ground.session
        self._going: dict[tuple[str, str], list[Gone]] = {}
        self._cards: dict[str, CardRows] = {}

    # --- since when ------------------------------------------------------------------------------------------------

    @cached_property
    def _begun(self) -> tuple[datetime | None, datetime | None]:
        terms, touch = attained.begun(self.session)
        return moment(terms), moment(touch)

    def since(self, aim: Aim) -> datetime | None:
        """When what the goal is about began to be counted; None where nothing says so."""
        if aim.of_leads:
            return self._begun[0]
        if aim.figure == "enquiries":
            return enquiries.begun(self.session)
        return moment(meta.get(self.session, "since")) if aim.figure == "stories" else None

    def noticed(self, aim: Aim) -> datetime | None:
        """As `since`, but for leads not before the first touch that we know of."""
        return max((at for at in self._begun if at), default=None) if aim.of_leads else self.since(aim)

    @cached_property
    def stages(self) -> frozenset[str]:
        """The stages of the criteria in force."""
        return frozenset(stages_of(self.ground))

    @property
    def counting(self) -> bool:
        """Whether leads are counted at all: criteria are in force."""
        return self._begun[0] is not None and self._begun[0] <= self.ground.now

    def uncounted(self, aim: Aim) -> str:
        """Why nothing counts what this goal is about, '' when it is counted."""
        if aim.of_leads:
            if not self.counting:
                return NO_CRITERIA
            if aim.figure not in SAYS and aim.figure not in self.stages:
                return f"the criteria in force know no stage “{aim.figure}”"
            return ""
        if aim.figure == "enquiries":
            return "" if enquiries.begun(self.session) else "no enquiry was ever logged"
        if aim.figure in ("responses", "people who did it", "stories"):
            unfit = [name for name in ("team", "owner", "source") if getattr(aim, name)]
            if unfit:
                return f"{aim.figure} are of no {unfit[0]}"
            if aim.campaign and aim.campaign not in self._campaigns:
                return f"there is no campaign “{aim.campaign}” any more"
            return (
                "" if aim.figure == "stories" or any(one.ctas for one in self._of(aim)) else "nobody is asked anything"
            )
        return "nobody can tell what is meant"

    # --- how many --------------------------------------------------------------------------------------------------

    def count(self, aim: Aim, start: datetime, end: datetime) -> int:
        """How many in a stretch of time, of what `uncounted` says nothing against."""
        if end <= start:
            return 0
        if aim.figure == "stories":
            return self._stories(aim, Period(start, end))
        return len(self.moments(aim, start, end))

    def moments(self, aim: Aim, start: datetime, end: datetime) -> list[str]:
        """When each of them came, as the rows have it, in no order. Not for stories, which are told by what was seen
        before them."""
        first, after = stamp(start), stamp(end)
        if aim.of_leads:
            got = self._got(aim, self._all(first, after))
            return [got(one) for one in self.leads(aim, start, end)]
        if aim.figure == "enquiries":
            return self._enquiries(aim, start, end)
        return [at for one in self._of(aim) for at in self._did(self._card(one), first, after, aim.figure)]

    def _enquiries(self, aim: Aim, start: datetime, end: datetime) -> list[str]:
        ground = self.ground
        scope = Scope(period=Period(start, end), now=ground.now, calendar=ground.calendar, plan=ground.plan)
        return [
            stamp(one.received_at)
            for one in received(cases.cases(self.session, since=start), scope)
            if aim.campaign in ("", one.campaign)
            and aim.team in ("", one.team or ground.plan.team)
            and aim.owner in ("", one.owner)
            and aim.source in ("", SOURCES.get(one.channel, "not known"))
        ]

    def _stories(self, aim: Aim, period: Period) -> int:
        if aim.campaign:
            return len(tied(self.ground, self._campaigns[aim.campaign], period, ()).now)
        ours = self.ground.ours
        return len(naming(Survey(self.ground, period, (), ours).now, ours))

    @staticmethod
    def _did(read: CardRows, first: str, after: str, figure: str) -> list[str]:
        if figure == "people who did it":
            return [one.at for one in read.did().values() if first <= one.at < after]
        # As on the answer card: whoever did two of the things asked for has given two responses.
        came = [one for cta in read.campaign.ctas for one in (*read.did(cta.id).values(), *read.unknown(cta.id))]
        return [one.at for one in came if first <= one.at < after]

    def _card(self, campaign: Campaign) -> CardRows:
        if campaign.id not in self._cards:
            self._cards[campaign.id] = CardRows(self.ground, campaign)
        return self._cards[campaign.id]

    @cached_property
    def _campaigns(self) -> dict[str, Campaign]:
        return {one.id: one for one in self.ground.campaigns}

    def _of(self, aim: Aim) -> list[Campaign]:
        return [one for one in self._campaigns.values() if aim.campaign in ("", one.id)]

    # --- leads -----------------------------------------------------------------------------------------------------

    def leads(self, aim: Aim, start: datetime, end: datetime) -> list[Gone]:
        """The leads that got there in a stretch of time."""
        first, after = stamp(start), stamp(end)
        got = self._got(aim, self._all(first, after))
        return [one for one in self._theirs(aim, self._all(first, after)) if first <= got(one) < after]

    def by_kind(self, found: Iterable[Gone]) -> tuple[tuple[str, int], ...]:
        """These leads by the kind of the touch that made them one, the most first."""
        openers = [one.opener for one in found]
        kinds = kinds_of(self.session, list(dict.fromkeys(openers)))
        counts = Counter(kinds.get(one, "not known") for one in openers)
        return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))

    def came(self, aim: Aim, start: datetime, end: datetime, *, whole: bool = False) -> Came:
        """How many entered in a stretch of time and how far they came in it. `earlier` ones had entered before.

        With `whole`, the steps between the first and the last are left out.
        """
        first, after = stamp(start), stamp(end)
        rows = self._all(first, after)
        got = self._got(aim, rows)
        theirs = list(self._theirs(aim, rows))
        entered = [one for one in theirs if first <= one.opened < after]
        reached = [one for one in entered if "" < got(one) < after]
        counts: tuple[int, ...] = (len(entered),)
        if aim.figure == "accepted leads" and not whole:
            qualified = [one for one in entered if "" < one.qualified < after]
            reached = [one for one in qualified if "" < got(one) < after]
            counts = (*counts, len(qualified))
        if aim.figure != "leads":
            counts = (*counts, len(reached))
        n = sum(first <= got(one) < after for one in theirs)
        return Came(counts, n - counts[-1])

    @staticmethod
    def steps(aim: Aim, *, whole: bool = False) -> tuple[Step, ...]:
        """The steps of `came`, with what those do who take them."""
        qualified, accepted = Step("qualified", "qualified"), Step("accepted", "were accepted")
        known = {
            "leads": (),
            "qualified leads": (qualified,),
            "engaged leads": (Step("engaged", "were engaged"),),
            "accepted leads": (accepted,) if whole else (qualified, accepted),
        }
        return known.get(aim.figure, (Step(aim.figure, f"reached {aim.figure}"),))

    def everybody(self, aim: Aim) -> bool:
        """Whether the goal is of all leads, whoever owns them: of no one, or of a team that all are of."""
        if aim.owner:
            return False
        return not aim.team or {one.team for one in officers(self.ground)} <= {aim.team}

    def _all(self, first: str, after: str) -> list[Gone]:
        """Those that went anywhere in this time, or in a longer one that was read already: who asks looks when."""
        for (start, end), rows in self._going.items():
            if start <= first and after <= end:
                return rows
        self._going[first, after] = attained.going(self.session, first, after)
        return self._going[first, after]

    def _theirs(self, aim: Aim, rows: list[Gone]) -> Iterable[Gone]:
        """The leads that the goal is about. Of an owner (or their team) are also those offered to them, while nobody
        owns these."""
        rows = [one for one in rows if aim.campaign in ("", one.campaign) and aim.source in ("", one.source)]
        if self.everybody(aim):
            return rows
        whose = {one.id for one in officers(self.ground) if aim.owner in ("", one.id) and aim.team in ("", one.team)}
        offered = attained.offered_to(self.session, [one.id for one in rows if not one.owner])
        return [one for one in rows if (one.owner or offered.get(one.id, "")) in whose]

    def _got(self, aim: Aim, rows: list[Gone]) -> Callable[[Gone], str]:
        """When a lead got to where the goal is; '' for never."""
        if aim.figure == "accepted leads":
            accepted = attained.accepted(self.session, [one.id for one in rows])
            return lambda one: accepted.get(one.id, "")
        if aim.figure == "qualified leads":
            return lambda one: one.qualified
        if aim.figure == "leads":
            return lambda one: one.opened
        if aim.figure == "engaged leads":
            return lambda one: one.engaged
        return lambda one: one.reached.get(aim.figure, "")
