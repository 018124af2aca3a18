"""Mails that mean harm, and mails that chance makes: bounded, never raising, nothing lost that can be kept."""

from __future__ import annotations

import base64
import os
import pickle
import random
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commsleads.letters import Letter
from commsleads.mail import cut, read_letter

CORPUS = Path(__file__).resolve().parents[2] / "../shared/corpus/mail"
MEGABYTE = 1_000_000
PLAIN = b"From: a@x.example\nSubject: Fwd: x\nContent-Type: text/plain\n\n"
HTML = PLAIN.replace(b"plain", b"html")


def letters(letter: Letter | None) -> Iterator[Letter]:
    while letter is not None:
        yield letter
        letter = letter.inner


def check(raw: bytes) -> Letter:
    """Read it, and look at every bound."""
    found = read_letter(raw)
    for letter in letters(found):
        assert len(letter.text) <= 200_000
        assert len(letter.subject) <= 500
        assert len(letter.to) <= 100
        assert len(letter.cc) <= 100
        assert len(letter.references) <= 50
        assert len(letter.in_reply_to) <= 50
        assert all(len(one) <= 500 for one in (letter.message_id, *letter.references, *letter.marks.values()))
        assert len(letter.attachments) <= 400
        assert all(one.size >= 0 for one in letter.attachments)
        assert letter.subject.isprintable()
        assert not {"\x00", "\r", "\u200b", "\u202e"} & set(letter.text)
        parted = cut(letter.text)
        assert sorted(f"{parted.own}\n{parted.quoted}\n{parted.signature}".split()) == sorted(letter.text.split())
    assert len(list(letters(found))) <= 6
    assert pickle.loads(pickle.dumps(found)) == found
    return found


def nested(depth: int) -> bytes:
    head = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number) for number in range(depth)
    )
    tail = b"".join(b"--b%d--\n" % number for number in reversed(range(depth)))
    return b"From: a@x.example\n" + head + b"Content-Type: text/plain\n\nthe words\n" + tail


@pytest.mark.parametrize("depth", [1, 20, 50, 500, 5000])
def test_nested_parts_are_read_however_deep(depth: int) -> None:
    """The words are found, and too deep a nesting is noted."""
    letter = check(nested(depth))
    assert depth > 1000 or "the words" in letter.text
    assert (letter.damage != ()) == (depth > 50)


@pytest.mark.parametrize("depth", [3, 500, 50_000])
def test_mails_within_mails_are_read_to_a_depth(depth: int) -> None:
    """Five are read, further ones are left."""
    letter = check(b"From: a@x.example\n" + b"Content-Type: message/rfc822\n\nFrom: b@x.example\n" * depth + b"\nwords")
    assert len(list(letters(letter))) == min(depth, 5) + 1


