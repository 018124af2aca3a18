"""What an agent string says about who asked.

A name is believed where it says "machine", for nobody gains by that, and never where it says "person": every scanner
can call itself Chrome. So a browser's name gives no points to either side.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from commsleads.rules.clicks import browsers, words

LONGEST = 500
"""Characters of an agent that are looked at; hardly a real one has more."""

KEPT = 50_000
"""Agents whose kind is remembered."""


class Kind(StrEnum):
    """What sort of program an agent string names."""

    BROWSER = "browser"
    IN_APP = "browser of an app"
    ODD = "browser with an odd part"
    CRAWLER = "crawler"
    HEADLESS = "headless browser"
    MONITOR = "monitoring"
    LIBRARY = "library or tool"
    TOOL = "tool"
    LISTED = "a crawler's name in passing"
    SCANNER = "mail or security scanner"
    PREVIEW = "link preview"
    SIGNED = "program with an address to write to"
    JOB = "program by its work"
    FEEDS = "feed reader"
    IMAGES = "image proxy"
    PLAYER = "player, speaker or television"
    OTHER = "no browser"
    EMPTY = "no agent"
    NONSENSE = "attack"


class Agent(NamedTuple):
    """The kind of an agent and the name it gives itself, '' for what needs none."""

    kind: Kind
    name: str = ""


OWN = (
    (Kind.IMAGES, words.IMAGES),
    (Kind.PREVIEW, words.PREVIEW),
    (Kind.SCANNER, words.SCANNER),
    (Kind.HEADLESS, words.HEADLESS),
)
"""Looked for before the list of crawlers, which calls all of them crawlers."""

UNSURE = (Kind.BROWSER, Kind.ODD, Kind.JOB, Kind.OTHER, Kind.TOOL)
"""Kinds of an agent that the list of crawlers knows better."""

TAGS = {
    "social-preview": Kind.PREVIEW, "feed-reader": Kind.FEEDS, "http-library": Kind.LIBRARY,
    "monitoring": Kind.MONITOR, "browser-automation": Kind.HEADLESS,
}  # fmt: skip
"""What the list of crawlers says about its names, where it makes a difference here."""


@lru_cache(maxsize=KEPT)
def read(agent: str) -> Agent:
    """What `agent` says."""
    whole = " ".join(agent[:LONGEST].split()).strip("'\" ")
    low = whole.lower()
    if not low.strip("-"):
        return Agent(Kind.EMPTY)
    if found := words.NONSENSE.search(low):
        return Agent(Kind.NONSENSE)
    browser = _is_browser(low)
    bare = browsers.SILENT.sub("android ", whole) if browser else whole
    clean = bare.lower()
    if browser and browsers.IN_APP.search(low) and not _says_machine(clean):
        return Agent(Kind.IN_APP)
    for kind, names in OWN:
        if found := names.search(clean):
            return Agent(kind, _name(bare, found.span()))
    listed = _crawlers()(bare)
    if not browser and (found := words.LIBRARY.search(clean)):
        return Agent(Kind.LIBRARY, _name(bare, found.span()))
    # Apps of people stand on the list too, for what their servers fetch.
    at_home = browser or browsers.HOME.search(low)
    if listed and not (at_home and listed.kind is Kind.CRAWLER and not _says_machine(clean)):
        return listed
    said = _by_words(clean, bare, browser=browser)
    return Agent(Kind.LISTED, listed.name) if listed and said.kind in UNSURE else said


def _by_words(low: str, bare: str, *, browser: bool) -> Agent:
    # A crawler that looks like a browser says whose it is; without that it may be the name of a device.
    sure = not browser or "compatible;" in low or bool(words.ADDRESS.search(low))
    if found := words.CRAWLER.search(low):
        return Agent(Kind.CRAWLER if sure else Kind.LISTED, _name(bare, found.span()))
    if found := words.MONITOR.search(low):
        return Agent(Kind.JOB if browser else Kind.MONITOR, _name(bare, found.span()))
    if words.ADDRESS.search(low):
        return Agent(Kind.SIGNED)
    if browser:
        return Agent(Kind.BROWSER) if browsers.TEXT.match(low) else _odd(low)
    for kind, names in (
        (Kind.FEEDS, words.FEEDS),
        (Kind.PLAYER, words.PLAYER),
        (Kind.TOOL, words.TOOL),
        (Kind.JOB, words.JOB),
    ):
        if found := names.search(low):
            return Agent(kind, _name(bare, found.span()))
    return Agent(Kind.SIGNED) if words.WEBSITE.search(low) else Agent(Kind.OTHER)


def _says_machine(low: str) -> bool:
    return any(names.search(low) for names in (words.CRAWLER, words.HEADLESS, words.ADDRESS))


def _is_browser(low: str) -> bool:
    """Whether it is built like a browser's: an engine on a system, or a browser for text."""
    return bool(browsers.TEXT.match(low) or (browsers.ENGINE.search(low) and browsers.HOME.search(low)))


