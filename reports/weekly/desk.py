"""The press desk: one line, and what in the list of enquiries is not as it should be."""

from __future__ import annotations

from typing import Any

from commsleads.reports.blocks import grey, items, picture, text
from commsleads.reports.deskneeds import exceptions_of, logged, open_now, summary_of, unread_mail
from commsleads.reports.weekly.told import Part, Told, more
from commsleads.reports.weekly.verdicts import between
from commsleads.reports.wording import lasted, moment, number, percent
from commsleads.reports.words import say


def desk_part(told: Told) -> Part:
    """The section: the line, the exceptions capped, and which mailbox was not read."""
    desk, most = told.found["desk"], told.caps.exceptions
    exceptions = exceptions_of(desk, told.zone)
    unread = [text(words) for words in unread_mail(desk, told.zone)]
    line = summary_of(desk, told.unit, told.zone)
    short = _short(told, desk) or line
    shown = [(what, why, "") for what, why in exceptions]
    return Part(
        title=say("head-enquiries"),
        line=_line(desk) or (line if desk.ever or desk.mailboxes else say("desk-nothing-logged")),
        blocks=(
            text(short),
            *unread,
            items(shown[:most]),
            grey(more(len(exceptions), most)),
        ),
        full=(text(line), *unread, items(shown), picture(told.pictures.get("deadlines"))),
    )


def _short(told: Told, desk: Any) -> str:
    """`10 received (week before 4, 8-week median 1); 5 of 7 in time (71%, 36–92%); …`; '' where there is none."""
    if not logged(desk) or not desk.figures.all.received.n:
        return ""
    figures = desk.figures
    rate, wait, out = figures.all.hit_rate, figures.all.first_answer, figures.out_of_hours.share
    share = rate.share
    said = say("in-time-none")
    if share.n:
        said = say(
            "in-time", k=share.k, n=share.n, rate=percent(share.value), between=between(share.low, share.high),
            waits=len(rate.undecided),
        )  # fmt: skip
    median = say("median-wait", time=lasted(wait.median)) if wait.median is not None else say("median-none")
    came = say("received", n=figures.all.received.n, before=_before(told, desk))
    late = say("out-of-hours", k=out.k, n=out.n)
    return say("enquiries-line", parts=f"{came}; {said}; {median}; {late}", open=_open(told, desk))


def _before(told: Told, desk: Any) -> str:
    parts = []
    if desk.before is not None:
        parts.append(say("before", unit=told.unit, value=number(desk.before.all.received.n)))
    if desk.periods > 1:
        parts.append(say("median", n=8, unit=told.unit, value=number(desk.median_8)))
    return f" ({', '.join(parts)})" if parts else ""


def _open(told: Told, desk: Any) -> str:
    backlog = desk.figures.backlog
    if not backlog.open.n or not backlog.unanswered.n:
        return open_now(desk, told.zone)
    return say(
        "open-now", open=backlog.open.n, unanswered=backlog.unanswered.n, oldest=moment(backlog.oldest, told.zone)
    )


def _line(desk: Any) -> str:
    if not logged(desk) or not desk.figures.all.received.n:
        return ""
    share = desk.figures.all.hit_rate.share
    return say(
        "enquiries-short", n=desk.figures.all.received.n, k=share.k, of=share.n, open=desk.figures.backlog.open.n
    )
