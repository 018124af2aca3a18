"""The report as data: the same figures with their rows, for machines and for those who want to count again.

Rows are references. Of restricted enquiries the word "restricted" stands in their place, because a row in a figure by
channel or officer would tell what they are; the list of enquiries names them and nothing else of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commsleads.contract import Period
from commsleads.reports.deskneeds import logged, needs_of
from commsleads.reports.deskwords import is_counted, state_of
from commsleads.reports.plain import head_of, plain

EDITION = 1
"""Changes when a key changes its meaning or goes; keys may be added."""
EVERY = 10_000
"""Enquiries that a need names here: all of them."""

COLUMNS = (
    "reference", "received_at", "out_of_hours", "channel", "direction", "outlet", "tier", "journalists", "subject",
    "stance", "state", "owner", "deadline_at", "deadline_kind", "notice_minutes", "acknowledged_at", "responded_at",
    "minutes_to_answer", "in_time", "response_kind", "outcome", "counted",
)  # fmt: skip
"""Of the list of enquiries; the CSV has the same."""

IN_TIME = {"hit": "yes", "miss": "no", "undecided": "not yet", "out": ""}


def data_of(facts: Any, period: Period, desk: Any, page: Any) -> dict[str, Any]:
    """Everything the report says, with its rows. Plain JSON values, in a fixed order."""
    return {
        **head_of(EDITION, facts, period, page),
        "verdict": {"sentences": list(page.verdict), **plain(desk.verdict)},
        "logged": {"ever": desk.ever, "since": plain(desk.begun)},
        # Before there is a log nothing received is null and no zero.
        "desk": figures_of(desk) if logged(desk) else None,
        "before": {
            "previous": None if desk.before is None else group_of(desk.before.all, desk.references),
            "eight": None if desk.eight is None else group_of(desk.eight, desk.references),
            "median_4": desk.median_4,
            "median_8": desk.median_8,
            "n": desk.periods,
        },
        "trend": plain(desk.trend),
        "needs": [
            {"what": what, "why": why, "command": command}
            for what, why, command in needs_of(desk, facts.now, facts.zone, EVERY)
        ],
        "sign_off_pending": plain(desk.pending),
        "promises_open": plain(desk.promises),
        "board": [row_of(row) for row in desk.board],
        "table": "enquiries",
        "columns": list(COLUMNS),
        "enquiries": [row_of(row) for row in desk.lines],
        "stories": plain(desk.stories),
        "touches": plain(desk.touches),
        "requests": desk.requests,
        "review": desk.review,
        "aside": desk.aside,
        "mailboxes": {"sources": list(desk.mailboxes), "never_read": list(desk.silent), "gaps": plain(desk.gaps)},
        "definitions": {one.key: one.words for one in desk.definitions},
        "queries": dict(desk.commands),
    }


def row_of(row: Any) -> dict[str, Any]:
    """One enquiry, flat, as a line of the CSV."""

    def minutes(end: Any) -> int | None:
        return int((end - row.received_at).total_seconds() // 60) if end else None

    told = {
        "reference": row.reference,
        "received_at": plain(row.received_at),
        "state": state_of(row),
        "deadline_at": plain(row.deadline_at),
        "deadline_kind": row.deadline_kind,
        "notice_minutes": minutes(row.deadline_at),
        "acknowledged_at": plain(row.acknowledged_at),
        "responded_at": plain(row.responded_at),
        "minutes_to_answer": minutes(row.responded_at),
        "in_time": IN_TIME[row.in_time],
        "counted": is_counted(row),
        "out_of_hours": row.out_of_hours,
        "journalists": ", ".join(row.journalists),
    }
    return {name: told[name] if name in told else getattr(row, name) for name in COLUMNS}


# --- figures -------------------------------------------------------------------------------------------------------


def figures_of(desk: Any) -> dict[str, Any]:
    """Each figure with its rows, under the key of its definition. Nothing to divide by is null and no zero."""
    found, names = desk.figures, desk.references

    def parts(slices: Any) -> dict[str, Any]:
        return {part.name: group_of(part.value, names) for part in slices}

    signing = found.sign_off
    return {
        **group_of(found.all, names),
        "by_tier": parts(found.by_tier),
        "by_channel": parts(found.by_channel),
        "by_issue": parts(found.by_issue) if not _secret(desk) else None,
        "by_stance": parts(found.by_stance),
        "by_direction": parts(found.by_direction),
        "by_notice": parts(found.by_notice),
        "by_hours": parts(found.by_hours),
        "by_on_call": parts(found.by_on_call),
        "acknowledged": {
            "elapsed": spread_of(found.acknowledged.elapsed, names),
            "working": spread_of(found.acknowledged.working, names),
            "without": count_of(found.acknowledged.without, names),
        },
        "targets": {
            "acknowledged": rate_of(found.targets.acknowledged, names),
            "answered": rate_of(found.targets.answered, names),
        },
        "out_of_hours": rate_of(found.out_of_hours, names),
        "favourable": rate_of(found.favourable, names),
        "sign_off": {
            "elapsed": spread_of(signing.elapsed, names),
            "working": spread_of(signing.working, names),
            "by_step": {part.name: spread_of(part.value, names) for part in signing.by_step},
            "by_approver": {part.name: spread_of(part.value, names) for part in signing.by_approver},
            "waived": count_of(signing.waived, names),
            "sent_back": count_of(signing.sent_back, names),
            "share_of_time": plain(signing.of_elapsed),
            "share_over": count_of(signing.shared, names),
        },
        "reworked": rate_of(signing.reworked, names),
        "responses": {part.name: count_of(part.value, names) for part in found.responses},
        "callbacks": rate_of(found.callbacks, names),
        "coverage_yield": {
            "of_answered": rate_of(found.coverage_yield.of_answered, names),
            "ripened": rate_of(found.coverage_yield.ripened, names),
            "unknown": count_of(found.coverage_yield.unknown, names),
        },
        **_coverage(found.coverage),
        "journalists": {
            "known": rate_of(found.journalists.known, None),
            "unidentified": count_of(found.journalists.unidentified, names),
        },
        "inbound": plain(found.inbound),
        "load": [
            {"officer": one.officer, "day": plain(one.day), **count_of(one.received, names)} for one in found.load
        ],
        "interviews": {
            "given": count_of(found.interviews.given, names),
            "chief": count_of(found.interviews.chief, names),
        },
        "backlog": {
            "open": count_of(found.backlog.open, names),
            "unanswered": count_of(found.backlog.unanswered, names),
            "oldest": plain(found.backlog.oldest),
            "due_soon": count_of(found.backlog.due_soon, names),
            "lapsed": count_of(found.backlog.lapsed, names),
        },
        "left_out": {
            name: count_of(getattr(found.left_out, name), names)
            for name in ("duplicate", "redirected", "withdrawn", "withdrawn_late", "unread")
        },
    }


def _secret(desk: Any) -> bool:
    """Whether an enquiry of the period is restricted: the name of its issue alone would tell what it is about."""
    return any(row.hidden for row in desk.lines)


def _coverage(found: Any) -> dict[str, Any]:
    """Figures over stories, which the list of stories names."""
    names = ("quote_used", "pull_through", "accurate", "corrections")
    rates = {name: rate_of(getattr(found, name), None) for name in names}
    counts = {name: {"value": getattr(found, name).n} for name in ("links", "unreached", "unreached_though")}
    return {**rates, **counts}


def group_of(group: Any, names: Mapping[str, str]) -> dict[str, Any]:
    """Received, answered in time and time to first answer of some enquiries."""
    wait = group.first_answer
    return {
        "received": count_of(group.received, names),
        "in_time": rate_of(group.hit_rate, names),
        "first_answer": {
            "median_seconds": plain(wait.median),
            "low_seconds": plain(wait.low),
            "high_seconds": plain(wait.high),
            "n": wait.n,
            "answered": wait.events,
            "odd": _rows(wait.odd, names),
        },
    }


def count_of(count: Any, names: Mapping[str, str]) -> dict[str, Any]:
    """How many, and which."""
    return {"value": count.n, "rows": _rows(count.ids, names)}


def rate_of(rate: Any, names: Mapping[str, str] | None) -> dict[str, Any]:
    """A rate with its interval, and which are which; without names, how many are not decided."""
    told = {"value": plain(rate.share.value), **plain(rate.share)}
    if names is None:
        return told | {"undecided": len(rate.undecided)}
    return told | {
        "hits": _rows(rate.hits, names),
        "misses": _rows(rate.misses, names),
        "undecided": _rows(rate.undecided, names),
    }


def spread_of(spread: Any, names: Mapping[str, str]) -> dict[str, Any]:
    """Times that are all known."""
    return {
        "median_seconds": plain(spread.median),
        "p90_seconds": plain(spread.p90),
        "n": spread.n,
        "rows": _rows(spread.ids, names),
        "odd": _rows(spread.odd, names),
    }


def _rows(ids: Any, names: Mapping[str, str]) -> list[str]:
    return [names[one] for one in ids]
