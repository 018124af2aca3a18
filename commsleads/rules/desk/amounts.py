"""Figures in a text with what they count: `140 posts`, `£3.2m`, `3,2 Millionen Euro`, `12 %`, `about a third`.

English, German, French and Spanish ways to write numbers. Dates, times, telephone numbers, addresses and versions are
no figures. What a figure counts is the noun after it; a share or a sum of money is known by the words around it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from commsleads.rules.desk.stems import Sentence, Word, stems_listed, words_of
from commsleads.text import fold

MOST = 200
"""Figures that are taken out of one text."""

_SCALES = {
    "k": 3, "tsd": 3, "thousand": 3, "tausend": 3, "mille": 3, "mil": 3,
    "m": 6, "mn": 6, "mm": 6, "mio": 6, "million": 6, "millions": 6, "millionen": 6, "millon": 6, "millón": 6,
    "millones": 6,
    "bn": 9, "mrd": 9, "mds": 9, "milliarde": 9, "milliarden": 9, "milliard": 9, "milliards": 9, "billion": 9,
    "billions": 9, "mil millones": 9, "tn": 12, "trillion": 12, "trillions": 12, "billionen": 12, "billones": 12,
    "billon": 12, "billón": 12,
}  # fmt: skip
_UNITS = {
    "%": "%", "percent": "%", "per cent": "%", "pc": "%", "prozent": "%", "pour cent": "%", "por ciento": "%",
    "percentage points": "points", "percentage point": "points", "prozentpunkte": "points", "prozentpunkten": "points",
    "points de pourcentage": "points", "puntos porcentuales": "points",
    "£": "GBP", "gbp": "GBP", "pounds": "GBP", "pound": "GBP", "pfund": "GBP", "livres": "GBP", "libras": "GBP",
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "us$": "USD", "usd": "USD", "dollars": "USD",
    "dollar": "USD", "dolares": "USD", "dólares": "USD", "chf": "CHF", "franken": "CHF",
}  # fmt: skip
_COUNTS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "a hundred": 100, "one hundred": 100, "two hundred": 200, "a dozen": 12,
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11,
    "zwölf": 12, "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50, "hundert": 100, "ein dutzend": 12,
    "trois": 3, "quatre": 4, "cinq": 5, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12,
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "une douzaine": 12,
    "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
    "doce": 12, "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "cien": 100, "una docena": 12,
}  # fmt: skip
_SHARES = {
    "a third": "33.3", "one third": "33.3", "two thirds": "66.7", "two-thirds": "66.7", "a quarter": "25",
    "one in four": "25", "three quarters": "75", "three-quarters": "75", "half": "50", "a fifth": "20",
    "one in five": "20",
    "one in three": "33.3", "one in ten": "10", "a tenth": "10", "ein drittel": "33.3", "zwei drittel": "66.7",
    "ein viertel": "25", "drei viertel": "75", "die hälfte": "50", "ein fünftel": "20", "ein zehntel": "10",
    "un tiers": "33.3", "deux tiers": "66.7", "un quart": "25", "trois quarts": "75", "la moitié": "50",
    "un cinquième": "20", "un dixième": "10", "un tercio": "33.3", "dos tercios": "66.7", "un cuarto": "25",
    "tres cuartos": "75", "la mitad": "50", "una quinta parte": "20",
}  # fmt: skip


_FOLDED_COUNTS = {fold(word): value for word, value in _COUNTS.items()}
_FOLDED_SHARES = {fold(word): value for word, value in _SHARES.items()}
_LIMITS = frozenset({"over", "under"})
_LITTLE = re.compile(
    r"\b(?:der|die|und|das|ist|wir|den|mit|le|les|des|de|et|est|une|nous|el|los|las|del|una|por|con|the|of|and|is|to"
    r"|in)\b",
    re.IGNORECASE,
)


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(words, key=len, reverse=True))


_NUMBER = re.compile(
    r"(?<![\w.,:/@#+-])(?P<before>(?:US)?[£€$]\s?|(?:GBP|EUR|USD|CHF)\s)?"
    r"(?P<digits>\d{1,3}(?:[.,'’]\d{3}){1,4}(?:[.,]\d{1,2})?|\d{1,3}(?:[ \xa0\u202f]\d{3}){1,4}(?!\d)(?:[.,]\d{1,2})?"
    r"|\d{1,12}(?:[.,]\d{1,3})?)(?![\d:/@]|[.,]\d|(?:st|nd|rd|th)\b|[.)]\s?(?-i:[A-ZÄÖÜ])|h\d)"
    rf"(?:[\s-]?(?P<scale>{_any(_SCALES)})\b\.?)?(?:\s?(?:de\s|d['’])?(?P<after>{_any(_UNITS)})(?![\w%]))?",
    re.IGNORECASE,
)
_SPELT = re.compile(rf"(?<![\w-])(?P<count>{_any(_COUNTS)})(?![\w-])", re.IGNORECASE)
_SHARE = re.compile(
    rf"(?<![\w-])(?P<share>{_any(_SHARES)})(?=\s(?:of|the|our|all|its|der|des|von|aller|unserer|de|du|d['’]|del)\b)",
    re.IGNORECASE,
)

_ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|approximately|approx\.?|nearly|almost|circa|ca\.?|rund|etwa|ungefähr|knapp|fast|gut"
    r"|zirka|environ|près de|quelque|autour de|presque|unos|unas|alrededor de|cerca de|casi|aproximadamente)\s*$",
    re.IGNORECASE,
)  # fmt: skip
_OVER = re.compile(
    r"\b(?:more than|over|at least|a minimum of|upwards of|mehr als|über|mindestens|plus de|au moins|más de|al menos"
    r"|por lo menos)\s*$", re.IGNORECASE
)  # fmt: skip
_UNDER = re.compile(
    r"\b(?:up to|at most|no more than|less than|fewer than|under|below|bis zu|höchstens|weniger als|unter"
    r"|maximal|jusqu['’]à"
    r"|au plus|moins de|hasta|como máximo|menos de)\s*$", re.IGNORECASE
)  # fmt: skip
_OF = re.compile(
    r"\s{1,3}(?:of|out of|von|der|des|sur|de)(?:\s(?:the|our|all|its|den|unseren|unserer|las|los|les|nos))?\s{1,3}",
    re.IGNORECASE,
)
_GAP = re.compile(r"[\s\"“”„«»'’-]{1,4}")


# Words that stand between a figure and its noun and say nothing of what is counted.
_PASSED = stems_listed("""
new more additional further extra full-time part-time other different separate individual total local permanent
temporary neue neuen neuer weitere weiteren zusätzliche zusätzlichen verschiedene befristete unbefristete nouveaux
nouvelles nouvelle autres supplémentaires différents nuevos nuevas otros otras adicionales más
""")  # fmt: skip
_NO_NOUN = stems_listed("""
million billion thousand o'clock uhr am pm percent prozent euro euros pound pounds dollar dollars year-old january
february march april may june july august september october november december januar februar märz mai juni juli
oktober dezember janvier février mars avril juin juillet août septembre octobre novembre décembre enero febrero
marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre drittel tiers tercios thirds quarters
viertel quarts cuartos
""")  # fmt: skip
WIDE = stems_listed("""
people person persons years year months month weeks week days day hours hour minutes times points places parts cases
menschen personen leute jahre jahren jahr monate monaten wochen tage tagen stunden fälle fällen mal personnes gens
ans années mois semaines jours heures fois personas años meses semanas días horas veces casos
""")  # fmt: skip
"""What anything can be counted in: such a figure is known by more words of its sentence."""


class Amount(NamedTuple):
    """A figure in `unit` ('' for a count), with the stems of its noun; `bound` is '', about, over or under.

    `step` is what it was rounded to, as far as its digits tell; `zeros` says that they tell by zeros at their
    end. In `140 of the 900 posts` the second is `whole`, and the first is a part `of` it. `words` is the figure
    with its noun, verbatim; `start` and `end` are its place in the text.
    """

    value: Decimal
    step: Decimal
    zeros: bool
    bound: str
    unit: str
    nouns: tuple[str, ...]
    whole: bool
    of: Decimal | None
    words: str
    start: int
    end: int


def decimal_comma(text: str) -> bool:
    """Whether a text writes 1.000,5: whether it is not English, by its commonest little words."""
    found = _LITTLE.findall(text[:20_000])
    english = sum(word.lower() in {"the", "of", "and", "is", "to", "in"} for word in found)
    return len(found) > 2 * english


def amounts(text: str, sentence: Sentence, *, comma: bool) -> list[Amount]:
    """The figures of a sentence, in their order. `comma` says how the text writes decimals."""
    words = words_of(text, sentence.start, sentence.end)
    found = [_written(text, match, words, comma=comma) for match in _NUMBER.finditer(text, *sentence)]
    for pattern in (_SPELT, _SHARE):
        found.extend(_spelt(text, match, words) for match in pattern.finditer(text, *sentence))
    ordered = sorted((amount for amount in found if amount is not None), key=lambda amount: amount.start)
    return [amount for amount in _parts(text, ordered) if amount.unit or amount.nouns][:MOST]


def agree(one: Amount, two: Amount) -> bool:
    """Whether both figures can be true of one thing: equal but for rounding, or within what limits leave."""
    a, b = one.value, two.value
    if one.bound != two.bound:
        if one.bound in _LIMITS and two.bound in _LIMITS:
            return a <= b if one.bound == "over" else a >= b
        if one.bound in _LIMITS or two.bound in _LIMITS:
            limit, other = (one, two) if one.bound in _LIMITS else (two, one)
            return other.value >= limit.value if limit.bound == "over" else other.value <= limit.value
    apart, most = abs(a - b), max(a, b)
    if apart == 0:
        return True
    coarse = max(one, two, key=lambda amount: amount.step)
    near = apart * 20 < most  # 5 %
    if near and "about" in {one.bound, two.bound}:
        return True
    # Zeros at the end may be counted and not rounded: they excuse a small difference only.
    return apart * 2 < coarse.step and (near or not coarse.zeros)


def _written(text: str, match: re.Match[str], words: Sequence[Word], *, comma: bool) -> Amount | None:
    digits, scale = match["digits"], " ".join(fold(match["scale"] or "").split())
    unit = _UNITS.get(fold(match["before"] or "").strip()) or _UNITS.get(
        " ".join(fold(match["after"] or "").split()), ""
    )
    if scale in {"m", "mm", "k"} and not unit:
        return None  # five metres
    value, places = _value(digits, comma=comma, count=not unit and not scale)
    nouns, end = ((), match.end()) if unit else _nouns(text, match.end(), words)
    bound = _bound(text[max(0, match.start() - 24) : match.start()])
    if digits.isdigit() and not scale and not unit:
        year = len(digits) == 4 and 1900 <= value <= 2100 and not bound
        if year or len(digits) > 7 or (digits[0] == "0" and len(digits) > 1):
            return None
    zeros = len(str(int(value))) - len(str(int(value)).rstrip("0")) if not places and value >= 100 else 0
    # A billion is a thousand million in English only.
    power = Decimal(10) ** (12 if comma and scale.startswith("billi") else _SCALES.get(scale, 0))
    if text[end - 1] == "." and not nouns:
        end -= 1  # of `Mio.`, at the end of a sentence
    return Amount(
        value * power, power * Decimal(10) ** (zeros - places), zeros > 0, bound, unit, nouns, False, None,
        " ".join(text[match.start() : end].split()), match.start(), end,
    )  # fmt: skip


def _spelt(text: str, match: re.Match[str], words: Sequence[Word]) -> Amount | None:
    word = " ".join(fold(match[0]).split())
    bound = _bound(text[max(0, match.start() - 24) : match.start()])
    if match.re is _SHARE:
        value = Decimal(_FOLDED_SHARES[word])
        return Amount(
            value, Decimal(1), False, bound or "about", "%", (), False, None, match[0], match.start(), match.end()
        )
    nouns, end = _nouns(text, match.end(), words)
    said = " ".join(text[match.start() : end].split())
    return Amount(
        Decimal(_FOLDED_COUNTS[word]), Decimal(1), False, bound, "", nouns, False, None, said, match.start(), end
    )


def _value(digits: str, *, comma: bool, count: bool) -> tuple[Decimal, int]:
    """A number as written, and how many places it has after the decimal mark.

    Three digits after one mark are thousands of what is counted, in every language: nobody counts in thousandths.
    """
    bare = re.sub(r"[\s\xa0\u202f'’]", "", digits)
    marks = [letter for letter in bare if letter in ".,"]
    if not marks:
        return Decimal(bare), 0
    after = len(bare) - max(bare.rfind("."), bare.rfind(",")) - 1
    mixed = len(set(marks)) == 2
    grouped = after == 3 and not mixed and (len(marks) > 1 or count or marks[0] == ("." if comma else ","))
    if grouped or (len(marks) > 1 and not mixed):
        return Decimal(re.sub("[.,]", "", bare)), 0
    whole, part = bare[: -after - 1], bare[-after:]
    return Decimal(f"{re.sub('[.,]', '', whole)}.{part}"), after


def _nouns(text: str, at: int, words: Sequence[Word]) -> tuple[tuple[str, ...], int]:
    """The stems of what is counted, at most two, and where they end in the text."""
    found: list[str] = []
    end = at
    for word in words[bisect_left(words, at, key=lambda word: word.start) :]:
        if not _GAP.fullmatch(text, at, word.start) or len(found) == 2:
            break
        at = word.end
        if word.stem in _PASSED and not found:
            continue
        if not word.carries or word.stem in _NO_NOUN:
            break
        found.append(word.stem)
        # What is shown ends with the first noun: the second may be the verb.
        end = word.end if len(found) == 1 else end
    return tuple(found), end


def _bound(before: str) -> str:
    if _OVER.search(before):
        return "over"
    if _UNDER.search(before):
        return "under"
    return "about" if _ABOUT.search(before) else ""


def _parts(text: str, found: list[Amount]) -> list[Amount]:
    """With `140 of the 900 posts` read as posts both, the second as the whole."""
    for at in range(len(found) - 1):
        one, two = found[at], found[at + 1]
        if not one.unit and not one.nouns and not two.unit and _OF.fullmatch(text, one.end, two.start):
            found[at] = one._replace(nouns=two.nouns, of=two.value)
            found[at + 1] = two._replace(whole=True)
    return found
