"""Reads a short phrase that is about a time and nothing else."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from commsleads.letters import Deadline
from commsleads.rules.deadlines.folding import fold
from commsleads.rules.deadlines.gathering import gather
from commsleads.rules.deadlines.grammar import grammar
from commsleads.rules.deadlines.reckoning import Frame, reckon
from commsleads.rules.deadlines.tongues import TONGUES
from commsleads.rules.deadlines.week import Week

LONGEST = 160
"""A longer phrase is not one; a whole mail is for `find`."""


def tongues(language: str) -> Iterator[str]:
    """The languages to try, in order: the one that was named and English, or all four if none was."""
    code = language[:2].lower()
    if not code:
        yield from TONGUES
        return
    if code in TONGUES:
        yield code
    if code != "en":
        yield "en"


def read(
    words: str, *, received: datetime, zone: ZoneInfo, language: str = "", week: Week | None = None
) -> Deadline | None:
    """The deadline in a phrase that a person typed or said: "by COB Thursday", "6 PM ET - 20 September".

    `received` is when it was said, aware; `zone` is the zone of the words unless they name one; `language` is a code
    (en, de, fr, es) or '' to try them all. None where the phrase holds a word that is not understood, names no instant
    (ASAP, next week), contradicts itself, or lies in the past; only a full date with its year is given although past,
    and then not as sure. ValueError if `received` has no zone.
    """
    if received.tzinfo is None:
        raise ValueError("A deadline can be reckoned only from a time with its zone.")
    words = unicodedata.normalize("NFC", words.strip())
    if not words or len(words) > LONGEST:
        return None
    folded = fold(words)
    for code in tongues(language):
        rules = grammar(code)
        said = gather(rules, words, folded, 0, len(words), whole=True)
        if said is None:
            continue
        frame = Frame(received=received, zone=zone, tongue=rules.tongue, week=week or Week(), typed=True)
        return reckon(said, words, frame)
    return None
