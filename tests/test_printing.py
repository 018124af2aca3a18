"""PDF and pages for files: made whole, the same each time, of words that stay words, with nothing read or fetched."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from commsleads import printing
from commsleads.cli import main
from commsleads.contract import Document
from commsleads.errors import ReportError
from commsleads.printing import inline, page_of, pdf
from commsleads.reports.marking import quoted
from commsleads.reports.page import document_of
from commsleads.reports.wording import line
from tests.pdfs import bare, pages_of, words_of
from tests.reports.pages import HOSTILE, SVG, picture, sample


@pytest.fixture(scope="module")
def document() -> Document:
    return document_of(sample(), {})


@pytest.fixture(scope="module")
def printed(document: Document) -> bytes:
    return pdf(document.printed, document.pictures)


# --- PDF -----------------------------------------------------------------------------------------------------------


def test_a_pdf_says_what_the_page_says(printed: bytes) -> None:
    """Its words can be read out of it, with a running head and the number of each page."""
    assert printed.startswith(b"%PDF-1.7")
    first, *rest = pages_of(printed)
    said = words_of(printed)
    for words in (
        "23 stories, more than usual, where 12 to 20 were to be expected.", "The museum opens its wing", "late",
        "commsleads enquiry show 7", "First national headline since March.", "46% (33–60%)", "https://desk.example/7?a=1&b=2",
        "How these numbers are made",
    ):  # fmt: skip
        assert bare(words) in said, words
    assert f"1/{1 + len(rest)}" in bare(first)
    assert bare("Harbour Museum · Digest of the week") in bare(rest[0])
    assert bare("Week 47 · 16–22 November 2026") in bare(rest[0])


def test_it_is_named_tagged_and_its_pictures_say_their_finding(printed: bytes) -> None:
    """A title for the window, a language and a structure for those who do not see, no date that changes."""
    assert b"/Title(Comms wk 47: 23 stories)" in printed
    assert b"/Lang(en)" in printed
    assert b"/StructTreeRoot" in printed
    assert b"23 stories in week 47, against 12 to 20 expected." in printed
    assert b"/CreationDate" not in printed
    assert b"/URI(https://desk.example/7?a=1&b=2)" in printed
    assert b"javascript" not in printed


def test_same_markup_same_bytes(document: Document, printed: bytes) -> None:
    """Printed again, in another process, it is the same to the byte."""
    assert pdf(document.printed, document.pictures) == printed


def test_hostile_words_on_paper_are_words() -> None:
    """Whatever strangers wrote stands there as they wrote it; no function of Typst is called, and nothing is lost."""
    hostile = document_of(sample(HOSTILE), {})
    made = pdf(hostile.printed, hostile.pictures)
    said = words_of(made)
    assert bare('#read("/etc/passwd")') in said
    assert bare("<script>alert(1)</script>") in said
    assert "x" * 400 in said
    assert b"root:" not in made


@given(st.text(max_size=60))
@settings(max_examples=30, deadline=None)
def test_any_text_compiles_and_comes_back(words: str) -> None:
    """Read back by Typst itself, the words are the line; no mark of theirs means anything."""
    import typst

    made = quoted(words)
    found = json.loads(typst.query(f"#metadata({made}) <it>\n#{made};".encode(), "<it>", field="value", one=True))
    expected = re.sub("[\ufffe\uffff]", "\ufffd", line(words))
    assert re.sub("[\u200b\u2060]", "", found) == re.sub("[\u200b\u2060]", "", expected)


@pytest.mark.parametrize(
    "markup",
    [
        '#read("/etc/hostname")', '#read("../../../../etc/hostname")', '#import "@preview/cetz:0.3.0": *',
        "#let i = 0\n#while true { i += 1 }", "#unknown()",
    ],
)  # fmt: skip
def test_markup_that_wants_more_is_no_report(markup: str) -> None:
    """Files, packages, endless loops and mistakes end in one sentence."""
    with pytest.raises(ReportError, match=r"^The PDF could not be made\. "):
        pdf(markup)


def test_a_picture_reads_no_file(tmp_path: Path) -> None:
    """A drawing that names a file of this machine is refused."""
    secret = tmp_path / "secret.svg"
    secret.write_text(SVG, encoding="utf-8")
    evil = replace(picture(), svg=SVG.replace("</svg>", f'<image href="{secret}" width="9" height="9"/></svg>'))
    with pytest.raises(ReportError, match="could not be made"):
        pdf('#image("trend.svg")', [evil])


def test_it_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes too long is stopped, and said so."""
    monkeypatch.setattr(printing, "SECONDS", 0.9)
    # Each call is another one: what was worked out before is not worked out again.
    endless = "#let f(n) = { let i = 0; while i < 9000 { i += 1 }; none }\n#for i in range(99999) { f(i) }"
    with pytest.raises(ReportError, match=r"took longer than 0\.9 seconds"):
        pdf(endless)


