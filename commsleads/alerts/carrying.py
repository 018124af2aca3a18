"""The child process in which alerts leave: one for a pass, or one for a while where somebody keeps it.

Starting it takes longer than all that it does, since Apprise reads all its services first. Who sends often within one
process and knows when that ends keeps it; nobody has to.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple, TypeVar

from commsleads.apart import Apart

T = TypeVar("T")
Work = Callable[[Apart], Coroutine[Any, Any, T]]

MEMORY = 1_500_000_000
"""Bytes of address space for the child: Apprise brings many libraries along."""


class _Kept(NamedTuple):
    runner: asyncio.Runner
    apart: Apart


_KEPT: ContextVar[_Kept | None] = ContextVar("kept", default=None)


@contextmanager
def kept() -> Iterator[None]:
    """While it lasts, all alerts that this thread sends leave by one child."""
    with asyncio.Runner() as runner:
        here = _Kept(runner, Apart(memory=MEMORY))
        before = _KEPT.set(here)
        try:
            yield
        finally:
            _KEPT.reset(before)
            runner.run(here.apart.close())


def carry(work: Work[T]) -> T:
    """What `work` makes of a child: the one that is kept, else one of its own that ends with it."""
    here = _KEPT.get()
    return here.runner.run(work(here.apart)) if here else asyncio.run(_alone(work))


async def _alone(work: Work[T]) -> T:
    apart = Apart(memory=MEMORY)
    try:
        return await work(apart)
    finally:
        await apart.close()
