"""What becomes of a target: the one way in which its status moves, and exclusions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from commsleads.errors import CampaignError
from commsleads.plan import STATUSES, Status
from commsleads.responses import Target
from commsleads.rules.campaigns import statuses as rules
from commsleads.store import history
from commsleads.store.campaigns import applied, targets
from commsleads.store.campaigns.responses import RULES
from commsleads.store.campaigns.targets import Move
from commsleads.store.engine import Session, stamp

MOST = 2_000
"""Characters of a reason."""


class Advanced(NamedTuple):
    """What a step came to: where the target stands now, whether it moved, and whether this was its first response."""

    status: str
    moved: bool
    first: bool


def statuses_of(session: Session, campaign_id: str) -> tuple[Status, ...]:
    """The steps of a campaign, as it was declared last; the usual ones for a campaign nobody declared."""
    found = applied.find(session, campaign_id)
    return found.statuses if found else STATUSES


def advance(
    session: Session,
    target: Target | str,
    status: str,
    at: datetime,
    by: str,
    *,
    why: str = "",
    response_id: str = "",
) -> Advanced:
    """Take a target forward to `status`, on the evidence of `response_id`. It never steps back: see `mark`.

    The first response that brings it to a status with `responded` is its first for good. A response that is told twice
    does nothing the second time. What came before a person took the target back moves it no more: they knew better, and
    which evidence is looked at first must make no difference. Raises `CampaignError` for an unknown target or status.
    """
    with session.atomic():
        row = _row(session, target)
        known = statuses_of(session, row.campaign)
        step = rules.step(known, row.status, status, why or "evidence")
        moves = targets.moves(session, row.id) if response_id else []
        if any(move.response == response_id for move in moves):
            return Advanced(row.status, moved=False, first=False)
        overruled = by == RULES and any(_back(known, move) and at <= move.at for move in moves)
        forward = step.forward > 0 and not overruled
        first = step.status.responded and row.responded_at is None
        if not forward and not first:
            _kept_aside(session, row, step.status, Move(at, by, row.status, row.status, response=response_id))
            return Advanced(row.status, moved=False, first=False)
        to = step.status if forward else rules.named(known, row.status)
        _take(session, row, to, at, Move(at, by, row.status, to.name, why[:MOST], response_id), first=first)
        return Advanced(to.name, moved=forward, first=first)


def _back(known: Sequence[Status], move: Move) -> bool:
    """Whether a person took the target back."""
    return not move.response and rules.place(known, move.status) < rules.place(known, move.came_from)


def mark(session: Session, target: Target | str, status: str, at: datetime, by: str, *, why: str = "") -> Advanced:
    """What a person says of a target; also back, with a reason. Where it stands already, nothing happens."""
    with session.atomic():
        row = _row(session, target)
        step = rules.step(statuses_of(session, row.campaign), row.status, status, why)
        if not step.forward:
            return Advanced(row.status, moved=False, first=False)
        first = step.forward > 0 and step.status.responded and row.responded_at is None
        _take(session, row, step.status, at, Move(at, by, row.status, step.status.name, why[:MOST]), first=first)
        return Advanced(step.status.name, moved=True, first=first)


def exclude(session: Session, target: Target | str, now: datetime, by: str, why: str) -> bool:
    """Leave a target out of all mailings from now on, for a reason; '' takes it in again. Whether that changed it."""
    reason = " ".join(why.split())[:MOST]
    with session.atomic():
        row = _row(session, target)
        if row.excluded == reason:
            return False
        targets.change(session, row.id, {"excluded": reason})
        history.record(
            session,
            now,
            who=by,
            what="excluded" if reason else "taken in again",
            kind="target",
            row_id=row.id,
            before={"excluded": row.excluded},
            after={"excluded": reason},
        )
        return True


def the_one(session: Session, words: str, campaign_id: str = "") -> Target:
    """The one target that a person means. Raises `CampaignError` when it is none, or several."""
    found = targets.called(session, words, campaign_id)
    exact = [one for one in found if one.id == words.strip()]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        raise CampaignError(f"No target is called “{words[:60]}”. See: commsleads target list --campaign ID")
    shown = ", ".join(f"{one.id} ({one.campaign}, {one.name or one.outlet or one.email})" for one in found[:5])
    raise CampaignError(f"“{words[:60]}” may be any of {len(found)} targets: {shown}. Give the id.")


def _row(session: Session, target: Target | str) -> Target:
    """The target as it stands now: what the caller read may be old."""
    ident = target if isinstance(target, str) else target.id
    row = targets.get(session, ident)
    if row is None:
        raise CampaignError(f"There is no target {ident[:60]}. See: commsleads target list --campaign ID")
    return row


def _take(session: Session, row: Target, to: Status, at: datetime, move: Move, *, first: bool) -> None:
    fields = {"status": to.name, "status_at": stamp(at)}
    if first:
        fields |= {"responded_at": stamp(at), "first_response": move.response or f"marked by {move.by}"}
    if to.name == getattr(rules.contacted(statuses_of(session, row.campaign)), "name", "") and not row.contacted_at:
        fields["contacted_at"] = stamp(at)
    targets.change(session, row.id, fields)
    targets.move(session, row.id, move)


def _kept_aside(session: Session, row: Target, to: Status, move: Move) -> None:
    """A response that does not move the target any more is kept with it, where it is older than the first."""
    if move.response and to.responded and row.responded_at and move.at < row.responded_at:
        why = f"seen later, and dated before the first response ({row.first_response}), which stays the first"
        targets.move(session, row.id, move._replace(why=why))
