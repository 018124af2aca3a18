"""How many clicks there were, as a range: nobody can tell every person from every machine."""

from __future__ import annotations

from collections.abc import Mapping

from commsleads.responses import Clicks, Verdict

AGAIN = "again"
"""The name under which repeated clicks of people are counted."""


def clicks(counts: Mapping[str, int]) -> Clicks:
    """The range for so many hits of each verdict; what is no GET is left out by whoever counts.

    Under `again` stand people's clicks that their visitor had made seconds before: asked for, so that they are part of
    all and of what no certain machine did, and no clicks of their own, so that neither lower figure holds them.

    The best figure is certain and probable people, and no share of the doubtful. Their share that is people is not
    the same in any two mailings (nearly none behind a gateway, nearly all in a company that leaves headers out): a
    fixed one would add an error and look exact; the range up to `not_machine` shows how far it might be off.
    Raises `ValueError` for a count below 0.
    """
    if min(counts.values(), default=0) < 0:
        raise ValueError("a count of clicks is below 0")
    certain = counts.get(Verdict.HUMAN, 0)
    best = certain + counts.get(Verdict.LIKELY, 0)
    not_machine = best + counts.get(Verdict.DOUBTFUL, 0) + counts.get(AGAIN, 0)
    return Clicks(certain, best, not_machine, not_machine + counts.get(Verdict.MACHINE, 0))
