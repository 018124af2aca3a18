"""What becomes of the items of a feed: identities, addresses, texts, bounds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.collectors.feeds.items import Item, Reading, plain, split_author, web_address, wished_minutes
from commsleads.collectors.feeds.signals import LONGEST_BODY, LONGEST_ID, LONGEST_TITLE, LONGEST_URL, make_feed
from commsleads.contract import NOTHING, Signal, SignalKind
from tests.collectors.kit import NOW, atom, feed_of, one, rss

A = "<title>A</title><link>https://paper.example/a</link>"


def made(*items: Item, **how: Any) -> list[Signal]:
    return make_feed(Reading(list(items)), now=NOW, **how).signals


def ids(content: bytes) -> list[str]:
    return [signal.external_id for signal in feed_of(content).signals]


def test_an_item_becomes_a_signal() -> None:
    """Everything a usual item says is in its signal, raw date included."""
    item = (
        f"{A}<guid isPermaLink='false'>paper:1</guid><pubDate>Tue, 15 Sep 2026 02:02:31 GMT</pubDate>"
        "<dc:creator>Ann Lee</dc:creator><description>short</description>"
        "<content:encoded><![CDATA[<p>long text</p>]]></content:encoded><category>x</category>"
        "<enclosure url='https://cdn.example/a.mp3'/><comments>https://paper.example/a#c</comments>"
        "<source url='https://agency.example/'>Agency</source>"
    )
    signal = one(rss(item, head="<language>en-GB</language>"))
    assert signal == Signal(
        external_id="paper:1",
        kind=SignalKind.ENTRY,
        title="A",
        body="<p>long text</p>",
        url="https://paper.example/a",
        author="Ann Lee",
        outlet="Agency",
        language="en-GB",
        published_at=NOW.replace(month=9, day=15, hour=2, minute=2, second=31),
        published_raw="Tue, 15 Sep 2026 02:02:31 GMT",
        extra={
            "enclosure": "https://cdn.example/a.mp3",
            "comments": "https://paper.example/a#c",
            "outlet_url": "https://agency.example/",
        },
    )


def test_nothing_extra_is_one_shared_nothing() -> None:
    """Items without further facts share the one empty mapping."""
    assert one(rss(A)).extra is NOTHING


@pytest.mark.parametrize(
    ("item", "identity"),
    [
        (f"{A}<guid>x:1</guid>", "x:1"),
        (f"{A}<guid>http://paper.example/a</guid>", "http://paper.example/a"),
        (f"{A}<guid></guid>", "https://paper.example/a"),
        (f"{A}<guid/>", "https://paper.example/a"),
        (A, "https://paper.example/a"),
    ],
)
def test_identity_is_the_guid_and_else_the_link(item: str, identity: str) -> None:
    """The guid as it stands, http or https; an empty one counts as none."""
    assert one(rss(item)).external_id == identity


def test_identity_without_guid_and_link_is_the_text() -> None:
    """An item with neither keeps its identity from poll to poll, and another text is another item."""
    first, second = rss("<title>A</title>"), rss("<title>A</title><description>more</description>")
    assert ids(first) == ids(first)
    assert ids(first) != ids(second)


def test_an_edited_item_keeps_its_identity() -> None:
    """A new headline under the same guid is the same item: the core sees a revision."""
    assert ids(rss(f"<guid>1</guid>{A}")) == ids(rss(f"<guid>1</guid>{A.replace('>A<', '>B<')}"))


def test_a_shared_guid_is_told_apart_by_the_address() -> None:
    """Only the items that share a guid degrade, each to the same identity wherever it stands."""
    b = A.replace("/a<", "/b<")
    feed = rss(f"<guid>1</guid>{A}", f"<guid>1</guid>{b}", f"<guid>2</guid>{A}")
    assert ids(feed)[2] == "2"
    assert len(set(ids(feed))) == 3
    assert "1" not in ids(feed)
    assert ids(feed)[:2] == ids(rss(f"<guid>1</guid>{b}", f"<guid>1</guid>{A}"))[::-1]


def test_a_shared_address_is_told_apart_by_headline_and_date() -> None:
    """Items that all lead to the front page stay different items."""
    same = "<link>https://paper.example/</link>"
    feed = rss(*(f"<title>{n}</title>{same}" for n in range(5)))
    assert len(set(ids(feed))) == 5


def test_an_item_that_stands_twice_is_taken_once() -> None:
    """The very same item twice is one signal."""
    assert len(ids(rss(f"<guid>1</guid>{A}", f"<guid>1</guid>{A}"))) == 1


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<link>javascript:alert(1)</link>", ""),
        ("<link>data:text/html,x</link>", ""),
        ("<link>ftp://paper.example/a</link>", ""),
        ("<link>HTTPS://paper.example/a</link>", "https://paper.example/a"),
        ("<link>\n https://paper.example/a\n</link>", "https://paper.example/a"),
        ("<link>https://paper.example/a b</link>", "https://paper.example/a%20b"),
        ("<link>/a</link>", "https://paper.example/a"),
        ("<link>//cdn.example/a</link>", "https://cdn.example/a"),
        ("<link xml:base='https://base.example/x/'>a</link>", "https://base.example/x/a"),
        ("<guid>https://paper.example/a</guid>", "https://paper.example/a"),
        ("<guid isPermaLink='false'>https://paper.example/a</guid>", ""),
        ("<guid>1</guid>", ""),
        ("<guid isPermaLink='true'>news-1</guid>", ""),
        ("<link>https://paper.example/" + "a" * LONGEST_URL + "</link>", ""),
    ],
)
def test_the_address_is_a_web_address_or_none(item: str, url: str) -> None:
    """Links are absolute http(s) or nothing; relative ones are resolved; a guid that is no address is none."""
    assert one(rss(f"<title>A</title>{item}")).url == url


def test_atom_plain_text_becomes_a_fragment() -> None:
    """Text that is not markup is escaped, markup stays."""
    signal = one(atom("<title>5 &lt; 6 &amp; 7</title><content type='html'>&lt;p&gt;x &amp;amp; y&lt;/p&gt;</content>"))
    assert signal.title == "5 &lt; 6 &amp; 7"
    assert signal.body == "<p>x &amp; y</p>"


def test_atom_without_a_date_of_publication_takes_the_update() -> None:
    """The last change stands in; where both are given and differ, both are kept."""
    only = one(atom("<title>A</title><updated>2026-09-15T02:02:31Z</updated>"))
    assert (only.published_raw, dict(only.extra)) == ("2026-09-15T02:02:31Z", {})
    both = one(atom("<title>A</title><published>2026-09-15</published><updated>2026-09-16T02:02:31Z</updated>"))
    assert both.published_raw == "2026-09-15"
    assert both.extra["updated_raw"] == "2026-09-16T02:02:31Z"
    assert "no time" in both.extra["date_note"]


def test_no_date_is_made_up() -> None:
    """A date that says nothing is kept as written and read as none."""
    signal = one(rss(f"{A}<pubDate>31 Feb 2024</pubDate>"))
    assert (signal.published_at, signal.published_raw) == (None, "31 Feb 2024")


def test_a_video_gives_its_description() -> None:
    """YouTube keeps the text inside `media:group`."""
    entry = (
        "<title>Plant tour</title><id>yt:video:1</id><link rel='alternate' href='https://www.youtube.com/watch?v=1'/>"
        "<author><name>Acme</name><uri>https://www.youtube.com/channel/1</uri></author>"
        "<media:group><media:title>Plant tour</media:title>"
        "<media:description>We show the plant.</media:description></media:group>"
    )
    signal = one(atom(entry))
    assert (signal.external_id, signal.title, signal.body) == ("yt:video:1", "Plant tour", "We show the plant.")


def test_a_post_without_a_title_is_a_signal() -> None:
    """Mastodon has no titles: the text counts."""
    item = (
        "<guid isPermaLink='true'>https://m.example/@a/115</guid><link>https://m.example/@a/115</link>"
        "<description>&lt;p&gt;Acme &lt;a href='https://n.example/x'&gt;…&lt;/a&gt;&lt;/p&gt;</description>"
        "<media:content url='https://files.example/1.png'>"
        "<media:description>a chart</media:description></media:content>"
    )
    signal = one(rss(item))
    assert (signal.title, signal.url) == ("", "https://m.example/@a/115")
    assert signal.body.startswith("<p>Acme")


def test_a_podcast_gives_author_text_and_file() -> None:
    """The vocabulary of podcasts fills what the feed's own leaves empty."""
    item = (
        "<title>Episode 1</title><guid isPermaLink='false'>ep1</guid><itunes:author>The Show</itunes:author>"
        "<itunes:summary>All about it.</itunes:summary><enclosure url='https://cdn.example/1.mp3' length='1'/>"
    )
    signal = one(rss(item))
    assert (signal.author, signal.body) == ("The Show", "All about it.")
    assert signal.extra["enclosure"] == "https://cdn.example/1.mp3"


