"""Before sign-off: the nearest past statements, and the numbers and dates in which a draft conflicts with them.

A conflict is shown to a person, who decides; so it is better to miss one than to cry wolf. Two figures conflict when
they count the same noun (or are a share or a sum in a sentence about the same), differ by more than rounding, and
nothing else in their sentences says that they are of different things: another place or person by name, another year,
jobs created and jobs cut. Dates conflict when the same thing happens to the same subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log, sqrt
from typing import NamedTuple
from zoneinfo import ZoneInfo

from commsleads.rules.desk.amounts import WIDE, Amount, agree, amounts, decimal_comma
from commsleads.rules.desk.datings import Dating, contradict, datings, events, tells
from commsleads.rules.desk.stems import Sentence, sentences, stem, stems_listed, stems_of, words_of
from commsleads.text import fold

STALE = timedelta(days=300)
"""A date without a year that was said longer ago than this was of another year."""

FAR_APART = 4
"""Figures that differ by more than this factor are mostly of different things: more words must agree."""

_COMPARED = 5_000
"""Characters of a statement by which it is found to be near."""

_MOST = 50
"""Conflicts that are shown."""

# Words that stand with figures of every kind.
_GENERAL = stems_listed("""
rise rises rose risen fall falls fell fallen grow grew grown increase increased decrease decreased drop dropped cut
cost costs spend spent spending total amount worth value figure number average share rate budget percent price
employ affect affected steigen stieg gestiegen sinken sank gesunken wachsen kosten kostet betragen beträgt gesamt
anteil zahl betrag summe wert monter baisser augmenter augmenté diminuer coûter coûte montant total part nombre
somme valeur subir aumentar aumentó bajar crecer costar cuesta coste total parte número importe valor million
millions millionen millones euro euros pounds dollars prozent
""")  # fmt: skip
_GAIN = re.compile(
    r"\b(?:creat|add(?:s|ed|ing)?\b|hir(?:e|es|ed|ing)\b|recruit|gain|schaff|geschaffen|einstell|eingestellt"
    r"|cré(?:e|é|a|o)|embauch|recrut|crea(?:r|rá|mos|n|ndo)|contrat)", re.IGNORECASE
)  # fmt: skip
_LOSS = re.compile(
    r"\b(?:cuts?\b|cutting|axe|shed|los(?:e|es|ing|t|s|ses)\b|redundan|laid off|lay off|layoffs?|at risk|dismiss|abbau"
    r"|streich|gestrichen|abgebaut|entlass|wegfall|supprim|licenci|perd|recort|suprim|elimin|despid|despedi)",
    re.IGNORECASE,
)  # fmt: skip
_PRONOUN = re.compile(
    r"\s*[\"“„«]?(?:it|they|he|she|this|these|es|sie|er|dies|il|elle|ils|elles|ce|ella|ellos|esto)\b", re.IGNORECASE
)
_A_YEAR = re.compile(r"(?<![\w.,£€$-])(?:19|20)\d\d(?![\w%-]|[.,]\d)")
_NAME = re.compile(r"(?<=[a-zà-ÿ,;)] )[A-ZÀ-Þ][\w’'-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Something that was said: an answer, a line to take, a release. `reference` is that of the enquiry, if any."""

    id: str
    at: datetime
    text: str
    topic: str = ""
    reference: str = ""


class Near(NamedTuple):
    """A past statement, how alike it is to the draft (permille), and the rarest words that both share."""

    statement: Statement
    permille: int
    shared: tuple[str, ...]


class Conflict(NamedTuple):
    """A number or date of the draft (`draft_start` to `draft_end`) and the one of a past statement, with a sentence."""

    kind: str
    statement: str
    reference: str
    draft_words: str
    past_words: str
    draft_start: int
    draft_end: int
    past_start: int
    past_end: int
    why: str


class _Said(NamedTuple):
    """A sentence as it is compared: whom it is about, what happens, which names and years stand in it."""

    words: frozenset[str]
    events: frozenset[str]
    names: frozenset[str]
    years: frozenset[int]
    months: frozenset[int]
    course: str
    figures: tuple[Amount, ...]
    dates: tuple[Dating, ...]


