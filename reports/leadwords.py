"""Leads in words: for their own report, the digest and the card, so that all say the same.

Leads are named by the beginning of their id: reports go to people of whom nobody knows who they are, and the name of a
journalist stands in none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any

from commsleads.reports.cardwords import between, pace_words, so_far_words
from commsleads.reports.wording import day, lasted, line, listed, moment, number, percent
from commsleads.reports.words import say

SHORT = 8
"""Letters of a lead's id: enough to find it by."""
SOON = timedelta(hours=48)
NAMED = 3
"""Leads that one bullet names; the others are counted."""
ENQUIRY = ("enquiry",)
BY_CTA = ("reply", "form", "click")
"""Kinds of touches that made a lead, by how the digest tells them apart."""

Need = tuple[str, str, str]


# --- figures -------------------------------------------------------------------------------------------------------


def share_cell(share: Any, nothing: str = "–") -> str:
    """A share for a narrow cell: `3 of 5 (23–88%)`; of nothing a dash."""
    if not share.n:
        return nothing
    return f"{number(share.k)} of {number(share.n)} ({between(share.low, share.high)})"


def share_line(share: Any, nothing: str) -> str:
    """`3 of 5 (60%, 95% interval 23–88%)`, or `cannot tell` and why."""
    if not share.n:
        return say("rate-cannot-tell", why=nothing)
    ends = between(share.low, share.high)
    return say("rate-long", k=share.k, n=share.n, rate=percent(share.value), between=ends)


def wait_of(wait: Any, nothing: str, what: str) -> tuple[str, str]:
    """A median and what it rests on. `what` is what has not happened yet to the others: qualified."""
    if not wait.n:
        return "cannot tell", nothing
    going = wait.n - wait.events
    of = f"of {number(wait.n)}, {f'{number(going)} not {what} so far' if going else f'all {what}'}"
    if wait.median is None:
        return "no median yet", f"more than half are not {what}: {number(wait.events)} of {number(wait.n)} are"
    return lasted(wait.median), "; ".join(part for part in (interval_of(wait), of) if part)


def interval_of(wait: Any) -> str:
    """The interval of a median; of few leads its upper end may lie beyond what was seen."""
    if wait.low is None:
        return ""
    low = lasted(wait.low)
    return f"95% interval {low} to {lasted(wait.high)}" if wait.high is not None else f"95% interval {low} or more"


def wait_cell(wait: Any) -> str:
    """A median for a narrow cell."""
    if not wait.n:
        return "–"
    return lasted(wait.median) if wait.median is not None else "none yet"


# --- names ---------------------------------------------------------------------------------------------------------


def lead_of(lead: str) -> str:
    """What a lead is called in a list."""
    return say("lead-called", lead=lead[:SHORT])


def officer_of(leads: Any, who: str) -> str:
    """The name of one of our people; `nobody` of nobody."""
    return line(dict(leads.officers).get(who, who), 60) or say("nobody")


def campaign_of(leads: Any, campaign: str) -> str:
    """The name of a campaign."""
    return line(dict(leads.campaigns).get(campaign, campaign), 60)


def kinds_line(by_kind: Sequence[tuple[str, int]]) -> str:
    """`6 by an enquiry, 2 by a call to action, 1 otherwise`: never added up to something else."""
    enquiry, cta, other = kinds_of(by_kind)
    return say("kinds", enquiry=enquiry, cta=cta, other=other)


def kinds_of(by_kind: Sequence[tuple[str, int]]) -> tuple[int, int, int]:
    """How many leads were made by an enquiry, by a call to action, and otherwise."""
    enquiry = sum(n for kind, n in by_kind if kind in ENQUIRY)
    cta = sum(n for kind, n in by_kind if kind in BY_CTA)
    return enquiry, cta, sum(n for _, n in by_kind) - enquiry - cta


# --- sentences -----------------------------------------------------------------------------------------------------


def lead_state(leads: Any) -> str:
    """Under which criteria leads are counted, for the line under the head."""
    if leads.criteria is None:
        return "no criteria in force"
    return f"criteria {number(leads.criteria.number)}, {leads.criteria.reading} reading"


def not_yet(leads: Any) -> str:
    """Why nothing is counted, in a sentence; '' when something is."""
    if leads.criteria is None:
        return say("leads-no-criteria")
    if not leads.ever:
        return say("leads-nobody", n=leads.criteria.number)
    if leads.early:
        return say("leads-early")
    return ""


def reading_line(leads: Any) -> str:
    """How many the other reading would count, in one sentence."""
    found = leads.reading
    if found.reading == "US":
        if not found.n:
            return say("reading-us-none")
        parts = _parts(("clicked", found.clicked), ("machine", found.doubtful))
        return say(
            "reading-us", opened=say("n-leads", n=found.n), fewer=found.fewer, why=f" ({parts})" if parts else ""
        )
    parts = _parts(("clicked", found.clicked), ("doubtful", found.doubtful), ("named", found.named))
    why = f": {parts}" if found.more else ""
    return say("reading-eu", opened=say("n-leads", n=found.n), more=found.more, why=why)


def _parts(*parts: tuple[str, int]) -> str:
    return listed([say("reading-part", kind=kind, n=n) for kind, n in parts if n])


