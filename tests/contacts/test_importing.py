"""People out of lists: the good rows kept, the bad ones told, nobody twice and nobody joined by a likeness."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commsleads.contacts.importing import Imported, Wanted, import_rows
from commsleads.contacts.record import Book
from commsleads.errors import LeadError
from commsleads.lists import Row
from commsleads.store.campaigns import objections
from commsleads.store.desk import people
from commsleads.store.desk.people import Person, identify
from tests.desk.press import RUTH, Press

Hands = Callable[..., Book]
LIST = [
    "Nachname|Vorname|E-Mail|Telefon|Handy|Redaktion|Titel|Ressort",
    "Stone|Ada|Ada@news-nord.com; a.stone@news-nord.com|+44 20 7000 1|0170 123 456|Evening Post|editor|energy, ports",
    "Okoro|Ben||||Evening Post||",
    "|||||||",
]


def rows(lines: Sequence[str]) -> list[Row]:
    return [Row(number, line.split("|")) for number, line in enumerate(lines, 1)]


def imported(book: Book, lines: Sequence[str], *, dry_run: bool = False, **wanted: Any) -> Imported:
    return import_rows(book, rows(lines), Wanted(**dict[str, Any](origin="press list 2026") | wanted), dry_run=dry_run)


def known(press: Press, column: str = "name") -> list[str]:
    return [row[column] for row in press.session.query(f"SELECT {column} FROM contacts ORDER BY {column}")]


def test_each_datum_with_its_origin(press: Press, book: Hands) -> None:
    """Name, role, beats, outlet, every address and number: where from, when, why, and who brought it in."""
    found = imported(book(), LIST)
    assert (found.read, found.new, found.known, found.doubtful) == (3, 2, 0, [])
    assert found.bad == [{"row": 4, "why": "tells nobody: no name, address or number"}]
    data = press.session.query(
        "SELECT d.field, d.value, d.origin, d.basis, d.by FROM contact_data d JOIN contacts c ON c.id = d.contact_id "
        "WHERE c.name = 'Ada Stone' ORDER BY d.field, d.value"
    )
    assert {(one["origin"], one["basis"], one["by"]) for one in data} == {
        ("press list 2026", "legitimate interest", "ada")
    }
    assert [(one["field"], one["value"]) for one in data] == [
        ("beat", "energy"), ("beat", "ports"), ("email", "a.stone@news-nord.com"), ("email", "ada@news-nord.com"),
        ("name", "Ada Stone"), ("outlet", "Evening Post"), ("phone", "+44 20 7000 1"), ("phone", "0170 123 456"),
        ("role", "editor"),
    ]  # fmt: skip


def test_twice_is_once(press: Press, book: Hands) -> None:
    """The same list again brings nobody and no datum; a dry run brings nothing at all."""
    assert imported(book(), LIST, dry_run=True).new == 2
    assert known(press) == []
    imported(book(), LIST)
    before = press.session.tuples("SELECT * FROM contact_data ORDER BY 1, 2, 3, 5")
    press.move(days=30)
    again = imported(book(), LIST)
    assert (again.new, again.known, again.suggested) == (0, 2, [])
    assert press.session.tuples("SELECT * FROM contact_data ORDER BY 1, 2, 3, 5") == before


def test_two_systems_with_swapped_names(press: Press, book: Hands) -> None:
    """The same address is the same person, whose name stays; without one a swapped name is another, and suggested."""
    imported(book(), ["Name|Email|Outlet", "Ruth Calder|ruth@ncp.com|Post", "Ada Stone||Post", "Cem Aksoy||"])
    second = ["First Name|Last Name|Email|Outlet", "Calder|Ruth|ruth@ncp.com|Post", "Stone|Ada||Post", "Aksoy|Cem||"]
    found = imported(book(), second, origin="the other system")
    assert known(press) == ["Ada Stone", "Aksoy Cem", "Cem Aksoy", "Ruth Calder", "Stone Ada"]
    assert [one["row"] for one in found.doubtful] == [2]
    assert "in another order" in found.doubtful[0]["why"]
    (pair,) = found.suggested
    assert pair["row"] == 3
    assert "another order" in pair["reasons"][0]
    assert imported(book(), second, origin="the other system").new == 0


def test_somebody_without_address_and_outlet(press: Press, book: Hands) -> None:
    """Is known again by the same list only: the same name from elsewhere may be anybody."""
    lines = ["Name|Phone", "Cem Aksoy|", "|020 7946 0000", "Dot Hale|020 7946 0001"]
    assert [imported(book(), lines).new for _ in range(2)] == [3, 0]
    assert imported(book(), lines[:2], origin="elsewhere").new == 1


def test_nobody_is_joined_by_a_second_address(press: Press, book: Hands) -> None:
    """A row that gives two people's addresses is the first one's; the second keeps theirs, and it is told."""
    imported(book(), ["Name|Email", "Ada|ada@x.com", "Ben|ben@x.com"])
    found = imported(book(), ["Name|Email", "Ada|ada@x.com; ben@x.com"])
    assert "another contact's" in found.doubtful[0]["why"]
    owner = press.session.tuples("SELECT count(*) FROM contact_points WHERE value = 'ben@x.com'")
    assert owner == [(1,)]


def test_the_outlet_is_the_registers(press: Press, book: Hands) -> None:
    """However it is written in a list: then the desk and the list mean one outlet."""
    contact = identify(
        press.session, RUTH, at=press.now, origin="enquiry phone", erase_after=book().kept_until
    )  # fmt: skip
    found = imported(book(), ["Name|Outlet", "Ruth Calder|ncp.example"])
    assert (found.new, found.known) == (0, 1)
    assert known(press, "id") == [contact]


def test_who_asked_to_be_left_alone_is_not_taken_in(press: Press, book: Hands) -> None:
    """Of an address that is suppressed nobody is made; somebody we know stays known."""
    objections.add(press.session, "ada@x.com", press.now, "ada", "")
    found = imported(book(), ["Name|Email", "Ada|ada@x.com", "Ben|ben@x.com"])
    assert (found.new, found.refused) == (1, 1)
    assert known(press) == ["Ben"]
    assert "not to be written to" in found.doubtful[0]["why"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Ada|nowhere||", "mail address"),
        ("Ada||12|", "telephone number"),
        ("Ada|||by pigeon", "how to reach them"),
        ("Ada|a@x.com||phone|too|many", "cells"),
        ('"A\nda||020 7946 0000|', "several lines"),
    ],
)
def test_bad_rows_are_told(press: Press, book: Hands, line: str, why: str) -> None:
    """With their number and what is wrong; the others are kept."""
    found = imported(book(), ["Name|Email|Phone|Preferred", line, "Ben|ben@x.com||email"])
    assert [one["row"] for one in found.bad] == [2]
    assert why in found.bad[0]["why"]
    assert known(press) == ["Ben"]
    assert known(press, "preferred") == ["email"]


def test_lists_that_make_no_sense(book: Hands) -> None:
    """Each mistake is said at once, and nothing is kept."""
    with pytest.raises(LeadError, match="empty"):
        imported(book(), [])
    with pytest.raises(LeadError, match="No column tells who"):
        imported(book(), ["A|B", "1|2"])
    with pytest.raises(LeadError, match="where the list is from"):
        imported(book(), LIST, origin=" ")
    with pytest.raises(LeadError, match="nothing that a list can give"):
        imported(book(), LIST, columns={"shoe": "1"})


def test_markup_and_formulas_are_words(press: Press, book: Hands) -> None:
    """A hostile cell is a name like any other, cleaned and bounded."""
    imported(book(), ["Name|Outlet", "<script>Ada</script>|" + "x" * 5_000, "=cmd()\u202e|Post", f"{'y' * 900}|Post"])
    assert known(press)[0] == "<script>Ada</script>"
    assert "=cmd()" in known(press)
    assert max(map(len, known(press))) <= 300
    assert max(len(one) for (one,) in press.session.tuples("SELECT outlet FROM contact_outlets")) <= 300


cells = st.text(max_size=40) | st.sampled_from(["ada@x.com", "Ada Stone", "Post", "020 7946 0000", "phone", ""])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(st.lists(cells, min_size=1, max_size=6), max_size=6))
def test_whatever_stands_in_a_list(press: Press, book: Hands, given_rows: list[list[str]]) -> None:
    """No row is lost and none breaks the list: each is new, known, refused or bad, with its number."""
    heads = ["Name", "Email", "Phone", "Outlet", "Preferred"]
    found = import_rows(
        book(), [Row(1, heads), *(Row(n, one) for n, one in enumerate(given_rows, 2))], Wanted(origin="x"), dry_run=True
    )
    assert found.read == len(given_rows) == found.new + found.known + found.refused + len(found.bad)
    assert known(press) == []


def test_identify_tells_where_it_learned(press: Press) -> None:
    """The desk's own way in writes it too: a call is the origin, answering it the basis."""
    press.call("ben")
    data = press.session.query("SELECT field, origin, basis, by FROM contact_data ORDER BY field")
    assert [one["field"] for one in data] == ["email", "name", "outlet", "phone"]
    assert {(one["origin"], one["basis"], one["by"]) for one in data} == {
        ("enquiry phone", "answering an enquiry", "ben")
    }
    identify(press.session, Person(name="Ruth Calder", outlet=RUTH.outlet), at=press.now, origin="enquiry phone",
             erase_after=press.now)  # fmt: skip
    assert len(press.session.tuples("SELECT 1 FROM contact_data")) == len(data)


def test_a_name_that_very_many_have(press: Press, book: Hands) -> None:
    """All of them are kept apart by their outlets, and known again, past as many as are compared word by word."""
    lines = ["Name|Outlet", *(f"Bob Smith|Outlet {number}" for number in range(3 * people.NAMESAKES))]
    assert imported(book(), lines).new == len(lines) - 1
    again = imported(book(), lines)
    assert (again.new, again.known) == (0, len(lines) - 1)
    assert len(known(press)) == len(lines) - 1
