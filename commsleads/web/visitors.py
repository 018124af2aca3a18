"""Who asks, without keeping who: the address of a visitor becomes two salted hashes, and is forgotten."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from hashlib import blake2b
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import NamedTuple

Address = IPv4Address | IPv6Address

HASH = 9
"""Bytes of a hash: twelve letters."""
MOST_CACHED = 10_000
MOST_HOPS = 20
"""Entries of X-Forwarded-For that are looked at, from the right."""


class Whence(NamedTuple):
    """What is made of an address: hash of its neighbourhood, listed network, and its bytes for the hash of a visitor.
    Lives in memory only, and never longer than its salt."""

    packed: bytes
    network: str
    known: str


class Visitors:
    """Hashes of visitors under one salt. `lookup` names the listed network an address is in, '' for none."""

    def __init__(self, trusted: Sequence[str], lookup: Callable[[str], str], key: bytes) -> None:
        self.trusted = [ip_network(one, strict=False) for one in trusted]
        self.lookup = lookup
        self.key = key
        self._whence: dict[tuple[str, bytes], Whence] = {}

    def salted(self, key: bytes) -> None:
        """Use another salt; what was known under the old one is forgotten."""
        self.key = key
        self._whence.clear()

    def whence(self, peer: str, forwarded: bytes) -> Whence:
        """What to know of a connection's address and its X-Forwarded-For."""
        found = self._whence.get((peer, forwarded))
        if found is None:
            if len(self._whence) >= MOST_CACHED:
                self._whence.clear()
            found = self._whence[peer, forwarded] = self._find(peer, forwarded)
        return found

    def visitor(self, whence: Whence, agent: bytes) -> str:
        """The hash of a visitor: address and agent under the salt of the day."""
        return self._hash(whence.packed + b"\n" + agent)

    def _find(self, peer: str, forwarded: bytes) -> Whence:
        address = self.client(peer, forwarded)
        if address is None:
            return Whence(b"", "", "")
        width = 24 if address.version == 4 else 48
        neighbours = ip_network((address, width), strict=False).network_address.packed
        return Whence(address.packed, self._hash(b"network\n" + neighbours), self.lookup(str(address)))

    def client(self, peer: str, forwarded: bytes) -> Address | None:
        """The address of who asked: the peer's, or what the proxies we trust say; never what a stranger says."""
        address = read_address(peer)
        if not forwarded or address is None or not self._trusts(address):
            return address
        for entry in reversed(forwarded.decode("latin-1").rsplit(",", MOST_HOPS)[-MOST_HOPS:]):
            said = read_address(entry)
            if said is None:  # "unknown", or words: whoever trusted proxies heard it from is as far as we know
                return address
            address = said
            if not self._trusts(address):
                return address
        return address

    def _trusts(self, address: Address) -> bool:
        return any(address in network for network in self.trusted)

    def _hash(self, what: bytes) -> str:
        return urlsafe_b64encode(blake2b(what, digest_size=HASH, key=self.key).digest()).decode()


def read_address(text: str) -> Address | None:
    """An address as proxies write it, with or without port and brackets; an IPv4 address in IPv6 is one of IPv4."""
    text = text.strip().strip('"')[:100]
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
