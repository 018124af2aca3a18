"""The handoff: what was offered to whom, how it was answered and how soon, and what waits."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

from commsleads.reports.blocks import Section, figures, grey, log, section, table, text
from commsleads.reports.leadwords import (
    campaign_of,
    lead_of,
    officer_of,
    share_cell,
    share_line,
    wait_cell,
    wait_of,
)
from commsleads.reports.wording import counted, line, listed, moment, number

HEAD = ("Offered to", "Offers", "Accepted (95% interval)", "Rejected", "Lapsed", "Median, working time")


def handoff_of(leads: Any, unit: str, zone: tzinfo, most: int) -> Section:
    """The section on the ledger."""
    found = leads.handoff
    waiting = [_waiting(leads, one, zone) for one in found.open_now[:most]]
    left = len(found.open_now) - most
    asleep = f"{counted(found.recycled_now, 'lead sleeps', 'leads sleep')} in nurture" if found.recycled_now else ""
    soon = listed([f"{lead_of(one.lead)} on {moment(one.wakes, zone)}" for one in found.waking[:most]])
    nothing = text(f"Nothing was offered this {unit}.") if not found.offered else None
    return section(
        "The handoff",
        nothing,
        None if nothing else _figures(found, unit),
        table(HEAD, [_owner(leads, one) for one in found.by_owner]),
        log(waiting),
        grey(f"And {number(left)} more: commsleads lead due." if left > 0 else ""),
        text(f"{asleep}; soon to wake: {soon}." if soon else f"{asleep}." if asleep else ""),
    )


def _figures(found: Any, unit: str) -> Any:
    reasons = listed([f"{number(n)} {line(reason, 60) or 'no reason'}" for reason, n in found.reasons])
    nothing = f"nothing was offered this {unit}"
    return figures(
        (f"Offers made this {unit}", number(found.offered), f"{number(found.open)} wait for an answer"),
        (
            "Accepted",
            number(found.accepted.k),
            share_line(found.accepted, "none was accepted, rejected or lapsed so far"),
        ),
        ("Rejected", number(found.rejected), reasons),
        ("Lapsed: nobody answered in time", number(found.lapsed), f"{number(found.escalated)} escalated"),
        ("Back to nurture", number(found.recycled), "an answer, and in no share") if found.recycled else None,
        ("Closed without being taken up", number(found.closed), "an answer, too, and in no share")
        if found.closed
        else None,
        ("Withdrawn", number(found.withdrawn), "no longer qualified, or given to somebody else")
        if found.withdrawn
        else None,
        ("Time to an answer, working time", *wait_of(found.working, nothing, "answered")),
        ("The same by the clock", *wait_of(found.wait, nothing, "answered")),
    )


def _owner(leads: Any, one: Any) -> tuple[str, ...]:
    return (
        officer_of(leads, one.name),
        number(one.offered),
        share_cell(one.accepted),
        number(one.rejected),
        number(one.lapsed),
        wait_cell(one.wait),
    )


def _waiting(leads: Any, one: Any, zone: tzinfo) -> tuple[str, str, str]:
    campaign = f", {campaign_of(leads, one.campaign)}" if one.campaign else ""
    what = f"{line(one.stage, 40)} {lead_of(one.lead)}{campaign}".strip()
    escalated = ", escalated" if one.escalated else ""
    how = f"offered {moment(one.at, zone)} to {officer_of(leads, one.to)}{escalated}; due {moment(one.due, zone)}"
    return what, how, "overdue" if one.overdue else "waits"
