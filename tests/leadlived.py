"""A simulated stretch of time that was lived, with its recount beside it."""

from __future__ import annotations

from typing import Any

from commsleads.contract import Period
from commsleads.rules.periods import parse_period
from tests.leadrecount import Recount
from tests.leadsim import Year
from tests.leadtruth import Told


class Lived:
    """A year (or less) that was lived once, and its recount."""

    def __init__(self, lived: Year) -> None:
        self.year = lived
        self.recount = Recount(lived)
        self.leads = [one for one in self.recount.everybody if one.opened is not None]

    def period(self, label: str) -> Period:
        if "-" in label:
            return parse_period(label, self.year.zone)
        return Period(
            parse_period(f"{label}-01", self.year.zone).start, parse_period(f"{label}-12", self.year.zone).end, label
        )

    @property
    def facts(self) -> Any:
        return self.year.app.facts(self.year.session)


def paths(everybody: list[Told], stages: set[str], statuses: set[str]) -> None:
    """These stages and statuses were taken, every answer was given, and some of the rest happened, too."""
    assert stages <= {one.stage for one in everybody}
    moved = {to for one in everybody for _, what, _, to in one.moves if what == "status"}
    assert statuses <= moved
    answers = {line.answer for one in everybody for line in one.offers}
    assert {"accepted", "rejected", "lapsed", "recycled", "closed", "withdrawn"} <= answers
    assert any(line.escalated for one in everybody for line in one.offers)
    assert any(len(one.who) > 1 for one in everybody)
