"""How well we looked, source by source: plain values, as those of `facts.values`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from commsleads.facts.values import Gap, Health


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One source in a period, and how it stands now.

    `brings` is coverage, mail or clicks. `state` is ok, failing, paused, new (never read) or removed (no longer in the
    settings), `why` what went wrong or why somebody must act. `observed` is the share of the period in which it was
    watched; None for a source that was not there at all in it.

    `polls` were made in the period, `failed` of them; `new` is what they brought for the first time, `new_before` in
    the period before (None where it was not watched for most of that). `stories` about any watch were seen by it,
    `alone` of them by no other source: what would be missing without it. `lost` is how long it was not seen and
    something may be missing, `gaps` in how many stretches. `unread_at` is when something last came from it that could
    not be read, None if nothing did. `quiet_since` is set when it answers and has brought nothing new for long.
    """

    id: str
    name: str
    kind: str
    brings: str
    state: str
    why: str
    last_success_at: datetime | None
    last_new_at: datetime | None
    observed: float | None
    polls: int
    failed: int
    new: int
    new_before: int | None
    stories: int
    alone: int
    gaps: int
    lost: timedelta
    unread_at: datetime | None
    unread_why: str
    quiet_since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """All sources of a period. `lines` begin with those that need somebody, then by name.

    `stories` about any watch were seen, `alone` of them by one source only. `watch` are commands that list the rows.
    `aside` mails and `stuck` signals wait because they could not be read or taken in. `editions` are reports by state
    (written, failed), `deliveries` mails by state (`sent`, `failed`, `over`, `bounced`, `sending`, `stopped`,
    `waiting`) whose state is of the period.
    """

    health: Health
    lines: tuple[SourceLine, ...]
    gaps: tuple[Gap, ...]
    stories: int
    alone: int
    aside: int
    stuck: int
    stuck_why: str
    editions: tuple[tuple[str, int], ...]
    deliveries: tuple[tuple[str, int], ...]
    watch: tuple[tuple[str, str], ...]
