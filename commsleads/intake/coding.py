"""What the intake notes of a signal beside its matches: its tone towards each of our watches, and key messages in it.

Both are a machine's reading: made again by `rebuild`, never mixed with what people said (`coverage.coding`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from commsleads.intake.seen import Seen
from commsleads.plan import Campaign, Watch
from commsleads.rules.matching import Match, phrase_problem
from commsleads.rules.messages import Messages
from commsleads.store import coding as rows
from commsleads.store.engine import Session
from commsleads.text import fold

log = logging.getLogger(__name__)

TONED = frozenset(("brand", "product", "spokesperson"))
"""Roles of watches whose tone is read: those that are about us."""


class Coder:
    """The key messages and own watches of one organisation, ready to be looked for."""

    def __init__(self, watches: Iterable[Watch], campaigns: Sequence[Campaign]) -> None:
        self._phrases = {
            watch.id: tuple(dict.fromkeys(fold(one) for one in watch.any or watch.all if phrase_problem(one) is None))
            for watch in watches
            if watch.role in TONED
        }
        self._messages = Messages(campaigns)

    def code(self, session: Session, found: Iterable[tuple[Seen, Sequence[Match], bool]]) -> None:
        """Keep tones and key messages of signals, given with their matches and whether a campaign is tied to them.

        A signal that names no watch and belongs to no campaign is not coverage, whatever words stand in it.
        """
        tones: list[rows.Toned] = []
        carrying: list[rows.Carrying] = []
        for one, matches, tied in found:
            if matches or tied:
                tones += self._toned(one, matches)
                carrying += [
                    rows.Carrying(one.id, hit.campaign_id, hit.message_id, one.story_id, one.arrival, hit.prominence,
                                  hit.phrase)
                    for hit in self._messages.carried(one.folded_title, one.folded_text)
                ]  # fmt: skip
        if tones:
            rows.keep_tones(session, tones)
        if carrying:
            rows.keep_messages(session, carrying)

    def _toned(self, one: Seen, matches: Sequence[Match]) -> list[rows.Toned]:
        from commsleads.rules import tone  # its words and weights are read where somebody names us

        found = []
        for match in matches:
            if phrases := self._phrases.get(match.watch_id):
                chances = tone.read(one.folded_title, one.folded_text, phrases, one.language)
                if chances:
                    found.append(
                        rows.Toned(one.id, match.watch_id, one.story_id, one.arrival, *chances, tone.model().name)
                    )
        return found
