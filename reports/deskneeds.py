"""What on the press desk needs somebody, what is not as it should be, and the desk in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any

from commsleads.reports.deskwords import (
    due_of,
    is_answered,
    is_lapsed,
    missed_of,
    name_of,
    officer_of,
    owner_of,
    rate_line,
)
from commsleads.reports.wording import lasted, line, listed, moment, number
from commsleads.reports.words import say

SOON = timedelta(hours=48)
NAMED = 3
"""Enquiries that one bullet names; the others are counted."""

Need = tuple[str, str, str]


def used(desk: Any) -> bool:
    """Whether there is anything to say about the desk at all."""
    return bool(desk.ever or desk.mailboxes)


def logged(desk: Any) -> bool:
    """Whether there was a log in the period, so that nothing received is a zero and not a dash."""
    return bool(desk.ever) and desk.begun < desk.figures.period.end


# --- what needs somebody -------------------------------------------------------------------------------------------


def needs_of(desk: Any, now: datetime, zone: tzinfo, most: int = NAMED) -> list[Need]:
    """What on the desk needs somebody: what, whom and by when, and the command that helps. The most pressing first."""
    lapsed, late, unheard = (_alarms(desk, kind) for kind in ("lapsed", "promise overdue", "unacknowledged"))
    gone = {alarm.reference for alarm in lapsed}
    unheard = [alarm for alarm in unheard if alarm.reference not in gone]
    near = [
        row for row in desk.board if row.deadline_at and not is_answered(row) and now <= row.deadline_at <= now + SOON
    ]

    def told(alarms: Sequence[Any], how: str) -> list[str]:
        return [
            say(
                "need-alarm", reference=one.reference, how=how, at=moment(one.at, zone), who=_comma(_alarmed(desk, one))
            )
            for one in alarms
        ]

    signing = [_signing(desk, one, zone) for one in desk.pending]
    rows = [
        (lapsed, "lapsed", told(lapsed, "due"), "enquiry list"),
        (late, "promise", told(late, "due"), "enquiry show REF"),
        (near, "deadline", [_near(desk, row, zone) for row in near], "enquiry list"),
        (desk.pending, "sign-off", signing, "enquiry sign-off REF"),
        (unheard, "unheard", told(unheard, "came"), "enquiry acknowledge REF"),
    ]
    needs = [
        (say(f"need-{what}", n=len(found)), f"{few(whom, most)}.", f"commsleads {command}")
        for found, what, whom, command in rows
        if found
    ]
    return [*needs, *_to_review(desk)]


def _to_review(desk: Any) -> list[Need]:
    if not desk.review:
        return []
    return [(say("need-review", n=desk.review), say("need-review-why"), "commsleads review list")]


def _alarms(desk: Any, kind: str) -> list[Any]:
    return [alarm for alarm in desk.alarms if alarm.kind == kind]


def _alarmed(desk: Any, alarm: Any) -> str:
    """Who must act. Of a hidden enquiry it is not told."""
    return "" if desk.references.get(alarm.case) == "restricted" else officer_of(desk, alarm.who)


def _near(desk: Any, row: Any, zone: tzinfo) -> str:
    who = _comma(owner_of(desk, row))
    return say("need-alarm", reference=row.reference, how="due", at=moment(row.deadline_at, zone), who=who)


def _signing(desk: Any, one: Any, zone: tzinfo) -> str:
    who = "" if one.hidden else say("need-signing-by", who=officer_of(desk, one.approver))
    due = say("need-signing-due", at=moment(one.deadline_at, zone)) if one.deadline_at else ""
    since = moment(one.asked_at, zone)
    return say("need-signing", reference=one.reference, step=line(one.step, 40), who=who, since=since, due=due)


def few(words: Sequence[str], most: int = NAMED) -> str:
    """The first of these, and how many more there are."""
    left = len(words) - most
    return " · ".join([*words[:most], *([say("and-more", n=left)] if left > 0 else [])])


def _comma(words: str) -> str:
    return f", {words}" if words else ""


# --- what is not as it should be -----------------------------------------------------------------------------------


def exceptions_of(desk: Any, zone: tzinfo) -> list[tuple[str, str]]:
    """What in the list of enquiries is not as it should be: lapsed, answered late, tier 1 and open. Each once."""
    open_ones = [row for row in desk.board if not is_answered(row)]
    rows = [row for row in open_ones if is_lapsed(row)]
    rows += [row for row in desk.lines if row.in_time == "miss" and not is_lapsed(row)]
    rows += [row for row in open_ones if row.tier == 1 and row.in_time != "miss"]
    found = []
    for row in rows:
        words = missed_of(row, zone) if row.in_time == "miss" else say("tier-1-open", due=due_of(row, zone))
        found.append((name_of(row), f"{words[0].upper()}{words[1:]}{_comma(owner_of(desk, row))}."))
    return found


# --- the desk in a sentence ----------------------------------------------------------------------------------------


def summary_of(desk: Any, unit: str, zone: tzinfo) -> str:
    """Received, answered in time, median, out of hours, open and oldest: the one line of a digest."""
    if not desk.ever:
        return say("desk-no-enquiry") if desk.mailboxes else say("desk-unused")
    if not logged(desk):
        began = say("desk-began-later", unit=unit, at=moment(desk.begun, zone))
        return f"{began} {open_now(desk, zone)}"
    figures = desk.figures
    before = before_of(desk, unit)
    came = say("desk-received", n=figures.all.received.n, before=f" ({before})" if before else "")
    if not figures.all.received.n:
        return f"{came[0].upper()}{came[1:]}. {open_now(desk, zone)}"
    wait, share = figures.all.first_answer, figures.out_of_hours.share
    median = lasted(wait.median) if wait.median is not None else say("desk-no-median")
    parts = (
        came,
        say("desk-in-time", rate=rate_line(figures.all.hit_rate, say("desk-no-deadline"))),
        say("desk-median", median=median),
        say("out-of-hours", k=share.k, n=share.n),
    )
    return f"{'; '.join(parts)}. {open_now(desk, zone)}"


def before_of(desk: Any, unit: str) -> str:
    """`week before 11, 8-week median 12`, as far as the log reaches back."""
    parts = []
    if desk.before is not None:
        parts.append(say("before", unit=unit, value=number(desk.before.all.received.n)))
    if desk.periods > 1:
        if desk.median_4 is not None:
            parts.append(say("median", n=4, unit=unit, value=number(desk.median_4)))
        parts.append(say("median", n=8, unit=unit, value=number(desk.median_8)))
    return ", ".join(parts)


def open_now(desk: Any, zone: tzinfo) -> str:
    """What is open, and since when the oldest waits."""
    backlog = desk.figures.backlog
    if not backlog.open.n:
        return say("desk-none-open")
    if not backlog.unanswered.n:
        return say("desk-open-answered", n=backlog.open.n)
    return say(
        "desk-open", n=backlog.open.n, unanswered=backlog.unanswered.n, lapsed=backlog.lapsed.n,
        oldest=moment(backlog.oldest, zone),
    )  # fmt: skip


def unread_mail(desk: Any, zone: tzinfo) -> list[str]:
    """What may be missing because a mailbox was not read. A gap that is over only made mail late."""
    found = [
        say("mailbox-unread", name=line(gap.name, 40), since=moment(gap.start, zone))
        for gap in desk.gaps
        if gap.end is None
    ]
    if desk.silent:
        names = listed([line(name, 40) for name in desk.silent])
        found.append(say("mailbox-never-read", n=len(desk.silent), names=names))
    return found


def leads_of(desk: Any) -> list[str]:
    """Lead touches made by enquiries; nothing where there is no log."""
    touches = desk.touches
    if not desk.ever:
        return []
    if not touches.n:
        return [say("touches-none", waiting=touches.not_yet)]
    sources = listed([f"{name} {number(n)}" for name, n in touches.by_source])
    people = say("n-journalists", n=touches.contacts)
    return [say("touches", n=touches.n, people=people, sources=sources, waiting=touches.not_yet)]