def _odd(low: str) -> Agent:
    """A browser's agent; `ODD` when something in it is no part of a browser's."""
    outside = low
    for _ in range(3):  # brackets in brackets
        outside = browsers.COMMENTED.sub(" ", outside)
    strange = [
        part for part in outside.replace(";", " ").split()
        if (name := part.split("/")[0].strip(".,()[]")) and not name[0].isdigit() and name not in browsers.TOKENS
    ]  # fmt: skip
    if low.endswith("mozilla/5.0"):  # begun again at its end, as one make of gateway does
        return Agent(Kind.JOB, "Mozilla 5.0")
    if low.count("mozilla/") > 1:
        return Agent(Kind.ODD, "Mozilla")
    told = next((part for part in strange if "browser" not in part and _works(part)), "")
    inside = " ".join(browsers.COMMENTED.findall(low))
    added = browsers.ADDED.search(low)
    if told or added or words.WEBSITE.search(inside):
        return Agent(Kind.JOB, re.sub(r"[^\w .-]", " ", told or (added[1] or added[2] if added else ""))[:40].strip())
    mobile = "mobile" in low or "android" in low
    if strange and not mobile:
        return Agent(Kind.ODD, strange[-1][:40])
    return Agent(Kind.BROWSER)


def _works(part: str) -> bool:
    return bool(words.JOB.search(part) or words.LIBRARY.search(part) or words.TOOL.search(part))


def _name(text: str, span: tuple[int, int]) -> str:
    """The word round a find, as the agent writes it, of harmless letters only."""
    start, end = span
    while start < end and not text[end - 1].isalnum():
        end -= 1
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "-_."):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] in "-_."):
        end += 1
    return re.sub(r"[^\w .-]", " ", text[start : min(end, start + 40)]).strip(" .-")


@lru_cache(maxsize=1)
def _crawlers() -> Callable[[str], Agent | None]:
    """The list of the package, made into one automaton of names and one expression for the few that are patterns."""
    import ahocorasick_rs
    import crawleruseragents

    plain = re.compile(r"(?:[^\\.^$*+?{}\[\]|()]|\\[^a-zA-Z0-9])+")
    names: list[str] = []
    kinds: list[Kind] = []
    patterns: list[str] = []
    for row in crawleruseragents.CRAWLER_USER_AGENTS_DATA:
        pattern = row["pattern"]
        if plain.fullmatch(pattern):
            names.append(re.sub(r"\\(.)", r"\1", pattern))
            kinds.append(next((TAGS[tag] for tag in row.get("tags", ()) if tag in TAGS), Kind.CRAWLER))
        else:
            patterns.append(pattern)
    find = ahocorasick_rs.AhoCorasick(names).find_matches_as_indexes
    rest = re.compile("|".join(f"(?:{one})" for one in patterns))

    def look(text: str) -> Agent | None:
        if found := find(text):
            number, start, end = found[0]
            return Agent(kinds[number], _name(text, (start, end)) or names[number])
        if matched := rest.search(text):
            return Agent(Kind.CRAWLER, _name(text, matched.span()))
        return None

    return look
