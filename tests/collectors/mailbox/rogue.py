"""A small IMAP server that can misbehave, on real sockets.

It knows what the collector asks and no more. A test gives it mails by UID and says how it goes wrong: `answers` are
functions by command that are asked first; what they return is sent instead of the honest answer (None: the honest
one). `Cut` closes the line after so many bytes, `Drip` sends slowly.
"""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple, Self

OPEN = b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n"
PLAIN_OFFER = "IMAP4rev1 AUTH=PLAIN"


class Cut(NamedTuple):
    """Say this, then hang up."""

    said: bytes


class Drip(NamedTuple):
    """Say this byte by byte, again and again, with so many seconds between. Nothing is said very slowly."""

    said: bytes
    seconds: float


class Endless(NamedTuple):
    """Say `said`, and then `more` again and again until nobody listens."""

    said: bytes
    more: bytes


Said = bytes | Cut | Drip | Endless
Answer = Callable[["Rogue", str, str], "Said | None"]


class Rogue:
    """The server, on a free port of 127.0.0.1. `asked` is every command that came, without its tag."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.mails: dict[int, bytes] = {}
        self.sizes: dict[int, int] = {}
        self.validity = 7
        self.offer = PLAIN_OFFER
        self.greeting: Said = OPEN
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.seen: set[int] = set()
        self._tls = tls
        self._ending = threading.Event()
        self._lines: list[socket.socket] = []

    @property
    def url(self) -> str:
        return f"imap://localhost:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for line in self._lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        self._thread.join(10)

    def commands(self, name: str) -> list[str]:
        """The commands that held this word."""
        return [one for one in self.asked if name in one]

    def _serve(self) -> None:
        talks: list[threading.Thread] = []
        while not self._ending.is_set():
            try:
                line, _ = self._listener.accept()
            except OSError:
                break
            self._lines.append(line)
            talks.append(threading.Thread(target=self._talk, args=(line,), daemon=True))
            talks[-1].start()
        for talk in talks:
            talk.join(10)

    def _talk(self, plain: socket.socket) -> None:
        with contextlib.suppress(OSError, EOFError), plain:
            line = plain
            if self._tls is not None:
                line = self._tls.wrap_socket(plain, server_side=True)
                self._lines.append(line)
            with line, line.makefile("rb") as words:
                self._say(line, self.greeting)
                while command := words.readline().decode("utf-8", "replace").strip():
                    tag, _, rest = command.partition(" ")
                    if rest.upper().startswith("AUTHENTICATE"):
                        line.sendall(b"+ \r\n")
                        words.readline()
                    self.asked.append(rest)
                    self._say(line, self._answer(tag, rest))

    def _answer(self, tag: str, rest: str) -> Said:
        name = rest.upper().removeprefix("UID ").partition(" ")[0]
        special = self.answers.get(name)
        said = special(self, tag, rest) if special else None
        if said is not None:
            return said
        honest: Callable[[str], Iterator[bytes]] | None = getattr(self, f"_{name.lower()}", None)
        found = b"".join(honest(rest)) if honest else b""
        return found + f"{tag} OK done\r\n".encode()

    def _capability(self, rest: str) -> Iterator[bytes]:
        yield f"* CAPABILITY {self.offer}\r\n".encode()

    def _examine(self, rest: str) -> Iterator[bytes]:
        yield f"* {len(self.mails)} EXISTS\r\n* OK [UIDVALIDITY {self.validity}] yes\r\n".encode()
        yield f"* OK [UIDNEXT {max(self.mails, default=0) + 1}] yes\r\n".encode()

    _select = _examine

    def _logout(self, rest: str) -> Iterator[bytes]:
        yield b"* BYE\r\n"

    def _search(self, rest: str) -> Iterator[bytes]:
        new = "UNSEEN" in rest
        found = [uid for uid in self._meant(rest.rpartition("UID ")[2]) if not (new and uid in self.seen)]
        yield f"* SEARCH {' '.join(map(str, found))}\r\n".encode()

    def _fetch(self, rest: str) -> Iterator[bytes]:
        for uid in self._meant(rest.split()[2]):
            raw = self.mails[uid]
            if "RFC822.SIZE" in rest:
                yield f"* {uid} FETCH (UID {uid} RFC822.SIZE {self.sizes.get(uid, len(raw))})\r\n".encode()
            else:
                part = re.search(r"<0\.(\d+)>", rest)
                raw = raw[: int(part[1])] if part else raw
                yield f"* {uid} FETCH (UID {uid} BODY[]{'<0>' if part else ''} {{{len(raw)}}}\r\n".encode()
                yield raw + b")\r\n"

    def _store(self, rest: str) -> Iterator[bytes]:
        self.seen |= set(self._meant(rest.split()[2]))
        yield b""

    def _meant(self, numbers: str) -> list[int]:
        """The mails that a set of numbers means; `5:*` means the last one even when it is 3."""
        known = sorted(self.mails)
        if not known:
            return []
        found: set[int] = set()
        for one in numbers.partition(" ")[0].split(","):
            first, _, last = one.partition(":")
            ends = [known[-1] if end == "*" else int(end) for end in (first, last or first)]
            found |= {uid for uid in known if min(ends) <= uid <= max(ends)}
        return sorted(found)

    def _say(self, line: socket.socket, said: Said) -> None:
        if isinstance(said, Cut):
            line.sendall(said.said)
            raise EOFError  # noqa: TRY004 - the line ends here
        if isinstance(said, Endless):
            line.sendall(said.said)
            while not self._ending.is_set():
                line.sendall(said.more)
        elif isinstance(said, Drip):
            while not self._ending.is_set():
                for place in range(max(len(said.said), 1)):
                    line.sendall(said.said[place : place + 1])
                    time.sleep(said.seconds)
        else:
            line.sendall(said)
