"""One page in four renderings: each says everything, in order, and nothing that it says does anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commsleads.printing import page_of
from commsleads.reports import blocks
from commsleads.reports.blocks import Block, Page
from commsleads.reports.marking import coded, literal, quoted
from commsleads.reports.page import Rendered, document_of, rendered
from commsleads.reports.wording import columns, line
from tests.reports.pages import HOSTILE, picture, sample


@pytest.fixture(scope="module")
def plain() -> Rendered:
    return rendered(sample())


@pytest.fixture(scope="module")
def hostile() -> Rendered:
    return rendered(sample(HOSTILE))


class Elements(HTMLParser):
    """Every element with its attributes, and the words between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def named(self, *tags: str) -> list[dict[str, str]]:
        return [attrs for tag, attrs in self.found if tag in tags]


def flat(text: str) -> str:
    return " ".join(text.split())


def words_of(page: Page) -> Iterator[str]:
    """Every word that a page holds, in its order, but those of pictures."""
    yield from (page.organisation, page.kind, page.title, page.days, page.status, *page.verdict)
    for section in page.sections:
        yield section.title
        for block in section.blocks:
            yield from _words(block)
    for pair in (*page.method, *page.commands):
        yield from pair


def _words(block: Block) -> Iterator[str]:
    yield block.text
    yield from block.head
    for row in block.rows:
        yield from (cell for place, cell in enumerate(row) if block.kind != "bars" or place != 2)
    for card in block.cards:
        yield from (card.name, card.when, card.objective, *(cell for row in card.rows for cell in row))
    for story in block.stories:
        yield from (story.title, story.where, story.why, story.action, story.detail, story.tag)


# --- the same in every rendering -----------------------------------------------------------------------------------


def test_every_kind_of_block_is_in_every_rendering(plain: Rendered) -> None:
    """Each word of each block stands in text, HTML, Markdown and markup for print; no kind is forgotten."""
    page = sample()
    used = {block.kind for section in page.sections for block in section.blocks}
    assert used == set(blocks.Kind.__args__)  # type: ignore[attr-defined]
    text = flat(plain.text.replace("\\\n", ""))
    html = flat("".join(Elements(plain.html).words))
    markdown = re.sub(r"\\(.)", r"\1", plain.markdown)
    printed = re.sub("[\u200b\u2060]", "", plain.printed).replace('\\"', '"')
    for words in filter(None, words_of(page)):
        assert flat(words).casefold() in text.casefold(), words
        assert flat(words) in html, words
        assert words in markdown, words
        assert words in printed, words


def test_the_order_is_that_of_the_page(plain: Rendered) -> None:
    """The headings follow one another as the sections do, in each rendering."""
    heads = [section.title for section in sample().sections if section.title]
    level = {section.title: section.level for section in sample().sections}
    found = re.findall(r"<h([23])[^>]*>([^<]*)</h", plain.html)
    assert [name for _, name in found if name in level] == heads
    assert all(int(depth) == level[name] for depth, name in found if name in level)
    assert [name for name in re.findall(r"(?m)^#{2,3} (.*)$", plain.markdown) if name in level] == heads
    assert [name for name in re.findall(r'#heading\(level: \d, "([^"]*)"\)', plain.printed) if name in level] == heads
    lines = plain.text.splitlines()
    under = [lines[place - 1] for place, one in enumerate(lines) if re.fullmatch("-{3,}", one)]
    assert under[:-1] == [name.upper() if level[name] == 2 else name for name in heads]


def test_same_page_same_bytes(plain: Rendered) -> None:
    """Printed again, it is the same."""
    assert rendered(sample()) == plain


def test_pictures_go_with_it_each_once(plain: Rendered) -> None:
    """Every picture that is shown is handed over; one name is one picture."""
    assert [one.name for one in plain.pictures] == ["trend", "card", "second"]
    twice = replace(
        sample(), sections=(*sample().sections, blocks.section("", blocks.picture(replace(picture(), svg="<svg/>"))))
    )
    with pytest.raises(ValueError, match="trend"):
        rendered(twice)


def test_a_document_with_versions() -> None:
    """Other audiences get a page of their own, and all pictures are those of one document."""
    short = replace(sample(), sections=(blocks.section("", blocks.picture(picture("extra"))),), subject="Short")
    document = document_of(sample(), {"n": 1}, versions={"director": short})
    (version,) = document.versions
    assert (version.audience, version.subject, document.subject) == ("director", "Short", "Comms wk 47: 23 stories")
    assert [one.name for one in document.pictures] == ["trend", "card", "second", "extra"]
    assert "cid:extra" in version.html
    assert "cid:extra" not in document.html


def test_a_page_of_nothing() -> None:
    """A page without sections, verdict, method or commands is a page."""
    bare = replace(sample(), sections=(), verdict=(), method=(), commands=())
    made = rendered(bare)
    assert "Week 47" in made.text
    assert "<h2" not in made.html
    assert "How these numbers are made" not in made.markdown + made.printed + made.text


# --- words that would be more --------------------------------------------------------------------------------------


