"""A mail to a `Reading`: what it is, who wrote it for whom, what is asked and by when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from commsleads.letters import Deadline, Letter, LetterClass, Reading, SourceRequest
from commsleads.mail import cut
from commsleads.rules.deadlines import find
from commsleads.rules.reading.desk import Desk
from commsleads.rules.reading.doubting import doubts_of
from commsleads.rules.reading.evidence import Evidence, permille, reasons, total
from commsleads.rules.reading.language import NAMES, READ, recognise
from commsleads.rules.reading.machines import Machine, examine, strongest
from commsleads.rules.reading.outlets import Where, written_for
from commsleads.rules.reading.people import Signed, called, reachable, role, shown_name, signed, telephone
from commsleads.rules.reading.press import weighed
from commsleads.rules.reading.questions import asked
from commsleads.rules.reading.subjects import answers
from commsleads.rules.reading.topics import request_type, topic, urgent
from commsleads.rules.reading.zones import written_in
from commsleads.rules.requests import service, split

LONGEST_OWN = 50_000
"""Characters of a mail's own words that are looked at; all of them are kept."""

_ENOUGH = 4.0
"""Points from which a mail is an enquiry: half of a journalist's usual one has."""

_STRONG = 5.5
"""Points from which a journalist's words outweigh a header that speaks of machines or lists."""

_LATE = timedelta(days=2)
_LONG_AGO = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class _Study:
    """A mail with what was found in it. `received` is when its words were written, as far as that may be believed."""

    letter: Letter
    desk: Desk
    received: datetime
    own: str
    quoted: str
    signature: Signed
    language: str
    machine: Machine
    journalist: str
    where: Where
    questions: tuple[str, ...]
    deadline: Deadline | None
    evidence: tuple[Evidence, ...]

    @property
    def points(self) -> float:
        return total(self.evidence)

    @property
    def readable(self) -> bool:
        """Whether its language is one of those that are read, or cannot be told."""
        return self.language in ("", *READ)


def read(letter: Letter, *, received: datetime, desk: Desk) -> Reading:
    """Read a mail. `received` is when it came, aware. It never raises for any letter, and its work is bounded.

    A mail that one of us forwarded is read as the mail within it; `received` stays, and words like "tomorrow" count
    from when they were written. Whatever the words do not say is left empty.
    """
    own, quoted, signature = _parted(letter.text)
    machine = examine(letter, own)
    kind, points, evidence = strongest(machine)
    if kind in ("bounce", "complaint_report"):
        return _by_machine(kind, points, evidence, letter, own)
    requests = split(letter, received=received, zone=desk.zone) if service(letter) else ()
    if requests:
        return _digest(letter, own, requests, desk)
    within = _forwarded(letter, own, desk)
    if within is not None:
        return _read_within(within, letter, received, desk)
    study = _study(letter, received, desk, own, quoted, signature, machine)
    return _classed(study, kind, points, evidence)


def _parted(text: str) -> tuple[str, str, Signed]:
    parts = cut(text)
    return parts.own[:LONGEST_OWN], parts.quoted[:LONGEST_OWN], signed(parts.own[:LONGEST_OWN], parts.signature[:4_000])


def _study(
    letter: Letter, received: datetime, desk: Desk, own: str, quoted: str, signature: Signed, machine: Machine
) -> _Study:
    """Look for everything. In a language that is not read, only for what stands in no words."""
    language = recognise(own if len(own) > 40 else f"{letter.subject}. {own}")
    journalist = called(letter, own, signature)
    written = _written(letter.sent_at, received, _LATE)
    if language not in ("", *READ):
        known = desk.outlet(letter.sender.domain)
        where = Where(known.name, "domain") if known else Where("", "")
        return _Study(letter, desk, written, own, quoted, signature, language, machine, journalist, where, (), None, ())
    where = written_for(letter, own, signature, desk, journalist)
    questions = asked(own)
    deadline = _due(letter, own, written, desk, language)
    evidence = weighed(letter, own, signature, desk, where, questions, deadline)
    return _Study(
        letter, desk, written, own, quoted, signature, language, machine, journalist, where, questions, deadline, tuple(evidence)
    )  # fmt: skip


def _written(said: datetime | None, received: datetime, tolerance: timedelta) -> datetime:
    """When the words were written: as the mail says, if that is believable, else when it came."""
    return said if said is not None and timedelta(0) <= received - said <= tolerance else received


def _due(letter: Letter, own: str, written: datetime, desk: Desk, language: str) -> Deadline | None:
    """The deadline in the own words, else in the subject, in the writer's zone."""
    zone, told = written_in(letter.date_raw, written, desk.zone, language)
    for text in (own, letter.subject):
        found = find(text, received=written, zone=zone, language=language, week=desk.week)
        if found is not None:
            why = found.why if told else f"{found.why} The mail does not tell its zone; ours was taken.".strip()
            return found._replace(why=why)
    return None


# --- what it is ----------------------------------------------------------------------------------------------------


