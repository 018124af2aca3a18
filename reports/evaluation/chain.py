"""The chain of one campaign, stage by stage: each figure once, for the page and for the data alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from commsleads.reports.cardwords import between, clicks_words, pace_words, qualified_words, share_words
from commsleads.reports.wording import counted, day, line, listed, number, percent

STAGES = ("Goal", "Inputs", "Activities", "Outputs", "Out-takes", "Outcomes", "Impact", "Learned")
NOT_FROM_HERE = "cannot be told from here"
WHY_NOT = "what people, members or customers did afterwards is measured elsewhere"
UNMEASURED = "who did what was asked is not measured yet"
OBSERVED = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A figure of one stage: `words` tell it, `why` what it rests on. `value` is None for what is not known or no
    number; `of` what it is a part of, `low` and `high` the 95 % interval of the share."""

    stage: str
    name: str
    words: str
    why: str = ""
    value: float | None = None
    of: int | None = None
    low: float | None = None
    high: float | None = None


def chain_of(one: Any, zone: Any) -> list[Metric]:
    """All stages of a campaign, in order."""
    parts = (_inputs, _activities, _outputs, _outtakes, _outcomes, _impact, _learned)
    return [*_goal(one, zone), *(metric for part in parts for metric in part(one))]


def rows_of(found: list[Metric]) -> tuple[tuple[str, str, str], ...]:
    """The stages as rows of a card: what is told, and beneath it what it rests on."""
    rows = []
    for stage in STAGES:
        here = [metric for metric in found if metric.stage == stage]
        if here:
            words = "; ".join(metric.words for metric in here if metric.words)
            why = " · ".join(metric.why.rstrip(".") for metric in here if metric.why)
            rows.append((stage, f"{words[:1].upper()}{words[1:]}.", why))
    return tuple(rows)


# --- what was meant and what went in ---------------------------------------------------------------------------------


def _goal(one: Any, zone: Any) -> Iterator[Metric]:
    card = one.card
    promise = card.promise
    goal = promise.plan.goal if promise and promise.plan.goal else None
    if goal is None:
        late = "one was declared after the start" if card.pace is not None else ""
        yield Metric(stage="Goal", name="goal", words="no goal with a number was registered before the start", why=late)
        return
    by = goal.by or promise.plan.ends_on
    words = f"{number(goal.n)} {line(goal.of, 60)}{f' by {day(by, year=True)}' if by else ', by no day'}"
    noted = f"registered on {day(promise.stamped_at, zone, year=True)}"
    why = line(promise.late, 160) if promise.late else f"{noted}, before the start"
    if promise.since:
        why += f"; the plan was changed {counted(len(promise.since), 'time')} since"
    yield Metric(stage="Goal", name="goal", words=words, why=why, value=goal.n)


def _inputs(one: Any) -> Iterator[Metric]:
    card = one.card
    cost = money(card.cost, card.currency) if card.cost is not None else "cost not noted"
    each = f"{money(card.cost_each, card.currency)} for each response" if card.cost_each is not None else ""
    yield Metric(stage="Inputs", name="cost", words=cost, why=each, value=card.cost)
    hours = f"{number(card.hours)} hours of work" if card.hours is not None else "hours not noted"
    yield Metric(stage="Inputs", name="hours", words=hours, value=card.hours)


def money(amount: float, currency: str) -> str:
    """`EUR 1,200`, `EUR 1,200.50`; without a currency the number alone."""
    told = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    return f"{currency} {told}".strip()


