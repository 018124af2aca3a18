"""What link services and site statistics counted, taken in: tallies as readings of counters, clicks as hits.

::

    batch ─► clean ─► tied to a campaign ─► tallies: what was gained since the last reading ─► counters, counts
                                        └─► clicks: a link of that service ─► hits, which the rules judge later

All of it in the transaction of the poll. A click read again has the same id and is kept once. Nothing here asks what a
poll that failed would have shown: a counter that was not read has no row.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from commsleads.contract import Click, Tally
from commsleads.intake import claims
from commsleads.responses import Hit
from commsleads.rules.counting import Standing, advance, first, read_day
from commsleads.rules.tying import Tie, Ties
from commsleads.store.campaigns import counters as rows
from commsleads.store.campaigns import hits
from commsleads.store.campaigns.counters import Count, Counter, Outside
from commsleads.store.campaigns.links import New, insert
from commsleads.store.engine import Session, micros, stamp
from commsleads.urls import is_web

log = logging.getLogger(__name__)

BY = "commsleads"
"""Who made the links that were first seen here: only these are tied anew when campaigns change."""


class Brought(NamedTuple):
    """What one poll of one source brought."""

    source: str
    at: datetime
    tallies: Sequence[Tally] = ()
    clicks: Sequence[Click] = ()


class Kept(NamedTuple):
    """What became of it: `new` clicks and counters that moved, `known` ones that did not. `goes_on` says that counters
    known before were read again and none had been reset, or that clicks known before were among those that came, so
    that nothing was lost since the last poll."""

    new: int = 0
    known: int = 0
    goes_on: bool = False


class Counters:
    """The way in for counts, made of the campaigns (`Ties`)."""

    def __init__(self, ties: Ties) -> None:
        self._ties = ties

    def keep(self, session: Session, brought: Brought, now: datetime) -> Kept:
        """Keep what a poll brought, in the caller's transaction."""
        tallies = claims.tallies(brought.source, brought.tallies, now)
        clicks = claims.clicks(brought.source, brought.clicks, now)
        links = self._links(session, brought, tallies, clicks)
        read = self._read(session, brought, tallies, links)
        new = hits.insert(session, [_hit(brought.source, links[click.thing].id, click) for click in clicks])
        if clicks:  # the totals beside them count the same
            overlaps = not tallies and new < len(clicks)
            return Kept(new, len(clicks) - new + read.new + read.known, read.goes_on or overlaps)
        return read

    # --- links -----------------------------------------------------------------------------------------------------

    def _links(
        self, session: Session, brought: Brought, tallies: Sequence[Tally], clicks: Sequence[Click]
    ) -> dict[str, Outside]:
        """The rows of the links that were clicked or belong to a campaign; made on first sight."""
        leads: dict[str, str] = {}
        for tally in tallies:
            if tally.measure == "clicks" and is_web(tally.thing):
                leads.setdefault(tally.thing, tally.address)
        clicked = {}
        for click in clicks:
            clicked[click.thing] = leads[click.thing] = leads.get(click.thing) or click.address
        there = rows.outside(session, brought.source, leads.keys())
        changed = []
        for thing, address in leads.items():
            tie = self._ties.find(thing, address)
            link = there.get(thing)
            if link is None:
                if tie.campaign or thing in clicked:
                    there[thing] = _new(session, brought, thing, address, tie)
            elif link.made_by == BY:
                now = _tied(link, tie, address)
                if now != link:
                    changed.append(now)
                    there[thing] = now
        rows.tie(session, changed)
        return there

    # --- tallies ---------------------------------------------------------------------------------------------------

    def _read(self, session: Session, brought: Brought, tallies: Sequence[Tally], links: Mapping[str, Outside]) -> Kept:
        ids = {rows.identity(brought.source, tally.thing, tally.measure) for tally in tallies}
        known = rows.known(session, ids)
        firsts = [tally.day for tally in tallies if tally.day]
        days = rows.days(session, known.keys(), min(firsts)) if firsts else {}
        at = stamp(brought.at)
        counters: dict[str, Counter] = {}
        counts: list[Count] = []
        moved: set[str] = set()
        again = broken = False
        for tally in tallies:
            ident = rows.identity(brought.source, tally.thing, tally.measure)
            before = counters.get(ident) or known.get(ident)
            if before and bool(before.daily) != bool(tally.day):
                log.warning("Source %s counts %s otherwise than before; left out", brought.source, tally.thing)
                continue
            begun = before or _begun(tally, ident, brought.source, at)
            now, count, lost = _reading(begun, tally, at, new=before is None, day=days.get((ident, tally.day)))
            link = links.get(tally.thing)
            counters[ident] = _belonging(now, self._ties.find(tally.thing, tally.address, tally.utm), link)
            broken |= lost
            again |= ident in known and not lost
            if count:
                counts.append(count)
                moved.add(ident)
        rows.put(session, counters.values())
        rows.add(session, counts)
        return Kept(len(moved), len(counters) - len(moved), again and not broken)


