"""Responses to calls to action, each with its evidence.

Those that the rules make (`by` is `RULES`) are brought into agreement with the evidence as often as anybody likes:
`insert` writes what is new or says something else now. What a person added or set aside carries that person's name,
and the rules never touch it again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from commsleads.responses import Response
from commsleads.store import meta
from commsleads.store.engine import Session, moment, stamp
from commsleads.store.leads import evidence as touching
from commsleads.store.signals import chunks, holes

RULES = "commsleads"
"""`by` of a response that the rules made."""
TAKEN_BACK = "Taken back: "
"""Begins the `why` of a response whose evidence turned out to be a machine's."""
CUT = "erased"
"""The evidence of a click of somebody who was erased: which one it was is known to nobody."""
BY_HAND = "Set aside: "
"""Begins the `why` of a response that a person set aside."""
SETTLED_AT = "responses_at"
"""The name in `meta` of the time of the last pass."""
_NAMES = (
    "id", "campaign_id", "cta_id", "target_id", "at", "kind", "channel", "evidence", "why", "did", "counts", "by",
)  # fmt: skip
_SELECT = f"SELECT {', '.join(_NAMES)} FROM responses "


def insert(session: Session, responses: Iterable[Response], now: datetime) -> list[Response]:
    """Write responses that the rules made; those that are new or changed, as they stand now.

    Idempotent by id. A row that belongs to a person stays as it is.
    """
    found = {one.id: one for one in responses}
    there = of_ids(session, list(found))
    fresh = [one for one in found.values() if there.get(one.id) != one and _of_rules(there.get(one.id))]
    session.many(
        f"INSERT INTO responses ({', '.join(_NAMES)}, seen_at) VALUES ({holes(_NAMES)}, ?) ON CONFLICT (id) DO UPDATE "
        "SET target_id = excluded.target_id, at = excluded.at, kind = excluded.kind, channel = excluded.channel, "
        "why = excluded.why, did = excluded.did, counts = excluded.counts",
        [(*_columns(one), stamp(now)) for one in fresh],
    )
    _touched(session, [(one.id, one.evidence) for one in fresh])
    return fresh


def add(session: Session, response: Response, now: datetime) -> bool:
    """Keep one that a person marked; False when it stands there already."""
    if of_ids(session, [response.id]):
        return False
    session.many(
        f"INSERT INTO responses ({', '.join(_NAMES)}, seen_at) VALUES ({holes(_NAMES)}, ?)",
        [(*_columns(response), stamp(now))],
    )
    _touched(session, [(response.id, response.evidence)])
    return True


def marks(session: Session, campaign_id: str) -> list[Response]:
    """What people marked for a campaign and did not set aside; nor what was said beside it erased."""
    rows = session.tuples(
        f"{_SELECT} WHERE campaign_id = ? AND by <> ? AND kind IN ('phone', 'event', 'referral') AND why <> '' "
        "AND why NOT LIKE ? ORDER BY id",
        (campaign_id, RULES, f"{BY_HAND}%"),
    )
    return [_response(row) for row in rows]


def judge_marks(session: Session, marked: Iterable[Response]) -> None:
    """Write whether these count, and whether they are the act itself, by the plan as it is now."""
    given = list(marked)
    session.many(
        "UPDATE responses SET did = ?, counts = ?, why = ? WHERE id = ?",
        [(int(one.did), int(one.counts), one.why, one.id) for one in given],
    )
    _touched(session, [(one.id, one.evidence) for one in given])


def change(session: Session, response_id: str, *, counts: bool, why: str, by: str) -> bool:
    """Set one aside or let it count again, in somebody's name; False when there is none of that id."""
    changed = session.execute(
        "UPDATE responses SET counts = :counts, why = :why, by = :by WHERE id = :id",
        id=response_id,
        counts=int(counts),
        why=why,
        by=by,
    )
    _touched(session, session.tuples("SELECT id, evidence FROM responses WHERE id = ?", (response_id,)))
    return changed == 1


def of_campaign(session: Session, campaign_id: str) -> list[Response]:
    """All responses to a campaign, those that do not count too, by time."""
    rows = session.tuples(f"{_SELECT} WHERE campaign_id = ? ORDER BY at, id", (campaign_id,))
    return [_response(row) for row in rows]


def of_target(session: Session, target_id: str) -> list[Response]:
    """All responses of one target, by time."""
    if not target_id:
        return []
    return [_response(row) for row in session.tuples(f"{_SELECT} WHERE target_id = ? ORDER BY at, id", (target_id,))]


def of_ids(session: Session, ids: Sequence[str]) -> dict[str, Response]:
    """Responses by their ids."""
    return _found(session, "id", ids)


def seen(session: Session, ids: Sequence[str]) -> dict[str, datetime]:
    """When each of these was found first."""
    found: dict[str, datetime] = {}
    for part in chunks(ids):
        rows = session.tuples(f"SELECT id, seen_at FROM responses WHERE id IN ({holes(part)})", part)
        found |= {ident: at for ident, when in rows if (at := moment(when))}
    return found


def of_evidence(session: Session, evidence: Sequence[str]) -> list[Response]:
    """The responses that rest on these pieces of evidence."""
    return list(_found(session, "evidence", evidence).values())


def find(session: Session, wanted: str) -> list[Response]:
    """The responses whose id begins so, two at most."""
    rows = session.tuples(f"{_SELECT} WHERE id >= ? AND id < ? ORDER BY id LIMIT 2", (wanted, wanted + "g"))
    return [_response(row) for row in rows]


