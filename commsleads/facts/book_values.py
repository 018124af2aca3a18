"""What a coverage book holds: plain values, as those of `facts.values`. No text of an article is among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from commsleads.facts.values import Figure, Story
from commsleads.rules.figures import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Pickup:
    """The same text elsewhere. `tier` is None for an outlet that is not in the register."""

    signal: str
    outlet: str
    tier: int | None
    url: str
    published_at: datetime | None
    first_seen_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Carries:
    """A key message that a story carries, of which campaign."""

    campaign: str
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the page of a story looked like on a day: a PNG as base64, so many pixels wide and high."""

    at: datetime
    content: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BookStory:
    """One story of the book. `summary` is a person's, '' where nobody has written one.

    `said` is how it speaks of us as a person has read it, '' while nobody has; what a machine guesses is not told
    here. `pickups` are its copies beyond the first, by tier and date. `seen` is None where nobody took a picture.
    """

    story: Story
    summary: str
    summary_by: str
    said: str
    messages: tuple[Carries, ...]
    pickups: tuple[Pickup, ...]
    seen: Seen | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TierLine:
    """The stories of one tier, by the best outlet that carried each; None are those of no registered outlet.

    `outlets` are different ones that carried them, of any tier. `previous` are the stories of the period before, None
    where nobody was looking or nothing there can be compared.
    """

    tier: int | None
    stories: int
    pickups: int
    outlets: int
    previous: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The coverage of a period, or the part of it that was chosen.

    `campaign` and `watch` are the names of what it was chosen by, '' for none; `everyone` says that stories that are
    not about us are among them; `chosen_tiers` are the tiers chosen, () for all. `figure` counts the stories before
    tiers were chosen, with what it is compared with; `verdict` says whether that is much (None where no baseline is
    kept for it). `n` and `pickups` count those in the book, `outlets` different outlets. `previous_pickups` are those
    of the period before, None as in `TierLine`. `stories` are all of them, by tier and the newest first. `observed` is
    the share of the period that was observed.
    """

    campaign: str
    watch: str
    everyone: bool
    chosen_tiers: tuple[int, ...]
    figure: Figure
    verdict: Verdict | None
    n: int
    pickups: int
    previous_pickups: int | None
    outlets: int
    tiers: tuple[TierLine, ...]
    stories: tuple[BookStory, ...]
    observed: float
