"""TMX Messenger: messages of newsrooms as numbered titles, each with a synopsis and a line of whom it is from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commsleads.rules.requests.drafts import LONGEST_QUERY, Draft, one_line, outlet_of, paragraphs, trimmed
from commsleads.rules.requests.labels import address_in, ends, foots, label_of, refuses_ai, rules
from commsleads.rules.requests.lines import Line

MOST = 2_000
_TITLE = re.compile(r"[*_]{0,3}(\d{1,4}(?:\.\d{1,4})?)[.)][*_]{0,3}[ \t]{1,4}(\S.{0,1000})")
_FROM = re.compile(r"[*_]{0,3}sent from[*_]{0,3}[ \t]?:[*_]{0,3}[ \t]{0,4}(.{0,1000})", re.IGNORECASE)
_REPLY = re.compile(r"\s*/?\s*reply to (?:the )?journalist\b.{0,500}", re.IGNORECASE | re.DOTALL)


def read_messages(lines: Sequence[Line], first: int, last: int) -> list[Draft]:
    """The messages in these lines. Each begins with its numbered title and ends with `Sent from:`."""
    found: list[Draft] = []
    category, above, opened = "", "", -1
    row = first
    while row < last and len(found) < MOST:
        words = lines[row].words
        title = _TITLE.match(words) if words[:8].strip("*_")[:1].isdigit() else None
        sender = _FROM.match(words) if opened >= 0 else None
        if sender:
            after = _after(lines, row + 1, last)
            found.append(_message(lines, opened, row, after, category))
            row, opened, above = after, -1, ""
            continue
        if title and _synopsis_follows(lines, row + 1, last):
            # A line alone above a title is the heading of its category, and counts for those after it.
            category, opened, above = above or category, row, ""
        elif opened < 0:
            above = words if words and len(words) <= 80 and not words.endswith((".", ":", "!", "?")) else above
            above = "" if rules(words) or foots(words) else above
        row += 1
    return found


def _synopsis_follows(lines: Sequence[Line], at: int, last: int) -> bool:
    for line in lines[at : min(at + 5, last)]:
        label = label_of(line.words)
        if label is not None and label.word == "synopsis":
            return True
    return False


def _after(lines: Sequence[Line], at: int, last: int) -> int:
    """The line after `Sent from:`, which some programs break before the address."""
    for row in range(at, min(at + 3, last)):
        if not lines[row].words:
            return row
        if "@" in lines[row].words or lines[row].words.lower().startswith(("reply to", "/ reply", "email:")):
            return row + 1
        if _TITLE.match(lines[row].words) or not lines[row].words.islower():
            return at
    return at


def _message(lines: Sequence[Line], first: int, sent: int, last: int, category: str) -> Draft:
    title = _TITLE.match(lines[first].words)
    summary = [title[2] if title else ""]
    query: list[str] = []
    deadline = ""
    for line in lines[first + 1 : sent]:
        label = label_of(line.words)
        if label is not None and label.word == "synopsis" and not query:
            query.append(label.value)
        elif label is not None and label.means == "deadline" and not deadline and label.value:
            deadline = label.value
        elif query:
            query.append(line.words)
        elif line.words and not ends(line.words):
            summary.append(line.words)
    whole = " ".join(line.words for line in lines[sent:last])
    match = _FROM.match(whole)
    outlet, url = outlet_of(_REPLY.sub("", match[1]) if match else "")
    text = paragraphs(query)[:LONGEST_QUERY]
    return Draft(
        service="tmx", first=first, last=trimmed(lines, first, last), number=title[1] if title else "",
        summary=one_line(" ".join(summary), 500), query=text, outlet=outlet, outlet_url=url,
        reply_to=address_in(whole), category=one_line(category, 200), deadline=one_line(deadline, 200),
        no_ai=refuses_ai(text),
    )  # fmt: skip
