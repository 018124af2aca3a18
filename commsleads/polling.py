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
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from commsleads import text
from commsleads.apart import Apart
from commsleads.app import App
from commsleads.contract import (
    NOTHING,
    AuthError,
    Batch,
    CollectError,
    Cursor,
    Letter,
    Page,
    ParseError,
    Signal,
    Source,
)
from commsleads.errors import CoolingError, PluginError
from commsleads.fetch import Fetcher, Manners
from commsleads.intake import Counts
from commsleads.intake.letters import Post, is_mail
from commsleads.rules.timing import next_check
from commsleads.runs import lives, this_run
from commsleads.store import sources as timetable
from commsleads.store.engine import Session, moment, stamp
from commsleads.store.sources import Claim, Poll

if TYPE_CHECKING:
    import httpx

log = logging.getLogger(__name__)
T = TypeVar("T")

BITE = 3_000
"""Signals and polls kept in one transaction, about: they stand in memory until then."""
PATIENCE = 1.0
"""Seconds after which what has come is kept although the bite is not full."""


AWAY = timedelta(hours=48)
"""A source that nobody asked for longer was not observed. A crontab that runs once a day is no gap, nor is a day that
it missed by some hours."""


class Outcome(NamedTuple):
    """What one collector answered: a batch or an error."""

    source: Source[Any]
    claim: Claim
    at: datetime
    millis: int
    batch: Batch | None
    error: CollectError | None


class Round:
    """What a round of polls came to: numbers for `once` and for the log."""

    def __init__(self) -> None:
        self.polled = self.not_modified = self.failed = self.skipped = 0
        self.new = self.revised = self.known = self.stories = self.enquiries = 0


class SourceTools:
    """What one poll is given (`contract.Tools`)."""

    __slots__ = ("_apart", "_app", "_fetcher", "limit", "now")

    log = logging.getLogger("commsleads.collectors")

    def __init__(self, app: App, fetcher: Fetcher, apart: Apart, now: datetime) -> None:
        self._app = app
        self._apart = apart
        self._fetcher = fetcher
        self.now = now
        self.limit = app.settings.fetch.max_items

    @property
    def http(self) -> httpx.AsyncClient:
        return self._fetcher.http()

    async def fetch(self, url: str, *, cursor: Cursor = NOTHING, accept: str = "*/*") -> Page:
        return await self._fetcher.get(url, cursor=cursor, accept=accept, now=self.now)

    async def apart(self, work: Callable[..., T], *args: Any) -> T:
        return await self._apart.run(work, *args)

    async def letters(self, raw: Sequence[bytes]) -> Sequence[Letter | ParseError]:
        from commsleads.mail import read_letters

        return await self._apart.each(read_letters, raw, size=len)

    async def connect(self, host: str, port: int) -> tuple[str, int]:
        return await self._fetcher.door(host, port)

    def secret(self, name: str) -> str:
        return self._app.secret(name)


def manners(app: App) -> Manners:
    """How the settings want us to behave on other people's machines."""
    fetch = app.settings.fetch
    return Manners(
        contact=fetch.contact,
        allow_networks=fetch.allow_networks,
        concurrency=fetch.concurrency,
        per_host=fetch.per_host,
        spacing=fetch.spacing.total_seconds(),
        timeout=fetch.timeout.total_seconds(),
        max_bytes=fetch.max_bytes,
        proxy=fetch.proxy,
    )


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
            async with Fetcher(manners(self.app), cooling=cooling) as fetcher:
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
        self.weight += 1 + (len(batch.signals) if batch else 0)
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


def keep(app: App, session: Session, ready: Sequence[Outcome], total: Round) -> int:
    """Keep what these polls brought, the cursor and the timetable, inside the caller's transaction.

    Signals are taken in; mails are put on the list of those to be read. How many new mails came.
    """
    counts: dict[int, Counts] = {}
    brought: list[tuple[int, str, Sequence[Signal]]] = []
    posts: list[tuple[int, Post]] = []
    for number, one in enumerate(ready):
        if one.batch and (one.batch.signals or one.batch.unread):
            mails = [signal for signal in one.batch.signals if is_mail(signal)]
            if mails or one.batch.unread:
                posts.append((number, Post(one.source.id, mails, one.batch.unread)))
            if len(mails) < len(one.batch.signals):
                others = [signal for signal in one.batch.signals if not is_mail(signal)] if mails else one.batch.signals
                brought.append((number, one.source.id, others))
    if brought:
        found, tally = app.intake.keep(session, [(source, signals) for _, source, signals in brought], app.now())
        counts = {number: count for (number, *_), count in zip(brought, found, strict=True)}
        total.stories += tally.stories
    new = 0
    if posts:
        kept = app.letters.keep(session, [post for _, post in posts], app.now())
        for (number, _), mail in zip(posts, kept, strict=True):
            others_too = counts.get(number, Counts())
            counts[number] = Counts(others_too.new + mail.new, others_too.revised, others_too.known + mail.known)
            new += mail.new
    polls = [_poll(one, counts.get(number, Counts())) for number, one in enumerate(ready)]
    timetable.record(session, polls)
    for one, done in zip(ready, polls, strict=True):
        _note_gaps(session, one, done)
        _count(total, one, done)
    return new


