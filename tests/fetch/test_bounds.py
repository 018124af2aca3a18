"""Servers that send too much, too slowly, too little, or nonsense."""

from __future__ import annotations

import asyncio
import gzip
import json
import subprocess
import sys
import time
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.errors import CollectError, FetchError
from commsleads.fetch import Fetcher, unpack
from tests.fetch.kit import NOW, get, manners, problem, run
from tests.web import Answer, Web, bomb


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_stops_at_the_limit(encoding: str) -> None:
    """Packed zeros are unpacked up to the limit and no further."""
    packed = bomb(20_000_000) if encoding == "gzip" else zlib.compress(bytes(20_000_000), 9)
    with Web() as web:
        web.add("/", packed, headers={"Content-Encoding": encoding})
        error = problem(web.url(), how=manners(max_bytes=1_000_000))
    assert "larger than 1 MB" in str(error)
    assert error.quarters == 4


def test_an_endless_body_stops_at_the_limit() -> None:
    """A body without end is left when it has reached the limit, whether its length is announced or not."""
    with Web() as web:
        web.add("/none", b"x" * 65_536, endless=True)
        web.add("/much", b"x" * 65_536, endless=True, length=10**12)
        web.add("/zip", gzip.compress(b"x") * 1000, endless=True, headers={"Content-Encoding": "gzip"})
        for path in ("/none", "/much", "/zip"):
            assert "larger than" in str(problem(web.url(path), how=manners(max_bytes=300_000)))


def test_a_body_of_just_the_limit_is_read() -> None:
    """The limit itself is allowed, packed or not; one byte more is not."""
    with Web() as web:
        web.add("/a", b"x" * 100_000)
        web.add("/z", b"x" * 100_000, gzipped=True)
        for path in ("/a", "/z"):
            assert len(get(web.url(path), how=manners(max_bytes=100_000)).content) == 100_000
            assert "larger" in str(problem(web.url(path), how=manners(max_bytes=99_999)))


def test_a_dripping_server_ends_at_the_deadline() -> None:
    """The time is for the whole fetch, so a byte now and then does not prolong it; nor do redirects."""
    with Web() as web:
        web.add("/drip", b"x" * 1000, drip=0.05)
        web.redirect("/1", "/2")
        web.add("/2", status=302, headers={"Location": "/3"}, delay=0.3)
        web.add("/3", b"x", delay=0.3)
        web.add("/hang", hang=True)
        web.add("/half", b"x" * 10, cut=5, hang=True)
        for path in ("/drip", "/1", "/hang", "/half"):
            began = time.monotonic()
            error = problem(web.url(path), how=manners(timeout=0.5))
            assert "time was up" in str(error)
            assert error.quarters == 2
            assert time.monotonic() - began < 3


def test_a_body_that_breaks_off_is_an_error() -> None:
    """Less than was announced, a reset, an unfinished chunk or an unfinished gzip is never taken for the whole."""
    whole = gzip.compress(b"feed" * 10_000)
    with Web() as web:
        web.add("/short", b"x" * 1000, cut=500)
        web.add("/reset", b"x" * 1000, cut=500, reset=True)
        web.add("/early", b"", reset=True, raw=b"HTTP/1.1 200 OK\r\nContent-")
        web.add("/chunk", raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc")
        web.add("/badchunk", raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n")
        web.add("/zip", whole[:-20], headers={"Content-Encoding": "gzip"})
        web.add("/garbage", b"\x1f\x8b" + b"garbage" * 10, headers={"Content-Encoding": "gzip"})
        web.add("/crc", whole[:-8] + b"\0" * 8, headers={"Content-Encoding": "gzip"})
        web.add("/nothing", raw=b"\r\n")
        web.add("/close", raw=b" ")
        for path in (
            "/short",
            "/reset",
            "/early",
            "/chunk",
            "/badchunk",
            "/zip",
            "/garbage",
            "/crc",
            "/nothing",
            "/close",
        ):
            error = problem(web.url(path))
            assert isinstance(error, FetchError)
            assert error.quarters == 2, path


@pytest.mark.parametrize(
    "raw",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/0.9 200\r\n\r\nx",
        b"<rss/>",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"\x00" * 100,
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 1_000_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000,
        b"HTTP/1.1 101 Switching\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n",
    ],
)
def test_what_is_no_http_is_an_error(raw: bytes) -> None:
    """Other protocols, broken heads and heads without end are errors with words and bounded in size."""
    with Web() as web:
        web.add("/", raw=raw)
        error = problem(web.url(), how=manners(timeout=2.0))
    assert isinstance(error, FetchError)
    assert len(str(error)) < 500
    assert str(error).isprintable()


def test_what_is_before_the_last_head_is_ignored() -> None:
    """Early hints come before the answer; a header folded over two lines does no harm."""
    raw = b"HTTP/1.1 103 Early Hints\r\nETag: early\r\n\r\nHTTP/1.1 200 OK\r\nA: 1\r\n b\r\nContent-Length: 1\r\n\r\nx"
    with Web() as web:
        web.add("/", raw=raw)
        page = get(web.url())
    assert page.content == b"x"
    assert "etag" not in page.cursor


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "gzip, br", "compress", "deflate, gzip"])
def test_other_packings_are_refused_with_words(encoding: str) -> None:
    """What cannot be unpacked within bounds is not taken for text."""
    with Web() as web:
        web.add("/", b"x", headers={"Content-Encoding": encoding})
        assert "only gzip and deflate" in str(problem(web.url()))