def test_what_cannot_be_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """An old edition without markup, one that is too long, and a machine without Typst are told what to do."""
    with pytest.raises(ReportError, match="without pages for print: take another format"):
        pdf("")
    with pytest.raises(ReportError, match="too long"):
        pdf("x" * (printing.LARGEST + 1))
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(ReportError, match=r'pip install "commsleads\[pdf\]"'):
        pdf("words")


def test_within_a_running_loop() -> None:
    """Who asks from the web process, where a loop runs already, gets it as well."""
    import asyncio

    async def asked() -> bytes:
        return pdf("words")

    assert asyncio.run(asked()).startswith(b"%PDF")


# --- pages ---------------------------------------------------------------------------------------------------------


class Names(HTMLParser):
    """The ids of a page, and the names that something refers to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.meant: set[str] = set()
        self.images = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.images += tag == "img"
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "aria-labelledby":
                self.meant |= set((value or "").split())
            self.meant |= set(re.findall(r"url\(#([^)]*)\)", value or ""))


def test_a_page_has_its_pictures_in_it(document: Document) -> None:
    """No image is left to be fetched; each drawing is named and described; no two names are the same."""
    html = page_of(document)
    seen = Names(html)
    assert seen.images == 0
    assert html.count('role="img"') == 3
    assert len(seen.ids) == len(set(seen.ids))
    assert seen.meant <= set(seen.ids)
    assert "<desc " in html
    assert "letter-foot" not in html
    assert "cid:" not in html


def test_a_version_has_its_own_page() -> None:
    """The audience's words, with the pictures of the document; the team's where there is none for it."""
    short = replace(sample(), title="In short", sections=())
    document = document_of(sample(), {}, versions={"director": short})
    assert "In short" in page_of(document, "director")
    assert page_of(document, "analyst") == page_of(document) == page_of(document, "team")


def test_a_picture_that_is_drawn_with_its_words_keeps_them() -> None:
    """One that names itself is not named twice; one that does not gets a name and a description."""
    assert inline(picture()).count("<title") == 1
    named = SVG.replace("<svg ", '<svg role="img" aria-labelledby="t d" ').replace(
        'height="120">', 'height="120"><title id="t">T</title><desc id="d">D</desc>', 1
    )
    made = inline(replace(picture(), svg=named))
    assert made.count("<title") == made.count("<desc") == 1
    assert Names(made).meant <= set(Names(made).ids)


# --- by command ----------------------------------------------------------------------------------------------------


def test_a_report_as_pdf(tmp_path: Path) -> None:
    """`--format pdf` and a file that ends so; a PDF goes into a file."""
    settings_file = tmp_path / "config.toml"
    settings_file.write_text('[organisation]\nname = "Harbour Museum"\ntimezone = "Europe/London"\n', encoding="utf-8")

    def run(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(main, ["--config", str(settings_file), "report", "enquiries", *words])
        assert result.exit_code == code, result.output
        return result.output

    run("--out", str(tmp_path / "a.pdf"))
    assert bare("No enquiry has been logged yet") in words_of((tmp_path / "a.pdf").read_bytes())
    assert "--out FILE" in run("--format", "pdf", code=2)
