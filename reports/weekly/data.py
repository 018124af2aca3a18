"""The digest as data: the same figures, for machines and for those who want to count again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commsleads.reports import leadwords
from commsleads.reports.blocks import Page
from commsleads.reports.deskneeds import exceptions_of, logged, needs_of, summary_of, unread_mail
from commsleads.reports.places import address_of
from commsleads.reports.plain import period_data, plain
from commsleads.reports.weekly.leads import lead_data
from commsleads.reports.weekly.looking import blind
from commsleads.reports.weekly.method import explained
from commsleads.reports.weekly.needs import EVERY, own
from commsleads.reports.weekly.told import Told

EDITION = 1
"""Changes when a key changes its meaning or goes; keys may be added."""

KINDS = {
    "figures": "output",
    "stories": "output",
    "share_of_voice": "output",
    "watches": "output",
    "messages": "output",
    "tone": "output",
    "clicks": "out-take",
    "campaigns": "outcome",
    "enquiries": "outcome",
    "leads": "outcome",
    "uplift": "output",
}
"""What each part of the data is evidence of, in the chain from output to outcome (AMEC)."""


def data_of(told: Told, page: Page) -> dict[str, Any]:
    """Everything the digest says, and the stories beyond those it prints. Plain JSON values, in a fixed order."""
    facts, found = told.facts, told.found
    coverage = found["coverage"]
    unseen = blind(found["health"])
    data = {
        "edition": EDITION,
        "organisation": facts.organisation,
        "period": period_data(facts, told.period),
        "as_of": plain(facts.now),
        "cutoff": facts.cutoff,
        "subject": page.subject,
        "verdict": {
            "sentences": list(page.verdict),
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
        "needs": [*_needs(told), *plain(found["needs"])],
        "leads": lead_data(found),
        "campaigns": plain(found["answers"]),
        "uplift": plain(found["uplifts"]),
        "stories": plain(found["stories"]),
        "enquiries": _enquiries(told),
        "messages": plain(found["messages"]),
        "tone": plain(found["tone"]),
        "share_of_voice": plain(found["voices"]),
        "watches": plain(found["watches"]),
        "spikes": [spike.id for spike in found["spikes"]],
        "alerts": plain(found["alerts"]),
        "changes": plain(found["changes"]),
        "restated": plain(found["restated"]),
        "corrected": plain(found["quality"]),
        "coming": plain(found["coming"]),
        "sending": plain(found["sending"]),
        "health": plain(found["health"]),
        "kinds": KINDS,
        "method": dict(explained(told)),
    }
    return _linked(data, facts.dashboard) if facts.dashboard else data


def _linked(value: Any, dashboard: str) -> Any:
    """The same data with a `link` beside every `query`: where its rows are on the dashboard."""
    if isinstance(value, list):
        return [_linked(item, dashboard) for item in value]
    if not isinstance(value, Mapping):
        return value
    found = {name: _linked(item, dashboard) for name, item in value.items()}
    if isinstance(query := found.get("query"), str):
        found["link"] = address_of(dashboard, query)
    return found


def _figure(figure: Any, *, unseen: bool) -> dict[str, Any]:
    """A figure; where nobody looked nothing is null and no zero."""
    told: dict[str, Any] = plain(figure)
    return told | {"value": None} if unseen and not figure.value else told


def _needs(told: Told) -> list[dict[str, Any]]:
    """What on the desk and of the leads needs somebody, every enquiry and lead named."""
    facts, found = told.facts, told.found
    needs = needs_of(found["desk"], facts.now, facts.zone, EVERY)
    needs += leadwords.needs_of(found["leads"], own(found["goals"]), facts.now, facts.zone, EVERY)
    return [{"what": what, "why": why, "since": None, "command": command} for what, why, command in needs]


def _enquiries(told: Told) -> dict[str, Any]:
    """The desk in short; the report on enquiries has it whole. Where there is no log nothing is null and no zero."""
    facts, desk = told.facts, told.found["desk"]
    summary = [summary_of(desk, told.unit, facts.zone), *unread_mail(desk, facts.zone)]
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
