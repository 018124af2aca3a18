"""The facts of the leads in the shapes of the recount, shares to four places."""

from __future__ import annotations

from typing import Any

from commsleads.facts.lead_values import Funnel, LeadWait


def share(found: Any) -> dict[str, Any]:
    return {"k": found.k, "n": found.n, **{name: _round(getattr(found, name)) for name in ("value", "low", "high")}}


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def wait(found: LeadWait) -> dict[str, Any]:
    return {name: getattr(found, name) for name in ("n", "events", "median", "low", "high")}


def funnel(found: Funnel) -> dict[str, Any]:
    return {
        "n": found.n,
        "steps": {step.key: (share(step.share), step.open) for step in found.steps},
        "outcomes": dict(found.outcomes),
        **{name: wait(getattr(found, name)) for name in ("to_qualified", "to_accepted", "to_closed")},
    }
