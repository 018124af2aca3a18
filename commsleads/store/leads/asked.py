"""What touches are made of, where somebody asked us something: enquiries with all that a touch tells of them.

What can be told no more once a person was erased is taken from the touch as it was told before: the marks of an
address, and that somebody was among the targets.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from commsleads.enquiries import Case
from commsleads.journey import Touch
from commsleads.rules.desk.asked import Asked, touch_id, touches_of
from commsleads.rules.responses.touch import MATERIAL
from commsleads.store.campaigns import applied
from commsleads.store.desk.cases import STATES
from commsleads.store.engine import Session, stamp
from commsleads.store.leads import evidence, touches
from commsleads.store.signals import chunks, holes

NOT_THEIRS = "not one of its journalists: put there by mistake"
BITE = 200
_sure = datetime.fromisoformat
_COLUMNS = (
    "id, received_at, logged_at, state, channel, direction, stance, outlet, outlet_tier, deadline_kind, format, "
    "expected_publication, programme, source_detail, heard_how"
)


def settle(session: Session, ids: Sequence[str], now: datetime, *, late: bool = False) -> list[str]:
    """Bring the touches of these enquiries in line with them; the contacts whose touches have changed.

    One that is no touch of theirs any more stays, with the reason. A touch that is new is learned of now; `late` says
    that nobody looked when its enquiry was logged, and that it was learned of then.
    """
    changed: list[str] = []
    for part in chunks(ids, BITE):
        there = touches.evidence(session, [f"{evidence.ENQUIRY} {one}" for one in part])
        fresh: dict[str, Touch] = {}
        for asked in _read(session, part, there):
            logged = min(asked.case.logged_at, now)
            for one in touches_of(asked, now):
                fresh[one.id] = one._replace(learned=logged) if late and one.id not in there else one
        gone = [
            one._replace(counts=False, why=NOT_THEIRS, marks="", learned=now)
            for one in there.values()
            if one.id not in fresh
        ]
        changed += touches.keep(session, [*fresh.values(), *gone])
    return changed


def later(session: Session, enquiry: str) -> list[str]:
    """The enquiries of the same journalists that came after this one was answered: it says of them that they came
    for more."""
    rows = session.tuples(
        "SELECT DISTINCT o.enquiry_id FROM enquiries e JOIN enquiry_journalists j ON j.enquiry_id = e.id "
        "JOIN enquiry_journalists o ON o.contact_id = j.contact_id AND o.enquiry_id <> e.id "
        "JOIN enquiries n ON n.id = o.enquiry_id WHERE e.id = ? AND e.responded_at <> '' "
        "AND n.received_at >= e.responded_at ORDER BY o.enquiry_id",
        (enquiry,),
    )
    return [one for (one,) in rows]


def beside(session: Session, enquiry: str) -> list[str]:
    """The responses that are this enquiry, or a mail of it: whether they are touches of their own hangs on it."""
    rows = session.tuples(
        "SELECT r.id FROM enquiry_letters l JOIN responses r ON r.evidence = 'mail ' || l.letter_id "
        "WHERE l.enquiry_id = ? UNION SELECT id FROM responses WHERE evidence = 'enquiry ' || ?",
        (enquiry, enquiry),
    )
    return [one for (one,) in rows]


def kind_of(session: Session, campaign: str, cta: str) -> str:
    """What a call to action asks for (`plan.KINDS`), as it was declared last; '' for one that nobody declared."""
    declared = applied.find(session, campaign)
    return next((one.kind for one in declared.ctas if one.id == cta), "") if declared else ""


def of_contacts(session: Session, contacts: Sequence[str]) -> list[str]:
    """The enquiries of these journalists."""
    found: set[str] = set()
    for part in chunks(contacts):
        rows = session.tuples(f"SELECT enquiry_id FROM enquiry_journalists WHERE contact_id IN ({holes(part)})", part)
        found.update(one for (one,) in rows)
    return sorted(found)


# --- reading ---------------------------------------------------------------------------------------------------------


def _read(session: Session, ids: Sequence[str], there: Mapping[str, Touch]) -> list[Asked]:
    """These enquiries, each read once with all that hangs on it."""
    these = holes(ids)
    rows = session.tuples(f"SELECT {_COLUMNS} FROM enquiries WHERE id IN ({these}) ORDER BY id", ids)
    people = _by(
        session,
        f"SELECT enquiry_id, contact_id FROM enquiry_journalists WHERE enquiry_id IN ({these}) "
        "ORDER BY place, contact_id",
        ids,
    )
    ties = _by(
        session,
        f"SELECT enquiry_id, what, ref FROM enquiry_ties WHERE enquiry_id IN ({these}) "
        "AND what IN ('campaign', 'cta') ORDER BY ref",
        ids,
    )
    responses = _by(
        session,
        "SELECT evidence, campaign_id, cta_id, did FROM responses WHERE counts = 1 "
        f"AND evidence IN ({these}) ORDER BY at, id",
        [f"{evidence.ENQUIRY} {one}" for one in ids],
    )
    contacts = sorted({contact for mine in people.values() for (contact,) in mine})
    before = _answered(session, contacts)
    found = []
    for row in rows:
        read = _asked(row, [contact for (contact,) in people[row[0]]])
        one = _belongs(session, read, ties[row[0]], responses[f"{evidence.ENQUIRY} {row[0]}"])
        received = stamp(one.case.received_at)
        again = {who for who in one.case.journalists if _before(before[who], one.case.id, received)}
        found.append(replace(one, before=again))
    found = _aimed(session, found, there)
    return _addressed(session, found, there)


def _asked(row: Sequence[Any], journalists: Sequence[str]) -> Asked:
    (
        ident, received, logged, state, channel, direction, stance, outlet, tier, deadline, form, expected, programme,
        detail, heard,
    ) = row  # fmt: skip
    case = Case(
        id=ident, reference="", received_at=_sure(received), logged_at=_sure(logged), state=STATES[state],
        channel=channel, direction=direction, stance=stance, outlet=outlet, tier=tier, deadline_kind=deadline,
        journalists=tuple(journalists),
    )  # fmt: skip
    use = any(one.strip() for one in (form, expected, programme))
    return Asked(case=case, use=use, detail=detail, heard=heard)


def _belongs(
    session: Session, one: Asked, ties: Sequence[tuple[str, str]], responses: Sequence[tuple[str, str, int]]
) -> Asked:
    """The campaign and the call to action that it belongs to: as somebody tied it, else as a response."""
    campaigns = [ref for what, ref in ties if what == "campaign"]
    campaign = campaigns[0] if campaigns else responses[0][0] if responses else ""
    mine = [each for each in responses if each[0] == campaign]
    asks = [ref for what, ref in ties if what == "cta"]
    cta = asks[0] if asks and campaigns else mine[0][1] if mine else ""
    did = any(each[2] for each in mine)
    used = any(each[2] and kind_of(session, campaign, each[1]) in MATERIAL for each in mine)
    return replace(one, campaign=campaign, cta=cta, did=did, material=used)


def _answered(session: Session, contacts: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """When each enquiry of these journalists was answered, the earliest first."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for part in chunks(contacts):
        rows = session.tuples(
            "SELECT j.contact_id, e.responded_at, e.id FROM enquiry_journalists j "
            f"JOIN enquiries e ON e.id = j.enquiry_id WHERE j.contact_id IN ({holes(part)}) AND e.responded_at <> '' "
            "ORDER BY e.responded_at, e.id",
            part,
        )
        for contact, answered, enquiry in rows:
            if len(found[contact]) < 2:  # the first, and another one where the first is the enquiry itself
                found[contact].append((answered, enquiry))
    return found


