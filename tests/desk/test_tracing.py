"""Stories traced back to enquiries: suggested once, with reasons, over nobody's decision; a rebuild gives the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from commsleads import jobs
from commsleads.app import App
from commsleads.cli import main
from commsleads.contract import Signal
from commsleads.desk import Call, Desk, answering, covering, ending, log, work
from commsleads.desk.answering import Answer
from commsleads.desk.tracing import again, trace
from commsleads.desk.upkeep import erase, lapse
from commsleads.enquiries import Officer
from commsleads.errors import NotFoundError
from commsleads.intake import rebuild
from commsleads.letters import Deadline
from commsleads.store.desk import tracing
from commsleads.store.desk.people import Person
from commsleads.store.engine import Session, moment
from commsleads.store.signals import clear_intake
from tests.factories import signal, with_sources
from tests.office import Clock, office

RUTH = Person(name="Ruth Calder", outlet="North County Post", email="ruth@ncp.example")
LEAD = Officer(id="ada", role="lead")
ANSWER = "The rope loft will close in autumn and each of the people who work there has been offered another post."
STORY = (
    "The Harbour Museum will close the rope loft in Leeds. Jobs are at stake, the union said. The workshop for schools "
    "will move to another building by the old docks, where the ship models are kept behind glass and dust."
)
MORE = """
[desk]
addresses = ["press@harbourmuseum.example"]
signoff = []
[[watches]]
id = "docks"
role = "topic"
any = ["old docks"]
[[outlets]]
name = "North County Post"
domains = ["ncp.example"]
"""


class Room:
    """A press room with feeds: stories come in through the intake, enquiries through the desk."""

    def __init__(self, app: App, clock: Clock, session: Session) -> None:
        self.app, self.clock, self.session = app, clock, session
        with_sources(session, "press", "other")

    def desk(self, who: Officer = LEAD) -> Desk:
        return Desk(session=self.session, settings=self.app.settings, now=self.clock.now, who=who)

    def machine(self) -> Desk:
        return Desk(session=self.session, settings=self.app.settings, now=self.clock.now)

    def call(self, **given: Any) -> str:
        """Ruth Calder asks about the rope loft."""
        fields: dict[str, Any] = {
            "subject": "Rope loft in Leeds", "journalists": (RUTH,), "questions": ("How many jobs are at stake?",),
            "outlet": "North County Post",
        }  # fmt: skip
        found = log(self.desk(), Call(**fields | given))
        return str(self.session.tuples("SELECT reference FROM enquiries WHERE id = ?", (found,))[0][0])

    def answered(self, **given: Any) -> str:
        ref = self.call(**given)
        work.assign(self.desk(), ref, "ada")
        answering.draft(self.desk(), ref, ANSWER)
        answering.respond(
            self.desk(), ref, Answer(method="phone", terms="on the record", differs="it was said by phone")
        )
        return ref

    def story(self, number: str, source: str = "press", **changes: Any) -> str:
        """A story appears, an hour later; its id."""
        self.clock.move(hours=1)
        given: dict[str, Any] = {
            "title": "Harbour Museum closes rope loft", "body": STORY, "author": "Ruth Calder",
            "url": f"https://ncp.example/{number}", "published_at": self.clock.now,
        }  # fmt: skip
        return self.seen(source, signal(number, **given | changes))

    def seen(self, source: str, one: Signal) -> str:
        with self.session.atomic():
            self.app.intake(self.session).keep(self.session, [(source, [one])], self.clock.now)
        (found,) = self.session.tuples(
            "SELECT id FROM signals WHERE source_id = ? AND external_id = ?", (source, one.external_id)
        )
        return str(found[0])

    def trace(self) -> int:
        return trace(self.machine())

    def tied(self) -> list[dict[str, Any]]:
        """All that is tied, whole."""
        return self.session.query(
            "SELECT e.reference, c.* FROM covered c JOIN enquiries e ON e.id = c.enquiry_id "
            "ORDER BY e.reference, c.signal_id"
        )

    def pairs(self) -> list[tuple[str, str, str]]:
        return [(row["reference"], row["signal_id"], row["state"]) for row in self.tied()]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    app, clock = office(tmp_path, {}, more=MORE)
    with app.engine.session() as session:
        yield Room(app, clock, session)


def test_a_story_is_suggested_with_its_reasons(room: Room) -> None:
    """By the journalist, in the outlet, about the same, with our words; found by the pass and by nobody else."""
    ref = room.answered()
    story = room.story("1", body=f"{STORY} “The rope loft will close in autumn and each of the people” was told.")
    assert room.trace() == 1
    (row,) = room.tied()
    assert (row["reference"], row["signal_id"], row["state"], row["by"]) == (ref, story, "suggested", "commsleads")
    reasons = json.loads(row["reasons"])
    assert reasons[0] == "It is by Ruth Calder, who asked."
    assert reasons[1] == "It appeared in North County Post, which asked."
    assert any(reason.startswith("It repeats words of our answer") for reason in reasons)
    assert (row["quote_used"], row["permille"]) == (1, 990)
    assert row["seen_at"] == room.session.tuples("SELECT first_seen_at FROM signals WHERE id = ?", (story,))[0][0]


def test_once_each_and_never_over_a_decision(room: Room) -> None:
    """A second pass finds nothing; what a person refused or confirmed stays so, whatever copies come."""
    ref = room.answered()
    first, second = (
        room.story("1"),
        room.story("2", title="Rope loft: union talks", body="Leeds jobs, rope loft again."),
    )
    assert room.trace() == 2
    assert room.trace() == 0
    covering.refuse(room.desk(), ref, first)
    covering.confirm(room.desk(), ref, second, quote_used=False)
    before = room.tied()
    room.story("3", "other", url="https://elsewhere.example/3")  # a copy of the first
    assert room.session.tuples("SELECT count(*) FROM signals WHERE story_id = ?", (first,)) == [(2,)]
    assert room.trace() == 0
    assert again(room.machine()) == 0
    assert room.tied() == before


def test_a_story_is_suggested_by_its_first_copy(room: Room) -> None:
    """The agency had it first; the copy in the outlet that asked is why. The story is suggested once."""
    ref = room.answered()
    first = room.story("1", "other", author="", url="https://agency.example/1")
    assert room.trace() == 0
    room.story("2", author="", url="https://ncp.example/2")
    room.story("3", author="Ruth Calder", url="https://ncp.example/3")
    assert room.trace() == 1
    assert room.pairs() == [(ref, first, "suggested")]
    assert "It is by Ruth Calder, who asked." in json.loads(room.tied()[0]["reasons"])


def test_what_was_there_before_is_no_first_copy(room: Room) -> None:
    """A story that was told before anybody asked did not come of it; the copy that came after may have."""
    room.story("1", "other", author="", url="https://agency.example/1")
    room.clock.move(hours=1)
    ref = room.answered()
    later = room.story("2")
    assert room.trace() == 1
    assert room.pairs() == [(ref, later, "suggested")]


@pytest.mark.parametrize("end", ["withdraw", "duplicate", "redirect"])
def test_of_some_nothing_is_expected(room: Room, end: str) -> None:
    """Withdrawn, a duplicate, redirected: no story came of it."""
    other = room.call(outlet="Quay Radio", journalists=(Person(name="Jo Penn"),), subject="Parking")
    ref = room.call()
    {
        "withdraw": lambda: ending.withdraw(room.desk(), ref),
        "duplicate": lambda: ending.duplicate(room.desk(), ref, other),
        "redirect": lambda: ending.redirect(room.desk(), ref, "the box office"),
    }[end]()
    room.story("1")
    assert room.trace() == 0


def test_an_ended_one_is_looked_at_for_thirty_days(room: Room) -> None:
    """Closed yesterday: yes. Closed a month ago: no."""
    ref = room.answered()
    ending.close(room.desk(), ref, outcome="unknown")
    room.clock.move(days=29)
    room.story("1")
    assert room.trace() == 1
    room.clock.move(days=2)
    room.story("2", title="Rope loft in Leeds: jobs", body="Rope loft in Leeds: all jobs.", author="Ruth Calder")
    assert room.trace() == 0


def test_could_not_be_reached_is_tied_to_the_lapsed(room: Room) -> None:
    """Nobody answered by the deadline, and the story says so: verbatim. "Declined to comment" is another thing."""
    ref = room.call(deadline=Deadline(room.clock.now + timedelta(hours=1), "in an hour"))
    room.clock.move(hours=2)
    lapse(room.machine())
    story = room.story("1", body=f"{STORY} The Harbour Museum could not be reached for comment. It rained.")
    other = room.story(
        "2", title="Rope loft: Leeds jobs", body="Rope loft jobs in Leeds. The Harbour Museum declined to comment."
    )
    assert room.trace() == 2
    found = {row["signal_id"]: row["unreached"] for row in room.tied()}
    assert found == {story: "The Harbour Museum could not be reached for comment.", other: ""}
    figures = room.app.facts(room.session)
    assert figures is not None
    covering.confirm(room.desk(), ref, story)
    assert room.tied()[[row["signal_id"] for row in room.tied()].index(story)]["unreached"] == found[story]


def test_a_story_that_a_person_found_is_read_too(room: Room) -> None:
    """Confirmed with no suggestion before it: the passage is kept all the same. A suggested copy is decided with it."""
    ref = room.call()
    said = "The Harbour Museum did not respond to a request for comment."
    first = room.story("1", "other", url="https://agency.example/1")
    assert room.trace() == 1
    copy = room.story("2", "other", author="", url="https://elsewhere.example/2", body=f"{STORY} {said}")
    covering.confirm(room.desk(), ref, "https://elsewhere.example/2")
    assert [(row["signal_id"], row["state"], row["unreached"]) for row in room.tied()] == [(copy, "confirmed", said)]
    assert first != copy
    with pytest.raises(NotFoundError):
        covering.confirm(room.desk(), ref, "https://nowhere.example/")


def test_words_that_come_later_are_looked_for_again(room: Room) -> None:
    """A story edited, an answer noted after the story was seen, an enquiry logged late: all found by the next pass."""
    ref = room.call()
    room.story("1", "other", author="", url="https://elsewhere.example/1", title="Harbour Museum", body=ANSWER * 2)
    assert room.trace() == 0
    answering.draft(room.desk(), ref, ANSWER)
    answering.respond(room.desk(), ref, Answer(method="phone", terms="on the record", differs="by phone"))
    assert room.trace() == 1
    late = room.call(subject="Harbour Museum closes", received_at=room.clock.now - timedelta(hours=8), questions=())
    edited = signal(
        "9", title="x", body="x", author="Ruth Calder", url="https://ncp.example/9", published_at=room.clock.now
    )
    story = room.seen("press", edited)
    assert room.trace() == 0
    room.clock.move(hours=1)
    room.seen(
        "press", signal("9", title="Rope loft in Leeds", body=STORY, author="Ruth Calder", url="https://ncp.example/9")
    )
    assert room.trace() == 2
    assert {(reference, state) for reference, signal_id, state in room.pairs() if signal_id == story} == {
        (ref, "suggested"), (late, "suggested"),
    }  # fmt: skip


def test_better_reasons_replace_worse_ones(room: Room) -> None:
    """While nobody has decided, a copy that says more is why; the story stays the one that was suggested."""
    room.answered()
    first = room.story("1", author="")
    assert room.trace() == 1
    (before,) = room.tied()
    room.story("2", "other", author="Ruth Calder", url="https://elsewhere.example/2")
    assert room.trace() == 0
    (after,) = room.tied()
    assert (after["signal_id"], after["state"]) == (first, "suggested")
    assert after["permille"] > before["permille"]
    version = room.session.tuples("SELECT version FROM enquiries")
    again(room.machine())
    assert room.session.tuples("SELECT version FROM enquiries") == version


def test_our_own_newsroom_covers_nothing(room: Room) -> None:
    """What stands on our own site came of nobody's question."""
    room.answered()
    room.story("1", url="https://www.harbourmuseum.example/news/1", author="Ruth Calder")
    assert room.trace() == 0


