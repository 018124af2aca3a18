"""Which outlet of the register somebody means."""

from __future__ import annotations

from collections.abc import Sequence

from commsleads.plan import Outlet
from commsleads.text import fold


def declared(outlets: Sequence[Outlet], name: str) -> Outlet | None:
    """The outlet of that name or domain in the register, "the" and case left out; None when it is not there."""
    wanted = fold(name).removeprefix("the ").strip()
    if not wanted:
        return None
    for outlet in outlets:
        if wanted in (fold(outlet.name).removeprefix("the ").strip(), *outlet.domains):
            return outlet
    return None
