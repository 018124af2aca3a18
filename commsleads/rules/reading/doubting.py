"""Why a person should look at a mail before it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commsleads.letters import Letter, LetterClass, Reading
from commsleads.rules.reading.desk import Desk, same_house
from commsleads.rules.reading.evidence import Evidence, permille, total
from commsleads.rules.reading.language import NAMES, READ
from commsleads.rules.reading.machines import Machine
from commsleads.rules.reading.outlets import Where
from commsleads.text import fold

SURE = 700
"""Permille from which a class needs nobody's look."""

_FAILED = re.compile(r"\b(dmarc|spf|dkim)\s?=\s?(\w+)", re.IGNORECASE)
_MAYBE = 250


def doubts_of(
    reading: Reading, letter: Letter, machine: Machine, desk: Desk, where: Where, evidence: Sequence[Evidence]
) -> tuple[str, ...]:
    """The reasons for which somebody should look, () if there is none. `evidence` is that for and against an enquiry."""
    doubts: list[str] = []
    if reading.language and reading.language not in READ:
        name = NAMES.get(reading.language, reading.language)
        doubts.append(f"It is written in {name}: please say what it is.")
    elif reading.kind is LetterClass.OTHER and permille(total(evidence), 4.0) >= _MAYBE:
        doubts.append("It may be a press enquiry all the same.")
    elif (
        reading.kind is LetterClass.OTHER
        and total([one for one in evidence if one.points >= 1.5]) >= 2.5
        and total(evidence) > -1
    ):
        doubts.append("Some of its words are a journalist's.")
    elif reading.kind is LetterClass.OTHER and reading.questions and not any(one.points < 0 for one in evidence):
        # The worst that can happen is an enquiry that nobody saw.
        doubts.append("It asks something, and nothing in it says what else it is.")
    elif reading.kind in (LetterClass.ENQUIRY, LetterClass.REPLY) and reading.permille < SURE:
        doubts.append("It is not certain what it is.")
    if reading.kind is LetterClass.ENQUIRY:
        doubts += _on_enquiry(letter, machine, desk, where)
    return tuple(dict.fromkeys(doubts))


def _on_enquiry(letter: Letter, machine: Machine, desk: Desk, where: Where) -> list[str]:
    doubts = [
        f"A journalist's words stand beside a header of machines or lists ({mark})." for mark in machine.headers[:1]
    ]
    said = dict(
        reversed(
            [
                (name.lower(), result.lower())
                for name, result in _FAILED.findall(letter.marks.get("authentication-results", ""))
            ]
        )
    )
    if said.get("dmarc") == "fail" or (
        said.get("spf") == "fail" and "pass" not in (said.get("dkim"), said.get("dmarc"))
    ):
        doubts.append("Its sender could not be proved (DMARC or SPF failed): it may be somebody else.")
    sender, reply_to = letter.sender, letter.reply_to
    if reply_to.address and reply_to.domain != sender.domain and not same_house(reply_to.domain, sender.domain):
        doubts.append(f"Answers would go to another house: {reply_to.address}.")
    known = next((one for one in desk.outlets if one.name == where.name and one.domains), None)
    if known and where.by != "domain" and "free" not in fold(letter.text[:4_000]):
        doubts.append(f"It names {known.name}, and was not sent from {known.domains[0]}.")
    return doubts
