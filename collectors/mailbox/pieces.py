"""Mails as they came, and how they become signals: the same for a server and for files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from commsleads.contract import Letter, ParseError, Signal, SignalKind, Tools, Unread

CUT = 262_144
"""Bytes that are read of a mail that is too large: its head and, mostly, its words."""
KEPT = 65_536
"""Bytes that are kept of a mail that could not be read."""
MOUTHFUL = 25
LOAD = 16_000_000
"""So many mails, or bytes, are held in memory before they are made into letters."""


class Piece(NamedTuple):
    """One mail as it came. `size` is how long it is; `raw` may be its beginning only. `why` says that it is broken."""

    raw: bytes
    size: int
    place: str
    extra: Mapping[str, str]
    why: str = ""


class Harvest:
    """What one poll has brought so far."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self.signals: list[Signal] = []
        self.unread: list[Unread] = []
        self.notes: list[str] = []
        self.size = 0

    @property
    def count(self) -> int:
        return len(self.signals) + len(self.unread)

    async def take(self, pieces: Sequence[Piece]) -> set[str]:
        """Make letters of these; the `place` of each that could not be read."""
        whole = [piece for piece in pieces if not piece.why]
        letters = iter(await self._tools.letters([piece.raw for piece in whole]) if whole else ())
        lost = set[str]()
        for piece in pieces:
            self.size += len(piece.raw)
            read = ParseError(piece.why) if piece.why else next(letters)
            if isinstance(read, ParseError):
                self.unread.append(_unread(piece, str(read)))
                lost.add(piece.place)
            else:
                self.signals.append(_signal(piece, read))
        return lost

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)


def full(pieces: Sequence[Piece]) -> bool:
    """Whether it is time to make letters of them."""
    return len(pieces) >= MOUTHFUL or sum(len(piece.raw) for piece in pieces) >= LOAD


def digest(raw: bytes) -> str:
    """What tells a mail without a Message-ID from others: its bytes, whatever the line ends."""
    from hashlib import sha256

    return sha256(raw.replace(b"\r\n", b"\n").strip(b"\n"), usedforsecurity=False).hexdigest()[:32]


def _signal(piece: Piece, letter: Letter) -> Signal:
    sha = digest(piece.raw)
    if len(piece.raw) < piece.size:
        said = (
            f"Of {piece.size:,} bytes only the first {len(piece.raw):,} were read: the mail is larger than max_message."
        )
        letter = replace(letter, damage=(*letter.damage, said))
    return Signal(
        external_id=letter.message_id or f"sha:{sha}",
        kind=SignalKind.MESSAGE,
        letter=letter,
        extra={**piece.extra, "sha": sha},
    )


def _unread(piece: Piece, why: str) -> Unread:
    name = f"sha:{digest(piece.raw)}" if piece.raw else piece.place
    return Unread(external_id=name, why=why, body=piece.raw[:KEPT], size=piece.size)
