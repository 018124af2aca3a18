"""What in a mail's words leads to a campaign: its links, its pages, its tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from commsleads import urls
from commsleads.plan import Campaign

TAG, LINK, PAGE = 1000, 950, 900
"""Permille. A tag or a link of our own is proof that somebody had our words before them; a page may be found anyhow."""
LONGEST = 200_000
MOST = 200
"""Characters and addresses that are looked at in one mail."""
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"\x00-\x1f]{3,2000}", re.IGNORECASE)
_BEHIND = ".,;:!?)]}'\u2019\u201d*_"


class LinkAt(NamedTuple):
    """A link that we hand out: where it stands, and what it is for."""

    address: str
    campaign: str
    cta: str
    channel: str


class Trace(NamedTuple):
    """What leads from some words to a campaign: to which call to action and on which channel, '' where it does not say;
    how sure (permille), and a sentence that names nobody."""

    campaign: str
    cta: str
    channel: str
    permille: int
    why: str


class Traces:
    """All campaigns at once: asked for each mail."""

    def __init__(self, campaigns: Sequence[Campaign], links: Iterable[LinkAt]) -> None:
        self._links: dict[str, list[LinkAt]] = {}
        self._pages: dict[str, list[tuple[str, str]]] = {}
        self._tags: dict[str, list[str]] = {}
        for link in links:
            if found := _key(link.address):
                self._links.setdefault(found, []).append(link)
        for campaign in campaigns:
            for tag in campaign.utm_campaigns:
                self._tags.setdefault(" ".join(tag.lower().split()), []).append(campaign.id)
            for cta in campaign.ctas:
                for page in dict.fromkeys((cta.destination, *cta.links)):
                    if found := _key(page):
                        self._pages.setdefault(found, []).append((campaign.id, cta.id))
        self._known = bool(self._links or self._pages or self._tags)

    def find(self, text: str, tags: Iterable[str] = ()) -> list[Trace]:
        """The traces in some words, each campaign's surest, surest first. `tags` are `utm_campaign`s said beside."""
        found: dict[str, Trace] = {}
        if not self._known:
            return []
        for tag in (" ".join(one.lower().split()) for one in tags):
            for campaign in self._tags.get(tag, ()):
                _keep(found, Trace(campaign, "", "", TAG, f"It came with utm_campaign={tag[:80]}."))
        for number, one in enumerate(_ADDRESS.finditer(text, 0, LONGEST)):
            if number >= MOST:
                break
            self._follow(found, one[0].rstrip(_BEHIND))
        return sorted(found.values(), key=lambda trace: (-trace.permille, trace.campaign))

    def _follow(self, found: dict[str, Trace], address: str) -> None:
        key = _key(address)
        for link in self._links.get(key) or self._links.get(_key(address.partition("?")[0])) or ():
            _keep(found, Trace(link.campaign, link.cta, link.channel, LINK, "It holds a link of the campaign."))
        for campaign, cta in self._pages.get(key, ()):
            _keep(found, Trace(campaign, cta, "", PAGE, "It holds the address of a page that the campaign leads to."))
        tag = urls.utm(address).get("utm_campaign", "")
        for campaign in self._tags.get(tag, ()) if tag else ():
            cta = next((cta for known, cta in self._pages.get(key, ()) if known == campaign), "")
            _keep(found, Trace(campaign, cta, "", TAG, f"A link in it carries utm_campaign={tag[:80]}."))


def _key(address: str) -> str:
    if address[:4].lower() == "www.":
        address = f"https://{address}"
    # Nobody types a short link in the letters it was made of.
    return urls.canonical(address).casefold()


def _keep(found: dict[str, Trace], trace: Trace) -> None:
    before = found.get(trace.campaign)
    if before is None or (trace.permille, bool(trace.cta)) > (before.permille, bool(before.cta)):
        found[trace.campaign] = trace
