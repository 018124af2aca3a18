"""How the last edition reached people, and whether this one is late. Numbers; `delivery list` says who they are."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from commsleads.contract import Period
from commsleads.facts.ground import Ground
from commsleads.facts.sending_values import Sending
from commsleads.store import reports
from commsleads.store.deliveries import of
from commsleads.store.engine import moment, stamp

LATE = timedelta(hours=1)
"""Later than that after its time, an edition says so."""


def sending(ground: Ground, period: Period, name: str = "weekly") -> Sending:
    """How the edition before this period's reached people, and how late this period's is."""
    this = reports.schedule(ground.session, name, period.label)
    due_at, told_at = this or (None, None)
    behind = (told_at or ground.now) - due_at if due_at else timedelta(0)
    last = reports.before(ground.session, name, stamp(period.start))
    found = Sending(name=name, due_at=due_at, late=behind if behind > LATE else None)
    if last is None:
        return found
    rows = of(ground.session, name, last["period"])
    states = Counter(row["state"] for row in rows if row["turn"] == 1)
    return Sending(
        name=name,
        due_at=due_at,
        late=found.late,
        last=last["period"],
        told_at=moment(last["written_at"]),
        n=sum(states.values()),
        sent=states["sent"],
        waiting=states["waiting"] + states["failed"],
        over=states["over"],
        bounced=states["bounced"],
        stopped=states["stopped"],
        doubtful=states["sending"],
        again=sum(row["turn"] > 1 for row in rows),
        query=f"commsleads delivery list {name} --period {last['period']}",
    )
