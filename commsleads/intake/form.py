"""The way in for the public enquiry form: one function that a web page calls with what was filled in.

What passes becomes a letter on the channel "web form" and is read like a mail. What does not is counted by its reason.
A machine that filled the trap is told that all went well, so that it learns nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from commsleads.contract import Signal, SignalKind
from commsleads.intake.letters import Letters, Post
from commsleads.intake.readers import FORM
from commsleads.letters import Letter, Party
from commsleads.store import form as store
from commsleads.store import sources as timetable
from commsleads.store import threads as ties
from commsleads.store.desk import enquiries
from commsleads.store.engine import Session, stamp

SOURCE = "enquiry-form"
TRAP = "website"
"""A field that no person sees. Whoever fills it is a machine."""
FIELDS: Mapping[str, int] = MappingProxyType({
    "name": 200, "email": 254, "phone": 60, "outlet": 200, "subject": 300, "message": 10_000, "deadline": 200,
})  # fmt: skip
"""The fields that are read, each with its greatest length in characters."""
REQUIRED = ("name", "email", "message")
LONGEST_CONSENT = 5_000
SENDER_PER_HOUR = 5
ALL_PER_HOUR = 60
QUICKEST = 3.0
"""Seconds in which nobody fills in a form."""
_ADDRESS = re.compile(r"[^\s@<>\",;:()\[\]\\]{1,64}@[^\s@<>\",;:()\[\]\\]{1,190}\.[^\s@<>\",;:()\[\]\\.]{2,60}")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


class Posted(NamedTuple):
    """The answer to a post. `problems` are sentences by field, for the page; `reference` is for the sender."""

    ok: bool
    problems: Mapping[str, str] = MappingProxyType({})
    reference: str = ""
    letter_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much may come in an hour, and how quickly a form may be filled in."""

    sender_per_hour: int = SENDER_PER_HOUR
    all_per_hour: int = ALL_PER_HOUR
    quickest: float = QUICKEST


USUAL = Limits()
TOO_MANY = "Too many enquiries were sent. Please call us, or try again in an hour."
CONSENT = "Please agree that we keep what you wrote in order to answer you."


def post(
    session: Session,
    letters: Letters,
    fields: Mapping[str, str],
    *,
    sender: str,
    now: datetime,
    limits: Limits = USUAL,
) -> Posted:
    """Take in what somebody filled in.

    `fields` are those of `FIELDS`, `consent` (the words beside the box, when it was ticked), the trap `website` and,
    if the page measures it, `seconds` between showing and sending. `sender` is an address of the network or anything
    else that tells senders apart; only its keyed hash of the day is kept, for the limit.
    """
    given = {name: _clean(fields.get(name, ""), most) for name, most in FIELDS.items()}
    consent = _clean(fields.get("consent", ""), LONGEST_CONSENT)
    with session.atomic():
        if fields.get(TRAP, "").strip() or _seconds(fields.get("seconds", "")) < limits.quickest:
            store.refused(session, now, "machine")
            return Posted(True)
        hour, whose = stamp(now)[:13], store.hashed(session, sender, now)
        mine, every = store.counted(session, hour, whose)
        if mine >= limits.sender_per_hour or every >= limits.all_per_hour:
            store.refused(session, now, "too many of one sender" if mine >= limits.sender_per_hour else "too many")
            return Posted(False, {"": TOO_MANY})
        if problems := _problems(given, consent, fields):
            store.refused(session, now, "not filled in")
            return Posted(False, problems)
        store.count(session, now, hour, whose)
        ident = _keep(session, letters, given, consent, now)
    letters.take_in(session, now)
    placed = ties.placed(session, ident)
    row = enquiries.by_id(session, placed[0]) if placed else None
    return Posted(True, reference=row["reference"] if row else "", letter_id=ident)


def _keep(session: Session, letters: Letters, given: Mapping[str, str], consent: str, now: datetime) -> str:
    timetable.by_hand(session, SOURCE, kind="form", name="Enquiry form", why="It is fed by the enquiry form.")
    signal = Signal(
        external_id="", kind=SignalKind.MESSAGE, letter=_letter(given, now), extra={"channel": FORM, "folder": "form"}
    )
    (kept,) = letters.keep(session, [Post(SOURCE, [signal])], now)
    store.consent(session, kept.ids[0], now, consent)
    return kept.ids[0]


def _letter(given: Mapping[str, str], now: datetime) -> Letter:
    """What was filled in, as a letter. The day is part of it: the same words on another day are another enquiry."""
    one_line = {name: " ".join(value.split()) for name, value in given.items() if name != "message"}
    said = [given["message"]]
    said += [f"Deadline: {one_line['deadline']}"] if one_line["deadline"] else []
    said += ["", one_line["name"], *filter(None, (one_line["outlet"], one_line["phone"]))]
    marks = {f"form-{name}": one_line[name] for name in ("outlet", "phone", "deadline") if one_line[name]}
    return Letter(
        subject=one_line["subject"],
        text="\n".join(said),
        sender=Party(one_line["name"], one_line["email"].lower()),
        date_raw=stamp(now)[:10],
        sent_at=now,
        marks=marks,
    )


def _problems(given: Mapping[str, str], consent: str, fields: Mapping[str, str]) -> dict[str, str]:
    """What keeps a post out, a sentence a field."""
    problems = {name: "Please fill this in." for name in REQUIRED if not given[name].strip()}
    if given["email"] and not _ADDRESS.fullmatch(given["email"].strip()):
        problems["email"] = "This is no e-mail address."
    for name, most in FIELDS.items():
        if len(fields.get(name, "")) > most:
            problems[name] = f"Please write at most {most:,} characters."
    if not consent:
        problems["consent"] = CONSENT
    return problems


def _clean(value: str, most: int) -> str:
    """Text without what cannot be seen, lines ended alike. One character too many is left, so that it is noticed."""
    return _UNSEEN.sub("", value[: most + 1]).replace("\r\n", "\n").replace("\r", "\n").strip()


def _seconds(value: str) -> float:
    """How long it took; a page that does not measure is believed, a measure that is no number is a machine's."""
    if not value:
        return float("inf")
    try:
        took = float(value[:20])
    except ValueError:
        return 0.0
    return took if took >= 0 else 0.0  # which "nan" is not
