"""Who may be one person twice."""

from __future__ import annotations

from commsleads.leads import joining
from commsleads.leads.twins import twins
from tests.leads.office import Office


def pairs(desk: Office, who: str = "", **how: bool) -> set[frozenset[str]]:
    """The suggested pairs."""
    return {frozenset((one["one"]["id"], one["other"]["id"])) for one in twins(desk.work(), who, **how).pairs}


def test_suggested_with_reasons(desk: Office) -> None:
    """The words of a name in another order at one outlet; and never by a name alone, unless weak ones are asked for."""
    one = desk.person("Ruth Calder", email="ruth@ncp.example")
    other = desk.person("Calder Ruth", outlet="The North County Post", email="r.calder@mail.example")
    far = desk.person("Ruth Calder", outlet="Harbour Times")
    found = twins(desk.work())
    (pair,) = found.pairs
    assert {pair["one"]["id"], pair["other"]["id"]} == {one, other}
    assert pair["reasons"]
    assert found.found == 1
    assert pairs(desk, weak=True) == {frozenset((one, other)), frozenset((one, far)), frozenset((other, far))}
    assert pairs(desk, far) == set()
    assert pairs(desk, far, weak=True) == {frozenset((one, far)), frozenset((other, far))}


def test_joined_and_told_apart_are_left_out(desk: Office) -> None:
    """Who is one already and of whom somebody said that they are two is suggested no more."""
    one, other, third = (desk.person("Ruth Calder", f"Post {n}", phone="+44 20 7946 0000") for n in range(3))
    assert len(pairs(desk)) == 3
    joining.merge(desk.work(), one, other, why="Same.")
    assert frozenset((one, other)) not in pairs(desk)
    joining.apart(desk.work(), other, third)
    assert pairs(desk) == {frozenset((one, third))}
    assert twins(desk.work(), limit=1).found == 1
