"""Interfaces that answer in JSON: what they refuse is an error of the right sort, with words and without secrets."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from commsleads.apart import Apart
from commsleads.collectors.asking import Answer as Came
from commsleads.collectors.asking import Asking, base, key
from commsleads.collectors.refusals import asked_to_wait, refusal, words
from commsleads.contract import AuthError, CollectError, FetchError, ParseError, Tools
from commsleads.fetch import Fetcher
from commsleads.tools import SourceTools, manners
from tests.office import office
from tests.web import Answer, Web

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
KEY = "sesame open/7"
ODD: list[Any] = [None, [], 7, {"error": None}, {"error": 7}]


def say(status: int, said: Any = None, **headers: str) -> CollectError:
    """The error for such an answer."""
    head = {name.replace("_", "-"): value for name, value in headers.items()}
    return refusal(
        status, head, said, who="Dub", what="the clicks", hide=lambda text: text.replace(KEY, "***"), now=NOW
    )


@pytest.mark.parametrize(
    ("status", "said", "headers", "sort", "wait"),
    [
        (401, {"error": "bad key"}, {}, AuthError, None),
        (403, {"message": "FORBIDDEN"}, {}, AuthError, None),
        (403, {"message": "RATE_LIMIT_EXCEEDED"}, {}, FetchError, timedelta(minutes=1)),
        (403, {"error": {"code": "rate_limit_exceeded"}}, {"retry_after": "90"}, FetchError, timedelta(seconds=90)),
        (403, None, {"x_ratelimit_remaining": "0", "x_ratelimit_reset": "120"}, FetchError, timedelta(minutes=2)),
        (403, None, {"cf_mitigated": "challenge"}, FetchError, None),
        (402, {"message": "UPGRADE_REQUIRED"}, {}, AuthError, None),
        (402, {"message": "MONTHLY_LIMIT_EXCEEDED"}, {}, FetchError, timedelta(days=1)),
        (407, None, {}, AuthError, None),
        (429, None, {}, FetchError, timedelta(minutes=1)),
        (429, None, {"retry_after": "Wed, 18 Nov 2026 10:00:00 GMT"}, FetchError, timedelta(minutes=30)),
        (503, None, {"retry_after": "600"}, FetchError, timedelta(minutes=10)),
        (404, {"error": "no"}, {}, FetchError, None),
        (410, None, {}, FetchError, None),
        (422, None, {}, FetchError, None),
        (500, None, {}, FetchError, None),
        (302, None, {}, FetchError, None),
        (101, None, {}, FetchError, None),
    ],
    ids=str,
)
def test_a_refusal_is_an_error_of_its_sort(
    status: int, said: Any, headers: Mapping[str, str], sort: type[CollectError], wait: timedelta | None
) -> None:
    """Who must act is told by the sort, how long to wait by the server."""
    error = say(status, said, **headers)
    assert type(error) is sort
    assert error.wait == wait
    assert error.status == status
    assert str(error).endswith((".", '"'))


def test_words_are_short_printable_and_without_the_key() -> None:
    """Whatever shape the trouble has, a person reads one line of it."""
    assert words({"error": {"code": "bad", "message": "Bad \x1b[31mthing\n here"}}, str) == "Bad [31mthing here; bad"
    assert (
        words({"title": "No", "detail": f"Key {KEY} is wrong", "errors": [{"message": "x"}] * 50}, _hide).count("***")
        == 1
    )
    assert len(words({"message": "long " * 5_000}, str)) == 200
    deep: Any = "end"
    for _ in range(50):
        deep = {"error": deep}
    assert words(deep, str) == ""
    assert [words(odd, str) for odd in ODD] == [""] * 5


def _hide(text: str) -> str:
    return text.replace(KEY, "***")


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", 120),
        ("1.5", 1.5),
        (str(int(NOW.timestamp()) + 60), 60),
        (f"{int(NOW.timestamp()) + 60}000", 60),
        ("99999999", 7 * 86_400),
        ("-5", None),
        ("soon", None),
        ("0", None),
        ("", None),
        ("Wed, 18 Nov 2026 09:00:00 GMT", None),
    ],
)
def test_how_long_to_wait(said: str, wait: float | None) -> None:
    """Seconds, a moment since 1970 in seconds or milliseconds, or a date; never longer than a week."""
    assert asked_to_wait({"retry-after": said}, NOW) == (None if wait is None else timedelta(seconds=wait))


def came(data: Any) -> Came:
    """An answer that brought this."""
    return Came(data, 200, about=("Dub", "the clicks"), body=b"{}", media_type="application/json", said="")


@pytest.mark.parametrize("odd", [-1, True, 1.5, "1.5", "-1", "", None, [], 10**15, "9" * 30, "٣"], ids=repr)
def test_a_count_is_a_whole_number(odd: Any) -> None:
    """Anything else names the field that is wrong."""
    with pytest.raises(ParseError, match=r'"stats\.clicks" is not a count'):
        came({}).number({"stats": {"clicks": odd}}, "stats", "clicks")


def test_readers_name_what_is_missing() -> None:
    """A changed interface is told by the field."""
    answer = came({"data": [{"id": "a", "n": "12", "f": 3.0, "none": None}], "rows": [1]})
    (row,) = answer.rows("data")
    assert (answer.number(row, "n"), answer.number(row, "f"), answer.text(row, "id")) == (12, 3, "a")
    assert (answer.text(row, "none", empty=True), answer.text(row, "no", "where", empty=True)) == ("", "")
    wrong: list[tuple[Callable[[], Any], str]] = [
        (lambda: answer.rows("links"), 'has no "links"'),
        (lambda: answer.rows("rows"), '"rows" is not a list of objects'),
        (lambda: answer.table("data"), '"data" is not an object'),
        (lambda: answer.text(row, "n2"), '"n2" is not a text'),
        (lambda: answer.text(row, "f"), '"f" is not a text'),
        (lambda: answer.number(row, "a", "b"), 'has no "a.b"'),
        (lambda: came([]).table(), "the answer is not an object"),
    ]
    for ask, said in wrong:
        with pytest.raises(ParseError, match=said) as error:
            ask()
        assert error.value.body == b"{}"


def with_tools(folder: Path, work: Callable[[Tools], Any], secret: str = "sesame") -> Any:
    """Run a coroutine function with the tools that a poll is given."""
    app, clock = office(folder, {})
    app.environ = {"COMMSLEADS_SECRET_GO": secret}

    async def run() -> Any:
        async with Fetcher(manners(app), clock=clock) as fetcher:
            return await work(SourceTools(app, fetcher, Apart(), clock.now))

    return asyncio.run(run())


MORE = (
    b' "visitIp": "ada-laptop", "seen": "from 198.51.100.9:8080", "x": ["2001:db8::7", "2001:db8:1:2:3:4:5:6"], '
    b'"at": "2026-11-18T09:30:00Z", "version": "v1.2.3"'
)


def test_the_key_goes_into_no_error_and_no_body(tmp_path: Path) -> None:
    """A server that repeats what it was sent gives nothing away."""

    async def ask(tools: Tools) -> str:
        secret = key(tools, "go")
        asking = Asking(tools, who="Dub", headers={"Authorization": f"Bearer {secret}"}, secrets=("tok/en",))
        with pytest.raises(FetchError) as first:
            await asking.get(web.url("/teapot"), what="tea")
        with pytest.raises(ParseError) as second:
            await asking.post(web.url("/echo"), what="an echo", form={"signature": "tok/en"})
        return f"{first.value} {second.value} {second.value.body!r} {second.value.__cause__}"

    with Web() as web:
        web.add("/teapot", json.dumps({"error": "no tea for Bearer sesame tok/en tok%2Fen"}).encode(), status=418)
        web.handler("/echo", lambda asked: Answer(body=b"<p>sesame " + asked.body + b' "ip": "192.0.2.7"' + MORE))
        said = with_tools(tmp_path, ask)
        assert web.requests[0].headers["authorization"] == "Bearer sesame"
    assert "sesame" not in said
    assert "tok" not in said
    assert not [one for one in ("192.0.2.7", "198.51.100.9", "2001:db8", "ada-laptop") if one in said]
    assert "2026-11-18T09:30:00Z" in said
    assert "v1.2.3" in said
    assert "no tea for *** *** ***" in said


@pytest.mark.parametrize(
    "body", [b"", b"7", b'"text"', b"NaN", b'{"a": NaN}', b"[" * 50_000, b"\xff\xfe", b"{" + b'"a":{' * 9]
)
def test_what_is_no_object_or_list_is_senseless(body: bytes, tmp_path: Path) -> None:
    """An answer with 200 that is no JSON object or list is kept aside with the error."""

    async def ask(tools: Tools) -> None:
        with pytest.raises(ParseError, match="came where JSON should be") as error:
            await Asking(tools, who="Dub").get(web.url("/x"), what="it")
        assert error.value.body == body[:65_536]

    with Web() as web:
        web.add("/x", body)
        with_tools(tmp_path, ask)


@pytest.mark.parametrize("secret", ["two words", "line\nend", "schlüssel", "tab\t"])
def test_a_secret_that_is_no_key_is_not_sent(secret: str, tmp_path: Path) -> None:
    """It would break the head of the request; the error does not repeat it."""

    async def ask(tools: Tools) -> None:
        with pytest.raises(AuthError, match='The secret "go" is no key') as error:
            key(tools, "go")
        assert secret not in str(error.value)
        with pytest.raises(AuthError, match="name a secret with token_secret"):
            key(tools, "", setting="token_secret")
        with pytest.raises(AuthError, match="COMMSLEADS_SECRET_NONE"):
            key(tools, "none")

    with_tools(tmp_path, ask, secret)


def test_a_list_without_an_end_has_one(tmp_path: Path) -> None:
    """One poll asks some dozens of times, and a redirect is not followed with a key."""

    async def ask(tools: Tools) -> int:
        asking, n = Asking(tools, who="Dub"), 0
        while asking.more:
            await asking.get(web.url("/more"), what="more")
            n += 1
        with pytest.raises(FetchError, match="Write the address that answers into url"):
            await asking.get(web.url("/moved"), what="it")
        return n

    with Web() as web:
        web.add("/more", b"{}")
        web.redirect("/moved", web.url("/more"))
        assert with_tools(tmp_path, ask) == 60
        assert len(web.asked("/more")) == 60


def test_the_base_of_an_address() -> None:
    """Paths are added to it."""
    assert base("https://go.example/yourls/?a=b#c") == "https://go.example/yourls"
