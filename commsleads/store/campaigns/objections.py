"""Who asked not to be written to. Of each address only a hash is kept: enough to know it again, not to write to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b

from commsleads.store.engine import Session, stamp
from commsleads.store.signals import chunks, holes

WHY = "asked not to be written to"


def add(session: Session, address: str, now: datetime, by: str, why: str) -> bool:
    """Keep an objection for good; False when it is known."""
    return bool(
        session.execute(
            "INSERT INTO do_not_contact (id, at, by, why) VALUES (:id, :at, :by, :why) ON CONFLICT (id) DO NOTHING",
            id=hashed(address),
            at=stamp(now),
            by=by,
            why=why,
        )
    )


def forget(session: Session, addresses: Sequence[str]) -> None:
    """Empty what was written beside the objections of these folded addresses. The hashes stay."""
    hashes = [(hashed(one),) for one in addresses]
    session.many("UPDATE do_not_contact SET why = '' WHERE id = ? AND why <> ''", hashes)
    session.many(
        "UPDATE history SET before = '', after = '{\"erased\":true}' WHERE kind = 'do_not_contact' AND row_id = ?",
        hashes,
    )


def among(session: Session, addresses: Sequence[str]) -> frozenset[str]:
    """Those of these folded addresses whose owner asked not to be written to."""
    wanted = {hashed(address): address for address in addresses if address}
    found: set[str] = set()
    for part in chunks(sorted(wanted)):
        rows = session.tuples(f"SELECT id FROM do_not_contact WHERE id IN ({holes(part)})", part)
        found |= {wanted[ident] for (ident,) in rows}
    return frozenset(found)


def since(session: Session, addresses: Sequence[str]) -> dict[str, datetime]:
    """When the owners of these folded addresses asked not to be written to, of those who did."""
    wanted = {hashed(address): address for address in addresses if address}
    found: dict[str, datetime] = {}
    for part in chunks(sorted(wanted)):
        rows = session.tuples(f"SELECT id, at FROM do_not_contact WHERE id IN ({holes(part)})", part)
        found |= {wanted[ident]: datetime.fromisoformat(at) for ident, at in rows}
    return found


def lift(session: Session, address: str) -> bool:
    """The owner of this folded address may be written to again; False when nothing stood against it."""
    return bool(session.execute("DELETE FROM do_not_contact WHERE id = :id", id=hashed(address)))


def hashed(address: str) -> str:
    """By what an address is known again that is not kept."""
    return blake2b(address.encode("utf-8", "replace"), digest_size=16, person=b"do-not-contact").hexdigest()
