"""Who may be one person twice: pairs with their reasons, for a person to decide. Nobody is joined by a likeness.

Each is compared with those only who share a key with it (a name's word at an outlet, a number, an address without its
dots), so that a hundred thousand take seconds. A key that many share tells little: past `BLOCK` people the rest are not
compared but counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from commsleads.rules.contacts.verifying import shared
from commsleads.rules.reading.desk import is_free
from commsleads.text import fold

BLOCK = 40
"""People with one key that are compared with each other."""
MOST = 30
"""Addresses, numbers and outlets that are looked at of one person."""
WEAK = 20
"""A pair of this weight or less is alike by name alone, which is no reason to join anybody."""
_WHOLE_NUMBER = 9
"""Digits at the end of a telephone number by which it is known with and without its country."""
_LEAST_NUMBER = 7


class Known(NamedTuple):
    """What is known of somebody: outlets by name, addresses and numbers in any writing."""

    id: str
    name: str = ""
    outlets: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


class Pair(NamedTuple):
    """Two that may be one, the smaller id first. `weight` is 1 to 99, `WEAK` or less where only the names are alike."""

    one: str
    other: str
    reasons: tuple[str, ...]
    weight: int


class _Read(NamedTuple):
    """Somebody as they are compared."""

    id: str
    name: tuple[str, ...]
    outlets: frozenset[str]
    emails: frozenset[str]
    boxes: frozenset[str]
    desks: frozenset[tuple[str, str]]
    phones: frozenset[str]


def alike(
    people: Iterable[Known],
    *,
    apart: Container[tuple[str, str]] = (),
    houses: Mapping[str, str] | None = None,
    left_out: Counter[str] | None = None,
) -> Iterator[Pair]:
    """Each pair that may be one person, once; in no order that means anything.

    `apart` holds pairs of whom somebody said that they are two, the smaller id first; they are never suggested.
    `houses` says to which outlet a mail domain belongs. `left_out` is told how many were not compared, by sort of key.
    """
    read = sorted((_read(one, houses or {}) for one in people), key=lambda one: one.id)
    seen: set[tuple[int, int]] = set()
    for sort, keys in _KEYS.items():
        for places in _blocks(read, keys, sort, left_out):
            for pair in combinations(places, 2):
                if pair in seen:
                    continue
                seen.add(pair)
                one, other = read[pair[0]], read[pair[1]]
                if (one.id, other.id) not in apart and one.id != other.id and (found := _judged(one, other)):
                    yield found


def agree(one: str, other: str) -> bool:
    """Whether two names may be one person's: the same words in any order, accents aside, or initials for given names.

    One word alone agrees with nothing: many have it. A missing name agrees with every name.
    """
    mine, theirs = _tokens(one), _tokens(other)
    return not mine or not theirs or _match(mine, theirs)


def _blocks(
    read: list[_Read], keys: Callable[[_Read], Iterable[object]], sort: str, left_out: Counter[str] | None
) -> Iterator[list[int]]:
    """Those who share a key, by their places."""
    blocks: dict[object, list[int]] = {}
    for place, one in enumerate(read):
        for key in keys(one):
            blocks.setdefault(key, []).append(place)
    for places in blocks.values():
        if len(places) > BLOCK and left_out is not None:
            left_out[sort] += len(places) - BLOCK
        if len(places) > 1:
            yield places[:BLOCK]


_KEYS: Mapping[str, Callable[[_Read], Iterable[object]]] = {
    "a name's word at an outlet": lambda one: {
        (word, outlet) for word in one.name if len(word) > 1 for outlet in one.outlets
    },
    "a telephone number": lambda one: one.phones,
    "an address": lambda one: one.boxes,
    "the front of an address at an outlet": lambda one: one.desks,
    "a name": lambda one: (tuple(sorted(one.name)),) if len(one.name) > 1 else (),
}


def _judged(one: _Read, other: _Read) -> Pair | None:
    """The pair with all that speaks for it, None where nothing does."""
    agreeing = not one.name or not other.name or _match(one.name, other.name)
    named = bool(one.name and other.name) and agreeing
    same = sorted(one.name) == sorted(other.name)
    found: list[tuple[int, str]] = []
    if one.emails & other.emails and agreeing:
        found.append((95, "They have the same address."))
    elif one.boxes & other.boxes and agreeing:
        found.append((85, "They have one address, written in two ways: with and without dots or a tag."))
    if one.phones & other.phones and agreeing:
        who = "their names agree" if named else "of one no name is known"
        found.append((80 if named else 50, f"They have the same number, and {who}."))
    if one.desks & other.desks and agreeing:
        found.append((75, "They have the same name in front of the @ at two domains of one outlet."))
    if named and one.outlets & other.outlets:
        if same:
            order = "" if one.name == other.name else ", in another order"
            found.append((80, f"Their names have the same words{order}, and they write for the same outlet."))
        else:
            found.append((55, "Their names agree as far as they are written out, and they write for the same outlet."))
    if named and same and not found:
        found.append(_by_name(one, other))
    if not found:
        return None
    found.sort(reverse=True)
    weight = min(99, found[0][0] + 5 * (len(found) - 1)) if found[0][0] > WEAK else found[0][0]
    return Pair(one.id, other.id, tuple(reason for _, reason in found), weight)


def _by_name(one: _Read, other: _Read) -> tuple[int, str]:
    if one.outlets and other.outlets:
        return 10, "Only their names are alike; they write for different outlets."
    return WEAK, "Only their names are alike; whom one of them writes for is not known."


# --- reading -------------------------------------------------------------------------------------------------------


def _read(one: Known, houses: Mapping[str, str]) -> _Read:
    outlets = frozenset(filter(None, (_outlet(outlet) for outlet in one.outlets[:MOST])))
    emails = frozenset(filter(None, (email[:300].strip().lower() for email in one.emails[:MOST])))
    own = [email for email in emails if "@" in email and not shared(email)]
    desks = {
        (local, outlet)
        for local, _, domain in (email.rpartition("@") for email in own)
        if len(local) > 2 and not is_free(domain)
        for outlet in ({_outlet(houses[domain])} if domain in houses else outlets)
    }
    phones = frozenset(filter(None, (_number(phone) for phone in one.phones[:MOST])))
    return _Read(one.id, _tokens(one.name), outlets, emails, frozenset(map(_box, own)), frozenset(desks), phones)


@lru_cache(maxsize=50_000)
def _tokens(name: str) -> tuple[str, ...]:
    """The words of a name, given name first where a comma says so; ü and ue are one letter."""
    text = fold(name[:300])
    last, comma, first = text.partition(",")
    text = f"{first} {last}" if comma and first.strip() else text
    found = re.findall(r"\w+", re.sub(r"(?<=\w)['´`](?=\w)", "", text))[:8]
    return tuple(re.sub("([aou])e", r"\1", word) if len(word) > 3 else word for word in found)


def _match(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Each word of the shorter name is in the longer one, or is the initial of a word that is left there."""
    if len(mine) > len(theirs):
        mine, theirs = theirs, mine
    left, initials = list(theirs), []
    for word in mine:
        if word in left:
            left.remove(word)
        else:
            initials.append(word)
    if len(mine) - len(initials) < 1 or len(mine) < 2 or all(len(word) == 1 for word in mine):
        return False
    return _fits(initials, left)


def _fits(initials: list[str], left: list[str]) -> bool:
    for word in initials:
        fit = next((one for one in left if one[0] == word[0] and 1 in (len(one), len(word))), None)
        if fit is None:
            return False
        left.remove(fit)
    return True


@lru_cache(maxsize=50_000)
def _outlet(name: str) -> str:
    words = re.findall(r"\w+", fold(name[:300]))
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _box(email: str) -> str:
    """An address as those hosts read it that leave out dots and tags."""
    local, _, domain = email.rpartition("@")
    return f"{local.partition('+')[0].replace('.', '') or local}@{domain}"


def _number(phone: str) -> str:
    digits = "".join(letter for letter in phone[:60] if letter.isdecimal())
    return digits[-_WHOLE_NUMBER:] if len(digits) >= _LEAST_NUMBER else ""
