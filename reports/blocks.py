"""What a section of the report is made of. Every rendering prints the same blocks, each in its own way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from commsleads.contract import Picture

Kind = Literal[
    "text", "grey", "figures", "tiles", "table", "items", "log", "bars", "lead", "headline", "picture", "cards",
    "stories",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """`text` and `grey` hold a paragraph; the others hold rows of words.

    figures: (name, value, what it rests on); tiles: the same, a few side by side and set large. table: cells under
    `head`, and single cells that name the rows under them. items: (what, why, command or address). log: (enquiry,
    how it went, a word for how it came out). bars: (name, value, length in hundredths, what it rests on). lead: a
    paragraph set larger. headline: one row (value, what it counts), `text` beneath it in grey, and a picture beside
    it, if there is one.
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
    `tag` sets it apart from the others ("high impact"); `action` is who does what about it, or ''; `detail` is what
    else there is to say, in grey."""

    title: str
    url: str
    where: str
    why: str = ""
    action: str = ""
    detail: str = ""
    tag: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading ('' for none) with what stands under it. `level` 3 is a part of the section of level 2 before it."""

    title: str
    blocks: tuple[Block, ...]
    level: int = 2


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


def section(title: str, *blocks: Block | None, level: int = 2) -> Section:
    """A section of those blocks that are there."""
    return Section(title=title, blocks=tuple(block for block in blocks if block is not None), level=level)


def lead(words: str) -> Block | None:
    """A paragraph set larger, if there are words."""
    return Block(kind="lead", text=words) if words else None


def text(words: str) -> Block | None:
    """A paragraph, if there are words."""
    return Block(kind="text", text=words) if words else None


def grey(words: str) -> Block | None:
    """A note, if there are words."""
    return Block(kind="grey", text=words) if words else None


def figures(*rows: tuple[str, str, str] | None) -> Block | None:
    """Figures by name."""
    return _rows("figures", [row for row in rows if row is not None])


def tiles(*rows: tuple[str, str, str]) -> Block | None:
    """Two to four figures side by side."""
    return _rows("tiles", rows)


def headline(value: str, counts: str, note: str = "", beside: Picture | None = None) -> Block:
    """The one figure that a reader must not miss, with what it counts."""
    return Block(kind="headline", rows=((value, counts),), text=note, picture=beside)


def picture(found: Picture | None) -> Block | None:
    """A picture, if there is one."""
    return Block(kind="picture", picture=found) if found is not None else None


def cards(found: Iterable[CardBlock]) -> Block | None:
    """Answers of campaigns, if there are any."""
    kept = tuple(found)
    return Block(kind="cards", cards=kept) if kept else None


def stories(found: Iterable[StoryBlock]) -> Block | None:
    """Stories, if there are any."""
    kept = tuple(found)
    return Block(kind="stories", stories=kept) if kept else None


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
