"""The demo's leads at work as data: criteria, goals, talks and what people do with each lead, from `leads.toml`.

It knows the calendar and does nothing. The criteria are one file, `criteria.toml`, and what a person writes otherwise
in it as time goes by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from string import Template
from typing import Any

from commsleads.demo.newsroom import Calendar, data_of
from commsleads.demo.pressoffice import Act

CRITERIA = "criteria.toml"
"""The file in force, beside the settings."""
STRICTER = "criteria-stricter.toml"
"""A proposal that nobody has switched on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadOffice:
    """All that is done about leads, in the order of time. `first` and `stricter` are files of criteria."""

    first: str
    stricter: str
    acts: tuple[Act, ...]


def open_lead_office(calendar: Calendar) -> LeadOffice:
    """What is done about leads in the nine weeks of this calendar."""
    told = data_of("leads")
    text = (resources.files("commsleads.demo") / CRITERIA).read_text(encoding="utf-8")
    first, acts = _dated(text, calendar, "0 sun"), []
    for one in told["criteria"]:
        text = edited(text, one["edits"])
        given = {"text": _dated(text, calendar, one["on"]), "why": one["why"]}
        acts.append(Act(calendar.at(one["on"]), "", one["by"], "criteria", given))
    acts += [_goal(one, calendar) for one in told["goals"]]
    acts += [_act(one["name"], "touch", one, calendar) for one in told["talks"]]
    acts += [act for one in told["leads"] for act in _worked(one, calendar)]
    return LeadOffice(
        first=first,
        stricter=_dated(edited(text, told["stricter"]["edits"]), calendar, "9 fri"),
        acts=tuple(sorted(acts, key=lambda act: act.when)),
    )


def edited(text: str, edits: Sequence[Sequence[str]]) -> str:
    """A file with some words written otherwise. Raises `ValueError` for words that do not stand in it once."""
    for old, new in edits:
        if text.count(old) != 1:
            raise ValueError(f"“{old}” stands {text.count(old)} times in the criteria of the demo")
        text = text.replace(old, new)
    return text


def _dated(text: str, calendar: Calendar, day: str) -> str:
    return Template(text).substitute(dated=calendar.day(" ".join(day.split()[:2])))


def _goal(one: Mapping[str, Any], calendar: Calendar) -> Act:
    days = {"starts_on": calendar.day(one["from"]), "ends_on": calendar.day(one["until"])}
    given = {name: value for name, value in one.items() if name not in {"on", "by", "from", "until"}}
    return Act(calendar.at(one["on"]), one["id"], one["by"], "goal", given | days)


def _worked(one: Mapping[str, Any], calendar: Calendar) -> Iterator[Act]:
    for talk in one.get("touches", ()):
        person = {"name": one.get("name", ""), "outlet": one["outlet"], "email": one["who"]}
        yield _act(one["who"], "touch", person | talk, calendar)
    for work in one.get("work", ()):
        yield _act(one["who"], work["do"], work, calendar)


def _act(about: str, does: str, told: Mapping[str, Any], calendar: Calendar) -> Act:
    given = {name: value for name, value in told.items() if name not in {"on", "by", "do", "who"}}
    if "until" in given:
        given["until"] = calendar.at(given["until"])
    return Act(calendar.at(told["on"]), about, told["by"], does, given)
