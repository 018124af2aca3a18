"""Whether a mail belongs to an enquiry that is there: by thread, or because it is the same mail once more."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from commsleads.intake.readers import FORM, Readers
from commsleads.letters import Letter, Party
from commsleads.mail import cut
from commsleads.store import letters as rows
from commsleads.store import threads as store
from commsleads.store.engine import EPOCH, Session, stamp
from commsleads.text import fold

if TYPE_CHECKING:
    from commsleads.rules.reading.threads import Known

AGAIN = timedelta(days=21)
"""The same words from the same person within this time are the same question, sent again or forwarded."""
SHORT = 60
"""Folded characters below which the same words are no sign: "Any news?" is asked in every thread."""
COMPARED = 2_000
_REFERENCE = re.compile(r"(?<![\w-])(\d{4}-\d{4,6})(?![\w-])")


class Found(NamedTuple):
    """The enquiry that a mail belongs to, or (not `sure`) may belong to, and by what evidence."""

    enquiry_id: str
    reference: str
    sure: bool
    reasons: tuple[str, ...]


def came_at(row: Mapping[str, Any]) -> str:
    """When a mail reached us, as a stamp."""
    return stamp(EPOCH + timedelta(microseconds=row["arrival"]))


def find(session: Session, row: Mapping[str, Any], letter: Letter, readers: Readers) -> Found | None:
    """The enquiry of a mail. None when nothing ties it to any."""
    from commsleads.rules.reading.threads import tie

    core = letter.inner or letter
    given = store.candidates(
        session,
        arrival=row["arrival"],
        came_at=came_at(row),
        message_ids=list(dict.fromkeys((*letter.in_reply_to, *letter.references, core.message_id))),
        addresses=[one for one in dict.fromkeys((core.sender.address, letter.sender.address)) if one],
        references=_REFERENCE.findall(letter.subject),
    )
    if not given:
        return None
    known = [_known(candidate) for candidate in given]
    again = _again(row, core, given)
    if again is not None:
        return _believed(row, letter, again, next(one for one in known if one.enquiry_id == again.enquiry_id), readers)
    found = tie(letter, known, own_domains=readers.own_domains)
    if found is None:
        return None
    named = {one.enquiry_id: one for one in given}[found.enquiry_id]
    return Found(named.enquiry_id, named.reference, found.sure, tuple(found.reasons))


def _known(candidate: store.Candidate) -> Known:
    """An enquiry as the rule sees it: all that its mails have told."""
    from commsleads.rules.reading.subjects import base
    from commsleads.rules.reading.threads import Known

    earlier = [rows.letter_of(held) for held in candidate.letters]
    indices = (letter.marks.get("thread-index", "") for letter in earlier)
    return Known(
        enquiry_id=candidate.enquiry_id,
        reference=candidate.reference,
        message_ids=frozenset(ident for letter in earlier for ident in _ids(letter)),
        participants=frozenset(candidate.addresses).union(*map(_people, earlier)),
        # The newest stand first; the subject is that of the mail that began it.
        subject=base((earlier[-1].inner or earlier[-1]).subject) if earlier else "",
        thread_index=next(filter(None, indices), ""),
    )


def _again(row: Mapping[str, Any], core: Letter, given: Sequence[store.Candidate]) -> Found | None:
    """The enquiry that holds the same words of the same person: a mail sent twice, or forwarded to us as well."""
    own = cut(core.text).own
    words = fold(own)
    if len(words) < SHORT or not core.sender.address:
        return None
    # Cutting every mail of a busy journalist takes time; that a few long words stand in it is seen at once.
    telling = sorted(set(re.findall(r"\w+", own[:COMPARED])), key=len)[-5:]
    for candidate in given:
        for held in candidate.letters:
            if row["arrival"] - held["arrival"] > AGAIN // timedelta(microseconds=1):
                continue
            if not all(word in held["text"] or word in held["rest"] for word in telling):
                continue
            earlier = rows.letter_of(held)
            other = earlier.inner or earlier
            if other.sender.address == core.sender.address and _words(other) == words:
                why = f"{core.sender.name or core.sender.address} has sent the same words before."
                return Found(candidate.enquiry_id, candidate.reference, True, (why,))
    return None


def _believed(row: Mapping[str, Any], letter: Letter, found: Found, known: Known, readers: Readers) -> Found:
    """The same words prove nobody: anybody may send them on, or in her name. Who sent them must have a place there."""
    from commsleads.rules.reading.proof import unproved
    from commsleads.rules.reading.threads import UNPROVED, standing

    if row["channel"] == FORM:
        doubt = "A form proves nobody."
    elif unproved(letter):
        doubt = UNPROVED
    elif not (readers.is_ours(letter.sender.address) or standing(letter, known, readers.own_domains)):
        doubt = f"{letter.sender.address or 'Somebody without an address'} is not in this enquiry."
    else:
        return found
    return found._replace(sure=False, reasons=(*found.reasons, doubt))


def _words(letter: Letter) -> str:
    return fold(cut(letter.text).own)


def _ids(letter: Letter) -> list[str]:
    inner = letter.inner.message_id if letter.inner else ""
    return [one for one in (letter.message_id, inner) if one]


def _people(letter: Letter) -> list[str]:
    parties: list[Party] = [letter.sender, letter.reply_to, *letter.to, *letter.cc]
    if letter.inner:
        parties.append(letter.inner.sender)
    return [party.address for party in parties if party.address]
