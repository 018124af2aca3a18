"""Goals that people set by command. Those of the settings belong to the file and are not here."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import date, datetime

from commsleads.plan import GoalPlan
from commsleads.store import history
from commsleads.store.engine import Session, stamp
from commsleads.store.intent import plain


def active(session: Session) -> tuple[GoalPlan, ...]:
    """Those in force, by id."""
    return tuple(read(row[0]) for row in session.tuples("SELECT declared FROM goals WHERE gone_at = '' ORDER BY id"))


def find(session: Session, goal_id: str) -> GoalPlan | None:
    """A goal in force."""
    rows = session.tuples("SELECT declared FROM goals WHERE gone_at = '' AND id = ?", (goal_id,))
    return read(rows[0][0]) if rows else None


def put(session: Session, goal: GoalPlan, now: datetime, by: str) -> str:
    """Keep a goal in place of what stood under its id, with its line of history. new, changed or same."""
    before, after = find(session, goal.id), written(goal)
    if before == goal:
        return "same"
    session.execute(
        "INSERT INTO goals (id, declared, at, by) VALUES (:id, :declared, :at, :by) ON CONFLICT (id) DO UPDATE SET "
        "declared = excluded.declared, at = excluded.at, by = excluded.by, gone_at = ''",
        id=goal.id,
        declared=after,
        at=stamp(now),
        by=by,
    )
    was = {"declared": written(before)} if before else None
    what = "changed" if before else "set"
    history.record(session, now, who=by, what=what, kind="goal", row_id=goal.id, before=was, after={"declared": after})
    return "changed" if before else "new"


def drop(session: Session, goal_id: str, now: datetime, by: str) -> bool:
    """Take a goal out of force; whether there was one. What was said of it stands in the history."""
    done = session.execute("UPDATE goals SET gone_at = :at WHERE id = :id AND gone_at = ''", id=goal_id, at=stamp(now))
    if done:
        history.record(session, now, who=by, what="dropped", kind="goal", row_id=goal_id)
    return bool(done)


def written(goal: GoalPlan) -> str:
    """A goal as the table keeps it."""
    return history.dump(plain(asdict(goal)))


def read(declared: str) -> GoalPlan:
    """What `written` wrote, by this version of the program or another: what it does not know is left out."""
    kept = json.loads(declared)
    names = {field.name for field in fields(GoalPlan)}
    given = {name: value for name, value in kept.items() if name in names}
    given |= {name: date.fromisoformat(kept[name]) for name in ("starts_on", "ends_on")}
    return GoalPlan(**given)
