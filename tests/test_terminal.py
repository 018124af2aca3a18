"""What a stranger wrote, on somebody's terminal: nothing of it moves the cursor, hides or turns round."""

from __future__ import annotations

import json

import pytest

from commsleads.cli.answers import answer, show_json
from commsleads.cli.mail import _Shown

NASTY = "\x1b]0;owned\x07\x1b[2J \x9b31m \u202egpj.exe \u2066x\u2069 \x7f\r\x08"
UNSEEN = {*map(chr, range(9)), *map(chr, range(0x0B, 0x20)), *map(chr, range(0x7F, 0xA0)), "\u202e", "\u2066", "\u2069"}


def test_table_is_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    """In cells and in what stands under a row."""
    answer([{"a": NASTY}], {"a": lambda row: row["a"]}, as_json=False, beneath=lambda row: str(row["a"]))
    assert not UNSEEN & set(capsys.readouterr().out)


def test_json_is_harmless_and_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    """A program reads exactly what was there; a person who looks at it sees escapes."""
    show_json({"a": NASTY, "b": ["é", NASTY]})
    said = capsys.readouterr().out
    assert not UNSEEN & set(said)
    assert json.loads(said) == {"a": NASTY, "b": ["é", NASTY]}
    assert "é" in said
    _Shown(as_json=True).tell([{"file": NASTY}])
    said = capsys.readouterr().out
    assert not UNSEEN & set(said)
    assert json.loads(f"{said}]") == [{"file": NASTY}]
