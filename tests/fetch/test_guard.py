"""Nothing gets to a private machine: asserted by the machine, which must not have been called."""

from __future__ import annotations

import asyncio

import pytest

from commsleads.addresses import Gate
from commsleads.errors import CollectError, FetchError, RefusedAddressError
from commsleads.fetch import Fetcher
from commsleads.fetch.engine import Engine
from commsleads.fetch.target import Target, parse
from tests.fetch.kit import NOW, get, manners, names, problem, run
from tests.web import Answer, Web

SPELLINGS = [
    "127.0.0.1", "127.1", "127.0.1", "127.9.9.9", "0x7f000001", "0x7F.0.0.1", "0x7f.1", "2130706433", "017700000001",
    "0177.0.0.1", "0177.0.0.01", "127.0.0.01", "00127.0.0.1", "127.0.0.1.", "127.0.0.0x1", "0.0.0.0", "0", "0x0",
    "[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:0:127.0.0.1]",
    "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::127.0.0.1]", "[2002:7f00:1::]", "[2001:0:7f00:1::1]",
    "[fe80::1%25lo]", "[fe80::1%lo]", "[::1%25lo]", "localhost", "LOCALHOST", "localhost.",
    "１２７.０.０.１", "127。0。0。1",
    "①②⑦.0.0.1", "ⓛocalhost", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "[fd00::2]",
    "user@127.0.0.1", "example.org@127.0.0.1", "example.org:80@127.0.0.1", "127.0.0.1\\@example.org",
    "example.org\\@127.0.0.1", " 127.0.0.1", "127.0.0.1 ", "127.0.0.1\t", "127.0.0.1%00.example.org",
    "%31%32%37.0.0.1", "127.0.0.1\n", "[127.0.0.1]", "[::1", "256.0.0.1", "",
]  # fmt: skip


@pytest.mark.parametrize("host", SPELLINGS)
def test_no_spelling_of_a_private_address_is_called(host: str) -> None:
    """However an address is written, the machine behind it hears nothing."""
    with Web() as web, Web("::1", web.port) as six:
        web.add("*", b"secret")
        six.add("*", b"secret")
        error = problem(f"http://{host}:{web.port}/feed", how=manners(allow_networks=()))
        other = problem(f"http://{host}/feed", how=manners(allow_networks=()))
    assert isinstance(error, FetchError)
    assert isinstance(other, FetchError)
    assert error.quarters >= 2
    assert web.connections == six.connections == []


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], ["64:ff9b::7f00:1"], ["2002:7f00:1::"], ["fe80::1%lo"],
        ["0.0.0.0"],
        ["93.184.216.34", "127.0.0.1"], ["127.0.0.1", "93.184.216.34"], ["0x7f.1"], ["localhost"], ["2130706433"],
    ],
)  # fmt: skip
def test_a_name_that_leads_to_a_private_address_is_refused(addresses: list[str]) -> None:
    """One bad address among those of a name is enough."""
    with Web() as web:
        web.add("*", b"secret")
        resolve = names(news_example_org=addresses)
        url = web.url("/feed", host="news.example.org")
        error = problem(url, how=manners(allow_networks=()), resolve=resolve)
    assert isinstance(error, RefusedAddressError)
    assert "allow_networks" in str(error)
    assert web.connections == []


def test_an_address_that_the_settings_admit_is_called_by_name() -> None:
    """The name is pinned to what it was resolved to; the server still sees the name."""
    with Web("127.0.0.2") as web:
        web.add("/feed", b"ours")
        page = get(
            web.url("/feed", host="news.example.org"),
            how=manners(allow_networks=("127.0.0.2/32",)),
            resolve=names(news_example_org="127.0.0.2"),
        )
    assert page.content == b"ours"
    assert web.requests[0].headers["host"] == f"news.example.org:{web.port}"


@pytest.mark.parametrize("hop", [1, 2, 5])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_loopback_is_refused_at_any_hop(hop: int, status: int) -> None:
    """Every hop passes the same gate, and nothing of it is remembered."""
    with Web("127.0.0.2") as open_web, Web("127.0.0.1") as inner:
        inner.add("/", b"secret")
        for number in range(1, hop):
            open_web.redirect(f"/{number}", f"/{number + 1}", status=status)
        open_web.redirect(f"/{hop}", inner.url("/"), status=status)
        error = problem(open_web.url("/1"), how=manners(allow_networks=("127.0.0.2/32",)))
        assert len(open_web.requests) == hop
    assert isinstance(error, RefusedAddressError)
    assert inner.connections == []


def test_a_name_that_changes_its_mind_gains_nothing() -> None:
    """A resolver that says good first and loopback then is asked again at the next hop and refused there."""
    answers = ["127.0.0.2", "127.0.0.1"]

    async def flipping(host: str, port: int) -> list[str]:
        return [answers.pop(0)]

    with Web("127.0.0.2") as open_web, Web("127.0.0.1", open_web.port) as inner:
        open_web.redirect("/", "/again")
        inner.add("*", b"secret")
        url = open_web.url("/", host="flip.example.org")
        error = problem(url, how=manners(allow_networks=("127.0.0.2/32",)), resolve=flipping)
        assert isinstance(error, RefusedAddressError)
        assert len(open_web.connections) == 1
        assert inner.connections == []


