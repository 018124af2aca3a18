"""Gathers what a passage says, piece by piece. What contradicts itself is refused."""

from __future__ import annotations

import re
from typing import TypeVar

from commsleads.rules.deadlines import zones
from commsleads.rules.deadlines.grammar import Grammar
from commsleads.rules.deadlines.pieces import (
    Clock,
    Date,
    Day,
    Edge,
    End,
    Half,
    InWeek,
    Later,
    Length,
    Number,
    OfMonth,
    Part,
    Piece,
    Sign,
    Weekday,
    Which,
)
from commsleads.rules.deadlines.said import Said
from commsleads.rules.deadlines.times import later_end

Kind = TypeVar("Kind")
_FOLLOWS = re.compile(
    r"(?:would|please|pls|if|so|as|to|when|is|thanks|that|or|ware|bitte|und|wenn|serait|si|svp|merci|et|seria|por|y)\b"
)
"""Words that go on after an hour and are nothing it could number: by 4 would be great, by 5 people."""
_SPACE = frozenset(" ,;:()[]\n\"'*_.!?-<>")
_STOPS = frozenset(";!?")
_AT = frozenset({"at", "before"})
LONGEST = 40
"""A passage of more pieces than this is no deadline."""


class _RefusedError(Exception):
    """The passage says two things, or something that is no deadline."""


