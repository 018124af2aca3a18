"""Goals, and how each stands: so far, expected by now, where it ends if it goes on so, and why it is behind."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime, timedelta

from commsleads.contract import Period
from commsleads.facts.cards import goal_of, measured
from commsleads.facts.goal_aims import Aim, aims
from commsleads.facts.goal_counts import SAYS, Counts
from commsleads.facts.goal_values import GoalLine
from commsleads.facts.ground import Ground
from commsleads.rules.campaigns.pace import Pace
from commsleads.rules.goals.progress import Span, hidden, sentence, span, standing
from commsleads.rules.goals.shortfall import Came, Diagnosis, diagnosis, unknown
from commsleads.rules.periods import midnight
from commsleads.store.engine import stamp

ORDER = {"running": 0, "over": 1, "not begun": 2, "": 3}
MOST_WEEKS = 106
"""Two years: what is longer is drawn as far as that."""
OURS = "it is of some of our people, and a lead is nobody's before it is handed over"
NO_BASIS = "the goal does not say how many leads it takes, and what came before it was not counted"


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted for a goal. `n` is None where nothing counts it, for `why`."""

    n: int | None
    within: int | None
    says: str
    why: str = ""
    by_kind: tuple[tuple[str, int], ...] = ()


def goals(ground: Ground, period: Period | None = None) -> list[GoalLine]:
    """The goals that a period touches, all when none is named. Those that run first, then by end and id."""
    counts = Counts(ground)
    found = []
    for aim in aims(ground):
        time = span(aim.starts_on, aim.ends_on, ground.zone, ground.now)
        if period is None or _meets(time, period):
            found.append(_line(counts, aim, time, period))
    return sorted(found, key=lambda one: (ORDER[one.state], str(one.ends_on), one.id))


def _meets(time: Span, period: Period) -> bool:
    return (time.start is None or time.start < period.end) and (time.end is None or period.start < time.end)


def _line(counts: Counts, aim: Aim, time: Span, period: Period | None) -> GoalLine:
    ground = counts.ground
    found = _counted(counts, aim, time, period)
    pace = standing(found.n, aim.n, time, ground.now, since=counts.since(aim), why=found.why)
    since = counts.noticed(aim) if time.start else None
    late = since if since and time.start and since > time.start else None
    return GoalLine(
        id=aim.id,
        name=aim.name,
        origin=aim.origin,
        n=aim.n,
        of=aim.what,
        counts=found.says,
        campaign=aim.campaign,
        team=aim.team,
        owner=aim.owner,
        source=aim.source,
        starts_on=aim.starts_on,
        ends_on=aim.ends_on,
        leads=aim.leads,
        relevant=aim.relevant,
        reachable=aim.reachable,
        state=time.state,
        days=time.days,
        day=time.day,
        reached=found.n,
        in_period=found.within,
        pace=pace,
        counted_from=late,
        by_kind=found.by_kind,
        course=_course(counts, aim, time) if found.n is not None else (),
        diagnosis=_why(counts, aim, time, pace),
        sentence=sentence(pace, aim.what, time, late),
        query=_query(ground, aim, time),
    )


def _counted(counts: Counts, aim: Aim, time: Span, period: Period | None) -> Counted:
    if not aim.figure:
        return _on_card(counts, aim)
    if why := counts.uncounted(aim):
        return Counted(None, None, SAYS.get(aim.figure, ""), why)
    start, end = time.start, time.until
    if start is None:
        return Counted(None, None, "", "nobody said when it begins")
    says = SAYS.get(aim.figure, f"leads that reached {aim.figure} for the first time in the goal's time")
    # The whole time first: what is asked of a part of it is answered from the same rows.
    found = counts.leads(aim, start, end) if aim.of_leads and start < end else []
    n = len(found) if aim.of_leads else counts.count(aim, start, end)
    within = None
    if period is not None:
        within = counts.count(aim, max(start, period.start), min(end, period.end))
    return Counted(n, within, says, by_kind=counts.by_kind(found) if aim.of_leads else ())


