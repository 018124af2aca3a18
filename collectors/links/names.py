"""Short addresses as people write them in the settings, and as services list them: which are meant."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

MOST = 2_000
"""Links that one source counts at most."""


class Chosen:
    """The links and the domain that the settings name; nothing named is everything.

    A link is named by its whole address, by host and path, or by its code alone; letters of the host are all the same.
    """

    def __init__(self, links: Iterable[str] = (), domain: str = "") -> None:
        self._links = {bare(link): link for link in links}
        self._domain = domain.lower()
        self._seen: set[str] = set()

    def has(self, address: str) -> bool:
        """Whether the link with this short address is one that is meant."""
        place = bare(address)
        if self._domain and place.partition("/")[0] != self._domain:
            return False
        if not self._links:
            return True
        hits = {place, place.partition("/")[2]} & self._links.keys()
        self._seen |= hits
        return bool(hits)

    def missing(self) -> str:
        """A sentence on the links that were named and not found; '' when there are none."""
        names = sorted(link for place, link in self._links.items() if place not in self._seen)
        if not names:
            return ""
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        return f"Not found there: {', '.join(name[:60] for name in names[:3])}{more}."


def bare(link: str) -> str:
    """Host in small letters and path, without scheme, query and slashes at the ends: go.example/aB3."""
    place = link.strip().partition("?")[0].partition("#")[0]
    try:
        parts = urlsplit(place if "://" in place else f"//{place}")
        name = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return place
    path = parts.path.strip("/")
    if "://" not in place and not path:  # a code alone: its letters matter
        return place.strip("/")
    return f"{name}{port}/{path}"


def check(links: tuple[str, ...], domain: str = "") -> None:
    """Raise `ValueError` with a sentence for settings that name no links or no domain."""
    if len(links) > MOST:
        raise ValueError(f"links are {len(links)}, and may be {MOST}")
    for link in links:
        if not link.strip() or not link.isprintable() or " " in link.strip() or len(link) > 400:
            raise ValueError(f'links holds "{link[:60]}", which is no short address such as "go.museum.example/wing"')
    if domain and (not domain.isprintable() or "/" in domain or " " in domain or len(domain) > 253):
        raise ValueError('domain must be a host without more, such as "go.museum.example"')
