"""What the redirector answers, and what it notes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from commsleads.store.campaigns import links
from tests.redirector.desk import Served, link, office, served

TO = "https://museum.example/wing?utm_source=mail"


@pytest.fixture
def site(process: Served) -> Served:
    process.clear()
    return process


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    app = office(tmp_path_factory.mktemp("office"))
    link(app, "wing", TO)
    link(app, "müller", "https://müller.example/größe?q=ä&x=1#teil")
    link(app, "музей", "https://museum.example/ru")
    link(app, "博物館", "https://museum.example/ja")
    link(app, "over", TO, expires=app.now() - timedelta(days=1))
    link(app, "trap", TO, trap=True)
    link(app, "split", "https://museum.example/a\r\nSet-Cookie: x=1")
    old = link(app, "old", TO)
    with app.engine.session() as session, session.atomic():
        links.retire(session, old, at=app.now())
    with served(app) as one:
        yield one


def test_a_click_is_sent_on_and_noted(site: Served) -> None:
    """302 with the stored destination, not to be kept or indexed, without cookie; one hit with its marks."""
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    reply = site.get(
        "/r/wing", f"User-Agent: {agent}", "Referer: https://ana@News.Example:8443/a/b?email=ana@x.example#top",
        "Accept: text/html,*/*", "Accept-Language: de", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document",
        "Sec-Fetch-User: ?1", "DNT: 1", "Via: 1.1 proxy", 'Sec-CH-UA: "Chromium"', "Cookie: id=1",
    )  # fmt: skip
    assert (reply.status, reply.headers["location"], reply.body) == (302, TO, b"")
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["x-robots-tag"] == "noindex, nofollow"
    assert reply.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "set-cookie" not in reply.headers
    assert "server" not in reply.headers
    (hit,) = site.hits()
    assert (hit["asked"], hit["agent"], hit["referrer"]) == ("get", agent, "news.example/a/b")
    assert hit["marks"] == "client-hints dnt document html language navigate user via"
    assert len(hit["visitor"]) == len(hit["network"]) == 12


def test_head_and_prefetch_are_told_from_clicks(site: Served) -> None:
    """HEAD and a browser's advance fetch get the same headers and are kept as what they are."""
    assert site.get("/r/wing", method="HEAD").headers["location"] == TO
    early = ("Sec-Purpose: prefetch;prerender", "Purpose: Prefetch", "X-Moz: prefetch", "X-Purpose: preview")
    for header in early:
        assert site.get("/r/wing", header).status == 302
    assert site.get("/r/wing", "Sec-Purpose: prefetch", method="HEAD").body == b""
    assert [hit["asked"] for hit in site.hits()] == ["head", *["prefetch"] * 5]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND"])
def test_other_methods_are_refused(site: Served, method: str) -> None:
    """Nothing but GET and HEAD is answered, and nothing is noted of it."""
    for path in ("/r/wing", "/robots.txt", "/elsewhere"):
        reply = site.get(path, "Content-Length: 0", method=method)
        assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD")
    assert site.hits() == []


def test_what_leads_nowhere_is_counted(site: Served) -> None:
    """Unknown, expired and retired links: a small page that is not indexed, and a row of orphans."""
    assert [site.get(f"/r/{slug}").status for slug in ("nope", "nope", "over", "old", "")] == [404, 404, 410, 410, 404]
    reply = site.get("/r/<script>alert(1)</script>")
    assert b"<script" not in reply.body
    assert reply.headers["x-robots-tag"] == "noindex, nofollow"
    assert site.orphans() == [
        ("", "unknown", 1), ("<script>alert(1)</script>", "unknown", 1), ("nope", "unknown", 2), ("old", "retired", 1),
        ("over", "expired", 1),
    ]  # fmt: skip
    assert site.hits() == []


def test_a_trap_leads_on(site: Served) -> None:
    """A person who finds a trap link comes to the destination like anyone."""
    assert site.get("/r/trap").headers["location"] == TO
    assert len(site.hits()) == 1


@pytest.mark.parametrize(
    "path",
    [
        "wing", "WING", "Wing/", "wing).", "wing%20", "wing,", "wing%22", "wing%C2%BB", "wing...", "wing%E2%80%8B",
        "wing?" + "q=" * 4_000, "w%69ng", "wing?to=https://evil.example", "wing%3E", "wing;",
    ],
)  # fmt: skip
def test_spellings_of_a_slug(site: Served, path: str) -> None:
    """Case, escapes, and what mail clients leave behind are forgiven; the query is neither passed on nor kept."""
    assert site.get(f"/r/{path}").headers.get("location") == TO
    (hit,) = site.hits()
    assert "evil" not in str(hit)


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("m%C3%BCller", "https://xn--mller-kva.example/gr%C3%B6%C3%9Fe?q=%C3%A4&x=1#teil"),
        ("mu%CC%88ller", "https://xn--mller-kva.example/gr%C3%B6%C3%9Fe?q=%C3%A4&x=1#teil"),
        ("M%C3%9CLLER).", "https://xn--mller-kva.example/gr%C3%B6%C3%9Fe?q=%C3%A4&x=1#teil"),
        ("%D0%BC%D1%83%D0%B7%D0%B5%D0%B9", "https://museum.example/ru"),
        ("%E5%8D%9A%E7%89%A9%E9%A4%A8", "https://museum.example/ja"),
        ("%E5%8D%9A%E7%89%A9%E9%A4%A8%E3%80%82", "https://museum.example/ja"),
    ],
)
def test_every_alphabet(site: Served, path: str, to: str) -> None:
    """A slug of any alphabet is found in any encoding, and the destination is fit for a header."""
    assert site.get(f"/r/{path}").headers.get("location") == to


