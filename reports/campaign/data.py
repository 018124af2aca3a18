"""The answer card as data: every figure of it, for machines and for those who want to count again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from commsleads.contract import Period
from commsleads.reports.plain import period_data, plain

EDITION = 1
"""Changes when a key changes its meaning or goes; keys may be added."""

COLUMNS = (
    "campaign", "name", "state", "cta", "wording", "kind", "destination", "targets", "took", "rate", "low", "high",
    "not_assigned", "clicks_certain_human", "clicks_best", "clicks_not_machine", "clicks_all", "leads", "qualified",
    "goal", "goal_of", "pace",
)  # fmt: skip
"""Of the table of calls to action; the CSV has the same."""


def data_of(facts: Any, period: Period, cards: Sequence[Any], page: Any) -> dict[str, Any]:
    """Everything the report says. Plain JSON values, in a fixed order."""
    return {
        "edition": EDITION,
        "organisation": facts.organisation,
        "period": period_data(facts, period),
        "as_of": plain(facts.now),
        "subject": page.subject,
        "campaigns": [card_data(card) for card in cards],
        "table": "calls_to_action",
        "columns": list(COLUMNS),
        "calls_to_action": [row for card in cards for row in rows_of(card)],
        "definitions": dict(page.method),
    }


def card_data(card: Any) -> dict[str, Any]:
    """One card. What is not known is null and never zero; counts of parts are objects by name."""
    return {
        "id": card.id,
        "name": card.name,
        "objective": card.objective,
        "owner": card.owner,
        "state": card.state,
        "starts_on": plain(card.starts_on),
        "ends_on": plain(card.ends_on),
        "measured": {"from": plain(card.start), "until": plain(card.until)},
        "as_of": plain(card.now),
        "targets": _targets(card.whom),
        "ctas": [_cta(cta) for cta in card.ctas],
        "did": plain(card.did),
        "responses": card.responses,
        "clicks": plain(card.clicks),
        "funnel": plain(card.funnel),
        "leads": plain(card.leads),
        "unattributed": card.unattributed.total,
        "not_attributed": plain(card.unattributed),
        "goal": plain(card.pace) | {"of": card.leads.goal_of, "counts": card.goal_counts} if card.pace else None,
        "difference": plain(card.difference),
        "plan": _plan(card.promise),
        "cost": {"total": card.cost, "currency": card.currency, "each": plain(card.cost_each), "n": card.responses},
        "hours": card.hours,
        "sent": [{"at": plain(at), "channel": channel, "group": group, "n": n} for at, channel, group, n in card.sent],
        "counters": plain(card.counters),
        "hits_waiting": card.waiting,
        "clicks_read_at": plain(card.read_at),
        "redirector_did_not_run": [{"start": plain(start), "end": plain(end)} for start, end in card.unwatched],
        "coverage": plain(card.coverage),
        "uplift": plain(card.uplift),
    }


def _targets(whom: Any) -> dict[str, Any]:
    told: dict[str, Any] = plain(whom)
    told["exclusions"] = [{"reason": reason, "n": n} for reason, n in whom.exclusions]
    return told | {"statuses": dict(whom.statuses)}


def _cta(cta: Any) -> dict[str, Any]:
    told: dict[str, Any] = plain(cta)
    parts = {
        name: _by_name(getattr(cta, name))
        for name in ("by_kind", "by_channel", "by_group", "clicks_by_channel", "clicks_by_medium")
    }
    renamed = {"recognised": told.pop("ways"), "clicked": told.pop("clicked")}
    return told | parts | renamed


def _by_name(parts: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {name: plain(value) for name, value in parts}


def _plan(promise: Any) -> dict[str, Any] | None:
    """When it was first written down, and what was changed after the start."""
    if promise is None:
        return None
    return {
        "stamped_at": plain(promise.stamped_at),
        "stamped_by": promise.stamped_by,
        "before_the_start": not promise.late,
        "late": promise.late,
        "since": [
            {"at": plain(one.at), "by": one.by, "changes": [change._asdict() for change in one.changes]}
            for one in promise.since
        ],
    }


def rows_of(card: Any) -> list[dict[str, Any]]:
    """One flat row for each call to action, as a line of the CSV."""
    rows = []
    for cta in card.ctas:
        clicks: Mapping[str, Any] = plain(cta.clicks) or {}
        rows.append(
            {
                "campaign": card.id,
                "name": card.name,
                "state": card.state,
                "cta": cta.id,
                "wording": cta.wording,
                "kind": cta.kind,
                "destination": cta.destination,
                "targets": cta.targets,
                "took": cta.took.n,
                "rate": plain(cta.took.rate),
                "low": plain(cta.took.low),
                "high": plain(cta.took.high),
                "not_assigned": cta.unknown,
                **{f"clicks_{name}": clicks.get(name) for name in ("certain_human", "best", "not_machine", "all")},
                "leads": card.leads.n,
                "qualified": card.leads.qualified,
                "goal": card.leads.goal,
                "goal_of": card.leads.goal_of,
                "pace": card.pace.word if card.pace else None,
            }
        )
    return rows
