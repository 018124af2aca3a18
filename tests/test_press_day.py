"""A day of a press office, played against a real mail server: forty mails, twelve calls, two officers, one sign-off
sent back. At the end the log, the history and the figures are what they should be, to the last one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from commsleads import jobs
from commsleads.app import App, build
from commsleads.desk import Call, Desk, log
from commsleads.desk.answering import Answer, draft, interview, kept, promise, respond
from commsleads.desk.ending import close, duplicate, redirect, withdraw
from commsleads.desk.hearing import line
from commsleads.desk.library import add as add_line
from commsleads.desk.library import approve as approve_line
from commsleads.desk.looking import show
from commsleads.desk.signing import approve, ask_signoff, send_back, waive_signoff
from commsleads.desk.work import acknowledge, assign, hold, set_fields
from commsleads.facts.desk_values import DeskFigures
from commsleads.rules.periods import parse_period
from tests.dovecot import Dovecot
from tests.office import Clock
from tests.press_day import MAILS, TWICE, Arriving, at

SETTINGS = """
[organisation]
name = "Harbour Museum"
timezone = "Europe/London"
working_hours = "Mon-Fri 09:00-17:30"

[fetch]
allow_networks = ["127.0.0.0/8", "::1/128"]

[secrets]
folder = "secrets"

[desk]
addresses = ["museum.example"]
[[desk.officers]]
id = "ada"
name = "Ada Stone"
role = "lead"
cover = "ben"
[[desk.officers]]
id = "ben"
name = "Ben Okoro"
[[desk.officers]]
id = "cleo"
name = "Cleo Marsh"
role = "approver"
[[desk.on_call]]
officer = "ben"
first = 2026-11-16
last = 2026-11-22
[[desk.expertise]]
id = "ship-models"
any = ["ship models"]

[[outlets]]
name = "North County Post"
domains = ["northcounty-post.example"]
tier = 3
[[outlets]]
name = "The Meridian"
domains = ["themeridian.example"]
tier = 1
[[outlets]]
name = "Hafenblatt"
domains = ["hafenblatt.example"]
tier = 2

[[sources]]
id = "press-mailbox"
kind = "mailbox"
url = "{url}"
every = "5m"
user = "{user}"
password_secret = "imap"
folders = ["INBOX", "Press"]
sent_folders = ["Sent"]
ca_file = "{authority}"
"""

CALLS = {
    "c1": "Ruth Calder, North County Post: is it true about the night tours? by noon",
    "c2": "Max Field, Fen Gazette, +44 1632 960001: when do school groups start? by 3pm",
    "c3": "Iris Vane, Harbour Gazette: can we film in the hall? by Friday",
    "c4": "Nell Foss, Dockside Radio: who pays for the new wing? by 11am",
    "c5": "Mrs Dale: where is my refund?",
    "c6": "Sue Kemp, Evening Post: what does the director say on the strike? by 2pm",
    "c7": "Gus Orr, Trade Ships Weekly: how old is the rope factory? by COB",
    "c8": "Lia Moss, Quay FM: can the director talk at 8 tomorrow? by 5pm",
    "c9": "Pat Lund, Harbour Gazette: how heavy is the anchor? by 6pm",
    "c10": "how many people work there?",
    "c11": "Vera Stone, The Meridian: is the alarm mended? ASAP",
    "c12": "Rob Tarn, Evening Post: was anybody hurt? within the hour",
}
MINUTES = 30
"""How often the day's mail is fetched."""


