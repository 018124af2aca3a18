"""How well we looked, as words: facts go in, a page of figures and tables comes out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from commsleads.contract import Period
from commsleads.reports.blocks import Page, Section, figures, grey, items, log, section, table, text, tiles
from commsleads.reports.lookwords import health_line, is_healthy, looked
from commsleads.reports.wording import (
    counted,
    earlier,
    instant,
    lasted,
    line,
    listed,
    moment,
    number,
    percent,
    stretch,
    title_of,
)

KINDS = {"day": "Sources of the day", "week": "Sources of the week", "month": "Sources of the month"}
STATES = {
    "ok": "answers",
    "failing": "cannot be read",
    "paused": "paused",
    "new": "not asked yet",
    "removed": "left out",
}
METHOD = (
    (
        "Observed",
        "The share of the period in which a source was watched. A gap in which nothing was lost counts as that.",
    ),
    ("New", "What came for the first time in the period: items of a feed, mails, counts. Not all of it is about us."),
    ("Only here", "Stories about any watch that no other source saw. What would be missing if it fell silent."),
    ("Gap", "A stretch in which a source was not seen. Nothing was lost when it still held everything afterwards."),
)


def page_of(facts: Any, period: Period, seen: Any, alerts: Any, settings: Any) -> Page:
    """The page of one period. `settings` caps the lists."""
    unit = facts.unit(period)
    return Page(
        subject=subject_of(facts, period, seen),
        organisation=line(facts.organisation) or "commsleads",
        kind=KINDS[unit],
        title=title_of(period, unit),
        days=stretch(period, facts.zone),
        status=f"as of {instant(facts.now, facts.zone)} · zone {facts.zone.key} · {health_line(seen.health)}",
        healthy=is_healthy(seen.health),
        verdict=tuple(verdict_of(facts, period, seen)),
        sections=tuple(sections_of(facts, period, seen, alerts, settings)),
        method=METHOD,
        commands=seen.watch,
    )


def subject_of(facts: Any, period: Period, seen: Any) -> str:
    """`Sources wk 47: 12 of 14 answer, 97% observed, 2 gaps`."""
    name = f"Sources {title_of(period, facts.unit(period)).replace('Week', 'wk')}"
    if not seen.health.total:
        return f"{name}: none is set up"
    lost = sum(gap.lost for gap in seen.gaps)
    parts = [f"{number(seen.health.ok)} of {number(seen.health.total)} answer"]
    parts.append(f"{percent(seen.health.observed)} observed" if seen.health.observed else "not observed")
    return f"{name}: {', '.join(parts)}, {counted(lost, 'gap')}"


def verdict_of(facts: Any, period: Period, seen: Any) -> Iterator[str]:
    """How well we looked, what only one source saw, and what waits for somebody."""
    unit = facts.unit(period)
    yield f"{title_of(period, unit)}, {stretch(period, facts.zone)}: {looked(seen.health, unit)}"
    if seen.stories:
        yield (
            f"Of {counted(seen.stories, 'story')} seen, {number(seen.alone)} came from one source alone and would be "
            "missing without it."
        )
    waits = _waiting(seen)
    if waits:
        yield f"{listed(waits)[0].upper()}{listed(waits)[1:]}: a person must see to that."


def _waiting(seen: Any) -> list[str]:
    health = seen.health
    parts = [
        (len(health.paused), counted(len(health.paused), "source") + " paused"),
        (len(health.failing), counted(len(health.failing), "source") + " that cannot be read"),
        (seen.aside, counted(seen.aside, "mail") + " that could not be read"),
        (seen.stuck, counted(seen.stuck, "signal") + " that could not be taken in"),
    ]
    return [words for n, words in parts if n]


# --- sections ------------------------------------------------------------------------------------------------------


def sections_of(facts: Any, period: Period, seen: Any, alerts: Any, settings: Any) -> Iterator[Section]:
    """Figures, what needs somebody, every source, the gaps, and what went out."""
    unit = facts.unit(period)
    yield section("In figures", *_figures(seen, unit))
    if found := list(_needs(seen)):
        more = len(found) - settings.needs
        yield section(
            "Needs somebody",
            items(found[: settings.needs]),
            grey(f"And {number(more)} more: commsleads sources lists them all." if more > 0 else ""),
        )
    yield section("Every source", *_sources(facts, seen, unit, settings.sources))
    yield section("When we did not look", *_gaps(facts, seen, unit, settings.gaps))
    yield section("What went out", *_out(seen, alerts, unit))


def _figures(seen: Any, unit: str) -> Iterator[Any]:
    health = seen.health
    silent = len(health.failing) + len(health.paused) + len(health.never)
    lost = sum(gap.lost for gap in seen.gaps)
    answers = f"{number(health.ok)} of {number(health.total)}"
    rest = f"of {number(len(seen.gaps))}, the others lost nothing" if len(seen.gaps) > lost else ""
    alone = f"{number(seen.alone)} of {number(seen.stories)}" if seen.stories else "–"
    yield tiles(
        ("Answer", answers, f"{number(silent)} {'does' if silent == 1 else 'do'} not" if silent else "all do"),
        ("Observed", percent(health.observed), f"of the {unit}, all that see coverage taken alike"),
        ("Gaps", number(lost), rest),
        ("Only in one source", alone, "stories about any watch"),
    )


def _needs(seen: Any) -> Iterator[tuple[str, str, str]]:
    for one in seen.lines:
        name = line(one.name, 60)
        if one.state == "paused":
            yield f"{name} is paused until somebody acts", line(one.why, 300), f"commsleads poll {one.id}"
        elif one.state == "failing":
            yield f"{name} cannot be read", line(one.why, 300), f"commsleads poll {one.id}"
        elif one.state == "new":
            yield f"{name} was not asked yet", "until it is, nothing of it is observed", f"commsleads poll {one.id}"
        if one.unread_at and one.unread_why != one.why:
            yield f"Something from {name} could not be read", line(one.unread_why, 300), f"commsleads unread {one.id}"
    for one in seen.lines:
        if one.quiet_since:
            why = (
                f"it answers and has brought nothing new since {one.quiet_since:%Y-%m-%d}: feeds die by standing still"
            )
            yield f"{line(one.name, 60)} has gone quiet", why, f"commsleads signals --source {one.id}"
    if seen.aside:
        yield f"{counted(seen.aside, 'mail')} could not be read", "kept aside to look at", "commsleads mail aside"
    if seen.stuck:
        what = f"{counted(seen.stuck, 'signal')} could not be taken in"
        yield what, line(seen.stuck_why, 300), "commsleads rebuild"


def _sources(facts: Any, seen: Any, unit: str, most: int) -> Iterator[Any]:
    if not seen.lines:
        yield text("No source is set up. Name what you want to read under [[sources]] in the settings.")
        return
    yield table(
        ("Source", "Observed", "Polls", f"New ({earlier(unit)})", "Stories (only here)"),
        (_row(one) for one in seen.lines[:most]),
    )
    left = len(seen.lines) - most
    yield grey(f"And {number(left)} more: the JSON, the CSV and the workbook have them all." if left > 0 else "")
    last = [one.last_success_at for one in seen.lines if one.state == "ok" and one.last_success_at]
    if last:
        yield grey(
            f"Of those that answer, the one longest ago did on {moment(min(last), facts.zone)}. A dash: not known."
        )


def _row(one: Any) -> tuple[str, ...]:
    name = line(one.name, 60)
    return (
        name if one.state == "ok" else f"{name} ({STATES[one.state]})",
        percent(one.observed),
        f"{number(one.polls)}, {number(one.failed)} failed" if one.failed else number(one.polls),
        f"{number(one.new)} ({number(one.new_before)})",
        f"{number(one.stories)} ({number(one.alone)})" if one.brings == "coverage" else f"brings {one.brings}",
    )


def _gaps(facts: Any, seen: Any, unit: str, most: int) -> Iterator[Any]:
    if not seen.gaps:
        whole = seen.health.observed >= 0.995 and seen.health.watching
        yield text(
            f"No gap this {unit}." if whole else f"No gap was noted this {unit}; where nobody asked, none could be."
        )
        return
    gaps = sorted(seen.gaps, key=lambda gap: (not gap.lost, gap.start))
    yield log(
        (
            line(gap.name, 60),
            (
                f"{moment(gap.start, facts.zone)} to {moment(gap.end, facts.zone) if gap.end else 'now, still open'} "
                f"({lasted((gap.end or facts.now) - gap.start)}); {line(gap.why, 400)}"
            ),
            "something may be missing" if gap.lost else "nothing lost",
        )
        for gap in gaps[:most]
    )
    left = len(gaps) - most
    yield grey(f"And {number(left)} more: commsleads gaps lists them all." if left > 0 else "")


def _out(seen: Any, alerts: Any, unit: str) -> Iterator[Any]:
    editions, sent = dict(seen.editions), dict(seen.deliveries)
    failed = sent.get("failed", 0) + sent.get("over", 0)
    troubles = [
        (failed, "not delivered"),
        (sent.get("bounced", 0), "came back"),
        (sent.get("sending", 0), "in doubt"),
        (sent.get("waiting", 0), "waiting"),
    ]
    why = listed([f"{number(n)} {word}" for n, word in troubles if n])
    rows = [
        ("Reports written", number(editions.get("written", 0)),
         f"{number(editions['failed'])} could not be written" if editions.get("failed") else ""),
        ("Mails of reports sent", number(sent.get("sent", 0)), why),
    ]  # fmt: skip
    share = alerts.precision
    before = f"{earlier(unit)} {number(alerts.before)}" if alerts.before is not None else ""
    rows.append(("Alerts raised", number(alerts.raised), before))
    if alerts.raised:
        judged = f"{number(share.k)} of {number(share.n)}" if share.n else "cannot tell"
        between = (
            f"{percent(share.value)}, 95% interval {100 * share.low:.0f}–{100 * share.high:.0f}%" if share.n else ""
        )
        rows.append(("Alerts judged useful", judged, between or "nobody has judged one"))
    yield figures(*rows)
