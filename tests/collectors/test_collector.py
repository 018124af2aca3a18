"""The collector over real sockets: fetch, unchanged, read, discover, remember."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest

from commsleads.collectors.feeds import FeedCollector, FeedSettings
from commsleads.contract import Batch, Collector, FetchError, ParseError
from tests.collectors.kit import poll, rss
from tests.web import Answer, Web

A = "<guid>1</guid><title>A</title><link>https://paper.example/a</link>"
B = "<guid>2</guid><title>B</title><link>https://paper.example/b</link>"
XML = {"Content-Type": "application/rss+xml"}
HTML = {"Content-Type": "text/html; charset=utf-8"}


def page(*hrefs: str) -> bytes:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{href}">' for href in hrefs)
    return f"<!doctype html><html><head>{links}</head><body>News</body></html>".encode()


def ids(batch: Batch) -> list[str]:
    return [signal.external_id for signal in batch.signals]


def test_is_a_collector() -> None:
    """The class fits the seam."""
    collector: Collector[FeedSettings] = FeedCollector()
    assert collector.Settings is FeedSettings


def test_three_polls_of_a_feed_with_an_etag() -> None:
    """200, 304, 304, and after a change 200 with what is there now."""
    with Web() as web:
        web.add("/feed", rss(A), etag='"1"', headers=XML)
        first = poll(web.url("/feed"))
        second = poll(web.url("/feed"), first.cursor)
        third = poll(web.url("/feed"), second.cursor)
        web.add("/feed", rss(B, A), etag='"2"', headers=XML)
        fourth = poll(web.url("/feed"), third.cursor)
    assert [batch.status for batch in (first, second, third, fourth)] == [200, 304, 304, 200]
    assert [batch.modified for batch in (first, second, third, fourth)] == [True, False, False, True]
    assert [ids(batch) for batch in (first, second, third, fourth)] == [["1"], [], [], ["2", "1"]]
    assert first.size == len(rss(A))


def test_the_same_body_again_is_not_read_again() -> None:
    """A server without validators that sends the same again is "nothing new"; another body is read."""
    with Web() as web:
        web.add("/feed", rss(A))
        first = poll(web.url("/feed"))
        second = poll(web.url("/feed"), first.cursor)
        web.add("/feed", rss(B))
        third = poll(web.url("/feed"), second.cursor)
    assert [batch.modified for batch in (first, second, third)] == [True, False, True]
    assert (second.status, second.signals) == (200, ())
    assert second.cursor["hash"] == first.cursor["hash"] != third.cursor["hash"]


def test_an_error_page_never_counts_as_unchanged() -> None:
    """A page where the feed was is an error every time, and the feed is read when it is back."""
    with Web() as web:
        web.queue("/feed", *(Answer(body=body) for body in (rss(A), page(), page(), rss(A))))
        first = poll(web.url("/feed"))
        for _ in range(2):
            with pytest.raises(ParseError, match="web page") as caught:
                poll(web.url("/feed"), first.cursor)
            assert caught.value.body == page()
        assert not poll(web.url("/feed"), first.cursor).modified


def test_a_page_leads_to_its_feed() -> None:
    """The feed that a page names is read, remembered, and asked for directly from then on."""
    with Web() as web:
        web.add("/", page("/comments/feed", "feed.xml"), headers=HTML, etag='"page"')
        web.add("/feed.xml", rss(A), etag='"feed"', headers=XML)
        first = poll(web.url("/"))
        second = poll(web.url("/"), first.cursor)
        assert [asked.path for asked in web.requests] == ["/", "/feed.xml", "/feed.xml"]
        assert web.requests[2].headers["if-none-match"] == '"feed"'
    assert ids(first) == ["1"]
    assert first.cursor["feed_url"] == second.cursor["feed_url"] == web.url("/feed.xml")
    assert (second.status, second.modified) == (304, False)


@pytest.mark.parametrize("gone", [Answer(status=404), Answer(status=410), Answer(body=page(), headers=HTML)])
def test_a_feed_that_moved_is_found_again(gone: Answer) -> None:
    """When the feed is gone or has become a page, the source's own address is asked once more."""
    with Web() as web:
        web.queue("/", *(Answer(body=page(path), headers=HTML) for path in ("/old", "/new")))
        web.queue("/old", Answer(body=rss(A)), gone)
        web.add("/new", rss(B))
        first = poll(web.url("/"))
        second = poll(web.url("/"), first.cursor)
        third = poll(web.url("/"), second.cursor)
    assert ids(second) == ["2"]
    assert second.cursor["feed_url"] == web.url("/new")
    assert not third.modified


def test_a_feed_that_fails_is_not_looked_for_elsewhere() -> None:
    """A server in trouble is an error of the feed, and no reason to ask for the page."""
    with Web() as web:
        web.add("/", page("/feed"), headers=HTML)
        web.queue("/feed", Answer(body=rss(A)), Answer(status=500))
        first = poll(web.url("/"))
        with pytest.raises(FetchError):
            poll(web.url("/"), first.cursor)
        assert len(web.asked("/")) == 1


def test_the_second_named_feed_is_tried_too() -> None:
    """Where the best of the named feeds is none, the next is tried; no more than two."""
    with Web() as web:
        web.add("/", page("/none", "/page", "/feed"), headers=HTML)
        web.add("/page", rss(A))
        web.add("/feed", rss(B))
        assert ids(poll(web.url("/"))) == ["1"]
        web.add("/page", page(), headers=HTML)
        with pytest.raises(ParseError, match="web page"):
            poll(web.url("/"))


