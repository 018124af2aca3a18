"""Named networks: found by address, the smallest first."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.rules.clicks.networks import YOURS, lookup


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("40.107.1.2", "Microsoft mail protection"),
        ("40.70.1.2", "Microsoft cloud"),
        ("::ffff:40.107.1.2", "Microsoft mail protection"),
        ("2a01:111:f400::1", "Microsoft mail protection"),
        ("2a01:111:f401::1", "Microsoft cloud"),
        ("67.231.144.0", "Proofpoint"),
        ("67.231.159.255", "Proofpoint"),
        ("67.231.160.0", ""),
        ("192.0.2.1", ""),
        ("0.0.0.0", ""),
        ("255.255.255.255", ""),
        ("fe80::1%eth0", ""),
    ],
)
def test_an_address_has_the_name_of_its_network(address: str, name: str) -> None:
    """Also at the edges, in the other clothes, and where one network lies in another."""
    assert lookup(address) == name


@pytest.mark.parametrize(
    "address", ["", "localhost", "1.2.3", "1.2.3.999", "1.2.3.4.5", "a.b.c.d", "::g", "²³.1.1.1", "x" * 9_000]
)
def test_what_is_no_address_has_none(address: str) -> None:
    """And makes no noise."""
    assert lookup(address) == ""


def test_an_organisation_adds_its_own() -> None:
    """Those that are no network are passed over; a smaller one goes before a larger."""
    more = ("192.0.2.0/24", "40.107.1.2", "nonsense", "2001:db8::/32")
    assert lookup("192.0.2.77", more) == lookup("2001:db8::5", more) == lookup("40.107.1.2", more) == YOURS
    assert lookup("40.107.1.3", more) == "Microsoft mail protection"


networks = st.builds(
    lambda a, bits: str(ip_network((a, bits), strict=False)), st.integers(0, 2**32 - 1), st.integers(1, 32)
)


@given(st.lists(networks, min_size=1, max_size=4), st.integers(0, 2**32 - 1))
def test_every_address_of_an_added_network_is_found(more: list[str], number: int) -> None:
    """By the quick search as by the plain one, unless a smaller network of the list is over it."""
    address = str(ip_address(number))
    inside = any(ip_address(number) in ip_network(one) for one in more)
    if inside and not lookup(address):
        assert lookup(address, tuple(more)) == YOURS
    if not inside:
        assert lookup(address, tuple(more)) == lookup(address)
