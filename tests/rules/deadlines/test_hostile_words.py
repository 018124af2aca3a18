"""Whatever is typed or mailed: no crash, no endless reading, and what is read obeys its own rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.deadlines import find, read
from commsleads.rules.deadlines.folding import fold
from commsleads.rules.deadlines.passages import FARTHEST

ZONES = st.sampled_from(["Europe/London", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]).map(
    ZoneInfo
)
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
WORDS = (
    "by before at until within in next this the end of week month day COB first thing tonight tomorrow Friday Tuesday "
    "morning noon midnight half past quarter to five 5 17 31 12 0 2026 2099 March 5pm 17:30 4.30 24:00 3/4 2026-02-30 "
    "ET UTC+14 GMT hours minutes days years - , . / deadline please reply bis morgen Uhr halb vier um heute Freitag "
    "d'ici demain midi avant lundi en huit 18h antes de las mañana viernes dos horas am pm or and after ago"
)
PHRASES = st.lists(st.sampled_from(WORDS.split(" ")), max_size=12).map(" ".join)
LANGUAGES = st.sampled_from(["", "en", "de", "fr", "es", "it", "xx-YY", "\x00"])


@given(words=st.one_of(PHRASES, st.text(max_size=80)), received=INSTANTS, zone=ZONES, language=LANGUAGES)
def test_any_phrase_is_read_or_declined(words: str, received: datetime, zone: ZoneInfo, language: str) -> None:
    """Nothing raises; what is given is in UTC, keeps the words, and lies ahead unless it says that it does not."""
    found = read(words, received=received, zone=zone, language=language)
    if found is not None:
        assert found.at.tzinfo is UTC
        assert found.words == found.words.strip()
        assert found.why.endswith(".")
        assert found.at >= received or (not found.sure and "past" in found.why)


@given(text=st.one_of(PHRASES, st.text(max_size=200)), received=INSTANTS, zone=ZONES, language=LANGUAGES)
def test_any_mail_is_read(text: str, received: datetime, zone: ZoneInfo, language: str) -> None:
    """Nothing raises; a deadline in a mail lies ahead, within a year, and its words stand in the mail."""
    found = find(text, received=received, zone=zone, language=language)
    if found is not None:
        assert received <= found.at <= received + FARTHEST + timedelta(days=1)
        assert found.words


@given(st.text())
def test_folded_text_keeps_its_places(text: str) -> None:
    """Folding changes characters, never their number."""
    assert len(fold(text)) == len(text)


HOSTILE = [
    "by ", "1", "9 ", "deadline ", "deadline 5 ", "in the next ", "\n", " ", ".", "by 5 ", "a", "é", "i ", "half past ",
    "twenty ", "-", "1.", "1/", "the ", "please reply by ", "need it ", "d'ici ", "bis ", "hasta ", "we will ",
    "> by 5pm\n",
]  # fmt: skip


@pytest.mark.timeout(20)
@pytest.mark.parametrize("unit", HOSTILE)
def test_a_megabyte_of_anything_ends(unit: str) -> None:
    """The worst repetitions are read in bounded time, whole and as a phrase of the longest length."""
    received = datetime(2026, 3, 10, 10, tzinfo=UTC)
    text = unit * (1_000_000 // len(unit))
    find(text, received=received, zone=ZoneInfo("Europe/London"))
    read(text[:160], received=received, zone=ZoneInfo("Europe/London"))
    assert read(text, received=received, zone=ZoneInfo("Europe/London")) is None
