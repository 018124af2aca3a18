"""The address a link leads to, with the campaign's tags: a closed vocabulary, small letters, one separator, no names.

The destination's own query and fragment stay as they are, byte for byte; what cannot stand in a header is escaped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote, unquote

from commsleads import text, urls
from commsleads.errors import CampaignError
from commsleads.plan import CallToAction, Campaign, Channel

LONGEST = 2_000
"""Characters of a tagged address: some browsers and gateways cut longer ones."""
_LONGEST_WORD = 60

_PARTS = re.compile(r"(https?)://([^/?#]+)([^?#]*)(\?[^#]*)?(#.*)?", re.IGNORECASE | re.DOTALL)
_SAFE = "%/:?#[]@!$&'()*+,;=-._~|"
_DECLARED = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_ADDRESS = re.compile(r"[^\s@]@[^\s@]")
_NUMBER = re.compile(r"(?:\+|\b0)(?:[ ./()-]{0,2}\d){6}|(?:\d[ ./()-]{0,2}){9}")


class Tagged(NamedTuple):
    """An address with its tags, and sentences on what was changed of what a person wrote."""

    url: str
    remarks: tuple[str, ...] = ()


def tagged(
    campaign: Campaign, cta: CallToAction, channel: Channel, *, group: str = "", people: Iterable[str] = ()
) -> Tagged:
    """Where a link for this call to action on this channel leads. `people` are names of targets, which no tag may hold.

    Raises `CampaignError` with every reason why there is no such address.
    """
    problems = []
    if not cta.destination:
        problems.append(
            f"The call to action “{cta.id}” leads nowhere: give it a `destination`, a web address, then make the link."
        )
    elif not _PARTS.fullmatch(cta.destination) or not urls.host(cta.destination):
        problems.append(f"The destination of “{cta.id}” is no web address: {cta.destination[:200]}")
    tags, wrong = tags_of(campaign, cta, channel, group=group, people=people)
    problems += wrong
    if problems:
        raise CampaignError(*problems)
    url, replaced = _with(cta.destination, tags)
    if len(url) > LONGEST:
        raise CampaignError(
            f"The address of “{cta.id}” would have {len(url):,} characters; at most {LONGEST:,} work everywhere."
        )
    return Tagged(url, (_said(cta, replaced),) if replaced else ())


def tags_of(
    campaign: Campaign, cta: CallToAction, channel: Channel, *, group: str = "", people: Iterable[str] = ()
) -> tuple[dict[str, str], list[str]]:
    """The tags of a link, and what is wrong with them."""
    name = (campaign.utm_campaigns[0] if campaign.utm_campaigns else campaign.id).lower()
    problems = []
    if not _DECLARED.fullmatch(name) or len({one for one in name if not one.isalnum()}) > 1:
        problems.append(
            f"“{name[:60]}” cannot stand in a link as utm_campaign: small letters and digits with one separator, "
            f"such as “{word(name) or 'new-wing'}”. Write it so at `utm_campaigns` of “{campaign.id}”."
        )
    part = word(group)
    if group:
        problems += _personal(group, part, people)
    content = f"{word(cta.id)}-{part}" if part else word(cta.id)
    tags = {"utm_source": channel.source, "utm_medium": channel.medium, "utm_campaign": name, "utm_content": content}
    return tags, problems


def word(said: str) -> str:
    """A word of a tag: small letters and digits of any alphabet, hyphens between; accents are left off."""
    plain = unicodedata.normalize("NFKD", said.casefold())
    plain = "".join(one for one in plain if not ("\u0300" <= one <= "\u036f"))
    plain = unicodedata.normalize("NFC", plain)
    joined = "".join(one if one.isalnum() or unicodedata.category(one)[0] == "M" else "-" for one in plain)
    return re.sub(r"-+", "-", joined).strip("-")[:_LONGEST_WORD].rstrip("-")


def _personal(group: str, part: str, people: Iterable[str]) -> list[str]:
    """Why the name of a group may not stand in an address that every server on the way writes down."""
    if _ADDRESS.search(group):
        return [
            f"The group “{group[:60]}” is named by a mail address, which must not stand in a link. Rename the group."
        ]
    if _NUMBER.search(group):
        return [f"The group “{group[:60]}” is named by a number like a telephone's. Rename the group."]
    if not part:
        return [f"The group “{group[:60]}” has no letter or digit that could stand in a link. Rename the group."]
    folded = f" {text.fold(group)} "
    for name in people:
        known = text.fold(name).strip()
        if " " in known and f" {known} " in folded:
            return [f"The group “{group[:60]}” is named by one of its people, who must not stand in a link. Rename it."]
    return []


def _with(destination: str, tags: dict[str, str]) -> tuple[str, list[str]]:
    """The address with these tags, and the tags it had of its own."""
    match = _PARTS.fullmatch(destination)
    scheme, place, path, query, fragment = match.groups(default="") if match else ("https", "", "/", "", "")
    kept: list[str] = []
    replaced: list[str] = []
    for piece in query[1:].split("&") if len(query) > 1 else ():
        name = unquote(piece.partition("=")[0]).strip().lower()
        (replaced if name.startswith("utm_") else kept).append(piece)
    added = [f"{name}={quote(value, safe='')}" for name, value in tags.items()]
    host = urls.host(destination)
    port = found[0] if (found := re.search(r":\d+$", place)) else ""
    whole = f"{scheme.lower()}://{host}{port}{path or '/'}?{'&'.join([*kept, *added])}{fragment}"
    return quote(whole, safe=_SAFE, errors="replace"), [unquote(piece)[:80] for piece in replaced]


def _said(cta: CallToAction, replaced: list[str]) -> str:
    return (
        f"The destination of “{cta.id}” had tags of its own, which were replaced by those of the link: "
        f"{', '.join(replaced[:5])}."
    )
