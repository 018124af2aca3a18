"""Signals and stories as the commands list them, filtered and dressed with their watches and campaigns."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from commsleads.store.engine import Row, Session
from commsleads.store.removals import REMOVED_NOW, gone
from commsleads.store.signals import chunks, holes


class Filter(NamedTuple):
    """Which signals to list. `since` and `until` are arrivals (microseconds), half-open.

    `removed` asks for the stories that were taken out as no coverage instead of the others.
    """

    source: str = ""
    kind: str = ""
    campaign: str = ""
    watch: str = ""
    since: int = 0
    until: int = 2**62
    removed: bool = False

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

    def standing(self) -> tuple[str, dict[str, Any]]:
        """The condition on `signals s` that its story is coverage, or with `removed` that it is none: of the watch
        that is asked for, or of any."""
        if not self.watch:
            which = "r.watch_id >= ''" if self.removed else "r.watch_id = ''"
            return f"s.story_id {'' if self.removed else 'NOT '}IN ({REMOVED_NOW.format(which=which)})", {}
        out = REMOVED_NOW.format(which="r.watch_id IN ('', :of)")
        return f"s.story_id {'' if self.removed else 'NOT '}IN ({out})", {"of": self.watch}


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

    A story is named by the copy seen first; `copies` are the ids of all its signals, that one first. What was taken out
    as no coverage is not among them, or alone if the filter says so.
    """
    where, given = chosen.where()
    standing, of = chosen.standing()
    given |= of
    order = [
        row["story_id"]
        for row in session.query(
            f"SELECT s.story_id, first.arrival AS began FROM signals s JOIN signals first ON first.id = s.story_id "
            f"WHERE {where} AND {standing} GROUP BY s.story_id, first.arrival ORDER BY began DESC LIMIT :limit",
            limit=limit or 2**62,
            **given,
        )
    ]
    return _whole(session, order)


def one(session: Session, story: str) -> Row:
    """One story in the same shape, taken out or not."""
    return _whole(session, [story])[0]


def _whole(session: Session, order: Sequence[str]) -> list[Row]:
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
    out = gone(session)
    told = [_story(sorted(found, key=lambda row: bool(row["story_why"]))) for found in copies.values() if found]
    for row in told:
        row["removed"] = row["id"] in out.whole
        row["removed_of"] = [watch for watch in row["watches"] if row["id"] in out.of(watch)]
        row["watches"] = [watch for watch in row["watches"] if watch not in row["removed_of"]]
    return told


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
