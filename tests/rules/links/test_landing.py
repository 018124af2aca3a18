"""What has become of a page: the rules, without a network."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.plan import CallToAction, Campaign
from commsleads.rules.links.landing import FAILURES, FEWEST, Known, Look, destinations, judge, likeness, print_of

PAGE = "https://museum.example/wing"
DAY = date(2026, 11, 18)


def words(first: int, n: int = 200) -> str:
    """So many different words."""
    return " ".join(f"word{number}" for number in range(first, first + n))


@pytest.mark.parametrize(("shared", "share"), [(200, 1.0), (150, 0.6), (100, 1 / 3), (0, 0.0)])
def test_likeness_is_the_share_of_common_words(shared: int, share: float) -> None:
    """Within what a sample of 64 can tell."""
    found = likeness(print_of("", words(0)), print_of("", words(200 - shared)))
    assert found == pytest.approx(share, abs=0.2)


def test_pages_of_few_words_are_not_compared() -> None:
    """A page that is put together in the browser sends none."""
    assert likeness(print_of("App", words(0, FEWEST - 2)), print_of("", words(0))) is None
    assert likeness("", "") is None


@pytest.mark.parametrize(
    "script", ["博物館は春に新しい翼を開きます。早い地図と道具と船が見られます。", "музей откроет новое крыло весной"]
)
def test_scripts_without_blanks_are_compared_too(script: str) -> None:
    """The same text is alike, another one of its length is not."""
    text = script * 3 + words(0, 30)
    assert likeness(print_of("", text), print_of("", text)) == 1.0


@given(st.text(max_size=300), st.text(max_size=300))
def test_likeness_is_bounded_and_has_no_direction(one: str, two: str) -> None:
    """Of any two texts."""
    first, second = print_of("", one), print_of("", two)
    found = likeness(first, second)
    assert found == likeness(second, first)
    assert found is None or 0 <= found <= 1
    assert likeness(first, first) in {None, 1.0}


def test_failures_are_counted_until_a_look_brings_something() -> None:
    """Each of them says that nothing was observed; none of them says that the page is gone."""
    known = Known(url=PAGE, state="ok", first_print=print_of("", words(0)), first_led_to=PAGE)
    for n in range(1, FAILURES + 1):
        found = judge(known._replace(failures=n - 1), Look("failed", 503, why="The server says 503."))
        assert (found.state, found.failures) == ("failing" if n == FAILURES else "ok", n)
        assert "could not be looked at" in found.note
    back = judge(known._replace(state="failing", failures=9), Look("page", 200, print=known.first_print, led_to=PAGE))
    assert (back.state, back.failures) == ("ok", 0)


def test_a_page_that_was_not_asked_keeps_its_state() -> None:
    """The site wanted to be left alone: that says nothing of the page."""
    for state in ("new", "ok", "gone", "changed"):
        assert judge(Known(url=PAGE, state=state, failures=2), Look("skipped", why="cooling"))[:3] == (
            state,
            "cooling",
            2,
        )


def test_www_and_https_are_no_move() -> None:
    """A redirect to the same page in another spelling, for good or not."""
    look = Look("page", 200, led_to="https://www.museum.example/wing/", for_good=True)
    assert judge(Known(url="http://museum.example/wing"), look).state == "ok"
    elsewhere = look._replace(led_to="https://museum.example/")
    assert judge(Known(url="http://museum.example/wing"), elsewhere).state == "moved"


def test_each_page_stands_once_with_all_who_lead_to_it() -> None:
    """Of campaigns that run or are measured; dates that were left out do not end a campaign."""
    ctas = (CallToAction(id="a", destination=PAGE), CallToAction(id="b", destination=PAGE), CallToAction(id="c"))
    running = Campaign(id="one", ctas=ctas)
    measured = Campaign(id="two", ends_on=DAY - timedelta(days=7), ctas=ctas[:1])
    over = Campaign(id="three", ends_on=DAY - timedelta(days=8), ctas=ctas[:1])
    coming = Campaign(id="four", starts_on=DAY + timedelta(days=1), ctas=ctas[:1])
    assert destinations([running, measured, over, coming], DAY) == {PAGE: ["one/a", "one/b", "two/a"]}