class _Gatherer:
    """Reads pieces from one place on. One for each attempt."""

    def __init__(self, grammar: Grammar, text: str, folded: str, *, whole: bool) -> None:
        self._grammar, self._text, self._folded, self._whole = grammar, text, folded, whole
        self.said = Said()
        self._last: Piece | None = None
        self._roles: frozenset[str] = frozenset()
        self._waiting: Number | None = None
        self._waiting_roles: frozenset[str] = frozenset()
        self._waiting_after: Piece | None = None
        self._between = False
        self._steps = 0

    def run(self, at: int, stop: int) -> Said | None:
        """What is said from `at` on; None if nothing is, or the words contradict themselves."""
        try:
            end = self._read(at, stop)
            self._settle(None)
        except _RefusedError:
            return None
        if self._whole and end < stop:
            return None
        return self.said if self.said.anything else None

    def _read(self, at: int, stop: int) -> int:
        while at < stop:
            char = self._folded[at]
            if char in _SPACE:
                if not self._whole and self._ends(at):
                    break
                if char == "-" and self._last is not None:
                    offset = self._offset(at)
                    if offset is not None:
                        at = offset
                        continue
                    spelled = isinstance(self._last, Number) and self._last.spelled
                    self._roles |= frozenset() if spelled else {"to"}
                at += 1
                continue
            found = self._next(at)
            self._steps += 1
            if found is None or self._steps > LONGEST:
                break
            at = found
        return at

    def _ends(self, at: int) -> bool:
        """In a mail: whether a sentence or paragraph ends at this mark."""
        char = self._folded[at]
        if char in _STOPS or char == ">":
            return True
        if char == ".":
            return self._folded[at + 1 : at + 2] in {"", " ", "\n"}
        return char == "\n" and self._folded[at + 1 : at + 40].lstrip(" ")[:1] in {"\n", ">", ""}

    def _offset(self, at: int) -> int | None:
        """A zone west of Greenwich after a time, -0500; with a colon only after the T of a machine: else 9:30-11:00."""
        if not isinstance(self._last, Clock) or self._folded[self.said.end : at].strip(" "):
            return None
        machine = re.match(r"-\d\d:\d\d(?!\d)", self._folded[at : at + 7]) and "t" in self._folded[at - 9 : at]
        if not machine and not re.match(r"-\d{4}(?!\d)", self._folded[at : at + 6]):
            return None
        named = zones.named(self._folded, self._text, at, touching=True)
        if named is None:
            return None
        self._zone(named, at)
        return named.end

    def _next(self, at: int) -> int | None:
        """Takes the piece at this place; the place after it, or None."""
        inside = at > 0 and self._folded[at - 1].isalpha() and self._folded[at].isalpha()
        if inside and not (isinstance(self._last, Weekday) and self.said.end == at):
            return None
        timed = self.said.clock is not None or self.said.edge is not None or isinstance(self._last, Number)
        if timed:
            touching = isinstance(self._last, Clock) and not self._folded[self.said.end : at].strip(" ")
            named = zones.named(self._folded, self._text, at, touching=touching)
            if named is not None:
                self._zone(named, at)
                return named.end
        if "in" in self._roles or self.said.lengths:
            span = self._grammar.span(self._folded, at)
            if span is not None and not ("at" in self._roles and span[0].unit == "hour" and span[0].amount > 6):
                self._take(span[0], at, span[1])
                return span[1]
        found = self._grammar.piece(self._folded, at)
        if found is None:
            return None
        piece, end = found
        if isinstance(piece, Number) and not self._whole and not self._alone(end):
            return None
        if isinstance(piece, Weekday) and piece.everyday and not self._whole and not self._alone(end):
            return None
        self._take(piece, at, end)
        return end

    def _alone(self, end: int) -> bool:
        """In a mail, a bare number or a short name counts only before punctuation, an end, or more of the time."""
        rest = self._folded[end : end + 30].lstrip(" ")
        if not rest or rest[0] in ",.;:!?)\n(-/" or rest[0].isdigit() or _FOLLOWS.match(rest):
            return True
        following = self._grammar.piece(self._folded, end + len(self._folded[end : end + 30]) - len(rest))
        zone = zones.named(self._folded, self._text, self._folded.index(rest[0], end), touching=True)
        return zone is not None or (following is not None and not isinstance(following[0], Number))

    def _zone(self, named: zones.Named, at: int) -> None:
        self._settle(None)
        if self.said.zone is not None and self.said.zone != named.zone:
            raise _RefusedError
        self.said.zone = named.zone
        if not named.sure:
            self.said.doubts.append(f"“{self._text[at : named.end].strip()}” is not the same zone to everybody")
        self.said.end, self._last = named.end, None

    def _take(self, piece: Piece, at: int, end: int) -> None:
        if isinstance(piece, Sign):
            self._steer(piece)
            if "from" in piece.roles or "from tomorrow" in piece.roles:
                self.said.end = end if self.said.lengths else self.said.end
            return
        self._settle(piece)
        self._place(piece)
        self._last, self._roles = piece, frozenset()
        if self.said.start < 0:
            self.said.start = at
        self.said.end = end

    def _steer(self, sign: Sign) -> None:
        if "no" in sign.roles:
            raise _RefusedError
        if self.said.lengths and "from" in sign.roles:
            self.said.counted = "from"
        if self.said.lengths and "from tomorrow" in sign.roles:
            self.said.counted = "from tomorrow"
        if "between" in sign.roles:
            self._between = True
        if self._waiting is not None and not sign.roles & {"to", "and"}:
            self._settle(None)
        self._roles |= sign.roles - {"glue"}

    def _place(self, piece: Piece) -> None:
        """Puts the piece where it belongs, or refuses a second one of its kind."""
        said = self.said
        match piece:
            case Number():
                self._number(piece)
            case Clock():
                self._clock(piece)
            case Half():
                if said.clock is None or said.clock.half not in {"", piece.word}:
                    raise _RefusedError
                said.clock = said.clock._replace(half=piece.word)
            case Part():
                said.part = piece if said.part is None or said.part == piece else self._both(said.part, piece)
            case Length():
                said.counted = said.counted or ("in" if "in" in self._roles else "")
                said.lengths.append(piece)
            case Edge():
                said.edge = self._only(said.edge, piece)
            case Which():
                said.which = self._only(said.which, piece)
            case InWeek():
                said.week = self._only(said.week, piece)
            case Later():
                said.later = self._only(said.later, piece)
            case _:
                self._day(piece)

    def _day(self, piece: Piece) -> None:
        """A day, by its name or its date."""
        match piece:
            case Weekday():
                self.said.weekday = self._only(self.said.weekday, piece)
            case Day() | Date() | OfMonth() | End():
                self.said.day = self._only(self.said.day, piece)
        if "before" in self._roles:
            self.said.before = True

    @property
    def _ranging(self) -> bool:
        """Whether the later end of a range follows: 2 to 4, between 2 and 4."""
        return "to" in self._roles or ("and" in self._roles and self._between)

    @staticmethod
    def _only(known: Kind | None, new: Kind) -> Kind:
        if known is not None and known != new:
            raise _RefusedError
        return new

    @staticmethod
    def _both(known: Part, new: Part) -> Part:
        """this afternoon … in the afternoon is one; evening and night are near enough; the rest contradicts itself."""
        if new.name.endswith(known.name) or known.name.endswith(new.name):
            return max(known, new, key=lambda part: len(part.name))
        raise _RefusedError

    def _clock(self, new: Clock) -> None:
        old = self.said.clock
        if old is None:
            self.said.clock = new
        elif old != new:
            ranging = self._ranging and isinstance(self._last, Clock | Number | Half)
            self.said.clock = later_end(old, new) if ranging else None
            if self.said.clock is None:
                raise _RefusedError
            self.said.doubts.append("a range: its later end counts")

    def _number(self, number: Number) -> None:
        if number.value > 31:
            raise _RefusedError
        if self._ranging and self.said.clock is not None:
            self._clock(Clock(number.value, 0, "24" if number.value > 12 else "", True))
            return
        if "in" in self._roles and "at" not in self._roles:
            raise _RefusedError
        self._waiting = number
        self._waiting_roles = self._roles
        self._waiting_after = self._last

    def _settle(self, following: Piece | None) -> None:
        """Decides what a bare number was, now that its neighbours are known."""
        number, self._waiting = self._waiting, None
        if number is None:
            return
        roles, after = self._waiting_roles, self._waiting_after
        hour = 0 < number.value <= 24
        if roles & _AT and "the" not in roles and hour:
            self._clock(Clock(number.value, 0, "24" if number.value > 12 else "", True))
        elif "the" in roles or isinstance(after, Weekday) or isinstance(following, Weekday):
            if self.said.day is not None:
                raise _RefusedError
            self.said.day = OfMonth(number.value)
        elif hour and (after is None or isinstance(after, Day | Date | OfMonth | Part)):
            ranging = self._ranging and isinstance(following, Number)
            if (
                after is None
                and following is not None
                and not (ranging or isinstance(following, Half | Part | Day | Clock))
            ):
                raise _RefusedError
            self._clock(Clock(number.value, 0, "24" if number.value > 12 else "", True))
        else:
            raise _RefusedError


def gather(grammar: Grammar, text: str, folded: str, at: int, stop: int, *, whole: bool) -> Said | None:
    """What a text says from `at` on.

    `whole`: every word up to `stop` must be about the time, else None. Without it the reading stops at the first word
    that is not, and at the end of a sentence. None also where the words contradict themselves ("2 or 3 pm") or speak of
    the past.
    """
    return _Gatherer(grammar, text, folded, whole=whole).run(at, stop)