def _before(answered: Sequence[tuple[str, str]], enquiry: str, received: str) -> bool:
    return any(at <= received and other != enquiry for at, other in answered)


def _aimed(session: Session, found: Sequence[Asked], there: Mapping[str, Touch]) -> list[Asked]:
    """Whom of its journalists the campaign of each aimed at."""
    contacts = sorted({who for one in found if one.campaign for who in one.case.journalists})
    aimed: dict[tuple[str, str], str] = {}
    for part in chunks(contacts):
        rows = session.tuples(
            "SELECT campaign_id, contact_id, added_at FROM targets "
            f"WHERE contact_id <> '' AND contact_id IN ({holes(part)}) UNION "
            "SELECT t.campaign_id, p.contact_id, t.added_at FROM contact_points p "
            "JOIN targets t ON t.email = p.value AND t.email <> '' "
            f"WHERE p.kind = 'email' AND p.contact_id IN ({holes(part)})",
            (*part, *part),
        )
        for campaign, contact, added in rows:
            aimed[campaign, contact] = min(aimed.get((campaign, contact), added), added)
    return [
        replace(one, listed={who for who in one.case.journalists if _listed(one, who, aimed, there)}) for one in found
    ]


def _listed(one: Asked, who: str, aimed: Mapping[tuple[str, str], str], there: Mapping[str, Touch]) -> bool:
    """Whether they were on the list by the time of the enquiry; who was once stays it."""
    if not one.campaign:
        return False
    known = there.get(touch_id(one.case.id, who))
    was = known is not None and known.campaign == one.campaign and "listed" in known.marks.split()
    added = aimed.get((one.campaign, who), "")
    return was or (bool(added) and added <= stamp(max(one.case.received_at, one.case.logged_at)))


