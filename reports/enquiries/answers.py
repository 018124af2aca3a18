"""How punctual and how fast: tables by what an enquiry is, what was missed, times, and kinds of answers."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

from commsleads.reports.blocks import Section, figures, grey, items, picture, section, table, text
from commsleads.reports.deskwords import (
    cell_of,
    is_lapsed,
    name_of,
    officer_of,
    owner_of,
    rate_of,
    spread_of,
    wait_of,
)
from commsleads.reports.deskwords import (
    missed_of as how_missed,
)
from commsleads.reports.pictures import deadlines
from commsleads.reports.wording import counted, lasted, line, listed, number

HEAD = ("Enquiries", "Came", "In time (95% interval)", "Median to first answer")
NO_DEADLINE = "no deadline"
"""Why a part of the enquiries has no rate."""


def punctual_of(desk: Any, unit: str) -> Section:
    """Answered in time, by tier, channel, notice and hours; proactive and reactive apart."""
    found = desk.figures
    if not found.all.received.n:
        return section("Answered in time", text(f"No enquiry came this {unit}, so there is nothing to answer in time."))
    officers = [
        (officer_of(desk, part.name) if part.name else "nobody on call", part.value) for part in found.by_on_call
    ]
    parts = (
        ("Tier of the outlet", [(_tier(part.name), part.value) for part in found.by_tier]),
        ("Channel", _parts(found.by_channel)),
        ("Notice given", _parts(found.by_notice)),
        ("Hours", _parts(found.by_hours)),
        ("On call out of hours", officers),
        ("Begun by", [(BEGUN.get(str(part.name), str(part.name)), part.value) for part in found.by_direction]),
    )
    rows: list[tuple[str, ...]] = []
    for name, groups in parts:
        if groups:
            rows += [(name,), *(_row(one, group) for one, group in groups)]
    return section(
        "Answered in time",
        picture(deadlines(desk, unit)),
        table(HEAD, rows),
        grey(
            "In time are those answered by the journalist's deadline, of those that had one. Medians are Kaplan and "
            "Meier's, what is still open included."
        ),
    )


BEGUN = {"reactive": "the journalist (reactive)", "proactive": "us (proactive)"}


def _tier(name: str) -> str:
    return f"Tier {name}" if name.isdecimal() else "not in the register"


def _parts(parts: Any) -> list[tuple[str, Any]]:
    return [(line(part.name, 40) or "not said", part.value) for part in parts]


def _row(name: str, group: Any) -> tuple[str, ...]:
    wait = group.first_answer
    median = lasted(wait.median) if wait.median is not None else f"none yet ({number(wait.events)} of {number(wait.n)})"
    return name, number(group.received.n), cell_of(group.hit_rate, NO_DEADLINE), median


def missed_of(desk: Any, zone: tzinfo, most: int) -> Section:
    """The enquiries of the period whose deadline was missed, by name, and by how much."""
    rows = [row for row in desk.lines if row.in_time == "miss"]
    told = []
    for row in rows[:most]:
        words = how_missed(row, zone)
        who = owner_of(desk, row)
        told.append((name_of(row), f"{words[0].upper()}{words[1:]}{f'; {who}' if who else ''}.", _command(row)))
    left = len(rows) - most
    return section(
        "Deadlines missed",
        items(told) or text("No deadline was missed."),
        grey(f"And {number(left)} more: the CSV of this report lists them all." if left > 0 else ""),
    )


def _command(row: Any) -> str:
    return f"commsleads enquiry {'respond' if is_lapsed(row) else 'show'} {row.reference}"


def speed_of(desk: Any, plan: Any) -> Section:
    """Time to acknowledge and to answer, and our own targets."""
    found = desk.figures
    done = found.acknowledged
    without = f"; {counted(done.without.n, 'enquiry')} without an acknowledgement" if done.without.n else ""
    elapsed, working = (
        spread_of(done.elapsed, "none was acknowledged"),
        spread_of(done.working, "none was acknowledged"),
    )
    nothing = "no enquiry came"
    return section(
        "How fast",
        figures(
            ("Time to first answer, median", *wait_of(found.all.first_answer)),
            ("Time to acknowledge, median", elapsed[0], f"{elapsed[1]}{without}"),
            ("The same in working time", *working),
            (f"Acknowledged within {lasted(plan.acknowledge_within)} of working time",
             *rate_of(found.targets.acknowledged, nothing)),
            (f"Answered within {lasted(plan.answer_within)} of working time",
             *rate_of(found.targets.answered, nothing)),
        ),
    )  # fmt: skip


def answers_of(desk: Any, unit: str) -> Section:
    """What kinds of answers were given, and whether what was promised was kept."""
    found = desk.figures
    n = sum(part.value.n for part in found.responses)
    most_first = sorted(found.responses, key=lambda part: (-part.value.n, part.name))
    mix = listed([f"{number(part.value.n)} {part.name}" for part in most_first])
    return section(
        "Answers and promises",
        figures(
            ("First answers given", number(n), mix),
            ("Promises kept on time", *rate_of(found.callbacks, f"none was due this {unit}")),
            ("Interviews given", number(found.interviews.given.n), _chief(found.interviews)),
        ),
    )


def _chief(interviews: Any) -> str:
    return f"{number(interviews.chief.n)} by the chief executive" if interviews.given.n else ""
