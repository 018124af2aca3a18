"""The way out for a browser: to judged addresses, by web ports, so much, and nowhere else."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

import pytest

from commsleads.errors import CollectError
from commsleads.fetch.gate import Gate
from tests.web import Web


async def door(host: str, port: int) -> tuple[str, int]:
    """Loopback is let in here; what has "inside" in its name is never connected to."""
    if "inside" in host:
        raise CollectError(f"{host} is inside.")
    return "127.0.0.1", port


async def ask(raw: bytes, *, most: int = 1_000_000, closed: Collection[str] = ()) -> tuple[bytes, dict[str, str]]:
    """What the gate answers to these bytes, and what it refused."""
    async with Gate(door, most=most, closed=closed) as gate:
        host, _, port = gate.address.removeprefix("http://").partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(raw)
        await writer.drain()
        answer = await asyncio.wait_for(reader.read(10_000_000), 20)
        while piece := await asyncio.wait_for(reader.read(1_000_000), 20):
            answer += piece
        writer.close()
        return answer, gate.refused


def asked(raw: str, **how: int | Collection[str]) -> tuple[bytes, dict[str, str]]:
    return asyncio.run(ask(raw.encode("latin-1"), **how))  # type: ignore[arg-type]


def test_a_page_comes_through_and_the_proxy_is_not_told_on() -> None:
    """The server gets a plain request without the fields that are for a proxy."""
    with Web() as web:
        web.add("/page", b"hello")
        url = web.url("/page?a=b")
        answer, refused = asked(f"GET {url} HTTP/1.1\r\nHost: x\r\nProxy-Connection: keep-alive\r\nAccept: */*\r\n\r\n")
        assert answer.endswith(b"hello")
        assert not refused
        (request,) = web.asked("/page")
        assert not [name for name in request.headers if name.lower().startswith("proxy")]


@pytest.mark.parametrize("first", ["GET http://inside.example/x HTTP/1.1", "CONNECT inside.example:443 HTTP/1.1"])
def test_what_is_never_connected_to_is_refused_with_a_reason(first: str) -> None:
    """By either way of asking; the reason is kept by its host."""
    answer, refused = asked(f"{first}\r\nHost: x\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 403")
    assert refused == {"inside.example": "inside.example is inside."}


def test_a_tunnel_goes_to_web_ports_only() -> None:
    """A mail server behind a name is no web page."""
    answer, refused = asked("CONNECT mail.example:25 HTTP/1.1\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 403")
    assert refused == {"mail.example": "mail.example:25 is not where web pages are."}


def test_hosts_that_are_closed() -> None:
    """What the browser asks for itself gets nowhere."""
    answer, refused = asked("CONNECT Update.example:443 HTTP/1.1\r\n\r\n", closed={"update.example"})
    assert answer.startswith(b"HTTP/1.1 403")
    assert list(refused) == ["update.example"]


@pytest.mark.parametrize(
    "raw",
    [
        "POST http://news.example/ HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET ftp://news.example/ HTTP/1.1\r\n\r\n",
        "CONNECT [::1 HTTP/1.1\r\n\r\n",
        "nonsense\r\n\r\n",
    ],
)
def test_anything_else_is_no_request(raw: str) -> None:
    """Nothing is sent on for it."""
    answer, _ = asked(raw)
    assert answer.startswith(b"HTTP/1.1 405")


def test_it_is_shut_when_too_much_has_come() -> None:
    """A page that never ends ends here."""
    with Web() as web:
        web.add("/endless", b"x" * 10_000, endless=True)
        answer, _ = asked(f"GET {web.url('/endless')} HTTP/1.1\r\nHost: x\r\n\r\n", most=300_000)
    assert 0 < len(answer) < 600_000
