"""What is kept of polls: signals, mails, counts, cursors and the timetable, gaps, and how many of each there were."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from commsleads import text
from commsleads.app import App
from commsleads.contract import AuthError, Batch, CollectError, Signal, Source, Unread
from commsleads.errors import CoolingError
from commsleads.intake import Counts
from commsleads.intake.seen import is_mail
from commsleads.rules.timing import next_check
from commsleads.store import sources as timetable
from commsleads.store.engine import Session, moment, stamp
from commsleads.store.sources import Claim, Poll

log = logging.getLogger(__name__)

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


def keep(app: App, session: Session, ready: Sequence[Outcome], total: Round) -> int:
    """Keep what these polls brought, the cursor and the timetable, inside the caller's transaction.

    Signals are taken in; mails are put on the list of those to be read. How many new mails came.
    """
    counts: dict[int, Counts] = {}
    brought: list[tuple[int, str, Sequence[Signal]]] = []
    posts: list[tuple[int, str, Sequence[Signal], Sequence[Unread]]] = []
    for number, one in enumerate(ready):
        if one.batch and (one.batch.signals or one.batch.unread):
            mails = [signal for signal in one.batch.signals if is_mail(signal)]
            if mails or one.batch.unread:
                posts.append((number, one.source.id, mails, one.batch.unread))
            if len(mails) < len(one.batch.signals):
                others = [signal for signal in one.batch.signals if not is_mail(signal)] if mails else one.batch.signals
                brought.append((number, one.source.id, others))
    if brought:
        bite = [(source, signals) for _, source, signals in brought]
        found, tally = app.intake(session).keep(session, bite, app.now())
        counts = {number: count for (number, *_), count in zip(brought, found, strict=True)}
        total.stories += tally.stories
    new = 0
    if posts:
        from commsleads.intake.letters import Post  # who polls feeds alone needs no rules for mails

        kept = app.letters.keep(session, [Post(source, mails, unread) for _, source, mails, unread in posts], app.now())
        for (number, *_), mail in zip(posts, kept, strict=True):
            others_too = counts.get(number, Counts())
            counts[number] = Counts(others_too.new + mail.new, others_too.revised, others_too.known + mail.known)
            new += mail.new
    held: dict[int, str] = {}
    for number, one in enumerate(ready):
        if _counts(one.batch):
            counts[number], held[number] = _counted(app, session, one, counts.get(number, Counts()))
    polls = [_poll(one, counts.get(number, Counts()), held.get(number)) for number, one in enumerate(ready)]
    timetable.record(session, polls)
    for one, done in zip(ready, polls, strict=True):
        _note_gaps(session, one, done)
        _count(total, one, done)
    return new


def _has_mail(batch: Batch | None) -> bool:
    """Whether a poll brought mails: its collector goes on where it stopped, so that nothing falls between two polls."""
    return batch is not None and (bool(batch.unread) or any(is_mail(signal) for signal in batch.signals))


def _counts(batch: Batch | None) -> bool:
    """Whether a poll brought counts of others: their counters went on while nobody looked."""
    return batch is not None and bool(batch.tallies or batch.clicks)


def _counted(app: App, session: Session, one: Outcome, count: Counts) -> tuple[Counts, str]:
    """Keep the counts of a poll: with them, how many there were, and what it says of the time since the last."""
    from commsleads.intake.counters import Brought  # who polls feeds alone needs no rules for counters

    batch = one.batch or Batch()
    brought = Brought(one.source.id, one.at, batch.tallies, batch.clicks)
    kept = app.counters(session).keep(session, brought, app.now())
    more = Counts(count.new + kept.new, count.revised, count.known + kept.known)
    return more, timetable.COUNTED_ON if kept.goes_on else timetable.LOST


def _poll(one: Outcome, count: Counts, held: str | None) -> Poll:
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
        held=held,
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
    elif since and done.new and not done.known and one.claim.signals and not _counts(one.batch):
        why = "Nothing in the feed was known from the poll before: what came and went in between was not seen."
        timetable.add_gap(session, one.source.id, since, stamp(one.at), why)
    elif away := _away(one):
        why = f"It was not asked for {away.days} days: commsleads did not run, or the site wanted to be left alone."
        more = timetable.afterwards(done)
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
    if not _counts(one.batch):  # clicks and counts of others are no signals
        total.new += done.new
        total.revised += done.revised
        total.known += done.known
    if done.error:
        log.info("Source %s: %s", one.source.id, done.error)
