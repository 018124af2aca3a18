"""A mail to a `Reading`: what it is, who wrote it for whom, what is asked and by when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from commsleads.letters import Letter, LetterClass, Reading, SourceRequest
from commsleads.rules.reading.desk import Desk
from commsleads.rules.reading.doubting import SURE, doubts_of
from commsleads.rules.reading.evidence import Evidence, permille, reasons, total
from commsleads.rules.reading.forwarding import passed_on, unwrapped, wrapped
from commsleads.rules.reading.language import NAMES
from commsleads.rules.reading.machines import Machine, examine
from commsleads.rules.reading.people import reachable, role, shown_name, telephone
from commsleads.rules.reading.press import ENOUGH, weighed
from commsleads.rules.reading.study import Study, Words, look, part
from commsleads.rules.reading.subjects import answers
from commsleads.rules.reading.topics import request_type, topic, urgent
from commsleads.rules.requests import service, split

_STRONG = 5.5
"""Points from which a journalist's words outweigh a header that speaks of machines or lists."""

_UNREAD = 500
"""Permille of what nobody here can read."""

_BY_HEADERS = "Its headers say that it answers another mail."
_NOTHING = Evidence(-1, "Too little in it speaks for a press enquiry.")


def read(letter: Letter, *, received: datetime, desk: Desk) -> Reading:
    """Read a mail. `received` is when it came, aware. It never raises for any letter, and its work is bounded.

    A mail that one of us forwarded is read as the mail within it; `received` stays, and words like "tomorrow" count
    from when they were written. Whatever the words do not say is left empty.
    """
    words = part(letter.text)
    machine = examine(letter, words.own)
    kind, evidence = machine.strongest()
    if kind in (LetterClass.BOUNCE, LetterClass.COMPLAINT_REPORT):
        return _by_machine(kind, evidence, letter, words)
    requests = split(letter, received=received, zone=desk.zone) if service(letter) else ()
    if requests:
        return _digest(letter, words, requests, desk)
    inner = passed_on(letter, words.own, desk)
    if inner is not None:
        alone, written = unwrapped(inner, letter, received)
        return wrapped(read(alone, received=written, desk=desk), inner, letter, desk)
    study = look(letter, words, received=received, desk=desk)
    return _classed(study, machine, weighed(study) if study.readable else [])


def _classed(study: Study, machine: Machine, evidence: list[Evidence]) -> Reading:
    """Weigh machine, conversation and enquiry against each other."""
    points = total(evidence)
    kind, against = machine.strongest()
    if kind is LetterClass.AUTO_REPLY and (points < _STRONG or machine.says_so):
        return _by_machine(kind, against, study.letter, study.words)
    if kind is LetterClass.NEWSLETTER and (points < _STRONG or points <= total(against)):
        return _by_machine(kind, against, study.letter, study.words)
    answer = _conversation(study.letter, study.words)
    if answer:
        reading = _told(study, LetterClass.REPLY, _sure_of(answer), answer)
    elif not study.readable:
        name = NAMES.get(study.language, study.language)
        reading = _told(study, LetterClass.OTHER, _UNREAD, (f"It is written in {name}, which is not read here.",))
    elif points >= ENOUGH:
        reading = _told(study, LetterClass.ENQUIRY, permille(points, ENOUGH), reasons(evidence))
    else:
        why = [one for one in evidence if one.points < 0] or [_NOTHING]
        reading = _told(study, LetterClass.OTHER, 1000 - permille(points, ENOUGH), reasons(why))
    return replace(reading, doubts=doubts_of(reading, study, machine, evidence))


def _conversation(letter: Letter, words: Words) -> tuple[str, ...]:
    """The sentences that make it an answer in a conversation, () if it is none. A prefix alone makes none: people
    answer to news releases when they begin to ask."""
    found: list[str] = []
    if letter.in_reply_to or letter.references:
        found.append(_BY_HEADERS)
    if words.quoted.strip() and letter.inner is None:
        found.append("It quotes the mail that it answers.")
    if found and answers(letter.subject):
        found.append("Its subject begins as answers do.")
    return tuple(found)


def _sure_of(answer: tuple[str, ...]) -> int:
    """Headers alone are enough; a quote alone might be anybody's."""
    return min(950, 450 + 200 * len(answer) + 100 * (_BY_HEADERS in answer))


def _by_machine(kind: LetterClass, evidence: list[Evidence], letter: Letter, words: Words) -> Reading:
    """What a machine wrote is not read any further."""
    sure = permille(total(evidence), 2.5)
    return Reading(
        kind=kind,
        permille=sure,
        reasons=reasons(evidence),
        own=words.own,
        journalist=shown_name(letter),
        email=reachable(letter),
        topic=topic(letter.subject, ()),
        doubts=("It is not certain that a machine wrote it.",) if sure < SURE else (),
    )


def _digest(letter: Letter, words: Words, requests: tuple[SourceRequest, ...], desk: Desk) -> Reading:
    count = "one request" if len(requests) == 1 else f"{len(requests)} requests"
    return Reading(
        kind=LetterClass.JOURNALIST_REQUEST,
        permille=970,
        reasons=(f"It is a mail of a request service ({service(letter)}) with {count} by journalists.",),
        own=words.own,
        email=reachable(letter),
        topic=topic(letter.subject, ()),
        requests=requests,
        forwarded=letter.inner is not None and desk.owns(letter.sender.address),
    )


def _told(study: Study, kind: LetterClass, sure: int, why: tuple[str, ...]) -> Reading:
    """A person's mail, with its fields."""
    letter, own, signature = study.letter, study.words.own, study.words.signature
    reading = Reading(
        kind=kind,
        permille=sure,
        reasons=why,
        own=own,
        journalist=study.journalist,
        email=reachable(letter),
        phone=telephone(own, signature),
        role=role(own, signature),
        outlet=study.where.name,
        topic=topic(letter.subject, study.questions),
        questions=study.questions,
        language=study.language,
        deadline=study.deadline,
    )
    if not study.readable or kind is LetterClass.OTHER:
        return reading
    week, zone = study.desk.week, study.zoned.zone
    hurried = urgent(letter.subject, own, study.deadline, written=study.written, zone=zone, week=week)
    return replace(reading, request_type=request_type(letter.subject, study.questions, own), urgent=hurried)
