"""HTML of mails as lines: what a reader sees, never markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.mail.hypertext import lines_of


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("One<br>Two<br><br>Three", "One\nTwo\n\nThree"),
        ("<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo"),
        ("a <b>bold</b> w<i>or</i>d &amp; more\n text", "a bold word & more text"),
        ("<ul><li>one<li>two</ul>", "- one\n- two"),
        ("<ol><li>one</li><li><p>two</p></li></ol>", "- one\n- two"),
        (
            "<table><tr><td>Name</td><td>Ruth</td></tr><tr><td>Outlet</td><td>Post</td></tr></table>",
            "Name Ruth\nOutlet Post",
        ),
        ("<pre>a  b\n  c</pre>", "a  b\n  c"),
        ('<a href="https://x.example/a">here</a>', "here <https://x.example/a>"),
        ('<a href="https://x.example/">x.example</a>', "x.example"),
        ('<a href="https://www.x.example/a">https://x.example/a</a>', "https://x.example/a"),
        ('<a href="mailto:r@x.example?subject=a">Ruth</a>', "Ruth <r@x.example>"),
        ('<a href="mailto:r@x.example">r@x.example</a>', "r@x.example"),
        ('<a href="javascript:alert(1)">here</a>', "here"),
        ('<a href="https://x.example/"><img src=y></a>', ""),
        ("<script>x</script><style>y</style><title>z</title><p>One<!-- no --></p>", "One"),
        ('<p>One</p><p style="display:none">no</p><p hidden>no</p><span style="font-size:0px">no</span>', "One"),
        ('<p style="font-size:0.9em">One</p>', "One"),
        ('<td style="font-size:0px"><div style="font-size:14px">One</div></td>', "One"),
        ("<blockquote>one<blockquote>two</blockquote>three</blockquote>four", "> one\n>\n>> two\n>>\n> three\n>\nfour"),
        ("a<hr>b", "a\n\n________________________________\n\nb"),
        ('One<div class="gmail_signature">Ruth</div>', "One\n--\nRuth"),
        ('One<div class="gmail_signature">-- <br>Ruth</div>', "One\n--\nRuth"),
        ("&lt;b&gt;not a tag", "<b>not a tag"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("", ""),
    ],
)
def test_html_becomes_lines(html: str, lines: str) -> None:
    """Blocks are lines, lists have dashes, links keep the addresses that say more than their words."""
    assert "\n".join(line.rstrip() for line in lines_of(html).split("\n")).strip("\n") == lines


def test_blocks_that_nest_without_end_keep_their_words() -> None:
    """A hundred thousand open blocks are read, and what follows them, too."""
    text = lines_of("<div>" * 50_000 + "deep" + "</div>" * 50_000 + "<p>after</p>")
    assert text.split() == ["deep", "after"]


def test_quotes_that_nest_without_end_stay_bounded() -> None:
    """Margins are part of what is counted."""
    assert len(lines_of("<blockquote>a" * 20_000)) < 1_000_000


@given(st.lists(st.sampled_from([
    "<p>", "</p>", "<div>", "</div>", "<blockquote>", "</blockquote>", "<a href='https://x.example'>", "</a>",
    "<li>", "<td>",
    "<pre>", "</pre>", "<b>", "</b>", "<br>", "<", ">", "&lt;", "&", "word", " ", "\n", "<!--", "-->", "<table>",
    "</table>",
    "<script>", "</script>", "<![CDATA[", "]]>", "<svg>", "<p style='display:none'>", "\x00", "é", "<template>",
    "<select>",
]), max_size=60))  # fmt: skip
def test_any_html_gives_lines(pieces: list[str]) -> None:
    """However tags are strewn, there is text, of lines, and no tag that was one."""
    text = lines_of("".join(pieces))
    assert "\r" not in text
    if "<" not in "".join(piece for piece in pieces if piece in ("<", "&lt;")):
        assert all(tag not in text for tag in ("<p>", "</div>", "<blockquote>", "<td>", "<b>"))
