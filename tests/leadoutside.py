"""What comes from outside in the simulated year: enquiries, clicks, answers by mail, and marks of a campaign."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

from commsleads.campaigns import responding
from commsleads.campaigns.importing import Wanted, import_rows
from commsleads.desk import Call, log
from commsleads.desk.answering import Answer, respond
from commsleads.desk.ending import redirect, withdraw
from commsleads.desk.work import set_fields
from commsleads.letters import Deadline
from commsleads.lists import Row
from commsleads.responses import Hit
from commsleads.store.campaigns import hits, links, responses, targets
from commsleads.store.engine import micros
from tests.intake.postroom import answer, come
from tests.leadoffice import BEGIN
from tests.leadpeople import Office, Somebody

CHANNELS = (
    "phone", "phone", "email", "email", "event", "social message", "search", "personal referral", "request service",
)  # fmt: skip


class Outside(Office):
    """The office, and what comes to it."""

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
        self.note("aimed", campaign=campaign, who={one.key: one.outlet for one in chosen if one.email})
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
