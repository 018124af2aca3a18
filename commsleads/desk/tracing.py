"""Stories traced back to enquiries: the pass of the schedule that suggests what came of them.

Looked at is what arrived since the last pass and mentions us, or is by whoever asked, or in the outlet that asked; then
what was edited, and, for enquiries that were logged or changed meanwhile, the mentions that were there before. Each
story is suggested once for an enquiry, whatever its copies; what a person has decided is never touched. All of it can
be done again at any time and gives the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from commsleads import urls
from commsleads.desk import covering
from commsleads.desk.record import MACHINE, Desk
from commsleads.rules.desk.pairing import Pairing
from commsleads.rules.desk.yielded import WITHIN, Asked, Suggestion, Told, suggest
from commsleads.rules.reading.desk import is_free
from commsleads.store.desk import tracing
from commsleads.store.desk.tracing import Head, Tied
from commsleads.store.engine import Row, micros, moment, stamp
from commsleads.store.history import dump

__all__ = ["again", "trace"]

BITE = 2_000
"""Signals looked at between two marks."""
MOST = 20_000
"""Signals looked at in one pass; what is left is found by the next."""
LOOKED_BACK = 500
"""Mentions that were there before and are held against an enquiry that is new or was changed, the newest."""
OURS = ("brand", "product", "spokesperson")
"""Roles of the watches whose mentions are about us."""
DAY = timedelta(days=1)


def trace(desk: Desk, *, most: int = MOST, stopping: Callable[[], bool] = lambda: False) -> int:
    """One pass; how many stories were suggested. Bounded by `most` signals, and done again where it stopped."""
    pass_ = _Pass(desk)
    came, last = tracing.mark(desk.session)
    until = tracing.ready(desk.session)
    if not pass_.asked:
        tracing.put_arrival(desk.session, until)
    else:
        _forward(pass_, max(came or 0, pass_.earliest() - 1), until, most, stopping)
        if last is not None:
            _back(pass_, stamp(min(last, desk.now)), until)
    tracing.put_time(desk.session, desk.now)
    return pass_.settle()


def again(desk: Desk) -> int:
    """After a rebuild: all that may have come of live enquiries, looked at anew; how many are suggested now.

    What the rules do not suggest any more is taken back. Decisions of people stay, as do suggestions for enquiries of
    which nothing is awaited any more.
    """
    pass_ = _Pass(desk, anew=True)
    until = tracing.ready(desk.session)
    if pass_.asked:
        _forward(pass_, pass_.earliest() - 1, until, 2**62, lambda: False)
    tracing.put_arrival(desk.session, until)
    tracing.put_time(desk.session, desk.now)
    return pass_.settle()


def _forward(pass_: _Pass, mark: int, until: int, most: int, stopping: Callable[[], bool]) -> None:
    """What arrived after the mark, bite by bite; what was found is written before the mark moves."""
    session = pass_.desk.session
    while mark < until and most > 0 and not stopping():
        heads = tracing.heads(session, mark, until, min(BITE, most))
        if not heads:
            return
        about_us = set(tracing.mentions(session, pass_.watches, mark, heads[-1].arrival))
        pass_.look([head.id for head in heads if head.id in about_us or pass_.by_its_head(head)])
        if not pass_.anew:
            pass_.settle()
        mark, most = heads[-1].arrival, most - len(heads)
        tracing.put_arrival(session, mark)


def _back(pass_: _Pass, since: str, until: int) -> None:
    """What was edited since then, and what was there before for enquiries that were logged or changed since."""
    session = pass_.desk.session
    pass_.look(tracing.edited(session, since, LOOKED_BACK))
    changed = set(tracing.changed(session, since))
    mine = [one for one in pass_.asked if one.id in changed]
    if not mine:
        return
    pairing = Pairing(mine)
    after = max(micros(min(one.received_at for one in mine)), micros(pass_.desk.now - 2 * WITHIN)) - 1
    about_us = tracing.mentions(session, pass_.watches, after, until, LOOKED_BACK)
    heads = tracing.newest_heads(session, after, until, BITE)
    pass_.look([*about_us, *(head.id for head in heads if _named(pairing, head))], pairing)


def _named(pairing: Pairing, head: Head) -> bool:
    return pairing.by_its_head(head.author, head.outlet, head.domain)


class _Pass:
    """The live enquiries, what is tied to them, and what was found for them so far."""

    def __init__(self, desk: Desk, *, anew: bool = False) -> None:
        self.desk = desk
        self.anew = anew
        self.suggested = 0
        settings = desk.settings
        self.names = covering.names(settings)
        self.watches = [watch.id for watch in settings.watches if watch.role in OURS]
        self._own = frozenset(urls.site(one.rpartition("@")[2]) for one in settings.desk.addresses)
        register: dict[str, list[str]] = {}
        for outlet in settings.outlets:
            register.setdefault(outlet.name.casefold(), []).extend(map(urls.site, outlet.domains))
        rows = tracing.live(desk.session, desk.now)
        asked = (_asked(row, register, self._own) for row in rows)
        self.asked = [one for one in asked if _awaited(one, desk.now)]
        self._pairing = Pairing(self.asked)
        self._tied: dict[tuple[str, str], Tied] = {}
        for tie in tracing.tied(desk.session, [one.id for one in self.asked]):
            known = self._tied.setdefault((tie.enquiry, tie.story), tie)
            if known.state == "suggested":
                self._tied[tie.enquiry, tie.story] = tie
        self._found: dict[tuple[str, str], Suggestion] = {}

    def earliest(self) -> int:
        """When the oldest of the enquiries came, as an arrival."""
        return micros(min(one.received_at for one in self.asked))

    def by_its_head(self, head: Head) -> bool:
        """Whether a signal is by whoever asked, or appeared where was asked."""
        return _named(self._pairing, head)

    def look(self, ids: Sequence[str], pairing: Pairing | None = None) -> None:
        """Hold these signals against the enquiries."""
        for row in tracing.told(self.desk.session, list(dict.fromkeys(ids))):
            if row["domain"] in self._own:  # our own newsroom covers nothing
                continue
            story = _told(row)
            for asked in (pairing or self._pairing).worth(story):
                if found := suggest(asked, story, self.desk.now, self.names):
                    self._note(asked, row, found)

    def _note(self, asked: Asked, row: Row, found: Suggestion) -> None:
        """Keep the best reasons that copies of one story give, and the first of these copies."""
        key = (asked.id, row["story_id"])
        before = self._found.get(key)
        if before is None:
            self._found[key] = found._replace(story=self._first(asked, row))
            return
        best = max(before, found, key=lambda one: one.permille)
        self._found[key] = best._replace(
            story=before.story,
            unreached=before.unreached or found.unreached,
            quote_used=before.quote_used or found.quote_used,
        )

    def _first(self, asked: Asked, row: Row) -> str:
        """The first signal of the story, unless that was there before anybody asked."""
        if row["story_id"] != row["id"]:
            for first in tracing.told(self.desk.session, [row["story_id"]]):
                if _told(first).at >= asked.received_at:
                    return str(first["id"])
        return str(row["id"])

    def settle(self) -> int:
        """Write what was found and is not known yet; how many stories are new."""
        new = 0
        for (enquiry, story), found in self._found.items():
            tie = self._tied.get((enquiry, story))
            if tie is None:
                new += covering.suggest(self.desk, enquiry, found.story, **_reasons(found))
                self._tied[enquiry, story] = _tie(found, story)
            elif tie.state == "suggested" and _differs(found, tie) and (self.anew or _better(found, tie)):
                covering.renew(self.desk, enquiry, tie.signal, **_reasons(found))
                self._tied[enquiry, story] = _tie(found, story)._replace(signal=tie.signal)
        if self.anew:
            for key, tie in self._tied.items():
                if key not in self._found and tie.state == "suggested" and tie.by == MACHINE.id:
                    covering.take_back(self.desk, tie.enquiry, tie.signal)
        self._found.clear()
        self.suggested += new
        return self.suggested


def _reasons(found: Suggestion) -> dict[str, Any]:
    return {
        "permille": found.permille,
        "reasons": found.reasons,
        "unreached": found.unreached,
        "quote_used": found.quote_used,
    }


def _tie(found: Suggestion, story: str) -> Tied:
    return Tied(
        found.enquiry, found.story, story, "suggested", found.permille, dump(list(found.reasons)), found.unreached,
        found.quote_used, MACHINE.id,
    )  # fmt: skip


def _differs(found: Suggestion, tie: Tied) -> bool:
    return (found.permille, dump(list(found.reasons)), found.unreached, found.quote_used) != (
        tie.permille, tie.reasons, tie.unreached, tie.quote_used,
    )  # fmt: skip


def _better(found: Suggestion, tie: Tied) -> bool:
    return found.permille > tie.permille or bool(found.unreached and not tie.unreached)


def _awaited(asked: Asked, now: datetime) -> bool:
    """Whether a story may still come of it. Twice the time, since a story may be seen long after it was published."""
    since = asked.answered_at or asked.deadline_at or asked.received_at
    return now < max(since, asked.received_at) + 2 * WITHIN


def _asked(row: Row, register: Mapping[str, Sequence[str]], own: frozenset[str]) -> Asked:
    hosts = {urls.site(mail.rpartition("@")[2]) for mail in row["mails"] if not is_free(mail.rpartition("@")[2])}
    received = moment(row["received_at"])
    assert received is not None  # noqa: S101 - the schema has no row without it
    return Asked(
        id=row["id"],
        received_at=received,
        answered_at=moment(row["responded_at"]),
        deadline_at=moment(row["deadline_at"]),
        journalists=tuple(filter(None, row["journalists"])),
        outlet=row["outlet"],
        sites=tuple(sorted({*hosts, *register.get(row["outlet"].casefold(), ())} - own - {""})),
        subject=row["subject"],
        questions=tuple(row["questions"]),
        answer="\n\n".join(row["answers"]),
    )


def _told(row: Row) -> Told:
    seen = moment(row["first_seen_at"])
    assert seen is not None  # noqa: S101 - the schema has no row without it
    at = min(moment(row["published_at"]) or seen, seen)  # clocks differ: nothing is seen before it is there
    if (at.hour, at.minute, at.second) == (0, 0, 0):  # a day without a time: it may have been any of it
        at = max(at, min(seen, at + DAY))
    return Told(
        id=row["id"],
        at=at,
        title=row["title"],
        text=row["text"],
        author=row["author"],
        outlet=row["outlet"],
        url=row["url"],
    )
