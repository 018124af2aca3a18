"""A year of an invented press office, lived by its desk, its campaigns and its people at work on leads, from a seed.

What happens is done through the program's own verbs and jobs, at simulated times. Beside it the office keeps a list of
its own, `said`: what happened when and when somebody knew, in plain words. `tests.leadtruth` recounts from that list
alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from commsleads import jobs
from commsleads.app import build
from commsleads.leads import agreeing, answering, joining, looking, noting, working
from commsleads.store import sources
from tests.leadcriteria import CRITERIA
from tests.leadoffice import BEGIN, SETTINGS
from tests.leadoutside import Outside
from tests.leadpeople import Said
from tests.office import Clock

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


class Year(Outside):
    """The office, and all that happens in it."""

    # --- what people note and do -----------------------------------------------------------------------------------

    def talk(self) -> None:
        """A talk that somebody notes, now and then days later."""
        lot, who = self.lot, self.lot.choice(self.people)
        kind = lot.choice(noting.KINDS)
        at = max(self.now - timedelta(hours=lot.choice((0, 1, 3, 30, 200))), BEGIN)
        marks = set(lot.sample(("material", lot.choice(("positive", "neutral"))), lot.randrange(3)))
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
            if not self._tried(lambda: working.assign(work, lead, to)):  # who is asked already: then somebody else
                to = OFFICERS[OFFICERS.index(to) - 1] if to in OFFICERS else OFFICERS[0]
                do = lambda: working.assign(work, lead, to)  # noqa: E731
            else:
                do = lambda: None  # noqa: E731
        elif verb == "stage":
            to, reason = lot.choice(("engaged", "story-qualified")), "we know better"
            do = lambda: working.stage(work, lead, to, why=reason)  # noqa: E731
        else:
            do = lambda: working.note(work, lead, "a note")  # noqa: E731
        if self._tried(do):
            self.note("acted", lead=lead, verb=verb, by=who, to=to, reason=reason, until=until)

    # --- the year --------------------------------------------------------------------------------------------------

    def agree(self, number: int) -> None:
        """Other criteria are agreed on and switched on."""
        file = self.app.settings.path.parent / f"criteria{number}.toml"
        file.write_text(CRITERIA[number], encoding="utf-8")
        agreeing.switch_on(self.session, self.app.settings, file, now=self.now, by="ada")
        self.note("agreed", number=number)

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
        self.mark()
        self.click()  # what nobody has looked at yet is not shown, and must not be shown later as if it had been
        self.clock.now += timedelta(minutes=5)
        rows = self.session.tuples("SELECT id FROM leads ORDER BY opened_at, first_at")
        for (lead,) in self.lot.sample(rows, min(12, len(rows))):
            seen = looking.seen(self.work(), lead)
            self.shown.append((self.now, seen.lead))
        self.clock.now += timedelta(seconds=1)

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


__all__ = ["Said", "Year", "year"]
