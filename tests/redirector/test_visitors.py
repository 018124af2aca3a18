"""Who asked is told apart for a day, and no address is kept."""

from __future__ import annotations

import ipaddress
import multiprocessing
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads import spool
from commsleads.intake.salts import Salts
from commsleads.responses import Hit
from commsleads.store.engine import micros
from commsleads.web.visitors import Visitors
from tests.office import Clock
from tests.redirector.desk import link, office, served

BERLIN = ZoneInfo("Europe/Berlin")
KEY = b"k" * 32
OWN = ("127.0.0.0/8", "10.0.0.0/8", "fd00::/8")


def visitors(key: bytes = KEY) -> Visitors:
    return Visitors(OWN, lambda address: "cloud" if address == "203.0.113.9" else "", key)


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("198.51.100.1", "", "198.51.100.1"),
        ("198.51.100.1", "203.0.113.9", "198.51.100.1"),  # a stranger says so
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"),  # the visitor made up the first
        ("127.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.5", "203.0.113.9"),
        ("127.0.0.1", "203.0.113.9:4711", "203.0.113.9"),
        ("127.0.0.1", '"[2001:db8::7]:443"', "2001:db8::7"),
        ("127.0.0.1", "2001:db8::7", "2001:db8::7"),
        ("::ffff:127.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "<script>, 10.0.0.5", "10.0.0.5"),
        ("127.0.0.1", "10.0.0.5", "10.0.0.5"),
        ("fd00::1%eth0", "2001:db8::7", "2001:db8::7"),
    ],
)
def test_whose_address_it_is(peer: str, forwarded: str, client: str) -> None:
    """The right-most address that is not of a trusted proxy, and never what a stranger says."""
    assert str(visitors().client(peer, forwarded.encode())) == client


@given(st.text(max_size=40), st.binary(max_size=3_000))
def test_no_header_breaks_it(peer: str, forwarded: bytes) -> None:
    """Whatever stands in X-Forwarded-For, something is made of it."""
    one = visitors()
    for address in (peer, "127.0.0.1"):
        one.visitor(one.whence(address, forwarded), b"agent")


def test_hashes() -> None:
    """A visitor is address and agent, a network the neighbourhood, and both are others under another salt."""
    one, other = visitors(), visitors(b"x" * 32)

    def seen(by: Visitors, address: str, agent: bytes = b"a") -> tuple[str, str]:
        whence = by.whence(address, b"")
        return by.visitor(whence, agent), whence.network

    assert seen(one, "203.0.113.9") == seen(one, "::ffff:203.0.113.9")
    assert seen(one, "203.0.113.9")[0] != seen(one, "203.0.113.9", b"b")[0]
    assert seen(one, "203.0.113.9")[0] != seen(one, "203.0.113.8")[0]
    assert seen(one, "203.0.113.9")[1] == seen(one, "203.0.113.8")[1] != seen(one, "203.0.112.8")[1]
    assert seen(one, "2001:db8:7::1")[1] == seen(one, "2001:db8:7:ff::2")[1] != seen(one, "2001:db8:8::1")[1]
    assert set(seen(one, "203.0.113.9")).isdisjoint(seen(other, "203.0.113.9"))
    assert one.whence("203.0.113.9", b"").known == "cloud"
    before = seen(one, "203.0.113.9")
    one.salted(b"y" * 32)
    assert seen(one, "203.0.113.9") != before


def test_no_address_on_the_disk(tmp_path: Path) -> None:
    """After clicks from many addresses none of them is found in any file: spool, salts, database, its log."""
    app = office(tmp_path)
    link(app, "wing")
    r = random.Random(7)
    addresses = [str(ipaddress.IPv4Address(r.randrange(1 << 24, 223 << 24))) for _ in range(40)]
    addresses += [str(ipaddress.IPv6Address((0x20010DB8 << 96) + r.randrange(1 << 90))) for _ in range(40)]
    with served(app) as site:
        for address in addresses:
            for path in ("/r/wing", "/r/nope"):
                site.get(path, f"X-Forwarded-For: {address}", f"User-Agent: {r.random()}")
        assert len({hit["visitor"] for hit in site.hits()}) == len(addresses)
    kept = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert {file.suffix for file in kept} >= {".db", ".clicks", ".salt"}
    for file in kept:
        data = file.read_bytes()
        for address in addresses:
            packed = ipaddress.ip_address(address).packed
            assert address.encode() not in data, (file, address)
            assert ipaddress.ip_address(address).exploded.encode() not in data
            assert len(packed) == 4 or packed not in data


