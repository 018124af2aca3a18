"""What the answer card of a campaign is read from. Read-only.

Rows come as tuples and clicks already summed, because a card reads twenty thousand targets and the tallies of many
months, and must not grow with the hits of other campaigns: every statement is a stretch of an index of this campaign.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from commsleads.responses import Verdict
from commsleads.store.engine import Row, Session, moment
from commsleads.store.signals import chunks, holes

MANY = 1_000
"""Hits without a verdict beyond which they are not counted."""


class Member(NamedTuple):
    """A target as the card reads it."""

    id: str
    group: str
    control: int
    excluded: str
    status: str
    contacted_at: str
    responded_at: str


class Came(NamedTuple):
    """A response as the card reads it. `why` it does not count is '' for one that does."""

    cta: str
    target: str
    at: str
    kind: str
    channel: str
    did: int
    counts: int
    why: str


class Clicked(NamedTuple):
    """Clicks on a link, or on all links by person of the same kind (`link` is '' then).

    `when` is before, within or after the measured time.
    """

    link: str
    cta: str
    channel: str
    personal: int
    trap: int
    when: str
    medium: str
    verdict: str
    n: int


def members(session: Session, campaign: str) -> list[Member]:
    """The targets known one by one, those excluded and held back too."""
    rows = session.tuples(
        "SELECT id, part, control, excluded, status, contacted_at, responded_at FROM targets WHERE campaign_id = ? "
        "ORDER BY part, id",
        (campaign,),
    )
    return [Member(*row) for row in rows]


def responses(session: Session, campaign: str) -> list[Came]:
    """The responses, oldest first, those too that do not count."""
    rows = session.tuples(
        "SELECT cta_id, target_id, at, kind, channel, did, counts, CASE WHEN counts = 1 THEN '' ELSE why END "
        "FROM responses WHERE campaign_id = ? ORDER BY at, id",
        (campaign,),
    )
    return [Came(*row) for row in rows]


def clicks(session: Session, campaign: str, since: str, until: str) -> list[Clicked]:
    """The clicks on a campaign's links, summed; `since` and `until` are days, `until` left out."""
    rows = session.tuples(
        "SELECT CASE WHEN l.target_id = '' THEN l.id ELSE '' END AS link, l.cta_id, l.channel, "
        "CASE WHEN l.target_id = '' THEN 0 ELSE 1 END AS personal, l.trap, "
        "CASE WHEN t.day < ? THEN 'before' WHEN t.day >= ? THEN 'after' ELSE 'within' END AS whether, "
        "t.medium, t.verdict, SUM(t.n) FROM links l JOIN hit_tallies t ON t.link_id = l.id WHERE l.campaign_id = ? "
        "GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 2, 3, 1, 6, 7, 8",
        (since, until, campaign),
    )
    return [Clicked(*row) for row in rows]


def click_days(session: Session, campaign: str, since: str, until: str) -> list[tuple[str, str, int]]:
    """The clicks by people, as far as can be told, by call to action and day: (call to action, day, n)."""
    return session.tuples(
        "SELECT l.cta_id, t.day, SUM(t.n) FROM links l JOIN hit_tallies t ON t.link_id = l.id "
        "WHERE l.campaign_id = ? AND l.trap = 0 AND t.day >= ? AND t.day < ? AND t.verdict IN (?, ?) "
        "GROUP BY 1, 2 ORDER BY 1, 2",
        (campaign, since, until, str(Verdict.HUMAN), str(Verdict.LIKELY)),
    )


def first_link(session: Session, campaign: str) -> datetime | None:
    """When the first link of our own was made for a campaign."""
    rows = session.tuples("SELECT min(made_at) FROM links WHERE campaign_id = ? AND slug <> ''", (campaign,))
    return moment(rows[0][0] or "")


def links(session: Session, campaign: str) -> list[Row]:
    """The links for all, in the order they were made."""
    return session.query(
        "SELECT id, slug, cta_id, channel, part, source_id, external, destination, trap, expires_at, retired_at "
        "FROM links WHERE campaign_id = :campaign AND target_id = '' ORDER BY cta_id, made_at, channel, part, id",
        campaign=campaign,
    )


