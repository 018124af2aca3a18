"""Plain text out of hostile HTML, and the folded form that rules compare."""

from __future__ import annotations

import gzip
import html
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads import text

CORPUS = Path(__file__).resolve().parents[1] / "../shared/corpus"

# Markup as feeds have it, whole and broken, common and hostile: what hypothesis builds fragments from.
MARKUP = [
    "<p>", "</p>", "<P>", "<br>", "<br/>", "<br />", "</br>", "<b>", "</b>", "<i>", "</i>", "<em>", "</em>", "<a>",
    "</a>", '<a href="https://news.example/a?b=1&amp;c=2">', "<a href='x'>", "<a href=x>", '<a title="a > b">',
    '<a title="a < b">', '<a ="b c=" d>', '<a x=a"b c="d>', '<a\xa0b="c">', '<a b="c"d="e">', '<p/ a="b">', "<p\n>",
    '<img src="x" alt="y"/>', "<img>", "</img>", "<ul>", "<li>", "</li>", "</ul>", "<div>", "</div>",
    '<div class="x">', "<h2>", "</h2>", "<script>", "</script>", "<style>", "</style>", "<!--", "-->", "<!-->",
    "<![CDATA[", "]]>", "<table>", "<td>", "</td>", "<svg>", "</svg>", "<svg/onload=a()>", "<x/onclick=1>",
    "<textarea>", "</textarea>", "<title>", "</title>", "<template>", "<math>", "<plaintext>", "<", ">", "</", "<?",
    "<!", "&amp;", "&lt;", "&gt;", "&lt;b&gt;", "&amp;lt;", "&nbsp;", "&eacute;", "&#8217;", "&#x202e;", "&#0;",
    "&copy", "&", "&bogus;", "é", "“so”", "\x00", "\x07", "\r\n", "\n", "\t", "\xa0", "\u202e", "\u200b", "\xad",
    "\ud800", "漢字", "word", " ", "a", "=", '"', "'",
]  # fmt: skip
fragments = st.lists(st.sampled_from(MARKUP), max_size=14).map("".join)


@pytest.mark.parametrize(
    ("fragment", "words"),
    [
        ("", ""),
        ("just words", "just words"),
        ("<p>One.</p>\n<p>Two.</p>", "One. Two."),
        ("<p>One</p><p>Two</p>", "One Two"),
        ("<b>W</b>ord and <em>Acme</em>'s, <a href=\"https://a.example/\">so</a>.", "Word and Acme's, so."),
        ("one<br>two<br/>three<img src=\"x\">four", "one two three four"),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("AT&amp;T &lt;b&gt; &eacute;", "AT&T <b> é"),
        ("&amp;lt;", "&lt;"),
        ("a < b and c > d", "a < b and c > d"),
        ("I <3 you", "I <3 you"),
        ("tea<script>alert('no')</script> time<style>p{}</style>", "tea time"),
        ("x<!-- <p>no</p> -->y", "xy"),
        ("<!--><img src=x onerror=alert(1)>-->z", "-->z"),
        ("<svg/onload=alert(1)>gone</svg>here", "here"),
        ("<noscript>no</noscript><iframe>no</iframe><template>no</template>yes", "yes"),
        ("<textarea><script>x</script></textarea>yes", "yes"),
        ("<![CDATA[<b>inner</b> words]]>", "inner words"),
        ("cut in a tag <img src=\"https://cdn.exam", "cut in a tag"),
        ('<img alt="a > b" src="x">c', "c"),
        ("nul\x00 bell\x07 turned\u202etxt\u2066", "nul bell turnedtxt"),
        ("soft\xadhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("  a \n\t b\xa0\u2003c\u2028d ", "a b c d"),
        ("half \ud800 surrogate", "half surrogate"),
        ("<p>half \ud800 surrogate<x>", "half surrogate"),
    ],
)  # fmt: skip
def test_plain_gives_the_words_of_a_fragment(fragment: str, words: str) -> None:
    """Tags go, blocks part words, inline tags do not, and what nobody can see is gone."""
    assert text.plain(fragment) == words


@given(fragments)
def test_short_way_and_parser_agree(fragment: str) -> None:
    """Whatever the gate lets through reads the same by lexbor."""
    left = text._BLOCK_TAG.sub("\n", text._INLINE_TAG.sub("", fragment))
    if "<" not in left and ">" not in left:
        assert text.plain(fragment) == text._tidy(text._parsed(fragment.replace("\x00", "")))


@given(st.lists(st.sampled_from([m for m in MARKUP if m != "<" and "&" not in m]), max_size=14).map("".join))
def test_no_markup_survives(fragment: str) -> None:
    """Without entities and lone angles in it, nothing of a tag is left in the output."""
    tag = r"<(?:p|b|i|a|br|img|div|script|style|svg|x|li|ul|table|td|title|textarea)\b"
    assert not re.search(tag, text.plain(fragment), re.IGNORECASE)


@given(fragments | st.text())
def test_plain_is_one_clean_line(fragment: str) -> None:
    """Single spaces, none at the ends, no control characters, at most so long."""
    found = text.plain(fragment)
    assert found == " ".join(found.split())
    assert len(found) <= text.LONGEST
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in found)
    assert not set(found) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff")


