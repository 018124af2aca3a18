"""The digest as data: the same figures, for machines and for those who want to count again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any

from commsleads.contract import Period
from commsleads.reports.weekly.looking import blind

EDITION = 1
"""Changes when a key changes its meaning or goes; keys may be added."""


def data_of(facts: Any, period: Period, found: Mapping[str, Any], sheet: Any) -> dict[str, Any]:
    """Everything the digest says, and the stories beyond those it prints. Plain JSON values, in a fixed order."""
    coverage = found["coverage"]
    unseen = blind(found["health"])
    return {
        "edition": EDITION,
        "organisation": facts.organisation,
        "period": {
            "label": period.label,
            "start": plain(period.start),
            "end": plain(period.end),
            "unit": facts.unit(period),
            "zone": facts.zone.key,
        },
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
        "needs": plain(found["needs"]),
        "leads": {"value": None, "why": "not counted yet"},
        "campaigns": plain(found["answers"]),
        "stories": plain(found["stories"]),
        "enquiries": {"value": None, "why": "not logged yet"},
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


def plain(value: Any) -> Any:
    """A fact as JSON knows it: times as UTC text, shares to four places (what follows is noise)."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if (named := getattr(value, "_asdict", None)) is not None:
        return {name: plain(item) for name, item in named().items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC).isoformat()[:19]}Z"
    if isinstance(value, date):
        return value.isoformat()
    return round(value, 4) if isinstance(value, float) else value
