"""The one pass over new signals.

::

    batch ─► known? ─► clean ─► match ─► join pickups ─► attribute ─► code ─► (qualify: touches, enquiries) ─► rows
              │                  └────────────── pure rules ─────────────┘
              └─ edited: a revision, matched and attributed again; its story stays

`keep` does all of it for a bite of polls inside the caller's transaction. Should a rule fail, the signals are kept all
the same and put on the list of those waiting; `take_in` goes through that list one by one and sets aside, with the
reason, what fails again. `rebuild` puts everything on the list. Signals are taken in in the order of their `arrival`,
whichever way they come, so that the same signals always give the same stories.

The first touch of a lead and the enquiry made from a mail will stand between attribution and the rows.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from commsleads import text, urls
from commsleads.contract import Signal
from commsleads.intake.coding import Coder
from commsleads.intake.entered import SOURCE, said
from commsleads.intake.pickups import join
from commsleads.intake.seen import Seen, columns, json_list, kept, read, seen_hash, signal_id
from commsleads.plan import Campaign, Outlet, Watch
from commsleads.rules.attribution import Attributor
from commsleads.rules.dedupe import prints
from commsleads.rules.matching import Match, Matcher
from commsleads.store import signals as rows
from commsleads.store.engine import Session, micros, stamp

__all__ = ["Counts", "Intake", "Tally", "rebuild", "signal_id"]

log = logging.getLogger(__name__)

BITE = 2_000
"""Signals taken in in one transaction."""


class Counts(NamedTuple):
    """What one batch brought."""

    new: int = 0
    revised: int = 0
    known: int = 0


class Tally(NamedTuple):
    """What one pass made: new stories (not pickups of known ones)."""

    stories: int


class Register:
    """The outlet register, by domain."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self._by_domain = {domain.lower(): outlet for outlet in outlets for domain in outlet.domains}

    def find(self, host: str) -> Outlet | None:
        """The outlet of a host: the longest registered domain it ends in."""
        while host:
            if outlet := self._by_domain.get(host):
                return outlet
            host = host.partition(".")[2]
        return None


