"""Mbox files, mail by mail, without ever holding the file.

Each mail begins with a line `From ` and, for those who wrote the file by the rules, a date; lines of the mail that
begin so carry a `>` more (mboxrd) or one (mboxo), and the first is taken off. Who wrote no dates there gets the loose
reading: any `From ` after an empty line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

LONGEST_LINE = 65_536
TAIL = 512
_DATED = re.compile(rb"From [^\r\n]{0,500}?\b\d\d?:\d\d(?::\d\d)?\b[^\r\n]{0,100}?\b(?:19|20)\d\d\b")
_QUOTED = re.compile(rb">+From ")


class Boxed(NamedTuple):
    """A mail in an mbox: `start` is where it begins and `end` where the next one would; `raw` may be cut."""

    start: int
    end: int
    raw: bytes
    size: int


def is_mbox(head: bytes) -> bool:
    """Whether a file that begins like this is one."""
    return head.lstrip(b"\r\n").startswith(b"From ")


def mails(file: BinaryIO, *, start: int, most: int, cut: int) -> Iterator[Boxed]:
    """The mails from `start` on. Of one that is larger than `most` bytes only the first `cut` are given."""
    file.seek(0)
    dated = bool(_DATED.match(file.read(2_000).lstrip(b"\r\n")))
    file.seek(start)
    at = begin = start
    held = bytearray()
    size = 0
    inside = empty = False
    fresh = empty_before = True  # whether a line begins here; whether the one before was empty
    while line := file.readline(LONGEST_LINE):
        here, at = at, at + len(line)
        if fresh and line.startswith(b"From ") and (_DATED.match(line) if dated else empty_before):
            if inside:
                yield Boxed(begin, here, bytes(held[: cut if size > most else None]), size)
            begin, inside, size = here, True, 0
            held.clear()
        elif inside:
            if fresh and line.startswith(b">") and _QUOTED.match(line):
                line = line[1:]
            size += len(line)
            if len(held) <= most:
                held += line
        empty = fresh and not line.strip(b"\r\n")
        fresh = line.endswith(b"\n")
        empty_before = empty
    if inside:
        yield Boxed(begin, at, bytes(held[: cut if size > most else None]), size)


def tail(file: BinaryIO, end: int) -> bytes:
    """The bytes in front of a position: when they are others, the file is not the one that it was."""
    file.seek(max(0, end - TAIL))
    return file.read(min(end, TAIL))
