"""Counters that others keep, what they showed, and the links of other services.

Rows only: what a reading means is decided in `rules.counting`, what belongs to which campaign in `rules.tying`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from commsleads.store.campaigns import touched
from commsleads.store.engine import Row, Session
from commsleads.store.signals import chunks, holes

NOT_ADDED = ("visitors",)
"""Measures that may not be added up over days: the same person comes on two days."""


class Counter(NamedTuple):
    """A row of `counters`, in the order of its columns."""

    id: str
    source_id: str
    thing: str
    measure: str
    campaign_id: str
    cta_id: str
    link_id: str
    why: str
    made: str
    rule: str
    zone: str
    filtered: str
    epoch: int
    total: int
    highest: int
    gained: int
    earlier: int
    daily: int
    first_at: str
    last_at: str


class Count(NamedTuple):
    """A row of `counts`: `gained` is what this reading added, for a day the day's count."""

    counter_id: str
    day: str
    at: str
    epoch: int
    total: int
    gained: int
    note: str


class Outside(NamedTuple):
    """A link of another service: its row's id and what it is tied to."""

    id: str
    campaign: str
    cta: str
    channel: str
    destination: str
    made_by: str


_COLUMNS = ", ".join(Counter._fields)


def identity(source_id: str, thing: str, measure: str) -> str:
    """The id of a counter."""
    return sha256(f"counter\x1f{source_id}\x1f{thing}\x1f{measure}".encode("utf-8", "replace")).hexdigest()[:16]


def known(session: Session, ids: Collection[str]) -> dict[str, Counter]:
    """The counters of these ids that there are."""
    found: dict[str, Counter] = {}
    for part in chunks(sorted(ids)):
        for row in session.tuples(f"SELECT {_COLUMNS} FROM counters WHERE id IN ({holes(part)})", part):
            found[row[0]] = Counter(*row)
    return found


def days(session: Session, ids: Collection[str], since: str) -> dict[tuple[str, str], int]:
    """What these counters showed for the days from `since` on, by counter and day."""
    found: dict[tuple[str, str], int] = {}
    for part in chunks(sorted(ids)):
        for counter, day, total in session.tuples(
            f"SELECT counter_id, day, total FROM counts WHERE counter_id IN ({holes(part)}) AND day >= ? AND day <> ''",
            (*part, since),
        ):
            found[counter, day] = total
    return found


def put(session: Session, counters: Iterable[Counter]) -> None:
    """Write counters as they stand now."""
    kept = ("id", "source_id", "thing", "measure", "first_at")
    changes = ", ".join(f"{name} = excluded.{name}" for name in Counter._fields if name not in kept)
    session.many(
        f"INSERT INTO counters ({_COLUMNS}) VALUES ({holes(Counter._fields)}) ON CONFLICT (id) DO UPDATE SET {changes}",
        counters,
    )


def add(session: Session, counts: Sequence[Count]) -> None:
    """Write readings. A day takes the place of what was read of it before."""
    session.many(
        "DELETE FROM counts WHERE counter_id = ? AND day = ?", [(one.counter_id, one.day) for one in counts if one.day]
    )
    session.many(
        "INSERT INTO counts (counter_id, day, at, epoch, total, gained, note) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (counter_id, day, at) DO UPDATE SET epoch = excluded.epoch, total = excluded.total, "
        "gained = counts.gained + excluded.gained, note = excluded.note",
        counts,
    )


def of_campaign(session: Session, campaign_id: str) -> list[Row]:
    """The counters of a campaign, as `listed` gives them."""
    return listed(session, campaign=campaign_id)


def listed(session: Session, *, campaign: str | None = None, source: str = "") -> list[Row]:
    """Counters, each with `resets` (epochs after the first), `additive` (whether its days may be added up), `singly`
    (whether hits are kept on its link: then it is a second count of the same and not to be added to them), and of its
    source `kind`, `state` and `gaps` (stretches since its first reading in which it was not read).

    `campaign` '' gives those of none, None all.
    """
    rows = session.query(
        f"SELECT {', '.join(f'c.{name}' for name in Counter._fields)}, coalesce(s.kind, '') AS kind, "
        "coalesce(s.state, '') AS state, (SELECT count(*) FROM gaps g WHERE g.source_id = c.source_id "
        "AND (g.end_at = '' OR g.end_at > c.first_at)) AS gaps, CASE WHEN c.link_id <> '' AND EXISTS "
        "(SELECT 1 FROM hits h WHERE h.link_id = c.link_id) THEN 1 ELSE 0 END AS singly FROM counters c "
        "LEFT JOIN sources s ON s.id = c.source_id WHERE (:every = 1 OR c.campaign_id = :campaign) "
        "AND (:source = '' OR c.source_id = :source) ORDER BY c.campaign_id, c.cta_id, c.source_id, c.thing, c.measure",
        every=int(campaign is None),
        campaign=campaign or "",
        source=source,
    )
    for row in rows:
        row["resets"] = row["epoch"] - 1
        row["additive"] = row["measure"] not in NOT_ADDED
        row["daily"] = bool(row["daily"])
        row["singly"] = bool(row["singly"])
    return rows


def course(session: Session, counter_id: str) -> list[Row]:
    """What a counter showed, oldest first."""
    return session.query(
        "SELECT day, at, epoch, total, gained, note FROM counts WHERE counter_id = :id ORDER BY day, at", id=counter_id
    )


def notes(session: Session, ids: Sequence[str], most: int = 5) -> dict[str, list[str]]:
    """What was out of the ordinary in the readings of these counters (resets, corrections), the newest first."""
    found: dict[str, list[str]] = {}
    for part in chunks(ids):
        for counter, note in session.tuples(
            f"SELECT counter_id, note FROM counts WHERE counter_id IN ({holes(part)}) AND note <> '' "
            "ORDER BY at DESC, day DESC",
            part,
        ):
            said = found.setdefault(counter, [])
            if len(said) < most:
                said.append(note)
    return found


# --- links of other services ---------------------------------------------------------------------------------------


def outside(session: Session, source_id: str, externals: Collection[str]) -> dict[str, Outside]:
    """The links of a service that there are, by their short addresses."""
    found: dict[str, Outside] = {}
    for part in chunks(sorted(externals)):
        for external, *row in session.tuples(
            "SELECT external, id, campaign_id, cta_id, channel, destination, made_by FROM links "
            f"WHERE source_id = ? AND external IN ({holes(part)})",
            (source_id, *part),
        ):
            found[external] = Outside(*row)
    return found


def tie(session: Session, links: Iterable[Outside]) -> None:
    """Let links of other services belong to these campaigns and calls to action, and lead to these destinations."""
    given = list(links)
    before: set[tuple[str, str, str, str]] = set()
    for part in chunks([link.id for link in given]):
        names = f"SELECT id, campaign_id, cta_id, channel FROM links WHERE id IN ({holes(part)})"
        before |= {(ident, campaign, cta, channel) for ident, campaign, cta, channel in session.tuples(names, part)}
    after = {(link.id, link.campaign, link.cta, link.channel) for link in given}
    touched.note(session, {campaign for _, campaign, _, _ in before ^ after})
    session.many(
        "UPDATE links SET campaign_id = ?, cta_id = ?, channel = ?, destination = ? WHERE id = ?",
        [(link.campaign, link.cta, link.channel, link.destination, link.id) for link in given],
    )
