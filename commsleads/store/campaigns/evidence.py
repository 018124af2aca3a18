"""What is read to find responses: first clicks of targets, mails by their senders, enquiries, and what is published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from commsleads.responses import Target
from commsleads.rules.campaigns.identity import address
from commsleads.store.campaigns import targets
from commsleads.store.desk import tracing
from commsleads.store.engine import Row, Session
from commsleads.store.signals import TRIES, chunks, holes

FOREVER = 253_402_214_400_000_000
"""An arrival at the end of the calendar."""
FORM = "web form"
MAILS = 2_000
"""Mails of one address that are held against the campaigns, the newest: a news agency writes ten thousand."""
COPIES = 1_000
"""Copies of one story that are looked at, the first."""


class Click(NamedTuple):
    """The first click of a person on a link that was made for one target."""

    target: str
    cta: str
    channel: str
    hit: str
    arrival: int
    verdict: str


# --- clicks ----------------------------------------------------------------------------------------------------------


def clicks(session: Session, campaign_id: str, start: int, late: int) -> list[Click]:
    """The first click of a person on each link that was made for one target: from `start` to before `late`, else the
    first of all. One look at the index a link, however many hits there are on others."""
    found = list(_first(session, campaign_id, start, late))
    inside = {link for link, _ in found}
    found += [one for one in _first(session, campaign_id, 0, FOREVER) if one[0] not in inside]
    return [click for _, click in found]


def _first(session: Session, campaign_id: str, start: int, late: int) -> Iterator[tuple[str, Click]]:
    rows = session.tuples(
        "SELECT l.id, l.target_id, l.cta_id, l.channel, h.id, h.arrival, h.verdict FROM links l JOIN hits h "
        "ON h.id = (SELECT f.id FROM hits f WHERE f.link_id = l.id AND f.arrival >= ? AND f.arrival < ? "
        "AND f.verdict IN ('certain_human', 'probable_human') AND f.asked = 'get' ORDER BY f.arrival, f.id LIMIT 1) "
        "WHERE l.campaign_id = ? AND l.target_id <> '' AND l.trap = 0 "
        "AND EXISTS (SELECT 1 FROM targets t WHERE t.id = l.target_id)",
        (start, late, campaign_id),
    )
    for link, *rest in rows:
        yield link, Click(*rest)


def verdicts(session: Session, hits: Sequence[str]) -> dict[str, str]:
    """The verdicts that stand on these hits now."""
    found: dict[str, str] = {}
    for part in chunks(hits):
        found.update(session.tuples(f"SELECT id, verdict FROM hits WHERE id IN ({holes(part)})", part))
    return found


def links(session: Session) -> list[tuple[str, str, str, str, str]]:
    """All links as (slug, address elsewhere, campaign, call to action, channel); traps are no evidence."""
    rows = session.tuples("SELECT slug, external, campaign_id, cta_id, channel FROM links WHERE trap = 0")
    return [(slug, external, campaign, cta, channel) for slug, external, campaign, cta, channel in rows]


def links_of(session: Session, campaign_id: str) -> list[tuple[Any, ...]]:
    """What of a campaign's links makes a difference to its responses, by id."""
    return session.tuples(
        "SELECT id, cta_id, channel, target_id, trap FROM links WHERE campaign_id = ? ORDER BY id", (campaign_id,)
    )


# --- mails -----------------------------------------------------------------------------------------------------------


def letters_ready(session: Session) -> int:
    """The arrival up to which mails are read: what waits behind it has no class yet."""
    rows = session.tuples(
        "SELECT min(l.arrival) FROM letters_pending p JOIN letters l ON l.id = p.letter_id WHERE p.tries < ?", (TRIES,)
    )
    if rows[0][0] is not None:
        return int(rows[0][0]) - 1
    return int(session.tuples("SELECT coalesce(max(arrival), 0) FROM letters")[0][0])


def letters(session: Session, after: int, until: int, limit: int) -> list[tuple[int, str, str]]:
    """Mails to us in the order of their arrival, as (arrival, id, sender)."""
    rows = session.tuples(
        "SELECT arrival, id, sender FROM letters WHERE arrival > ? AND arrival <= ? ORDER BY arrival LIMIT ?",
        (after, until, limit),
    )
    return [(arrival, ident, sender) for arrival, ident, sender in rows]


def relabelled(session: Session, since: str) -> list[str]:
    """The senders of mails that a person has called something at that stamp or later."""
    rows = session.tuples(
        "SELECT DISTINCT l.sender FROM labels b JOIN letters l ON l.id = b.letter_id WHERE b.at >= ?", (since,)
    )
    return [sender for (sender,) in rows if sender]


def mails(session: Session, sender: str, since: str) -> list[Row]:
    """Answers and form posts of one address that stand in no enquiry, the newest `MAILS` since that stamp, by time."""
    rows = session.query(
        "SELECT l.* FROM letters l JOIN readings r ON r.letter_id = l.id "
        "WHERE l.sender = :sender AND l.ours = 0 AND l.received_at >= :since AND (r.class = 'reply' OR "
        "(l.channel = :form AND r.class IN ('enquiry', 'other'))) AND NOT EXISTS (SELECT 1 FROM enquiry_letters e "
        "WHERE e.letter_id = l.id) ORDER BY l.received_at DESC, l.id DESC LIMIT :most",
        sender=sender,
        since=since,
        form=FORM,
        most=MAILS,
    )
    return rows[::-1]


def all_of(session: Session, sender: str) -> list[str]:
    """The ids of the mails of one address, whatever they are."""
    rows = session.tuples("SELECT id FROM letters WHERE sender = ?", (sender,))
    return [ident for (ident,) in rows]


