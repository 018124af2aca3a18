"""A mailbox on a server: logging in, and the few questions that are asked of it. All of it waits, in a thread.

`Account` is used by one thread at a time, but `cut` may be called by any: it ends whatever is being waited for.
"""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple, TypeVar

from commsleads.collectors.mailbox.line import (
    USUAL,
    Client,
    ExcessError,
    Line,
    LineError,
    NoTlsError,
    RefusalError,
    said,
)
from commsleads.collectors.mailbox.pieces import CUT
from commsleads.contract import AuthError, FetchError

T = TypeVar("T")

SLACK = 1_000_000
"""Bytes that the answer with a mail may have beyond the mail."""
GOODBYE = 3.0
"""Seconds for a polite end."""
CHUNK = 100
"""Mails named in one command; servers take lines of 8,000 bytes."""
HIGHEST = 2**32 - 1
_PASSING = r"\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\]|too many|temporar|try again"


class Server(NamedTuple):
    """Where the mailbox is and who asks. `kind`: `tls` from the first byte, `starttls`, or `none`."""

    host: str
    address: tuple[str, int]
    kind: str
    user: str
    password: str
    tls: ssl.SSLContext | None
    patience: float
    until: float


class Account:
    """One login, again and again if need be (`open`)."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._client: Client | None = None
        self._socket: socket.socket | None = None
        self._over = False
        self.next_uid = 0
        """The number that the next mail of the open folder will have, 0 when the server does not say."""

    def open(self) -> None:
        """Connect and log in, again if need be. Raises `FetchError` or `AuthError` with a sentence."""
        self.drop()
        server = self._server
        try:
            self._client = said(self._connected)
            if server.kind == "starttls":
                self._encrypt()
        except NoTlsError:
            raise FetchError(_NO_TLS, quarters=4) from None
        except ssl.SSLCertVerificationError as error:
            raise FetchError(_distrust(error)) from None
        except (LineError, RefusalError) as error:
            raise FetchError(f"The mail server {server.host} cannot be spoken to: {error}.") from None
        self._log_in()

    def close(self) -> None:
        """Say goodbye, within reason."""
        client, self._client = self._client, None
        if client is None:
            return
        with suppress(Exception):
            client._imap.hurry(GOODBYE)  # noqa: SLF001
            client.logout()
        self.drop()

    def drop(self) -> None:
        """Let go of the line without a word."""
        self._client = None
        line, self._socket = self._socket, None
        if line is not None:
            line.close()

    def cut(self) -> None:
        """Break the line at once; whoever is waiting on it lets go of it then."""
        self._over = True
        line = self._socket
        if line is not None:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def select(self, name: str, *, write: bool) -> tuple[int, bool]:
        """Open a folder: its UIDVALIDITY (0 where it has none), and whether marks can be set. `RefusalError`: none."""
        found = self._ask(lambda: self._asked().select_folder(name, readonly=True))
        valid = _number(found.get(b"UIDVALIDITY"))
        self.next_uid = _number(found.get(b"UIDNEXT"))
        if write:
            try:
                found = self._ask(lambda: self._asked().select_folder(name))
            except RefusalError:
                self._ask(lambda: self._asked().select_folder(name, readonly=True))
                write = False
        return valid, write and b"READ-ONLY" not in found

    def folders(self) -> list[str]:
        """The first names of folders that there are, to help somebody who mistook one."""
        found = self._ask(lambda: self._asked().list_folders())
        return [str(name) for _, _, name in found[:12]]

    def highest(self) -> int:
        """The highest UID in the folder, 0 when it is empty."""
        return max(self._search(["UID", "*"]), default=0)

    def uids(self, first: int, last: int = 0, *, since: date | None = None, unseen: bool = False) -> list[int]:
        """The UIDs from `first` to `last` (0: whatever comes), in order; perhaps only what arrived since a day."""
        criteria: list[Any] = ["UID", f"{first}:{last or '*'}"]
        if since is not None:
            criteria += ["SINCE", since]
        if unseen:
            criteria.append("UNSEEN")
        found = self._search(criteria)  # `5:*` brings the last mail even when its number is 4
        return sorted({uid for uid in found if first <= uid <= (last or HIGHEST)})

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """How many bytes each has, as the server says; what has gone is not in it."""
        found: dict[int, int] = {}
        for start in range(0, len(uids), CHUNK):
            some = list(uids[start : start + CHUNK])
            for uid, answer in self._ask(lambda some=some: self._asked().fetch(some, ["RFC822.SIZE"])).items():  # type: ignore[misc]
                found[uid] = _number(answer.get(b"RFC822.SIZE"))
        return found

    def mail(self, uid: int, most: int, *, begin: bool = False) -> bytes | None:
        """The mail (or its first `CUT` bytes), unmarked; None when it has gone. Raises `ExcessError` above `most`."""
        part = f"BODY.PEEK[]<0.{CUT}>" if begin else "BODY.PEEK[]"
        answer = self._ask(lambda: self._asked().fetch([uid], [part]), CUT if begin else most).get(uid, {})
        for name, value in answer.items():
            if name.startswith(b"BODY[]"):
                if value is None or not isinstance(value, bytes | int):
                    raise LineError("what it said made no sense (a mail that is none)")
                raw = value if isinstance(value, bytes) else str(value).encode()
                if len(raw) > most:
                    raise ExcessError("it sent more than was announced")
                return raw[:CUT] if begin else raw
        return None

    def mark(self, uids: Sequence[int]) -> None:
        """Set `\\Seen`."""
        for start in range(0, len(uids), CHUNK):
            some = list(uids[start : start + CHUNK])
            self._ask(lambda some=some: self._asked().add_flags(some, [b"\\Seen"], silent=True))  # type: ignore[misc]

    def _search(self, criteria: Any) -> list[int]:
        # Numbers and dates are ASCII, so no CHARSET is ever sent: servers that know none refuse the whole search.
        return list(self._ask(lambda: self._asked().search(criteria)))

    def _ask(self, work: Callable[[], T], most: int = 0) -> T:
        """Ask within the budget of bytes. What the server said unasked is forgotten, as it would pile up."""
        line = self._asked()._imap  # noqa: SLF001
        line.spare = USUAL + (most + SLACK if most else 0)
        line.untagged_responses.clear()
        try:
            return said(work)
        except LineError:
            self.drop()
            raise

    def _asked(self) -> Client:
        if self._client is None or self._over:
            raise LineError("the line is closed")
        return self._client

    def _connected(self) -> Client:
        server = self._server
        tls = server.tls if server.kind == "tls" else None

        def line() -> Line:
            return Line(
                server.host,
                server.address,
                tls=tls,
                patience=server.patience,
                until=server.until,
                spoken=self._hold,
            )

        return Client(server.host, server.address[1], line, server.patience)

    def _encrypt(self) -> None:
        try:
            said(lambda: self._asked().starttls(self._server.tls))
        except RefusalError as error:  # not offered, or refused: somebody in between may have seen to that
            raise NoTlsError from error

    def _hold(self, line: socket.socket) -> None:
        self._socket = line
        if self._over:  # somebody lost patience while we were still connecting
            self.drop()
            raise LineError("the line is closed")

    def _log_in(self) -> None:
        server, client = self._server, self._asked()
        try:
            offers = self._ask(client.capabilities)
            if b"AUTH=PLAIN" in offers:
                self._ask(lambda: client.plain_login(server.user, server.password))
            elif b"LOGINDISABLED" in offers:
                raise AuthError("The mail server takes no password on this line. Use imaps://, or another address.")
            elif not (server.user + server.password).isascii():
                raise AuthError("The mail server takes only passwords of plain ASCII letters. Set such a one there.")
            else:
                name = '"' + server.user.replace("\\", "\\\\").replace('"', '\\"') + '"'
                self._ask(lambda: client.login(name, server.password))
        except RefusalError as error:
            if re.search(_PASSING, str(error), re.IGNORECASE):
                raise FetchError(f"The mail server does not let anybody in just now: {error}.") from None
            raise AuthError(
                f"The mail server refuses user and password: {error}. Put the right one under password_secret; "
                "many providers want an app password."
            ) from None
        except LineError as error:
            raise FetchError(f"While logging in: {error}.") from None


_NO_TLS = (
    "The mail server offers no encryption (STARTTLS) there, so no password was sent. Use imaps:// and its port, "
    "usually 993."
)


def _distrust(error: ssl.SSLCertVerificationError) -> str:
    why = " ".join(str(error.verify_message or error.reason).split())[:200]
    return (
        f"The certificate of the mail server is not to be trusted, so no password was sent ({why}). If it is your own, "
        "give the file of its authority as ca_file."
    )


def _number(value: Any) -> int:
    return value if isinstance(value, int) and 0 <= value <= 2**63 - 1 else 0