class Day:
    """The office, its clock, and what each mail and call became."""

    def __init__(self, app: App, clock: Clock, server: Dovecot) -> None:
        self.app = app
        self.clock = clock
        self.server = server
        self.calls: dict[str, str] = {}
        self.delivered = 0

    def desk(self, session: Any, who: str) -> Desk:
        desk = Desk(session=session, settings=self.app.settings, now=self.clock.now)
        return Desk(session=session, settings=self.app.settings, now=self.clock.now, who=desk.officer(who))

    def ref(self, key: str) -> str:
        """The reference that a mail or a call got."""
        with self.app.engine.session() as session:
            if key in self.calls:
                sql, given = "SELECT reference FROM enquiries WHERE id = ?", self.calls[key]
            else:
                sql = (
                    "SELECT e.reference FROM enquiries e JOIN letters l ON l.id = e.letter_id "
                    "WHERE l.message_id = ? AND e.letter_id <> ''"
                )
                given = next(mail.message_id for mail in MAILS if mail.key == key)
            ((found,),) = session.tuples(sql, (given,))
            return str(found)

    def call(self, who: str, key: str, **more: Any) -> None:
        """A telephone call, typed in one line."""
        with self.app.engine.session() as session:
            desk = self.desk(session, who)
            heard = line(desk, CALLS[key], received=desk.now, zone=desk.zone)
            call = Call(
                subject=heard.subject,
                journalists=(heard.person,) if heard.person else (),
                outlet=heard.person.outlet,
                deadline=heard.deadline,
                deadline_text=heard.deadline_text,
                questions=heard.questions,
                **more,
            )
            self.calls[key] = log(desk, call)

    def do(self, who: str, verb: Callable[..., Any], key: str, *args: Any, **more: Any) -> None:
        ref = self.ref(key)
        with self.app.engine.session() as session:
            verb(self.desk(session, who), ref, *args, **more)

    def fetch(self) -> None:
        """Let in what has come by now, then one full pass of the program."""
        for mail in MAILS:
            if at(mail.clock) <= self.clock.now and at(mail.clock) > self.clock.now - timedelta(minutes=MINUTES):
                self.deliver(mail, mail.folder)
                if mail.key == TWICE:
                    self.deliver(mail, "Press")
        jobs.once(self.app, every_source=True)

    def deliver(self, mail: Arriving, folder: str) -> None:
        path = self.server.deliver(mail.raw(), folder=folder)
        stamp = at(mail.clock).timestamp()
        os.utime(path, (stamp, stamp))
        self.delivered += 1

    def figures(self) -> DeskFigures:
        with self.app.engine.session() as session:
            return self.app.facts(session).desk(parse_period("2026-11-18", self.app.settings.organisation.zone))

    def rows(self, sql: str, *given: Any) -> list[tuple[Any, ...]]:
        with self.app.engine.session() as session:
            return session.tuples(sql, given)


class Act(NamedTuple):
    """Something an officer does at a time."""

    clock: str
    who: str
    what: Callable[..., Any]
    key: str
    args: tuple[Any, ...] = ()
    more: dict[str, Any] | None = None


def signed(who: str, key: str, text: str, *clocks: str, **answer: Any) -> list[Act]:
    """A draft, its sign-off asked of Cleo, given by her, and the answer: at these four times."""
    clock, asked, given, sent = clocks
    kind: dict[str, Any] = {"kind": "full", "method": "email", "terms": "spokesperson"} | answer
    return [
        Act(clock, who, draft, key, (text,)),
        Act(asked, who, ask_signoff, key, ("cleo",)),
        Act(given, "cleo", approve, key),
        Act(sent, who, respond, key, (Answer(**kind),)),
    ]


def taken(clock: str, who: str, key: str) -> list[Act]:
    """Acknowledged and taken on."""
    return [Act(clock, who, acknowledge, key), Act(clock, who, assign, key, (who,))]


