"""The figures of the press desk and single enquiries in words. Every report takes them from here.

A rate without anything to divide by says "cannot tell" and why, and is no zero.
"""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

from commsleads.reports.wording import counted, lasted, line, moment, number, percent

# --- figures -------------------------------------------------------------------------------------------------------


def rate_of(rate: Any, nothing: str) -> tuple[str, str]:
    """`9 of 10 (90%)` with its interval as detail; `cannot tell` and why when there is nothing to divide by.

    `nothing` is why there is none, as a clause.
    """
    share = rate.share
    waits = f"{number(len(rate.undecided))} not decided yet" if rate.undecided else ""
    if not share.n:
        return "cannot tell", waits or nothing
    between = f"95% interval {between_of(share)}"
    return f"{number(share.k)} of {number(share.n)} ({percent(share.value)})", "; ".join(filter(None, (between, waits)))


def rate_line(rate: Any, nothing: str) -> str:
    """The same in one clause: `9 of 10 (90%, 95% interval 60–98%), 2 not decided yet`."""
    share = rate.share
    waits = f"{number(len(rate.undecided))} not decided yet" if rate.undecided else ""
    if not share.n:
        return f"cannot tell, {waits or nothing}"
    return ", ".join(
        filter(
            None,
            (
                f"{number(share.k)} of {number(share.n)} ({percent(share.value)}, 95% interval {between_of(share)})",
                waits,
            ),
        )
    )


def between_of(share: Any) -> str:
    """`60–98%`."""
    return f"{100 * share.low:.0f}–{100 * share.high:.0f}%"


def cell_of(rate: Any, nothing: str) -> str:
    """A rate for a narrow cell: `3 of 5 (23–88%), 1 undecided`."""
    share = rate.share
    waits = f", {number(len(rate.undecided))} undecided" if rate.undecided and share.n else ""
    if not share.n:
        return f"cannot tell: {number(len(rate.undecided))} not decided yet" if rate.undecided else nothing
    return f"{number(share.k)} of {number(share.n)} ({between_of(share)}){waits}"


def wait_of(wait: Any) -> tuple[str, str]:
    """The median time to the first answer, and what it rests on."""
    going = wait.n - wait.events
    of = f"{counted(wait.n, 'enquiry')}, {number(going) if going else 'none'} of them without an answer"
    if not wait.n:
        return "cannot tell", "no enquiry came"
    if wait.median is None:
        return "no median yet", f"more than half are unanswered: {of}"
    return lasted(wait.median), f"{_interval(wait)}{of}"


def _interval(wait: Any) -> str:
    """The interval of a median; of few enquiries its upper end may lie beyond what was seen."""
    if wait.low is None:
        return ""
    low = lasted(wait.low)
    return f"95% interval {low} to {lasted(wait.high)}; " if wait.high is not None else f"95% interval {low} or more; "


def spread_of(spread: Any, nothing: str) -> tuple[str, str]:
    """A median and a ninetieth percentile of times that are all known."""
    if not spread.n:
        return "cannot tell", nothing
    odd = f"; {number(len(spread.odd))} left out, stamped before they began" if spread.odd else ""
    return lasted(spread.median), f"nine of ten within {lasted(spread.p90)}; of {number(spread.n)}{odd}"


# --- single enquiries ----------------------------------------------------------------------------------------------


def officer_of(desk: Any, ident: str) -> str:
    """One of our own people by name; nobody where there is none."""
    return line(desk.officers.get(ident, ident), 40) or "nobody"


def owner_of(desk: Any, row: Any) -> str:
    """Who owns an enquiry. Of a hidden one it is not told."""
    return "" if row.hidden else officer_of(desk, row.owner)


def state_of(row: Any) -> str:
    """How it stands, in words."""
    return str(row.shown).replace("signoff", "sign-off").replace("_", " ")


def outlet_of(row: Any) -> str:
    """`North County Post (tier 3)`."""
    tier = f" (tier {row.tier})" if row.tier is not None else ""
    return f"{line(row.outlet, 60)}{tier}" if row.outlet else ""


def name_of(row: Any) -> str:
    """`2026-0012 · North County Post (tier 3) · “Jobs in Leeds”`; of a hidden one the reference and the word."""
    if row.hidden:
        return f"{row.reference} · restricted"
    who = outlet_of(row) or line(", ".join(row.journalists), 60)
    return " · ".join(filter(None, (row.reference, who, f"“{line(row.subject, 100)}”")))


def due_of(row: Any, zone: tzinfo) -> str:
    """By when the journalist needs it."""
    if row.deadline_at is None:
        return "deadline not read" if row.deadline_kind == "not read" else "no deadline stated"
    return f"due {moment(row.deadline_at, zone)}"


def is_lapsed(row: Any) -> bool:
    """Open, unanswered, and its deadline behind it."""
    return bool(row.shown == "lapsed")


def is_answered(row: Any) -> bool:
    """Whether a first answer is out."""
    return row.responded_at is not None


def is_counted(row: Any) -> bool:
    """Whether it is an enquiry of ours."""
    return row.shown not in ("duplicate", "redirected")


def verdict_of(row: Any) -> str:
    """How it came out, in a word or two."""
    if not is_counted(row) or row.shown == "withdrawn":
        return state_of(row)
    if is_lapsed(row):
        return "lapsed"
    if row.in_time == "hit":
        return "in time"
    if row.in_time == "miss":
        return "late" if is_answered(row) else "not answered"
    if is_answered(row):
        return "answered"
    return state_of(row) if row.shown in ("closed", "declined") else "open"


def missed_of(row: Any, zone: tzinfo) -> str:
    """How a deadline was missed."""
    if is_answered(row):
        return f"answered {lasted(row.responded_at - row.deadline_at)} after its deadline"
    if is_lapsed(row):
        return f"deadline was {moment(row.deadline_at, zone)} and nothing was answered"
    return f"{state_of(row)} without an answer"
