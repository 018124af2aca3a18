"""What a mail carries so that its reader can say: no more of this. A signed word for one recipient and one report."""

from __future__ import annotations

from typing import NamedTuple

from commsleads.signed import MARK, mark, payload_of, token
from commsleads.store import deliveries, stops
from commsleads.store.engine import Session
from commsleads.store.keys import signing_key

PURPOSE = "no more of a report"


class Holder(NamedTuple):
    """Whose ticket it is: a bare address, and the name of the report."""

    recipient: str
    name: str


def ticket(key: bytes, recipient: str, name: str) -> str:
    """The ticket of a recipient for a report. The same each time, and no address can be read from it."""
    return token(key, PURPOSE, mark(key, stops.bare(recipient)) + name.encode())


def payload(session: Session, text: str) -> bytes | None:
    """What a ticket says, or None for one that we did not make."""
    return payload_of(signing_key(session), PURPOSE, text)


def holder(session: Session, said: bytes) -> Holder | None:
    """Whose ticket it is; None when nothing was ever to be mailed to them."""
    key = signing_key(session)
    whose, name = said[:MARK], said[MARK:].decode("utf-8", "replace")
    found = next((one for one in deliveries.recipients(session) if mark(key, one) == whose), None)
    return Holder(found, name) if found else None
