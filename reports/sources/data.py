"""How well we looked, as data: a row for every source and every gap."""

from __future__ import annotations

from typing import Any

from commsleads.contract import Period
from commsleads.reports.plain import head_of, plain

EDITION = 1
"""Changes when a key changes its meaning or goes; keys may be added."""
COLUMNS = [
    "id", "name", "kind", "brings", "state", "why", "last_success_at", "last_new_at", "observed", "polls", "failed",
    "new", "new_before", "stories", "alone", "gaps", "lost_seconds", "unread_at", "unread_why", "quiet_since_at",
]  # fmt: skip
GAPS = ["source", "name", "start_at", "end_at", "lost", "why"]


def data_of(facts: Any, period: Period, looked: Any, alerts: Any, page: Any) -> dict[str, Any]:
    """Everything the report says. Plain JSON values, in a fixed order."""
    health = looked.health
    return {
        **head_of(EDITION, facts, period, page),
        "figures": {
            "sources": health.total, "watching": health.watching, "ok": health.ok,
            "failing": list(health.failing), "paused": list(health.paused), "never": list(health.never),
            "observed": plain(health.observed), "gaps": len(looked.gaps),
            "gaps_lost": sum(gap.lost for gap in looked.gaps), "stories": looked.stories, "alone": looked.alone,
            "mails_aside": looked.aside, "signals_stuck": looked.stuck,
        },
        "editions": dict(looked.editions),
        "deliveries": dict(looked.deliveries),
        "alerts": {
            "raised": alerts.raised, "before": alerts.before, "sent": alerts.sent, "failed": alerts.failed,
            "in_doubt": alerts.in_doubt, "waiting": alerts.waiting, "minutes": plain(alerts.minutes),
            "precision": plain(alerts.precision),
        },
        "table": "sources",
        "columns": COLUMNS,
        "sheets": {"gaps": GAPS},
        "sources": [_source(one) for one in looked.lines],
        "gaps": [
            {
                "source": gap.source, "name": gap.name, "start_at": plain(gap.start), "end_at": plain(gap.end),
                "lost": gap.lost, "why": gap.why,
            }
            for gap in looked.gaps
        ],
        "definitions": dict(page.method),
        "queries": dict(page.commands),
    }  # fmt: skip


def _source(one: Any) -> dict[str, Any]:
    told: dict[str, Any] = plain(one)
    told["lost_seconds"] = told.pop("lost")
    told["quiet_since_at"] = told.pop("quiet_since")
    return {name: told[name] for name in COLUMNS}