PLAN = [
    *taken("08:10", "ada", "e1"),
    *signed(
        "ada", "e1", "The night tours pause in November; 212 bookings are affected.", "10:05", "10:10", "10:20", "11:35"
    ),
    *taken("09:35", "ben", "e2"),
    *signed("ben", "e2", "Wir haben 340 Modelle.", "10:31", "10:40", "11:10", "13:50"),
    *taken("10:06", "ben", "e3"),
    Act("16:05", "ben", draft, "e3", ("L'aile a coûté 11 millions de livres.",)),
    Act("16:10", "ben", ask_signoff, "e3", ("cleo",)),
    *taken("10:45", "ada", "e4"),
    *signed("ada", "e4", "Hasta octubre, 81.000 visitantes.", "16:35", "16:36", "17:15", "17:20"),
    *taken("11:02", "ben", "e5"),
    Act("11:05", "ben", hold, "e5", ("journalist",), {"why": "which day in December?"}),
    *taken("11:31", "ada", "e6"),
    Act("11:32", "ada", set_fields, "e6", ({"privacy": "restricted", "level": "escalate"},)),
    *signed(
        "ada",
        "e6",
        "The last inspection was in May 2026 and found no faults.",
        "13:10",
        "13:15",
        "13:40",
        "15:01",
        kind="statement",
    ),
    Act("12:50", "ada", set_fields, "e7", ({"stance": "positive"},)),
    Act("13:35", "ben", acknowledge, "e8"),
    *taken("12:05", "ada", "e12"),
    *signed("ada", "e12", "Prices for 2027 are not set.", "12:31", "12:40", "13:20", "14:03", kind="partial"),
    *taken("17:03", "ada", "e10"),
    Act("17:33", "ada", respond, "e10", (Answer(method="phone", terms="spokesperson", line="alarm"),)),
    Act("09:00", "ada", set_fields, "e1", ({"stance": "neutral"},)),
    Act("11:06", "ben", set_fields, "e5", ({"stance": "positive"},)),
    # --- calls -------------------------------------------------------------------------------------------------------
    Act("09:03", "ada", duplicate, "c1", ("e1",)),
    *taken("09:16", "ben", "c2"),
    Act("09:20", "ben", respond, "c2", (Answer(method="phone", terms="on the record", line="schools"),)),
    Act("09:21", "ben", set_fields, "c2", ({"stance": "neutral"},)),
    *taken("10:01", "ada", "c3"),
    Act("10:02", "ada", assign, "c3", ("ben",), {"note": "Ben knows the film crew."}),
    Act("10:03", "ben", promise, "c3", ("ring back about the hall", at("11:30"))),
    Act("11:20", "ben", kept, "c3", (1,)),
    Act("11:01", "ada", redirect, "c5", ("visitor services",)),
    *taken("11:31", "ben", "c6"),
    Act("11:33", "ben", set_fields, "c6", ({"stance": "hostile"},)),
    Act("12:00", "ben", draft, "c6", ("The director has no view on it.",)),
    Act("12:06", "ben", ask_signoff, "c6", ("cleo",)),
    Act("12:20", "cleo", send_back, "c6", ("She has one, but not in public.",)),
    *signed(
        "ben",
        "c6",
        "We do not comment on the talks.",
        "12:32",
        "12:35",
        "12:51",
        "13:01",
        kind="no comment",
        method="phone",
    ),
    *taken("12:46", "ada", "c7"),
    Act("14:30", "ada", draft, "c7", ("It was built in 1871.",)),
    Act("15:05", "ada", waive_signoff, "c7", ("A date from our own guide book.",)),
    Act("15:10", "ada", respond, "c7", (Answer(method="phone", terms="spokesperson"),)),
    *taken("13:32", "ben", "c8"),
    Act("13:40", "ben", draft, "c8", ("Dr Vale will talk at eight.",)),
    Act("13:45", "ada", waive_signoff, "c8", ("A time, no statement.",)),
    Act("13:50", "ben", respond, "c8", (Answer(kind="interview", method="phone", terms="on the record"),)),
    Act("14:00", "ben", interview, "c8", ("Dr Ingrid Vale",), {"chief": True, "form": "live"}),
    Act("14:50", "ada", withdraw, "c9", (), {"reason": "The story was dropped."}),
    Act("16:31", "ada", acknowledge, "c11"),
    *taken("18:06", "ben", "c12"),
    Act("18:40", "ben", respond, "c12", (Answer(method="phone", terms="spokesperson", line="alarm"),)),
    Act("17:40", "ben", close, "c2", (), {"outcome": "not covered"}),
    Act("19:10", "ben", close, "c12", (), {"outcome": "unknown"}),
    Act("19:20", "ada", show, "e6"),
]
RINGS = {
    "c1": ("09:02", "ada"), "c2": ("09:15", "ben"), "c3": ("10:00", "ada"), "c4": ("10:30", "ben"),
    "c5": ("11:00", "ada"), "c6": ("11:30", "ben"), "c7": ("12:45", "ada"), "c8": ("13:30", "ben"),
    "c9": ("14:20", "ada"), "c10": ("15:30", "ben"), "c11": ("16:30", "ada"), "c12": ("18:05", "ben"),
}  # fmt: skip
LINES = [("08:30", "schools", "School groups come from 12 January."), ("17:20", "alarm", "Nobody was hurt.")]


