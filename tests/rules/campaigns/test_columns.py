"""Which column holds what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.campaigns.columns import guess, is_header, truth


@pytest.mark.parametrize(
    ("header", "at"),
    [
        ("Name|E-Mail|Outlet", {"name": 0, "email": 1, "outlet": 2}),
        ("First Name|Last Name|Email Address|Company|Phone",
         {"first_name": 0, "last_name": 1, "email": 2, "outlet": 3}),
        ("Vorname|Nachname|E-Mail-Adresse|Redaktion|Bemerkung|Gruppe",
         {"first_name": 0, "last_name": 1, "email": 2, "outlet": 3, "note": 4, "group": 5}),
        ("Prénom|Nom|Courriel|Rédaction|Site web",
         {"first_name": 0, "last_name": 1, "email": 2, "outlet": 3, "domain": 4}),
        ("Nombre|Apellidos|Correo electrónico|Medio",
         {"first_name": 0, "last_name": 1, "email": 2, "outlet": 3}),
        ("nom|EMAIL ", {"name": 0, "email": 1}),
        ("Nombre|Correo", {"name": 0, "email": 1}),
        ("ID|e_mail|Shoe size", {"email": 1}),
    ],
)  # fmt: skip
def test_usual_names_in_four_languages(header: str, at: dict[str, int]) -> None:
    """Lists of English, German, French and Spanish offices are understood as they are."""
    found = guess(header.replace("e_mail", "e-mail").split("|"))
    assert (dict(found.at), found.problems) == (at, ())


def test_what_a_person_says_goes_before_the_guess() -> None:
    """By name or by number, and the column is then nothing else."""
    found = guess(["Name", "Mail", "Privat"], {"email": "privat", "outlet": "2"})
    assert dict(found.at) == {"email": 2, "outlet": 1, "name": 0}


def test_two_columns_for_one_field_are_a_question_and_not_a_choice() -> None:
    """The program does not pick one."""
    (problem,) = guess(["Email", "Name", "Business email"]).problems
    assert "“Email” and “Business email”" in problem


def test_every_mistake_in_the_columns_is_told_at_once() -> None:
    """An unknown field and a column that is not there."""
    problems = guess(["Name"], {"phone": "Name", "email": "E-Post"}).problems
    assert len(problems) == 2
    assert "“phone”" in problems[0]
    assert "The list has: “Name”" in problems[1]


def test_a_list_that_tells_nobody_is_refused() -> None:
    """Notes and groups alone are no targets."""
    assert "No column tells who is meant" in guess(["Note", "Group"]).problems[0]


def test_a_title_is_no_header_and_neither_is_data() -> None:
    """The row with the names is known by one that tells who is meant, and holds no address."""
    assert is_header(["Nr", "E-Mail"])
    assert not is_header(["Our press list 2026", ""])
    assert not is_header(["Name", "ada@news.example"])


@pytest.mark.parametrize(("cell", "told"), [("Ja", True), ("x", True), ("", False), ("NON", False), ("maybe", None)])
def test_yes_and_no(cell: str, told: bool | None) -> None:
    """In four languages; what is neither is not guessed."""
    assert truth(cell) is told


@given(st.lists(st.text(max_size=30), max_size=12), st.dictionaries(st.text(max_size=10), st.text(max_size=10)))
def test_no_header_is_too_odd(header: list[str], said: dict[str, str]) -> None:
    """Every field has one place that exists, every place one field."""
    found = guess(header, said)
    assert all(0 <= place < len(header) for place in found.at.values())
