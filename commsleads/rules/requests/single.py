"""Mails that are one request: Qwoted's notices, and a free text with #journorequest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commsleads.rules.requests.drafts import (
    LONGEST_QUERY,
    Draft,
    one_line,
    outlet_of,
    paragraphs,
    person_of,
    trimmed,
)
from commsleads.rules.requests.labels import address_in, ends, flags_no_ai, foots, label_of, refuses_ai, rules
from commsleads.rules.requests.lines import Line

_PREFIX = re.compile(r"(?:\s{0,3}(?:re|fwd?|fw|aw|wg|tr|rv|sv|vs|antw|i|enc)\s?:){1,6}\s{0,3}", re.IGNORECASE)
_SEEKS = re.compile(
    r"[*_]{0,3}([^\s,;:!?][^,;:!?]{0,80}?)[*_]{0,3} (?:at|from|with|of) [*_]{0,3}(\S.{0,150}?)[*_]{0,3}"
    r" (?:is|are) (?:looking|seeking|searching|asking)\b",
    re.IGNORECASE,
)
_PAGE = re.compile(r"https?://(?:app|www)\.qwoted\.com/[^\s<>()\[\]\"']{1,300}", re.IGNORECASE)
_GREETING = re.compile(r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b.{0,60}[,!.]?", re.IGNORECASE)
_BUTTON = re.compile(
    r"(?:pitch|respond|reply|view|see|open|submit|answer|read)\b[^.?!]{0,40}:?\s{0,3}<?(?:https?://.{0,500})?",
    re.IGNORECASE,
)
HASHTAG = re.compile(r"#(?:journo|pr|press|media)_?requests?\b", re.IGNORECASE)
_TAG = re.compile(r"#\w{2,40}")
_BEFORE = re.compile(
    r"\b(?:deadline(?: is| of)?|by|before|due)\b\s{0,3}[:=-]?\s{0,3}(?:the )?"
    r"([^\n.!?;]{2,80}(?:[.:]\d\d[^\n.!?;]{0,60})?)",
    re.IGNORECASE,
)


def base_subject(subject: str) -> str:
    """A subject without the prefixes of answers and forwards."""
    return _PREFIX.sub("", subject, count=1).strip()


def read_qwoted(lines: Sequence[Line], first: int, last: int, subject: str) -> list[Draft]:
    """The one request of a Qwoted notice; none when the lines have neither its sentence nor a link and a deadline."""
    seeks = page = None
    deadline, title_row, text_row, until = "", -1, -1, last
    for row in range(first, last):
        words = lines[row].words[:1_000]
        label = label_of(words)
        seeks = seeks or _SEEKS.match(words)
        if seeks and text_row < 0:
            text_row = row + 1
        if label is not None and label.means == "deadline" and not deadline:
            deadline = label.value or next((line.words for line in lines[row + 1 : row + 4] if line.words), "")
            until = min(until, row)
        link = _PAGE.search(words)
        if link and (page is None or "source_request" in link[0] > "source_request" in page[0]):
            page = link
        if (foots(words) or rules(words)) and (deadline or page):
            until = min(until, row)
            last = row
            break
    if page is None or not (seeks or deadline):
        return []
    outlet, summary = _headed(base_subject(subject), seeks[2] if seeks else "")
    body: list[str] = []
    for row in range(max(first, text_row), until):
        words = lines[row].words
        if words == summary and title_row < 0:
            title_row = row
        elif not (_GREETING.fullmatch(words) or _PAGE.search(words) or _BUTTON.fullmatch(words) or flags_no_ai(words)):
            body.append(words)
    text = paragraphs(body)[:LONGEST_QUERY]
    first = next((row for row in range(first, last) if lines[row].words), first)
    return [Draft(
        service="qwoted", first=first, last=trimmed(lines, first, last), summary=one_line(summary, 500), query=text,
        journalist=person_of(seeks[1] if seeks else ""), outlet=outlet_of(outlet, withheld=())[0],
        deadline=one_line(deadline, 200), url=page[0].rstrip(".,;"),
        no_ai=refuses_ai(text) or any(flags_no_ai(line.words) for line in lines[first:last] if line.words),
    )]  # fmt: skip


def _headed(subject: str, outlet: str) -> tuple[str, str]:
    """Outlet and title out of `OUTLET: TITLE`, where the outlet's own name may hold a colon."""
    if outlet and subject.lower().startswith(outlet.lower() + ":"):
        return outlet, subject[len(outlet) + 1 :].strip()
    before, colon, after = subject.partition(": ")
    return (outlet or before.strip(), after.strip()) if colon else (outlet, subject)


def read_hashtag(lines: Sequence[Line], first: int, last: int, subject: str) -> list[Draft]:
    """The one request of a mail that carries #journorequest: its own words, with an address and a deadline if any.

    Who wrote it is left open: such mails are mostly copies that a colleague sent.
    """
    words = [line.words for line in lines[first:last]]
    tagged = next((row for row, line in enumerate(words) if HASHTAG.search(line)), -1)
    if tagged < 0 and not HASHTAG.search(subject):
        return []
    end = next((row for row, line in enumerate(words) if foots(line) or ends(line)), len(words))
    end = len(words) if end <= tagged else end
    begin = next((row for row in range(end) if words[row] and not _GREETING.fullmatch(words[row])), 0)
    text = paragraphs(words[begin:end])[:LONGEST_QUERY]
    title = _TAG.sub("", base_subject(subject)).strip(" :-–|")
    summary = title or next((bare for line in words[begin:end] if (bare := " ".join(_TAG.sub("", line).split()))), "")
    stop = trimmed(lines, first + begin, first + end)
    return [Draft(
        service="journorequest", first=first + begin, last=max(stop, first + begin), summary=one_line(summary, 200),
        query=text, reply_to=address_in(" ".join(text.split())), no_ai=refuses_ai(text), deadline=_deadline(text),
    )]  # fmt: skip


def _deadline(text: str) -> str:
    """The words after `deadline` or `by` that hold a figure or name a day."""
    for match in _BEFORE.finditer(text[:5_000]):
        words = match[1].strip()
        if any(letter.isdigit() for letter in words) or re.search(
            r"\b(?:today|tonight|tomorrow|\w+day)\b", words, re.IGNORECASE
        ):
            return words
    return ""
