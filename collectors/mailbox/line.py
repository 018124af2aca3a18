"""The line to an IMAP server, which believes nothing that the server announces.

imaplib reads what it is told to read: a literal of a gigabyte, a line without an end, for as long as bytes drip in. So
the reading is done here, with a budget of bytes for each command, a patience for each silence and an end for
everything. imapclient stands on top for the words of the protocol.
"""

from __future__ import annotations

import imaplib
import socket
import ssl
import time
from collections.abc import Callable
from typing import Any, TypeVar

from imapclient import IMAPClient

T = TypeVar("T")

USUAL = 5_000_000
"""Bytes that the answer to a command may have, unless it is a mail."""
LONGEST_LINE = 4_000_000
"""Bytes of one line: the answer to a search may name half a million mails."""
_CHUNK = 65_536


class LineError(Exception):
    """The line is of no use any more: it broke, or what came over it made no sense."""


class TimeUpError(LineError):
    """The poll has taken as long as it may."""


class ExcessError(LineError):
    """More came, or was announced, than can be."""


class RefusalError(Exception):
    """The server understood and said no. The line is still good."""


class NoTlsError(Exception):
    """The server offers no encryption where it must."""


class Line(imaplib.IMAP4):
    """One connection. `host` is the name that its certificate must carry, `address` where it is connected to."""

    def __init__(
        self,
        host: str,
        address: tuple[str, int],
        *,
        tls: ssl.SSLContext | None,
        patience: float,
        until: float,
        spoken: Callable[[socket.socket], None],
    ) -> None:
        self._address = address
        self._held = bytearray()
        self._patience = patience
        self._spoken = spoken
        self._tls = tls
        self._until = until
        self.spare = USUAL
        super().__init__(host, address[1])

    def open(self, host: str = "", port: int = 143, timeout: float | None = None) -> None:
        self.host, self.port = host, port
        plain = socket.create_connection(self._address, timeout or self._wait())
        self._spoken(plain)
        self.sock = plain
        if self._tls is not None:
            self._wrap(self._tls)

    def starttls(self, ssl_context: ssl.SSLContext | None = None) -> Any:
        """Go over to TLS. What came in the clear after the answer is what somebody slipped in, and ends it all."""
        if ssl_context is None or self.state != "NONAUTH" or "STARTTLS" not in self.capabilities:
            raise NoTlsError
        answer, words = self._simple_command("STARTTLS")
        if answer != "OK":
            raise NoTlsError
        if self._held:
            raise LineError("it sent words of its own between the two halves of the line")
        self.untagged_responses.clear()
        self._wrap(ssl_context)
        self._tls_established = True
        self._get_capabilities()
        return answer, words

    def read(self, size: int) -> bytes:
        if size > self.spare + len(self._held):
            raise ExcessError(f"it announced {size:,} bytes where {max(self.spare, 0):,} were expected at most")
        while len(self._held) < size:
            self._fill()
        return self._take(size)

    def readline(self) -> bytes:
        looked = 0
        while (end := self._held.find(b"\n", looked)) < 0:
            looked = len(self._held)
            if looked > LONGEST_LINE:
                raise ExcessError(f"it sent a line of more than {LONGEST_LINE:,} bytes")
            self._fill()
        return self._take(end + 1)

    def send(self, data: Any) -> None:
        self.sock.settimeout(self._wait())
        self.sock.sendall(data)

    def shutdown(self) -> None:
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:  # it is closed already
            pass
        finally:
            self.sock.close()

    def hurry(self, seconds: float) -> None:
        """Wait no longer than this for the rest."""
        self._until = min(self._until, time.monotonic() + seconds)
        self.spare = USUAL

    def _wrap(self, context: ssl.SSLContext) -> None:
        self.sock.settimeout(self._wait())
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
        self._spoken(self.sock)

    def _wait(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeUpError("the time for one poll was up")
        return min(self._patience, left)

    def _fill(self) -> None:
        self.sock.settimeout(self._wait())
        try:
            some = self.sock.recv(_CHUNK)
        except TimeoutError:
            self._wait()  # says so when it was the end of the poll, and not of our patience
            raise
        if not some:
            raise LineError("the server closed the line")
        self.spare -= len(some)
        if self.spare < 0:
            raise ExcessError("it sent more than was announced or can be")
        self._held += some

    def _take(self, size: int) -> bytes:
        taken = bytes(self._held[:size])
        del self._held[:size]
        return taken


class Client(IMAPClient):  # type: ignore[misc,unused-ignore]
    """imapclient on a `Line`."""

    _imap: Any

    def __init__(self, host: str, port: int, make: Callable[[], Line], patience: float) -> None:
        self._make = make
        super().__init__(host, port, ssl=False, timeout=patience)
        self._imap.debug = 0  # it would write every line, passwords and all, for a log that nobody reads

    def _create_IMAP4(self) -> Any:  # noqa: N802 - its name in imapclient
        return self._make()


def said(work: Callable[[], T]) -> T:
    """Do this with the server; whatever goes wrong is one of our errors.

    imaplib, imapclient and the system have a dozen ways to fail, and none of them says whether one may go on.
    """
    try:
        return work()
    except (LineError, NoTlsError, RefusalError, ssl.SSLCertVerificationError):
        raise
    except TimeoutError as error:
        raise LineError("it said nothing for too long") from error
    except imaplib.IMAP4.readonly as error:
        raise RefusalError(words(error)) from error
    except imaplib.IMAP4.abort as error:
        raise LineError(f"the line broke off ({words(error)})") from error
    except imaplib.IMAP4.error as error:
        raise RefusalError(words(error)) from error
    except OSError as error:
        raise LineError(f"the line broke off ({words(error.strerror or error)})") from error
    except Exception as error:  # an answer against the protocol fails wherever it happens to be looked at
        raise LineError(f"what it said made no sense ({type(error).__name__})") from error


def words(error: object) -> str:
    """What a server said, fit to be shown: printable, on one line and short."""
    text = str(error)[:2000].removeprefix("b'").removesuffix("'")
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:200]
