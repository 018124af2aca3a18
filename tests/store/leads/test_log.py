"""The log of leads in the store: versions of touches, acts, merges, and what is read of them in pieces."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commsleads.journey import Act, Merge, Touch
from commsleads.store.engine import Session
from commsleads.store.leads import acts, evidence, merges, touches, waiting

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def people(session: Session, *ids: str) -> None:
    """Contacts with these ids."""
    session.many(
        "INSERT INTO contacts (id, name, folded, origin, basis, first_at, last_at, erase_after) "
        "VALUES (?, 'Ada Stone', 'ada stone', '', '', '', '', '')",
        [(one,) for one in ids],
    )


def touch(ident: str = "t1", contact: str = "a", hours: int = 0, **given: Any) -> Touch:
    """A touch learned of so many hours from now on."""
    at = NOW + timedelta(hours=hours)
    return Touch(ident, 1, contact, NOW, at, "enquiry", "ask own", evidence=f"enquiry {ident}")._replace(**given)


# --- touches ---------------------------------------------------------------------------------------------------------


def test_a_touch_comes_back_as_it_was_kept(session: Session) -> None:
    """Each field of it."""
    people(session, "a")
    one = Touch(
        "t1", 1, "a", NOW, NOW + timedelta(hours=1), "click", "did listed", "mail", "email", "detail", "wing", "data",
        "Post", "hit h1", False, "why", "heard",
    )  # fmt: skip
    assert touches.keep(session, [one]) == ["a"]
    assert touches.of(session, ["a"]) == [one]


def test_a_version_is_written_where_something_differs(session: Session) -> None:
    """When we learned of it is no difference, nor is the number of its version."""
    people(session, "a")
    touches.keep(session, [touch()])
    assert touches.keep(session, [touch(hours=3)._replace(version=9)]) == []
    assert touches.keep(session, [touch(hours=3, marks="own")]) == ["a"]
    assert [(one.version, one.marks) for one in touches.of(session, ["a"])] == [(1, "ask own"), (2, "own")]
    assert touches.keep(session, [touch(hours=4)]) == ["a"]
    assert touches.newest(session, ["t1"])["t1"].version == 3


def test_a_clock_that_goes_back_does_not_turn_versions_round(session: Session) -> None:
    """What replaces another is never learned before it."""
    people(session, "a")
    touches.keep(session, [touch(hours=5)])
    touches.keep(session, [touch(marks="own")])
    assert [one.learned for one in touches.of(session, ["a"])] == [NOW + timedelta(hours=5)] * 2


def test_a_touch_that_turns_out_to_be_another_ones(session: Session) -> None:
    """Both are to be told anew."""
    people(session, "a", "b")
    touches.keep(session, [touch()])
    waiting.take(session, 9)
    assert touches.keep(session, [touch(contact="b")]) == ["a", "b"]
    assert waiting.all_(session) == ["a", "b"]


def test_of_who_is_nobody_no_words_are_kept(session: Session) -> None:
    """And what their address told stays as it was told before."""
    people(session, "a")
    touches.keep(session, [touch(marks="own works", detail="their words", self_reported="more")])
    session.execute("UPDATE contacts SET name = 'erased', folded = ''")
    touches.forget(session, ["a"])
    assert touches.keep(session, [touch(marks="own", detail="their words")]) == []
    assert touches.keep(session, [touch(marks="own shared works")]) == []
    assert touches.keep(session, [touch("t2", marks="own shared")]) == ["a"]
    assert [(one.marks, one.detail, one.self_reported) for one in touches.of(session, ["a"])] == [
        ("own works", "", ""), ("own", "", ""),
    ]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 9)), max_size=60), st.integers(1, 9))
def test_read_in_pieces_is_read_at_once(session: Session, log: Sequence[tuple[str, int]], page: int) -> None:
    """Every contact once, in order, with all its touches, however the pages fall."""
    session.execute("DELETE FROM touches")
    session.execute("DELETE FROM contacts")
    people(session, *"abcdef")
    touches.add(session, [touch(f"t{n}", contact, hours) for n, (contact, hours) in enumerate(log)])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(touches, "PAGE", page)
        found = list(touches.streamed(session))
        behind = list(touches.streamed(session, "b"))
    assert [contact for contact, _ in found] == sorted({contact for contact, _ in log})
    assert found == [(contact, touches.of(session, [contact])) for contact, _ in found]
    assert behind == [one for one in found if one[0] > "b"]
    apart = touches.of_each(session, list("abcdef"))
    assert apart == dict(found)


# --- acts and merges --------------------------------------------------------------------------------------------------


def test_acts_are_numbered_and_come_back(session: Session) -> None:
    """One after the other for each lead, and whose they are waits."""
    people(session, "a", "b")
    given = [
        Act("x1", "a", 0, NOW, "ada", "accept"),
        Act("x2", "b", 0, NOW, "ada", "recycle", reason="too late", words="later", until=NOW + timedelta(days=9)),
        Act("x3", "a", 0, NOW, "ben", "close", to="covered"),
    ]
    kept = [acts.add(session, one) for one in given]
    assert [one.number for one in kept] == [1, 1, 2]
    assert acts.of(session, ["a"]) == [kept[0], kept[2]]
    assert acts.of_each(session, ["a", "b", "c"]) == {"a": [kept[0], kept[2]], "b": [kept[1]]}
    assert acts.between(session, "", "a") == {"a": [kept[0], kept[2]]}
    assert acts.between(session, "a", "z") == {"b": [kept[1]]}
    assert waiting.all_(session) == ["a", "b"]
    acts.forget(session, ["b"])
    assert acts.of(session, ["b"]) == [kept[1]._replace(words="")]


def test_merges_that_lead_to_somebody(session: Session) -> None:
    """However long the way; those undone are gone, and stay to be seen."""
    people(session, *"abcde")
    for n, (one, other) in enumerate((("a", "b"), ("c", "b"), ("d", "e"))):
        merges.add(session, Merge(f"m{n}", one, other, NOW + timedelta(hours=n), "ada", "the same"))
    assert [one.id for one in merges.around(session, ["a"])] == ["m0", "m1"]
    assert [one.id for one in merges.around(session, ["e", "c"])] == ["m0", "m1", "m2"]
    waiting.take(session, 99)
    assert merges.undo(session, "m1", NOW + timedelta(days=1), "ben", "two people")
    assert waiting.all_(session) == ["b", "c"]
    assert [one.id for one in merges.around(session, ["a"])] == ["m0"]
    assert merges.around(session, ["c"]) == []
    assert [one.id for one in merges.standing(session)] == ["m0", "m2"]
    (_, gone, _) = merges.all_(session)
    assert (gone.undone, gone.undone_by, gone.undone_why) == (NOW + timedelta(days=1), "ben", "two people")
    assert not merges.undo(session, "m1", NOW, "ben")
    assert not merges.undo(session, "m9", NOW, "ben")


# --- what waits ------------------------------------------------------------------------------------------------------


def test_who_waits_is_taken_once(session: Session) -> None:
    """In order, as many as are asked for; whoever is noted twice waits once, and nobody is nobody."""
    waiting.note(session, ["c", "a", "", "b"])
    waiting.note(session, ["a"])
    assert waiting.any_(session, NOW)
    assert waiting.take(session, 2) == ["a", "b"]
    assert waiting.take(session, 2) == ["c"]
    assert not waiting.any_(session, NOW)
    people(session, "a", "b")
    touches.add(session, [touch(), touch("t2", "b"), touch("t3", "b")])
    waiting.note_everybody(session)
    assert waiting.all_(session) == ["a", "b"]


def test_a_taking_that_is_rolled_back_took_nothing(session: Session) -> None:
    """Whoever dies in between leaves all of them waiting."""
    waiting.note(session, ["a"])
    with pytest.raises(KeyboardInterrupt), session.atomic():
        assert waiting.take(session, 9) == ["a"]
        raise KeyboardInterrupt
    assert waiting.all_(session) == ["a"]


def test_evidence_waits_by_its_sort(session: Session) -> None:
    """Until it is done."""
    evidence.note(session, evidence.RESPONSE, ["r2", "r1", ""])
    evidence.note(session, evidence.PERSON, ["p1"])
    assert evidence.some(session, 9, evidence.RESPONSE) == ["response r1", "response r2"]
    assert evidence.some(session, 1) == ["person p1"]
    evidence.done(session, ["response r1", "person p1"])
    assert evidence.some(session, 9) == ["response r2"]
