"""What collectors saw: keep it, find it again, list it; and which signals still wait to be taken in."""

from __future__ import annotations

import json
import sys
from array import array
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, compress, count
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
        f"INSERT INTO matches ({', '.join(Mention._fields)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (signal_id, watch_id) DO UPDATE SET field = excluded.field, phrase = excluded.phrase, "
        "story_id = excluded.story_id",
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
    session.execute("DELETE FROM attributions WHERE signal_id = :id", id=signal_id)


def keep_prints(session: Session, arrivals: Sequence[int], carried: Sequence[Sequence[int]]) -> None:
    """Keep the fingerprints of one bite: those of each signal, by its arrival, in order of arrival."""
    if arrivals:
        owners = [number for number, marks in enumerate(carried) for _ in marks]
        session.execute(
            "INSERT INTO prints (last_arrival, marks, owners, arrivals) VALUES (:last, :marks, :owners, :arrivals)",
            last=arrivals[-1],
            marks=_packed(chain.from_iterable(carried)),
            owners=_packed(owners),
            arrivals=_packed(arrivals),
        )


def with_prints(session: Session, prints: set[int], since: int, most: int) -> dict[int, list[int]]:
    """Who carries these fingerprints since `since`: the arrivals of the newest `most` signals of each, oldest first.

    Empties `prints` of those that are carried so often. Reads all of the window, at some ten million a second.
    """
    holders: dict[int, list[int]] = {}
    for kept, owned, came in session.tuples(
        "SELECT marks, owners, arrivals FROM prints WHERE last_arrival >= ? ORDER BY last_arrival DESC", (since,)
    ):
        marks = _unpacked(kept)
        places = list(compress(count(), map(prints.__contains__, marks)))
        if places:
            owners, arrivals = _unpacked(owned), _unpacked(came)
            for place in reversed(places):
                mark, arrival = marks[place], arrivals[owners[place]]
                held = holders.get(mark)
                if held is None:
                    holders[mark] = [arrival]
                elif len(held) < most:
                    held.append(arrival)
                    if len(held) == most:
                        prints.discard(mark)
    for held in holders.values():
        held.reverse()
    return holders


