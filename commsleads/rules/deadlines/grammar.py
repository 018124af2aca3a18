"""The patterns of one language, made from its tables, and the one piece that stands at a place of a text.

All patterns are put into one, so a place costs one look; none of them can try the same characters in more than a
bounded number of ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from commsleads.rules.deadlines.pieces import (
    Date,
    Day,
    Half,
    Length,
    Number,
    OfMonth,
    Piece,
    Sign,
    Weekday,
)
from commsleads.rules.deadlines.tongue import Maker, Tongue, clock

_YEAR = r"(?P<y>(?:19|20|21)\d\d(?!\d|\s?(?:h|hrs|hours|uhr)\b|:\d)|'\d\d(?!\d)|[4-9]\d(?![\d:.]|\s?(?:am|pm|h|uhr)\b))"
_OPEN = "(?#open)"  # what follows may touch
_END = r"(?![^\W_])"  # no letter or digit follows


class Rule(NamedTuple):
    """A compiled pattern and what it makes."""

    pattern: re.Pattern[str]
    make: Maker


class Grammar(NamedTuple):
    """Everything needed to read pieces in one language."""

    tongue: Tongue
    master: re.Pattern[str]
    rules: tuple[Rule, ...]
    length: Rule
    unit: Rule

    def span(self, folded: str, at: int) -> tuple[Length, int] | None:
        """A length of time at this place ("2 h"), where a time of day would otherwise be read."""
        match = self.length.pattern.match(folded, at) or self.unit.pattern.match(folded, at)
        piece = self.length.make(match, self.tongue) if match is not None else None
        return (piece, match.end()) if match is not None and isinstance(piece, Length) else None

    def piece(self, folded: str, at: int) -> tuple[Piece, int] | None:
        """The piece at this place and where it ends, None if nothing that the language knows stands here."""
        found = self.master.match(folded, at)
        if found is None or found.lastgroup is None:
            return None
        first = int(found.lastgroup[1:])
        for rule in self.rules[first:]:
            match = rule.pattern.match(folded, at)
            if match is not None:
                piece = rule.make(match, self.tongue)
                if piece is not None:
                    return piece, match.end()
        return None

    def refuses(self, folded: str, at: int) -> bool:
        """Whether the word at this place says that no deadline follows: ago, last, after, or."""
        found = self.piece(folded, at)
        return found is not None and isinstance(found[0], Sign) and "no" in found[0].roles


def words(table: Iterable[str]) -> str:
    """An alternation of words, the longest first, any white space for a blank."""
    ordered = sorted(set(table), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]+") for word in ordered)


def _plain(said: str) -> str:
    return re.sub(r"[\s-]+", " ", said)


@cache
def grammar(tongue_of: str) -> Grammar:
    """The grammar of a language by its code, built once."""
    from commsleads.rules.deadlines.tongues import TONGUES

    tongue = TONGUES[tongue_of]
    fill = {
        "num": rf"(?:\d{{1,2}}|{words(tongue.numbers)})",
        "hour": rf"(?:\d{{1,2}}|{words(word for word, value in tongue.numbers.items() if value <= 24)})",
        "month": words(tongue.months),
        "ordinal": words(tongue.ordinals) or "(?!)",
        "weekday": words(tongue.weekdays),
        "half": tongue.half,
        "unit": words(tongue.units),
        "amount": words([*tongue.amounts, *tongue.numbers]),
        "suffix": tongue.suffix,
        "of": tongue.of,
        "year": _YEAR,
    }
    rules: list[Rule] = []
    for source, make in [*_dates(), *tongue.clocks, *_CLOCKS, *_words(tongue), *_LAST]:
        filled = re.sub(r"\{([a-z]+)\}", lambda name: fill[name[1]], source)
        rules.append(Rule(re.compile(filled if _OPEN in filled else filled + _END), make))
    master = "|".join(
        f"(?P<r{number}>{re.sub(r'[(][?]P<[a-z]+>', '(?:', rule.pattern.pattern)})" for number, rule in enumerate(rules)
    )
    length = next(rule for rule in rules if rule.make is _length)
    unit = Rule(re.compile(rf"(?P<n>)(?P<unit>{tongue.one_hour})" + _END), _length)
    return Grammar(tongue, re.compile(master), tuple(rules), length, unit)


def _year(said: str | None) -> int | None:
    if not said:
        return None
    value = int(said.lstrip("'"))
    return value if value > 99 else 2000 + value if value < 70 else 1900 + value


def _date(day: int, month: int, year: int | None, *, swaps: bool = False) -> Date | None:
    if not 1 <= day <= 31 or not 1 <= month <= 12:
        return None
    return Date(day, month, year, swaps)


def _named_date(match: re.Match[str], tongue: Tongue) -> Piece | None:
    said = match["d"]
    day = int(said) if said.isdecimal() else tongue.ordinals.get(_plain(said)) or tongue.number(said)
    month = tongue.months[_plain(match["mon"])]
    return _date(day, month, _year(match["y"])) if day else None


def _iso(match: re.Match[str], _: Tongue) -> Piece | None:
    return _date(int(match["d"]), int(match["mo"]), int(match["y"]))


def _numeric(match: re.Match[str], tongue: Tongue) -> Piece | None:
    """3/4, 3.4.2026: by the order of the language, marked when it could be the other way round."""
    first, second = int(match["d"]), int(match["mo"])
    year = _year(match.groupdict().get("y"))
    if first > 12 or tongue.day_first or (tongue.day_first is None and match["sep"] == "." and second <= 12):
        return _date(first, second, year) or _date(second, first, year)
    if second > 12:
        return _date(second, first, year)
    return _date(first, second, year, swaps=first != second)


def _dates() -> list[tuple[str, Maker]]:
    """Days of the calendar."""
    month_first = (
        r"(?P<mon>{month})\.?[\s/-]*(?:(?:the|el)\s+)?(?P<d>\d{1,2}|{ordinal})(?:{suffix})?"
        r"(?![:.]\d|\d|\s?(?:am|pm|h|uhr)\b)"
    )
    day_first = (
        r"(?P<d>\d{1,2}|{ordinal}|{num})(?:{suffix})?\.?(?:\s*[/-]\s*|\s+(?:{of})\s+|\s*)"
        r"(?P<mon>{month})(?![a-z])\.?"
    )
    year = r"(?:[\s,/-]{0,3}(?:(?:{of})\s)?{year})?"
    return [
        (r"(?P<y>(?:19|20|21)\d\d)-(?P<mo>\d\d)-(?P<d>\d\d)t(?=\d\d:)" + _OPEN, _iso),
        (r"(?P<y>(?:19|20|21)\d\d)[-/.](?P<mo>\d{1,2})[-/.](?P<d>\d{1,2})", _iso),
        (r"(?P<y>(?:19|20|21)\d\d)[-/\s](?P<mon>{month})[-/\s](?P<d>\d{1,2})", _named_date),
        (r"(?P<y>(?:19|20|21)\d\d)[-/\s](?P<d>\d{1,2})[-/\s](?P<mon>{month})", _named_date),
        (r"(?P<mon>{month})[-/\s](?P<y>(?:19|20|21)\d\d)[-/\s](?P<d>\d{1,2})", _named_date),
        (r"(?P<d>\d{1,2})[-/\s](?P<y>(?:19|20|21)\d\d)[-/\s](?P<mon>{month})", _named_date),
        (
            r"(?P<d>\d{1,2})\s?(?P<sep>[./-])\s?(?P<mo>\d{1,2})\s?[./-]\s?(?P<y>(?:19|20|21)\d\d|\d\d)(?![:\d]|\.\d)\.?",
            _numeric,
        ),
        (day_first + year, _named_date),
        (month_first + year, _named_date),
    ]


def _dotted(match: re.Match[str], tongue: Tongue) -> Piece | None:
    """17.30 and 4.30 without any other word: a clock only where it is nothing else, and ends in a quarter."""
    minute = int(match["m"])
    if minute % 15 or (minute <= 12 and not (minute == 0 and len(match["m"]) == 2)):
        return None
    return clock(match, tongue)


def _colon(match: re.Match[str], tongue: Tongue) -> Piece | None:
    return clock(match, tongue, half="24" if tongue.literal else "")


def _run_together(match: re.Match[str], tongue: Tongue) -> Piece | None:
    """330 p.m., 1140 a.m., 0900, 1630 hrs."""
    return clock(match, tongue)


_CLOCKS: list[tuple[str, Maker]] = [
    (r"(?P<h>\d\d):(?P<m>\d\d)(?::\d\d(?:\.\d{1,9})?)?(?=z(?![^\W_]))" + _OPEN, _colon),
    (r"(?P<h>\d{1,2})\s?[:.h]\s?(?P<m>\d\d)(?::\d\d)?(?:\.\d{1,9})?\s?(?P<half>{half})", clock),
    (r"(?P<h>\d{1,2})\s?\.?\s?(?P<half>{half})", clock),
    (r"(?P<h>\d{1,2})(?P<m>\d\d)\s?(?P<half>{half})", _run_together),
    (
        r"(?P<h>\d{1,2})(?::|\s?h\s?)(?P<m>\d\d)(?:m|(?:m|:)\d\ds?)?(?:\.\d{1,9})?(?:\s?(?:uhr|hrs?|hours|horas|heures))?",
        _colon,
    ),
    (r"(?P<h>\d{1,2})\.(?P<m>\d\d)\s?(?:uhr|hrs?|hours|horas)", _colon),
    (r"(?P<h>\d{2})(?P<m>\d\d)\s?(?:h|hrs|hours|uhr)", _run_together),
    (r"(?P<h>0\d)(?P<m>[0-5]\d)(?=\D|$)(?!\s?[-/.]\d)", _run_together),
    (r"(?P<h>\d{1,2})\.(?P<m>\d\d)(?!\.?\d|\s?[%€$£]|\s?(?:million|mio|billion))", _dotted),
]


def _slashed(match: re.Match[str], tongue: Tongue) -> Piece | None:
    return _numeric(match, tongue)


def _month_day(match: re.Match[str], tongue: Tongue) -> Piece | None:
    said = match["d"]
    day = int(said) if said.isdecimal() else tongue.ordinals.get(_plain(said))
    return OfMonth(day) if day and 1 <= day <= 31 else None


def _length(match: re.Match[str], tongue: Tongue) -> Piece | None:
    said, unit = _plain(match["n"]), tongue.units[_plain(match["unit"])]
    if not said:
        return Length(1.0, unit)
    if re.fullmatch(r"\d{1,4}(?:[.,]\d{1,2})?", said):
        return Length(float(said.replace(",", ".")), unit)
    if "/" in said:
        return Length(int(said[0]) / int(said[2]), unit)
    amount = tongue.amounts.get(said, tongue.numbers.get(said))
    return Length(float(amount), unit) if amount is not None else None


def _words(tongue: Tongue) -> list[tuple[str, Maker]]:
    """Everything that is a word of the language's tables."""
    made: list[tuple[str, Maker]] = [
        (r"(?P<d>\d{1,2})\s?(?P<sep>/)\s?(?P<mo>\d{1,2})(?![/\d])", _slashed),
        (r"(?P<d>\d{1,2})\s?(?P<sep>\.)\s?(?P<mo>\d{1,2})\.(?!\d)", _slashed),
        (r"(?P<d>\d{1,2})(?:{suffix})(?!\s?\d)", _month_day),
        (r"(?:the|le|el)\s(?P<d>{ordinal})(?!\s(?:{weekday}|{of}|half|day|week|thing))", _month_day),
    ]
    simple = dict(tongue.simple())
    named = {**simple, **{word: Day(shift) for word, shift in tongue.days.items()}}
    signs: dict[str, set[str]] = {}
    for role, alternatives in tongue.signs.items():
        for word in alternatives:
            signs.setdefault(word, set()).add(role)
    for word, roles in signs.items():
        named.setdefault(word, Sign(frozenset(roles)))

    def look_up(match: re.Match[str], _: Tongue) -> Piece | None:
        return named[_plain(match[0])]

    def weekday(match: re.Match[str], tongue: Tongue) -> Piece | None:
        said = _plain(match["w"])
        return Weekday(tongue.weekdays[said], said in tongue.everyday)

    made.append((f"(?:{words(named)})", look_up))
    made.append((r"(?P<w>{weekday})\.?(?!'s)", weekday))
    made.append((r"(?P<n>\d{1,4}(?:[.,]\d{1,2})?|[1-9]/[2-9]|{amount})[\s-]*(?P<unit>{unit})\.?", _length))
    made.append((r"(?P<half>{half})", lambda match, _: Half(match["half"][0] + "m")))
    return made


def _number(match: re.Match[str], tongue: Tongue) -> Piece | None:
    value = tongue.number(match["n"])
    return Number(value, not match["n"].isdecimal()) if value is not None and value <= 59 else None


_LAST: list[tuple[str, Maker]] = [
    (r"(?P<n>{num})(?![.,:/]\d|\s?[%€$£])(?!\d)", _number),
]
