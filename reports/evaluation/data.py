"""The evaluation as data: every figure of the chain as a row, campaign by campaign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from commsleads.contract import Period
from commsleads.reports.evaluation.chain import Metric
from commsleads.reports.plain import head_of, plain

EDITION = 1
"""Changes when a key changes its meaning or goes; keys may be added."""
COLUMNS = ["campaign", "stage", "figure", "value", "of", "low", "high", "words", "rests_on"]


def data_of(
    facts: Any, period: Period, found: Mapping[str, Any], chains: Sequence[tuple[str, Sequence[Metric]]], page: Any
) -> dict[str, Any]:
    """Everything the report says. Plain JSON values, in a fixed order. `chains` are by the id of a campaign, '' for the
    office."""
    told = found["evaluation"]
    return {
        **head_of(EDITION, facts, period, page),
        "campaigns": [
            {
                "id": one.card.id,
                "name": one.card.name,
                "objective": one.card.objective,
                "state": one.card.state,
                "start_at": plain(one.measured.start) if one.measured else None,
                "end_at": plain(one.measured.end) if one.measured else None,
                "observed": plain(one.observed),
                "level": one.depth.level,
                "missing": list(one.depth.missing),
            }
            for one in told.campaigns
        ],
        "table": "chain",
        "columns": COLUMNS,
        "chain": [row for name, chain in chains for row in _rows(name, chain)],
        "definitions": dict(page.method),
        "queries": dict(page.commands),
    }


def _rows(name: str, chain: Sequence[Metric]) -> Iterator[dict[str, Any]]:
    for metric in chain:
        yield {
            "campaign": name,
            "stage": metric.stage,
            "figure": metric.name,
            "value": plain(metric.value),
            "of": metric.of,
            "low": plain(metric.low),
            "high": plain(metric.high),
            "words": metric.words,
            "rests_on": metric.why,
        }
