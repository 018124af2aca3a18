"""How we behave on other people's machines: a value, made from the settings."""

from __future__ import annotations

from dataclasses import dataclass

from commsleads import __version__


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """What `[fetch]` in the settings says.

    `contact` is an address of ours and goes into the User-Agent. `allow_networks` are CIDRs that may be connected to
    although they are private or loopback. `concurrency` is how many fetches run at once, `per_host` how many of them
    at one host, `spacing` the seconds between two requests to one registrable domain (none inside `allow_networks`).
    `timeout` is seconds for a whole fetch: look-up, every hop, the body. `max_bytes` bounds the body, packed and
    unpacked. `proxy` is used for everything when it is given (it is trusted, and looks names up itself); the proxies
    of the environment are never used.
    """

    contact: str = ""
    allow_networks: tuple[str, ...] = ()
    concurrency: int = 64
    per_host: int = 2
    spacing: float = 1.0
    timeout: float = 30.0
    max_bytes: int = 10_000_000
    proxy: str = ""

    @property
    def agent(self) -> str:
        """The User-Agent: who polls, and whom to ask about it."""
        contact = "".join(letter for letter in self.contact if letter.isascii() and letter.isprintable()).strip()
        return f"commsleads/{__version__} (+{contact})" if contact else f"commsleads/{__version__}"
