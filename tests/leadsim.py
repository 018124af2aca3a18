"""A year of an invented press office, lived by its desk, its campaigns and its people at work on leads, from a seed.

What happens is done through the program's own verbs and jobs, at simulated times. Beside it the office keeps a list of
its own, `said`: what happened when and when somebody knew, in plain words. `tests.leadtruth` recounts from that list
alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random
from typing import Any

from commsleads import jobs
from commsleads.app import App, build
from commsleads.campaigns import responding
from commsleads.campaigns.importing import Wanted, import_rows
from commsleads.desk import Call, Desk, log
from commsleads.desk.answering import Answer, respond
from commsleads.desk.ending import redirect, withdraw
from commsleads.desk.work import set_fields
from commsleads.errors import CommsleadsError
from commsleads.journey import Lead
from commsleads.leads import answering, joining, looking, noting, working
from commsleads.leads.record import Work
from commsleads.letters import Deadline
from commsleads.lists import Row
from commsleads.responses import Hit
from commsleads.rules.desk.errors import DeskError
from commsleads.store import sources
from commsleads.store.campaigns import hits, links, responses, targets
from commsleads.store.desk.people import Person
from commsleads.store.engine import Session, micros
from tests.intake.postroom import answer, come
from tests.leadoffice import BEGIN, CRITERIA, SETTINGS
from tests.office import Clock

CHANNELS = (
    "phone",
    "phone",
    "email",
    "email",
    "event",
    "social message",
    "search",
    "personal referral",
    "request service",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing that happened: `what` it was, and when it was known. All else of it stands in `more`."""

    what: str
    now: datetime
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Somebody:
    """One whom we know by one address (or by a name at an outlet): a contact in the end."""

    key: str
    name: str
    email: str
    outlet: str
    asked: list[str] = field(default_factory=list)

    @property
    def person(self) -> Person:
        return Person(name=self.name, email=self.email, outlet=self.outlet)


