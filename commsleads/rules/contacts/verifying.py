"""What can be said of a mail address without asking anybody: whether mail can reach it, and whose it may be.

Nothing is looked up and nobody is written to. So `works` is never a promise: it says that nothing speaks against it.
That a newsroom reads an address together, or that somebody writes from a free provider, is a fact and no fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from commsleads.rules.contacts.addresswords import ALONE, BEFORE, BEHIND, ENDINGS, FREE_TOO
from commsleads.rules.reading.desk import is_free, within
from commsleads.rules.requests.drafts import MASKS
from commsleads.text import fold
from commsleads.urls import site

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

LONGEST = 254
"""Characters of an address that can be delivered (RFC 5321 with its errata)."""
_SENTENCE = 200
_PARTS = re.compile(r"[._+-]+")
_EXAMPLES = ("example", "example.com", "example.net", "example.org")
_RESERVED = ("invalid", "test", "local", "localhost", "localdomain", "internal", "onion", "arpa", "home", "lan", "alt")


class Verified(NamedTuple):
    """What is known of an address. `works` is False where no mail can reach it, None where it cannot be told.

    `marks` are words of `journey.MARKS`, in alphabetical order; `reasons` has a sentence for each thing found.
    """

    works: bool | None
    marks: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def verified(address: str, outlet_domains: Iterable[str] = ()) -> Verified:
    """Look at one address. `outlet_domains` are those of the outlet that its owner writes for, as they are declared.

    Never raises: what is no address is one that no mail can reach. For '' there is nothing to say.
    """
    return _verified(address[: LONGEST + 50].strip(), tuple(outlet_domains))


def marks(email: str, outlet_domains: Iterable[str] = ()) -> tuple[str, ...]:
    """The marks of an address for a touch, in alphabetical order; none for ''."""
    return _verified(email[: LONGEST + 50].strip(), tuple(outlet_domains)).marks


@lru_cache(maxsize=20_000)
def _verified(address: str, outlet_domains: tuple[str, ...]) -> Verified:
    if not address:
        return Verified(None)
    domain, problem = _domain(address)
    if problem:
        return Verified(works=False, marks=("broken",), reasons=(problem,))
    if within(domain, MASKS):
        return Verified(None, (), ("It is an alias of a request service and answers one request only.",))
    found = [_reach(domain), _shared(address), _throwaway(domain), _provider(domain), _outlet(domain, outlet_domains)]
    works = found[0].works
    given = {mark for one in found for mark in one.marks}
    return Verified(works, tuple(sorted(given)), tuple(reason for one in found for reason in one.reasons))


_NOTHING = Verified(None)


def _domain(address: str) -> tuple[str, str]:
    """The domain as name servers write it, and why no mail can reach it ('' if nothing speaks against it)."""
    from email_validator import EmailNotValidError, validate_email

    if len(address) > LONGEST:
        return "", f"No mail can reach it: an address has at most {LONGEST} characters."
    ending = address.rpartition("@")[2].rstrip(".").lower()
    if within(ending, _RESERVED):
        return "", f"No mail can reach it: names that end in “.{ending.rpartition('.')[2]}” are in no name server."
    try:
        read = validate_email(address, check_deliverability=False, strict=True, test_environment=True)
    except EmailNotValidError as error:
        return "", f"No mail can reach it: {' '.join(str(error).split())[:_SENTENCE]}"
    except (ValueError, RecursionError, IndexError):  # what a library did not foresee in hostile text
        return "", "No mail can reach it: it is not written as an address can be."
    return read.ascii_domain.lower(), ""


def _reach(domain: str) -> Verified:
    if within(domain, _EXAMPLES):
        return Verified(None, (), ("Its domain is kept for examples: whether mail arrives cannot be told.",))
    if not _ending_known(domain.rpartition(".")[2]):
        why = (
            f"No public ending is called “.{domain.rpartition('.')[2][:30]}”, by the list that comes with the program."
        )
        return Verified(None, (), (f"{why} Look for a slip.",))
    if not site(domain):
        return Verified(None, (), ("Its domain is a public ending that many sites share, and no site's own.",))
    return Verified(works=True, marks=("works",), reasons=("It is written as an address can be; nothing was asked.",))


@lru_cache(maxsize=2_000)
def _ending_known(ending: str) -> bool:
    return _endings("xn--" in ending).publicsuffix(ending) is not None


@cache
def _endings(encoded: bool) -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(accept_unknown=False, accept_encoded_idn=encoded)


def _shared(address: str) -> Verified:
    if not shared(address):
        return _NOTHING
    return Verified(None, ("shared",), ("It is the address of an office or newsroom: several people may read it.",))


def shared(address: str) -> bool:
    """Whether an address is an office's or a newsroom's by the words in front of its @."""
    local = fold(address.rpartition("@")[0])
    parts = [part.strip("0123456789") for part in _PARTS.split(local)]
    parts = [part for part in parts if part]
    several = len(parts) > 1
    if not parts:
        return False
    return (
        "".join(parts) in ALONE
        or parts[-1].endswith(ENDINGS)
        or (several and (parts[0] in BEFORE or parts[-1] in BEHIND or (parts[0] in ALONE and "+" in local)))
    )


def _throwaway(domain: str) -> Verified:
    if not any(name in _throwaways() for name in (domain, *_above(domain))):
        return _NOTHING
    return Verified(None, ("throwaway",), ("Its domain gives out addresses for a few minutes.",))


@cache
def _throwaways() -> frozenset[str]:
    from disposable_email_domains import allowlist, blocklist

    return frozenset(blocklist) - frozenset(allowlist)


def _above(domain: str) -> list[str]:
    """The names above a domain, down to its site."""
    labels, own = domain.split("."), site(domain)
    above = [".".join(labels[n:]) for n in range(1, len(labels) - 1)]
    return [name for name in above if own and (name == own or name.endswith(f".{own}"))]


def _provider(domain: str) -> Verified:
    if not _is_free(domain):
        return _NOTHING
    return Verified(None, ("private",), ("Its domain is a mail provider's for everybody: it tells no employer.",))


def _is_free(domain: str) -> bool:
    return is_free(domain) or domain in FREE_TOO


def _outlet(domain: str, outlet_domains: tuple[str, ...]) -> Verified:
    if not outlet_domains:
        return _NOTHING
    if _is_free(domain):  # some providers are outlets as well, and anybody writes from there
        return _NOTHING
    if within(domain, tuple(_folded(one) for one in outlet_domains[:200])):
        return Verified(None, ("outlet-domain",), ("Its domain is the outlet's own.",))
    return Verified(None, (), ("Its domain is none of the outlet's.",))


@lru_cache(maxsize=10_000)
def _folded(domain: str) -> str:
    """A declared domain as addresses have it: small letters, ASCII, without the www. of a page."""
    name = domain[:300].strip().lower().strip(".").removeprefix("www.")
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    return name
