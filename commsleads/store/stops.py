"""Who gets a report no more, since when and why. Append-only; lifted by one of us only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from commsleads.signed import mark
from commsleads.store.engine import Row, Session, stamp
from commsleads.store.keys import signing_key

KEPT = timedelta(days=400)
"""So long an address is kept at a stop that was lifted."""
ERASED = "erased "

_BRACKETED = re.compile(r"<([^<>]*)>\s*$")


class Stop(NamedTuple):
    """One reason to mail somebody no more. `how` is one-click, page, mail, bounce, complaint or person."""

    how: str
    why: str = ""
    who: str = ""


def bare(recipient: str) -> str:
    """The address of a recipient as the settings have it (perhaps with a name before it), in small letters.

    A domain in another script is written as mail has it: however somebody types it, it is one address.
    """
    found = _BRACKETED.search(recipient)
    said = (found[1] if found else recipient).strip().casefold()
    if said.isascii():
        return said
    local, at, domain = said.rpartition("@")
    try:
        return f"{local}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        return said


def stop(session: Session, recipient: str, name: str, stopped: Stop, now: datetime, *, once: bool = False) -> bool:
    """Mail this one that report ('' is every report) no more; whether that is new.

    `once` is for what is read out of a mail, which may be read again: it is noted beside what is in force already, and
    when it was lifted since, it stays so.
    """
    row = {"recipient": bare(recipient), "name": name, "at": stamp(now)}
    with session.atomic():
        if _known(session, row) if once else in_force(session, recipient, name):
            return False
        # The same second again can only be somebody who was let in and stops at once: the row is theirs again.
        return bool(
            session.execute(
                "INSERT INTO report_stops (recipient, name, at, how, why, who) "
                "VALUES (:recipient, :name, :at, :how, :why, :who) ON CONFLICT (recipient, name, at) DO UPDATE SET "
                "how = excluded.how, why = excluded.why, who = excluded.who, lifted_at = '', lifted_by = ''",
                how=stopped.how,
                why=stopped.why[:500],
                who=stopped.who,
                **row,
            )
        )


def _known(session: Session, row: dict[str, str]) -> bool:
    return bool(
        session.query(
            "SELECT 1 AS one FROM report_stops WHERE recipient IN (:recipient, :forgotten) AND name = :name "
            "AND at = :at",
            forgotten=_forgotten(session, row["recipient"]),
            **row,
        )
    )


def _forgotten(session: Session, recipient: str) -> str:
    return f"{ERASED}{mark(signing_key(session), recipient).hex()}"


def forget(session: Session, now: datetime) -> int:
    """Forget whose the stops were that were lifted long ago; how many. They are known again by a mark of nobody,
    so that a mail that is read anew does not bring them back."""
    rows = session.tuples(
        "SELECT recipient, name, at FROM report_stops WHERE lifted_at <> '' AND lifted_at < ? AND recipient NOT LIKE ?",
        (stamp(now - KEPT), f"{ERASED}%"),
    )
    return session.many(
        "UPDATE report_stops SET recipient = ?, why = '' WHERE recipient = ? AND name = ? AND at = ?",
        [(_forgotten(session, row[0]), *row) for row in rows],
    )


def allow(session: Session, recipient: str, name: str, now: datetime, who: str) -> int:
    """Let this one get that report again ('' lifts every stop there is); how many stops were lifted."""
    return session.execute(
        "UPDATE report_stops SET lifted_at = :now, lifted_by = :who WHERE recipient = :recipient AND lifted_at = '' "
        "AND (:name = '' OR name = :name)",
        now=stamp(now),
        who=who,
        recipient=bare(recipient),
        name=name,
    )


def in_force(session: Session, recipient: str, name: str) -> Row | None:
    """The stop that keeps a report from somebody, or None."""
    rows = session.query(
        "SELECT recipient, name, at, how, why, who FROM report_stops WHERE recipient = :recipient AND lifted_at = '' "
        "AND (name = :name OR name = '') ORDER BY at LIMIT 1",
        recipient=bare(recipient),
        name=name,
    )
    return rows[0] if rows else None


def stopped(session: Session, name: str) -> frozenset[str]:
    """The bare addresses that do not get this report."""
    rows = session.tuples(
        "SELECT DISTINCT recipient FROM report_stops WHERE lifted_at = '' AND name IN (?, '')", (name,)
    )
    return frozenset(recipient for (recipient,) in rows)


def listed(session: Session, *, lifted: bool = False) -> Sequence[Row]:
    """The stops in force, newest first; with `lifted` those that were taken back, too."""
    return session.query(
        "SELECT recipient, name, at, how, why, who, lifted_at, lifted_by FROM report_stops "
        "WHERE lifted_at = '' OR :lifted = 1 ORDER BY at DESC, recipient, name",
        lifted=int(lifted),
    )
