"""Which story a signal tells: *pickup*, the same text in several places. Never *same event*.

Two steps. `prints` gives a few numbers by which copies find each other among everything of the last days; whoever
shares one is only a candidate. `decide` then compares texts and says which story the newcomer joins, and why.
Figures behind the constants: `docs/pickups.md`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress, count
from typing import NamedTuple
from zlib import crc32

WINDOW = 72 * 3600 * 1_000_000
"""Microseconds: how far apart two copies may arrive. Kept from series (`Week notes`), which return weekly."""

THRESHOLD = 600
"""Permille of the shorter text's word triples that both must hold for the same text."""

MAYBE = 400
"""Permille from which texts do not contradict the same headline."""

LEAST_WORDS = 48
"""Words below which a text is too short to be known again by itself."""

TELLING = 5
"""Words a headline must have before it may join copies without a text."""


class Version(NamedTuple):
    """A signal as it first was, for comparing: title and text folded, arrival in microseconds since 1970."""

    id: str
    story_id: str
    source_id: str
    domain: str
    canonical_url: str
    title: str
    text: str
    arrival: int


class Pickup(NamedTuple):
    """The story that a newcomer joins, why in a sentence, and how sure in permille."""

    story_id: str
    why: str
    permille: int


_ADDRESS, _TITLE, _TEXT = 1 << 32, 2 << 32, 3 << 32
_WORDS_KEPT = 200_000
_LEAD = 64
_KEYS = 3
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]+")
_TAIL = re.compile(r"\s(?:-|\||::|·|•)\s")


class _Anchors(dict[str, bool]):
    """Which words begin a sample: one in eight of those with four letters or more. Remembered, for words return."""

    def __missing__(self, word: str) -> bool:
        if len(self) >= _WORDS_KEPT:
            self.clear()
        chosen = self[word] = len(word) >= 4 and crc32(word.encode()) & 7 == 0
        return chosen


_anchor = _Anchors().__getitem__


def prints(canonical_url: str, title: str, text: str) -> list[int]:
    """The numbers by which copies of a signal find it: its address, its headline, six samples of its text.

    Title and text come folded. The same in every process and version; each fits 63 bits.
    """
    found = []
    if canonical_url:
        found.append(_ADDRESS | crc32(canonical_url.encode()))
    headline = _headline(title)
    if headline.count(" ") >= TELLING - 1:
        found.append(_TITLE | crc32(headline.encode()))
    words = text.split(" ")
    if len(words) >= LEAST_WORDS:
        found += _samples(words)
    return found


def _samples(words: list[str]) -> list[int]:
    """Word-anchored samples: the smallest of the lead (what excerpts keep) and of the whole (what cuts leave)."""
    lead: list[int] = []
    rest: list[int] = []
    for at in compress(count(), map(_anchor, words)):
        key = _TEXT | crc32(" ".join(words[at : at + 4]).encode())
        (lead if at < _LEAD else rest).append(key)
    lead.sort()
    rest.sort()
    return list({*lead[:_KEYS], *rest[:_KEYS]})


def _headline(title: str) -> str:
    """The words of a headline, without the outlet that search feeds add behind a dash or bar."""
    parts = _TAIL.split(title)
    while len(parts) > 1 and len(parts[-1].split()) <= 5:
        parts.pop()
    return " ".join(_WORD.findall(" ".join(parts)))


def decide(new: Version, candidates: Sequence[Version]) -> Pickup | None:
    """The story that `new` joins, or None when it is a story of its own.

    The best candidate wins; of equals the earliest. Two stories are never joined into one.
    """
    triples: set[str] | None = None
    best: tuple[int, int, str, Pickup] | None = None
    for old in candidates:
        if old.id == new.id or abs(new.arrival - old.arrival) > WINDOW:
            continue
        if triples is None:
            triples = _triples(new.text)
        verdict = _compare(new, old, triples)
        if verdict is not None:
            rank = (-verdict.permille, old.arrival, old.id, verdict)
            if best is None or rank[:3] < best[:3]:
                best = rank
    return best[3] if best else None


def _compare(new: Version, old: Version, triples: set[str]) -> Pickup | None:
    shared = _shared(triples, _triples(old.text))
    elsewhere = new.source_id != old.source_id or new.domain != old.domain
    same_title = _headline(new.title) == _headline(old.title)
    if new.canonical_url and new.canonical_url == old.canonical_url and not _is_front(new.canonical_url):
        if new.source_id != old.source_id or same_title or (shared or 0) >= THRESHOLD:
            return Pickup(old.story_id, "same address", 1000)
    if not elsewhere or _numbers_differ(new.title, old.title):
        return None
    if shared is not None and shared >= THRESHOLD:
        return Pickup(
            old.story_id, f"same text, {shared // 10} % shared with {old.domain or 'another source'}", min(shared, 999)
        )
    telling = _headline(new.title).count(" ") >= TELLING - 1
    if same_title and telling and new.domain != old.domain and (shared is None or shared >= MAYBE):
        if shared is None:
            return Pickup(
                old.story_id, f"same headline as at {old.domain or 'another source'}, no text to compare", 500
            )
        return Pickup(
            old.story_id,
            f"same headline, {shared // 10} % of the text shared with {old.domain or 'another source'}",
            shared,
        )
    return None


def _triples(text: str) -> set[str]:
    """Word triples of a text that is long enough, else nothing."""
    words = text.split(" ")
    if len(words) < LEAST_WORDS:
        return set()
    return set(map(" ".join, zip(words, words[1:], words[2:], strict=False)))


def _shared(one: set[str], other: set[str]) -> int | None:
    """Permille of the smaller set that both hold; None when one text is too short to say."""
    if not one or not other:
        return None
    return 1000 * len(one & other) // min(len(one), len(other))


def _is_front(canonical_url: str) -> bool:
    return canonical_url.endswith("/") and canonical_url.count("/") == 3


def _numbers_differ(one: str, other: str) -> bool:
    """Whether two headlines are the same but for their numbers: issues of a series."""
    if one == other:
        return False
    return _NUMBER.sub("0", one) == _NUMBER.sub("0", other)
