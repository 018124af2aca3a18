"""Pages behind signed links: asked for, they only ask; a button does what they say, and so does one click in a mail
program (RFC 8058).

Programs that look at every link of a mail change nothing: GET and HEAD ask. Who holds the link may answer; there is no
session and no cookie. A link that we did not sign is answered like one that never was. The work is done in a thread of
its own, one page after another, so that no click of a visitor waits for the database.
"""

from __future__ import annotations

import asyncio
import base64
import email
import email.policy
import hashlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from html import escape
from typing import Any, NamedTuple, Protocol
from urllib.parse import parse_qsl

from commsleads.app import App
from commsleads.signed import LONGEST, payload_of
from commsleads.store.engine import Session
from commsleads.store.keys import known_key

log = logging.getLogger(__name__)

PATHS = (b"/u/", b"/a/")
"""Where such pages are, before any link of ours: `u` no more of a report, `a` whether an alert was useful."""
MOST_BODY = 4_096
"""Bytes of an answer. A form of ours has forty."""
MOST_WAITING = 50
"""Pages that may wait for their turn; more are asked to come back."""
PATIENCE = 10.0
"""Seconds for an answer to come in whole."""


class Said(NamedTuple):
    """A page: what it says, line by line, and its buttons, each with the answer it gives and its words.

    `status` is 200, or 404 where there is nothing to be asked any more.
    """

    title: str
    lines: tuple[str, ...]
    buttons: tuple[tuple[str, str], ...] = ()
    status: int = 200


class Question(Protocol):
    """What a kind of link asks. `purpose` is what its tokens are signed for (`signed.token`).

    `ask` changes nothing. `act` does what was answered, in `form["answer"]` by a button of ours, or what a mail program
    sent by itself; asked twice, it does no more than once. `payload` is ours: nobody else can have made it.
    """

    @property
    def purpose(self) -> str: ...

    def ask(self, app: App, session: Session, payload: bytes) -> Said: ...

    def act(self, app: App, session: Session, payload: bytes, form: Mapping[str, str]) -> Said: ...


class Reply(NamedTuple):
    """Status, header lines, body: as the redirector's answers are."""

    status: int
    lines: bytes
    body: bytes


Receive = Callable[[], Awaitable[Any]]


class Asking:
    """Answers requests for such pages. `close` ends its thread."""

    def __init__(self, app: App, questions: Mapping[str, Question]) -> None:
        self._app = app
        self._questions = questions
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pages")
        self._waiting = 0

    def close(self) -> None:
        """Answer nothing more."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    async def answer(self, method: str, path: bytes, headers: Any, receive: Receive) -> Reply:
        """The answer to one request. Only POST may change anything."""
        if method not in {"GET", "HEAD", "POST"}:
            return METHODS
        form: Mapping[str, str] | None = None
        if method == "POST":
            try:
                body = await asyncio.wait_for(_body(receive), PATIENCE)
            except TimeoutError:
                return LATE
            if body is None:
                return LARGE
            form = _form(dict(headers).get(b"content-type", b""), body)
        if self._waiting >= MOST_WAITING:
            return BUSY
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self.page, path, form)
        except Exception as error:
            # The address asked for stands in no log: who holds it may answer in somebody's name.
            log.error("A page behind a signed link could not be answered: %s", type(error).__name__)  # noqa: TRY400
            return BROKEN
        finally:
            self._waiting -= 1

    def page(self, path: bytes, form: Mapping[str, str] | None) -> Reply:
        """The page at a path; with a form, after what it asks for was done."""
        _, kind, word = path.decode("latin-1").split("/", 2)
        question = self._questions.get(kind)
        with self._app.engine.session() as session:
            purpose = question.purpose if question else "nothing"
            key = known_key(session)
            payload = payload_of(key, purpose, word[: LONGEST + 1]) if key else None
            if question is None or payload is None:
                return UNKNOWN
            if form is None:
                said = question.ask(self._app, session, payload)
            else:
                said = question.act(self._app, session, payload, form)
        return written(said)


async def _body(receive: Receive) -> bytes | None:
    """What was sent, None when it is too much."""
    body: bytes = b""
    while True:
        part = await receive()
        if part["type"] != "http.request":
            return None
        body += part.get("body", b"")
        if len(body) > MOST_BODY:
            return None
        if not part.get("more_body"):
            return body


def _form(kind: bytes, body: bytes) -> dict[str, str]:
    """The fields of a form as both of its encodings have them; {} for what is none."""
    if kind[:19].lower() == b"multipart/form-data":
        mail = b"Content-Type: " + kind[:200].replace(b"\r", b"").replace(b"\n", b"") + b"\r\n\r\n" + body
        parts = email.message_from_bytes(mail, policy=email.policy.compat32)
        return {
            str(part.get_param("name", "", header="content-disposition"))[:50]: _value(part.get_payload(decode=True))
            for part in (parts.get_payload() if parts.is_multipart() else [])
            if not isinstance(part, str)
        }
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=20))
    except ValueError:
        return {}


def _value(raw: object) -> str:
    return raw.decode("utf-8", "replace").strip() if isinstance(raw, bytes) else ""


_STYLE = (
    ":root{color-scheme:light dark}body{font:18px/1.5 system-ui,sans-serif;max-width:34em;margin:12vh auto;padding:0 "
    "1.2em}button{font:inherit;padding:.5em 1.2em;margin:.4em .6em .4em 0;border:1px solid;border-radius:.4em;"
    "cursor:pointer}h1{font-size:1.4em}"
)
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest())


def written(said: Said) -> Reply:
    """A page as HTML. Its words are escaped; nothing in it is loaded from anywhere, and nothing runs."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in said.lines)
    buttons = "".join(
        f'<button name="answer" value="{escape(value)}">{escape(words)}</button>' for value, words in said.buttons
    )
    form = f'<form method="post">{buttons}</form>' if buttons else ""
    title = escape(said.title)
    body = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><main><h1>{title}</h1>{lines}{form}</main></body></html>\n"
    ).encode()
    return _reply(said.status, body)


def _reply(status: int, body: bytes, *more: bytes) -> Reply:
    lines = (
        b"content-type: text/html; charset=utf-8", b"content-length: %d" % len(body), b"cache-control: no-store",
        b"x-robots-tag: noindex, nofollow", b"x-content-type-options: nosniff", b"referrer-policy: no-referrer",
        b"content-security-policy: default-src 'none'; style-src 'sha256-" + _HASH + b"'; form-action 'self'; "
        b"base-uri 'none'; frame-ancestors 'none'", *more,
    )  # fmt: skip
    return Reply(status, b"\r\n".join(lines) + b"\r\n", body)


def _plain(status: int, title: str, line: str, *more: bytes) -> Reply:
    page = written(Said(title, (line,), status=status))
    return page._replace(lines=page.lines + b"".join(one + b"\r\n" for one in more))


UNKNOWN = _plain(
    404, "There is nothing here", "This link is not one of ours, or it was cut off: please try to copy it whole."
)
METHODS = _plain(405, "That cannot be done here", "Only GET, HEAD and POST are answered.", b"allow: GET, HEAD, POST")
LARGE = _plain(413, "That was too much", "Please use the button of the page.", b"connection: close")
LATE = _plain(408, "That took too long", "Please try again.", b"connection: close")
BUSY = _plain(503, "Please try again", "Too many people are asking at once.", b"retry-after: 10")
BROKEN = _plain(500, "That went wrong", "Nothing was changed as far as we know. Please try again in a minute.")
