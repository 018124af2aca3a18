"""What follows from a mail of ours that came back, from a complaint about one, and from who wants no more by mail.

Only a report that names the Message-ID of a delivery of ours, which nobody can guess, changes anything; a mail that
says "unsubscribe" does by the signed word behind it. What was seen once is not seen again by `rebuild`: a stop that a
person lifted since stays lifted.
"""

from __future__ import annotations

import logging
from datetime import datetime

from commsleads.letters import Letter, LetterClass
from commsleads.rules.returned import Returned, read_return
from commsleads.store import deliveries, stops, tickets
from commsleads.store.engine import Row, Session

log = logging.getLogger(__name__)

UNSUBSCRIBE = "unsubscribe "
_STATES = frozenset({"sent", "sending"})


def settle_return(session: Session, letter: Letter, kind: LetterClass, at: datetime) -> bool:
    """Do what follows from such a mail; whether it was one that is for nobody to answer."""
    if letter.subject[: len(UNSUBSCRIBE)].lower() == UNSUBSCRIBE:
        return _unsubscribed(session, letter.subject[len(UNSUBSCRIBE) :].strip(), at)
    said = read_return(letter, kind)
    row = deliveries.by_message(session, said.ids) if said else None
    if said is None or row is None:
        return False
    _came_back(session, row, said, at)
    return True


def _came_back(session: Session, row: Row, said: Returned, at: datetime) -> None:
    if said.complaint:
        stops.stop(session, row["recipient"], row["name"], stops.Stop("complaint", said.why), at, once=True)
    elif said.final and row["state"] in _STATES:
        deliveries.ended(session, row, "bounced", at, said.why)
        # One reader of a list is gone, or whom it was forwarded to: that is no reason to leave out all of them.
        if said.gone and stops.bare(said.who) in {"", stops.bare(row["recipient"])}:
            stops.stop(session, row["recipient"], "", stops.Stop("bounce", said.why), at, once=True)
    else:
        log.info("A report on a delivery changes nothing: %s", said.why)


def _unsubscribed(session: Session, word: str, at: datetime) -> bool:
    said = tickets.payload(session, word)
    whose = tickets.holder(session, said) if said is not None else None
    if whose is None:
        return False
    stops.stop(session, whose.recipient, whose.name, stops.Stop("mail"), at, once=True)
    return True