def _addressed(session: Session, found: Sequence[Asked], there: Mapping[str, Touch]) -> list[Asked]:
    """The marks of their addresses, as they were when the touch was first told with any."""
    told: dict[str, dict[str, set[str]]] = {}
    asked: set[str] = set()
    for one in found:
        for who in one.case.journalists:
            known = there.get(touch_id(one.case.id, who))
            marks = touches.ADDRESS.intersection(known.marks.split()) if known else set[str]()
            if marks:
                told.setdefault(one.case.id, {})[who] = set(marks)
            else:
                asked.add(who)
    mails = _mails(session, sorted(asked))
    if not mails:
        return [replace(one, addresses=told.get(one.case.id, {})) for one in found]
    from commsleads.rules.contacts.verifying import marks as marks_of

    domains = _domains(session, {one.case.outlet for one in found})
    addressed = []
    for one in found:
        theirs = domains.get(one.case.outlet, ())
        fresh = {who: set(marks_of(mails[who], theirs)) for who in one.case.journalists if who in mails}
        addressed.append(replace(one, addresses=fresh | told.get(one.case.id, {})))
    return addressed


def _mails(session: Session, contacts: Sequence[str]) -> dict[str, str]:
    """The address of each of these that we learned last."""
    found: dict[str, str] = {}
    for part in chunks(contacts):
        found.update(
            session.tuples(
                f"SELECT contact_id, value FROM contact_points WHERE kind = 'email' AND contact_id IN ({holes(part)}) "
                "ORDER BY at, value",
                part,
            )
        )
    return found


def _domains(session: Session, outlets: set[str]) -> dict[str, tuple[str, ...]]:
    """The domains of these outlets, as they are declared."""
    found: dict[str, tuple[str, ...]] = {}
    for part in chunks(sorted(outlets - {""})):
        rows = session.tuples(
            f"SELECT id, declared FROM declared WHERE what = 'outlet' AND active = 1 AND id IN ({holes(part)})", part
        )
        for name, declared in rows:
            found[name] = tuple(json.loads(declared).get("domains", ()))
    return found


def _by(session: Session, select: str, ids: Sequence[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for key, *rest in session.tuples(select, ids):
        found[key].append(tuple(rest))
    return found