def _classed(study: _Study, machine: str, points: float, evidence: list[Evidence]) -> Reading:
    """Weigh machine, conversation and enquiry against each other."""
    if machine == "auto_reply" and not _outweighs(study, study.machine.auto):
        return _by_machine(machine, points, evidence, study.letter, study.own)
    if machine == "newsletter" and not (study.points >= _STRONG and study.points > points):
        return _by_machine(machine, points, evidence, study.letter, study.own)
    answer = _conversation(study)
    if answer:
        return _told(study, LetterClass.REPLY, min(950, 450 + 200 * len(answer)), answer)
    if not study.readable:
        name = NAMES.get(study.language, f"a language that is not read ({study.language})")
        return _told(study, LetterClass.OTHER, 500, (f"It is written in {name}, which is not read here.",))
    sure = permille(study.points, _ENOUGH)
    if study.points >= _ENOUGH:
        return _told(study, LetterClass.ENQUIRY, sure, reasons(study.evidence))
    return _told(
        study, LetterClass.OTHER, 1000 - sure, reasons([one for one in study.evidence if one.points < 0] or [_NOTHING])
    )


_NOTHING = Evidence(-1, "Too little in it speaks for a press enquiry.")


def _outweighs(study: _Study, auto: list[Evidence]) -> bool:
    """Whether a journalist's words are stronger than headers that speak of a program, with no words that do."""
    words = any(
        "way" in one.reason or "confirms" in one.reason or "subject" in one.reason or "longer" in one.reason
        for one in auto
    )
    return study.points >= _STRONG and not words


def _conversation(study: _Study) -> tuple[str, ...]:
    """The sentences that make it an answer in a conversation, () if it is none."""
    letter = study.letter
    found: list[str] = []
    if letter.in_reply_to or letter.references:
        found.append("Its headers say that it answers another mail.")
    if answers(letter.subject):
        found.append("Its subject begins as answers do.")
    if study.quoted.strip() and letter.inner is None:
        found.append("It quotes the mail that it answers.")
    told = len(found) - (1 if found and found[0].startswith("Its headers") else 0)
    return tuple(found) if len(found) > told or told >= 2 or (study.quoted.strip() and letter.inner is None) else ()


def _by_machine(kind: str, points: float, evidence: list[Evidence], letter: Letter, own: str) -> Reading:
    """What a machine wrote is not read any further."""
    sure = permille(points, 3.0)
    doubts = ("It is not certain that a machine wrote it.",) if sure < 700 else ()
    return Reading(
        kind=LetterClass(kind), permille=sure, reasons=reasons(evidence), own=own, journalist=shown_name(letter),
        email=reachable(letter), topic=topic(letter.subject, ()), doubts=doubts,
    )  # fmt: skip


def _digest(letter: Letter, own: str, requests: tuple[SourceRequest, ...], desk: Desk) -> Reading:
    count = "one request" if len(requests) == 1 else f"{len(requests)} requests"
    return Reading(
        kind=LetterClass.JOURNALIST_REQUEST, permille=970,
        reasons=(f"It is a mail of a request service ({service(letter)}) with {count} by journalists.",), own=own,
        email=reachable(letter), topic=topic(letter.subject, ()), requests=requests,
        forwarded=letter.inner is not None and desk.owns(letter.sender.address),
    )  # fmt: skip


def _told(study: _Study, kind: LetterClass, sure: int, why: tuple[str, ...]) -> Reading:
    letter, own = study.letter, study.own
    reading = Reading(
        kind=kind, permille=sure, reasons=why, own=own, journalist=study.journalist, email=reachable(letter),
        phone=telephone(own, study.signature), role=role(own, study.signature), outlet=study.where.name,
        topic=topic(letter.subject, study.questions), questions=study.questions, language=study.language, deadline=study.deadline,
    )  # fmt: skip
    if study.readable and kind in (LetterClass.ENQUIRY, LetterClass.REPLY):
        zone = written_in(letter.date_raw, study.received, study.desk.zone, study.language).zone
        reading = replace(
            reading,
            request_type=request_type(letter.subject, study.questions, own),
            urgent=urgent(letter.subject, own, study.deadline, study.received, zone, study.desk.week),
        )
    return replace(reading, doubts=doubts_of(reading, letter, study.machine, study.desk, study.where, study.evidence))


# --- what was forwarded --------------------------------------------------------------------------------------------


def _forwarded(letter: Letter, own: str, desk: Desk) -> Letter | None:
    """The mail to be read instead, if somebody passed it on to us: the first within that is not our own.

    Strangers who forward with words of their own are read themselves: they may show us what they ask about.
    """
    inner = letter.inner
    if inner is None or not (desk.owns(letter.sender.address) or not own.strip()):
        return None
    while inner.inner is not None and (desk.owns(inner.sender.address) or not inner.sender.address):
        inner = inner.inner
    return None if desk.owns(inner.sender.address) else inner


def _read_within(inner: Letter, outer: Letter, received: datetime, desk: Desk) -> Reading:
    written = _written(inner.sent_at, received, _LONG_AGO)
    # What is quoted has no recipients that could be believed, and its zone is that of who quotes it.
    reading = read(
        replace(inner, inner=None, to=inner.to or outer.to, date_raw=inner.date_raw if "-" in inner.date_raw[-6:] or "+" in inner.date_raw[-6:] else outer.date_raw, sent_at=written),
        received=written, desk=desk,
    )  # fmt: skip
    doubts = reading.doubts
    if not desk.owns(outer.sender.address):
        doubts = (*doubts, f"Somebody outside ({outer.sender.address or 'without address'}) forwarded it.")
    if not inner.sender.address:
        doubts = (*doubts, "Who first wrote it cannot be read.")
    return replace(
        reading,
        forwarded=True,
        reasons=("It was forwarded; the mail within was read.", *reading.reasons),
        doubts=doubts,
    )
