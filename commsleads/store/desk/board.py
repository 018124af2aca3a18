"""Lists of enquiries: the open ones by deadline, and any others by what a person asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from commsleads.store.desk.picture import NAMES, TRUTHS
from commsleads.store.engine import Row, Session
from commsleads.store.signals import chunks, holes

HEAD = (
    "id", "reference", "received_at", "logged_at", "channel", "direction", "out_of_hours", "on_call", "subject",
    "request_type", "language", "deadline_at", "deadline_day", "deadline_text", "deadline_kind", "level", "privacy",
    "stance", "urgent", "outlet", "outlet_tier", "owner", "team", "cover", "state", "hold", "acknowledged_at",
    "responded_at", "response_kind", "lapsed_at", "ended_at", "outcome",
)  # fmt: skip
"""What a list tells of an enquiry: a picture's head, without what hangs on it."""


class Wanted(NamedTuple):
    """Which enquiries to list. `contacts` and `only` are ids, None for whoever and whichever.

    `since` is a stamp; so is `late`: unanswered, with a deadline before it.
    """

    open_only: bool = True
    state: str = ""
    owners: tuple[str, ...] = ()
    since: str = ""
    contacts: tuple[str, ...] | None = None
    outlet: str = ""
    only: tuple[str, ...] | None = None
    late: str = ""

    def where(self) -> tuple[str, list[Any]]:
        """The condition on `enquiries e` and its parameters."""
        terms, given = [], []
        if self.open_only:
            terms.append("e.ended_at = ''")
        if self.state:
            terms.append("e.state = ?")
            given.append(self.state)
        if self.late:
            terms.append("e.responded_at = '' AND e.deadline_at != '' AND e.deadline_at < ?")
            given.append(self.late)
        if self.outlet:
            terms.append("(e.outlet = ? OR lower(e.outlet) = ?)")
            given += [self.outlet, self.outlet.lower()]
        if self.owners:
            there = holes(self.owners)
            terms.append(f"(e.owner IN ({there}) OR e.cover IN ({there}))")
            given += [*self.owners, *self.owners]
        if self.since:
            terms.append("e.received_at >= ?")
            given.append(self.since)
        if self.contacts is not None:
            terms.append(
                f"e.id IN (SELECT enquiry_id FROM enquiry_journalists WHERE contact_id IN ({holes(self.contacts)}))"
            )
            given += self.contacts
        if self.only is not None:
            terms.append(f"e.id IN ({holes(self.only)})")
            given += self.only
        return " AND ".join(terms) or "1 = 1", given


def heads(session: Session, wanted: Wanted = Wanted(), *, limit: int = 0) -> list[Row]:  # noqa: B008
    """Their heads: open ones by deadline (none stated last, the longest waiting first), all of them newest first."""
    where, given = wanted.where()
    columns = ", ".join(f"e.{name} AS {NAMES.get(name, name)}" for name in HEAD)
    if wanted.open_only:
        order = "CASE WHEN e.deadline_at = '' THEN 1 ELSE 0 END, e.deadline_at, e.received_at, e.year, e.number"
    else:
        order = "e.received_at DESC, e.year DESC, e.number DESC"
    rows = [
        dict(zip([NAMES.get(name, name) for name in HEAD], row, strict=True))
        for row in session.tuples(
            f"SELECT {columns} FROM enquiries e WHERE {where} ORDER BY {order} LIMIT ?", (*given, limit or 2**62)
        )
    ]
    names = _journalists(session, [row["id"] for row in rows])
    for row in rows:
        row["journalists"] = names.get(row["id"], [])
        for name in TRUTHS:
            row[name] = bool(row[name])
        for name, value in row.items():
            if value == "" and name.endswith(("_at", "_day")):
                row[name] = None
    return rows


def _journalists(session: Session, ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in chunks(ids):
        for enquiry_id, name in session.tuples(
            "SELECT j.enquiry_id, c.name FROM enquiry_journalists j JOIN contacts c ON c.id = j.contact_id "
            f"WHERE j.enquiry_id IN ({holes(part)}) ORDER BY j.place",
            part,
        ):
            found.setdefault(enquiry_id, []).append(name)
    return found


def of_contacts(session: Session, contacts: Sequence[str]) -> list[Row]:
    """Every enquiry of these people, newest first."""
    return heads(session, Wanted(open_only=False, contacts=tuple(contacts)))


def answers_to(session: Session, ids: Sequence[str]) -> list[Row]:
    """What was said in answer to these enquiries, newest first."""
    found: list[Row] = []
    for part in chunks(ids):
        names = {f"id_{number}": value for number, value in enumerate(part)}
        found += session.query(
            "SELECT a.id AS answer, a.enquiry_id, e.reference, a.number, a.at, a.by, a.kind, a.terms, a.text, "
            "e.subject, e.outlet, e.privacy FROM answers a JOIN enquiries e ON e.id = a.enquiry_id "
            f"WHERE a.enquiry_id IN ({', '.join(':' + name for name in names)})",
            **names,
        )
    return sorted(found, key=lambda row: (row["at"], row["answer"]), reverse=True)


def coverage_of(session: Session, ids: Sequence[str]) -> list[Row]:
    """What appeared after these enquiries and was not refused, newest first."""
    found: list[Row] = []
    for part in chunks(ids):
        names = {f"id_{number}": value for number, value in enumerate(part)}
        found += session.query(
            "SELECT v.enquiry_id, e.reference, v.signal_id AS story, v.state, v.seen_at, v.quote_used, v.error, "
            "s.title, s.outlet, s.url FROM covered v JOIN enquiries e ON e.id = v.enquiry_id "
            f"JOIN signals s ON s.id = v.signal_id WHERE v.state <> 'refused' "
            f"AND v.enquiry_id IN ({', '.join(':' + name for name in names)})",
            **names,
        )
    return sorted(found, key=lambda row: (row["seen_at"], row["story"]), reverse=True)
