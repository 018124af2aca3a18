"""The fingerprints by which pickups find each other, packed: a row for each bite of signals taken in."""

from __future__ import annotations

import sys
from array import array
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Sequence
from itertools import chain, compress, count

from commsleads.store.engine import Session


def keep(session: Session, arrivals: Sequence[int], carried: Sequence[Sequence[int]]) -> None:
    """Keep the fingerprints of one bite: those of each signal, by its arrival, in order of arrival."""
    if arrivals:
        owners = [number for number, marks in enumerate(carried) for _ in marks]
        session.execute(
            "INSERT INTO prints (last_arrival, marks, owners, arrivals) VALUES (:last, :marks, :owners, :arrivals)",
            last=arrivals[-1],
            marks=_packed(chain.from_iterable(carried)),
            owners=_packed(owners),
            arrivals=_packed(arrivals),
        )


def holders_of(session: Session, prints: set[int], since: int, most: int) -> dict[int, list[int]]:
    """Who carries these fingerprints since `since`: the arrivals of the newest `most` signals of each, oldest first.

    Empties `prints` of those that are carried so often. Reads all of the window, at some ten million a second.
    """
    holders: dict[int, list[int]] = {}
    for kept, owned, came in session.tuples(
        "SELECT marks, owners, arrivals FROM prints WHERE last_arrival >= ? ORDER BY last_arrival DESC", (since,)
    ):
        marks = _unpacked(kept)
        places = list(compress(count(), map(prints.__contains__, marks)))
        if places:
            owners, arrivals = _unpacked(owned), _unpacked(came)
            for place in reversed(places):
                mark, arrival = marks[place], arrivals[owners[place]]
                held = holders.get(mark)
                if held is None:
                    holders[mark] = [arrival]
                elif len(held) < most:
                    held.append(arrival)
                    if len(held) == most:
                        prints.discard(mark)
    for held in holders.values():
        held.reverse()
    return holders


def _packed(numbers: Iterable[int]) -> str:
    packed = array("q", numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return b2a_base64(packed.tobytes(), newline=False).decode()


def _unpacked(text: str) -> array[int]:
    numbers = array("q")
    numbers.frombytes(a2b_base64(text))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def forget(session: Session, before: int) -> None:
    """Fingerprints older than the pickup window are of no use."""
    session.execute("DELETE FROM prints WHERE last_arrival < :before", before=before)
