"""Risks and moving stories: what moved, against what, how far it has been raised, and who has it."""

from __future__ import annotations

from typing import Any

from commsleads.reports.blocks import grey, items, text
from commsleads.reports.weekly.told import Part, Told, more, owner_of
from commsleads.reports.weekly.verdicts import interval
from commsleads.reports.wording import line, moment
from commsleads.reports.words import say

HIGH = ("escalate", "crisis")
"""Levels of an alert that stand among the risks whatever they are about."""


def risks_part(told: Told) -> Part:
    """The section: watches named unusually often, then other alerts of a high level, capped."""
    rows, most = risks_of(told), told.caps.risks
    if not rows:
        nothing = no_risks(told)
        short = nothing if told.unseen or not _untold(told) else say("risks-untold")
        return Part(title=say("head-risks"), line=short, blocks=(text(nothing),))
    return Part(
        title=say("head-risks"),
        line=say("risks-line", n=len(rows), first=rows[0][0]),
        blocks=(items(rows[:most]), grey(more(len(rows), most))),
        full=(items([*((what, f"{why} {detail}", command) for (what, why, command), detail
                       in zip(rows, _details(told, len(rows)), strict=True))]),),
    )  # fmt: skip


def risks_of(told: Told) -> list[tuple[str, str, str]]:
    """What moved, what of it is known, and the command that shows it."""
    alerts = [*told.found["alerts"].told, *told.found["alerts"].open]
    rows: list[tuple[str, str, str]] = []
    named: set[str] = set()
    for spike in told.found["spikes"]:
        found = [one for one in alerts if one.kind == "surge" and one.subject == spike.id]
        named.update(one.id for one in found)
        base = spike.verdict.baseline
        what = say("risk", name=line(spike.name, 60), n=spike.verdict.count, high=base.high)
        rows.append((what, _raised(told, found[0] if found else None), spike.figure.query.split(" ; ")[0]))
    others = {one.id: one for one in alerts if one.level in HIGH and one.id not in named and not one.settled_at}
    rows += [(line(one.title, 110), _raised(told, one), f"commsleads alert show {one.id}") for one in others.values()]
    return rows


def _raised(told: Told, alert: Any) -> str:
    """Whether it went out as an alert, of what level, and whose it is."""
    if alert is None:
        return say("risk-not-raised")
    owner = owner_of(told, alert)
    return say("risk-raised", level=str(alert.level), at=moment(alert.raised_at, told.zone), who=owner)


def _details(told: Told, n: int) -> list[str]:
    """What a spike was held against; nothing for other alerts."""
    said = [f"{words[0].upper()}{words[1:]}." for words in
            (interval(spike.verdict, told.unit) for spike in told.found["spikes"])]  # fmt: skip
    return [*said, *[""] * (n - len(said))]


def _untold(told: Told) -> bool:
    """Whether no watch can be compared."""
    watches = told.found["watches"]
    return bool(watches) and all(watch.verdict.baseline is None for watch in watches)


def no_risks(told: Told) -> str:
    """Why no watch is named here. Without a baseline nobody can tell what is unusual."""
    if told.unseen:
        return say("not-looked")
    if _untold(told):
        return say("risks-cannot-tell", why=told.found["watches"][0].verdict.why)
    return say("risks-none", unit=told.unit)
