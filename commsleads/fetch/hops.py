"""From one address to the next: which redirects are followed."""

from __future__ import annotations

from commsleads.errors import FetchError
from commsleads.fetch.target import Target, join

MOST_HOPS = 5


def following(target: Target, location: str, seen: set[str]) -> Target:
    """Where a redirect leads. `seen` is where we have been. Raises `FetchError` for what is not followed."""
    found = join(target, _readable(location))
    if target.scheme == "https" and found.scheme == "http":
        raise FetchError("The server redirects from https to plain http, which is not followed.", quarters=4)
    if found.url in seen:
        raise FetchError("The server redirects in a circle.", quarters=4)
    if len(seen) > MOST_HOPS:
        raise FetchError(f"The server redirects more than {MOST_HOPS} times.", quarters=4)
    seen.add(found.url)
    return found


def _readable(location: str) -> str:
    """Headers are read as Latin-1, but who writes other letters into a Location means UTF-8."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location
