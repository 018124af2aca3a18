"""All that a collector or a report may know of commsleads.

A plug-in imports this module and nothing else of the program. It is public under semantic versioning.
A collector is asked one question about one source and answers with a `Batch`; it does not store, clean,
deduplicate, sleep or retry. A report is given `facts` and a `Period` and answers with a `Document`.

Times are aware and in UTC. Everything a collector brings is hostile until the core has cleaned it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

from commsleads.errors import (
    AuthError,
    CollectError,
    CoolingError,
    FetchError,
    ParseError,
    RefusedAddressError,
    ReportError,
)
from commsleads.letters import Letter

if TYPE_CHECKING:
    import httpx

__all__ = [
    "AUDIENCES", "Attachment", "AuthError", "Batch", "Click", "CollectError", "Collector", "CoolingError", "Cursor",
    "Document", "FetchError", "Letter", "Page", "ParseError", "Period", "Picture", "RefusedAddressError", "Report",
    "ReportError", "Signal", "SignalKind", "Source", "Tally", "Tools", "Unread", "Version",
]  # fmt: skip

S = TypeVar("S")
S_contra = TypeVar("S_contra", contravariant=True)
T = TypeVar("T")

NOTHING: Mapping[str, str] = MappingProxyType({})


class SignalKind(StrEnum):
    """What kind of thing a collector saw."""

    MENTION = "mention"
    ENTRY = "entry"
    MESSAGE = "message"
    REQUEST = "request"
    HIT = "hit"


class Signal(NamedTuple):
    """One thing a collector saw, uncleaned.

    A named tuple and not a dataclass: thirty thousand are made in one cycle and a frozen dataclass costs six
    times as much to make.

    `external_id` is unique in its source only (guid, Message-ID, hit id). `title` and `body` are HTML
    fragments: a collector that holds plain text escapes it. `published_raw` is the date as it was written;
    `published_at` what was read from it, or None (never invented). `links` are addresses that the body points
    to. `extra` holds further facts worth keeping, such as `alias` (an opaque redirect) or `date_note`.

    A `MESSAGE` is a mail: `letter` holds all of it, as `Tools.letters` read it, and of the rest only `external_id`
    (its Message-ID) and `extra` (`folder`, and `ours` = "yes" for a folder of what we sent) count.
    """

    external_id: str
    kind: SignalKind = SignalKind.ENTRY
    title: str = ""
    body: str = ""
    url: str = ""
    author: str = ""
    email: str = ""
    outlet: str = ""
    language: str = ""
    published_at: datetime | None = None
    published_raw: str = ""
    extra: Mapping[str, str] = NOTHING
    letter: Letter | None = None


class Unread(NamedTuple):
    """One thing that came and could not be read: set aside, counted and shown, never lost silently.

    `body` is what came, cut to a bounded length by the collector; `size` is how long it was, in bytes.
    """

    external_id: str
    why: str
    body: bytes
    size: int


class Tally(NamedTuple):
    """What a counter of somebody else shows: a short link's clicks, a campaign's visits.

    `thing` names what is counted, unique in the source with `measure` ("clicks", "visits", "visitors"): the short
    address, or the UTM names. `total` is the number since the counter began, or on the day `day` (an ISO date in
    `zone`). `address` is where the thing leads, and `utm` the UTM names it was counted under: by these it finds its
    call to action. `made` is whatever tells one incarnation of a link from its successor of the same name. `rule` says
    in a sentence what the service counts; `filtered` whether it leaves machines out ("no", "service", "unknown").
    """

    thing: str
    total: int
    measure: str = "clicks"
    day: str = ""
    address: str = ""
    utm: Mapping[str, str] = NOTHING
    made: str = ""
    rule: str = ""
    zone: str = ""
    filtered: str = "unknown"


class Click(NamedTuple):
    """One click that another service recorded. `external_id` tells it apart within the source; `thing` is the short
    address that was asked for, `address` where it leads; `referrer` is an address, a bare host, or ''; `bot` is what
    the service thinks of it."""

    external_id: str
    thing: str
    at: datetime
    address: str = ""
    agent: str = ""
    referrer: str = ""
    bot: bool = False
    qr: bool = False


Cursor = Mapping[str, str]
"""Opaque to the core and given back at the next poll: ETag, Last-Modified, last UID."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Generic[S]):
    """One thing to poll, as the settings describe it. `kind` is the name of its collector's entry point."""

    id: str
    kind: str
    url: str
    every: timedelta
    settings: S
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What `Tools.fetch` brings.

    `modified` is False for a 304 (then `content` is empty and `cursor` still holds renewed validators).
    `url` is the address after redirects; `wait` is how long the server asked us not to come back.
    `headers` has lower-case names.
    """

    url: str
    status: int
    content: bytes
    media_type: str
    charset: str
    cursor: Cursor
    headers: Mapping[str, str]
    wait: timedelta | None = None
    modified: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The answer to one poll.

    `complete=False` says that something was cut off (a cap), which becomes a gap. `modified=False` says that
    the server had nothing new. `note` is a sentence about damage that was mended. `about` holds facts of the
    source itself, such as `title` and `language`. `unread` is what came and could not be read, piece by piece; the
    rest of the batch is sound. `tallies` and `clicks` are what a link service or a site's statistics counted.
    """

    signals: Sequence[Signal] = ()
    cursor: Cursor = field(default_factory=lambda: NOTHING)  # Python 3.11 takes no mapping proxy as a default
    wait: timedelta | None = None
    complete: bool = True
    modified: bool = True
    status: int | None = None
    size: int = 0
    note: str = ""
    about: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    unread: Sequence[Unread] = ()
    tallies: Sequence[Tally] = ()
    clicks: Sequence[Click] = ()


