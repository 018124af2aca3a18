"""The answers of campaigns: whom, what, how many, and whether coverage rose. A row for the team, a card in full."""

from __future__ import annotations

from typing import Any

from commsleads.reports.blocks import CardBlock, cards, grey, picture, table, text
from commsleads.reports.cardwords import (
    certainty,
    clicks_words,
    pace_words,
    took_words,
    trouble_words,
    unknown_words,
)
from commsleads.reports.weekly.told import Part, Told, more
from commsleads.reports.weekly.uplift import uplift_long, uplift_of, uplift_short, uplift_word
from commsleads.reports.weekly.verdicts import between
from commsleads.reports.weekly.verdicts import grey as before_words
from commsleads.reports.wording import day, line, listed, number, percent
from commsleads.reports.words import say

ASKED = 3
"""Calls to action of one campaign that its card tells; its report has all."""


def campaigns_part(told: Told) -> Part:
    """The section: a row for each campaign, capped, and its card for those who count again."""
    answers, most = told.found["answers"], told.caps.campaigns
    if not answers:
        nothing = say("campaigns-none")
        return Part(title=say("head-campaigns"), line=nothing, blocks=(text(nothing),))
    head = tuple(say(f"campaigns-{name}") for name in ("name", "whom", "took", "leads", "uplift"))
    left = grey(more(len(answers), most))
    return Part(
        title=say("head-campaigns"),
        line=_line(told, answers),
        blocks=(table(head, [_row(told, one) for one in answers[:most]]), left),
        full=(cards([card_of(told, one) for one in answers]), picture(told.pictures.get("curve"))),
    )


def _line(told: Told, answers: Any) -> str:
    first = answers[0]
    return say(
        "campaigns-line", name=line(first.name, 60), took=_took_short(first, brief=True),
        uplift=uplift_word(uplift_of(told.found, first.id)), others=len(answers) - 1,
    )  # fmt: skip


def _row(told: Told, answer: Any) -> tuple[str, ...]:
    """Campaign, how many were aimed at, who did it, leads, uplift."""
    leads = say("n-leads", n=answer.leads) if answer.leads is not None else say("not-measured")
    if answer.qualified:
        leads = say("leads-and-qualified", n=answer.leads or 0, qualified=answer.qualified)
    return (
        line(answer.name, 40),
        number(answer.targeted - _out(answer)) if answer.targeted is not None else say("not-known"),
        _took_short(answer),
        leads,
        uplift_short(uplift_of(told.found, answer.id)),
    )


def _out(answer: Any) -> int:
    return sum(group.excluded for group in answer.groups)


def _took_short(answer: Any, *, brief: bool = False) -> str:
    """The call to action that most did, how many did it of whom, and how many more there are."""
    asked = [one for one in answer.asked if one.measured]
    if not asked:
        first = answer.ctas[0] if answer.ctas else ""
        return say("took-unmeasured", cta=line(first, 40)) if first else say("no-cta")
    best = max(asked, key=lambda one: (one.took.n or 0, -asked.index(one)))
    took, left = best.took, len(answer.asked) - 1
    if took.n is None or took.rate is None:
        said = took_words(best)
    else:
        said = say("took", n=took.n, of=best.targets, rate=percent(took.rate), between=between(took.low, took.high))
    return say("took-cta", cta=line(best.wording, 40), said=said, left=0 if brief else left)


# --- the card ------------------------------------------------------------------------------------------------------


def card_of(told: Told, answer: Any) -> CardBlock:
    """Whom, what, how many, and whether coverage rose. Where nobody looked nothing is no zero."""
    figure = answer.figure
    tied = say("not-observed") if told.unseen and not figure.value else say("n-stories", n=figure.value)
    if answer.pickups:
        tied = say("stories-and-pickups", stories=tied, n=answer.pickups)
    rules = "; ".join(f"{number(rule.stories)} {certainty(rule.rule)}" for rule in answer.rules)
    since = say("items-since", n=answer.to_date)
    detail = " · ".join(part for part in (rules, since, before_words(figure, told.unit)) if part)
    return CardBlock(
        name=line(answer.name, 80),
        when=_when(answer),
        objective=line(answer.objective, 160),
        rows=(
            (say("card-whom"), *_whom(answer)),
            (say("card-what"), listed([f"“{line(cta, 100)}”" for cta in answer.ctas]) or say("no-cta"), ""),
            (say("card-did"), *_took(answer)),
            *([(say("card-leads"), *_leads(answer))] if _is_measured(answer) else []),
            (say("card-coverage"), tied, detail),
            (say("card-uplift"), *uplift_long(uplift_of(told.found, answer.id))),
        ),
    )


def _when(answer: Any) -> str:
    if answer.state == "running":
        since = say("since", day=day(answer.starts_on)) if answer.starts_on else ""
        until = say("until", day=day(answer.ends_on)) if answer.ends_on else ""
        return say("running", since=since, until=until)
    if answer.state == "to come":
        return say("starts-on", day=day(answer.starts_on))
    return say("ended-on", day=day(answer.ends_on))


def _whom(answer: Any) -> tuple[str, str]:
    if not answer.groups:
        return say("no-group"), ""
    names = [
        say("group", name=line(g.name, 60), n=number(g.n) if g.n is not None else say("not-counted"))
        for g in answer.groups
    ]
    out = _out(answer)
    total = say("aimed-at-unknown")
    if answer.targeted is not None:  # the same N as on the card, which every rate is divided by
        named = say("named-less", named=answer.targeted, out=out) if out else ""
        total = f"{say('aimed-at', n=answer.targeted - out)}{named}"
    excluded = [
        say("group-excluded", n=g.excluded, name=line(g.name, 60), why=f" ({line(g.reason, 80)})" if g.reason else "")
        for g in answer.groups
        if g.excluded
    ]
    held = [say("group-held", n=g.held_back, name=line(g.name, 60)) for g in answer.groups if g.held_back]
    return total, " · ".join([listed(names), *excluded, *held])


def _is_measured(answer: Any) -> bool:
    """Whether anything counts what came of it."""
    return bool(answer.leads or answer.qualified) or any(asked.measured for asked in answer.asked)


def _took(answer: Any) -> tuple[str, str]:
    """How many did what was asked, and the clicks as a range; of several calls to action each by its name."""
    asked = [one for one in answer.asked if one.measured]
    if not asked:
        return say("not-measured"), ""
    many = len(answer.asked) > 1
    said = [f"“{line(one.wording, 40)}” {took_words(one)}" if many else took_words(one) for one in asked[:ASKED]]
    left = len(asked) - ASKED
    notes = [clicks_words(one.clicks) for one in asked[:ASKED] if one.clicks is not None]
    notes += [unknown_words(sum(one.unknown for one in asked)), *(trouble_words(one) for one in asked)]
    notes.append(say("ctas-more", n=left, command=f"commsleads campaign show {answer.id}") if left > 0 else "")
    return "; ".join(said), " · ".join(note for note in notes if note)


def _leads(answer: Any) -> tuple[str, str]:
    """Journalists who asked about it, and how it stands to its goal."""
    leads = say("journalists-asked", people=say("n-journalists", n=answer.leads or 0))
    if answer.qualified is not None:
        leads = f"{leads}; {say('n-qualified', n=answer.qualified)}"
    if answer.pace is None:
        return leads, say("no-goal-declared")
    words, why = pace_words(answer.pace)
    return leads, say("card-goal", of=line(answer.goal_of, 60), words=words, why=f"; {why}" if why else "")
