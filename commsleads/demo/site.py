"""The demo's own site: the pages that its calls to action lead to, one of which goes away."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import NamedTuple

from commsleads.demo.newsroom import Calendar


class SitePage(NamedTuple):
    """One page, and when it goes away ("" never)."""

    title: str
    text: str
    gone: str = ""


PAGES = {
    "heat-next-door": SitePage(
        "Heat Next Door: check your street",
        "Type the name of your street and the number of your door, and we tell you which neighbour could keep you "
        "warm, what it would cost, and in which week we should dig. No deposit, and your boiler stays for two years.",
    ),
    "ask-us": SitePage(
        "Ask us anything about Heat Next Door",
        "Journalists, neighbours and the merely curious: a person answers every question about pipes, prices and "
        "bread, most of them on the same day. Write to the press office or ring us while the shop is open.",
    ),
    "warm-evening": SitePage(
        "The warm evening at the laundry",
        "Come on Thursday at seven. The machines run, the radiators are on, and the bakery brings what it has left. "
        "Street representatives tell how their neighbours decided, and an engineer has a piece of pipe to hold.",
        gone="9 thu 10:00",
    ),
    "open-turbine-day": SitePage(
        "Open Turbine Day: take a place on the ladder",
        "Places inside the tower are given out by lot. You must be taller than one metre thirty and you will be "
        "clipped to a line. Those who prefer the ground can watch the gearbox on a screen.",
    ),
    "tower-pictures": SitePage(
        "Pictures from inside the tower",
        "Twelve photographs of ladders, bolts and the view from the top, free to print with the name of whoever took "
        "them. Each comes large enough for a front page and small enough for a telephone.",
    ),
}


class Site:
    """The pages by the calendar."""

    def __init__(self, calendar: Calendar) -> None:
        self._gone = {name: calendar.at(page.gone) for name, page in PAGES.items() if page.gone}

    def page(self, name: str, moment: datetime) -> bytes | None:
        """A page as it stands at a moment; None when there is none."""
        found = PAGES.get(name)
        if found is None or (name in self._gone and moment >= self._gone[name]):
            return None
        title, text = escape(found.title), escape(found.text)
        return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1><p>{text}</p></body></html>
""".encode()
