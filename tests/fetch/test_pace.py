"""How many at once, how soon again, and who waits for whom."""

from __future__ import annotations

import asyncio
import itertools
import socket
import time
from typing import Any

import pytest

from commsleads.errors import FetchError
from commsleads.fetch import Fetcher, engine, lookup, pace
from commsleads.fetch.pace import Slots, Turns, Visit
from commsleads.fetch.watch import LoopWatch
from tests.fetch.kit import NOW, get, manners, names, problem, run
from tests.web import Answer, Asked, Web


class Crowd:
    """A handler that counts how many are with it at once."""

    def __init__(self, seconds: float) -> None:
        self.here = self.most = 0
        self.seconds = seconds

    def __call__(self, _: Asked) -> Answer:
        self.here += 1
        self.most = max(self.most, self.here)
        time.sleep(self.seconds)
        self.here -= 1
        return Answer(body=b"x")


def fetch_all(urls: list[str], **options: Any) -> list[int]:
    async def work(fetcher: Fetcher) -> list[int]:
        pages = await asyncio.gather(*(fetcher.get(url, cursor={}, now=NOW) for url in urls))
        return [page.status for page in pages]

    return run(work, **options)


def test_one_host_is_asked_by_few_at_once() -> None:
    """However many addresses one host has, it sees `per_host` requests at a time, and all are served."""
    crowd = Crowd(0.02)
    with Web() as web:
        web.handler("*", crowd)
        assert fetch_all([web.url(f"/{number}") for number in range(20)], how=manners(per_host=3)) == [200] * 20
    assert crowd.most == 3


def test_all_hosts_together_are_asked_by_few_at_once() -> None:
    """`concurrency` bounds all hosts together."""
    crowd = Crowd(0.02)
    webs = [Web(f"127.0.1.{number}") for number in range(1, 13)]
    urls = []
    for web in webs:
        web.__enter__()
        web.handler("*", crowd)
        urls.append(web.url())
    try:
        assert fetch_all(urls, how=manners(concurrency=4)) == [200] * 12
    finally:
        for web in webs:
            web.close()
    assert crowd.most == 4


def test_slow_hosts_do_not_hold_up_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """More hanging servers than slots: the quick ones are answered while the slow ones still hang."""
    monkeypatch.setattr(pace, "LEND_AFTER", 0.1)
    with Web() as slow, Web("127.0.0.2") as quick:
        slow.add("*", hang=True)
        quick.add("*", b"x")

        async def work(fetcher: Fetcher) -> float:
            began = time.monotonic()
            hanging = [asyncio.create_task(fetcher.get(slow.url(f"/{n}"), cursor={}, now=NOW)) for n in range(12)]
            await asyncio.sleep(0)
            pages = await asyncio.gather(*(fetcher.get(quick.url(f"/{n}"), cursor={}, now=NOW) for n in range(10)))
            took = time.monotonic() - began
            assert [page.status for page in pages] == [200] * 10
            assert not any(task.done() for task in hanging)
            for task in hanging:
                task.cancel()
            await asyncio.gather(*hanging, return_exceptions=True)
            return took

        assert run(work, how=manners(concurrency=2, per_host=50, timeout=30.0)) < 20


def test_the_time_in_line_is_not_counted() -> None:
    """The deadline begins when the fetch begins, not when it was asked for."""
    crowd = Crowd(0.1)
    with Web() as web:
        web.handler("*", crowd)
        how = manners(per_host=1, timeout=0.6)
        assert fetch_all([web.url(f"/{number}") for number in range(10)], how=how) == [200] * 10


def test_a_site_is_asked_at_intervals() -> None:
    """Requests to names of one domain outside of the admitted networks are spaced; those inside are not."""
    slept: list[float] = []

    async def visits(site: str) -> None:
        turns, slots = Turns(5, 10.0), Slots(5)
        asked = [turns.delay(site) for _ in range(4)] if site else []
        slept.extend(round(delay) for delay in asked)
        async with Visit(slots, turns, "host", ""):
            pass

    asyncio.run(visits("example.org"))
    assert slept == [0, 10, 20, 30]
    with Web() as web:
        web.add("*", b"x")
        urls = [web.url(f"/{number}", host="www.example.org") for number in range(5)]
        began = time.monotonic()
        assert fetch_all(urls, how=manners(spacing=30.0), resolve=names(www_example_org="127.0.0.1")) == [200] * 5
        assert time.monotonic() - began < 25


def test_spacing_is_kept_for_strangers() -> None:
    """Two names of one domain are spaced, another domain is not held up (a proxy stands for the world here)."""
    seen: list[tuple[float, str]] = []

    def answer(asked: Asked) -> Answer:
        seen.append((time.monotonic(), asked.target))
        return Answer(body=b"x")

    with Web() as proxy:
        proxy.handler("*", answer)
        urls = ["http://a.example.org/1", "http://b.example.org/2", "http://c.example.org/3", "http://other.example/"]
        fetch_all(urls, how=manners(spacing=0.3, proxy=proxy.url()))
    moments = sorted(moment for moment, target in seen if "example.org" in target)
    other = next(moment for moment, target in seen if "other" in target)
    assert all(later - earlier > 0.2 for earlier, later in itertools.pairwise(moments))
    assert other < moments[2]


