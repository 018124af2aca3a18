"""The newsroom on loopback HTTP, with all that goes wrong there; our site, a link service and a chat beside it.

It shows the state of one moment, which the replay moves on. It answers conditional requests, compresses, moves for
good, breaks down with Retry-After, dawdles, and says goodbye, as the world of the newsroom has it.
"""

from __future__ import annotations

import gzip
import json
import sys
import threading
import zlib
from contextlib import suppress
from datetime import datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, NamedTuple, Self

from commsleads.demo.formats import CONSENT, render
from commsleads.demo.newsroom import Feed, Newsroom
from commsleads.demo.shortener import Shortener, as_json
from commsleads.demo.site import Site

SLOW = 1.2
"""Seconds that the slow feed takes to answer."""
RETRY_AFTER = timedelta(hours=2)


class Answer(NamedTuple):
    """What the server says to one request."""

    status: HTTPStatus
    media_type: str = "text/plain"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0


CHAT = "/chat/"
"""Where the chat of the press office takes messages."""
LONGEST = 100_000
"""Bytes of a message that it takes."""
NOTHING = Answer(HTTPStatus.NOT_FOUND, body=b"There is nothing here.\n")


class Server(ThreadingHTTPServer):
    """The newsroom's web server on 127.0.0.1, on any free port. A context manager.

    `moment` is what time it is in the newsroom; `asked` counts the requests by status. `told` are the messages that
    came to the chat of the press office, each with its time and the address it came to.
    """

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, newsroom: Newsroom, moment: datetime, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.newsroom = newsroom
        self.moment = moment
        self.asked: dict[int, int] = {}
        self.told: list[tuple[datetime, str, Any]] = []
        self.site = Site(newsroom.calendar)
        self.shortener = Shortener(newsroom.calendar)
        self._closing = threading.Event()
        self._kept: dict[tuple[str, bool, int], tuple[str, bytes, str]] = {}
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self.shutdown()
        self._thread.join(5)
        self.server_close()

    @property
    def base(self) -> str:
        """The address of the newsroom, without a slash at its end."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader that went away in the middle is everyday; anything else is a mistake of ours and is shown."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)

    def pause(self, seconds: float) -> None:
        """Wait, unless the server is closing."""
        self._closing.wait(seconds)

    def answer(self, path: str, query: str = "", key: str = "") -> Answer:
        """What a path shows at the newsroom's moment. Query and key matter to the link service alone."""
        if path == "/":
            return Answer(HTTPStatus.OK, "text/plain; charset=utf-8", self._front().encode())
        name, _, place = path.strip("/").partition("/")
        if name == "go":
            said = self.shortener.answer(f"/{place}", query, key, self.moment, self.base)
            return Answer(said.status, *as_json(said))
        if name == "site":
            page = self.site.page(place, self.moment)
            return Answer(HTTPStatus.OK, "text/html; charset=utf-8", page) if page else NOTHING
        feed = self.newsroom.feeds.get(name)
        return self._place(feed, place) if feed and place in {"feed", "news.xml"} else NOTHING

    def _place(self, feed: Feed, place: str) -> Answer:
        """A feed, with what is wrong with it."""
        trouble = self.newsroom.trouble(feed, self.moment)
        if trouble == "outage":
            wait = str(int(RETRY_AFTER.total_seconds()))
            return Answer(HTTPStatus.SERVICE_UNAVAILABLE, body=b"Back soon.\n", headers=(("Retry-After", wait),))
        if trouble == "gone":
            return Answer(HTTPStatus.GONE, body=b"This service has closed.\n")
        if trouble == "consent":
            return Answer(HTTPStatus.OK, "text/html; charset=utf-8", CONSENT)
        if trouble == "moved" and place == "feed":
            address = f"{self.base}/{feed.id}/news.xml"
            return Answer(HTTPStatus.MOVED_PERMANENTLY, headers=(("Location", address),))
        return self._feed(feed, trouble)

    def _feed(self, feed: Feed, trouble: str) -> Answer:
        items = self.newsroom.visible(feed, self.moment)
        broken = trouble == "broken"
        state = (feed.id, broken, hash(tuple(items)))
        if state not in self._kept:
            media_type, body = render(feed, items, broken=broken)
            self._kept[state] = (media_type, body, f'"{zlib.crc32(body):08x}"')
        media_type, body, etag = self._kept[state]
        changed = max((item.edited or item.when for item in items), default=self.moment)
        headers = (("ETag", etag), ("Last-Modified", format_datetime(changed, usegmt=True)))
        return Answer(HTTPStatus.OK, media_type, body, headers, SLOW if trouble == "slow" else 0.0)

    def _front(self) -> str:
        feeds = "".join(f"{self.base}/{feed.id}/feed  {feed.name}\n" for feed in self.newsroom.feeds.values())
        return f"The demo's invented newsroom, as of {self.moment:%Y-%m-%d %H:%M} UTC.\n\n{feeds}"


class _Handler(BaseHTTPRequestHandler):
    server_version = "newsroom"
    sys_version = ""
    timeout = 10

    def do_POST(self) -> None:
        """The chat of the press office takes a message."""
        newsroom, length = self.server, self.headers.get("Content-Length") or ""
        if not isinstance(newsroom, Server):
            raise TypeError("this handler serves the newsroom only")
        body = self.rfile.read(int(length)) if length.isdecimal() and int(length) <= LONGEST else b""
        message = None
        with suppress(ValueError):
            message = json.loads(body)
        good = self.path.startswith(CHAT) and isinstance(message, dict)
        if good:
            newsroom.told.append((newsroom.moment, self.path, message))
        self.send_response(HTTPStatus.OK if good else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        newsroom = self.server
        if not isinstance(newsroom, Server):
            raise TypeError("this handler serves the newsroom only")
        path, _, query = self.path.partition("?")
        answer = newsroom.answer(path, query, self.headers.get("X-Api-Key", ""))
        if answer.delay:
            newsroom.pause(answer.delay)
        headers = dict(answer.headers)
        status, body = answer.status, answer.body
        if "ETag" in headers and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = HTTPStatus.NOT_MODIFIED, b""
        elif body and "gzip" in self.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"] = "gzip"
            body = gzip.compress(body, 1, mtime=0)
        newsroom.asked[status] = newsroom.asked.get(status, 0) + 1
        self.send_response(status)
        if status != HTTPStatus.NOT_MODIFIED:
            headers |= {"Content-Type": answer.media_type, "Content-Length": str(len(body))}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the standard library's
        """Stay quiet: the program's own words are what people came to see."""
