"""Dates of feeds: read right, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.collectors.feeds.calendar_words import months
from commsleads.collectors.feeds.dates import EARLIEST, FUTURE, exact, read_date
from tests.collectors.corpus import feed_dates, needs_corpus
from tests.collectors.kit import NOW

# feedparser's own expectations that are not ours, and why.
NOT_OURS = {"Thu, 01 Jan 0100 00:00:01 +0100": "a year before the web is a mistake and not a date"}


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@needs_corpus
def test_agrees_with_feedparsers_expectations() -> None:
    """Every date of feedparser's tests is read as they want, to the second."""
    wrong = {}
    for row in feed_dates():
        at = read_date(row["text"], NOW).at
        got = at.strftime("%Y-%m-%dT%H:%M:%S") if at else None
        if got != row["utc"] and row["text"] not in NOT_OURS:
            wrong[row["text"]] = (got, row["utc"])
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tue, 15 Sep 2026 02:02:31 GMT", "2026-09-15T02:02:31"),
        ("Tue, 15 Sep 2026 02:02:31 +0000", "2026-09-15T02:02:31"),
        ("Mon, 15 Sep 2026 02:02:31 GMT", "2026-09-15T02:02:31"),
        ("Tue, 15 Sep 2026 02:02:31 CET", "2026-09-15T01:02:31"),
        ("Tue, 15 Sep 2026 02:02:31 EST", "2026-09-15T07:02:31"),
        ("Tue, 15 Sep 2026 02:02:31 PDT", "2026-09-15T09:02:31"),
        ("Tue, 15 Sep 2026 02:02:31 America/Los_Angeles", "2026-09-15T09:02:31"),
        ("Tue, 15 Dec 2026 02:02:31 America/Los_Angeles", "2026-12-15T10:02:31"),
        ("Tue, 15 Sep 2026 02:02:31 ET", "2026-09-15T06:02:31"),
        ("Tue, 15 Sep 2026 02:02:31 GMT+02:00", "2026-09-15T00:02:31"),
        ("Tue, 15 Sep 2026 02:02:31 +0200 (CEST)", "2026-09-15T00:02:31"),
        ("Tue Sep 15 2026 02:02:31 GMT+0200 (Central European Summer Time)", "2026-09-15T00:02:31"),
        ("Tue, 15 Sep 26 02:02 EDT", "2026-09-15T06:02:00"),
        ("15 Sep 98 02:02 GMT", "1998-09-15T02:02:00"),
        ("Tue, 15 Sep 2026 02:02:60 GMT", "2026-09-15T02:02:59"),
        ("2026-09-15T10:11Z", "2026-09-15T10:11:00"),
        ("2026-09-15T10:11:12+0200", "2026-09-15T08:11:12"),
        ("2026-09-15t10:11:12z", "2026-09-15T10:11:12"),
        ("2024-01-01T24:00:00Z", "2024-01-02T00:00:00"),
        ("20250505T101112Z", "2025-05-05T10:11:12"),
        ("05-May-2025 10:00:00 GMT", "2025-05-05T10:00:00"),
        ("Sept 15, 2026 4:05 PM EST", "2026-09-15T21:05:00"),
        ("Mon, 13 Nov 2023 12:15:17 AM GMT", "2023-11-13T00:15:17"),
        ("mar., 15 sept. 2026 10:00:00 +0200", "2026-09-15T08:00:00"),
        ("Mi, 5 Mär 2025 08:00:00 +0100", "2025-03-05T07:00:00"),
        ("lun, 3 mar 2025 08:00:00 +0100", "2025-03-03T07:00:00"),
        ("Seg, 24 Set 2018 19:42:40 -0300", "2018-09-24T22:42:40"),
        ("wo, 5 mrt 2025 08:00:00 +0100", "2025-03-05T07:00:00"),
        ("Ср, 15 окт 2025 10:00:00 +0300", "2025-10-15T07:00:00"),
        ("śr., 15 paź 2025 10:00:00 +0200", "2025-10-15T08:00:00"),
        ("2004-július-13T9:15-05:00", "2004-07-13T14:15:00"),
    ],
)
def test_reads_what_feeds_write(text: str, expected: str) -> None:
    """The spellings of feeds, with names of zones and months as their writers mean them."""
    assert read_date(text, NOW) == (utc(expected), "")


