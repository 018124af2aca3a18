"""Enquiries: by a tie, by the mail they came in, or by what they name; never by a name alone."""

from __future__ import annotations

from typing import Any

from commsleads.desk import Call, log
from commsleads.desk.ending import duplicate
from commsleads.desk.work import set_fields
from commsleads.store.desk.people import Person
from tests.intake.postroom import at_desk, enquiries, raw
from tests.responses.campaign import RUTH, Office


def call(office: Office, subject: str = "A question", email: str = RUTH, **how: Any) -> str:
    """A call of Ruth's is logged; the reference."""
    person = Person(name="Ruth Calder", outlet="North County Post", email=email)
    said: dict[str, Any] = {"subject": subject, "journalists": (person,), "questions": ("When?",)} | how
    ident = log(at_desk(office.app, office.session), Call(**said))
    return next(str(row["reference"]) for row in enquiries(office.session) if row["id"] == ident)


def tie(office: Office, ref: str, **ties: list[str]) -> None:
    """Somebody ties an enquiry."""
    set_fields(at_desk(office.app, office.session), ref, {}, ties=ties)


def test_tied_by_a_person(office: Office) -> None:
    """An enquiry that a person tied to a campaign is a response to it, whoever asked."""
    ref = call(office)
    office.settle()
    assert office.found("rope") == []
    tie(office, ref, campaign=["rope"])
    office.settle()
    one = office.one("rope")
    assert (one.kind, one.cta, one.did, one.target, one.channel) == ("enquiry", "samples", True, "", "phone")


def test_an_address_that_becomes_known_later_tells_whose_the_first_was(office: Office) -> None:
    """A journalist calls twice, and gives the address of a target the second time: the first was the target's too."""
    who = office.target()
    first = call(office, email="")
    tie(office, first, campaign=["wing"])
    office.settle()
    assert office.one().target == ""
    office.clock.move(hours=1)
    tie(office, call(office, "Another question"), campaign=["wing"])
    office.settle()
    assert {one.target for one in office.found()} == {who}


def test_tied_to_a_call_to_action(office: Office) -> None:
    """A call to action that only one campaign has names that campaign; what is untied is no response any more."""
    ref = call(office)
    tie(office, ref, cta=["tag"])
    office.settle()
    assert (office.one().cta, office.one().did) == ("tag", False)
    tie(office, ref, cta=[])
    office.settle()
    assert office.found() == []


def test_call_of_a_target_that_names_the_campaign(office: Office) -> None:
    """A target that calls about the campaign has responded; one that calls about another thing has not."""
    who = office.target()
    call(office, "How many jobs go in Leeds?")
    office.settle()
    assert [(one.counts, one.target) for one in office.found()] == [(False, who)]
    assert office.stands(who).status == "targeted"
    call(office, "Who pays for the new wing?")
    office.settle()
    assert sorted(one.counts for one in office.found()) == [False, True]
    assert office.stands(who).status == "did it"


def test_mail_of_a_target_that_became_an_enquiry(office: Office) -> None:
    """A question by mail from a target's address is one response: the enquiry, and not the mail beside it."""
    who = office.target("rope")
    office.mail(raw())
    office.settle()
    one = office.one("rope")
    assert (one.kind, one.evidence[:8], one.target, one.did) == ("enquiry", "enquiry ", who, True)


def test_duplicate_does_not_count(office: Office) -> None:
    """Of two logs of one enquiry only one counts."""
    first, second = call(office), call(office, "The same")
    tie(office, first, campaign=["rope"])
    tie(office, second, campaign=["rope"])
    duplicate(at_desk(office.app, office.session), second, first)
    office.settle()
    assert sorted(one.counts for one in office.found("rope")) == [False, True]
