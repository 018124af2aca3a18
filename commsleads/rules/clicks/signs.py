"""The signs by which hits are weighed, and what each is worth.

Points speak for a machine. Of one family only the weightiest sign counts, because signs of a family come together. No
weak sign (below `DOUBT`) decides anything alone; `STRONG` ones say outright that no person was there.
"""

from __future__ import annotations

from typing import NamedTuple

from commsleads.responses import Verdict

DOUBT = 2.0
"""From here on a hit is a probable machine."""

CERTAIN = 5.0
"""From here on, out of two families at least, it is a certain machine."""

STRONG = 6.0
"""What one sign must be worth to make a certain machine alone."""

PERSON = 3.0
"""The points of a person, with none against, that make a certain person."""


class Sign(NamedTuple):
    """One sign that a machine asked: its worth, its family, and what it is in words for people."""

    points: float
    family: str
    text: str


AGENT = {
    "crawler": (6.0, "says it is a crawler"),
    "headless browser": (6.0, "is a browser without a screen"),
    "monitoring": (6.0, "says it watches websites"),
    "library or tool": (6.0, "is a library for programs"),
    "mail or security scanner": (6.0, "says it scans links"),
    "link preview": (6.0, "makes a preview because the link was shared"),
    "program with an address to write to": (4.0, "gives an address for questions, as programs do"),
    "image proxy": (4.0, "fetches pictures for a mail service"),
    "a crawler's name in passing": (3.0, "has a crawler's name in it"),
    "program by its work": (2.5, "calls itself after the work of a program"),
    "tool": (2.5, "is perhaps a library for programs"),
    "feed reader": (2.5, "is a feed reader"),
    "player, speaker or television": (2.5, "is a player or a speaker"),
    "no browser": (2.5, "is no browser"),
    "no agent": (2.5, "does not say what it is"),
    "attack": (2.5, "has an attack for a name"),
    "browser with an odd part": (1.0, "is a browser with an odd name in it"),
}
"""What each kind of agent is worth (`agents.Kind`); a browser's name is worth nothing, for everybody can take it."""

SERVICE = 3.0
"""The service that counted it calls it a machine."""
NO_HEADERS = 2.0
"""Neither Accept-Language nor HTML in Accept."""
NO_LANGUAGE = 1.0
"""No Accept-Language."""
NO_HTML = 1.0
"""Accept does not name HTML."""
AT_ONCE = 1.5
"""Within `INSTANT` of a mailing."""
EARLY = 1.0
"""Within `after_send` of a mailing, ten times that out of a listed network."""
NETWORK = 1.0
"""Out of a listed network."""
SWEEP = 4.0
"""One visitor opened `burst_links` links of a message within `burst`, or those of as many people within seconds."""
NEIGHBOURS = 3.0
"""The same by one agent out of one network, or by whoever at the links of one person."""
MANY = 1.5
"""One visitor opened `burst_links` links of a message within a minute."""
TWO = 1.0
"""One visitor opened two links of a message within `burst`."""
SECOND = 2.0
"""Another network opened the same person's link within seconds, and looks more like a person."""
COMPANION = 2.0
"""The same on a link that is everybody's and went out in a mailing, at a quiet time."""
ALIKE = 1.0
"""The same where both look alike, of the first; or on a link that was in no mailing."""
HEAD = 2.5
"""The same visitor asked for the headers alone within seconds before."""
HAMMER = 2.0
"""The same visitor fetched the link five times or more within seconds."""
TRAP = 6.0
"""The same visitor opened a link that no person sees, within a minute or within seconds before."""
TAINT = 3.0
"""The same earlier, within `trap`; or its agent out of its network within seconds."""

GESTURE = 2.0
"""For a person: the browser says that a person's act led here (Sec-Fetch-User of a navigation)."""
SPEAKS = 1.0
"""For a person: names a language and wants HTML."""
APP = 1.0
"""For a person: the browser of an app."""
CAME_FROM = 1.0
"""For a person: comes from a search, a social network, a mail service or an assistant."""
HINTS = 0.5
"""For a person: sends client hints."""


def decide(signs: tuple[Sign, ...], person: float) -> Verdict:
    """The verdict that follows from the signs of a machine and the points of a person."""
    if not signs:
        return Verdict.HUMAN if person >= PERSON else Verdict.LIKELY
    families: dict[str, float] = {}
    for sign in signs:
        families[sign.family] = max(families.get(sign.family, 0.0), sign.points)
    worth = families.values()
    points = sum(worth)
    if max(worth) >= STRONG or (points >= CERTAIN and len(families) > 1):
        return Verdict.MACHINE
    return Verdict.DOUBTFUL if points >= DOUBT else Verdict.LIKELY
