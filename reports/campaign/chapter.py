"""One campaign in words: its head, its four figures, and its sections in the order in which a sceptic asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import tzinfo
from typing import Any

from commsleads.reports.blocks import Section, figures, grey, lead, section, table, text, tiles
from commsleads.reports.campaign.asks import ask_of, course_of
from commsleads.reports.campaign.seen import plan_of, unseen_of
from commsleads.reports.campaign.uplift import uplift_words
from commsleads.reports.cardwords import certainty, clicks_words, did_words, pace_words, qualified_words, share_words
from commsleads.reports.wording import counted, day, lasted, line, listed, number, percent


def chapter_of(card: Any, zone: tzinfo, *, alone: bool = False) -> tuple[Section, ...]:
    """The sections of a card. One that stands `alone` has its answer
    in the head of the page."""
    said = () if alone else lead_of(card)
    return (
        section(
            line(card.name, 100),
            grey(" · ".join(filter(None, (when_of(card), line(card.objective, 300))))),
            *(lead(words) if not place else text(words) for place, words in enumerate(said)),
            tiles(*first_of(card)),
            *course_of(card, zone),
        ),
        *(replace(part, level=3) for part in _parts(card, zone)),
    )


def _parts(card: Any, zone: tzinfo) -> list[Section]:
    return [
        whom_of(card),
        *(ask_of(cta, card, zone) for cta in card.ctas),
        *([section("What", text("No call to action is declared."))] if not card.ctas else []),
        *filter(None, (way_of(card),)),
        led_of(card),
        *filter(None, (difference_of(card),)),
        plan_of(card, zone),
        unseen_of(card, zone),
    ]


def when_of(card: Any) -> str:
    """`running, 9 Nov – 20 Dec 2026`."""
    first = day(card.starts_on, year=True) if card.starts_on else "no first day"
    last = day(card.ends_on, year=True) if card.ends_on else "no last day"
    return f"{card.state}, {first} – {last}"


def lead_of(card: Any) -> list[str]:
    """The answer in sentences that can be forwarded alone."""
    whom = (
        f"{number(card.whom.aimed)} were aimed at"
        if card.whom.aimed is not None
        else "How many were aimed at is not known"
    )
    asked = listed([f"“{line(cta.wording or cta.id, 100)}”" for cta in card.ctas])
    joint = " and asked: " if card.whom.aimed is not None else ". Asked: "
    said = [f"{whom}{f'{joint}{asked}' if asked else ''}."]
    if card.state == "to come":
        begins = f" on {day(card.starts_on, year=True)}" if card.starts_on else ""
        return [f"It begins{begins}; what comes before is in no figure.", *said]
    for cta in card.ctas:
        name = f"“{line(cta.wording or cta.id, 60)}”: " if len(card.ctas) > 1 else ""
        clicks = f"; {clicks_words(cta.clicks)}" if cta.clicks is not None else ""
        said.append(f"{name}{did_words(cta)}{clicks}.".replace("..", "."))
    if card.unattributed.total:
        lost = counted(card.unattributed.total, "click or response", "clicks and responses")
        said.append(f"{lost} cannot be assigned to anybody.")
    return [f"{sentence[0].upper()}{sentence[1:]}" for sentence in said]


def first_of(card: Any) -> list[tuple[str, str, str]]:
    """The four figures that a director asks for first."""
    did = card.did
    rate = (
        f"{percent(did.rate)}, 95% interval {100 * did.low:.0f}–{100 * did.high:.0f}%" if did.rate is not None else ""
    )
    clicks = card.clicks
    aimed = number(card.whom.aimed)
    excluded = f"{number(card.whom.excluded)} excluded" if card.whom.excluded else "none excluded"
    pace = pace_words(card.pace) if card.pace else ("no goal", "none was declared")
    low_high = _range(clicks) if clicks else "no link"
    return [
        ("Aimed at (N)", aimed, excluded if card.whom.aimed is not None else line(card.whom.why, 120)),
        ("Did it", number(did.n) if did.n is not None else "not known", rate or "no rate"),
        ("Clicks by people", number(clicks.best) if clicks else "–", low_high),
        ("Goal", pace[0].partition(":")[0], pace[0].partition(": ")[2] or pace[1]),
    ]


def _range(clicks: Any) -> str:
    low, high = clicks.certain_human, clicks.not_machine
    return f"the best figure; {number(low)} to {number(high)}" if low != high else ""


# --- whom ----------------------------------------------------------------------------------------------------------

SOURCES = {
    "list": "Counted on the imported list.",
    "plan": "As the plan says; nobody is known by name.",
    "list and plan": "Counted on the imported list; groups without a list as the plan says.",
}


def whom_of(card: Any) -> Section:
    """N and where it comes from, the groups, who was left out and why, and who was held back."""
    whom = card.whom
    n = (
        ""
        if whom.n is None
        else f", {number(whom.n)} named less {number(whom.excluded)} excluded"
        if whom.excluded
        else ""
    )
    total = f"{number(whom.aimed)}{n}" if whom.aimed is not None else "not known"
    why = f"{whom.why[0].upper()}{whom.why[1:]}: so there is no rate." if whom.why else SOURCES.get(whom.source, "")
    rows = [_group(one) for one in whom.groups]
    excluded = [f"{number(n)}: {line(reason, 100)}" for reason, n in whom.exclusions[:10]]
    statuses = [f"{number(n)} {line(name, 40)}" for name, n in whom.statuses]
    marked = (
        f" {number(whom.marked)} of them did it by their status alone: no response that counts says so, and no rate "
        "has them (commsleads response add)."
        if whom.marked
        else ""
    )
    return section(
        "Whom",
        figures(
            ("Aimed at (N)", total, line(why, 200)),
            ("Held back on purpose", number(whom.control), "the control group") if whom.control is not None else None,
        ),
        table(("Group", "Named", "Aimed at", "Did anything asked"), rows),
        text(f"Excluded: {'; '.join(excluded)}.") if excluded else None,
        text(f"Where they stand now: {listed(statuses)}.{marked}") if statuses else None,
    )


def _group(one: Any) -> tuple[str, str, str, str]:
    name = f"{line(one.name, 60) or 'no group'}{' (held back)' if one.control else ''}"
    named = "not counted" if one.n is None else number(one.n)
    if one.held_back:
        named += f" and {number(one.held_back)} held back"
    if one.listed and one.declared is not None and one.declared != (one.n or 0) + one.held_back:
        named += f" (plan: {number(one.declared)})"
    did = share_words(one.did) if one.did is not None else "not known by name"
    return name, named, number(one.aimed), did


# --- how far, what it led to ---------------------------------------------------------------------------------------


def way_of(card: Any) -> Section | None:
    """The steps of the targets. Each share is of those who are known to have taken the step before."""
    if not card.funnel:
        return None
    return section(
        "How far they went",
        table(
            ("Step", "Reached it", "Of the step before", "Time it took, median"), [_step(one) for one in card.funnel]
        ),
        grey(
            "A step is counted by what is known of it: who answered by telephone did not click, and is missing there."
        ),
    )


def _step(one: Any) -> tuple[str, str, str, str]:
    share = ""
    if one.share is not None:
        share = f"{share_words(one.share)}, of {one.before}" if one.share.n else "–"
    took = ""
    if one.wait is not None and one.wait.of_those is not None:
        took = f"{lasted(one.wait.of_those)} (of the {number(one.wait.came)} who went on)"
    return one.name, number(one.n) if one.n is not None else "not noted", share, took


def led_of(card: Any) -> Section:
    """Leads, the goal, what cannot be assigned, cost, and coverage."""
    leads, lost, covered = card.leads, card.unattributed, card.coverage
    named = [f"{counted(lost.clicks, 'click')} by people on links for all, best figure",
             f"{counted(lost.responses, 'response')} from people nobody knows"]  # fmt: skip
    if lost.mentions:
        named.append(f"{counted(lost.mentions, 'story')} tied by time only, not in this number")
    if lost.unclear:
        named.append(f"{counted(lost.unclear, 'response')} to nobody knows which call to action, not in this number")
    if lost.doubtful:
        named.append(f"{counted(lost.doubtful, 'response')} in doubt, not in this number: tie what belongs to it")
    rules = "; ".join(f"{number(one.stories)} {certainty(one.rule)}" for one in covered.rules)
    goal = f"goal: {number(leads.goal)} {line(leads.goal_of, 60)}" if leads.goal is not None else "no goal was declared"
    enquiries = f"from {counted(leads.enquiries, 'enquiry')}; {goal}"
    return section(
        "What it led to",
        figures(
            ("Leads: journalists who asked us about it", number(leads.n), enquiries),
            ("Qualified leads with a touch of it", *qualified_words(leads)),
            ("Against the goal", *_goal(card)) if card.pace else None,
            ("Nobody can assign", number(lost.total), "; ".join(named)),
            _cost(card),
            ("Stories tied to it", number(covered.stories), rules),
            ("Uplift of coverage", *uplift_words(card.uplift)) if card.uplift else None,
        ),
    )


def _goal(card: Any) -> tuple[str, str]:
    words, why = pace_words(card.pace)
    counts = f"counted are {line(card.goal_counts, 160)}" if card.pace.n is not None else ""
    return words, "; ".join(part for part in (why, counts) if part)


def _cost(card: Any) -> tuple[str, str, str] | None:
    if card.cost is None and card.hours is None:
        return None
    currency = line(card.currency, 10)
    spent = f"{number(card.cost)} {currency}".strip() if card.cost is not None else "cost not said"
    hours = f"{number(card.hours)} hours of work" if card.hours is not None else "effort not said"
    each = ""
    if card.cost_each is not None:
        each = f"{number(round(card.cost_each, 1))} {currency}".strip() + f" a response, of {number(card.responses)}"
    return "Cost and effort", spent, "; ".join(part for part in (hours, each) if part)


def difference_of(card: Any) -> Section | None:
    """Those aimed at against those held back."""
    found = card.difference
    if found is None:
        return None
    words = {
        "more": "More did it than did anyway",
        "less": "Fewer did it than did anyway",
        "cannot tell": "Cannot tell whether more did it than did anyway",
    }
    if found.value is None:
        return section("Against those held back", text(f"{words[found.word]}: {line(found.why, 160)}."))
    low, high = 100 * found.low, 100 * found.high
    seen = (
        "groups of this size cannot show any difference"
        if found.detectable is None
        else (
            f"{percent(found.detectable)} of those aimed at or more would have shown as a difference four times in five"
        )
    )
    return section(
        "Against those held back",
        text(f"{words[found.word]}{f': {line(found.why, 160)}' if found.why else ''}."),
        figures(
            ("Aimed at", f"{number(found.rest.k)} of {number(found.rest.n)}", percent(found.rest.value)),
            ("Held back", f"{number(found.control.k)} of {number(found.control.n)}", percent(found.control.value)),
            (
                "Difference",
                f"{100 * found.value:+.0f} points",
                f"95% interval {low:+.0f} to {high:+.0f} points; {seen}",
            ),
        ),
        grey("Clicks are left out here: who is held back was given no link."),
    )
