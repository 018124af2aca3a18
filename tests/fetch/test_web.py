"""The misbehaving server itself: other tests lean on it."""

from __future__ import annotations

import http.client
import zlib

from tests.web import Answer, Asked, Web, bomb


def ask(web: Web, path: str, **headers: str) -> tuple[int, bytes]:
    line = http.client.HTTPConnection(web.host, web.port, timeout=10)
    try:
        line.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


def test_a_path_is_served_and_logged() -> None:
    """What was added is served, what was not is 404, and both are in the log."""
    with Web() as web:
        web.add("/feed", b"<rss/>")
        assert ask(web, "/feed?x=1", User_Agent="probe") == (200, b"<rss/>")
        assert ask(web, "/other")[0] == 404
        assert [(asked.target, asked.path) for asked in web.requests] == [("/feed?x=1", "/feed"), ("/other", "/other")]
        assert web.requests[0].headers["user-agent"] == "probe"
        assert len(web.connections) == 2


def test_validators_are_honoured() -> None:
    """A held ETag or Last-Modified is answered with 304, another one with 200."""
    with Web() as web:
        web.add("/e", b"e", etag='W/"1"')
        web.add("/m", b"m", last_modified="Mon, 02 Nov 2026 10:00:00 GMT")
        assert ask(web, "/e", If_None_Match='W/"1"') == (304, b"")
        assert ask(web, "/e", If_None_Match='"2"') == (200, b"e")
        assert ask(web, "/m", If_Modified_Since="Mon, 02 Nov 2026 10:00:00 GMT") == (304, b"")
        assert ask(web, "/m", If_Modified_Since="Mon, 02 Nov 2026 09:00:00 GMT") == (200, b"m")


def test_answers_can_follow_each_other_and_be_computed() -> None:
    """A queue answers one after another and its last stays; a handler sees the request."""
    with Web() as web:
        web.queue("/q", Answer(status=503), Answer(body=b"ok"))
        assert [ask(web, "/q")[0] for _ in range(3)] == [503, 200, 200]

        def echo(asked: Asked) -> Answer:
            return Answer(body=asked.headers["x-word"].encode())

        web.handler("/echo", echo)
        assert ask(web, "/echo", X_Word="hello") == (200, b"hello")


def test_gzip_and_bombs_unpack_to_what_they_hold() -> None:
    """A compressed answer and a bomb are honest gzip."""
    with Web() as web:
        web.add("/z", b"a" * 1000, gzipped=True)
        body = ask(web, "/z", Accept_Encoding="gzip")[1]
        assert zlib.decompress(body, 31) == b"a" * 1000
    assert zlib.decompress(bomb(2_500_000), 31) == bytes(2_500_000)


def test_closing_frees_those_who_hang() -> None:
    """A server with a hanging connection closes at once."""
    with Web() as web:
        web.add("/hang", hang=True)
        line = http.client.HTTPConnection(web.host, web.port, timeout=10)
        line.request("GET", "/hang")
        while not web.requests:
            pass
    line.close()
    assert web.asked("/hang")
