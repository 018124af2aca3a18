"""Joining two people and parting them again: exactly, in any order."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commsleads.errors import CommsleadsError, ConflictError, LeadError, NotFoundError
from commsleads.leads import answering, joining, working
from commsleads.store import open_engine
from commsleads.store.leads import merges
from tests.leads.office import ENGAGED, Office, office

NAMES = ("Ruth Calder", "R. Calder", "Ruth Calder-Vane", "Calder Desk", "Ruthie Calder")


def test_joined_and_parted(desk: Office) -> None:
    """Two leads are one with the touches and acts of both, and two again as if nothing had been."""
    one, other = desk.asked(), desk.person("R. Calder", "Post of the North")
    desk.move(hours=1)
    desk.touch(other, ENGAGED, kind="phone")
    working.note(desk.work(), other, "Called from abroad.")
    before = desk.tables()
    desk.move(hours=1)
    done = joining.merge(desk.work("ben"), one, other, why="The same voice.")
    assert done.leads == (one,)
    lead = desk.lead(other)
    assert (lead.id, set(lead.contacts), lead.touches) == (one, {one, other}, 2)
    assert desk.lead("R. Calder").id == one
    assert desk.tables() != before
    desk.move(hours=1)
    undone = joining.unmerge(desk.work(), done.merge.id, why="Two voices after all.")
    assert set(undone.leads) == {one, other}
    assert desk.tables() == before
    (edge,) = merges.all_(desk.session)
    assert (edge.by, edge.undone_by, edge.undone_why) == ("ben", "ada", "Two voices after all.")


def test_what_is_refused(desk: Office) -> None:
    """No reason, oneself, nobody, what is one already, what was never one, and what was parted before."""
    one, other, third = desk.asked(), desk.asked("Ann Vale", outlet="Beta"), desk.asked("Ned Vale", outlet="Gamma")
    work = desk.work()
    with pytest.raises(LeadError, match="Say why they are one"):
        joining.merge(work, one, other, why="  ")
    with pytest.raises(LeadError, match="itself"):
        joining.merge(work, one, "Ruth Calder", why="Same.")
    with pytest.raises(NotFoundError, match="No contact is called"):
        joining.merge(work, one, "Nemo", why="Same.")
    made = joining.merge(work, one, other, why="Same desk.").merge
    with pytest.raises(ConflictError, match=r"one lead already: ada joined .* \(Same desk\.\)"):
        joining.merge(desk.work("ben"), other, one, why="Same.")
    with pytest.raises(LeadError, match="never joined"):
        joining.unmerge(work, one, third, why="Two.")
    joining.merge(work, other, third, why="Same too.")
    with pytest.raises(LeadError, match="by way of others"):
        joining.unmerge(work, one, third, why="Two.")
    joining.unmerge(work, other, one, why="Two.")
    with pytest.raises(ConflictError, match="ada took it back"):
        joining.unmerge(desk.work("ben"), made.id, why="Two.")
    with pytest.raises(NotFoundError, match="no joining"):
        joining.unmerge(work, "ffff", why="Two.")


def test_told_apart(desk: Office) -> None:
    """Two people are said to be two once; who is joined is parted first."""
    one, other = desk.asked(), desk.asked("Ann Vale", outlet="Beta")
    assert joining.apart(desk.work(), other, one) == tuple(sorted((one, other)))
    assert joining.apart(desk.work(), one, other) == tuple(sorted((one, other)))
    with pytest.raises(LeadError, match="one person"):
        joining.apart(desk.work(), one, one)
    joining.merge(desk.work(), one, other, why="After all.")
    with pytest.raises(LeadError, match="lead unmerge"):
        joining.apart(desk.work(), one, other)


def test_an_act_on_two_that_are_one(desk: Office) -> None:
    """Who accepts either of the names accepts the one lead; the offer of the other is none of its own."""
    one, other = desk.asked(), desk.asked("R. Calder", outlet="Post of the North")
    joining.merge(desk.work(), one, other, why="Same.")
    answering.accept(desk.work("ben"), "R. Calder")
    with pytest.raises(ConflictError, match="ben accepted it"):
        answering.accept(desk.work(), one)
    assert desk.lead(other).owner == "ben"


def test_acts_of_one_second_keep_their_order(desk: Office) -> None:
    """Acts on one of two, a joining and an act on both, all in one second: each has its effect, in the order given."""
    one, other = desk.asked(), desk.asked("R. Calder", outlet="Post of the North")
    for words in ("One.", "Two.", "Three."):
        working.note(desk.work(), max(one, other), words)
    answering.accept(desk.work("ben"), max(one, other))
    joining.merge(desk.work(), one, other, why="Same.")
    answering.close(desk.work(), one, outcome="served")
    moves = [move.to for move in desk.lead(one).moves if move.what == "status"]
    assert moves[-2:] == ["accepted", "closed"]
    answering.reopen(desk.work(), other)
    assert desk.lead(one).status == "offered"


def test_seen_before_it_was_joined(desk: Office) -> None:
    """Who looked before somebody joined it is told of the joining."""
    one, other = desk.asked(), desk.asked("R. Calder", outlet="Post of the North")
    seen = desk.number(one)
    joining.merge(desk.work("ben"), one, other, why="Same.")
    with pytest.raises(ConflictError, match="ben joined it with another"):
        answering.accept(desk.work(), one, seen=seen)


STEPS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=STEPS, order=st.randoms(use_true_random=False), acted=st.integers(0, 4))
def test_any_order_joined_and_any_order_parted(
    empty: Path, tmp_path: Path, pairs: list[tuple[int, int]], order: object, acted: int
) -> None:
    """Whatever was joined in whichever order, the leads are the same; parted in whichever order, they are as before."""
    shutil.copy(empty, tmp_path / "commsleads.db")
    with office(open_engine(str(tmp_path / "commsleads.db")), tmp_path) as desk:
        people = [desk.person(name, f"Outlet {place}") for place, name in enumerate(NAMES)]
        for place, contact in enumerate(people):
            desk.move(minutes=7)
            desk.touch(contact, "own outlet ask use tier-1" if place % 2 else ENGAGED)
        answering.close(desk.work("ben"), people[acted], outcome="served")
        before = desk.tables()
        first = joined(desk, people, pairs)
        together = desk.tables()
        parted(desk, first, order)
        assert desk.tables() == before
        shuffled = list(pairs)
        order.shuffle(shuffled)  # type: ignore[attr-defined]
        second = joined(desk, people, [(other, one) for one, other in shuffled])
        assert desk.tables() == together
        assert len(first) == len(second)
        parted(desk, second, order)
        assert desk.tables() == before


def joined(desk: Office, people: list[str], pairs: list[tuple[int, int]]) -> list[str]:
    """Join these pairs, those left out that are one already."""
    made = []
    for one, other in pairs:
        desk.move(minutes=1)
        try:
            made.append(joining.merge(desk.work(), people[one], people[other], why="Same.").merge.id)
        except CommsleadsError:
            continue
    return made


def parted(desk: Office, made: list[str], order: object) -> None:
    """Undo these in another order."""
    made = list(made)
    order.shuffle(made)  # type: ignore[attr-defined]
    for ident in made:
        desk.move(minutes=1)
        joining.unmerge(desk.work(), ident, why="Two.")
