"""An enquiry with all that hangs on it, as one flat value: what `show` shows and what the history keeps changes of.

A picture is a dictionary of names to plain values. A part of a list stands under "list/number", so that a change of one
question is a change of one name. Journalists stand in it by the ids of their contacts: who a contact is can be erased,
what happened cannot.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from commsleads.store import history
from commsleads.store.engine import Row, Session

Picture = dict[str, Any]

NAMES = {
    "channel": "channel_in",
    "on_call": "on_call_user",
    "outlet_tier": "tier",
    "outlet_type": "outlet_type",
    "outlet_region": "region",
    "state": "status",
    "terms": "attribution_terms",
    "responded_at": "response_sent_at",
    "responded_by": "response_sent_by",
    "minutes_spent": "time_spent",
    "retention": "retention_class",
}
"""Columns that the record calls otherwise."""
TRUTHS = ("out_of_hours", "urgent")
LISTS = {
    "questions": "SELECT number, text, state, answer, answered_at, answered_by FROM questions",
    "moves": "SELECT number, at, by, came_from, state, hold, why FROM moves",
    "drafts": "SELECT version AS number, round, at, author, text, line_id, line_version FROM drafts",
    "approvals": (
        "SELECT number, round, step, approver, decision, draft, asked_at, decided_at, comment FROM approvals"
    ),
    "answers": (
        "SELECT number, id, at, by, kind, method, terms, embargo_until, text, files, draft, line_id, line_version, "
        "letter_id FROM answers"
    ),
    "experts": "SELECT number, expert, asked_at, answered_at, note FROM experts",
    "interviews": "SELECT number, at, spokesperson, chief, trained, format, recording, note FROM interviews",
    "follow_ups": "SELECT number, what, made_at, due_at, due_text, by, done_at, done_by FROM promises",
}
"""The lists of a record that count their parts, with where these are."""
KEYED = {
    "coverage": (
        (
            "SELECT signal_id AS number, state, permille, reasons, seen_at, quote_used, messages, tone, unreached, "
            "error, correction_asked_at, correction_granted_at, by, at FROM covered"
        ),
        "seen_at, signal_id",
    ),
    "letters": ("SELECT letter_id AS number, why, by FROM enquiry_letters", "letter_id"),
}
"""Lists whose parts have a name of their own."""
TIES = {"issue": "issues", "campaign": "campaigns", "cta": "ctas", "watch": "watches", "fact": "fact_sources"}
ALL_LISTS = (*LISTS, *KEYED)


def picture(session: Session, row: Row) -> Picture:
    """The picture of an enquiry as it stands. `row` is its row."""
    enquiry_id = row["id"]
    found: Picture = {NAMES.get(name, name): value for name, value in row.items() if name not in ("year", "number")}
    for name in TRUTHS:
        found[name] = bool(found[name])
    found["media_trained"] = None if found["media_trained"] is None else bool(found["media_trained"])
    found["journalists"] = [
        contact
        for (contact,) in session.tuples(
            "SELECT contact_id FROM enquiry_journalists WHERE enquiry_id = ? ORDER BY place, contact_id", (enquiry_id,)
        )
    ]
    ties = session.tuples("SELECT what, ref FROM enquiry_ties WHERE enquiry_id = ? ORDER BY what, ref", (enquiry_id,))
    for what, name in TIES.items():
        found[name] = [ref for sort, ref in ties if sort == what]
    for name, select in LISTS.items():
        _parts(found, name, session.query(f"{select} WHERE enquiry_id = :id ORDER BY 1", id=enquiry_id))
    for name, (select, order) in KEYED.items():
        _parts(found, name, session.query(f"{select} WHERE enquiry_id = :id ORDER BY {order}", id=enquiry_id))
    return found


def _parts(found: Picture, name: str, rows: list[Row]) -> None:
    for row in rows:
        for key in ("files", "reasons", "messages"):
            if key in row:
                row[key] = json.loads(row[key]) if row[key] else None
        for key in ("chief", "trained", "quote_used"):
            if row.get(key) is not None:
                row[key] = bool(row[key])
        found[f"{name}/{row['number']}"] = row


def difference(before: Picture, after: Picture) -> tuple[Picture, Picture]:
    """What changed: the old and the new values by name. What is in one only has None in the other.

    The version is left out: it tells that something changed, which these two do better.
    """
    names = [name for name in {**before, **after} if before.get(name) != after.get(name) and name != "version"]
    return {name: before.get(name) for name in names}, {name: after.get(name) for name in names}


def as_of(session: Session, enquiry_id: str, at: str) -> Picture | None:
    """The picture as it stood at a stamp, put together from the history; None when there was no such record yet.

    An erased change ends what can be told: then the picture is `{"erased": True}`.
    """
    found: Picture = {}
    version = 0
    for change in history.of(session, "enquiry", enquiry_id):
        if change["at"] > at:
            break
        after: Mapping[str, Any] = json.loads(change["after"] or "{}")
        if "erased" in after:
            return {"erased": True}
        if not after:  # a look
            continue
        version += 1
        for name, value in after.items():
            if value is None and "/" in name:
                found.pop(name, None)
            else:
                found[name] = value
    return {**found, "version": version} if found else None


def assembled(found: Picture) -> dict[str, Any]:
    """A picture as JSON shows it: lists as lists, and a time that is not there as null."""
    told: dict[str, Any] = {name: _time(name, value) for name, value in found.items() if "/" not in name}
    for name in ALL_LISTS:
        told[name] = []
    for name, part in found.items():
        of, slash, _ = name.partition("/")
        if slash and part is not None:
            told[of].append({key: _time(key, value) for key, value in part.items()})
    for name in LISTS:
        told[name].sort(key=lambda part: part["number"])
    for name in KEYED:
        told[name].sort(key=lambda part: (part.get("seen_at", ""), part["number"]))
    return told


def _time(name: str, value: Any) -> Any:
    """'' of a time is null in JSON: programs then need not know which texts are times."""
    return None if value == "" and name.endswith(("_at", "_until", "_day", "_after")) else value
