"""Web addresses: one key for all the ways to write the same one, sites, and campaign tags.

`canonical` gives a key to compare by, never an address to open: it forgets `http`, `www.`, the phone edition and
AMP. The address as it came is kept beside it, for people and for attribution (which reads the tags dropped here).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_plus

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

LONGEST = 4_000
"""Characters of an address; a longer one is not taken for one."""

_LONGEST_HOST = 260  # 253 by RFC 1035, and a port

# Our own list of parameters that say how a reader came and not what is read. A name is on it when dropping it never
# changes the page: `id`, `p`, `page`, `q`, `story` and their like never are.
_TRACKING_PREFIXES = (
    "utm_",
    "pk_",
    "mtm_",
    "hsa_",
    "piwik_",
    "matomo_",
    "at_",
    "ns_",
    "wt.",
    "oly_",
    "vero_",
    "__hs",
    "_hs",
)
_TRACKING = frozenset({
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "ttclid", "yclid", "ysclid",
    "gad_source", "gad_campaignid", "li_fat_id", "igshid", "igsh", "epik", "rdt_cid", "sscid", "irclickid",
    "srsltid", "mc_cid", "mc_eid", "mkt_tok", "ml_subscriber", "ml_subscriber_hash", "s_cid", "s_kwcid",
    "ef_id", "icid", "ocid", "ncid", "cmpid", "cmp", "ito", "smid", "smtyp", "wpisrc", "wpmm", "ref_src",
    "ref_url", "xtor", "ftag", "ftcamp", "dm_i", "trk", "trkid", "trackid", "spm", "intcmp", "_ga", "_gl",
    "_openstat", "guccounter", "guce_referrer", "guce_referrer_sig", "__twitter_impression", "phpsessid",
    "jsessionid", "amp_js_v", "amp_gsa", "amp_r", "usqp", "outputtype", "hsctatracking", "sref", "taid",
    "fb_ref", "fb_source", "fb_action_ids",
})  # fmt: skip
# Names that carry meaning elsewhere are tracking with these values only.
_SOMETIMES = frozenset({"ref", "source", "src", "from", "via", "track", "feed", "partner", "cid", "referrer", "share"})
_CHANNELS = frozenset({
    "rss", "feed", "atom", "twitter", "facebook", "linkedin", "newsletter", "email", "google_news",
    "googlenews", "tw", "fb", "t.co", "whatsapp", "social", "share", "push", "flipboard",
})  # fmt: skip

# The address nearly everybody writes: nothing in it needs mending, and no fragment. Only labels in front, AMP and
# tracking parameters are left to look for.
_PLAIN = re.compile(
    r"https?://(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)((?:/[A-Za-z0-9_,~-][A-Za-z0-9._,~-]*)*)/?"
    r"(?:\?([A-Za-z0-9_.~=&-]*))?"
)
_FRONT = ("www.", "m.", "mobile.", "amp.")
_BACK = ("ampproject.org", "bing-amp.com", *"0123456789")
_PARTS = re.compile(r"(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.IGNORECASE | re.DOTALL)
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]")
_IPV4 = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+))*")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_ODD = re.compile(r"%(?![0-9a-fA-F]{2})|[^!-~]|[\"<>`{}|^\\]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_VIEWER = re.compile(r"(?:www\.)?(?:google|bing)\.[a-z]{2,3}(?:\.[a-z]{2})?")
_CACHE = re.compile(r"(?:[^.]+\.cdn\.ampproject\.org|cdn\.ampproject\.org|[^.]+\.bing-amp\.com)")
_VIEWED = re.compile(r"/amp/(s/)?([^/]+\.[^/]+.*)", re.DOTALL)
_CACHED = re.compile(r"/[cvi]/(s/)?([^/]+\.[^/]+.*)", re.DOTALL)
_AMP = re.compile(r"^/amp(?=/[^/])|(?<=[^/])/amp$|(?<=[\w~-])\.amp(?=\.html?$|$)")


def canonical(url: str) -> str:
    """The key of a web address, or "" for what is none. The key of a key is the key itself.

    Folded: scheme and host in small letters, `http` as `https`, IDN as ASCII, `www.`, `m.`, `mobile.` and `amp.`
    in front, default ports, user names, fragments (but `#!`), dot segments, doubled and trailing slashes, escapes
    that need not be, tracking parameters, AMP viewers, caches and paths. Parameters are sorted by name, for
    their order says nothing. Letter case in path and query stays.
    """
    match = _PLAIN.fullmatch(url)
    if match is None or len(url) > LONGEST:
        return _canonical(url)
    host, path, query = match.groups()
    odd = "/amp" in path or ".amp" in path or host.startswith(_FRONT) or host.endswith(_BACK) or ".m." in host
    if odd or len(host) > _LONGEST_HOST:
        return _canonical(url)
    kept = _query(query, plain=True) if query else ""
    return f"https://{host}{path or '/'}?{kept}" if kept else f"https://{host}{path or '/'}"


def _canonical(url: str) -> str:
    """The long way, for every address; `canonical` only takes the common ones out first."""
    url = url.strip()
    if not url.isprintable():
        url = _CONTROL.sub("", url)
    for _ in range(64):
        if len(url) > LONGEST:
            return ""
        match = _PARTS.fullmatch(url)
        if match is None:
            return ""
        authority, path, query, fragment = match.group(2, 3, 4, 5)
        place = _authority(authority)
        if not place:
            return ""
        path = _path(path)
        inner = _unwrapped(place, path)
        if not inner:
            break
        url = inner + (f"?{query}" if query else "")
    else:
        return ""
    kept = _query(query) if query else ""
    if not (_VIEWER.fullmatch(place) or _CACHE.fullmatch(place)):
        while path != (path := _AMP.sub("", path)):
            pass
    key = f"https://{place}{path or '/'}"
    if kept:
        key += f"?{kept}"
    if fragment and fragment[0] == "!":
        key += f"#{_escaped(fragment)}"
    return key


def _authority(authority: str) -> str:
    """Host and port as they count for identity, or ""."""
    authority = authority.rpartition("@")[2].lower()
    if len(authority) > _LONGEST_HOST:
        return ""
    if not authority.isascii():
        authority = _ascii(authority)
    name, colon, port = authority.rpartition(":")
    if not colon or "]" in port:
        name, port = authority, ""
    if port:
        if not (port.isascii() and port.isdigit()) or len(port) > 9 or int(port) > 65535:
            return ""
        port = "" if int(port) in {80, 443} else f":{int(port)}"
    name = name.rstrip(".")
    if not _HOST.fullmatch(name):
        return ""
    return _front(name) + port


def _front(name: str) -> str:
    """Without the labels that only say for which device or reader the page is made."""
    if _IPV4.fullmatch(name):
        return name
    while True:
        label, _, rest = name.partition(".")
        if label in {"www", "m", "mobile", "amp"} and "." in rest:
            name = rest
        elif ".m." in name:
            name = name.replace(".m.", ".", 1)
        else:
            return name


def _ascii(host: str) -> str:
    """IDN labels as ASCII: mapped as browsers map them (NFKC of small letters), then Punycode."""
    labels = re.split("[.。．｡]", unicodedata.normalize("NFKC", host))
    return ".".join(x if x.isascii() else "xn--" + x.lower().encode("punycode").decode() for x in labels)


def _path(path: str) -> str:
    path = _escaped(path.replace("\\", "/"))
    if ";" in path:
        path = re.sub(r";(?:jsessionid|phpsessid)=[^/;]*", "", path, flags=re.IGNORECASE)
    if "//" in path or "/." in path:
        kept: list[str] = []
        for segment in path.split("/"):
            if segment == "..":
                del kept[-1:]
            elif segment not in {"", "."}:
                kept.append(segment)
        path = "/" + "/".join(kept)
    return path.rstrip("/")


def _unwrapped(place: str, path: str) -> str:
    """The address inside an AMP viewer or cache, or ""."""
    match = None
    if "/amp/" in path and _VIEWER.fullmatch(place):
        match = _VIEWED.fullmatch(path)
    elif _CACHE.fullmatch(place):
        match = _CACHED.fullmatch(path)
    return f"http{'s' if match[1] else ''}://{unquote(match[2])}" if match else ""


def _query(query: str, *, plain: bool = False) -> str:
    """What is read, without how it was come by; `plain` says that nothing in it needs escaping."""
    kept = []
    for piece in query.split("&"):
        pair = piece
        while pair[:4] == "amp;":  # escaped once too often: ?a=1&amp;b=2
            pair = pair[4:]
        if not pair:
            continue
        name, _, value = pair.partition("=")
        if not _tracks((name if plain else unquote(name)).lower(), value):
            if not plain:
                pair = _escaped(pair)
                name = pair.partition("=")[0]
            kept.append((name, pair))
    if len(kept) > 1:
        kept.sort(key=itemgetter(0))
    return "&".join([pair for _, pair in kept])


def _tracks(name: str, value: str) -> bool:
    if name in _TRACKING or name.startswith(_TRACKING_PREFIXES):
        return True
    if name == "amp":
        return value.lower() in {"", "1", "true", "yes"}
    return name in _SOMETIMES and value.lower() in _CHANNELS


def _escaped(part: str) -> str:
    """With the escapes a URI needs and no others, in capitals."""
    part = _ODD.sub(_escape, part)
    return _ESCAPE.sub(_reescape, part) if "%" in part else part


def _reescape(match: re.Match[str]) -> str:
    character = chr(int(match[0][1:], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _escape(match: re.Match[str]) -> str:
    return "".join([f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace")])


def is_web(url: str) -> bool:
    """Whether it is an absolute http or https address with a host; says nothing of where it leads."""
    return bool(host(url))


def host(url: str) -> str:
    """The host of a web address, in small ASCII letters, without port; "" when there is none."""
    match = _PARTS.fullmatch(url.strip())
    if match is None or len(url) > LONGEST or "\\" in match[2]:
        return ""
    name = match[2].rpartition("@")[2].lower()
    if len(name) > _LONGEST_HOST:
        return ""
    if not name.isascii():
        name = _ascii(name)
    name = re.sub(r":\d*$", "", name).rstrip(".")
    return name if _HOST.fullmatch(name) else ""


@lru_cache(maxsize=20_000)
def site(host: str) -> str:
    """The registrable domain of a host (`news.bbc.co.uk` is of `bbc.co.uk`), by the Public Suffix List.

    "" for IP addresses and for names of one label such as `localhost`.
    """
    name = host.lower().strip(".")
    if "." not in name or ":" in name or _IPV4.fullmatch(name):
        return ""
    return str(_suffixes("xn--" in name).privatesuffix(name) or "")


@lru_cache(maxsize=2)
def _suffixes(encoded: bool) -> PublicSuffixList:
    """The list; `encoded` with Punycode names, which take forty of its fifty milliseconds and are rarely asked for."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(accept_encoded_idn=encoded)


def same_site(a: str, b: str) -> bool:
    """Whether two addresses belong to one registrable domain."""
    one = site(host(a))
    return bool(one) and one == site(host(b))


def utm(url: str) -> dict[str, str]:
    """The campaign tags of an address: `utm_*` names and values in small letters; the first of each counts."""
    if "utm_" not in url and "UTM_" not in url.upper():
        return {}
    found: dict[str, str] = {}
    for piece in url.partition("#")[0].partition("?")[2].split("&"):
        name, _, value = piece.removeprefix("amp;").partition("=")
        name = name.lower()
        if name.startswith("utm_"):
            value = " ".join(unquote_plus(value).lower().split())
            if value:
                found.setdefault(name, value)
    return found
