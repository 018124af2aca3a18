"""Making and ending links. Making one twice gives the same one, and what ended leads on again."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from commsleads.errors import CampaignError, NotFoundError
from commsleads.plan import CallToAction, Campaign, Channel
from commsleads.responses import Target
from commsleads.rules.links import slugs
from commsleads.rules.links.utm import tagged
from commsleads.rules.responses import span
from commsleads.store import history
from commsleads.store.campaigns import links, objections, targets
from commsleads.store.campaigns.links import New
from commsleads.store.engine import EPOCH, Row, Session, moment, stamp

PRIVACY = (
    "A link of one's own turns each click into personal data of that person: who, when, from where. It needs a legal "
    "basis, it has an end, and the person should be told in the message that carries it. Where one link for all "
    "answers the question, prefer it."
)


class Asking(NamedTuple):
    """What a person asked for. `group` is '' for everybody, `vanity` '' for a made slug."""

    campaign: Campaign
    cta: str
    channel: str
    group: str = ""
    vanity: str = ""
    trap: bool = False
    expires: datetime | None = None


class Made(NamedTuple):
    """A link, whether it is `new`, and sentences that its maker should read."""

    link: Row
    new: bool
    remarks: tuple[str, ...] = ()


class Each(NamedTuple):
    """The links by person, and how many people were left out for which reason."""

    made: list[Made]
    left_out: dict[str, int]


def make(session: Session, asked: Asking, *, channels: Sequence[Channel], now: datetime, by: str) -> Made:
    """The link for a call to action on a channel, made if it is not there; ended ones lead on again.

    Raises `CampaignError` with every reason why there can be none.
    """
    cta, channel = _checked(session, asked, channels, now)
    word = slugs.vanity(asked.vanity) if asked.vanity else ""
    people = [one.name for one in targets.of_campaign(session, asked.campaign.id)]
    address = tagged(asked.campaign, cta, channel, group=asked.group, people=people)
    link = New(
        campaign=asked.campaign.id,
        cta=cta.id,
        channel=channel.id,
        part=asked.group,
        destination=address.url,
        vanity=bool(word),
        trap=asked.trap,
        expires=asked.expires,
    )
    with session.atomic():
        if word:
            known = links.by_slug(session, word)
            if known is not None and not _same(known, link):
                raise CampaignError(_taken(word, known))
            made = _kept(session, link._replace(slug=word), known, now, by)
        else:
            made = _kept(session, *_free(session, link), now, by)
    return made._replace(remarks=(*address.remarks, *made.remarks, *_trap(asked)))


def make_each(
    session: Session, asked: Asking, *, channels: Sequence[Channel], zone: ZoneInfo, now: datetime, by: str
) -> Each:
    """A link for each target that is written to. They end with the campaign's window where no other end is given.

    Their addresses carry no name; who is meant stands in the store alone. Raises `CampaignError`.
    """
    if asked.vanity or asked.trap:
        raise CampaignError("A link by person has a word drawn by lot, and is no trap: leave out --vanity and --trap.")
    cta, channel = _checked(session, asked, channels, now)
    campaign = asked.campaign
    asked = asked._replace(expires=asked.expires or _end(campaign, zone))
    if asked.expires is None or asked.expires <= now:
        raise CampaignError("Links by person need an end: --expires DAY. The campaign has none that is yet to come.")
    members = targets.of_campaign(session, campaign.id, group=asked.group)
    if not members:
        raise CampaignError(f"“{campaign.id}” has no targets one by one: import or add them first (target import).")
    address = tagged(campaign, cta, channel, group=asked.group, people=[one.name for one in members])
    ends = asked.expires
    link = New(campaign=campaign.id, cta=cta.id, channel=channel.id, destination=address.url, expires=ends)
    with session.atomic():
        return _for_each(session, link, members, now, by)


def _for_each(session: Session, link: New, members: Sequence[Target], now: datetime, by: str) -> Each:
    refused = objections.among(session, [one.email for one in members if one.email])
    have = _by_target(session, link)
    made: list[Made] = []
    left_out: dict[str, int] = {}
    for one in members:
        if why := _why_not(one, refused):
            left_out[why] = left_out.get(why, 0) + 1
            continue
        known = have.get(one.id)
        slug = known["slug"] if known else slugs.drawn(secrets.choice)
        made.append(_kept(session, link._replace(part=one.group, target=one.id, slug=slug), known, now, by))
    return Each(made, left_out)


def retire(session: Session, slug: str, *, now: datetime, by: str) -> Row:
    """The link leads nowhere from now on; clicks on it are counted as such. Raises `CampaignError`."""
    with session.atomic():
        row = found(session, slug)
        if not links.retire(session, row["id"], at=now):
            raise CampaignError(f"“{row['slug']}” was retired on {row['retired_at'][:10]}.")
        _note(session, now, by, "retired", row["id"], before={"retired_at": ""}, after={"retired_at": stamp(now)})
        return found(session, slug)


def found(session: Session, slug: str) -> Row:
    """The link of that slug, or of the address that ends in it. Raises `NotFoundError` with the nearest."""
    from urllib.parse import unquote

    path = slug.partition("#")[0].partition("?")[0].rstrip("/")
    wanted = slugs.key(unquote(path.rpartition("/")[2]))
    row = links.by_slug(session, wanted) if wanted else None
    if row is None:
        near = get_close_matches(wanted, list(links.live(session, EPOCH)), 1, 0.7) if wanted else []
        hint = f"Did you mean “{near[0]}”?" if near else "commsleads link list shows all."
        raise NotFoundError(f"No link is called “{slug[:60]}”. {hint}")
    return row


def address(base: str, slug: str) -> str:
    """The whole address of a link of our own; only its path where `links.base` is not set."""
    from urllib.parse import quote

    return f"{base or '/r/'}{quote(slug, safe='')}"


def _checked(
    session: Session, asked: Asking, channels: Sequence[Channel], now: datetime
) -> tuple[CallToAction, Channel]:
    """The call to action and the channel that are meant."""
    campaign = asked.campaign
    ctas = {one.id: one for one in campaign.ctas}
    ways = {one.id: one for one in channels}
    groups = {one.name: one for one in campaign.targets}
    known = {*groups, *(one.group for one in targets.of_campaign(session, campaign.id) if one.group)}
    problems = []
    if asked.cta not in ctas:
        problems.append(_unknown(f"“{campaign.id}” has no call to action", asked.cta, ctas))
    if asked.channel not in ways:
        problems.append(_unknown("No channel is called", asked.channel, ways))
    if asked.group and asked.group not in known:
        problems.append(_unknown(f"“{campaign.id}” has no group", asked.group, known))
    if asked.group in groups and groups[asked.group].control:
        problems.append(
            f"The group “{asked.group}” is held back as a control: a link to it would spoil the comparison."
        )
    if asked.expires is not None and asked.expires <= now:
        problems.append("The link would be over before it begins: give --expires a day that is yet to come.")
    if problems:
        raise CampaignError(*problems)
    return ctas[asked.cta], ways[asked.channel]


def _unknown(said: str, name: str, known: Iterable[str]) -> str:
    there = sorted(known)
    near = get_close_matches(name[:100].lower(), there, 1, 0.6)
    if near:
        return f"{said} “{name[:60]}”. Did you mean “{near[0]}”?"
    return (
        f"{said} “{name[:60]}”. There is: {', '.join(there[:20])}." if there else f"{said} “{name[:60]}”; it has none."
    )


def _same(row: Row, link: New) -> bool:
    """Whether a link that is there is the one asked for."""
    mine = (link.campaign, link.cta, link.channel, link.part, link.target, int(link.trap))
    return mine == tuple(row[name] for name in ("campaign_id", "cta_id", "channel", "part", "target_id", "trap"))


def _taken(word: str, row: Row) -> str:
    where = f"{row['channel']}, group {row['part']}" if row["part"] else row["channel"]
    return (
        f"The word “{word}” is taken: it leads to “{row['cta_id']}” of “{row['campaign_id']}” ({where})."
        " Choose another; a word that was printed once must not lead elsewhere later."
    )


def _free(session: Session, link: New) -> tuple[New, Row | None]:
    """The link with its made slug, and the row when it is there: the first slug that is free or its own."""
    parts = (link.campaign, link.cta, link.channel, link.part, *(["trap"] if link.trap else []))
    for attempt in range(100):
        slug = slugs.made(*parts, attempt=attempt)
        row = links.by_slug(session, slug)
        if row is None or _same(row, link):
            return link._replace(slug=slug), row
    raise CampaignError("No slug is free for this link. Give it a word of its own with --vanity.")


def _kept(session: Session, link: New, known: Row | None, now: datetime, by: str) -> Made:
    """The link as it stands after this: new, as it was, or leading on again."""
    if known is None:
        link_id = links.insert(session, link, at=now, by=by)
        after = {"slug": link.slug, "campaign": link.campaign, "cta": link.cta, "channel": link.channel}
        after |= {"group": link.part, "destination": link.destination}
        _note(session, now, by, "made", link_id, after=after)
        return Made(_row(session, link.slug), True)
    ends = moment(known["expires_at"])
    over = ends is not None and ends <= now
    expires = link.expires or (None if over else ends)
    remarks = []
    if known["retired_at"] or over:
        remarks.append("The link was over and leads to its destination again.")
    if known["destination"] != link.destination:
        remarks.append(f"It leads to {link.destination} now; before: {known['destination']}")
    if links.renew(session, known["id"], destination=link.destination, expires=expires):
        names = ("destination", "expires_at", "retired_at")
        row = _row(session, link.slug)
        before, after = {name: known[name] for name in names}, {name: row[name] for name in names}
        _note(session, now, by, "renewed", known["id"], before=before, after=after)
    return Made(_row(session, link.slug), False, tuple(remarks))


def _row(session: Session, slug: str) -> Row:
    row = links.by_slug(session, slug)
    if row is None:
        raise NotFoundError(f"No link is called “{slug}”.")
    return row


def _by_target(session: Session, link: New) -> dict[str, Row]:
    return {
        row["target_id"]: row
        for row in links.of_campaign(session, link.campaign)
        if row["target_id"] and row["slug"] and row["cta_id"] == link.cta and row["channel"] == link.channel
    }


def _why_not(target: Target, refused: frozenset[str]) -> str:
    if target.excluded:
        return target.excluded
    if target.control:
        return "held back as a control"
    return "asked not to be written to" if target.email and target.email in refused else ""


def _end(campaign: Campaign, zone: ZoneInfo) -> datetime | None:
    """When the measurement window of a campaign is over."""
    late = span(campaign, zone).late
    return late.astimezone(UTC) if late else None


def _trap(asked: Asking) -> tuple[str, ...]:
    said = (
        "This is a trap: put it into the message where no person sees it, hidden from screen readers too "
        '(aria-hidden="true" and tabindex="-1"). Who opens it is a machine; it is never counted as a response.'
    )
    return (said,) if asked.trap else ()


def _note(session: Session, now: datetime, by: str, what: str, link_id: str, **pictures: dict[str, Any] | None) -> None:
    history.record(session, now, who=by, what=what, kind="link", row_id=link_id, **pictures)