def test_a_rebuild_gives_the_same(room: Room) -> None:
    """Everything taken in again: the same rows, decisions untouched; what a change of settings ends is taken back."""
    ref = room.answered()
    lapsed = room.call(journalists=(Person(name="Ay Ünal"),), outlet="Quay Radio", subject="Ship models",
                       deadline=Deadline(room.clock.now + timedelta(hours=1), "in an hour"))  # fmt: skip
    missed = "Ship models: the Harbour Museum could not be reached for comment."
    stories = [
        room.story("1"),
        room.story(
            "2", title="Ship models of Harbour Museum", author="Ay Ünal", body=missed, url="https://q.example/2"
        ),
    ]
    third = room.story("3", title="Leeds: rope loft", body="Rope loft in Leeds. Jobs.", author="")
    room.trace()
    covering.refuse(room.desk(), ref, third)
    before = room.tied()
    assert [row["signal_id"] for row in before if row["state"] == "suggested"] == [
        stories[0] if row["reference"] == ref else stories[1] for row in before if row["state"] == "suggested"
    ]
    assert {row["reference"] for row in before} == {ref, lapsed}
    for _ in range(2):
        rebuild(room.session, room.app.intake(room.session))
        again(room.machine())
        assert room.tied() == before
    work.set_fields(room.desk(), ref, {"outlet": "Evening Star", "subject": "Parking"})
    work.set_fields(room.desk(), lapsed, {"subject": "Parking"})
    room.session.execute("UPDATE signals SET author = '', url = '' WHERE id = :id", id=stories[0])
    rebuild(room.session, room.app.intake(room.session))
    again(room.machine())
    assert [row["signal_id"] for row in room.tied() if row["reference"] == ref] == [third]


