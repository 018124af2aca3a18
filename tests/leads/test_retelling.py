"""Leads told anew: the same rows however often, nothing lost by a kill, and rebuild changes nothing."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commsleads.journey import Act, Merge, Touch
from commsleads.leads import answering
from commsleads.leads.retelling import rebuild, retell
from commsleads.store import open_engine
from commsleads.store.leads import acts, merges, told, touches, waiting
from tests.leads.office import ASKED, ENGAGED, MONDAY, Office, office

MARKS = ("own", ASKED, "ask deadline hostile own outlet tier-1", "did listed material own", "listed", "objected")
KINDS = ("enquiry", "reply", "form", "click", "phone", "known")
PEOPLE = 5


def log(desk: Office, contact: str, marks: str = ASKED, **given: Any) -> None:
    """A touch that nobody tells a lead from yet."""
    desk.made += 1
    one = Touch(f"t{desk.made}", 1, contact, desk.now, desk.now, "enquiry", marks, evidence=f"test t{desk.made}")
    touches.keep(desk.session, [one._replace(**given)])


# --- telling ---------------------------------------------------------------------------------------------------------


def test_those_who_wait_are_told_once(desk: Office) -> None:
    """Who was touched is a lead after one pass, and the second pass has nothing to do."""
    one, other = desk.person("Ruth Calder"), desk.person("Zed Zee")
    log(desk, one)
    log(desk, other, "listed", kind="click")
    terms = desk.work().terms()
    assert waiting.all_(desk.session) == sorted([one, other])
    assert retell(desk.session, terms, desk.now) == (1, 1)
    rows = desk.tables()
    assert waiting.all_(desk.session) == []
    assert retell(desk.session, terms, desk.now) == (0, 0)
    assert desk.tables() == rows
    lead = told.lead(desk.session, one)
    assert lead is not None
    assert (lead.stage, lead.status, lead.opened) == ("story-qualified", "offered", desk.now)


def test_a_lead_comes_back_as_it_was_told(desk: Office) -> None:
    """All that the rows hold; what the rules give is told by the log alone."""
    contact = desk.asked()
    found, seen = told.lead(desk.session, contact), desk.lead(contact)
    assert found is not None
    assert found.moves == seen.moves
    assert found.offers == seen.offers
    assert found.reached == seen.reached
    assert found == type(seen)(**{name: getattr(seen, name) for name in seen.__slots__ if name != "given"})


def test_the_clock_is_a_reason(desk: Office) -> None:
    """Nobody answers: what follows is told when its time has come, and not before."""
    contact = desk.asked()
    terms = desk.work().terms()
    desk.move(hours=7)
    assert not waiting.any_(desk.session, desk.now)
    assert retell(desk.session, terms, desk.now) == (0, 0)
    desk.move(days=2)
    assert waiting.any_(desk.session, desk.now)
    assert retell(desk.session, terms, desk.now) == (0, 1)
    lead = told.lead(desk.session, contact)
    assert lead is not None
    assert lead.status == "lapsed"
    assert lead.next is None or lead.next > desk.now
    assert not waiting.any_(desk.session, desk.now)


def test_a_clock_that_goes_back_leaves_nothing_out(desk: Office) -> None:
    """What a machine whose clock is ahead wrote stays in the lead when another one tells it."""
    contact = desk.asked()
    desk.move(minutes=5)
    answering.accept(desk.work("ada"), contact)
    desk.touch(contact)
    rows = desk.tables()
    desk.move(minutes=-4)
    with desk.session.atomic():
        waiting.note(desk.session, [contact])
    desk.tell()
    assert desk.tables() == rows
    rebuild(desk.session, desk.work().terms(), desk.now)
    assert desk.tables() == rows


def test_a_kill_loses_nothing(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pass that dies in the middle of a bite has written whole bites and lets the others wait."""
    people = [desk.person(f"Person {n}", email=f"p{n}@press.example") for n in range(7)]
    for one in people:
        log(desk, one)
    monkeypatch.setattr("commsleads.leads.retelling.BITE", 3)
    keep, count = told.keep, iter((1, 1))

    def dies(*given: object, **more: object) -> object:
        done = keep(*given, **more)  # type: ignore[arg-type]
        if next(count, 0):
            return done
        raise KeyboardInterrupt

    terms = desk.work().terms()
    with monkeypatch.context() as patched:
        patched.setattr("commsleads.leads.retelling.told.keep", dies)
        with pytest.raises(KeyboardInterrupt):
            retell(desk.session, terms, desk.now)
    assert len(waiting.all_(desk.session)) == 1
    assert desk.session.tuples("SELECT count(*) FROM leads") == [(6,)]
    assert retell(desk.session, terms, desk.now) == (1, 0)
    rows = desk.tables()
    assert rebuild(desk.session, terms, desk.now) == 7
    assert desk.tables() == rows


