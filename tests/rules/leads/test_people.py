"""Which contacts are one person, which gives the lead its id, and rows as they were known."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest

from commsleads.journey import Merge
from commsleads.rules.leads.known import until
from commsleads.rules.leads.people import first, in_order, joined
from tests.rules.leads.logs import act, day, lead, terms, touch

ADA_BEN = Merge("1", "ada", "ben", day(0), "ruth", "one address")
BEN_CY = Merge("2", "ben", "cy", day(1), "ruth", "one number")
DOT_CY = Merge("3", "dot", "cy", day(2), "ruth", "says so")


@pytest.mark.parametrize(
    ("merges", "groups"),
    [
        ([], []),
        ([ADA_BEN], ["ada ben"]),
        ([ADA_BEN, BEN_CY, DOT_CY], ["ada ben cy dot"]),
        ([ADA_BEN, DOT_CY], ["ada ben", "cy dot"]),
        ([ADA_BEN, BEN_CY._replace(undone=day(3)), DOT_CY], ["ada ben", "cy dot"]),
        ([ADA_BEN, ADA_BEN._replace(id="9", one="ben", other="ada"), ADA_BEN._replace(undone=day(3))], ["ada ben"]),
        ([ADA_BEN._replace(other="ada")], []),
    ],
)
def test_joined(merges: list[Merge], groups: Sequence[str]) -> None:
    """All contacts that standing merges join, in whatever order these were made."""
    expected = {contact: tuple(group.split()) for group in groups for contact in group.split()}
    assert all(joined(some) == expected for some in permutations(merges))


def test_joined_as_of_a_day() -> None:
    """A merge stands from when it was made until it was undone."""
    rows = [ADA_BEN, BEN_CY._replace(undone=day(3))]
    assert joined(rows, day(-1)) == {}
    assert set(joined(rows, day(0))) == {"ada", "ben"}
    assert set(joined(rows, day(2))) == {"ada", "ben", "cy"}
    assert set(joined(rows, day(3))) == {"ada", "ben"}


def test_a_long_chain_is_joined() -> None:
    """A hundred thousand merges one after the other, as an import may bring them."""
    rows = [Merge(str(one), f"c{one:06}", f"c{one + 1:06}", day(0), "ruth", "") for one in range(100_000)]
    assert len(joined(rows)["c000000"]) == 100_001


def test_the_id_is_of_whom_we_learned_first() -> None:
    """By when we learned, then by when it was, then by id; who has no touch comes last."""
    rows = [
        touch("1", day(3), contact="cy", learned=day(4)),
        touch("2", day(0), contact="ben", learned=day(5)),
        touch("3", day(2), contact="dot", learned=day(4)),
        touch("4", day(3), contact="ann", learned=day(4)),
    ]
    assert in_order(["ada", "ben", "cy", "dot", "ann"], rows) == ("dot", "ann", "cy", "ben", "ada")
    assert first(["ben", "cy"], rows) == "cy"
    assert first([], rows) == ""
    assert first(["z", "y"], []) == "y"


def test_until() -> None:
    """Touches by when we learned of them, acts and terms by when they were, merges with nothing said of a later end."""
    late = touch("a", day(0), learned=day(2))
    assert until([late, touch("b", day(1))], day(1)) == (touch("b", day(1)),)
    assert until([act("note", day(1)), act("note", day(2))], day(1)) == (act("note", day(1)),)
    assert until([terms(1, day(1)), terms(2, day(2))], day(1)) == (terms(1, day(1)),)
    ended = BEN_CY._replace(undone=day(3), undone_by="tom", undone_why="two people")
    assert until([ADA_BEN, ended, DOT_CY], day(1)) == (ADA_BEN, BEN_CY)
    assert until([ended], day(3)) == (ended,)


def test_a_lead_of_two_contacts_has_the_touches_of_both() -> None:
    """Joined, they are one lead with one id."""
    rows = [touch("a", day(1), "own"), touch("b", day(0), "own", contact="ben")]
    found = lead(*rows)
    assert (found.id, found.touches) == ("ada", 2)
