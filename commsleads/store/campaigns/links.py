"""Links that we hand out: kept, looked up, and what the rules must know of them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from commsleads.responses import LinkFacts
from commsleads.store import meta
from commsleads.store.campaigns import touched
from commsleads.store.engine import EPOCH, Row, Session, micros, moment, stamp

CHANGED = "links"
"""The name in `meta` of the change mark."""
NOBODY = "nobody-"
"""Begins what stands in place of the target of a link whose person was erased."""
_BITE = 500


class Live(NamedTuple):
    """What the redirector must know of a link of our own.

    `ended` is '' while it leads somewhere, else 'expired' or 'retired', as of the moment it was asked for; `expires` is
    the moment (arrival) from which on it leads nowhere, 0 for never, so that nobody need ask again for that.
    """

    id: str
    destination: str
    expires: int = 0
    ended: str = ""
    trap: bool = False


class New(NamedTuple):
    """A link to be kept. `slug` is '' for one of another service, which has `source_id` and `external`."""

    campaign: str
    cta: str
    channel: str
    destination: str
    slug: str = ""
    part: str = ""
    target: str = ""
    source_id: str = ""
    external: str = ""
    vanity: bool = False
    trap: bool = False
    expires: datetime | None = None


def identity(link: New) -> str:
    """The id of a link, made of where it is found: its slug here, or its address at another service."""
    said = ("link", link.slug, link.source_id, link.external)
    return sha256("\x1f".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def insert(session: Session, link: New, *, at: datetime, by: str) -> str:
    """Keep a link, inside the caller's transaction; its id. One that is there stays as it is."""
    if not link.slug and not link.external:
        raise ValueError("a link needs a slug, or its address at another service")
    link_id = identity(link)
    new = session.execute(
        "INSERT INTO links (id, slug, campaign_id, cta_id, channel, part, target_id, source_id, external, destination, "
        "vanity, trap, made_at, made_by, expires_at) VALUES (:id, :slug, :campaign, :cta, :channel, :part, :target, "
        ":source, :external, :destination, :vanity, :trap, :at, :by, :expires) ON CONFLICT (id) DO NOTHING",
        id=link_id,
        slug=link.slug,
        campaign=link.campaign,
        cta=link.cta,
        channel=link.channel,
        part=link.part,
        target=link.target,
        source=link.source_id,
        external=link.external,
        destination=link.destination,
        vanity=int(link.vanity),
        trap=int(link.trap),
        at=stamp(at),
        by=by,
        expires=stamp(link.expires) if link.expires else "",
    )
    if new:
        _note_change(session)
        touched.note(session, [link.campaign])
    return link_id


def retire(session: Session, link_id: str, *, at: datetime) -> bool:
    """Let a link lead nowhere from now on; False when it did not lead anywhere before."""
    done = session.execute(
        "UPDATE links SET retired_at = :at WHERE id = :id AND retired_at = ''", id=link_id, at=stamp(at)
    )
    if done:
        _note_change(session)
    return bool(done)


def renew(session: Session, link_id: str, *, destination: str, expires: datetime | None) -> bool:
    """Let a link lead to this destination (again) until `expires`, retired or not; False when nothing was changed."""
    until = stamp(expires) if expires else ""
    done = session.execute(
        "UPDATE links SET retired_at = '', expires_at = :until, destination = :destination WHERE id = :id "
        "AND (retired_at <> '' OR expires_at <> :until OR destination <> :destination)",
        id=link_id,
        until=until,
        destination=destination,
    )
    if done:
        _note_change(session)
    return bool(done)


def cut(session: Session, target_ids: Iterable[str], *, at: datetime) -> int:
    """Let the links of these targets lead nowhere, and tell nobody any more whose they were; how many.

    Their clicks stay. In place of the target stands a word drawn by lot, the same for all links of one person: they
    went out in one message, and by that their clicks are judged.
    """
    done = 0
    for target_id in target_ids:
        done += session.execute(
            "UPDATE links SET target_id = :nobody, retired_at = CASE WHEN retired_at = '' THEN :at ELSE retired_at END "
            "WHERE target_id = :target AND target_id <> ''",
            target=target_id,
            nobody=f"{NOBODY}{secrets.token_hex(8)}",
            at=stamp(at),
        )
    if done:
        _note_change(session)
    return done


def by_slug(session: Session, slug: str) -> Row | None:
    """The link of our own with that slug (folded, see `rules.links.slugs.key`)."""
    found = session.query("SELECT * FROM links WHERE slug = :slug AND slug <> ''", slug=slug)
    return found[0] if found else None


