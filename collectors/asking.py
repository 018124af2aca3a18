"""Interfaces that answer in JSON: asked through the guarded client, and every way they say no as one of our errors.

    ask = Asking(tools, who="Shlink", headers={"X-Api-Key": key(tools, settings.key_secret)})
    answer = await ask.get(f"{base}/short-urls", params={"page": "1"}, what="the list of short links")
    rows = answer.rows("shortUrls", "data")             # ParseError that names the field when it is not there
    for row in rows:
        clicks = answer.number(row, "visitsSummary", "total")
    ... ask.more ...                                    # False once one poll has asked often enough

What a server says of its trouble is quoted short, printable and without the key. An answer that makes no sense goes
along in `ParseError.body`, for a person to look at. Redirects are not followed: a key is for one server only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from commsleads.collectors.refusals import refusal
from commsleads.collectors.refusals import words as words_of
from commsleads.contract import AuthError, ParseError, Tools

__all__ = ["Answer", "Asking", "base", "key"]

MOST_REQUESTS = 60
"""Requests that one poll may make: enough for 30,000 rows of 500, and an end to a list that has none."""
KEPT = 65_536
"""Bytes kept of an answer that makes no sense."""
_ADDRESS = re.compile(rb'("[a-z_-]{0,40}(?:ip|addr|address)"[ \t]{0,8}:[ \t]{0,8})"[^"]{0,100}"', re.IGNORECASE)
_LOOKS_SO = re.compile(
    rb"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9.])"
    rb"|(?<![0-9a-f:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}"
    rb"|(?<![0-9a-f:])(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?",
    re.IGNORECASE,
)
"""Addresses of people, which are nowhere kept, not even of an answer that makes no sense."""
HIGHEST = 10**15
"""No counter of the world is higher; what says so is a fault."""


def key(tools: Tools, name: str, *, setting: str = "key_secret") -> str:
    """The secret that `setting` names. Raises `AuthError` with what to do when there is none that can be sent."""
    if not name:
        raise AuthError(f"There is no key: name a secret with {setting} in the settings of this source.")
    try:
        found = tools.secret(name)
    except Exception as error:
        raise AuthError(f"There is no key: {error}") from None
    if not found.isascii() or not found.isprintable() or " " in found:
        raise AuthError(f'The secret "{name}" is no key: it has blanks, line ends or letters that no key has.')
    return found


def base(url: str) -> str:
    """The address of a service without a slash at its end, to which paths are added."""
    return url.partition("?")[0].partition("#")[0].rstrip("/")


class Asking:
    """One poll's conversation with one service.

    `who` is the service's name in sentences. `headers` go with each request. `secrets` are further words that nobody
    may read, such as a token that goes into a form; the values of `headers` are among them. `size` counts the bytes
    that came, `status` is the last.
    """

    def __init__(
        self, tools: Tools, *, who: str, headers: Mapping[str, str] | None = None, secrets: tuple[str, ...] = ()
    ) -> None:
        self.size = 0
        self.status: int | None = None
        self._asked = 0
        self._tools = tools
        self._who = who
        self._headers = {"Accept": "application/json", **(headers or {})}
        words = [word for value in (headers or {}).values() for word in (value, value.rpartition(" ")[2])]
        self._secrets = sorted({*words, *secrets} - {""}, key=len, reverse=True)

    @property
    def more(self) -> bool:
        """Whether this poll may ask again: a list without an end is left where it is, and `Batch.complete` False."""
        return self._asked < MOST_REQUESTS

    async def get(self, url: str, *, what: str, params: Mapping[str, str | list[str]] | None = None) -> Answer:
        """Ask with GET. `what` names the thing, such as "the link go.example/a". No secret goes into `params`.

        Raises `AuthError`, `FetchError` (with `wait` where the server asks for it) or `ParseError`.
        """
        return await self._ask("GET", url, what, {"params": params})

    async def post(
        self,
        url: str,
        *,
        what: str,
        params: Mapping[str, str | list[str]] | None = None,
        form: Mapping[str, str] | None = None,
        body: Any = None,
    ) -> Answer:
        """Ask with POST: `form` as the fields of a form, or `body` as JSON. Raises as `get` does."""
        return await self._ask("POST", url, what, {"params": params, "data": form, "json": body})

    async def _ask(self, method: str, url: str, what: str, given: Mapping[str, Any]) -> Answer:
        # Names of things come from answers: what they hold is shown to people.
        what = "".join(letter if letter.isprintable() else "?" for letter in what[:200])
        self._asked += 1
        given = {name: value for name, value in given.items() if value is not None}
        reply = await self._tools.http.request(method, url, headers=self._headers, **given)
        content = reply.content
        self.size += len(content)
        self.status = reply.status_code
        kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
        data = _read(content)
        if not 200 <= reply.status_code < 300:
            raise refusal(
                reply.status_code, reply.headers, data, who=self._who, what=what, hide=self._hide, now=self._tools.now
            )
        answer = Answer(
            data,
            reply.status_code,
            about=(self._who, what),
            body=self._hidden(content[: 2 * KEPT])[:KEPT],
            media_type=kind,
            said=words_of(data, self._hide),
        )
        if data is None:
            page = content.lstrip()[:1] == b"<"
            came = "a web page" if page else "nothing" if not content.strip() else "something else"
            where = urlsplit(url).hostname or ""
            raise answer.senseless(f"{came} came where JSON should be. Check the url of this source ({where})")
        return answer

    def _hide(self, words: str) -> str:
        for secret in self._secrets:
            words = words.replace(secret, "***").replace(quote(secret, safe=""), "***")
        return words

    def _hidden(self, content: bytes) -> bytes:
        for secret in self._secrets:
            for form in (secret, quote(secret, safe="")):
                content = content.replace(form.encode(), b"***")
        return _LOOKS_SO.sub(b"***", _ADDRESS.sub(rb'\1"***"', content))


class Answer:
    """An object or array that came. Its readers raise `ParseError` with the name of what is not as it should be."""

    __slots__ = ("_body", "_kind", "_said", "_what", "_who", "data", "status")

    def __init__(
        self, data: Any, status: int, *, about: tuple[str, str], body: bytes, media_type: str, said: str
    ) -> None:
        self._who, self._what = about
        self._body = body
        self._kind = media_type
        self._said = said
        self.status = status
        self.data = data

    def senseless(self, why: str) -> ParseError:
        """The error for an answer that makes no sense; `why` begins with a small letter and has no full stop."""
        return ParseError(
            f"{self._who} was asked for {self._what}: {why}.",
            status=self.status,
            body=self._body,
            media_type=self._kind,
            quarters=4,
        )

    def said(self) -> str:
        """What the answer says of its trouble, as a sentence with a blank before it; '' when it says nothing."""
        return f' It says: "{self._said}"' if self._said else ""

    def table(self, *path: str, of: Any = None) -> Mapping[str, Any]:
        """The object at a path of names, from the top or of `of`."""
        found = self._find(self.data if of is None else of, path)
        if not isinstance(found, dict):
            raise self._no("an object", path)
        return found

    def rows(self, *path: str, of: Any = None, most: int = 100_000) -> list[Mapping[str, Any]]:
        """The list of objects at a path of names, at most `most` of them."""
        found = self._find(self.data if of is None else of, path)
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found[:most]):
            raise self._no("a list of objects", path)
        return found[:most]

    def number(self, of: Mapping[str, Any], *path: str) -> int:
        """The count at a path in `of`: a whole number from 0 on, as a number or written out."""
        found = self._find(of, path)
        if isinstance(found, str) and found.isascii() and found.strip().isdigit() and len(found) < 20:
            found = int(found)
        if isinstance(found, float) and found.is_integer():
            found = int(found)
        if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found < HIGHEST:
            raise self._no("a count", path)
        return found

    def text(self, of: Mapping[str, Any], *path: str, most: int = 4_000, empty: bool = False) -> str:
        """The text at a path in `of`, at most `most` characters; with `empty`, '' where there is none or null."""
        found: Any = of
        for name in path:
            found = found.get(name) if isinstance(found, dict) else None
        if found is None and empty:
            return ""
        if not isinstance(found, str) or not (found or empty):
            raise self._no("a text", path)
        return found[:most].encode("utf-8", "replace").decode()  # halves of letters cannot be sent or kept

    def _find(self, of: Any, path: tuple[str, ...]) -> Any:
        for name in path:
            if not isinstance(of, dict) or name not in of:
                raise self.senseless(
                    f'the answer has no "{".".join(path)}", so the interface is not the one that is known here'
                )
            of = of[name]
        return of

    def _no(self, sort: str, path: tuple[str, ...]) -> ParseError:
        where = f'"{".".join(path)}"' if path else "the answer"
        return self.senseless(f"{where} is not {sort}, so the interface is not the one that is known here")


def _read(content: bytes) -> Any:
    """The object or array in a body, None when it is neither."""
    try:
        found = json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, (dict, list)) else None


def _no_number(word: str) -> Any:
    raise ValueError(word)