def test_settings_stand_in_where_the_feed_is_silent() -> None:
    """Outlet and language of the settings are used only where the item and the feed have none."""
    silent, telling = made(
        Item(title="A"), Item(title="B", outlet="Agency", language="fr"), outlet="Paper", language="de"
    )
    assert (silent.outlet, silent.language) == ("Paper", "de")
    assert (telling.outlet, telling.language) == ("Agency", "fr")


def test_everything_is_bounded() -> None:
    """No text of a feed is longer than what is kept for it."""
    (signal,) = made(
        Item("g" * 9999, "https://a.example/", "t" * 9999, "b" * 999_999, "a" * 9999, "e" * 9999, "d" * 9999)
    )
    assert len(signal.external_id) == 64 < LONGEST_ID
    assert (len(signal.title), len(signal.body)) == (LONGEST_TITLE, LONGEST_BODY)
    assert max(len(signal.author), len(signal.email), len(signal.published_raw)) <= 500


def test_what_cannot_be_printed_is_written_out() -> None:
    """Controls in an address, a date or a further fact move no cursor; what is too long is left out."""
    odd = "\x7f\u202e\n"
    facts = {
        "enclosure": f"https://a.example/{odd}1",
        "comments": "https://a.example/" + "c" * 9999,
        "note": f"a{odd}b",
    }
    (signal,) = made(Item("1", f"https://a.example/{odd}2", "A", published_raw=f"today{odd}", extra=facts))
    assert signal.url == "https://a.example/%7F%E2%80%AE2"
    assert signal.published_raw == "today"
    assert signal.extra == {"enclosure": "https://a.example/%7F%E2%80%AE1", "note": "a b"}


