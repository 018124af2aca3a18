"""A lead for people: how it stands, what gave it its points, what was offered, and what to type next."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from commsleads.cli.answers import local, unharmed

if TYPE_CHECKING:
    from commsleads.app import App

WIDTH = 100
Times = Callable[[str | None], str]


def lead_words(app: App, told: Mapping[str, Any], *, then: bool = False) -> str:
    """A lead whole. `then` says that it is shown as it stood, so that nothing is to be done with it."""
    at = local(app)
    parts = (_head(told, at), _standing(told, at), _points(told), _people(told), _ledger(told, at), _rest(told, at))
    lines = [line for part in parts for line in part]
    if not then:
        lines += _next(told)
    return "\n".join(lines)


def wrapped(name: str, words: str) -> Iterator[str]:
    """A line with its name at the left, cut at words where it is too long."""
    yield from textwrap.wrap(
        unharmed(words), WIDTH, initial_indent=f"{name:<12}", subsequent_indent=" " * 12, break_on_hyphens=False
    ) or [name]


def _head(told: Mapping[str, Any], at: Times) -> Iterator[str]:
    first = told["contacts"][0] if told["contacts"] else {}
    who = ", ".join(filter(None, (told["name"], first.get("role", ""), first.get("outlet", "") or told["outlet_then"])))
    yield unharmed(who)
    yield f"{'id':<12}{told['id']}, as of {told['as_of']} ({at(told['at'])})"


def _standing(told: Mapping[str, Any], at: Times) -> Iterator[str]:
    if not told["opened_at"]:
        yield from wrapped("stage", "none: nothing that they did makes them a lead under the criteria in force")
        return
    moved = next((one for one in reversed(told["moves"]) if one["what"] == "stage"), None)
    stage = told["stage"] or "none yet"
    since = f" since {at(moved['at'])}" if moved and moved["to"] == told["stage"] else ""
    yield from wrapped("stage", f"{stage}{since}{', a qualified lead' if told['qualified'] else ''}")
    yield from wrapped("status", _status(told, at))
    yield from wrapped("owner", told["owner"] or "nobody")
    detail = f" ({told['source_detail']})" if told["source_detail"] else ""
    campaign = f", for {told['campaign']}" if told["campaign"] else ""
    yield from wrapped("came", f"{at(told['opened_at'])} by {told['source']}{detail}{campaign}")
    if told["self_reported"]:
        yield from wrapped("they say", told["self_reported"])
    count = "1 touch" if told["touches"] == 1 else f"{told['touches']:,} touches"
    yield from wrapped("touches", f"{count}, the last at {at(told['last_at'])}")


def _status(told: Mapping[str, Any], at: Times) -> str:
    open_ = next((one for one in told["offers"] if not one["answer"]), None)
    since = f" since {at(told['status_at'])}" if told["status_at"] else ""
    if told["status"] == "offered" and open_:
        whom = open_["to"] or "nobody yet: it is to be assigned"
        return f"offered to {whom}, to be answered by {at(open_['due_at'])}"
    if told["status"] == "recycled":
        return f"recycled{since}, wakes {at(told['wakes_at'])}"
    if told["status"] == "closed":
        return f"closed{since}: {told['outcome']}"
    return f"{told['status']}{since}"


def _points(told: Mapping[str, Any]) -> Iterator[str]:
    """Why, and why not more: but for whose turn it is, which the status says to the minute."""
    sentences = told["sentences"][:-1] if told["opened_at"] else told["sentences"]
    for place, sentence in enumerate(sentences):
        yield from wrapped("" if place else "why", sentence)
    for place, sentence in enumerate(told["missing"]):
        yield from wrapped("" if place else "missing", sentence)


def _people(told: Mapping[str, Any]) -> Iterator[str]:
    for place, one in enumerate(told["contacts"]):
        name = "reached by" if not place else ""
        parts = (one["name"] if place else "", one["outlet"] if place else "", one["email"], one["phone"])
        ident = one["id"] if place else ""
        if words := ", ".join(filter(None, (ident, *parts))):
            yield from wrapped(name, words)


def _ledger(told: Mapping[str, Any], at: Times) -> Iterator[str]:
    for place, one in enumerate(told["offers"]):
        again = ", escalated" if one["escalated"] else ""
        said = f"{at(one['at'])} to {one['to'] or 'nobody yet'}{again}, by {at(one['due_at'])}: "
        if one["answer"]:
            why = f" ({one['reason']})" if one["reason"] else ""
            by = f" by {one['by']}" if one["by"] not in ("", "commsleads") else ""
            said += f"{one['answer']}{why}{by}, {at(one['answered_at'])}"
        else:
            said += "open"
        yield from wrapped("" if place else "offers", said)


def _rest(told: Mapping[str, Any], at: Times) -> Iterator[str]:
    notes = [one for one in told["acts"] if one["words"]]
    for place, one in enumerate(notes):
        yield from wrapped("" if place else "notes", f"{at(one['at'])} {one['by']}: {one['words']}")
    standing = [one for one in told["merges"] if not one["undone_at"]]
    for place, one in enumerate(standing):
        said = f"{one['one']} with {one['other']}, {at(one['at'])} by {one['by']}: {one['why']} (merge {one['id']})"
        yield from wrapped("" if place else "joined", said)


def _next(told: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    if told["what_next"]:
        yield f"{told['what_next']}:"
        yield from (f"  {one}" for one in told["commands"])
    yield f"All that happened: commsleads lead history {told['id']}"
