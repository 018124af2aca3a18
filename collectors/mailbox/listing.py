"""Which files there are below a path, and which of them are mails."""

from __future__ import annotations

import gzip
import os
import re
import stat
import zlib
from collections.abc import Iterator
from enum import Enum, auto
from pathlib import Path
from typing import BinaryIO, NamedTuple

from commsleads.collectors.mailbox.mbox import is_mbox

MOST_FILES = 1_000_000
DEEPEST = 30
_SNIFFED = 4_096
_MAILDIR = ("cur", "new")
_KNOWN = re.compile(
    rb"^(received|return-path|delivered-to|from|to|subject|date|message-id|mime-version)[ \t]{0,9}:",
    re.IGNORECASE | re.MULTILINE,
)


class Kind(Enum):
    """What a file is."""

    MAIL = auto()
    BOX = auto()
    OTHER = auto()


class Listed(NamedTuple):
    """A file: `name` is relative to the folder and orders it, `changed` its change time in nanoseconds, `only` says
    that it was named itself, `mail` that the folder it lies in holds mails only."""

    name: str
    path: Path
    changed: int
    size: int
    only: bool = False
    mail: bool = False


def listed(root: Path) -> list[Listed]:
    """The plain files below a path, by name; hidden ones and links that lead out of it are left out.

    Raises `OSError` when there is nothing or it must not be read.
    """
    state = root.stat()
    if not stat.S_ISDIR(state.st_mode):
        return [Listed(root.name, root, state.st_ctime_ns, state.st_size, only=True)]
    os.scandir(root).close()  # the others are skipped when they cannot be looked into; this one was meant
    return sorted(_below(root, root.resolve(), "", 0))


def _below(folder: Path, top: Path, prefix: str, depth: int) -> Iterator[Listed]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return
    folders = {entry.name for entry in entries if entry.is_dir(follow_symlinks=False)}
    maildir = folders.issuperset(_MAILDIR)
    mail = prefix.rstrip("/").rpartition("/")[2] in _MAILDIR
    for entry in entries:
        if entry.name.startswith(".") or (maildir and entry.name == "tmp"):
            continue
        if entry.name in folders:
            if depth < DEEPEST:
                yield from _below(Path(entry.path), top, f"{prefix}{entry.name}/", depth + 1)
            continue
        one = _plain(entry, top, prefix)
        if one is not None:
            yield one._replace(mail=mail)


def _plain(entry: os.DirEntry[str], top: Path, prefix: str) -> Listed | None:
    path = Path(entry.path)
    try:
        if entry.is_symlink():
            path = path.resolve(strict=True)
            if not path.is_relative_to(top):
                return None
        state = path.stat()
    except (OSError, RuntimeError):  # RuntimeError: a link that leads to itself, before Python 3.13
        return None
    if not stat.S_ISREG(state.st_mode):
        return None
    return Listed(prefix + entry.name, path, state.st_ctime_ns, state.st_size)


def open_plain(path: Path) -> BinaryIO:
    """Open a plain file; a pipe or a device that took its place in between does not make us wait."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError("it is not a plain file")
    return os.fdopen(number, "rb")


def kind_of(one: Listed) -> Kind:
    """What it is, by its name where that says so, otherwise by how it begins."""
    name = one.name.lower()
    if one.mail or name.endswith((".eml", ".eml.gz")):
        return Kind.MAIL
    with open_plain(one.path) as file:
        head = file.read(_SNIFFED)
    if is_mbox(head):
        return Kind.BOX
    if one.only:
        return Kind.MAIL
    return Kind.MAIL if _is_mail(head) else Kind.OTHER


def raw_of(one: Listed, *, most: int, cut: int) -> tuple[bytes, int]:
    """The mail and its size; only the first `cut` bytes when it has more than `most`. Packed ones are unpacked."""
    with open_plain(one.path) as file:
        if not one.name.lower().endswith(".gz"):
            raw = file.read(most + 1)
            return (raw[:cut], max(one.size, len(raw))) if len(raw) > most else (raw, len(raw))
        try:
            with gzip.GzipFile(fileobj=file) as packed:
                raw = packed.read(most + 1)
        except zlib.error as error:
            raise ValueError(f"it is not packed as its name says ({error})") from None
    return (raw[:cut] if len(raw) > most else raw), len(raw)


def _is_mail(head: bytes) -> bool:
    """Whether a file of any name begins like a mail: with header lines, two of them well known."""
    first = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    line = first.split(b"\n", 1)[0]
    if not re.match(rb"[!-9;-~]{1,77}[ \t]{0,9}:", line):
        return False
    return len({name.lower() for name in _KNOWN.findall(first)}) >= 2
