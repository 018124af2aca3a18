"""What a call to action asked and what came, in words: its section, and how its answers came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta, tzinfo
from typing import Any

from commsleads.reports.blocks import Block, Section, bars, figures, grey, picture, section, table, text
from commsleads.reports.cardwords import (
    clicks_words,
    landing_words,
    share_words,
    short_clicks,
    took_words,
    unknown_words,
)
from commsleads.reports.pictures import response_curve
from commsleads.reports.wording import counted, day, lasted, line, listed, moment, number

COLUMNS = 10
"""Bars of a curve: what a telephone shows beside each other."""

WAYS = {
    "click": "a click", "reply": "an answer by mail", "enquiry": "an enquiry", "form": "a form that was sent",
    "mention": "its words in a story", "mark": "a mark by hand",
}  # fmt: skip
KINDS = {"use": "use a hashtag or phrase", "request": "request material"}
"""Kinds that are no sentence by themselves."""
MEDIA = {
    "direct": "direct or not said", "search": "search", "referral": "other sites", "social": "social media",
    "mail": "web mail", "assistant": "AI assistants", "internal": "our own pages",
}  # fmt: skip
ELSEWHERE = "link service"
"""The channel of a link of somebody else, which has none of ours."""
FILTERED = {
    "no": "machines included",
    "service": "the service leaves machines out",
    "unknown": "machines perhaps included",
}


def course_of(card: Any, zone: tzinfo) -> tuple[Block | None, ...]:
    """How the answers came: responses by call to action as a picture, or else the clicks of the first as bars."""
    if drawn := response_curve(card, zone):
        return (picture(drawn),)
    for cta in card.ctas:
        if rows := list(_clicked(cta.clicked, zone)):
            return (grey(f"Clicks by people up to then, best figure: {line(cta.wording or cta.id, 80)}"), bars(rows))
    return ()


def _clicked(rises: Any, zone: tzinfo) -> Iterator[tuple[str, str, str, str]]:
    """The bars of a curve, at most `COLUMNS`, each the total at its end; from the first that came on."""
    rises = list(rises)
    while len(rises) > 1 and not rises[0].n and not rises[1].n:
        rises.pop(0)
    if not rises or not rises[-1].n:
        return
    step = -(-len(rises) // COLUMNS)
    hourly = len(rises) > 1 and rises[1].at - rises[0].at <= timedelta(hours=1)
    for one in rises[::-1][::step][::-1]:  # the last one is always shown
        label = f"{one.at.astimezone(zone):%H:%M}" if hourly else day(one.at, zone)
        yield label, number(one.n), str(round(100 * one.n / rises[-1].n)), ""


def ask_of(cta: Any, card: Any, zone: tzinfo) -> Section:
    """One call to action: wording and destination, how many did it, the clicks, and what others count."""
    where = f" It leads to {line(cta.destination, 200)}; {landing_words(cta.landing)}." if cta.destination else ""
    how = listed([str(WAYS.get(way, way)) for way in cta.ways])
    return section(
        f"What: {line(cta.wording or cta.id, 100)}",
        text(f"A call to {KINDS.get(cta.kind, cta.kind)}, recognised by {how}.{where}"),
        figures(*_came(cta, card, zone)),
        _groups(cta),
        _parts("Clicks by channel", cta.clicks_by_channel, {"": ELSEWHERE}),
        _parts("Clicks by where they came from", cta.clicks_by_medium, MEDIA),
        _links(cta),
        counters_of(cta.counters, zone),
    )


def _came(cta: Any, card: Any, zone: tzinfo) -> list[tuple[str, str, str] | None]:
    took = ("Did it", took_words(cta), _took_why(cta, card))
    first = ("First response", moment(cta.first_at, zone), "") if cta.first_at else None
    kinds = ", ".join(f"{number(n)} by {WAYS.get(kind, kind)}" for kind, n in cta.by_kind)
    rows = [took, first]
    if cta.responses:
        rows.append(("Responses", number(cta.responses), " · ".join(filter(None, (kinds, *_apart(cta))))))
    elif apart := _apart(cta):
        rows.append(("Counted apart", "; ".join(apart), ""))
    if cta.wait is not None:
        rows.append(("Time from contact to doing it", *_wait(cta.wait)))
    rows.append(("Clicks", clicks_words(cta.clicks), _click_notes(cta)))
    return rows


def _took_why(cta: Any, card: Any) -> str:
    """What the rate rests on, or why there is none."""
    if cta.took.n is None:
        return unknown_words(cta.unknown) or "import a list of targets, and it is known who did it"
    notes = [unknown_words(cta.unknown)]
    if cta.targets is None:
        notes.insert(0, f"no rate: {line(card.whom.why, 160)}")
    elif card.whom.aimed is not None and card.whom.aimed > card.whom.listed:
        notes.insert(0, f"of those known by name; {number(card.whom.aimed - card.whom.listed)} more are only counted")
    return " · ".join(filter(None, notes))


def _apart(cta: Any) -> list[str]:
    parts = (
        (cta.steps, "on the way to it"), (cta.control, "by people held back"),
        (cta.excluded, "by people who were not written to"), (cta.outside, "before the start or after the window"),
    )  # fmt: skip
    return [f"{number(n)} {words}" for n, words in parts if n]


def _wait(wait: Any) -> tuple[str, str]:
    """The median with those who have not done it yet, and what it rests on."""
    of = f"{number(wait.came)} of {number(wait.n)} did it"
    odd = f"; {number(wait.odd)} left out, stamped before they were contacted" if wait.odd else ""
    those = f"; of those who did, half within {lasted(wait.of_those)}" if wait.of_those is not None else ""
    if not wait.came:
        return "not known yet", f"nobody who was contacted has done it yet; {counted(wait.n, 'target')} contacted{odd}"
    if wait.median is None:
        return "no median yet", f"fewer than half have done it: {of}{those}{odd}"
    return lasted(wait.median), f"median, those who have not done it included: {of}{odd}"


def _click_notes(cta: Any) -> str:
    notes = [f"{number(cta.again)} of these were the same click again" if cta.again else ""]
    notes += [
        f"{counted(clicks.best, 'click')} by people {words}"
        for clicks, words in ((cta.before, "before the start"), (cta.after, "after the window"))
        if clicks.all
    ]
    if cta.personal:
        notes.append(f"{counted(cta.personal, 'link')} by person")
    return " · ".join(filter(None, notes))


def _groups(cta: Any) -> Block | None:
    rows = [(line(name, 60) or "no group", share_words(share)) for name, share in cta.by_group]
    return table(("Group", "Did it"), rows) if len(rows) > 1 else None


def _anew(times: int) -> str:
    """How often a counter began again."""
    return "" if times < 1 else "made anew once" if times == 1 else f"made anew {number(times)} times"


def _parts(title: str, parts: Any, names: Any) -> Block | None:
    rows = [(line(names.get(name, name), 40), short_clicks(clicks), number(clicks.all)) for name, clicks in parts]
    return table((title, "By people (range)", "All, machines included"), rows) if rows else None


def _links(cta: Any) -> Block | None:
    rows = []
    for one in cta.links[:20]:
        where = ", ".join(
            part
            for part in (line(one.channel, 30) or ELSEWHERE, line(one.group, 40), "ended" if one.ended else "")
            if part
        )
        busy = f"{number(one.busiest)} on its busiest day" if one.busiest else "–"
        rows.append((f"{where}: {line(one.address, 120)}", short_clicks(one.clicks), busy))
    return table(("Link", "By people (range)", "Visitors, which are not people"), rows) if rows else None


def counters_of(counters: Any, zone: tzinfo) -> Block | None:
    """What others count: each by its own rule and in its zone, and never added to ours."""
    rows = []
    for one in counters:
        rule = "; ".join(
            filter(None, (
                line(one.rule, 160).rstrip("."), FILTERED.get(one.filtered, one.filtered),
                f"days of {line(one.zone, 40)}" if one.zone else "",
                f"{number(one.earlier)} more before it was first read" if one.earlier else "",
                _anew(one.epoch - 1),
                "the same clicks are judged among ours" if one.same else "",
                f"{counted(len(one.gaps), 'stretch', 'stretches')} in which it was not read" if one.gaps else "",
                f"read {day(one.last_at, zone)}" if one.last_at else "never read",
            ))
        )  # fmt: skip
        rows.append(
            (f"{line(one.source, 40)}: {line(one.thing, 80)}", f"{number(one.n)} {line(one.measure, 30)}", rule)
        )
    return table(("What others count, never added to ours", "Count", "By which rule"), rows) if rows else None
