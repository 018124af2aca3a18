"""The connection to the mail server, and what its answers mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from commsleads.delivery.addresses import line
from commsleads.delivery.answers import bounded
from commsleads.delivery.message import Outgoing
from commsleads.errors import ReportError

if TYPE_CHECKING:
    import smtplib

# What speaks SMTP is imported where mail is sent: most runs only look whether files are missing.
TIMEOUT = 60.0
"""Seconds for each answer of the mail server."""
LAST_TIMEOUT = 300.0
"""Seconds for the answer after the message: a server may look at it first (RFC 5321 asks for ten minutes)."""
MOST_BREAKS = 3
"""Connections that end before their message was taken, one after another, until the run gives up."""
_ENHANCED = re.compile(r"^([245])\.(\d{1,3})\.(\d{1,3})\b")
NOBODY_THERE = frozenset({550, 551, 553})
"""What a server says of a recipient that it does not know, where it gives no enhanced code (RFC 3463)."""


class DoubtError(ReportError):
    """The message was handed over and no answer came: it may have been sent. Never sent again by itself."""


class NoRecipientError(ReportError):
    """There is nobody of that address, for good: another try is of no use."""


class ServerError(ReportError):
    """The server cannot be used by us now, for this message or any: nothing was sent."""


class MailServer(Protocol):
    """What is needed of `[smtp]`. `security` is `starttls`, `tls` or `none`."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def user(self) -> str: ...
    @property
    def sender(self) -> str: ...
    @property
    def security(self) -> str: ...


class Post:
    """One connection to the mail server, opened at the first message and used for all of a run.

    ::

        with Post(settings.smtp, password) as post:
            post.send(letters.letter(...))

    After a refusal the connection goes on; after an error, or when the server ends it, another is opened.
    """

    def __init__(self, server: MailServer, password: str = "") -> None:
        self._server = server
        self._password = password
        self._line: smtplib.SMTP | None = None
        self._sent = 0
        self._breaks = 0
        self._dialling = False

    def __enter__(self) -> Post:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._hang_up()

    def send(self, message: Outgoing) -> None:
        """Hand over one message. Raises `ReportError` when it was certainly not sent, `DoubtError` when unsure, and
        `ServerError` when no other message will fare better now."""
        if self._breaks >= MOST_BREAKS:
            raise ServerError(f"{self._where} ends every connection. Nothing more was sent; it is tried again.")
        try:
            self._send(message)
        except _ClosedError as closed:
            if closed.dialling:
                raise ServerError(
                    f"{self._where} cannot be used: {closed}. "
                    "Nothing was sent; check [smtp] or wait, it is tried again."
                ) from None
            self._breaks += 1
            if not closed.worked:  # perhaps it is this message that the server cannot stand: others have their turn
                raise ReportError(
                    f"{self._where} ended the connection before the message to {message.recipient}: {closed}."
                ) from None
        else:
            self._breaks = 0
            return
        # The server ended a connection that did well, as some do after so many messages: a new one is asked, once.
        try:
            self._send(message)
        except _ClosedError as again:
            raise ServerError(
                f"{self._where} wants no more for now: {again}. Nothing was sent; it is tried again."
            ) from None
        self._breaks = 0

    def greet(self) -> None:
        """Connect and say who we are, and send nothing. Raises `ServerError` when no message could be handed over."""
        try:
            with self._told(""):
                self._dial()
        except _ClosedError as closed:
            raise ServerError(f"{self._where} cannot be used: {closed}. Check [smtp].") from None

    def _send(self, message: Outgoing) -> None:
        import smtplib

        # Lines end in CR LF throughout, so no pattern is needed: on a thousand digests that would be half the work.
        body = message.content.replace(b"\r\n.", b"\r\n..")
        with self._told(message.recipient):
            mail = self._line or self._dial()
            _expect("MAIL", mail.mail(message.sender), 250)
            _expect("RCPT", mail.rcpt(message.recipient), 250, 251)
            _expect("DATA", mail.docmd("DATA"), 354)
            # Without its last line no server takes a message: until here it was certainly not sent.
            mail.send(body if body.endswith(b"\r\n") else body + b"\r\n")
        try:
            # From here to the answer nobody can know whether the server took the message.
            mail.send(b".\r\n")
            code, said = _patiently(mail)
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            self._breaks += 1
            raise DoubtError(
                f"{self._where} went silent after the message to {message.recipient} was handed over; it may have "
                f"arrived ({line(str(error))}). Ask the recipient before sending it again."
            ) from error
        with self._told(message.recipient):
            _expect("BODY", (code, said), 250)
        self._sent += 1

    @contextmanager
    def _told(self, recipient: str) -> Iterator[None]:
        """Whatever goes wrong in here means that the message was not sent."""
        import smtplib
        import ssl

        try:
            yield
        except _RefusedError as refused:
            if refused.code == 421:
                worked = self._sent > 0
                self._drop()
                raise _ClosedError(f"{refused.code} {_words(refused.said)}", worked=worked) from refused
            self._reset()
            raise self._refusal(recipient, refused) from refused
        except smtplib.SMTPAuthenticationError as error:
            self._drop()
            raise ServerError(
                f"{self._where} refuses the user or password of [smtp] ({error.smtp_code}). "
                "Set the right password and the digest goes out at the next try."
            ) from error
        except ssl.SSLCertVerificationError as error:
            self._drop()
            raise ServerError(
                f"{self._where} cannot prove who it is: {line(error.verify_message or str(error))}. Nothing was sent. "
                "Write its name under [smtp] as its certificate has it, or have its certificate renewed."
            ) from error
        except smtplib.SMTPNotSupportedError as error:
            self._drop()
            raise ServerError(
                f"{self._where} cannot be used: {line(str(error))} Nothing was sent. Check `security` and `user` under "
                "[smtp], or who answers in the server's name."
            ) from error
        except (smtplib.SMTPException, OSError) as error:
            worked, dialling = self._sent > 0, self._dialling
            self._drop()
            raise _ClosedError(line(str(error)), worked=worked, dialling=dialling) from error

    @property
    def _where(self) -> str:
        return f"The mail server {self._server.host}:{self._server.port}"

    def _refusal(self, recipient: str, refused: _RefusedError) -> ReportError:
        sentence = f"{self._where} refused the message to {recipient}: {refused.code} {_words(refused.said)}"
        return NoRecipientError(sentence) if final(refused.step, refused.code, refused.said) else ReportError(sentence)

    def _dial(self) -> smtplib.SMTP:
        import smtplib
        import ssl

        server, safe = self._server, ssl.create_default_context()
        self._sent, self._dialling = 0, True
        mail: smtplib.SMTP
        if server.security == "tls":
            mail = bounded(smtplib.SMTP_SSL)(server.host, server.port, timeout=TIMEOUT, context=safe)
        else:
            mail = bounded(smtplib.SMTP)(server.host, server.port, timeout=TIMEOUT)
        self._line = mail
        _at_once(mail)
        if server.security == "starttls":
            mail.starttls(context=safe)
        mail.ehlo_or_helo_if_needed()
        if server.user:
            mail.login(server.user, self._password)
        self._dialling = False
        return mail

    def _reset(self) -> None:
        """Begin anew on the same connection, if it is still good."""
        import smtplib

        try:
            if self._line is not None and self._line.rset()[0] != 250:
                self._hang_up()
        except (smtplib.SMTPException, OSError):
            self._drop()

    def _hang_up(self) -> None:
        import smtplib

        mail, self._line = self._line, None
        if mail is not None:
            try:
                mail.quit()
            except (smtplib.SMTPException, OSError):
                mail.close()

    def _drop(self) -> None:
        mail, self._line = self._line, None
        self._sent, self._dialling = 0, False
        if mail is not None:
            mail.close()