def test_hostile_words_in_html_are_words(hostile: Rendered) -> None:
    """No element and no attribute comes from a stranger; a link leads to http or https only."""
    for html in (hostile.html, page_of(document_of(sample(HOSTILE), {}))):
        seen = Elements(html)
        assert not seen.named("script", "iframe", "object", "form", "link", "base", "embed")
        assert not [one for _, attrs in seen.found for one in attrs if one.startswith("on")]
        assert all(attrs["src"].startswith("cid:") for attrs in seen.named("img"))
        assert {attrs["href"].split(":")[0] for attrs in seen.named("a")} == {"https"}
        assert "{{ 7*7 }}" in html
        assert "\u202e" not in html
    assert "<img src=x" not in hostile.html


def test_hostile_words_in_markdown_are_words(hostile: Rendered) -> None:
    """Outside of code nothing is markup: no raw HTML, no link of theirs, no row that a bar breaks."""
    outside = re.sub(r"`+[^`].*", "", hostile.markdown)
    assert not re.search(r"(?<!\\)<(?!https://)", outside)
    assert not re.search(r"(?<!\\)\]\(javascript", outside)
    widths = {len(re.findall(r"(?<!\\)\|", row)) for row in hostile.markdown.splitlines() if row.startswith("|")}
    assert widths == {4}


def test_text_is_narrow_whatever_it_holds(plain: Rendered, hostile: Rendered) -> None:
    """No line is wider than mail programs show, but an address or a command that must stay whole."""
    assert max(columns(one) for one in plain.text.splitlines()) <= 78
    for one in hostile.text.splitlines():
        assert columns(one) <= 78 or "http" in one or "x" * 400 in one, one
    assert "\u202e" not in hostile.text


@given(st.text(max_size=120))
@settings(max_examples=80, deadline=None)
def test_any_text_is_text_in_html(words: str) -> None:
    """What a browser reads is the words, and their marks make no element."""
    page = Page(
        subject="s", organisation="o", kind="k", title="t", days="d", status="s", healthy=True, verdict=(),
        sections=(blocks.section("", blocks.text(f"begin {line(words)} end")),),
    )  # fmt: skip
    seen = Elements(rendered(page).html)
    assert flat(f"begin {line(words)} end") in flat("".join(seen.words))
    assert len(seen.named("p")) == 1


@given(st.text(max_size=120))
@settings(max_examples=200, deadline=None)
def test_any_text_is_one_string_of_typst(words: str) -> None:
    """It begins and ends with the only quotation marks that are not escaped, and read back it is the line."""
    for made, seen in ((literal(words), line(words)), (quoted(words), line(words))):
        assert re.fullmatch(r'"(?:[^"\\]|\\["\\])*"', made)
        back = re.sub(r'\\(["\\])', r"\1", made[1:-1])
        assert re.sub("[\u200b\u2060]", "", back) == re.sub(
            "[\u200b\u2060]", "", re.sub("[\ufffe\uffff]", "\ufffd", seen)
        )


@given(st.text(alphabet="`ab |\\<>", max_size=30))
def test_any_command_is_code(words: str) -> None:
    """The fence is longer than any run of backticks in it."""
    made = coded(f"x{words}")
    fence = re.match("`+", made)
    assert fence is not None
    assert made.endswith(fence[0])
    assert fence[0] not in made[len(fence[0]) : -len(fence[0])].strip()


# --- for eyes, ears and mail programs ------------------------------------------------------------------------------


def test_a_screen_reader_finds_its_way(plain: Rendered) -> None:
    """One first heading, no level left out, a language, tables of layout that are none, heads of rows and columns."""
    seen = Elements(plain.html)
    levels = [int(tag[1]) for tag, _ in seen.found if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert seen.named("html")[0]["lang"] == "en"
    assert all(attrs["alt"] for attrs in seen.named("img"))
    assert all(attrs["scope"] in {"col", "row", "colgroup"} for attrs in seen.named("th"))
    data = [attrs for attrs in seen.named("table") if attrs.get("role") != "presentation"]
    assert {attrs["class"].split()[0] for attrs in data} == {"data"}


def test_mail_programs_keep_its_look(plain: Rendered) -> None:
    """Style stands in the elements, nothing is fetched, the rules for dark and for telephones are kept."""
    assert "!important" in plain.html
    assert "@media (prefers-color-scheme: dark)" in plain.html
    assert "@media (max-width: 520px)" in plain.html
    assert not re.search(r"url\((?!#)|@import|@font-face|https?://(?!paper|desk|news)", unescape(plain.html))
    seen = Elements(plain.html)
    assert all("style" in attrs for attrs in seen.named("td", "th", "h1", "h2", "p", "a"))
    assert plain.html.index('<meta charset="utf-8">') < 500, "within the first 1,024 bytes"
    assert plain.html.count("<!--letter-foot-->") == 1


def test_figures_stand_right_and_long_values_beneath(plain: Rendered) -> None:
    """A column of figures is set right; a long value has a row's width instead of squeezing its name."""
    assert re.search(r'<td class="c n" style="[^"]*text-align:right[^"]*">23</td>', plain.html)
    assert re.search(r'<td class="c end"[^>]*><b>216 to 402 clicks by people</b>', plain.html)
    assert re.search(r'<td class="c v"[^>]*>–</td>', plain.html)


def test_an_interval_is_not_broken(plain: Rendered) -> None:
    """No line ends within 21–94%, on a page or on paper."""
    assert re.search(r'<span class="nb" style="white-space:nowrap">21–94%</span>', plain.html)
    assert "21\u2060–\u206094%" in plain.printed
