"""Which story a signal tells: *pickup*, the same text in several places. Never *same event*.

Two steps. `prints` gives a few numbers by which copies find each other among everything of the last days; whoever
shares one is only a candidate. `decide` then compares texts and says which story the newcomer joins, and why.
What the constants rest on, with figures: `docs/pickups.md`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

WINDOW = 72 * 3600 * 1_000_000
"""Microseconds that may lie between two copies. Wire copy is taken within three days; series return weekly."""

THRESHOLD = 600
"""Permille of the shorter text's word triples that both must hold to be the same text."""

MAYBE = 400
"""Permille from which two texts do not contradict the same headline; below they are different texts."""

LEAST_WORDS = 48
"""Words below which a text is too short to be known again by itself."""

TELLING = 5
"""Words a headline must have before it may join copies that have no text to compare."""


class Version(NamedTuple):
    """A signal as it first was, for comparing: title and text folded, arrival in microseconds since 1970.

    `domain` is the registrable domain of the address, or "" when there is none.
    """

    id: str
    story_id: str
    source_id: str
    domain: str
    canonical_url: str
    title: str
    text: str
    arrival: int


class Pickup(NamedTuple):
    """The story that a newcomer joins, why in words for a person, and how sure in permille."""

    story_id: str
    why: str
    permille: int


# --- candidates ----------------------------------------------------------------------------------------------------

# A print is its kind and 32 bits of checksum: the same in every process, version and machine.
_ADDRESS, _TITLE, _TEXT = 1 << 32, 2 << 32, 3 << 32

# Samples begin behind a rare letter, wherever it stands, so an edit disturbs only the samples it touches; splitting
# at one letter is the cheapest scan there is. Characters of scripts without spaces say more, so less is sampled.
_LETTERS = "pb"
_OTHER_LETTERS = "пбπβپبבप"
_CHARACTERS = "的一のに이다กค"
_LEAD = 400  # characters: excerpts keep the lead, cuts and new bylines leave the rest
_SAMPLES = 3  # of each; 4 find 0.4 % more copies and cost a third more rows


def prints(canonical_url: str, title: str, text: str) -> list[int]:
    """The numbers by which copies of a signal find it: its address, its headline, up to six samples of its text.

    Title and text come folded. A short headline and a text below `LEAST_WORDS` give none.
    """
    found = []
    if canonical_url:
        found.append(_ADDRESS | crc32(canonical_url.encode()))
    words = _headline(title)
    if len(words) >= TELLING:
        found.append(_TITLE | crc32(b" ".join(words)))
    if text.count(" ") >= LEAST_WORDS - 1 or _unspaced(text):
        lead, rest = _samples(text[:_LEAD]), _samples(text[_LEAD:])
        for sample in {*lead[:_SAMPLES], *rest[:_SAMPLES]}:
            found.append(_TEXT | sample)  # noqa: PERF401  # a comprehension is slower for so few
    return found


def _samples(text: str) -> list[int]:
    """Checksums of what stands behind the rare letters, smallest first."""
    pieces = []
    for letter in _LETTERS:
        pieces += text.split(letter)[1:]
    found = [crc32(piece[:32].encode()) for piece in pieces if len(piece) >= 16]
    if not text.isascii():
        for letter in _OTHER_LETTERS:
            found += [crc32(piece[:32].encode()) for piece in text.split(letter)[1:] if len(piece) >= 16]
        for letter in _CHARACTERS:
            found += [crc32(piece[:12].encode()) for piece in text.split(letter)[1:] if len(piece) >= 6]
    found.sort()
    return found


_PUNCTUATION = b"\"'`.,;!?()[]{}<>*#"
_SPACING = bytes.maketrans(b"-/|:_=+&", b"        ")
_TAIL = re.compile(r"\s(?:-|\||::|·|•|»)\s")
_LONGEST_TAIL = 5
# What agencies and portals put before a headline when they send it once more.
_FLAGS = frozenset({
    b"update", b"updated", b"refile", b"rpt", b"corrected", b"correction", b"wrapup", b"exclusive", b"breaking", b"watch",
    b"video", b"photos", b"live",
})  # fmt: skip