def _has_mail(batch: Batch | None) -> bool:
    """Whether a poll brought mails: its collector goes on where it stopped, so that nothing falls between two polls."""
    return batch is not None and (bool(batch.unread) or any(is_mail(signal) for signal in batch.signals))


def _poll(one: Outcome, count: Counts) -> Poll:
    skipped = isinstance(one.error, CoolingError)
    error, batch = one.error, one.batch
    goes_on = batch is not None and not batch.complete and _has_mail(batch)
    timing = next_check(
        source_id=one.claim.id,
        every=one.claim.every,
        interval=one.claim.interval,
        failures=one.claim.failures,
        now=one.at,
        quarters=0 if error is None or skipped else max(1, error.quarters),
        brought_news=count.new > 0,
        wait=error.wait if error else (batch.wait if batch else None),
    )
    return Poll(
        claim=one.claim,
        at=one.at,
        outcome="skipped" if skipped else "failed" if error else "read" if batch and batch.modified else "same",
        next_check_at=one.at if goes_on else timing.at,
        interval=timing.interval,
        failures=timing.failures,
        cursor=batch.cursor if batch else one.claim.cursor,
        status=error.status if error else (batch.status if batch else None),
        millis=one.millis,
        bytes=batch.size if batch else 0,
        new=count.new,
        revised=count.revised,
        known=count.known,
        error=str(error) if error else "",
        note=_noted(batch) if batch else "",
        about={name: text.title(said) for name, said in batch.about.items()} if batch else None,
        paused_why=str(error) if isinstance(error, AuthError) else "",
    )


def _noted(batch: Batch) -> str:
    if not batch.unread:
        return batch.note
    n = len(batch.unread)
    aside = f"{n} mail{'' if n == 1 else 's'} could not be read and {'is' if n == 1 else 'are'} kept aside."
    return f"{batch.note} {aside}".strip()


def _note_gaps(session: Session, one: Outcome, done: Poll) -> None:
    if one.error is not None:
        if one.error.body:
            timetable.set_aside(
                session,
                one.source.id,
                one.at,
                why=str(one.error),
                media_type=one.error.media_type,
                body=one.error.body,
            )
        return
    since = one.claim.last_success_at
    if _has_mail(one.batch):
        return
    if one.batch and not one.batch.complete:
        why = one.batch.note or "More came than one poll may bring; the oldest were left out."
        timetable.add_gap(session, one.source.id, since or stamp(one.at), stamp(one.at), why)
    elif since and done.new and not done.known and one.claim.signals:
        why = "Nothing in the feed was known from the poll before: what came and went in between was not seen."
        timetable.add_gap(session, one.source.id, since, stamp(one.at), why)
    elif away := _away(one):
        why = f"It was not asked for {away.days} days: commsleads did not run, or the site wanted to be left alone."
        more = timetable.STILL_HELD if done.known or done.outcome == "same" else ""
        timetable.add_gap(session, one.source.id, one.claim.last_asked_at, stamp(one.at), why + more)


def _away(one: Outcome) -> timedelta | None:
    """How long nobody asked, when it was so long that the days in between were not observed."""
    before = moment(one.claim.last_asked_at)
    # What failed before has an open gap already, and that one holds this time too.
    if before is None or one.claim.failures:
        return None
    away = one.at - before
    return away if away > max(AWAY, 2 * one.claim.every, 2 * one.claim.interval) else None


def _count(total: Round, one: Outcome, done: Poll) -> None:
    if done.outcome == "skipped":
        total.skipped += 1
        return
    total.polled += 1
    total.failed += done.outcome == "failed"
    total.not_modified += done.outcome == "same"
    total.new += done.new
    total.revised += done.revised
    total.known += done.known
    if done.error:
        log.info("Source %s: %s", one.source.id, done.error)
