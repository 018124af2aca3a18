"""What is known of a contact, changed by hand and looked at: each datum with its origin, and leads that follow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from commsleads.contacts import looking
from commsleads.contacts.describing import Changes, change
from commsleads.contacts.record import Book
from commsleads.errors import LeadError, NotFoundError
from commsleads.store.contacts.reading import Chosen
from commsleads.store.desk.people import Person, called, identify
from commsleads.store.leads import touches, waiting
from tests.contacts.rows import put
from tests.desk.press import RUTH, Press

Hands = Callable[..., Book]


def known(press: Press, **given: str) -> str:
    """A contact that was in touch with us."""
    person = Person(**{"name": "Ruth Calder", "email": "ruth@gmail.com"} | given)
    contact = identify(press.session, person, at=press.now, origin="enquiry email", erase_after=press.now)
    put(press, "touches", id=f"x{contact}", contact_id=contact, kind="phone", marks="own tier-1")
    return contact


def test_each_change_with_its_origin(press: Press, book: Hands) -> None:
    """New data stand beside the old ones, with where they are from; the change is a line of history."""
    contact = known(press)
    given = Changes(
        name="Ruth Calder-Stone", role="editor", beats=("energy", "ports"), preferred="phone",
        emails=("Ruth.New@NCP.example",), phones=("020 7946 0001",), outlets=("ncp.example",), origin="her signature",
    )  # fmt: skip
    assert change(book(), "ruth@gmail.com", given) == contact
    told = looking.show(book(), contact)
    assert (told["name"], told["role"], told["beats"], told["preferred"], told["outlet"]) == (
        "Ruth Calder-Stone", "editor", ["energy", "ports"], "phone", "North County Post",
    )  # fmt: skip
    origins = {(one["field"], one["value"]): (one["origin"], one["by"]) for one in told["data"]}
    assert origins["email", "ruth@gmail.com"] == ("enquiry email", "commsleads")
    assert origins["email", "ruth.new@ncp.example"] == ("her signature", "ada")
    assert origins["outlet", "North County Post"] == ("her signature", "ada")
    ((what, before),) = press.session.tuples("SELECT what, before FROM history WHERE kind = 'contact'")
    assert what == "changed"
    assert "Ruth Calder" in before
    assert called(press.session, "ruth calder stone") == [contact]


def test_the_lead_learns_of_it(press: Press, book: Hands) -> None:
    """Another outlet or address of somebody who was in touch is a touch of the kind "known"; the same again is none."""
    contact = known(press)
    for _ in range(2):
        press.move(hours=1)
        change(book(), contact, Changes(outlets=("North County Post",), emails=("ruth@ncp.example",), role=f"r{_}"))
    told = [one for one in touches.of(press.session, [contact]) if one.kind == "known"]
    assert [(one.marks, one.outlet, one.counts) for one in told] == [
        ("outlet outlet-domain tier-3", "North County Post", False)
    ]
    assert waiting.all_(press.session) == [contact]
    change(book(), contact, Changes(drop_outlets=("North County Post",), drop_emails=("ruth@ncp.example",)))
    told = [one for one in touches.of(press.session, [contact]) if one.kind == "known"]
    assert told[-1].marks == "private works"


def test_who_was_never_in_touch_has_no_lead(press: Press, book: Hands) -> None:
    """Their data change nothing but themselves."""
    contact = identify(press.session, RUTH, at=press.now, origin="a list", erase_after=press.now)
    change(book(), contact, Changes(role="editor"))
    assert touches.of(press.session, [contact]) == []


def test_what_is_taken_back_was_never_theirs(press: Press, book: Hands) -> None:
    """Its origin goes with it; the history keeps that it stood there, until they are erased."""
    contact = known(press, phone="020 7946 0001")
    change(book(), contact, Changes(beats=("ports",)))
    change(
        book(), contact, Changes(drop_phones=("020 79460001",), drop_emails=("ruth@gmail.com",), drop_beats=("ports",))
    )
    told = looking.show(book(), contact)
    assert (told["email"], told["phone"], told["beats"], told["phones"]) == ("", "", [], [])
    assert [one["field"] for one in told["data"]] == ["name"]


def test_all_mistakes_at_once_and_nothing_written(press: Press, book: Hands) -> None:
    """A wrong address, a wrong number, one that is another's, something that is not there to drop."""
    contact = known(press)
    known(press, name="Ben", email="ben@x.com")
    before = looking.show(book(), contact)
    wrong = Changes(
        role="editor", emails=("nowhere", "ben@x.com"), phones=("1",), preferred="by pigeon", drop_outlets=("Post",),
        drop_beats=("x",),
    )  # fmt: skip
    with pytest.raises(LeadError) as found:
        change(book(), contact, wrong)
    assert len(found.value.problems) == 6
    assert "lead merge" in " ".join(found.value.problems)
    assert looking.show(book(), contact) == before
    with pytest.raises(LeadError, match="what is to be changed"):
        change(book(), contact, Changes())
    with pytest.raises(NotFoundError):
        change(book(), "nobody", Changes(role="editor"))


def listed(press: Press, **chosen: Any) -> list[str]:
    return [row["name"] for row in looking.listed(press.session, Chosen(**chosen))]


def test_lists_are_chosen_from(press: Press, book: Hands) -> None:
    """By outlet at any time, role, beat, and by when they were heard of; who was heard of last comes first."""
    known(press, name="Ada", email="a@x.com", outlet="Post")
    press.move(days=400)
    ben = known(press, name="Ben", email="b@x.com", outlet="Blatt", role="Büroleiter")
    change(book(), ben, Changes(beats=("Énergie",), outlets=("Post",)))
    assert listed(press) == ["Ben", "Ada"]
    assert listed(press, outlets=frozenset(("post",))) == ["Ben", "Ada"]
    assert listed(press, outlets=frozenset(("Blatt",))) == listed(press, role="büro") == ["Ben"]
    assert listed(press, beat="energie") == listed(press, since="2027") == listed(press, limit=1) == ["Ben"]
    assert listed(press, not_since="2027") == ["Ada"]
    assert listed(press, stopped=True) == listed(press, outlets=frozenset()) == []


def test_a_contact_whole(press: Press, book: Hands) -> None:
    """Addresses with their reasons, enquiries (without the subject of a restricted one), leads and targets."""
    open_, hidden = press.call(), press.call(privacy="restricted", owner="cem")
    contact = called(press.session, RUTH.email)[0]
    put(press, "targets", id="t1", campaign_id="wing", kind="person", email=RUTH.email)
    told = looking.show(book("ben"), contact)
    (address,) = told["addresses"]
    assert (address["works"], address["marks"], address["suppressed"]) == (None, ["outlet-domain"], False)
    assert address["reasons"][-1] == "Its domain is the outlet's own."
    assert {one["reference"]: one["subject"] for one in told["enquiries"]} == {
        open_: "Jobs in Leeds", hidden: "restricted",
    }  # fmt: skip
    assert [one["campaign"] for one in told["targets"]] == ["wing"]
    assert told["erase_after"]
    (row,) = looking.checked(press.session, press.settings.outlets, [contact])
    assert row["marks"] == ["outlet-domain"]
