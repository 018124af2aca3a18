"""The words of an alert: what changed, why it matters, who acts; and other people's words made harmless.

Alerts go to services that each read markup of their own (Slack's `<!channel>`, Markdown links in Teams, HTML in mail).
What is a mention, a link or a heading in any of them is taken out of other people's words before anything is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

TITLE = 100
"""Characters of a title."""
QUOTED = 300
"""Characters of somebody else's words in a text."""
LINK = 500
"""Characters of an address that is still shown."""

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_MARKS = str.maketrans({
    "<": "‹", ">": "›", "[": "(", "]": ")", "`": "ʼ", "*": "∗", "|": "ǀ", "\\": "⧵", "@": "＠", "#": "＃",
    "_": "＿", "~": "∼",
})  # fmt: skip
"""What begins markup or a mention somewhere, and a letter that looks alike and begins nothing anywhere."""
_LINK = re.compile(r"https?://[A-Za-z0-9.\-:]+(?:/[A-Za-z0-9._~:/?&=%+,;\-]*)?")


def harmless(text: str, most: int = QUOTED) -> str:
    """Somebody else's words, on one line, that mean nothing to any service that shows them.

    Addresses in them lead nowhere, for who wrote them may be anybody.
    """
    seen = " ".join(_UNSEEN.sub(" ", text[: 4 * most]).split())
    seen = seen.translate(_MARKS).replace("://", ": //").replace("&", "＆" if _entity(seen) else "&")
    # Surrogates without their half cannot be written anywhere.
    seen = seen.encode("utf-8", "replace").decode()
    return seen if len(seen) <= most else f"{seen[: most - 1].rstrip()}…"


def _entity(text: str) -> bool:
    """Whether something in it could be read as an HTML entity."""
    return re.search(r"&#?\w{1,10};", text) is not None


def one_line(text: str, most: int = TITLE) -> str:
    """Our own words with others' in them, on one line of so many characters: what a title must be."""
    seen = " ".join(_UNSEEN.sub(" ", text[: 4 * most]).split())
    return seen if len(seen) <= most else f"{seen[: most - 1].rstrip()}…"


def link(url: str) -> str:
    """An address as it may stand in an alert, or '' for one with anything unusual in it."""
    return url if len(url) <= LINK and _LINK.fullmatch(url) else ""


def told(what: str, why: str, who: str) -> str:
    """The text of an alert: what changed, why it matters, who acts."""
    return "\n".join(filter(None, (what, why, who)))


def acts(owner: str, on_call: str, names: Mapping[str, str]) -> str:
    """Who should act: the owner, else who is on call, else whoever reads it first."""
    if owner:
        return f"{harmless(names.get(owner, ''), 60) or owner} acts."
    if on_call:
        return f"Nobody owns it; {harmless(names.get(on_call, ''), 60) or on_call} is on call and acts."
    return "Nobody owns it and nobody is on call: whoever reads this first acts."


def clock(at: datetime, zone: ZoneInfo) -> str:
    """An instant on the organisation's wall: "Thu 5 Nov 17:00"."""
    local = at.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %H:%M}"


def span(length: timedelta) -> str:
    """A length of time as people say it, rounded down: "3 h 20 min", "2 days 4 h"."""
    minutes = max(0, int(length.total_seconds() // 60))
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} {'day' if days == 1 else 'days'}" + (f" {hours} h" if hours else "")
    if hours:
        return f"{hours} h" + (f" {minutes} min" if minutes else "")
    return f"{minutes} min" if minutes else "less than a minute"
