"""A digest with all its parts, and messages made of it, for the tests of sending."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

from commsleads.contract import Attachment, Document, Picture, Version
from commsleads.delivery.message import Edition, Letters, Outgoing

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
TREND = Picture(
    name="trend",
    title="Stories a week",
    alt="Twice as many as ever.",
    svg='<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
    png=b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    width=600,
    height=200,
)
DIRECTOR = Version(
    audience="director",
    subject="Wk 47: one decision",
    text="Short.\n",
    html="<html><body><p>Short</p></body></html>",
    markdown="Short",
)
DIGEST = Document(
    subject="Comms wk 47: 12 stories",
    text="Zwölf Geschichten – 十二.\n.\nFrom here on\n" + "x" * 2000 + "\n",
    html='<!doctype html><html lang="en"><body><p>Zwölf Geschichten &amp; ein Bild 十二</p>'
    f'<img src="cid:trend" alt="Twice as many as ever."><p>{"y" * 3000}</p><!--letter-foot--></body></html>',
    markdown="# Week 47\n",
    data={"edition": 1, "name": "Zwölf", "rows": ["a", "b"]},
    pictures=(TREND,),
    versions=(DIRECTOR,),
)
SHEET = Attachment(name="leads.csv", media_type="text/csv", content=b"a,b")
SENDER = "Press office <press@museum.example>"


@dataclass
class Server:
    """The [smtp] table of the settings."""

    port: int
    host: str = "127.0.0.1"
    user: str = ""
    sender: str = SENDER
    security: str = "none"


def letters(document: Document = DIGEST, **changes: Any) -> Letters:
    """The letters of one edition."""
    given: dict[str, Any] = {
        "name": "weekly",
        "period": "2026-W47",
        "sender": SENDER,
        "base": "https://comms.museum.example/",
        "key": b"k" * 32,
    }
    return Letters(Edition(document=document, **(given | changes)))


def made(recipient: str = "desk@museum.example", audience: str = "team", turn: int = 1, **changes: Any) -> Outgoing:
    """One message."""
    return letters(**changes).letter(recipient, audience, "TICKET", NOW, turn=turn)


def read(content: bytes) -> EmailMessage:
    """A message as a mail program reads it."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message