def test_bounded_work(room: Room) -> None:
    """A pass stops where it is told to and the next goes on; nothing is passed over."""
    ref = room.answered()
    stories = [
        room.story(str(n), title=f"Rope loft in Leeds {n}", body=f"Rope loft, Leeds, jobs; part {n} of a series.")
        for n in range(5)
    ]
    done = []
    for _ in range(7):
        trace(room.machine(), most=1)
        done.append(len(room.tied()))
    assert done == [1, 2, 3, 4, 5, 5, 5]
    assert {signal_id for _, signal_id, _ in room.pairs()} == set(stories)
    assert trace(room.machine(), stopping=lambda: True) == 0
    assert ref in {reference for reference, _, _ in room.pairs()}


def test_what_waits_to_be_taken_in_is_waited_for(room: Room) -> None:
    """In the middle of a rebuild a signal has no outlet and no matches: the pass stops before it."""
    ref = room.answered()
    story = room.story("1", author="")
    clear_intake(room.session)
    assert room.trace() == 0
    room.app.intake(room.session).take_in(room.session)
    assert room.trace() == 1
    assert room.pairs() == [(ref, story, "suggested")]


def test_the_schedule_finds_it(room: Room) -> None:
    """With nothing new there is no job; something new is looked at within minutes, at once by `once`."""

    def names() -> list[str]:
        return [job.name for job in jobs.due(room.app)]

    room.story("0")
    assert "cover" not in names()  # nobody asked anything
    room.clock.move(hours=1)
    room.answered()
    assert "cover" in names()
    assert jobs.cover(room.app, jobs.never) == 0
    room.clock.move(minutes=1)
    room.seen(
        "press", signal("1", title="Rope loft in Leeds", body=STORY, author="Ruth Calder", published_at=room.clock.now)
    )
    assert "cover" not in names()
    room.clock.move(minutes=5)
    assert "cover" in names()
    jobs.once(room.app)
    assert len(room.tied()) == 1
    room.clock.move(minutes=6)
    assert "cover" not in names()
    room.clock.move(days=-2)  # a clock that is put right
    room.story("2")
    assert "cover" in names()


