"""Numbers, dates and lines: the same on every machine, safe in every rendering."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.reports import wording
from commsleads.reports.wording import WIDTH, columns, link, marked, wrapped
from commsleads.rules.periods import parse_period
from tests.ledger import BERLIN


@pytest.mark.parametrize(
    ("value", "text"), [(None, "–"), (0, "0"), (7, "7"), (7.0, "7"), (6.5, "6.5"), (1234, "1,234"), (1234.5, "1,234.5")]
)
def test_numbers(value: float | None, text: str) -> None:
    """Whole numbers have no fraction, thousands a comma, and what is not known is a dash."""
    assert wording.number(value) == text


def test_counting() -> None:
    """One story, two stories, no stories, eight enquiries."""
    assert [wording.counted(n, "story") for n in (0, 1, 2)] == ["no stories", "1 story", "2 stories"]
    assert wording.counted(1500, "pickup") == "1,500 pickups"
    assert wording.counted(2, "day") == "2 days"
    assert wording.listed(["a"]) == "a"
    assert wording.listed(["a", "b", "c"]) == "a, b and c"
    assert wording.listed([]) == ""
    assert [wording.percent(share) for share in (0, 0.001, 0.999, 1)] == ["0%", "under 1%", "over 99%", "100%"]
    assert (wording.percent(0.736), wording.percent(None)) == ("74%", "–")


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("2026-W47", "16–22 November 2026"),
        ("2026-W53", "28 December 2026 – 3 January 2027"),
        ("2026-W44", "26 October – 1 November 2026"),
        ("2026-11", "1–30 November 2026"),
        ("2026-11-16", "16 November 2026"),
    ],
)
def test_stretches(label: str, text: str) -> None:
    """The days of a period are those of the zone, said as people say them."""
    assert wording.stretch(parse_period(label, BERLIN), BERLIN) == text


def test_dates_are_told_in_the_zone() -> None:
    """Half past eleven at night in UTC is the next day in Berlin."""
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert wording.day(late, BERLIN) == "23 Nov"
    assert wording.instant(late, BERLIN) == "Mon 23 Nov 2026, 00:30"
    assert wording.moment(late, BERLIN) == "Mon 23 Nov, 00:30"
    assert wording.day(date(2026, 3, 1), year=True) == "1 Mar 2026"
    assert wording.day(None) == "date not known"
    assert [wording.short_label(label) for label in ("2026-W47", "2026-11", "2026-11-06")] == ["W47", "Nov", "6 Nov"]


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/x?y=1&z=2#t", "https://a.example/x?y=1&z=2#t"),
        ("HTTP://a.example/", "HTTP://a.example/"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//a.example/x", ""),
        ("https:", ""),
        ("http://[::1", ""),
        ('https://a.example/"><script>', "https://a.example/%22%3E%3Cscript%3E"),
        ("https://a.example/(x) y\n", "https://a.example/%28x%29%20y"),
        ("https://a.example/ü", "https://a.example/%C3%BC"),
    ],
)
def test_only_web_addresses_become_links(url: str, safe: str) -> None:
    """http and https and nothing else, with everything escaped that could end the attribute or the bracket."""
    assert link(url) == safe


@given(st.text())
def test_no_address_breaks_out(url: str) -> None:
    """Whatever a feed gives as a link is empty or a single word without quotes or brackets."""
    found = link("https://a.example/" + url)
    assert not set(found) & set("\"<>() \n\t'") - {"'"}


@given(st.text(), st.integers(0, 12), st.sampled_from(["", "- ", "* "]))
def test_lines_fit_and_lose_nothing(text: str, indent: int, first: str) -> None:
    """Every line is at most 78 columns wide, and put together they are the text again."""
    made = wrapped(text, indent, first)
    assert all(columns(line) <= WIDTH for line in made.splitlines()) or "http" in text
    assert "".join(made.split()) == first.strip() + "".join(text.split())


def test_an_address_is_not_broken() -> None:
    """A long address stands on a line of its own, whole; a long word does not."""
    url = "https://a.example/" + "x" * 90
    assert url in wrapped(f"See {url} there").splitlines()
    assert len(wrapped("y" * 100).splitlines()) == 2


def test_a_broken_command_can_be_copied() -> None:
    """Where a command is broken the line ends in a backslash."""
    text = "commsleads stories --watch museum --since 2026-11-16 --until 2026-11-23 --limit 0 --json"
    made = wording.command(text, 2)
    assert all(len(line) <= WIDTH for line in made.splitlines())
    assert made.replace(" \\\n", " ").split() == text.split()
    assert "\\\n" in made


def test_lines_from_outside() -> None:
    """Control and direction characters go, blanks become one, and a cut ends at a word."""
    assert wording.line("a\x00b\n\tc\u202ed ") == "a b cd"
    assert wording.line("one two three", 9) == "one two…"
    assert wording.line("x" * 20, 5) == "xxxx…"


def test_markdown_is_only_text() -> None:
    """A headline cannot make a link, a heading or a table of itself."""
    assert marked("[a](http://x) *b* | `c` <i>") == r"\[a\](http://x) \*b\* \| \`c\` \<i\>"
