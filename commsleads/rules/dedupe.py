"""Which story a signal tells: *pickup*, the same text in several places. Never *same event*.

Two steps. `prints` gives a few numbers by which copies find each other among everything of the last days; whoever
shares one is only a candidate. `decide` then compares texts and says which story the newcomer joins, and why.
What the constants rest on, with figures: `docs/pickups.md`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
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

FEWEST_WORDS = 12
"""Words from which a text, too short to be known again, can still contradict the same headline."""

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
# A headline's kind says whether a text stands behind it that can be compared (`_HEADLINE`) or not (`_TITLE`).
_ADDRESS, _TITLE, _TEXT, _HEADLINE = 1 << 32, 2 << 32, 3 << 32, 4 << 32
_OTHER = _TITLE ^ _HEADLINE

MET = 2
"""How many samples (or a sample and the headline) two texts must share to be worth comparing."""

# One sample a sentence, so that a sentence which two texts both quote is one sample and not a meeting (`MET`). It
# begins behind the sentence's first rare letter, so that what a desk puts in front of it does not move it. Texts
# without sentences are sampled behind every rare letter; characters of scripts without spaces say more.
_SENTENCE, _SAMPLE, _LONG = 36, 20, 150  # characters: the shortest sentence, a sample, a sentence worth two samples
_LETTERS = "pb"
_OTHER_LETTERS = "пбπβپבبप"
_CHARACTERS = "的一のに이다กค"
_LEAD = 320  # characters: excerpts keep the lead, cuts and new bylines leave the rest
_SAMPLES = 5  # of each: 4 find 0.4 % fewer copies, 6 find 0.1 % more


def prints(canonical_url: str, title: str, text: str) -> list[int]:
    """The numbers by which copies of a signal find it: its address, its headline, up to ten samples of its text.

    Title and text come folded. A short headline and a text below `LEAST_WORDS` give none.
    """
    found = []
    if canonical_url:
        found.append(_ADDRESS | crc32(canonical_url.encode()))
    words = _headline(title)
    unspaced = _unspaced(text)
    known = unspaced or text.count(" ") >= LEAST_WORDS - 1
    if len(words) >= TELLING:
        found.append((_HEADLINE if known else _TITLE) | crc32(b" ".join(words)))
    if known:
        pick = _scattered if unspaced else _by_sentence
        lead, rest = sorted(pick(text[:_LEAD])), sorted(pick(text[_LEAD:]))
        for sample in {*lead[:_SAMPLES], *rest[:_SAMPLES]}:
            found.append(_TEXT | sample)  # noqa: PERF401  # a comprehension is slower for so few
    return found


def other_headlines(marks: Iterable[int]) -> list[int]:
    """The prints of the same headlines above the other kind of text: to be looked for as well, never kept."""
    return [mark ^ _OTHER for mark in marks if mark >= _HEADLINE or _TITLE <= mark < _TEXT]


def sought(marks: Collection[int]) -> tuple[list[int], list[int]]:
    """What to look for to find the copies of a signal with these prints: what is enough to compare, and what is half.

    An address is enough, of text samples it takes two: one sentence that everybody quotes gives one, and copies share
    most of theirs. A headline is enough when one side has no text to speak of; where both have, it is worth as much as
    a sample, since texts that share a headline and not one sample are different texts.
    """
    whole = [mark for mark in marks if mark < _TEXT]
    return whole + other_headlines(marks), [mark for mark in marks if mark >= _TEXT]


def _by_sentence(text: str) -> list[int]:
    """Samples of the sentences of a text: an edit in one sentence does not move those of another."""
    if text.count(". ") * 400 < len(text) - 400:  # a list, or verse: nothing to tell sentences by
        return _scattered(text)
    found = []
    for sentence in text.split(". "):
        rest = sentence
        while len(rest) >= _SENTENCE:
            begin = rest.find("p")
            if begin < 0 or len(rest) - begin < _SAMPLE:
                begin = rest.find("b")
                if len(rest) - begin < _SAMPLE:
                    begin = -1
            found.append(crc32(rest[begin + 1 : begin + 1 + _SAMPLE].encode()))
            rest = rest[_LONG - 60 :] if len(rest) > _LONG else ""
    return found


def _scattered(text: str) -> list[int]:
    """Samples of a text whose sentences cannot be told: behind every rare letter."""
    pieces = []
    for letter in _LETTERS:
        pieces += text.split(letter)[1:]
    found = [crc32(piece[:32].encode()) for piece in pieces if len(piece) >= 16]
    if not text.isascii():
        for letter in _OTHER_LETTERS:
            found += [crc32(piece[:32].encode()) for piece in text.split(letter)[1:] if len(piece) >= 16]
        for letter in _CHARACTERS:
            found += [crc32(piece[:12].encode()) for piece in text.split(letter)[1:] if len(piece) >= 6]
    return found


_PUNCTUATION = b"\"'`.,;!?()[]{}<>*#"
_SPACING = bytes.maketrans(b"-/|:_=+&", b"        ")
_TAIL = re.compile(r"\s(?:-|\||::|·|•|»)\s")
_LONGEST_TAIL = 5
# What agencies and portals put before a headline when they send it once more.
_FLAGS = frozenset({
    b"update", b"updated", b"refile", b"rpt", b"corrected", b"correction", b"wrapup", b"exclusive", b"breaking",
    b"watch", b"video", b"photos", b"live",
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
    for old in candidates:
        if old.id == new.id or abs(new.arrival - old.arrival) > WINDOW or _series(new.title, old.title):
            continue
        verdict = _compare(new, old)
        if verdict is not None:
            rank = (-verdict.permille, old.arrival, old.id)
            if best is None or rank < best:
                best, pickup = rank, verdict
    return pickup


def _compare(new: Version, old: Version) -> Pickup | None:
    headline = _headline(new.title)
    same_headline = headline == _headline(old.title)
    same_address = bool(new.canonical_url) and new.canonical_url == old.canonical_url and not _front(new.canonical_url)
    other_source = new.source_id != old.source_id
    apart = new.domain != old.domain if new.domain and old.domain else other_source
    if same_address and (other_source or same_headline):
        return Pickup(old.story_id, "same address", 1000)
    # One site's texts are much alike (columns, series), so there the headline must be the same as well.
    if not (apart or same_address or (same_headline and other_source)):
        return None
    if not same_headline and _strange(new.text, old.text):
        return None
    one, other = _triples(new.text), _triples(old.text)
    shared = _shared(one, other)
    where = old.domain or "another source"
    if shared is not None and shared >= THRESHOLD and min(len(one), len(other)) >= LEAST_WORDS - 2:
        return Pickup(old.story_id, f"same text: {shared // 10} % shared with {where}", shared)
    if not (same_headline and apart and len(headline) >= TELLING):
        return None
    if shared is None or _repeats(new) or _repeats(old):
        return Pickup(old.story_id, f"same headline as at {where}, no text to compare", MAYBE)
    if shared < MAYBE:
        return None
    return Pickup(old.story_id, f"same headline as at {where}, {shared // 10} % of the text shared", shared)


_PROBES, _HITS, _PROBE = 12, 4, 20


def _strange(one: str, other: str) -> bool:
    """Whether a quick look says that two texts are not the same: of twelve pieces of the shorter fewer than four
    stand in the longer. Of copies that share 60 % one in a hundred is taken for strange, of those that share 80 %
    none; it costs a tenth of comparing.
    """
    if len(one) > len(other):
        one, other = other, one
    step = max(1, (len(one) - _PROBE) // _PROBES)
    hits = 0
    for start in range(0, step * _PROBES, step):
        if one[start : start + _PROBE] in other:
            hits += 1
            if hits == _HITS:
                return False
    return True


@lru_cache(maxsize=8)
def _triples(text: str) -> frozenset[str]:
    """Three words (or characters of a script without spaces) in a row; none when there is next to no text."""
    words = list(text.replace(" ", "")) if _unspaced(text) else text.split(" ")
    if len(words) < FEWEST_WORDS:
        return frozenset()
    return frozenset(map(" ".join, zip(words, words[1:], words[2:], strict=False)))


def _repeats(version: Version) -> bool:
    """Whether a short text only says the headline again, as those of search feeds do."""
    words = version.text.count(" ") + 1
    return words < LEAST_WORDS and _headline(version.text)[:TELLING] == _headline(version.title)[:TELLING]


def _unspaced(text: str) -> bool:
    """Whether it is a text of some length in a script without spaces: few blanks among many characters."""
    return not text.isascii() and len(text) >= 3 * LEAST_WORDS and len(text) > 12 * (text.count(" ") + 1)


def _shared(one: frozenset[str], other: frozenset[str]) -> int | None:
    """Permille of the smaller set that both hold; None when one side has next to no text."""
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