def nearest(draft: str, past: Sequence[Statement], n: int = 5) -> list[Near]:
    """The past statements most like the draft, the likest first: by shared words, the rarer among `past` the weightier.

    Cosine similarity of the sets of words with weights log(1 + N / n) (N statements, n of them with the word). What
    shares fewer than two words is not near. The store has chosen the candidates by full-text search.
    """
    sets = [stems_of(f"{one.topic} {one.text[:_COMPARED]}") for one in past]
    mine = stems_of(draft[:_COMPARED])
    counts: dict[str, int] = {}
    for words in sets:
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    weights = {word: log(1 + (len(past) or 1) / counts.get(word, 1)) for word in counts.keys() | mine}
    length = sqrt(sum(weights[word] ** 2 for word in mine))
    found: list[Near] = []
    for one, words in zip(past, sets, strict=True):
        both = words & mine
        if len(both) < 2:
            continue
        cosine = sum(weights[word] ** 2 for word in both) / (length * sqrt(sum(weights[word] ** 2 for word in words)))
        rarest = sorted(both, key=lambda word: (-weights[word], word))[:5]
        found.append(Near(one, round(cosine * 1000), tuple(rarest)))
    return sorted(found, key=lambda near: (-near.permille, -near.statement.at.timestamp(), near.statement.id))[:n]


def compare(
    draft: str, past: Sequence[Statement], *, now: datetime | None = None, zone: ZoneInfo | None = None
) -> list[Conflict]:
    """The conflicts of a draft with past statements, in the order of the draft, the newest statement first.

    `now` dates the draft: dates without a year are not held against statements of another year. Days are of `zone`.
    """
    mine = _read(draft, "")
    found: list[Conflict] = []
    for one in sorted(past, key=lambda one: one.at, reverse=True):
        theirs = _read(one.text, one.topic)
        what = _named(one, now, zone)
        stale = now is not None and now - one.at > STALE
        for here in mine:
            found.extend(_figures(here, mine, theirs, one, what))
            found.extend(_dates(here, theirs, one, what, stale=stale))
        if len(found) >= _MOST:
            break
    return sorted(found[:_MOST], key=lambda conflict: conflict.draft_start)


def _figures(here: _Said, mine: Sequence[_Said], theirs: Sequence[_Said], one: Statement, what: str) -> list[Conflict]:
    found: list[Conflict] = []
    for figure in here.figures:
        like = [
            (there, other) for there in theirs for other in there.figures if _same_thing(here, figure, there, other)
        ]
        if not like or any(agree(figure, other) for _, other in like):
            continue
        # What another figure of the draft agrees with is that one's.
        pairs = [(said, third) for said in mine for third in said.figures]
        free = [
            other
            for there, other in like
            if not any(agree(third, other) and _same_thing(said, third, there, other) for said, third in pairs)
        ]
        if free:
            found.append(_conflict("number", figure, free[0], one, what))
    return found


def _dates(here: _Said, theirs: Sequence[_Said], one: Statement, what: str, *, stale: bool) -> list[Conflict]:
    found: list[Conflict] = []
    events_there = [there for there in theirs if there.dates and _same_event(here, there)] if here.dates else []
    for mine in here.dates:
        like = [
            other
            for there in events_there
            for other in there.dates
            if mine.since == other.since and not (stale and not (mine.year and other.year))
        ]
        if not like or not all(contradict(mine, other) for other in like):
            continue
        free = [other for other in like if all(contradict(third, other) for third in here.dates)]
        if free:
            found.append(_conflict("date", mine, free[0], one, what))
    return found


def _same_thing(here: _Said, figure: Amount, there: _Said, other: Amount) -> bool:
    """Whether two figures are of one thing, as far as their words tell."""
    if figure.unit != other.unit or figure.whole != other.whole or _parts_apart(figure, other):
        return False
    if not _may_be_one(here, there) or {here.course, there.course} == {"gain", "loss"}:
        return False
    low, high = sorted((figure.value, other.value))
    far = high > FAR_APART * low
    if figure.unit:
        return _about_the_same(here.words, there.words) and (not far or len(here.words & there.words) >= 2)
    if not figure.nouns or not other.nouns or (far and not _about_the_same(here.words, there.words)):
        return False
    if figure.nouns[0] == other.nouns[0]:
        return figure.nouns[0] not in WIDE or _about_the_same(here.words - WIDE, there.words - WIDE)
    # An adjective stands before one of the two nouns.
    return figure.nouns[0] in other.nouns or other.nouns[0] in figure.nouns


