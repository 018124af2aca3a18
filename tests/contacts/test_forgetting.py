"""Somebody asks what we know, and to be forgotten: all of it is handed out, and afterwards it is nowhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from commsleads.contacts import stopping
from commsleads.contacts.describing import Changes, change
from commsleads.contacts.forgetting import erase
from commsleads.contacts.handing_out import TITLES, export, readable
from commsleads.contacts.importing import Wanted, import_rows
from commsleads.contacts.record import Book
from commsleads.desk import ending, work
from commsleads.errors import LeadError
from commsleads.lists import Row
from commsleads.store.desk.people import Person, called
from commsleads.store.engine import stamp
from tests.contacts.rows import put
from tests.desk.press import Press
from tests.desk.test_verbs import answered

Hands = Callable[..., Book]
MARKER = "Zqxjmarker"
ZOE = Person(name=f"Zoe {MARKER}", outlet="Post", email=f"{MARKER}@post.com".lower(), phone="+44 20 7946 0999")


def everywhere(press: Press) -> tuple[str, str]:
    """Zoe, in every table that can hold something about a person; her contact and the reference of her enquiry."""
    reference = press.call(
        journalists=(ZOE,), subject=f"{MARKER} asks", questions=(f"Says {MARKER}: how many?",),
        background=f"{MARKER} is on leave", source_detail=f"by {MARKER}",
    )  # fmt: skip
    (contact,) = called(press.session, ZOE.email)
    enquiry = press.row(reference)["id"]
    work.set_fields(press.desk(), reference, {"angle": f"{MARKER}’s angle", "heard_how": f"{MARKER} heard"})
    _mails(press, enquiry)
    _campaigns(press, contact)
    _leads(press, contact)
    put(press, "signals", id="s1", source_id="box", title=f"By {MARKER}")
    put(press, "covered", enquiry_id=enquiry, signal_id="s1", state="suggested", reasons=f'["{MARKER}"]')
    change(_book(press), contact, Changes(role=MARKER, beats=(MARKER,), preferred="phone", origin=f"told by {MARKER}"))
    return contact, reference


def _mails(press: Press, enquiry: str) -> None:
    put(press, "sources", id="box", kind="mailbox")
    text = {"subject": MARKER, "text": MARKER, "rest": MARKER}
    put(press, "letters", id="l1", message_id="m1", source_id="box", sender_name=MARKER, sender=ZOE.email, **text)
    put(press, "letters", id="l2", message_id="m2", source_id="box", sender="us@m.example", ours=1, arrival=2, **text)
    for letter in ("l1", "l2"):
        put(press, "enquiry_letters", enquiry_id=enquiry, letter_id=letter, why=MARKER)
    words = {"reasons": MARKER, "doubts": MARKER, "found": MARKER}
    put(press, "readings", **{"letter_id": "l1", "class": "enquiry"}, **words)
    put(press, "review", letter_id="l1", why=MARKER)
    put(press, "labels", letter_id="l1", note=MARKER)
    put(press, "consents", letter_id="l1", words=MARKER)
    put(press, "letters_pending", letter_id="l1", error=MARKER)
    put(press, "letters", id="l3", message_id="m3", source_id="box", sender="service@s.example", arrival=3)
    put(press, "requests", id="r1", letter_id="l3", journalist=MARKER, reply_to=ZOE.email)


def _campaigns(press: Press, contact: str) -> None:
    words = {"name": MARKER, "note": MARKER, "excluded": MARKER, "identity": MARKER}
    put(press, "targets", id="t1", campaign_id="wing", kind="person", contact_id=contact, **words)
    put(press, "targets", id="t2", campaign_id="tours", kind="person", email=ZOE.email, **words)
    put(press, "target_moves", target_id="t1", why=MARKER)
    put(press, "responses", id="p1", campaign_id="wing", target_id="t1", kind="phone", by="ada", why=MARKER)


def _leads(press: Press, contact: str) -> None:
    other = "0" * 16
    put(press, "contacts", id=other, name="Somebody", folded="somebody")
    words = {"detail": MARKER, "self_reported": MARKER}
    put(press, "touches", id="x1", contact_id=contact, kind="phone", marks="own", evidence="noted n1", **words)
    put(press, "noted", id="n1", contact_id=contact, kind="phone", detail=MARKER, words=MARKER, gone_why=MARKER)
    put(press, "lead_acts", id="a1", lead_id=contact, verb="note", words=MARKER)
    put(press, "handoffs", lead_id=contact, number=9, words=MARKER)
    put(press, "leads", id=contact, status="new", **words)
    put(press, "merges", id="m1", one=contact, other=other, why=MARKER, undone_at=stamp(press.now), undone_why=MARKER)
    put(press, "told_apart", one=other, other=contact, why=MARKER)


def _book(press: Press) -> Book:
    return Book(session=press.session, settings=press.settings, now=press.now, who=press.desk("ada").who)


def marked(folder: Path) -> set[str]:
    """The tables of the database in which the marker stands; "the file" when it is in the bytes of no table."""
    db = sqlite3.connect(folder / "commsleads.db", isolation_level=None)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    found: set[str] = set()
    for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for row in db.execute(f"SELECT * FROM {table}"):
            if MARKER.lower() in " ".join(map(str, row)).lower():
                found.add("search" if table.startswith("search") else table)
    if not found:
        db.execute("VACUUM")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if MARKER.lower().encode() in (folder / "commsleads.db").read_bytes().lower():
            found.add("the file")
    db.close()
    return found


PLACED = {
    "contacts", "contact_points", "contact_data", "enquiries", "questions", "letters", "readings", "review", "labels",
    "consents", "letters_pending", "enquiry_letters", "requests", "targets", "target_moves", "responses", "touches",
    "noted", "lead_acts", "handoffs", "leads", "merges", "told_apart", "covered", "history", "signals",
}  # fmt: skip


def test_all_is_handed_out(press: Press, book: Hands, tmp_path: Path) -> None:
    """Every table in which the person stands is a part of the copy; nothing about others is; the text says it whole."""
    contact, _ = everywhere(press)
    press.call(subject="Somebody else's", journalists=(Person(name="Ben Okoro", outlet="Post"),))
    found = export(book(), contact)
    copied = {name for name, rows in found.items() if MARKER in str(rows) or ZOE.email in str(rows)}
    beside = {"signals", "letters_pending", "search"}  # what was published; a list of work
    assert marked(tmp_path) - copied - beside == set()
    assert set(TITLES) <= set(found)
    assert "Ben Okoro" not in str(found)
    text = readable(found)
    assert all(title in text for title in TITLES.values())
    assert f"Zoe {MARKER}" in text
    history = press.session.tuples("SELECT what FROM history WHERE kind = 'contact' AND row_id = ?", (contact,))
    assert [what for (what,) in history][-1] == "handed out"


def test_afterwards_it_is_nowhere(press: Press, book: Hands, tmp_path: Path) -> None:
    """In no row of any table, and not in the bytes of the file; but for what was published by others."""
    contact, reference = everywhere(press)
    ending.withdraw(press.desk(), reference, reason=f"{MARKER} does not need it")
    assert marked(tmp_path) >= PLACED
    done = erase(book(), contact)
    assert (done.contacts, done.targets, done.enquiries, done.letters) == (1, 2, 1, 2)
    assert marked(tmp_path) == {"signals"}
    press.session.execute("UPDATE signals SET title = '' WHERE id = 's1'")
    assert marked(tmp_path) == set()


def test_figures_stay(press: Press, book: Hands) -> None:
    """Touches with their times and marks, the enquiry, the steps of targets: of nobody any more."""
    contact, reference = everywhere(press)
    ending.withdraw(press.desk(), reference)
    before = press.session.tuples("SELECT id, at, kind, marks, counts FROM touches ORDER BY id, version")
    erase(book(), contact)
    assert press.session.tuples("SELECT id, at, kind, marks, counts FROM touches ORDER BY id, version") == before
    assert press.row(reference)["state"] == "withdrawn"
    assert (
        press.session.tuples("SELECT name, excluded FROM targets ORDER BY id")
        == [("erased", "asked not to be written to")] * 2
    )
    with pytest.raises(LeadError, match="was erased"):
        book().one(contact)


def test_no_later_list_brings_them_back(press: Press, book: Hands) -> None:
    """Of the address a hash is kept, which knows it again."""
    contact, reference = everywhere(press)
    ending.withdraw(press.desk(), reference)
    erase(book(), contact)
    lines = [Row(1, ["Name", "Email"]), Row(2, [ZOE.name, ZOE.email])]
    assert import_rows(book(), lines, Wanted(origin="a list")).refused == 1
    assert called(press.session, ZOE.name) == []


def test_what_is_open_is_answered_first(press: Press, book: Hands, tmp_path: Path) -> None:
    """The refusal names the enquiry; whoever insists clears it of words, and it stays open."""
    contact, reference = everywhere(press)
    with pytest.raises(LeadError, match=rf"{reference}.*Close it first"):
        erase(book(), contact)
    assert marked(tmp_path) >= PLACED
    erase(book(), contact, even_open=True)
    assert marked(tmp_path) == {"signals"}
    assert press.row(reference)["state"] == "new"
    ending.withdraw(press.desk(), reference)


def test_who_was_joined_goes_as_one(press: Press, book: Hands) -> None:
    """All contacts that people called one person are erased together."""
    one = import_rows(book(), [Row(1, ["Name", "Email"]), Row(2, ["A", "a@x.com"]), Row(3, ["B", "b@x.com"])],
                      Wanted(origin="a list"))  # fmt: skip
    assert one.new == 2
    (a,), (b,) = called(press.session, "a@x.com"), called(press.session, "b@x.com")
    put(press, "merges", id="m", one=a, other=b)
    assert erase(book(), "a@x.com").contacts == 2
    assert press.session.tuples("SELECT DISTINCT name FROM contacts") == [("erased",)]


def test_why_nobody_wrote_to_them_goes_too(press: Press, book: Hands, tmp_path: Path) -> None:
    """What was written beside a stop of their address, and beside its end."""
    contact, reference = everywhere(press)
    ending.withdraw(press.desk(), reference)
    stopping.stop_address(book(), ZOE.email, why=f"{MARKER} rang")
    stopping.lift_address(book(), ZOE.email, why=f"{MARKER} rang again")
    stopping.stop_address(book(), ZOE.email, why=f"{MARKER} rang once more")
    assert "do_not_contact" in marked(tmp_path)
    erase(book(), contact)
    assert marked(tmp_path) == {"signals"}


def test_words_in_anothers_lead_go_too(press: Press, book: Hands, tmp_path: Path) -> None:
    """Who was taken for one with somebody, and parted: what was written meanwhile stands in the other's lead."""
    contact, reference = everywhere(press)
    ending.withdraw(press.desk(), reference)
    then = stamp(press.now)
    put(press, "lead_acts", id="a2", lead_id="0" * 16, number=1, verb="note", words=f"{MARKER} again", at=then)
    put(
        press,
        "lead_acts",
        id="a3",
        lead_id="0" * 16,
        number=2,
        verb="note",
        words="of somebody",
        at="2027-01-01T00:00:00Z",
    )
    press.session.execute("UPDATE merges SET at = :then", then=then)
    erase(book(), contact)
    assert marked(tmp_path) == {"signals"}
    assert press.session.tuples("SELECT words FROM lead_acts WHERE id = 'a3'") == [("of somebody",)]


