"""Broken, mislabelled and hostile documents: read as far as they go, with a word, or refused with a sentence."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.collectors.feeds.charsets import as_utf8
from commsleads.collectors.feeds.fast import read_fast
from commsleads.collectors.feeds.reading import KEPT, MOST, heavy
from commsleads.collectors.feeds.reference import read_reference
from commsleads.collectors.feeds.signals import LONGEST_ID, Feed
from commsleads.contract import CollectError, ParseError
from tests.collectors.corpus import captured, cases, needs_corpus
from tests.collectors.kit import NOW, atom, feed_of, one, rss

A = "<title>A</title><link>https://paper.example/a</link>"
B = "<title>B</title><link>https://paper.example/b</link>"


def titles(feed: Feed) -> list[str]:
    return [signal.title for signal in feed.signals]


@pytest.mark.parametrize(
    "content",
    [
        rss("<title>A & B</title>" + A[16:]),
        b"\n\n  " + rss("<title>A &amp;amp; B</title>" + A[16:]),
        b"<br />\n<b>Warning</b>: mysql in <b>/var/x.php</b><br />\n" + rss("<title>A & B</title>"),
        rss("<title>A & B</title><description>x\x01y\x08</description>"),
        rss("<title>A & B</title><description>caf&eacute;</description>"),
    ],
)
def test_mendable_damage_is_mended(content: bytes) -> None:
    """A bare ampersand, blanks and notices before the feed, control characters, HTML entities: the item is read."""
    feed = feed_of(content)
    assert [title.replace("&amp;", "&") for title in titles(feed)] == ["A & B"]
    assert all(letter not in feed.signals[0].body for letter in "\x00\x01\x08")


def test_mended_damage_is_noted() -> None:
    """A feed that is not well-formed says so; one in order says nothing."""
    assert "not well-formed" in feed_of(rss("<title>A & B</title>")).note
    assert feed_of(rss(A)).note == ""


def test_a_feed_cut_off_loses_its_last_item_only() -> None:
    """Wherever a feed ends in the middle, no half item becomes a signal, and what is missing is said."""
    whole = rss(f"<guid>1</guid>{A}", f"<guid>2</guid>{B}")
    first, second = whole.index(b"</item>"), whole.rindex(b"<item>")
    for end in range(second + 6, len(whole) - len("</item></channel></rss>"), 7):
        feed = feed_of(whole[:end])
        assert [signal.external_id for signal in feed.signals] == ["1"]
        assert (feed.complete, "ends in the middle" in feed.note) == (False, True)
    with pytest.raises(ParseError):
        feed_of(whole[: first - 30][: whole.index(b"<item>")])


SERVERS = ["", "utf-8", "iso-8859-1", "us-ascii", "bogus", "zlib", "punycode", "windows-1252"]
WRITTEN = [
    (charset, declared, label)
    for charset in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "windows-1252", "iso-8859-15")
    for declared in (True, False)
    for label in SERVERS
    # nothing tells Latin-9 from Windows-1252 but a label, and a label that can be true is taken for true
    if not (charset == "iso-8859-15" and (not declared or label in {"iso-8859-1", "windows-1252"}))
    and not (charset == "windows-1252" and label == "iso-8859-1")
]


@pytest.mark.parametrize(("charset", "declared", "label"), WRITTEN)
def test_charsets_are_found_out(charset: str, declared: bool, label: str) -> None:
    """The words come out right in whichever charset they are, whatever the server calls it, if it can be known."""
    words = "Café Ünï €" if charset == "iso-8859-15" else "Café “Ünï” €"
    name = charset.removesuffix("-sig")
    text = rss(f"<title>{words}</title>").decode()
    text = text.replace('"1.0"?>', f'"1.0" encoding="{name}"?>' if declared else '"1.0"?>', 1)
    assert one(text.encode(charset), charset=label).title == words


def test_stray_bytes_do_not_spoil_the_rest() -> None:
    """One Windows-1252 byte in a long UTF-8 feed is mended; the feed stays UTF-8."""
    content = rss(*(f"<title>Café {n} für Ünïcode</title>" for n in range(9))).replace(b"fer", b"")
    content = content.replace("Café 3".encode(), b"Caf\xe9 3")
    assert titles(feed_of(content))[3] == "Café 3 für Ünïcode"


def test_text_encoded_twice_is_repaired() -> None:
    """A title that went through UTF-8 twice comes out as it was meant."""
    assert one(rss("<title>CafÃ©</title>")).title == "Café"


def test_windows_apostrophes_are_repaired() -> None:
    """A control character that stands for a Windows-1252 apostrophe becomes one."""
    assert one(rss("<title>don&#146;t</title><description>can&#146;t</description>"))[2:4] == ("don’t", "can’t")


@given(st.binary(max_size=200) | st.text(max_size=80).map(str.encode), st.sampled_from(["", "utf-8", "latin-1", "x"]))
def test_any_bytes_have_a_charset(content: bytes, label: str) -> None:
    """Finding out the charset never fails, and what is called UTF-8 is."""
    mended, charset = as_utf8(content, label)
    if charset == "utf-8" and not content.isascii() and label != "utf-8":
        mended.decode()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty answer"),
        (b" \n ", "empty answer"),
        (b"<!DOCTYPE html><html><head><title>Consent</title></head><body>Accept</body></html>", "web page"),
        (b"<html><body><item><title>A</title></item></body></html>", "web page"),
        (b'{"error": "no such feed"}', "not a JSON Feed"),
        (b"[" * 100_000, "not a feed"),
        (b'{"version": ' + b"[" * 100_000, "not a JSON Feed"),
        (b"just words", "not a feed"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not a feed"),
        (b"<?xml version='1.0'?><urlset><url><loc>https://a.example/</loc></url></urlset>", "not a feed"),
        (b'<?xml version="1.0"?><opml version="1.0"><body/></opml>', "not a feed"),
    ],
)
def test_what_is_no_feed_is_refused_with_words(content: bytes, word: str) -> None:
    """A page, an empty answer, other data: a sentence for a person, and the answer kept aside."""
    with pytest.raises(ParseError, match=word) as caught:
        feed_of(content, media_type="text/html")
    assert caught.value.body == content[:KEPT]
    assert caught.value.media_type == "text/html"


def test_a_feed_without_items_is_no_error() -> None:
    """A feed with nothing in it is a feed."""
    assert feed_of(rss()).signals == []
    assert feed_of(rss()).note == ""
    assert feed_of(atom()).signals == []


def test_a_page_quoted_in_a_feed_is_no_page() -> None:
    """Markup of a page inside an item does not make the feed a page."""
    assert len(feed_of(rss(f"{A}<description><![CDATA[<html><body>x</body></html>]]></description>")).signals) == 1


def test_entities_do_no_harm() -> None:
    """A billion laughs and an outside entity come to nothing, soon."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    for subset in (f'<!ENTITY l0 "ha">{laughs}', '<!ENTITY l11 SYSTEM "file:///etc/passwd">'):
        content = f"<!DOCTYPE rss [{subset}]>".encode() + rss("<title>&l11;x</title>" + A[16:])[21:]
        began = time.process_time()
        feed = feed_of(content)
        assert time.process_time() - began < 10
        assert all(len(signal.title) < 100 and "root:" not in signal.title for signal in feed.signals)


