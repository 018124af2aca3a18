"""Mails that came back: which of ours they are about, and whether there is nobody of that address for good.

Pure. Whether a mail is such a report at all is for `rules.reading`; whether a Message-ID is really one of ours is for
the rows of the deliveries. A report that does not say how things stand is believed to be of a passing trouble.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from commsleads.letters import Letter, LetterClass

LOOKED_AT = 30_000
"""Characters of a report in which ids and codes are looked for."""
MOST_IDS = 50

_ID = re.compile(r"\bmessage-id:\s{0,5}<([^<>\s]{3,300})>", re.IGNORECASE)
_STATUS = re.compile(r"(?<![\d.])([45])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_CODE = re.compile(r"\b([45])(?:[0-57]\d)\b[ -]")
_PERMANENT = re.compile(
    r"\bthis is a permanent error\b|\bpermanent(?:ly)? (?:fatal )?(?:failure|error|failed)\b", re.IGNORECASE
)


class Returned(NamedTuple):
    """A report. `ids` are the Message-IDs it may be about, those that are surest first; `final` is whether the mail was
    given up, `gone` whether that is because there is nobody of that address; `complaint` that its reader calls it
    unwanted. `who` is the address that took it not, '' when the report names none: behind a list or a forwarding it is
    another one than ours went to. `why` is what it says, in a few words."""

    ids: tuple[str, ...]
    final: bool
    gone: bool
    complaint: bool
    why: str
    who: str = ""


def read_return(letter: Letter, kind: LetterClass) -> Returned | None:
    """What a bounce or a complaint report says; None for every other mail."""
    if kind not in {LetterClass.BOUNCE, LetterClass.COMPLAINT_REPORT}:
        return None
    text = letter.text[:LOOKED_AT]
    inner = letter.inner
    about = (
        *([inner.message_id] if inner and inner.message_id else []),
        *_ID.findall(text),
        *letter.in_reply_to,
        *letter.references,
    )
    ids = tuple(dict.fromkeys(about))[:MOST_IDS]
    if kind is LetterClass.COMPLAINT_REPORT:
        return Returned(ids, final=False, gone=False, complaint=True, why="Its reader reported it as unwanted.")
    status, final = _status(letter, text)
    named = letter.marks.get("delivery-recipient", "") or letter.marks.get("delivery-original", "")
    who = " ".join(named.rpartition(";")[2].split())
    said = f"It came back: {status or 'no reason was given'}{f' ({who})' if who else ''}."
    return Returned(ids, final=final, gone=final and is_gone(status), complaint=False, why=said, who=who)


def _status(letter: Letter, text: str) -> tuple[str, bool]:
    """The enhanced status code, or what stands for it, and whether it was given up."""
    marked = _STATUS.search(letter.marks.get("delivery-status", ""))
    action = letter.marks.get("delivery-action", "").lower()
    if action in {"delayed", "relayed", "delivered", "expanded"}:
        return marked[0] if marked else action, False
    found = marked or _STATUS.search(text)
    if found:
        # A report that says it failed is about a mail that was given up, also after tries that might have passed.
        return found[0], found[1] == "5" or action == "failed"
    code = _CODE.search(text)
    if code:
        return code[0].strip(" -"), code[1] == "5"
    return ("permanent error", True) if _PERMANENT.search(text) else ("", action == "failed")


def is_gone(status: str) -> bool:
    """Whether a code says that there is nobody of that address, and not that it is full, or that policy forbids it.

    RFC 3463: 5.1.x is of the address (5.1.7 and 5.1.8 of the sender's), 5.2.1 a mailbox that takes nothing, 5.4.4 a
    domain that is not there. Of the old codes 550, 551 and 553 are of the recipient.
    """
    found = _STATUS.fullmatch(status)
    if found is None:
        return status in {"550", "551", "553", "permanent error"}
    whole, subject, detail = (int(part) for part in found.groups())
    if whole != 5:
        return False
    return (subject == 1 and detail not in {7, 8}) or (subject, detail) in {(2, 1), (4, 4), (0, 0)}