def test_a_pass_is_bounded(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """`most` contacts, and whoever asks to stop is heard; the next pass goes on."""
    monkeypatch.setattr("commsleads.leads.retelling.BITE", 2)
    for n in range(6):
        log(desk, desk.person(f"Person {n}", email=f"p{n}@press.example"))
    terms = desk.work().terms()
    assert retell(desk.session, terms, desk.now, most=2).new == 2
    assert retell(desk.session, terms, desk.now, stopping=lambda: True).new == 0
    assert retell(desk.session, terms, desk.now).new == 4


def test_a_second_session_sees_all_or_nothing(desk: Office) -> None:
    """A rebuild is one transaction: beside it the leads stand as before."""
    desk.asked()
    seen = []
    with open_engine(desk.settings.store_url).session() as beside:
        rebuild(
            desk.session,
            desk.work().terms(),
            desk.now,
            lambda count: seen.append((count, beside.tuples("SELECT count(*) FROM leads")[0][0])),
        )
    assert seen == [(1, 1)]


def test_ten_thousand_touches_of_one_person(desk: Office) -> None:
    """Somebody whom a script clicks for is one lead, told in one bite, and rebuilt the same."""
    contact = desk.person("Ruth Calder")
    desk.session.execute("DELETE FROM evidence_waiting")
    many = [
        Touch(
            f"t{n:05}", 1, contact, MONDAY + timedelta(seconds=n), MONDAY + timedelta(seconds=n), "click", "listed",
            evidence=f"hit {n}",
        )
        for n in range(10_000)
    ]  # fmt: skip
    with desk.session.atomic():
        assert touches.keep(desk.session, many) == [contact]
    assert touches.keep(desk.session, many) == []
    log(desk, contact)
    desk.now += timedelta(days=1)
    terms = desk.work().terms()
    retell(desk.session, terms, desk.now)
    lead = told.lead(desk.session, contact)
    assert lead is not None
    assert (lead.touches, lead.opened) == (10_001, MONDAY)
    rows = desk.tables()
    assert rebuild(desk.session, terms, desk.now) == 1
    assert desk.tables() == rows
    ((found, mine),) = touches.streamed(desk.session)
    assert (found, len(mine)) == (contact, 10_001)


# --- joined and parted ------------------------------------------------------------------------------------------------


def test_joined_contacts_are_one_lead(desk: Office) -> None:
    """The rows of the one who is part of another's lead go, and come back when they are parted."""
    one = desk.asked()
    desk.move(hours=1)
    other = desk.person("R Calder", email="ruth@home.example")
    desk.touch(other, ENGAGED)
    before = desk.tables()
    merges.add(desk.session, Merge("m1", other, one, desk.now, "ada", "the same"))
    desk.tell()
    assert desk.session.tuples("SELECT id FROM leads") == [(one,)]
    assert desk.session.tuples("SELECT contact_id, lead_id FROM lead_people") == [(other, one)]
    assert told.leads_of(desk.session, [other, one]) == [one]
    lead = told.lead(desk.session, one)
    assert lead is not None
    assert set(lead.contacts) == {one, other}
    assert merges.undo(desk.session, "m1", desk.now, "ada", "two people")
    assert not merges.undo(desk.session, "m1", desk.now, "ada")
    desk.tell()
    assert desk.tables() == before


# --- other criteria ---------------------------------------------------------------------------------------------------


def test_other_terms_let_everybody_wait(desk: Office) -> None:
    """Whoever was told under others is told again by the next pass, without being touched."""
    from commsleads.config import criteria as files
    from commsleads.leads import agreeing

    contact = desk.asked()
    desk.move(days=1)
    text = files.text_of_own().replace('fit = "C"', 'fit = "A"')
    agreeing.switch_on(desk.session, desk.settings, text.encode(), by="ada", now=desk.now, name="stricter.toml")
    assert desk.session.tuples("SELECT stage FROM leads") == [("story-qualified",)]
    assert retell(desk.session, desk.work().terms(), desk.now).touched == 1
    lead = told.lead(desk.session, contact)
    assert lead is not None
    assert (lead.stage, lead.terms) == ("engaged", 2)


# --- the property ----------------------------------------------------------------------------------------------------

people_ = st.integers(0, PEOPLE - 1)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("touch"), people_, st.sampled_from(MARKS), st.sampled_from(KINDS), st.integers(0, 400)),
        st.tuples(st.just("again"), st.integers(0, 30), st.sampled_from(MARKS), st.booleans()),
        st.tuples(st.just("act"), people_, st.sampled_from(("accept", "reject", "recycle", "close", "reopen", "note"))),
        st.tuples(st.just("merge"), people_, people_),
        st.tuples(st.just("unmerge"), st.integers(0, 10)),
        st.tuples(st.just("move"), st.integers(1, 2_000)),
        st.tuples(st.just("tell")),
    ),
    max_size=40,
)