def test_reasons_end_with_the_person(room: Room) -> None:
    """They name who wrote: when the time of an enquiry has come, they go."""
    ref = room.answered()
    room.story("1")
    room.trace()
    ending.close(room.desk(), ref, outcome="unknown")
    room.clock.move(days=800)
    assert erase(room.machine()) == (1, 1)
    assert [row["reasons"] for row in room.tied()] == ["[]"]


def called(room: Room, *words: str, code: int = 0) -> Result:
    file = str(room.app.settings.path)
    result = CliRunner().invoke(main, ["enquiry", *words, "--config", file, "--by", "ada"], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def test_a_person_sees_what_waits_and_says_yes(room: Room) -> None:
    """Each story under its enquiry, with why and with the command; JSON for programs."""
    ref = room.answered()
    other = room.answered(journalists=(Person(name="Jo Penn"),), outlet="Quay Radio", subject="Rope loft in Leeds")
    story = room.story("1", title="Museum \x1b[2Jcloses rope loft in Leeds")
    second = room.story(
        "2", title="Loft: union talks in Leeds", body="Rope loft jobs.", author="Jo Penn", url="https://quay.example/2"
    )
    room.trace()
    said = called(room, "coverage").stdout
    assert said.index(other) < said.index(ref)
    assert f"Yes: commsleads enquiry coverage {ref} {story}" in said
    assert "It is by Ruth Calder, who asked." in said
    assert "\x1b" not in said
    rows = json.loads(called(room, "coverage", "--json").stdout)
    assert {(row["reference"], row["story"]) for row in rows} == {(ref, story), (other, second)}
    assert all(isinstance(row["reasons"], list) for row in rows)
    assert called(room, "coverage", ref, story, "--quote-used").stdout == f"{ref} responded: coverage confirmed\n"
    assert called(room, "coverage", other, second, "--refuse").stdout == f"{other} responded: coverage refused\n"
    assert called(room, "coverage").stdout.startswith("Nothing.")
    mine = called(room, "coverage", ref).stdout
    assert "confirmed: Museum" in mine
    assert "Our words stand in it." in mine
    assert "Say which story" in called(room, "coverage", ref, "--refuse", code=2).output
    assert "There is no enquiry" in called(room, "coverage", "77", code=1).output


def test_old_answers_with_nothing_seen_are_listed(room: Room) -> None:
    """Thirty days after the answer: a person may close them as unknown."""
    from datetime import UTC, datetime

    ref = room.call(received_at=datetime.now(UTC) - timedelta(days=400))
    room.session.execute(
        "UPDATE enquiries SET state = 'responded', responded_at = received_at WHERE reference = :ref", ref=ref
    )
    room.call()
    rows = json.loads(called(room, "list", "--stale", "--json").stdout)
    assert [row["reference"] for row in rows] == [ref]
    assert len(json.loads(called(room, "list", "--json").stdout)) == 2


def test_the_mark_is_kept(room: Room) -> None:
    """Where the last pass ended is a row, for the next."""
    assert tracing.mark(room.session) == (None, None)
    room.answered()
    room.story("1")
    room.trace()
    arrival, at = tracing.mark(room.session)
    assert arrival == room.session.tuples("SELECT max(arrival) FROM signals")[0][0]
    assert at == moment(room.session.tuples("SELECT value FROM meta WHERE name = 'covering_at'")[0][0])
