"""The settings of the reports: each read as the report's own dataclass says, so a wrong key is told like any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass, replace
from typing import Any

from commsleads.config.notes import Notes
from commsleads.config.sources import Plugins
from commsleads.config.tables import Plan, keys, make, plan_of
from commsleads.errors import ConfigError, PluginError
from commsleads.plan import ReportPlan


def read(found: Sequence[ReportPlan | None], plugins: Plugins, notes: Notes) -> list[ReportPlan | None]:
    """The plans with their settings as values. Where a report is not installed another note says so already."""
    installed = plugins.report_names() if found else ()
    return [
        replace(plan, settings=told(plan.settings, plan.name, plugins, f"reports[{number}].settings", notes))
        if plan is not None and plan.settings and plan.name in installed
        else plan
        for number, plan in enumerate(found)
    ]


def told(given: Mapping[str, Any], name: str, plugins: Plugins, where: str, notes: Notes) -> dict[str, Any]:
    """What was given, as the report wants it; {} when something in it was wrong, and the notes say what."""
    try:
        kind = plugins.report(name).Settings
    except PluginError as error:
        notes.wrong(where, f"cannot be read: {error}")
        return {}
    if not is_dataclass(kind):
        notes.wrong(where, f"are given, and the report {name} has none")
        return {}
    values = keys(plan_of(kind), dict(given), where, notes)
    if values is None or make(kind, values, where, notes) is None:
        return {}
    return values


def typed(given: Mapping[str, str], name: str, plugins: Plugins) -> dict[str, Any]:
    """Settings typed at a command, `campaign=spring` or `tiers=1,2`. Raises `ConfigError` with every mistake."""
    notes = Notes({})
    kind = plugins.report(name).Settings
    plan = plan_of(kind) if is_dataclass(kind) else Plan({}, frozenset())
    usual = {one.name: one.default for one in fields(kind)} if is_dataclass(kind) else {}
    values = {key: _value(text, usual.get(key, MISSING)) for key, text in given.items()}
    found = keys(plan, values, name, notes)
    if found is not None and is_dataclass(kind):
        make(kind, found, name, notes)
    if problems := notes.all():
        raise ConfigError(problems)
    return found or {}


def _value(text: str, usual: Any) -> Any:
    """What a word means beside the usual value of its key. What cannot be read stays a word, and is told as that."""
    if isinstance(usual, bool):
        return {"true": True, "yes": True, "false": False, "no": False}.get(text.casefold(), text)
    if isinstance(usual, int):
        return _number(text)
    if isinstance(usual, tuple):
        return [_number(part.strip()) for part in text.split(",") if part.strip()]
    return text


def _number(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
