"""A story that a watch found and that is no coverage is taken out by a person, with a reason; and put back.

Nothing is deleted: what was taken out stands in `stories --removed`, and counts as of a moment before still have it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from difflib import get_close_matches
from typing import NamedTuple

from commsleads.coverage.adding import line
from commsleads.errors import CoverageError
from commsleads.store import removals
from commsleads.store.desk.covered import signal
from commsleads.store.engine import Session
from commsleads.store.removals import ANY

LONGEST = 500
"""Characters of a reason."""


class Taken(NamedTuple):
    """What became of a story: `changed` is False when it was so already. `watches` are those it is about."""

    story: str
    title: str
    watches: tuple[str, ...]
    changed: bool


def remove(
    session: Session, wanted: str, *, why: str, who: str, now: datetime, watch: str = "", watches: Iterable[str] = ()
) -> Taken:
    """Take a story (its id, that of any copy, or an address) out of what names a watch, or out of all coverage.

    `watches` are the ids that are declared. Raises `NotFoundError`, and `CoverageError` without a reason, for a watch
    that is not declared and for one that the story does not name.
    """
    reason = line(why, LONGEST)
    if not reason:
        raise CoverageError('Say why it is no coverage: --why "another company of that name".')
    with session.atomic():
        found = signal(session, wanted)
        story, title = found["story_id"], found["title"] or found["text"][:100]
        named = _named(session, story)
        if watch and watch not in named:
            raise CoverageError(_unnamed(watch, named, list(watches)))
        standing = removals.standing(session, story)
        if watch in standing or ANY in standing:
            return Taken(story, title, tuple(named), changed=False)
        removals.add(session, story, watch, removed=True, who=who, why=reason, now=now)
    return Taken(story, title, (watch,) if watch else tuple(named), changed=True)


def keep(session: Session, wanted: str, *, why: str, who: str, now: datetime) -> Taken:
    """Put a story back wherever it was taken out. Raises `NotFoundError`."""
    reason = line(why, LONGEST)
    with session.atomic():
        found = signal(session, wanted)
        story = found["story_id"]
        standing = removals.standing(session, story)
        for watch in standing:
            removals.add(session, story, watch, removed=False, who=who, why=reason, now=now)
    watches = _named(session, story) if ANY in standing else standing
    return Taken(story, found["title"] or found["text"][:100], tuple(watches), changed=bool(standing))


def _named(session: Session, story: str) -> list[str]:
    """The watches that any copy of a story names."""
    rows = session.tuples(
        "SELECT DISTINCT m.watch_id FROM matches m JOIN signals s ON s.id = m.signal_id "
        "WHERE s.id = ? OR (s.story_id = ? AND s.story_why <> '') ORDER BY m.watch_id",
        (story, story),
    )
    return [watch for (watch,) in rows]


def _unnamed(watch: str, named: list[str], declared: list[str]) -> str:
    of = f"It names {', '.join(named)}." if named else "It names no watch."
    if watch not in declared:
        near = get_close_matches(watch[:100], [*named, *declared], 1, 0.5)
        return f"No watch is called “{watch[:80]}”.{f' Did you mean {near[0]}?' if near else ''} {of}"
    return f"The story does not name the watch {watch}. {of}"
