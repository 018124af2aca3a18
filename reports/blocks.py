"""What a section of the report is made of. Every rendering prints the same blocks, each in its own way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from commsleads.contract import Picture

Kind = Literal[
    "text", "grey", "figures", "table", "items", "log", "bars", "lead", "headline", "picture", "cards", "stories"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """`text` and `grey` hold a paragraph; the others hold rows of words.

    figures: (name, value, what it rests on). table: cells under `head`, and
    single cells that name the rows under them. items: (what, why, command). log: (enquiry,
    how it went, a word for how it came out). bars: (name, value, length in hundredths, what it rests on). lead: a
    paragraph set larger. headline: one row (value, what it counts) and `text` beneath it in grey.
    """

    kind: Kind
    text: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    picture: Picture | None = None
    cards: tuple[CardBlock, ...] = ()
    stories: tuple[StoryBlock, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CardBlock:
    """A campaign's answers: its rows are (question, answer, detail)."""

    name: str
    when: str
    objective: str = ""
    rows: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryBlock:
    """A story: headline, address ('' if a reader must not be sent there), outlet with tier and date, why it matters.
    `tag` sets it apart from the others ("high impact"); `action` is who does what about it, or ''."""

    title: str
    url: str
    where: str
    why: str = ""
    action: str = ""
    tag: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading ('' for none) with what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole report, ready to be printed in every rendering: `page.rendered` does it.

    `verdict` are the sentences that can be forwarded alone. `method` are (name, words), `commands` (what, command or
    address). `language` is that of the words.
    """

    subject: str
    organisation: str
    kind: str
    title: str
    days: str
    status: str
    healthy: bool
    verdict: tuple[str, ...]
    sections: tuple[Section, ...]
    method: tuple[tuple[str, str], ...] = ()
    commands: tuple[tuple[str, str], ...] = ()
    language: str = "en"


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
