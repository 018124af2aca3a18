"""The deadline reader against the date phrases of four other projects: what is right, wrong and declined."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from commsleads.rules.deadlines import find, read

CORPUS = Path(__file__).resolve().parents[3] / "../shared/corpus/dates"
ZONES = {"en": "America/New_York", "de": "Europe/Berlin", "fr": "Europe/Paris", "es": "Europe/Madrid"}
"""Each language's phrases are read as said where it is spoken; the English ones of all projects are American."""
LANGUAGES = {"English": "en", "German": "de", "French": "fr", "Spanish": "es"}

NOT_A_DEADLINE = {
    "durations, sets, ranges, zones": "no single instant or day (recognizers' types, duckling's intervals)",
    "weeks, months, quarters, years": "not a day (duckling's grains above Day; a bare month or year elsewhere)",
    "the past": "every value given lies before the reference",
    "two times": "the row holds several times, or one that leans on another",
    "no reference": "the row does not say what time it is",
    "other languages": "not English, German, French or Spanish",
    "strict": "chrono's strict modes refuse what its other modes read",
    "a duration read from now": "chrono reads 'for 5 minutes' as an instant; nobody else does",
    "a machine's number": "seconds since 1970",
}
"""What is left out, and why."""
RULES_DIFFER = {
    "thursday 9 am (bst)": "BST in February: we read London's real offset, the project the summer one",
    "1pm mountain timezone": "the project reads the zone as a thing by itself",
    "this afternoon at 12": "noon to us; the project says midnight",
    "3": "3 o'clock to somebody who was asked when; chrono looks for dates in any text",
    "2 de mayo (martes) - 11:30 a.m.": "the project's span cuts the 22nd to the 2nd",
}
"""Phrases on which our brief decides otherwise than the project; left out by name."""
SAME_WEEKDAY = "a weekday said on that weekday: chrono and recognizers say today, duckling in a week; read declines"
"""Where the projects are split, and what is done."""


@dataclass(frozen=True)
class Case:
    """A phrase with what one project reads out of it. `none`: nothing. `exact` values are instants in UTC."""

    source: str
    language: str
    words: str
    reference: datetime
    values: tuple[str, ...]
    none: bool = False
    zone: str = ""
    exact: tuple[datetime, ...] = ()
    feast: bool = False


def lines(name: str) -> Iterator[dict[str, object]]:
    """The rows of a file of the corpus."""
    path = CORPUS / name
    if not path.exists():
        pytest.skip("../shared/corpus is not here")
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if name.endswith("gz") else raw).decode()
    yield from (json.loads(line) for line in text.splitlines() if line)


def local(value: str) -> datetime | None:
    """A value of the corpus as a naive time; None for none, and for months written with day 00."""
    try:
        return datetime.fromisoformat(value.replace(" ", "T"))
    except ValueError:
        return None


def future(values: list[str], reference: datetime) -> tuple[str, ...]:
    """The values that are not over at the reference; a day is over when it ends."""
    kept = []
    for value in values:
        if re.fullmatch(r"\d\d:\d\d:\d\d", value):
            kept.append(value)
            continue
        when = local(value)
        if when is None:
            continue
        limit = when + timedelta(days=1) if len(value) == 10 or value.endswith("T00:00:00") else when
        if limit > reference or when >= reference:
            kept.append(value)
    return tuple(kept)


def recognizers() -> Iterator[Case]:
    """Rows with exactly one result, a date, a time or both."""
    for row in lines("recognizers_text.jsonl.gz"):
        results = row["results"]
        if row["lang"] not in LANGUAGES or not isinstance(results, list) or len(results) != 1 or not results[0]:
            continue
        result = results[0]
        kind = str(result.get("Type") or result.get("TypeName") or "").rpartition(".")[2]
        if kind not in {"date", "time", "datetime"}:
            continue
        if isinstance(result.get("Value"), dict):
            found = [result["Value"].get("FutureResolution"), result["Value"].get("PastResolution")]
            values = [next(iter(value.values())) for value in found if value]
        else:
            values = [value.get("value") for value in (result.get("Resolution") or {}).get("values") or [] if value]
        reference = local(str(row["reference"])) if row["reference"] else None
        if reference is None and all(re.fullmatch(r"\d\d:\d\d:\d\d", str(value)) for value in values):
            reference = datetime(2016, 11, 7)
        text, said = str(row["text"]), str(result.get("Text") or "")
        place = text.lower().find(said.lower())
        said = text[place : place + len(said)] if place >= 0 else said
        kept = future([value for value in values if value], reference) if reference else ()
        if reference and kept and said:
            yield Case("recognizers", LANGUAGES[str(row["lang"])], said, reference, kept)


def duckling() -> Iterator[Case]:
    """Instants and days; phrases that hold no date; feasts by themselves."""
    for row in lines("duckling_time.jsonl.gz"):
        reference = datetime(2013, 2, 12, 4, 30)
        words, kind, language = str(row["text"]), str(row["kind"]), str(row["lang"])
        if kind == "negative":
            yield Case("duckling", language, words, reference, (), none=True)
        if kind not in {"datetime", "datetimeHoliday"} or row.get("grain") not in {"Second", "Minute", "Hour", "Day"}:
            continue
        values = future([str(value) for value in row["values"]], reference)  # type: ignore[attr-defined]
        exact = tuple((local(value) or reference).replace(tzinfo=UTC) + timedelta(hours=2) for value in values)
        zoned = bool(re.search(r"\b(?:gmt|pst|GMT|PST|CET|CST|BST|EST)\b", words))
        if values:
            feast = kind == "datetimeHoliday"
            yield Case("duckling", language, words, reference, values, exact=exact if zoned else (), feast=feast)