def personal_links(session: Session, campaign: str) -> dict[str, int]:
    """How many links by person each call to action has."""
    return dict(
        session.tuples(
            "SELECT cta_id, count(*) FROM links WHERE campaign_id = ? AND target_id <> '' AND trap = 0 GROUP BY cta_id",
            (campaign,),
        )
    )


def busiest(session: Session, campaign: str) -> dict[str, int]:
    """The most visitors that each link for all had on one day."""
    return dict(
        session.tuples(
            "SELECT l.id, MAX(d.visitors) FROM links l JOIN hit_days d ON d.link_id = l.id "
            "WHERE l.campaign_id = ? AND l.target_id = '' GROUP BY l.id",
            (campaign,),
        )
    )


def counters(session: Session, campaign: str) -> list[Row]:
    """What others count for the campaign."""
    return session.query(
        "SELECT source_id, thing, measure, cta_id, link_id, rule, zone, filtered, gained, earlier, epoch, first_at, "
        "last_at FROM counters WHERE campaign_id = :campaign ORDER BY source_id, thing, measure",
        campaign=campaign,
    )


def mailings(session: Session, campaign: str) -> list[Row]:
    """What was sent, oldest first."""
    return session.query(
        "SELECT channel, part, at, n FROM mailings WHERE campaign_id = :campaign ORDER BY at, id", campaign=campaign
    )


def landings(session: Session, urls: Sequence[str]) -> dict[str, Row]:
    """What was found at these addresses, by address."""
    found: dict[str, Row] = {}
    names = ("url", "state", "status", "led_to", "note", "since", "checked_at")
    for part in chunks(urls):
        rows = session.tuples(f"SELECT {', '.join(names)} FROM landings WHERE url IN ({holes(part)})", part)
        found |= {row[0]: dict(zip(names, row, strict=True)) for row in rows}
    return found


def lead_touches(session: Session, campaign: str, since: str, until: str) -> list[tuple[str, str]]:
    """The leads whose enquiries to journalists were of the campaign, two who were joined once: (lead, enquiry)."""
    return session.tuples(
        "SELECT COALESCE(p.lead_id, t.contact_id), e.enquiry_id FROM enquiry_ties e "
        "JOIN touches t ON t.evidence = 'enquiry ' || e.enquiry_id "
        "LEFT JOIN lead_people p ON p.contact_id = t.contact_id "
        "WHERE e.what = 'campaign' AND e.ref = ? AND t.counts = 1 AND t.at >= ? AND t.at < ? "
        "AND t.version = (SELECT MAX(n.version) FROM touches n WHERE n.id = t.id) ORDER BY t.at, t.id",
        (campaign, since, until),
    )


def qualified_leads(session: Session, campaign: str, since: str, until: str) -> int:
    """Different leads that qualified for the first time in a stretch of time and had a touch of the campaign in it."""
    rows = session.tuples(
        "SELECT count(DISTINCT l.id) FROM touches t LEFT JOIN lead_people p ON p.contact_id = t.contact_id "
        "JOIN leads l ON l.id = COALESCE(p.lead_id, t.contact_id) "
        # That it is not empty is said for the index, which holds no others.
        "WHERE t.campaign_id = ? AND t.campaign_id <> '' AND t.at >= ? AND t.at < ? AND t.counts = 1 "
        "AND t.kind <> 'known' AND t.version = (SELECT MAX(n.version) FROM touches n WHERE n.id = t.id) "
        "AND l.opened_at <> '' AND l.qualified_at >= ? AND l.qualified_at < ? AND l.qualified_at <> ''",
        (campaign, since, until, since, until),
    )
    return int(rows[0][0])


def waiting(session: Session) -> int:
    """How many hits wait for a verdict, counted up to `MANY`."""
    rows = session.tuples("SELECT count(*) FROM (SELECT 1 FROM hits WHERE judged = 0 LIMIT ?) AS some", (MANY,))
    return int(rows[0][0])


def last_spool(session: Session) -> str:
    """When the spool of the web process was last read; '' if never."""
    rows = session.tuples("SELECT MAX(at) FROM spools")
    return str(rows[0][0] or "")
