"""Where touches come from: the pass that looks at evidence of people and keeps what touches it is.

::

    enquiries ─────────────┐                       ┌─► versions of `touches`, where they say something new
    responses of persons ──┼─► rules ─► touches ───┤
    noted by hand ─────────┤                       └─► `leads_waiting`: whose lead is to be told anew
    what we know of people ┘

What is to be looked at is in rows of `evidence_waiting`, written with the evidence itself; a bite of them goes in the
transaction that keeps its touches. So a pass can be done again at any time and gives the same, and one with nothing new
costs a look at an empty table. An enquiry's touches are also settled at the moment it changes (`store.desk.touches`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import blake2b

from commsleads.config import Settings
from commsleads.errors import StoreError
from commsleads.intake.persons import Persons
from commsleads.intake.responders import SINCE, Responders
from commsleads.journey import MARKS, Touch
from commsleads.plan import Campaign
from commsleads.store import meta
from commsleads.store.campaigns import responses
from commsleads.store.engine import Row, Session, stamp
from commsleads.store.history import dump
from commsleads.store.leads import asked, evidence, noted, touches

__all__ = ["again", "due", "look", "noted_by_hand"]

log = logging.getLogger(__name__)

DECLARED = "touches_declared"
"""The name in `meta` of a print of what is declared that touches depend on; '' before the first pass."""
BITE = 200
"""Pieces of evidence looked at in one transaction."""
MOST = 50_000
"""Pieces looked at in one pass; what is left is found by the next."""
TAKEN_BACK = "taken back: noted by mistake"
HOSTILE = "hostile"
Stopping = Callable[[], bool]


def never() -> bool:
    """Nobody asks to stop."""
    return False


def due(session: Session) -> bool:
    """Whether a pass would find anything to look at."""
    return evidence.any_(session) or not meta.get(session, DECLARED)


def look(
    session: Session,
    settings: Settings,
    campaigns: Sequence[Campaign],
    now: datetime,
    *,
    most: int = MOST,
    stopping: Stopping = never,
) -> int:
    """Look at the evidence that waits; how many people's touches have changed. Bounded by `most`.

    While responses are being made again, only what people noted is looked at: a response that is not there yet is none
    that was taken back.
    """
    _declared(session, settings, campaigns, now)
    pass_ = _Pass(session, settings, now)
    settled = not campaigns or bool(meta.get(session, responses.SETTLED_AT))
    sorts = pass_.sorts if settled else {evidence.NOTED: pass_.sorts[evidence.NOTED]}
    for sort, work in sorts.items():
        while most > 0 and not stopping():
            waits = evidence.some(session, min(BITE, most), sort)
            if not waits:
                break
            pass_.bite(sort, waits, work)
            most -= len(waits)
    if most > 0 and settled and not stopping():
        evidence.done(session, [one for one in evidence.some(session, BITE) if one.partition(" ")[0] not in sorts])
    return len(pass_.changed)


def noted_by_hand(session: Session, settings: Settings, now: datetime) -> int:
    """As `look`, at what people noted alone: whoever noted something wants to see what follows from it."""
    pass_ = _Pass(session, settings, now)
    while waits := evidence.some(session, BITE, evidence.NOTED):
        pass_.bite(evidence.NOTED, waits, pass_.sorts[evidence.NOTED])
    return len(pass_.changed)


def again(session: Session, settings: Settings, campaigns: Sequence[Campaign], now: datetime) -> int:
    """Look at all evidence again; how many people's touches have changed."""
    with session.atomic():
        evidence.note_all(session)
    return look(session, settings, campaigns, now, most=2**62)


def _declared(session: Session, settings: Settings, campaigns: Sequence[Campaign], now: datetime) -> None:
    """Where calls to action ask for something else than before, all responses are to be looked at; at first, all."""
    kinds = sorted([campaign.id, cta.id, cta.kind] for campaign in campaigns for cta in campaign.ctas)
    told = dump([kinds, sorted([one.id, one.medium] for one in settings.links.channels)])
    print_ = blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    known = meta.get(session, DECLARED)
    if known == print_:
        return
    with session.atomic():
        if known:
            evidence.note_responses(session)
        else:
            evidence.note_all(session)
            meta.put(session, SINCE, stamp(now))
        meta.put(session, DECLARED, print_)


class _Pass:
    """One pass over the evidence. `changed` are the contacts whose touches say something else."""

    def __init__(self, session: Session, settings: Settings, now: datetime) -> None:
        self.session = session
        self.changed: set[str] = set()
        self._now = now
        responders = Responders(session, settings, now)
        persons = Persons(session, now)
        # Responses come first: they may be of people whom nobody knew before.
        self.sorts: dict[str, Callable[[Sequence[str]], list[str]]] = {
            evidence.RESPONSE: responders.settle,
            evidence.NOTED: self._noted,
            evidence.PERSON: persons.settle,
            evidence.ENQUIRY: self._enquiries,
        }

    def bite(self, sort: str, waits: Sequence[str], work: Callable[[Sequence[str]], list[str]]) -> None:
        """Look at some pieces in one transaction; where that fails, one by one, so that one leaves the others alone."""
        try:
            with self.session.atomic():
                self.changed.update(work([one.removeprefix(f"{sort} ") for one in waits]))
                evidence.done(self.session, waits)
        except Exception as error:
            if type(error) is StoreError:  # the database and not this piece
                raise
            if len(waits) == 1:
                log.exception("No touch could be made of one piece of evidence")
                evidence.done(self.session, waits)
                return
            for one in waits:
                self.bite(sort, [one], work)

    def _enquiries(self, ids: Sequence[str]) -> list[str]:
        return asked.settle(self.session, ids, self._now, late=True)

    def _noted(self, ids: Sequence[str]) -> list[str]:
        rows = noted.several(self.session, ids)
        return touches.keep(self.session, [_of_noted(row, self._now) for row in rows])


def _of_noted(row: Row, now: datetime) -> Touch:
    """The touch that one of us noted. Taken back, it is none and nothing is true of it."""
    marks = [mark for mark in row["marks"].split() if mark in MARKS]
    gone, hostile = bool(row["gone_at"]), HOSTILE in marks
    made = datetime.fromisoformat(row["gone_at"] or row["made_at"])
    return Touch(
        id=f"{row['id']}-{row['contact_id']}",
        version=1,
        contact=row["contact_id"],
        at=datetime.fromisoformat(row["at"]),
        learned=min(made, now),
        kind=row["kind"],
        marks="" if gone else " ".join(sorted(marks)),
        channel=row["kind"],
        source=row["source"],
        detail=row["detail"],
        campaign=row["campaign_id"],
        cta=row["cta_id"],
        outlet=row["outlet"],
        evidence=f"{evidence.NOTED} {row['id']}",
        counts=not gone and not hostile,
        why=TAKEN_BACK if gone else "a hostile touch" if hostile else f"noted by {row['by']}",
    )
