"""How well pickups are found, measured on the corpus beside the repository: the tables of `docs/pickups.md`.

Run `python tests/rules/pickup_table.py` to print them anew. No labelled corpus of syndicated full texts exists, so
copies are made here from real texts by the edits that desks make; that different texts stay apart is measured on the
real texts as they are.
"""

from __future__ import annotations

import gzip
import html
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from commsleads import text, urls
from commsleads.rules import dedupe
from commsleads.rules.dedupe import Version

CORPUS = Path(__file__).resolve().parents[2] / "../shared/corpus"
HOUR = 3_600_000_000


class Piece(NamedTuple):
    """A real text: where it stood, under which headline."""

    site: str
    title: str
    url: str
    text: str


class Copies(NamedTuple):
    """Of one kind of edit: how many copies, how many shared a print, and the permille each shares of its text."""

    made: int
    met: int
    shared: list[int]


class Strangers(NamedTuple):
    """Different texts: how many, how many pairs of them, and the permille of those pairs that share anything."""

    texts: int
    pairs: int
    other_site: list[int]
    same_site: list[int]


class Headlines(NamedTuple):
    """A run over headlines alone."""

    signals: int
    joined: int
    wrong: int
    same: tuple[int, int]
    nearly: tuple[int, int]


# --- the corpus ----------------------------------------------------------------------------------------------------


