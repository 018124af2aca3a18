"""Named networks of scanning gateways and of clouds. A match widens the time after a mailing and is one weak sign: real
people sit behind some of them."""

from __future__ import annotations


def lookup(address: str, more: tuple[str, ...] = ()) -> str:
    """The name of the listed network `address` is in, '' for none and for what is no address.

    `more` are networks (CIDR) that an organisation adds.
    """
    return ""
