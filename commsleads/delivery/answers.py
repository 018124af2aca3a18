"""Answers of a mail server that come to an end: so many lines, so long in all, whatever it goes on to say."""

from __future__ import annotations

import time
from functools import cache
from typing import Any

MOST = 200
"""Lines of one answer. That of a server to EHLO has some twenty."""


class Lines:
    """The lines that come in on a socket, in place of the file that smtplib reads. Raises `OSError` when an answer has
    not ended after `MOST` lines or after the time that the socket waits for a piece of it."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._held = b""
        self.begin()

    def begin(self) -> None:
        """Another answer is waited for."""
        self._left = MOST
        self._end = time.monotonic() + (self._sock.gettimeout() or 60.0)

    def readline(self, size: int) -> bytes:
        """One line, or as much of one as has this size; what there is when the connection ends."""
        self._left -= 1
        while b"\n" not in self._held and len(self._held) < size:
            self._must_end()
            piece = self._raw.read(4_096)
            if not piece:
                break
            self._held += piece
        self._must_end()
        end = min(self._held.find(b"\n") + 1 or len(self._held), size)
        line, self._held = self._held[:end], self._held[end:]
        return line

    def _must_end(self) -> None:
        if self._left < 0 or time.monotonic() > self._end:
            raise OSError("its answer did not come to an end")

    def close(self) -> None:
        """Read no more."""
        self._raw.close()


@cache
def bounded(kind: Any) -> Any:
    """A connection of this kind, `smtplib.SMTP` or `SMTP_SSL`, whose answers end."""

    class Bounded(kind):  # type: ignore[misc]
        file: Any

        def getreply(self) -> tuple[int, bytes]:
            if isinstance(self.file, Lines):
                self.file.begin()
            elif self.sock is not None:
                self.file = Lines(self.sock)
            code, said = super().getreply()
            return int(code), bytes(said)

    return Bounded
