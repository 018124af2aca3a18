"""What is to come, as a fact: a plain value, as those of `facts.values`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

KINDS = (
    "embargo", "launch", "interview", "event", "follow-up", "campaign starts", "campaign ends", "goal due", "deadline",
    "call back", "offer due", "lead wakes",
)  # fmt: skip
"""The kinds of what is to come; the first five are those of the calendar (`plan.ENTRIES`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Something that is to come on a local day, `at` an instant (None: some time on that day).

    `kind` is one of `KINDS`; `what` are the words of who wrote it down: the entry, the name of a campaign or goal, the
    subject of an enquiry. `reference` is what it is called by: an enquiry's reference, or the id of a campaign, goal or
    lead; '' for an entry of the calendar. `who` sees to it, by name where one is known; '' is nobody. `campaign` is the
    name of one, or ''. `command` shows it. `hidden` is a restricted enquiry: there `what`, `who` and `campaign` are ''.
    """

    on: date
    at: datetime | None
    kind: str
    what: str
    reference: str
    who: str
    campaign: str
    command: str
    hidden: bool = False