def criteria_line(leads: Any, zone: tzinfo) -> str:
    """`criteria 2 (“1.1”), in force since Mon 16 Nov, 09:00`."""
    found = leads.criteria
    version = f" (“{line(found.version, 40)}”)" if found.version else ""
    return f"criteria {number(found.number)}{version}, in force since {moment(found.since, zone)}"


def changed_lines(leads: Any, zone: tzinfo) -> list[str]:
    """What changed in the criteria in the period, each new number in a sentence."""
    told = []
    for one in leads.changed:
        if one.number == 1:
            told.append(say("criteria-first", since=moment(one.since, zone)))
            continue
        what = " ".join(line(sentence, 160) for sentence in one.changes[:2]) or say("criteria-no-rule")
        left = len(one.changes) - 2
        if left > 0:
            what = say("criteria-and-more", what=what, n=left)
        since, by = moment(one.since, zone), officer_of(leads, one.by)
        told.append(say("criteria-changed", old=one.number - 1, new=one.number, since=since, by=by, what=what))
    return told


# --- what needs somebody -------------------------------------------------------------------------------------------


def needs_of(leads: Any, goals: Sequence[Any], now: datetime, zone: tzinfo, most: int = NAMED) -> list[Need]:
    """What of the leads needs somebody: what, whom and by when, and the command that helps. The most pressing first."""
    handoff = leads.handoff
    late = [one for one in handoff.open_now if one.overdue]
    near = [one for one in handoff.open_now if not one.overdue and one.due <= now + SOON]
    lapsed, waking = handoff.lapsed_now, [one for one in handoff.waking if one.wakes <= now + SOON]
    rows = [
        (late, "overdue", [_offer(leads, one, zone) for one in late[:most]], "lead due"),
        (near, "near", [_offer(leads, one, zone) for one in near[:most]], "lead due"),
        (lapsed, "unanswered", [lead_of(one) for one in lapsed[:most]], "lead list --status lapsed"),
        (waking, "waking", [_waking(leads, one, zone) for one in waking[:most]], "lead due"),
    ]
    needs = [
        (say("need-offer", state=state, n=len(found)), f"{_few(whom, len(found))}.", f"commsleads {command}")
        for found, state, whom, command in rows
        if found
    ]
    return needs + goal_needs(goals) + _unsaid_needs(*leads.unsaid)


def _unsaid_needs(n: int, oldest: str) -> list[Need]:
    if not n:
        return []
    command = f"commsleads enquiry set {oldest} --stance neutral"
    return [(say("need-stance", n=n), say("need-stance-why", oldest=oldest), command)]


def goal_needs(goals: Sequence[Any]) -> list[Need]:
    """Goals that will be missed if it goes on so, in short: why stands where goals are told."""
    needs = []
    for one in goals:
        if is_behind(one):
            told = f"{so_far_words(one.pace)}; {pace_words(one.pace)[1]}."
            needs.append((say("need-goal-behind", name=goal_name(one)), told, f"commsleads goal show {one.id}"))
    return needs


def is_behind(goal: Any) -> bool:
    """Whether a goal will be missed if it goes on so."""
    return bool(goal.state == "running" and goal.pace.word == "behind")


def chosen(goals: Sequence[Any]) -> Any | None:
    """The goal that is told: the running one that is most behind, else the first of qualified leads that runs."""
    running = [one for one in goals if one.state == "running"]
    behind = sorted((one for one in running if is_behind(one)), key=_share)
    ours = [one for one in running if one.of == "qualified leads"]
    return next(
        iter([*behind, *sorted(ours, key=lambda one: bool(one.campaign or one.team or one.owner)), *running]), None
    )


def _share(goal: Any) -> float:
    """How much there is of what was to be expected by now."""
    return (goal.reached or 0) / goal.pace.expected if goal.pace.expected else 1.0


def goal_name(goal: Any) -> str:
    """`The goal “Spring”`, or by its id."""
    return say("goal-called", name=line(goal.name, 60) or goal.id)


def goal_lines(goal: Any) -> list[str]:
    """How a goal stands, by its name, and why there are fewer than expected, if they are."""
    until = say("goal-until", day=day(goal.ends_on, year=True)) if goal.ends_on else ""
    said, why = line(goal.sentence, 600), line(goal.diagnosis.sentence, 400)
    told = [f"{goal_name(goal)}{until}: {said}"]
    return [*told, why] if goal.diagnosis.word == "fewer" and why and why not in said else told


def _offer(leads: Any, one: Any, zone: tzinfo) -> str:
    name = f"{line(one.stage, 40)} " if one.stage else ""
    campaign = f" ({campaign_of(leads, one.campaign)})" if one.campaign else ""
    what, due = f"{name}{lead_of(one.lead)}{campaign}", moment(one.due, zone)
    return say("offer-due", what=what, due=due, who=_whom(leads, one.to))


def _whom(leads: Any, who: str) -> str:
    return officer_of(leads, who) if who else say("offer-to-nobody")


def _waking(leads: Any, one: Any, zone: tzinfo) -> str:
    return f"{lead_of(one.lead)}, {moment(one.wakes, zone)}, {officer_of(leads, one.owner)}"


def _few(words: Sequence[str], n: int) -> str:
    left = n - len(words)
    return " · ".join([*words, *([say("and-more", n=left)] if left > 0 else [])])