def _packed(numbers: Iterable[int]) -> str:
    packed = array("q", numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return b2a_base64(packed.tobytes(), newline=False).decode()


def _unpacked(text: str) -> array[int]:
    numbers = array("q")
    numbers.frombytes(a2b_base64(text))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def forget_prints(session: Session, before: int) -> None:
    """Fingerprints older than the pickup window are of no use."""
    session.execute("DELETE FROM prints WHERE last_arrival < :before", before=before)


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
    for table in ("matches", "attributions", "prints", "pending"):
        session.execute(f"DELETE FROM {table}")
    session.execute("UPDATE signals SET canonical_url = '', outlet = '', domain = '', story_id = id, story_why = ''")
    return session.execute("INSERT INTO pending (signal_id) SELECT id FROM signals WHERE id <> ''")


# --- for people and programs ---------------------------------------------------------------------------------------


class Filter(NamedTuple):
    """Which signals to list. `since` and `until` are arrivals (microseconds), half-open."""

    source: str = ""
    kind: str = ""
    campaign: str = ""
    watch: str = ""
    since: int = 0
    until: int = 2**62

    def where(self) -> tuple[str, dict[str, Any]]:
        """The condition on `signals s` and its parameters.

        The narrowest index first: a campaign's or a watch's rows of a stretch of time, not all signals of it.
        """
        given: dict[str, Any] = {"since": self.since, "until": self.until}
        terms = ["s.arrival >= :since", "s.arrival < :until"]
        for column, value in (("source_id", self.source), ("kind", self.kind)):
            if value:
                terms.append(f"s.{column} = :{column}")
                given[column] = value
        for table, column, value in (
            ("attributions", "campaign_id", self.campaign),
            ("matches", "watch_id", self.watch),
        ):
            if value:
                terms.append(
                    f"s.id IN (SELECT signal_id FROM {table} WHERE {column} = :{column} "
                    "AND arrival >= :since AND arrival < :until)"
                )
                given[column] = value
        return " AND ".join(terms), given


def listed(session: Session, chosen: Filter = Filter(), *, limit: int = 0) -> list[Row]:  # noqa: B008
    """Signals in the shape of `commsleads signals --json`, newest first. `limit` 0 is all of them."""
    where, given = chosen.where()
    rows = session.query(
        f"SELECT s.* FROM signals s WHERE {where} ORDER BY s.arrival DESC LIMIT :limit", limit=limit or 2**62, **given
    )
    return _dressed(session, rows)


def by_id(session: Session, ids: Sequence[str]) -> list[Row]:
    """These signals in the same shape, oldest first."""
    rows: list[Row] = []
    for part in chunks(ids):
        names = {f"id_{number}": value for number, value in enumerate(part)}
        rows += session.query(
            f"SELECT * FROM signals WHERE id IN ({', '.join(':' + name for name in names)}) ORDER BY arrival", **names
        )
    return _dressed(session, rows)


def _dressed(session: Session, rows: list[Row]) -> list[Row]:
    watches = _by_signal(session, rows, "SELECT signal_id, watch_id, phrase FROM matches", "watch_id")
    campaigns = _by_signal(session, rows, "SELECT signal_id, campaign_id, rule FROM attributions", "campaign_id")
    return [_shown(row, watches.get(row["id"], []), campaigns.get(row["id"], [])) for row in rows]


def _by_signal(session: Session, rows: Sequence[Row], select: str, order: str) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for part in chunks([row["id"] for row in rows]):
        for signal_id, name, detail in session.tuples(
            f"{select} WHERE signal_id IN ({holes(part)}) ORDER BY {order}", part
        ):
            found.setdefault(signal_id, []).append((name, detail))
    return found


def _shown(row: Row, watches: list[tuple[str, str]], campaigns: list[tuple[str, str]]) -> Row:
    return {
        "id": row["id"],
        "source": row["source_id"],
        "kind": row["kind"],
        "external_id": row["external_id"],
        "url": row["url"],
        "canonical_url": row["canonical_url"],
        "title": row["title"],
        "text": row["text"],
        "author": row["author"],
        "outlet": row["outlet"],
        "domain": row["domain"],
        "language": row["language"],
        "published_at": row["published_at"] or None,
        "published_raw": row["published_raw"],
        "date_note": row["date_note"],
        "first_seen_at": row["first_seen_at"],
        "revised_at": row["revised_at"] or None,
        "story": row["story_id"],
        "story_why": row["story_why"],
        "links": json.loads(row["links"] or "[]"),
        "extra": json.loads(row["extra"] or "{}"),
        "watches": [{"id": name, "phrase": phrase} for name, phrase in watches],
        "campaigns": [{"id": name, "rule": rule} for name, rule in campaigns],
    }


def stories(session: Session, chosen: Filter = Filter(), *, limit: int = 0) -> list[Row]:  # noqa: B008
    """Stories with a copy that fits the filter, in the shape of `commsleads stories --json`, youngest first.

    A story is named by the copy seen first; `copies` are the ids of all its signals, that one first.
    """
    where, given = chosen.where()
    order = [
        row["story_id"]
        for row in session.query(
            f"SELECT s.story_id, first.arrival AS began FROM signals s JOIN signals first ON first.id = s.story_id "
            f"WHERE {where} GROUP BY s.story_id, first.arrival ORDER BY began DESC LIMIT :limit",
            limit=limit or 2**62,
            **given,
        )
    ]
    ids = list(order)
    for part in chunks(order):
        ids += (
            signal_id
            for (signal_id,) in session.tuples(
                f"SELECT id FROM signals WHERE story_id IN ({holes(part)}) AND story_why <> ''", part
            )
        )
    copies: dict[str, list[Row]] = {story: [] for story in order}
    for row in by_id(session, ids):
        copies[row["story"]].append(row)
    return [_story(sorted(found, key=lambda row: bool(row["story_why"]))) for found in copies.values() if found]


def _story(copies: list[Row]) -> Row:
    first = copies[0]
    return {
        "id": first["story"],
        "title": first["title"] or first["text"][:100],
        "url": first["url"],
        "outlet": first["outlet"],
        "first_seen_at": first["first_seen_at"],
        "copies": [row["id"] for row in copies],
        "outlets": sorted({row["outlet"] for row in copies}),
        "why": "The copy seen first stands for the story.",
        "pickups": [
            {"id": row["id"], "outlet": row["outlet"], "url": row["url"], "why": row["story_why"]} for row in copies[1:]
        ],
        "watches": sorted({watch["id"] for row in copies for watch in row["watches"]}),
        "campaigns": sorted({campaign["id"] for row in copies for campaign in row["campaigns"]}),
    }
