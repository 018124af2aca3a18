"""Enquiries that make nobody a lead until one of us has said what their stance is."""

from __future__ import annotations

from commsleads.store.engine import Session


def waiting(session: Session) -> tuple[int, str]:
    """How many open enquiries of identified journalists have no stance yet, and the reference of the oldest; '' for
    none. An enquiry that has ended is asked about no more."""
    ((count, oldest),) = session.tuples(
        "SELECT COUNT(*), COALESCE(MIN(e.reference), '') FROM enquiries e WHERE e.ended_at = '' "
        "AND e.stance = 'unknown' AND EXISTS (SELECT 1 FROM enquiry_journalists j WHERE j.enquiry_id = e.id)"
    )
    return int(count), str(oldest)
