"""Bodies, unpacked as they come and never beyond a limit.

A gzip of 204 KB can hold 200 MB, and a library that unpacks before it counts has lost by then. Here each piece is
unpacked in bounded steps and the counting stops the transfer. `br` and `zstd` are not asked for and not read: no
bounded unpacker for them is at hand everywhere.
"""

from __future__ import annotations

import zlib
from typing import Protocol

from commsleads.errors import FetchError, TooLargeError

STEP = 262_144
"""Bytes that one step may unpack."""
_PLAIN = frozenset({"", "identity"})
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})
_REFUSED = frozenset({"br", "zstd", "compress", "x-compress", "dcb", "dcz"})


class Body(Protocol):
    """Takes the pieces of a body. `feed` raises `FetchError` when there are too many bytes or they are damaged."""

    def feed(self, piece: bytes) -> None: ...

    def finish(self) -> bytes:
        """All of it; raises `FetchError` when it ended too early."""
        ...

    def drop(self) -> None:
        """Let go of what has come."""
        ...


def body(encoding: str, limit: int) -> Body:
    """What takes a body of this Content-Encoding. An encoding that nobody knows is taken as none: servers write
    `utf-8` and `none` there, and the parser will see."""
    layers = [name for name in encoding.lower().replace(" ", "").split(",") if name not in _PLAIN]
    if len(layers) == 1 and layers[0] in _PACKED:
        return Packed(layers[0], limit)
    if not _PACKED.isdisjoint(layers) or not _REFUSED.isdisjoint(layers):
        raise FetchError(
            f"The server packed its answer as {encoding[:40]!r}, but only gzip and deflate were asked for."
        )
    return Plain(limit)


def too_large(limit: int) -> FetchError:
    size = f"{limit / 1_000_000:g} MB" if limit >= 1_000_000 else f"{limit:,} bytes"
    return TooLargeError(
        f"The answer is larger than {size} ([fetch] max_bytes) and was not read to its end. "
        "If this address really gives that much, raise the limit.",
        quarters=4,
    )


class Plain:
    __slots__ = ("_left", "_limit", "_taken")

    def __init__(self, limit: int) -> None:
        self._limit = self._left = limit
        self._taken = bytearray()  # and not a list: a server may send its body two bytes at a time

    def feed(self, piece: bytes) -> None:
        self._left -= len(piece)
        if self._left < 0:
            raise too_large(self._limit)
        self._taken += piece

    def finish(self) -> bytes:
        return bytes(self._taken)

    def drop(self) -> None:
        self._taken = bytearray()


class Packed:
    """gzip or deflate, also several gzip members in a row, also `deflate` without its header, as some send it."""

    __slots__ = ("_begun", "_engine", "_left", "_limit", "_name", "_raw", "_taken")

    def __init__(self, name: str, limit: int) -> None:
        self._name = name
        self._limit = self._left = self._raw = limit
        self._engine: zlib._Decompress | None = None
        self._begun = False
        self._taken = bytearray()

    def feed(self, piece: bytes) -> None:
        self._raw -= len(piece)
        if self._raw < 0:
            raise too_large(self._limit)
        while piece:
            engine = self._engine or self._open(piece)
            if engine is None:
                return
            piece = self._step(engine, piece)

    def finish(self) -> bytes:
        if self._engine is not None and not self._engine.eof:
            raise FetchError("The packed answer broke off before its end. It will be asked for again.")
        return bytes(self._taken)

    def drop(self) -> None:
        self._taken = bytearray()

    def _open(self, piece: bytes) -> zlib._Decompress | None:
        """Begin a stream; None when what follows a finished one is only padding."""
        if self._begun and piece[:1] != b"\x1f":
            return None
        if self._name == "deflate":
            # A zlib header is 8 in its low half and divisible by 31; without one it is bare deflate.
            framed = len(piece) > 1 and piece[0] & 15 == 8 and int.from_bytes(piece[:2]) % 31 == 0
            self._engine = zlib.decompressobj(15 if framed else -15)
        else:
            self._engine = zlib.decompressobj(31)
        self._begun = True
        return self._engine

    def _step(self, engine: zlib._Decompress, piece: bytes) -> bytes:
        """Unpack one bounded step; what is left of the piece."""
        try:
            out = engine.decompress(piece, STEP)
        except zlib.error as error:
            raise FetchError(f"The packed answer ({self._name}) is damaged. It will be asked for again.") from error
        self._left -= len(out)
        if self._left < 0:
            raise too_large(self._limit)
        self._taken += out
        if engine.eof:
            rest = engine.unused_data
            if rest:
                self._engine = None
            return rest
        return engine.unconsumed_tail
