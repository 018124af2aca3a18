"""Who is the same target, and who is only alike."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commsleads.rules.campaigns.identity import Entry, Register, address, host, identity, target_id, words

ADA = Entry("Ada Stone", "The Example", "ada@news.example")


@pytest.mark.parametrize(
    ("given", "folded"),
    [
        ("Ada@News.Example", "ada@news.example"),
        (" ada@news.example. ", "ada@news.example"),
        ("Ada Stone <Ada@news.example>", "ada@news.example"),
        ("mailto:ada@news.example", "ada@news.example"),
        ("ada\u200b@news.example", "ada@news.example"),
        ("a.d.a+press@news.example", "a.d.a+press@news.example"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("ＡＤＡ@news.example", "ada@news.example"),
        ("müller@news.example", "müller@news.example"),
        *((bad, "") for bad in ("", "ada", "ada@", "@news.example", "ada@news", "a b@news.example", "a..b@news.example",
                                ".a@news.example", "a@-news.example", "a@news.example,b@news.example", "a@1.2.3.4",
                                "a@news.example\nBcc: b@news.example", "a" * 65 + "@news.example", "=a()@x.example")),
    ],
)  # fmt: skip
def test_addresses(given: str, folded: str) -> None:
    """Case, blanks, names and the spelling of international domains do not matter; dots and tags do."""
    assert address(given) == folded


@given(st.text(max_size=80))
@example("\ud800@\ud800.example")
def test_folding_an_address_twice_changes_nothing(text: str) -> None:
    """What comes out is an address that comes out the same, whatever went in."""
    for given_text in (text, f"{text}@news.example", f"a@{text}.example"):
        folded = address(given_text)
        assert address(folded) == folded
        assert "\n" not in folded


@given(st.text(max_size=80))
def test_folding_a_name_or_host_twice_changes_nothing(text: str) -> None:
    """The folded form is its own."""
    assert words(words(text)) == words(text)
    assert host(host(text)) == host(text)


@pytest.mark.parametrize("other", ["Stone, Ada", "STONE,  Ada", "ada  stone", "Áda Stone", "Ａda Stone", "Ada Stone,"])
def test_spellings_of_one_name(other: str) -> None:
    """Order told by a comma, case, blanks, accents and wide letters do not matter."""
    assert words(other) == "ada stone"


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (ADA, "mail ada@news.example"),
        (Entry(outlet="The Example", domain="news.example"), "domain news.example"),
        (Entry("Ada Stone", "The  Éxample"), "name ada stone|the example"),
        (Entry("Ada Stone"), "name ada stone|"),
        (Entry(outlet="The Example"), "name |the example"),
        (Entry(), ""),
    ],
)
def test_what_tells_a_target_from_others(entry: Entry, told: str) -> None:
    """The address, else the domain of an outlet, else name and outlet."""
    assert identity(entry) == told


def register(*entries: Entry) -> Register:
    made = Register()
    for number, entry in enumerate(entries):
        made.add(str(number), entry)
    return made


@pytest.mark.parametrize(
    "entry",
    [
        ADA,
        Entry("Stone, Ada", "the example", "ada@news.example"),
        Entry("", "", "ada@news.example"),
        Entry("Stone, Ada", "THE EXAMPLE"),
    ],
)
def test_the_same_under_another_spelling(entry: Entry) -> None:
    """The address, or name and outlet where no address contradicts, without a doubt."""
    assert register(ADA).match(entry) == ("0", "")


@pytest.mark.parametrize(
    ("entry", "words_of"),
    [
        (Entry("Ada Stone", "The Example", "stone@other.example"), "name and outlet"),
        (Entry("Stone Ada", "The Example"), "same words"),
        (Entry("A. Stone", "Another", "a.da@news.example"), "nearly the address"),
        (Entry("A. Stone", "Another", "ada+press@news.example"), "nearly the address"),
        (Entry("Ada Stone", "Another", "ada@newss.example"), "nearly the address"),
    ],
)
def test_who_is_only_alike_is_another_and_told(entry: Entry, words_of: str) -> None:
    """Nobody is joined by a likeness."""
    match = register(ADA).match(entry)
    assert match.known is None
    assert words_of in match.doubt


def test_who_is_not_alike_is_no_doubt() -> None:
    """Another person of the same outlet is simply new."""
    assert register(ADA).match(Entry("Ben Okoro", "The Example", "ben@news.example")) == (None, "")


def test_one_address_under_two_names_is_one_target_and_told() -> None:
    """A newsroom's address is written to once; that it had another name is said."""
    match = register(ADA).match(Entry("Ben Okoro", "The Example", "ada@news.example"))
    assert match.known == "0"
    assert "“Ada Stone”" in match.doubt


def test_two_of_one_name_without_an_address_between_them() -> None:
    """Where two have the name and outlet, a third without an address is neither."""
    made = register(ADA, Entry("Ada Stone", "The Example", "stone@other.example"))
    match = made.match(Entry("Ada Stone", "The Example"))
    assert match.known is None
    assert "“Ada Stone” (ada@news.example) and “Ada Stone” (stone@other.example)" in match.doubt


PEOPLE = st.builds(
    Entry,
    st.sampled_from(["", "Ada Stone", "Stone, Ada", "ADA STONE", "Ben Okoro", "Stone Ada"]),
    st.sampled_from(["", "The Example", "the  example", "Other"]),
    st.sampled_from(["", "ada@news.example", "a.da@news.example", "ben@x.example"]),
    st.sampled_from(["", "news.example"]),
)


@given(st.lists(PEOPLE, max_size=12))
def test_a_list_read_three_times_brings_nobody_new(entries: list[Entry]) -> None:
    """After the first time everybody is known, and known as the same."""
    made = Register()
    found: list[str] = []
    for turn in range(3):
        before = []
        for entry in filter(identity, entries):
            match = made.match(entry)
            ident = match.known or target_id("wing", identity(entry))
            made.add(ident, entry)
            before.append(ident)
        if turn:
            assert set(before) <= set(found)
        found = before
