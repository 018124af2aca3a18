"""What the figures are made of: mentions, stories and what is tied to campaigns. Read-only.

Every statement is a stretch of an index (`matches_watch`, `attributions_campaign`, `signals_story`) or a look-up
by key, so that a digest of one week costs the same whatever stands in the table beside it.

What a person took out as no coverage (`store.removals`) is in none of these rows. `gone` is what was taken out by the
moment that is asked for; without it, by now.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from commsleads.store import removals
from commsleads.store.engine import Session
from commsleads.store.removals import Gone
from commsleads.store.signals import chunks, holes


class Copied(NamedTuple):
    """One signal of a story, as it reads now."""

    id: str
    story: str
    arrival: int
    outlet: str
    domain: str
    url: str
    title: str
    published: str
    first_seen: str
    why: str


_COPY = (
    "SELECT id, story_id, arrival, outlet, domain, url, CASE WHEN title <> '' THEN title ELSE substr(text, 1, 100) "
    "END, published_at, first_seen_at, story_why FROM signals"
)


def mentions(
    session: Session, watch: str, start: int, end: int, gone: Gone | None = None
) -> list[tuple[int, str, str, str, str]]:
    """The mentions of a watch that arrived in a stretch: (arrival, signal, story, source, published)."""
    rows = session.tuples(
        "SELECT arrival, signal_id, story_id, source_id, published_at FROM matches "
        "WHERE watch_id = ? AND arrival >= ? AND arrival < ?",
        (watch, start, end),
    )
    out = _gone(session, gone).of(watch)
    return [row for row in rows if row[2] not in out] if out else rows


def _gone(session: Session, given: Gone | None) -> Gone:
    return removals.gone(session) if given is None else given


def named(session: Session, watch: str, start: int, end: int, gone: Gone | None = None) -> list[tuple[str, str, str]]:
    """Where the watch is named: (signal, field, phrase), headlines first."""
    rows = session.tuples(
        "SELECT signal_id, field, phrase, story_id FROM matches WHERE watch_id = ? AND arrival >= ? AND arrival < ? "
        "ORDER BY field DESC, arrival",
        (watch, start, end),
    )
    out = _gone(session, gone).of(watch)
    return [row[:3] for row in rows if row[3] not in out]


def copies(session: Session, stories: Sequence[str], cutoff: int) -> list[Copied]:
    """All signals of these stories up to the cut-off, of each story the first one first."""
    rows: list[tuple[Any, ...]] = []
    for part in chunks(stories):
        rows += session.tuples(f"{_COPY} WHERE id IN ({holes(part)}) AND arrival <= ?", (*part, cutoff))
        rows += session.tuples(
            f"{_COPY} WHERE story_id IN ({holes(part)}) AND story_why <> '' AND arrival <= ?", (*part, cutoff)
        )
    found = [Copied(*row) for row in rows]
    found.sort(key=lambda copy: (copy.why != "", copy.arrival))
    return found


def count_pickups(session: Session, stories: Sequence[str], cutoff: int) -> int:
    """How many copies these stories have beyond the first, up to the cut-off."""
    return sum(
        int(
            session.tuples(
                f"SELECT count(*) FROM signals WHERE story_id IN ({holes(part)}) AND story_why <> '' AND arrival <= ?",
                (*part, cutoff),
            )[0][0]
        )
        for part in chunks(stories)
    )


def attributed(
    session: Session, campaign: str, start: int, end: int, gone: Gone | None = None
) -> list[tuple[int, str, str, int]]:
    """What is tied to a campaign: (arrival, story, rule, permille), in order of arrival."""
    where = "FROM attributions WHERE campaign_id = ? AND arrival >= ? AND arrival < ?"
    given = (campaign, start, end)
    out = _gone(session, gone)
    if not out:
        return session.tuples(f"SELECT arrival, story_id, rule, permille {where} ORDER BY arrival", given)
    rows = session.tuples(f"SELECT arrival, story_id, rule, permille, evidence {where} ORDER BY arrival", given)
    return [row[:4] for row in rows if not out.tie(row[1], row[2], row[4])]


def count_attributed(session: Session, campaign: str, start: int, end: int, gone: Gone | None = None) -> int:
    """How many signals are tied to a campaign, copies counted one by one."""
    out = _gone(session, gone)
    if out:
        return len(attributed(session, campaign, start, end, out))
    rows = session.tuples(
        "SELECT count(*) FROM attributions WHERE campaign_id = ? AND arrival >= ? AND arrival < ?",
        (campaign, start, end),
    )
    return int(rows[0][0])


def ties(session: Session, signals: Sequence[str], gone: Gone | None = None) -> list[tuple[str, str, str, int]]:
    """The campaigns these signals are tied to: (signal, campaign, rule, permille), the surest first."""
    found: list[tuple[str, str, str, int]] = []
    out = _gone(session, gone)
    for part in chunks(signals):
        rows = session.tuples(
            "SELECT signal_id, campaign_id, rule, permille, story_id, evidence FROM attributions "
            f"WHERE signal_id IN ({holes(part)}) ORDER BY permille DESC, campaign_id, signal_id",
            part,
        )
        found += [row[:4] for row in rows if not out.tie(row[4], row[2], row[5])]
    return found


class Edit(NamedTuple):
    """A mention whose headline reads differently now."""

    watch: str
    signal: str
    before: str
    after: str
    outlet: str
    url: str


def titles(session: Session, signals: Sequence[str]) -> dict[str, tuple[str, str, str]]:
    """Title, outlet and address of these signals, by their ids."""
    found: dict[str, tuple[str, str, str]] = {}
    for part in chunks(signals):
        for ident, title, outlet, url in session.tuples(
            f"SELECT id, title, outlet, url FROM signals WHERE id IN ({holes(part)})", part
        ):
            found[ident] = (title, outlet, url)
    return found


def edits(
    session: Session, arrivals: tuple[int, int], between: tuple[str, str], gone: Gone | None = None
) -> list[Edit]:
    """Mentions from one stretch (arrivals) whose headline was edited in another (stamps), once for each watch."""
    # CROSS JOIN has SQLite begin with the few revisions of the stretch and not with its mentions.
    rows = session.tuples(
        "SELECT m.watch_id, r.signal_id, r.title, s.title, s.outlet, s.url, s.story_id FROM revisions r "
        "CROSS JOIN signals s CROSS JOIN matches m WHERE s.id = r.signal_id AND m.signal_id = r.signal_id "
        "AND r.replaced_at >= ? AND r.replaced_at < ? AND s.arrival >= ? AND s.arrival < ? "
        "ORDER BY r.signal_id, r.number DESC",
        (*between, *arrivals),
    )
    # The oldest version of the stretch is the last row of a signal and stays.
    out = _gone(session, gone)
    newest = {(row[0], row[1]): Edit(*row[:6]) for row in rows if row[6] not in out.of(row[0])}
    return [edit for edit in newest.values() if edit.before != edit.after]
