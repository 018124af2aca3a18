"""Touches of enquiries, at the moment at which an enquiry changes."""

from __future__ import annotations

from datetime import datetime

from commsleads.store.engine import Session
from commsleads.store.leads import asked, evidence


def settle(session: Session, enquiry: str, now: datetime) -> None:
    """Write the touches of an enquiry as the rules see them now, one for each of its journalists.

    One that stopped counting stays, with the reason. Later enquiries of the same people, of which this one says that
    they came for more, are looked at by the intake.
    """
    asked.settle(session, [enquiry], now)
    evidence.note(session, evidence.ENQUIRY, asked.later(session, enquiry))
    evidence.note(session, evidence.RESPONSE, asked.beside(session, enquiry))
