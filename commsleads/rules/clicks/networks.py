"""Named networks of scanning gateways and of clouds, and how an address is found in them.

A match decides nothing: behind Microsoft's addresses sit scanners, and people at rented desktops. It makes the time
after a mailing longer in which a hit is looked at with doubt, and is one weak sign. The list is in `networks.txt`, a
network a line, with the name of whoever announces it; no list of this sort is ever complete.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from importlib import resources
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import NamedTuple

YOURS = "listed by you"
"""The name of networks that an organisation adds in `[clicks] networks`."""

_NINETY_SIX = 0xFFFF << 32


class _Ranges(NamedTuple):
    """Where a stretch of addresses with one name begins; it ends where the next begins. '' for no name."""

    starts: list[int]
    names: list[str]


def lookup(address: str, more: tuple[str, ...] = ()) -> str:
    """The name of the listed network `address` is in, '' for none and for what is no address.

    `more` are networks (CIDR) that an organisation adds; those that are none are passed over. Where networks lie in one
    another the smallest names it.
    """
    # The common form without the cost of the general reader.
    parts = address.split(".")
    if len(parts) == 4 and all(part.isascii() and part.isdigit() and len(part) <= 3 for part in parts):
        a, b, c, d = map(int, parts)
        if a > 255 or b > 255 or c > 255 or d > 255:
            return ""
        return _find(_table(more)[0], a << 24 | b << 16 | c << 8 | d)
    try:
        found = ip_address(address.partition("%")[0].strip("[]"))
    except ValueError:
        return ""
    number = int(found)
    if found.version == 6 and number >> 32 == 0xFFFF:  # an IPv4 address in the clothes of the other
        return _find(_table(more)[0], number - _NINETY_SIX)
    return _find(_table(more)[found.version == 6], number)


def _find(ranges: _Ranges, number: int) -> str:
    return ranges.names[bisect_right(ranges.starts, number) - 1]


@lru_cache(maxsize=8)
def _table(more: tuple[str, ...]) -> tuple[_Ranges, _Ranges]:
    """The list and what an organisation adds, flattened for IPv4 and IPv6."""
    rows: list[tuple[IPv4Network | IPv6Network, str]] = []
    text = resources.files("commsleads.rules.clicks").joinpath("networks.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        network, _, name = line.partition("#")[0].strip().partition(" ")
        if network:
            rows.append((ip_network(network), name.strip()))
    for one in more:
        try:
            rows.append((ip_network(one.strip(), strict=False), YOURS))
        except ValueError:
            continue
    return tuple(_flatten([row for row in rows if row[0].version == version]) for version in (4, 6))  # type: ignore[return-value]


def _flatten(rows: list[tuple[IPv4Network | IPv6Network, str]]) -> _Ranges:
    """Networks that may lie in one another as stretches that do not, each named by the smallest network over it."""
    starts, names = [0], [""]
    open_: list[tuple[int, str]] = []

    def mark(at: int, name: str) -> None:
        if starts[-1] == at:
            names[-1] = name
        else:
            starts.append(at)
            names.append(name)

    def close(upto: int) -> None:
        while open_ and open_[-1][0] < upto:
            end, _ = open_.pop()
            mark(end + 1, open_[-1][1] if open_ else "")

    for network, name in sorted(rows, key=lambda row: (int(row[0].network_address), row[0].prefixlen, row[1])):
        first, last = int(network.network_address), int(network.broadcast_address)
        close(first)
        open_.append((last, name))
        mark(first, name)
    close(1 << 129)
    return _Ranges(starts, names)
