"""The uplift of a campaign in a sentence: how much came, how much was to be expected, what could have been seen."""

from __future__ import annotations

from typing import Any

from commsleads.reports.wording import counted, day, line, listed, number


def uplift_words(one: Any) -> tuple[str, str]:
    """The answer (`more: 41 stories in 21 days, 18 to be expected (95% 11–29)`), and what stands behind it in grey."""
    return _answer(one), "; ".join(part for part in _behind(one) if part)


def _answer(one: Any) -> str:
    if one.word == "cannot tell" and (one.observed is None or one.expected is None):
        return f"cannot tell: {line(one.why, 200)}"
    seen = f"{counted(one.observed, 'story')} in {counted(one.days, 'day')}"
    due = f"{_few(one.expected)} to be expected (95% {number(one.low)}–{number(one.high)})"
    why = f" ({line(one.why, 200)})" if one.why else ""
    return f"{one.word}{why}: {seen}, {due}"


def _behind(one: Any) -> list[str]:
    told = [_effect(one), _visible(one), _days(one)]
    if one.comparison is not None:
        told.append(_compared(one.comparison))
    told.append(f"counted are stories about {listed(one.watches)}" if one.watches else "")
    if one.registered_at is not None and one.late:
        told.append(f"what is counted was written down late, on {day(one.registered_at.date())}")
    if one.changes:
        told.append(f"changed since and not counted: {line(', '.join(one.changes), 200)}")
    return told


def _effect(one: Any) -> str:
    if one.ratio is None:
        return ""
    most = f"–{_few(one.ratio_high)}" if one.ratio_high is not None else " or more"
    return f"{_few(one.ratio)} times as many (95% {_few(one.ratio_low)}{most})"


def _visible(one: Any) -> str:
    """The smallest effect that could have been seen; of a campaign to come, that can be."""
    could = "could have been seen" if one.observed is not None else f"that could be seen in {counted(one.days, 'day')}"
    if one.expected is None:
        return ""
    if one.detectable is None:
        return "no rise could be seen"
    verb = "smallest rise that " if one.observed is not None else "smallest rise "
    return f"{verb}{could}: to {_few(one.detectable)} times"


def _days(one: Any) -> str:
    if not one.before_days:
        return ""
    before = f"{counted(one.before_days, 'day')} before it were used"
    out = one.left_out + one.before_left_out
    return f"{before}, {counted(out, 'day')} not observed left out" if out else before


def _compared(found: Any) -> str:
    what = f"compared with {listed(found.watches)}"
    if found.ratio is None:
        return f"{what}: {line(found.broken, 200)}"
    return f"{what}, of which {_few(found.ratio)} times what was to be expected came"


def _few(value: float) -> str:
    """A figure in as many digits as are worth reading."""
    return number(round(value)) if value >= 10 else f"{value:.1f}"
