"""The public enquiry form's way in: people get through, machines are counted, nobody's address is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commsleads.intake.form import FIELDS, Limits, Posted, post
from commsleads.intake.letters import rebuild
from commsleads.jobs import prune
from commsleads.store import form as store
from commsleads.store import meta
from commsleads.store.engine import Session
from tests.intake.postroom import asked, enquiries, office

CONSENT = "I agree that the Harbour Museum keeps this to answer me."
FILLED = {
    "name": "Ruth Calder",
    "email": "Ruth.Calder@NorthCountyPost.example",
    "phone": "+44 20 7946 0000",
    "outlet": "North County Post",
    "subject": "Leeds site",
    "message": "I am a reporter at the North County Post. How many jobs go in Leeds? Could you confirm the date?",
    "deadline": "by COB Thursday",
    "consent": CONSENT,
    "seconds": "41.5",
}


def posted(
    app: Any, session: Session, sender: str = "203.0.113.9", limits: Limits | None = None, **changes: Any
) -> Posted:
    fields = FILLED | changes
    return post(session, app.letters, fields, sender=sender, now=app.now(), limits=limits or Limits())


def test_post_is_an_enquiry(tmp_path: Path) -> None:
    """What was filled in is read like a mail, logged on its own channel, and the sender gets the reference."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        done = posted(app, session)
        assert (done.ok, done.reference) == (True, "2026-0001")
        (made,) = enquiries(session)
        assert (made["channel"], made["outlet"], made["subject"]) == ("web form", "North County Post", "Leeds site")
        assert (made["deadline_text"], made["deadline_at"]) == ("by COB Thursday", "2026-11-19T17:00:00Z")
        assert session.tuples("SELECT value FROM contact_points WHERE kind = 'email'") == [
            ("ruth.calder@northcountypost.example",)
        ]
        assert session.tuples("SELECT at, words FROM consents") == [("2026-11-18T09:30:00Z", CONSENT)]


def test_post_that_reads_like_nothing_is_for_a_person(tmp_path: Path) -> None:
    """A few words that no rule takes for an enquiry are not lost: somebody looks at them."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        done = posted(app, session, message="Please ring.", subject="", deadline="", outlet="", name="Jo Park")
        assert (done.ok, done.reference) == (True, "")
        (waiting,) = asked(session)
        assert "does not read like an enquiry" in waiting["why"]


def test_machine_that_fills_the_trap_learns_nothing(tmp_path: Path) -> None:
    """It is told that all went well; nothing is kept but the count."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        machines: list[dict[str, Any]] = [{"website": "https://spam.example"}]
        machines += [{"seconds": took} for took in ("0.4", "nan", "x")]
        for changes in machines:
            assert posted(app, session, **changes) == Posted(True)
        assert session.tuples("SELECT count(*) FROM letters") == [(0,)]
        assert store.refusals(session) == {"machine": 4}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "), ("email", ""), ("email", "ruth"), ("email", "a@b@c.example"), ("message", "\x00\u200b\n "),
        ("message", "x" * 10_001), ("consent", ""), ("subject", "y" * 301),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_field_by_field(tmp_path: Path, field: str, value: str) -> None:
    """A post that is not filled in right is refused with a sentence for its field, and counts for no limit."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        changes: dict[str, Any] = {field: value}
        done = posted(app, session, **changes)
        assert not done.ok
        assert set(done.problems) == {field}
        assert done.problems[field].endswith(".")
        assert store.refusals(session) == {"not filled in": 1}
        assert session.tuples("SELECT count(*) FROM form_posts") == [(0,)]
        assert enquiries(session) == []


def test_one_sender_gets_so_many_an_hour(tmp_path: Path) -> None:
    """The limit is by sender and by hour, and for all together; who is over it is told, and it is counted."""
    app, clock = office(tmp_path)
    limits = Limits(sender_per_hour=2, all_per_hour=3)
    with app.engine.session() as session:

        def once(sender: str) -> bool:
            words = f"I am a reporter. How many jobs go in site {clock.now:%H%M%S}?"
            clock.move(seconds=1)
            return posted(app, session, sender, limits, message=words).ok

        assert [once("a"), once("a"), once("a")] == [True, True, False]
        assert [once("b"), once("b")] == [True, False]
        clock.move(hours=1)
        assert once("a")
        assert store.refusals(session) == {"too many": 1, "too many of one sender": 1}
        assert store.refusals(session, "2026-11-19") == {}


def test_no_address_is_kept(tmp_path: Path) -> None:
    """Of a sender there is a hash under a key of the day; the next day the key is another and the rows are gone."""
    app, clock = office(tmp_path)
    with app.engine.session() as session:
        posted(app, session, "203.0.113.9")
        ((first,),) = session.tuples("SELECT sender FROM form_posts")
        key = meta.get(session, store.KEY)
        assert "203" not in first
        clock.move(days=1, hours=1)
        posted(app, session, "203.0.113.9", message=FILLED["message"] + " Again.")
        ((second,),) = session.tuples("SELECT sender FROM form_posts")
        assert first != second
        assert meta.get(session, store.KEY) != key


def test_sent_twice_is_one(tmp_path: Path) -> None:
    """A double click makes one enquiry, and both get its reference."""
    app, _ = office(tmp_path)
    with app.engine.session() as session:
        assert posted(app, session).reference == posted(app, session).reference == "2026-0001"
        assert len(enquiries(session)) == 1


def test_rebuild_reads_posts_alike(tmp_path: Path) -> None:
    """What was filled in is kept with the letter, so that reading again finds the same."""
    app, clock = office(tmp_path)
    with app.engine.session() as session:
        posted(app, session)
        before = session.query("SELECT * FROM readings")
        clock.move(hours=2)
        rebuild(session, app.letters, app.now())
        assert session.query("SELECT * FROM readings") == before


@settings(max_examples=20)
@given(st.dictionaries(st.sampled_from([*FIELDS, "consent", "website", "seconds", "other"]), st.text(max_size=400)))
def test_nothing_that_can_be_posted_breaks_it(tmp_path_factory: pytest.TempPathFactory, fields: dict[str, str]) -> None:
    """Whatever is filled in, there is an answer and no letter that the store cannot hold."""
    app, _ = office(tmp_path_factory.mktemp("form"))
    with app.engine.session() as session:
        whole = FILLED | {name: value for name, value in fields.items() if len(value) % 2}
        for given_fields in (fields, whole):
            done = post(session, app.letters, given_fields, sender="x", now=app.now())
            assert done.ok or done.problems
            if done.letter_id:
                assert session.tuples("SELECT count(*) FROM letters WHERE id = ?", (done.letter_id,)) == [(1,)]


def test_who_posted_is_forgotten_though_nobody_posts_again(tmp_path: Path) -> None:
    """The daily clearing takes hashes and key: a form that is used once a year keeps nobody for a year."""
    app, clock = office(tmp_path)
    with app.engine.session() as session:
        posted(app, session)
        clock.move(days=2)
    prune(app, lambda: False)
    with app.engine.session() as session:
        assert session.tuples("SELECT count(*) FROM form_posts") == [(0,)]
        assert meta.get(session, store.KEY) == ""
