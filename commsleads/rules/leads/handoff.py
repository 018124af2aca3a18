"""Whose turn it is: the working status of a lead, the ledger of offers, and what the clock does to both.

It is told what happened (a lead was opened, a touch came, one of us acted) and keeps the moves and offers that follow.
An act that makes no sense in the status changes nothing: the verbs refuse it, but after two leads were joined it may
stand in the log all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from commsleads.enquiries import Officer
from commsleads.journey import Act, Move, Offer
from commsleads.rules.leads import reasons
from commsleads.rules.leads.judged import LONG_AGO
from commsleads.rules.leads.terms import Ground, Terms
from commsleads.rules.leads.verbs import FITTING

AGAIN = frozenset({"rejected", "recycled", "closed", "faded", "lapsed"})
"""A touch that asks for what qualifies brings a lead back from here."""
UNMOVED = frozenset({"new", "offered", "accepted"})
"""A touch that changes no stage changes nothing here."""
FADING = frozenset({"new", "lapsed", "rejected", "recycled"})
END = datetime.max.replace(tzinfo=UTC)
US = "commsleads"


class Cause(NamedTuple):
    """What brought a change: the sort of row with its id, or the clock; and who."""

    row: str
    by: str = US


CLOCK = Cause("clock")


class Handoff:
    """The handoff of one lead, from its opening on.

    The fold keeps `terms`, `stage`, `qualified` and `last_at` (the newest touch that counts, None for who is no lead)
    as they are; `chosen` says to whom it goes by assignment. `known` is how far the log was read, `tended` when one of
    us did something last, or it woke.
    """

    def __init__(self, terms: Terms, chosen: Callable[[], str]) -> None:
        self.chosen = chosen
        self.terms = terms
        self.stage = ""
        self.qualified = False
        self.last_at: datetime | None = None
        self.tended: datetime | None = None
        self.known = terms.at
        self._quiet = LONG_AGO
        self.status = ""
        self.status_at: datetime | None = None
        self.owner = ""
        self.outcome = ""
        self.wakes: datetime | None = None
        self.moves: list[Move] = []
        self.offers: list[Offer] = []

    # --- what the fold tells ------------------------------------------------------------------------------------

    def open(self, why: str, cause: Cause) -> None:
        """Somebody is a lead, for the first time."""
        if not self.status:
            self._become("new", why, cause)

    def judge(self, qualified: bool, cause: Cause, *, touch: bool, anew: bool, counted: bool) -> None:
        """The judgement was made.

        `touch` says that a touch brought it, `anew` that the touch by itself is of a sort that qualifies, `counted`
        that it is a new one that counts.
        """
        self._quiet = LONG_AGO
        was, self.qualified = self.qualified, qualified
        if not qualified:
            if self.status == "offered":
                self._answer("withdrawn", US)
                self._become("new", "No qualified lead any more: the offer is withdrawn.", cause)
        elif (not was and self.status == "new") or (self.status in AGAIN and (anew or (touch and not was))):
            self._offer(cause)
        if counted and self.status == "faded" and self.last_at is not None:
            self._become("new", "They touched us again.", cause)

    def tend(self) -> None:
        """One of us did something about a lead: it is not forgotten."""
        if self.status:
            self.tended = self.known

    def act(self, act: Act) -> None:
        """One of us did something."""
        if not self.status or self.status not in FITTING.get(act.verb, ()):
            return
        self._quiet = LONG_AGO
        cause = Cause(f"act {act.id}", act.by)
        self.tend()
        if act.verb == "accept":
            self._answer("accepted", act.by, act)
            self._become("accepted", reasons.acted(act, "accepted it"), cause)
            to = act.to or act.by
            self._own(resolved(to, self.terms.ground) or to, reasons.acted(act, "accepted it"), cause)
        elif act.verb == "reject":
            self._answer("rejected", act.by, act)
            self._become("rejected", reasons.acted(act, "rejected it"), cause)
        elif act.verb == "recycle":
            self._answer("recycled", act.by, act)
            self._become("recycled", reasons.acted(act, "sent it back to nurture"), cause)
            self.wakes = act.until
        elif act.verb == "close":
            self._answer("closed", act.by, act)
            self._become("closed", reasons.acted(act, f"closed it, {act.to or 'other'}"), cause)
            self.outcome = act.to
        elif act.verb == "assign" and act.to:
            self._assign(act, cause)
        elif act.verb == "reopen":
            self._return(reasons.acted(act, "reopened it"), cause)

    # --- the clock ----------------------------------------------------------------------------------------------

    @property
    def next(self) -> datetime | None:
        """When the clock changes something, if nothing else happens before; never before what is known already."""
        found: datetime | None = None
        if self.status == "offered":
            found = self.offers[-1].due
        elif self.status in FADING:
            found = self._fades()
            if self.status == "recycled" and self.wakes is not None:
                found = self.wakes  # whoever was sent back until a day is there on that day
        return None if found is None else max(found, self.known)

    def read_to(self, at: datetime) -> None:
        """What the clock does before a moment of which there is a row; what it does at it comes after all its rows."""
        if at > self.known:
            if at > self._quiet:
                while (due := self.next) is not None and due < at:
                    self._ring(due)
                # A newer touch alone puts it off: until then nobody has to look again.
                self._quiet = due or END
            self.known = at

    def pass_to(self, at: datetime) -> None:
        """What the clock does up to this moment, itself included."""
        while (due := self.next) is not None and due <= at:
            self._ring(due)

    def _ring(self, due: datetime) -> None:
        self.known = due
        if self.status == "offered":
            self._lapse()
        elif self.status == "recycled" and self.wakes is not None and self.wakes <= due:
            self.tended = due
            self._return(reasons.woke(qualified=self.qualified), CLOCK)
        elif self.last_at is not None and (quiet := self.quiet) is not None:
            why = reasons.faded(quiet, self.terms.criteria.handoff.fades, self.terms.ground.zone)
            self._become("faded", why, CLOCK)

    @property
    def quiet(self) -> datetime | None:
        """Since when nothing came and nobody did anything: the last touch that counts, or what one of us did after it,
        or its waking."""
        if self.last_at is None or self.tended is None:
            return self.last_at
        return max(self.last_at, self.tended)

    def _fades(self) -> datetime | None:
        fades, quiet = self.terms.criteria.handoff.fades, self.quiet
        if quiet is None or fades <= timedelta(0):
            return None
        return later(quiet, fades)

    def _lapse(self) -> None:
        """Nobody answered in time: somebody else is asked, once."""
        offer = self.offers[-1]
        self._answer("lapsed", US)
        other = resolved(self.terms.criteria.handoff.escalate_to, self.terms.ground)
        if other and other != offer.to and not offer.escalated:
            self.offers.append(self._made(other, escalated=True))
        else:
            self._become("lapsed", reasons.lapsed(offer, self.terms.ground.zone), CLOCK)

    # --- moves and offers ---------------------------------------------------------------------------------------

    def move(
        self,
        what: str,
        came_from: str,
        to: str,
        why: str,
        cause: Cause,
        *,
        at: datetime | None = None,
        gave: tuple[tuple[str, int, int], ...] = (),
    ) -> None:
        """Writes down a change. `at` is now where nothing else is said."""
        number, known = len(self.moves) + 1, self.known
        self.moves.append(
            Move(
                number, at or known, known, what, came_from, to, why, cause.row, self.terms.number, cause.by or US, gave
            )
        )

    def _become(self, status: str, why: str, cause: Cause) -> None:
        self.move("status", self.status, status, why, cause)
        self.status, self.status_at = status, self.known
        self.wakes, self.outcome = None, ""

    def _own(self, owner: str, why: str, cause: Cause) -> None:
        if owner != self.owner:
            self.move("owner", self.owner, owner, why, cause)
            self.owner = owner

    def _offer(self, cause: Cause, why: str = "") -> None:
        """Offers it to its owner, else by assignment."""
        again = bool(self.offers)
        offer = self._made(resolved(self.owner, self.terms.ground) or self.chosen())
        said = reasons.offered(offer, self.terms.ground.zone, again=again)
        self._become("offered", f"{why} {said}".strip(), cause)
        self.offers.append(offer)

    def _made(self, to: str, *, escalated: bool = False) -> Offer:
        due = answer_due(self.terms, self.known)
        return Offer(len(self.offers) + 1, self.known, to, due, self.stage, self.terms.number, escalated)

    def _answer(self, answer: str, by: str, act: Act | None = None) -> None:
        """Closes the open line of the ledger, if there is one."""
        if self.status != "offered":
            return
        reason, words = (act.reason, act.words) if act is not None else ("", "")
        self.offers[-1] = self.offers[-1]._replace(
            answer=answer, answered=self.known, by=by or US, reason=reason, words=words
        )

    def _assign(self, act: Act, cause: Cause) -> None:
        to = resolved(act.to, self.terms.ground) or act.to
        if self.status == "offered":
            self._answer("withdrawn", act.by, act)
            self.offers.append(self._made(to))
        else:
            self._own(to, reasons.acted(act, f"assigned it to {to}"), cause)

    def _return(self, why: str, cause: Cause) -> None:
        """Back from where nobody works on it."""
        if self.qualified:
            self._offer(cause, why)
        else:
            self._become("new", why, cause)


def answer_due(terms: Terms, at: datetime) -> datetime:
    """When an answer to an offer of this moment is due: in working time, where there is any."""
    within = max(terms.criteria.handoff.answer_within, timedelta(0))
    try:
        return terms.ground.calendar.add(at, within)
    except (ValueError, OverflowError):
        return later(at, within)


def later(at: datetime, amount: timedelta) -> datetime:
    """So much later, or the end of the calendar."""
    try:
        return at + amount
    except OverflowError:
        return END


def resolved(name: str, ground: Ground) -> str:
    """The officer who is meant by a name: an officer's id, or a team, for its lead or its first; '' for nobody."""
    if not name or not ground.officers or any(officer.id == name for officer in ground.officers):
        return name
    team = list(_team(name, ground.officers))
    return next((officer.id for officer in team if officer.role == "lead"), team[0].id if team else "")


def _team(name: str, officers: tuple[Officer, ...]) -> Iterator[Officer]:
    return (officer for officer in officers if officer.team == name)


def assigned(terms: Terms, stage: str, campaign: str, source: str, marks: frozenset[str]) -> str:
    """To whom a lead goes: by the first assignment that fits, else as the handoff says; '' for nobody."""
    handoff = terms.criteria.handoff
    for one in handoff.assign:
        if (
            (not one.stage or stage in one.stage)
            and (not one.campaign or campaign in one.campaign)
            and (not one.source or source in one.source)
            and marks.issuperset(one.having)
        ):
            return resolved(one.to, terms.ground) or resolved(handoff.to, terms.ground)
    return resolved(handoff.to, terms.ground)
