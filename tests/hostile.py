"""Bad input by the thousand, and what must hold after the whole program has polled it.

A `Wreck` is one answer of a server and what we know of it. `poll_all` serves a bite of wrecks among good neighbours,
lets the program do one full pass over them, and checks everything that must be true whatever came.
"""

from __future__ import annotations

import random
import re
import socket
import sqlite3
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

from commsleads import jobs
from tests.office import item, office, rss
from tests.web import Answer, Web

TYPES = ("text/html", "application/json", "image/png", "")
CHARSETS = ("utf-16", "iso-8859-1", "koi8-r", "utf-7", "zlib", "idna", "no-such-charset", "../../etc")
STATUSES = (400, 401, 403, 404, 410, 418, 429, 500, 502, 503)
CUTS = 12
GOOD = 12
"""Good neighbours in each bite, with so many entries each."""
ENTRIES = 3

_MACHINE = re.compile(r"Traceback|collector itself|object at 0x|Errno|libcurl [0-9]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wreck:
    """`whole` says that the body arrives whole with a 200, so that it must be kept aside when it cannot be read."""

    name: str
    answer: Answer
    whole: bool = True


def cut(name: str, body: bytes, most: int = CUTS) -> Iterator[Wreck]:
    """The body truncated at every kilobyte, or at so many of them spread over its length."""
    places = list(range(0, len(body), 1024))[: None if len(body) <= most * 1024 else 1]
    places += [len(body) * number // most for number in range(1, most)] if len(places) == 1 else []
    for place in places:
        yield Wreck(name=f"{name} cut at {place}", answer=Answer(body=body[:place]))


def flipped(name: str, body: bytes, seed: int) -> Wreck:
    """The body with about one bit in five thousand turned over, and at least one."""
    r = random.Random(f"{name} {seed}")
    damaged = bytearray(body or b"?")
    for _ in range(1 + len(damaged) // r.choice((600, 6_000))):
        damaged[r.randrange(len(damaged))] ^= 1 << r.randrange(8)
    return Wreck(name=f"{name} flipped {seed}", answer=Answer(body=bytes(damaged)))


def mislabelled(name: str, body: bytes) -> Iterator[Wreck]:
    """The body under wrong media types and wrong charsets."""
    for kind in TYPES:
        yield Wreck(name=f"{name} as {kind or 'nothing'}", answer=Answer(body=body, headers={"Content-Type": kind}))
    for charset in CHARSETS:
        label = {"Content-Type": f"application/xml; charset={charset}"}
        yield Wreck(name=f"{name} in {charset}", answer=Answer(body=body, headers=label))


def refused(name: str, body: bytes, status: int) -> Wreck:
    """The body under a status that says no."""
    return Wreck(name=f"{name} with {status}", answer=Answer(status=status, body=body), whole=False)


def broken_off(name: str, body: bytes, seed: int) -> Iterator[Wreck]:
    """The body reset midway, ended midway, and packed and damaged on the way."""
    half = random.Random(f"{name} {seed}").randrange(len(body) + 1)
    yield Wreck(name=f"{name} reset at {half}", answer=Answer(body=body, cut=half, reset=True), whole=False)
    yield Wreck(name=f"{name} ended at {half}", answer=Answer(body=body, cut=half), whole=False)
    packed = {"Content-Encoding": "gzip"}
    yield Wreck(name=f"{name} said to be packed", answer=Answer(body=body, headers=packed), whole=False)


def slow(name: str, body: bytes) -> Iterator[Wreck]:
    """The body byte by byte, never, never to its end, and without end."""
    yield Wreck(name=f"{name} dripping", answer=Answer(body=body, drip=0.5), whole=False)
    yield Wreck(name=f"{name} hanging", answer=Answer(body=body, hang=True), whole=False)
    yield Wreck(name=f"{name} hanging midway", answer=Answer(body=body, cut=len(body) // 2, hang=True), whole=False)
    yield Wreck(name=f"{name} endless", answer=Answer(body=(body or b"?") * 99, endless=True, length=-1), whole=False)


def payloads() -> Iterator[Wreck]:
    """Well-formed feeds whose every field is an attack on whoever shows it."""
    bad = "&lt;svg/onload=alert(1)&gt;&lt;script&gt;alert(1)&lt;/script&gt;\u202e\u0085\u009b31m Words"
    yield Wreck(
        name="payloads in rss",
        answer=Answer(
            body=f"<rss version='2.0'><channel><title>{bad}</title><item><title>{bad}</title>"
            f"<link>javascript:alert(1)</link><guid>{bad}</guid><author>{bad}</author><pubDate>{bad}</pubDate>"
            f"<description>{bad}&lt;a href='javascript:1'&gt;</description></item><item><title>Two {bad}</title>"
            f"<link>https://news.example/\u009b31m\u202etxt</link><enclosure url='https://x.example/\u009b'/></item>"
            "</channel></rss>".encode()
        ),
    )
    yield Wreck(
        name="payloads in json",
        answer=Answer(
            body=b'{"version":"https://jsonfeed.org/version/1.1","title":"\\u0000\\u001b[31m<script>1</script>","items":['
            b'{"id":"\\u0000","title":"<script>alert(1)</script>\\u0000\\ud800\\u009b Words",'
            b'"content_html":"<x/onclick=1>\\u0000<body/onload=1>Words","url":"https://news.example/\\u0000\\u009b",'
            b'"date_published":"\\u001b[31m"},{"id":[1],"title":{"a":1},"url":5},null,[],{"content_text":"Words"}]}'
        ),
    )


@pytest.fixture
def no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of the corpus name feeds at real hosts: no name is known here, so that nothing leaves this machine."""

    def unknown(host: str, *_: object, **__: object) -> NoReturn:
        raise socket.gaierror(socket.EAI_NONAME, f"{host} is not known here")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)


def poll_all(folder: Path, wrecks: Sequence[Wreck], *, timeout: str = "5s") -> Mapping[str, int]:
    """Serve these among good neighbours, do one pass, check what must hold; how many were read, failed, kept aside."""
    folder.mkdir(parents=True, exist_ok=True)
    with Web("0.0.0.0") as web:  # every source has a host of its own, all of them loopback
        urls = {}
        every = max(1, len(wrecks) // GOOD)
        for number, wreck in enumerate(wrecks):
            web.queue(f"/w{number}", wreck.answer)
            urls[f"w{number}"] = web.url(f"/w{number}", host=f"127.1.{number // 250}.{number % 250 + 1}")
            if number % every == 0:
                good = f"good{number // every}"
                web.add(f"/{good}", rss(*(item(f"{good}-{n}", f"Quiet {good} {n}") for n in range(ENTRIES))))
                urls[good] = web.url(f"/{good}", host=f"127.2.0.{number // every + 1}")
        app, _ = office(folder, urls, timeout=timeout, more="[[outlets]]\nname = 'N'\ndomains = ['news.example']\n")
        came = jobs.once(app, every_source=True)
    assert came["sources"]["polled"] == len(urls)
    with closing(sqlite3.connect(app.settings.store_url)) as db:
        db.row_factory = sqlite3.Row
        _sound(db, len(urls))
        _clean(db)
        return _told(db, wrecks)


def _sound(db: sqlite3.Connection, sources: int) -> None:
    """The database is whole, every source was polled once, every neighbour was read, nothing waits."""
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert db.execute("SELECT count(*), count(DISTINCT source_id) FROM polls").fetchone()[:] == (sources, sources)
    assert db.execute("SELECT count(*) FROM pending").fetchone()[0] == 0
    assert db.execute("SELECT count(*) FROM sources WHERE leased_until <> ''").fetchone()[0] == 0
    good = db.execute("SELECT id, state, signals FROM sources WHERE id LIKE 'good%'").fetchall()
    assert {(row["state"], row["signals"]) for row in good} == {("ok", ENTRIES)}


def _clean(db: sqlite3.Connection) -> None:
    """What was stored is plain text and web addresses, whatever it came as."""
    for row in db.execute("SELECT * FROM signals"):
        for name in ("title", "text", "author", "outlet", "url", "canonical_url", "published_raw", "extra", "links"):
            assert _harmless(row[name]), (row["source_id"], name, row[name][:300])
        for name in ("url", "canonical_url"):
            assert row[name] == "" or row[name].startswith(("http://", "https://")), (row["source_id"], row[name])
        assert len(row["title"]) <= 500
        assert len(row["text"]) <= 100_000
        assert row["title"] or row["text"] or row["url"] or row["external_id"]
    for row in db.execute("SELECT * FROM sources"):
        for name in ("last_error", "note", "about"):
            assert _harmless(row[name]), (row["id"], name, row[name][:300])


def _harmless(text: str) -> bool:
    """Nothing that moves a cursor, turns the direction of writing, or ends a string in C; and no half letters."""
    return text.isprintable() or not any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in text)


def _told(db: sqlite3.Connection, wrecks: Sequence[Wreck]) -> Mapping[str, int]:
    """Every source that failed says why in a sentence; what came whole and was not read is kept aside, bounded."""
    sources = {row["id"]: row for row in db.execute("SELECT * FROM sources")}
    aside = {row["source_id"]: row for row in db.execute("SELECT * FROM unread")}
    told = {"read": 0, "failed": 0, "aside": len(aside)}
    for number, wreck in enumerate(wrecks):
        row = sources[f"w{number}"]
        if row["state"] == "ok":
            told["read"] += 1
            continue
        told["failed"] += 1
        words = row["last_error"]
        assert len(words) > 25, (wreck.name, words)
        assert words[0].isupper(), (wreck.name, words)
        assert words.endswith((".", ")")), (wreck.name, words)
        assert not _MACHINE.search(words), (wreck.name, words)
        if wreck.whole and wreck.answer.body.strip():
            assert 0 < len(aside[f"w{number}"]["body"]) <= 4 * 65_536, wreck.name
    return told
