"""One round of polls: many sources at once, each kept as soon as it has answered.

A collector runs as a coroutine; hundreds of them wait side by side on one loop. What they bring is kept in bites, a
transaction each, so that a hanging host holds up nobody's news and a kill loses nothing that was committed.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

from commsleads import text
from commsleads.apart import Apart
from commsleads.app import App
from commsleads.contract import CollectError, Source
from commsleads.errors import PluginError
from commsleads.fetch import Fetcher
from commsleads.keeping import Outcome, Round, keep
from commsleads.runs import lives, this_run
from commsleads.store import sources as timetable
from commsleads.store.engine import Session
from commsleads.store.sources import Claim
from commsleads.tools import SourceTools, manners

log = logging.getLogger(__name__)

BITE = 3_000
"""Signals and polls kept in one transaction, about: they stand in memory until then."""
PATIENCE = 1.0
"""Seconds after which what has come is kept although the bite is not full."""


def poll(
    app: App, *, everyone: bool = False, only: Sequence[str] = (), stopping: Callable[[], bool] | None = None
) -> Round:
    """Poll what is due (or everyone, or `only`), keep it, and say what came of it.

    `stopping` is asked now and then; once it says yes, what has answered is kept and the rest let go.
    """
    now = app.now()
    declared = {source.id: source for source in app.settings.sources}
    lease = max(app.settings.fetch.timeout * 4, timedelta(minutes=5))
    with app.engine.session() as session:
        with session.atomic():
            timetable.free_dead(session, lives)
            claims = timetable.claim(session, now, lease=lease, run=this_run(), everyone=everyone, only=only)
        if not claims:
            return Round()
        # A cycle makes millions of short-lived strings and no cycles worth hunting for.
        collecting = gc.isenabled()
        gc.disable()
        try:
            with asyncio.Runner() as runner:
                return runner.run(_Polls(app, session, declared, stopping, lease).run(claims))
        finally:
            if collecting:
                gc.enable()


class _Polls:
    """The round under way: which answers have come and are not kept yet."""

    def __init__(
        self,
        app: App,
        session: Session,
        declared: Mapping[str, Source[Any]],
        stopping: Callable[[], bool] | None,
        lease: timedelta,
    ) -> None:
        self.app = app
        self.session = session
        self.declared = declared
        self.stopping = stopping or (lambda: False)
        self.lease = lease
        self.round = Round()
        self.ready: list[Outcome] = []
        self.weight = 0

    async def run(self, claims: Sequence[Claim]) -> Round:
        now = self.app.now()
        open_claims = {claim.id for claim in claims}
        cooling = timetable.cooling(self.session, now)
        asked_to_wait = dict(cooling)
        apart = Apart()
        tasks: list[asyncio.Task[None]] = []
        try:
            async with Fetcher(manners(self.app), cooling=cooling, clock=self.app.now) as fetcher:
                keeper = asyncio.create_task(self._keep_now_and_then(tasks, open_claims))
                tasks += [asyncio.create_task(self._one(claim, fetcher, apart, open_claims)) for claim in claims]
                try:
                    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
                        if isinstance(outcome, Exception):
                            raise outcome
                finally:
                    keeper.cancel()
                    with suppress(asyncio.CancelledError):
                        await keeper
                self._keep()
                if fetcher.cooling != asked_to_wait:
                    with self.session.atomic():
                        timetable.keep_cooling(self.session, fetcher.cooling, now)
        finally:
            await apart.close()
            if open_claims:
                with self.session.atomic():
                    timetable.release(self.session, open_claims)
        return self.round

    async def _keep_now_and_then(self, tasks: list[asyncio.Task[None]], open_claims: set[str]) -> None:
        renewed = self.app.now()
        while True:
            await asyncio.sleep(PATIENCE)
            self._keep()
            if self.stopping():
                for task in tasks:
                    task.cancel()
                return
            now = self.app.now()
            if now - renewed >= self.lease / 2:  # many feeds of one site, a moment apart, take longer than a lease
                renewed = now
                with self.session.atomic():
                    timetable.hold(self.session, open_claims, now + self.lease)

    async def _one(self, claim: Claim, fetcher: Fetcher, apart: Apart, open_claims: set[str]) -> None:
        source = self.declared.get(claim.id)
        if source is None:  # left the settings while it was due; the next start pauses it
            return
        tools = SourceTools(self.app, fetcher, apart, self.app.now())
        began = time.monotonic()
        batch = error = None
        try:
            collector = self.app.plugins.collector(source.kind)
            batch = await collector.collect(source, claim.cursor, tools)
        except CollectError as problem:
            # Without its trace: an error that names its own frame is a circle, and its body stays for ever.
            error = problem.with_traceback(None)
        except PluginError as problem:
            error = CollectError(str(problem), quarters=4)
        except Exception as problem:  # a bug in one collector must not cost the neighbours
            log.exception("The collector of source %s failed", claim.id)
            why = text.title(f"{type(problem).__name__}: {problem}")  # it may quote what came
            error = CollectError(f"The collector itself failed ({why}).", quarters=4)
        millis = int((time.monotonic() - began) * 1000)
        # By the clock after the answer: a feed may have stood in line for minutes, and a wait counts from the answer.
        self.ready.append(Outcome(source, claim, self.app.now(), millis, batch, error))
        open_claims.discard(claim.id)
        self.weight += 1 + (len(batch.signals) + len(batch.tallies) + len(batch.clicks) if batch else 0)
        if self.weight >= BITE:
            self._keep()

    def _keep(self) -> None:
        if not self.ready:
            return
        ready, self.ready, self.weight = self.ready, [], 0
        with self.session.atomic():
            mails = keep(self.app, self.session, ready, self.round)
        if mails:  # their rules run without the lock
            self.round.enquiries += self.app.letters.take_in(self.session, self.app.now()).enquiries
