"""Days and names of a site's statistics: which days one poll asks for, and the counters that come of an answer.

Figures of a site move after the day is over (archives are made at night, late visits arrive, Google corrects for two
days): every poll reads the last days again, and what was read last counts. A day whose figure went down to nothing is
left out of most answers; `held` in the cursor knows what stood there, so that it is told to be zero and does not stay.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from commsleads.contract import Cursor, Tally

AGAIN = 3
"""So many days before the last one that was read are read again."""
MOST_DAYS = 400
"""Further back no poll looks."""
MOST_COUNTS = 20_000
"""So many counts may one poll bring."""
MOST_HELD = 2_000
LONGEST_NAME = 100
LONGEST_THING = 450
NAMES = ("utm_campaign", "utm_content", "utm_source", "utm_medium")
UNNAMED = frozenset(
    {"", "(not set)", "Direct / None", "(not provided)", "(none)", "(direct)", "(organic)", "(referral)"}
)
"""What services write where a visit has no such name; campaigns of Google's own making among them."""


class Span(NamedTuple):
    """The days of one poll, both included. `cut` says that there were more than a poll may ask for."""

    first: date
    last: date
    cut: bool = False

    def each(self) -> Iterator[date]:
        """Every day, the oldest first."""
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=number)


def span(cursor: Cursor, now: datetime, zone: str, since: int) -> Span:
    """From the last day that was read, and some before it, to today in `zone`; at first sight `since` days back."""
    today = now.astimezone(ZoneInfo(zone or "UTC")).date()
    try:
        before = date.fromisoformat(cursor["day"])
    except (KeyError, ValueError):
        return Span(today - timedelta(days=since), today)
    first, oldest = min(before, today) - timedelta(days=AGAIN), today - timedelta(days=MOST_DAYS)
    return Span(max(first, oldest), today, cut=first < oldest)


def known_zone(name: str) -> None:
    """Raise `ValueError` for what is no time zone; '' is allowed."""
    try:
        ZoneInfo(name or "UTC")
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f'timezone is "{name}", which is no time zone; write it as in "Europe/Berlin"') from error


def fair(since: int) -> None:
    """Raise `ValueError` for a `first_days` that no poll can look back."""
    if not 0 <= since <= MOST_DAYS:
        raise ValueError(f"first_days must be between 0 and {MOST_DAYS}, in days")


def named(value: object) -> str:
    """One UTM name as it came, on one line and not too long; '' for none."""
    if not isinstance(value, str):
        return ""
    found = "".join(letter for letter in " ".join(value[:1_000].split()) if letter.isprintable())[:LONGEST_NAME]
    return "" if found in UNNAMED else found


def thing(utm: Mapping[str, str]) -> str:
    """The name of the counter of these UTM names, as in the query of a link, but in plain letters."""
    pairs = [(name, utm[name]) for name in NAMES if utm.get(name)]
    whole = "&".join(f"{name}={one.replace('%', '%25').replace('&', '%26').replace('+', '%2B')}" for name, one in pairs)
    if len(whole) <= LONGEST_THING:
        return whole
    return f"{whole[:LONGEST_THING]}…{sha256(whole.encode()).hexdigest()[:8]}"


def of_query(query: str) -> dict[str, str]:
    """The UTM names in the query of an address, the first of each counting; everything else in it is let go."""
    found: dict[str, str] = {}
    for name, value in parse_qsl(query.removeprefix("?")[:4_000], max_num_fields=100):
        if name in NAMES and (one := named(value)):
            found.setdefault(name, one)
    return found


class Days:
    """How many visits were counted on which day under which UTM names, as the answers of one poll gave it.

    Two rows of the same day and names, that differ in something which is let go, are added up; the same row twice (a
    list that moved between two pages) counts once. `cut` says that not everything was read.
    """

    def __init__(self, days: Span) -> None:
        self.span = days
        self.cut = days.cut
        self._heard: set[str] = set()
        self._rows: dict[tuple[str, str], dict[tuple[str, ...], int]] = {}
        self._seen: set[tuple[str, ...]] = set()

    def add(self, row: tuple[str, ...], utm: Mapping[str, str], day: date, count: int) -> bool:
        """Take one row, known by the words in `row`; False when it had come before.

        Rows without a campaign, and days that were not asked for, are not kept.
        """
        row = (day.isoformat(), *row)
        if row in self._seen:
            return False
        if len(self._seen) >= MOST_COUNTS:
            self.cut = True
            return False
        self._seen.add(row)
        if utm.get("utm_campaign") and self.span.first <= day <= self.span.last:
            self._rows.setdefault((row[0], thing(utm)), {})[row] = count
        return True

    def hear(self, *days: date) -> None:
        """These days were answered in full: what is not among their rows is zero."""
        self._heard.update(day.isoformat() for day in days)

    def tallies(
        self, cursor: Cursor, *, rule: str, zone: str, filtered: str, measure: str = "visits"
    ) -> tuple[Tally, ...]:
        """The counts by day. What stood at the last poll and is gone from a day that was heard in full is zero now."""
        counts = {key: sum(rows.values()) for key, rows in self._rows.items()}
        if not self.cut:
            for key in _held(cursor):
                if key[0] in self._heard:
                    counts.setdefault(key, 0)
        return tuple(
            Tally(name, total, measure, day, utm=dict(parse_qsl(name)), rule=rule, zone=zone, filtered=filtered)
            for (day, name), total in sorted(counts.items())
        )

    def cursor(self) -> dict[str, str]:
        """Where the next poll goes on."""
        again = (self.span.last - timedelta(days=AGAIN)).isoformat()
        standing: dict[str, list[str]] = {}
        for day, name in sorted(self._rows, reverse=True)[:MOST_HELD]:
            if day >= again:
                standing.setdefault(name, []).append(day)
        return {"day": self.span.last.isoformat(), "held": json.dumps(standing)}


def _held(cursor: Cursor) -> Iterator[tuple[str, str]]:
    """What the last poll saw in the days that this one reads again."""
    try:
        standing = json.loads(cursor.get("held", "{}"))
        for name, days in standing.items():
            for day in days:
                yield str(date.fromisoformat(day)), str(name)
    except (ValueError, TypeError, AttributeError):  # written by somebody else: then nothing is known
        return
