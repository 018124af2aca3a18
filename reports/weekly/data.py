"""The digest as data: the same figures, for machines and for those who want to count again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commsleads.contract import Period
from commsleads.reports import leadwords
from commsleads.reports.deskneeds import exceptions_of, logged, needs_of, summary_of, unread_mail
from commsleads.reports.plain import period_data, plain
from commsleads.reports.weekly.leads import lead_data
from commsleads.reports.weekly.looking import blind
from commsleads.reports.weekly.needs import own

EDITION = 1
"""Changes when a key changes its meaning or goes; keys may be added."""

EVERY = 10_000
"""Enquiries and leads that a need names here: all of them."""


def data_of(facts: Any, period: Period, found: Mapping[str, Any], sheet: Any) -> dict[str, Any]:
    """Everything the digest says, and the stories beyond those it prints. Plain JSON values, in a fixed order."""
    coverage = found["coverage"]
    unseen = blind(found["health"])
    return {
        "edition": EDITION,
        "organisation": facts.organisation,
        "period": period_data(facts, period),
        "as_of": plain(facts.now),
        "cutoff": facts.cutoff,
        "subject": sheet.subject,
        "verdict": {
            "sentences": list(sheet.verdict),
            **plain(coverage.verdict),
            "detectable": plain(coverage.verdict.detectable),
            "sources": coverage.eyes,
            "of_sources": coverage.alive,
        },
        "figures": {
            "stories": _figure(coverage.figure, unseen=unseen),
            "all_stories": _figure(coverage.everything, unseen=unseen),
            "older_pieces": coverage.older,
        },
        "trend": plain(coverage.trend),
        "needs": [*_needs(facts, found), *plain(found["needs"])],
        "leads": lead_data(found),
        "campaigns": plain(found["answers"]),
        "stories": plain(found["stories"]),
        "enquiries": _enquiries(facts, found["desk"], facts.unit(period)),
        "share_of_voice": plain(found["voices"]),
        "watches": plain(found["watches"]),
        "spikes": [spike.id for spike in found["spikes"]],
        "changes": plain(found["changes"]),
        "health": plain(found["health"]),
        "method": dict(sheet.method),
    }


def _figure(figure: Any, *, unseen: bool) -> dict[str, Any]:
    """A figure; where nobody looked nothing is null and no zero."""
    told: dict[str, Any] = plain(figure)
    return told | {"value": None} if unseen and not figure.value else told


def _needs(facts: Any, found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What on the desk and of the leads needs somebody, every enquiry and lead named."""
    needs = needs_of(found["desk"], facts.now, facts.zone, EVERY)
    needs += leadwords.needs_of(found["leads"], own(found["goals"]), facts.now, facts.zone, EVERY)
    return [{"what": what, "why": why, "since": None, "command": command} for what, why, command in needs]


def _enquiries(facts: Any, desk: Any, unit: str) -> dict[str, Any]:
    """The desk in short; the report on enquiries has it whole. Where there is no log nothing is null and no zero."""
    summary = [summary_of(desk, unit, facts.zone), *unread_mail(desk, facts.zone)]
    if not logged(desk):
        return {"value": None, "why": "not logged yet", "sentences": summary}
    figures = desk.figures
    return {
        "value": figures.all.received.n,
        "why": "",
        "sentences": summary,
        "previous": desk.before.all.received.n if desk.before else None,
        "median_4": desk.median_4,
        "median_8": desk.median_8,
        "n": desk.periods,
        "in_time": plain(figures.all.hit_rate.share),
        "in_time_undecided": len(figures.all.hit_rate.undecided),
        "median_seconds": plain(figures.all.first_answer.median),
        "out_of_hours": figures.out_of_hours.share.k,
        "open": figures.backlog.open.n,
        "unanswered": figures.backlog.unanswered.n,
        "lapsed": figures.backlog.lapsed.n,
        "oldest": plain(figures.backlog.oldest),
        "exceptions": [{"what": what, "why": why} for what, why in exceptions_of(desk, facts.zone)],
        "rows": [desk.references[one] for one in figures.all.received.ids],
        "query": desk.commands[0][1],
    }