def test_long_texts_are_cut() -> None:
    """A text is cut at its limit on either way."""
    assert len(text.plain("a " * 200_000)) <= text.LONGEST
    assert len(text.plain("<x>" + "a " * 200_000)) <= text.LONGEST


@pytest.mark.parametrize(
    "fragment",
    ["<b>" * 100_000, "<div>" * 60_000 + "x", "<" * 300_000, "<a " * 100_000, '<p x="' * 60_000, "<a" + " " * 300_000,
     "&" * 300_000, "<!--" * 100_000, "<a href='" * 50_000, "<b><i><p>" * 10_000, "<table><td>" * 20_000],
)  # fmt: skip
def test_built_to_hurt(fragment: str) -> None:
    """Deep nesting and endless openings are read in linear time, without an error."""
    text.plain(fragment)
    text.title(fragment)
    assert text.links(fragment) == []


def test_corpus_feeds_leave_no_tags() -> None:
    """Every escaped body in the captured feeds becomes one clean line, the same by the short way and by the parser."""
    folder = CORPUS / "feeds/captured"
    if not folder.is_dir():
        pytest.skip("../shared/corpus is not here")
    short = 0
    for path in sorted(folder.iterdir()):
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        source = raw.decode("utf-8", "replace")
        bodies = [html.unescape(b) for b in re.findall(r"<description>(.{20,20000}?)</description>", source, re.DOTALL)]
        bodies += re.findall(r"<!\[CDATA\[(.{20,20000}?)\]\]>", source, re.DOTALL)
        for body in bodies[:12]:
            found = text.plain(body)
            assert found.isprintable() or not found.isascii()
            left = text._BLOCK_TAG.sub("\n", text._INLINE_TAG.sub("", body))
            if "<" not in left and ">" not in left:
                short += 1
                assert found == text._tidy(text._parsed(body))[: text.LONGEST].rstrip()
    assert short > 300


@pytest.mark.parametrize(
    ("fragment", "line"),
    [
        ("Plain headline", "Plain headline"),
        ("AT&T", "AT&T"),
        ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;T", "AT&T"),
        ("a < b", "a < b"),
        ("Tom &amp;#8217;s", "Tom ’s"),
        ("<b>Acme</b> wins", "Acme wins"),
        ("&lt;b&gt;Acme&lt;/b&gt;", "<b>Acme</b>"),
        ("  two\nlines\t", "two lines"),
        ("turned\u202e round", "turned round"),
        ("", ""),
    ],
)
def test_title_is_one_line(fragment: str, line: str) -> None:
    """A headline is read once more when it was escaped once too often."""
    assert text.title(fragment) == line


def test_long_titles_end_in_an_ellipsis() -> None:
    """A headline is cut at its limit, and shows it."""
    assert text.title("x" * 501) == "x" * 499 + "…"
    assert text.title("x" * 500) == "x" * 500


