"""Pictures of reports: one grammar (Vega-Lite) for mail, pages and print.

Each takes facts and gives a `contract.Picture`, or None where there is nothing to draw: a drawing of nothing says less
than a sentence. Its `alt` says the finding.
"""

from __future__ import annotations

from commsleads.reports.pictures.curve import response_curve
from commsleads.reports.pictures.deadlines import deadlines
from commsleads.reports.pictures.funnel import funnel
from commsleads.reports.pictures.goal import goal
from commsleads.reports.pictures.grammar import DARK, drawn
from commsleads.reports.pictures.trend import trend

__all__ = ["DARK", "deadlines", "drawn", "funnel", "goal", "response_curve", "trend"]
