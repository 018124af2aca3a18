"""What a section of the report is made of. Every rendering prints the same blocks, each in its own way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "grey", "figures", "table", "items", "log", "bars"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """`text` and `grey` hold a paragraph; the others hold rows of words.

    figures: (name, value, what it rests on). table: cells under `head`, and
    single cells that name the rows under them. items: (what, why, command). log: (enquiry,
    how it went, a word for how it came out). bars: (name, value, length in hundredths, what it rests on).
    """

    kind: Kind
    text: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with what stands under it."""

    title: str
    blocks: tuple[Block, ...]


def section(title: str, *blocks: Block | None) -> Section:
    """A section of those blocks that are there."""
    return Section(title=title, blocks=tuple(block for block in blocks if block is not None))


def text(words: str) -> Block | None:
    """A paragraph, if there are words."""
    return Block(kind="text", text=words) if words else None


def grey(words: str) -> Block | None:
    """A note, if there are words."""
    return Block(kind="grey", text=words) if words else None


def figures(*rows: tuple[str, str, str] | None) -> Block | None:
    """Figures by name."""
    return _rows("figures", [row for row in rows if row is not None])


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Block | None:
    """A table, if it has rows."""
    return _rows("table", rows, head)


def items(rows: Iterable[tuple[str, str, str]]) -> Block | None:
    """A list of things to see to."""
    return _rows("items", rows)


def log(rows: Iterable[tuple[str, str, str]]) -> Block | None:
    """A list of enquiries."""
    return _rows("log", rows)


def bars(rows: Iterable[tuple[str, str, str, str]]) -> Block | None:
    """Steps with a bar each, the longest a hundred."""
    return _rows("bars", rows)


def _rows(kind: Kind, rows: Iterable[tuple[str, ...]], head: tuple[str, ...] = ()) -> Block | None:
    kept = tuple(rows)
    return Block(kind=kind, head=head, rows=kept) if kept else None
