"""Which enquiry a mail belongs to: by its headers and by who wrote it, never by a token that anybody may guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from commsleads.letters import Letter
from commsleads.rules.reading.desk import same_house, within
from commsleads.rules.reading.proof import unproved
from commsleads.rules.reading.subjects import answers, base

_REFERENCE = re.compile(r"\[\s?#?\s?([A-Z]{0,10}-?\d{4}-\d{1,8})\s?\]", re.IGNORECASE)
UNPROVED = "Its sender could not be proved (DMARC or SPF failed)."
_INDEX_HEAD = 30
"""Characters of Outlook's Thread-Index (22 bytes in base64) that all mails of a conversation share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What an enquiry's mails have told: their ids without brackets, the people in them, their subject (see
    `subjects.base`), and Outlook's Thread-Index of one of them."""

    enquiry_id: str
    reference: str = ""
    message_ids: frozenset[str] = frozenset()
    participants: frozenset[str] = frozenset()
    subject: str = ""
    thread_index: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """The enquiry that a mail seems to belong to. Only a sure one may be joined; the other is for a person."""

    enquiry_id: str
    sure: bool
    reasons: tuple[str, ...]


def tie(letter: Letter, known: Sequence[Known], *, own_domains: Iterable[str]) -> Tie | None:
    """Find a mail's enquiry, None if nothing ties it to one.

    Sure is what answers one of the enquiry's mails and comes from somebody who is in it, from the same house, or from
    us. A stranger's answer is never sure. A token in the subject alone never joins, and from a stranger it is nothing.
    """
    ours = frozenset(own_domains)
    hits = _answered(letter, known)
    if hits:
        return _by_headers(letter, hits, ours)
    return _by_hints(letter, known)


def _answered(letter: Letter, known: Sequence[Known]) -> list[tuple[Known, int]]:
    """The enquiries of which mails are answered, the nearest first: In-Reply-To, then the references from the last."""
    order = {
        one: place for place, one in reversed(list(enumerate((*letter.in_reply_to, *reversed(letter.references)))))
    }
    found: list[tuple[Known, int]] = []
    for one in known:
        places = [order[message_id] for message_id in order.keys() & one.message_ids]
        if places:
            found.append((one, min(places)))
    return sorted(found, key=lambda pair: (pair[1], pair[0].enquiry_id))


def _by_headers(letter: Letter, hits: list[tuple[Known, int]], ours: frozenset[str]) -> Tie:
    nearest = hits[0][0]
    # A mail of ours to two journalists may stand in two enquiries: then the one that its writer is in is meant.
    level = [one for one, place in hits if place == hits[0][1]]
    inside = [one for one in level if letter.sender.address in one.participants] or [
        one for one in level if _acquainted(letter, one)
    ]
    chosen = (inside or [nearest])[0]
    why = standing(letter, chosen, ours)
    reasons = ["It answers a mail of this enquiry."]
    if not why:
        who = letter.sender.address or "Somebody without an address"
        return Tie(enquiry_id=chosen.enquiry_id, sure=False, reasons=(*reasons, f"{who} is not in this enquiry."))
    if unproved(letter):
        return Tie(enquiry_id=chosen.enquiry_id, sure=False, reasons=(*reasons, UNPROVED))
    if len(inside or level) > 1:
        return Tie(
            enquiry_id=chosen.enquiry_id, sure=False, reasons=(*reasons, "It answers a mail of other enquiries, too.")
        )
    return Tie(enquiry_id=chosen.enquiry_id, sure=True, reasons=(*reasons, why))


def standing(letter: Letter, one: Known, ours: frozenset[str]) -> str:
    """Why its writer may write into an enquiry, '' for a stranger. Whether it is that writer is for `unproved`."""
    address, domain = letter.sender.address, letter.sender.domain
    if not address:
        return ""
    if within(domain, ours):
        return "It comes from one of us."
    if address in one.participants:
        return f"{address} is in this enquiry."
    return f"It comes from {domain}, as somebody in this enquiry does." if _acquainted(letter, one) else ""


def _acquainted(letter: Letter, one: Known) -> bool:
    domain = letter.sender.domain
    return any(same_house(domain, other.rpartition("@")[2]) for other in one.participants)


def _by_hints(letter: Letter, known: Sequence[Known]) -> Tie | None:
    """Suggestions for a person, and only where the writer is in the enquiry."""
    address = letter.sender.address
    tokens = {token.upper() for token in _REFERENCE.findall(letter.subject[:500])}
    subject = base(letter.subject)
    index = letter.marks.get("thread-index", "")[:_INDEX_HEAD]
    best: tuple[int, Known, list[str]] | None = None
    for one in known:
        if not address or address not in one.participants:
            continue
        reasons: list[str] = []
        if one.reference and one.reference.upper() in tokens:
            reasons.append(f"Its subject names {one.reference}, and {address} is in that enquiry; no header says so.")
        if subject and subject == one.subject and answers(letter.subject):
            reasons.append("Its subject is that of the enquiry, and begins as answers do.")
        if len(index) == _INDEX_HEAD and index == one.thread_index[:_INDEX_HEAD]:
            reasons.append("Outlook's index says that it is of the same conversation.")
        if reasons and (best is None or len(reasons) > best[0]):
            best = (len(reasons), one, reasons)
    return Tie(enquiry_id=best[1].enquiry_id, sure=False, reasons=tuple(best[2])) if best else None
