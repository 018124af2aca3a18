"""How coverage is coded: what the machine made of tone and messages (made again at will), and what people said.

What people say is only ever added: the newest word of a story, a question and a watch or message counts, and an empty
one takes it back. As of a moment counts what was said by then.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from commsleads.store.engine import Session, stamp
from commsleads.store.history import dump
from commsleads.store.signals import chunks, holes


class Toned(NamedTuple):
    """One row of `tones`: the machine's chances (thousandths) of how a signal speaks of a watch."""

    signal_id: str
    watch_id: str
    story_id: str
    arrival: int
    negative: int
    neutral: int
    positive: int
    model: str


class Carrying(NamedTuple):
    """One row of `message_hits`: a key message in a signal."""

    signal_id: str
    campaign_id: str
    message_id: str
    story_id: str
    arrival: int
    prominence: int
    phrase: str


class Coding(NamedTuple):
    """What a person said of a story. `said` is what stood there before, with the machine's chances."""

    id: str
    story_id: str
    what: str
    about: str
    value: str
    said: Mapping[str, Any]
    at: str
    who: str
    why: str


# --- the machine ---------------------------------------------------------------------------------------------------


def keep_tones(session: Session, rows: Iterable[Toned]) -> None:
    """Keep what the machine made of how signals speak of watches."""
    session.many(
        f"INSERT INTO tones ({', '.join(Toned._fields)}) VALUES ({', '.join('?' * len(Toned._fields))}) "
        "ON CONFLICT (signal_id, watch_id) DO UPDATE SET story_id = excluded.story_id, negative = excluded.negative, "
        "neutral = excluded.neutral, positive = excluded.positive, model = excluded.model",
        rows,
    )


def keep_messages(session: Session, rows: Iterable[Carrying]) -> None:
    """Keep which key messages signals carry."""
    session.many(
        f"INSERT INTO message_hits ({', '.join(Carrying._fields)}) VALUES ({', '.join('?' * len(Carrying._fields))}) "
        "ON CONFLICT (signal_id, campaign_id, message_id) DO UPDATE SET story_id = excluded.story_id, "
        "prominence = excluded.prominence, phrase = excluded.phrase",
        rows,
    )


def tones(session: Session, watch: str, start: int, end: int) -> list[tuple[str, int, int, int, int]]:
    """How the signals that arrived in a stretch speak of a watch: (story, arrival, negative, neutral, positive)."""
    return session.tuples(
        "SELECT story_id, arrival, negative, neutral, positive FROM tones WHERE watch_id = ? AND arrival >= ? "
        "AND arrival < ? ORDER BY arrival",
        (watch, start, end),
    )


def tones_of(session: Session, stories: Sequence[str], cutoff: int | None = None) -> list[Toned]:
    """What the machine made of all copies of these stories, the first copy first."""
    found: list[Toned] = []
    for part in chunks(stories):
        found += [
            Toned(*row)
            for row in session.tuples(
                f"SELECT {', '.join('t.' + name for name in Toned._fields)} FROM signals s JOIN tones t "
                f"ON t.signal_id = s.id WHERE s.id IN ({holes(part)}) "
                f"UNION ALL SELECT {', '.join('t.' + name for name in Toned._fields)} FROM signals s JOIN tones t "
                f"ON t.signal_id = s.id WHERE s.story_id IN ({holes(part)}) AND s.story_why <> ''",
                (*part, *part),
            )
        ]
    return sorted((one for one in found if cutoff is None or one.arrival <= cutoff), key=lambda one: one.arrival)


def places(session: Session, watch: str, start: int, end: int) -> dict[str, int]:
    """Where the stories whose mentions arrived in a stretch name a watch at best: 2 headline or lead, 1 elsewhere."""
    return dict(
        session.tuples(
            "SELECT story_id, max(CASE WHEN field = 'title' OR lead = 1 THEN 2 ELSE 1 END) FROM matches "
            "WHERE watch_id = ? AND arrival >= ? AND arrival < ? GROUP BY story_id",
            (watch, start, end),
        )
    )


