"""By which channel a click came, read from its referrer.

A referrer is what a browser says, so it can be left out, cut or forged: this is a sort of guess with a name and not
proof. Two lists are kept beside this file: `channels.json` (public domain) and `channels.toml` (our own additions).
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

_LONGEST_HOST = 300
_LONGEST_PATH = 500

_REFERRER = re.compile(
    r"\s*(?:(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]{0,20}):)?/{0,3}(?:[^/?#@\s]{0,200}@)?"
    rf"(?P<host>\[[0-9a-fA-F:.]{{2,50}}\]|[^/?#:;\s]{{1,{_LONGEST_HOST}}})(?::\d{{1,5}})?(?P<path>[/;][^?#]*)?"
)
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_-]{1,63}){0,40}|\[[0-9a-f:.]+\]")
_SCHEMES = frozenset({"", "http", "https", "android-app", "ios-app"})

# Labels in front of a name that say for which device, reader or country a search engine is made.
_FRONT = re.compile(r"(?:www\d?|m|mobile|search|lite|[a-z]{2})")
# How webmail is called by those who run their own; also the servers that send on from a mail read there.
_MAIL_LABEL = re.compile(
    r"(?:web|e|e-)?mail\d{0,2}|webmailer|owa|roundcube|horde|zimbra|squirrelmail|rainloop|snappymail|sogo|messagerie"
    r"|poczta|correo|posta|mailbusiness|lightmailer[a-z-]{0,10}|outlook"
)
_MAIL_HOST = re.compile(r"deref-[a-z0-9-]{1,40}\.[a-z]{2,10}")
# The first labels by which the package name of an app is told from a host.
_PACKAGE = frozenset({"com", "org", "net", "de", "fr", "io", "ai", "app", "ch", "eu", "jp", "ru", "uk", "me"})


class Place(NamedTuple):
    """What kind of place a referrer is, and the name of the service where we know it."""

    medium: str
    source: str = ""


_DIRECT = Place("direct")
_REFERRAL = Place("referral")


class _Lists(NamedTuple):
    whole: Mapping[str, Place]  # this host, and what stands before it where `_FRONT` says so
    within: Mapping[str, Place]  # this host and every subdomain
    paths: Mapping[str, tuple[tuple[str, Place], ...]]  # this host and its subdomains, on these paths
    countries: Mapping[str, Place]  # "google.{}": under the domain of every country


def medium(referrer: str, own: Collection[str] = ()) -> str:
    """By which channel a click came, one of `responses.MEDIA`.

    No referrer is `direct`, and so is one that names no host. `own` are our own hosts, with all their subdomains. A
    gateway that checks links, or a redirect, counts as the place where its links are met: mail, or that network.
    Never raises, and its time does not grow with what is sent.
    """
    host, path = _parts(referrer)
    if not host:
        return "direct"
    if own and _is_own(host, own):
        return "internal"
    return _place(host, path).medium


def source(referrer: str) -> str:
    """The name of the service a click came from, such as "LinkedIn"; the host of one we do not know, '' for none."""
    host, path = _parts(referrer)
    return (_place(host, path).source or host.removeprefix("www.")) if host else ""


def _parts(referrer: str) -> tuple[str, str]:
    """The host in small letters, and the path; both bounded, ('', '') where there is no host."""
    match = _REFERRER.match(referrer[: _LONGEST_HOST + _LONGEST_PATH + 300])
    if match is None or (match["scheme"] or "").lower() not in _SCHEMES:
        return "", ""
    host = match["host"].lower().rstrip(".")
    if not host.isascii():
        host = _ascii(host)
    if not _HOST.fullmatch(host) or not ("." in host or match["scheme"]):
        return "", ""
    return host, (match["path"] or "")[:_LONGEST_PATH]


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _is_own(host: str, own: Collection[str]) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in own if name)


def _place(host: str, path: str) -> Place:
    place, paths = _of_host(host)
    if paths and path:
        for beginning, other in paths:
            if path.startswith(beginning):
                return other
    return place


@lru_cache(maxsize=20_000)
def _of_host(host: str) -> tuple[Place, tuple[tuple[str, Place], ...]]:
    """What a host is, and what it is on some of its paths."""
    lists = _lists()
    paths: tuple[tuple[str, Place], ...] = ()
    for name in _ends(host):
        paths = lists.paths.get(name, paths)
        if paths:
            break
    return _known(host, lists) or _app(host, lists) or _REFERRAL, paths


def _known(host: str, lists: _Lists) -> Place | None:
    """The nearest name that a list knows, from the whole host down to its domain; then what it calls itself."""
    for name in _ends(host):
        if found := lists.within.get(name):
            return found
        front = host[: -len(name) - 1]
        if (not front or _FRONT.fullmatch(front)) and (found := lists.whole.get(name) or _of_country(name, lists)):
            return found
    labels = host.split(".")
    # The name itself says nothing ("mail.com" is a portal): only what stands before it.
    if any(_MAIL_LABEL.fullmatch(label) for label in labels[:-2]) or _MAIL_HOST.fullmatch(host):
        return Place("mail")
    return None


def _of_country(name: str, lists: _Lists) -> Place | None:
    head, _, last = name.rpartition(".")
    if len(last) != 2:
        return None
    before, _, second = head.rpartition(".")
    if before and second in {"co", "com", "org", "net", "gov", "edu", "ne", "or"}:
        return lists.countries.get(before)
    return lists.countries.get(head)


def _app(host: str, lists: _Lists) -> Place | None:
    """The package name of an app is a host from back to front: com.linkedin.android is of linkedin.com."""
    labels = host.split(".")
    return _known(".".join(reversed(labels)), lists) if labels[0] in _PACKAGE and len(labels) > 1 else None


def _ends(host: str) -> list[str]:
    """The host, then its ends of fewer labels, down to two."""
    labels = host.split(".")
    return [".".join(labels[start:]) for start in range(max(len(labels) - 1, 1))]


@cache
def _lists() -> _Lists:
    """The two kept lists, ours over the other."""
    folder = resources.files("commsleads.rules")
    theirs = json.loads(folder.joinpath("channels.json").read_text(encoding="utf-8"))["media"]
    ours = tomllib.loads(folder.joinpath("channels.toml").read_text(encoding="utf-8"))
    whole: dict[str, Place] = {}
    within: dict[str, Place] = {}
    countries: dict[str, Place] = {}
    paths: dict[str, list[tuple[str, Place]]] = {}
    for host, place, is_ours in (*_entries(theirs, False), *_entries(ours, True)):
        name, slash, path = host.partition("/")
        name = name.removeprefix("{}.")
        if slash:
            paths.setdefault(name, []).append((f"/{path}", place))
        elif name.endswith(".{}"):
            countries[name.removesuffix(".{}")] = place
        elif is_ours or place.medium != "search":
            within[name] = place
        else:  # a search engine has subdomains that are none (docs, sites, mail); a network's are the network
            whole[name] = place
    return _Lists(whole, within, {host: tuple(sorted(found, reverse=True)) for host, found in paths.items()}, countries)


def _entries(media: Mapping[str, Mapping[str, Sequence[str]]], ours: bool) -> Iterator[tuple[str, Place, bool]]:
    for channel, services in media.items():
        for service, hosts in services.items():
            for host in hosts:
                yield host, Place(channel, service), ours
