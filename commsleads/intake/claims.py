"""What services say they counted, made fit to be kept: cleaned, bounded, each thing once; nonsense is left out."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from commsleads.contract import Click, Tally
from commsleads.rules.links.referrers import plain_path
from commsleads.urls import host

log = logging.getLogger(__name__)

MOST = 50_000
"""Tallies, and clicks, of one poll."""
HIGHEST = 10**15
_APP = re.compile(r"(?:android|ios)-app://[\w.-]{1,200}", re.ASCII | re.IGNORECASE)
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


def tallies(source: str, brought: Sequence[Tally], now: datetime) -> list[Tally]:
    """The tallies that make sense, each thing, measure and day once: the last. A thing counted by day is not counted
    as a whole besides, for that would be the same clicks again."""
    found: dict[tuple[str, str, str], Tally] = {}
    for tally in brought[:MOST]:
        clean = _tally(tally, now)
        if clean is None:
            log.warning("Source %s brought a count that makes no sense and was left out", source)
        else:
            found[clean.thing, clean.measure, clean.day] = clean
    daily = {(thing, measure) for thing, measure, day in found if day}
    return [tally for (thing, measure, day), tally in found.items() if day or (thing, measure) not in daily]


def _tally(tally: Tally, now: datetime) -> Tally | None:
    total = tally.total
    if type(total) is not int or not 0 <= total < HIGHEST:
        return None
    if tally.day:
        try:
            day = date.fromisoformat(tally.day)
        except ValueError:
            return None
        if not EARLIEST.date() <= day <= now.date() + timedelta(days=1):
            return None
    thing, measure = _line(tally.thing, 500), _line(tally.measure, 40)
    if not thing or not measure:
        return None
    return tally._replace(
        thing=thing,
        measure=measure,
        address=_line(tally.address, 4_000),
        utm={_line(name, 40): _line(value, 200) for name, value in list(tally.utm.items())[:20]},
        made=_line(tally.made, 100),
        rule=_line(tally.rule, 500),
        zone=_line(tally.zone, 60),
        filtered=tally.filtered if tally.filtered in ("no", "service") else "unknown",
    )


def clicks(source: str, brought: Sequence[Click], now: datetime) -> list[Click]:
    """The clicks that make sense, each once. One dated ahead of our clock came now."""
    found: dict[str, Click] = {}
    for click in brought[:MOST]:
        thing = _line(click.thing, 500)
        if not thing or not click.external_id or click.at.tzinfo is None or click.at < EARLIEST:
            log.warning("Source %s brought a click that makes no sense and was left out", source)
            continue
        found[click.external_id] = click._replace(
            thing=thing,
            at=min(click.at, now),
            address=_line(click.address, 4_000),
            agent=_line(click.agent, 1_000),
            referrer=_referrer(_line(click.referrer, 2_000)),
        )
    return list(found.values())


def _referrer(said: str) -> str:
    """Host and path of an address, a bare host, or '' for what is neither, such as "(direct)".

    The address of an app keeps its scheme: it is no web site.
    """
    if found := _APP.match(said):
        return found[0].lower()
    whole = said if "://" in said else f"https://{said}"
    name = host(whole)
    if not name or (name == said.strip("/").lower() and "." not in name):
        return ""
    try:
        path = plain_path(urlsplit(whole).path)
    except ValueError:
        path = ""
    return _line(f"{name}{path if path != '/' else ''}", 500)


def _line(words: str, most: int) -> str:
    """On one line, without what cannot be seen, at most so many characters."""
    if not words.isprintable():
        words = "".join(letter for letter in words if letter.isprintable())
    return words.strip()[:most]