def _activities(one: Any) -> Iterator[Metric]:
    card, whom = one.card, one.card.whom
    known = whom.aimed is not None
    aimed = f"{counted(whom.aimed, 'target')} aimed at" if known else "how many it aimed at is not known"
    out = [f"{number(whom.excluded)} excluded" if whom.excluded else ""]
    out.append(f"{number(whom.control)} held back to compare with" if whom.control else "")
    yield Metric(
        stage="Activities", name="targets", words=aimed, why="; ".join(part for part in out if part), value=whom.aimed
    )
    if card.sent:
        to = f" to {counted(one.written_to, 'target')}" if one.written_to is not None else ", to how many is not noted"
        words = f"{counted(len(card.sent), 'mailing')}{to}"
    else:
        words = "no mailing was noted"
    yield Metric(stage="Activities", name="mailings", words=words, value=len(card.sent))
    enquiries = counted(card.leads.enquiries, "enquiry")
    yield Metric(stage="Activities", name="enquiries", words=f"{enquiries} about it", value=card.leads.enquiries)


# --- what came out ---------------------------------------------------------------------------------------------------


def _outputs(one: Any) -> Iterator[Metric]:
    if one.carried is None:
        yield Metric(stage="Outputs", name="stories", words="it has not begun")
        return
    yield from stories_of(one.carried, "tied to it", watched(one.observed))
    yield from messages_of(one.messages)


def stories_of(carried: Any, about: str, why: str = "") -> Iterator[Metric]:
    """How many stories, and by which tiers."""
    words = f"{counted(carried.stories, 'story')} {about}"
    if carried.stories:
        words += f", with {counted(carried.pickups, 'pickup')} in {counted(carried.outlets, 'outlet')}"
    tiers = [f"{number(n)} in {f'tier {tier}' if tier else 'outlets of no known tier'}" for tier, n in carried.tiers]
    rests = "; ".join(part for part in (listed(tiers), why) if part)
    yield Metric(stage="Outputs", name="stories", words=words, why=rests, value=carried.stories)
    first = dict(carried.tiers).get(1, 0)
    yield Metric(stage="Outputs", name="stories of tier 1", words="", value=first, of=carried.stories)
    yield Metric(stage="Outputs", name="pickups", words="", value=carried.pickups)


def messages_of(messages: Any) -> Iterator[Metric]:
    """How many of the stories carry each key message."""
    for message in messages:
        share = message.share
        told = f"“{line(message.text or message.id, 60)}” in {share_words(share)}"
        judged = f"{number(message.judged)} judged by a person" if message.judged else "none judged by a person"
        yield Metric(
            stage="Outputs", name=f"message {message.id}", words=told, why=judged if share.k else "",
            value=share.k, of=share.n, low=share.low, high=share.high,
        )  # fmt: skip


def watched(observed: float | None) -> str:
    """What to say where not all of the time was observed."""
    if observed is None or observed >= OBSERVED:
        return ""
    return f"only {percent(observed)} of the time was watched, so more may have been written"


def _outtakes(one: Any) -> Iterator[Metric]:
    yield clicks_of(one.card.clicks)


def clicks_of(clicks: Any) -> Metric:
    """Clicks by people, as a range."""
    best = clicks.best if clicks is not None else None
    low, high = (clicks.certain_human, clicks.not_machine) if clicks is not None else (None, None)
    return Metric(
        stage="Out-takes", name="clicks by people", words=clicks_words(clicks), value=best, low=low, high=high,
        why="who opened a mail is not measured" if clicks is not None else "",
    )  # fmt: skip


def _outcomes(one: Any) -> Iterator[Metric]:
    card = one.card
    took, known = card.did, card.whom.listed
    words = f"{counted(card.responses, 'response')}, {_of_whom(card)}" if took.n is None else _did(took, card.whom)
    n = card.responses if took.n is None else took.n
    yield Metric(
        stage="Outcomes", name="did it", words=words if is_counted(card) else UNMEASURED,
        value=n if is_counted(card) else None,
        of=known if took.rate is not None else None, low=took.low, high=took.high,
    )  # fmt: skip
    journalists = f"{counted(card.leads.n, 'journalist')} asked about it"
    yield Metric(stage="Outcomes", name="journalists who asked", words=journalists, value=card.leads.n)
    n = card.leads.qualified
    told, why = qualified_words(card.leads)
    told = f"qualified leads {told}" if n is None else counted(n, "qualified lead")
    yield Metric(stage="Outcomes", name="qualified leads", words=told, why=why if n is None else "", value=n)
    if card.pace is not None:
        standing, rests = pace_words(card.pace)
        yield Metric(stage="Outcomes", name="goal", words=f"the goal: {standing}", why=rests, value=card.pace.n)


