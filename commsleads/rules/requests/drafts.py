"""A request as its layout gives it, before its deadline is reckoned; and how fields become one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commsleads.rules.requests.labels import address_in, refuses_ai, url_in
from commsleads.rules.requests.lines import Line

LONGEST_QUERY = 20_000
"""Characters of a query that are kept beside the raw block."""

MASKS = (
    "helpareporter.com", "helpareporter.net", "tmxmessenger.com", "sourcebottle.com", "connectively.us", "qwoted.com",
)  # fmt: skip
"""Whose addresses are aliases of one request."""

_NOTHING = frozenset({"tbd", "tba", "n/a", "na", "none", "-", "not specified", "undisclosed", "to be determined", ""})
_BRACKET = re.compile(r"\s*[(<\[]\s{0,3}[(<\[]?(?:https?://|www\.)", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class Draft:
    """One request with its fields as written. `first` and `last` are its lines, the last one not included."""

    service: str
    first: int
    last: int
    number: str = ""
    summary: str = ""
    query: str = ""
    journalist: str = ""
    outlet: str = ""
    outlet_url: str = ""
    reply_to: str = ""
    category: str = ""
    requirements: str = ""
    deadline: str = ""
    no_ai: bool = False
    url: str = ""

    @property
    def masked(self) -> bool:
        """Whether the address is an alias of the service, as all are that are not known to be real."""
        domain = self.reply_to.rpartition("@")[2]
        return not domain or any(domain == mask or domain.endswith("." + mask) for mask in MASKS)


def drafted(service: str, first: int, last: int, number: str, fields: Mapping[str, str], *, no_ai: bool) -> Draft:
    """A request of labelled fields."""
    outlet, outlet_url = outlet_of(fields.get("outlet", ""))
    parts = (fields.get("deadline_date", ""), fields.get("deadline_time", ""), fields.get("deadline_zone", ""))
    query = fields.get("query", "")[:LONGEST_QUERY]
    return Draft(
        service=service, first=first, last=last, number=number,
        summary=one_line(fields.get("summary", ""), 500), query=query,
        journalist=person_of(fields.get("name", "")), outlet=outlet,
        outlet_url=outlet_url or url_in(fields.get("outlet_url", "")), reply_to=address_in(fields.get("email", "")),
        category=one_line(fields.get("category", ""), 200), requirements=fields.get("requirements", "")[:LONGEST_QUERY],
        deadline=one_line(fields.get("deadline", "") or " ".join(filter(None, map(str.strip, parts))), 200),
        no_ai=no_ai or refuses_ai(query),
    )  # fmt: skip


def outlet_of(value: str, withheld: Sequence[str] = ("anonymous",)) -> tuple[str, str]:
    """Name and web address of an outlet out of `Homes Monthly (https://…)`; '' for one that is not named."""
    url = url_in(value)
    name = value
    if url:
        bracket = _BRACKET.search(value)
        name = value[: bracket.start()] if bracket else value.replace(url, " ")
    name = one_line(name, 200).strip(" -,;*_")
    return ("" if name.lower() in _NOTHING or name.lower() in withheld else name), url


def person_of(value: str) -> str:
    """A journalist's name, '' where it is withheld."""
    name = one_line(value, 120).strip(" -,;*_")
    return "" if name.lower() in _NOTHING or name.lower() == "anonymous" else name


def one_line(value: str, longest: int) -> str:
    """A value on one line, cut where it is too long for what it is."""
    line = " ".join(value[: longest * 4].split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def paragraphs(lines: Sequence[str]) -> str:
    """Lines as a text: no blank ones at its ends, and no more than one between two others."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return "\n".join(kept)


def trimmed(lines: Sequence[Line], first: int, last: int) -> int:
    """`last` without the blank lines before it."""
    while last > first and not lines[last - 1].words:
        last -= 1
    return last
