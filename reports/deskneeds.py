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
from commsleads.reports.wording import counted, lasted, line, listed, moment, number

UNUSED = "No enquiry has been logged yet: commsleads enquiry log"
UNANSWERED = "more than half are unanswered"
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

    def told(alarms: Sequence[Any], verb: str) -> list[str]:
        return [f"{one.reference}, {verb} {moment(one.at, zone)}{_comma(_alarmed(desk, one))}" for one in alarms]

    signing = [_signing(desk, one, zone) for one in desk.pending]
    rows = [
        (lapsed, "{} lapsed without an answer", "enquiry", told(lapsed, "due"), "enquiry list"),
        (late, "{} overdue", "promise", told(late, "due"), "enquiry show REF"),
        (near, "{} within 48 hours", "deadline", [_near(desk, row, zone) for row in near], "enquiry list"),
        (desk.pending, "{} waiting", "sign-off", signing, "enquiry sign-off REF"),
        (unheard, "{} not acknowledged in time", "enquiry", told(unheard, "came"), "enquiry acknowledge REF"),
    ]  # fmt: skip
    needs = [
        (what.format(counted(len(found), noun)), f"{few(whom, most)}.", f"commsleads {command}")
        for found, what, noun, whom, command in rows
        if found
    ]
    return [*needs, *_to_review(desk)]


def _to_review(desk: Any) -> list[Need]:
    if not desk.review:
        return []
    waits, it_is = ("waits", "it is") if desk.review == 1 else ("wait", "they are")
    what = f"{counted(desk.review, 'mail')} {waits} for a person to say what {it_is}"
    return [(what, "An enquiry may be among them. Anybody on the desk can decide.", "commsleads review list")]


def _alarms(desk: Any, kind: str) -> list[Any]:
    return [alarm for alarm in desk.alarms if alarm.kind == kind]


def _alarmed(desk: Any, alarm: Any) -> str:
    """Who must act. Of a hidden enquiry it is not told."""
    return "" if desk.references.get(alarm.case) == "restricted" else officer_of(desk, alarm.who)


def _near(desk: Any, row: Any, zone: tzinfo) -> str:
    return f"{row.reference}, due {moment(row.deadline_at, zone)}{_comma(owner_of(desk, row))}"


def _signing(desk: Any, one: Any, zone: tzinfo) -> str:
    who = "" if one.hidden else f" by {officer_of(desk, one.approver)}"
    due = f", answer due {moment(one.deadline_at, zone)}" if one.deadline_at else ""
    return f"{one.reference}, {line(one.step, 40)}{who} since {moment(one.asked_at, zone)}{due}"


def few(words: Sequence[str], most: int = NAMED) -> str:
    """The first of these, and how many more there are."""
    left = len(words) - most
    return " · ".join([*words[:most], *([f"and {number(left)} more"] if left > 0 else [])])


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
        words = missed_of(row, zone) if row.in_time == "miss" else f"tier 1 and open, {due_of(row, zone)}"
        found.append((name_of(row), f"{words[0].upper()}{words[1:]}{_comma(owner_of(desk, row))}."))
    return found


# --- the desk in a sentence ----------------------------------------------------------------------------------------


def summary_of(desk: Any, unit: str, zone: tzinfo) -> str:
    """Received, answered in time, median, out of hours, open and oldest: the one line of a digest."""
    if not desk.ever:
        return "No enquiry has come yet: the mailbox brought none and none was logged." if desk.mailboxes else UNUSED
    if not logged(desk):
        return f"The log began after this {unit}, on {moment(desk.begun, zone)}. {open_now(desk, zone)}"
    figures = desk.figures
    before = before_of(desk, unit)
    came = f"{counted(figures.all.received.n, 'enquiry')} received{f' ({before})' if before else ''}"
    if not figures.all.received.n:
        return f"{came[0].upper()}{came[1:]}. {open_now(desk, zone)}"
    wait, share = figures.all.first_answer, figures.out_of_hours.share
    median = lasted(wait.median) if wait.median is not None else f"cannot tell, {UNANSWERED}"
    parts = (
        came,
        f"answered in time {rate_line(figures.all.hit_rate, 'no deadline was stated')}",
        f"median time to first answer {median}",
        f"{number(share.k)} of {number(share.n)} out of hours",
    )
    return f"{'; '.join(parts)}. {open_now(desk, zone)}"


def before_of(desk: Any, unit: str) -> str:
    """`week before 11, 8-week median 12`, as far as the log reaches back."""
    parts = []
    if desk.before is not None:
        parts.append(f"{unit} before {number(desk.before.all.received.n)}")
    if desk.periods > 1:
        if desk.median_4 is not None:
            parts.append(f"4-{unit} median {number(desk.median_4)}")
        parts.append(f"8-{unit} median {number(desk.median_8)}")
    return ", ".join(parts)


def open_now(desk: Any, zone: tzinfo) -> str:
    """What is open, and since when the oldest waits."""
    backlog = desk.figures.backlog
    if not backlog.open.n:
        return "None is open now."
    words = f"{number(backlog.open.n)} open now"
    if not backlog.unanswered.n:
        return f"{words}, all answered."
    lapsed = f", {number(backlog.lapsed.n)} lapsed" if backlog.lapsed.n else ""
    oldest = f"the oldest unanswered one came {moment(backlog.oldest, zone)}"
    return f"{words}, {number(backlog.unanswered.n)} unanswered{lapsed}; {oldest}."


def unread_mail(desk: Any, zone: tzinfo) -> list[str]:
    """What may be missing because a mailbox was not read. A gap that is over only made mail late."""
    found = [
        f"{line(gap.name, 40)} has not been read since {moment(gap.start, zone)}: enquiries may be missing."
        for gap in desk.gaps
        if gap.end is None
    ]
    if desk.silent:
        names = listed([line(name, 40) for name in desk.silent])
        has = "has" if len(desk.silent) == 1 else "have"
        found.append(f"{names} {has} never been read: enquiries may be missing.")
    return found


def leads_of(desk: Any) -> list[str]:
    """Lead touches made by enquiries; nothing where there is no log."""
    touches = desk.touches
    if not desk.ever:
        return []
    more = "1 more waits" if touches.not_yet == 1 else f"{number(touches.not_yet)} more wait"
    waits = f" {more} for a name or a stance." if touches.not_yet else ""
    if not touches.n:
        return [f"Enquiry leads: no enquiry received is a lead touch.{waits.replace(' more', '')}"]
    sources = listed([f"{name} {number(n)}" for name, n in touches.by_source])
    people = counted(touches.contacts, "journalist")
    said = f"Enquiry leads: {counted(touches.n, 'touch', 'touches')} by {people} ({sources}), not yet qualified."
    return [f"{said}{waits}"]
