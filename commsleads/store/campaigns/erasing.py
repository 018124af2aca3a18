"""The end of personal data of targets: the person goes, the row and its counts stay."""

from __future__ import annotations

from collections.abc import Sequence

from commsleads.store.engine import Session

ERASED = "erased"


def due(session: Session, now: str) -> list[str]:
    """The ids of the targets whose time has come."""
    return [
        ident
        for (ident,) in session.tuples("SELECT id FROM targets WHERE erase_after <> '' AND erase_after < ?", (now,))
    ]


def erase(session: Session, ids: Sequence[str]) -> None:
    """Make nobody of these targets. Their group, their steps with their times, and their outlet stay.

    The identity becomes the id, a hash of what it was: the same person in the same campaign is known again by it, and
    is not taken in anew.
    """
    rows = [(ident,) for ident in ids]
    session.many(
        f"UPDATE targets SET name = '{ERASED}', email = '', contact_id = '', note = '', identity = id, "
        "erase_after = '' WHERE id = ?",
        rows,
    )
    session.many("UPDATE target_moves SET why = '' WHERE target_id = ? AND why <> ''", rows)
    session.many(
        "UPDATE history SET before = '', after = '{\"erased\":true}' WHERE kind = 'target' AND row_id = ?", rows
    )


def exclude(session: Session, ident: str, why: str) -> None:
    """Leave a target that is nobody any more out of every mailing."""
    session.execute("UPDATE targets SET excluded = :why WHERE id = :id", id=ident, why=why)


def by_address(session: Session, address: str) -> list[str]:
    """The ids of the targets of all campaigns with this folded address."""
    return [ident for (ident,) in session.tuples("SELECT id FROM targets WHERE email = ?", (address,))]


def later(session: Session, campaign_id: str, until: str) -> int:
    """Move the end of a campaign's targets to where its plan now puts it, if that is later; of how many."""
    return session.execute(
        "UPDATE targets SET erase_after = :until WHERE campaign_id = :campaign AND erase_after <> '' "
        "AND erase_after < :until",
        campaign=campaign_id,
        until=until,
    )
