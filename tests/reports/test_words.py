"""The catalogue of words: nothing missing, nothing left over, no sentence outside of it, and a mistake is an error."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, VariableReference
from fluent.syntax.visitor import Visitor

from commsleads import reports
from commsleads.errors import ReportError
from commsleads.reports.words import FOLDER, WordError, languages, say, spoken

HERE = Path(reports.__file__).parent
SPEAKING = [path for path in sorted(HERE.rglob("*.py")) if "say(" in path.read_text(encoding="utf-8")]

VALUES = {
    "cannot tell", "no change seen", "on pace", "not begun", "to come", "qualified leads", "not logged yet",
}  # fmt: skip
"""Words of the facts, which code compares with and no reader sees from here."""


class Named(Visitor):
    """The arguments that a message names."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: VariableReference) -> None:  # noqa: N802 - the visitor's name for it
        self.names.add(node.id.name)


def messages(language: str = "en") -> dict[str, set[str]]:
    """Each message of a catalogue with the arguments it names. What cannot be read is a mistake."""
    parsed = FluentParser().parse((FOLDER / f"{language}.ftl").read_text(encoding="utf-8"))
    assert not [entry for entry in parsed.body if type(entry).__name__ == "Junk"]
    found: dict[str, set[str]] = {}
    for entry in parsed.body:
        if isinstance(entry, Message):
            assert entry.id.name not in found, f"{entry.id.name} stands twice in {language}.ftl"
            named = Named()
            named.visit(entry)
            found[entry.id.name] = named.names
    return found


def said() -> Iterator[tuple[str, int, ast.Call]]:
    """Every call of `say`, and where it is."""
    for path in SPEAKING:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                yield path.name, node.lineno, node


def names_of(call: ast.Call) -> tuple[set[str], str]:
    """The messages that a call may mean: by name, or all that begin so."""
    (given,) = call.args
    if isinstance(given, ast.JoinedStr):
        first = given.values[0]
        assert isinstance(first, ast.Constant)
        return set(), str(first.value)
    if isinstance(given, ast.IfExp):
        return {str(one.value) for one in (given.body, given.orelse) if isinstance(one, ast.Constant)}, ""
    assert isinstance(given, ast.Constant), ast.dump(given)
    return {str(given.value)}, ""


def test_every_message_that_is_said_is_there_with_all_it_names() -> None:
    """A call names a message of the catalogue and gives exactly what the message names."""
    known = messages()
    for file, line, call in said():
        names, prefix = names_of(call)
        meant = names or {name for name in known if name.startswith(prefix)}
        assert meant, f"{file}:{line} {prefix}"
        for name in names:
            assert name in known, f"{file}:{line} says {name}, which is not in en.ftl"
            given = {word.arg for word in call.keywords}
            if None not in given:
                assert known[name] == given, f"{file}:{line} {name}"


def test_no_message_is_left_over() -> None:
    """What nothing says any more is taken out of the catalogue."""
    names, prefixes = set(), []
    for _, _, call in said():
        found, prefix = names_of(call)
        names |= found
        prefixes += [prefix] if prefix else []
    left = {name for name in messages() if name not in names and not name.startswith(tuple(prefixes))}
    assert not left


def test_other_languages_have_the_same_messages() -> None:
    """A catalogue of another language has every message, and each names the same."""
    assert "en" in languages()
    for language in languages():
        assert messages(language) == messages()


def test_no_sentence_stands_in_the_code_of_the_digest() -> None:
    """In `reports/weekly` no string has two words or more, but for commands and docstrings."""
    left = []
    for path in sorted((HERE / "weekly").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.Constant) and isinstance(child.value, str) and not isinstance(node, ast.Expr):
                    words = child.value.strip()
                    if re.search(r"[a-zA-Z]{2,} +[a-zA-Z]{2,}", words) and words not in VALUES:
                        left.append(f"{path.name}:{child.lineno} {words}")
    assert not [one for one in left if not re.search(r" (?:commsleads \w|--|\w+ = )", one)]


def test_a_missing_word_is_an_error_and_no_hole() -> None:
    """A message that is not there, or an argument that was not given, is an error."""
    with pytest.raises(WordError, match="No message"):
        say("nothing-of-the-kind")
    with pytest.raises(WordError, match="n-stories"):
        say("n-stories")


def test_a_language_without_words_is_refused() -> None:
    """The sentence names what there is and where it is said how to add one."""
    with (
        pytest.raises(ReportError, match=r'no words in the language "tlh": write one of .*en.*translating'),
        spoken("tlh"),
    ):
        pass


@pytest.mark.parametrize(
    ("n", "words"), [(0, "no stories"), (1, "1 story"), (2, "2 stories"), (1234567, "1,234,567 stories")]
)
def test_numbers_in_words(n: int, words: str) -> None:
    """How many decides the form, thousands have their comma, and nothing invisible is put around them."""
    assert say("n-stories", n=n) == words
