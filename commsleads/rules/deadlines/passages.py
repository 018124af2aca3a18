"""Finds the deadline in a whole mail: passages with a cue, weighed against each other.

A date is a deadline only where the words say so: after "deadline" or "I file at", or after "by" in a sentence that asks
for something. Every other date in a mail is what the mail is about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from commsleads.letters import Deadline
from commsleads.rules.deadlines.cues import Cues, cues
from commsleads.rules.deadlines.folding import fold
from commsleads.rules.deadlines.gathering import gather
from commsleads.rules.deadlines.grammar import Grammar, grammar
from commsleads.rules.deadlines.phrase import tongues
from commsleads.rules.deadlines.reckoning import Frame, reckon
from commsleads.rules.deadlines.said import Said
from commsleads.rules.deadlines.week import Week

LONGEST = 100_000
"""Characters of a mail that are searched; a deadline stands in its first pages or nowhere."""
MOST_CUES = 250
"""Cues of one language that are looked at."""
MOST_SCANS = 30
"""Cues after which a time is searched, and does not follow at once."""
WINDOW = 120
"""A time reaches at most so far from its cue."""
FARTHEST = timedelta(days=366)
"""A date further off than this is not when a journalist needs an answer."""

_BREAK = re.compile(r"[.!?](?=\s)|\n\s{0,20}\n|\n\s{0,20}[-*•>]")
_TRAIL = re.compile(r"(?:(?:(?<=[^\W\d_]{4})|(?<=\d[ap]m))\.)?[\s,;:]{0,9}$")
_WORD = re.compile(r"[^\s,;:()]+")
_RANKS = {"noun": 4, "by": 3, "need": 2, "issue": 1}


class _Found(NamedTuple):
    """A passage that may be the deadline."""

    rank: int
    start: int
    end: int
    said: Said
    code: str


class _Mail:
    """One mail while it is searched."""

    def __init__(self, text: str) -> None:
        self.text = unicodedata.normalize("NFC", text[:LONGEST])
        self.folded = fold(self.text)

    def passages(self, code: str) -> Iterator[_Found]:
        """Every passage of one language that may be a deadline."""
        rules, signs = grammar(code), cues(code)
        reached = scans = 0
        for number, match in enumerate(signs.announce.finditer(self.folded)):
            if number >= MOST_CUES:
                return
            if match.start() < reached or self._quoted(match.start()):
                continue
            if match.lastgroup != "by":
                scans += 1
                if scans > MOST_SCANS:
                    continue
            found = self._passage(match, rules, signs)
            if found is not None:
                reached = found.end
                yield found

    def _passage(self, match: re.Match[str], rules: Grammar, signs: Cues) -> _Found | None:
        kind = str(match.lastgroup)
        if kind == "by":
            place, said = match.start(), self._gather(rules, match.start())
            if said is None or not self._asked(match.start(), said.end, signs):
                return None
        else:
            place, said = self._near(match, rules, 8 if kind == "noun" else 4)
            if said is None and kind == "noun":
                place, said = self._ahead(match, rules)
        if said is None or signs.never.search(self.folded, max(0, match.start() - 60), said.end):
            return None
        if kind == "noun" and said.lengths and not said.counted:
            said.counted = "in"  # turnaround: 2 hours
        end = max(said.end, match.end())
        if self.folded[end : end + 1] == ")" and "(" in self.folded[place:end]:
            end += 1
        rank = _RANKS[kind]
        if kind == "issue" and match["issue"].rpartition(" ")[2].startswith("fil"):
            rank += 1
        return _Found(rank, min(place, match.start()), end, said, rules.tongue.code)

    def _gather(self, rules: Grammar, at: int) -> Said | None:
        return gather(rules, self.text, self.folded, at, min(len(self.folded), at + WINDOW), whole=False)

    def _near(self, match: re.Match[str], rules: Grammar, words: int) -> tuple[int, Said | None]:
        """The first time within so many words after the cue, in the same sentence."""
        limit = min(len(self.folded), match.end() + 70)
        stop = _BREAK.search(self.folded, match.end(), limit)
        for number, word in enumerate(_WORD.finditer(self.folded, match.end(), stop.start() if stop else limit)):
            if number >= words or rules.refuses(self.folded, word.start()):
                break  # last night, was, or: what follows is no deadline
            said = self._gather(rules, word.start())
            if said is not None and said.start >= 0 and not self._bare(said, word.start()):
                return word.start(), said
        return match.end(), None

    def _bare(self, said: Said, at: int) -> bool:
        """Whether nothing but a number was found, that no word calls a time."""
        lone = said.clock is not None and said.clock.spoken and not said.dated and said.zone is None
        return lone and self.folded[at].isdigit() and self.folded[at : said.end].strip(" .").isdigit()

    def _ahead(self, match: re.Match[str], rules: Grammar) -> tuple[int, Said | None]:
        """A time right before the cue: a 5pm deadline, on a Friday lunchtime deadline."""
        start = max(0, match.start() - 40)
        for word in _WORD.finditer(self.folded, start, match.start()):
            if word.start() == start and start:
                continue
            said = gather(rules, self.text, self.folded, word.start(), match.start(), whole=False)
            if said is not None and not self.folded[said.end : match.start()].strip(" -"):
                return word.start(), said
        return match.end(), None

    def _asked(self, start: int, end: int, signs: Cues) -> bool:
        """Whether the sentence around a passage asks for something by then, or is nothing but the passage.

        "Can you confirm that it will close by Friday" asks, but not by Friday: between what is asked and the passage
        no other sentence may have begun.
        """
        if self.folded.startswith(("until", "till"), start):
            return True  # after "you have"
        first, last = max(0, start - 220), min(len(self.folded), end + 160)
        for mark in _BREAK.finditer(self.folded, first, start):
            first = mark.end()
        stop = _BREAK.search(self.folded, end, last)
        last = stop.start() if stop else last
        asked = None
        for ask in signs.ask.finditer(self.folded, first, start):
            asked = ask.end()
        if asked is not None and not signs.tells.search(self.folded, asked, start):
            return True
        if signs.tells.search(self.folded, first, start):
            return False
        before, after = self.folded[first:start].strip(" \n-*,"), self.folded[end:last].strip(" \n,")
        if len(before) + len(after) <= 12:
            return True
        return signs.ask.search(self.folded, end, last) is not None

    def _quoted(self, at: int) -> bool:
        """Whether a place lies in a line somebody quoted."""
        begin = self.folded.rfind("\n", max(0, at - 200), at) + 1
        return self.folded[begin : begin + 3].lstrip(" ").startswith(">")


def find(
    text: str, *, received: datetime, zone: ZoneInfo, language: str = "", week: Week | None = None
) -> Deadline | None:
    """The deadline in a mail, None where it names none that is still to come.

    `received`, `zone` and `language` are as for `read`; `text` should be without quotes and signature. Of several the
    plainest counts ("deadline" before "by" before "we publish at"), of equals the earliest, and then it is not sure.
    ValueError if `received` has no zone.
    """
    if received.tzinfo is None:
        raise ValueError("A deadline can be reckoned only from a time with its zone.")
    mail = _Mail(text)
    passages = _longest([found for code in tongues(language) for found in mail.passages(code)])
    read: list[tuple[int, Deadline]] = []
    for found in passages:
        tongue = grammar(found.code).tongue
        frame = Frame(received=received, zone=zone, tongue=tongue, week=week or Week(), typed=False)
        made = _reckoned(found, passages, mail.text, frame)
        if made is not None and made.at - received <= FARTHEST:
            read.append((found.rank, made))
    return _plainest(read)


def _longest(passages: list[_Found]) -> list[_Found]:
    """Of passages that two languages read at one place, the longest; of equal ones, the first."""
    kept: list[_Found] = []
    for found in sorted(passages, key=lambda found: found.start - found.end):
        if not any(found.start < other.end and other.start < found.end for other in kept):
            kept.append(found)
    return kept


def _reckoned(found: _Found, passages: list[_Found], text: str, frame: Frame) -> Deadline | None:
    """The instant of a passage; an hour without a day takes the day of its neighbour: at 5 tomorrow, so by 4."""
    words = _TRAIL.sub("", " ".join(text[found.start : found.end].split()))
    said = found.said
    if not said.dated and said.clock is not None:
        near = [other for other in passages if other.said.dated and abs(other.start - found.start) <= 160]
        for other in sorted(near, key=lambda other: abs(other.start - found.start)):
            lent = other.said
            dated = replace(
                said, day=lent.day, weekday=lent.weekday, which=lent.which, week=lent.week, later=lent.later
            )
            made = reckon(dated, words, frame)
            if made is not None:
                return made
    made = reckon(said, words, frame)
    if made is not None and found.rank == _RANKS["issue"]:
        return made._replace(
            sure=False, why=made.why[:-1] + "; it is when they publish, not when they need the answer."
        )
    return made


def _plainest(read: list[tuple[int, Deadline]]) -> Deadline | None:
    """The earliest of the plainest passages; not sure if another one of them says otherwise."""
    if not read:
        return None
    best = max(rank for rank, _ in read)
    equals = [deadline for rank, deadline in read if rank == best]
    first = min(equals, key=lambda deadline: deadline.at)
    if any(abs(other.at - first.at) > timedelta(hours=1) for other in equals):
        return _doubted(first, "other passages name a later time")
    return first


def _doubted(deadline: Deadline, doubt: str) -> Deadline:
    return deadline._replace(sure=False, why=f"{deadline.why[:-1]}; {doubt}.")
