"""A lead told from its log: the one place that says how touches, acts, criteria and the clock make a lead.

Everything is read in the order in which we knew of it; at the same moment terms come first, then touches, then acts,
then what the clock does, so that an answer in the minute in which it is due is in time. A later version of a touch
replaces the one before it, and the judgement is made again over all touches in force; so it is when the criteria
change. What follows is written as moves, which are never taken back: as of any day the moves are those that were told
on that day.

Total: any rows give a lead. What makes no sense is without effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from operator import itemgetter

from commsleads.journey import Act, Lead, Touch
from commsleads.rules.leads import reasons
from commsleads.rules.leads.handoff import UNMOVED, Cause, Handoff, assigned
from commsleads.rules.leads.judge import judge
from commsleads.rules.leads.judged import LONG_AGO, View
from commsleads.rules.leads.log import Log, in_force, laid_out
from commsleads.rules.leads.people import in_order
from commsleads.rules.leads.terms import Terms
from commsleads.rules.leads.view import unjudged, viewed

Row = Touch | Act | Terms


def told(
    contacts: Iterable[str], touches: Iterable[Touch], acts: Iterable[Act], terms: Iterable[Terms], now: datetime
) -> Lead:
    """The lead that these contacts are at a moment.

    Rows that were known later are left out, so the same rows give every view as of a day. The order in which rows are
    given does not matter. What was known before there were any terms is judged when the first come.
    """
    rows = [touch for touch in touches if touch.learned <= now]
    done = [act for act in acts if act.at <= now]
    people = in_order(contacts, rows)
    switched = sorted((one for one in terms if one.at <= now), key=lambda one: (one.at, one.number, one.revision))
    if not switched:
        return unjudged(people, in_force(rows))
    start = switched[0].at
    fold = _Fold(switched[0])
    fold.begin(laid_out((row for row in rows if row.learned < start), (act for act in done if act.at < start)))
    for known, row in _ordered(rows, done, switched[1:], start):
        fold.read(known, row)
    fold.settle_waiting()
    fold.handoff.pass_to(now)
    handoff = fold.handoff
    # They hold each other, and a hundred thousand leads would leave circles for the collector of garbage to look for.
    del fold.handoff
    return viewed(people, fold.log, handoff, now, reached=fold.reached, qualified=fold.qualified)


def _ordered(
    touches: Iterable[Touch], acts: Iterable[Act], terms: Iterable[Terms], start: datetime
) -> Iterator[tuple[datetime, Row]]:
    """All rows from a moment on, with when we knew of them, in the order in which we did."""
    log: list[tuple[datetime, int, datetime, int, str, int, Row]]
    log = [(row.learned, 1, row.at, 0, row.id, row.version, row) for row in touches if row.learned >= start]
    log += [(act.at, 2, act.at, act.number, act.id, 0, act) for act in acts if act.at >= start]
    log += [(one.at, 0, one.at, one.number, "", one.revision, one) for one in terms]
    log.sort(key=itemgetter(0, 1, 2, 3, 4, 5))
    return ((known, row) for known, _, _, _, _, _, row in log)


class _Waiting:
    """Versions of touches that came at one moment, and are judged together: from which place, and the last of them.

    `asks` are the qualified stages of whose sort one of them is and was not; `counted` says that one counts now.
    """

    __slots__ = ("asks", "counted", "place", "touch")

    def __init__(self, place: int, touch: Touch) -> None:
        self.place = place
        self.touch = touch
        self.asks = 0
        self.counted = False


class _Fold:
    """A log while it is read, from the first terms on."""

    def __init__(self, terms: Terms) -> None:
        self.log = Log(judge(terms.criteria))
        self.handoff = Handoff(terms, self._chosen)
        self.reached: dict[str, datetime] = {}
        self.qualified: dict[str, datetime] = {}
        self.standing: frozenset[str] = frozenset()
        self.noted: dict[int, datetime] = {}
        self.stage_at = LONG_AGO
        self.waiting: _Waiting | None = None

    # --- reading ------------------------------------------------------------------------------------------------

    def begin(self, early: Iterable[Touch | Act]) -> None:
        """What was known before the first terms is judged one by one, and known with them."""
        for row in early:
            self._take(row)

    def read(self, known: datetime, row: Row) -> None:
        """Reads one row of the log."""
        is_version = isinstance(row, Touch) and row.id in self.log
        if self.waiting is not None and (not is_version or known != self.handoff.known):
            self.settle_waiting()
        self.handoff.read_to(known)
        if isinstance(row, Terms):
            self._switch(row)
        elif isinstance(row, Touch) and is_version:
            self._replace(row)
        else:
            self._take(row)

    def _take(self, row: Touch | Act) -> None:
        if isinstance(row, Touch):
            shape = self.log.add(row).shape
            if self.log.judged.times is self.noted and self.handoff.status in UNMOVED:
                self._note_last()  # as most touches: they give points, and nothing else follows
                return
            qualifies = bool(shape.when & self.log.judged.met & self.log.judge.qualified)
            self._settle(row, anew=qualifies, counted=shape.counts)
        elif row.verb == "stage":
            self.log.put(row)
            self.handoff.tend()
            self._settle(row)
        else:
            self.handoff.act(row)

    def _replace(self, touch: Touch) -> None:
        changed = self.log.replace(touch)
        if changed is None:
            return
        place, old, new = changed
        waiting = self.waiting = self.waiting or _Waiting(place, touch)
        waiting.place, waiting.touch = min(place, waiting.place), touch
        waiting.asks |= new.shape.when & ~old.shape.when & self.log.judge.qualified
        waiting.counted |= new.shape.counts and not old.shape.counts

    def settle_waiting(self) -> None:
        """Judges again from the first touch that was replaced."""
        waiting, self.waiting = self.waiting, None
        if waiting is not None:
            self.log.judge_from(waiting.place)
            # As with a new touch: a stage that asks for another touch before it is not met by this one alone.
            qualifies = bool(waiting.asks & self.log.judged.met)
            self._settle(waiting.touch, anew=qualifies, counted=waiting.counted)

    def _switch(self, terms: Terms) -> None:
        """Other terms come into force; on another ground alone nothing is judged again."""
        was, self.handoff.terms = self.handoff.terms, terms
        if was.criteria != terms.criteria:
            self.log.switch(judge(terms.criteria))
            self._settle(terms)

    # --- what follows -------------------------------------------------------------------------------------------

    def _settle(self, by: Row, *, anew: bool = False, counted: bool = False) -> None:
        """Writes down what follows from the judgement as it is now."""
        log, handoff = self.log, self.handoff
        self._note_last()
        if log.judged.opened is None and not handoff.status:
            return
        cause = _cause(by)
        if not handoff.status:
            terms = handoff.terms
            handoff.open(reasons.opened(log.opener, terms.criteria.reading, terms.ground.zone), cause)
        if log.judged.stage != handoff.stage:
            self._move_stage(by, cause)
        if log.judged.times is not self.noted:
            self._note_reached(by)
        handoff.judge(log.judged.qualified, cause, touch=isinstance(by, Touch), anew=anew, counted=counted)

    def _note_last(self) -> None:
        last = self.log.last
        self.handoff.last_at = last.at if last is not None and self.log.judged.opened is not None else None

    def _move_stage(self, by: Row, cause: Cause) -> None:
        """The stage is another: forward from when it was reached, back from when we knew."""
        judged, handoff = self.log.judged, self.handoff
        came_from, handoff.stage = handoff.stage, judged.stage
        up = judged.current > judged.judge.places.get(came_from, -1)
        at = handoff.known
        if isinstance(by, Touch) and up:
            at = max(judged.times[judged.current], self.stage_at)
        self.stage_at = at
        moment = max(at, judged.moment)
        view, given = judged.standing(moment)
        gave = tuple((one.rule, one.points, one.touches) for one in given if one.points)
        why = self._why(by, came_from, judged.current if up else -1, view)
        handoff.move("stage", came_from, judged.stage, why, cause, at=at, gave=gave)

    def _why(self, by: Row, came_from: str, reached: int, view: View) -> str:
        if isinstance(by, Act):
            return reasons.set_by(by)
        judged, zone = self.log.judged, self.handoff.terms.ground.zone
        said = f"under criteria {by.number}" if isinstance(by, Terms) else f"by {reasons.came(by, zone)}"
        points = reasons.standing(*judged.named(view))
        if reached < 0:
            return reasons.fell(said, came_from, points)
        return reasons.rose(said, judged.judge.criteria.stages[reached].says, points)

    def _note_reached(self, by: Row) -> None:
        """When each stage was reached first.

        Who falls back because other criteria or one of us say so had been there all the same, and stays counted. What
        falls with a touch that was taken back, or known better, never was.
        """
        judged, stages = self.log.judged, self.log.judge.stages
        self.noted = judged.times
        names = frozenset(stages[place] for place in judged.times)
        if isinstance(by, Touch):
            for lost in self.standing - names:
                self.reached.pop(lost, None)
                self.qualified.pop(lost, None)
        if judged.opened is None:
            self.reached, self.qualified = {}, {}
        self.standing = names
        for place, at in sorted(judged.times.items()):
            since = self.handoff.known if isinstance(by, Terms) else at
            self.reached.setdefault(stages[place], since)
            if judged.judge.qualified >> place & 1:
                self.qualified.setdefault(stages[place], since)

    def _chosen(self) -> str:
        """To whom it goes by assignment: what is known of the person, and the marks of the newest touch, decide."""
        log, opener = self.log, self.log.opener
        marks = log.judged.marks
        last = log.last
        if last is not None and isinstance(last.row, Touch):
            marks |= frozenset(last.row.marks.split())
        campaign, source = (opener.campaign, opener.source) if opener is not None else ("", "")
        return assigned(self.handoff.terms, log.judged.stage, campaign, source, marks)


def _cause(by: Row) -> Cause:
    """What brought a change, and who."""
    if isinstance(by, Touch):
        return Cause(f"touch {by.id}")
    if isinstance(by, Act):
        return Cause(f"act {by.id}", by.by)
    return Cause(f"criteria {by.number}", by.by)
