"""What a card owes a sceptic: whether the plan stood before the start, and what was not observed."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

from commsleads.reports.blocks import Block, Section, items, section, text
from commsleads.reports.campaign.asks import counters_of
from commsleads.reports.wording import counted, day, instant, line


def plan_of(card: Any, zone: tzinfo) -> Section:
    """Whether it was promised before the start, and what was changed since."""
    window = (
        f"What is measured ends {instant(card.until, zone)}." if card.until else "No last day: it is measured for good."
    )
    promise = card.promise
    if promise is None:
        return section("The plan", text(f"No plan of it was stamped. {window}"))
    stamped = f"Written down {day(promise.stamped_at, zone, year=True)} by {line(promise.stamped_by, 60)}"
    said = f"{stamped}, before it began." if not promise.late else f"{line(promise.late, 160)} It was no promise."
    rows = [
        (f"{line(change.field, 80)}, {day(one.at, zone)} by {line(one.by, 40)}",
         f"{line(change.was, 160) or 'not stated'} → {line(change.now, 160) or 'not stated'}", "")
        for one in promise.since
        for change in one.changes
    ]  # fmt: skip
    return section(
        "The plan",
        text(f"{said} {window}"),
        text("Changed since:" if rows else "Nothing was changed since it began." if not promise.late else ""),
        items(rows[:12]),
    )


def unseen_of(card: Any, zone: tzinfo) -> Section:
    """What was not observed: without it, a low figure cannot be told from a blind spot."""
    said: list[str] = []
    if card.waiting:
        said.append(f"{counted(card.waiting, 'hit')} still without a verdict, and in no figure yet.")
    ours = any(not link.source for cta in card.ctas for link in cta.links) or any(cta.personal for cta in card.ctas)
    if ours and card.read_at is None:
        said.append("Nothing was ever read from our own redirector: it may not be running.")
    elif ours:
        said.append(f"Clicks were last read from our redirector {instant(card.read_at, zone)}.")
    gaps = [gap for cta in card.ctas for one in cta.counters for gap in one.gaps]
    gaps += [gap for one in card.counters for gap in one.gaps]
    rows = [
        (
            f"Our redirector did not run {instant(start, zone)} – {instant(end, zone)}",
            "who clicked then was turned away",
            "",
        )
        for start, end in card.unwatched
    ]
    rows += [(_gap(gap, zone), line(gap.why, 400), "") for gap in dict.fromkeys(gaps)]
    loose: Block | None = counters_of(card.counters, zone)
    return section(
        "What was not seen",
        text(" ".join(said) or ("" if rows else "No gap is known.")),
        items(rows[:12]),
        loose,
    )


def _gap(gap: Any, zone: tzinfo) -> str:
    until = instant(gap.end, zone) if gap.end else "still open"
    return f"{line(gap.name, 60)} was not read {instant(gap.start, zone)} – {until}"
