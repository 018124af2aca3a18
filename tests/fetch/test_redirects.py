"""Redirects, followed by hand; what is remembered of them and what is not."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest

from commsleads.errors import FetchError, RefusedAddressError
from tests.fetch.kit import get, manners, names, problem
from tests.web import Answer, Asked, Web


@pytest.mark.parametrize("status", [301, 308])
def test_a_move_for_good_is_remembered_when_the_new_place_answers(status: int) -> None:
    """After one poll by way of the old address the new one is asked directly, with its own validators."""
    with Web() as web:
        web.redirect("/old", "/new", status=status)
        web.add("/new", b"feed", etag='"n"')
        first = get(web.url("/old"))
        second = get(web.url("/old"), first.cursor)
        third = get(web.url("/old"), second.cursor)
        assert [asked.path for asked in web.requests] == ["/old", "/new", "/new", "/new"]
    assert first.cursor["moved_to"] == web.url("/new")
    assert first.url == web.url("/new")
    assert [page.status for page in (first, second, third)] == [200, 304, 304]


@pytest.mark.parametrize("chain", [[302], [301, 302], [302, 301], [307], [303], [308, 307, 301]])
def test_a_move_for_now_is_not_remembered(chain: list[int]) -> None:
    """One passing hop on the way and nothing is for good; validators go to the place that gave them, and only there."""
    with Web() as web:
        for number, status in enumerate(chain):
            web.redirect(f"/{number}", f"/{number + 1}", status=status)
        web.add(f"/{len(chain)}", b"feed", etag='"end"')
        first = get(web.url("/0"))
        second = get(web.url("/0"), first.cursor)
        assert [asked.path for asked in web.requests] == [f"/{number}" for number in range(len(chain) + 1)] * 2
        sent = [asked.headers.get("if-none-match") for asked in web.requests[len(chain) + 1 :]]
    assert "moved_to" not in first.cursor
    assert (first.status, second.status) == (200, 304)
    assert sent == [None] * len(chain) + ['"end"']


def test_validators_do_not_follow_a_redirect_to_a_stranger() -> None:
    """When an address that had validators now redirects, the new place does not get them."""
    with Web() as web, Web("127.0.0.2") as stranger:
        web.queue(
            "/feed",
            Answer(body=b"x", headers={"ETag": '"mine"'}),
            Answer(status=302, headers={"Location": stranger.url()}),
        )
        stranger.add("/", b"y", etag='"mine"')
        cursor = get(web.url("/feed")).cursor
        second = get(web.url("/feed"), cursor)
        assert web.requests[1].headers["if-none-match"] == '"mine"'
        assert "if-none-match" not in stranger.requests[0].headers
    assert (second.status, second.content) == (200, b"y")


@pytest.mark.parametrize("end", [404, 410, 500, 429, 302])
def test_a_move_to_a_place_that_does_not_answer_is_not_remembered(end: int) -> None:
    """A permanent redirect to nothing is an error and leaves no trace: there is no page to carry one."""
    with Web() as web:
        web.redirect("/old", "/new", status=301)
        web.add("/new", status=end)
        error = problem(web.url("/old"))
    assert isinstance(error, FetchError)
    assert error.status == end


def test_a_move_to_loopback_is_never_remembered() -> None:
    """A permanent redirect to a refused address is refused and the next poll begins at the old address."""
    how = manners(allow_networks=("127.0.0.2/32",))
    with Web("127.0.0.2") as web, Web() as inner:
        inner.add("/", b"secret")
        web.queue(
            "/feed", Answer(body=b"x", headers={"ETag": '"1"'}), Answer(status=301, headers={"Location": inner.url()})
        )
        cursor = get(web.url("/feed"), how=how).cursor
        for _ in range(2):
            assert isinstance(problem(web.url("/feed"), cursor, how=how), RefusedAddressError)
        assert len(web.requests) == 3
        assert inner.connections == []


def test_a_remembered_move_passes_the_gate_each_time() -> None:
    """A cursor that was tampered with leads nowhere: what is refused is refused, and the old address is asked."""
    how = manners(allow_networks=("127.0.0.2/32",))
    with Web("127.0.0.2") as web, Web() as inner:
        web.add("/feed", b"x", etag='"1"')
        cursor = {**get(web.url("/feed"), how=how).cursor, "moved_to": inner.url()}
        page = get(web.url("/feed"), cursor, how=how)
        assert page.content == b"x"
        assert "moved_to" not in page.cursor
        assert inner.connections == []


@pytest.mark.parametrize("status", [404, 410])
def test_when_the_new_place_is_gone_the_old_one_is_asked(status: int) -> None:
    """A remembered move that ends in nothing is forgotten at once."""
    with Web() as web:
        web.queue("/old", Answer(status=301, headers={"Location": "/new"}), Answer(body=b"back"))
        web.queue("/new", Answer(body=b"feed"), Answer(status=status))
        cursor = get(web.url("/old")).cursor
        page = get(web.url("/old"), cursor)
        assert [asked.path for asked in web.requests] == ["/old", "/new", "/new", "/old"]
    assert page.content == b"back"
    assert "moved_to" not in page.cursor


def test_a_passing_redirect_from_the_new_place_keeps_the_move() -> None:
    """The new place may itself redirect for a while; the move stays remembered."""
    with Web() as web:
        web.redirect("/old", "/new", status=301)
        web.queue("/new", Answer(body=b"1"), Answer(status=302, headers={"Location": "/far"}), Answer(body=b"3"))
        web.add("/far", b"2")
        cursor = get(web.url("/old")).cursor
        second = get(web.url("/old"), cursor)
        third = get(web.url("/old"), second.cursor)
        assert [asked.path for asked in web.requests] == ["/old", "/new", "/new", "/far", "/new"]
    assert third.cursor["moved_to"] == web.url("/new")


def test_circles_and_long_chains_end() -> None:
    """A circle is seen at once, a chain is left after five hops; each costs few requests."""
    with Web() as web:
        web.redirect("/self", "/self")
        web.redirect("/a", "/b")
        web.redirect("/b", "/a#x")
        for number in range(10):
            web.redirect(f"/{number}", f"/{number + 1}")
        web.add("/10", b"far")
        assert "circle" in str(problem(web.url("/self")))
        assert "circle" in str(problem(web.url("/a")))
        assert len(web.requests) == 3
        assert "more than 5" in str(problem(web.url("/0")))
        assert len(web.requests) == 9
        assert get(web.url("/5")).content == b"far"


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("x", "/dir/x"), ("../x", "/x"), ("/x?a=b&c", "/x"), ("?q", "/dir/feed"), ("  /x  ", "/x"), ("/a b", "/a%20b"),
        ("/\u00fc".encode().decode("latin-1"), "/%C3%BC"), ("/\xfc", "/%C3%BC"),
    ],
)  # fmt: skip
def test_locations_are_read_as_browsers_do(location: str, path: str) -> None:
    """Relative ones, spaces and letters beyond ASCII lead where they should."""
    with Web() as web:

        def answer(asked: Asked) -> Answer:
            return (
                Answer(status=302, headers={"Location": location}) if asked.target == "/dir/feed" else Answer(body=b"x")
            )

        web.handler("*", answer)
        get(web.url("/dir/feed"))
        assert web.requests[1].path == path


@pytest.mark.parametrize(
    "location",
    ["http:\\\\127.0.0.2\\", "ftp://127.0.0.1/", "javascript:1", "http://[::1/", "http://u:p@127.0.0.1/", "http://"],
)
def test_odd_locations_are_refused(location: str) -> None:
    """A redirect to what is no plain web address ends the fetch."""
    with Web() as web:
        web.redirect("/", location)
        assert problem(web.url()).quarters == 4


def test_a_redirect_without_a_place_is_an_error() -> None:
    """A 302 that does not say where to is told as it is."""
    with Web() as web:
        web.add("/", status=302)
        assert problem(web.url()).status == 302


def test_the_body_of_a_redirect_is_not_read() -> None:
    """An endless or dripping body of a redirect costs nothing."""
    with Web() as web:
        web.add("/1", b"x" * 10_000, status=302, headers={"Location": "/2"}, endless=True)
        web.add("/2", b"x" * 10_000, status=302, headers={"Location": "/3"}, drip=0.5)
        web.add("/3", b"done")
        assert get(web.url("/1")).content == b"done"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    """A certificate of our own for news.example.org and what a server needs to show it."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not here")
    folder = tmp_path_factory.mktemp("tls")
    words = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    words += ["-subj", "/CN=news.example.org", "-addext", "subjectAltName=DNS:news.example.org"]
    subprocess.run([*words, "-keyout", "key.pem", "-out", "cert.pem"], cwd=folder, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return folder / "cert.pem", context


def test_certificates_are_verified(certificate: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown certificate, or one for another name, ends the fetch before anything is asked."""
    path, context = certificate
    with Web(tls=context) as web:
        web.add("/", b"secure")
        resolve = names(news_example_org="127.0.0.1", other_example_org="127.0.0.1")
        error = problem(web.url(host="news.example.org"), resolve=resolve)
        assert "certificate" in str(error)
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        assert "certificate" in str(problem(web.url(host="other.example.org"), resolve=resolve))
        assert web.requests == []
        assert get(web.url(host="news.example.org"), resolve=resolve).content == b"secure"


def test_no_step_down_to_plain_http(certificate: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch) -> None:
    """https that redirects to http is not followed; http to https is."""
    path, context = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    resolve = names(news_example_org="127.0.0.1")
    with Web(tls=context) as secure, Web() as plain:
        secure.redirect("/down", plain.url())
        secure.add("/", b"secure")
        plain.redirect("/up", secure.url(host="news.example.org"))
        plain.add("/", b"plain")
        assert "plain http" in str(problem(secure.url("/down", host="news.example.org"), resolve=resolve))
        assert plain.connections == []
        assert get(plain.url("/up"), resolve=resolve).content == b"secure"


def test_http_on_a_tls_port_and_the_reverse(certificate: tuple[Path, ssl.SSLContext]) -> None:
    """Speaking the wrong protocol is an error with words, not a hang."""
    _, context = certificate
    with Web(tls=context) as secure, Web() as plain:
        for url in (secure.url().replace("https", "http"), plain.url().replace("http", "https")):
            assert isinstance(problem(url, how=manners(timeout=0.5)), FetchError)
