"""The answer of a campaign in plain words, for its own report and for the digest: so both say the same."""

from __future__ import annotations

from typing import Any

from commsleads.reports.wording import counted, line, number, percent

CERTAINTY = {
    "utm": "by campaign tag, certain",
    "link": "by a link to the call to action, nearly certain",
    "reply": "by a reply, nearly certain",
    "watch": "by its watch terms while it ran, likely",
    "window": "by its watch terms after it ended, possible",
}
"""How a story was tied to a campaign, and how surely."""

NOT_MEASURED = "not measured yet"
NO_LIST = "not known: no target is known by name"


def between(low: float, high: float) -> str:
    """The ends of an interval of a share: `21–94%`."""
    return f"{100 * low:.0f}–{100 * high:.0f}%"


def share_words(share: Any) -> str:
    """`12 of 47 (26%, 95% interval 15–40%)`; of nothing, that."""
    if not share.n:
        return "0 of 0"
    rate = f"{percent(share.value)}, 95% interval {between(share.low, share.high)}"
    return f"{number(share.k)} of {number(share.n)} ({rate})"


def took_words(asked: Any) -> str:
    """How many of the targets did what was asked. `asked` is a call to action, of a card or of the digest."""
    took = asked.took
    if took.n is None:
        return NO_LIST if asked.measured else NOT_MEASURED
    if took.rate is None:
        return f"{number(took.n)}, of how many is not known" if took.n else "nobody that is known of"
    rate = f"{percent(took.rate)}, 95% interval {between(took.low, took.high)}"
    return f"{number(took.n)} of {number(asked.targets)} ({rate})"


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
    return f"{counted(n, 'response')} more that nobody can assign to a target" if n else ""


def clicks_words(clicks: Any) -> str:
    """`41 to 63 clicks by people; best 55`, and how many were machines'."""
    if clicks is None:
        return "no link, so no clicks"
    low, best, high = clicks.certain_human, clicks.best, clicks.not_machine
    machines = clicks.all - high
    if not clicks.all:
        return "no clicks"
    if low == high:
        people = f"{counted(best, 'click')} by people"
    else:
        people = f"{number(low)} to {counted(high, 'click')} by people; best {number(best)}"
    return f"{people}; {number(machines)} by machines left out" if machines else people


def short_clicks(clicks: Any) -> str:
    """`55 (41–63)` for a cell of a table; a dash where there is no link."""
    if clicks is None:
        return "–"
    low, high = clicks.certain_human, clicks.not_machine
    return number(clicks.best) if low == high else f"{number(clicks.best)} ({number(low)}–{number(high)})"


def pace_words(pace: Any) -> tuple[str, str]:
    """How it stands to its goal, and what that rests on."""
    so_far = f"{number(pace.n)} of {number(pace.goal)}"
    expected = (
        f"{number(round(pace.expected, 0 if pace.expected >= 10 else 1))} expected by now if they came evenly"
        if pace.expected
        else ""
    )
    if pace.word in ("reached", "missed"):
        return f"{pace.word}: {so_far}", ""
    if pace.word == "not begun":
        return "not begun", f"the goal is {number(pace.goal)}"
    if pace.word == "cannot tell":
        now = f"{so_far} so far" if pace.n is not None else f"the goal is {number(pace.goal)}"
        return "cannot tell", "; ".join(part for part in (line(pace.why, 160), now, expected) if part)
    end = f"{number(pace.low)} to {number(pace.high)} in the end if it goes on so"
    return f"{pace.word}: {so_far} so far", f"{expected}; {end}"


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
    words = {"gone": "is gone", "moved": "has moved", "changed": "has changed", "failing": "cannot be reached"}
    return f"the page of “{line(asked.wording, 60)}” {words[asked.trouble]}" if asked.trouble in words else ""