def test_too_many_items_keep_the_newest() -> None:
    """Over the limit the newest are kept in the feed's order, and that something was cut is said."""
    items = [Item(guid=str(n), title="A", published_raw=f"2026-09-{n:02}T00:00:00Z") for n in (3, 9, 1, 7)]
    feed = make_feed(Reading(items), now=NOW, limit=2)
    assert [signal.external_id for signal in feed.signals] == ["9", "7"]
    assert not feed.complete
    assert "4 items" in feed.note
    undated = make_feed(Reading([*items, Item(guid="5", title="A")]), now=NOW, limit=2)
    assert [signal.external_id for signal in undated.signals] == ["3", "9"]


def test_about_tells_of_the_feed() -> None:
    """Title, home and language of the feed are told, each only where it is given."""
    assert feed_of(rss(A)).about == {"title": "Paper", "link": "https://paper.example/"}
    assert feed_of(atom("<title>A</title>")).about == {"title": "Paper", "language": "en"}


@pytest.mark.parametrize(
    ("wish", "minutes"),
    [
        (("60", "", ""), 60),
        (("", "daily", "4"), 360),
        (("30", "hourly", ""), 60),
        (("", "dayly", "0.1"), 14_400),
        (("", "hourly", "0"), 0),
        (("soon", "sometimes", "x"), 0),
        (("", "weekly", "often"), 10_080),
        (("9" * 50, "", ""), 0),
    ],
)
def test_what_a_feed_wishes(wish: tuple[str, str, str], minutes: int) -> None:
    """`ttl` and `sy:updatePeriod` become minutes, with their usual misspellings."""
    assert wished_minutes(*wish) == minutes


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("Ann Lee", "Ann Lee", ""),
        ("desk@paper.example (Ann Lee)", "Ann Lee", "desk@paper.example"),
        ("Ann Lee <desk@paper.example>", "Ann Lee", "desk@paper.example"),
        ("desk@paper.example", "", "desk@paper.example"),
        ("@annlee", "@annlee", ""),
    ],
)
def test_authors_are_split(text: str, name: str, address: str) -> None:
    """RSS puts a mail address into the author; the name is what people read."""
    assert split_author(text) == (name, address)


@given(st.text())
def test_plain_holds_nothing_that_a_database_refuses(text: str) -> None:
    """No control characters, no lone surrogates, no blanks at the ends; and once is enough."""
    cleaned = plain(text + "\x00\ud800")
    cleaned.encode()
    assert "\x00" not in cleaned
    assert plain(cleaned) == cleaned
    assert plain(None) == ""


@given(st.text() | st.text(":/.ahtps \n?", max_size=20).map("http://{}".format))
def test_web_addresses_have_no_blanks(text: str) -> None:
    """Whatever comes in, what comes out is empty or an http(s) address without blanks; and once is enough."""
    link = web_address(text)
    assert link == "" or (link.startswith(("http://", "https://")) and len(link.split()) == 1)
    assert link.isprintable()
    assert web_address(link) == link