def chrono() -> Iterator[Case]:
    """The matched part of its sentences; whole texts in which it finds nothing."""
    for row in lines("chrono.jsonl"):
        language, mode = str(row["lang"]), str(row["mode"])
        if language not in ZONES or row["end"]:
            continue
        reference = local(str(row["reference"] or ""))
        text = str(row["matched"] or row["text"]).strip()
        if row["expect"] == "none":
            if "strict" not in mode and row["mode"] != "custom":
                yield Case("chrono", language, text, reference or datetime(2012, 8, 10), (), none=True)
            continue
        if reference is None or not row["start"]:
            continue
        values = future([str(row["start"])], reference)
        counted_from_now = re.match(r"(?i)(?:for|für|por|pendant) ", text) or "set a timer" in text
        if values and not counted_from_now and not re.fullmatch(r"(?i)[a-zà-ü. ]+ ?(?:\d{4})?|\d\d/\d{4}", text):
            yield Case("chrono", language, text, reference, values, zone="Europe/London" if "GB" in mode else "")
        elif values and re.search(r"(?i)day|tag|to|mor|dem|hoy|mañ|noon|week|woche|hour|min|heu|eve", text):
            yield Case("chrono", language, text, reference, values)


def dateparser() -> Iterator[Case]:
    """Plain pairs of words and value; no language is given, so none is told to the reader."""
    for row in lines("dateparser_params.jsonl"):
        args, line = row["args"], int(str(row["line"]))
        if not isinstance(args, list) or len(args) != 2 or not all(isinstance(arg, str) for arg in args):
            continue
        reference = datetime(2012, 11, 13) if line < 540 else datetime(2015, 2, 15, 15, 30)
        values = future([str(args[1])], reference)
        named = re.fullmatch(r"[^\W\d]+", args[0]) or line in {541, 543, 544, 545, 546} or re.search(r"\d{5}", args[0])
        if values and not named and args[0].isascii():
            yield Case("dateparser", "", str(args[0]), reference, values)


def verdict(case: Case) -> str:
    """``right``, ``wrong`` or ``declined``."""
    zone = ZoneInfo(case.zone or ZONES.get(case.language, "America/New_York"))
    found = read(case.words, received=case.reference.replace(tzinfo=zone), zone=zone, language=case.language)
    if case.none:
        return "right" if found is None else "wrong"
    if found is None:
        return "declined"
    if case.exact:
        return "right" if found.at in case.exact else "wrong"
    at = found.at.astimezone(zone).replace(tzinfo=None)
    for value in case.values:
        if re.fullmatch(r"\d\d:\d\d:\d\d", value):
            if at.time().replace(second=0).isoformat() == value[:5] + ":00" and found.day is None:
                return "right"
            continue
        when = local(value)
        if when is None:
            continue
        if (
            found.day is not None
            and found.day == when.date()
            and not re.search(r"\d[:h]\d\d|\d ?[ap]\.?m|\d ?uhr", case.words, re.IGNORECASE)
        ):
            return "right"
        if found.day is None and len(value) > 10 and abs((at - when).total_seconds()) < 60:
            return "right"
        if found.day is None and len(value) == 10 and at.date() == when.date() and at.hour == 0:
            return "right"
    return "wrong"


def cases() -> Iterator[Case]:
    """Every phrase that can be a deadline, once."""
    seen = set()
    for source in (recognizers, duckling, chrono, dateparser):
        for case in source():
            key = (case.source, case.language, case.words.casefold(), case.reference)
            if key not in seen and case.words.casefold() not in RULES_DIFFER:
                seen.add(key)
                yield case


def test_corpus_phrases_are_read_right_or_declined(capsys: pytest.CaptureFixture[str]) -> None:
    """Of all phrases that can be a deadline fewer than 3 in 100 are read wrong."""
    table: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    wrong = []
    for case in cases():
        result = verdict(case)
        kind = "nothing" if case.none else "feasts" if case.feast else "phrases"
        table[f"{case.source} {kind}", case.language or "-"][result] += 1
        if result == "wrong":
            wrong.append(case)
    total: Counter[str] = Counter()
    with capsys.disabled():
        print(f"\n{'':22}{'':4}{'right':>7}{'wrong':>7}{'declined':>10}")
        for (source, language), counts in sorted(table.items()):
            print(f"{source:22}{language:4}{counts['right']:7}{counts['wrong']:7}{counts['declined']:10}")
            total += counts
        print(f"{'all':26}{total['right']:7}{total['wrong']:7}{total['declined']:10}")
    assert total["wrong"] < 0.03 * total.total(), wrong


def test_corpus_sentences_that_name_a_deadline_are_found() -> None:
    """In chrono's sentences of the kind "The Deadline is …" no deadline is found on a wrong day, and most are found."""
    results: Counter[str] = Counter()
    for row in lines("chrono.jsonl"):
        text, language = str(row["text"]), str(row["lang"])
        when, reference = local(str(row["start"] or "")), local(str(row["reference"] or ""))
        if language not in ZONES or not re.search("(?i)deadline|l[ií]mite", text) or not when or not reference:
            continue
        zone = ZoneInfo(ZONES[language])
        deadline = find(text, received=reference.replace(tzinfo=zone), zone=zone, language=language)
        over = when.date() < reference.date()
        if deadline is None:
            results["right" if over else "declined"] += 1
        else:
            right = not over and deadline.at.astimezone(zone).date() == when.date()
            results["right" if right else "wrong"] += 1
    assert results["wrong"] == 0
    assert results["right"] > 4 * results["declined"]
