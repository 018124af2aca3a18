"""Pictures: what is drawn is what was counted, gaps are drawn as gaps, and each says its finding without being seen."""

from __future__ import annotations

import re
import struct
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commsleads.contract import Picture
from commsleads.reports.pictures import DARK, deadlines, funnel, goal, response_curve, trend
from commsleads.reports.pictures import grammar as g

HOSTILE = "</title><script>alert(1)</script> {{7*7}} ' \" שלום 😀 " + "w" * 400
NOW = datetime(2026, 11, 16, 7, 30, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
SVG = "{http://www.w3.org/2000/svg}"


def bar(week: int, count: int, observed: float = 1.0) -> SimpleNamespace:
    return SimpleNamespace(label=f"2026-W{week:02}", count=count, observed=observed, used=observed >= 0.95)


def coverage(*bars: SimpleNamespace, low: int = 1, high: int = 10, word: str = "above") -> SimpleNamespace:
    base = SimpleNamespace(low=low, high=high)
    return SimpleNamespace(trend=bars, verdict=SimpleNamespace(word=word, baseline=base))


def step(kind: str, k: int, n: int, still: int = 0, says: str = "") -> SimpleNamespace:
    share = SimpleNamespace(k=k, n=n, value=k / n if n else None)
    return SimpleNamespace(kind=kind, key=kind, says=says or kind, share=share, open=still)


def leads(*steps: SimpleNamespace) -> SimpleNamespace:
    return SimpleNamespace(counted=True, all=SimpleNamespace(n=steps[0].share.k, steps=steps))


def aim(**more: Any) -> SimpleNamespace:
    pace = SimpleNamespace(word="behind", expected=20.9, low=14, high=25)
    first = datetime(2026, 9, 13, 23, tzinfo=UTC)
    course = tuple((first + timedelta(days=7 * week), n) for week, n in enumerate((1, 4, 4, 6, 7, 8, 9, 10, 13), 1))
    values = {
        "id": "quarter", "name": "Qualified leads of the quarter", "n": 30, "of": "qualified leads", "reached": 13,
        "starts_on": date(2026, 9, 14), "ends_on": date(2026, 12, 13), "day": 64, "pace": pace, "course": course,
        "counted_from": None,
    }  # fmt: skip
    return SimpleNamespace(**values | more)


def cta(name: str, wording: str, *counts: int, targets: int | None = 157) -> SimpleNamespace:
    rises = [SimpleNamespace(at=NOW - timedelta(days=20 - day), n=n) for day, n in enumerate(counts)]
    took = SimpleNamespace(n=counts[-1], rate=counts[-1] / targets) if targets else SimpleNamespace(n=None, rate=None)
    return SimpleNamespace(id=name, wording=wording, curve=tuple(rises), targets=targets, took=took)


def card(*asked: SimpleNamespace, name: str = "Heat Next Door") -> SimpleNamespace:
    return SimpleNamespace(id="heat", name=name, ctas=asked, start=NOW - timedelta(days=21), until=None, now=NOW)


def rate(hit: int, missed: int, waiting: int = 0) -> SimpleNamespace:
    n = hit + missed
    share = SimpleNamespace(k=hit, n=n, value=hit / n if n else None, low=0.1 if n else None, high=0.9 if n else None)
    return SimpleNamespace(share=share, undecided=("x",) * waiting)


def desk(everything: SimpleNamespace, **parts: SimpleNamespace) -> SimpleNamespace:
    slices = [SimpleNamespace(name=name, value=SimpleNamespace(hit_rate=one)) for name, one in parts.items()]
    return SimpleNamespace(figures=SimpleNamespace(all=SimpleNamespace(hit_rate=everything), by_notice=slices))


WEEKS = (bar(38, 4), bar(39, 5), bar(40, 6), bar(41, 4), bar(42, 3, 0.85), bar(43, 0, 0.0), bar(44, 5), bar(46, 16))


def every() -> list[Picture | None]:
    """One picture of each sort."""
    return [
        trend(coverage(*WEEKS), "week", "about Wendlemere"),
        funnel(leads(step("opened", 9, 9), step("qualified", 4, 9, 2), step("accepted", 3, 4)), "week"),
        goal(aim(), NOW, LONDON),
        response_curve(card(cta("a", "Check your street", 10, 40, 53), cta("b", "Ask us", 0, 8, 10)), LONDON),
        deadlines(desk(rate(5, 2, 3), under=rate(1, 0), later=rate(4, 2, 3)), "week"),
    ]


def words_of(picture: Picture) -> str:
    """All letters that are drawn."""
    root = ElementTree.fromstring(picture.svg)
    return " ".join("".join(node.itertext()) for node in root.iter(f"{SVG}text"))


def test_each_is_an_image_with_a_name_and_its_finding() -> None:
    """SVG that a screen reader takes as one image with title and description, and a PNG of twice its size."""
    for picture in every():
        assert picture is not None
        root = ElementTree.fromstring(picture.svg)
        assert root.get("role") == "img"
        named = (root.get("aria-labelledby") or "").split()
        told = {node.get("id"): node.text for node in root if node.tag in {f"{SVG}title", f"{SVG}desc"}}
        assert [told[one] for one in named] == [picture.title, picture.alt]
        assert not re.search(r'aria-(?!labelledby)|role="(?!img")', picture.svg.partition("</desc>")[2])
        assert picture.png.startswith(b"\x89PNG")
        wide, high = struct.unpack(">II", picture.png[16:24])
        assert abs(wide - 2 * picture.width) <= 2
        assert abs(high - 2 * picture.height) <= 2
        assert picture.width <= g.WIDTH + 10
        assert all(len(row) == len(picture.head) for row in picture.rows)


def test_the_same_facts_draw_the_same_bytes() -> None:
    """Nothing in a picture hangs on the clock, the machine's language or the order of a set."""
    assert every() == every()


def test_nothing_to_draw_is_no_picture() -> None:
    """Where nobody looked, nothing was counted or nobody did anything there is None and not an empty frame."""
    assert trend(coverage(), "week", "about us") is None
    assert trend(coverage(bar(46, 0, 0.0)), "week", "about us") is None
    assert funnel(leads(step("opened", 0, 0)), "week") is None
    assert goal(aim(course=()), NOW, LONDON) is None
    assert goal(aim(ends_on=None), NOW, LONDON) is None
    assert response_curve(card(), LONDON) is None
    assert deadlines(desk(rate(0, 0)), "week") is None


def test_one_point_is_drawn() -> None:
    """A first week ever, a goal on its first day, one response, one enquiry: a picture of one point."""
    first = trend(coverage(bar(46, 1), word="cannot tell"), "week", "about us")
    assert first is not None
    assert first.rows == (("W46", "1", "100%"),)
    day = aim(course=((NOW, 1),), reached=1, starts_on=NOW.date(), ends_on=NOW.date(), day=1)
    assert goal(day, NOW, LONDON) is not None
    one = SimpleNamespace(id="a", wording="Come", curve=(SimpleNamespace(at=NOW, n=1),), targets=None,
                          took=SimpleNamespace(n=None, rate=None))  # fmt: skip
    only = response_curve(card(one), LONDON)
    assert only is not None
    assert "nobody knows of how many" in only.alt
    assert deadlines(desk(rate(0, 0, 1), today=rate(0, 0, 1)), "week") is not None


def test_gaps_are_drawn_as_gaps() -> None:
    """A week that was seen in part is outlined and marked as at least so many; one nobody saw has no number at all."""
    picture = trend(coverage(*WEEKS), "week", "about us")
    assert picture is not None
    assert "3+" in words_of(picture)
    assert "no data" in words_of(picture)
    assert "Not fully observed, drawn as gaps: W42 and W43." in picture.alt
    assert ("W43", "–", "0%") in picture.rows
    assert picture.svg.count("stroke-dasharray") >= 1
    without = trend(coverage(*(one for one in WEEKS if one.observed == 1)), "week", "about us")
    assert without is not None
    assert "gaps" not in without.alt


def test_the_finding_is_said() -> None:
    """Alternative text names the numbers that the eye would take from the drawing."""
    first, second, third, fourth, fifth = (picture for picture in every() if picture)
    assert "W46: 16 stories. More than the 1 to 10 to be expected" in first.alt
    assert "qualified: 4 of 9 (44%)." in second.alt
    assert "13 of 30 qualified leads on day 64 of 91." in third.alt
    assert "ends at 14 to 25" in third.alt
    assert "“Check your street”: 53 of 157 (34%)." in fourth.alt
    assert "5 of 7 answered in time (71%" in fifth.alt


def test_bars_are_as_high_as_their_counts() -> None:
    """Twice as many stories are twice as high, from a floor of zero."""
    picture = trend(coverage(bar(44, 5), bar(45, 10), bar(46, 20)), "week", "about us")
    assert picture is not None
    tall = re.findall(rf'<path d="M0,[\d.]+h[\d.]+v([\d.]+)h[^"]+" fill="(?:{g.BEFORE}|{g.NOW})"', picture.svg)
    five, ten, twenty = (float(one) for one in tall)
    assert ten == pytest.approx(2 * five)
    assert twenty == pytest.approx(4 * five)


@pytest.mark.parametrize("number", range(5))
def test_words_of_strangers_are_only_words(number: int) -> None:
    """Markup, expressions, other scripts and 400 letters without a space in any name stay text, and are cut."""
    drawn = [
        lambda: trend(coverage(*WEEKS), "week", HOSTILE),
        lambda: funnel(leads(step("opened", 2, 2), step("stage", 1, 2, says=HOSTILE)), "week"),
        lambda: goal(aim(name=HOSTILE, of="qualified leads"), NOW, LONDON),
        lambda: response_curve(card(cta("a", HOSTILE, 1, 2), name=HOSTILE), LONDON),
        lambda: deadlines(desk(rate(1, 0), **{HOSTILE: rate(1, 0)}), "week"),
    ][number]()
    assert drawn is not None
    root = ElementTree.fromstring(drawn.svg)
    assert not [node for node in root.iter() if node.tag.endswith(("script", "foreignObject", "image", "a"))]
    assert not [name for node in root.iter() for name in node.attrib if name.lower().startswith("on")]
    assert "49" not in words_of(drawn)
    assert drawn.width <= g.WIDTH + 40


@given(st.lists(st.tuples(st.integers(0, 10**7), st.sampled_from([0.0, 0.5, 0.96, 1.0])), min_size=1, max_size=60))
@settings(max_examples=15, deadline=None)
def test_any_course_of_weeks_is_drawn(weeks: list[tuple[int, float]]) -> None:
    """Whatever was counted, up to seven digits and more weeks than there is room for, it is drawn or there is None."""
    bars = [bar(1 + number % 52, count, observed) for number, (count, observed) in enumerate(weeks)]
    picture = trend(coverage(*bars), "week", "about us")
    assert (picture is None) == (not any(one.observed for one in bars[-26:]))
    if picture:
        assert len(picture.rows) == min(26, len(bars))


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_letters_and_fills_are_told_apart_in_grey_and_in_the_dark() -> None:
    """Letters have a contrast of 4.5 on their ground, light and dark; neighbouring fills differ in grey, too."""
    for ink in (g.INK, g.QUIET, g.GAP):
        assert contrast(ink, g.GROUND) >= 4.5, ink
        assert contrast(DARK[ink], DARK[g.GROUND]) >= 4.5, ink
    assert contrast(g.GOAL, g.GROUND) >= 3
    fills = [g.NOW, g.LATE, g.GROUND]
    for one, other in pairwise(fills):
        assert contrast(one, other) >= 1.9, (one, other)
        assert contrast(DARK[one], DARK[other]) >= 1.9, (one, other)
    assert contrast(g.NOW, g.BEFORE) >= 3
    assert contrast(DARK[g.NOW], DARK[g.BEFORE]) >= 2
