"""The public enquiry form's own rows: how many posts came from whom in an hour, what was refused, what was agreed to.

Of a sender only a keyed hash is kept. The key is of one day and then overwritten, so that nobody can tell afterwards
whose hash it was.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta

from commsleads.store import meta
from commsleads.store.engine import Session, stamp

KEY = "form_key"
KEPT = timedelta(days=1)


def hashed(session: Session, sender: str, now: datetime) -> str:
    """The sender's hash of today."""
    today = stamp(now)[:10]
    day, _, key = meta.get(session, KEY).partition(":")
    if day != today or not key:
        key = secrets.token_hex(32)
        meta.put(session, KEY, f"{today}:{key}")
    return hmac.new(bytes.fromhex(key), sender.encode("utf-8", "surrogatepass"), "sha256").hexdigest()[:32]


def counted(session: Session, hour: str, sender: str) -> tuple[int, int]:
    """How many posts came in this hour: of this sender, and in all."""
    mine = session.tuples("SELECT coalesce(sum(n), 0) FROM form_posts WHERE hour = ? AND sender = ?", (hour, sender))
    every = session.tuples("SELECT coalesce(sum(n), 0) FROM form_posts WHERE hour = ?", (hour,))
    return int(mine[0][0]), int(every[0][0])


def count(session: Session, now: datetime, hour: str, sender: str) -> None:
    """One more post of this sender; those of yesterday are forgotten."""
    forget(session, now)
    session.execute(
        "INSERT INTO form_posts (hour, sender, n) VALUES (:hour, :sender, 1) "
        "ON CONFLICT (hour, sender) DO UPDATE SET n = form_posts.n + 1",
        hour=hour,
        sender=sender,
    )


def forget(session: Session, now: datetime) -> None:
    """Forget the posts of yesterday and before, and their key, where nobody has posted since."""
    session.execute("DELETE FROM form_posts WHERE hour < :old", old=stamp(now - KEPT)[:13])
    day, _, key = meta.get(session, KEY).partition(":")
    if key and day != stamp(now)[:10]:
        meta.put(session, KEY, "")


def refused(session: Session, now: datetime, why: str) -> None:
    """One more post that was not let in."""
    session.execute(
        "INSERT INTO form_refused (day, why, n) VALUES (:day, :why, 1) "
        "ON CONFLICT (day, why) DO UPDATE SET n = form_refused.n + 1",
        day=stamp(now)[:10],
        why=why,
    )


def refusals(session: Session, since: str = "") -> dict[str, int]:
    """How many posts were refused since a day, by reason."""
    rows = session.tuples("SELECT why, sum(n) FROM form_refused WHERE day >= ? GROUP BY why ORDER BY why", (since,))
    return {str(why): int(n) for why, n in rows}


def consent(session: Session, letter: str, now: datetime, words: str) -> None:
    """Keep the words that somebody agreed to, and when. The first time counts."""
    session.execute(
        "INSERT INTO consents (letter_id, at, words) VALUES (:id, :at, :words) ON CONFLICT (letter_id) DO NOTHING",
        id=letter,
        at=stamp(now),
        words=words,
    )
