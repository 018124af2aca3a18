"""The one pass over new mails.

::

    batch ─► known? ─► rows (with the poll) ─► read: class, fields, requests ─► tie to an enquiry, or log one ─► rows
                                 └─ waiting ──────────┘                     └─ doubtful: before a person

`keep` puts letters on the list of those waiting, in the transaction of the poll. `take_in` reads what waits, in the
order of arrival: the rules run before the lock is taken, then each letter is settled in a savepoint of its own. One
that makes a rule fail stays on the list with the reason, and the others go on. `rebuild` puts all of them on the list;
enquiries that exist and what people decided stay.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from commsleads.contract import Signal, Unread
from commsleads.errors import StoreError
from commsleads.intake.readers import Readers
from commsleads.intake.seen import AHEAD
from commsleads.intake.settling import Read, settle
from commsleads.letters import Letter
from commsleads.store import aside, readings, review
from commsleads.store import letters as rows
from commsleads.store.engine import Session, micros, stamp

log = logging.getLogger(__name__)
T = TypeVar("T")

BITE = 50
"""Mails read and settled in one transaction: others wait for the lock no longer than that takes."""
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATE = timedelta(days=30)
"""A mail that comes from a server later than that after its date is dated by the day it came."""


class Kept(NamedTuple):
    """What one batch brought: new mails, mails that were known, what could not be read; and the ids of its mails."""

    new: int = 0
    known: int = 0
    unread: int = 0
    ids: tuple[str, ...] = ()


class Tally(NamedTuple):
    """What one pass made."""

    read: int = 0
    enquiries: int = 0


class Post(NamedTuple):
    """What one poll brought in mails."""

    source_id: str
    signals: Sequence[Signal] = ()
    unread: Sequence[Unread] = ()


class Letters:
    """The way in for mails. Holds no state between passes."""

    def __init__(self, readers: Readers) -> None:
        self.readers = readers

    # --- from the poll ---------------------------------------------------------------------------------------------

    def keep(self, session: Session, posts: Sequence[Post], now: datetime, *, live: bool = True) -> list[Kept]:
        """Keep what these polls brought, inside the caller's transaction; it is read by `take_in`.

        `live` is False for mails that a person imports: then an old date is believed.
        """
        named = [[(rows.letter_id(one.letter), one) for one in post.signals if one.letter] for post in posts]
        known = rows.known(session, [ident for batch in named for ident, _ in batch])
        fresh: dict[str, tuple[str, Signal]] = {}
        counts = []
        for post, batch in zip(posts, named, strict=True):
            before = len(fresh)
            for ident, signal in batch:
                if ident not in known:
                    fresh.setdefault(ident, (post.source_id, signal))
            new = len(fresh) - before
            aside.keep(session, post.source_id, now, post.unread)
            counts.append(Kept(new, len(batch) - new, len(post.unread), tuple(ident for ident, _ in batch)))
        if fresh:
            self._insert(session, fresh, now, live=live)
        return counts

    def _insert(self, session: Session, fresh: Mapping[str, tuple[str, Signal]], now: datetime, *, live: bool) -> None:
        dated = [
            (*believed(signal.letter or Letter(), now, live=live), ident, source_id, signal)
            for ident, (source_id, signal) in fresh.items()
        ]
        dated.sort(key=lambda one: (one[0], one[2]))
        dated = _in_turn(dated, [one[4].letter or Letter() for one in dated])
        first = max(micros(now), rows.last_arrival(session) + 1)
        erase_after = stamp(now + self.readers.settings.desk.keep_letters)
        rows.insert(
            session,
            [
                rows.columns(
                    signal.letter or Letter(),
                    ident=ident,
                    source_id=source_id,
                    received_at=received,
                    arrival=first + number,
                    channel=signal.extra.get("channel", "email"),
                    ours=signal.extra.get("ours") == "yes",
                    place=_place(signal.extra),
                    note=note,
                    erase_after=erase_after,
                )
                for number, (received, note, ident, source_id, signal) in enumerate(dated)
            ],
        )

    # --- from the list of those waiting ----------------------------------------------------------------------------

    def take_in(self, session: Session, now: datetime) -> Tally:
        """Read all that waits, oldest first, a transaction a bite."""
        read = enquiries = 0
        while True:
            waiting = rows.waiting(session, BITE)
            if not waiting:
                return Tally(read, enquiries)
            known = [self._read(row) for row in waiting]
            with session.atomic():
                for row, one in zip(waiting, known, strict=True):
                    done, logged = self._settle(session, row["id"], one, now)
                    read += done
                    enquiries += logged

    def _read(self, row: Mapping[str, Any]) -> Read | Exception:
        """What the rules make of one mail; nothing is written."""
        try:
            letter = rows.letter_of(row)
            return Read(row, letter, self.readers.read(letter, row))
        except Exception as error:
            log.exception("Mail %s could not be read", row["id"])
            return error

    def _settle(self, session: Session, ident: str, one: Read | Exception, now: datetime) -> tuple[bool, bool]:
        """Whether this mail was read now, and whether an enquiry was made of it."""
        if isinstance(one, Exception):
            rows.failed(session, ident, _why(one))
            return False, False
        try:
            with session.atomic():
                if not rows.take(session, ident):  # another run has read it meanwhile
                    return False, False
                return True, settle(session, one, self.readers, now)
        except Exception as error:
            if type(error) is StoreError:  # the database and not this mail
                raise
            log.exception("Mail %s could not be taken in", ident)
            rows.failed(session, ident, _why(error))
            return False, False


def rebuild(session: Session, letters: Letters, now: datetime) -> int:
    """Forget what the rules made of every mail and read all of them again, in the order of arrival; how many.

    Enquiries, what hangs on them, and decisions of people stay. Interrupted, it goes on at the next `take_in`.
    """
    with session.atomic():
        readings.clear(session)
        review.clear(session)
        rows.all_again(session)
    return letters.take_in(session, now).read


def believed(letter: Letter, now: datetime, *, live: bool) -> tuple[datetime, str]:
    """When a mail is taken to have come, and a sentence when that is not what it says itself."""
    sent = letter.sent_at
    if sent is None:
        return now, "It has no date that can be read, so it counts as come when it was read." if letter.date_raw else ""
    if sent > now + AHEAD:
        return now, f"It is dated {sent:%d %B %Y}, which is yet to come, so it counts as come when it was read."
    if sent < EARLIEST:
        return now, f"It is dated {sent:%d %B %Y}, before there was a mailbox, so it counts as come when it was read."
    if live and sent < now - LATE:
        return now, f"It is dated {sent:%d %B %Y} and came much later, so it counts as come when it was read."
    return min(sent, now), ""


def _in_turn(things: Sequence[T], letters: Sequence[Letter]) -> list[T]:
    """The same, by their dates as they are given, but what is answered before its answers: clocks differ."""
    wrote = {letter.message_id: number for number, letter in enumerate(letters) if letter.message_id}
    order: dict[int, None] = {}
    for first in range(len(letters)):
        waiting, seen = [first], {first}
        while waiting:
            number = waiting[-1]
            named = (wrote.get(ident) for ident in (*letters[number].references, *letters[number].in_reply_to))
            before = next((one for one in named if one is not None and one not in order and one not in seen), None)
            if before is None:
                order[waiting.pop()] = None
            else:
                seen.add(before)
                waiting.append(before)
    return [things[number] for number in order]


def _place(extra: Mapping[str, str]) -> str:
    """Where it lay, for people."""
    if file := extra.get("file"):
        return f"{file}:{extra['offset']}" if "offset" in extra else file
    return ":".join(extra[name] for name in ("folder", "uid") if name in extra)


def _why(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"
