"""Digests whose requests are labelled fields: HARO from 2008 to 2026, Source of Sources, and their like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from commsleads.rules.requests.drafts import Draft, drafted, paragraphs, trimmed
from commsleads.rules.requests.labels import (
    TEXTS,
    Label,
    address_in,
    ends,
    flags_no_ai,
    foots,
    label_of,
    ordinal_of,
    rules,
    tops,
)
from commsleads.rules.requests.lines import Line

MOST = 2_000
"""Requests that are taken out of one mail; a digest has some fifty."""

_NEAR = 24
"""Lines in which the labels of one request stand together, before its text."""

_SURE = frozenset({"name", "category", "email", "outlet", "deadline", "deadline_date", "query"})
"""What a request says besides its summary. One that says none of it is no request; a digest has one that says three."""


class _Row(NamedTuple):
    """A line as it was understood: its label, and whether it ends a request for sure or perhaps."""

    words: str
    label: Label | None
    stops: bool
    perhaps: bool


class _Fields(NamedTuple):
    """What a request says, by meaning; the labels that stand there; whether the flag against machines does."""

    values: dict[str, str]
    seen: frozenset[str]
    no_ai: bool


def read_labelled(lines: Sequence[Line], first: int, last: int) -> list[Draft]:
    """The labelled requests in these lines, in their order; none when there is no `Summary:` with fields around it."""
    rows = [_row(line.words) for line in lines[first:last]]
    starts = _starts(rows)
    found: list[Draft] = []
    richest = 0
    for index, (start, number) in enumerate(starts[:MOST]):
        end = _end(rows, start, starts[index + 1][0] if index + 1 < len(starts) else len(rows))
        fields = _fields(rows[start:end])
        service = "sos" if fields.seen & {"deadline_date", "deadline_zone"} else "haro"
        stop = trimmed(lines, first + start, first + end)
        found.append(drafted(service, first + start, stop, number, fields.values, no_ai=fields.no_ai))
        richest = max(richest, len(fields.seen & _SURE))
    return found if richest >= 3 else []


def _row(words: str) -> _Row:
    if not words:
        return _Row("", None, stops=False, perhaps=False)
    label = label_of(words)
    known = label is not None and label.means is not None
    return _Row(words, label, ends(words), rules(words) or (not known and foots(words)))


def _starts(rows: Sequence[_Row]) -> list[tuple[int, str]]:
    """Where each request begins, with its ordinal. A summary without other labels is a word in somebody's text."""
    found: list[tuple[int, str]] = []
    inside = summarised = False
    floor = -1  # the last line that belongs to what came before
    for at, row in enumerate(rows):
        label = row.label
        if row.stops:
            inside, floor = False, at
        elif label is None or label.means is None:
            continue
        elif label.means == "summary":
            if inside and not summarised and not label.number:
                summarised = True
            elif _fields_follow(rows, at) >= (1 if label.number else 2):
                start, number = _opened(rows, at, floor, inside=inside)
                found.append((start, label.number or number))
                inside, summarised, floor = True, True, at
        elif label.number and (not inside or label.value) and _summary_follows(rows, at):
            found.append((at, label.number))
            inside, summarised, floor = True, False, at
    return found


def _opened(rows: Sequence[_Row], at: int, floor: int, *, inside: bool) -> tuple[int, str]:
    """The first line of a request whose summary stands at `at`, and the ordinal above it.

    An ordinal alone may stand above; other labels too, unless they would be taken from the request before.
    """
    start, number = at, ""
    for above in range(at - 1, max(floor, at - _NEAR), -1):
        row = rows[above]
        alone = ordinal_of(row.words)
        if alone:
            return above, alone
        if row.words and (inside or row.label is None or row.label.means is None):
            break
        if row.label is not None:
            start, number = above, row.label.number or number
    return start, number


def _fields_follow(rows: Sequence[_Row], at: int) -> int:
    """How many other labels stand below a summary, or just above it, before the request ends or another begins."""
    seen: set[str] = set()
    for row in rows[at + 1 : at + 2 * _NEAR]:
        if row.stops or (row.label is not None and row.label.means == "summary"):
            break
        if row.label is not None and row.label.means in _SURE:
            seen.add(row.label.means)
    if len(seen) < 2:
        for row in reversed(rows[max(0, at - _NEAR) : at]):
            if row.words and (row.label is None or row.label.means is None):
                break
            if row.label is not None and row.label.means in _SURE:
                seen.add(row.label.means)
    return len(seen)


def _summary_follows(rows: Sequence[_Row], at: int) -> bool:
    """Whether the summary of a request that begins with another label stands near."""
    for row in rows[at + 1 : at + _NEAR]:
        if row.stops:
            return False
        if row.label is not None and row.label.means == "summary":
            return not row.label.number
    return False


def _end(rows: Sequence[_Row], start: int, until: int) -> int:
    """The line after a request that begins at `start`, before the next one.

    `Back to Top` and long rules end it. Short rules and lines as of a footer do so only where no `Back to Top` follows.
    """
    weak = until
    for at in range(start, until):
        if rows[at].stops:
            return at if weak == until or tops(rows[at].words) else weak
        if rows[at].perhaps and weak == until:
            weak = at
    return weak


def _fields(rows: Sequence[_Row]) -> _Fields:
    values: dict[str, list[str]] = {}
    loose: list[str] = []
    seen: set[str] = set()
    current, text, no_ai = "", "", False
    for row in rows:
        label = row.label
        if row.words and flags_no_ai(row.words):
            no_ai = True
        elif label is not None and _counts(label, text, seen):
            current = label.means or ""
            seen.add(current)
            text = current if current in TEXTS else text
            values[current] = [label.value]
            if label.means is None:
                loose.append(row.words)
        elif text and (current in TEXTS or not current or values[current][0]):
            current = text
            values[text].append(row.words)
        elif row.words and (not current or (label is not None and label.means is not None)):
            loose.append(row.words)
        elif row.words:
            values[current].append(row.words)
        elif current and any(values[current]):
            current = ""  # a blank line ends a value, once there is one
            loose.append("")
    found = {name: paragraphs(value) for name, value in values.items()}
    if not found.get("query"):
        found["query"] = paragraphs(loose)
    return _Fields(found, frozenset(seen), no_ai)


def _counts(label: Label, text: str, seen: set[str]) -> bool:
    """Whether a label is one of the request's own, and not a word in the journalist's text.

    Before the text every label counts, also one that is not known: it ends the value before it. In the text it must
    be one that is still missing, with a value such as it has.
    """
    means = label.means
    if not text:
        return len(label.word.split()) <= 4 if not means else means not in seen
    if not means or means in seen:
        return False
    if means in TEXTS:
        return True
    if means == "email":
        return bool(address_in(label.value))
    if means in {"deadline", "deadline_date"}:
        return any(letter.isdigit() for letter in label.value)
    return 0 < len(label.value) <= 80 and not label.value.endswith("?")
