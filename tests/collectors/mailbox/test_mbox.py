"""Mbox files: where a mail ends, what was quoted, and how a growing file is followed."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.collectors.mailbox.mbox import Boxed, is_mbox, mails
from commsleads.contract import NOTHING, Cursor
from tests.collectors.mailbox.kit import mail, poll, subjects

FROM = b"From jo@paper.example Sun Nov 22 09:00:00 2026\n"


def boxed(raw: bytes) -> bytes:
    """A mail as it stands in an mbox by the rules (mboxrd)."""
    lines = raw.replace(b"\r\n", b"\n").splitlines(keepends=True)
    return FROM + b"".join(b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in lines) + b"\n"


def split(content: bytes, *, start: int = 0, most: int = 10**6, cut: int = 1_000) -> list[Boxed]:
    """The mails in these bytes."""
    return list(mails(io.BytesIO(content), start=start, most=most, cut=cut))


def box(path: Path, *numbers: int) -> Path:
    """An mbox of these mails."""
    path.write_bytes(b"".join(boxed(mail(number)) for number in numbers))
    return path


def test_mails_are_parted() -> None:
    """Each begins after its From line; the offsets follow one another."""
    found = split(boxed(b"A: 1\n\none\n") + boxed(b"A: 2\n\ntwo\n"))
    assert [one.raw for one in found] == [b"A: 1\n\none\n\n", b"A: 2\n\ntwo\n\n"]
    assert found[0].start == 0
    assert found[0].end == found[1].start


@pytest.mark.parametrize("words", [b"From here on", b">From here on", b">>From here on", b"> From", b"Fromage"])
def test_quoted_lines_are_given_back(words: bytes) -> None:
    """One `>` less, and no mail begins in the middle of another."""
    (one,) = split(boxed(b"A: 1\n\n" + words + b"\n"))
    assert one.raw == b"A: 1\n\n" + words + b"\n\n"


def test_careless_writers_are_understood() -> None:
    """`From ` that nobody quoted begins no mail, as long as it has no date."""
    (one,) = split(FROM + b"A: 1\n\nHello.\n\nFrom now on we open at ten.\n")
    assert b"From now on" in one.raw


def test_from_lines_without_dates() -> None:
    """Where the first has none, an empty line before makes the others count."""
    found = split(b"From MAILER\nA: 1\n\none\nFrom me to you\n\nFrom MAILER\nA: 2\n\ntwo\n")
    assert [one.raw[:4] for one in found] == [b"A: 1", b"A: 2"]
    assert b"From me to you" in found[0].raw


def test_other_dialects() -> None:
    """Thunderbird's dash, CRLF, and a zone between time and year."""
    for line in (b"From - Tue Jan 06 00:00:00 2026\r\n", b"From a@b Tue Jan  6 00:00:00 +0100 2026\n"):
        assert len(split(line + b"A: 1\r\n\r\none\r\n" + line + b"A: 2\r\n\r\ntwo\r\n")) == 2


def test_large_mails_are_cut() -> None:
    """Only the beginning is held, and the next one is found."""
    found = split(boxed(b"A: 1\n\n" + b"word\n" * 10_000) + boxed(b"A: 2\n\ntwo\n"), most=5_000, cut=100)
    assert (len(found[0].raw), found[0].size > 50_000) == (100, True)
    assert found[1].raw.startswith(b"A: 2")


def test_a_line_without_end_is_bounded() -> None:
    """A `From ` in the middle of it begins nothing."""
    content = boxed(b"A: 1\n\n" + b"x" * 65_536 * 2 + FROM) + boxed(b"A: 2\n\ntwo\n")
    assert len(split(content)) == 2


@given(st.lists(st.binary(max_size=200), max_size=6))
def test_whatever_goes_in_comes_out(bodies: list[bytes]) -> None:
    """By the rules written and read again, every mail is what it was."""
    plain = [body.replace(b"\r", b"").strip(b"\n") for body in bodies]
    content = b"".join(boxed(b"A: 1\n\n" + body + b"\n") for body in plain)
    assert [one.raw for one in split(content)] == [b"A: 1\n\n" + body + b"\n\n" for body in plain]


@given(st.binary(max_size=400), st.integers(0, 400))
def test_any_bytes_are_read(content: bytes, start: int) -> None:
    """Nothing crashes, and no byte is given twice."""
    found = split(b"From " + content, start=start)
    assert all(one.start < one.end for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


def test_the_worst_from_lines_come_to_an_end() -> None:
    """A megabyte of lines that nearly are From lines, and one line of a megabyte."""
    assert len(split(FROM + (b"From " + b"12:34 " * 110 + b"\n") * 1_500)) == 1
    assert len(split(FROM + b"From " + b"12:34 " * 170_000)) == 1


def test_what_begins_an_mbox() -> None:
    """`From `, perhaps after empty lines."""
    assert is_mbox(b"\n\nFrom x")
    assert not is_mbox(b"From: x")


def test_an_mbox_is_polled_in_bites(tmp_path: Path) -> None:
    """The cursor is the place in the file."""
    path = box(tmp_path / "in.mbox", 1, 2, 3)
    first = poll(str(path), limit=2)
    second = poll(str(path), first.cursor, limit=2)
    assert subjects(first) == ["Question 1", "Question 2"]
    assert subjects(second) == ["Question 3"]
    assert (first.complete, second.complete) == (False, True)
    assert [signal.extra["file"] for signal in first.signals] == [str(path)] * 2


def test_an_mbox_that_grows(tmp_path: Path) -> None:
    """Only what was added is read."""
    path = box(tmp_path / "in", 1, 2)
    first = poll(str(path))
    path.write_bytes(path.read_bytes() + boxed(mail(3)))
    assert subjects(poll(str(path), first.cursor)) == ["Question 3"]


def test_an_mbox_that_was_tidied_up(tmp_path: Path) -> None:
    """Mails were taken out: it is read again from the beginning, and who is known is known."""
    path = box(tmp_path / "in", 1, 2, 3)
    first = poll(str(path))
    box(path, 2, 3, 4)
    assert subjects(poll(str(path), first.cursor)) == ["Question 2", "Question 3", "Question 4"]


def test_a_mail_that_was_still_being_written(tmp_path: Path) -> None:
    """It is read again when it is whole."""
    whole = boxed(mail(1)) + boxed(mail(2, words="The first line.\nThe last line."))
    path = tmp_path / "in"
    path.write_bytes(whole[:-20])
    first = poll(str(path))
    path.write_bytes(whole)
    (signal,) = poll(str(path), first.cursor).signals
    assert signal.letter is not None
    assert "The last line." in signal.letter.text


def test_boxes_in_a_folder(tmp_path: Path) -> None:
    """Each has its own place, between the other files."""
    box(tmp_path / "b.mbox", 2, 3)
    (tmp_path / "a.eml").write_bytes(mail(1))
    (tmp_path / "c.eml").write_bytes(mail(4))
    found: list[str] = []
    cursor: Cursor = NOTHING
    ends: list[bool] = []
    for _ in range(4):
        batch = poll(str(tmp_path), cursor, limit=1)
        cursor, found = batch.cursor, found + subjects(batch)
        ends.append(batch.complete)
    assert found == [f"Question {number}" for number in (1, 2, 3, 4)]
    assert ends == [False, False, False, True]