@pytest.mark.parametrize(
    ("text", "expected", "word"),
    [
        ("2026-09-15 10:11:12", "2026-09-15T10:11:12", "no zone"),
        ("Tue Sep 15 02:02:31 2026", "2026-09-15T02:02:31", "no zone"),
        ("15/09/2026 10:00", "2026-09-15T10:00:00", "no zone"),
        ("09/15/2026 10:00", "2026-09-15T10:00:00", "no zone"),
        ("05.03.2025, 10:00 Uhr", "2025-03-05T10:00:00", "no zone"),
        ("lunes, 5 de mayo de 2025 10:00", "2025-05-05T10:00:00", "no zone"),
        ("2026-09-15", "2026-09-15T00:00:00", "no time"),
        ("15 September 2026", "2026-09-15T00:00:00", "no time"),
        ("Tue, 15 Sep 2026 02:02:31 XYZ", "2026-09-15T02:02:31", "'XYZ'"),
        ("Tue, 15 Sep 2026 02:02:31 Europe/Nowhere", "2026-09-15T02:02:31", "'Europe/Nowhere'"),
        ("2004-05-25 오후 11:23:17", "2004-05-25T14:23:17", "Korean"),
    ],
)
def test_says_what_it_assumed(text: str, expected: str, word: str) -> None:
    """Where something is missing, the date is read and the note says what was assumed."""
    at, note = read_date(text, NOW)
    assert at == utc(expected)
    assert word in note


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "yesterday", "TBA", "1795318860", "1795318860000", "0000-00-00", "0000-00-00 00:00:00",
        "Wed, 00 Xxx 0000 00:00:00 +0000", "31 Feb 2024 10:00 GMT", "2026-13-01T00:00:00Z", "2026-01-32",
        "Fri, 2 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z", "1989-12-31T23:59:59Z", "2099-01-01T00:00:00Z",
        "05/09/2026", "Tue, 15 Sep 2026 25:02:31 GMT", "Tue, 15 Sep 2026 02:61:31 GMT", "2026-09-15T10:11:12+99:99",
        "2013-01-28T11:30:00-06:00Textra", "1", "2026", "12 13 14 15", "10:00", "Sun, 16 Dec zz 11:47:32 GMT",
        "9" * 5000, "2026-09-15T10:11:12Z" * 50, "１２/３/２０２６ x",
    ],
)  # fmt: skip
def test_makes_no_date_up(text: str) -> None:
    """What is no date, or could be two, or lies outside all reason, is none."""
    assert read_date(text, NOW).at is None


def test_keeps_the_near_future() -> None:
    """An announced date a few years ahead is kept as read: the core clamps it, not the collector."""
    assert read_date("Mon, 1 Jan 2029 00:00:00 GMT", NOW).at == utc("2029-01-01T00:00:00")


@given(st.datetimes(datetime(1990, 1, 2), datetime(2030, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_reads_back_what_was_written(moment: datetime, minutes: int) -> None:
    """Any moment written by RFC 822 or RFC 3339 in any zone is read back to the second."""
    there = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    assert read_date(there.strftime("%a, %d %b %Y %H:%M:%S %z"), NOW).at == there
    assert read_date(there.isoformat(), NOW).at == there
    assert exact(there.isoformat()) == there


@given(st.text(max_size=60) | st.text("0123456789-/:.,+TZ GMTam", max_size=40))
def test_never_fails(text: str) -> None:
    """Whatever stands there, the answer is a date within reason in UTC, or none."""
    at, _ = read_date(text, NOW)
    assert at is None or (EARLIEST <= at <= NOW + FUTURE and at.utcoffset() == timedelta(0))


def test_every_month_has_its_names() -> None:
    """The table of months names all twelve, and English ones rightly."""
    assert set(months().values()) == set(range(1, 13))
    assert [months()[name] for name in ("jan", "feb", "mar", "apr", "may", "jun")] == [1, 2, 3, 4, 5, 6]
    assert [months()[name] for name in ("jul", "aug", "sep", "oct", "nov", "dec")] == [7, 8, 9, 10, 11, 12]
