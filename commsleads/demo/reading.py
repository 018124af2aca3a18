"""What the demo's people do with coverage and alerts as data, from `reading.toml`: they say how a story speaks of us,
whether it tells a key message rightly, what it says in a sentence, that it is no coverage, what no feed had, and
whether an alert was worth it.

It knows the calendar and does nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from commsleads.demo.newsroom import Calendar, data_of
from commsleads.demo.pressoffice import Act, PressOffice

DOES = {
    "tones": "tone",
    "messages": "message",
    "notes": "note",
    "removals": "remove",
    "found": "find",
    "votes": "vote",
}
"""The tables of the file, and what each row of them does."""
NEAR = timedelta(hours=2)
"""How long before its deadline the settings of the demo call it near."""


def open_reading(calendar: Calendar) -> tuple[Act, ...]:
    """All of it in the nine weeks of this calendar, in the order of time."""
    told = data_of("reading")
    acts = [act for table in DOES for one in told[table] for act in _acts(table, one, calendar)]
    return tuple(sorted(acts, key=lambda act: act.when))


def _acts(table: str, one: Mapping[str, Any], calendar: Calendar) -> Iterator[Act]:
    when, given = calendar.at(one["on"]), {name: one[name] for name in one if name not in {"on", "by"}}
    if table == "tones":
        for story, tone in given["stories"].items():
            yield Act(when, story, one["by"], "tone", {"tone": tone})
        return
    about = given.pop("about", "") or given.pop("story", "")
    if "day" in given:
        given["day"] = calendar.day(given["day"])
    yield Act(when, about, one["by"], DOES[table], given)


def looks(office: PressOffice) -> set[datetime]:
    """When an alert on a deadline falls due. A real program looks every minute, the demo at these moments."""
    ends = {mail.deadline for mail in office.mails if mail.kind == "enquiry" and mail.deadline}
    ends |= {call.deadline for call in office.calls}
    return {end - NEAR for end in ends} | {end + timedelta(minutes=1) for end in ends}
