"""Pictures of the pages of stories, as a browser saw them on a day: the newest of each, for the coverage book."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from commsleads.store.engine import Session, stamp
from commsleads.store.signals import chunks, holes

MOST = 1_000
"""Pictures that are kept; the oldest give way."""


class Shot(NamedTuple):
    """A picture: of which address, when (a stamp), as PNG in base64, so many pixels wide and high."""

    url: str
    at: str
    content: str
    width: int
    height: int


def shots(session: Session, stories: Sequence[str]) -> dict[str, Shot]:
    """The picture of each of these stories. A story without one is not among them."""
    found: dict[str, Shot] = {}
    for part in chunks(stories):
        rows = session.tuples(
            f"SELECT story_id, url, at, content, width, height FROM shots WHERE story_id IN ({holes(part)})", part
        )
        found |= {row[0]: Shot(*row[1:]) for row in rows}
    return found


def keep(session: Session, story: str, shot: Shot, now: datetime) -> None:
    """Keep a picture in place of the one before, and let the oldest go when there are too many."""
    session.execute(
        "INSERT INTO shots (story_id, url, at, content, width, height) VALUES (:story, :url, :at, :content, :width, "
        ":height) ON CONFLICT (story_id) DO UPDATE SET url = excluded.url, at = excluded.at, "
        "content = excluded.content, width = excluded.width, height = excluded.height",
        story=story,
        url=shot.url,
        at=stamp(now),
        content=shot.content,
        width=shot.width,
        height=shot.height,
    )
    session.execute(
        "DELETE FROM shots WHERE story_id IN (SELECT story_id FROM shots ORDER BY at DESC, story_id LIMIT -1 "
        "OFFSET :most)",
        most=MOST,
    )


def forget(session: Session, story: str) -> bool:
    """Let the picture of a story go; whether there was one."""
    return session.execute("DELETE FROM shots WHERE story_id = :story", story=story) > 0
