"""What collectors saw: keep it, find it again, list it; and which signals still wait to be taken in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from commsleads.store.engine import Row, Session

CHUNK = 500
"""Ids in one `IN (...)`."""
MAX_REVISIONS = 24
"""Versions kept of one signal, the first ones and the one before the newest; some pages change with every poll."""
TRIES = 3
"""How often a signal that makes a rule fail is tried before it waits for a person."""

T = TypeVar("T")


class Columns(NamedTuple):
    """One row of `signals`, in the order of the table. The last five are what the intake made of it."""

    id: str
    source_id: str
    kind: str
    external_id: str
    url: str
    title: str
    text: str
    author: str
    language: str
    published_at: str
    published_raw: str
    date_note: str
    links: str
    extra: str
    content_hash: str
    first_seen_at: str
    revised_at: str
    arrival: int
    canonical_url: str
    outlet: str
    domain: str
    story_id: str
    story_why: str


INSERT = f"INSERT INTO signals ({', '.join(Columns._fields)}) VALUES ({', '.join('?' * len(Columns._fields))})"


def chunks(values: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """`values` in pieces of at most `size`."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def holes(values: Sequence[Any]) -> str:
    """As many `?` as there are values."""
    return ", ".join("?" * len(values))


def known(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """Which of these signals are kept already, with the hash of what was seen."""
    found: dict[str, str] = {}
    for part in chunks(ids):
        found.update(session.tuples(f"SELECT id, content_hash FROM signals WHERE id IN ({holes(part)})", part))
    return found


def last_arrival(session: Session) -> int:
    """The newest `arrival`, or 0: nothing that comes may be ordered before it."""
    return int(session.tuples("SELECT coalesce(max(arrival), 0) FROM signals")[0][0])


def insert(session: Session, rows: Iterable[Sequence[Any]]) -> None:
    """Keep new signals, as `Columns`."""
    session.many(INSERT, rows)


class Revision(NamedTuple):
    """A signal that reads differently now."""

    id: str
    content_hash: str
    url: str
    title: str
    text: str
    links: str
    at: str


def revise(session: Session, revision: Revision) -> bool:
    """Put the new version in place and keep the old one. False when only the markup differed."""
    (old,) = session.query("SELECT url, title, text FROM signals WHERE id = :id", id=revision.id)
    if (old["title"], old["text"]) == (revision.title, revision.text):
        session.execute(
            "UPDATE signals SET content_hash = :hash WHERE id = :id", id=revision.id, hash=revision.content_hash
        )
        return False
    session.execute(
        "INSERT INTO revisions (signal_id, replaced_at, number, url, title, text) "
        "SELECT :id, :at, CASE WHEN count(*) < :most THEN 1 + count(*) ELSE :most END, :url, :title, :text "
        "FROM revisions WHERE signal_id = :id ON CONFLICT (signal_id, number) DO UPDATE SET "
        "replaced_at = excluded.replaced_at, url = excluded.url, title = excluded.title, text = excluded.text",
        id=revision.id,
        at=revision.at,
        url=old["url"],
        title=old["title"],
        text=old["text"],
        most=MAX_REVISIONS,
    )
    session.execute(
        "UPDATE signals SET content_hash = :hash, url = :url, title = :title, text = :text, links = :links, "
        "revised_at = :at WHERE id = :id",
        id=revision.id,
        hash=revision.content_hash,
        url=revision.url,
        title=revision.title,
        text=revision.text,
        links=revision.links,
        at=revision.at,
    )
    session.execute("INSERT INTO edited (signal_id) VALUES (:id) ON CONFLICT DO NOTHING", id=revision.id)
    return True


# --- what the intake writes ---------------------------------------------------------------------------------------


def place(session: Session, rows: Iterable[tuple[str, str, str, str, str, str]]) -> None:
    """Write (canonical_url, outlet, domain, story_id, story_why, id) of signals that waited to be taken in."""
    session.many(
        "UPDATE signals SET canonical_url = ?, outlet = ?, domain = ?, story_id = ?, story_why = ? WHERE id = ?", rows
    )


class Mention(NamedTuple):
    """Why a signal is a mention, with what the figures need of the signal."""

    watch_id: str
    signal_id: str
    arrival: int
    field: str
    phrase: str
    story_id: str
    source_id: str
    published_at: str
    lead: int = 0


class Attributed(NamedTuple):
    """Why a signal belongs to a campaign, with its story."""

    signal_id: str
    campaign_id: str
    arrival: int
    rule: str
    permille: int
    evidence: str
    story_id: str


def match(session: Session, rows: Iterable[Mention]) -> None:
    """Keep why signals are mentions."""
    session.many(
        f"INSERT INTO matches ({', '.join(Mention._fields)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (signal_id, watch_id) DO UPDATE SET field = excluded.field, phrase = excluded.phrase, "
        "story_id = excluded.story_id, lead = excluded.lead",
        rows,
    )


def attribute(session: Session, rows: Iterable[Attributed]) -> None:
    """Tie signals to campaigns."""
    session.many(
        f"INSERT INTO attributions ({', '.join(Attributed._fields)}) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (signal_id, campaign_id) DO UPDATE SET rule = excluded.rule, "
        "permille = excluded.permille, evidence = excluded.evidence, story_id = excluded.story_id",
        rows,
    )


def unmatch(session: Session, signal_id: str) -> None:
    """Forget what a signal matched, before its new version is read."""
    session.execute("DELETE FROM matches WHERE signal_id = :id", id=signal_id)
    for table in ("attributions", "tones", "message_hits"):
        session.execute(f"DELETE FROM {table} WHERE signal_id = :id", id=signal_id)


def first_versions(session: Session, arrivals: Sequence[int]) -> list[Row]:
    """Signals as they read when first seen: the version that decides the story."""
    names = ("id", "story_id", "source_id", "domain", "canonical_url", "title", "text", "arrival")
    rows: list[Row] = []
    for part in chunks(arrivals):
        found = session.tuples(
            "SELECT s.id, s.story_id, s.source_id, s.domain, s.canonical_url, coalesce(r.title, s.title), "
            "coalesce(r.text, s.text), s.arrival FROM signals s LEFT JOIN revisions r "
            f"ON s.revised_at <> '' AND r.signal_id = s.id AND r.number = 1 WHERE s.arrival IN ({holes(part)})",
            part,
        )
        rows.extend(Row(zip(names, row, strict=True)) for row in found)
    return rows


# --- what waits ----------------------------------------------------------------------------------------------------


def wait(session: Session, ids: Iterable[str], error: str) -> None:
    """Put signals on the list of those to take in later, with why they were not."""
    session.many(
        "INSERT INTO pending (signal_id, error) VALUES (?, ?) "
        "ON CONFLICT (signal_id) DO UPDATE SET tries = pending.tries + 1, error = excluded.error",
        ((signal_id, error) for signal_id in ids),
    )


def waiting(session: Session, limit: int) -> list[Row]:
    """The oldest signals that wait and were tried fewer than `TRIES` times, whole."""
    return session.query(
        f"SELECT {', '.join('s.' + name for name in Columns._fields)} FROM pending p JOIN signals s "
        "ON s.id = p.signal_id WHERE p.tries < :tries ORDER BY s.arrival LIMIT :limit",
        limit=limit,
        tries=TRIES,
    )


def any_waiting(session: Session) -> bool:
    """Whether anything that can still be taken in waits."""
    return bool(session.tuples("SELECT 1 FROM pending WHERE tries < ? LIMIT 1", (TRIES,)))


def any_untried(session: Session) -> bool:
    """Whether signals wait that no pass has tried yet: until one has, all figures are too small."""
    return bool(session.tuples("SELECT 1 FROM pending WHERE tries = 0 LIMIT 1"))


def done(session: Session, ids: Iterable[str]) -> None:
    """These are taken in."""
    session.many("DELETE FROM pending WHERE signal_id = ?", ((signal_id,) for signal_id in ids))


def clear_intake(session: Session) -> int:
    """Forget everything the intake made and put every signal on the list; how many there are."""
    for table in ("matches", "attributions", "tones", "message_hits", "prints", "pending"):
        session.execute(f"DELETE FROM {table}")
    session.execute("UPDATE signals SET canonical_url = '', outlet = '', domain = '', story_id = id, story_why = ''")
    return session.execute("INSERT INTO pending (signal_id) SELECT id FROM signals WHERE id <> ''")
