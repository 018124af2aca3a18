"""The answer of a campaign in plain words, for its own report and for the digest: so both say the same."""

from __future__ import annotations

from typing import Any

from commsleads.reports.wording import line, number, percent
from commsleads.reports.words import say


def certainty(rule: str) -> str:
    """How a story was tied to a campaign, and how surely."""
    return say("tied", rule=rule)


def between(low: float, high: float) -> str:
    """The ends of an interval of a share: `21–94%`."""
    return f"{100 * low:.0f}–{100 * high:.0f}%"


def share_words(share: Any) -> str:
    """`12 of 47 (26%, 95% interval 15–40%)`; of nothing, that."""
    if not share.n:
        return "0 of 0"
    ends = between(share.low, share.high)
    return say("rate-long", k=share.k, n=share.n, rate=percent(share.value), between=ends)


def took_words(asked: Any) -> str:
    """How many of the targets did what was asked. `asked` is a call to action, of a card or of the digest."""
    took = asked.took
    if took.n is None:
        return say("took-no-list") if asked.measured else say("not-measured")
    if took.rate is None:
        return say("took-of-unknown", n=took.n)
    ends = between(took.low, took.high)
    return say("rate-long", k=took.n, n=asked.targets, rate=percent(took.rate), between=ends)


def did_words(asked: Any) -> str:
    """The same as a sentence."""
    took = asked.took
    if took.n is None:
        return "nobody can tell how many of them did it"
    if took.rate is None:
        return f"{number(took.n)} did it, of how many is not known" if took.n else "nobody is known to have done it"
    return f"{took_words(asked)} did it"


def unknown_words(n: int) -> str:
    """Responses of nobody knows whom; '' where there are none."""
    return say("responses-unknown", n=n) if n else ""


def clicks_words(clicks: Any) -> str:
    """`41 to 63 clicks by people; best 55`, and how many were machines'."""
    if clicks is None:
        return say("clicks-no-link")
    low, best, high = clicks.certain_human, clicks.best, clicks.not_machine
    machines = clicks.all - high
    if not clicks.all:
        return say("clicks-none")
    if low == high:
        return say("clicks", n=best, machines=machines)
    return say("clicks-range", low=low, high=high, best=best, machines=machines)


def short_clicks(clicks: Any) -> str:
    """`55 (41–63)` for a cell of a table; a dash where there is no link."""
    if clicks is None:
        return "–"
    low, high = clicks.certain_human, clicks.not_machine
    return number(clicks.best) if low == high else f"{number(clicks.best)} ({number(low)}–{number(high)})"


def pace_words(pace: Any) -> tuple[str, str]:
    """How it stands to its goal, and what that rests on."""
    word = say("pace-word", word=pace.word.replace(" ", "-"))
    expected = ""
    if pace.expected:
        expected = say("pace-expected", n=number(round(pace.expected, 0 if pace.expected >= 10 else 1)))
    if pace.word in ("reached", "missed"):
        return say("pace-over", word=word, k=pace.n, n=pace.goal), ""
    if pace.word == "not begun":
        return word, say("pace-goal", n=pace.goal)
    if pace.word == "cannot tell":
        now = say("pace-so-far", k=pace.n, n=pace.goal) if pace.n is not None else say("pace-goal", n=pace.goal)
        return word, "; ".join(part for part in (line(pace.why, 160), now, expected) if part)
    said = say("named-value", name=word, value=say("pace-so-far", k=pace.n, n=pace.goal))
    return said, f"{expected}; {say('pace-end', low=pace.low, high=pace.high)}"


def so_far_words(pace: Any) -> str:
    """`80 of 140 so far`."""
    return say("pace-so-far", k=pace.n, n=pace.goal)


def qualified_words(leads: Any) -> tuple[str, str]:
    """How many qualified leads the campaign has touched, and what that means. `leads` are those of a card."""
    if leads.qualified is None:
        return "not counted", "no criteria are in force"
    return number(leads.qualified), "qualified for the first time in the measured time, whatever opened them"


def landing_words(landing: Any) -> str:
    """What was found at the page a call to action leads to."""
    if landing is None or landing.state == "new":
        return "its page was not looked at yet"
    words = {
        "ok": "its page is there",
        "gone": "its page is gone",
        "moved": "its page has moved",
        "changed": "its page has changed since it was first seen",
        "failing": "its page cannot be reached",
    }
    note = line(landing.note, 120).rstrip(".")
    note = f"{note[:1].lower()}{note[1:]}" if note.startswith(("The ", "It ", "Its ")) else note
    return f"{words.get(landing.state, landing.state)}{f' ({note})' if note else ''}"


def trouble_words(asked: Any) -> str:
    """What is wrong with the page of a call to action, in the digest; '' when nothing is known to be."""
    if asked.trouble not in ("gone", "moved", "changed", "failing"):
        return ""
    return say("page-trouble", name=line(asked.wording, 60), trouble=asked.trouble)