def test_content_that_names_a_file_opens_none(tmp_path: Path) -> None:
    """feedparser would open bytes that are a path; a path in an answer is only bytes."""
    feed = tmp_path / "feed.xml"
    feed.write_bytes(rss(A))
    assert read_reference(str(feed).encode()) is None


@pytest.mark.parametrize(
    "content",
    [
        b"<rss version='2.0'><channel><title>A</title>" + b"<item/>" * 80_000 + b"</channel></rss>",
        b'{"version":"https://jsonfeed.org/version/1","items":[' + b'{"id":"a"},' * 60_000 + b"{}]}",
    ],
)
def test_a_document_of_nothing_but_marks_is_heavy(content: bytes) -> None:
    """It is read apart, where memory is bounded; an ordinary large feed is not."""
    assert heavy(content)
    assert not heavy(content[:400_000])
    assert not heavy(content[:60] + b"many words " * 90_000 + content[-40:])


def test_of_a_heavy_feed_the_beginning_is_handed_on() -> None:
    """So many items that nobody can want them all: the first are taken, and that is said."""
    items = "".join(f"<item><guid>{n}</guid><title>Title {n}</title></item>" for n in range(MOST + 5))
    feed = feed_of(f"<rss version='2.0'><channel><title>A</title>{items}</channel></rss>".encode())
    assert len(feed.signals) == MOST
    assert not feed.complete
    assert str(MOST) in feed.note


