"""Where a source is that is not on the web: a server by its scheme and name, or a file or folder of this machine."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from commsleads.config.notes import Notes, show, sort_of
from commsleads.config.scalars import LONGEST_URL, Reader

FILE = "file"
_SCHEME = r"[A-Za-z][A-Za-z0-9+.-]*://"


def place(schemes: tuple[str, ...], folder: Path) -> Reader:
    """Reads the `url` of a collector that takes these `schemes`.

    A server is `scheme://name` or `scheme://name:port`, without a user and without a path. Where `file` is among the
    schemes, a bare path is taken as well; it is relative to `folder`, `~` is the home, and it comes out as
    `file:///...`.
    """

    def read(value: Any, where: str, notes: Notes) -> str | None:
        if type(value) is not str:
            notes.wrong(where, f"must be an address in quotes and not {sort_of(value)}")
            return None
        problem, found = _read(value, schemes, folder)
        if problem:
            notes.wrong(where, problem)
            return None
        return found

    return read


def _read(value: str, schemes: tuple[str, ...], folder: Path) -> tuple[str, str]:
    """What is wrong, or ''; and the address as it is used."""
    if not value or len(value) > LONGEST_URL or not value.isprintable():
        return "must be an address on one line, of a usual length", ""
    if not re.match(_SCHEME, value):
        if FILE not in schemes:
            return f"is {show(value)} and must begin with {_either(schemes)}", ""
        return _path(value, folder)
    scheme = value.partition("://")[0].lower()
    if scheme not in schemes:
        return f"is {show(value)} and must begin with {_either(schemes)}", ""
    if scheme == FILE:
        parts = urlsplit(value)
        if parts.netloc not in {"", "localhost"} or not parts.path.startswith("/"):
            return f'is {show(value)}; the address of a file has three strokes, as in "file:///var/mail/press"', ""
        return _path(unquote(parts.path), folder)
    return _server(value), value


def _server(value: str) -> str:
    """What is wrong with the address of a server, or ''."""
    try:
        parts = urlsplit(value)
        host, port = parts.hostname, parts.port
    except ValueError:
        return f"is {show(value)}, whose name or port cannot be read"
    if "@" in parts.netloc:
        return "holds a user name or password; the user has a key of its own, and secrets must not stand in this file"
    if not host or port == 0 or " " in value or "\\" in value:
        return f"is {show(value)}, which names no server"
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        return f"is {show(value)} and must end after the name of the server and its port"
    return ""


def _path(given: str, folder: Path) -> tuple[str, str]:
    try:
        found = Path(os.path.normpath(folder / Path(given).expanduser()))
    except RuntimeError:  # no such user
        return f"is {show(given)}, and there is no such home folder", ""
    return "", found.absolute().as_uri()


def _either(schemes: tuple[str, ...]) -> str:
    return " or ".join(f'"{scheme}://"' for scheme in schemes)
