"""Asking name servers whether a mail domain takes mail: only when somebody wants it, and never the mail server itself.

A domain without MX takes mail at its own address (RFC 5321, 5.1); a lone "." says that it takes none (RFC 7505). What
no name server answered is not known: None.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from dns.resolver import Resolver

MOST = 5_000
"""Domains that are asked for in one go."""
AT_ONCE = 8
PATIENCE = 4.0
"""Seconds for one domain, all tries together."""


class Asked(NamedTuple):
    """Whether a domain takes mail, None when nobody could say, and why in a sentence."""

    takes: bool | None
    why: str


def asked(domains: Iterable[str], servers: Sequence[str] = (), port: int = 53) -> dict[str, Asked]:
    """What name servers say of these domains, `MOST` at most. `servers` are addresses; else those of this machine."""
    wanted = sorted(set(domains))[:MOST]
    resolver = _resolver(servers, port)
    if resolver is None:
        return {domain: Asked(None, "This machine knows no name server.") for domain in wanted}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip(wanted, pool.map(lambda domain: _one(resolver, domain), wanted), strict=True))


def _resolver(servers: Sequence[str], port: int) -> Resolver | None:
    from dns.exception import DNSException
    from dns.resolver import Resolver

    try:
        resolver = Resolver(configure=not servers)
    except (DNSException, OSError):
        return None
    if servers:
        resolver.nameservers = list(servers)
        resolver.port = port
    resolver.timeout, resolver.lifetime = PATIENCE / 2, PATIENCE
    return resolver


def _one(resolver: Resolver, domain: str) -> Asked:
    from dns.exception import DNSException
    from dns.resolver import NXDOMAIN, NoAnswer

    try:
        found = [str(one.exchange) for one in resolver.resolve(f"{domain}.", "MX")]
    except NXDOMAIN:
        return Asked(takes=False, why="Name servers say that there is no such domain.")
    except NoAnswer:
        return _by_address(resolver, domain)
    except (DNSException, OSError, ValueError) as error:
        return Asked(None, f"No name server could say: {type(error).__name__}.")
    if found == ["."]:
        return Asked(takes=False, why="The domain says that it takes no mail.")
    return Asked(takes=True, why="The domain names servers that take its mail.")


def _by_address(resolver: Resolver, domain: str) -> Asked:
    from dns.exception import DNSException
    from dns.resolver import NXDOMAIN, NoAnswer

    for kind in ("A", "AAAA"):
        try:
            resolver.resolve(f"{domain}.", kind)
        except (NoAnswer, NXDOMAIN):
            continue
        except (DNSException, OSError, ValueError) as error:
            return Asked(None, f"No name server could say: {type(error).__name__}.")
        return Asked(takes=True, why="The domain names no mail server, and has an address that mail may be brought to.")
    return Asked(takes=False, why="The domain has neither a mail server nor an address.")
