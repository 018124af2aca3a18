"""Who somebody is, as far as the criteria ask: their outlet, its tier, and what their address tells."""

from __future__ import annotations

from collections.abc import Sequence

from commsleads.plan import Outlet
from commsleads.rules.contacts.register import declared
from commsleads.rules.contacts.verifying import marks


def standing(outlet: str, email: str, outlets: Sequence[Outlet]) -> tuple[str, ...]:
    """The marks of a person who writes for that outlet from that address, in alphabetical order.

    `outlet` is an outlet by its name, or by how it is written in the register; '' is not known, and gives no mark.
    """
    known = declared(outlets, outlet)
    found = set(marks(email, known.domains if known else ()))
    if outlet.strip():
        found.add("outlet")
    if known and known.tier in (1, 2, 3):
        found.add(f"tier-{known.tier}")
    return tuple(sorted(found))
