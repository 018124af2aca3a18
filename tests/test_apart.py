"""Work in a child process that may hang, crash or eat memory."""

from __future__ import annotations

import asyncio
import math
import operator
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from commsleads.apart import Apart
from commsleads.errors import FetchError, ParseError

T = TypeVar("T")
SOURCE = """
import os, sys, time
from commsleads.errors import FetchError
def child(): return os.getpid()
def shout(): print("noise" * 10_000); sys.stdout.flush(); os.write(1, b"x" * 100); return sys.stdin.read()
def refuse(): raise FetchError("Not today.", status=418, quarters=1)
def break_(): raise ValueError("bad\\n\\x1b[31m" + "x" * 1000)
def eat(): return len(b"".join(bytes(10_000_000) for _ in range(200)))
def opaque(): return lambda: 1
def vast(): return bytes(300_000_000)
def deep(): return deep()
"""


def run(work: Callable[[Apart], Awaitable[T]], **options: int) -> T:
    async def within() -> T:
        apart = Apart(**options)
        try:
            return await work(apart)
        finally:
            await apart.close()

    return asyncio.run(within())


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """A module of functions that the child can import as well."""
    import importlib

    (tmp_path / "apart_work.py").write_text(SOURCE)
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("apart_work")
    sys.modules.pop("apart_work", None)


def test_a_result_comes_back() -> None:
    """Values go there and back, small and large, and one child serves all calls."""

    async def calls(apart: Apart) -> None:
        assert await apart.run(math.factorial, 20) == math.factorial(20)
        large = os.urandom(3_000_000)
        assert await apart.run(bytes, large) == large
        assert await apart.run(os.getpid) == await apart.run(os.getpid) != os.getpid()

    run(calls)


def test_calls_queue_up() -> None:
    """Many calls at once are answered one after the other, each with its own result."""

    async def calls(apart: Apart) -> list[int]:
        return list(await asyncio.gather(*(apart.run(operator.neg, -number) for number in range(30))))

    assert run(calls) == list(range(30))


def test_work_that_hangs_is_killed_and_the_next_is_done() -> None:
    """The deadline ends the work with words; another child takes the next call."""

    async def calls(apart: Apart) -> None:
        first = await apart.run(os.getpid)
        with pytest.raises(ParseError, match=r"longer than 0\.3 seconds"):
            await apart.run(time.sleep, 60, seconds=0.3)
        assert not _alive(first)
        assert await apart.run(os.getpid) != first

    run(calls)


def test_work_that_crashes_is_told(work) -> None:  # type: ignore[no-untyped-def]
    """An exit, a signal, a recursion without end, an answer that cannot be sent: words, and the next call works."""

    async def calls(apart: Apart) -> None:
        for crash, args in (
            (os._exit, (3,)), (os.abort, ()), (signal.raise_signal, (signal.SIGKILL,)), (work.opaque, ()),
            (work.vast, ()), (work.deep, ()), (sys.exit, (1,)),
        ):  # fmt: skip
            with pytest.raises(ParseError):
                await apart.run(crash, *args)
            assert await apart.run(abs, -1) == 1

    run(calls)


def test_a_child_that_died_between_calls_is_replaced() -> None:
    """Whatever killed an idle child, the next call does not notice."""

    async def calls(apart: Apart) -> None:
        for pause in (0.0, 0.2):
            os.kill(await apart.run(os.getpid), signal.SIGKILL)
            await asyncio.sleep(pause)
            try:
                assert await apart.run(abs, -1) == 1
            except ParseError:
                assert pause == 0.0  # it took the call and died with it
                assert await apart.run(abs, -1) == 1

    run(calls)


def test_errors_of_the_work_come_through(work) -> None:  # type: ignore[no-untyped-def]
    """Our own errors arrive as they are; others become words that are printable and short."""

    async def calls(apart: Apart) -> None:
        with pytest.raises(FetchError, match="Not today") as ours:
            await apart.run(work.refuse)
        assert (ours.value.status, ours.value.quarters) == (418, 1)
        with pytest.raises(ParseError, match="ValueError: bad") as other:
            await apart.run(work.break_)
        assert str(other.value).isprintable()
        assert len(str(other.value)) < 400

    run(calls)


def test_nothing_that_the_work_prints_gets_in_the_way(work) -> None:  # type: ignore[no-untyped-def]
    """Standard input and output of the work are empty and go nowhere."""
    assert run(lambda apart: apart.run(work.shout)) == ""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
def test_work_that_eats_memory_is_stopped(work) -> None:  # type: ignore[no-untyped-def]
    """Two gigabytes are not to be had; the words say so."""

    async def calls(apart: Apart) -> None:
        with pytest.raises(ParseError, match="too much memory"):
            await apart.run(work.eat)
        assert await apart.run(abs, -1) == 1

    run(calls)


def test_a_cancelled_call_takes_its_child_with_it() -> None:
    """The answer to a call that nobody waits for is never taken for the answer to the next one."""

    async def calls(apart: Apart) -> None:
        child = await apart.run(os.getpid)
        late = asyncio.create_task(apart.run(time.sleep, 0.3))
        await asyncio.sleep(0.1)
        late.cancel()
        with pytest.raises(asyncio.CancelledError):
            await late
        assert not _alive(child)
        assert await apart.run(abs, -7) == 7

    run(calls)


def test_an_answer_that_is_broken_off_holds_up_nobody() -> None:
    """A call may be cancelled while a large answer is half read: the child ends, and the next call has its turn."""

    async def calls(apart: Apart) -> None:
        await apart.run(abs, -1)
        late = asyncio.create_task(apart.run(bytes, 50_000_000))
        answers = apart._child.stdout  # type: ignore[union-attr]
        while len(answers._buffer) < 200_000:  # type: ignore[union-attr]
            await asyncio.sleep(0)
        late.cancel()
        async with asyncio.timeout(10):
            with pytest.raises(asyncio.CancelledError):
                await late
            assert await apart.run(abs, -7) == 7

    run(calls)


def test_closing_ends_the_child_and_may_be_done_twice() -> None:
    """After `close` nothing is left running; without any call there is nothing to end."""

    async def calls() -> int:
        apart = Apart()
        await apart.close()
        child = await apart.run(os.getpid)
        await apart.close()
        await apart.close()
        return child

    assert not _alive(asyncio.run(calls()))


@pytest.mark.parametrize("busy", [False, True])
def test_the_child_does_not_outlive_us(busy: bool) -> None:
    """When we are killed, an idle child ends at once, and a busy one when its time is over."""
    code = (
        "import asyncio, os, time\nfrom commsleads.apart import Apart\n"
        "async def main():\n"
        "    apart = Apart()\n"
        "    print(await apart.run(os.getpid), flush=True)\n"
        f"    await (apart.run(time.sleep, 60, seconds=0.5) if {busy} else asyncio.sleep(60))\n"
        "asyncio.run(main())\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    time.sleep(0.2)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    for _ in range(100):
        if not _alive(child):
            break
        time.sleep(0.1)
    assert not _alive(child)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")
