"""What is learned of somebody moves their lead, and their end leaves its figures as they were."""

from __future__ import annotations

from collections.abc import Callable

from commsleads.contacts import stopping
from commsleads.contacts.describing import Changes, change
from commsleads.contacts.forgetting import erase
from commsleads.contacts.record import Book
from commsleads.desk import ending
from commsleads.intake import touches as intake
from commsleads.leads import agreeing, retelling
from commsleads.store.desk.people import Person, called
from commsleads.store.leads import touches
from tests.desk.press import Press

Hands = Callable[..., Book]
FIGURES = "id, stage, qualified, status, touches, fit_band, engagement, engagement_band, opened_at, fit"


def told(press: Press) -> list[tuple[object, ...]]:
    """The leads, after the intake looked at what waits and told them anew."""
    intake.look(press.session, press.settings, [], press.now)
    terms = agreeing.ensure(press.session, press.settings, press.now)
    retelling.rebuild(press.session, terms, press.now)
    return press.session.tuples(f"SELECT {FIGURES} FROM leads ORDER BY id")


def test_fit_follows_what_we_learn(press: Press, book: Hands) -> None:
    """Somebody of no outlet asks; we learn whom they write for; they ask to be left alone; then they are erased."""
    zoe = Person(name="Zoe Marker", email="zoe@ncp.example", phone="020 7946 0123")
    reference = press.call(stance="positive", journalists=(zoe,))
    (contact,) = called(press.session, "zoe@ncp.example")
    ((*_, opened, before),) = told(press)
    press.move(hours=1)
    change(book(), contact, Changes(outlets=("North County Post",)))
    ((*_, still_opened, after),) = told(press)
    assert opened == still_opened
    assert (before, after) == (0, 40)
    press.move(hours=1)
    stopping.stop(book(), contact)
    told(press)
    assert [one.marks for one in touches.of(press.session, [contact]) if one.kind == "known"] == [
        "outlet outlet-domain tier-3", "objected",
    ]  # fmt: skip
    ending.withdraw(press.desk(), reference)
    figures = told(press)
    erase(book(), contact)
    assert told(press) == figures
