"""A lead told from its log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from commsleads.journey import Act, Lead, Touch
from commsleads.rules.leads.terms import Terms


def told(
    contacts: Iterable[str], touches: Iterable[Touch], acts: Iterable[Act], terms: Iterable[Terms], now: datetime
) -> Lead:
    """The lead that these contacts are at a moment. Rows that were known later are left out."""
    raise NotImplementedError