def play(day: Day) -> None:
    """The day, minute by minute; mail comes first, then calls, then what officers do."""
    steps: list[tuple[datetime, int, Callable[[], Any]]] = []
    clock = at("08:00")
    while clock <= at("19:00"):
        steps.append((clock, 0, day.fetch))
        clock += timedelta(minutes=MINUTES)
    for key, (when, who) in RINGS.items():
        steps.append((at(when), 1, lambda key=key, who=who: day.call(who, key)))  # type: ignore[misc]
    for when, name, text in LINES:
        steps.append((at(when), 2, lambda name=name, text=text: library(day, name, text)))  # type: ignore[misc]
    for act in PLAN:
        steps.append((at(act.clock), 3, lambda act=act: perform(day, act)))  # type: ignore[misc]
    for moment, _, step in sorted(steps, key=lambda one: one[:2]):
        day.clock.now = moment
        step()
    day.clock.now = at("19:30")
    jobs.once(day.app)


def perform(day: Day, act: Act) -> None:
    args = tuple(day.ref(one) if act.key == "c1" else one for one in act.args)
    day.do(act.who, act.what, act.key, *args, **(act.more or {}))


def library(day: Day, name: str, text: str) -> None:
    """Ada writes a line to take, Cleo approves it."""
    with day.app.engine.session() as session:
        add_line(day.desk(session, "ada"), name, topic=name, text=text)
        approve_line(day.desk(session, "cleo"), name)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """The day, played once; the tests look at its evening."""
    folder = tmp_path_factory.mktemp("day")
    (folder / "server").mkdir()
    (folder / "secrets").mkdir()
    with Dovecot(folder / "server") as server:
        (folder / "secrets" / "imap").write_text(server.password, encoding="utf-8")
        settings = folder / "config.toml"
        settings.write_text(
            SETTINGS.format(url=server.url, user=server.user, authority=Path(server.authority).as_posix()),
            encoding="utf-8",
        )
        clock = Clock(at("07:00"))
        app = build(settings, clock=clock, environ={})
        app.prepare()
        for key in ("Press", "Sent"):
            server.deliver(b"Subject: first\r\nFrom: x@museum.example\r\n\r\n", folder=key).unlink()
        played = Day(app, clock, server)
        for mail in MAILS:  # what came in the night
            if at(mail.clock) <= at("07:30"):
                played.deliver(mail, mail.folder)
        play(played)
        yield played


def test_every_mail_is_kept_once_and_is_what_it_is(day: Day) -> None:
    """Forty came, one of them twice: thirty-nine letters, each of the class that it has in truth."""
    assert day.delivered == 40
    read = dict(day.rows("SELECT l.message_id, r.class FROM letters l JOIN readings r ON r.letter_id = l.id"))
    assert len(read) == len(MAILS) == 39
    assert {mail.key: read[mail.message_id] for mail in MAILS} == {mail.key: mail.kind for mail in MAILS}
    assert day.rows("SELECT * FROM aside") == []
    assert day.rows("SELECT * FROM letters_pending") == []


def test_every_enquiry_is_logged_with_who_asks_and_by_when(day: Day) -> None:
    """Twelve by mail and twelve by telephone, each once."""
    assert day.rows("SELECT count(*) FROM enquiries") == [(24,)]
    for mail in (mail for mail in MAILS if mail.kind == "enquiry"):
        ((outlet, deadline, received, name),) = day.rows(
            "SELECT e.outlet, e.deadline_at, e.received_at, c.name FROM enquiries e "
            "JOIN enquiry_journalists j ON j.enquiry_id = e.id JOIN contacts c ON c.id = j.contact_id "
            "WHERE e.reference = ?",
            day.ref(mail.key),
        )
        assert (name, outlet) == (mail.journalist, mail.outlet), mail.key
        assert received == f"{at(mail.clock):%Y-%m-%dT%H:%M:%SZ}", mail.key
        if mail.deadline:
            assert deadline == f"{mail.deadline:%Y-%m-%dT%H:%M:%SZ}", mail.key


