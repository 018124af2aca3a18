"""The press desk's speed, for `bench.py`: mails read, and a log with a hundred thousand enquiries behind it.

    ./run bench --desk                    # 2,000 and 10,000 mails, then 100,000 enquiries behind: some minutes
    ./run bench --desk --behind 20000     # a shorter log

Each question to the log is asked of two databases in turn, a young one and one with a long log behind the same present,
in one process that has asked it once before. The bars are those of the desk: see `docs/performance.md`.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import bench_mail

NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
MAILS = (2_000, 10_000)
PRESENT = 600
"""Enquiries of the last month, in both databases; forty of them are open."""
OPEN = 40
STORIES = 2_000
CHANNELS = ("phone", "email", "email", "email", "web form", "social message")
STATES = (
    "acknowledged", "assigned", "researching", "drafting", "awaiting_signoff", "approved", "responded", "closed",
)  # fmt: skip
SAID = (
    "The {thing} in {town} stays open. Work on its roof costs {n} thousand pounds and ends before the end of the year. "
    "Nobody who works there has to leave, and each visitor will find the way round the works marked on the quay."
)

Measure = Callable[[list[str]], dict[str, float]]


# --- mails ---------------------------------------------------------------------------------------------------------


def mails(measured: Measure, rounds: int) -> None:
    """`mail import` of two sizes, and the least that can be done with the larger."""
    found: dict[str, list[dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = bench_mail.settings(folder)
        for count in MAILS:
            bench_mail.mbox(folder / str(count), count)
        for _ in range(rounds):
            for count in MAILS:
                for file in folder.glob("commsleads.db*"):
                    file.unlink()
                argv = [sys.executable, "-m", "commsleads", "--config", str(config), "mail", "import"]
                found.setdefault(f"commsleads, {count:,}", []).append(measured([*argv, str(folder / str(count))]))
            (folder / "floor.db").unlink(missing_ok=True)
            least = [sys.executable, bench_mail.__file__, str(folder / "floor.db"), str(folder / str(MAILS[-1]))]
            found.setdefault(f"floor, {MAILS[-1]:,}", []).append(measured(least))
    print("\nMails\n\n| runner | CPU s | wall s | mails a second | peak MiB |\n| --- | ---: | ---: | ---: | ---: |")
    middle = {
        name: {key: statistics.median(one[key] for one in runs) for key in runs[0]} for name, runs in found.items()
    }
    for name, one in middle.items():
        count = int(name.rpartition(" ")[2].replace(",", ""))
        print(f"| {name} | {one['cpu']:.2f} | {one['wall']:.2f} | {count / one['wall']:.0f} | {one['mib']:.0f} |")
    few, many, least = (middle[f"commsleads, {MAILS[0]:,}"], middle[f"commsleads, {MAILS[1]:,}"],
                        middle[f"floor, {MAILS[1]:,}"])  # fmt: skip
    print(
        f"\n{MAILS[1]:,} against {MAILS[0]:,} mails: peak memory {many['mib'] / few['mib']:.2f} times, CPU a "
        f"mail {many['cpu'] / few['cpu'] * MAILS[0] / MAILS[1]:.2f} times; against the floor "
        f"{many['cpu'] / least['cpu']:.1f} times the CPU."
    )


# --- the log -------------------------------------------------------------------------------------------------------


def settings(folder: Path) -> Path:
    """A desk with five officers, outlets and two watches."""
    folder.mkdir()
    file = bench_mail.settings(folder)
    officers = "".join(f'[[desk.officers]]\nid = "o{n}"\nrole = "lead"\n' for n in range(5))
    file.write_text(file.read_text() + officers)
    return file


class Log:
    """Rows of a log, made up: `present` of the last thirty days, and behind these four years with the rest."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self.tables: dict[str, list[tuple[Any, ...]]] = {}
        self.names: dict[str, tuple[str, ...]] = {"answer_search": ("subject", "questions", "text")}

    def fill(self, behind: int, present: int) -> None:
        self.contacts()
        for number in range(behind + present):
            ago = (number - behind + 1) / present * 30 * 1_440 - 30 * 1_440 if number >= behind else (
                -30 * 1_440 - (behind - number) / max(behind, 1) * 1_400 * 1_440)  # fmt: skip
            self.enquiry(number, NOW + timedelta(minutes=ago), still_open=number >= behind + present - OPEN)
            if number % 5_000 == 4_999:
                self.write()
        self.write()
        self.session.execute("INSERT INTO answer_search (answer_search) VALUES ('optimize')")

    def contacts(self) -> None:
        first = stamp(NOW - timedelta(days=1_500))
        for n in range(2_000):
            name = f"{bench_mail.NAMES[n % 12]} {bench_mail.FAMILIES[n // 12 % 12]}{n}"
            self.add_row("contacts", {
                "id": f"c{n}", "name": name, "folded": name.lower(), "origin": "enquiry", "basis": "it was asked",
                "first_at": first, "last_at": first, "erase_after": "",
            })  # fmt: skip
            self.add("contact_points", "email", f"c{n}@post{n % 40}.example", f"c{n}", f"c{n}@x", "enquiry", first)

    def enquiry(self, number: int, at: datetime, *, still_open: bool) -> None:
        r = random.Random(f"enquiry {number}")
        thing, town, ident = r.choice(bench_mail.THINGS), r.choice(bench_mail.TOWNS), f"{number:016x}"
        deadline, done = at + timedelta(hours=r.choice((1, 3, 8, 30))), at + timedelta(hours=r.choice((1, 2, 6, 9)))
        answered = "" if still_open and r.random() < 0.7 else stamp(done)
        self.add_row("enquiries", {
            "id": ident, "reference": f"{at.year}-{number:06}", "year": at.year, "number": number,
            "received_at": stamp(at), "logged_at": stamp(at), "received_by": "o1", "channel": r.choice(CHANNELS),
            "out_of_hours": int(not 9 <= at.hour < 17), "subject": f"{thing} in {town}", "request_type": "comment",
            "deadline_at": stamp(deadline), "deadline_kind": "hard", "outlet": f"Post {r.randrange(40)}",
            "outlet_tier": r.randint(1, 3), "owner": f"o{r.randrange(5)}", "team": "press", "privacy": "team",
            "stance": r.choice(("positive", "neutral", "hostile", "unknown")), "acknowledged_at": stamp(at),
            "state": ("monitoring" if answered else "assigned") if still_open else "closed", "responded_at": answered,
            "response_kind": "full" if answered else "", "lapsed_at": "" if done <= deadline else stamp(deadline),
            "ended_at": "" if still_open else stamp(done + timedelta(days=1)),
            "outcome": "" if still_open else "unknown",
        })  # fmt: skip
        self.add("enquiry_journalists", ident, f"c{r.randrange(2_000)}", 0)
        self.add("questions", ident, 1, f"What happens to the {thing}?", "answered", "", answered, "o1")
        held = r.random() < 0.05
        states = (
            "acknowledged",
            "assigned",
            "researching",
            "drafting",
            "awaiting_signoff",
            "approved",
            "responded",
            "closed",
        )
        for place, state in enumerate(states[: 2 if still_open else 8], 1):
            hold = "awaiting_journalist" if held and state == "researching" else ""
            self.add("moves", ident, place, stamp(at + timedelta(minutes=place)), "o1", "new", state, hold, "")
        if answered:
            said = SAID.format(thing=thing, town=town, n=number)
            self.add("drafts", ident, 1, 1, stamp(at), "o1", said, "", 0)
            self.add("approvals", ident, 1, 1, "sign-off", "o2", "approved", 1, stamp(at), stamp(done), "")
            self.add_row("answers", {
                "id": f"a{number}", "enquiry_id": ident, "number": 1, "at": stamp(done), "by": "o1", "kind": "full",
                "method": "email", "terms": "on the record", "text": said, "draft": 1,
            })  # fmt: skip
            self.add("answer_docs", number + 1, f"a{number}")
            self.add("answer_search", f"{thing} in {town}", f"What happens to the {thing}?", said)

    def add(self, table: str, *values: Any) -> None:
        self.tables.setdefault(table, []).append(values)

    def add_row(self, table: str, row: dict[str, Any]) -> None:
        self.names[table] = tuple(row)
        self.add(table, *row.values())

    def write(self) -> None:
        with self.session.atomic():
            for table, rows in self.tables.items():
                named = f" ({', '.join(self.names[table])})" if table in self.names else ""
                self.session.many(f"INSERT INTO {table}{named} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        self.tables.clear()


def stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def stories(app: Any, session: Any) -> None:
    """News of the last hour: one in twenty mentions us, one in forty is by an outlet that asked."""
    from commsleads.contract import Signal, SignalKind
    from commsleads.store import sources as timetable

    r, words = random.Random("stories"), SAID.split()
    found = []
    for n in range(STORIES):
        text = " ".join(r.choices(words, k=120)) + (" Harbour Museum" if n % 20 == 0 else "")
        site = f"post{n % 40}.example" if n % 40 == 1 else f"site{n}.example"
        url = f"https://{site}/{n}"
        found.append(Signal(external_id=str(n), kind=SignalKind.ENTRY, title=text[:60], body=text, url=url))
    with session.atomic():
        timetable.by_hand(session, "news", kind="feeds", name="", why="the benchmark")
        app.intake(session).keep(session, [("news", found)], NOW)


@contextmanager
def desk(folder: Path, behind: int) -> Iterator[dict[str, Callable[[], Any]]]:
    """The questions to a log with so many enquiries behind its present."""
    from commsleads.app import build
    from commsleads.desk import Desk
    from commsleads.desk.looking import listed, search_answers
    from commsleads.desk.tracing import trace
    from commsleads.rules.periods import parse_period
    from commsleads.store.desk import cases, tracing

    app = build(settings(folder), clock=lambda: NOW)
    app.prepare()
    week = parse_period((NOW - timedelta(days=7)).strftime("%G-W%V"), app.settings.organisation.zone)
    with app.engine.session() as session:
        Log(session).fill(behind, PRESENT)
        stories(app, session)
        office = Desk(session=session, settings=app.settings, now=NOW)
        at_desk = Desk(session=session, settings=app.settings, now=NOW, who=office.officer("o1"))

        def traced() -> int:
            tracing.put_arrival(session, 0)
            tracing.put_time(session, NOW)
            return trace(office)

        yield {
            "board of the open ones": lambda: listed(at_desk),
            "search: one rare figure": lambda: search_answers(at_desk, str(behind // 2 + 7)),
            "search: two common words": lambda: search_answers(at_desk, "rope leeds"),
            "search: a word in every answer": lambda: search_answers(at_desk, "visitor"),
            "search: a phrase": lambda: search_answers(at_desk, '"the dry dock in Kiel"'),
            "facts of last week's desk": lambda: app.facts(session).desk(week),
            f"stories traced back, {STORIES:,} new": traced,
            "every enquiry as the rules see it": lambda: cases.cases(session),
        }


BARS = {"board": 50, "search": 100}
"""Milliseconds, by how the question begins."""


def log(behind: int, rounds: int) -> None:
    """The young log and the long one, question by question in turn."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with desk(folder / "young", 0) as young, desk(folder / "long", behind) as long:
            print(f"\nThe log: {PRESENT} enquiries of a month, {OPEN} of them open; none or {behind:,} behind them\n")
            print("| question | none ms | behind ms (worst) | times | bar |\n| --- | ---: | ---: | ---: | ---: |")
            for question in young:
                print(asked(question, young[question], long[question], 3 * rounds), flush=True)


def asked(question: str, young: Callable[[], Any], long: Callable[[], Any], times: int) -> str:
    """One question, asked of both in turn."""
    few: list[float] = []
    many: list[float] = []
    for turn in range(times + 1):
        for spent, ask in ((few, young), (many, long)):
            began = time.perf_counter()
            ask()
            if turn:  # the first is to warm up
                spent.append(1_000 * (time.perf_counter() - began))
    one, other = statistics.median(few), statistics.median(many)
    bar = next((f"{ms} ms" for word, ms in BARS.items() if question.startswith(word)), "–")
    return f"| {question} | {one:.1f} | {other:.1f} ({max(many):.1f}) | {other / one:.1f} | {bar} |"


def run(measured: Measure, behind: int, rounds: int) -> None:
    """All of it."""
    mails(measured, rounds)
    log(behind, rounds)
