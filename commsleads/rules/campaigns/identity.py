"""Who is the same target: by address, by an outlet's domain, else by name and outlet.

Two people are never made one by a likeness: what is only alike is reported as doubtful, for a person to look at.
Dots and "+" in an address are kept: they tell mailboxes apart at all hosts but one or two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from commsleads.text import fold

LONGEST_ADDRESS = 254
"""Characters of a mail address that can be delivered (RFC 5321 with its errata)."""
_LOCAL = re.compile(r"[^\s@<>(),;:\"\\\[\]\x00-\x1f\x7f]{1,64}")
_HOST = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+")
_SHOWN = re.compile(r"[^<>]{0,200}<([^<>]{1,300})>")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_NEAR = 0.93
"""How alike two addresses are, of 1, that may be one with a slip of the finger. A judgement, not a measurement."""


class Entry(NamedTuple):
    """One line of a list: what tells a target from the others. `email` is folded, `domain` is an outlet's."""

    name: str = ""
    outlet: str = ""
    email: str = ""
    domain: str = ""


def address(given: str) -> str:
    """A mail address as it is compared and used, '' for what is none: small letters, international names as ASCII."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", given[:600])).strip()
    if found := _SHOWN.fullmatch(text):
        text = found[1].strip()
    text = text[7:] if text[:7].lower() == "mailto:" else text
    local, _, name = text.rpartition("@")
    found_host = host(name)
    folded = f"{local.lower()}@{found_host}"
    good = found_host and _LOCAL.fullmatch(local) and ".." not in local and local[0] != "." and local[-1] != "."
    return folded if good and len(folded) <= LONGEST_ADDRESS else ""


def host(given: str) -> str:
    """A domain as it is compared, '' for what is none. An address of a web page is taken for its host."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", given[:600])).strip().lower()
    text = re.sub(r"^https?://", "", text).split("/", 1)[0].split("?", 1)[0].rstrip(".").removeprefix("www.")
    if not text.isascii():
        try:
            text = text.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    return text if _HOST.fullmatch(text) and len(text) <= 253 and not text.rpartition(".")[2].isdigit() else ""


@lru_cache(maxsize=10_000)
def words(name: str) -> str:
    """A name without case, accents, punctuation and doubled blanks; "Stone, Ada" is Ada Stone."""
    text = unicodedata.normalize("NFKC", name[:1_000])
    last, comma, rest = text.partition(",")
    return " ".join(re.findall(r"\w+", fold(f"{rest} {last}" if comma and rest.strip() else text)))


def key(entry: Entry) -> str:
    """Name and outlet, folded, where both are there; else ''."""
    name, outlet = words(entry.name), words(entry.outlet) or entry.domain
    return f"{name}|{outlet}" if name and outlet else ""


def identity(entry: Entry) -> str:
    """What tells this target from others, '' where nothing does."""
    if entry.email:
        return f"mail {entry.email}"
    name, outlet = words(entry.name), words(entry.outlet)
    if entry.domain and not name:
        return f"domain {entry.domain}"
    if name or outlet:
        return f"name {name}|{outlet or entry.domain}"
    return ""


def target_id(campaign: str, told: str) -> str:
    """The id of a target, made of its campaign and its identity, so that writing twice is writing once."""
    return blake2b(f"{campaign}\n{told}".encode("utf-8", "replace"), digest_size=8).hexdigest()


class Match(NamedTuple):
    """Which known target an entry is, None for a new one. `doubt` is a sentence where it may be otherwise."""

    known: str | None
    doubt: str = ""


class Register:
    """The targets of one campaign, as far as they are to be told apart."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._identities: dict[str, str] = {}
        self._keys: dict[str, list[str]] = {}
        self._loose: dict[str, list[str]] = {}
        self._nearly: dict[str, list[str]] = {}

    def add(self, ident: str, entry: Entry, told: str = "") -> None:
        """A target that is known from now on; `told` is its identity, if it is kept under another than it has now."""
        self._entries[ident] = entry
        for name in filter(None, (told, identity(entry))):
            self._identities.setdefault(name, ident)
        for index, name in ((self._keys, key(entry)), (self._loose, _loose(entry))):
            if name and ident not in index.setdefault(name, []):
                index[name].append(ident)
        for name in _near(entry):
            self._nearly.setdefault(name, []).append(ident)

    def match(self, entry: Entry) -> Match:
        """Which target this is. The same address is the same one; so are name and outlet, unless addresses differ."""
        told = identity(entry)
        if known := self._identities.get(told):
            return Match(known, self._renamed(known, entry))
        alike = [ident for ident in self._keys.get(key(entry), ()) if key(entry)]
        free = [ident for ident in alike if not (self._entries[ident].email and entry.email)]
        if len(alike) == 1 and len(free) == 1:
            return Match(alike[0])
        if alike:
            return Match(None, f"has the name and outlet of {self._shown(alike)}, and is kept as another")
        loose = [one for one in self._loose.get(_loose(entry), ()) if not (self._entries[one].email and entry.email)]
        if loose and _loose(entry):
            return Match(None, f"may be {self._shown(loose)}, whose name has the same words, and is kept as another")
        return Match(None, self._slip(entry))

    def _renamed(self, known: str, entry: Entry) -> str:
        before = self._entries[known]
        mine, theirs = words(entry.name), words(before.name)
        if mine and theirs and sorted(mine.split()) != sorted(theirs.split()) and entry.email:
            return f"has the address of “{before.name[:60]}”, and is taken for the same"
        if not entry.email and not entry.outlet and not entry.domain:
            return "has a name that is there already, and neither address nor outlet; it is taken for the same"
        return ""

    def _slip(self, entry: Entry) -> str:
        """An address that differs by dots, a tag, or, under the same name, by a slip of the finger."""
        for name in _near(entry):
            for ident in self._nearly.get(name, ())[:20]:
                other = self._entries[ident].email
                if not name.startswith("name ") or _alike(entry.email, other):
                    return f"has nearly the address of {self._shown([ident])}, and is kept as another"
        return ""

    def _shown(self, idents: Iterable[str]) -> str:
        found = [self._entries[ident] for ident in idents]
        names = [f"“{(one.name or one.outlet)[:60]}”" + (f" ({one.email})" if one.email else "") for one in found[:3]]
        return " and ".join(names) + (f" and {len(found) - 3} more" if len(found) > 3 else "")


def _loose(entry: Entry) -> str:
    """The words of the name in any order, and the outlet: what only may be the same."""
    name, outlet = words(entry.name), words(entry.outlet) or entry.domain
    return f"{' '.join(sorted(name.split()))}|{outlet}" if name and outlet else ""


def _near(entry: Entry) -> list[str]:
    """By what an address that is nearly this one is found."""
    if not entry.email:
        return []
    local, _, domain = entry.email.partition("@")
    box = local.partition("+")[0].replace(".", "") or local  # as those hosts read it that leave out dots and tags
    name = words(entry.name)
    return [f"box {box}@{domain}", *([f"name {name}"] if name else [])]


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEAR
