"""The story of one lead, told from what was said of it: stages, whose turn it was, offers and their answers.

As `tests.leadtruth`, by other means than the program's: after each thing that became known everything said until then
is judged from the beginning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.leadhouse import House
from tests.leadtruth import Deed, Known, Offered, Paper, Told, judge, length, meets, met

RESTING = ("rejected", "recycled", "closed", "faded", "lapsed")
FADING = ("new", "lapsed", "rejected", "recycled")
CAN = {
    "accept": ("offered", "lapsed"),
    "reject": ("offered", "lapsed"),
    "recycle": ("new", "offered", "lapsed", "accepted", "rejected"),
    "assign": ("new", "offered", "lapsed", "accepted", "recycled"),
    "close": ("new", "offered", "lapsed", "accepted", "rejected", "recycled"),
    "reopen": ("lapsed", "rejected", "recycled", "closed", "faded"),
}
"""In which status each act makes sense, as the commands say."""


def story(
    who: Sequence[str],
    said: Sequence[Known],
    deeds: Sequence[Deed],
    papers: Sequence[Paper],
    house: House,
    *,
    now: datetime,
) -> Told:
    """The lead of these people at a moment."""
    told = _Story(house)
    log: list[tuple[datetime, int, datetime, int, str, Paper | Known | Deed]] = [
        (one.at, 0, one.at, one.number, "", one) for one in papers if one.at <= now
    ]
    # A touch does not happen after we knew of it, whatever it says.
    touches = [one._replace(at=min(one.at, one.learned)) for one in said if one.who in who and one.learned <= now]
    log += [(one.learned, 1, one.at, 0, one.id, one) for one in touches]
    log += [(one.at, 2, one.at, one.number, "", one) for one in deeds if one.lead in who and one.at <= now]
    log.sort(key=lambda row: row[:5])
    for known, *_, thing in log:
        told.until(known)
        told.now = known
        told.hear(thing)
    told.until(now, included=True)
    lead = told.lead
    firsts = {one: min((x.learned, x.at) for x in touches if x.who == one) for one in {x.who for x in touches}}
    order = sorted(firsts, key=lambda one: (*firsts[one], one))
    if lead.opened is not None:  # nothing was reached before there was a lead
        lead.reached = {stage: max(at, lead.opened) for stage, at in lead.reached.items()}
        lead.qualified_at = max(lead.qualified_at, lead.opened) if lead.qualified_at else None
    lead.id, lead.who = (order[0] if order else min(who)), tuple(who)
    return lead


class _Story:
    """What is known while the log is read."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.lead = Told(id="", who=(), status="")
        self.paper: Paper | None = None
        self.items: list[Known | Deed] = []
        self.now = datetime.min.replace(tzinfo=UTC)
        self.last_stage_at: datetime | None = None
        self.stood: set[str] = set()
        self.qualified: dict[str, datetime] = {}
        self.cared: datetime | None = None

    # --- what is heard -----------------------------------------------------------------------------------------------

    def hear(self, thing: Paper | Known | Deed) -> None:
        """One more thing became known."""
        if isinstance(thing, Paper):
            self.paper = thing
            self.judged(thing, fresh=False, counted=False)
        elif isinstance(thing, Deed):
            if thing.verb == "stage":
                if self.lead.status:
                    self.cared = self.now
                if self.lead.opened is not None:
                    self.items.append(thing)
                    self.judged(thing, fresh=False, counted=False)
            else:
                self.act(thing)
        else:
            before = next((one for one in self.items if isinstance(one, Known) and one.id == thing.id), None)
            if before is None:
                self.items.append(thing)
            else:
                self.items[self.items.index(before)] = thing
                if before._replace(learned=thing.learned) == thing:
                    return
            real, was = thing.counts and thing.kind != "known", before is not None and before.counts
            asks = self.asks(thing) - (self.asks(before) if before else set())
            self.judged(thing, fresh=any(met(self.items, place, self.says) for place in asks), counted=real and not was)

    @property
    def says(self) -> Mapping[str, Any]:
        """The criteria in force."""
        assert self.paper
        return self.paper.says

    def asks(self, one: Known) -> set[int]:
        """The qualified stages of whose sort a touch is."""
        return {
            place
            for place, stage in enumerate(self.says["stages"])
            if one.counts and stage.get("qualified", True) and meets(stage["when"], one)
        }

    def judged(self, thing: Paper | Known | Deed, *, fresh: bool, counted: bool) -> None:
        """Everything is judged anew; what follows for stage and status."""
        lead, stages = self.lead, self.says["stages"]
        verdict = lead.verdict = judge(self.items, self.says)
        lead.touches = [one for one in self.items if isinstance(one, Known) and one.counts and one.kind != "known"]
        named = [one for one in self.items if isinstance(one, Known) and one.outlet]
        lead.outlet = max(named, key=lambda one: one.at).outlet if named else ""
        lead.opened = verdict.opened
        lead.opener = next((one for one in lead.touches if one.id == verdict.opener), None)
        if verdict.opened is not None and not lead.status:
            self.become("new")
        self.been(thing)
        names = [stage["id"] for stage in stages]
        stage = names[verdict.stage] if verdict.stage >= 0 else ""
        if stage != lead.stage and lead.status:
            up = verdict.stage > (names.index(lead.stage) if lead.stage in names else -1)
            at = self.now
            if up and isinstance(thing, Known):
                at = max(verdict.reached[verdict.stage], self.last_stage_at or verdict.reached[verdict.stage])
            self.last_stage_at = at
            lead.moves.append((at, "stage", lead.stage, stage))
            lead.stage = stage
        was = lead.qualified
        lead.qualified = verdict.stage >= 0 and stages[verdict.stage].get("qualified", True)
        if lead.status:
            self.turn(was, by_touch=isinstance(thing, Known), fresh=fresh, counted=counted)

    def been(self, thing: Paper | Known | Deed) -> None:
        """When each stage was reached first. What fell with a touch never was; what others say later was so."""
        lead, stages = self.lead, self.says["stages"]
        stands = {stages[place]["id"]: (place, at) for place, at in lead.verdict.reached.items()}
        for stage in self.stood - set(stands) if isinstance(thing, Known) else ():
            lead.reached.pop(stage, None)
            self.qualified.pop(stage, None)
        if lead.opened is None:
            lead.reached, self.qualified = {}, {}
        for stage, (place, at) in stands.items():
            since = self.now if isinstance(thing, Paper) else at
            lead.reached.setdefault(stage, since)
            if stages[place].get("qualified", True):
                self.qualified.setdefault(stage, since)
        self.stood = set(stands)
        lead.qualified_at = min(self.qualified.values(), default=None)

    def turn(self, was: bool, *, by_touch: bool, fresh: bool, counted: bool) -> None:
        """Whose turn it is after a judgement."""
        lead = self.lead
        if lead.status == "offered" and not lead.qualified:
            self.answer("withdrawn", "commsleads")
            self.become("new")
        elif (lead.qualified and not was and (lead.status == "new" or (by_touch and lead.status in RESTING))) or (
            lead.qualified and fresh and lead.status in RESTING
        ):
            self.offer()
        if lead.status == "faded" and counted and lead.opened is not None:
            self.become("new")

    # --- what people do ----------------------------------------------------------------------------------------------

    def act(self, deed: Deed) -> None:
        """Somebody did something; what makes no sense has no effect."""
        lead = self.lead
        if lead.status and deed.verb == "note":
            self.cared = self.now
        if not lead.status or lead.status not in CAN.get(deed.verb, ()):
            return
        self.cared = self.now
        if deed.verb == "accept":
            self.answer("accepted", deed.by)
            self.become("accepted")
            self.own(deed.to or deed.by)
        elif deed.verb == "reject":
            self.answer("rejected", deed.by, deed.reason)
            self.become("rejected")
        elif deed.verb == "recycle":
            self.answer("recycled", deed.by, deed.reason)
            self.become("recycled")
            lead.wakes = deed.until
        elif deed.verb == "close":
            self.answer("closed", deed.by)
            self.become("closed")
            lead.outcome = deed.to
        elif deed.verb == "reopen":
            self.back()
        elif lead.status == "offered":
            self.answer("withdrawn", deed.by)
            self.line(self.house.named(deed.to))
        else:
            self.own(self.house.named(deed.to))

    def own(self, owner: str) -> None:
        if owner != self.lead.owner:
            self.lead.moves.append((self.now, "owner", self.lead.owner, owner))
            self.lead.owner = owner

    def back(self) -> None:
        """Somebody's turn again, or nobody's."""
        if self.lead.qualified:
            self.offer()
        else:
            self.become("new")

    def become(self, status: str) -> None:
        lead = self.lead
        lead.moves.append((self.now, "status", lead.status, status))
        lead.status, lead.status_at, lead.wakes, lead.outcome = status, self.now, None, ""

    # --- offers ------------------------------------------------------------------------------------------------------

    def offer(self) -> None:
        """To the owner; else to whom the criteria say."""
        self.become("offered")
        self.line(self.lead.owner or self.assigned())

    def assigned(self) -> str:
        lead, handoff = self.lead, self.says["handoff"]
        newest = max(lead.touches, key=lambda one: one.at) if lead.touches else None
        for one in reversed(lead.touches):
            if newest is not None and one.at == newest.at:
                newest = one
                break
        marks = lead.verdict.marks | (newest.marks if newest else frozenset())
        opener = lead.opener
        for rule in handoff.get("assign", []):
            if (
                lead.stage in rule.get("stage", [lead.stage])
                and (opener and opener.campaign) in rule.get("campaign", [opener and opener.campaign])
                and (opener and opener.source) in rule.get("source", [opener and opener.source])
                and set(rule.get("having", [])) <= marks
            ):
                return self.house.named(rule["to"]) or self.house.named(handoff["to"])
        return self.house.named(handoff["to"])

    def line(self, to: str, *, escalated: bool = False) -> None:
        hours = length(self.says["handoff"]["answer_within"]) / timedelta(hours=1)
        due = self.house.later(self.now, hours)
        self.lead.offers.append(Offered(at=self.now, to=to, due=due, stage=self.lead.stage, escalated=escalated))

    def answer(self, answer: str, by: str, reason: str = "") -> None:
        if self.lead.status == "offered":
            line = self.lead.offers[-1]
            line.answer, line.answered, line.by, line.reason = answer, self.now, by, reason

    # --- the clock ---------------------------------------------------------------------------------------------------

    def until(self, moment: datetime, *, included: bool = False) -> None:
        """What the clock does before a moment (or up to it)."""
        while True:
            coming = [one for one in self.coming() if one[0] < moment or (included and one[0] == moment)]
            if not coming:
                return
            self.now, what = min(coming)
            lead = self.lead
            if what == "lapses":
                line = lead.offers[-1]
                other = self.house.named(self.says["handoff"].get("escalate_to", ""))
                self.answer("lapsed", "commsleads")
                if other and other != line.to and not line.escalated:
                    self.line(other, escalated=True)
                else:
                    self.become("lapsed")
            elif what == "a wakes":
                self.cared = self.now
                self.back()
            else:
                self.become("faded")

    def coming(self) -> list[tuple[datetime, str]]:
        """What the clock will do, if nothing else happens."""
        lead, found = self.lead, list[tuple[datetime, str]]()
        if not self.paper:
            return found
        if lead.status == "offered":
            found.append((max(self.now, lead.offers[-1].due), "lapses"))
        if lead.status == "recycled" and lead.wakes:
            found.append((max(self.now, lead.wakes), "a wakes"))
        elif lead.status in FADING and lead.opened is not None and lead.touches:
            last = max(self.cared or datetime.min.replace(tzinfo=UTC), *(one.at for one in lead.touches))
            found.append((max(self.now, last + length(self.says["handoff"]["fades"])), "fades"))
        return found
