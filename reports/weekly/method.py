"""How each number is made, and the command that lists its rows: what analysts read at the foot of every digest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commsleads.reports.places import address_of
from commsleads.reports.weekly.told import Told
from commsleads.reports.wording import listed
from commsleads.reports.words import say

CAMPAIGNS = 4
SPIKES = 3


def explained(told: Told) -> tuple[tuple[str, str], ...]:
    """Each word of the digest with its definition."""
    found, unit = told.found, told.unit
    meant = found["coverage"].figure.definition
    return (
        (say("method-story"), say("method-story-means", meant=meant)),
        (say("method-period"), say("method-period-means", unit=unit, zone=str(told.zone))),
        (say("method-baseline"), say("method-baseline-means", unit=unit)),
        (say("method-interval"), say("method-interval-means", unit=unit)),
        (say("method-median"), say("method-median-means", unit=unit)),
        (say("method-campaign"), say("method-campaign-means")),
        (say("method-uplift"), say("method-uplift-means")),
        (say("method-tier"), say("method-tier-means")),
        *_enquiries(found["desk"]),
        *_answers(found["answers"]),
        *_leads(found["leads"]),
        *_tone(found),
        (say("method-kind"), _kind(found)),
        (say("method-not-here"), say("method-not-here-means")),
    )


def clicked(answers: Any) -> bool:
    """Whether what people did is measured for any campaign."""
    return any(one.measured for answer in answers for one in answer.asked)


def _kind(found: Mapping[str, Any]) -> str:
    """What is output, out-take and outcome here, and what nobody measures yet."""
    desk, leads, did = found["desk"], found["leads"], clicked(found["answers"])
    there = [
        say("kind-stories"),
        *([say("kind-clicks")] if did else []),
        *([say("kind-responses")] if did else [say("kind-enquiries")] if desk.ever else []),
        *([say("kind-leads")] if leads.counted else []),
    ]
    missing = [
        *([] if leads.counted else [say("kind-no-leads")]),
        *([] if desk.ever or did else [say("kind-no-enquiries")]),
        *([] if did else [say("kind-no-clicks")]),
    ]
    return say("kind", there=listed(there), missing=say("kind-missing", what=listed(missing)) if missing else "")


def _leads(leads: Any) -> tuple[tuple[str, str], ...]:
    """What is said of leads. Their own report has all the definitions."""
    if not leads.counted:
        return ()
    meant = {one.key: one.words for one in leads.definitions}["qualified"]
    said = say("method-leads-means", meant=meant, n=leads.criteria.number, reading=leads.criteria.reading)
    return ((say("method-leads"), said),)


def _answers(answers: Any) -> tuple[tuple[str, str], ...]:
    """What is said of campaigns. Their own report has all the definitions."""
    return ((say("method-did"), say("method-did-means")),) if clicked(answers) else ()


def _tone(found: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What is said of tone and messages where there are any."""
    said = [(say("method-tone"), found["tone"].definition)] if found["tone"].n else []
    said += [(say("method-message"), one.definition) for one in found["messages"][:1]]
    return tuple((name, words) for name, words in said if words)


def _enquiries(desk: Any) -> tuple[tuple[str, str], ...]:
    """What is said of the desk. The report on enquiries has all its definitions."""
    if not desk.ever:
        return ()
    meant = {one.key: one.words for one in desk.definitions}
    return (
        (say("method-enquiries"), f"{meant['received']} {meant['backlog']}"),
        (say("method-in-time"), meant["in_time"]),
        (say("method-first-answer"), meant["first_answer"]),
        (say("method-touches"), meant["touches"]),
    )


# --- links ---------------------------------------------------------------------------------------------------------


def links(told: Told) -> tuple[tuple[str, str], ...]:
    """Where the team finds all of it: the full list, the method, the export."""
    label, found = told.period.label, told.found
    rows = [(say("link-stories"), f"{_stories(told)}")]
    if found["desk"].ever:
        rows.append((say("link-enquiries"), f"commsleads report enquiries --period {label}"))
    if found["leads"].counted:
        rows.append((say("link-leads"), f"commsleads report leads --period {label}"))
    rows.append((say("link-full"), f"commsleads report weekly --period {label} --for analyst"))
    rows.append((say("link-export"), f"commsleads report weekly --period {label} --format json"))
    return tuple((name, _place(told, command)) for name, command in rows)


def _stories(told: Told) -> str:
    return str(told.found["coverage"].figure.query.split(" ; ")[0])


def _place(told: Told, command: str) -> str:
    """The address of a command's rows on the dashboard, where there is one; else the command."""
    return address_of(told.facts.dashboard, command) or command


def commands(told: Told) -> tuple[tuple[str, str], ...]:
    """The command behind each figure, each once. A figure over several watches has one for each."""
    return tuple((name, _place(told, command)) for command, name in _commands(told.found).items())


def _commands(found: Mapping[str, Any]) -> dict[str, str]:
    rows: dict[str, str] = {}
    if found["desk"].ever:
        name, command = found["desk"].commands[0]
        rows[command] = name
    if found["leads"].counted:
        name, command = found["leads"].commands[1]
        rows[command] = name
    figures = [(say("rows-stories"), found["coverage"].figure, True)]
    figures += [(answer.name, answer.figure, False) for answer in found["answers"][:CAMPAIGNS]]
    figures += [(spike.name, spike.figure, False) for spike in found["spikes"][:SPIKES]]
    for name, figure, whole in figures:
        for command in figure.query.split(" ; "):
            _, _, watch = command.partition(" --watch ")
            of = watch.partition(" ")[0]
            if whole and of:
                named = say("rows-each-watch") if of == "WATCH" else say("rows-watch", watch=of)
                rows.setdefault(command, named)
            else:
                rows.setdefault(command, name)
    for one in (*found["messages"], *([found["tone"]] if found["tone"].n else [])):
        rows.setdefault(one.query, say("rows-message", text=one.text) if hasattr(one, "text") else say("rows-tone"))
    return rows