def ours(session: Session, message_ids: Sequence[str]) -> list[str]:
    """The words of those mails of ours that have one of these Message-IDs."""
    found: list[str] = []
    for part in chunks(list(dict.fromkeys(filter(None, message_ids)))):
        rows = session.tuples(
            f"SELECT text FROM letters WHERE message_id IN ({holes(part)}) AND ours = 1 ORDER BY arrival", part
        )
        found += [text for (text,) in rows]
    return found


# --- targets ---------------------------------------------------------------------------------------------------------


def aimed_at(session: Session, addresses: Iterable[str], contacts: Iterable[str] = ()) -> list[Target]:
    """The targets, of any campaign, with one of these addresses or that are one of these contacts: one a campaign,
    of an address before a contact."""
    found: dict[str, str] = {}
    given = (("email", map(address, addresses)), ("contact_id", contacts))
    for column, values in given:
        for value in dict.fromkeys(filter(None, values)):
            rows = session.tuples(
                f"SELECT campaign_id, id FROM targets WHERE {column} = ? ORDER BY campaign_id, added_at, id", (value,)
            )
            for campaign, ident in rows:
                found.setdefault(campaign, ident)
    return [target for ident in found.values() if (target := targets.get(session, ident)) is not None]


# --- enquiries -------------------------------------------------------------------------------------------------------


def enquiries_since(session: Session, since: str) -> list[str]:
    """The enquiries that came at that stamp or later."""
    rows = session.tuples("SELECT id FROM enquiries WHERE received_at >= ? ORDER BY id", (since,))
    return [ident for (ident,) in rows]


def of_the_same(session: Session, ids: Sequence[str]) -> list[str]:
    """The enquiries of the journalists who stand in these: what is learned of them now, such as an address, may tell
    whose the others were."""
    found: set[str] = set()
    for part in chunks(ids):
        rows = session.tuples(
            "SELECT DISTINCT o.enquiry_id FROM enquiry_journalists j JOIN enquiry_journalists o "
            f"ON o.contact_id = j.contact_id WHERE j.enquiry_id IN ({holes(part)})",
            part,
        )
        found |= {ident for (ident,) in rows}
    return sorted(found)


def enquiries(session: Session, ids: Sequence[str]) -> Iterator[Row]:
    """These enquiries with their ties, people, addresses, and the mails that came to us in them, oldest first."""
    for part in chunks(ids, 100):
        names = {f"id_{number}": value for number, value in enumerate(part)}
        rows = session.query(
            "SELECT id, reference, received_at, channel, state, subject, background, angle FROM enquiries "
            f"WHERE id IN ({', '.join(':' + name for name in names)}) ORDER BY id",
            **names,
        )
        ties = _by(
            session, "SELECT enquiry_id, what, ref FROM enquiry_ties WHERE enquiry_id IN ({}) ORDER BY ref", part
        )
        points = _by(
            session,
            "SELECT j.enquiry_id, p.value FROM enquiry_journalists j JOIN contact_points p "
            "ON p.contact_id = j.contact_id WHERE p.kind = 'email' AND j.enquiry_id IN ({}) ORDER BY p.value",
            part,
        )
        people = _by(
            session,
            "SELECT enquiry_id, contact_id FROM enquiry_journalists WHERE enquiry_id IN ({}) "
            "ORDER BY place, contact_id",
            part,
        )
        posts = _by(
            session,
            "SELECT e.enquiry_id, e.letter_id FROM enquiry_letters e JOIN letters l ON l.id = e.letter_id "
            "WHERE e.enquiry_id IN ({}) AND l.ours = 0 ORDER BY l.arrival",
            part,
        )
        for row in rows:
            ident = row["id"]
            yield row | {
                "ties": [(what, ref) for what, ref in ties[ident]],
                "contacts": [contact for (contact,) in people[ident]],
                "addresses": [value for (value,) in points[ident]],
                "letters": [letter for (letter,) in posts[ident]],
            }


def _by(session: Session, select: str, ids: Sequence[str]) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for key, *rest in session.tuples(select.format(holes(ids)), ids):
        found[key].append(tuple(rest))
    return found


# --- what is published -----------------------------------------------------------------------------------------------


def published(session: Session, after: int, until: int, limit: int) -> list[tuple[Any, ...]]:
    """Signals in the order of their arrival, as (arrival, story, title, text, links)."""
    return session.tuples(
        "SELECT arrival, story_id, title, text, links FROM signals WHERE arrival > ? AND arrival <= ? "
        "ORDER BY arrival LIMIT ?",
        (after, until, limit),
    )


def stories_edited(session: Session, since: str) -> list[str]:
    """The stories of which a text was replaced at that stamp or later."""
    rows = session.tuples(
        "SELECT DISTINCT s.story_id FROM revisions r JOIN signals s ON s.id = r.signal_id WHERE r.replaced_at >= ?",
        (since,),
    )
    return sorted(story for (story,) in rows)


def stories_known(session: Session, campaign_id: str) -> list[str]:
    """The stories that are responses to a campaign."""
    rows = session.tuples(
        "SELECT evidence FROM responses WHERE campaign_id = ? AND kind = 'mention' ORDER BY evidence", (campaign_id,)
    )
    return [evidence.partition(" ")[2] for (evidence,) in rows]


def copies(session: Session, story: str) -> list[Row]:
    """The signals of a story, the first `COPIES` of them."""
    names = "id, title, text, links, url, author, outlet, domain, published_at, first_seen_at, arrival"
    return session.query(
        f"SELECT {names} FROM signals WHERE id = :story AND story_id = :story "
        f"UNION SELECT {names} FROM signals WHERE story_id = :story AND story_why <> '' ORDER BY arrival LIMIT :most",
        story=story,
        most=COPIES,
    )


signals_ready = tracing.ready
