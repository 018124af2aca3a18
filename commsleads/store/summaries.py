"""What a story says, in our own words: for the coverage book, which reprints no article."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from commsleads.store.engine import Session, stamp
from commsleads.store.signals import chunks, holes


class Summary(NamedTuple):
    """Our own summary of a story, who wrote it and when (a stamp)."""

    text: str
    who: str
    at: str


def summaries(session: Session, stories: Sequence[str], now: datetime) -> dict[str, Summary]:
    """The newest summary of each of these stories, by then. A story without one is not among them."""
    found: dict[str, Summary] = {}
    for part in chunks(stories):
        for story, *summary in session.tuples(
            f"SELECT story_id, text, who, at FROM summaries WHERE story_id IN ({holes(part)}) AND at <= ? "
            "ORDER BY story_id, number",
            (*part, stamp(now)),
        ):
            found[story] = Summary(*summary)  # the newest is the last
    return {story: summary for story, summary in found.items() if summary.text}


def add(session: Session, story: str, text: str, *, who: str, now: datetime) -> None:
    """Keep a summary beside those before it; '' takes it back."""
    session.execute(
        "INSERT INTO summaries (story_id, number, at, who, text) SELECT :story, 1 + coalesce(max(number), 0), :at, "
        ":who, :text FROM summaries WHERE story_id = :story",
        story=story,
        at=stamp(now),
        who=who,
        text=text,
    )
