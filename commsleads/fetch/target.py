"""Where a request goes: an address read once, strictly, and connected to as it was read.

Two readers of one address disagree about the odd ones, and that is how guards are passed by. So what is odd
(backslash, white space, a name in front of an @, an IP address in hex or octal) is refused here, and the engine is
given the address put together again from the parts.
"""

from __future__ import annotations

import re
from socket import AF_INET6, inet_ntop, inet_pton
from typing import NamedTuple

from commsleads.errors import FetchError, RefusedAddressError

LONGEST = 4_000
"""Characters of an address; feeds have no longer ones and headers must stay bounded."""

_ODD = re.compile(r"[\x00-\x20\x7f-\x9f\\\s]")
_PARTS = re.compile(r"(https?)://([^/?#]*)([^?#]*)(\?[^#]*)?(?:#.*)?", re.IGNORECASE | re.DOTALL)
_AUTHORITY = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^\[\]:@]+)(?::([0-9]*))?")
_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_](?:[a-z0-9_-]{0,62}))*")
_IPV4 = re.compile(r"(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}")
_NUMERIC = re.compile(r"(?:.*\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)")
_ASCII = re.compile(r"[\x21-\x7e]*")
_PORTS = {"http": 80, "https": 443}


class Target(NamedTuple):
    """One address to ask. `host` is a name or a plain IP address without brackets; `literal` says it is the latter."""

    url: str
    scheme: str
    host: str
    port: int
    literal: bool


def parse(url: str) -> Target:
    """Read an address; raises `FetchError` (weight 4) with what is wrong with it."""
    if len(url) > LONGEST:
        raise _wrong(f"The address is longer than {LONGEST} characters.")
    if _ODD.search(url):
        raise _wrong("The address holds a backslash, white space or a control character. Write it without.")
    parts = _PARTS.fullmatch(url)
    if parts is None:
        raise _wrong("The address does not begin with http:// or https://. Nothing else is fetched.")
    scheme, authority, path, query = parts.groups("")
    scheme = scheme.lower()
    if "@" in authority:
        raise _wrong("The address holds a user name or password in front of an @. Take it out.")
    place = _AUTHORITY.fullmatch(authority)
    if place is None:
        raise _wrong("The address names no host that can be read.")
    port = _port(place[2], scheme)
    host, literal = _host(place[1])
    shown = f"[{host}]" if ":" in host else host
    if port != _PORTS[scheme]:
        shown = f"{shown}:{port}"
    rest = (path or "/") + query
    if not _ASCII.fullmatch(rest):
        rest = _quoted(rest)
    return Target(f"{scheme}://{shown}{rest}", scheme, host, port, literal)


def join(base: Target, location: str) -> Target:
    """Where a redirect leads. Raises like `parse`; white space around or in the path is forgiven, as it is common."""
    from urllib.parse import urljoin

    location = location.strip(" \t").replace(" ", "%20")
    if _ODD.search(location):  # before urljoin, which drops some of these silently
        raise _wrong("The server redirects to an address with a backslash or a control character in it.")
    try:
        return parse(urljoin(base.url, location))
    except ValueError as error:
        raise _wrong("The server redirects to an address that cannot be read.") from error


def _wrong(words: str) -> FetchError:
    return FetchError(words, quarters=4)


def _port(digits: str | None, scheme: str) -> int:
    if not digits:
        return _PORTS[scheme]
    port = int(digits) if len(digits) <= 5 else 0
    if not 0 < port < 65536:
        raise _wrong("The port in the address is not between 1 and 65535.")
    return port


def _host(written: str) -> tuple[str, bool]:
    """The host in small letters and whether it is an IP address."""
    if written.startswith("["):
        try:
            return inet_ntop(AF_INET6, inet_pton(AF_INET6, written[1:-1])), True
        except OSError as error:
            raise _wrong("The address in brackets is not an IPv6 address.") from error
    if _IPV4.fullmatch(written):
        if all(int(part) < 256 for part in written.split(".")):
            return written, True
        raise _wrong("The address has a number above 255 in its IP address.")
    name = written.lower().rstrip(".") if written.isascii() else _ascii(written)
    if _NUMERIC.fullmatch(name):
        raise RefusedAddressError(
            "The address writes an IP address in an unusual way (hex, octal or shortened). Write it as four numbers."
        )
    if not _NAME.fullmatch(name):
        raise _wrong("The address names no host that can be read.")
    return name, False


def _ascii(name: str) -> str:
    """The name as the DNS knows it (xn--...). What looks like an address only after this is judged afterwards."""
    import idna

    try:
        return idna.encode(name.rstrip(".\u3002\uff0e\uff61"), uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as error:
        raise _wrong("The name of the host cannot be written for the DNS.") from error


def _quoted(rest: str) -> str:
    from urllib.parse import quote

    return quote(rest, safe="!#$%&'()*+,/:;=?@[]~")