def test_each_poll_resolves_anew_and_connects_to_what_was_judged() -> None:
    """A name pinned in one poll is not trusted in the next, in the same run of the program."""
    answers = ["127.0.0.2", "127.0.0.3", "127.0.0.1"]

    async def flipping(host: str, port: int) -> list[str]:
        return [answers.pop(0)]

    with Web("127.0.0.2") as two, Web("127.0.0.3", two.port) as three, Web("127.0.0.1", two.port) as inner:
        for web in (two, three, inner):
            web.add("*", b"x")

        async def work(fetcher: Fetcher) -> list[str]:
            said = []
            for _ in range(3):
                try:
                    page = await fetcher.get(two.url("/", host="flip.example.org"), cursor={}, now=NOW)
                    said.append(str(page.status))
                except CollectError as error:
                    said.append(type(error).__name__)
            return said

        how = manners(allow_networks=("127.0.0.2/31",))
        assert run(work, how=how, resolve=flipping) == ["200", "200", "RefusedAddressError"]
        assert [len(web.connections) for web in (two, three, inner)] == [1, 1, 0]


@pytest.mark.parametrize(
    "target", ["http://localhost:{port}/", "http://127.1:{port}/", "http://name.example.org:{port}/"]
)
def test_the_socket_itself_is_guarded(target: str) -> None:
    """Even when everything before is left out, the engine opens no socket for a refused address."""
    with Web() as web:
        url = target.format(port=web.port)

        async def work() -> None:
            engine = Engine(Gate(), agent="test")
            try:
                with pytest.raises(RefusedAddressError):
                    await engine.send(
                        Target(url, "http", url.split("/")[2].split(":")[0], web.port, False),
                        [],
                        pins=["127.0.0.1"],
                        seconds=5,
                        limit=1000,
                    )
            finally:
                engine.close()

        asyncio.run(work())
        assert web.connections == []


def test_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    """With proxies in the environment the server is called directly and a private one not at all."""
    with Web("127.0.0.3") as proxy, Web("127.0.0.2") as web, Web("127.0.0.1") as inner:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url())
        web.add("/", b"direct")
        how = manners(allow_networks=("127.0.0.2/32",))
        assert get(web.url(), how=how).content == b"direct"
        assert isinstance(problem(inner.url(), how=how), RefusedAddressError)
        assert proxy.connections == inner.connections == []


def test_a_proxy_of_the_settings_is_used_for_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """The configured proxy gets the whole address; `no_proxy` does not lead past it; private addresses stay refused."""
    monkeypatch.setenv("no_proxy", "*")
    with Web() as proxy:
        proxy.handler("*", lambda asked: Answer(body=asked.target.encode()))
        how = manners(proxy=proxy.url(), allow_networks=())
        page = get("http://news.example.org/feed?x", how=how)
        assert page.content == b"http://news.example.org/feed?x"
        assert isinstance(problem("http://192.168.1.1/feed", how=how), RefusedAddressError)
        assert len(proxy.requests) == 1


@pytest.mark.parametrize(
    "url",
    [
        "", "feed", "/feed", "//example.org/feed", "ftp://example.org/feed", "file:///etc/passwd", "gopher://127.0.0.1/",
        "javascript:alert(1)", "data:text/xml,<rss/>", "http:/example.org", "http:example.org", "http://", "http:///feed",
        "http://:80/", "http://example.org:0/", "http://example.org:65536/", "http://example.org:99999999/",
        "http://example.org:8o/", "http://user:pw@example.org/", "http://exa mple.org/", "http://example.org/a b",
        "http://example.org/\r\nX: y", "http://example.org/\x00", "http://example.org\\@127.0.0.1/", "http://[::1/",
        "http://[x]/", "http://a..b/", "http://.example.org/", "http://-/" + "x" * 4_000,
        "http://" + "a" * 64 + ".org/",
        "http://\u2028example.org/", "http://ex\u0000ample.org/", "http://xn--\u00fc.org/",
    ],
)  # fmt: skip
def test_an_address_that_is_odd_is_refused_with_words(url: str) -> None:
    """What two programs could read in two ways is read by nobody."""
    with pytest.raises(FetchError) as caught:
        parse(url)
    assert caught.value.quarters == 4
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("http://example.org:80/?q#f", "http://example.org/?q"),
        ("https://example.org.:443/a", "https://example.org/a"),
        ("http://example.org:8080?x", "http://example.org:8080/?x"),
        ("http://b\u00fccher.example/\u00fc?\u00e9", "http://xn--bcher-kva.example/%C3%BC?%C3%A9"),
        ("http://[2606:4700:0:0::1111]:81/", "http://[2606:4700::1111]:81/"),
        ("http://1.1.1.1/%7Ea", "http://1.1.1.1/%7Ea"),
        ("http://under_score.example/", "http://under_score.example/"),
    ],
)
def test_an_ordinary_address_is_read_in_one_way(url: str, read: str) -> None:
    """Addresses are put together again from their parts."""
    assert parse(url).url == read
    assert parse(read).url == read
