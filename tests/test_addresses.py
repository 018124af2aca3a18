"""Which addresses are never connected to."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.addresses import Gate, classify

REFUSED = {
    "0.0.0.0": "this machine",
    "0.1.2.3": "this machine",
    "10.0.0.1": "private",
    "10.255.255.255": "private",
    "100.64.0.1": "carrier",
    "100.100.100.200": "carrier",
    "127.0.0.1": "loopback",
    "127.255.255.254": "loopback",
    "168.63.129.16": "cloud",
    "169.254.169.254": "metadata",
    "172.16.0.1": "private",
    "172.31.255.255": "private",
    "192.0.0.8": "protocols",
    "192.0.2.1": "documentation",
    "192.88.99.1": "6to4",
    "192.168.1.1": "private",
    "198.18.0.1": "benchmarks",
    "198.19.255.255": "benchmarks",
    "198.51.100.7": "documentation",
    "203.0.113.7": "documentation",
    "224.0.0.1": "multicast",
    "239.255.255.255": "multicast",
    "240.0.0.1": "reserved",
    "255.255.255.255": "broadcast",
    "::": "this machine",
    "::1": "loopback",
    "::127.0.0.1": "not a public",
    "::ffff:127.0.0.1": "loopback",
    "::ffff:7f00:1": "loopback",
    "::ffff:10.0.0.1": "private",
    "::ffff:169.254.169.254": "metadata",
    "::ffff:0:127.0.0.1": "not a public",
    "64:ff9b::7f00:1": "NAT64 form of 127.0.0.1",
    "64:ff9b::10.0.0.1": "NAT64 form of 10.0.0.1",
    "64:ff9b:1::1": "NAT64",
    "100::1": "discarding",
    "2001::1": "Teredo",
    "2001:0:4136:e378:8000:63bf:80ff:fffe": "Teredo",
    "2001:20::1": "protocols",
    "2001:db8::1": "documentation",
    "2002:7f00:1::": "6to4",
    "2002:0808:0808::1": "6to4",
    "2606:4700::5efe:7f00:1": "ISATAP form of 127.0.0.1",
    "3fff::1": "documentation",
    "4000::1": "not a public",
    "5f00::1": "routing",
    "fc00::1": "private",
    "fd00:ec2::254": "private",
    "fe80::1": "link-local",
    "fe80::1%eth0": "zone id",
    "2606:4700::1%2": "zone id",
    "fec0::1": "site-local",
    "ff02::1": "multicast",
    # Spellings that some system reads as 127.0.0.1; an address that comes from a look-up is never written so.
    "0x7f000001": "plainly",
    "2130706433": "plainly",
    "127.1": "plainly",
    "0177.0.0.1": "plainly",
    "127.0.0.01": "plainly",
    " 127.0.0.1": "plainly",
    "": "plainly",
    "localhost": "plainly",
    "127.0.0.1\0": "plainly",
    "１２７.0.0.1": "plainly",
}
PUBLIC = (
    "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
    "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255",
    "2606:4700:4700::1111", "2a00:1450:4001::1", "2001:4860:4860::8888", "2001:200::1", "::ffff:8.8.8.8",
    "64:ff9b::808:808",
)  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
def test_special_addresses_are_refused_with_the_reason(address: str) -> None:
    """Each special address is refused, and the reason says what it is."""
    refusal = classify(address)
    assert refusal is not None
    assert refusal.address == address
    assert REFUSED[address] in refusal.reason


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_pass(address: str) -> None:
    """The neighbours of the special networks are ordinary addresses."""
    assert classify(address) is None


@given(st.ip_addresses())
def test_what_python_calls_special_is_refused(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    """Our table is never more generous than the standard library's."""
    carrying = int(address) >> 32 in (0xFFFF, 0x64FF9B << 64)  # mapped and NAT64 ones are judged by what they carry
    if not address.is_global or address.is_multicast or address.is_reserved:
        assert carrying or classify(str(address)) is not None


@given(st.ip_addresses(v=4))
def test_a_carried_address_is_judged_like_the_plain_one(inner: ipaddress.IPv4Address) -> None:
    """Mapping or translating an address never makes a refused one pass."""
    plain = classify(str(inner)) is None
    assert (classify(f"::ffff:{inner}") is None) == plain
    assert (classify(f"64:ff9b::{inner}") is None) == plain
    assert classify(f"2002:{int(inner) >> 16:x}:{int(inner) & 0xFFFF:x}::1") is not None
    assert (classify(f"2606:4700::5efe:{inner}") is None) == plain


@given(st.text())
def test_nonsense_is_refused(text: str) -> None:
    """No string makes the gate fail; what is not plainly an address is refused."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        assert classify(text) is not None


def test_the_settings_admit_what_they_name_and_no_more() -> None:
    """A CIDR admits its own addresses, also written as mapped ones, but no translator's idea of them."""
    gate = Gate(("127.0.0.0/8", "fd00:1::/32", "10.1.2.3"))
    for admitted in ("127.0.0.1", "127.9.9.9", "::ffff:127.0.0.1", "fd00:1::5", "10.1.2.3", "1.1.1.1"):
        assert gate.refusal(admitted) is None
    for refused in ("10.1.2.4", "::1", "fd00:2::5", "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1", "192.168.0.1"):
        assert gate.refusal(refused) is not None
    assert gate.admits("127.0.0.1")
    assert gate.admits("::ffff:127.0.0.1")
    assert not gate.admits("1.1.1.1")
    assert not gate.admits("nonsense")


def test_a_translator_needs_both_networks() -> None:
    """An inner address behind NAT64 passes when the translator's network and the inner one are both named."""
    assert Gate(("64:ff9b::/96",)).refusal("64:ff9b::10.0.0.1") is not None
    assert Gate(("64:ff9b::/96", "10.0.0.0/8")).refusal("64:ff9b::10.0.0.1") is None


@pytest.mark.parametrize(
    "address",
    ["2002:7f00:1::1", "2001:0:7f00:1::1", "2001:0:808:808:0:0:80ff:fffe", "::127.0.0.1", "::ffff:0:127.0.0.1"],
)
def test_admitting_a_tunnel_does_not_admit_what_it_carries(address: str) -> None:
    """With the tunnel's own network named, the loopback inside of it is still refused, wherever it stands."""
    refusal = Gate(("2000::/3", "::/16")).refusal(address)
    assert refusal is not None
    assert "form of 127.0.0.1" in refusal.reason


@pytest.mark.parametrize("network", ["10.0.0.0/33", "nonsense", "10.0.0.0/x", "", "10.0.0/8", "::/129", "10.0.0.0/-1"])
def test_a_wrong_network_is_an_error(network: str) -> None:
    """What is no CIDR is told to whoever made the settings."""
    with pytest.raises(ValueError):
        Gate((network,))


def test_the_gate_forgets_before_it_grows() -> None:
    """A gate that has judged very many addresses still judges rightly and holds a bounded number."""
    gate = Gate()
    for number in range(20_050):
        gate.refusal(f"1.1.{number // 256}.{number % 256}")
    assert gate.refusal("127.0.0.1") is not None
    assert len(gate._known) <= 20_000
