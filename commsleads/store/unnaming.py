"""Names, addresses and numbers of people who are erased, taken out of editions, alerts and notes.

An edition is otherwise kept as it was told; where a name stood, “erased” stands. A name of one word is left, for it may
be a word of many. Which editions have other words now is kept, so that their files are written again; what went out by
mail is out of reach.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from commsleads.store import meta
from commsleads.store.engine import Session

ERASED = "[erased]"
_BLANK = r"(?:\s|\\n|&nbsp;|~){1,12}"
_SIGN = r"(?:\\{0,2}%s|&\#?\w{1,8};|\\u\{?\w{1,6}\}?)"


class Place(NamedTuple):
    """Columns of a table in which somebody may be named; `where` says in which of its rows."""

    table: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    where: str = ""


CHANGED = "editions_changed"
"""The name in `meta` of the editions whose files hold older words."""
_PAGES = ("subject", "text", "markdown", "html", "printed")
EDITIONS = (
    Place("reports", ("name", "period"), ("data", *_PAGES)),
    Place("report_versions", ("name", "period", "audience"), _PAGES),
    Place("report_files", ("name", "period", "file"), ("about",)),
)
ALERTS = Place("alerts", ("id",), ("title", "text", "settled_why"))
NOTES = (
    Place("codings", ("id",), ("why",)),
    Place("removals", ("story_id", "watch_id", "number"), ("why",)),
    Place("summaries", ("story_id", "number"), ("text",)),
    Place("report_stops", ("recipient", "name", "at"), ("why",)),
    Place("noted", ("id",), ("detail", "words")),  # who sent somebody else to us
    Place("touches", ("id", "version"), ("detail", "self_reported"), "WHERE evidence LIKE 'noted %'"),
)


def people(session: Session, words: Iterable[str]) -> int:
    """Take these names, addresses and numbers out of all that was told or noted; how many rows held one."""
    clean = _cleaner(dict.fromkeys(words, ERASED))
    return sum(_cleaned(session, place, clean) for place in (*EDITIONS, ALERTS, *NOTES)) if clean else 0


def enquiry(session: Session, ident: str, reference: str, words: Mapping[str, str]) -> int:
    """Put other words in the place of these in the editions and alerts that tell of one enquiry; how many rows."""
    clean = _cleaner(words)
    if clean is None:
        return 0
    told = {
        (name, period)
        for name, period, data in session.tuples("SELECT name, period, data FROM reports WHERE data <> ''")
        if reference in data
    }
    done = sum(_cleaned(session, place, clean, told) for place in EDITIONS) if told else 0
    about = {(one,) for (one,) in session.tuples("SELECT id FROM alerts WHERE subject = ?", (ident,))}
    return done + (_cleaned(session, ALERTS, clean, about) if about else 0)


def editions(session: Session) -> list[tuple[str, str]]:
    """The editions (name, period) that have other words than their files."""
    kept = meta.get(session, CHANGED)
    return [(name, period) for name, period in json.loads(kept)] if kept else []


def written(session: Session, done: Collection[tuple[str, str]]) -> None:
    """The files of these have the words that are kept."""
    with session.atomic():
        left = [one for one in editions(session) if one not in done]
        meta.put(session, CHANGED, json.dumps(left) if left else "")


def _cleaned(
    session: Session, place: Place, clean: Callable[[str], str], among: Collection[tuple[str, ...]] | None = None
) -> int:
    table, key, columns, which = place
    changed = []
    for row in session.tuples(f"SELECT {', '.join((*key, *columns))} FROM {table} {which}"):
        ident, cells = row[: len(key)], row[len(key) :]
        # Those of one edition begin with its name and period, whatever tells them apart.
        if among is not None and ident not in among and ident[:2] not in among:
            continue
        made = tuple(map(clean, cells))
        if made != tuple(cells):
            changed.append((*made, *ident))
    if changed and place in EDITIONS:
        told = {tuple(row[len(columns) : len(columns) + 2]) for row in changed}
        meta.put(session, CHANGED, json.dumps(sorted({*editions(session), *told})))
    given, where = (f"{' = ?, '.join(columns)} = ?"), " AND ".join(f"{name} = ?" for name in key)
    session.many(f"UPDATE {table} SET {given} WHERE {where}", changed)
    return len(changed)


class _Known(NamedTuple):
    """What to look for quickly, what then finds it, and what stands in its place."""

    mark: str
    pattern: re.Pattern[str]
    instead: str


def _cleaner(words: Mapping[str, str]) -> Callable[[str], str] | None:
    """What puts other words in the place of these, however a page has written and broken them; None for no words."""
    known = {" ".join(word.split()): instead for word, instead in words.items() if _tells(word)}
    if not known:
        return None
    # The longest part of each is looked for first: nearly all texts hold none of them.
    found = [
        _Known(_mark(word), _pattern(word), instead.replace("\\", "\\\\"))
        for word, instead in sorted(known.items(), key=lambda pair: (-len(pair[0]), pair))
    ]

    def clean(told: str) -> str:
        text, low = told, told.casefold()
        # Numbers are looked for without what people write between their digits.
        bare = low
        for sign in " ./()-" if any(one.mark.isdecimal() for one in found) else "":
            bare = bare.replace(sign, "")
        for one in found:
            if one.mark in (bare if one.mark.isdecimal() else low):
                text = one.pattern.sub(one.instead, text)
        return text

    return clean


def _mark(word: str) -> str:
    """What stands in every text that holds a word, however it is written: of a number its last digits."""
    if digits := _digits(word):
        return digits[-9:]
    parts: list[str] = re.findall(r"[^\W_]+", word.partition("@")[0])
    return max(parts, key=len, default=word).casefold()


def _digits(word: str) -> str:
    """The digits of a number, '' for what is none."""
    found = re.sub(r"[\s./()+-]", "", word)
    return found if found.isdecimal() else ""


def _tells(word: str) -> bool:
    """Whether a word is of one person: a name of several words, an address, a number."""
    digits = sum(letter.isdigit() for letter in word)
    if digits > 5 and digits > len(word) // 2:
        return True
    return len(re.findall(r"\w+", word)) > 1 and (digits == 0 or digits > 5 or "@" in word or len(word) > 12)


def _pattern(word: str) -> re.Pattern[str]:
    """What finds a word as HTML, JSON, Markdown or Typst may write it, on one line or two."""
    if digits := _digits(word):  # people write it with blanks, and with the code of a country or without
        return re.compile(r"[ ./()-]{0,3}".join(digits[-9:]) + r"(?!\d)")
    parts = ("".join(one if one.isalnum() else _SIGN % re.escape(one) for one in part) for part in word.split(" "))
    return re.compile(rf"(?<!\w){_BLANK.join(parts)}(?!\w)", re.IGNORECASE)
