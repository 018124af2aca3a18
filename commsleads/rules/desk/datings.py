"""Dates in a text with what happens on them: `opens on 12 March`, `since 2019`, `am 3. Juni 2026`, `en 2018`.

English, German, French and Spanish. Weekdays, `next month` and times of day are no dates here: what they mean depends
on when they were said.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from commsleads.rules.desk.stems import Sentence
from commsleads.text import fold

MOST = 100
"""Dates that are taken out of one text."""

_MONTHS = (
    "january januar janvier enero jan", "february februar fevrier febrero feb", "march marz mars marzo mar",
    "april avril abril apr", "may mai mayo", "june juni juin junio jun", "july juli juillet julio jul",
    "august aout agosto aug", "september septembre septiembre sept sep", "october oktober octobre octubre oct okt",
    "november novembre noviembre nov", "december dezember decembre diciembre dec dez",
)  # fmt: skip
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAMES = "|".join(sorted((
    "märz", "février", "août", "décembre", *(name for name in _MONTH if name not in {"mar", "sep"})
), key=len, reverse=True))  # fmt: skip
_YEAR = r"(?:,?\s(?:de\s|del\s)?((?:19|20)\d\d)(?!\d))?"
_DAY_MONTH = re.compile(
    rf"(?<![\w.,:/-])(\d{{1,2}})(?:\.|st|nd|rd|th|er|º)?\s(?:of\s|de\s)?({_NAMES})\b\.?{_YEAR}", re.IGNORECASE
)
_MONTH_DAY = re.compile(rf"\b({_NAMES})\.?\s(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.]\d|\w|%){_YEAR}", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"\b({_NAMES})\.?,?\s(?:de\s)?((?:19|20)\d\d)(?!\d)", re.IGNORECASE)
_MONTH_ONLY = re.compile(
    r"\b(?:in|im|en|by|until|since|bis|seit|ab|from|depuis|desde|hasta|early|late|mid|anfang|mitte|ende)"
    rf"[\s-]({_NAMES})\b",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<![\w-])((?:19|20)\d\d)-(\d\d)-(\d\d)(?![\w-])")
_NUMERIC = re.compile(r"(?<![\w./-])(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?![\w/-])")
_YEAR_ONLY = re.compile(
    r"\b(?:in|since|from|by|until|after|before|early|late|mid|of|for|seit|bis|ab|jahr|von|en|depuis|dès|d['’]ici|desde|hasta"
    r"|para|del?|año|l['’]an|year)[\s-]((?:19|20)\d\d)(?![\d%]|[.,]\d)",
    re.IGNORECASE,
)

# What can happen on a day, by the beginnings of the words for it.
_EVENTS = {
    "open": "open|eroffn|geoffn|offn|ouvr|ouvert|inaug|abr(?:e|i|a)|abiert|apert",
    "close": "clos|schlie(?:ss|s)|geschloss|ferm|cierr|cerr|shut",
    "start": (
        "start|begin|began|begun|launch|kick|gestartet|beginn|begann|commenc|demarr|lanc|debut|empez|empiez|comenz|comienz"
        "|inici|arranc|lanz"
    ),
    "end": (
        "ends?$|ended|ending|finish|expir|endet|enden|beendet|abschl|abgeschl|termin|acheve|acaba|finaliz|conclu|complet"
    ),
    "found": "found(?:ed|ation)|establ|gegrund|grundung|grundet|fonde|fondat|fundad|fundo|fundac|creat|cree$|creee",
    "publish": "publi|releas|veroff|erschein|erschien|parait|paru|aparec",
    "move": "mov(?:e|es|ed|ing)$|relocat|umzug|umzieh|umgezog|demenag|traslad|muda",
    "learn": (
        "learn|inform|notif|told|aware|discover|detect|unterricht|erfahr|entdeck|bemerk|decouv|averti|avis"
    ),
    "happen": "happen|occur|incident|outage|breach|ereign|vorfall|panne|survenu|produit|ocurr|suced",
    "sign": "sign(?:s|ed|ing)?$|agree|unterzeich|unterschr|signe|firm(?:a|o|aron|ado)$",
    "deliver": "deliver|ship(?:s|ped|ping)$|liefer|geliefert|livr|entreg",
    "pay": "pay$|pays$|paid|bezahl|zahl|paye|pago|pagad",
    "appoint": "appoint|join(?:s|ed)?$|ernannt|ernenn|nomme|nombr|berufen",
    "resign": "resign|step(?:s|ped)?$|depart|left$|leave|zuruck|rucktritt|demission|dimit|dimis",
}  # fmt: skip
_EVENT = {name: re.compile(rf"(?:{pattern})") for name, pattern in _EVENTS.items()}
_SINCE = re.compile(r"\b(?:since|seit|depuis|desde)\s(?:\w+\s){0,2}$", re.IGNORECASE)


class Dating(NamedTuple):
    """A date as far as it is said: 0 for what is not. `words` is verbatim, at `start` to `end` in the text."""

    year: int
    month: int
    day: int
    since: bool
    words: str
    start: int
    end: int


def datings(text: str, sentence: Sentence) -> list[Dating]:
    """The dates of a sentence, in their order; what is no day of the calendar is left out."""
    found: list[Dating] = []
    left = text[sentence.start : sentence.end]

    def take(match: re.Match[str], group: int, year: int, month: int, day: int) -> None:
        nonlocal left
        start, end = match.span() if group == 0 else (match.start(group), match.end())
        end -= left[end - 1] == "."
        if len(found) < MOST and _exists(year, month, day):
            since = bool(_SINCE.search(left[max(0, start - 30) : start]))
            said = Dating(year, month, day, since, left[start:end], sentence.start + start, sentence.start + end)
            found.append(said)
        left = left[:start] + "\0" * (end - start) + left[end:]

    for match in _ISO.finditer(left):
        take(match, 0, int(match[1]), int(match[2]), int(match[3]))
    for match in _NUMERIC.finditer(left):
        take(match, 0, int(match[3]), int(match[2]), int(match[1]))
    for match in _DAY_MONTH.finditer(left):
        take(match, 0, int(match[3] or 0), _month(match[2]), int(match[1]))
    for match in _MONTH_DAY.finditer(left):
        take(match, 0, int(match[3] or 0), _month(match[1]), int(match[2]))
    for match in _MONTH_YEAR.finditer(left):
        take(match, 0, int(match[2]), _month(match[1]), 0)
    for match in _MONTH_ONLY.finditer(left):
        take(match, 1, 0, _month(match[1]), 0)
    for match in _YEAR_ONLY.finditer(left):
        take(match, 1, int(match[1]), 0, 0)
    return sorted(found, key=lambda dating: dating.start)


def contradict(one: Dating, two: Dating) -> bool:
    """Whether two dates cannot be of one day, by what both of them say."""
    if one.year and two.year and one.year != two.year:
        return True
    if one.month and two.month:
        return one.month != two.month or bool(one.day and two.day and one.day != two.day)
    return False


def events(words: str) -> frozenset[str]:
    """What happens in a sentence: open, close, start …, in whichever language it is said."""
    found: set[str] = set()
    for word in _TOKEN.findall(fold(words[:2_000])):
        found.update(name for name, pattern in _EVENT.items() if pattern.match(word))
    return frozenset(found)


def tells(word: str) -> bool:
    """Whether a word (folded) says what happens, and so nothing of to whom."""
    return any(pattern.match(word) for pattern in _EVENT.values())


_TOKEN = re.compile(r"[^\W\d_]{2,40}")


def _month(name: str) -> int:
    return _MONTH[fold(name)]


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year or 2000, month or 1, day or 1)
    except ValueError:
        return False
    return True
