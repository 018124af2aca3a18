"""A press office through two months: five campaigns at once in one database, worked by the verbs, by lot of a seed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random
from typing import Any

from commsleads import jobs
from commsleads.app import App
from commsleads.campaigns import holding, linking, mailing, planning, responding, targets
from commsleads.campaigns.importing import Wanted, import_rows
from commsleads.campaigns.linking import Asking
from commsleads.contract import Signal, SignalKind, Tally
from commsleads.desk import Call, log
from commsleads.desk.work import set_fields
from commsleads.errors import CampaignError
from commsleads.intake.counters import Brought, Counters
from commsleads.lists import Row
from commsleads.plan import CHANNELS, CallToAction, Campaign, Goal, TargetGroup
from commsleads.rules.tying import Ties
from commsleads.spool import Spool, click_line, click_rest, folder_of
from commsleads.store.campaigns import links
from commsleads.store.campaigns import responses as kept
from commsleads.store.campaigns import targets as aims
from commsleads.store.desk.people import Person
from commsleads.store.engine import Session, micros
from tests.intake.postroom import answer, at_desk, come, office
from tests.office import Clock

BEGIN = datetime(2026, 9, 25, 8, tzinfo=UTC)
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
HEADERS = "client-hints document html language navigate user"
REFERRERS = ("", "www.google.com/", "www.linkedin.com/feed/", "news.example/a", "chatgpt.com/", "mail.google.com/")
MORE = '[links]\nbase = "https://go.museum.example/r/"\n'


def cta(ident: str, kind: str, **more: Any) -> CallToAction:
    return CallToAction(id=ident, kind=kind, destination=f"https://museum.example/{ident}", **more)


PLANS = (
    Campaign(
        id="autumn",
        starts_on=date(2026, 10, 12),
        ends_on=date(2026, 10, 20),
        window=timedelta(days=7),  # over the night in which clocks go back
        ctas=(cta("look", "visit"), cta("come", "reply")),
        targets=(TargetGroup(name="press", n=40), TargetGroup(name="partners", n=12, excluded=2, reason="rivals")),
        goal=Goal(n=20, of="responses"),
        cost=1000.0,
    ),
    Campaign(
        id="wing",
        starts_on=date(2026, 10, 26),
        ends_on=date(2026, 11, 10),
        window=timedelta(days=3),
        ctas=(cta("book", "register"), cta("tag", "use", phrases=("#NewWing",))),
        targets=(TargetGroup(name="schools", n=60), TargetGroup(name="kept", control=True)),
        goal=Goal(n=30, of="book"),
    ),
    Campaign(id="open", ctas=(cta("samples", "request"),)),
    Campaign(
        id="bare",
        starts_on=date(2026, 10, 5),
        ends_on=date(2026, 11, 5),
        ctas=(cta("read", "visit"),),
        targets=(TargetGroup(name="counted", n=80), TargetGroup(name="uncounted")),
    ),
    Campaign(
        id="declared",
        starts_on=date(2026, 10, 1),
        ends_on=date(2026, 10, 31),
        window=timedelta(days=1),
        ctas=(cta("fetch", "download"),),
        targets=(TargetGroup(name="all", n=500, excluded=20),),
        goal=Goal(n=10, of="downloads"),
        cost=250.0,
    ),
)
LISTS = {"autumn": (("press", 40),), "wing": (("schools", 60), ("kept", 12)), "bare": (("counted", 20),)}


class Months:
    """The office, and what happened in it."""

    def __init__(self, app: App, session: Session, clock: Clock, seed: int, spool: Spool) -> None:
        self.app, self.session, self.clock, self.spool = app, session, clock, spool
        self.lot = Random(seed)
        self.zone = app.settings.organisation.zone
        self.plans = {one.id: one for one in PLANS}
        self.people: dict[str, list[str]] = {}
        self.shared: dict[str, list[str]] = {}
        self.total = 100
        self.mails = 0

    @property
    def now(self) -> datetime:
        return self.app.now()

    def plan(self) -> None:
        """What is declared, whom it aims at, who is held back, and which links there are."""
        self.apply(*PLANS)
        for campaign, groups in LISTS.items():
            self.people[campaign] = []
            for group, n in groups:
                self.read(campaign, group, n)
        holding.hold_back(
            self.session, self.plans["wing"], 0.2, "s", zone=self.zone, now=self.now, by="ada", group="schools"
        )
        for plan in PLANS:
            for one in plan.ctas:
                for channel in ("newsletter", "social"):
                    asked = Asking(plan, one.id, channel)
                    made = linking.make(self.session, asked, channels=CHANNELS, now=self.now, by="ada")
                    self.shared.setdefault(plan.id, []).append(made.link["id"])
        trap = Asking(self.plans["autumn"], "look", "mail", trap=True)
        self.trap = linking.make(self.session, trap, channels=CHANNELS, now=self.now, by="ada").link["id"]
        for ident, wanted in (("autumn", "look"), ("wing", "book")):
            asked = Asking(self.plans[ident], wanted, "mail")
            linking.make_each(self.session, asked, channels=CHANNELS, zone=self.zone, now=self.now, by="ada")

    def apply(self, *plans: Campaign) -> None:
        self.plans |= {one.id: one for one in plans}
        planning.apply(self.session, plans, zone=self.zone, now=self.now, by="ada")

    def read(self, campaign: str, group: str, n: int) -> None:
        """A list with everybody in it twice under two spellings, a bad row, and one who is left out."""
        lines = ["E-Mail|Name|Medium|Excluded"]
        for number in range(n):
            address = f"{group}{number}@{campaign}.example"
            self.people[campaign].append(address)
            out = "a rival" if number == 3 else ""
            lines += [f"{address}|Ada {group} {number}|Daily {number}|{out}"]
            lines += [f" {address.upper()} |{group} {number}, ADA|Daily {number}|{out}"] * (number % 4 == 0)
        lines += ["nobody|N. Body|Nowhere|"]
        cells = [Row(number, line.split("|")) for number, line in enumerate(lines, start=1)]
        came = import_rows(
            self.session,
            self.plans[campaign],
            cells,
            Wanted(group=group),
            zone=self.zone,
            keep=timedelta(days=700),
            now=self.now,
            by="ada",
        )
        assert (came.new, len(came.bad)) == (n, 1)

    # --- what happens ------------------------------------------------------------------------------------------------

    def click(self) -> None:
        """Somebody or something asks for a link, a while ago."""
        lot, campaign = self.lot, self.lot.choice(list(self.shared))
        own = [row["id"] for row in links.of_campaign(self.session, campaign) if row["target_id"]]
        link = lot.choice(own) if own and lot.random() < 0.7 else lot.choice(self.shared[campaign])
        machine = lot.random() < 0.15
        link = self.trap if machine and campaign == "autumn" and lot.random() < 0.3 else link
        who = f"v{lot.randrange(10_000)}"
        moment = micros(self.now - timedelta(seconds=lot.randrange(1, 7_000)))
        asked = lot.choice(["get"] * 9 + ["head"])
        rest = click_rest(who, who, "", "" if machine else HEADERS, BOT if machine else CHROME, lot.choice(REFERRERS))
        self.spool.write(
            [click_line(moment + 300_000 * again, asked, link, rest) for again in range(lot.choice((1, 1, 2)))]
        )

    def mail(self) -> None:
        """An answer of a target, or of a stranger who quotes a link."""
        campaign = self.lot.choice(list(self.people))
        self.mails += 1
        told = {"message_id": f"m{self.mails}@x.example", "date": format_datetime(self.now)}
        text, sender = "Yes, I will come.\n", self.lot.choice(self.people[campaign])
        if self.lot.random() < 0.3:
            link = links.of_campaign(self.session, campaign)[0]
            text, sender = f"About https://go.museum.example/r/{link['slug']}\n", f"s{self.mails}@free.example"
        come(self.app, self.session, answer(text, to="gone@elsewhere.example", sender=sender, **told))

    def call(self) -> None:
        """A journalist calls, and the desk ties it to a campaign."""
        known = self.lot.choice(self.people["wing"]) if self.lot.random() < 0.3 else ""
        person = Person(name=f"Ruth {self.lot.randrange(6)}", outlet="North County Post", email=known)
        desk = at_desk(self.app, self.session)
        ident = log(desk, Call(subject="A question", journalists=(person,), questions=("When?",)))
        if not known:
            set_fields(desk, ident, {}, ties={"campaign": [self.lot.choice(("open", "wing", "autumn"))]})

    def mark(self) -> None:
        """Somebody telephoned or came; now and then a response is set aside, or taken up again."""
        plan = self.plans[self.lot.choice(list(self.plans))]
        members = aims.of_campaign(self.session, plan.id)
        who = self.lot.choice(members).id if members and self.lot.random() < 0.8 else ""
        at = self.now - timedelta(hours=self.lot.randrange(60))
        done = responding.add(
            self.session, plan, self.lot.choice(plan.ctas).id, self.lot.choice(responding.KINDS), at=at, now=self.now,
            zone=self.zone, by="ada", target=who, note=f"note {self.lot.randrange(10**9)}",
        )  # fmt: skip
        if done.response.counts and self.lot.random() < 0.4:
            responding.set_aside(self.session, done.response.id, "a mistake", now=self.now, by="ada")
            if self.lot.random() < 0.5:
                responding.undo(self.session, done.response.id, now=self.now, by="ada")

    def story(self) -> None:
        """Something is published."""
        self.mails += 1
        outlet, tag = self.lot.choice(("Daily 7", "Elsewhere")), self.lot.choice(("#NewWing", "nothing"))
        url = f"https://{outlet.lower().replace(' ', '')}.example/{self.mails}"
        told = Signal(external_id=url, kind=SignalKind.ENTRY, url=url, title=f"Story {self.mails} of {outlet}",
                      body=f"A text {self.mails} {tag}", published_at=self.now)  # fmt: skip
        with self.session.atomic():
            self.app.intake(self.session).keep(self.session, [("news", [told])], self.now)

    def move(self) -> None:
        """Somebody corrects a status: forward, or back with a reason; or a target is excluded, before or after."""
        plan = self.plans[self.lot.choice(list(self.people))]
        one = self.lot.choice(aims.of_campaign(self.session, plan.id))
        if self.lot.random() < 0.3:
            targets.exclude(self.session, one, self.now, "ada", "wants no more mail")
            return
        to = self.lot.choice(plan.statuses[:3]).name
        targets.mark(self.session, one, to, self.now, "ada", why="a person says so")

    def send(self) -> None:
        """A mailing goes out; told again it is the same."""
        plan = self.plans[self.lot.choice(list(self.people))]
        told: dict[str, Any] = {"channels": CHANNELS, "at": self.now - timedelta(minutes=self.lot.randrange(600))}
        for _ in range(2):
            mailing.sent(self.session, plan, "mail", now=self.now, by="ada", **told)

    def count(self) -> None:
        """Another service is asked for its total; now and then it has begun anew."""
        anew = self.total > 20 and self.lot.random() < 0.2
        self.total = self.lot.randrange(5) if anew else self.total + self.lot.randrange(9)
        told = Tally(
            thing="https://bit.example/a", total=self.total, address="https://museum.example/fetch", rule="GET"
        )
        with self.session.atomic():
            Counters(Ties(tuple(self.plans.values()), CHANNELS)).keep(
                self.session, Brought("bit", self.now, (told,), ()), self.now
            )

    def work(self) -> None:
        """One round of the jobs. No first response that stood before is another one after it."""
        names = "id, responded_at, first_response"
        before = self.session.tuples(f"SELECT {names} FROM targets WHERE responded_at <> ''")
        for name in ("take_in", "drain", "judge", "respond"):
            jobs.JOBS[name].run(self.app, jobs.never)
        assert set(before) <= set(self.session.tuples(f"SELECT {names} FROM targets"))

    def redeclare(self) -> None:
        """In the middle: another end, another way to recognise the act, a goal for one that had none."""
        wing, autumn = self.plans["wing"], self.plans["autumn"]
        book = replace(wing.ctas[0], recognised=("click", "reply", "mark"))
        self.apply(
            replace(wing, ctas=(book, wing.ctas[1])),
            replace(autumn, ends_on=date(2026, 10, 22)),
            replace(self.plans["open"], goal=Goal(n=5, of="responses")),
        )

    def live(self, steps: int) -> None:
        """Two months go by."""
        acts = (
            [self.click] * 12 + [self.mail, self.mark] * 3 + [self.call, self.story, self.move, self.move, self.count]
        )
        for number in range(steps):
            self.clock.move(minutes=60 * 24 * 62 / steps)
            if number == steps // 2:
                self.redeclare()
            if number in (steps // 8, steps // 3, steps // 2):
                self.send()
            self.lot.choice(acts)()
            if self.lot.random() < 0.05:
                self.work()
        self.work()
        self.clock.move(hours=25)  # clicks long after a campaign are looked at once a day
        self.work()

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Responses and statuses as they stand."""
        names = ", ".join(kept._NAMES)
        return {
            "responses": self.session.tuples(f"SELECT {names} FROM responses ORDER BY id"),
            "targets": self.session.tuples("SELECT id, status, responded_at, first_response FROM targets ORDER BY id"),
        }


@contextmanager
def months(folder: Path, seed: int) -> Iterator[Months]:
    """An office with everything declared and nothing that came."""
    app, clock = office(folder, MORE, now=BEGIN)
    spool = Spool(folder_of(Path(app.settings.store_url)))
    spool.folder.mkdir(parents=True, exist_ok=True)
    with app.engine.session() as session:
        session.execute(
            "INSERT INTO sources (id, kind, every_seconds, next_check_at, interval_seconds) "
            "VALUES ('news', 'feeds', 60, '', 60), ('bit', 'bitly', 60, '', 60) ON CONFLICT (id) DO NOTHING"
        )
        made = Months(app, session, clock, seed, spool)
        made.plan()
        yield made
    app.engine.close()


__all__ = ["CampaignError", "Months", "months"]
