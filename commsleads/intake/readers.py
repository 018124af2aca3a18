"""The rules for mails, made of the settings: who we are, when we work, what we watch. Made when first needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from commsleads.config import Settings
from commsleads.letters import Deadline, Letter, LetterClass, Reading, SourceRequest
from commsleads.plan import Watch
from commsleads.store.engine import Session, moment

if TYPE_CHECKING:
    from commsleads.desk import Desk
    from commsleads.rules.deadlines import Week
    from commsleads.rules.matching import Matcher
    from commsleads.rules.reading import Desk as Us

FORM = "web form"
UNLIKE = "It came through the enquiry form and does not read like an enquiry."


class Readers:
    """What reading a mail needs to know of the organisation."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._zone = settings.organisation.zone
        self._plan = settings.desk
        self._us: dict[int, Us] = {}

    def desk(self, session: Session, now: datetime) -> Desk:
        """The desk with nobody at it: what the program itself does to enquiries."""
        from commsleads.desk import Desk

        return Desk(session=session, settings=self.settings, now=now)

    def week(self, at: datetime) -> Week:
        """Our working week around an instant, public holidays left out."""
        return self.us(at).week

    def us(self, at: datetime) -> Us:
        """Who we are, as the reading of a mail of that time sees it."""
        year = at.astimezone(self._zone).year
        if year not in self._us:
            self._us[year] = self._made(at)
        return self._us[year]

    def _made(self, at: datetime) -> Us:
        from commsleads.rules.reading import Desk as Us

        return Us(
            organisation=self.settings.organisation.name,
            zone=self._zone,
            week=_week(self.settings, at),
            own_domains=self.own_domains,
            own_addresses=self.own_addresses,
            outlets=self.settings.outlets,
        )

    @cached_property
    def own_domains(self) -> frozenset[str]:
        """Our own domains, as the settings name them."""
        return frozenset(own for own in self._own if "@" not in own)

    @cached_property
    def own_addresses(self) -> frozenset[str]:
        """Our own addresses, those of the officers among them."""
        officers = {officer.email.lower() for officer in self._plan.officers if officer.email}
        return frozenset(own for own in self._own if "@" in own) | officers

    @cached_property
    def _own(self) -> tuple[str, ...]:
        return tuple(address.strip().lower().removeprefix("@") for address in self._plan.addresses)

    @cached_property
    def _matcher(self) -> Matcher:
        from commsleads.rules.matching import Matcher

        topics = [Watch(id=one.id, any=one.any) for one in self._plan.expertise]
        return Matcher(
            [*topics, *(watch for watch in self.settings.watches if watch.id not in {one.id for one in topics})]
        )

    def is_ours(self, address: str) -> bool:
        """Whether an address is one of our own."""
        return address in self.own_addresses or _within(address.rpartition("@")[2], self.own_domains)

    def read(self, letter: Letter, row: Mapping[str, Any]) -> Reading:
        """What the rules make of a mail in a row of the store."""
        from commsleads.rules.reading import read

        received = moment(row["received_at"])
        if received is None:
            raise ValueError("a mail was kept without the time it came")
        reading = read(letter, received=received, desk=self.us(received))
        return self._posted(letter, reading, received) if row["channel"] == FORM else reading

    def topics(self, request: SourceRequest) -> list[tuple[str, str]]:
        """The watches and topics of expertise that a journalist's request names, each with the phrase."""
        from commsleads.rules.requests import matching

        return [(match.watch_id, match.phrase) for match in matching(request, self._matcher)]

    def _posted(self, letter: Letter, reading: Reading, received: datetime) -> Reading:
        """A reading of what came through the form: what was filled in stands before what was guessed."""
        from commsleads.rules.deadlines import read

        marks = letter.marks
        deadline: Deadline | None = reading.deadline
        if words := marks.get("form-deadline", ""):
            deadline = read(words, received=received, zone=self._zone, week=self.week(received)) or deadline
        doubts: Sequence[str] = reading.doubts
        if reading.kind is not LetterClass.ENQUIRY:
            doubts = (*doubts, UNLIKE)
        return replace(
            reading,
            journalist=letter.sender.name or reading.journalist,
            email=letter.sender.address or reading.email,
            phone=marks.get("form-phone", "") or reading.phone,
            outlet=marks.get("form-outlet", "") or reading.outlet,
            deadline=deadline,
            doubts=tuple(doubts),
        )


def _week(settings: Settings, at: datetime) -> Week:
    """The working week of those years; the same that a person at the desk is told of."""
    from commsleads.desk.record import usual_hours
    from commsleads.rules.deadlines import Week
    from commsleads.rules.desk.clocks import public_holidays

    closed = set(settings.organisation.holidays)
    country, _, part = settings.desk.country.partition("-")
    if country:
        closed |= public_holidays(country, part, range(at.year - 1, at.year + 3))
    opens, closes = usual_hours(settings.organisation.working_hours)
    return Week(opens=opens, closes=closes, holidays=frozenset(closed))


def _within(domain: str, domains: frozenset[str]) -> bool:
    while domain:
        if domain in domains:
            return True
        domain = domain.partition(".")[2]
    return False
