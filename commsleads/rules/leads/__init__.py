"""Leads as they follow from their log: who is one, where it stands, whose turn it is, and why.

`told` is the fold of the log, and `rejudged` its quick part: what other criteria would make of the same touches.
"""

from __future__ import annotations

from commsleads.rules.leads.fold import told
from commsleads.rules.leads.rejudging import Rejudged, rejudged

__all__ = ["Rejudged", "rejudged", "told"]
