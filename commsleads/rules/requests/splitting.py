"""Which service a mail is of, and its requests."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from commsleads.letters import Letter, SourceRequest
from commsleads.rules.requests.deadlines import read_deadline
from commsleads.rules.requests.drafts import Draft
from commsleads.rules.requests.labelled import read_labelled
from commsleads.rules.requests.lines import Line, Stretch, instant, read_lines, stretches
from commsleads.rules.requests.linked import read_linked
from commsleads.rules.requests.messenger import read_messages
from commsleads.rules.requests.single import HASHTAG, read_hashtag, read_qwoted
from commsleads.rules.requests.traps import find_trap

DEEPEST = 5
"""Mails within mails that are looked into."""

SENDERS = {
    "helpareporter.com": "haro", "helpareporter.net": "haro", "sourceofsources.com": "sos", "shankman.com": "sos",
    "tmxmessenger.com": "tmx", "qwoted.com": "qwoted", "sourcebottle.com": "sourcebottle",
    "connectively.us": "connectively",
}  # fmt: skip
_HOMES = {"sourcebottle": ZoneInfo("Australia/Sydney")}
_NEW_YORK = ZoneInfo("America/New_York")

# What one of the layouts cannot be without; a mail that has none of it costs one search.
_HINT = re.compile(
    r"\bsummary[*_]{0,3}\s?[:：]|\bsynopsis[*_]{0,3}\s?:|\bqwoted\.com/|sourcebottle\.com/query\.asp|connectively\.us/queries"
    r"|#(?:journo|pr|press|media)_?request",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"\s{0,3}(?:re|aw|sv|antw|antwort|ref|rif|odp|回复|回覆|답장)\s?(?:\[\d{1,3}\])?\s?[:：]", re.IGNORECASE
)


class _Found(NamedTuple):
    """The requests of a mail as drafts, each with the mail within it that it stands in."""

    letter: Letter
    lines: list[Line]
    drafts: list[tuple[Draft, Stretch]]


def service(letter: Letter) -> str:
    """The request service that a mail is of: haro, sos, tmx, qwoted, sourcebottle, connectively, journorequest, or ''.

    It has the layout of one; the sender (of the forwarded mail, if it is one) decides between services that write
    alike. A mail of a service without any request in it is of none, and so is an answer that only quotes a request.
    """
    found = _found(letter, DEEPEST)
    return found.drafts[0][0].service if found.drafts else ""


def split(letter: Letter, *, received: datetime, zone: ZoneInfo) -> tuple[SourceRequest, ...]:
    """Every request in a mail, once, in its order; none for a mail that is of no service.

    Deadlines without a year count from the Date of the mail they stand in: of the forwarded one, if it was forwarded.
    `received` counts where that Date is missing or cannot be true, and `zone` where neither words nor service have
    one. `start` and `end` are offsets into the text of this letter; if the digest is attached to it as a mail, into
    the text of that one. Index, advertisements and footers are left out. Never raises.
    """
    found = _found(letter, DEEPEST)
    hidden = _hidden(found.letter)
    instants = {stretch: instant(stretch, found.letter, received, zone) for _, stretch in found.drafts}
    return tuple(_request(draft, found, hidden, instants[stretch], zone) for draft, stretch in found.drafts)


def _found(letter: Letter, depth: int) -> _Found:
    drafts: list[tuple[Draft, Stretch]] = []
    lines: list[Line] = []
    if _HINT.search(letter.text) or HASHTAG.search(letter.subject):
        lines = read_lines(letter.text)
        for stretch in stretches(letter, lines):
            drafts.extend((draft, stretch) for draft in _drafts(lines, stretch, letter))
    if not drafts and letter.inner is not None and depth:
        inner = _found(letter.inner, depth - 1)
        # An attached mail: a quoted one stands in the text that was just read.
        if inner.drafts and not _answers(letter):
            return inner
    return _Found(letter, lines, drafts)


def _drafts(lines: list[Line], stretch: Stretch, letter: Letter) -> list[Draft]:
    first, last = stretch.first, stretch.last
    sender = _service_of(stretch.sender)
    if not stretch.date and not sender and _answers(letter):
        return []
    found = read_labelled(lines, first, last)
    if found:
        for draft in found:
            draft.service = sender if sender in {"haro", "sos", "connectively"} else draft.service
        return found
    found = read_messages(lines, first, last) or read_linked(lines, first, last)
    if found:
        return found
    return read_qwoted(lines, first, last, stretch.subject) or read_hashtag(lines, first, last, stretch.subject)


def _answers(letter: Letter) -> bool:
    """Whether it is an answer in a conversation, which may quote a request."""
    return bool(_ANSWER.match(letter.subject[:200])) and not _service_of(letter.sender.address)


def _service_of(address: str) -> str:
    domain = address.rpartition("@")[2]
    while domain:
        if domain in SENDERS:
            return SENDERS[domain]
        domain = domain.partition(".")[2]
    return ""


def _hidden(letter: Letter) -> list[int]:
    """Where characters of no width stood in the text, as its reader found them."""
    offsets = letter.marks.get("zero-width-at", "").split(",")
    return sorted(int(one) for one in offsets if one.isascii() and one.isdigit() and len(one) < 10)


def _request(draft: Draft, found: _Found, hidden: list[int], after: datetime, zone: ZoneInfo) -> SourceRequest:
    start = found.lines[draft.first].start
    end = found.lines[max(draft.first, draft.last - 1)].end
    trap = find_trap("\n".join(line.words for line in found.lines[draft.first : draft.last]))
    if not trap:
        at = bisect_left(hidden, start)
        # Without offsets a count still tells the one request of a mail from none.
        alone = not hidden and len(found.drafts) == 1 and found.letter.marks.get("zero-width", "0") != "0"
        trap = "zero-width" if alone or (at < len(hidden) and hidden[at] <= end) else ""
    home = _HOMES.get(draft.service, zone if draft.service == "journorequest" else _NEW_YORK)
    deadline = read_deadline(draft.deadline, after=after, zone=home) if draft.deadline else None
    return SourceRequest(
        number=draft.number, service=draft.service, summary=draft.summary, query=draft.query,
        journalist=draft.journalist, outlet=draft.outlet, outlet_url=draft.outlet_url, reply_to=draft.reply_to,
        masked=draft.masked, category=draft.category, requirements=draft.requirements, deadline=deadline,
        deadline_text=draft.deadline, no_ai=draft.no_ai, trap=trap, url=draft.url,
        raw=found.letter.text[start:end], start=start, end=end,
    )  # fmt: skip