def test_only_the_beginning_of_a_huge_feed_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reference never looks at more than its share, and says that there was more."""
    monkeypatch.setattr("commsleads.collectors.feeds.reference.LONGEST", 2_000)
    feed = feed_of(rss(*[f"<title>A & {n}</title>" for n in range(500)]))
    assert 0 < len(feed.signals) < 100
    assert not feed.complete


def wrecked(content: bytes, dice: random.Random) -> bytes:
    """The content cut, with bits turned, with a piece missing or a piece doubled."""
    wreck = bytearray(content)
    for _ in range(dice.randrange(1, 4)):
        at = dice.randrange(len(wreck) + 1)
        match dice.randrange(5):
            case 0:
                del wreck[at:]
            case 1 if wreck:
                wreck[at - 1] ^= 1 << dice.randrange(8)
            case 2:
                del wreck[at : at + dice.randrange(400)]
            case 3:
                wreck[at:at] = wreck[at : at + dice.randrange(400)]
            case _:
                wreck[at:at] = bytes((dice.randrange(256),))
    return bytes(wreck)


LABELS = ["", "utf-8", "iso-8859-1", "utf-16", "windows-1251", "shift_jis", "gb2312", "bogus", "utf-7", "zlib", "idna"]


def survives(content: bytes, label: str) -> None:
    """Reading ends in signals that can be stored or in an error of ours."""
    try:
        feed = feed_of(content, charset=label)
    except CollectError:
        return
    for signal in feed.signals:
        texts = [*(value for value in signal if isinstance(value, str)), *signal.extra.values(), feed.note]
        "".join(texts).encode()
        assert "\x00" not in "".join(texts)
        assert 0 < len(signal.external_id) <= LONGEST_ID
        assert signal.url == "" or signal.url.startswith(("https://", "http://"))
        assert signal.published_at is None or signal.published_at.utcoffset() is not None


@needs_corpus
def test_a_sample_of_wrecks_survives() -> None:
    """Some hundred wrecks of real feeds are read or refused, never more."""
    dice = random.Random(2026)
    small = [content for content in captured().values() if len(content) < 60_000]
    for _ in range(250):
        survives(wrecked(dice.choice(small), dice), dice.choice(LABELS))


@pytest.mark.soak
@needs_corpus
@pytest.mark.timeout(900)
def test_every_truncation_survives() -> None:
    """Every captured feed, cut at every kilobyte, is read or refused."""
    for content in captured().values():
        for end in range(0, min(len(content), 120_000), 1024):
            survives(content[:end], "")


@pytest.mark.soak
@needs_corpus
@pytest.mark.timeout(900)
def test_every_case_survives_every_label() -> None:
    """Every small case is read or refused under every label, whole and wrecked."""
    dice = random.Random(7)
    for _, content in cases():
        for label in LABELS:
            survives(content, label)
        survives(wrecked(content, dice), dice.choice(LABELS))


@pytest.mark.soak
@needs_corpus
@pytest.mark.timeout(900)
def test_many_wrecks_survive() -> None:
    """Thousands of wrecks, and the fast reader never says what the reference would not."""
    dice = random.Random()
    contents = [content for content in captured().values() if len(content) < 120_000]
    for _ in range(4_000):
        content = wrecked(dice.choice(contents), dice)
        survives(content, dice.choice(LABELS))
        if read_fast(content) is not None:
            assert read_reference(content) is not None


def test_now_is_only_a_bound() -> None:
    """Reading twice gives the same: no clock is asked."""
    assert feed_of(rss(A)) == feed_of(rss(A))
    assert NOW.tzinfo is not None
