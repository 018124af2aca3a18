"""Who may be one person twice: found in whatever order the names stand, and never joined."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.contacts.likeness import BLOCK, WEAK, Known, Pair, agree, alike

RUTH = Known("a", "Ruth Calder", ("The Post",), ("ruth.calder@post.com",), ("+44 20 7946 0001",))


def one_pair(other: Known, first: Known = RUTH, **more: dict[str, str]) -> Pair | None:
    found = list(alike([first, other], **more))  # type: ignore[arg-type]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    "name", ["Calder Ruth", "Calder, Ruth", "RUTH CALDER", "Rùth  Calder", "R. Calder", "Calder R", "Ruth Ann Calder"]
)
def test_a_name_in_any_writing_at_the_same_outlet(name: str) -> None:
    """Swapped, with initials, accents or a middle name: suggested, with the reason."""
    found = one_pair(Known("b", name, ("post",)))
    assert found is not None
    assert found.weight > WEAK
    assert "same outlet" in found.reasons[0]


@pytest.mark.parametrize("name", ["Ruth", "R. C.", "Rosa Calder", "Ruth Caldera", "Calder", ""])
def test_what_is_no_likeness(name: str) -> None:
    """One word, initials alone, another given name and no name at all tell nobody."""
    assert one_pair(Known("b", name, ("Post",))) is None


def test_a_name_alone_is_weak() -> None:
    """At different outlets, or at none, it is a hint and no reason."""
    for outlets in (("Other",), ()):
        found = one_pair(Known("b", "Calder Ruth", outlets))
        assert found is not None
        assert found.weight <= WEAK


def test_umlauts_are_written_in_two_ways() -> None:
    """Jörg Müller and Joerg Mueller."""
    assert agree("Jörg Müller", "Mueller, Joerg")
    assert not agree("Jörg Müller", "Jana Müller")
    assert agree("", "anybody at all")


def test_a_number_needs_names_that_agree() -> None:
    """A switchboard that two names share is two people; with and without the country it is one number."""
    assert one_pair(Known("b", "Ada Stone", ("Post",), (), ("020 7946 0001",))) is None
    found = one_pair(Known("b", "R. Calder", (), (), ("(020) 7946-0001",)))
    assert found is not None
    assert "same number" in found.reasons[0]


def test_an_address_in_two_writings() -> None:
    """Dots and tags are left out by some hosts; a newsroom's address tells nobody."""
    found = one_pair(Known("b", "", (), ("ruthcalder+press@post.com",)))
    assert found is not None
    assert "two ways" in found.reasons[0]
    newsroom = Known("c", "", (), ("news.desk@post.com",))
    assert one_pair(Known("b", "", (), ("newsdesk@post.com",)), newsroom) is None


def test_the_same_front_at_two_domains_of_one_outlet() -> None:
    """By the register, or because both write for the same outlet; not at a free provider."""
    houses = {"post.com": "The Post", "post.co.uk": "The Post"}
    found = one_pair(Known("b", "", (), ("ruth.calder@post.co.uk",)), houses=houses)
    assert found is not None
    assert "two domains" in found.reasons[0]
    assert one_pair(Known("b", "", (), ("ruth.calder@gmail.com",)), houses=houses) is None


def test_people_told_apart_are_not_suggested() -> None:
    """Whoever said that they are two is believed for good."""
    twin = Known("b", "Calder Ruth", ("Post",))
    assert list(alike([RUTH, twin], apart={("a", "b")})) == []


def test_a_key_that_many_share_is_bounded_and_counted() -> None:
    """A thousand of one name at one outlet are not half a million pairs."""
    many = [Known(f"{n:05}", f"Ana Silva {chr(97 + n % 26)}{n}", ("Globo",)) for n in range(1_000)]
    left: Counter[str] = Counter()
    found = list(alike(many, left_out=left))
    assert len(found) <= BLOCK * BLOCK * 2
    assert left["a name's word at an outlet"] >= 2 * (1_000 - BLOCK)


names = st.sampled_from(["Ruth Calder", "Calder Ruth", "R. Calder", "Ada Stone", "Stone, Ada", "", "Ruth", "A Stone"])
people = st.lists(
    st.builds(
        Known,
        st.uuids().map(str),
        names | st.text(max_size=30),
        st.lists(st.sampled_from(["Post", "The Post", "Blatt"]) | st.text(max_size=8), max_size=2).map(tuple),
        st.lists(
            st.sampled_from(["ruth@post.com", "r.uth@post.com", "ruth@blatt.de", "info@post.com"]), max_size=2
        ).map(tuple),
        st.lists(st.sampled_from(["+44 20 7946 0001", "020 7946 0001", "123"]), max_size=2).map(tuple),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)


@given(people, st.data())
def test_pairs_are_symmetric_and_never_told_apart(given_people: list[Known], data: st.DataObject) -> None:
    """In whatever order people come, the same pairs come out; none of them was told apart; each pair comes once."""
    found = list(alike(given_people))
    shuffled = data.draw(st.permutations(given_people))
    assert sorted(found) == sorted(alike(shuffled))
    assert len({(pair.one, pair.other) for pair in found}) == len(found)
    assert all(pair.one < pair.other and pair.reasons and 1 <= pair.weight <= 99 for pair in found)
    apart = (
        set(data.draw(st.lists(st.sampled_from([(pair.one, pair.other) for pair in found]), unique=True)))
        if found
        else set()
    )
    left = list(alike(given_people, apart=apart))
    assert {(pair.one, pair.other) for pair in left} == {(pair.one, pair.other) for pair in found} - apart
    assert left == [pair for pair in found if (pair.one, pair.other) not in apart]
