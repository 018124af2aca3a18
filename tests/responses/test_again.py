"""Settling twice is settling once, a rebuild gives the same, and the order in which evidence comes does not matter."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from commsleads.store.campaigns.links import New, identity
from tests.intake.postroom import answer
from tests.responses.campaign import Office, day, everything, opened

PEOPLE = [f"p{number}@x.example" for number in range(4)]
Piece = tuple[str, Any]
PIECES: list[Piece] = [
    *(("target", (who, campaign)) for who in PEOPLE[:3] for campaign in ("wing", "rope")),
    *(("excluded", (who, "wing")) for who in PEOPLE[3:]),
    *(("link", (who, number)) for number, who in enumerate(PEOPLE)),
    *(("hit", (who, number, when, verdict)) for number, who in enumerate(PEOPLE)
      for when, verdict in ((2, "certain_human"), (9, "probable_machine"), (20, "probable_human"))),
    *(("mail", (who, when, text)) for who in PEOPLE[:2] for when in (5, 12, 16)
      for text in ("Yes.", "See https://museum.example/samples", "About utm https://x.example/?utm_campaign=wing26")),
    ("mail", (PEOPLE[2], 16, "Yes.")),
    ("mail", ("stranger@y.example", 13, "See https://museum.example/come")),
    *(("story", (site, text)) for site in ("a", "b") for text in ("#NewWing is open", "Nothing at all of that")),
]  # fmt: skip
"""Targets, links, hits, mails and stories, as they may come in any order."""


def bring(office: Office, piece: Piece) -> None:
    """One thing comes."""
    sort, said = piece
    if sort in ("target", "excluded"):
        office.target(said[1], said[0], excluded="Objected." if sort == "excluded" else "")
    elif sort == "link":
        ident = office.session.tuples("SELECT id FROM targets WHERE email = ? AND campaign_id = 'wing'", said[:1])
        if ident:  # a link by person needs the person
            office.link(target=ident[0][0], slug=f"s{said[1]}")
    elif sort == "mail":
        who, when, text = said
        office.mail(answer(text, to="gone@x.example", sender=f"Jo <{who}>", date=f"{when:02} Nov 2026 08:00:00 +0000",
                           message_id=f"{who}{when}{len(text)}"))  # fmt: skip
    elif sort == "story":
        site, text = said
        office.story((f"https://{site}.example/{len(text)}", f"{text} in {site}", f"{text} {site}"), at=day(15))


def all_of(pieces: Sequence[Piece], between: Callable[[Office], None]) -> list[tuple[Any, ...]]:
    """What stands after these pieces came in this order, with something done between them."""
    with tempfile.TemporaryDirectory() as folder:
        (found,) = _stand(Path(folder), pieces, between)
    return found


def _stand(folder: Path, pieces: Sequence[Piece], between: Callable[[Office], None]) -> Iterator[list[tuple[Any, ...]]]:
    for office in opened(folder):
        for piece in pieces:
            if piece[0] == "hit":
                who, number, when, verdict = piece[1]
                link = identity(New(campaign="wing", cta="preview", channel="", destination="", slug=f"s{number}"))
                office.hit(f"{who}{when}", link, day(when), verdict)
            else:
                bring(office, piece)
            between(office)
        office.settle()
        before = everything(office)
        office.settle()
        assert everything(office) == before, "twice is not once"
        office.rebuild()
        assert everything(office) == before, "a rebuild made something else"
        yield before


PLAN = [piece for piece in PIECES if piece[0] in ("target", "excluded")]
LINKS = [piece for piece in PIECES if piece[0] == "link"]
CAME = [piece for piece in PIECES if piece[0] not in ("target", "excluded", "link")]


def tick(office: Office) -> None:
    """A second passes."""
    office.clock.move(seconds=1)


def tick_and_settle(office: Office) -> None:
    """A second passes, and a pass is made."""
    office.clock.move(seconds=1)
    office.settle()


@settings(max_examples=12, deadline=None)
@given(st.permutations([*LINKS, *CAME]), st.lists(st.booleans(), min_size=1, max_size=7))
def test_order_does_not_matter(order: list[Piece], passes: list[bool]) -> None:
    """Whatever comes first, and whenever a pass is made in between, the same responses stand at the end."""
    number = iter(range(10**6))

    def now_and_then(office: Office) -> None:
        office.clock.move(seconds=1)
        if passes[next(number) % len(passes)]:
            office.settle()

    assert all_of([*PLAN, *order], now_and_then) == at_once()


@settings(max_examples=6, deadline=None)
@given(st.permutations(PLAN))
def test_targets_that_come_last(order: list[Piece]) -> None:
    """Targets and their links that are told of after everything else came find what they did before."""
    pieces = [*CAME, *order, *LINKS]
    assert all_of(pieces, tick_and_settle) == at_once()


@cache
def at_once() -> list[tuple[Any, ...]]:
    """What stands when all came before the first pass."""
    return all_of([*PLAN, *LINKS, *CAME], tick)


def test_there_is_something_to_compare() -> None:
    """The pieces make responses of every sort, some of which do not count."""
    kinds = {(row[5], row[8]) for row in at_once()}
    assert {("click", 1), ("click", 0), ("reply", 1), ("reply", 0), ("mention", 1)} <= kinds


def test_bites_give_the_same(office: Office) -> None:
    """A pass that may look at little finds the rest in the next ones."""
    office.target()
    for number in range(12):
        office.mail(answer(to="gone@x.example", sender=f"Jo <p{number}@z.example>", message_id=f"m{number}"))
        office.target(email=f"p{number}@z.example")
        office.story((f"https://s{number}.example/", f"Number {number} of it", f"#NewWing {number} {'x' * number}"))
    for _ in range(12):
        office.settle(most=1)
    assert len(office.found()) == 24


def test_one_bad_piece_leaves_the_others(office: Office) -> None:
    """A mail that makes a rule fail costs its own response and no other."""
    for number in range(3):
        office.target(email=f"p{number}@z.example")
        office.mail(answer(to="gone@x.example", sender=f"Jo <p{number}@z.example>", message_id=f"m{number}"))
    office.session.execute("UPDATE letters SET rest = '{' WHERE sender = 'p1@z.example'")
    office.settle()
    assert len(office.found()) == 2
