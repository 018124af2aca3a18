"""How editions went out, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How editions of one report went out.

    `late` is how much later than its time this edition is told, None when it is in time, when a person asked for it
    before, or when nobody promised a time. The rest is of the edition told before (`last`, '' when there is none): to
    `n` people it was addressed, of whom `sent` were reached as far as is known; `waiting` are still tried, `over` were
    given up, `bounced` came back, `stopped` want no more, and of `doubtful` nobody knows. Rows sent again count apart
    (`again`). `query` lists them.
    """

    name: str
    due_at: datetime | None = None
    late: timedelta | None = None
    last: str = ""
    told_at: datetime | None = None
    n: int = 0
    sent: int = 0
    waiting: int = 0
    over: int = 0
    bounced: int = 0
    stopped: int = 0
    doubtful: int = 0
    again: int = 0
    query: str = ""