def test_life_of_a_salt(tmp_path: Path) -> None:
    """One a day of the organisation, for its owner only, shared; overwritten and gone when its day is over."""
    salts = Salts(tmp_path / "clicks", BERLIN)
    evening = datetime(2026, 11, 18, 22, 30, tzinfo=UTC)  # half past eleven in Berlin
    first = salts.current(evening)
    file = tmp_path / "clicks" / "2026-11-18.salt"
    assert (len(first.key), file.read_bytes() == first.key, file.stat().st_mode & 0o777) == (32, True, 0o600)
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert Salts(tmp_path / "clicks", BERLIN).current(evening) == first
    assert first.high == micros(datetime(2026, 11, 18, 23, tzinfo=UTC))
    with file.open("rb") as held:
        second = salts.current(evening + timedelta(minutes=31))
        assert held.read() != first.key, "the bytes of the old salt were left"
    assert second.key != first.key
    assert [one.name for one in file.parent.iterdir()] == ["2026-11-19.salt"]
    assert salts.tend(evening + timedelta(days=2)) == 1
    assert list(file.parent.iterdir()) == []


def test_a_clock_that_goes_back_over_midnight(tmp_path: Path) -> None:
    """The newest salt stays in use, and the destroyed one does not come back; one far ahead is not believed."""
    salts = Salts(tmp_path / "clicks", BERLIN)
    noon = datetime(2026, 11, 18, 11, tzinfo=UTC)
    old = salts.current(noon)
    new = salts.current(noon + timedelta(days=1))
    assert salts.current(noon) == new
    assert Salts(tmp_path / "clicks", BERLIN).current(noon) == new
    far = salts.current(noon + timedelta(days=30))
    again = salts.current(noon)
    assert len({old.key, new.key, far.key, again.key}) == 4


def test_the_process_follows_the_clock(tmp_path: Path) -> None:
    """Hashes change at midnight of the organisation, and not when the clock goes back over it."""
    clock = Clock(datetime(2026, 11, 18, 22, 59, tzinfo=UTC))
    app = office(tmp_path, clock=clock)
    link(app, "wing")
    seen = []
    with served(app) as site:
        for minutes in (0, 0, 2, -3, 1, 1_500):
            clock.move(minutes=minutes)
            site.get("/r/wing")
            seen.append(next(iter(spool_hits(site.web.folder))))
    first, same, after, back, forth, later = seen
    assert first == same != after == back == forth != later


def spool_hits(folder: Path) -> list[str]:
    """Visitors in the spool, the newest first."""
    found = [
        line.what.visitor
        for file in spool.files(folder)
        for line in spool.lines(file, 0, end=True)
        if isinstance(line.what, Hit)
    ]
    return found[::-1]


def _salt(folder: Path) -> bytes:
    return Salts(folder, BERLIN).current(datetime(2026, 11, 18, 11, tzinfo=UTC)).key


def test_processes_share_a_salt(tmp_path: Path) -> None:
    """Processes that start at the same moment agree on one salt and leave nothing else."""
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        keys = set(pool.map(_salt, [tmp_path / "clicks"] * 16, chunksize=1))
    assert len(keys) == 1
    assert [one.name for one in (tmp_path / "clicks").iterdir()] == ["2026-11-18.salt"]


def test_a_salt_that_cannot_be_read_costs_no_click(tmp_path: Path) -> None:
    """Where a salt belongs to somebody else, or is no file, a process has one of its own, in memory."""
    salts = Salts(tmp_path / "clicks", BERLIN)
    noon = datetime(2026, 11, 18, 11, tzinfo=UTC)
    (tmp_path / "clicks" / "2026-11-18.salt").mkdir(parents=True)
    one, two = salts.current(noon), salts.current(noon)
    assert (len(one.key), len(two.key)) == (32, 32)
    assert one.key != two.key
    assert one.high == micros(datetime(2026, 11, 18, 23, tzinfo=UTC))