class Year:
    """The office, and what happened in it."""

    def __init__(self, app: App, session: Session, clock: Clock, seed: int, people: int) -> None:
        self.app, self.session, self.clock = app, session, clock
        self.lot = Random(seed)
        self.zone = app.settings.organisation.zone
        self.said: list[Said] = []
        self.plans = {one.id: one for one in app.campaigns(session)}
        self.people = [self._somebody(number) for number in range(people)]
        self.twins: list[tuple[Somebody, Somebody]] = []
        self.merged: list[tuple[Somebody, Somebody]] = []
        self.enquiries: dict[str, dict[str, Any]] = {}
        self.marks: list[tuple[str, Somebody]] = []
        self.aside: list[str] = []
        self.noted: list[str] = []
        self.aimed: dict[str, dict[str, Somebody]] = {}
        self.shown: list[tuple[datetime, Lead]] = []
        self.hits = 0
        self.unsaid: set[str] = set()
        self.replied: set[str] = set()

    # --- who there is ------------------------------------------------------------------------------------------------

    def _somebody(self, number: int) -> Somebody:
        outlets = self.app.settings.outlets
        kind = number % 10
        outlet = outlets[number % len(outlets)]
        name = f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}{'son' * (number // 400)}"
        local = name.lower().replace(" ", ".")
        email = f"{local}@{outlet.domains[0]}"
        if kind in (3, 7):
            email = f"{local}{number}@gmail.com"
        elif kind == 5:
            email = f"{local}{number}@mailinator.com"
        elif kind == 8:
            email = f"{local}{number}@unlisted{number}.example"
        known = outlet.name if kind != 8 else f"Unlisted Bulletin {number}"
        return Somebody(key=email, name=name, email=email, outlet="" if kind == 9 else known)

    def twin(self) -> None:
        """Somebody we know comes under another address and another form of the name: another contact for now."""
        one = self.lot.choice(self.people)
        first, _, last = one.name.partition(" ")
        email = f"{last.lower()}{len(self.people)}@web.de"
        other = Somebody(key=email, name=f"{first[0]}. {last}", email=email, outlet=one.outlet)
        if any((known.name, known.outlet) == (other.name, other.outlet) for known in self.people):
            return  # the same name at the same outlet is the same person
        self.people.append(other)
        self.twins.append((one, other))
        self.ask(other)

    def desk(self, who: str = "ada") -> Desk:
        plain = Desk(session=self.session, settings=self.app.settings, now=self.now)
        return Desk(session=self.session, settings=self.app.settings, now=self.now, who=plain.officer(who))

    def work(self, who: str = "ada") -> Work:
        return Work(
            session=self.session, settings=self.app.settings, now=self.now, who=self.desk(who).who,
        )  # fmt: skip

    @property
    def now(self) -> datetime:
        return self.clock.now

    def note(self, what: str, **more: Any) -> None:
        self.said.append(Said(what=what, now=self.now, more=more))

    # --- what comes from outside -------------------------------------------------------------------------------------

    def ask(self, who: Somebody | None = None) -> None:
        """A journalist asks something; now and then it is logged days after it came."""
        lot = self.lot
        who = who or lot.choice(self.people)
        late = timedelta(minutes=lot.randrange(1, 200))
        if lot.random() < 0.15:
            late = timedelta(hours=lot.randrange(20, 150))
        at = max(self.now - late, BEGIN)
        channel = lot.choice(CHANNELS)
        stance = lot.choice(("neutral", "neutral", "positive", "unknown", "unknown", "hostile"))
        until = Deadline(self.now + timedelta(hours=30), "tomorrow") if lot.random() < 0.6 else None
        campaign = [lot.choice(list(self.aimed))] if self.aimed and lot.random() < 0.3 else []
        call = Call(
            subject="A question",
            journalists=(who.person,),
            outlet=who.outlet,
            channel=channel,
            deadline=until,
            deadline_text="tomorrow" if until else "",
            received_at=at,
            questions=("How many?",),
            stance=stance,
            request_type=lot.choice(("comment", "data", "interview")),
            campaigns=tuple(campaign),
        )
        ident = log(self.desk("ben"), call)
        told = {"who": who.key, "at": at, "channel": channel, "stance": stance, "deadline": bool(until),
                "campaigns": tuple(campaign), "outlet": who.outlet, "type": call.request_type}  # fmt: skip
        self.enquiries[ident] = {"who": who, "open": True, "answered": False}
        who.asked.append(ident)
        self.note("asked", key=ident, **told)

    def regard(self) -> None:
        """Somebody says what the stance of an enquiry is, or says it anew."""
        ident = self._enquiry()
        stance = self.lot.choice(("neutral", "positive", "neutral", "hostile"))
        if ident and self._tried(lambda: set_fields(self.desk("ben"), ident, {"stance": stance})):
            self.note("regarded", key=ident, stance=stance)

    def tie(self) -> None:
        """An enquiry is tied to another campaign, or to none."""
        ident = self._enquiry()
        to = [self.lot.choice(list(self.aimed))] if self.aimed and self.lot.random() < 0.7 else []
        if ident and self._tried(lambda: set_fields(self.desk("ben"), ident, {}, ties={"campaign": to})):
            self.note("tied", key=ident, campaigns=tuple(to))

    def reply(self) -> None:
        """We answer an enquiry: what they ask after that is more."""
        ident = self._enquiry()
        answer = Answer(kind="full", method="phone", terms="spokesperson", text="So it is.")
        if ident and self._tried(lambda: respond(self.desk("ben"), ident, answer)):
            self.note("answered", key=ident)

    def drop(self) -> None:
        """An enquiry turns out to be none of ours, or is taken back."""
        ident = self._enquiry()
        if ident is None:
            return
        if self.lot.random() < 0.5:
            how, done = "redirected", self._tried(lambda: redirect(self.desk("ben"), ident, "visitor services"))
        else:
            how, done = "withdrawn", self._tried(lambda: withdraw(self.desk("ben"), ident, reason="dropped"))
        if done:
            self.enquiries[ident]["open"] = False
            self.note("dropped", key=ident, how=how)

    def _enquiry(self) -> str | None:
        known = [one for one, row in list(self.enquiries.items())[-40:] if row["open"]]
        return self.lot.choice(known) if known else None

    # --- campaigns ---------------------------------------------------------------------------------------------------

    def aim(self, campaign: str) -> None:
        """A list is read before a campaign begins: some whom we know, some whom nobody ever hears of."""
        lot = self.lot
        chosen = lot.sample(self.people, min(len(self.people), 30))
        lines = ["E-Mail|Name|Medium", *(f"{one.email}|{one.name}|{one.outlet}" for one in chosen if one.email)]
        lines += [f"silent{number}@{campaign}.example|Si Lent{number}|Nowhere" for number in range(5)]
        cells = [Row(number, line.split("|")) for number, line in enumerate(lines, start=1)]
        import_rows(
            self.session, self.plans[campaign], cells, Wanted(group="press"), zone=self.zone,
            keep=timedelta(days=700), now=self.now, by="ada",
        )  # fmt: skip
        by_address = {one.email: one for one in chosen}
        self.aimed[campaign] = {
            row.id: by_address[row.email]
            for row in targets.of_campaign(self.session, campaign)
            if row.email in by_address
        }
        self.note("aimed", campaign=campaign, who=tuple(one.key for one in chosen if one.email))
        for target in self.aimed[campaign]:
            new = links.New(
                campaign=campaign, cta="look", slug=f"s{len(self.said)}{target[:8]}", channel="mail",
                destination="https://museum.example/look", target=target,
            )  # fmt: skip
            with self.session.atomic():
                links.insert(self.session, new, at=self.now, by="ada")

    def click(self) -> None:
        """Somebody opens the link that was made for them; a scanner does so, too."""
        campaign = self._running()
        if campaign is None:
            return
        target, who = self.lot.choice(list(self.aimed[campaign].items()))
        if who.key in self.unsaid:
            return
        (link,) = [row["id"] for row in links.of_campaign(self.session, campaign) if row["target_id"] == target]
        self.hits += 1
        ident, at = f"h{self.hits:06}", self.now - timedelta(minutes=self.lot.randrange(1, 50))
        human = self.lot.random() < 0.75
        with self.session.atomic():
            hits.insert(self.session, [Hit(id=ident, link=link, arrival=micros(at))])
            hits.write(self.session, [("", "certain_human" if human else "certain_machine", "", 0, ident)])
        self.note("clicked", key=ident, who=who.key, at=at, campaign=campaign, human=human)

    def unsay(self) -> None:
        """The verdict on a click is another one after a second look."""
        known = [one.more for one in self.said if one.what == "clicked" and one.more["human"]][-20:]
        once = [
            one
            for one in known
            if sum(one["who"] == two["who"] for two in known) == 1 and one["key"] not in self.unsaid
        ]
        if once:
            one = self.lot.choice(once)
            self.unsaid |= {one["key"], one["who"]}
            with self.session.atomic():
                hits.write(self.session, [("", "certain_machine", "", 0, one["key"])])
            self.note("judged", key=one["key"], human=False)

    def write_back(self) -> None:
        """Somebody of one list answers our mail: once, and it is clear which campaign is meant."""
        campaign = self._running()
        if campaign is None:
            return
        who = self.lot.choice(list(self.aimed[campaign].values()))
        lists = sum(who in some.values() for some in self.aimed.values())
        if lists > 1 or who.key in self.replied:
            return
        self.replied.add(who.key)
        mail = answer(
            "Yes, I will come.\n", to="gone@elsewhere.example", sender=who.email,
            message_id=f"r{len(self.said)}@them.example", date=format_datetime(self.now),
        )  # fmt: skip
        come(self.app, self.session, mail)
        self.note("wrote back", who=who.key, campaign=campaign)

    def mark(self) -> None:
        """Somebody of a list telephoned, came, or was sent by somebody else: a person marks it."""
        campaign = self._running()
        if campaign is None:
            return
        target, who = self.lot.choice(list(self.aimed[campaign].items()))
        kind = self.lot.choice(responding.KINDS)
        at = self.now - timedelta(hours=self.lot.randrange(1, 40))
        done = responding.add(
            self.session, self.plans[campaign], "come", kind, at=at, now=self.now, zone=self.zone, by="ada",
            target=target, note=f"note {len(self.said)}",
        )  # fmt: skip
        self.marks.append((done.response.id, who))
        self.note(
            "marked", key=done.response.id, who=who.key, at=at, campaign=campaign, kind=kind,
        )  # fmt: skip

    def unmark(self) -> None:
        """A mark is set aside; now and then it is taken up again."""
        if self.aside and self.lot.random() < 0.4:
            ident = self.aside.pop()
            responding.undo(self.session, ident, now=self.now, by="ada")
            self.note("taken up", key=ident)
            return
        standing = [
            one for one in responses.of_ids(self.session, [one for one, _ in self.marks]).values() if one.counts
        ]
        if standing:
            ident = self.lot.choice(sorted(one.id for one in standing))
            responding.set_aside(self.session, ident, "a mistake", now=self.now, by="ada")
            self.aside.append(ident)
            self.note("set aside", key=ident)

    def _running(self) -> str | None:
        day = self.now.astimezone(self.zone).date()
        found = [
            one.id
            for one in self.plans.values()
            if one.id in self.aimed and one.starts_on and one.ends_on and one.starts_on < day <= one.ends_on
        ]
        return self.lot.choice(found) if found else None

    # --- what people note and do -------------------------------------------------------------------------------------

    def talk(self) -> None:
        """A talk that somebody notes, now and then days later."""
        lot, who = self.lot, self.lot.choice(self.people)
        kind = lot.choice(noting.KINDS)
        at = max(self.now - timedelta(hours=lot.choice((0, 1, 3, 30, 200))), BEGIN)
        marks = set(lot.sample(("material", "positive", "neutral"), lot.randrange(3)))
        if lot.random() < 0.4:
            marks |= {"ask", lot.choice(("deadline", "use", "ask"))}
        if lot.random() < 0.08:
            marks = {"hostile"}
        if lot.random() < 0.03:
            marks |= {"objected"}
        campaign = self.plans[lot.choice(list(self.plans))] if lot.random() < 0.4 else None
        told = noting.Talk(kind=kind, at=at, person=who.person, campaign=campaign, marks=marks)
        row = noting.touch(self.work("cleo"), told)
        self.noted.append(row.id)
        self.note("talked", key=row.id, who=who.key, outlet=who.outlet, at=at, kind=kind, marks=tuple(sorted(marks)),
                  campaign=campaign.id if campaign else "", source=row.source)  # fmt: skip
        self.look()

    def untalk(self) -> None:
        """A talk was noted by mistake."""
        if self.noted:
            ident = self.noted.pop(self.lot.randrange(len(self.noted)))
            noting.take_back(self.work("cleo"), ident, why="another person")
            self.note("untalked", key=ident)
            self.look()

    def join(self) -> None:
        """Two who are one person are joined; now and then they are parted again."""
        lot = self.lot
        if self.merged and lot.random() < 0.35:
            one, other = self.merged.pop(lot.randrange(len(self.merged)))
            ids = self.ids()
            joining.unmerge(self.work(), ids[one.key], ids[other.key], why="they are two")
            self.note("parted", one=one.key, other=other.key)
            return
        pairs = [*self.twins, *[(lot.choice(self.people), lot.choice(self.people))] * (lot.random() < 0.2)]
        ids = self.ids()
        ready = [(one, other) for one, other in pairs if one.key in ids and other.key in ids and one is not other]
        if not ready:
            return
        one, other = lot.choice(ready)
        if self._tried(lambda: joining.merge(self.work(), ids[one.key], ids[other.key], why="the same person")):
            self.merged.append((one, other))
            self.note("joined", one=one.key, other=other.key)

    def ids(self) -> dict[str, str]:
        """The contacts that people are by now, by their address."""
        rows = self.session.tuples("SELECT value, contact_id FROM contact_points WHERE kind = 'email'")
        return {str(value): str(contact) for value, contact in rows}

    def act(self) -> None:
        """One of us does something with a lead that waits for it (or does not)."""
        status, verbs = self.lot.choice(ACTS)
        rows = self.session.tuples(
            "SELECT id FROM leads WHERE status = ? AND opened_at <> '' ORDER BY opened_at, first_at", (status,)
        )
        if not rows:
            return
        lead, verb = self.lot.choice(rows)[0], self.lot.choice(verbs)
        who = self.lot.choice(OFFICERS)
        to, reason, until = "", "", None
        lot, work = self.lot, self.work(who)
        if verb == "accept":
            to = lot.choice(("", "", "dan"))
            do: Callable[[], Any] = lambda: answering.accept(work, lead, to=to)  # noqa: E731
        elif verb == "reject":
            reason = lot.choice(("wrong person", "not our subject", "too late"))
            do = lambda: answering.reject(work, lead, reason=reason)  # noqa: E731
        elif verb == "recycle":
            until = self.now.replace(microsecond=0) + timedelta(hours=lot.randrange(30, 1200))
            do = lambda: answering.recycle(work, lead, until=until)  # noqa: E731
        elif verb == "close":
            to = lot.choice(("covered", "served", "came to nothing", "withdrew"))
            do = lambda: answering.close(work, lead, outcome=to)  # noqa: E731
        elif verb == "reopen":
            do = lambda: answering.reopen(work, lead)  # noqa: E731
        elif verb == "assign":
            to = lot.choice((*OFFICERS, "events"))
            do = lambda: working.assign(work, lead, to)  # noqa: E731
        elif verb == "stage":
            to, reason = lot.choice(("engaged", "story-qualified")), "we know better"
            do = lambda: working.stage(work, lead, to, why=reason)  # noqa: E731
        else:
            do = lambda: working.note(work, lead, "a note")  # noqa: E731
        if self._tried(do):
            self.note("acted", lead=lead, verb=verb, by=who, to=to, reason=reason, until=until)

    def _tried(self, do: Callable[[], Any]) -> bool:
        """Whether it could be done: who asks for what makes no sense is refused, and nothing has happened."""
        try:
            do()
        except (CommsleadsError, DeskError):
            return False
        return True

    # --- the year ----------------------------------------------------------------------------------------------------

    def agree(self, number: int) -> None:
        """Other criteria are agreed on and switched on."""
        from commsleads.leads import agreeing

        file = self.app.settings.path.parent / f"criteria{number}.toml"
        file.write_text(CRITERIA[number], encoding="utf-8")
        agreeing.switch_on(self.session, self.app.settings, file, now=self.now, by="ada")
        self.note("agreed", number=number)

    def look(self) -> None:
        """What was noted is looked at at once, as the command does it."""
        jobs.JOBS["qualify"].run(self.app, jobs.never)
        self.note("looked")

    def pass_by(self) -> None:
        """One round of the jobs."""
        for name in ("respond", "desk", "qualify"):
            jobs.JOBS[name].run(self.app, jobs.never)
        self.note("passed")

    def live(self, weeks: int, a_day: int) -> None:
        """So many weeks, with so many things on a working day."""
        steps: list[Callable[[], None]] = [
            *[self.ask] * 14, *[self.regard] * 6, *[self.reply] * 8, self.drop, *[self.tie] * 2, *[self.click] * 7,
            self.unsay, *[self.write_back] * 2, *[self.mark] * 4, *[self.unmark] * 2, *[self.talk] * 8,
            self.untalk, self.twin, *[self.join] * 2, *[self.act] * 40,
        ]  # fmt: skip
        self.pass_by()
        self.note("agreed", number=1)
        shown_at = range(2, weeks, 5)
        changes = {weeks * 3 // 8: 2, weeks * 5 // 8: 3}
        for week in range(weeks):
            if week in changes:
                self.agree(changes[week])
            for day in range(7):
                self._day(BEGIN + timedelta(days=7 * week + day), steps, a_day if day < 5 else 1)
            if week in shown_at:
                self.show()
        self.pass_by()

    def show(self) -> None:
        """Somebody looks at some leads, and keeps what they were shown."""
        self.clock.now += timedelta(minutes=5)
        self.pass_by()
        rows = self.session.tuples("SELECT id FROM leads ORDER BY opened_at, first_at")
        for (lead,) in self.lot.sample(rows, min(12, len(rows))):
            seen = looking.seen(self.work(), lead)
            self.shown.append((self.now, seen.lead))

    def _day(self, begins: datetime, steps: list[Callable[[], None]], n: int) -> None:
        for campaign, plan in self.plans.items():
            if plan.starts_on == begins.date():
                self.clock.now = begins + timedelta(minutes=3)
                self.aim(campaign)
        for second in sorted(self.lot.sample(range(600, 36_000), n)):
            self.clock.now = begins + timedelta(seconds=second)
            self.lot.choice(steps)()
            if self.lot.random() < 0.15:
                self.clock.now += timedelta(seconds=1)
                self.pass_by()
        if self.lot.random() < 0.9:
            self.clock.now = begins + timedelta(seconds=36_500)
            self.pass_by()


OFFICERS = ("ada", "ben", "cleo", "dan", "eve")
ACTS = (
    *[("offered", ("accept", "accept", "accept", "reject", "recycle", "close", "assign"))] * 8,
    *[("accepted", ("close", "close", "recycle", "assign", "note"))] * 4,
    ("lapsed", ("accept", "reject", "reopen", "assign")),
    ("rejected", ("reopen", "recycle", "close")),
    ("closed", ("reopen", "note")),
    ("recycled", ("reopen", "close", "assign")),
    ("new", ("assign", "recycle", "stage", "close")),
    ("faded", ("reopen", "note")),
)
FIRST = (
    "Ruth", "Max", "Iris", "Nell", "Sue", "Gus", "Lia", "Pat", "Vera", "Rob", "Ines", "Omar", "Priya", "Tom", "Una",
    "Jo", "Kim", "Lars", "Mia", "Noor",
)  # fmt: skip
LAST = (
    "Calder", "Field", "Vane", "Foss", "Kemp", "Orr", "Moss", "Lund", "Stone", "Tarn", "Berg", "Okafor", "Rao", "Lind",
    "Hale", "Marsh", "Bell", "Wood", "Shaw", "Penn",
)  # fmt: skip


@contextmanager
def year(folder: Path, seed: int, people: int) -> Iterator[Year]:
    """An office with everything declared, before anything happens."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "criteria1.toml").write_text(CRITERIA[1], encoding="utf-8")
    clock = Clock(BEGIN)
    app = build(folder / "config.toml", clock=clock, environ={})
    app.prepare()
    with app.engine.session() as session:
        with session.atomic():
            sources.by_hand(session, "post", kind="mailbox", name="", why="a test")
        yield Year(app, session, clock, seed, people)
    app.engine.close()


__all__ = ["UTC", "Said", "Year", "year"]