def clicks(session: Session, campaign_id: str) -> list[Response]:
    """The clicks among the responses to a campaign."""
    rows = session.tuples(f"{_SELECT} WHERE campaign_id = ? AND kind = 'click' ORDER BY at, id", (campaign_id,))
    return [_response(row) for row in rows]


def drop(session: Session, ids: Collection[str]) -> None:
    """Forget responses of the rules whose evidence says something else now. Those of people stay."""
    for part in chunks(list(ids)):
        _touched(session, session.tuples(f"SELECT id, evidence FROM responses WHERE id IN ({holes(part)})", part))
    session.many("DELETE FROM responses WHERE id = ? AND by = ?", [(one, RULES) for one in ids])


def clear(session: Session, campaign_id: str) -> None:
    """Forget what the rules made for a campaign, to make it again.

    What cannot be made again stays: those taken back, those of mails and enquiries whose words were erased, and those
    of targets that are nobody any more.
    """
    rows = session.tuples(
        "SELECT id, evidence FROM responses WHERE campaign_id = ? AND by = ? AND (counts = 1 OR why NOT LIKE ?)",
        (campaign_id, RULES, f"{TAKEN_BACK}%"),
    )
    lost = erased(session, [evidence for _, evidence in rows])
    nobody = {one.id for one in of_nobody(session, campaign_id)}
    drop(session, [ident for ident, evidence in rows if evidence not in lost and ident not in nobody])


def of_nobody(session: Session, campaign_id: str) -> list[Response]:
    """The responses to a campaign of targets whose name and address were erased: by these they were found, or by links
    that are nobody's now, and cannot be found again."""
    rows = session.tuples(
        f"{_SELECT} WHERE campaign_id = ? AND by = ? AND target_id IN "
        "(SELECT id FROM targets WHERE campaign_id = ? AND identity = id) ORDER BY id",
        (campaign_id, RULES, campaign_id),
    )
    return [_response(row) for row in rows]


def erased(session: Session, evidence: Iterable[str]) -> set[str]:
    """Which of these pieces of evidence have lost their words since: their time was over."""
    by_sort: dict[str, list[str]] = {"mail": [], "enquiry": []}
    for one in evidence:
        sort, _, ident = one.partition(" ")
        by_sort.setdefault(sort, []).append(ident)
    lost: set[str] = set()
    for part in chunks(by_sort["mail"]):
        rows = session.tuples(f"SELECT id FROM letters WHERE rest = '' AND id IN ({holes(part)})", part)
        lost.update(f"mail {row[0]}" for row in rows)
    for part in chunks(by_sort["enquiry"]):
        rows = session.tuples(
            "SELECT DISTINCT row_id FROM history WHERE kind = 'enquiry' AND after = '{\"erased\":true}' "
            f"AND row_id IN ({holes(part)})",
            part,
        )
        lost.update(f"enquiry {row[0]}" for row in rows)
    return lost


def erase(session: Session, target_ids: Sequence[str]) -> None:
    """Forget the words that people wrote beside the responses of these targets, and which clicks were theirs. What
    happened, and when, stays."""
    for part in chunks(target_ids):
        session.many(
            f"UPDATE responses SET evidence = '{CUT}' WHERE kind = 'click' AND target_id = ?", [(one,) for one in part]
        )
        found = session.tuples(
            f"SELECT id FROM responses WHERE by <> ? AND target_id IN ({holes(part)})", (RULES, *part)
        )
        session.many("UPDATE responses SET why = '' WHERE id = ?", found)
        session.many(
            "UPDATE history SET before = '', after = '{\"erased\":true}' WHERE kind = 'response' AND row_id = ?", found
        )


def due(session: Session, now: datetime, every: timedelta) -> bool:
    """Whether it is time for the next pass: nobody waits for a response to the second."""
    last = moment(meta.get(session, SETTLED_AT))
    return not (last and last <= now < last + every)


def _touched(session: Session, rows: Collection[tuple[str, str]]) -> None:
    """What these responses, (id, evidence) each, are touches of is to be looked at."""
    sort = f"{touching.ENQUIRY} "
    touching.note(session, touching.RESPONSE, [ident for ident, _ in rows])
    touching.note(session, touching.ENQUIRY, [what.removeprefix(sort) for _, what in rows if what.startswith(sort)])


def _of_rules(there: Response | None) -> bool:
    return there is None or there.by == RULES


def _found(session: Session, column: str, values: Sequence[str]) -> dict[str, Response]:
    found: dict[str, Response] = {}
    for part in chunks(values):
        for row in session.tuples(f"{_SELECT} WHERE {column} IN ({holes(part)})", part):
            found[row[0]] = _response(row)
    return found


def _columns(one: Response) -> tuple[Any, ...]:
    return (
        one.id, one.campaign, one.cta, one.target, stamp(one.at), one.kind, one.channel, one.evidence, one.why,
        int(one.did), int(one.counts), one.by,
    )  # fmt: skip


def _response(row: Sequence[Any]) -> Response:
    at = moment(row[4])
    assert at is not None  # noqa: S101 - the schema has no row without it
    return Response(
        id=row[0], campaign=row[1], cta=row[2], target=row[3], at=at, kind=row[5], channel=row[6], evidence=row[7],
        why=row[8], did=bool(row[9]), counts=bool(row[10]), by=row[11],
    )  # fmt: skip
