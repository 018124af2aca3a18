"""Work that may hang or eat memory, done in a child process that can be killed.

    apart = Apart()
    entries = await apart.run(read_with_feedparser, content, seconds=20)
    await apart.close()

The child is an ordinary Python that is used again and again: started at the first call, replaced when it had to be
killed. Calls queue one behind the other. What is asked and what is answered goes through its pipes as pickles, each
after its length; nothing else in the child can write there. It has a limit of memory (where the system knows one),
an alarm of its own in case that we are killed in the middle of a call, and it ends when its input does.

It is not a sandbox: the code is ours, only the input is hostile.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, BinaryIO, TypeVar

from commsleads.errors import CollectError, ParseError

P = TypeVar("P")
T = TypeVar("T")

MEMORY = 600_000_000
"""Bytes of address space that the child may have."""
LARGEST = 256_000_000
"""Bytes of the largest answer that is taken from the child."""
GRACE = 2.0
"""Seconds that the child has to end by itself when it is not needed any more."""
MOUTHFUL = 25
"""Pieces that `each` gives to the child at once; starting and answering cost more than a small piece."""
LOAD = 16_000_000
"""Bytes that `each` gives to the child at once, unless one piece alone has more."""
BITE = 65_536
"""Bytes of an unwanted answer that are thrown away at once."""
_HEAD = 8
_START = "import sys; sys.path[:] = sys.argv[1:]; from commsleads.apart import serve; serve()"


class Apart:
    """Runs functions in a child process; `memory` is its limit in bytes. Made and used within one running loop."""

    def __init__(self, *, memory: int = MEMORY) -> None:
        self._memory = memory
        self._child: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    async def run(self, work: Callable[..., T], *args: Any, seconds: float = 20.0) -> T:
        """The result of `work(*args)`. `work` is a function of a module, and all values can be pickled.

        Raises `ParseError` when it takes longer than `seconds`, needs too much memory, or fails; a `CollectError`
        of the work itself comes through as it is.
        """
        async with self._turn:
            message = pickle.dumps((seconds, work, args), pickle.HIGHEST_PROTOCOL)  # not before: it is a copy of all
            try:
                async with asyncio.timeout(seconds):
                    good, value = await self._exchange(message)
            except TimeoutError as error:
                await self._kill()
                raise ParseError(f"Reading it took longer than {seconds:g} seconds and was stopped.") from error
            except (EOFError, ConnectionError) as error:
                code = await self._kill()
                raise ParseError(_died(code)) from error
            except BaseException:
                await self._kill()
                raise
        if good:
            result: T = value
            return result
        raise value if isinstance(value, CollectError) else ParseError(f"It could not be read: {value}")

    async def each(
        self,
        work: Callable[[list[P]], list[T]],
        pieces: Sequence[P],
        *,
        size: Callable[[P], int],
        seconds: float = 20.0,
    ) -> list[T | ParseError]:
        """What `work` makes of each piece, in their order, in bites of `MOUTHFUL` pieces and `LOAD` bytes.

        A bite that fails or takes longer than `seconds` is done again piece by piece, half as long each; then the
        piece at fault becomes its `ParseError` and costs nobody else's.
        """
        found: list[T | ParseError] = []
        for bite in _bites(pieces, size):
            try:
                done = await self.run(work, bite, seconds=seconds)
                if len(done) != len(bite):
                    raise ParseError("It could not be read: the reader lost count.")
            except CollectError as error:
                if len(bite) == 1:
                    found.append(ParseError(str(error)))
                else:
                    found += [one for piece in bite for one in await self._alone(work, piece, seconds / 2)]
            else:
                found += done
        return found

    async def _alone(self, work: Callable[[list[P]], list[T]], piece: P, seconds: float) -> list[T | ParseError]:
        try:
            (done,) = await self.run(work, [piece], seconds=seconds)
        except (CollectError, ValueError) as error:
            return [ParseError(str(error))]
        return [done]

    async def close(self) -> None:
        """End the child. A later `run` would start another one."""
        async with self._turn:
            child = self._child
            if child is None or child.stdin is None:
                return
            child.stdin.close()
            with suppress(TimeoutError):
                async with asyncio.timeout(GRACE):
                    await child.wait()
            await self._kill()

    async def _exchange(self, message: bytes) -> tuple[bool, Any]:
        for attempt in range(2):
            child = await self._living()
            try:
                child.stdin.write(len(message).to_bytes(_HEAD))  # type: ignore[union-attr]
                child.stdin.write(message)  # type: ignore[union-attr]
                await child.stdin.drain()  # type: ignore[union-attr]
            except ConnectionError:  # it died since the last call, of something else
                if attempt:
                    raise
                await self._kill()
                continue
            break
        head = await child.stdout.readexactly(_HEAD)  # type: ignore[union-attr]
        size = int.from_bytes(head)
        if size > LARGEST:
            raise EOFError
        answer = await child.stdout.readexactly(size)  # type: ignore[union-attr]
        found: tuple[bool, Any] = pickle.loads(answer)  # noqa: S301 - our own child, our own code
        return found

    async def _living(self) -> asyncio.subprocess.Process:
        if self._child is not None and self._child.returncode is not None:
            await self._kill()
        if self._child is None:
            self._child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",
                "-c",
                _START,
                *filter(None, sys.path),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env={**os.environ, "COMMSLEADS_APART_MEMORY": str(self._memory)},
            )
        return self._child

    async def _kill(self) -> int:
        """Make sure that there is no child; its exit code, or 0."""
        child, self._child = self._child, None
        if child is None:
            return 0
        with suppress(ProcessLookupError):
            child.kill()
        # asyncio waits for the end of the pipe as well, and reads on only when somebody takes what is there.
        while child.stdout is not None and await child.stdout.read(BITE):
            pass
        code = await child.wait()
        if child.stdin is not None:
            child.stdin.close()
            with suppress(ConnectionError):
                await child.stdin.wait_closed()
        return code


def _bites(pieces: Sequence[P], size: Callable[[P], int]) -> Iterator[list[P]]:
    bite: list[P] = []
    load = 0
    for piece in pieces:
        weight = size(piece)
        if bite and (len(bite) >= MOUTHFUL or load + weight > LOAD):
            yield bite
            bite, load = [], 0
        bite.append(piece)
        load += weight
    if bite:
        yield bite


def _died(code: int) -> str:
    return f"Reading it crashed the reader or needed too much memory (exit {code}); nothing else was harmed."


def serve() -> None:
    """The child: answers calls from standard input until it ends."""
    calls, answers = _pipes()
    _limit(int(os.environ.get("COMMSLEADS_APART_MEMORY", MEMORY)))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is our parent's business, who ends us
    while len(head := calls.read(_HEAD)) == _HEAD:
        answer = _answer(calls.read(int.from_bytes(head)))
        answers.write(len(answer).to_bytes(_HEAD) + answer)
        answers.flush()


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Our two pipes, under numbers that no `print` and no `input` of the work can reach."""
    calls, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return calls, answers


def _limit(memory: int) -> None:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(message: bytes) -> bytes:
    timer = getattr(signal, "setitimer", None)
    try:
        seconds, work, args = pickle.loads(message)  # noqa: S301 - from our parent
        if timer is not None:
            timer(signal.ITIMER_REAL, seconds + GRACE)  # nobody may be left to kill us
        return pickle.dumps((True, work(*args)), pickle.HIGHEST_PROTOCOL)
    except CollectError as error:
        return pickle.dumps((False, error.with_traceback(None)), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps((False, "it needs too much memory."), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        words = "".join(letter if letter.isprintable() else " " for letter in str(error))[:300]
        return pickle.dumps((False, f"{type(error).__name__}: {words}"), pickle.HIGHEST_PROTOCOL)
    finally:
        if timer is not None:
            timer(signal.ITIMER_REAL, 0)
