"""When what was sent to how many: mailings, posts, rounds of calls."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from commsleads.store.engine import Session, moment, stamp


class Mailing(NamedTuple):
    """One sending. `part` is the group, '' for all; `n` is how many it went to, None when nobody counted."""

    id: str
    campaign: str
    channel: str
    part: str
    at: datetime
    n: int | None
    by: str
    note: str = ""


def mailing_id(campaign: str, channel: str, part: str, at: datetime) -> str:
    """The id of a mailing, made of what it is: telling it twice is telling it once."""
    return blake2b("\n".join((campaign, channel, part, stamp(at))).encode(), digest_size=8).hexdigest()


def add(session: Session, mailing: Mailing) -> bool:
    """Keep a mailing; False when it is known."""
    return bool(
        session.execute(
            "INSERT INTO mailings (id, campaign_id, channel, part, at, n, by, note) "
            "VALUES (:id, :campaign, :channel, :part, :at, :n, :by, :note) ON CONFLICT (id) DO NOTHING",
            **{**mailing._asdict(), "at": stamp(mailing.at)},
        )
    )


def of_campaign(session: Session, campaign_id: str) -> list[Mailing]:
    """The mailings of a campaign, oldest first."""
    rows = session.tuples(
        "SELECT id, campaign_id, channel, part, at, n, by, note FROM mailings WHERE campaign_id = ? ORDER BY at, id",
        (campaign_id,),
    )
    return [
        Mailing(ident, campaign, channel, part, at, n, by, note)
        for ident, campaign, channel, part, text, n, by, note in rows
        if (at := moment(text))
    ]