class Tools(Protocol):
    """All that a collector gets from the world."""

    @property
    def now(self) -> datetime:
        """The only clock: when this poll began, in UTC."""
        ...

    @property
    def limit(self) -> int:
        """How many signals one poll may bring; more are cut off and `Batch.complete` is False."""
        ...

    @property
    def log(self) -> logging.Logger: ...

    @property
    def http(self) -> httpx.AsyncClient:
        """A guarded client for interfaces that need more than a GET. Imported when first asked for."""
        ...

    async def fetch(self, url: str, *, cursor: Cursor = NOTHING, accept: str = "*/*") -> Page:
        """One polite, conditional, bounded and guarded GET. Raises `FetchError` or `AuthError`."""
        ...

    async def apart(self, work: Callable[..., T], *args: Any) -> T:
        """Run `work(*args)` in a child process with a time limit; raises `ParseError` when it is over."""
        ...

    async def letters(self, raw: Sequence[bytes]) -> Sequence[Letter | ParseError]:
        """Read these mails (RFC 5322, as they came), in their order: each a letter, or why it could not be read.

        Done in a child process with a limit of time for each, so that one poisonous mail costs nobody else's.
        """
        ...

    async def connect(self, host: str, port: int) -> tuple[str, int]:
        """The address (and port) to connect to for `host`, judged like every other: for protocols that are not HTTP.

        Raises `RefusedAddressError` for what is never connected to, `FetchError` when the name is not found.
        """
        ...

    def secret(self, name: str) -> str:
        """A named secret from the environment or the secrets folder, never from the settings file."""
        ...


class Collector(Protocol[S]):
    """A kind of source. The one seam: `collect`.

    A collector of something else than web pages says so with a class attribute `schemes`, such as
    `("imaps", "file")`; with `file` among them, `url` may be a path and arrives as `file:///...`. One that brings
    nothing but mail (`SignalKind.MESSAGE`) says so with `brings = "letters"`, one of link services and site statistics
    with `brings = "clicks"`: they see no coverage, and how much of a period was watched is not counted by them.
    """

    Settings: type[S]

    async def collect(self, source: Source[S], cursor: Cursor, tools: Tools) -> Batch: ...


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of time, half-open: `start` belongs to it and `end` does not. Both aware, in UTC.

    `label` is how people name it, such as `2026-W47`.
    """

    start: datetime
    end: datetime
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of a document, as SVG for pages and print and as PNG (at twice its size) for mail.

    `name` is made of small letters, digits and hyphens and unique in the document. `alt` says the finding, complete
    without the picture; `rows` under `head` are what it shows, in words. `width` and `height` are in CSS pixels.
    """

    name: str
    title: str
    alt: str
    svg: str
    png: bytes
    width: int
    height: int
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


AUDIENCES = ("team", "director", "analyst")
"""For whom a document may be written: those who work with it, those who decide by it, those who count again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A document for another audience than the team: the same facts, told shorter or longer."""

    audience: str
    subject: str
    text: str
    html: str
    markdown: str
    printed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a report writes: the same facts in every rendering. Same facts, same bytes.

    The parts of its own are for the team; `versions` are for other audiences. `printed` is the markup (Typst) that a
    PDF is made of. HTML names a picture as `<img src="cid:NAME">` and may hold the comment `<!--letter-foot-->`, where
    a mail says how to get no more. `data` may name a list of flat rows among its own keys in `table`, and the keys of a
    row in `columns`: it is written as CSV and as a workbook, too. `sheets` may name further such lists, each with its
    columns: further sheets of the workbook.
    """

    subject: str
    text: str
    html: str
    markdown: str
    data: Mapping[str, Any]
    printed: str = ""
    pictures: Sequence[Picture] = field(default=())
    versions: Sequence[Version] = field(default=())
    attachments: Sequence[Attachment] = field(default=())


class Report(Protocol[S_contra]):
    """A report. `facts` is a `commsleads.facts.Facts`, read-only; `Settings` is its own dataclass."""

    Settings: type[Any]

    def write(self, facts: Any, period: Period, settings: S_contra) -> Document: ...