def printed(session: Session, stories: Sequence[str], cutoff: int) -> list[tuple[str, str, str]]:
    """Who printed these stories, up to the cut-off: (story, outlet, domain), each copy."""
    found: list[tuple[str, str, str]] = []
    for part in chunks(stories):
        found += session.tuples(
            f"SELECT id, outlet, domain FROM signals WHERE id IN ({holes(part)}) AND arrival <= ?", (*part, cutoff)
        )
        found += session.tuples(
            f"SELECT story_id, outlet, domain FROM signals WHERE story_id IN ({holes(part)}) AND story_why <> '' "
            "AND arrival <= ?",
            (*part, cutoff),
        )
    return found


def naming(session: Session, story: str, watches: Sequence[str]) -> list[str]:
    """Which of these watches any copy of a story names."""
    found = session.tuples(
        "SELECT DISTINCT watch_id FROM matches WHERE signal_id IN (SELECT id FROM signals WHERE id = ? "
        "UNION SELECT id FROM signals WHERE story_id = ? AND story_why <> '')",
        (story, story),
    )
    return [watch for watch in watches if (watch,) in found]


def carrying(
    session: Session, campaign: str, start: int = 0, end: int | None = None
) -> list[tuple[str, str, int, str]]:
    """What carries the key messages of a campaign: (message, story, prominence, phrase), the earliest first."""
    return session.tuples(
        "SELECT message_id, story_id, prominence, phrase FROM message_hits WHERE campaign_id = ? AND arrival >= ? "
        "AND arrival < ? ORDER BY arrival, message_id",
        (campaign, start, 1 << 62 if end is None else end),
    )


def carried(session: Session, story: str) -> list[tuple[str, str, int, str]]:
    """The key messages that any copy of a story carries: (campaign, message, prominence, phrase), once each."""
    return session.tuples(
        "SELECT h.campaign_id, h.message_id, max(h.prominence), min(h.phrase) FROM message_hits h "
        "WHERE h.signal_id IN (SELECT id FROM signals WHERE id = ? UNION SELECT id FROM signals WHERE story_id = ? "
        "AND story_why <> '') GROUP BY h.campaign_id, h.message_id ORDER BY h.campaign_id, h.message_id",
        (story, story),
    )


# --- people --------------------------------------------------------------------------------------------------------


def add(
    session: Session,
    *,
    story: str,
    what: str,
    about: str,
    value: str,
    said: Mapping[str, Any],
    who: str,
    now: datetime,
    why: str = "",
) -> str:
    """Keep what a person said of a story; `value` '' takes back what was said. The id of the row."""
    ident = f"{_next(session):08d}-{secrets.token_hex(4)}"
    session.execute(
        "INSERT INTO codings (id, story_id, what, about, value, said, at, who, why) "
        "VALUES (:id, :story, :what, :about, :value, :said, :at, :who, :why)",
        id=ident,
        story=story,
        what=what,
        about=about,
        value=value,
        said=dump(said),
        at=stamp(now),
        who=who,
        why=why,
    )
    return ident


def _next(session: Session) -> int:
    """The number of the next row: two words within one second stay in order."""
    return 1 + int(session.tuples("SELECT count(*) FROM codings")[0][0])


def said(session: Session, what: Sequence[str], until: str = "9999") -> list[Coding]:
    """The last word on each story, question and watch or message, by a moment (a stamp): those not taken back."""
    return newest(_read(session, f"what IN ({holes(what)}) AND at <= ?", (*what, until)))


def of_stories(session: Session, stories: Sequence[str], what: Sequence[str], until: str = "9999") -> list[Coding]:
    """The last words on these stories."""
    found: list[Coding] = []
    for part in chunks(stories):
        where = f"story_id IN ({holes(part)}) AND what IN ({holes(what)}) AND at <= ?"
        found += newest(_read(session, where, (*part, *what, until)))
    return found


def history(session: Session, story: str) -> list[Coding]:
    """All that was ever said of a story, oldest first."""
    return _read(session, "story_id = ?", (story,))


def newest(codings: Iterable[Coding]) -> list[Coding]:
    """Of each story, question and watch or message the last one, unless it takes back."""
    last = {(one.story_id, one.what, one.about): one for one in codings}
    return [one for one in last.values() if one.value]


def _read(session: Session, where: str, given: tuple[Any, ...]) -> list[Coding]:
    rows = session.tuples(
        f"SELECT id, story_id, what, about, value, said, at, who, why FROM codings WHERE {where} ORDER BY at, id",
        given,
    )
    return [
        Coding(ident, story, what, about, value, json.loads(before), at, who, why)
        for ident, story, what, about, value, before, at, who, why in rows
    ]