@pytest.mark.parametrize("status", [401, 429, 503])
def test_a_named_feed_that_is_refused_is_said_to_be(status: int) -> None:
    """Where no named feed can be had, the first refusal is the error, with its wait, and not that none is named."""
    with Web() as web:
        web.add("/", page("/feed", "/other"), headers=HTML)
        web.add("/feed", status=status, headers={"Retry-After": "3600"})
        with pytest.raises(FetchError) as raised:
            poll(web.url("/"))
    assert raised.value.status == status
    assert bool(raised.value.wait) == (status != 401)
    assert "feed" in str(raised.value)


def test_a_named_feed_behind_a_password_gives_way_to_the_next() -> None:
    """One of several feeds may be for members only."""
    with Web() as web:
        web.add("/", page("/members", "/feed"), headers=HTML)
        web.add("/members", status=401)
        web.add("/feed", rss(A))
        assert ids(poll(web.url("/"))) == ["1"]


def test_a_discovered_feed_behind_a_password_is_looked_for_anew() -> None:
    """A feed that a page once led to and that now wants a password is like one that is gone."""
    with Web() as web:
        web.queue("/", *(Answer(body=page(path), headers=HTML) for path in ("/old", "/new")))
        web.queue("/old", Answer(body=rss(A)), Answer(status=401))
        web.add("/new", rss(B))
        first = poll(web.url("/"))
        assert ids(poll(web.url("/"), first.cursor)) == ["2"]


def test_a_discovered_feed_whose_host_is_gone_is_looked_for_anew() -> None:
    """Nobody answers where the feed was: the page may name another place by now."""
    with Web() as web:
        with Web("127.0.0.2") as other:
            other.add("/feed", rss(A))
            web.queue("/", *(Answer(body=page(at), headers=HTML) for at in (other.url("/feed"), "/new")))
            first = poll(web.url("/"))
        web.add("/new", rss(B))
        assert ids(poll(web.url("/"), first.cursor)) == ["2"]


def test_discovery_can_be_forbidden() -> None:
    """With `discover = false` a page is an error."""
    with Web() as web:
        web.add("/", page("/feed"), headers=HTML)
        with pytest.raises(ParseError, match="web page"):
            poll(web.url("/"), discover=False)
        assert len(web.requests) == 1


def test_a_feed_served_as_a_page_is_read() -> None:
    """The content decides, not the media type."""
    with Web() as web:
        web.add("/feed", rss(A), headers=HTML)
        web.add("/json", b'{"version":"https://jsonfeed.org/version/1","items":[{"id":"9","title":"J"}]}', headers=HTML)
        assert ids(poll(web.url("/feed"))) == ["1"]
        assert ids(poll(web.url("/json"))) == ["9"]


def test_an_odd_feed_is_read_by_the_reference() -> None:
    """What the fast reader leaves is read apart, and the damage is noted."""
    with Web() as web:
        web.add("/feed", rss("<guid>1</guid><title>A & B</title><link>/a</link>"))
        batch = poll(web.url("/feed"))
    assert ids(batch) == ["1"]
    assert batch.signals[0].url == web.url("/a")
    assert "not well-formed" in batch.note


@pytest.mark.parametrize(
    ("head", "headers", "wait"),
    [
        ("", {}, None),
        ("<ttl>60</ttl>", {}, timedelta(hours=1)),
        ("<ttl>1</ttl>", {}, timedelta(minutes=10)),
        ("<ttl>99999</ttl>", {}, timedelta(days=1)),
        ("<ttl>60</ttl>", {"Cache-Control": "max-age=7200"}, timedelta(hours=2)),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", {}, timedelta(hours=6)),
    ],
)
def test_the_wish_to_be_left_alone_is_heard(head: str, headers: dict[str, str], wait: timedelta | None) -> None:
    """The longest of the feed's and the server's wishes counts, within bounds, and at a 304 as well."""
    with Web() as web:
        web.add("/feed", rss(A, head=head), etag='"1"', headers=headers)
        first = poll(web.url("/feed"))
        second = poll(web.url("/feed"), first.cursor)
    assert first.wait == second.wait == wait
    assert second.status == 304


def test_the_limit_of_a_poll_is_kept() -> None:
    """More items than a poll may bring are cut, and the batch says so."""
    with Web() as web:
        web.add("/feed", rss(*[f"<guid>{n}</guid><title>{n}</title>" for n in range(50)]))
        batch = poll(web.url("/feed"), limit=20)
    assert (len(batch.signals), batch.complete) == (20, False)
    assert "50 items" in batch.note


def test_settings_reach_the_signals() -> None:
    """Outlet and language of the settings stand in."""
    with Web() as web:
        web.add("/feed", rss(A))
        (signal,) = poll(web.url("/feed"), outlet="Paper", language="en").signals
    assert (signal.outlet, signal.language) == ("Paper", "en")


def test_an_unchanged_cycle_loads_no_reader() -> None:
    """Importing the collector loads neither a parser nor a client."""
    heavy = ("feedparser", "bs4", "httpx", "selectolax", "xml.etree.ElementTree", "commsleads.collectors.feeds.fast")
    code = f"import sys, commsleads.collectors.feeds; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
