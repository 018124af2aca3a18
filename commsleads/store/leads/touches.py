"""The touches of people, each in versions: as it was known from a moment on.

Nothing is overwritten. What a piece of evidence is now becomes a new version where it differs from the newest one, so
that it can be looked at as often as anybody likes. The one exception is the end of personal data, see `forget`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from commsleads.journey import Touch
from commsleads.store.engine import Session, stamp
from commsleads.store.leads import waiting
from commsleads.store.signals import chunks, holes

COLUMNS = (
    "id", "version", "contact_id", "at", "learned_at", "kind", "marks", "channel", "source", "detail", "campaign_id",
    "cta_id", "outlet", "evidence", "counts", "why", "self_reported",
)  # fmt: skip
SELECT = f"SELECT {', '.join(COLUMNS)} FROM touches"
_INSERT = f"INSERT INTO touches ({', '.join(COLUMNS)}) VALUES ({holes(COLUMNS)})"
IN_ORDER = "ORDER BY contact_id, learned_at, id, version"
PAGE = 4_000
"""Rows read at once, where all of them are."""
ADDRESS = frozenset(("works", "broken", "shared", "throwaway", "private", "outlet-domain"))
"""Marks that are told by an address, and can be told no more when it is erased."""
OBJECTED, NOT_OBJECTED = "asked not to be written to", "does not object any more to being written to"
_sure = datetime.fromisoformat


def keep(session: Session, touches: Iterable[Touch]) -> list[str]:
    """Write these where they say something else than the newest version; the contacts of those that did.

    `version` of what is given means nothing. A version is never learned before the one that it replaces. Of somebody
    who was erased no words are written, and what their address told stays as it was.
    """
    given = {one.id: one for one in touches}
    if not given:
        return []
    there = newest(session, list(given))
    nobody = erased(session, {one.contact for one in given.values()})
    fresh: list[Touch] = []
    for told in given.values():
        before = there.get(told.id)
        one = _of_nobody(told, before) if told.contact in nobody else told
        if before is None:
            fresh.append(one._replace(version=1))
        elif one._replace(version=before.version, learned=before.learned) != before:
            fresh.append(one._replace(version=before.version + 1, learned=max(one.learned, before.learned)))
    if not fresh:
        return []
    session.many(_INSERT, [row_of(one) for one in fresh])
    changed = {one.contact for one in fresh} | {there[one.id].contact for one in fresh if one.id in there}
    contacts = sorted(changed)
    waiting.note(session, contacts)
    return contacts


def add(session: Session, touches: Iterable[Touch]) -> None:
    """Write versions as they are given, without a look at what is there: for what is made in bulk."""
    session.many(_INSERT, map(row_of, touches))


def newest(session: Session, ids: Sequence[str]) -> dict[str, Touch]:
    """The newest versions of these touches."""
    return _newest(session, "id", ids)


def evidence(session: Session, evidence: Sequence[str]) -> dict[str, Touch]:
    """The newest versions of the touches that rest on these pieces of evidence, by their ids."""
    return _newest(session, "evidence", evidence)


def of(session: Session, contacts: Sequence[str]) -> list[Touch]:
    """All versions of all touches of these contacts, in the order in which we learned of them."""
    found: list[Touch] = []
    for part in chunks(contacts):
        rows = session.tuples(f"{SELECT} WHERE contact_id IN ({holes(part)})", part)
        found += map(touch_of, rows)
    found.sort(key=_in_order)
    return found


def of_each(session: Session, contacts: Sequence[str]) -> dict[str, list[Touch]]:
    """As `of`, apart by contact."""
    found: dict[str, list[Touch]] = {}
    for one in of(session, contacts):
        found.setdefault(one.contact, []).append(one)
    return found


def streamed(session: Session, after: str = "") -> Iterator[tuple[str, list[Touch]]]:
    """Every contact with a touch, in the order of their ids from behind `after`, each with all versions as in `of`.

    Some pages of rows are in memory at a time, or all touches of one contact.
    """
    while True:
        rows = session.tuples(f"{SELECT} WHERE contact_id > ? {IN_ORDER} LIMIT ?", (after, PAGE))
        if not rows:
            return
        last = rows[-1][2]
        if len(rows) == PAGE:
            whole = len(rows)
            while whole and rows[whole - 1][2] == last:
                whole -= 1
            if whole:  # the last of the page may go on behind it
                del rows[whole:]
                last = rows[-1][2]
            else:
                rows = session.tuples(f"{SELECT} WHERE contact_id = ? {IN_ORDER}", (last,))
        yield from _apart(rows)
        after = last


def _apart(rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[str, list[Touch]]]:
    contact, mine = "", list[Touch]()
    for row in rows:
        if row[2] != contact:
            if mine:
                yield contact, mine
            contact, mine = row[2], []
        mine.append(touch_of(row))
    if mine:
        yield contact, mine


def known_id(contact: str) -> str:
    """The id of the touch that says what we know of a contact apart from what they did."""
    return f"{contact}-known"


def objected(contact: str, at: datetime, learned: datetime) -> Touch:
    """What says that somebody asked not to be written to. It is no touch of theirs, and counts for none."""
    return Touch(
        id=known_id(contact), version=1, contact=contact, at=at, learned=learned, kind="known", marks="objected",
        evidence=f"person {contact}", counts=False, why=OBJECTED,
    )  # fmt: skip


def forget(session: Session, contacts: Sequence[str]) -> None:
    """Empty what was told about and by these people. When, by what and whether it counts stay: they are figures."""
    rows = [(one,) for one in contacts]
    session.many("UPDATE touches SET detail = '', self_reported = '' WHERE contact_id = ?", rows)


def forget_evidence(session: Session, evidence: Sequence[str]) -> None:
    """As `forget`, for what rests on these pieces of evidence, whose words have ended."""
    rows = [(one,) for one in evidence]
    session.many("UPDATE touches SET detail = '', self_reported = '' WHERE evidence = ?", rows)
    for part in chunks(evidence):
        found = session.tuples(f"SELECT DISTINCT contact_id FROM touches WHERE evidence IN ({holes(part)})", part)
        waiting.note(session, [contact for (contact,) in found])


def erased(session: Session, contacts: Iterable[str]) -> set[str]:
    """Those of these contacts who were made nobody."""
    found: set[str] = set()
    for part in chunks(sorted(contacts)):
        rows = session.tuples(
            f"SELECT id FROM contacts WHERE name = 'erased' AND folded = '' AND id IN ({holes(part)})", part
        )
        found.update(contact for (contact,) in rows)
    return found


def _of_nobody(one: Touch, before: Touch | None) -> Touch:
    theirs = ADDRESS.intersection(before.marks.split()) if before else set[str]()
    marks = sorted(theirs.union(one.marks.split()) - (ADDRESS - theirs))
    return one._replace(detail="", self_reported="", marks=" ".join(marks))


def _newest(session: Session, column: str, values: Sequence[str]) -> dict[str, Touch]:
    found: dict[str, tuple[Any, ...]] = {}
    for part in chunks(values):
        for row in session.tuples(f"{SELECT} WHERE {column} IN ({holes(part)})", part):
            known = found.get(row[0])
            if known is None or known[1] < row[1]:
                found[row[0]] = row
    return {ident: touch_of(row) for ident, row in found.items()}


def _in_order(one: Touch) -> tuple[datetime, str, int]:
    return one.learned, one.id, one.version


def row_of(one: Touch) -> tuple[Any, ...]:
    """A touch as the table has it."""
    return (*one[:3], stamp(one.at), stamp(one.learned), *one[5:14], int(one.counts), *one[15:])


def touch_of(row: tuple[Any, ...]) -> Touch:
    """What `row_of` wrote."""
    return Touch(
        row[0], row[1], row[2], _sure(row[3]), _sure(row[4]), row[5], row[6], row[7], row[8], row[9], row[10], row[11],
        row[12], row[13], row[14] == 1, row[15], row[16],
    )  # fmt: skip
