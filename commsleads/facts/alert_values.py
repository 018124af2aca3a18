"""Alerts as figures: what was told at once, to whom it got, and how much of it was worth it. Plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from commsleads.rules.figures import Share


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLine:
    """One alert. `state` is sent, waiting, in doubt, failed, dropped (it settled first) or unsent (no channel took it).

    `title` and `text` are safe to show as they are. `owner` is the officer who should act, '' for nobody in particular.
    `useful` and `useless` are how many of those who judged it said so, each by their newest word. `told_in` is the id
    of the summary that told it together with others, '' when it went out alone. `subject` is the id of what it is
    about: a watch, a story, a source.
    """

    id: str
    kind: str
    level: str
    owner: str
    title: str
    text: str
    command: str
    state: str
    caused_at: datetime
    raised_at: datetime
    sent_at: datetime | None
    settled_at: datetime | None
    settled_why: str
    useful: int
    useless: int
    told_in: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLine:
    """A channel in a period: how many alerts it took, and what is wrong with it now ('' when nothing is known to be).

    `in_doubt` are those of which nobody knows whether they arrived, `waiting` those that are still to go out.
    """

    name: str
    sent: int
    failed: int
    in_doubt: int
    waiting: int
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertFigures:
    """The alerts raised in a period.

    `told` are all of them, the gravest first; those that a summary told are counted in `raised` and not in `alerts`,
    which is how many messages there were to send. `before` is `raised` of the period before, None where nobody looked.
    `by_kind` and `by_level` count `raised`. `sent` got to one channel at least, `failed` to none. `minutes` is the
    median from the cause until it had got somewhere, of `timed` alerts that did not wait for quiet hours, None of
    none. `precision` are those judged useful by most of their judges, of those that anybody judged and that were sent.
    `open` are those that nobody has settled and that have not settled by themselves, whenever they were raised.
    """

    raised: int
    alerts: int
    before: int | None
    by_kind: tuple[tuple[str, int], ...]
    by_level: tuple[tuple[str, int], ...]
    sent: int
    failed: int
    in_doubt: int
    waiting: int
    minutes: float | None
    timed: int
    precision: Share
    told: tuple[AlertLine, ...]
    open: tuple[AlertLine, ...]
    channels: tuple[ChannelLine, ...]
    query: str = "commsleads alert list --all"

    @property
    def troubled(self) -> tuple[ChannelLine, ...]:
        """The channels that something is wrong with."""
        return tuple(one for one in self.channels if one.trouble)
