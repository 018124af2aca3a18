"""What needs somebody, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from commsleads.reports import deskneeds, leadwords
from commsleads.reports.cardwords import pace_words
from commsleads.reports.weekly.looking import need_of
from commsleads.reports.wording import line, listed


def needs_of(facts: Any, found: Mapping[str, Any], most: int) -> list[tuple[str, str, str]]:
    """What needs somebody: the desk first, as deadlines pass, and leads that wait; then what keeps us from looking.

    Of the first `most` one is left to the latter, so that a busy desk does not hide a broken source.
    """
    desk = deskneeds.needs_of(found["desk"], facts.now, facts.zone)
    desk += leadwords.needs_of(found["leads"], own(found["goals"]), facts.now, facts.zone)
    others = [need_of(need, facts.zone) for need in found["needs"]] + campaign_needs(found["answers"])
    first = desk[: most - 1] if others and most else desk
    return [*first, *others[:1], *desk[len(first) :], *others[1:]]


def own(goals: Sequence[Any]) -> list[Any]:
    """The goals that are no campaign's: these are told with their campaigns."""
    return [one for one in goals if one.origin != "campaign"]


def campaign_needs(answers: Sequence[Any]) -> list[tuple[str, str, str]]:
    """Goals of running campaigns that will be missed if it goes on so. Their pages are among the needs of the facts."""
    needs = []
    for answer in answers:
        if answer.state != "running":
            continue
        name = line(answer.name, 60)
        command = f"commsleads campaign show {answer.id}"
        if answer.pace is not None and answer.pace.word == "behind":
            words, why = pace_words(answer.pace)
            needs.append((f"{name} is behind its goal", f"{words.partition(': ')[2]}; {why}.", command))
    return needs


def where_of(desk: Any, leads: Any) -> str:
    """Where all that needs somebody is listed."""
    there = ["commsleads enquiry list"] if desk.ever else []
    there += ["commsleads lead due"] if leads.counted else []
    return f"{listed([*there, 'commsleads check', 'commsleads sources'])} list them all"
