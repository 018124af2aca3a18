"""Where each thing that is known of a person came from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from commsleads.store.engine import Session, stamp

BASIS = "answering an enquiry"
"""Why we may keep what they told us, unless the caller knows another reason."""


def learned(
    session: Session, contact: str, said: Mapping[str, str], *, at: datetime, origin: str, basis: str = BASIS,
    by: str = "commsleads",
) -> None:  # fmt: skip
    """Note where each datum of a person came from, and when: the first time that this origin gave it."""
    session.many(
        "INSERT INTO contact_data (contact_id, field, value, at, origin, basis, by) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (contact_id, field, value, origin) DO NOTHING",
        [
            (contact, field, value.strip(), stamp(at), origin, basis, by)
            for field, value in said.items()
            if value.strip()
        ],
    )
