"""Asking a name server whether domains take mail: one of our own, on loopback."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
import pytest

from commsleads.contacts.asking import Asked, asked

ZONE = {
    ("post.com.", "MX"): "10 mx.post.com.",
    ("none.com.", "MX"): "0 .",
    ("old.com.", "A"): "192.0.2.1",
    ("six.com.", "AAAA"): "2001:db8::1",
    ("empty.com.", "TXT"): '"nothing"',
}


def _answer(wire: bytes) -> bytes:
    query = dns.message.from_wire(wire)
    question = query.question[0]
    name, kind = question.name.to_text(), dns.rdatatype.to_text(question.rdtype)
    answer = dns.message.make_response(query)
    answer.flags |= dns.flags.RA
    if name == "broken.com.":
        answer.set_rcode(dns.rcode.SERVFAIL)
    elif found := ZONE.get((name, kind)):
        answer.answer.append(dns.rrset.from_text(name, 60, "IN", kind, found))
    elif not any(known == name for known, _ in ZONE):
        answer.set_rcode(dns.rcode.NXDOMAIN)
    return answer.to_wire()


@pytest.fixture
def server() -> Iterator[int]:
    """The port of a name server that knows five domains."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        sock.settimeout(0.2)
        stop = threading.Event()

        def serve() -> None:
            while not stop.is_set():
                try:
                    wire, peer = sock.recvfrom(4_096)
                except TimeoutError:
                    continue
                sock.sendto(_answer(wire), peer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield sock.getsockname()[1]
        stop.set()
        thread.join()


def test_what_name_servers_say(server: int) -> None:
    """A server for mail, an address alone, a domain that takes none, none at all, and one that nobody could tell of."""
    domains = ["post.com", "none.com", "old.com", "six.com", "empty.com", "nowhere.com", "broken.com", "post.com"]
    found = asked(domains, servers=["127.0.0.1"], port=server)
    assert {domain: told.takes for domain, told in found.items()} == {
        "post.com": True, "none.com": False, "old.com": True, "six.com": True, "empty.com": False,
        "nowhere.com": False, "broken.com": None,
    }  # fmt: skip
    assert all(told.why.endswith(".") for told in found.values())


def test_names_that_no_name_server_takes(server: int) -> None:
    """A label too long, an empty one: nobody could say, and nothing breaks."""
    names = ["x" * 90 + ".com", "a..com", "", "\x00.com"]
    found = asked(names, servers=["127.0.0.1"], port=server)
    assert {isinstance(told, Asked) for told in found.values()} == {True}
    assert found["a..com"].takes is None
