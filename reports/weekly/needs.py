"""What needs somebody, in words: what, whom, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from commsleads.reports import deskneeds, leadwords
from commsleads.reports.blocks import grey, items, text
from commsleads.reports.cardwords import pace_words, so_far_words
from commsleads.reports.weekly.told import Part, Told, clipped, more
from commsleads.reports.wording import line, moment
from commsleads.reports.words import say

Need = tuple[str, str, str]

EVERY = 10_000
"""Entries that the data hold: all of them."""
NAMED = 100
"""Enquiries and leads that one line names to an analyst; the data hold the others."""


def needs_part(told: Told, *, commands: bool = True) -> Part:
    """The section: at most so many bullets, how many more there are, and the `commands` that help."""
    most, every = told.caps.needs, needs_of(told)
    shown = [
        (what, clipped(why, told.caps.why) if told.caps.why else "", command if commands else "")
        for what, why, command in every[:most]
    ]
    nothing = text(say("needs-none"))
    left = grey(more(len(every), most))
    whole = needs_of(told, NAMED) if told.whole else []
    return Part(
        title=say("head-needs"),
        line="",
        blocks=(items(shown), left) if shown else (nothing,),
        full=(items(whole),) if whole else None,
    )


def needs_of(told: Told, named: int | None = None) -> list[Need]:
    """What needs somebody: the desk first, as deadlines pass, and leads that wait; then what keeps us from looking.

    Of the first ones one place is left to the latter, so that a busy desk does not hide a broken source.
    """
    found, most = told.found, told.caps.needs
    named = told.caps.named if named is None else named
    desk = deskneeds.needs_of(found["desk"], told.facts.now, told.zone, named)
    desk += leadwords.needs_of(found["leads"], own(found["goals"]), told.facts.now, told.zone, named)
    others = [need_of(need, told.zone) for need in found["needs"]] + campaign_needs(found["answers"])
    first = desk[: max(most - 1, 1)] if others and most else desk
    return [*first, *others[:1], *desk[len(first) :], *others[1:]]


def need_of(need: Any, zone: Any) -> Need:
    """What, why, and the command that helps."""
    since = f" {say('need-since', at=moment(need.since, zone))}" if need.since else ""
    return f"{line(need.what, 160)}{since}", line(need.why, 400), need.command


def own(goals: Sequence[Any]) -> list[Any]:
    """The goals that are no campaign's: these are told with their campaigns."""
    return [one for one in goals if one.origin != "campaign"]


def campaign_needs(answers: Sequence[Any]) -> list[Need]:
    """Goals of running campaigns that will be missed if it goes on so. Their pages are among the needs of the facts."""
    needs = []
    for answer in answers:
        if answer.state == "running" and answer.pace is not None and answer.pace.word == "behind":
            what = say("need-campaign-behind", name=line(answer.name, 60))
            needs.append(
                (
                    what,
                    f"{so_far_words(answer.pace)}; {pace_words(answer.pace)[1]}.",
                    f"commsleads campaign show {answer.id}",
                )
            )
    return needs