def test_an_outlet_called_as_they_are_goes_too(press: Press, book: Hands, tmp_path: Path) -> None:
    """A freelance's own office is them; the outlets of others keep their names."""
    contact, reference = everywhere(press)
    change(_book(press), contact, Changes(outlets=(f"{ZOE.name} Media", f"Media {ZOE.name}")))
    second = press.call(journalists=(ZOE,), subject="More", outlet=f"{ZOE.name} Media")
    ending.withdraw(press.desk(), reference)
    ending.withdraw(press.desk(), second)
    erase(book(), contact)
    assert marked(tmp_path) == {"signals"}
    outlets = press.session.tuples(
        "SELECT outlet FROM contact_outlets WHERE contact_id = ? ORDER BY outlet", (contact,)
    )
    assert outlets == [("Post",), ("[erased]",)]


def test_only_a_lead_may(press: Press, book: Hands) -> None:
    """Who is no lead is told whom to ask; nothing was done."""
    contact, _ = everywhere(press)
    for verb in (export, erase):
        with pytest.raises(LeadError, match=r"role lead.*ada"):
            verb(book("ben"), contact)
    assert called(press.session, ZOE.email) == [contact]


def test_an_answer_stays_word_for_word(press: Press, book: Hands, tmp_path: Path) -> None:
    """It is what we said in public: the documentation says so."""
    reference = answered(press)
    press.session.execute("UPDATE answers SET text = :m", m=f"As {MARKER} said")
    ending.close(press.desk(), reference, outcome="unknown")
    erase(book(), "ruth@ncp.example")
    assert marked(tmp_path) == {"answers"}
