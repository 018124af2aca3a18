"""Facts as JSON knows values, for machines and for those who want to count again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any


def plain(value: Any) -> Any:
    """A fact as JSON knows it: times as UTC text, lengths of time in seconds, shares to four places (the rest is
    noise)."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if (named := getattr(value, "_asdict", None)) is not None:
        return {name: plain(item) for name, item in named().items()}
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC).isoformat()[:19]}Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return round(value.total_seconds())
    return round(value, 4) if isinstance(value, float) else value


def head_of(edition: int, facts: Any, period: Any, page: Any) -> dict[str, Any]:
    """How the data of every report begins: of whom, when, as of when, and what can be forwarded alone. `edition`
    changes when a key changes its meaning or goes."""
    return {
        "edition": edition,
        "organisation": facts.organisation,
        "period": period_data(facts, period),
        "as_of": plain(facts.now),
        "subject": page.subject,
        "verdict": {"sentences": list(page.verdict)},
    }


def period_data(facts: Any, period: Any) -> dict[str, Any]:
    """The period of a report as data: its name, its ends, its length and the zone of its days."""
    return {
        "label": period.label,
        "start": plain(period.start),
        "end": plain(period.end),
        "unit": facts.unit(period),
        "zone": facts.zone.key,
    }
