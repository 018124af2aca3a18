"""Which enquiries a story is worth comparing with, so that a day of news and a month of enquiries stay cheap.

Nothing is decided here. `yielded.suggest` asks who wrote, where, and whose words are repeated; a story that shares no
part of a name, no outlet, no site and no six words on end with an enquiry can never pass it. This finds the others by
looking them up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from commsleads import urls
from commsleads.rules.desk.yielded import SHINGLE, Asked, Told
from commsleads.text import fold

MOST = 200
"""Enquiries that one story is compared with: the newest of those that fit."""

_LONGEST = 100_000
_WORD = re.compile(r"[^\W_]+")
_ARTICLES = frozenset({"the", "der", "die", "das", "le", "la", "les", "el", "los", "las", "l"})

Key = tuple[str, str | int]


class Pairing:
    """Enquiries by what a story may share with them. Holds no more than their words."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self._asked = sorted(asked, key=lambda one: (one.received_at, one.id), reverse=True)
        self._by: dict[Key, list[int]] = defaultdict(list)
        for number, one in enumerate(self._asked):
            for key in {*_asked_keys(one), *_runs(one.answer)}:
                self._by[key].append(number)

    def by_its_head(self, author: str, outlet: str, site: str) -> bool:
        """Whether who wrote a story, or where, speaks for any enquiry: asked before its text is fetched."""
        return any(key in self._by for key in _head_keys(author, outlet, site))

    def worth(self, told: Told) -> list[Asked]:
        """The enquiries that this story is worth comparing with, the newest first."""
        keys = {
            *_head_keys(told.author, told.outlet, urls.site(urls.host(told.url))),
            *_runs(f"{told.title}\n{told.text[:_LONGEST]}"),
        }
        found = {number for key in keys & self._by.keys() for number in self._by[key]}
        return [self._asked[number] for number in islice(sorted(found), MOST)]


def _asked_keys(asked: Asked) -> Iterator[Key]:
    for journalist in asked.journalists:
        parts = _parts(journalist)
        # An initial tells nobody apart, unless there is nothing else.
        yield from (("name", part) for part in [one for one in parts if len(one) > 1] or parts)
    if outlet := _outlet(asked.outlet):
        yield "outlet", outlet
    yield from (("site", site) for site in asked.sites if site)


def _head_keys(author: str, outlet: str, site: str) -> Iterator[Key]:
    yield from (("name", part) for part in _parts(author))
    if folded := _outlet(outlet):
        yield "outlet", folded
    if site:
        yield "site", site


def _runs(text: str) -> Iterator[Key]:
    """Every six words on end, each as one number."""
    words = [fold(match[0]) for match in _WORD.finditer(text[:_LONGEST])]
    for at in range(len(words) - SHINGLE + 1):
        yield "run", hash(tuple(words[at : at + SHINGLE]))


def _parts(name: str) -> list[str]:
    return _WORD.findall(fold(name[:300]))


def _outlet(name: str) -> str:
    return " ".join(part for part in _WORD.findall(fold(name[:200])) if part not in _ARTICLES)
