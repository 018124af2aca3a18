"""Stories that a person took out as no coverage, of one watch or of any, and back: append-only.

Nearly always there are a few of them beside hundreds of thousands of mentions. So they are read whole, once, and the
readers of `store.coverage` leave their rows out in passing; where there are none it costs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from commsleads.store.engine import Row, Session, stamp

ANY = ""
"""In place of a watch: the story is no coverage at all."""
ALWAYS = "9999"
"""Later than every stamp."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What is taken out: stories of no watch at all, and stories of single watches. False when there is nothing."""

    whole: frozenset[str]
    partly: Mapping[str, frozenset[str]]

    def __bool__(self) -> bool:
        return bool(self.whole or self.partly)

    def of(self, watch: str) -> frozenset[str]:
        """The stories that are no coverage of this watch."""
        part = self.partly.get(watch)
        return self.whole | part if part else self.whole

    def tie(self, story: str, rule: str, evidence: str) -> bool:
        """Whether a tie to a campaign falls with what was taken out: of the story, or of the watch that made it.

        `evidence` is the sentence of `rules.attribution`, which names the watch.
        """
        if story in self.whole:
            return True
        return rule in {"watch", "window"} and any(
            story in stories and f"(watch {watch})" in evidence for watch, stories in self.partly.items()
        )


NOTHING = Gone(frozenset(), {})


def gone(session: Session, now: datetime | None = None) -> Gone:
    """What is taken out, by then or by now."""
    rows = session.tuples(
        "SELECT story_id, watch_id, removed FROM removals WHERE at <= ? ORDER BY story_id, watch_id, number",
        (stamp(now) if now else ALWAYS,),
    )
    if not rows:
        return NOTHING
    newest = {(story, watch): removed for story, watch, removed in rows}
    found: dict[str, set[str]] = {}
    for (story, watch), removed in newest.items():
        if removed:
            found.setdefault(watch, set()).add(story)
    whole = frozenset(found.pop(ANY, ()))
    return Gone(whole, {watch: frozenset(stories) for watch, stories in found.items()})


def standing(session: Session, story: str) -> list[str]:
    """Of which watches a story is taken out now; `ANY` among them means of all."""
    rows = session.tuples(
        "SELECT watch_id, removed FROM removals WHERE story_id = ? ORDER BY watch_id, number", (story,)
    )
    return sorted(watch for watch, removed in dict(rows).items() if removed)


def add(session: Session, story: str, watch: str, *, removed: bool, who: str, why: str, now: datetime) -> None:
    """Keep that a story was taken out, or put back."""
    session.execute(
        "INSERT INTO removals (story_id, watch_id, number, at, removed, who, why) SELECT :story, :watch, "
        "1 + coalesce(max(number), 0), :at, :removed, :who, :why FROM removals "
        "WHERE story_id = :story AND watch_id = :watch",
        story=story,
        watch=watch,
        at=stamp(now),
        removed=int(removed),
        who=who,
        why=why,
    )


def of_story(session: Session, story: str) -> list[Row]:
    """All that was said of one story, oldest first."""
    return session.query(
        "SELECT watch_id AS watch, at, removed, who, why FROM removals WHERE story_id = :story "
        "ORDER BY at, watch_id, number",
        story=story,
    )


def between(session: Session, start: str, end: str) -> list[Row]:
    """What was taken out and put back in a stretch (stamps), oldest first."""
    return session.query(
        "SELECT story_id AS story, watch_id AS watch, at, removed, who, why FROM removals "
        "WHERE at >= :start AND at < :end ORDER BY at, story_id, watch_id, number",
        start=start,
        end=end,
    )


REMOVED_NOW = (
    "SELECT r.story_id FROM removals r WHERE r.removed = 1 AND {which} AND r.number = (SELECT max(n.number) "
    "FROM removals n WHERE n.story_id = r.story_id AND n.watch_id = r.watch_id)"
)
"""The stories that are taken out now, for a condition. `which` says of which watches."""
