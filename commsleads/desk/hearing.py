"""What a person types while the telephone is still warm: who, from where, what, by when.

Nothing is guessed: what could not be told apart stays in the subject, and words about a time that could not be read are
kept as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from commsleads.desk.record import Desk
from commsleads.letters import Deadline
from commsleads.plan import Outlet
from commsleads.rules.contacts.register import declared
from commsleads.store.desk.people import Person

LONGEST = 2_000
"""Characters of a line that is typed; more belongs into `--background`."""
_CUE = re.compile(
    r"(?<!\w)(?:by|before|until|till|no later than|not later than|deadline:?|within|in the next|"
    r"bis|spätestens|avant|d['’]ici|pour|jusqu['’]à|antes de(?:l)?|hasta|para el)(?!\w)",
    re.IGNORECASE,
)
"""Words that only a deadline is led in by, wherever they stand."""
_TIME = re.compile(
    r"(?<=[,;.?!–—-] )(?:today|tonight|tomorrow|this (?:morning|afternoon|evening|week)|noon|midday|midnight|"
    r"cob|eob|eod|eop|close of|end of|first thing|asap|as soon as|(?:next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"heute|morgen|ce soir|demain|hoy|mañana|\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|a\.m|p\.m|uhr|h))(?!\w)",
    re.IGNORECASE,
)
"""A time on its own is a deadline only in a clause of its own: "what happened today?" asks about the day."""
_NO_DEADLINE = frozenset({"", "-", "none", "no deadline", "none stated", "no rush", "whenever"})
_FROM = re.compile(r"\s+(?:from|of|at|with|for)\s+(?:the\s+)?(?=[A-Z0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was understood of a line. Empty is not said."""

    person: Person
    subject: str
    questions: tuple[str, ...] = ()
    deadline: Deadline | None = None
    deadline_text: str = ""
    unread: str = ""
    """The first words that look like a time, when none was taken for the deadline."""


def line(desk: Desk, words: str, *, received: datetime, zone: ZoneInfo) -> Heard:
    """The free form: ``Ruth Calder, North County Post: how many jobs go in Leeds? by COB Thursday``."""
    words = " ".join(words[:LONGEST].split())
    who, colon, rest = _halves(words)
    if not colon:
        who, rest = "", words
    deadline, text, subject = _last_words(desk, rest, received=received, zone=zone)
    return Heard(
        person=caller(who, desk.settings.outlets),
        subject=subject,
        questions=asked(subject),
        deadline=deadline,
        deadline_text=text,
        unread="" if deadline else _looks_like(rest),
    )


def _halves(words: str) -> tuple[str, str, str]:
    """Before and after the first colon that ends the caller: one with a space behind, and no question before it."""
    who, colon, rest = words.partition(": ")
    if "?" in who or len(who) > 160:
        return "", "", words
    return who, colon, rest


def caller(words: str, outlets: Sequence[Outlet] = ()) -> Person:
    """Who calls: ``Ruth Calder, North County Post, +44 20 7946 0000``, in any order of address and number.

    The first of the other pieces is the name and the second the outlet; a single one is the outlet when the register
    knows it.
    """
    words = words.strip()[:LONGEST]
    names: list[str] = []
    email = phone = ""
    for piece in re.split(r"[,;]|<|>|\(|\)", words):
        said = " ".join(piece.split()).removeprefix("the ")
        if not said:
            continue
        if "@" in said:
            email = email or said.rpartition(" ")[2]
        elif len(re.sub(r"\D", "", said)) >= 5 and not re.search(r"[^\W\d]{3}", said):
            phone = phone or said
        else:
            names.append(said)
    if len(names) == 1:
        names = _FROM.split(names[0], maxsplit=1)
    if len(names) == 1 and declared(outlets, names[0]):
        names.insert(0, "")
    name, outlet, *rest = [*names, "", ""]
    return Person(name=name, outlet=outlet, email=email, phone=phone, role=next(iter(filter(None, rest)), ""))


def asked(words: str) -> tuple[str, ...]:
    """The questions in a line, each with its mark."""
    return tuple(found.strip(" ,;-") for found in re.findall(r"[^.?!]*\?", words) if re.search(r"\w", found))


def by_when(desk: Desk, words: str, *, received: datetime, zone: ZoneInfo) -> tuple[Deadline | None, str]:
    """A deadline in the caller's words: what was read of it, and the words. No words when there is none."""
    from commsleads.rules.deadlines import read

    words = " ".join(words.split())[:LONGEST]
    if words.casefold() in _NO_DEADLINE:
        return None, ""
    return read(words, received=received, zone=zone, week=desk.week(received)), words


def _last_words(desk: Desk, rest: str, *, received: datetime, zone: ZoneInfo) -> tuple[Deadline | None, str, str]:
    """A deadline at the end of what is asked, and what is left. The longest ending that can be read is taken.

    An ending with a question mark is part of what is asked: "will it open by 10am?" gives us no time.
    """
    from commsleads.rules.deadlines import read

    week = desk.week(received)
    starts = sorted({found.start() for cue in (_CUE, _TIME) for found in list(cue.finditer(rest))[-4:]})
    for start in starts:
        words = rest[start:].strip(" .;,!")
        if words.endswith("?"):
            continue
        deadline = read(words, received=received, zone=zone, week=week)
        if deadline is not None:
            return deadline, words, rest[:start].strip(" ,;-–—(") or words
    return None, "", rest.strip()


def _looks_like(rest: str) -> str:
    found = _CUE.search(rest) or _TIME.search(rest)
    return " ".join(rest[found.start() :].split()[:3]) if found else ""