class _RefusedError(Exception):
    """The server said no at one step."""

    def __init__(self, step: str, code: int, said: bytes) -> None:
        super().__init__(f"{code}")
        self.step, self.code, self.said = step, code, said


class _ClosedError(Exception):
    """The connection is over. `worked` is whether it took messages before, `dialling` whether it never came to that."""

    def __init__(self, why: str, *, worked: bool, dialling: bool = False) -> None:
        super().__init__(why or "it was closed")
        self.worked, self.dialling = worked, dialling


def final(step: str, code: int, said: bytes) -> bool:
    """Whether a refusal means that there is nobody of that address, now and later.

    The enhanced code (RFC 3463) says it: 5.1.x is of the address, but 5.1.7 and 5.1.8 are of ours, and 5.2.1 is of a
    mailbox that takes nothing. A full mailbox (5.2.2) and everything about security or policy (5.7.x) may pass.
    """
    found = _ENHANCED.match(_words(said))
    if found:
        whole, subject, detail = int(found[1]), int(found[2]), int(found[3])
        return whole == 5 and ((subject == 1 and detail not in {7, 8}) or (subject, detail) == (2, 1))
    return step == "RCPT" and code in NOBODY_THERE


def _words(said: bytes | str) -> str:
    return line(said.decode("utf-8", "replace") if isinstance(said, bytes) else said)[:200]


def _at_once(mail: smtplib.SMTP) -> None:
    """Let the last line of a message go without waiting for a word about what went before: 40 ms each, else."""
    import socket

    if mail.sock is not None:
        mail.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _patiently(mail: smtplib.SMTP) -> tuple[int, bytes]:
    """The answer after the message. Raises `ConnectionError` for one that is none: then nobody knows."""
    if mail.sock is not None:
        mail.sock.settimeout(LAST_TIMEOUT)
    code, said = mail.getreply()
    if mail.sock is not None:
        mail.sock.settimeout(TIMEOUT)
    if not 200 <= code <= 599:
        raise ConnectionError(f"the answer was no answer: {_words(said)}")
    return code, said


def _expect(step: str, answer: tuple[int, bytes], *wanted: int) -> None:
    code, said = answer
    if code == -1:  # smtplib's word for a connection that was closed in mid-answer
        raise ConnectionError("the connection was closed")
    if code not in wanted:
        raise _RefusedError(step, code, said)
