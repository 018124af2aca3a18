"""The redirector: a link is asked for, the click is noted, the visitor is sent on.

`Redirector.answer` does all of it without waiting for anything: the links are in memory, and the click is handed to the
operating system before its answer is. `app` is the same as an ASGI application, with the few other pages.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, NamedTuple

from commsleads.responses import Asked
from commsleads.spool import Orphan, Spool, clean, click_line, click_rest, orphan_line
from commsleads.web.asking import PATHS, Asking
from commsleads.web.headers import Kept, asked_for, read_headers, referrer_of, words
from commsleads.web.register import Entry, Nowhere, Register
from commsleads.web.visitors import Visitors

log = logging.getLogger(__name__)

MOST_CACHED = 4_096
LONGEST_CACHED = 2_048
MOST_ORPHANS = 100
"""Requests that led nowhere that are noted one by one in a second; the others are counted."""
SECOND = 1_000_000
OTHERS = "…"

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Answer(NamedTuple):
    """Status, header lines, body."""

    status: int
    lines: bytes
    body: bytes = b""


class Salted(NamedTuple):
    """A salt and from when until when (microseconds since 1970) it is the right one."""

    key: bytes
    low: int
    high: int


def page(status: int, text: str, *more: bytes, media: bytes = b"text/plain; charset=utf-8") -> Answer:
    """A small page that nobody keeps or indexes."""
    body = text.encode()
    lines = (
        b"content-type: " + media, b"content-length: %d" % len(body), b"cache-control: no-store",
        b"x-robots-tag: noindex, nofollow", b"x-content-type-options: nosniff", b"referrer-policy: no-referrer",
        b"content-security-policy: default-src 'none'", *more,
    )  # fmt: skip
    return Answer(status, b"\r\n".join(lines) + b"\r\n", body)


UNKNOWN = page(404, "This link leads nowhere. Perhaps it was cut off on its way: please try to copy it whole.\n")
GONE = page(410, "This link is over.\n")
METHODS = page(405, "Only GET and HEAD are answered here.\n", b"allow: GET, HEAD")
LOST = page(404, "There is nothing here.\n")
ROBOTS = page(200, "User-agent: *\nDisallow: /\n")
ALIVE = page(200, "alive\n")


class Redirector:
    """Answers requests below `prefix`. `salt` gives the salt of a moment, `now` the time of day in microseconds."""

    def __init__(
        self,
        *,
        prefix: str,
        spool: Spool,
        visitors: Visitors,
        salt: Callable[[], Salted],
        now: Callable[[], int],
    ) -> None:
        self.prefix = prefix.encode()
        self.register = Register({}, prefix)
        self.spool = spool
        self.visitors = visitors
        self.salt = salt
        self.now = now
        self.failed = 0
        self._low = self._high = 0
        self._cached: dict[tuple[str, Kept], bytes] = {}
        self._orphans = 0
        self._second = 0
        self._more = Counter[str]()

    def answer(self, method: str, path: bytes, headers: Iterable[tuple[bytes, bytes]], peer: str) -> Answer | Entry:
        """Note a request and say what it is answered with: an `Entry` is a redirection to its location."""
        if method not in {"GET", "HEAD"}:
            return METHODS
        arrival = self.now()
        found = self.register.find(path, arrival)
        try:
            if isinstance(found, Entry):
                kept = read_headers(headers)
                self.spool.write([self.line(found, arrival, asked_for(method, kept), kept, peer)])
            else:
                self.note_orphan(found, arrival)
        except Exception:  # whatever goes wrong with the counting, people get where they want to go
            self.failed += 1
            log.exception("A click could not be noted")
        if isinstance(found, Nowhere):
            return UNKNOWN if found.why == "unknown" else GONE
        return found

    def line(self, entry: Entry, arrival: int, asked: Asked, kept: Kept, peer: str) -> bytes:
        """The line of a click."""
        if not self._low <= arrival < self._high:
            self.resalt()
        who = (peer, kept)
        rest = self._cached.get(who)
        if rest is None:
            rest = self._rest(kept, peer)
            if sum(map(len, (kept.agent, kept.forwarded, kept.referrer))) < LONGEST_CACHED:
                if len(self._cached) >= MOST_CACHED:
                    self._cached.clear()
                self._cached[who] = rest
        return click_line(arrival, asked, entry.id, rest)

    def _rest(self, kept: Kept, peer: str) -> bytes:
        whence = self.visitors.whence(peer, kept.forwarded)
        visitor = self.visitors.visitor(whence, kept.agent)
        agent, referrer = words(kept.agent), referrer_of(kept.referrer)
        return click_rest(visitor, whence.network, clean(whence.known, 60), kept.marks, agent, referrer)

    def beat(self) -> None:
        """Once a second: forget a salt whose day is over, also when nobody clicks, and write what was only counted."""
        arrival = self.now()
        if not self._low <= arrival < self._high:
            self.resalt()
        if arrival // SECOND != self._second:
            self.flush_orphans(arrival)

    def resalt(self) -> None:
        """Use the salt of this moment, and forget what was made with another one."""
        key, self._low, self._high = self.salt()
        if key != self.visitors.key:
            self.visitors.salted(key)
            self._cached.clear()

    def note_orphan(self, nowhere: Nowhere, arrival: int) -> None:
        """Note a request that led nowhere; of a flood only how many they were."""
        second = arrival // SECOND
        if second != self._second:
            self.flush_orphans(arrival)
            self._second, self._orphans = second, 0
        self._orphans += 1
        if self._orphans > MOST_ORPHANS:
            self._more[nowhere.why] += 1
        else:
            self.spool.write([orphan_line(Orphan(nowhere.slug, nowhere.why, arrival))])

    def flush_orphans(self, arrival: int) -> None:
        """Write how many of a flood were only counted."""
        if self._more:
            more, self._more = self._more, Counter()
            self.spool.write([orphan_line(Orphan(OTHERS, why, arrival, n)) for why, n in more.items()])


def app(
    redirector: Redirector, ready: Callable[[], tuple[bool, dict[str, Any]]], asking: Asking | None = None
) -> Callable[..., Awaitable[None]]:
    """The redirector and its few pages as an ASGI application. Only pages behind signed links read a body."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        path: bytes = scope.get("raw_path") or scope["path"].encode()
        path = path.partition(b"?")[0]
        if asking is not None and path.startswith(PATHS):
            said = await asking.answer(scope["method"], path, scope["headers"], receive)
            answer: Answer | Entry = Answer(*said)
        elif path in _PAGES or path == b"/readyz" or not path.startswith(redirector.prefix):
            answer = _page(scope["method"], path, ready)
        else:
            peer = (scope.get("client") or ("",))[0]
            answer = redirector.answer(scope["method"], path, scope["headers"], peer)
        status, lines, body = (302, answer.answer, b"") if isinstance(answer, Entry) else answer
        headers = [tuple(line.split(b": ", 1)) for line in lines.split(b"\r\n") if line]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    return serve


_PAGES = {b"/robots.txt": ROBOTS, b"/healthz": ALIVE}


def _page(method: str, path: bytes, ready: Callable[[], tuple[bool, dict[str, Any]]]) -> Answer:
    if method not in {"GET", "HEAD"}:
        return METHODS
    if path == b"/readyz":
        good, said = ready()
        return page(200 if good else 503, json.dumps(said) + "\n", media=b"application/json")
    return _PAGES.get(path, LOST)
