"""The lines-to-take library: agreed words on a topic, in versions, with an owner and days on which they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from commsleads.desk.entry import LONGEST, MOST
from commsleads.desk.record import Desk
from commsleads.enquiries import Line
from commsleads.errors import NotFoundError
from commsleads.rules.desk.errors import DeskError
from commsleads.rules.desk.signoff import line_in_force, may_sign
from commsleads.store import history
from commsleads.store.desk import lines


def add(
    desk: Desk,
    line_id: str,
    text: str,
    *,
    topic: str = "",
    owner: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
    tags: Sequence[str] = (),
) -> int:
    """Write a line, or the next version of one; its version. It needs an approval before it goes out."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", line_id):
        raise DeskError(
            f"“{line_id[:60]}” is no name for a line: small letters, digits and hyphens, such as leeds-jobs."
        )
    if not text.strip():
        raise DeskError("A line needs its words.")
    since = valid_from or desk.today
    if valid_until and valid_until < since:
        raise DeskError(f"The line would end on {valid_until}, before it begins on {since}.")
    session = desk.session
    with session.atomic():
        known = lines.versions(session, line_id)
        line = Line(
            id=line_id,
            version=0,
            topic=(topic or (known[-1].topic if known else line_id)).strip()[:LONGEST],
            text=text.strip()[:MOST],
            owner=desk.officer(owner).id if owner else known[-1].owner if known else desk.who.id,
            valid_from=since,
            valid_until=valid_until,
            tags=tuple(dict.fromkeys(tags)) or (known[-1].tags if known else ()),
        )
        version = lines.add(session, line, at=desk.now, by=desk.who.id)
        _note(desk, line_id, "wrote", {"version": version, "text": line.text, "topic": line.topic})
    return version


def approve(desk: Desk, line_id: str, version: int | None = None) -> int:
    """Approve a version (the newest, when none is named); it may then go out as it stands. Not by who wrote it."""
    with desk.session.atomic():
        found = _known(desk, line_id)
        chosen = found[-1].version if version is None else version
        line = next((one for one in found if one.version == chosen), None)
        if line is None:
            raise NotFoundError(f"The line “{line_id}” has no version {chosen}.")
        if line.approved_by:
            raise DeskError(f"The line “{line_id}” v{chosen} was approved already, by {line.approved_by}.")
        if line.retired:
            raise DeskError(f"The line “{line_id}” v{chosen} is retired.")
        if lines.writer(desk.session, line_id, chosen) == desk.who.id:
            raise DeskError(
                f"{desk.who.name or desk.who.id} wrote “{line_id}” v{chosen}: nobody signs what they wrote."
            )
        if not may_sign(desk.who, desk.officers):
            raise DeskError(
                f"{desk.who.name or desk.who.id} may not sign: that takes the role of an approver or a lead."
            )
        lines.approve(desk.session, line_id, chosen, at=desk.now, by=desk.who.id)
        _note(desk, line_id, "approved", {"version": chosen})
    return chosen


def retire(desk: Desk, line_id: str) -> None:
    """The line is not said any more, in no version."""
    with desk.session.atomic():
        _known(desk, line_id)
        if not lines.retire(desk.session, line_id, at=desk.now):
            raise DeskError(f"The line “{line_id}” is retired already.")
        _note(desk, line_id, "retired", {"retired": True})


def told(desk: Desk, line_id: str = "") -> list[dict[str, Any]]:
    """Every version of one line, or of all, with whether it is in force today."""
    found = _known(desk, line_id) if line_id else lines.versions(desk.session)
    forced = {one.id: line_in_force(found, one.id, desk.today) for one in found}
    return [
        {
            "id": one.id,
            "version": one.version,
            "topic": one.topic,
            "text": one.text,
            "owner": one.owner,
            "valid_from": one.valid_from.isoformat(),
            "valid_until": one.valid_until.isoformat() if one.valid_until else None,
            "approved_by": one.approved_by,
            "approved_at": one.approved_at.strftime("%Y-%m-%dT%H:%M:%SZ") if one.approved_at else None,
            "retired": one.retired,
            "tags": list(one.tags),
            "in_force": forced[one.id] is one,
        }
        for one in found
    ]


def _known(desk: Desk, line_id: str) -> list[Line]:
    found = lines.versions(desk.session, line_id)
    if not found:
        there = ", ".join(list(lines.ids(desk.session))[:20])
        raise NotFoundError(f"There is no line “{line_id[:60]}”." + (f" There is: {there}." if there else ""))
    return found


def _note(desk: Desk, line_id: str, what: str, after: dict[str, Any]) -> None:
    history.record(desk.session, desk.now, who=desk.who.id, what=what, kind="line", row_id=line_id, after=after)