def _course(counts: Counts, aim: Aim, time: Span) -> tuple[tuple[datetime, int], ...]:
    """How many there were by the end of each week. Stories are left out: which are new hangs on those before them."""
    if not aim.figure or aim.figure == "stories" or time.start is None or time.until <= time.start:
        return ()
    came = sorted(counts.moments(aim, time.start, time.until))
    ends: list[datetime] = []
    day = time.start.astimezone(counts.ground.zone).date()
    while len(ends) < MOST_WEEKS and (not ends or ends[-1] < time.until):
        day += timedelta(days=7)
        ends.append(min(midnight(day, counts.ground.zone), time.until))
    return tuple((end, bisect_left(came, stamp(end))) for end in ends)


def _on_card(counts: Counts, aim: Aim) -> Counted:
    """A campaign's goal in words of its own, counted as its answer card does it: to date, over the campaign's time."""
    campaign = next(one for one in counts.ground.campaigns if one.id == aim.campaign)
    n, says = goal_of(campaign, measured(counts.ground, campaign).ctas)
    return Counted(n, None, says if n is not None else "", "" if n is not None else says)


# --- why -----------------------------------------------------------------------------------------------------------


def _why(counts: Counts, aim: Aim, time: Span, pace: Pace) -> Diagnosis:
    """Held against what the goal says that it takes, else against the same length of time before."""
    n = pace.n
    if n is None or pace.word == "not begun":
        return unknown(pace.why or "the time for it has not begun", n)
    if not aim.of_leads:
        return unknown(f"nothing is known that {aim.what} are made of", n)
    start, end = time.start, time.until
    if start is None or end <= start:
        return unknown("it has no time yet", n)
    if not counts.everybody(aim) and aim.figure != "leads":
        return unknown(OURS, n)
    if why := hidden(time, counts.since(aim)):
        return unknown(why, n)
    if time.share is not None and (aim.leads is not None or aim.figure == "leads"):
        share = time.share
        actual = counts.came(aim, start, end, whole=True)
        planned = (aim.n * share,) if aim.figure == "leads" else ((aim.leads or 0) * share, aim.n * share)
        than = "the goal asks for" if time.state == "over" else "the goal expects by now"
        steps = counts.steps(aim, whole=True)
        return diagnosis(aim.what, steps, actual, Came(planned), basis="goal", than=than)
    return _against_before(counts, aim, start, end)


def _against_before(counts: Counts, aim: Aim, start: datetime, end: datetime) -> Diagnosis:
    earlier, since = start - (end - start), counts.noticed(aim)
    actual = counts.came(aim, start, end)
    if since is None or since > earlier:
        return unknown(NO_BASIS, int(actual.n))
    days = round((end - start).total_seconds() / 86_400)
    length = (
        f"{days:,} days" if days > 1 else "day" if days == 1 else f"{(end - start).total_seconds() / 3600:.0f} hours"
    )
    before = counts.came(aim, earlier, start)
    return diagnosis(
        aim.what, counts.steps(aim), actual, before, basis="before", than=f"in the {length} before the goal began"
    )


def _query(ground: Ground, aim: Aim, time: Span) -> str:
    """The command that lists the rows, where there is one."""
    if aim.figure in ("responses", "people who did it") or not aim.figure:
        return f"commsleads campaign show {aim.campaign}" if aim.campaign else "commsleads campaign list"
    if time.start is None:
        return ""
    period = Period(time.start, time.end or ground.now)
    if aim.figure == "stories":
        return ground.command("stories", period, campaign=aim.campaign)
    if aim.figure == "enquiries":
        return f"commsleads enquiry list --all --since {aim.starts_on} --limit 0"
    if aim.figure not in ("leads", "qualified leads"):
        return ""
    source = f'"{aim.source}"' if aim.source else ""
    what = "lead list" if aim.figure == "leads" else "lead list --qualified"
    return ground.command(what, period, campaign=aim.campaign, owner=aim.owner or aim.team, source=source)
