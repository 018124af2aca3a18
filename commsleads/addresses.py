"""Which IP addresses commsleads never connects to, and why. Pure: no look-up, no socket.

The table is our own and not `ipaddress.is_private` or `is_global`: in Python 3.11 those call loopback behind NAT64
(64:ff9b::7f00:1) and behind 6to4 (2002:7f00:1::) global, and carrier-grade NAT (100.64.0.0/10) not private.
Rows follow IANA's registries of special-purpose addresses for IPv4 and IPv6 (RFC 6890 and its successors); of IPv6
everything outside of global unicast (2000::/3) is refused as a whole. An address that carries an IPv4 address inside
(mapped, NAT64, 6to4, Teredo, ISATAP and their relatives) is judged by what it carries as well.

Names and spellings of addresses are not judged here: only an address that the system is about to connect to is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from socket import AF_INET, AF_INET6, inet_ntop, inet_pton
from typing import NamedTuple

_IPV4 = (
    ("0.0.0.0/8", "this machine itself"),
    ("10.0.0.0/8", "a private network"),
    ("100.64.0.0/10", "a provider's inner network (carrier-grade NAT)"),
    ("127.0.0.0/8", "this machine itself (loopback)"),
    ("168.63.129.16/32", "a cloud platform's inner service"),
    ("169.254.0.0/16", "the local network segment (link-local, cloud metadata)"),
    ("172.16.0.0/12", "a private network"),
    ("192.0.0.0/24", "reserved for protocols"),
    ("192.0.2.0/24", "reserved for documentation"),
    ("192.88.99.0/24", "an abandoned 6to4 relay"),
    ("192.168.0.0/16", "a private network"),
    ("198.18.0.0/15", "reserved for benchmarks"),
    ("198.51.100.0/24", "reserved for documentation"),
    ("203.0.113.0/24", "reserved for documentation"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved (broadcast)"),
)
_IPV6 = (
    ("::/128", "this machine itself"),
    ("::1/128", "this machine itself (loopback)"),
    ("64:ff9b:1::/48", "a local IPv4 translator (NAT64)"),
    ("100::/32", "reserved for discarding"),
    ("2001::/23", "reserved for protocols (abandoned tunnels such as Teredo among them)"),
    ("2001:db8::/32", "reserved for documentation"),
    ("2002::/16", "an abandoned tunnel (6to4)"),
    ("3fff::/20", "reserved for documentation"),
    ("5f00::/16", "reserved for segment routing"),
    ("fc00::/7", "a private network (unique local)"),
    ("fe80::/10", "the local network segment (link-local)"),
    ("fec0::/10", "a private network (site-local)"),
    ("ff00::/8", "multicast"),
)
_LOW_32 = 0xFFFFFFFF
_MAPPED = 0xFFFF  # ::ffff:a.b.c.d, the upper 96 bits
_TRANSLATED = 0xFFFF_0000  # ::ffff:0:a.b.c.d (RFC 2765)
_NAT64 = 0x0064FF9B << 64  # 64:ff9b::a.b.c.d (RFC 6052)
_CACHE = 20_000


class Refusal(NamedTuple):
    """Why an address is not connected to. `reason` completes "this address is ..."."""

    address: str
    reason: str


class _Span(NamedTuple):
    first: int
    last: int
    reason: str


def _number(address: str) -> tuple[int, int]:
    """The family (4 or 6) and the number of an address in plain spelling; ValueError for any other spelling."""
    if ":" in address:
        return 6, int.from_bytes(_packed(AF_INET6, address))
    packed = _packed(AF_INET, address)
    if inet_ntop(AF_INET, packed) != address:  # some systems read 010.0.0.1 as octal or as decimal
        raise ValueError(address)
    return 4, int.from_bytes(packed)


def _packed(family: int, address: str) -> bytes:
    try:
        return inet_pton(family, address)
    except OSError as error:
        raise ValueError(address) from error


def _span(network: str, reason: str = "") -> tuple[int, _Span]:
    """The family and the first and last number of a CIDR; bits behind the prefix are ignored."""
    address, slash, length = network.strip().partition("/")
    family, number = _number(address)
    width = 32 if family == 4 else 128
    bits = int(length) if slash else width
    if not 0 <= bits <= width:
        raise ValueError(network)
    rest = (1 << (width - bits)) - 1
    return family, _Span(number & ~rest, number | rest, reason)


_SPANS = {
    4: sorted(_span(*row)[1] for row in _IPV4),
    6: sorted(_span(*row)[1] for row in _IPV6),
}
_FIRSTS = {family: [span.first for span in spans] for family, spans in _SPANS.items()}


def _reason(family: int, number: int) -> str:
    """What the table says of a number, or an empty string."""
    place = bisect_right(_FIRSTS[family], number) - 1
    if place >= 0:
        span = _SPANS[family][place]
        if number <= span.last:
            return span.reason
    if family == 6 and number >> 125 != 1 and number >> 32 != _NAT64:
        return "not a public address"
    return ""


def _carried(number: int) -> Iterator[tuple[str, int]]:
    """The IPv4 numbers inside an IPv6 number, each with the name of the way they got there."""
    top = number >> 32
    low = number & _LOW_32
    if top == _TRANSLATED:
        yield "translated", low
    elif top == 0 and low > 1:
        yield "IPv4-compatible", low
    elif top == _NAT64 or number >> 80 == 0x0064_FF9B_0001:
        yield "NAT64", low
    elif number >> 112 == 0x2002:
        yield "6to4", (number >> 80) & _LOW_32
    elif number >> 96 == 0x2001_0000:
        yield "Teredo", (number >> 64) & _LOW_32
        yield "Teredo", low ^ _LOW_32
    elif (top & _LOW_32) in (0x0000_5EFE, 0x0200_5EFE):
        yield "ISATAP", low


def _own(address: str) -> tuple[int, int]:
    """The family and number that a connection to this address reaches: a mapped one *is* the IPv4 address inside."""
    family, number = _number(address)
    if family == 6 and number >> 32 == _MAPPED:
        return 4, number & _LOW_32
    return family, number


class Gate:
    """Judges addresses. `allow_networks` are CIDRs that the settings admit although the table refuses them.

    Raises `ValueError` for a CIDR that is none; the settings were checked before.
    """

    def __init__(self, allow_networks: tuple[str, ...] = ()) -> None:
        self._allowed: dict[int, list[_Span]] = {4: [], 6: []}
        for network in allow_networks:
            family, span = _span(network)
            self._allowed[family].append(span)
        self._known: dict[str, Refusal | None] = {}

    def refusal(self, address: str) -> Refusal | None:
        """Why this address is not connected to, or None when it may be. A spelling that is not plain is refused."""
        try:
            return self._known[address]
        except KeyError:
            if len(self._known) >= _CACHE:
                self._known.clear()
            known = self._known[address] = self._judge(address)
            return known

    def admits(self, address: str) -> bool:
        """Whether the settings name this address's network, so that it is one of ours and needs no politeness."""
        try:
            return self._inside(*_own(address))
        except ValueError:
            return False

    def _inside(self, family: int, number: int) -> bool:
        return any(span.first <= number <= span.last for span in self._allowed[family])

    def _judge(self, address: str) -> Refusal | None:
        try:
            family, number = _own(address)
        except ValueError:
            zone = "%" in address
            return Refusal(address, "tied to one network card (zone id)" if zone else "not a plainly written address")
        admitted = self._inside(family, number)
        reason = _reason(family, number)
        if reason and not admitted:
            return Refusal(address, reason)
        if family == 6:
            # What a translator or tunnel would reach is not ours to admit, unless both networks are named.
            for way, inner in _carried(number):
                reason = _reason(4, inner)
                if reason and not (admitted and self._inside(4, inner)):
                    return Refusal(address, f"{way} form of {inet_ntop(AF_INET, inner.to_bytes(4))}, {reason}")
        return None


_NOBODY = Gate()


def classify(address: str) -> Refusal | None:
    """Why an address is not public, or None when it is."""
    return _NOBODY.refusal(address)
