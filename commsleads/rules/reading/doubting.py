"""Why a person should look at a mail before it counts."""

from __future__ import annotations

from commsleads.letters import LetterClass, Reading
from commsleads.rules.reading.desk import same_house
from commsleads.rules.reading.evidence import Evidence, permille, total
from commsleads.rules.reading.language import NAMES
from commsleads.rules.reading.machines import Machine
from commsleads.rules.reading.press import ENOUGH
from commsleads.rules.reading.proof import unproved
from commsleads.rules.reading.study import Study
from commsleads.text import fold

SURE = 700
"""Permille from which a class needs nobody's look."""

_MAYBE = 250


def doubts_of(reading: Reading, study: Study, machine: Machine, evidence: list[Evidence]) -> tuple[str, ...]:
    """The reasons for which somebody should look, () if there is none. `evidence` is that on an enquiry."""
    doubts: list[str] = []
    if not study.readable:
        doubts.append(f"It is written in {NAMES.get(study.language, study.language)}: please say what it is.")
    elif reading.kind is LetterClass.OTHER:
        doubts += _on_other(reading, evidence)
    elif reading.permille < SURE:
        doubts.append("It is not certain what it is.")
    if reading.kind is LetterClass.ENQUIRY:
        doubts += [
            f"A journalist's words stand beside a header of machines or lists ({one})." for one in machine.headers[:1]
        ]
        doubts += _on_sender(study)
    return tuple(dict.fromkeys(doubts))


def _on_other(reading: Reading, evidence: list[Evidence]) -> list[str]:
    """The worst that can happen is an enquiry that nobody saw."""
    points = total(evidence)
    if permille(points, ENOUGH) >= _MAYBE:
        return ["It may be a press enquiry all the same."]
    if points > -1 and total([one for one in evidence if one.points >= 1.5]) >= 2.5:
        return ["Some of its words are a journalist's."]
    if reading.questions and not any(one.points < 0 for one in evidence):
        return ["It asks something, and nothing in it says what else it is."]
    return []


def _on_sender(study: Study) -> list[str]:
    letter, doubts = study.letter, list[str]()
    if unproved(letter):
        doubts.append("Its sender could not be proved (DMARC or SPF failed): it may be somebody else.")
    sender, reply_to = letter.sender, letter.reply_to
    if reply_to.address and reply_to.domain != sender.domain and not same_house(reply_to.domain, sender.domain):
        doubts.append(f"Answers would go to another house: {reply_to.address}.")
    where = study.where
    known = next((one for one in study.desk.outlets if one.name == where.name and one.domains), None)
    # Who writes for several outlets says so, in all four languages with one syllable.
    if known and where.by != "domain" and "free" not in fold(letter.text[:4_000]):
        doubts.append(f"It names {known.name}, and was not sent from {known.domains[0]}.")
    return doubts
