"""What was shown of a campaign, day by day, so that it can be shown again as it stood then.

Kept is what somebody would have seen, whole: a figure that is worked out again later knows what was learned later.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from commsleads.store.engine import Session, stamp


class Shown(NamedTuple):
    """An answer card as it was last looked at on `day` (of the organisation's zone): its data as JSON and its text.

    `at` is when it was drawn. `seen` is when somebody last looked and nothing but the time had changed.
    """

    campaign: str
    day: date
    at: datetime
    seen: datetime
    data: str
    text: str


def keep(session: Session, shown: Shown) -> None:
    """Keep a card; it takes the place of the one of the same day."""
    session.execute(
        "INSERT INTO cards_shown (campaign_id, day, at, seen_at, data, text) "
        "VALUES (:campaign, :day, :at, :seen, :data, :text) ON CONFLICT (campaign_id, day) DO UPDATE SET "
        "at = excluded.at, seen_at = excluded.seen_at, data = excluded.data, text = excluded.text",
        campaign=shown.campaign,
        day=shown.day.isoformat(),
        at=stamp(shown.at),
        seen=stamp(shown.seen),
        data=shown.data,
        text=shown.text,
    )


def same(session: Session, shown: Shown, now: datetime) -> None:
    """Somebody looked again, and nothing but the time had changed since."""
    session.execute(
        "UPDATE cards_shown SET seen_at = :now WHERE campaign_id = :campaign AND day = :day",
        campaign=shown.campaign,
        day=shown.day.isoformat(),
        now=stamp(now),
    )


def on(session: Session, campaign: str, day: date) -> Shown | None:
    """The card as it stood at the end of a day: the newest that was kept by then. None before the first."""
    return _one(session, "day <= ? ORDER BY day DESC", campaign, day.isoformat())


def first(session: Session, campaign: str) -> Shown | None:
    """The first card of a campaign that was kept."""
    return _one(session, "day >= ? ORDER BY day", campaign, "")


def _one(session: Session, which: str, campaign: str, day: str) -> Shown | None:
    rows = session.tuples(
        f"SELECT campaign_id, day, at, seen_at, data, text FROM cards_shown WHERE campaign_id = ? AND {which} LIMIT 1",
        (campaign, day),
    )
    if not rows:
        return None
    ident, found, at, seen, data, text = rows[0]
    return Shown(ident, date.fromisoformat(found), _time(at), _time(seen), data, text)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