def test_cancelled_waiters_take_nothing_with_them() -> None:
    """Slots and turns that were waited for and given up are all there again."""

    async def work() -> None:
        slots, turns = Slots(1), Turns(1, 0)
        async with Visit(slots, turns, "a", ""):
            waiting = [asyncio.create_task(Visit(slots, turns, host, "").__aenter__()) for host in ("a", "b", "b")]
            await asyncio.sleep(0)
            waiting[0].cancel()
            waiting[1].cancel()
            await asyncio.sleep(0)
        visit = await waiting[2]
        await visit.__aexit__()
        late = asyncio.create_task(Visit(slots, turns, "a", "").__aenter__())
        async with Visit(slots, turns, "a", ""):
            await asyncio.sleep(0)
        late.cancel()  # woken and cancelled in one breath
        await asyncio.gather(late, return_exceptions=True)
        if not late.cancelled():
            await late.result().__aexit__()
        assert (slots._free, slots._open_left) == (1, pace.OPEN_FOR_EACH)
        assert turns._busy == turns._queues == {}

    asyncio.run(work())


def test_open_fetches_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lent slots do not let fetches grow without end, and few file descriptors mean few fetches."""

    async def work() -> None:
        slots = Slots(2, most_open=3)
        await slots.take()
        await slots.take()
        slots.lend()
        slots.lend()
        await slots.take()
        fourth = asyncio.create_task(slots.take())
        await asyncio.sleep(0)
        assert not fourth.done()
        slots.give(lent=True)
        await fourth

    asyncio.run(work())
    assert pace._most_open(64) <= pace.MOST_OPEN
    resource = pytest.importorskip("resource")
    for files, most in ((resource.RLIM_INFINITY, 512), (256, 192), (80, 64), (10, 1)):
        monkeypatch.setattr(resource, "getrlimit", lambda _, files=files: (files, files))
        assert pace._most_open(64) == most


@pytest.fixture
def every_socket_on_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine of a system without epoll."""
    monkeypatch.setattr(engine, "watch", LoopWatch)


@pytest.mark.usefixtures("every_socket_on_the_loop")
def test_without_epoll_it_works_as_well() -> None:
    """On other systems the loop watches every socket itself."""
    with Web() as web:
        web.add("/", b"x" * 300_000, gzipped=True)
        web.add("/hang", hang=True)
        assert fetch_all([web.url()] * 30, how=manners(per_host=10)) == [200] * 30
        assert "time was up" in str(problem(web.url("/hang"), how=manners(timeout=0.2)))


def test_names_are_looked_up_by_the_system() -> None:
    """Without a resolver of the caller's the system is asked: localhost is found, and refused unless admitted."""
    with Web() as web:
        web.add("/", b"x")
        how = manners(allow_networks=("127.0.0.0/8", "::1/128"))
        assert get(web.url(host="localhost"), how=how).content == b"x"
        assert problem(web.url(host="localhost"), how=manners(allow_networks=())).quarters == 4


@pytest.mark.parametrize(
    ("fault", "quarters"),
    [
        (socket.gaierror(socket.EAI_AGAIN, "again"), 1),
        (socket.gaierror(socket.EAI_NONAME, "unknown"), 2),
        (socket.gaierror(socket.EAI_FAIL, "fail"), 2),
        (UnicodeError("label"), 2),
        (OSError("odd"), 2),
    ],
)
def test_a_look_up_that_fails_weighs_what_it_means(
    fault: Exception, quarters: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that is busy weighs a quarter, a name that nobody knows half."""

    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    error = problem("http://news.example.org/")
    assert isinstance(error, FetchError)
    assert error.quarters == quarters
    assert "news.example.org" in str(error)


def test_a_name_server_that_is_silent_ends_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """A look-up that hangs is left behind, at the first hop and after a redirect; others go on."""

    def hang(host: str, *_: object, **__: object) -> list[Any]:
        if host.startswith("slow"):
            time.sleep(1.5)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0))]

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    with Web() as web:
        web.redirect("/hop", f"http://slow.example.org:{web.port}/")
        web.add("/", b"x")
        how = manners(timeout=0.3)
        for url in (web.url(host="slow.example.org"), web.url("/hop", host="quick.example.org")):
            error = problem(url, how=how)
            assert "name server" in str(error)
            assert error.quarters == 1
        assert get(web.url(host="quick.example.org"), how=how).content == b"x"


def test_many_names_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """More names than threads are all looked up, with no more threads than the bound."""
    busy: set[int] = set()

    def slow(*_: object, **__: object) -> list[Any]:
        import threading

        busy.add(threading.get_ident())
        time.sleep(0.01)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0))]

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    monkeypatch.setattr(lookup, "THREADS", 5)
    with Web() as web:
        web.add("*", b"x")
        urls = [web.url(host=f"n{number}.example.org") for number in range(40)]
        assert fetch_all(urls) == [200] * 40
    assert len(busy) <= 5


def test_a_name_without_addresses_is_unknown() -> None:
    """A resolver that finds nothing is not taken for leave to connect."""
    assert "No server" in str(problem("http://news.example.org/", resolve=names(news_example_org=[])))
