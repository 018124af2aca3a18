"""Touches that a person tells of: a call, a talk, a referral, and one taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from commsleads.errors import ConflictError, LeadError, NotFoundError
from commsleads.intake.touches import noted_by_hand
from commsleads.journey import Touch
from commsleads.leads import answering, noting, working
from commsleads.leads.noting import Talk
from commsleads.plan import CallToAction, Campaign
from commsleads.store.desk import erasing
from commsleads.store.desk.people import Person
from commsleads.store.engine import stamp
from commsleads.store.leads import touches
from tests.leads.office import Office

WING = Campaign(id="wing", ctas=(CallToAction(id="book"),))
RUTH = Person(name="Ruth Calder", outlet="North County Post", email="ruth@ncp.example")


def note(desk: Office, who: str = "", **given: Any) -> tuple[str, Touch]:
    """Note a touch and let it be made; the contact and the touch."""
    fields: dict[str, Any] = {"kind": "phone", "at": desk.now, "who": who}
    made = noting.touch(desk.work(), Talk(**fields | given))
    noted_by_hand(desk.session, desk.settings, desk.now)
    desk.tell(made.contact)
    (touch,) = touches.evidence(desk.session, [f"noted {made.id}"]).values()
    return made.contact, touch


def test_a_call_of_somebody_new(desk: Office) -> None:
    """The call makes the person, with origin and basis, and a lead with all that was said and is known of them."""
    contact, touch = note(desk, person=RUTH, marks=("ask", "use"), words="Wants the plans for Sunday.")
    assert touch.kind == "phone"
    assert set(touch.marks.split()) >= {"own", "ask", "use", "outlet", "tier-2", "outlet-domain"}
    assert (touch.source, touch.outlet, touch.counts) == ("phone", "North County Post", True)
    lead = desk.lead(contact)
    assert (lead.opened, lead.stage) == (desk.now, "story-qualified")
    (row,) = desk.session.query("SELECT origin, basis FROM contacts")
    assert row == {"origin": "noted by ada", "basis": noting.BASIS}


def test_a_talk_with_somebody_known(desk: Office) -> None:
    """Whom we know is named; the campaign and its call to action stand with the touch; it may be of last week."""
    ruth = desk.person("Ruth Calder", email="ruth@ncp.example")
    at = desk.now - timedelta(days=6)
    contact, touch = note(
        desk, "ruth@ncp.example", kind="ev", at=at, campaign=WING, cta="book", source="advert", detail="Trade fair"
    )
    assert contact == ruth
    assert (touch.kind, touch.at, touch.learned, touch.campaign, touch.cta) == ("event", at, desk.now, "wing", "book")
    assert (touch.source, touch.detail) == ("advert", "Trade fair")


def test_a_referral_is_not_their_own_act(desk: Office) -> None:
    """Who was recommended to us has done nothing yet, and is no lead under the reading of the EU."""
    contact, touch = note(desk, person=RUTH, kind="referral")
    assert "own" not in touch.marks.split()
    assert touch.source == "personal referral"
    assert desk.lead(contact).opened is None


def test_what_is_refused(desk: Office) -> None:
    """Every mistake at once, with what would be right; nothing is written."""
    talk = Talk(
        kind="fax", at=desk.now + timedelta(hours=1), source="serch", cta="book", marks=("deadline",),
        person=Person(name="Ruth Calder"),
    )  # fmt: skip
    with pytest.raises(LeadError) as caught:
        noting.touch(desk.work(), talk)
    said = "\n".join(caught.value.problems)
    for words in (
        "phone, event, referral",
        "Did you mean “search”?",
        "yet to come",
        "--campaign",
        "--asks",
        "--outlet",
    ):
        assert words in said
    plain: dict[str, Any] = {"kind": "phone", "at": desk.now}
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"person": Person()}, "Say who it was"),
        ({"person": Person(email="nobody")}, "is no mail address"),
        ({"person": RUTH, "at": desk.now.replace(year=1926)}, "more than ten years ago"),
        ({"person": RUTH, "marks": ("positive", "hostile")}, "say one of the three"),
        ({"who": "x", "campaign": WING, "cta": "bok"}, "Did you mean “book”?"),
    )
    for given, words in wrong:
        with pytest.raises(LeadError, match=words):
            noting.touch(desk.work(), Talk(**{**plain, **given}))
    with pytest.raises(NotFoundError):
        noting.touch(desk.work(), Talk(kind="phone", at=desk.now, who="Nemo"))
    assert desk.session.tuples("SELECT count(*) FROM noted") == [(0,)]


def test_taken_back(desk: Office) -> None:
    """A touch noted by mistake counts no more from then on; before, the lead stands as it stood."""
    contact, touch = note(desk, person=RUTH, marks=("ask", "use"))
    before = desk.show(contact)
    at = desk.now
    desk.move(hours=1)
    with pytest.raises(LeadError, match="Say why"):
        noting.take_back(desk.work("ben"), touch.id, why="")
    assert noting.take_back(desk.work("ben"), touch.id, why="Another Ruth.") == contact
    noted_by_hand(desk.session, desk.settings, desk.now)
    desk.tell(contact)
    assert desk.lead(contact).opened is None
    assert desk.show(contact, at) == before
    with pytest.raises(ConflictError, match="ben took it back at 2026-11-16 10:30"):
        noting.take_back(desk.work(), touch.id, why="Another Ruth.")
    with pytest.raises(NotFoundError, match="No touch “zzzz”"):
        noting.take_back(desk.work(), "zzzz", why="Another Ruth.")


def test_who_asks_again(desk: Office) -> None:
    """Somebody whom we had answered before asks for more."""
    ruth = desk.person("Ruth Calder", email="ruth@ncp.example")
    names = {
        row["name"]: row["type"] for row in desk.session.query("SELECT name, type FROM pragma_table_info('enquiries')")
    }
    given: dict[str, Any] = {name: 0 if kind == "INTEGER" else "" for name, kind in names.items()}
    given |= {
        "id": "e", "reference": "2026-0001", "received_at": "2026-11-10T09:00:00Z", "logged_at": "2026-11-10T09:00:00Z",
        "responded_at": "2026-11-10T10:00:00Z", "direction": "reactive", "state": "closed", "version": 1,
    }  # fmt: skip
    choices = {"level": "watch", "privacy": "team", "stance": "unknown", "request_type": "comment", "channel": "phone"}
    given |= {name: value for name, value in choices.items() if name in given}
    given |= {name: "none stated" for name in ("deadline_kind",) if name in given}
    desk.session.execute(
        f"INSERT INTO enquiries ({', '.join(given)}) VALUES ({', '.join(':' + name for name in given)})", **given
    )
    desk.session.execute(
        "INSERT INTO enquiry_journalists (enquiry_id, contact_id, place) VALUES ('e', :id, 1)", id=ruth
    )
    _, touch = note(desk, ruth, marks=("ask",))
    assert "more" in touch.marks.split()
    assert desk.lead(ruth).stage == "service-qualified"


def test_of_who_was_erased_nothing_is_noted(desk: Office) -> None:
    """No touch and no word: it would stay for good. What was agreed is done without a note."""
    contact = desk.asked()
    with desk.session.atomic():
        erasing.nobody(desk.session, [contact], stamp(desk.now))
    with pytest.raises(LeadError, match="was erased"):
        note(desk, who=contact)
    with pytest.raises(LeadError, match="was erased"):
        working.note(desk.work(), contact, "Ruth is nice")
    with pytest.raises(LeadError, match="was erased"):
        answering.accept(desk.work(), contact, words="Ruth is nice")
    assert desk.session.tuples("SELECT 1 FROM lead_acts") == []
    answering.accept(desk.work(), contact)
    assert desk.lead(contact).status == "accepted"