def is_counted(card: Any) -> bool:
    """Whether anything measures who did what was asked: where nothing does, none is not zero."""
    return card.did.n is not None or bool(card.responses) or any(cta.measured for cta in card.ctas)


def _of_whom(card: Any) -> str:
    return "of nobody knows whom" if card.responses else "of nobody that is known of"


def _did(took: Any, whom: Any) -> str:
    """A rate is of those who are known one by one; of the others nobody knows who did it."""
    if took.rate is None:
        return f"{number(took.n)} did it, of how many is not known" if took.n else "nobody is known to have done it"
    rate = f"{percent(took.rate)}, 95% interval {between(took.low, took.high)}"
    of = "aimed at" if whom.listed == whom.aimed else "known one by one"
    return f"{number(took.n)} of {number(whom.listed)} {of} did what was asked ({rate})"


# --- what it did, and what we know now -------------------------------------------------------------------------------


def _impact(one: Any) -> Iterator[Metric]:
    evidence = [f"evidence of coverage: {uplift_words(one.uplift)}" if one.uplift is not None else ""]
    if (held := one.card.difference) is not None:
        evidence.append(f"evidence of effect: {control_words(held)}")
    why = " · ".join(part for part in (WHY_NOT, *evidence) if part)
    ratio = one.uplift.ratio if one.uplift is not None else None
    yield Metric(
        stage="Impact", name="coverage by what was to be expected", words=NOT_FROM_HERE, why=why, value=ratio,
        low=one.uplift.ratio_low if one.uplift is not None else None,
        high=one.uplift.ratio_high if one.uplift is not None else None,
    )  # fmt: skip


def uplift_words(uplift: Any) -> str:
    """Whether coverage rose, with its interval; `1.8 times what was to be expected (95% interval 1.2–2.6)`."""
    if uplift.word == "cannot tell":
        return f"whether it rose cannot be told: {line(uplift.why, 160)}"
    high = f"{uplift.ratio_high:.1f}" if uplift.ratio_high is not None else "open"
    ratio = f"{uplift.ratio:.1f} times what was to be expected (95% interval {uplift.ratio_low:.1f}–{high})"
    late = ", registered after the start" if uplift.late else ""
    words = {"more": "it rose", "less": "it fell"}.get(uplift.word, "no change seen")
    return f"{words}, {ratio}{late}"


def control_words(held: Any) -> str:
    """Those aimed at beside those held back."""
    if held.value is None:
        return f"beside those held back nobody can tell: {line(held.why, 160)}"
    points = f"{100 * held.value:+.0f} points beside those held back"
    return f"{points} (95% interval {100 * held.low:+.0f} to {100 * held.high:+.0f})"


def _learned(one: Any) -> Iterator[Metric]:
    card = one.card
    pages = sum(1 for cta in card.ctas if cta.landing and cta.landing.state not in ("new", "ok"))
    changed = len(card.promise.since) if card.promise else 0
    nobody = counted(card.unattributed.total, "click or response", "clicks and responses")
    found = [
        (changed, f"the plan was changed {counted(changed, 'time')} after the start"),
        (card.unattributed.total, f"{nobody} nobody can assign"),
        (
            len(card.unwatched),
            f"our links were not answered in {counted(len(card.unwatched), 'stretch', 'stretches')} of time",
        ),
        (pages, f"{counted(pages, 'page')} that it leads to {'is' if pages == 1 else 'are'} not as it was"),
        (len(watched(one.observed)), watched(one.observed)),
    ]
    told = [(n, words) for n, words in found if n]
    for _, words in told or [(0, "nothing is noted")]:
        yield Metric(stage="Learned", name="note", words=words)
