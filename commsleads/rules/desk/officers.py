"""Who of our own people is meant by a name."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from commsleads.enquiries import Officer
from commsleads.rules.desk.errors import WordError


def officer(officers: Sequence[Officer], name: str) -> Officer:
    """The officer of that id (or name, or address). Raises `WordError` with the nearest.

    Where no officers are declared anybody is one, with the rights of a lead: there is nobody else to ask.
    """
    wanted = name.strip()
    if not wanted:
        raise WordError("Say who you are: --by OFFICER, or set COMMSLEADS_USER.")
    if not officers:
        return Officer(id=wanted, name=wanted, role="lead")
    folded = wanted.casefold()
    for one in officers:
        if folded in (one.id.casefold(), one.name.casefold(), one.email.casefold()):
            return one
    near = difflib.get_close_matches(folded, [one.id for one in officers], 1, 0.5)
    hint = f"Did you mean {near[0]}?" if near else f"There is: {', '.join(one.id for one in officers)}."
    raise WordError(f"No officer is called “{wanted[:60]}”. {hint} Officers are declared with [[desk.officers]].")