@pytest.mark.parametrize(
    "path", ["%", "%zz", "%ff%fe", "%00", "a%0d%0aSet-Cookie:x", "%2e%2e/etc", "x" * 5_000, "%ED%A0%80"]
)
def test_broken_encodings_lead_nowhere(site: Served, path: str) -> None:
    """What no slug can be is answered with 404 and counted, whatever its bytes are."""
    reply = site.get(f"/r/{path}")
    assert reply.status == 404
    assert "set-cookie" not in reply.headers
    ((slug, why, n),) = site.orphans()
    assert (why, n, len(slug) <= 100) == ("unknown", 1, True)


def test_a_destination_cannot_split_the_answer(site: Served) -> None:
    """Line ends in a destination are escaped, never sent."""
    reply = site.get("/r/split")
    assert reply.headers["location"] == "https://museum.example/a%0D%0ASet-Cookie:%20x=1"
    assert "set-cookie" not in reply.headers


def test_pages_of_the_process(site: Served) -> None:
    """robots.txt keeps all out; the health pages say whether clicks are kept; everything else is 404."""
    assert b"Disallow: /\n" in site.get("/robots.txt").body
    assert site.get("/healthz").status == 200
    ready = site.get("/readyz")
    assert (ready.status, ready.headers["content-type"]) == (200, "application/json")
    assert b'"troubles": []' in ready.body
    assert [site.get(path).status for path in ("/", "/r", "/admin", "http://evil.example/x")] == [404] * 4
    assert site.get("http://evil.example/r/wing").headers["location"] == TO


def test_a_connection_is_used_again(site: Served) -> None:
    """Several requests on one connection, one behind the other, are answered in order, also beside other pages."""
    ask = b"GET /r/%s HTTP/1.1\r\nHost: x\r\n\r\n"
    last = b"GET /r/wing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    came = site.send(ask % b"wing" + b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" + ask % b"nope" + last)
    assert [int(piece[:3]) for piece in came.split(b"HTTP/1.1 ")[1:]] == [302, 200, 404, 302]
    assert len(site.hits()) == 2


def test_hostile_requests(site: Served) -> None:
    """Heads without end, bodies, smuggled requests and noise are refused, and the next visitor is served."""
    for data in (
        b"GET /r/wing HTTP/1.1\r\nHost: x\r\n" + b"X-A: " + b"a" * 200_000,
        b"GET /r/" + b"a" * 200_000,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 50 + b"\r\n\r\n",
        b"GET /r/wing HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /r/wing HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\nabc",
    ):
        came = site.send(data)
        assert not came or came.split(b" ", 2)[1] in {b"400", b"405", b"431"}, data[:40]
    assert site.get("/r/wing", "Upgrade: websocket", "Connection: upgrade").status == 302
    assert site.get("/r/wing").status == 302


def test_new_links_are_known_soon(site: Served) -> None:
    """A link made while the process runs is taken up, and one that is retired ends."""
    assert site.get("/r/late").status == 404
    ident = link(site.app, "late", TO)
    with site.app.engine.session() as session:
        site.web.look(session)
        assert site.get("/r/late").headers["location"] == TO
        with session.atomic():
            links.retire(session, ident, at=site.app.now())
        site.web.look(session)
    assert site.get("/r/late").status == 410


def test_an_orphan_flood_is_counted(site: Served) -> None:
    """Of many requests for nothing within a second, the later ones are only counted: none is missing."""
    ask = b"GET /r/x%d HTTP/1.1\r\nHost: x\r\n\r\n"
    last = b"GET /r/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    site.send(b"".join(ask % n for n in range(399)) + last)
    site.web.redirector.flush_orphans(site.web.redirector.now())
    assert sum(n for _, _, n in site.orphans()) == 400


@pytest.mark.parametrize(
    ("base", "path"), [("https://go.museum.example/", "/wing"), ("https://museum.example/go/to", "/go/to/wing")]
)
def test_the_prefix_is_the_path_of_the_base(tmp_path: Path, base: str, path: str) -> None:
    """Links are found where `[links] base` says that they are reached."""
    app = office(tmp_path, more=f'[links]\nbase = "{base}"\n')
    link(app, "wing", TO)
    with served(app) as site:
        assert site.get(path).headers["location"] == TO
        assert site.get("/robots.txt").status == 200
        assert site.get("/healthz").status == 200