def _parts_apart(one: Amount, two: Amount) -> bool:
    """Whether one is a part and the other rather the whole (`140 of the 900 posts`, and `910 posts`)."""
    for part, other in ((one, two), (two, one)):
        if part.of is not None and other.of is None and abs(other.value - part.value) >= abs(other.value - part.of):
            return True
    return False


def _about_the_same(one: frozenset[str], two: frozenset[str]) -> bool:
    return 2 * len(one & two) >= min(len(one), len(two)) > 0


def _same_event(here: _Said, there: _Said) -> bool:
    if not _may_be_one(here, there, dated=False):
        return False
    since = any(dating.since for dating in here.dates) and any(dating.since for dating in there.dates)
    both = here.events & there.events
    # `The breach was discovered`: what happens may be all that a sentence says.
    return len(both) >= 2 or (bool(both or since) and _about_the_same(here.words, there.words))


def _may_be_one(here: _Said, there: _Said, *, dated: bool = True) -> bool:
    """Whether neither names nor (with `dated`) years and months tell two sentences apart."""
    if _apart(here.names, there.names):
        return False
    return not dated or not (_apart(here.years, there.years) or _apart(here.months, there.months))


def _apart(one: frozenset[object], two: frozenset[object]) -> bool:
    return bool(one) and bool(two) and one.isdisjoint(two)


def _read(text: str, topic: str) -> list[_Said]:
    comma = decimal_comma(text)
    found: list[_Said] = []
    carried = stems_of(topic) - _GENERAL
    for sentence in sentences(text):
        figures, dates = amounts(text, sentence, comma=comma), datings(text, sentence)
        words = _subjects(text, sentence, figures, dates)
        if not words or _PRONOUN.match(text, sentence.start):
            words |= carried
        carried = words or carried
        if figures or dates:
            said = text[sentence.start : sentence.end]
            course = ("gain" if _GAIN.search(said) else "") + ("loss" if _LOSS.search(said) else "")
            dated = frozenset(stem(word) for one in dates for word in one.words.split())
            names = frozenset(stem(name) for name in _NAME.findall(said)) - dated
            years = frozenset(map(int, _A_YEAR.findall(said)))
            months = frozenset(one.month for one in dates if one.month)
            found.append(_Said(words, events(said), names, years, months, course, tuple(figures), tuple(dates)))
    return found


def _subjects(text: str, sentence: Sentence, figures: Sequence[Amount], dates: Sequence[Dating]) -> frozenset[str]:
    """What a sentence is about: its words without figures, dates and what merely happens."""
    spans = [(one.start, one.end) for one in figures] + [(one.start, one.end) for one in dates]
    return frozenset(
        word.stem
        for word in words_of(text, sentence.start, sentence.end)
        if word.carries and word.stem not in _GENERAL and not tells(fold(word.text))
        and not any(start <= word.start < end for start, end in spans)
    )  # fmt: skip


def _conflict(kind: str, mine: Amount | Dating, other: Amount | Dating, one: Statement, what: str) -> Conflict:
    why = f"This draft says {_shown(mine.words)}; {what} said {_shown(other.words)}."
    return Conflict(
        kind, one.id, one.reference, mine.words, other.words, mine.start, mine.end, other.start, other.end, why
    )


def _named(one: Statement, now: datetime | None, zone: ZoneInfo | None) -> str:
    """A past statement as a person would call it."""
    at = one.at.astimezone(zone) if zone else one.at
    day = f"{at.day} {at:%B}" + (f" {at.year}" if now is None or now.year != at.year else "")
    return f"the answer to {one.reference} of {day}" if one.reference else f"a statement of {day}"


def _shown(words: str) -> str:
    return " ".join(words.split())[:120]
