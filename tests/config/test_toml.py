"""The short cut through plain TOML gives what tomllib gives, or nothing."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.config.toml import parse, plain

ROOT = Path(__file__).resolve().parents[2]


def agrees(text: str) -> None:
    """Whatever `plain` answers is tomllib's answer, down to the types; what tomllib refuses it does not answer."""
    found = plain(text)
    try:
        wanted = tomllib.loads(text)
    except (ValueError, RecursionError):
        assert found is None
        return
    assert found is None or repr(found) == repr(wanted)


LONG = """
# a comment with "quotes" and é
[organisation]
name = "Harbour Museum"   # who we are
holidays = [2026-12-25, 2026-12-28]
[store]
url = 'C:\\news.db'
[fetch]
max_items = 50
ratio = 1.5
[[watches]]
id = "a"
any = ["one, two", "#three", ]
none = []
[[campaigns]]
starts_on = 2026-03-01
goal = { n = 4, of = "leads # really" }
[[campaigns.ctas]]
id = "x"
links = ["https://a.example/#top"]
[[campaigns.ctas]]
id = "y"
[[campaigns]]
discover = true
[[campaigns.ctas]]
id = "z"
text = "a \\u00e9"
"""


def test_a_file_as_people_write_it_takes_the_short_cut() -> None:
    """Comments, lists, sub-tables, dates, inline tables: the usual file never reaches tomllib as a whole."""
    assert plain(LONG) == tomllib.loads(LONG)
    assert plain(LONG.replace("\n", "\r\n")) == tomllib.loads(LONG)
    reference = (ROOT / "config.toml").read_text(encoding="utf-8")
    assert plain(reference) == tomllib.loads(reference)


@pytest.mark.parametrize(
    "text",
    [
        "a = 1\na = 2",
        "[a]\n[a]",
        "a = 1\n[a]",
        "[[a]]\n[a]",
        "[a]\n[[a]]",
        "a = []\n[[a]]",
        "[[a.b]]",
        "[a]\n[[a.b]]\nc = 1\n[[a.b]]\nc = 2",
        "[a]\n[[a.b]]\n[a]",
        "[a]\n[[a.b]]\n[[a]]",
        "a = {}\n[[a.b]]",
        "[a]\nb = {}\n[[a.b]]",
        "[a]\nb = 1\n[[a.b]]",
        "[[a]]\nb = []\n[[a.b]]",
        "[[a]]\nb = 1\n[[a.b]]",
        "a = {}\n[a]",
        "a = [\n1]",
        'a = """\nb = 1\n"""',
        "a.b = 1",
        "[a.b]",
        "a",
        "a =",
        "= 1",
        "a = 1 b = 2",
        'a = "x" "y"',
        'a = ["x" "y"]',
        'a = ["x",, "y"]',
        'a = [,"x"]',
        "a = [,]",
        'a = "\x01"',
        "a = 1 # \x01",
        "a = 1 \x0b",
        "a = 01",
        "a = 2026-02-30",
        "a = 1_000",
        "a = 2026-01-01 10:00:00",
        "\ra = 1",
        "a = 1\r",
        "a = 1\r\n\r\nb = 2",
        "[ a ]",
        "[[a] ]",
        '"a" = 1',
        "é = 1",
        "a = é",
        'a = "é\u2028"',
        "a\xa0= 1",
        "a = 1\xa0",
        "a = true#",
        "a = truе",
        "a = ١",
        "[a]b",
        "[[a]]\nx = 1\n[[a]]\nx = 1",
        "\ufeffa = 1",
        "",
        "a = 'x' # y",
        "a = '#' # y",
        'a = "#"',
        "a = " + "9" * 30,
        "a = " + "[" * 2000,
        "# only a comment",
        "\x00",
        "a = +1",
    ],
)
def test_what_hangs_on_more_than_its_line_is_left_to_tomllib(text: str) -> None:
    """Doubles, redefinitions, values over many lines, odd spaces and every near miss: never another answer."""
    agrees(text)


LINES = st.sampled_from([
    "[a]", "[b]", "[[a]]", "[[b]]", "[[a.b]]", "[[b.a]]", "[[a.c]]", "[a.b]", "a = 1", "b = 'x'", 'a = "x"', "c = []",
    'b = ["x", "y"]', "c = { d = 1 }", "c.d = 1", "a = [", "]", '"""', 'a = """', "a = true", "d = 2026-01-02", "# c",
    "", "  d = 1.5  # e", "e = \"\\t\"", "\t[c]", "f = 07:00:00", "g = -1",
])  # fmt: skip


@given(lines=st.lists(LINES, max_size=14), end=st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_any_order_of_lines_agrees(lines: list[str], end: str) -> None:
    """Tables, entries and keys in whatever order mean what tomllib says they mean."""
    agrees(end.join(lines))


@given(
    at=st.integers(min_value=0, max_value=len(LONG)),
    cut=st.integers(min_value=0, max_value=3),
    put=st.text("[]{}\"'#=.,\\ \t\n\r\x00\x7fa1-é", max_size=3),
)
def test_any_slip_in_a_file_agrees(at: int, cut: int, put: str) -> None:
    """A few characters taken out or put in anywhere."""
    agrees(LONG[:at] + put + LONG[at + cut :])


def test_without_the_short_cut_the_words_are_those_of_tomllib() -> None:
    """Mistakes are told by the reference, with its line and column."""
    with pytest.raises(tomllib.TOMLDecodeError, match="line 2"):
        parse("a = 1\nb = ?\n")
    assert parse("a = [\n1,\n]") == {"a": [1]}