def _headline(title: str) -> list[bytes]:
    """The words of a headline, without the outlet behind a dash or bar that search feeds add, and without flags."""
    if " - " in title or " | " in title or not title.isascii():
        parts = _TAIL.split(title)
        while (
            len(parts) > 1
            and parts[-1].count(" ") < _LONGEST_TAIL
            and sum(map(len, map(str.split, parts[:-1]))) >= TELLING
        ):
            parts.pop()
        title = " ".join(parts)
    words = title.encode().translate(_SPACING, _PUNCTUATION).split()
    if words and words[0] in _FLAGS:
        del words[: 2 if len(words) > 1 and words[1].isdigit() else 1]
    return words


# --- the decision --------------------------------------------------------------------------------------------------


def decide(new: Version, candidates: Sequence[Version]) -> Pickup | None:
    """The story that `new` joins, or None when it is a story of its own.

    The surest candidate wins; of equals the one that came first. Two stories are never joined into one, and a
    candidate that came more than `WINDOW` before or after does not count.
    """
    best: tuple[int, int, str] | None = None
    pickup: Pickup | None = None
    mine: frozenset[str] | None = None
    for old in candidates:
        if old.id == new.id or abs(new.arrival - old.arrival) > WINDOW:
            continue
        if mine is None:
            mine = _triples(new.text)
        verdict = _compare(new, old, mine)
        if verdict is not None:
            rank = (-verdict.permille, old.arrival, old.id)
            if best is None or rank < best:
                best, pickup = rank, verdict
    return pickup


def _compare(new: Version, old: Version, mine: frozenset[str]) -> Pickup | None:
    if _series(new.title, old.title):
        return None
    headline = _headline(new.title)
    same_headline = headline == _headline(old.title)
    same_address = bool(new.canonical_url) and new.canonical_url == old.canonical_url and not _front(new.canonical_url)
    apart = new.domain != old.domain if new.domain and old.domain else new.source_id != old.source_id
    if same_address and (new.source_id != old.source_id or same_headline):
        return Pickup(old.story_id, "same address", 1000)
    if not (apart or same_address or (same_headline and new.source_id != old.source_id)):
        return None
    shared = _shared(mine, _triples(old.text))
    where = old.domain or "another source"
    if shared is not None and shared >= THRESHOLD:
        return Pickup(old.story_id, f"same text: {shared // 10} % shared with {where}", shared)
    if not (same_headline and apart and len(headline) >= TELLING):
        return None
    if shared is None:
        return Pickup(old.story_id, f"same headline as at {where}, no text to compare", MAYBE)
    if shared >= MAYBE:
        return Pickup(old.story_id, f"same headline as at {where}, {shared // 10} % of the text shared", shared)
    return None


def _triples(text: str) -> frozenset[str]:
    """Three words (or characters of a script without spaces) in a row; none when the text is too short to say."""
    words = list(text.replace(" ", "")) if _unspaced(text) else text.split(" ")
    if len(words) < LEAST_WORDS:
        return frozenset()
    return frozenset(map(" ".join, zip(words, words[1:], words[2:], strict=False)))


def _unspaced(text: str) -> bool:
    """Whether it is a text of some length in a script without spaces: few blanks among many characters."""
    return not text.isascii() and len(text) >= 3 * LEAST_WORDS and len(text) > 12 * (text.count(" ") + 1)


def _shared(one: frozenset[str], other: frozenset[str]) -> int | None:
    """Permille of the smaller set that both hold; None when one text is too short to say."""
    if not one or not other:
        return None
    return 1000 * len(one & other) // min(len(one), len(other))


def _front(canonical_url: str) -> bool:
    """Whether it is the front page of a host: careless feeds give it as the address of every entry."""
    return canonical_url.endswith("/") and canonical_url.count("/") == 3


_DIGITS = re.compile(r"\d+")


def _series(one: str, other: str) -> bool:
    """Whether two headlines differ in their numbers only: issues of a series, and not copies."""
    return one != other and _DIGITS.sub("0", one) == _DIGITS.sub("0", other)
