"""What was learned and what changed: criteria, earlier figures, what was no coverage, what had been missed."""

from __future__ import annotations

from typing import Any

from commsleads.reports.blocks import grey, text
from commsleads.reports.leadwords import changed_lines
from commsleads.reports.weekly.told import Part, Told, clipped, more
from commsleads.reports.wording import line, listed, number, short_label
from commsleads.reports.words import say

NAMED = 2
CAUSES = 2
CAUSE = 240
"""Characters of one of them."""
WORDS = 300
LINE = 90
"""Characters of the first of these for directors, at least."""
SHORT = 170
"""Characters of one of these for the team; an analyst reads all of it."""


def learned_part(told: Told) -> Part:
    """The section: what earlier figures became, what the criteria became, what people corrected, then the rest."""
    every = changes_of(told)
    if not every:
        nothing = say("learned-none")
        return Part(title=say("head-learned"), line=nothing, blocks=(text(nothing),))
    most = told.caps.learned
    shown = [text(clipped(words, SHORT)) for words in every[:most]]
    whole = tuple(text(words) for words in every)
    left = grey(more(len(every), most))
    return Part(
        title=say("head-learned"), line=clipped(every[0], max(LINE, told.caps.title)), blocks=(*shown, left), full=whole
    )


def changes_of(told: Told) -> list[str]:
    """What changed, in sentences; restatements and criteria come first."""
    found = told.found
    older = found["coverage"].older
    return [
        *(restated_words(one) for one in found["restated"]),
        *(line(one.text, WORDS) for one in found["changes"] if one.kind == "restated"),
        *changed_lines(found["leads"], told.zone),
        *_corrected(found["quality"]),
        *_alerts(found["alerts"]),
        *([say("learned-older", n=older, unit=told.unit)] if older else []),
        *(line(one.text, WORDS) for one in found["changes"] if one.kind != "restated"),
        *_sent(found["sending"]),
    ]


def restated_words(one: Any) -> str:
    """`W45, stories about us: 6 told, 5 now; copies were found to be one.`"""
    causes = listed([clipped(cause.words, CAUSE).rstrip(".") for cause in one.why[:CAUSES]])
    return say(
        "restated", period=short_label(one.period), name=line(one.name, 60), told=_value(one.told, one.told_of),
        now=_value(one.now, one.now_of), why=causes or say("restated-unknown"),
    )  # fmt: skip


def _value(value: Any, of: int | None) -> str:
    if value is None:
        return say("not-known")
    said = number(value) if isinstance(value, int) else line(str(value), 40)
    return say("value-of", value=said, of=of) if of is not None else said


def _corrected(quality: Any) -> list[str]:
    """False positives taken out, and stories found that had been missed."""
    told = []
    if quality.removed:
        told.append(say("learned-removed", n=stories_of(quality.removed), words=_few(quality.removed)))
    if quality.kept:
        told.append(say("learned-kept", n=stories_of(quality.kept)))
    if quality.missed:
        titles = listed([f"“{line(one.title, 60)}”" for one in quality.missed[:NAMED]])
        told.append(say("learned-missed", n=len(quality.missed), titles=titles))
    return told


def stories_of(causes: Any) -> int:
    """How many stories these acts are about: one may be taken out of several watches."""
    return len({story for cause in causes for story in cause.rows})


def _few(causes: Any) -> str:
    return "; ".join(clipped(cause.words, CAUSE).rstrip(".") for cause in causes[:NAMED])


def _alerts(alerts: Any) -> list[str]:
    """How many alerts were of use, of those somebody judged."""
    judged = alerts.precision
    return [say("learned-alerts", k=judged.k, n=judged.n)] if judged.n else []


def _sent(sending: Any) -> list[str]:
    """Whom the last edition did not reach; nothing where it reached everybody."""
    missed = sending.waiting + sending.over + sending.bounced + sending.doubtful
    if not missed:
        return []
    return [
        say(
            "learned-sent", period=short_label(sending.last), sent=sending.sent, n=sending.n, waiting=sending.waiting,
            over=sending.over + sending.bounced, doubtful=sending.doubtful,
        )
    ]  # fmt: skip