def test_answers_are_in_their_enquiries_and_strangers_are_not(day: Day) -> None:
    """Headers and evidence join; a guessed token or headers in a stranger's hand do not."""
    joined = {
        (message, reference)
        for message, reference in day.rows(
            "SELECT l.message_id, e.reference FROM enquiry_letters j JOIN letters l ON l.id = j.letter_id "
            "JOIN enquiries e ON e.id = j.enquiry_id"
        )
    }
    own = {(mail.message_id, day.ref(mail.key)) for mail in MAILS if mail.kind == "enquiry"}
    answers = {(mail.message_id, day.ref(mail.joins)) for mail in MAILS if mail.key in {"r1", "r2", "r3", "r4", "r5"}}
    assert own | answers <= joined
    assert not {message for message, _ in joined} & {mail.message_id for mail in MAILS if mail.review}
    waiting = {message for (message,) in day.rows(
        "SELECT l.message_id FROM review v JOIN letters l ON l.id = v.letter_id WHERE v.decision = ''"
    )}  # fmt: skip
    assert {mail.message_id for mail in MAILS if mail.review} <= waiting
    assert not waiting & {mail.message_id for mail in MAILS if mail.kind in {"bounce", "newsletter", "auto_reply"}}


def test_an_answer_by_the_journalist_ends_the_wait_for_it(day: Day) -> None:
    """The podcast's second mail releases the hold that Ben had set."""
    assert day.rows("SELECT hold, state FROM enquiries WHERE reference = ?", day.ref("e5")) == [("", "assigned")]


def test_the_history_of_the_one_sent_back_is_whole(day: Day) -> None:
    """Who did what, in order: logged, taken, drafted, sent back, drafted again, signed, answered."""
    ((ident,),) = day.rows("SELECT id FROM enquiries WHERE reference = ?", day.ref("c6"))
    done = day.rows("SELECT at, who, what FROM history WHERE kind = 'enquiry' AND row_id = ? ORDER BY number", ident)
    assert [(moment[11:16], who) for moment, who, _ in done] == [
        ("11:30", "ben"), ("11:31", "ben"), ("11:31", "ben"), ("11:33", "ben"), ("12:00", "ben"), ("12:06", "ben"),
        ("12:20", "cleo"), ("12:32", "ben"), ("12:35", "ben"), ("12:51", "cleo"), ("13:01", "ben"),
    ]  # fmt: skip
    assert day.rows("SELECT round, state FROM enquiries WHERE id = ?", ident) == [(2, "responded")]
    decisions = day.rows("SELECT round, decision FROM approvals WHERE enquiry_id = ? ORDER BY number", ident)
    assert decisions == [(1, "sent_back"), (2, "approved")]


def test_a_look_at_the_restricted_one_is_written_down(day: Day) -> None:
    """Ada looked at it once that evening, and the history says so."""
    ((ident,),) = day.rows("SELECT id FROM enquiries WHERE reference = ?", day.ref("e6"))
    looks = day.rows("SELECT who, at FROM history WHERE kind = 'enquiry' AND row_id = ? AND what LIKE 'looked%'", ident)
    assert looks == [("ada", "2026-11-18T19:20:00Z")]


def test_the_figures_of_the_day(day: Day) -> None:
    """Every figure of the desk, counted by hand from the plan of the day."""
    desk = day.figures()
    figures = desk.figures
    assert desk.ever == 24
    assert figures.all.received.n == 22
    assert (figures.left_out.duplicate.n, figures.left_out.redirected.n, figures.left_out.withdrawn.n) == (1, 1, 1)
    hit = figures.all.hit_rate
    assert (hit.share.k, hit.share.n) == (9, 12)
    assert refs(day, hit.misses) == {day.ref(key) for key in ("e4", "e10", "c4")}
    assert {part.name: part.value.received.n for part in figures.by_channel} == {"phone": 10, "email": 12}
    assert (figures.out_of_hours.share.k, figures.out_of_hours.share.n) == (3, 22)
    assert {part.name: part.value.n for part in figures.responses} == {
        "full": 7, "partial": 1, "statement": 1, "interview": 1, "no comment": 1,
    }  # fmt: skip
    assert (figures.callbacks.share.k, figures.callbacks.share.n) == (1, 1)
    assert (figures.interviews.given.n, figures.interviews.chief.n) == (1, 1)
    backlog = figures.backlog
    assert (backlog.open.n, backlog.unanswered.n, backlog.due_soon.n, backlog.lapsed.n) == (19, 10, 3, 1)
    assert refs(day, backlog.lapsed.ids) == {day.ref("c4")}
    assert desk.touches.n == 4
    assert desk.touches.contacts == 3
    assert desk.requests == 1


