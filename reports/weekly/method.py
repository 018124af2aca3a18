"""How each number is made, and the command that lists its rows: printed at the foot of every digest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commsleads.reports.wording import listed

NOT_YET = "not measured yet"


def explained(
    coverage: Any, desk: Any, leads: Any, unit: str, facts: Any, *, clicked: bool = False
) -> tuple[tuple[str, str], ...]:
    """Each word of the digest with its definition."""
    return (
        ("Story", f"{coverage.figure.definition} Further copies are its pickups, counted up to the cut-off."),
        (
            "Period",
            (
                f"What counts is when we first saw it, not the date it bears, in the zone {facts.zone.key}. A story "
                f"dated more than seven days before the {unit} is named as an older piece and left out of comparisons."
            ),
        ),
        (
            "Baseline",
            (
                f"The eight {unit}s before, without those of which less than 95% was observed; with fewer than "
                "four left, nothing is compared. Only sources watched both now and then count."
            ),
        ),
        (
            "Interval",
            (
                "Where the next count would fall in 95 of 100 cases: negative binomial, with the variance the baseline "
                "shows and never less than Poisson's. Shares have Wilson intervals. Risks are held to a higher level, "
                f"so that all watches together raise one false alarm in twenty {unit}s."
            ),
        ),
        ("Median", f"Of the fully observed ones among the last four and the last eight {unit}s."),
        (
            "Campaign coverage",
            (
                "Stories tied by a campaign tag (utm), a link to the call to action, or the campaign's watch terms "
                "while it ran or shortly after; the surest rule counts."
            ),
        ),
        ("Tier", "1 national or high reach, 2 trade, 3 regional or local, as the outlet register says."),
        *_enquiries(desk),
        *_answers(clicked=clicked),
        *_leads(leads),
        ("Kind of figure", _kind(desk, leads, clicked=clicked)),
        ("Not here", "No advertising value, no reach summed over outlets, no tone by machine."),
    )


def _kind(desk: Any, leads: Any, *, clicked: bool) -> str:
    """What is output, out-take and outcome here, and what nobody measures yet."""
    there = [
        *(["clicks out-takes"] if clicked else []),
        *(["responses and enquiries outcomes"] if clicked else ["enquiries outcomes"] if desk.ever else []),
        *(["qualified leads outcomes"] if leads.counted else []),
    ]
    missing = [
        *([] if leads.counted else ["qualified leads"]),
        *([] if desk.ever or clicked else ["enquiries"]),
        *([] if clicked else ["clicks"]),
    ]
    said = listed(["Stories are outputs", *there])
    measured = listed(missing)
    are = f" {measured[0].upper()}{measured[1:]} are {NOT_YET}." if missing else ""
    return f"{said}.{are}"


def _leads(leads: Any) -> tuple[tuple[str, str], ...]:
    """What is said of leads. Their own report has all the definitions."""
    if not leads.counted:
        return ()
    meant = {one.key: one.words for one in leads.definitions}
    number = leads.criteria.number
    return (("Qualified leads", f"{meant['qualified']} Criteria {number}, {leads.criteria.reading} reading."),)


def _answers(*, clicked: bool) -> tuple[tuple[str, str], ...]:
    """What is said of campaigns. Their own report has all the definitions."""
    if not clicked:
        return ()
    return (
        (
            "Did it",
            (
                "Different targets with a response of the kind asked for, of those aimed at and known by name, with "
                "Wilson's interval. Clicks are a range, from certainly people to all but certainly machines, and are "
                "not people."
            ),
        ),
    )


def _enquiries(desk: Any) -> tuple[tuple[str, str], ...]:
    """What is said of the desk. The report on enquiries has all its definitions."""
    if not desk.ever:
        return ()
    meant = {one.key: one.words for one in desk.definitions}
    return (
        ("Enquiries", f"{meant['received']} {meant['backlog']}"),
        ("Answered in time", meant["in_time"]),
        ("Time to first answer", meant["first_answer"]),
        ("Enquiry leads", meant["touches"]),
    )


def commands(found: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The command behind each figure, each once. A figure over several watches has one for each."""
    figures = [("Stories", found["coverage"].figure)]
    figures += [(answer.name, answer.figure) for answer in found["answers"][:4]]
    figures += [(spike.name, spike.figure) for spike in found["spikes"][:3]]
    rows: dict[str, str] = {}
    if found["desk"].ever:
        name, command = found["desk"].commands[0]
        rows[command] = name
    if found["leads"].counted:
        name, command = found["leads"].commands[1]
        rows[command] = name
    for name, figure in figures:
        for command in figure.query.split(" ; "):
            _, _, watch = command.partition(" --watch ")
            of = watch.partition(" ")[0]
            which = "each watch, its id in place of WATCH" if of == "WATCH" else f"watch {of}"
            rows.setdefault(command, f"{name}, {which}" if of and name == "Stories" else name)
    return tuple((name, command) for command, name in rows.items())
