"""Pages that calls to action lead to, and what was found there last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from commsleads.rules.links.landing import Known, Look, State
from commsleads.store import history
from commsleads.store.engine import Row, Session, stamp

WELL = ("new", "ok")
"""States that nobody need see to."""


def want(session: Session, pages: Iterable[str], now: datetime) -> None:
    """Make sure that there is a row for each of these pages; a new one is due at once."""
    session.many(
        "INSERT INTO landings (url, next_check_at) VALUES (?, ?) ON CONFLICT (url) DO NOTHING",
        [(url, stamp(now)) for url in pages],
    )


def due(session: Session, pages: Iterable[str], now: datetime) -> list[str]:
    """Which of these pages are to be looked at now: those never looked at, and those whose time has come.

    One whose next look lies further ahead than any was ever set was looked at while the clock was wrong.
    """
    at, far = stamp(now), stamp(now + timedelta(days=3))
    known = dict(session.tuples("SELECT url, next_check_at FROM landings"))
    return [url for url in pages if (when := known.get(url, "")) <= at or when > far]


def known(session: Session) -> dict[str, Row]:
    """Every page there is a row of, by its address."""
    return {row["url"]: row for row in session.query("SELECT * FROM landings ORDER BY url")}


def as_known(row: Row) -> Known:
    """A row as the rules see it."""
    return Known(
        url=row["url"],
        state=row["state"],
        title=row["title"],
        first_print=row["first_print"],
        first_led_to=row["first_led_to"],
        failures=row["failures"],
    )


def keep(session: Session, row: Row, look: Look, found: State, now: datetime) -> bool:
    """Keep what a look brought, inside the caller's transaction; whether the state is another one.

    What was seen last stays when nothing was seen now.
    """
    seen = look.outcome == "page"
    session.execute(
        "UPDATE landings SET next_check_at = :next, checked_at = :now, seen_at = :seen, failures = :failures, "
        "state = :state, status = :status, title = :title, print = :print, first_print = :first_print, "
        "led_to = :led_to, first_led_to = :first_led_to, note = :note, since = :since WHERE url = :url",
        url=row["url"],
        next=stamp(now + found.again_in),
        now=stamp(now),
        seen=stamp(now) if seen or look.outcome == "gone" else row["seen_at"],
        failures=found.failures,
        state=found.state,
        status=look.status if look.outcome != "skipped" else row["status"],
        title=look.title if seen else row["title"],
        print=look.print if seen else row["print"],
        first_print=found.first_print,
        led_to=look.led_to if seen else row["led_to"],
        first_led_to=found.first_led_to,
        note=found.note[:500],
        since=stamp(now) if found.state != row["state"] else row["since"],
    )
    if found.state == row["state"]:
        return False
    if row["state"] != "new" or found.state not in WELL:
        before, after = {"state": row["state"]}, {"state": found.state, "note": found.note[:500]}
        history.record(
            session, now, who="commsleads", what=f"found {found.state}", kind="landing", row_id=row["url"],
            before=before, after=after,
        )  # fmt: skip
    return True


def accept(session: Session, url: str, now: datetime, by: str) -> bool:
    """The page is right as it is now: later looks are compared with this one. False when it was never seen."""
    done = session.execute(
        "UPDATE landings SET state = 'ok', note = '', since = :now, first_print = print, first_led_to = led_to "
        "WHERE url = :url AND print <> '' AND state IN ('moved', 'changed', 'ok')",
        url=url,
        now=stamp(now),
    )
    if done:
        history.record(session, now, who=by, what="accepted", kind="landing", row_id=url, after={"state": "ok"})
    return bool(done)


def troubled(session: Session) -> list[Row]:
    """The pages that somebody should see to, the longest so first; those that could not be looked at come last."""
    found = session.query(
        "SELECT url, state, note, since, seen_at FROM landings WHERE state NOT IN ('new', 'ok') ORDER BY since, url"
    )
    return sorted(found, key=lambda row: row["state"] == "failing")