def do(desk: Office, people: list[str], step: tuple[object, ...]) -> None:
    """One thing that happens."""
    match step:
        case ("touch", int(who), str(marks), str(kind), int(hours)):
            log(desk, people[who], marks, kind=kind, at=desk.now - timedelta(hours=hours), counts=kind != "known")
        case ("again", int(which), str(marks), bool(counts)):
            known = touches.newest(desk.session, [f"t{which}"]).get(f"t{which}")
            if known:
                touches.keep(desk.session, [known._replace(marks=marks, counts=counts, learned=desk.now)])
        case ("act", int(who), str(verb)):
            until = desk.now + timedelta(days=9) if verb == "recycle" else None
            desk.made += 1
            ident = f"{desk.made:06}"
            acts.add(desk.session, Act(ident, people[who], 0, desk.now, "ada", verb, "ada", "other", "said", until))
        case ("merge", int(one), int(other)) if one != other:
            desk.made += 1
            merges.add(desk.session, Merge(f"m{desk.made}", people[one], people[other], desk.now, "ada", "one"))
        case ("unmerge", int(which)):
            standing = merges.standing(desk.session)
            if standing:
                merges.undo(desk.session, standing[which % len(standing)].id, desk.now, "ada")
        case ("move", int(minutes)):
            desk.move(minutes=minutes)
        case ("tell",):
            desk.tell()
        case _:
            pass


def lasting(desk: Office) -> dict[str, list[tuple[Any, ...]]]:
    """All that follows from the log, but for what is of the moment at which it was told."""
    names = ", ".join(name for name in told.LEAD if name not in ("engagement", "engagement_band", "near"))
    return desk.tables() | {"leads": desk.session.tuples(f"SELECT {names} FROM leads ORDER BY id")}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_rebuild_changes_nothing(empty: Path, given_steps: list[tuple[object, ...]]) -> None:
    """Whatever happened, in whatever order it was told: what stands is what the log gives, row for row."""
    with tempfile.TemporaryDirectory() as name:
        shutil.copy(empty, Path(name) / "commsleads.db")
        with office(open_engine(str(Path(name) / "commsleads.db")), Path(name)) as desk:
            people = [desk.person(f"Person {n}", email=f"p{n}@press.example") for n in range(PEOPLE)]
            for step in given_steps:
                do(desk, people, step)
            desk.tell()
            after = lasting(desk)
            rebuild(desk.session, desk.work().terms(), desk.now)
            assert lasting(desk) == after
            rows = desk.tables()
            waiting.note_everybody(desk.session)
            assert retell(desk.session, desk.work().terms(), desk.now) == (0, 0)
            assert desk.tables() == rows


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps, st.permutations(range(4)))
def test_joining_and_parting_is_the_identity(
    empty: Path, given_steps: list[tuple[object, ...]], order: list[int]
) -> None:
    """Merges made one after the other and undone in any order leave what was there before."""
    with tempfile.TemporaryDirectory() as name:
        shutil.copy(empty, Path(name) / "commsleads.db")
        with office(open_engine(str(Path(name) / "commsleads.db")), Path(name)) as desk:
            people = [desk.person(f"Person {n}", email=f"p{n}@press.example") for n in range(PEOPLE)]
            for step in given_steps:
                do(desk, people, step)
            waiting.note_everybody(desk.session)
            desk.tell()
            before = desk.tables()
            for n in range(4):
                merges.add(desk.session, Merge(f"last{n}", people[n], people[n + 1], desk.now, "ada", "one"))
                desk.tell()
            for n in order:
                merges.undo(desk.session, f"last{n}", desk.now, "ada")
                desk.tell()
            assert desk.tables() == before
