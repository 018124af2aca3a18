"""What people do with alerts: say whether one was useful, settle one. Each a transaction."""

from __future__ import annotations

import re
from datetime import datetime

from commsleads.errors import NotFoundError
from commsleads.store import alert_lists as lists
from commsleads.store import alerts, history
from commsleads.store.engine import Row, Session

WORDS = 500
"""Characters of a reason."""


def find(session: Session, wanted: str) -> Row:
    """The alert of an id, or of the beginning of one. Raises `NotFoundError`."""
    given = wanted.strip().lower()
    found = lists.by_id(session, given) if re.fullmatch(r"[0-9a-f]{4,16}", given) else []
    if len(found) == 1:
        return found[0]
    several = "More than one alert's id begins so" if found else "There is no such alert"
    raise NotFoundError(f"{several}: “{wanted[:40]}”. See: commsleads alert list --all")


def vote(session: Session, wanted: str, *, voter: str, useful: bool, now: datetime) -> Row:
    """Keep whether an alert was useful, in the words of this voter; the newest word of each voter counts."""
    with session.atomic():
        row = find(session, wanted)
        lists.vote(session, row["id"], voter, now, useful=useful)
        return row


def settle(session: Session, wanted: str, *, who: str, why: str, now: datetime) -> Row:
    """It needs nobody any more. What has not gone out yet goes out no more; a summary settles all that it told."""
    words = " ".join(why.split())[:WORDS]
    with session.atomic():
        row = find(session, wanted)
        said = f"{who}: {words}" if words else who
        parts = alerts.parts(session, row["id"])
        if alerts.settle(session, [row["id"], *parts], now, said):
            history.record(session, now, who=who, what="settled", kind="alert", row_id=row["id"], after={"why": words})
            alerts.drop_settled(session, now)
        return find(session, row["id"])
