"""The end of personal data of targets: the person goes, the row and its counts stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from commsleads.store import inputs
from commsleads.store.campaigns import links, responses, touched
from commsleads.store.engine import Session, stamp
from commsleads.store.signals import chunks, holes

ERASED = "erased"
LEFT_OUT = "left out, the reason was erased"


def due(session: Session, now: datetime) -> list[str]:
    """The ids of the targets whose time has come."""
    return [
        ident
        for (ident,) in session.tuples(
            "SELECT id FROM targets WHERE erase_after <> '' AND erase_after < ?", (stamp(now),)
        )
    ]


def erase(session: Session, ids: Sequence[str], now: datetime) -> None:
    """Make nobody of these targets. Their group, their steps with their times, and their outlet stay.

    A reason of exclusion that is nobody else's may be about them, and goes as well; one of many stays, it is a count.
    The identity becomes the id, a hash of what it was: the same person in the same campaign is known again by it, and
    is not taken in anew. Links of their own lead nowhere, and neither these nor their clicks name them any more.
    """
    rows = [(ident,) for ident in ids]
    inputs.forget(session, _known_by(session, ids), stamp(now))
    alone = _alone(session) if ids else set()
    session.many(
        f"UPDATE targets SET excluded = '{LEFT_OUT}' WHERE id = ?", [(ident,) for ident in ids if ident in alone]
    )
    session.many(
        f"UPDATE targets SET name = '{ERASED}', email = '', contact_id = '', note = '', identity = id, "
        "erase_after = '' WHERE id = ?",
        rows,
    )
    session.many("UPDATE target_moves SET why = '' WHERE target_id = ? AND why <> ''", rows)
    session.many(
        "UPDATE history SET before = '', after = '{\"erased\":true}' WHERE kind = 'target' AND row_id = ?", rows
    )
    links.cut(session, ids, at=now)
    responses.erase(session, ids)
    touched.note_targets(session, ids)


def _known_by(session: Session, ids: Sequence[str]) -> list[str]:
    """The names and addresses of these targets."""
    found: list[str] = []
    for part in chunks(ids):
        for words in session.tuples(f"SELECT name, email FROM targets WHERE id IN ({holes(part)})", part):
            found += [word for word in words if word not in ("", ERASED)]
    return found


def _alone(session: Session) -> set[str]:
    """Targets whose reason of exclusion no other target of their campaign has."""
    return {
        ident
        for (ident,) in session.tuples(
            "SELECT min(id) FROM targets WHERE excluded <> '' GROUP BY campaign_id, excluded HAVING count(*) = 1"
        )
    }


def exclude(session: Session, ident: str, why: str) -> None:
    """Leave a target that is nobody any more out of every mailing."""
    session.execute("UPDATE targets SET excluded = :why WHERE id = :id", id=ident, why=why)
    touched.note_targets(session, [ident])


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
