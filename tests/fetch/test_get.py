"""One address, polled again and again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commsleads.contract import Cursor, Page
from commsleads.errors import AuthError, FetchError
from commsleads.fetch import Fetcher, Manners
from tests.fetch.kit import NOW, get, manners, problem, run
from tests.web import Answer, Asked, Web

MODIFIED = "Mon, 02 Nov 2026 10:00:00 GMT"


def test_a_page_says_what_came() -> None:
    """Content, type, charset, headers in small letters and the address are on the page."""
    with Web() as web:
        web.add("/feed?x", b"no")
        web.add("/feed", b"<rss/>", headers={"Content-Type": 'Text/XML; charset="ISO-8859-1"', "X-Word": "a  b"})
        page = get(web.url("/feed?a=b#part"))
    assert (page.status, page.content, page.modified) == (200, b"<rss/>", True)
    assert (page.media_type, page.charset) == ("text/xml", "ISO-8859-1")
    assert page.headers["x-word"] == "a  b"
    assert page.url == web.url("/feed?a=b")
    assert web.requests[0].target == "/feed?a=b"


def test_the_server_learns_who_asks() -> None:
    """The User-Agent names the program and a contact without line breaks; nothing else about us is sent."""
    with Web() as web:
        web.add("/", b"x")
        get(web.url(), how=manners(contact="press@example.org\r\nX-Evil: 1"))
        get(web.url(), how=manners())
        first, second = web.requests
    assert first.headers["user-agent"].startswith("commsleads/")
    assert first.headers["user-agent"].endswith("(+press@example.orgX-Evil: 1)")
    assert "x-evil" not in first.headers
    assert "(" not in second.headers["user-agent"]
    assert set(first.headers) == {"host", "user-agent", "accept", "accept-encoding"}
    assert first.headers["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("etag", "modified"), [('W/"a, b"', ""), ("", MODIFIED), ('"x"', MODIFIED), ("bare", "yesterday")]
)
def test_three_loads_in_a_row(etag: str, modified: str) -> None:
    """Validators are kept from the very first load and survive every 304, letter by letter."""
    with Web() as web:

        def answer(asked: Asked) -> Answer:
            held = (
                asked.headers.get("if-none-match", "") == etag
                and asked.headers.get("if-modified-since", "") == modified
            )
            sent = {name: value for name, value in (("ETag", etag), ("Last-Modified", modified)) if value}
            return Answer(status=304) if held else Answer(body=b"feed", headers=sent)

        web.handler("/feed", answer)
        first = get(web.url("/feed"))
        second = get(web.url("/feed"), first.cursor)
        third = get(web.url("/feed"), second.cursor)
    assert [page.status for page in (first, second, third)] == [200, 304, 304]
    assert [page.modified for page in (first, second, third)] == [True, False, False]
    assert second.content == b""
    assert third.cursor == first.cursor
    assert first.cursor.get("etag", "") == etag
    assert first.cursor.get("last_modified", "") == modified


def test_a_304_renews_what_it_brings_and_keeps_the_rest() -> None:
    """A new ETag on a 304 takes the place of the old one, a Last-Modified that is not repeated stays."""
    with Web() as web:
        web.queue(
            "/feed",
            Answer(body=b"x", headers={"ETag": '"1"', "Last-Modified": MODIFIED}),
            Answer(status=304, headers={"ETag": '"2"'}),
            Answer(status=304),
        )
        cursor = get(web.url("/feed")).cursor
        cursor = get(web.url("/feed"), cursor).cursor
        get(web.url("/feed"), cursor)
    assert web.requests[1].headers["if-none-match"] == '"1"'
    assert web.requests[2].headers["if-none-match"] == '"2"'
    assert web.requests[2].headers["if-modified-since"] == MODIFIED


def test_validators_that_are_not_repeated_on_a_200_are_gone() -> None:
    """A full answer without validators forgets the old ones: they belong to another content."""
    with Web() as web:
        web.queue("/feed", Answer(body=b"x", headers={"ETag": '"1"'}), Answer(body=b"y"))
        first = get(web.url("/feed"))
        second = get(web.url("/feed"), first.cursor)
    assert "etag" not in second.cursor


def test_what_the_caller_keeps_in_the_cursor_is_handed_on() -> None:
    """Keys that are not ours pass through a 200 and a 304."""
    with Web() as web:
        web.add("/feed", b"x", etag='"1"')
        first = get(web.url("/feed"), {"hash": "abc", "etag": '"stale"'})
        second = get(web.url("/feed"), first.cursor)
    assert first.cursor["hash"] == second.cursor["hash"] == "abc"
    assert "if-none-match" not in web.requests[0].headers  # a validator of nobody knows where


def test_a_full_answer_is_asked_for_once_a_week() -> None:
    """Some servers say 304 for ever: after seven days, at most eight, the question is put without conditions."""
    with Web() as web:
        web.add("/feed", b"x", etag='"1"')
        cursor = get(web.url("/feed")).cursor
        week = timedelta(days=7)
        assert get(web.url("/feed"), cursor, now=NOW + week).status == 304
        renewed = get(web.url("/feed"), cursor, now=NOW + week + timedelta(days=1))
        assert renewed.status == 200
        assert get(web.url("/feed"), renewed.cursor, now=NOW + 2 * week).status == 304


def test_a_clock_that_was_wrong_does_not_stop_the_weekly_full_answer() -> None:
    """A due date from the far future is not believed."""
    with Web() as web:
        web.add("/feed", b"x", etag='"1"')
        cursor = get(web.url("/feed"), now=NOW + timedelta(days=4000)).cursor
        assert get(web.url("/feed"), cursor).status == 200


def test_a_cursor_of_another_address_says_nothing() -> None:
    """When the settings name another address, the validators of the old one are not sent to it."""
    with Web() as web:
        web.add("/one", b"1", etag='"1"')
        web.add("/two", b"2", etag='"1"')
        cursor = get(web.url("/one")).cursor
        assert get(web.url("/two"), cursor).status == 200


def test_a_304_that_nobody_asked_for_is_an_error() -> None:
    """A server that says 304 to a question without conditions has given nothing."""
    with Web() as web:
        web.add("/feed", status=304)
        error = problem(web.url("/feed"))
    assert (error.status, error.quarters) == (304, 2)


@pytest.mark.parametrize(
    ("status", "kind", "quarters"),
    [
        (204, FetchError, 2), (202, FetchError, 2), (300, FetchError, 2), (400, FetchError, 4), (401, AuthError, 4),
        (403, FetchError, 4), (404, FetchError, 2), (407, AuthError, 4), (408, FetchError, 2), (410, FetchError, 4),
        (418, FetchError, 4), (451, FetchError, 4), (500, FetchError, 2), (502, FetchError, 2), (503, FetchError, 2),
        (599, FetchError, 2),
    ],
)  # fmt: skip
def test_a_status_weighs_what_it_means(status: int, kind: type[Exception], quarters: int) -> None:
    """Each status has its error, its weight and a sentence with the number in it."""
    with Web() as web:
        web.add("/feed", b"words", status=status)
        error = problem(web.url("/feed"))
    assert type(error) is kind
    assert (error.status, error.quarters, error.wait) == (status, quarters, None)
    assert f" {status}" in str(error)
    assert str(error).endswith(".")


def test_a_browser_challenge_has_its_own_words() -> None:
    """A 403 that wants a browser says so."""
    with Web() as web:
        web.add("/feed", status=403, headers={"cf-mitigated": "challenge"})
        assert "Cloudflare" in str(problem(web.url("/feed")))


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "public, max-age=600"}, 600),
        ({"Cache-Control": "max-age=600", "Age": "200"}, 400),
        ({"Cache-Control": "max-age=600", "Age": "900"}, None),
        ({"Cache-Control": "s-maxage=600"}, None),
        ({"Cache-Control": "no-cache, max-age=600"}, None),
        ({"Cache-Control": "max-age=99999999"}, 86_400),
        ({"Cache-Control": "max-age=0"}, None),
        ({"Expires": "Sun, 22 Nov 2026 13:00:00 GMT", "Date": "Sun, 22 Nov 2026 12:30:00 GMT"}, 1_800),
        ({"Expires": "Sun, 22 Nov 2026 13:00:00 GMT"}, 3_600),
        ({"Expires": "0"}, None),
        ({"Expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, None),
        ({"Expires": "nonsense"}, None),
        ({"Cache-Control": "private", "Expires": "Sun, 22 Nov 2026 13:00:00 GMT"}, 3_600),
        ({}, None),
    ],
)
def test_a_page_says_how_long_it_stays_good(headers: dict[str, str], seconds: int | None) -> None:
    """Cache-Control and Expires become a wait of at most a day."""
    with Web() as web:
        web.add("/feed", b"x", headers=headers)
        page = get(web.url("/feed"))
    assert page.wait == (None if seconds is None else timedelta(seconds=seconds))


def test_one_handle_serves_many_and_forgets() -> None:
    """Nothing of one exchange is left in the next: neither conditions, nor headers, nor bytes."""
    with Web() as web:
        web.add("/a", b"a" * 100_000, etag='"a"')
        web.add("/b", b"", headers={"X-B": "1"})
        web.add("/c", status=404, body=b"c")

        async def work(fetcher: Fetcher) -> list[Page]:
            pages: list[Page] = []
            cursor: Cursor = {}
            for _ in range(2):
                page = await fetcher.get(web.url("/a"), cursor=cursor, now=NOW)
                cursor = page.cursor
                pages.append(page)
                pages.append(await fetcher.get(web.url("/b"), cursor={}, now=NOW))
                with pytest.raises(FetchError):
                    await fetcher.get(web.url("/c"), cursor={}, now=NOW)
            return pages

        pages = run(work, how=manners(concurrency=1))
    assert [(page.status, len(page.content)) for page in pages] == [(200, 100_000), (200, 0), (304, 0), (200, 0)]
    assert "x-b" not in pages[2].headers
    assert "if-none-match" not in web.asked("/b")[1].headers


def test_good_manners_are_the_default() -> None:
    """Without a word in the settings nothing private is reached and a second lies between two requests."""
    assert (Manners().allow_networks, Manners().spacing, Manners().per_host, Manners().proxy) == ((), 1.0, 2, "")
