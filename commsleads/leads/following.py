"""A lead from cradle to grave: every touch with what shows it, every version of it, and all that was done, in one list.

In the order in which we knew of it, which is the order in which it had effects. As of a moment it is told from what was
known by then, like the lead itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from commsleads.journey import Act, Offer, Touch
from commsleads.leads import pictures
from commsleads.leads.looking import Seen, hidden
from commsleads.leads.record import Work
from commsleads.rules.leads.verbs import local
from commsleads.store.leads import traces

_PLACES = ("criteria", "written", "merge", "unmerge", "touch", "act", "clock")
"""What comes first of what was known at one moment; moves come after what caused them."""


def history(work: Work, found: Seen) -> list[dict[str, Any]]:
    """All that happened with a lead by the moment at which it is seen: dictionaries with at, known_at, what, by, says.

    `what` is criteria, written (we wrote to them), touch, act, move, offer, answer, merge or unmerge; what else there
    is stands beside it. Empty for a lead without a past.
    """
    with work.session.snapshot():
        unseen = hidden(work, found)
        references = traces.references(work.session, [one.evidence for one in found.log.touches])
        told = traces.noted(work.session, [one.evidence for one in found.log.touches])
        written = traces.written(work.session, found.log.contacts, found.at)
    rows = [
        *_criteria(found),
        *(_row(at, at, "written", "commsleads", f"we wrote to them for {name}", campaign=name) for at, name in written),
        *(_touch(_outline(one) if one.evidence in unseen else one, references, told) for one in found.log.touches),
        *(_act(one, work) for one in found.log.acts),
        *_moves(found),
        *(row for one in found.lead.offers for row in _offer(one, work)),
        *_merges(found),
    ]
    places = {f"act {one.id}": place for place, one in enumerate(found.log.acts)}
    return sorted(rows, key=lambda row: (row["known_at"], *_place(row, places)))


def _place(row: Mapping[str, Any], acts: Mapping[str, int]) -> tuple[int, int, int]:
    """Where a row stands among those of one moment."""
    if row["what"] in ("offer", "answer"):
        return len(_PLACES), row["number"], int(row["what"] == "answer")
    if row["what"] == "act":
        return _PLACES.index("act"), acts[f"act {row['id']}"], 0
    if row["what"] != "move":
        return _PLACES.index(row["what"]), 0, 0
    sort = row["cause"].partition(" ")[0]
    return _PLACES.index(sort) if sort in _PLACES else len(_PLACES), acts.get(row["cause"], 0), row["number"]


def _row(at: datetime, known: datetime, what: str, by: str, says: str, **more: Any) -> dict[str, Any]:
    return {
        "at": pictures.at(at), "known_at": pictures.at(known), "what": what, "by": by, "says": " ".join(says.split()),
        **more,
    }  # fmt: skip


def _criteria(found: Seen) -> Iterator[dict[str, Any]]:
    """Those in force when we first knew of them, and all since."""
    first = min((one.learned for one in found.log.touches), default=found.at)
    before = [one for one in found.log.terms if one.at <= first]
    for one in (*before[-1:], *(one for one in found.log.terms if one.at > first)):
        version = f" (“{one.criteria.version}”)" if one.criteria.version else ""
        ground = f", on new ground (revision {one.revision})" if one.revision > 1 else ""
        says = f"criteria {one.number}{version} came into force{ground}"
        yield _row(one.at, one.at, "criteria", one.by, says, number=one.number, revision=one.revision)


def _outline(one: Touch) -> Touch:
    """A touch of which somebody may know that it was, and not what was said."""
    return one._replace(evidence="an enquiry that only those concerned may see", detail="", self_reported="")


def _touch(one: Touch, references: Mapping[str, str], noted: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    reference = references.get(one.evidence, "")
    hand = noted.get(one.evidence, {})
    shown = f"enquiry {reference}" if reference else one.evidence
    way = f" by {one.channel}" if one.channel and one.channel != one.kind else ""
    says = f"{one.kind}{way} ({shown}): {', '.join(one.marks.split()) or 'nothing more is known'}"
    says += f"; for {one.campaign}" if one.campaign else ""
    says += "" if one.counts else f"; does not count: {one.why}"
    says = f"known otherwise now: {says}" if one.version > 1 else says
    return _row(
        one.at, one.learned, "touch", hand.get("by", "commsleads"), says, id=one.id, version=one.version,
        contact=one.contact, kind=one.kind, marks=one.marks.split(), channel=one.channel, source=one.source,
        source_detail=one.detail, campaign=one.campaign, cta=one.cta, outlet=one.outlet, evidence=one.evidence,
        reference=reference, counts=one.counts, why=one.why, self_reported=one.self_reported,
        words=hand.get("words", ""),
    )  # fmt: skip


def _act(one: Act, work: Work) -> dict[str, Any]:
    parts = [one.verb]
    parts += [f"to {one.to}"] if one.to and one.verb != "close" else [f"({one.to})"] if one.to else []
    parts += [f"until {local(one.until, work.zone)}"] if one.until else []
    parts += [f"because: {one.reason}"] if one.reason else []
    parts += [f"“{one.words}”"] if one.words else []
    more = {name: value for name, value in pictures.act(one).items() if name not in ("at", "by")}
    return _row(one.at, one.at, "act", one.by, " ".join(parts), **more)


def _moves(found: Seen) -> Iterator[dict[str, Any]]:
    for one in found.lead.moves:
        came = f"from {one.came_from} to" if one.came_from else "is"
        says = f"{one.what} {came} {one.to or 'none'}: {one.why}"
        more = {
            name: value for name, value in pictures.move(one).items() if name not in ("at", "known_at", "by", "what")
        }
        yield _row(one.at, one.known, "move", one.by, says, of=one.what, **more)


def _offer(one: Offer, work: Work) -> Iterator[dict[str, Any]]:
    whom = one.to or "whoever will be assigned"
    again = ", because nobody had answered" if one.escalated else ""
    says = f"offered to {whom}{again}, to be answered by {local(one.due, work.zone)}"
    number = {"number": one.number, "to": one.to}
    yield _row(one.at, one.at, "offer", "commsleads", says, due_at=pictures.at(one.due), **number)
    if one.answer and one.answered:
        says = " ".join(filter(None, (one.answer, one.reason and f"because: {one.reason}", one.words)))
        yield _row(one.answered, one.answered, "answer", one.by or "commsleads", says, answer=one.answer, **number)


def _merges(found: Seen) -> Iterator[dict[str, Any]]:
    for one in found.log.merges:
        more = {"id": one.id, "one": one.one, "other": one.other}
        yield _row(one.at, one.at, "merge", one.by, f"joined {one.one} with {one.other}: {one.why}", **more)
        if one.undone:
            says = f"parted {one.one} from {one.other}: {one.undone_why}"
            yield _row(one.undone, one.undone, "unmerge", one.undone_by, says, **more)
