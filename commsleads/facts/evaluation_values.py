"""What an evaluation is made of, along the chain from inputs to impact: plain values, as those of `facts.values`."""

from __future__ import annotations

from dataclasses import dataclass

from commsleads.contract import Period
from commsleads.facts.card_values import Card
from commsleads.facts.message_values import MessageLine
from commsleads.facts.uplift_values import UpliftLine
from commsleads.responses import Clicks
from commsleads.rules.campaigns.depth import Depth


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """Stories with their pickups, by the tier of the best outlet that carried each: (tier or None, stories)."""

    stories: int
    pickups: int
    outlets: int
    tiers: tuple[tuple[int | None, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """One campaign, from its start to the end of its measured time or to now (`measured`; None before it began).

    `written_to` is to how many targets mailings went (one who was written to twice counts twice), None where a mailing
    has no number. `carried` are the stories tied to it, None where it has not begun; `observed` is the share of its
    time in which coverage was watched. `messages` are its key messages over that time. `uplift` is None where nothing
    measures it.
    """

    card: Card
    measured: Period | None
    observed: float | None
    written_to: int | None
    carried: Carried | None
    messages: tuple[MessageLine, ...]
    uplift: UpliftLine | None
    depth: Depth


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What campaigns cost, together, in one currency ('' where none was named). `n` of `of` campaigns say so."""

    currency: str
    cost: float
    n: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The campaigns evaluated, and of the period what is no campaign's alone.

    `campaigns` are those that the period concerns, or the one that was asked for. `spent` and `hours` are those of the
    campaigns over their whole time and not over the period alone; `hours_of` say theirs. `mailings` went out in the
    period, to `written_to` targets (None where one of them has no number). `carried` are the stories of the period
    about us. `clicks` at all our links in the period, None where there is no link.
    """

    campaigns: tuple[Evaluated, ...]
    spent: tuple[Spent, ...]
    hours: float | None
    hours_of: int
    mailings: int
    written_to: int | None
    carried: Carried
    clicks: Clicks | None
