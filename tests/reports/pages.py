"""A page with a block of every kind, for the tests: plain, or with one text wherever a stranger's words may stand."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

from commsleads.contract import Picture
from commsleads.reports import blocks
from commsleads.reports.blocks import Block, CardBlock, Page, Section, StoryBlock

HOSTILE = (
    '<script>alert(1)</script><img src=x onerror="alert(2)"> {{ 7*7 }} `x` **y** [z](javascript:alert(3)) | a \\ # $x$ '
    '#read("/etc/passwd") \u202ereversed\u202c עברית العربية 👩‍🚀 🇺🇦 é漢字 =HYPERLINK("http://evil.example") '
    "&amp; <!-- \"' " + "x" * 400
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 380 120" width="380" height="120">'
    '<defs><clipPath id="cut"><rect width="380" height="120"/></clipPath></defs>'
    '<g clip-path="url(#cut)"><rect width="380" height="120" fill="#ffffff"/>'
    '<path d="M10 100 L80 60 L370 20" fill="none" stroke="#0b5563"/></g></svg>'
)


def png() -> bytes:
    """The smallest PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\x10\x60\x70"))
        + chunk(b"IEND", b"")
    )


def picture(name: str = "trend", words: str = "") -> Picture:
    """A picture, with its numbers."""
    return Picture(
        name=name,
        title=words or "Stories by week",
        alt=words or "23 stories in week 47, against 12 to 20 expected.",
        svg=SVG,
        png=png(),
        width=380,
        height=120,
        head=("Week", "Stories", "Expected"),
        rows=((words or "W46", "15", "9–19"), ("W47", "23", "12–20")),
    )


def sample(words: str = "") -> Page:
    """Every kind of block; `words` in the place of each text that is not the program's own."""

    def said(text: str) -> str:
        return words or text

    return Page(
        subject=said("Comms wk 47: 23 stories"),
        organisation=said("Harbour Museum"),
        kind="Digest of the week",
        title="Week 47",
        days="16–22 November 2026",
        status=said("as of Mon 23 Nov 2026, 07:00 · 14/14 sources, no gaps"),
        healthy=not words,
        verdict=(said("23 stories, more than usual, where 12 to 20 were to be expected."), said("9 leads qualified.")),
        sections=tuple(_sections(said)),
        method=(("Story", said("One event however many report it.")),),
        commands=(("Stories", said("commsleads stories --period 2026-W47")), ("All", "https://news.example/?a=1&b=2")),
    )


def _sections(said: Callable[[str], str]) -> list[Section]:
    story = StoryBlock(
        title=said("The museum opens its wing"),
        url="https://paper.example/wing?a=1&b=<2>",
        where=said("The Paper (tier 1), 18 Nov"),
        why=said("First national headline since March."),
        action=said("Press thanks the reporter."),
        detail=said("And 14 pickups."),
        picture=picture("card", said("")),
    )
    told = StoryBlock(title=said("A loan"), url="javascript:alert(4)", where=said("Radio"), tag=said("High impact"))
    card = CardBlock(
        name=said("The new wing"),
        when=said("running"),
        objective=said("Visits by families"),
        rows=((said("Whom"), said("47 journalists"), said("3 excluded")), ("What", said("Come and see"), "")),
    )
    rows = [(said("Tier"),), (said("Harbour Museum"), "23", "46% (33–60%)"), (said("Other house"), "1,270", "54%")]
    kinds: list[Block | None] = [
        blocks.text(said("A paragraph, 21–94% of it.")),
        blocks.grey(said("A note.")),
        blocks.lead(said("A larger paragraph.")),
        blocks.figures((said("Promises kept"), said("3 of 4"), said("75%, 95% interval 30–95%")), ("Nothing", "–", "")),
        blocks.figures(("Clicks", said("216 to 402 clicks by people"), "")),
        blocks.table(("Name", "Stories", "Share"), rows),
        blocks.items(((said("A decision"), said("It waits."), said("commsleads enquiry show 7")), ("Alone", "", ""))),
        blocks.items((("An address", "", "https://desk.example/7?a=1&b=2"),)),
        blocks.log(((said("E-12"), said("came Monday"), "late"), ("E-13", "came Tuesday", said("in time")))),
        blocks.bars(((said("Opened"), "14", "100", ""), (said("Qualified"), "9", "64", said("64%")))),
        blocks.bars((("W46", said("15"), "65", ""), ("W47", "23", "100", ""))),
    ]
    return [
        blocks.section("", blocks.headline("23", said("stories"), said("Week before 15."), picture("trend", said("")))),
        blocks.section("", blocks.tiles(("In time", said("9 of 10"), said("90%")), ("Open", "4", ""))),
        blocks.section("Headline", blocks.headline("7", said("leads"))),
        blocks.section("Campaign answers", blocks.cards((card,))),
        blocks.section("Coverage", blocks.stories((story, told)), blocks.picture(picture("second", said("")))),
        *(blocks.section(f"Part {place}", block, level=2 + place % 2) for place, block in enumerate(kinds)),
    ]