HEADS = {
    "long": b"Subject: " + b"x" * MEGABYTE,
    "encoded": b"Subject: " + b"=?a?q?" * (MEGABYTE // 6),
    "words": b"Subject: " + b"=?utf-8?q?x?= " * (MEGABYTE // 14),
    "folded": b"Subject: x\n" + b" y\n" * (MEGABYTE // 3),
    "many": b"a: b\n" * (MEGABYTE // 5),
    "people": b"To: " + b"a@x.example, " * (MEGABYTE // 13),
    "quotes": b"To: " + b'"\\' * (MEGABYTE // 2),
    "brackets": b"To: " + b"<" * MEGABYTE,
    "comments": b"To: " + b"(" * MEGABYTE,
    "ids": b"References: " + b"<a@x> " * (MEGABYTE // 6),
    "parameters": b"Content-Type: text/plain" + b"; a*1=b" * (MEGABYTE // 7),
    "escapes": b"Content-Type: text/plain; " + b'a="\\"' * (MEGABYTE // 5),
    "date": b"Date: " + b"1:" * (MEGABYTE // 2),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_megabyte_of_head_is_read(name: str) -> None:
    """No head takes more than linear time, and the words below it are found."""
    letter = check(HEADS[name].rstrip(b"\n") + b"\n\nthe words")
    assert letter.text.endswith("the words")


def test_ten_thousand_fields_are_counted() -> None:
    """A thousand are kept; the others are noted."""
    letter = check(b"".join(b"X-%d: y\n" % number for number in range(10_000)) + b"\nwords")
    assert letter.damage == ("It has 10000 header fields; the first 1000 were read.",)


TEXTS = [
    b"x", b" ", b"\n", b">", b"> \n", b"-", b"--\n", b"-- \n", b"From: \n", b"To: \n", b"From: a\nDate: b\n\n",
    b":", b"wrote:\n",
    b"On 1 2010 10:10 a@b wrote\n", b"On \n", b"a@", b"***\n", b"____\n", b"1 ", b"Regards\n",
    "\u200ba".encode(), b"\r",
    b"begin 644 a\n", b"confidential ", b"confidential\n\n", b"http://x ", b"Sent from my ", b"caution external ",
    b"\xff",
    b"---------- Forwarded message ---------\n", b"> ---------- Forwarded message ---------\n",
    b"-----Original Message-----\n",
    b"+1 ", b"2026-05-07 10:05 GMT+02:00 ", b"<a@b<a@b", b"\n> From: a\n> To: b\n",
]  # fmt: skip


@pytest.mark.parametrize("word", TEXTS)
def test_a_megabyte_of_the_worst_text_is_read_and_cut(word: bytes) -> None:
    """Nothing that stands in a text takes more than linear time."""
    check(PLAIN + word * (MEGABYTE // 4 // len(word)))
    cut((word * (MEGABYTE // len(word))).decode("latin-1"))


@pytest.mark.parametrize("tag", [
    b"<div>", b"<p>", b"<b>", b"<table><tr><td>", b"<blockquote>a", b"<", b"&", b"<a b=", b"</div>", b"<!--",
    b"<style>", b"<li>",
    b"<font><p>", b"<pre>a\n", b"<select><option>", b"<svg><a>", b'<a href="https://x.example/y">l</a> ',
    b"<div style='",
])  # fmt: skip
def test_much_of_the_worst_html_is_read(tag: bytes) -> None:
    """No tags take more than linear time."""
    check(HTML + tag * (MEGABYTE // 3 // len(tag)))


def test_twenty_thousand_links_are_read() -> None:
    """A page of links is text, as far as the bound allows."""
    links = b"".join(b'<a href="https://x.example/%d">link</a><br>' % number for number in range(20_000))
    assert check(HTML + links).text.startswith("link <https://x.example/0>\nlink <https://x.example/1>")


def test_more_parts_than_are_read_are_counted() -> None:
    """Two hundred parts are read, the others are noted."""
    letter = check(b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nword\n" * 1000 + b"--b--")
    assert letter.damage == ("It has 1001 parts; the first 200 were read.",)
    assert letter.text.split() == ["word"] * 199


_CHILD = """
import resource, sys
from commsleads.mail import read_letter
with open(sys.argv[1], "rb") as file:
    raw = file.read()
read_letter(b"Content-Type: text/html\\n\\n<p>warm")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
letter = read_letter(raw)
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(letter.text, letter.attachments[0].size, after - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in kilobytes on Linux only")
@pytest.mark.parametrize("encoding", ["base64", "binary", "quoted-printable"])
def test_a_large_attachment_is_counted_and_takes_no_memory(tmp_path: Path, encoding: str) -> None:
    """Thirty megabytes are counted without being decoded or copied: the reader grows by less than a third of them."""
    line = base64.b64encode(b"x" * 57) + b"\n"
    path = tmp_path / "large.eml"
    with path.open("wb") as file:
        file.write(b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nwords\n--b\nContent-Type: application/pdf\n")
        file.write(b"Content-Transfer-Encoding: %b\n\n" % encoding.encode())
        for _ in range(30 * MEGABYTE // len(line)):
            file.write(line)
        file.write(b"--b--\n")
    command = [sys.executable, "-c", _CHILD, str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ}).stdout.split()
    expected = 30 * MEGABYTE // len(line) * (57 if encoding == "base64" else len(line))
    assert said[0] == "words"
    assert abs(int(said[1]) - expected) <= 3
    assert int(said[2]) < 10_000


@pytest.mark.parametrize("raw", [
    b"", b"\n", b"\r", b"\x00", b"\x00" * 10_000, b"From ", b"From x\n", b":", b" ", b"--", b"a:", b"\n\n\n",
    b"\xff\xfe",
    b"Content-Type: multipart/mixed", b"Content-Type: multipart/mixed; boundary=\n\n--\n--", b"Content-Type: ;\n\nx",
    b"Content-Type: multipart/mixed; boundary=b\n\n--b",
    b"Content-Type: multipart/alternative; boundary=b\n\n--b\n--b\n--b--",
    b"Content-Type: message/rfc822", b"Content-Transfer-Encoding: base64\n\n=", b"Content-Type: text/html\n\n",
])  # fmt: skip
def test_stumps_are_read(raw: bytes) -> None:
    """Empty, cut off, or nothing but marks."""
    check(raw)


@settings(max_examples=100)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_read(raw: bytes) -> None:
    """No bytes make it raise."""
    check(raw)


FIELDS = st.sampled_from([
    b"Subject: =?utf-8?B?R3LDvMOfZQ==?=", b"Subject: Fwd: x", b"From: A <a@x.example>", b"From: =?x",
    b"To: a@x.example, b",
    b"Date: Thu, 07 May 2026 10:05:00 +0200", b"Date: 1", b"Message-ID: <a@x>", b"Message-ID: <b@x>",
    b"References: <a@x> <",
    b"Content-Type: text/plain; charset=utf-16", b"Content-Type: text/html; charset=nonsense",
    b"Content-Type: text/plain; format=flowed",
    b"Content-Type: multipart/mixed; boundary=b", b'Content-Type: multipart/alternative; boundary="b"',
    b"Content-Type: message/rfc822",
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=b",
    b"Content-Type: multipart/related; boundary=c",
    b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: quoted-printable",
    b"Content-Disposition: attachment; filename*=x",
    b" folded", b"\t", b"stray", b"", b"--b", b"\x80\xff:",
])  # fmt: skip
PIECES = st.sampled_from([
    b"words", b"Gr\xfc\xdfe", "Grüße".encode(), b"R3LDvMOfZQ==", b"=C3=BC=", b"--b", b"--b--", b"--c", b"",
    b"> quoted", b"<p>one</p>",
    b"On 7 May 2026 10:05, A <a@x.example> wrote:", b"---------- Forwarded message ---------",
    b"From: B <b@x.example>", b"To: c",
    b"Date: 7 May 2026 at 10:05", b"Subject: d", b"-- ", b"begin 644 x", b"end", b"Content-Type: text/html",
    b"\x00\x1b$B",
])  # fmt: skip


@settings(max_examples=150)
@given(st.lists(FIELDS, max_size=12), st.lists(PIECES, max_size=30), st.sampled_from([b"\n", b"\r\n", b"\r"]))
def test_mails_made_by_chance_are_read(fields: list[bytes], pieces: list[bytes], end: bytes) -> None:
    """Fields and bodies in any order, with each kind of line end."""
    check(end.join([*fields, b"", *pieces]))


def mutated(raw: bytes, dice: random.Random) -> bytes:
    """The bytes with a few of the accidents that happen on the way."""
    data = bytearray(raw)
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(data) + 1)
        match dice.randrange(5):
            case 0:
                data[at : at + dice.randint(1, 50)] = b""
            case 1:
                data[at:at] = dice.randbytes(dice.randint(1, 20))
            case 2:
                data[at:at] = data[: dice.randint(1, 500)]
            case 3:
                data[at:] = b""
            case _:
                data[at : at + 1] = dice.choice([b"\n", b"\r", b"\x00", b"=", b'"', b"<", b"--", b":"])
        if not data:
            break
    return bytes(data)


def corpus() -> list[bytes]:
    return [path.read_bytes() for path in sorted(CORPUS.glob("*/**/*.eml"))]


@pytest.mark.skipif(not CORPUS.exists(), reason="../shared/corpus is not here")
def test_real_mails_that_were_damaged_are_read() -> None:
    """Each mail of the corpus with accidents."""
    for number, raw in enumerate(corpus()):
        check(mutated(raw, random.Random(number)))


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.skipif(not CORPUS.exists(), reason="../shared/corpus is not here")
def test_real_mails_that_were_damaged_or_mixed_are_read_for_long() -> None:
    """Thirty accidents for each mail of the corpus, and each one's head over the next one's body."""
    raws = corpus()
    for number, raw in enumerate(raws):
        for turn in range(30):
            check(mutated(raw, random.Random(number * 1000 + turn)))
    for one, two in pairwise(raws):
        check(one[: len(one) // 2] + two[len(two) // 2 :])
