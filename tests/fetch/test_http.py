"""The client for interfaces: httpx in front, our own gate behind."""

from __future__ import annotations

import gzip
import subprocess
import sys
from datetime import UTC, datetime

import httpx
import pytest

from commsleads.errors import CoolingError, FetchError, RefusedAddressError
from commsleads.fetch import Fetcher
from tests.fetch.kit import manners, names, run
from tests.web import Answer, Asked, Web, bomb


def test_requests_of_every_kind_go_through() -> None:
    """Methods, headers, queries and bodies arrive; statuses, headers and bodies come back."""

    def answer(asked: Asked) -> Answer:
        body = f"{asked.method} {asked.target} {asked.headers.get('x-key')} ".encode() + asked.body
        return Answer(status=201, body=body, headers={"X-Back": "1", "Content-Type": "text/plain"})

    with Web() as web:
        web.handler("*", answer)

        async def work(fetcher: Fetcher) -> None:
            client = fetcher.http()
            assert fetcher.http() is client
            for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
                body = "" if method in ("GET", "DELETE") else '{"a":1}'
                back = await client.request(
                    method, web.url("/api"), params={"q": "x y"}, headers={"X-Key": "k"}, content=body
                )
                assert back.text == f"{method} /api?q=x+y k {body}"
                assert (back.status_code, back.headers["x-back"]) == (201, "1")
            head = await client.head(web.url("/api"))
            assert (head.status_code, head.content) == (201, b"")
            empty = await client.post(web.url("/api"))
            assert empty.text.startswith("POST /api")

        run(work)
    assert all(asked.headers["user-agent"].startswith("commsleads/") for asked in web.requests)
    assert not any("expect" in asked.headers for asked in web.requests)


def test_the_body_of_an_error_is_read() -> None:
    """Interfaces explain their errors in the body; it comes unpacked."""
    with Web() as web:
        web.add("/", b'{"error": "no"}' * 100, status=400, gzipped=True)

        async def work(fetcher: Fetcher) -> httpx.Response:
            return await fetcher.http().get(web.url())

        back = run(work)
    assert back.status_code == 400
    assert back.text.startswith('{"error"')


def test_the_same_gate_stands_in_front() -> None:
    """Private addresses are refused, directly and by a redirect that httpx was told to follow."""
    with Web("127.0.0.2") as web, Web() as inner:
        inner.add("*", b"secret")
        web.redirect("/", inner.url())

        async def work(fetcher: Fetcher) -> None:
            client = fetcher.http()
            with pytest.raises(RefusedAddressError):
                await client.get(inner.url())
            assert (await client.get(web.url())).status_code == 302
            with pytest.raises(RefusedAddressError):
                await client.get(web.url(), follow_redirects=True)
            with pytest.raises(FetchError):
                await client.get(f"http://user:pw@127.0.0.2:{web.port}/")

        run(work, how=manners(allow_networks=("127.0.0.2/32",)))
        assert inner.connections == []


def test_the_same_bounds_hold() -> None:
    """A bomb, a silent server and a broken answer end as they do for feeds."""
    with Web() as web:
        web.add("/bomb", bomb(5_000_000), headers={"Content-Encoding": "gzip"})
        web.add("/hang", hang=True)
        web.add("/cut", b"x" * 100, cut=50, status=500)
        web.add("/zip", gzip.compress(b"x" * 1000)[:-9], headers={"Content-Encoding": "gzip"})

        async def work(fetcher: Fetcher) -> None:
            for path in ("/bomb", "/hang", "/cut", "/zip"):
                with pytest.raises(FetchError):
                    await fetcher.http().get(web.url(path))

        run(work, how=manners(max_bytes=100_000, timeout=0.5))


def test_the_same_cool_downs_hold() -> None:
    """An interface that asks to be left alone is, and its site with it."""
    with Web() as web:
        web.add("/", status=429, headers={"Retry-After": "60"})

        async def work(fetcher: Fetcher) -> None:
            back = await fetcher.http().get(web.url(host="api.site.example"))
            assert back.status_code == 429
            with pytest.raises(CoolingError):
                await fetcher.http().get(web.url("/other", host="api.site.example"))
            with pytest.raises(CoolingError):
                await fetcher.get(web.url(host="www.site.example"), cursor={}, now=datetime.now(UTC))

        run(work, resolve=names(api_site_example="127.0.0.1", www_site_example="127.0.0.1"))


def test_a_fetch_does_not_import_httpx() -> None:
    """A round of feeds costs none of the imports that only interfaces need."""
    with Web() as web:
        web.add("/", b"x", etag='"1"')
        code = (
            "import asyncio, sys\nfrom datetime import UTC, datetime\nfrom commsleads.fetch import Fetcher, Manners\n"
            "async def main():\n"
            "    async with Fetcher(Manners(allow_networks=('127.0.0.0/8',))) as fetcher:\n"
            f"        page = await fetcher.get({web.url()!r}, cursor={{}}, now=datetime.now(UTC))\n"
            f"        page = await fetcher.get({web.url()!r}, cursor=page.cursor, now=datetime.now(UTC))\n"
            "        assert page.status == 304\n"
            "asyncio.run(main())\n"
            "heavy = {'httpx', 'email.utils', 'publicsuffixlist', 'idna', 'certifi', 'concurrent.futures.thread'}\n"
            "print(sorted(heavy & set(sys.modules)))\n"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