@pytest.mark.parametrize(
    ("fragment", "found"),
    [
        ("no links", []),
        ('<a href="https://a.example/x?a=1&amp;b=2">x</a>', ["https://a.example/x?a=1&b=2"]),
        ("<A HREF='http://a.example/'>x</A> <a class=k href=https://b.example/y>", ["http://a.example/", "https://b.example/y"]),
        ('<a href="/relative"><a href="mailto:a@b.example"><a href="javascript:alert(1)"><a href="//c.example/">', []),
        ('<a href="https://a.example/"><a href="https://a.example/">', ["https://a.example/"]),
        ('<abbr href="https://a.example/">', []),
        ('<a href="https://a.example/\u202e">', []),
        ('<a href="https://a.example/a b">', []),
        ('<a href="https://\\\\a.example/">', []),
        ('<a data-href="https://a.example/">', []),
    ],
)  # fmt: skip
def test_links_are_absolute_and_distinct(fragment: str, found: list[str]) -> None:
    """Only web addresses that anchors lead to, each once."""
    assert text.links(fragment) == found


def test_links_are_limited() -> None:
    """Of a thousand links the first fifty."""
    fragment = "".join(f'<a href="https://a.example/{n}">' for n in range(1_000))
    assert text.links(fragment) == [f"https://a.example/{n}" for n in range(50)]
    assert len(text.links(fragment, limit=3)) == 3


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Müller GmbH", "muller gmbh"),
        ("L’Oréal", "l'oreal"),
        ("“Acme” – the best", '"acme" - the best'),
        ("ØRSTED Łódź Æon straße İstanbul ıslak", "orsted lodz aeon strasse istanbul islak"),
        ("e\u0301clat", "eclat"),
        ("Ёлка, йод", "елка, йод"),
        ("Ελλάδα ΣΊΣΥΦΟΣ", "ελλαδα σισυφοσ"),
        ("ﬁnance Ｆｕｌｌ １２", "finance full 12"),
        ("が か\u3099 한국", "が が 한국"),
        ("हिन्दी", "हिन्दी"),
        ("كِتاب كتــاب", "كتاب كتاب"),
        ("שָׁלוֹם", "שלום"),
        ("a\xa0b\u2028c  d\te", "a b c d e"),
        ("co\xadop", "coop"),
    ],
)
def test_fold(written: str, folded: str) -> None:
    """Case, accents and typography go; letters of other scripts keep what is theirs."""
    assert text.fold(written) == folded


@given(st.text() | st.text(alphabet="éÉßﬁİıŁøæ’“—\u0301\u3099か\u0345ΐΰᾳ\u200d\xa0aA 한ᄒ"))
def test_folding_twice_changes_nothing(written: str) -> None:
    """A folded text is its own fold, on one line."""
    folded = text.fold(written)
    assert text.fold(folded) == folded
    assert folded == " ".join(folded.split())


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_folding_does_not_depend_on_normal_form(written: str) -> None:
    """Composed and decomposed spellings fold alike."""
    assert text.fold(unicodedata.normalize("NFC", written)) == text.fold(unicodedata.normalize("NFD", written))


def test_folding_forgets_runs_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The memory of runs is bounded, and forgetting changes no answer."""
    monkeypatch.setattr(text, "_RUNS_KEPT", 3)
    text._runs.clear()
    assert [text.fold(c) for c in "éèêëàé"] == list("eeeeae")
    assert len(text._runs) <= 3


def test_the_codec_handler_is_for_encoding_only() -> None:
    """Used for anything else it passes the error on."""
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", "commsleads.fold")


def test_what_is_all_tags_is_read_to_a_bound() -> None:
    """A hundred thousand open tags would keep a parser busy for a minute; words before the bound are there."""
    page = "<title>t</title><p>Words before" + "<div>" * 100_000 + "words behind"
    assert text.plain(page) == "Words before"
    assert text.plain("<title>t</title>" + "<p>word</p>" * 9_000).count("word") == 9_000