def _reading(
    before: Counter, tally: Tally, at: str, *, new: bool, day: int | None
) -> tuple[Counter, Count | None, bool]:
    """The counter after a reading, the row of the reading if it moved, and whether clicks may have been lost.

    `day` is what was read of the tally's day before, None when nothing was.
    """
    counter = before._replace(rule=tally.rule, zone=tally.zone, filtered=tally.filtered, last_at=at)
    if tally.day:
        added, note = read_day(day, tally.total)
        total = max(0, before.gained + added)
        counter = counter._replace(gained=total, total=total, daily=1, made=tally.made or before.made)
        same = day == tally.total
        return counter, None if same else Count(before.id, tally.day, at, 1, tally.total, tally.total, note), False
    if new:
        now, note, broken = first(tally.total, tally.made)
    else:
        stands = Standing(before.total, before.made, before.epoch, before.highest, before.gained, before.earlier)
        now, note, broken = advance(stands, tally.total, tally.made)
    counter = counter._replace(**now._asdict())
    if not new and before.total == now.total and not note:
        return counter, None, False
    return counter, Count(before.id, "", at, now.epoch, now.total, now.gained - before.gained, note), broken


def _begun(tally: Tally, ident: str, source: str, at: str) -> Counter:
    return Counter(
        id=ident,
        source_id=source,
        thing=tally.thing,
        measure=tally.measure,
        campaign_id="",
        cta_id="",
        link_id="",
        why="",
        made="",
        rule="",
        zone="",
        filtered="unknown",
        epoch=1,
        total=0,
        highest=0,
        gained=0,
        earlier=0,
        daily=0,
        first_at=at,
        last_at=at,
    )


def _belonging(counter: Counter, tie: Tie, link: Outside | None) -> Counter:
    """Tied as it is now; a counter whose campaign is no longer declared keeps what it was tied to."""
    if link is not None:
        counter = counter._replace(link_id=link.id)
    if tie.campaign or not counter.campaign_id:
        counter = counter._replace(campaign_id=tie.campaign, cta_id=tie.cta, why=tie.why)
    return counter


def _new(session: Session, brought: Brought, thing: str, address: str, tie: Tie) -> Outside:
    link = New(tie.campaign, tie.cta, tie.channel, address, source_id=brought.source, external=thing)
    return Outside(insert(session, link, at=brought.at, by=BY), tie.campaign, tie.cta, tie.channel, address, BY)


def _tied(link: Outside, tie: Tie, address: str) -> Outside:
    link = link._replace(destination=address or link.destination)
    if not tie.campaign:
        return link
    return link._replace(campaign=tie.campaign, cta=tie.cta, channel=tie.channel or link.channel)


def _hit(source: str, link: str, click: Click) -> Hit:
    said = f"{source}\x1f{click.external_id}".encode("utf-8", "replace")
    marks = " ".join(name for name, there in (("bot", click.bot), ("qr", click.qr)) if there)
    return Hit(
        id=sha256(said).hexdigest()[:24],
        link=link,
        arrival=micros(click.at),
        agent=click.agent,
        marks=marks,
        referrer=click.referrer,
    )
