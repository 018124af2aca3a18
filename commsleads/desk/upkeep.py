"""What happens by the clock: deadlines that pass, and personal data that come to their end."""

from __future__ import annotations

from commsleads.desk.record import Desk, changing
from commsleads.enquiries import Case
from commsleads.rules.desk.aftermath import stale
from commsleads.rules.desk.workflow import lapses
from commsleads.store import history
from commsleads.store.desk import cases, enquiries, erasing
from commsleads.store.engine import stamp


def lapse(desk: Desk) -> int:
    """Mark open enquiries whose deadline passed without an answer; how many. They stay open until a person acts."""
    done = 0
    for row in enquiries.lapsing(desk.session, stamp(desk.now)):
        with changing(desk, row["id"], "lapsed") as change:
            if lapses(change.case, desk.now):
                change.set(lapsed_at=change.row["deadline_at"])
                done += 1
    return done


def stale_now(desk: Desk) -> list[Case]:
    """`stale` of what is open."""
    return stale(cases.open_cases(desk.session), desk.now)


def erase(desk: Desk) -> tuple[int, int]:
    """Make nobody of those whose time has come; how many people, and how many enquiries were cleared of their words."""
    with desk.session.atomic():
        ids = erasing.enquiries(desk.session, stamp(desk.now))
        for enquiry_id in ids:
            history.record(desk.session, desk.now, who=desk.who.id, what="erased", kind="enquiry", row_id=enquiry_id)
        return erasing.contacts(desk.session, stamp(desk.now)), len(ids)
