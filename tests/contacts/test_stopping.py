"""Not writing to somebody any more: the person at whatever address, or one address whoever reads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from commsleads.campaigns.importing import Wanted, import_rows
from commsleads.contacts import looking, stopping
from commsleads.contacts.record import Book
from commsleads.desk.upkeep import erase
from commsleads.errors import LeadError
from commsleads.lists import Row
from commsleads.plan import Campaign, TargetGroup
from commsleads.store.campaigns import objections, targets
from commsleads.store.desk.people import Person, identify
from tests.contacts.rows import put
from tests.desk.press import Press

Hands = Callable[..., Book]
WING = Campaign(id="wing", name="The new wing", targets=(TargetGroup(name="press", n=10),))


def ruth(press: Press) -> str:
    """Ruth, who has two addresses."""
    for email in ("ruth@x.com", "calder@y.com"):
        contact = identify(
            press.session, Person(name="Ruth Calder", outlet="Post", email=email), at=press.now, origin="a list",
            erase_after=press.now + timedelta(days=10),
        )  # fmt: skip
    return contact


def aimed_at(press: Press, *emails: str) -> list[str]:
    """What is said of these after a list with them was taken in."""
    rows = [Row(1, ["Email"]), *(Row(n, [email]) for n, email in enumerate(emails, 2))]
    import_rows(
        press.session, WING, rows, Wanted(group="press"), zone=ZoneInfo("Europe/London"), keep=timedelta(days=9),
        now=press.now, by="ada",
    )  # fmt: skip
    return sorted(one.excluded for one in targets.of_campaign(press.session, "wing"))


def test_a_person_is_stopped_at_every_address(press: Press, book: Hands) -> None:
    """Targets there are left out at once, later lists leave them out; twice is once."""
    contact = ruth(press)
    put(press, "targets", id="t1", campaign_id="old", kind="person", email="calder@y.com")
    put(press, "targets", id="t2", campaign_id="old", kind="person", contact_id=contact, excluded="is our chair's wife",
        identity="2")  # fmt: skip
    done = [stopping.stop(book(), "Ruth Calder", why=" said  so ") for _ in range(2)]
    assert [(one.contact, one.targets, one.new) for one in done] == [(contact, 1, True), (contact, 0, False)]
    assert aimed_at(press, "ruth@x.com", "calder@y.com", "ada@z.com") == ["", objections.WHY, objections.WHY]
    told = looking.show(book(), contact)
    assert (told["do_not_contact"], told["stopped_why"]) == (True, "said so")
    assert [one["suppressed"] for one in told["addresses"]] == [False, False]


def test_one_address_is_not_the_person(press: Press, book: Hands) -> None:
    """The other address of the same person may be written to."""
    contact = ruth(press)
    assert stopping.stop_address(book(), " Ruth@X.com", why="shared with a colleague").new
    assert not stopping.stop_address(book(), "ruth@x.com").new
    assert aimed_at(press, "ruth@x.com", "calder@y.com") == ["", objections.WHY]
    told = looking.show(book(), contact)
    assert [(one["value"], one["suppressed"]) for one in told["addresses"]] == [
        ("calder@y.com", False), ("ruth@x.com", True),
    ]  # fmt: skip
    assert not told["do_not_contact"]


def test_lifting_needs_a_lead_and_a_reason(press: Press, book: Hands) -> None:
    """Who is none is told whom to ask. What was left out for the stop is taken in again, nothing else."""
    contact = ruth(press)
    aimed_at(press, "ruth@x.com", "calder@y.com")
    stopping.stop_address(book(), "calder@y.com")
    stopping.stop(book("ben"), contact)
    for verb, whom in ((stopping.lift, contact), (stopping.lift_address, "calder@y.com")):
        with pytest.raises(LeadError, match=r"role lead.*ada"):
            verb(book("ben"), whom, why="she said so")
        with pytest.raises(LeadError, match="--why"):
            verb(book(), whom, why=" ")
    assert stopping.lift(book(), contact, why="she rang and asked for it").targets == 1  # the address stays blocked
    assert not stopping.lift(book(), contact, why="again").new
    assert sorted(one.excluded for one in targets.of_campaign(press.session, "wing")) == ["", objections.WHY]
    assert stopping.lift_address(book(), "calder@y.com", why="a mistake").targets == 1
    with pytest.raises(LeadError, match="never suppressed"):
        stopping.lift_address(book(), "calder@y.com", why="a mistake")
    assert [one.excluded for one in targets.of_campaign(press.session, "wing")] == ["", ""]


def test_a_stop_outlives_the_person(press: Press, book: Hands) -> None:
    """When their data end by the clock, hashes of their addresses stay, and no list writes to them."""
    stopping.stop(book(), ruth(press))
    press.move(days=11)
    assert erase(press.desk("commsleads"))[0] == 1
    assert set(aimed_at(press, "ruth@x.com", "calder@y.com")) == {objections.WHY}


def test_what_is_no_address(book: Hands) -> None:
    """The sentence says what to do instead."""
    with pytest.raises(LeadError, match="contact suppress NAME"):
        stopping.stop_address(book(), "Ruth Calder")