def lines(name: str) -> Iterator[dict[str, Any]]:
    """The rows of a packed JSON Lines file of the corpus."""
    with gzip.open(CORPUS / name, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def pieces() -> list[Piece]:
    """Every text of at least 60 words in the captured feeds and the articles, each once."""
    found: dict[str, Piece] = {}
    for path in sorted((CORPUS / "feeds/captured").iterdir()):
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for match in re.finditer(r"<(item|entry)\b.*?</\1>", raw.decode("utf-8", "replace"), re.DOTALL):
            piece = _entry(match[0], path.name)
            found.setdefault(piece.text, piece)
    for row in lines("articles/gold.jsonl.gz"):
        if row.get("body"):
            url = row.get("url") or f"https://{row['file'].partition('.')[0].lower().replace('_', '-')}.example/"
            folded = text.fold(row["body"])
            found.setdefault(folded, Piece(urls.site(urls.host(url)) or row["file"], "", urls.canonical(url), folded))
    return [piece for piece in found.values() if len(piece.text.split()) >= 60]


def _entry(source: str, name: str) -> Piece:
    body = max((_field(source, tag) for tag in ("content:encoded", "content", "description", "summary")), key=len)
    link = _field(source, "link") or "".join(re.findall(r'<link[^>]*href="([^"]*)"', source)[:1])
    site = urls.site(urls.host(html.unescape(link))) or name
    title = text.fold(text.title(_field(source, "title")))
    return Piece(site, title, urls.canonical(html.unescape(link)), text.fold(text.plain(body)))


def _field(source: str, tag: str) -> str:
    found = ""
    for value in re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", source, re.DOTALL):
        cdata = re.findall(r"<!\[CDATA\[(.*?)\]\]>", value, re.DOTALL)
        found = max(found, "".join(cdata) or html.unescape(value.strip()), key=len)
    return found


# --- copies as desks make them ------------------------------------------------------------------------------------

NOTICE = (
    "about the author the editor welcomes letters from readers. sign up to our newsletter for the latest news every "
    "morning, straight to your inbox. follow us for more. all rights reserved, this material may not be published."
)


def _swap(words: list[str], share: float, pick: random.Random) -> list[str]:
    return [pick.choice(words) if pick.random() < share else word for word in words]


def _sentences(body: str) -> list[str]:
    return body.replace(". ", ".\0").split("\0")


EDITS: dict[str, Callable[[str, random.Random], str]] = {
    "byline and dateline put in front": lambda s, _: f"by our staff writer, harbour town, nov 22 (wire) - {s}",
    "cut to the first half": lambda s, _: " ".join(s.split()[: max(50, len(s.split()) // 2)]),
    "cut to the first quarter": lambda s, _: " ".join(s.split()[: max(50, len(s.split()) // 4)]),
    "excerpt of 55 words": lambda s, _: " ".join(s.split()[:55]) + "...",
    "notices added at both ends": lambda s, _: f"{NOTICE} {s} {NOTICE}",
    "first two sentences gone": lambda s, _: " ".join(_sentences(s)[2:]),
    "every fifth sentence gone": lambda s, pick: " ".join(x for x in _sentences(s) if pick.random() > 0.2),
    "1 % of words changed": lambda s, pick: " ".join(_swap(s.split(), 0.01, pick)),
    "3 % of words changed": lambda s, pick: " ".join(_swap(s.split(), 0.03, pick)),
    "6 % of words changed": lambda s, pick: " ".join(_swap(s.split(), 0.06, pick)),
    "advertisements between sentences": lambda s, _: " advertisement ".join(_sentences(s)).replace('"', "'"),
    "dateline, 70 % kept, 2 % changed, notice": lambda s, pick: (
        f"harbour town, nov 22 - {' '.join(_swap(s.split()[: max(50, len(s.split()) * 7 // 10)], 0.02, pick))} {NOTICE}"
    ),
}


def copies(texts: list[Piece]) -> dict[str, Copies]:
    """What becomes of each text under each edit. Copies left with fewer words than count are not counted."""
    found = {}
    for kind, edit in EDITS.items():
        pick = random.Random(kind)
        made, met, shares = 0, 0, []
        for piece in texts:
            copy = edit(piece.text, pick)
            if len(copy.split()) < dedupe.LEAST_WORDS:
                continue
            made += 1
            both = set(dedupe.prints("", "", piece.text)).intersection(dedupe.prints("", "", copy))
            if len(both) >= dedupe.MET:
                met += 1
                shares.append(shared(piece.text, copy))
        found[kind] = Copies(made, met, shares)
    return found


def shared(one: str, other: str) -> int:
    """Permille of the shorter text that the pickup rule sees in both."""
    if dedupe._strange(one, other):
        return 0
    return dedupe._shared(dedupe._triples(one), dedupe._triples(other)) or 0


def strangers(texts: list[Piece]) -> Strangers:
    """Every pair of different real texts, whether or not they would ever meet."""
    triples = [dedupe._triples(piece.text) for piece in texts]
    other_site: list[int] = []
    same_site: list[int] = []
    for (a, one), (b, other) in combinations(enumerate(texts), 2):
        permille = dedupe._shared(triples[a], triples[b]) or 0
        if permille >= 100:
            (same_site if one.site == other.site else other_site).append(permille)
    return Strangers(len(texts), len(texts) * (len(texts) - 1) // 2, other_site, same_site)


# --- whole runs ----------------------------------------------------------------------------------------------------


def run(versions: list[Version]) -> dict[str, tuple[str, str]]:
    """Story and reason of each signal, taken in one after the other as the intake does."""
    index: dict[int, list[Version]] = defaultdict(list)
    found: dict[str, tuple[str, str]] = {}
    for new in sorted(versions, key=lambda v: (v.arrival, v.id)):
        keys = dedupe.prints(new.canonical_url, new.title, new.text)
        votes = Counter[Version]()
        whole, half = dedupe.sought(keys)
        for keys_of, worth in ((whole, dedupe.MET), (half, 1)):
            for key in keys_of:
                for old in index[key]:
                    votes[old] += worth
        pickup = dedupe.decide(new, [old for old, weight in votes.items() if weight >= dedupe.MET])
        kept = new._replace(story_id=pickup.story_id if pickup else new.id)
        found[new.id] = (kept.story_id, pickup.why if pickup else "")
        for key in keys:
            index[key].append(kept)
    return found


def news() -> tuple[list[dict[str, Any]], list[Version]]:
    """The headlines of March 2014 as signals without text."""
    rows = list(lines("dedup/uci_news_clusters.jsonl.gz"))
    versions = [
        Version(
            str(n), "", row["publisher"], urls.site(row["hostname"]) or row["hostname"], urls.canonical(row["url"]),
            text.fold(text.title(row["title"])), "", row["timestamp_ms"] * 1000,
        )
        for n, row in enumerate(rows)
    ]  # fmt: skip
    return rows, versions


def headlines() -> Headlines:
    """The March 2014 headlines taken in as they came. Wrong is what joined a story of another label."""
    rows, versions = news()
    found = run(versions)
    joined = [n for n in found if found[n][0] != n]
    wrong = sum(rows[int(n)]["story"] != rows[int(found[n][0])]["story"] for n in joined)
    groups = defaultdict(list)
    for n, row in enumerate(rows):
        groups[row["story"]].append(n)
    same, nearly = Counter[bool](), Counter[bool]()
    for members in groups.values():
        for a, b in combinations(members, 2):
            one, other = versions[a], versions[b]
            if one.domain == other.domain or abs(one.arrival - other.arrival) > dedupe.WINDOW:
                continue
            together = found[one.id][0] == found[other.id][0]
            likeness = _likeness(one.title, other.title)
            if likeness == 1 and min(len(one.title.split()), len(other.title.split())) >= dedupe.TELLING:
                same[together] += 1
            elif likeness >= 0.8:
                nearly[together] += 1
    return Headlines(len(rows), len(joined), wrong, (same[True], same.total()), (nearly[True], nearly.total()))


def _likeness(one: str, other: str) -> float:
    """Share of their words that two headlines have in common."""
    a, b = (set(re.findall(r"[^\W_]+", t)) for t in (one, other))
    return len(a & b) / len(a | b)


def pairs() -> dict[str, tuple[int, int]]:
    """Headline pairs judged by people: merged and all, for pairs of the same meaning and for different ones."""
    merged, every = Counter[str](), Counter[str]()
    for row in lines("dedup/sts_headlines.jsonl.gz"):
        grade = "same meaning (4.5 and more)" if row["score"] >= 4.5 else "different (2 and less)"
        if 2 < row["score"] < 4.5:
            continue
        one, other = (
            Version(side, side, side, f"{side}.example", "", text.fold(text.title(row[side])), "", 0) for side in "ab"
        )
        every[grade] += 1
        merged[grade] += dedupe.decide(other, [one]) is not None
    return {grade: (merged[grade], every[grade]) for grade in every}


# --- printing ------------------------------------------------------------------------------------------------------

THRESHOLDS = (300, 400, 500, 600, 700, 800, 900)


def main() -> None:
    """Print the tables in Markdown."""
    out = sys.stdout.write
    texts = pieces()
    made, apart = copies(texts), strangers(texts)
    out("| copies | made | share a print | " + " | ".join(f"≥ {t // 10} %" for t in THRESHOLDS) + " |\n")
    out("|---|---|---|" + "---|" * len(THRESHOLDS) + "\n")
    total = Copies(
        sum(c.made for c in made.values()),
        sum(c.met for c in made.values()),
        [s for c in made.values() for s in c.shared],
    )
    for kind, row in [*made.items(), ("all", total)]:
        found = " | ".join(f"{sum(s >= t for s in row.shared) / row.made:.1%}" for t in THRESHOLDS)
        out(f"| {kind} | {row.made} | {row.met / row.made:.1%} | {found} |\n")
    out(f"\n{apart.texts} texts, {apart.pairs} pairs\n\n| pairs of different texts |")
    out(" | ".join(f" ≥ {t // 10} %" for t in THRESHOLDS) + " |\n|---|" + "---|" * len(THRESHOLDS) + "\n")
    for name, values in (("of different sites", apart.other_site), ("of one site", apart.same_site)):
        out(f"| {name} | " + " | ".join(str(sum(v >= t for v in values)) for t in THRESHOLDS) + " |\n")
    out(f"\n{headlines()}\n{pairs()}\n")


if __name__ == "__main__":
    main()
