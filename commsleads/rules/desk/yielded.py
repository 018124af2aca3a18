"""Coverage back to the enquiry: whether a story came of one, as a suggestion that a person confirms or refuses.

By who wrote it, where, about what, when, and whose words it repeats. Who wrote and where alone is no reason: reporters
write every day. Nothing here counts before a person has confirmed it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from commsleads import urls
from commsleads.rules.desk.setphrases import UNREACHED
from commsleads.rules.desk.stems import STOP, stem, stems_of, words_of
from commsleads.rules.desk.unreached import Passage, unreached
from commsleads.text import fold

__all__ = ["Asked", "Passage", "Suggestion", "Told", "shared_words", "suggest", "unreached"]

WITHIN = timedelta(days=30)
"""How long after the answer (or the deadline that passed without one) a story still came of the enquiry."""

SHINGLE, SAME = 6, 9
"""Words on end that are shared by chance hardly ever: with three that mean something, and with whatever words."""

THRESHOLD = 500
"""Permille from which a story is suggested."""

JOURNALIST, INITIAL, OUTLET, TOPIC, QUOTED, LONG_QUOTE, MISSED = 350, 200, 250, 300, 400, 550, 350
"""What each reason weighs, in permille: guesses of ours, until enough suggestions are confirmed and refused."""

_LONGEST = 100_000
_TOKEN = re.compile(r"[^\W_]+")
_NO_NAME = frozenset({"by", "von", "par", "por", "and", "und", "et", "y", "the", "dr", "prof"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An enquiry as it is compared. `answer` is what was sent, verbatim; `sites` are registrable domains of the outlet.

    `answered_at` is None while there is no answer; then the deadline counts, or without one the receipt.
    """

    id: str
    received_at: datetime
    answered_at: datetime | None = None
    deadline_at: datetime | None = None
    journalists: tuple[str, ...] = ()
    outlet: str = ""
    sites: tuple[str, ...] = ()
    subject: str = ""
    questions: tuple[str, ...] = ()
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story as it is compared; `at` is when it was published, or first seen where that is not known."""

    id: str
    at: datetime
    title: str = ""
    text: str = ""
    author: str = ""
    outlet: str = ""
    url: str = ""


class Suggestion(NamedTuple):
    """A story that may have come of an enquiry: how sure (permille) and why, in sentences.

    `quote_used` is True when words of our answer stand in it, None when that cannot be said: a paraphrase is no quote,
    and often only the beginning of a story is known. `unreached` is the passage that says that we could not be reached,
    '' if none does; `declined` that we declined to comment.
    """

    enquiry: str
    story: str
    permille: int
    reasons: tuple[str, ...]
    quote_used: bool | None = None
    unreached: str = ""
    declined: str = ""


def suggest(asked: Asked, told: Told, now: datetime, names: Sequence[str] = ()) -> Suggestion | None:
    """The suggestion that a story came of an enquiry; None when it did not, or nothing but chance speaks for it.

    `names` are the organisation's own, by which passages such as "could not be reached" are known to be about us.
    """
    since = asked.answered_at or asked.deadline_at or asked.received_at
    if not asked.received_at <= told.at <= min(now, max(since, asked.received_at) + WITHIN):
        return None
    story = f"{told.title}\n{told.text[:_LONGEST]}"
    reasons: list[str] = []
    by = _by(asked, told, reasons)
    topic = _topic(asked, story, reasons)
    quote = shared_words(asked.answer, story)
    passage = unreached(story, names)
    weight = by + topic
    if quote:
        weight += LONG_QUOTE if len(quote.split()) >= 2 * SHINGLE else QUOTED
        reasons.append(f"It repeats words of our answer: “{quote[:200]}”.")
    late = asked.answered_at is None or told.at < asked.answered_at
    if passage and passage.kind == UNREACHED and late and by:
        weight += MISSED
        reasons.append(f"It says that we gave no answer: “{passage.words[:200]}”")
    told_of_us = bool(topic or quote or (passage and late))
    if weight < THRESHOLD or not told_of_us:
        return None
    reasons.append(_when(asked, told))
    kind = passage.kind if passage else ""
    words = passage.words if passage else ""
    return Suggestion(
        asked.id, told.id, min(weight, 990), tuple(reasons), True if quote else None,
        words if kind == UNREACHED else "", words if kind not in ("", UNREACHED) else "",
    )  # fmt: skip


def _by(asked: Asked, told: Told, reasons: list[str]) -> int:
    weight = 0
    author = _name(told.author)
    for journalist in asked.journalists:
        name = _name(journalist)
        if len(name) >= 2 and set(name) <= set(author):
            weight = JOURNALIST
            reasons.append(f"It is by {journalist}, who asked.")
            break
        if len(name) >= 2 and name[-1] in author and any(len(one) == 1 and name[0].startswith(one) for one in author):
            weight = INITIAL
            reasons.append(f"It may be by {journalist}, who asked: it is signed {told.author}.")
            break
    site = urls.site(urls.host(told.url))
    outlet = _outlet(asked.outlet)  # '' of "The" is no outlet's name
    if (site and site in asked.sites) or (outlet and outlet == _outlet(told.outlet)):
        weight += OUTLET
        reasons.append(f"It appeared in {told.outlet or asked.outlet or site}, which asked.")
    return weight


def _topic(asked: Asked, story: str, reasons: list[str]) -> int:
    """By how many of the words of the enquiry stand in the story: those of the subject, and of the questions."""
    wanted = stems_of(" ".join((asked.subject, *asked.questions))[:5_000])
    # Who asked is no topic.
    wanted -= stems_of(" ".join((*asked.journalists, asked.outlet)))
    present = stems_of(story) & wanted
    if len(present) < 2:
        return 0
    subject = stems_of(asked.subject)
    share = max(len(present) / len(wanted), len(present & subject) / len(subject) if len(subject) > 1 else 0.0)
    shown = [word.text for word in words_of(story[:20_000]) if word.carries and word.stem in present]
    names: dict[str, str] = {}
    for word in shown:
        names.setdefault(stem(word), word)
    if share * TOPIC < 60:
        return 0
    reasons.append(f"It is about the same: {', '.join(list(names.values())[:5])}.")
    return round(TOPIC * min(1.0, share / 0.6))


def shared_words(answer: str, story: str) -> str:
    """The longest run of words (six or more) of an answer that stands in a story, as the story has it; '' if none.

    A run of set words ("thank you for your enquiry") does not count: three must mean something, or nine be the same.
    """
    ours = [fold(match[0]) for match in _TOKEN.finditer(answer[:_LONGEST])]
    shingles = {tuple(ours[at : at + SHINGLE]) for at in range(len(ours) - SHINGLE + 1)}
    if not shingles:
        return ""
    matches = list(_TOKEN.finditer(story[:_LONGEST]))
    theirs = [fold(match[0]) for match in matches]
    best, at = (0, 0), 0
    while at <= len(theirs) - SHINGLE:
        end = at
        while end <= len(theirs) - SHINGLE and tuple(theirs[end : end + SHINGLE]) in shingles:
            end += 1
        if end - at > best[1] - best[0] and _tells(theirs[at : end + SHINGLE - 1]):
            best = (at, end)
        at = max(end, at + 1)
    first, last = best
    return " ".join(story[matches[first].start() : matches[last + SHINGLE - 2].end()].split()) if last > first else ""


def _tells(words: Sequence[str]) -> bool:
    return len(words) >= SAME or sum(len(word) > 2 and word not in STOP for word in words) >= 3


def _name(name: str) -> list[str]:
    """The parts of a person's name, folded; of several authors all of them."""
    return [part for part in _TOKEN.findall(fold(name[:300])) if part not in _NO_NAME]


def _outlet(name: str) -> str:
    return " ".join(
        part for part in _TOKEN.findall(fold(name[:200])) if part not in {"the", "der", "die", "das", "le", "la", "el"}
    )


def _when(asked: Asked, told: Told) -> str:
    if asked.answered_at is not None and told.at >= asked.answered_at:
        since, what = asked.answered_at, "the answer"
    elif asked.deadline_at is not None and told.at >= asked.deadline_at:
        since, what = asked.deadline_at, "the deadline"
    else:
        since, what = asked.received_at, "the enquiry"
    days = (told.at - since).days
    return (
        f"It appeared {days} days after {what}."
        if days > 1
        else f"It appeared within {days + 1} {'day' if not days else 'days'} of {what}."
    )
