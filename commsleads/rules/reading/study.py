"""A mail with all that was found in it, before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from commsleads.letters import Deadline, Letter
from commsleads.mail import cut
from commsleads.rules.deadlines import find
from commsleads.rules.reading.desk import Desk
from commsleads.rules.reading.language import READ, recognise
from commsleads.rules.reading.outlets import Where, written_for
from commsleads.rules.reading.people import Signed, called, signed
from commsleads.rules.reading.questions import asked
from commsleads.rules.reading.zones import Zoned, written_in

LONGEST_OWN = 50_000
"""Characters of a mail's own words that are read."""

_LONGEST_SIGNATURE = 4_000
_LATE = timedelta(days=2)


class Words(NamedTuple):
    """A mail's text, parted: its writer's words, what is quoted, and the signature in lines."""

    own: str
    quoted: str
    signature: Signed


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What was found. `written` is when the words were written, as far as that may be believed."""

    letter: Letter
    desk: Desk
    words: Words
    written: datetime
    language: str
    zoned: Zoned
    journalist: str
    where: Where
    questions: tuple[str, ...] = ()
    deadline: Deadline | None = None

    @property
    def readable(self) -> bool:
        """Whether its language is one of those that are read, or cannot be told."""
        return self.language in ("", *READ)


def part(text: str) -> Words:
    """Part a mail's text, so that nobody reads what others wrote as its writer's words."""
    parts = cut(text)
    own = parts.own[:LONGEST_OWN]
    return Words(own, parts.quoted[:LONGEST_OWN], signed(own, parts.signature[:_LONGEST_SIGNATURE]))


def look(letter: Letter, words: Words, *, received: datetime, desk: Desk) -> Study:
    """Look for everything; in a language that is not read, only for what stands in no words."""
    own = words.own
    language = recognise(own if len(own) > 40 else f"{letter.subject}. {own}")
    written = believed(letter.sent_at, received, _LATE)
    known = desk.outlet(letter.sender.domain)
    study = Study(
        letter=letter,
        desk=desk,
        words=words,
        written=written,
        language=language,
        zoned=written_in(letter.date_raw, written, desk.zone, language),
        journalist=called(letter, own, words.signature),
        where=Where(known.name, "domain") if known else Where("", ""),
    )
    return _read_words(study) if study.readable else study


def _read_words(study: Study) -> Study:
    letter, words = study.letter, study.words
    return replace(
        study,
        where=written_for(letter, words.own, words.signature, study.desk, study.journalist),
        questions=asked(words.own),
        deadline=_due(study),
    )


def _due(study: Study) -> Deadline | None:
    """The deadline in the own words, else in the subject, in the writer's zone."""
    zone, told = study.zoned
    for text in (study.words.own, study.letter.subject):
        found = find(text, received=study.written, zone=zone, language=study.language, week=study.desk.week)
        if found is not None:
            untold = "The mail does not tell its zone; ours was taken."
            return found if told else found._replace(why=f"{found.why} {untold}".strip())
    return None


def believed(said: datetime | None, received: datetime, tolerance: timedelta) -> datetime:
    """When the words were written: as the mail says, if that is believable, else when it came."""
    return said if said is not None and timedelta(0) <= received - said <= tolerance else received
