"""Real feeds, served on loopback and polled as they would be: what we keep agrees with what feedparser reads.

The captured feeds stand beside the repository and are no part of it; without them these tests are skipped by name.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from commsleads import jobs, text
from commsleads.app import App, build
from commsleads.store import lists
from commsleads.store import sources as timetable
from tests.office import settings
from tests.web import Web

CORPUS = Path(__file__).resolve().parents[1] / "../shared/corpus/feeds"
pytestmark = [
    pytest.mark.skipif(not CORPUS.exists(), reason="../shared/corpus/feeds is not here"),
    pytest.mark.timeout(300),
]

# Where we and feedparser differ on purpose, by file: which of count, titles, links, dates, and why.
TWICE = ({"count"}, "one item stands in the feed twice, letter by letter, without guid or link; it is taken once")
NOTHING = ({"count"}, "one item holds elements for synchronising only: no title, link, text, guid or date to keep")
AHEAD = (
    {"dates"},
    "every date is of 2035; a date ahead of us is not believed, and the moment of first sight stands in",
)
EXPLAINED: dict[str, tuple[set[str], str]] = {
    "NetNewsWire__kc0011.rss": (
        {"dates"},
        "2020/1/10 14:33:00 is the tenth of January; feedparser reads the first of November and drops the time",
    ),
    "news__Nextcloud.rss.gz": AHEAD,
    "news__heise.xml.gz": AHEAD,
    "rome__ep1_v4a.xml": NOTHING,
    "rome__ep2_v4a.xml": NOTHING,
    "rome__v4.xml": NOTHING,
    "rome__v5.xml": NOTHING,
    "rome__v6.xml": NOTHING,
    "rss-parser__incomplete-fields.atom": ({"count", "titles"}, "its one entry is an empty author and nothing else"),
    "rss__rss_0.92": TWICE,
    "sample-feeds__aeca006f4cc8625d587d6b1c25669b96.xml": TWICE,
}


def captured() -> list[dict[str, Any]]:
    lines = (CORPUS / "index.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["folder"] == "captured"]


@pytest.fixture(scope="module")
def polled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """All captured feeds polled once."""
    with Web() as web:
        urls = {}
        for number, row in enumerate(captured()):
            content = (CORPUS / "captured" / row["file"]).read_bytes()
            if row["file"].endswith(".gz"):
                content = gzip.decompress(content)
            name = row["file"].removesuffix(".gz")
            kind = "application/json" if name.endswith(".json") else "application/xml"
            web.add(f"/{number}/{name}", content, headers={"Content-Type": kind})
            urls[f"s{number}"] = web.url(f"/{number}/{name}")
        folder = tmp_path_factory.mktemp("corpus")
        more = "[fetch]\nmax_items = 5000\n"
        file = settings(folder, urls, timeout="60s")
        file.write_text(file.read_text().replace("[fetch]\n", more))
        app = build(file, environ=dict(os.environ))
        jobs.once(app, every_source=True)
        yield app


def kept(app: App, source: str) -> list[dict[str, Any]]:
    with app.engine.session() as session:
        return lists.listed(session, lists.Filter(source=source))


def test_nothing_fails_that_feedparser_can_read(polled: App) -> None:
    """No source is failing whose feed the reference finds entries or a version in."""
    with polled.engine.session() as session:
        state = {row["id"]: row for row in timetable.listed(session)}
    failing = [
        (row["file"], state[f"s{number}"]["last_error"])
        for number, row in enumerate(captured())
        if state[f"s{number}"]["state"] != "ok"
        and (row["reference_feedparser"]["n_entries"] or row["reference_feedparser"]["version"])
    ]
    assert failing == []


def test_agrees_with_the_reference(polled: App) -> None:
    """Counts, titles, links and dates of every file are the reference's, but for the list above."""
    differing: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(captured()):
        reference = row["reference_feedparser"]
        if not reference["n_entries"]:
            continue
        found = kept(polled, f"s{number}")
        wrong = differences(reference, found)
        for aspect in EXPLAINED.get(row["file"], (set(), ""))[0]:
            wrong.pop(aspect, None)
        if wrong:
            differing[row["file"]] = wrong
    assert differing == {}


def test_every_explanation_is_needed(polled: App) -> None:
    """The list above names no difference that is not there."""
    found: dict[str, set[str]] = {}
    for number, row in enumerate(captured()):
        if row["file"] in EXPLAINED:
            found[row["file"]] = set(differences(row["reference_feedparser"], kept(polled, f"s{number}")))
    assert found == {file: aspects for file, (aspects, _) in EXPLAINED.items()}


def differences(reference: dict[str, Any], found: list[dict[str, Any]]) -> dict[str, Any]:
    wrong: dict[str, Any] = {}
    if len(found) != reference["n_entries"]:
        wrong["count"] = (reference["n_entries"], len(found))
    titles = {row["title"] for row in found}
    links = {row["url"] for row in found} | {row["extra"].get("alias", "") for row in found}
    dates = {(row["published_at"] or "")[:16] for row in found}
    for entry in reference["entries"]:
        title = text.title(entry.get("title") or "")
        if title not in titles:
            wrong.setdefault("titles", []).append((title, sorted(titles)[:3]))
        link = entry.get("link") or ""
        if link.startswith(("http://", "https://")) and link not in links:
            wrong.setdefault("links", []).append((link, sorted(links)[:3]))
        date = (entry.get("published_parsed") or "")[:16]
        if date and date not in dates:
            wrong.setdefault("dates", []).append((entry.get("published"), date, sorted(dates)[:3]))
    return wrong
