"""Coverage that no collector sees and a person enters: print, radio, television, what stands behind a paywall.

It takes the same way in as everything else: matched, joined to copies of it, tied to campaigns. What a person said that
it is about counts beside what the rules find, and is kept with the signal, so that `rebuild` finds it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commsleads.coverage.adding import SOURCE, Added, Found, must_be_unseen, signal_of, summarise
from commsleads.errors import CoverageError
from commsleads.intake.seen import signal_id
from commsleads.rules.matching import Match
from commsleads.store import sources
from commsleads.store.engine import Session

if TYPE_CHECKING:
    from commsleads.intake import Intake

__all__ = ["SOURCE", "enter", "said"]

PHRASE = "entered by hand"
"""In place of the phrase that found it."""


def said(extra: str, found: Iterable[Match]) -> list[Match]:
    """The watches that a person named, beyond those that the rules found."""
    known = {match.watch_id for match in found}
    watches = json.loads(extra).get("watches", "").split() if extra else []
    return [Match(watch, "text", PHRASE) for watch in dict.fromkeys(watches) if watch not in known]


def enter(
    session: Session, intake: Intake, found: Found, *, who: str, now: datetime, zone: ZoneInfo, watches: Iterable[str]
) -> Added:
    """Take in what somebody saw. `watches` are the ids that are declared. The same again changes nothing.

    Raises `CoverageError` for what is not complete, for a day that has not come, for an address that was seen already,
    and for something that names no watch.
    """
    declared = list(watches)
    signal = signal_of(found, declared, who=who, now=now, zone=zone)
    ident = signal_id(SOURCE, signal.external_id)
    with session.atomic():
        sources.by_hand(
            session, SOURCE, kind=SOURCE, name="Entered by hand", why="Stories are entered with: commsleads story add"
        )
        known = bool(session.tuples("SELECT 1 FROM signals WHERE id = ?", (ident,)))
        if not known:
            must_be_unseen(session, found.url)
            intake.keep(session, [(SOURCE, [signal])], now)
        ((story, joined, title),) = session.tuples(
            "SELECT story_id, story_why, title FROM signals WHERE id = ?", (ident,)
        )
        named = [watch for (watch,) in session.tuples("SELECT watch_id FROM matches WHERE signal_id = ?", (ident,))]
        if not (named or known or session.tuples("SELECT 1 FROM pending WHERE signal_id = ?", (ident,))):
            about = declared[0] if declared else "WATCH"
            raise CoverageError(f"Its title names no watch. Say what it is about: --watch {about}")
        if found.summary.strip():
            summarise(session, story, found.summary, who=who, now=now)
    return Added(ident, story, title, tuple(sorted(named)), new=not known, joined=joined)
