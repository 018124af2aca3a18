"""Which verb makes sense for a lead as it stands, and the sentence for one that makes none (any more).

The fold lets an act without sense be without effect; here it is refused before it is written, so that who acts too
late is told who was faster. Nothing here changes anything.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from commsleads.journey import STATUSES, Act, Lead, Merge, Move

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

FITTING: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "accept": ("offered", "lapsed"),
    "reject": ("offered", "lapsed"),
    "recycle": ("new", "offered", "lapsed", "accepted", "rejected"),
    "assign": ("new", "offered", "lapsed", "accepted", "recycled"),
    "close": ("new", "offered", "lapsed", "accepted", "rejected", "recycled"),
    "reopen": ("lapsed", "rejected", "recycled", "closed", "faded"),
    "stage": STATUSES,
    "note": STATUSES,
})  # fmt: skip
"""In which working status each verb of `journey.ACTS` makes sense."""

DONE: Mapping[str, str] = MappingProxyType({
    "accept": "accepted it", "reject": "rejected it", "recycle": "sent it back to nurture", "assign": "assigned it",
    "close": "closed it", "reopen": "reopened it", "stage": "set its stage", "note": "wrote a note on it",
})  # fmt: skip
"""What somebody did, as it is said of them."""

_ANSWERS = ("accept {id}", "reject {id} --reason REASON")
_REOPEN = ("reopen {id}",)
INSTEAD: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType({
    "new": ("It is offered to nobody: it is no qualified lead", ("note {id} TEXT",)),
    "offered": ("It waits for an answer", _ANSWERS),
    "lapsed": ("It can still be answered", _ANSWERS),
    "accepted": ("What comes next", ("close {id} --outcome OUTCOME", "recycle {id} --until 30d")),
    "rejected": ("To have it after all", _REOPEN),
    "recycled": ("To have it before its day", _REOPEN),
    "closed": ("To work on it again", _REOPEN),
    "faded": ("To work on it again", _REOPEN),
})  # fmt: skip
"""What can be said of a lead that stands there, and which commands fit."""

FARTHEST = timedelta(days=3 * 366)
"""How far ahead a lead may be put to sleep: after three years nobody knows any more why."""


def fits(lead: Lead, verb: str) -> bool:
    """Whether the verb makes sense now. A note always does; anything else needs a lead."""
    return verb == "note" or (lead.opened is not None and lead.status in FITTING[verb])


def commands(lead: Lead) -> tuple[str, ...]:
    """What can be typed for a lead as it stands."""
    open_ = next((one for one in lead.offers if not one.answer), None)
    first = ("assign {id} --to OFFICER",) if open_ is not None and not open_.to else ()
    return tuple(f"commsleads lead {one.format(id=lead.id)}" for one in (*first, *INSTEAD[lead.status][1]))


def instead(lead: Lead) -> str:
    """What can be done with it, with the commands to type."""
    return f"{INSTEAD[lead.status][0]}: {' or '.join(commands(lead))}"


def at_odds(lead: Lead, verb: str, zone: ZoneInfo) -> tuple[str, bool]:
    """Why the verb makes no sense, and whether somebody's act brought it about (and not the clock, or nothing)."""
    if lead.opened is None:
        return f"{lead.id} is no lead: nothing that they did makes them one under the criteria in force.", False
    last = next((move for move in reversed(lead.moves) if move.what == "status"), None)
    if last is None:
        return f"It is {lead.status}. {instead(lead)}", False
    if last.cause.startswith("act "):
        said = f"{last.by} {_done(last.to)} at {local(last.at, zone)}"
        return f"To {verb} it makes no sense any more: {said}. Nothing of yours was written. {instead(lead)}", True
    said = f"it is {last.to} since {local(last.at, zone)}. {last.why}"
    return f"To {verb} it makes no sense: {said} {instead(lead)}", False


def _done(status: str) -> str:
    verbs = {"accepted": "accept", "rejected": "reject", "recycled": "recycle", "closed": "close"}
    return DONE[verbs[status]] if status in verbs else f"made it {status}"


def local(at: datetime, zone: ZoneInfo) -> str:
    """An instant as people read it, to the minute."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def number(lead: Lead, acts: Sequence[Act], merges: Sequence[Merge]) -> int:
    """How much has happened to a lead: acts, moves, joinings and partings. What somebody saw was "as of" this."""
    return len(happened(lead, acts, merges))


def happened(lead: Lead, acts: Sequence[Act], merges: Sequence[Merge]) -> list[tuple[datetime, str]]:
    """What happened to a lead, in the order in which it was known: the moment, and a clause that says who did what."""
    found: list[tuple[datetime, int, int, str]] = []
    places = {f"act {one.id}": 2 * place for place, one in enumerate(acts)}
    found += [(one.at, 2, places[f"act {one.id}"], f"{one.by} {DONE[one.verb]}") for one in acts]
    for move in lead.moves:
        # What an act led to follows it, the clock comes last, and what a touch or criteria led to was there before.
        phase = 2 if move.cause in places else 3 if move.cause == "clock" else 0
        found.append((move.known, phase, places.get(move.cause, 0) + 1, _moved(move)))
    for edge in merges:
        found.append((edge.at, 1, 0, f"{edge.by} joined it with another"))
        if edge.undone is not None:
            found.append((edge.undone, 1, 0, f"{edge.undone_by} parted it from another"))
    return [(at, said) for at, _, _, said in sorted(found, key=lambda one: one[:3])]


def _moved(move: Move) -> str:
    return f"its {move.what} became “{move.to}”" if move.to else f"its {move.what} was taken away"


def meanwhile(lead: Lead, happenings: Sequence[tuple[datetime, str]], seen: int, zone: ZoneInfo) -> str:
    """Who did what since somebody saw `seen`: the sentence for who was slower; acts before what they led to."""
    fresh = happenings[max(seen, 0) :]
    by_people = [one for one in fresh if not one[1].startswith("its ")] or fresh
    told = "; ".join(f"{said} at {local(at, zone)}" for at, said in by_people[-3:])
    if not told:
        return f"{lead.id} is as of {len(happenings)}, not {seen}: it was parted from another, or is not the one meant."
    now = f"It is as of {len(happenings)} now, and not {seen}"
    return f"{lead.id} was changed meanwhile: {told}. {now}."


def nearest(words: str, known: Sequence[str]) -> str:
    """The one of a closed list that somebody means (small letters, or its one beginning), or ''."""
    wanted = " ".join(words.split()).casefold()
    if not wanted:
        return ""
    exact = [one for one in known if one.casefold() == wanted]
    begun = [one for one in known if one.casefold().startswith(wanted)]
    return exact[0] if exact else begun[0] if len(begun) == 1 else ""


def unknown(words: str, known: Sequence[str], what: str) -> str:
    """The sentence for a word that is not of a closed list, with the nearest one."""
    near = difflib.get_close_matches(words.casefold()[:100], [one.casefold() for one in known], 1, 0.5)
    meant = next((one for one in known if near and one.casefold() == near[0]), "")
    guess = f"Did you mean “{meant}”? " if meant else ""
    return f"“{words[:60]}” is no {what}. {guess}There is: {', '.join(known)}."
