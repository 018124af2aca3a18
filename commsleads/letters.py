"""Mails as values: what was read out of one, and what the rules made of it.

A `Letter` is text and never markup: whoever makes one has decoded, bounded and cleaned everything, lines end with
``\\n``, and nothing in it is to be trusted any further than its writer. Requests by journalists that come by the dozen
in one mail are `SourceRequest`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


class Party(NamedTuple):
    """A name and an address of a mail. The address is in small letters, '' where there is none that could be read."""

    name: str = ""
    address: str = ""

    @property
    def domain(self) -> str:
        """What follows the last @."""
        return self.address.rpartition("@")[2]


NOBODY = Party()


class Attached(NamedTuple):
    """A file that came with a mail: counted, never kept. `size` is in bytes, decoded."""

    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail. Addresses, ids and texts are bounded in length and number by whoever reads it.

    `message_id`, `in_reply_to` and `references` are without angle brackets, in their order; `message_id` is '' where
    the mail has none. `sent_at` is the Date header in UTC, None when absent or unreadable; what is impossible is for
    those to judge who know when it came. `date_raw` is that header as written. `text` is all the words with their
    lines, quotes marked by ``>``. `marks` are the headers that tell machines and lists from people, by their names in
    small letters (auto-submitted, precedence, list-id, list-unsubscribe, return-path, x-auto-response-suppress,
    authentication-results, thread-index, …). `report` is the report-type of a multipart/report. `inner` is the mail
    that was forwarded in this one, attached or quoted. `damage` are sentences about what had to be mended.
    """

    subject: str = ""
    text: str = ""
    sender: Party = NOBODY
    reply_to: Party = NOBODY
    to: tuple[Party, ...] = ()
    cc: tuple[Party, ...] = ()
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sent_at: datetime | None = None
    date_raw: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)
    report: str = ""
    attachments: tuple[Attached, ...] = ()
    language: str = ""
    inner: Letter | None = None
    damage: tuple[str, ...] = ()


class LetterClass(StrEnum):
    """What a mail is."""

    ENQUIRY = "enquiry"
    JOURNALIST_REQUEST = "journalist_request"
    REPLY = "reply"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    COMPLAINT_REPORT = "complaint_report"
    NEWSLETTER = "newsletter"
    OTHER = "other"


class Deadline(NamedTuple):
    """When an answer is needed, as read from somebody's words.

    `at` is the instant in UTC. `day` is set when the words name a day and no time: then `at` is the end of the working
    day (or of the day) that the reader chose, and `day` says how much was really said. `words` is the passage,
    verbatim. `sure` is False when the words allow another reading; `why` says how they were read, in one sentence.
    """

    at: datetime
    words: str
    day: date | None = None
    sure: bool = True
    why: str = ""


class SourceRequest(NamedTuple):
    """A journalist's open request for sources, from a request service. `query` is hostile text and stays inert.

    `number` is the item's own ordinal as written (``5.2``). `reply_to` is the alias of this one request (or the real
    address, where the service gives it: `masked` is False). `start` and `end` are offsets of `raw` in the letter's
    text. `trap` names what was hidden in the text for machines that write (``zero-width``, ``base64``, ``hex``), '' if
    nothing. `deadline_text` is as written; `deadline` is None when it could not be read.
    """

    number: str
    service: str
    summary: str
    query: str
    journalist: str = ""
    outlet: str = ""
    outlet_url: str = ""
    reply_to: str = ""
    masked: bool = True
    category: str = ""
    requirements: str = ""
    deadline: Deadline | None = None
    deadline_text: str = ""
    no_ai: bool = False
    trap: str = ""
    url: str = ""
    raw: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the rules made of one mail. `permille` says how sure the class is; `reasons` say why, in sentences.

    `own` is the mail's own words: quotes and signature cut. Everything that was not found is '' or None, never guessed.
    `doubts` are the reasons for which a person should look; a reading without any needs none.
    """

    kind: LetterClass
    permille: int
    reasons: tuple[str, ...]
    own: str = ""
    journalist: str = ""
    email: str = ""
    phone: str = ""
    role: str = ""
    outlet: str = ""
    topic: str = ""
    request_type: str = ""
    questions: tuple[str, ...] = ()
    urgent: bool = False
    language: str = ""
    deadline: Deadline | None = None
    requests: tuple[SourceRequest, ...] = ()
    forwarded: bool = False
    doubts: tuple[str, ...] = ()
