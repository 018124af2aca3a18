"""Call-outs that are answered on the service's site: SourceBottle, and Connectively as it was.

Each has its own address on the site, once in its headline, or under its text as `Read more`, or both. There is no
further layout to rely on: what has a label is read, the rest is the query.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from commsleads.rules.requests.drafts import Draft, drafted, one_line, paragraphs, trimmed
from commsleads.rules.requests.labels import ends, flags_no_ai, foots, label_of, rules
from commsleads.rules.requests.lines import Line

MOST = 2_000
_LINK = re.compile(
    r"[<(\[]?(https?://(?:www\.|app\.)?(?:(sourcebottle)\.com/query\.asp\?[^\s<>()\[\]\"']{0,300}?\bqid=(\d{1,12})"
    r"|(connectively)\.us/queries/(\d{1,12}))[^\s<>()\[\]\"']{0,300})[>)\]]?",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"(?:[-•*> ]{0,4})(?:(?:click here to |click to )?(?:read|find out|learn|see|view|know) ?"
    r"(?:more|it|details|call-?out|query|the query)?"
    r"|more(?: info(?:rmation)?| details)?|respond(?: now| here)?|reply(?: now)?|pitch(?: now)?|answer|click here|here"
    r"|view|go to (?:the )?(?:query|call-?out))?[\s:.…»>-]{0,6}",
    re.IGNORECASE,
)


class _Hit(NamedTuple):
    """A line with a call-out's address: the service, the number it has there, and the words beside the address."""

    row: int
    service: str
    id: str
    url: str
    words: str


def read_linked(lines: Sequence[Line], first: int, last: int) -> list[Draft]:
    """The call-outs in these lines, by the addresses that they have on the site, in their order."""
    groups: list[list[_Hit]] = []
    known: dict[tuple[str, str], list[_Hit]] = {}
    for row in range(first, last):
        for match in _LINK.finditer(lines[row].words[:4_000]) if "://" in lines[row].words else ():
            service = (match[2] or match[4]).lower()
            words = _LINK.sub(" ", lines[row].words[:4_000]).strip()
            hit = _Hit(row, service, match[3] or match[5], match[1], words)
            if groups and groups[-1][0][1:3] == hit[1:3]:
                groups[-1].append(hit)
            elif (service, hit.id) not in known and len(groups) < MOST and not (groups and groups[-1][-1].row == row):
                groups.append([hit])
                known[service, hit.id] = groups[-1]
    return _blocks(lines, groups, first, last)


def _blocks(lines: Sequence[Line], groups: Sequence[list[_Hit]], first: int, last: int) -> list[Draft]:
    found: list[Draft] = []
    floor = first
    for index, group in enumerate(groups):
        ceiling = groups[index + 1][0].row if index + 1 < len(groups) else last
        headed = not _GENERIC.fullmatch(group[0].words)
        start = group[0].row if headed else _above(lines, group[0].row, floor)
        if headed and len(group) == 1:
            end = _below(lines, group[-1].row + 1, ceiling, stop_at_gap=index + 1 == len(groups))
        else:
            end = group[-1].row + 1
        found.append(_call_out(lines, start, trimmed(lines, start, end), group))
        floor = end
    return found


def _above(lines: Sequence[Line], row: int, floor: int) -> int:
    """Where the text above a `Read more` begins: after the rule or the call-out before it."""
    start = row
    for at in range(row - 1, max(floor, row - 60) - 1, -1):
        words = lines[at].words
        if rules(words) or ends(words) or foots(words):
            break
        if words:
            start = at
    return start


def _below(lines: Sequence[Line], row: int, ceiling: int, *, stop_at_gap: bool) -> int:
    """Where the text below a headline ends: at the next headline, a rule or a footer."""
    for at in range(row, ceiling):
        words = lines[at].words
        if rules(words) or ends(words) or foots(words):
            return at
        if stop_at_gap and at > row + 60:
            return at
    # A heading alone above the next headline is that one's.
    at = trimmed(lines, row, ceiling)
    if ceiling < len(lines) and at - 1 > row and not lines[at - 2].words and lines[at - 1].words.isupper():
        return at - 1
    return ceiling


def _call_out(lines: Sequence[Line], first: int, last: int, group: Sequence[_Hit]) -> Draft:
    values: dict[str, str] = {}
    loose: list[str] = []
    current, no_ai = "", False
    titles = [hit.words for hit in group if not _GENERIC.fullmatch(hit.words)]
    hits = {hit.row for hit in group}
    for row in range(first, last):
        words = lines[row].words
        label = label_of(words)
        if row in hits:
            continue
        if flags_no_ai(words):
            no_ai = True
        elif label is not None and label.means and label.means not in values:
            values[label.means] = label.value
            current = "" if label.value else label.means
        elif words and current:
            values[current], current = words, ""
        else:
            loose.append(words)
    if titles:
        values["summary"] = titles[0]
    elif "summary" not in values:
        rest = [at for at, words in enumerate(loose) if words]
        values["summary"] = loose.pop(rest[0]) if rest else ""
    values["query"] = "\n".join(filter(None, (values.get("query", ""), paragraphs(loose))))
    hit = group[0]
    draft = drafted(hit.service, first, last, hit.id, values, no_ai=no_ai)
    draft.url = one_line(hit.url, 500)
    draft.number = ""
    return draft
