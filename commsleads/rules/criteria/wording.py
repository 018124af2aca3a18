"""The words of the criteria as people say them: kinds of touches, marks, stretches of time, sorts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from commsleads.criteria import Rule, Sort

KINDS = {
    "enquiry": "an enquiry",
    "reply": "a reply to us",
    "form": "a form",
    "click": "a click on a link made for them alone",
    "phone": "a phone call",
    "event": "a talk at an event",
    "referral": "a referral",
    "known": "something we learned of them",
}
"""What a kind of touch is called."""

MARKS = {
    "own": "beyond doubt their own act",
    "ask": "asking for something",
    "more": "after we had answered them before",
    "deadline": "with a deadline",
    "use": "saying where it is to appear",
    "material": "using our data, an asset or a briefing",
    "positive": "friendly to us",
    "neutral": "neutral to us",
    "hostile": "hostile to us",
    "outlet": "for a named outlet",
    "tier-1": "for an outlet of the first tier",
    "tier-2": "for an outlet of the second tier",
    "tier-3": "for an outlet of the third tier",
    "works": "from an address that nothing speaks against",
    "broken": "from an address that no mail can reach",
    "shared": "from an address that several people read",
    "throwaway": "from a throwaway address",
    "private": "from a private address",
    "outlet-domain": "from the outlet's own domain",
    "listed": "by somebody we aimed at",
    "did": "doing what the campaign asked for",
    "objected": "asking not to be written to",
}
"""What a mark says of a touch, to go on after its kind."""


def sort_words(sort: Sort | Rule) -> str:
    """A sort of touch: "an enquiry or a form, asking for something, with a deadline, and not hostile to us"."""
    parts = [either(KINDS[kind] for kind in sort.touch) or "any touch"]
    parts += [MARKS[mark] for mark in sort.having]
    if sort.any:
        parts.append(either(MARKS[mark] for mark in sort.any))
    if sort.source:
        parts.append(f"come by {either(sort.source)}")
    if sort.campaign:
        parts.append(f"of the campaign {either(f'“{name}”' for name in sort.campaign)}")
    if sort.without:
        parts.append(f"and not {either((MARKS[mark] for mark in sort.without), 'nor')}")
    return ", ".join(parts)


def either(words: Iterable[str], last: str = "or") -> str:
    """Words in a row: "a, b or c"."""
    given: Sequence[str] = list(words)
    return f" {last} ".join(filter(None, (", ".join(given[:-1]), given[-1]))) if given else ""


def stretch(length: timedelta) -> str:
    """A stretch of time: "30 days", "8 hours", "1 hour 30 minutes", "no time"."""
    seconds = int(length.total_seconds())
    found = []
    for unit, size in (("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1)):
        amount, seconds = divmod(seconds, size)
        if amount:
            found.append(f"{amount} {unit}{'' if amount == 1 else 's'}")
    return " ".join(found) or "no time"


def points(amount: int) -> str:
    """An amount of points: "1 point", "-20 points"."""
    return f"{amount} point{'' if abs(amount) == 1 else 's'}"
