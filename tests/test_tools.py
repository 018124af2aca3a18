"""What a collector is given for mail: letters read apart, and doors that the guard of addresses has judged."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from commsleads import apart as apart_module
from commsleads.apart import Apart
from commsleads.contract import FetchError, Letter, ParseError, RefusedAddressError, Tools
from commsleads.fetch import Fetcher, Manners, Resolve
from commsleads.tools import SourceTools
from tests.office import office
from tests.web import LOOPBACK

T = TypeVar("T")


def double(numbers: list[int]) -> list[int]:
    """Twice each; some numbers cannot be doubled."""
    for number in numbers:
        if number == 13:
            raise ValueError("unlucky")
        if number == 99:
            time.sleep(60)
    return [2 * number for number in numbers]


def careless(numbers: list[int]) -> list[int]:
    """Loses what is odd."""
    return [number for number in numbers if number % 2 == 0]


def each(work: Callable[[list[int]], list[int]], numbers: list[int], *, seconds: float = 20.0) -> list[int | str]:
    """What `Apart.each` makes of these numbers, errors as their words."""

    async def within() -> list[int | str]:
        child = Apart()
        try:
            found = await child.each(work, numbers, size=lambda number: number, seconds=seconds)
        finally:
            await child.close()
        return [str(one) if isinstance(one, ParseError) else one for one in found]

    return asyncio.run(within())


def test_pieces_come_back_in_their_order() -> None:
    """However many bites it takes."""
    assert each(double, list(range(100, 160))) == [2 * number for number in range(100, 160)]


def test_one_bad_piece_costs_nobody_else_his() -> None:
    """The bite is done again piece by piece, and the one at fault says why."""
    found = each(double, [*range(10, 16), *range(30, 60)])
    assert "unlucky" in str(found[3])
    assert [one for one in found if isinstance(one, int)] == [2 * one for one in (10, 11, 12, 14, 15, *range(30, 60))]


def test_a_piece_that_takes_for_ever_is_stopped() -> None:
    """Alone it has half the time of a bite."""
    found = each(double, [1, 99, 2], seconds=2.0)
    assert (found[0], found[2]) == (2, 4)
    assert "longer than 1 seconds" in str(found[1])
    assert "longer than" in str(each(double, [99], seconds=1.0)[0])


def test_a_reader_that_loses_pieces_is_found_out() -> None:
    """Answers are never given to the wrong piece."""
    found = each(careless, [2, 3, 4])
    assert (found[0], found[2]) == (2, 4)
    assert isinstance(found[1], str)


def test_bites_are_bounded_by_weight(monkeypatch: pytest.MonkeyPatch) -> None:
    """A heavy piece goes alone, light ones together."""
    monkeypatch.setattr(apart_module, "LOAD", 10)
    assert list(apart_module._bites([4, 5, 6, 50, 1, 1], lambda one: one)) == [[4, 5], [6], [50], [1, 1]]


def with_tools(
    folder: Path,
    ask: Callable[[Tools], Awaitable[T]],
    *,
    networks: tuple[str, ...] = LOOPBACK,
    resolve: Resolve | None = None,
) -> T:
    """Ask the tools of a real poll."""
    app, _ = office(folder, {})

    async def within() -> T:
        child = Apart()
        try:
            async with Fetcher(Manners(allow_networks=networks, timeout=5.0), resolve=resolve) as fetcher:
                return await ask(SourceTools(app, fetcher, child, app.now()))
        finally:
            await child.close()

    return asyncio.run(within())


def test_letters_are_read_in_order(tmp_path: Path) -> None:
    """Thirty mails, one of them nothing but noise: each has its letter or its reason."""
    raw = [f"Message-ID: <{number}@a.example>\nSubject: {number}\n\nHello\n".encode() for number in range(30)]
    raw[7] = bytes(range(256)) * 40
    found = with_tools(tmp_path, lambda tools: tools.letters(raw))
    assert len(found) == 30
    names = [one.message_id for one in found if isinstance(one, Letter) and one.message_id]
    assert names == [f"{number}@a.example" for number in range(30) if number != 7]


def test_doors_are_looked_up_and_judged(tmp_path: Path) -> None:
    """A name leads to the address that was judged; what is never connected to is refused."""

    async def inner(host: str, port: int) -> list[str]:
        return ["10.0.0.8"]

    async def outer(host: str, port: int) -> list[str]:
        return ["93.184.216.34", "2606:2800:220:1::1"]

    def door(host: str, resolve: Resolve | None = None, networks: tuple[str, ...] = ()) -> tuple[str, int]:
        return with_tools(tmp_path, lambda tools: tools.connect(host, 993), networks=networks, resolve=resolve)

    assert door("mail.example", outer) == ("93.184.216.34", 993)
    assert door("mail.example", inner, ("10.0.0.0/8",)) == ("10.0.0.8", 993)
    assert door("::1", networks=("::1/128",)) == ("::1", 993)
    for host, resolve in (("mail.example", inner), ("127.0.0.1", None), ("::1", None), ("0x7f.1", None)):
        with pytest.raises(RefusedAddressError):
            door(host, resolve)


def test_a_door_that_nobody_knows(tmp_path: Path) -> None:
    """A name without an address is a sentence."""

    async def nobody(host: str, port: int) -> list[str]:
        return []

    with pytest.raises(FetchError, match="No server is known"):
        with_tools(tmp_path, lambda tools: tools.connect("mail.example", 993), resolve=nobody)