@pytest.mark.parametrize("encoding", ["identity", "utf-8", "none", "", "UTF-8, identity"])
def test_words_that_are_no_packing_are_ignored(encoding: str) -> None:
    """Some servers write a charset there; the body is plain."""
    with Web() as web:
        web.add("/", b"plain", headers={"Content-Encoding": encoding})
        assert get(web.url()).content == b"plain"


@given(
    data=st.binary(max_size=4000),
    sizes=st.lists(st.integers(1, 500), min_size=1, max_size=20),
    packing=st.sampled_from(["gzip", "members", "deflate", "bare", "padded", ""]),
)
def test_pieces_give_the_whole(data: bytes, sizes: list[int], packing: str) -> None:
    """However a body is packed and cut into pieces, what was packed comes out."""
    bare = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": lambda: gzip.compress(data, mtime=0),
        "members": lambda: gzip.compress(data[:100], mtime=0) + gzip.compress(data[100:], mtime=0),
        "deflate": lambda: zlib.compress(data),
        "bare": lambda: bare.compress(data) + bare.flush(),
        "padded": lambda: gzip.compress(data, mtime=0) + b"\0" * 600,
        "": lambda: data,
    }[packing]()
    body = unpack.body({"members": "gzip", "padded": "gzip", "bare": "deflate"}.get(packing, packing), 10_000)
    place = 0
    while place < len(packed):
        size = sizes[place % len(sizes)]
        if place == 0:
            size = max(2, size)  # a deflate stream shows in two bytes which kind it is
        body.feed(packed[place : place + size])
        place += size
    assert body.finish() == data


@given(data=st.binary(max_size=2000), encoding=st.sampled_from(["gzip", "deflate"]), limit=st.integers(0, 3000))
def test_noise_gives_bytes_or_an_error(data: bytes, encoding: str, limit: int) -> None:
    """No noise makes the unpacker fail otherwise, or give more than the limit."""
    body = unpack.body(encoding, limit)
    try:
        body.feed(data)
        assert len(body.finish()) <= limit
    except FetchError:
        pass


def test_a_stopped_run_ends_what_is_under_way() -> None:
    """Cancelling a fetch or leaving the fetcher ends at once and spoils nothing for the others."""
    with Web() as web:
        web.add("/hang", hang=True)
        web.add("/", b"x")

        async def work(fetcher: Fetcher) -> None:
            hanging = asyncio.create_task(fetcher.get(web.url("/hang"), cursor={}, now=NOW))
            await asyncio.sleep(0.05)
            hanging.cancel()
            with pytest.raises(asyncio.CancelledError):
                await hanging
            assert (await fetcher.get(web.url(), cursor={}, now=NOW)).content == b"x"

        run(work, how=manners(concurrency=1, per_host=1))

        async def leave() -> None:
            async with Fetcher(manners()) as fetcher:
                hanging = asyncio.create_task(fetcher.get(web.url("/hang"), cursor={}, now=NOW))
                await asyncio.sleep(0.05)
            with pytest.raises(CollectError):
                await hanging

        asyncio.run(leave())


def test_nobody_there_is_an_error() -> None:
    """A port where nothing listens is told in words."""
    with Web() as web:
        url = web.url()
    error = problem(url)
    assert "cannot be reached" in str(error)
    assert error.quarters == 2


_MEASURE = """
import asyncio, json, sys
from datetime import UTC, datetime
from commsleads.errors import FetchError
from commsleads.fetch import Fetcher, Manners

def peak():  # not ru_maxrss: that remembers the process which started this one
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))

async def main(idle, bad):
    async with Fetcher(Manners(allow_networks=("127.0.0.0/8",), timeout=20, concurrency=1)) as fetcher:
        async def get(url):
            try:
                await fetcher.get(url, cursor={}, now=datetime.now(UTC))
            except FetchError as error:
                return str(error)
        await get(idle)
        before = peak()
        words = [await get(bad) for _ in range(3)]
        print(json.dumps([(peak() - before) / 1024, words]))

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of memory from /proc")
@pytest.mark.parametrize("path", ["/bomb", "/endless", "/circle", "/headers", "/crumbs"])
def test_memory_stays_within_thirty_megabytes(path: str) -> None:
    """A bomb of 200 MB, a body without end, a circle, a head without end, a body in crumbs: under 30 MB above idle."""
    with Web() as web:
        web.add("/", b"x" * 20_000, gzipped=True)
        web.add("/bomb", bomb(200_000_000), headers={"Content-Encoding": "gzip"})
        web.add("/endless", b"x" * 65_536, endless=True)
        web.redirect("/circle", "/circle")
        web.add("/crumbs", raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"2\r\nab\r\n" * 2_000_000)
        web.handler("/headers", lambda _: Answer(raw=b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 2_000_000))
        words = [sys.executable, "-c", _MEASURE, web.url("/"), web.url(path)]
        done = subprocess.run(words, check=True, capture_output=True, text=True, timeout=100)
    grown, errors = json.loads(done.stdout)
    print(path, grown, errors[0])
    assert all(errors)
    assert grown < 30
