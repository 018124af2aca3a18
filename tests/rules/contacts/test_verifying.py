"""What is said of addresses, on a corpus of our own, and of whatever else somebody may type there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.journey import MARKS
from commsleads.plan import Outlet
from commsleads.rules.contacts.register import declared
from commsleads.rules.contacts.standing import standing
from commsleads.rules.contacts.verifying import marks, shared, verified

POST = ("post-nord.de", "www.Post-Nord.com")

CORPUS = [
    # address, domains of the outlet, works, marks
    ("ruth.calder@post-nord.de", POST, True, "outlet-domain works"),
    ("ruth@mail.post-nord.com", POST, True, "outlet-domain works"),
    ("Ruth.Calder@POST-NORD.DE", POST, True, "outlet-domain works"),
    ("ruth@notpost-nord.de", POST, True, "works"),
    ("ruth@post-nord.de.evil.com", POST, True, "works"),
    ("anna@zürcher-blatt.ch", ("zürcher-blatt.ch",), True, "outlet-domain works"),
    ("anna@xn--zrcher-blatt-dlb.ch", ("zürcher-blatt.ch",), True, "outlet-domain works"),
    ("jörg@blatt.de", (), True, "works"),
    ("o'brien+news@post-nord.de", (), True, "works"),
    ("ada@gmail.com", (), True, "private works"),
    ("ada@gmail.com", ("gmail.com",), True, "private works"),
    ("ada@yahoo.co.uk", (), True, "private works"),
    ("ada@op.pl", (), True, "private works"),
    ("redaktion@post-nord.de", POST, True, "outlet-domain shared works"),
    ("lokalredaktion@post-nord.de", (), True, "shared works"),
    ("nord.redaktion@post-nord.de", (), True, "shared works"),
    ("presse-berlin@post-nord.de", (), True, "shared works"),
    ("newsdesk2@bbc.co.uk", (), True, "shared works"),
    ("news+uk@bbc.co.uk", (), True, "shared works"),
    ("rédaction@lemonde.fr", (), True, "shared works"),
    ("redaccion@elpais.es", (), True, "shared works"),
    ("prensa.madrid@elpais.es", (), True, "shared works"),
    ("info@hotmail.fr", (), True, "private shared works"),
    ("anna.press@bbc.co.uk", (), True, "works"),
    ("felix.news@bbc.co.uk", (), True, "works"),
    ("desker@bbc.co.uk", (), True, "works"),
    ("x@mailinator.com", (), True, "throwaway works"),
    ("x@inbox.mailinator.com", (), True, "throwaway works"),
    ("reply+3f2a@helpareporter.com", (), None, ""),
    ("q7@mail.helpareporter.net", (), None, ""),
    ("ruth@post.example", ("post.example",), None, "outlet-domain"),
    ("ruth@post.invalid", (), False, "broken"),
    ("ruth@post.local", (), False, "broken"),
    ("ruth@box.test", (), False, "broken"),
    ("ruth@localhost", (), False, "broken"),
    ("ruth@post-nord.dde", (), None, ""),
    ("ruth@co.uk", (), None, ""),
    ("ruth@post", (), False, "broken"),
    ("ruth@@post-nord.de", (), False, "broken"),
    ("ruth.@post-nord.de", (), False, "broken"),
    ("ru th@post-nord.de", (), False, "broken"),
    ("ruth@post_nord.de", (), False, "broken"),
    ("ruth@-post.de", (), False, "broken"),
    ("ruth@[127.0.0.1]", (), False, "broken"),
    ('"ruth"@post-nord.de', (), False, "broken"),
    ("@post-nord.de", (), False, "broken"),
    ("ruth", (), False, "broken"),
    ("x" * 65 + "@post-nord.de", (), False, "broken"),
    ("ruth@" + "x" * 300 + ".de", (), False, "broken"),
    ("ruth\x00@post-nord.de", (), False, "broken"),
    ("ruth@post-nord.de\nBcc: all@x.de", (), False, "broken"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "domains", "works", "expected"), CORPUS)
def test_the_corpus(address: str, domains: tuple[str, ...], works: bool | None, expected: str) -> None:
    """Each address is called what a person would call it, with a sentence for each thing."""
    found = verified(address, domains)
    assert (found.works, " ".join(found.marks)) == (works, expected)
    assert found.reasons
    assert all(one.endswith(".") and len(one) < 260 for one in found.reasons)
    assert marks(address, domains) == found.marks


def test_nothing_is_said_of_no_address() -> None:
    """Who has none is neither broken nor fine."""
    assert verified("") == verified("  ") == (None, (), ())


@given(st.text(max_size=400), st.lists(st.text(max_size=80), max_size=3))
def test_whatever_is_typed_gets_an_answer(address: str, domains: list[str]) -> None:
    """Hostile text is no crash, and marks are words of the vocabulary in their order."""
    found = verified(address, domains)
    assert set(found.marks) <= set(MARKS)
    assert list(found.marks) == sorted(found.marks)
    assert ("works" in found.marks) == (found.works is True)
    assert ("broken" in found.marks) == (found.works is False)


@given(st.from_regex(r"\A[a-z]{1,12}(\.[a-z]{1,12}){0,2}\Z"))
def test_a_tag_or_capitals_never_change_whose_an_address_is(local: str) -> None:
    """Whether several read an address does not hang on how it is written."""
    assert shared(f"{local}@bbc.co.uk") == shared(f"{local.upper()}@bbc.co.uk")


def test_who_somebody_is() -> None:
    """Outlet, tier and address together; an outlet that is not in the register is known by name only."""
    register = (Outlet(name="The Post", domains=("post.com",), tier=2), Outlet(name="Blatt"))
    assert standing("Post", "ruth@post.com", register) == ("outlet", "outlet-domain", "tier-2", "works")
    assert standing("post.com", "", register) == ("outlet", "tier-2")
    assert standing("Blatt", "", register) == standing("Elsewhere", "", register) == ("outlet",)
    assert standing("", "", register) == ()
    assert declared(register, " the POST ") is register[0]
    assert declared(register, "the") is None
