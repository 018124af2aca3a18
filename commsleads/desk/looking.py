"""Looking at enquiries. A look at a restricted one leaves its own trace, wherever its content is shown."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from commsleads.desk.record import Desk, may, must_see
from commsleads.enquiries import Case, Hold, Officer, State
from commsleads.errors import NotFoundError
from commsleads.rules.desk.errors import DeskError
from commsleads.rules.desk.privacy import look_needs_record
from commsleads.rules.desk.workflow import shown, waits_for
from commsleads.store import history
from commsleads.store.desk import board, cases, enquiries, people, search
from commsleads.store.desk.board import Wanted
from commsleads.store.desk.picture import as_of as stood
from commsleads.store.desk.picture import assembled, picture
from commsleads.store.engine import Row, moment, stamp

HIDDEN = ("id", "reference", "deadline_at", "deadline_day", "deadline_kind", "privacy")
"""What is told of a restricted enquiry to those who may not see it: that there is one, and when it is due."""


def show(desk: Desk, wanted: str) -> dict[str, Any]:
    """The whole record as it stands, journalists by name. Raises `DeskError` for who may not see it."""
    row = enquiries.find(desk.session, wanted, desk.year)
    case = cases.case(desk.session, row["id"])
    if case is None:
        raise NotFoundError(f"There is no enquiry {wanted}.")
    must_see(desk, case)
    _note(desk, [row["id"]] if look_needs_record(case) else [])
    told = _dressed(desk, assembled(picture(desk.session, row)))
    told["shown"] = shown(case, desk.now)
    told["waits_for"] = waits_for(case)
    return told


def as_of(desk: Desk, wanted: str, at: datetime) -> dict[str, Any]:
    """The record as it stood at an instant, put together from the history. Names are those of today.

    Raises `DeskError` when there was no such record yet, or when its history was erased.
    """
    row = enquiries.find(desk.session, wanted, desk.year)
    case = cases.case(desk.session, row["id"])
    if case is None:
        raise NotFoundError(f"There is no enquiry {wanted}.")
    must_see(desk, case)
    found = stood(desk.session, row["id"], stamp(at))
    if found is None:
        raise DeskError(f"{row['reference']} was not in the log then: it was logged at {row['logged_at']}.")
    if "erased" in found:
        raise DeskError(f"What {row['reference']} held has been erased when its time had come.")
    _note(desk, [row["id"]] if look_needs_record(case) else [])
    told = _dressed(desk, assembled(found))
    told["shown"] = _shown_then(told, at)
    return told


def _shown_then(told: dict[str, Any], at: datetime) -> str:
    """`workflow.shown` for a record that is not in the table any more."""
    received = moment(told["received_at"]) or at
    then = Case(
        id=told["id"],
        reference=told["reference"],
        received_at=received,
        logged_at=received,
        state=State(told["status"]),
        deadline_at=moment(told["deadline_at"] or ""),
        responded_at=moment(told["response_sent_at"] or ""),
    )
    return shown(then, at)


def _dressed(desk: Desk, told: dict[str, Any]) -> dict[str, Any]:
    known = people.shown(desk.session, told["journalists"])
    told["journalists"] = [known.get(contact, {"id": contact, "name": ""}) for contact in told["journalists"]]
    return told


def listed(desk: Desk, wanted: Wanted = Wanted(), *, limit: int = 0) -> list[Row]:  # noqa: B008
    """The heads of enquiries for this person: the open ones by deadline, or all of them, newest first.

    What this person may not see is told as `HIDDEN`, so that the board is whole; but not when enquiries are asked for
    by what they hold, since the question would be the answer.
    """
    asked = bool(wanted.outlet or wanted.state or wanted.late or wanted.contacts is not None)
    if not asked:
        return _for_eyes(desk, board.heads(desk.session, wanted, limit=limit))
    return _for_eyes(desk, board.heads(desk.session, wanted), whole=False, limit=limit)


def _for_eyes(desk: Desk, rows: list[Row], *, whole: bool = True, limit: int = 0) -> list[Row]:
    """The rows as this person may see them; those that they may not, in outline or (not `whole`) not at all."""
    told: list[Row] = []
    looked: list[str] = []
    for row in rows:
        if limit and len(told) == limit:
            break
        case = _head_case(row)
        row["shown"] = shown(case, desk.now)
        # The head tells enough for almost all; who is concerned in another way stands in the whole record.
        if not may(desk, case) and not _may(desk, row["id"]):
            if not whole:
                continue
            told.append({name: row[name] for name in HIDDEN} | {"subject": "restricted", "shown": "restricted"})
            continue
        told.append(row)
        if look_needs_record(case):
            looked.append(row["id"])
    _note(desk, looked)
    return told


def _may(desk: Desk, enquiry_id: str) -> bool:
    case = cases.case(desk.session, enquiry_id)
    return case is not None and may(desk, case)


def _head_case(row: Row) -> Case:
    received = moment(row["received_at"])
    assert received is not None  # noqa: S101 - the schema has no row without it
    return Case(
        id=row["id"],
        reference=row["reference"],
        received_at=received,
        logged_at=received,
        state=State(row["status"]),
        hold=Hold(row["hold"]),
        privacy=row["privacy"],
        owner=row["owner"],
        team=row["team"],
        deadline_at=moment(row["deadline_at"] or ""),
        responded_at=moment(row["response_sent_at"] or ""),
    )


def search_answers(desk: Desk, words: str, *, limit: int = 20) -> list[Row]:
    """Past answers that hold all these words, those of restricted enquiries only for who may see them."""
    return readable(desk, search.find(desk.session, words, limit=limit))


def readable(desk: Desk, rows: Sequence[Row]) -> list[Row]:
    """Rows with an `enquiry_id` and a `privacy`, those left out that this person may not see."""
    seen = {row["enquiry_id"]: _may(desk, row["enquiry_id"]) for row in rows if row["privacy"] != "open"}
    _note(desk, {row["enquiry_id"]: 0 for row in rows if row["privacy"] == "restricted" and seen[row["enquiry_id"]]})
    return [row for row in rows if seen.get(row["enquiry_id"], True)]


def dossier(desk: Desk, words: str) -> list[dict[str, Any]]:
    """What this person may know of the journalists that these words may mean: outlets, enquiries, what we said."""
    found = []
    ids = people.called(desk.session, words)
    known = people.shown(desk.session, ids)
    for contact in ids:
        theirs = board.of_contacts(desk.session, [contact])
        heads = _for_eyes(desk, theirs, whole=False)
        if theirs and not heads:  # known only from what this person may not see
            continue
        seen = [row["id"] for row in heads]
        found.append(
            {
                **known[contact],
                "outlets": people.outlets(desk.session, contact),
                "enquiries": heads,
                "answers": board.answers_to(desk.session, seen),
                "coverage": board.coverage_of(desk.session, seen),
            }
        )
    return found


def changes(desk: Desk, wanted: str) -> list[Row]:
    """The history of an enquiry, oldest first: at, who, what, before, after."""
    row = enquiries.find(desk.session, wanted, desk.year)
    case = cases.case(desk.session, row["id"])
    if case is None:
        raise NotFoundError(f"There is no enquiry {wanted}.")
    must_see(desk, case)
    _note(desk, [row["id"]] if look_needs_record(case) else [])
    rows = history.of(desk.session, "enquiry", row["id"])
    for change in rows:
        change["before"] = json.loads(change["before"]) if change["before"] else None
        change["after"] = json.loads(change["after"]) if change["after"] else None
    return rows


def _note(desk: Desk, ids: Collection[str]) -> None:
    """Keep who looked at what is restricted."""
    if not ids:
        return
    with desk.session.atomic():
        for enquiry_id in ids:
            history.record(desk.session, desk.now, who=desk.who.id, what="looked at", kind="enquiry", row_id=enquiry_id)


def owners(officers: Sequence[Officer], name: str) -> tuple[str, ...]:
    """Whose enquiries somebody minds: their own, and those of whom they cover."""
    return (name, *(one.id for one in officers if one.cover == name))
