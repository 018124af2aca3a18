"""What appeared: stories tied back to the enquiry they came of. Rules suggest, people decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from commsleads.desk.entry import LONGEST, MOST
from commsleads.desk.record import Change, Desk, changing
from commsleads.errors import NotFoundError
from commsleads.rules.desk.errors import DeskError
from commsleads.store.desk import covered
from commsleads.store.engine import stamp


def suggest(
    desk: Desk,
    wanted: str,
    story: str,
    *,
    permille: int,
    reasons: Sequence[str],
    unreached: str = "",
    quote_used: bool | None = None,
) -> bool:
    """Note that a story may have come of an enquiry; False when that was noted, confirmed or refused before."""
    with changing(desk, wanted, "suggested coverage") as change:
        found = covered.signal(desk.session, story)
        return covered.add(
            desk.session, change.id, found["id"], state="suggested", permille=permille, reasons=reasons,
            seen_at=found["first_seen_at"], unreached=unreached[:MOST], by=desk.who.id, at=stamp(desk.now),
            quote_used=quote_used,
        )  # fmt: skip


def confirm(desk: Desk, wanted: str, story: str, *, quote_used: bool | None = None, version: int | None = None) -> str:
    """This story came of it: suggested before, or found by a person. The id of the story."""
    with changing(desk, wanted, "confirmed coverage", version=version) as change:
        found = covered.signal(desk.session, story)
        new = covered.add(
            desk.session, change.id, found["id"], state="confirmed", permille=1000, reasons=[f"by {desk.who.id}"],
            seen_at=found["first_seen_at"], unreached="", by=desk.who.id, at=stamp(desk.now), quote_used=quote_used,
        )  # fmt: skip
        if not new:
            _write(desk, change, found["id"], {"state": "confirmed"})
        if quote_used is not None:
            _write(desk, change, found["id"], {"quote_used": int(quote_used)})
        return str(found["id"])


def refuse(desk: Desk, wanted: str, story: str) -> str:
    """This story did not come of it. It is not suggested again."""
    with changing(desk, wanted, "refused coverage") as change:
        return _write(desk, change, _tied(desk, change, story), {"state": "refused"})


def error(desk: Desk, wanted: str, story: str, what: str) -> str:
    """Something in the story is wrong; what."""
    if not what.strip():
        raise DeskError("Say what is wrong in the story.")
    with changing(desk, wanted, "found an error in coverage") as change:
        signal_id = _confirmed(desk, change, story)
        return _write(desk, change, signal_id, {"error": what.strip()[:LONGEST]})


def correction(desk: Desk, wanted: str, story: str, *, granted: bool = False) -> str:
    """A correction was asked for, or (`granted`) was made."""
    what = "was granted a correction" if granted else "asked for a correction"
    with changing(desk, wanted, what) as change:
        signal_id = _confirmed(desk, change, story)
        row = covered.row(desk.session, change.id, signal_id)
        if granted and row and not row["correction_asked_at"]:
            raise DeskError("No correction was asked for: note that first, with --correction-asked.")
        name = "correction_granted_at" if granted else "correction_asked_at"
        return _write(desk, change, signal_id, {name: stamp(desk.now)})


def _tied(desk: Desk, change: Change, story: str) -> str:
    found = covered.signal(desk.session, story)
    if covered.row(desk.session, change.id, found["id"]) is None:
        raise NotFoundError(f"That story is not tied to {change.reference}.")
    return str(found["id"])


def _confirmed(desk: Desk, change: Change, story: str) -> str:
    signal_id = _tied(desk, change, story)
    row = covered.row(desk.session, change.id, signal_id)
    if row is None or row["state"] != "confirmed":
        raise DeskError(f"That story is not confirmed for {change.reference}: confirm it first.")
    return signal_id


def _write(desk: Desk, change: Change, signal_id: str, fields: dict[str, Any]) -> str:
    covered.change(desk.session, change.id, signal_id, {**fields, "by": desk.who.id, "at": stamp(desk.now)})
    return signal_id
