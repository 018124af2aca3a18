"""Full-text search over past answers. This file and its migration are the only places that differ between engines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commsleads.store.engine import Row, Session

RANKED = 10_000
"""Matches that are ranked, the newest; a search for so common a word wants what was said last."""


def index(session: Session, answer_id: str, *, subject: str, questions: str, text: str) -> None:
    """Make an answer findable, in the transaction that writes it."""
    session.execute("INSERT INTO answer_docs (answer_id) VALUES (:id)", id=answer_id)
    session.execute(
        "INSERT INTO answer_search (rowid, subject, questions, text) "
        "SELECT doc, :subject, :questions, :text FROM answer_docs WHERE answer_id = :id",
        id=answer_id,
        subject=subject,
        questions=questions,
        text=text,
    )


def again(session: Session, enquiry_id: str, *, subject: str, questions: str) -> None:
    """Index the answers of an enquiry anew, whose subject or questions were changed."""
    session.execute(
        "UPDATE answer_search SET subject = :subject, questions = :questions WHERE rowid IN (SELECT d.doc "
        "FROM answer_docs d JOIN answers a ON a.id = d.answer_id WHERE a.enquiry_id = :id)",
        subject=subject,
        questions=questions,
        id=enquiry_id,
    )


def find(session: Session, words: str, *, limit: int = 20) -> list[Row]:
    """Past answers that hold all these words, best first, with an excerpt. "Quoted words" are a phrase.

    What a person typed is never read as the engine's query language.
    """
    parts = [phrase or word for phrase, word in re.findall(r'"([^"]+)"|([^\s"]+)', words.replace("\x00", " "))]
    return _matching(session, " ".join(_quoted(parts)), limit)


def near(session: Session, words: Sequence[str], *, limit: int = 200) -> list[Row]:
    """Past answers that hold any of these words, best first: candidates for a comparison."""
    return _matching(session, " OR ".join(_quoted(words)), limit)


def _quoted(parts: Sequence[str]) -> list[str]:
    return ['"' + part.replace('"', " ") + '"' for part in parts if re.search(r"\w", part)]


def _matching(session: Session, query: str, limit: int) -> list[Row]:
    if not query:
        return []
    # Ranking looks at every row that matches: of a word that stands everywhere only the newest are ranked.
    (floor,) = session.tuples(
        "SELECT coalesce((SELECT rowid FROM answer_search WHERE answer_search MATCH ? "
        "ORDER BY rowid DESC LIMIT 1 OFFSET ?), 0)",
        (query, RANKED),
    )[0]
    # The excerpt is cut outside: inside it would be cut for every row that matches, before the best are known.
    best = session.tuples(
        "SELECT rowid FROM answer_search WHERE answer_search MATCH ? AND rowid > ? ORDER BY rank LIMIT ?",
        (query, floor, limit or 2**62),
    )
    found = []
    for (doc,) in best:
        found += session.query(
            "SELECT a.id AS answer, a.enquiry_id, e.reference, a.number, a.at, a.by, a.kind, a.terms, a.text, "
            "e.subject, e.outlet, e.privacy, "
            "snippet(answer_search, -1, '[', ']', '...', 16) AS excerpt FROM answer_search "
            "JOIN answer_docs d ON d.doc = answer_search.rowid JOIN answers a ON a.id = d.answer_id "
            "JOIN enquiries e ON e.id = a.enquiry_id "
            "WHERE answer_search MATCH :query AND answer_search.rowid = :doc",
            query=query,
            doc=doc,
        )
    return found
