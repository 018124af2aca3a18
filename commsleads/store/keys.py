"""The key that our links are signed with: made once, kept in the database, never shown."""

from __future__ import annotations

import secrets

from commsleads.signed import KEY
from commsleads.store import meta
from commsleads.store.engine import Session

NAME = "signing_key"


def signing_key(session: Session) -> bytes:
    """The key of this database; made at the first call, also when several runs call at once."""
    held = meta.get(session, NAME)
    if not held:
        session.execute(
            "INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING",
            name=NAME,
            value=secrets.token_hex(KEY),
        )
        held = meta.get(session, NAME)
    return bytes.fromhex(held)


def known_key(session: Session) -> bytes | None:
    """The key of this database, None while nothing was ever signed: then no signature can be good. Makes nothing."""
    held = meta.get(session, NAME)
    return bytes.fromhex(held) if held else None
