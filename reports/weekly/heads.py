"""What stands above everything: the subject, the status line, the verdict, and the figure with its course."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from commsleads.reports import leadwords
from commsleads.reports.blocks import Block, bars, headline, picture
from commsleads.reports.blocks import grey as grey_block
from commsleads.reports.weekly.leads import goal_part, ours, rounded
from commsleads.reports.weekly.looking import OBSERVED, health_line, is_healthy, looked, only
from commsleads.reports.weekly.needs import needs_of
from commsleads.reports.weekly.risks import risks_of
from commsleads.reports.weekly.stories import outlet_of
from commsleads.reports.weekly.told import Told, titled
from commsleads.reports.weekly.verdicts import grey, interval, interval_short, rise, sentence_of
from commsleads.reports.wording import instant, lasted, line, number, short_label, title_of
from commsleads.reports.words import say

# --- 0 subject and status ------------------------------------------------------------------------------------------


def subject_of(told: Told) -> str:
    """`Comms wk 47: 9 qualified leads (goal 8), 12 stories (8-week median 7), 2 need you, 1 risk`."""
    figure, found = told.found["coverage"].figure, told.found
    stories = say("not-observed") if told.unseen else say("n-stories", n=figure.value)
    if figure.median_8 is not None and not told.unseen:
        stories = say("subject-median", stories=stories, unit=told.unit, median=number(figure.median_8))
    needs, risks = len(needs_of(told)), len(risks_of(told))
    parts = [
        goal_part(found, told.period) or _asked(told),
        stories,
        say("subject-needs", n=needs) if needs else "",
        say("subject-risks", n=risks) if risks else "",
    ]
    name = say("subject-name", unit=told.unit, name=title_of(told.period, told.unit).removeprefix("Week "))
    return say("subject", name=name, parts=", ".join(part for part in parts if part))


def _asked(told: Told) -> str:
    """`12 enquiries (1 lapsed)`: the outcome that is counted where leads are not."""
    figures = told.found["desk"].figures
    n = figures.all.received.n
    return say("subject-enquiries", n=n, lapsed=figures.backlog.lapsed.n) if n else ""


def status_of(told: Told) -> str:
    """`as of Mon 23 Nov 2026, 07:00 · zone Europe/Berlin · 14/14 collectors, no gaps`, and when it came late."""
    parts = [
        say("status-as-of", at=instant(told.facts.now, told.zone)),
        str(told.zone),
        health_line(told.found["health"]),
        late_of(told),
    ]
    return " · ".join(part for part in parts if part)


def late_of(told: Told) -> str:
    """That this edition was told late, and by how much; '' when it was not."""
    late = told.found["sending"].late
    return say("status-late", late=lasted(late)) if late is not None else ""


def healthy(told: Told) -> bool:
    """Whether the mark beside the status is the green one."""
    return is_healthy(told.found["health"])


# --- 1 verdict -----------------------------------------------------------------------------------------------------


def about(told: Told) -> str:
    """Whom the headline figure is about."""
    if not told.found["coverage"].ours:
        return say("about-watches")
    return say("about", who=line(told.facts.organisation, 80) or say("us"))


def verdict_of(told: Told, top: Sequence[Any]) -> tuple[str, ...]:
    """Three sentences that can be forwarded alone: what changed most, how it stands to what was promised, and what to
    read first or what to doubt."""
    said = (_change(told), _promise(told) or _first(told, top), _doubt(told, top))
    return tuple(sentence for sentence in said if sentence)


def names_first(told: Told, top: Sequence[Any]) -> bool:
    """Whether the verdict says which story to read first: once is enough for who has a minute."""
    return bool(top) and _first(told, top) in verdict_of(told, top)


def _change(told: Told) -> str:
    """The coverage against its baseline; where that is ordinary, the watch that is furthest outside its own."""
    coverage, spikes = told.found["coverage"], told.found["spikes"]
    said = sentence_of(coverage, about(told), blind=told.unseen)
    tied = _tied(told) if coverage.verdict.word == "above" else ""
    if coverage.verdict.word not in ("above", "below") and spikes:
        first = spikes[0]
        tied = say(
            "verdict-watch", name=line(first.name, 60), n=first.verdict.count, low=first.verdict.baseline.low,
            high=first.verdict.baseline.high,
        )  # fmt: skip
    return say("verdict", name=told.name, said=said, tied=tied)


def _tied(told: Told) -> str:
    """The campaign that half of the stories about us or more belong to."""
    rows = set(told.found["coverage"].figure.rows)
    counts = [(len(rows.intersection(one.figure.rows)), one.name) for one in told.found["answers"]]
    n, name = max(counts, key=lambda count: count[0], default=(0, ""))
    return say("verdict-tied", n=n, name=line(name, 60)) if n and 2 * n >= len(rows) else ""


def _promise(told: Told) -> str:
    """Leads against the goal, or the desk where leads are not counted: an outcome either way; '' without either."""
    leads, desk = told.found["leads"], told.found["desk"]
    if leads.counted:
        said = say("promise-leads", n=leads.moved.qualified, before=_before(told, leads))
        goal = ours(told.found["goals"]) or leadwords.chosen(told.found["goals"])
        return say("promise", said=said, goal=_goal(goal))
    if received := desk.figures.all.received.n:
        rate = desk.figures.all.hit_rate.share
        return say("promise-desk", n=received, k=rate.k, of=rate.n)
    return ""


def _before(told: Told, leads: Any) -> str:
    return say("promise-before", unit=told.unit, n=leads.before.qualified) if leads.before is not None else ""


def _goal(goal: Any) -> str:
    """How the goal stands, by its name; what it counts is said where it is something else than leads that qualified."""
    if goal is None or goal.reached is None:
        return ""
    word = goal.pace.word
    of = "" if goal.of == "qualified leads" else say("promise-goal-of", of=line(goal.of, 40))
    given = {"name": line(goal.name, 50) or goal.id, "n": goal.n, "of": of, "reached": goal.reached}
    if word in ("ahead", "behind", "on pace") and goal.pace.expected is not None:
        return say("promise-goal", word=word.replace(" ", "-"), expected=rounded(goal.pace.expected), **given)
    return say("promise-goal-so-far", word=word if word in ("reached", "missed") else "open", **given)


def _first(told: Told, top: Sequence[Any]) -> str:
    if not top:
        return ""
    story = top[0]
    return say(
        "verdict-first", title=titled(story.title, told.caps.title), outlet=outlet_of(story), pickups=story.pickups
    )


def _doubt(told: Told, top: Sequence[Any]) -> str:
    """What to doubt; where there is nothing, what to read first."""
    health, coverage = told.found["health"], told.found["coverage"]
    well = health.total and health.observed >= OBSERVED and not any(gap.lost for gap in health.gaps)
    first = _first(told, top) if well and not coverage.older and _promise(told) else ""
    return first or looked(health, told.unit, coverage.older)


# --- the figure and its course -------------------------------------------------------------------------------------


def notes_of(told: Told) -> str:
    """The grey lines under the figure: before, medians, the interval, and what was compared."""
    coverage, verdict = told.found["coverage"], told.found["coverage"].verdict
    notes = [grey(coverage.figure, told.unit, coverage.trend[-2].observed if len(coverage.trend) > 1 else 1.0)]
    if verdict.baseline:
        notes.append(interval_short(verdict))
    return " ".join(f"{note[0].upper()}{note[1:]}." for note in notes)


def more_notes(told: Told) -> tuple[Block | None, ...]:
    """What only those want who count again: what could have been seen, and what was compared."""
    coverage, verdict = told.found["coverage"], told.found["coverage"].verdict
    notes = [interval(verdict, told.unit), rise(verdict, told.unit)] if verdict.baseline else []
    if verdict.count != coverage.figure.value:
        notes.append(say("compared-alike", n=verdict.count, eyes=coverage.eyes, alive=coverage.alive,
                         older=coverage.older))  # fmt: skip
    if coverage.everything.value != coverage.figure.value:
        notes.append(say("all-watches", n=coverage.everything.value))
    return tuple(grey_block(f"{note[0].upper()}{note[1:]}.") for note in notes)


def figure_of(told: Told) -> Block:
    """The big number."""
    figure = told.found["coverage"].figure
    value = number(None if told.unseen else figure.value)
    return headline(value, say("stories-about", n=figure.value, about=about(told)), notes_of(told))


def course_of(told: Told) -> Block | None:
    """The stories of each period as bars: what nobody saw is drawn as missing, never as low."""
    trend = told.found["coverage"].trend
    tallest = max([bar.count for bar in trend] + [1])
    rows = []
    for bar in trend:
        length = str(round(100 * bar.count / tallest))
        if not bar.observed:
            rows.append((short_label(bar.label), say("no-data"), "0", ""))
        elif bar.used and bar.observed >= OBSERVED:
            rows.append((short_label(bar.label), number(bar.count), length, ""))
        else:
            rows.append((short_label(bar.label), say("seen-only", n=bar.count, share=only(bar.observed)), length, ""))
    return bars(rows)


def trend_of(told: Told) -> Block | None:
    """The course as a picture, else as bars."""
    return picture(told.pictures.get("trend")) or course_of(told)
