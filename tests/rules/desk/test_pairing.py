"""Looking up which enquiries a story is worth comparing with loses none that would have been suggested."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.desk.pairing import MOST, Pairing
from commsleads.rules.desk.yielded import Asked, Told, suggest

AT = datetime(2026, 4, 14, 8, 0, tzinfo=UTC)
ASKED = Asked(
    id="e1", received_at=AT, answered_at=AT + timedelta(hours=3), journalists=("Ruth Calder",),
    outlet="The North County Post", sites=("ncp.example",), subject="Rope loft in Leeds",
    answer="Nobody will have to leave the loft before the end of the year.",
)  # fmt: skip
TOLD = Told(id="s1", at=AT + timedelta(days=1), title="Fog at sea", text="Ferries wait.", url="https://else.example/1")


def test_what_a_story_may_share() -> None:
    """A name, an outlet with or without its article, a site, six words on end; and with nothing shared, nothing."""
    pairing = Pairing([ASKED])
    for told in (
        replace(TOLD, author="CALDER, R."),
        replace(TOLD, outlet="North County Post"),
        replace(TOLD, url="https://www.ncp.example/a"),
        replace(TOLD, text="“Nobody will have to LEAVE the loft,” it said."),
    ):
        assert pairing.worth(told) == [ASKED]
    assert pairing.worth(TOLD) == []
    assert pairing.worth(replace(TOLD, author="R.", text="Rope loft in Leeds")) == []


def test_the_head_of_a_story_is_asked_first() -> None:
    """Who and where, before the text is read."""
    pairing = Pairing([ASKED])
    assert pairing.by_its_head("Ruth Calder", "", "")
    assert pairing.by_its_head("", "north county post", "")
    assert pairing.by_its_head("", "", "ncp.example")
    assert not pairing.by_its_head("Jo Penn", "Quay Radio", "quay.example")
    assert not pairing.by_its_head("", "", "")


def test_a_busy_outlet_is_bounded() -> None:
    """Of a thousand enquiries of one outlet the newest are looked at."""
    many = [replace(ASKED, id=f"e{number}", received_at=AT + timedelta(minutes=number)) for number in range(1_000)]
    found = Pairing(many).worth(replace(TOLD, outlet="North County Post"))
    assert [one.id for one in found] == [f"e{number}" for number in range(999, 999 - MOST, -1)]


VOCABULARY = (
    "the", "nobody", "will", "have", "to", "leave", "loft", "before", "end", "year", "Leeds", "rope", "Calder", "Ruth",
    "Ünal", "R", "by", "dr",
)  # fmt: skip
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=14).map(" ".join)
NAMES = st.sampled_from((
    "", "Ruth Calder", "R. Calder", "By Ruth Calder and Ay Ünal", "Dr. Ay Ünal", "Calder", "By", "Ünal, A.", "J. K.",
    "J. K. Rope",
))  # fmt: skip
PLACES = st.sampled_from(("", "The", "The Post", "post", "Le Quai", "LE  QUAI", "Quai!", "Der Hafen"))
SITES = st.sampled_from(("", "ncp.example", "quai.example"))


@given(
    st.lists(st.builds(
        Asked, id=st.just("e"), received_at=st.just(AT), answered_at=st.sampled_from((None, AT)),
        journalists=st.tuples(NAMES), outlet=PLACES, sites=st.tuples(SITES), subject=WORDS, answer=WORDS,
    ), max_size=4),
    st.builds(
        Told, id=st.just("s"), at=st.just(AT), title=WORDS, text=WORDS, author=NAMES, outlet=PLACES,
        url=SITES.map(lambda site: f"https://www.{site}/a" if site else ""),
    ),
)  # fmt: skip
def test_nothing_that_is_suggested_is_passed_over(asked: list[Asked], told: Told) -> None:
    """Whatever the rule suggests was found by looking it up."""
    found = Pairing(asked).worth(told)
    for one in asked:
        if suggest(one, told, AT + timedelta(days=1)):
            assert one in found


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_can_be_looked_up(one: str, other: str) -> None:
    """Hostile names and words raise nothing."""
    pairing = Pairing([replace(ASKED, journalists=(one,), outlet=other, answer=one)])
    pairing.worth(replace(TOLD, author=other, outlet=one, title=one, text=other, url=other))
