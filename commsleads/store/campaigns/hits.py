"""Hits on links: what came, and what the rules said of it. Each is kept once and never deleted for its verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from commsleads.responses import Asked, Hit
from commsleads.store.campaigns import touched
from commsleads.store.engine import Row, Session
from commsleads.store.signals import chunks, holes


class Judged(NamedTuple):
    """A hit with the verdict it has now; `judged` is False while it waits for one."""

    hit: Hit
    medium: str
    verdict: str
    reasons: str
    again: bool
    judged: bool = True


def insert(session: Session, hits: Iterable[Hit]) -> int:
    """Keep hits, in the caller's transaction; how many of them were new. Those known by their id stay as they are."""
    agents: dict[str, str] = {}
    rows = []
    for hit in hits:
        agent = agents.get(hit.agent)
        if agent is None:
            agent = agents[hit.agent] = agent_id(hit.agent)
        rows.append(
            (hit.id, hit.link, hit.arrival, str(hit.asked), hit.visitor, hit.network, hit.known, agent, hit.marks,
             hit.referrer)
        )  # fmt: skip
    if not rows:
        return 0
    session.many(
        "INSERT INTO agents (id, agent) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
        [(ident, agent) for agent, ident in agents.items()],
    )
    return session.many(
        "INSERT INTO hits (id, link_id, arrival, asked, visitor, network, known, agent_id, marks, referrer) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        rows,
    )


def agent_id(agent: str) -> str:
    """The id of an agent: there are millions of hits and thousands of agents."""
    return blake2b(agent.encode("utf-8", "replace"), digest_size=6).hexdigest() if agent else ""


def first_waiting(session: Session) -> int | None:
    """When the oldest hit arrived that has no verdict."""
    rows = session.tuples("SELECT arrival FROM hits WHERE judged = 0 ORDER BY arrival LIMIT 1")
    return int(rows[0][0]) if rows else None


def end_of_bite(session: Session, start: int, most: int) -> int:
    """The arrival of the `most`th hit from `start` on, or of the last there is."""
    rows = session.tuples(
        "SELECT arrival FROM hits WHERE arrival >= ? ORDER BY arrival LIMIT 1 OFFSET ?", (start, most - 1)
    )
    if not rows:
        rows = session.tuples("SELECT max(arrival) FROM hits WHERE arrival >= ?", (start,))
    return start if not rows or rows[0][0] is None else int(rows[0][0])


def any_after(session: Session, arrival: int) -> bool:
    """Whether a hit arrived later than this."""
    return bool(session.tuples("SELECT 1 FROM hits WHERE arrival > ? LIMIT 1", (arrival,)))


def any_judged(session: Session) -> bool:
    """Whether a hit has a verdict already."""
    return bool(session.tuples("SELECT 1 FROM hits WHERE judged = 1 LIMIT 1"))


def between(session: Session, start: int, end: int) -> list[Judged]:
    """The hits of a stretch, both ends included, in order of arrival."""
    rows = session.tuples(
        "SELECT id, link_id, arrival, asked, visitor, network, known, agent_id, marks, referrer, medium, verdict, "
        "reasons, again, judged FROM hits WHERE arrival >= ? AND arrival <= ? ORDER BY arrival, id",
        (start, end),
    )
    agents = agents_of(session, {row[7] for row in rows})
    asked = {str(one): one for one in Asked}
    return [
        Judged(
            Hit(ident, link, arrival, asked[how], visitor, network, known, agents.get(agent, ""), marks, referrer),
            medium,
            verdict,
            reasons,
            bool(again),
            bool(judged),
        )
        for (
            ident, link, arrival, how, visitor, network, known, agent, marks, referrer, medium, verdict, reasons, again,
            judged,
        ) in rows
    ]  # fmt: skip


def agents_of(session: Session, ids: Collection[str]) -> dict[str, str]:
    """The agents of these ids."""
    found: dict[str, str] = {}
    for part in chunks(sorted(ids)):
        found.update(session.tuples(f"SELECT id, agent FROM agents WHERE id IN ({holes(part)})", part))
    return found


def write(session: Session, verdicts: Iterable[tuple[str, str, str, int, str]]) -> None:
    """Write verdicts: (medium, verdict, reasons, again, id) each."""
    written = list(verdicts)
    session.many("UPDATE hits SET medium = ?, verdict = ?, reasons = ?, again = ?, judged = 1 WHERE id = ?", written)
    touched.note_hits(session, [ident for *_, ident in written])


def wait_again(session: Session, campaign_id: str, start: int, end: int) -> int:
    """Let the hits on a campaign's links in a stretch wait for a new verdict; how many. They keep theirs till then."""
    return session.execute(
        "UPDATE hits SET judged = 0 WHERE link_id IN (SELECT id FROM links WHERE campaign_id = :campaign) "
        "AND arrival >= :start AND arrival <= :end",
        campaign=campaign_id,
        start=start,
        end=end,
    )


def listed(
    session: Session,
    *,
    links: Sequence[str] | None = None,
    since: int | None = None,
    until: int | None = None,
    verdict: str = "",
    limit: int = 50,
) -> list[Row]:
    """Hits with their links, newest first; `limit` 0 is all of them."""
    where: list[str] = []
    params: dict[str, Any] = {}
    if links is not None:
        if not links:
            return []
        names = {f"link{number}": link for number, link in enumerate(links)}
        where.append(f"h.link_id IN ({', '.join(f':{name}' for name in names)})")
        params |= names
    for name, bound, how in (("since", since, ">="), ("until", until, "<")):
        if bound is not None:
            where.append(f"h.arrival {how} :{name}")
            params[name] = bound
    if verdict:
        where.append("h.verdict = :verdict")
        params["verdict"] = verdict
    return session.query(
        "SELECT h.id, h.link_id, h.arrival, h.asked, h.marks, h.referrer, h.medium, h.verdict, h.reasons, h.again, "
        "h.known, a.agent, l.slug, l.external, l.campaign_id, l.cta_id, l.channel, l.part, l.target_id FROM hits h "
        "LEFT JOIN links l ON l.id = h.link_id LEFT JOIN agents a ON a.id = h.agent_id "
        f"{'WHERE ' if where else ''}{' AND '.join(where)} ORDER BY h.arrival DESC, h.id "
        f"{'LIMIT :limit' if limit else ''}",
        **params,
        **({"limit": limit} if limit else {}),
    )


def visitors(session: Session, link: str, start: int, end: int, verdicts: Sequence[str]) -> int:
    """How many different visitors a link had in a stretch, `end` left out; those whose visitor is unknown left out."""
    rows = session.tuples(
        "SELECT count(DISTINCT visitor) FROM hits WHERE link_id = ? AND arrival >= ? AND arrival < ? AND visitor <> '' "
        f"AND verdict IN ({holes(verdicts)})",
        (link, start, end, *verdicts),
    )
    return int(rows[0][0])