def test_the_wait_for_an_answer_is_what_a_recount_gives(day: Day) -> None:
    """Kaplan and Meier's median, worked out again from the plan: eleven answered, eleven that still wait or ended."""
    answered = {
        "e1": ("05:40", "11:35"), "e2": ("09:10", "13:50"), "e4": ("10:20", "17:20"), "e6": ("11:15", "15:01"),
        "e10": ("16:45", "17:33"), "e12": ("11:50", "14:03"), "c2": ("09:15", "09:20"), "c6": ("11:30", "13:01"),
        "c7": ("12:45", "15:10"), "c8": ("13:30", "13:50"), "c12": ("18:05", "18:40"),
    }  # fmt: skip
    open_since = ["09:40", "10:45", "12:30", "13:05", "14:10", "18:30", "10:00", "10:30", "15:30", "16:30"]
    lasted = [((at(to) - at(since)), True) for since, to in answered.values()]
    lasted += [((at("19:30") - at(since)), False) for since in open_since]
    lasted.append((at("14:50") - at("14:20"), False))
    left, alive, median = len(lasted), 1.0, None
    for length, ended in sorted(lasted, key=lambda one: (one[0], not one[1])):
        if ended:
            alive *= 1 - 1 / left
        left -= 1
        if median is None and alive <= 0.5:
            median = length
    wait = day.figures().figures.all.first_answer
    assert (wait.n, wait.events, wait.median) == (22, 11, median)


def test_sign_off_is_measured(day: Day) -> None:
    """Six were signed, one of them in a second round, two waived; the one that waits is no figure yet."""
    sign_off = day.figures().figures.sign_off
    assert sum(step.value.n for step in sign_off.by_step) >= 6
    assert day.rows("SELECT decision, count(*) FROM approvals GROUP BY decision ORDER BY decision") == [
        ("approved", 6), ("asked", 1), ("sent_back", 1), ("waived", 2),
    ]  # fmt: skip


def test_the_returning_journalist_is_one_contact(day: Day) -> None:
    """Ruth wrote twice and rang once."""
    ids = {
        contact
        for key in ("e1", "e7", "c1")
        for (contact,) in day.rows(
            "SELECT j.contact_id FROM enquiry_journalists j JOIN enquiries e ON e.id = j.enquiry_id "
            "WHERE e.reference = ?", day.ref(key))
    }  # fmt: skip
    assert len(ids) == 1


def test_the_server_is_left_as_it_was(day: Day) -> None:
    """Nothing is moved or deleted; what was taken in is marked as read."""
    flags = day.server.flags()
    assert len(flags) == sum(mail.folder == "INBOX" for mail in MAILS)
    assert set(flags.values()) == {"S"}


def refs(day: Day, ids: Any) -> set[str]:
    with day.app.engine.session() as session:
        return {str(session.tuples("SELECT reference FROM enquiries WHERE id = ?", (one,))[0][0]) for one in ids}


def test_what_a_second_mail_asks_stands_with_the_questions(day: Day) -> None:
    """Ruth's answer asked one thing more; it is in the same enquiry, and was answered with the rest."""
    asked = [text for (text,) in day.rows(
        "SELECT q.text FROM questions q JOIN enquiries e ON e.id = q.enquiry_id WHERE e.reference = ? "
        "ORDER BY q.number",
        day.ref("e1"),
    )]  # fmt: skip
    assert asked[-1].endswith("will people get their money back?")
    assert len(asked) == len(set(asked))
