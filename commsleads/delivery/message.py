"""A document as the message to one recipient: complete plain text, HTML beside it, nothing loaded from elsewhere.

The same edition gives the same bytes but for the Date. Its Message-ID follows from report, period, recipient and turn,
so that a mailbox can fold a message that came twice, and a bounce is known by it. Whoever reads it is told how to get
no more: in the text, in the page, and in the header that mail programs make a button of (RFC 2369, RFC 8058).
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import NamedTuple
from urllib.parse import quote

from commsleads.contract import Document
from commsleads.delivery.addresses import address, line
from commsleads.delivery.files import safe
from commsleads.delivery.parts import Body, encoded, whole
from commsleads.printing import version_of
from commsleads.signed import link


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What is mailed: a report of a period, written by `sender`; `base` is `[web] base`, or ''. With `key` the
    Message-IDs are made, so that nobody else can name one in a bounce."""

    document: Document
    name: str
    period: str
    sender: str
    base: str = ""
    key: bytes = b""


class Outgoing(NamedTuple):
    """A message as it is handed over. `sender` and `recipient` are bare addresses; `message_id` has no brackets."""

    sender: str
    recipient: str
    message_id: str
    content: bytes


class Letters:
    """The messages of one edition. What is alike in them is made once for each audience."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.by = address(edition.sender)
        self._bodies: dict[str, Body] = {}

    def letter(self, recipient: str, audience: str, ticket: str, now: datetime, *, turn: int = 1) -> Outgoing:
        """The message to one recipient. Raises `ReportError` for an address that is none."""
        edition, to = self.edition, address(recipient)
        version = version_of(edition.document, audience)
        body = self._bodies.get(audience)
        if body is None:
            body = self._bodies[audience] = encoded(edition.document, version, self.by.domain)
        ident = message_id(edition, to.addr_spec, self.by.domain, turn)
        text, html = foot(edition, ticket, self.by.addr_spec)
        kind, content = whole(body, text, html)
        from email.utils import format_datetime

        head = [
            folded("Subject", line(version.subject)),
            folded("From", str(self.by)),
            folded("To", str(to)),
            f"Date: {format_datetime(now)}\r\n".encode(),
            f"Message-ID: <{ident}>\r\n".encode(),
            # RFC 3834: no vacation message shall answer this one; the other is what Exchange asks for.
            b"Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: OOF, AutoReply\r\n",
            f"List-Id: <{safe(edition.name).casefold()}.reports.{self.by.domain}>\r\n".encode("ascii", "replace"),
            *unsubscribing(edition, ticket, self.by.addr_spec),
            b"MIME-Version: 1.0\r\nContent-Type: " + kind + b"\r\n\r\n",
        ]
        return Outgoing(self.by.addr_spec, to.addr_spec, ident, b"".join(head) + content)


def message_id(edition: Edition, recipient: str, domain: str, turn: int = 1) -> str:
    """The Message-ID of a delivery, without brackets: the same each time it is tried, another one each turn."""
    said = "\n".join((edition.name, edition.period, recipient.casefold(), *([str(turn)] if turn > 1 else [])))
    digest = hmac.digest(edition.key, said.encode(), "sha256").hex()[:32]
    return f"{_ascii(safe(edition.name))}.{_ascii(safe(edition.period))}.{digest}@{domain}"


def _ascii(text: str) -> str:
    return text.encode("ascii", "replace").decode().replace("?", "-")


def unsubscribing(edition: Edition, ticket: str, sender: str) -> list[bytes]:
    """How a mail program can say: no more. By a page of ours where there is one, by mail in any case."""
    by_mail = f"<mailto:{quote(sender, safe='@+')}?subject={quote(f'unsubscribe {ticket}')}>"
    if not edition.base:
        return [f"List-Unsubscribe: {by_mail}\r\n".encode()]
    page = link(edition.base, "u", ticket)
    # RFC 8058 has one click over HTTPS only.
    click = [b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"] if page.startswith("https:") else []
    return [f"List-Unsubscribe: <{page}>,\r\n {by_mail}\r\n".encode(), *click]


def foot(edition: Edition, ticket: str, sender: str) -> tuple[str, str]:
    """The last words of a mail, as text and as HTML: how to get no more."""
    name = line(edition.name)
    if edition.base:
        page = link(edition.base, "u", ticket)
        said = f"You get the {name} report by mail. To get it no more: "
        return f"{said}{page}", _small(f'{escape(said)}<a style="color:inherit" href="{escape(page)}">stop it</a>.')
    word = f"unsubscribe {ticket}"
    to = f"mailto:{quote(sender, safe='@+')}?subject={quote(word)}"
    said = f"You get the {name} report by mail. To get it no more, write to {sender} with the subject "
    linked = f'<a style="color:inherit" href="{escape(to)}">{escape(word)}</a>'
    return f'{said}"{word}".', _small(f"{escape(said)}“{linked}”.")


def _small(html: str) -> str:
    """Small, in the colour of what is around it: it must read in the light and in the dark."""
    return f'<p style="margin:16px 0 0;font-size:12px;line-height:18px;overflow-wrap:anywhere">{html}</p>'


@lru_cache(512)
def folded(name: str, value: str) -> bytes:
    """A header that may hold words of people: encoded and folded as it must be, one header whatever they are."""
    from email.policy import SMTP

    made = SMTP.header_factory(name, value.encode("utf-8", "replace").decode("utf-8")[:2_000])
    return str(made.fold(policy=SMTP)).encode("ascii", "replace")
