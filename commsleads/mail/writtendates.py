"""Dates in the heads that mail programs quote: `Donnerstag, 28. Januar 2016 20:16`, `Mon, Feb 8, 2016 at 11:44 AM`."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta, timezone

from commsleads.mail.dates import ZONES, read_local

_MONTHS = (
    "jan january januar jänner janvier janv enero ene gennaio gen januari janeiro января stycznia",
    "feb february februar feber février févr fevr fév febrero febbraio februari fevereiro fev lutego февраля",
    "mar march märz mrz mars marzo maart mrt março marca марта",
    "apr april avril avr abril abr aprile kwietnia апреля",
    "may mai mayo maggio mag mei maio maj maja мая",
    "jun june juni juin junio giugno giu junho czerwca июня",
    "jul july juli juillet juil julio luglio lug julho lipca июля",
    "aug august août aout agosto ago augustus augusti sierpnia августа",
    "sep sept september septembre septiembre set settembre setembro września сентября",
    "oct october okt oktober octobre octubre ottobre ott outubro out października октября",
    "nov november novembre noviembre novembro listopada ноября",
    "dec december dez dezember décembre déc diciembre dic dicembre desember dezembro grudnia декабря",
)


def _folded(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(letter))


_MONTH = {_folded(name): number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_WORD = re.compile(r"[^\W\d_]{3,12}")
_TIME = re.compile(
    r"\b(\d{1,2})\s?[:.h]\s?(\d{2})(?:[:.](\d{2}))?(?:[\s\u202f]{0,2}([ap])\.?\s?m\b\.?)?", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER = re.compile(r"(?<![\d:.])(\d{1,2})(?![\d:])")
_RFC = re.compile(r"\d:\d\d(?::\d\d)? [+-]\d{4}\b")
_ISO = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b|(\d{4})年\s?(\d{1,2})月\s?(\d{1,2})日")
_NUMERIC = re.compile(r"\b(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})\b")
_OFFSET = re.compile(r"(?:GMT|UTC|\s)\s?([+-])(\d{1,2})(?::?(\d{2}))?(?!\d)")
_NAMED = re.compile(r"\b[A-Z]{2,5}\b")


def read_written(words: str, day_first: bool | None = None) -> datetime | None:
    """The time that is written, in its zone if it names one, naive if not; None when it cannot be read for sure.

    `day_first` says how `03/04/2026` is meant; None declines what can be read both ways.
    """
    text = " ".join(words[:200].split())
    at = read_local(text) if _RFC.search(text) else None
    if at is not None:
        return at
    time = _TIME.search(text[text.find(" ") + 1 :]) if " " in text else None
    if time is None:
        return None
    hour, minute = int(time[1]), int(time[2])
    if time[4]:
        hour = hour % 12 + (12 if time[4].lower() == "p" else 0)
    day = _day(text.replace(time[0], " "), day_first)
    try:
        found = datetime(*day, hour, minute, int(time[3] or 0)) if day else None  # noqa: DTZ001 - the zone follows
    except ValueError:
        return None
    return found.replace(tzinfo=_zone(text)) if found else None


def _day(text: str, day_first: bool | None) -> tuple[int, int, int] | None:
    iso = _ISO.search(text)
    if iso:
        year, month, day = (int(part) for part in iso.groups() if part)
        return year, month, day
    numeric = _NUMERIC.search(text)
    if numeric:
        one, two, year = int(numeric[1]), int(numeric[3]), int(numeric[4])
        year = year if year > 99 else 2000 + year
        if one > 12 or two > 12 or one == two:
            return (year, two, one) if one > 12 or one == two else (year, one, two)
        if numeric[2] == "." or day_first:
            return year, two, one
        return None
    months = [_MONTH[word] for word in map(_folded, _WORD.findall(text)) if word in _MONTH]
    years = _YEAR.findall(text)
    days = [int(number) for number in _NUMBER.findall(_YEAR.sub(" ", text)) if 1 <= int(number) <= 31]
    # A weekday may look like a month in another language (mar. is Tuesday and March): the last one is the month.
    return (int(years[0]), months[-1], days[0]) if months and years and days else None


def _zone(text: str) -> timezone | None:
    offset = _OFFSET.search(text)
    if offset and int(offset[2]) < 15:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes))
    named = [ZONES[name] for name in _NAMED.findall(text) if name in ZONES]
    return timezone(timedelta(minutes=named[-1])) if named else None
