"""Touches: the dated contacts with a person from which leads are made."""

from __future__ import annotations

from commsleads.enquiries import Case
from commsleads.rules.desk.touch import touch_of
from commsleads.store.engine import Session, stamp
from commsleads.store.signals import holes

NOT_THEIRS = "not one of its journalists: put there by mistake"


def settle(session: Session, case: Case) -> None:
    """Write the touches of an enquiry as the rules see them now, one for each of its journalists.

    One that stopped counting stays, with the reason.
    """
    touch = touch_of(case)
    there = holes(touch.contacts) if touch.contacts else "''"
    session.many(
        f"UPDATE touches SET counts = 0, why = ? WHERE enquiry_id = ? AND contact_id NOT IN ({there})",
        [(NOT_THEIRS, case.id, *touch.contacts)],
    )
    for contact in touch.contacts:
        session.execute(
            "INSERT INTO touches (id, contact_id, enquiry_id, at, channel, source, counts, why) "
            "VALUES (:id, :contact, :enquiry, :at, :channel, :source, :counts, :why) ON CONFLICT (id) DO UPDATE SET "
            "at = excluded.at, channel = excluded.channel, source = excluded.source, counts = excluded.counts, "
            "why = excluded.why",
            id=f"{case.id}-{contact}",
            contact=contact,
            enquiry=case.id,
            at=stamp(touch.at),
            channel=touch.channel,
            source=touch.source,
            counts=int(touch.counts),
            why=touch.why,
        )