def of_campaign(session: Session, campaign_id: str) -> list[Row]:
    """All links of a campaign, ours and those of other services, in the order they were made."""
    return session.query(
        "SELECT * FROM links WHERE campaign_id = :campaign ORDER BY made_at, cta_id, channel, part, slug, id",
        campaign=campaign_id,
    )


def everything(session: Session) -> list[Row]:
    """All links of all campaigns."""
    return session.query("SELECT * FROM links ORDER BY campaign_id, made_at, cta_id, channel, part, slug, id")


def live(session: Session, now: datetime) -> dict[str, Live]:
    """Every link of our own by its slug, the ended ones too: a click on one of these is told from one on nothing."""
    at = micros(now)
    found = {}
    for link_id, slug, destination, expires_at, retired_at, trap in session.tuples(
        "SELECT id, slug, destination, expires_at, retired_at, trap FROM links WHERE slug <> ''"
    ):
        ends = moment(expires_at)
        expires = micros(ends) if ends else 0
        ended = "retired" if retired_at else "expired" if expires and expires <= at else ""
        found[slug] = Live(link_id, destination, expires, ended, bool(trap))
    return found


def version(session: Session) -> int:
    """A number that is another one after every change of a link: one small read, to be asked each second."""
    return int(meta.get(session, CHANGED) or 0)


def _note_change(session: Session) -> None:
    meta.put(session, CHANGED, str(version(session) + 1))


def facts(session: Session, link_ids: Iterable[str] | None = None) -> dict[str, LinkFacts]:
    """What the rules must know of these links, or of all. An unknown id is left out.

    A link goes out with every mailing of its campaign on its channel, to its group or to all; one for no group goes out
    to every group. A link by person also goes out when that person was contacted.
    """
    rows = list(_rows(session, link_ids))
    sent = _sent(session, {row["campaign_id"] for row in rows})
    contacted = _contacted(session, [row["target_id"] for row in rows if row["target_id"]])
    return {row["id"]: _facts(row, sent, contacted) for row in rows}


_Key = tuple[str, str]


def _facts(row: Row, sent: Mapping[_Key, Sequence[tuple[str, int]]], contacted: Mapping[str, int]) -> LinkFacts:
    part, target = row["part"], row["target_id"]
    mailings = sent.get((row["campaign_id"], row["channel"]), ())
    moments = {at for group, at in mailings if not part or not group or group == part}
    if target in contacted:
        moments.add(contacted[target])
    # A link by person stands in that person's message only, beside their other links.
    group = (row["campaign_id"], row["channel"], part, *((target,) if target else ()))
    return LinkFacts(
        id=row["id"],
        campaign=row["campaign_id"],
        cta=row["cta_id"],
        channel=row["channel"],
        target=target,
        mailing="\x1f".join(group),
        trap=bool(row["trap"]),
        sent=tuple(sorted(moments)),
    )


def _rows(session: Session, link_ids: Iterable[str] | None) -> Iterator[Row]:
    what = "SELECT id, campaign_id, cta_id, channel, part, target_id, trap FROM links"
    if link_ids is None:
        yield from session.query(what)
        return
    for marks, values in _bites(dict.fromkeys(link_ids)):
        yield from session.query(f"{what} WHERE id IN ({marks})", **values)


def _sent(session: Session, campaigns: Iterable[str]) -> dict[_Key, list[tuple[str, int]]]:
    found: dict[_Key, list[tuple[str, int]]] = {}
    for marks, values in _bites(sorted(campaigns)):
        for row in session.query(
            f"SELECT campaign_id, channel, part, at FROM mailings WHERE campaign_id IN ({marks})", **values
        ):
            at = micros(moment(row["at"]) or EPOCH)
            found.setdefault((row["campaign_id"], row["channel"]), []).append((row["part"], at))
    return found


def _contacted(session: Session, targets: Iterable[str]) -> dict[str, int]:
    found = {}
    for marks, values in _bites(dict.fromkeys(targets)):
        rows = session.query(
            f"SELECT id, contacted_at FROM targets WHERE contacted_at <> '' AND id IN ({marks})", **values
        )
        found.update({row["id"]: micros(moment(row["contacted_at"]) or EPOCH) for row in rows})
    return found


def _bites(ids: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Names of parameters and their values, few enough at a time for one statement."""
    every = list(ids)
    for start in range(0, len(every), _BITE):
        values = {f"id_{number}": one for number, one in enumerate(every[start : start + _BITE])}
        yield ", ".join(f":{name}" for name in values), values