class Intake:
    """The rules of one organisation, ready for use. Holds no state between passes."""

    def __init__(
        self, watches: Sequence[Watch], outlets: Sequence[Outlet], campaigns: Sequence[Campaign], zone: ZoneInfo
    ) -> None:
        self.matcher = Matcher(watches)
        self.attributor = Attributor(campaigns, zone)
        self.register = Register(outlets)
        self.coder = Coder(watches, campaigns)
        self._whose = lru_cache(maxsize=20_000)(self._find_whose)

    # --- from the poll ---------------------------------------------------------------------------------------------

    def keep(
        self, session: Session, batches: Sequence[tuple[str, Sequence[Signal]]], now: datetime
    ) -> tuple[list[Counts], Tally]:
        """Keep what these polls brought, (source id, signals) each, inside the caller's transaction."""
        numbered = [[(signal_id(source, signal.external_id), signal) for signal in found] for source, found in batches]
        known = rows.known(session, [ident for batch in numbered for ident, _ in batch])
        fresh: dict[str, tuple[str, Signal]] = {}
        counts = []
        for (source, _), batch in zip(batches, numbered, strict=True):
            before = len(fresh)
            revised = 0
            for ident, signal in batch:
                if (old := known.get(ident)) is None:
                    fresh.setdefault(ident, (source, signal))
                elif old != (newer := seen_hash(signal)):
                    known[ident] = newer
                    revised += self._revise(session, ident, newer, signal, now)
            new = len(fresh) - before
            counts.append(Counts(new, revised, len(batch) - new - revised))
        if not fresh:
            return counts, Tally(0)
        return counts, self._insert(session, fresh, now)

    def _insert(self, session: Session, fresh: Mapping[str, tuple[str, Signal]], now: datetime) -> Tally:
        seen = [read(ident, source, signal, now) for ident, (source, signal) in fresh.items()]
        # Within one bite the earliest published stands first: it is the likelier original.
        seen.sort(key=lambda one: (one.when, one.id))
        first = max(micros(now), rows.last_arrival(session) + 1)
        for number, one in enumerate(seen):
            one.arrival = first + number
        at = stamp(now)
        why_not = "an earlier signal waits" if rows.any_waiting(session) else ""
        stories = 0
        if not why_not:
            try:
                with session.atomic():
                    stories = self._take(session, seen)
                    rows.insert(session, (columns(one, at) for one in seen))
                    self._facts(session, seen)
            except Exception as error:  # a rule failed: what was seen is kept, and taken in one by one later
                log.exception("The intake failed; %d signals are kept and wait", len(seen))
                why_not = f"{type(error).__name__}: {error}"
        if why_not:
            for one in seen:
                one.canonical = one.outlet = one.domain = one.story_why = ""
                one.story_id = one.id
            rows.insert(session, (columns(one, at) for one in seen))
            rows.wait(session, (one.id for one in seen), why_not)
        return Tally(stories)

    def _revise(self, session: Session, ident: str, newer: str, signal: Signal, now: datetime) -> int:
        links = text.links(signal.body)
        revision = rows.Revision(
            ident, newer, signal.url, text.title(signal.title), text.plain(signal.body), json_list(links), stamp(now)
        )
        if not rows.revise(session, revision):
            return 0
        if not session.tuples("SELECT 1 FROM pending WHERE signal_id = ?", (ident,)):
            self._again(session, ident)
        return 1

    # --- from the list of those waiting ----------------------------------------------------------------------------

    def take_in(self, session: Session) -> int:
        """Take in all that waits, oldest first, a transaction a bite; how many were."""
        total = 0
        while True:
            with session.atomic():
                waiting = rows.waiting(session, BITE)
                if waiting:
                    total += self._take_waiting(session, waiting)
            if len(waiting) < BITE:
                return total

    def _take_waiting(self, session: Session, waiting: Sequence[Mapping[str, Any]]) -> int:
        try:
            with session.atomic():
                return self._place(session, waiting)
        except Exception:  # one of them is poison: find it
            log.exception("A bite of %d waiting signals failed; trying them one by one", len(waiting))
        taken = 0
        for row in waiting:
            try:
                with session.atomic():
                    taken += self._place(session, [row])
            except Exception as error:
                log.exception("Signal %s could not be taken in", row["id"])
                rows.wait(session, [row["id"]], f"{type(error).__name__}: {error}")
        return taken

    def _place(self, session: Session, waiting: Sequence[Mapping[str, Any]]) -> int:
        edited = [row["arrival"] for row in waiting if row["revised_at"]]
        first = {row["id"]: row for row in rows.first_versions(session, edited)}
        seen = []
        for row in waiting:
            one = kept(row)
            if row["id"] in first:
                version = first[row["id"]]
                one.folded_title, one.folded_text = text.fold(version["title"]), text.fold(version["text"])
            seen.append(one)
        self._take(session, seen)
        rows.place(session, ((s.canonical, s.outlet, s.domain, s.story_id, s.story_why, s.id) for s in seen))
        for one in seen:
            if one.id in first:
                one.folded_title, one.folded_text = text.fold(one.title), text.fold(one.text)
        self._facts(session, seen)
        rows.done(session, (one.id for one in seen))
        return len(seen)

    def _again(self, session: Session, ident: str) -> None:
        """Match and attribute an edited signal anew. Its story was decided by its first version and stays."""
        (row,) = session.query("SELECT * FROM signals WHERE id = :id", id=ident)
        rows.unmatch(session, ident)
        self._facts(session, [kept(row)])

    # --- the rules ---------------------------------------------------------------------------------------------------

    def _take(self, session: Session, seen: Sequence[Seen]) -> int:
        """Addresses, outlets and stories of `seen`, in order of arrival; how many stories are new."""
        carried: list[list[int]] = []
        for one in seen:
            one.canonical = urls.canonical(one.url)
            self._outlet(one)
            carried.append(prints(one.canonical, one.folded_title, one.folded_text))
        return join(session, seen, carried)

    def _outlet(self, one: Seen) -> None:
        end = one.url.find("/", 8)
        domain, name = self._whose(one.url[:end] if end > 0 else one.url)
        if "outlet_url" in one.extra:
            at = json.loads(one.extra).get("outlet_url", "")
            if urls.is_web(at):
                domain, name = self._whose(at)
        one.domain = domain
        one.outlet = name or one.outlet or domain

    def _find_whose(self, address: str) -> tuple[str, str]:
        """The registrable domain (or the host) behind an address, and the name of the outlet that is registered."""
        host = urls.host(address)
        outlet = self.register.find(host)
        return urls.site(host) or host, outlet.name if outlet else ""

    def _facts(self, session: Session, seen: Sequence[Seen]) -> None:
        """Matches and attributions of the version people can read now."""
        matches: list[rows.Mention] = []
        attributions: list[rows.Attributed] = []
        coverage: list[tuple[Seen, list[Match], bool]] = []
        for one in seen:
            found: list[Match] = self.matcher.match(one.folded_title, one.folded_text)
            if one.source_id == SOURCE:
                found += said(one.extra, found)
            matches += [
                rows.Mention(
                    match.watch_id, one.id, one.arrival, match.field, match.phrase,
                    one.story_id, one.source_id, one.published_at, int(match.lead),
                )
                for match in found
            ]  # fmt: skip
            ties = self.attributor.attribute(one.url, one.links, found, one.when)
            attributions += [
                rows.Attributed(
                    one.id, tie.campaign_id, one.arrival, tie.rule, tie.permille, tie.evidence, one.story_id
                )
                for tie in ties
            ]
            if found or ties:
                coverage.append((one, found, bool(ties)))
        if matches:
            rows.match(session, matches)
        if attributions:
            rows.attribute(session, attributions)
        if coverage:
            self.coder.code(session, coverage)


def rebuild(session: Session, intake: Intake) -> int:
    """Forget what the intake made of every signal and take all of them in again; how many.

    What was seen, revisions and history stay. Interrupted, it goes on where it stopped at the next `take_in`.
    """
    with session.atomic():
        rows.clear_intake(session)
    return intake.take_in(session)
