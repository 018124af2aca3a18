"""The lists of the report: what needs somebody, what no figure counts, and the log itself."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

from commsleads.reports.blocks import Section, figures, grey, items, log, section, text
from commsleads.reports.deskneeds import needs_of
from commsleads.reports.deskwords import due_of, is_answered, name_of, owner_of, verdict_of
from commsleads.reports.wording import counted, lasted, line, moment, number


def pressing_of(desk: Any, facts: Any, most: int) -> Section:
    """What needs somebody now, whichever period is told."""
    needs = needs_of(desk, facts.now, facts.zone, most)
    kept = "is kept" if desk.aside == 1 else "are kept"
    aside = f"{counted(desk.aside, 'mail')} could not be read and {kept} aside: commsleads mail aside"
    return section(
        "Needs somebody",
        items(needs) or text("Nothing on the desk needs anybody."),
        text(aside if desk.aside else ""),
    )


def left_out_of(desk: Any) -> Section:
    """What no figure counts, or only some do, so that nothing disappears."""
    left = desk.figures.left_out
    late = f"{number(left.withdrawn_late.n)} of them after its deadline had passed" if left.withdrawn_late.n else ""
    unread = "their words are in the log; set one with: commsleads enquiry set REF" if left.unread.n else ""
    return section(
        "Counted apart",
        figures(
            ("Duplicates", number(left.duplicate.n), "in no figure"),
            ("Redirected", number(left.redirected.n), "in no figure"),
            ("Withdrawn", number(left.withdrawn.n), late or "received, and not in the rate of those in time"),
            ("Deadlines that nobody could read", number(left.unread.n), unread),
        ),
    )


def log_of(desk: Any, zone: tzinfo, most: int) -> Section:
    """The enquiries of the period, newest first."""
    rows = [(name_of(row), _went(desk, row, zone), verdict_of(row)) for row in desk.lines[:most]]
    left = len(desk.lines) - most
    return section(
        "The enquiries",
        log(rows) or text("None was received."),
        grey(f"And {number(left)} more: the CSV of this report lists them all." if left > 0 else ""),
    )


def _went(desk: Any, row: Any, zone: tzinfo) -> str:
    by = "" if row.hidden else f" by {line(row.channel, 30)}"
    parts = [
        f"Came {moment(row.received_at, zone)}{by}{' (out of hours)' if row.out_of_hours else ''}",
        due_of(row, zone),
    ]
    if is_answered(row):
        parts.append(f"answered after {lasted(row.responded_at - row.received_at)}")
    if not row.hidden:
        parts.append(owner_of(desk, row))
        parts.append(line(row.outcome, 40))
    return " · ".join(part for part in parts if part)
