"""Full-text search over signals and, through them, stories.

The index is filled off the polling path: by `catch_up` when the schedule is idle and before a person searches.
This file and its migration are the only places that differ between engines.
"""

from __future__ import annotations

import re

from commsleads.store import meta
from commsleads.store.engine import Row, Session

BITE = 2_000
"""Signals indexed in one transaction, so that a poll never waits long."""


def catch_up(session: Session, *, most: int = 2**62) -> int:
    """Index signals not yet indexed and those edited since, at most `most`; how many were."""
    total = 0
    while total < most:
        with session.atomic():
            mark = int(meta.get(session, "indexed_arrival") or 0)
            rows = session.tuples(
                "SELECT id, title, text, arrival FROM signals WHERE arrival > ? ORDER BY arrival LIMIT ?", (mark, BITE)
            )
            if rows:
                session.many("INSERT INTO search_docs (signal_id) VALUES (?)", ((row[0],) for row in rows))
                session.many(
                    "INSERT INTO search (rowid, title, text) SELECT doc, ?, ? FROM search_docs WHERE signal_id = ?",
                    ((title, text, signal_id) for signal_id, title, text, _ in rows),
                )
                meta.put(session, "indexed_arrival", str(rows[-1][3]))
                total += len(rows)
        if len(rows) < BITE:
            break
    return total + _edited(session)


def _edited(session: Session) -> int:
    """Index the new versions of edited signals. One that was never indexed was read in its new version above."""
    with session.atomic():
        rows = session.tuples(
            "SELECT s.id, s.title, s.text FROM edited e JOIN signals s ON s.id = e.signal_id "
            "JOIN search_docs d ON d.signal_id = s.id"
        )
        session.many(
            "UPDATE search SET title = ?, text = ? WHERE rowid = (SELECT doc FROM search_docs WHERE signal_id = ?)",
            ((title, text, signal_id) for signal_id, title, text in rows),
        )
        session.many("DELETE FROM edited WHERE signal_id = ?", ((signal_id,) for signal_id, _, _ in rows))
    return len(rows)


def find(session: Session, words: str, *, limit: int = 50, since: int = 0, until: int = 2**62) -> list[Row]:
    """The signals that hold all these words, best first: `id`, `rank` and an excerpt. "Quoted words" are a phrase.

    What a person typed is never read as the engine's query language.
    """
    if not (query := _query(words)):
        return []
    return session.query(
        "SELECT d.signal_id AS id, snippet(search, -1, '[', ']', '...', 16) AS excerpt FROM search "
        "JOIN search_docs d ON d.doc = search.rowid JOIN signals s ON s.id = d.signal_id "
        "WHERE search MATCH :query AND s.arrival >= :since AND s.arrival < :until ORDER BY search.rank, s.arrival DESC "
        "LIMIT :limit",
        query=query,
        since=since,
        until=until,
        limit=limit or 2**62,
    )


def _query(words: str) -> str:
    parts = [phrase or word for phrase, word in re.findall(r'"([^"]+)"|([^\s"]+)', words.replace("\x00", " "))]
    return " ".join('"' + part + '"' for part in parts if re.search(r"\w", part))
