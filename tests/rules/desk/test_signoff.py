"""Sign-off: who may sign what, and which lines go out without it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.enquiries import Approval, Line, Officer
from commsleads.rules.desk.errors import DeskError
from commsleads.rules.desk.signoff import (
    Offered,
    ask,
    cleared_line,
    complete,
    decide,
    line_in_force,
    may_sign,
    next_step,
    pending,
    standing,
    waive,
)
from tests.rules.desk.table import ADA, BEN, CAI, DOT, OFFICERS, at

STEPS = ("fact check", "sign-off")
FIRST = Offered(version=1, author="ben")
SECOND = Offered(version=2, author="ben", round=2)


def asked(offered: Offered = FIRST, approvals: tuple[Approval, ...] = (), of: Officer = CAI) -> tuple[Approval, ...]:
    return ask(approvals, STEPS, offered, of, officers=OFFICERS, at=at("11-02 10:00"))


def decided(
    approvals: tuple[Approval, ...], offered: Offered = FIRST, by: Officer = CAI, word: str = "approved", **known: Any
) -> tuple[Approval, ...]:
    known = {"draft": offered.version, "officers": OFFICERS, "at": at("11-02 11:00"), **known}
    return decide(approvals, offered, by, word, **known)


def test_two_steps_in_their_order() -> None:
    """The first step is asked for first; only when both have passed is it complete."""
    approvals = decided(asked())
    assert next_step(approvals, STEPS, 1) == "sign-off"
    assert standing(approvals, STEPS, 1) == ""
    approvals = decided(asked(approvals=approvals, of=ADA), by=ADA)
    assert complete(approvals, STEPS, 1)
    assert standing(approvals, STEPS, 1) == "complete"
    assert [(one.step, one.approver, one.decision, one.round) for one in approvals] == [
        ("fact check", "cai", "approved", 1),
        ("sign-off", "ada", "approved", 1),
    ]
    with pytest.raises(DeskError, match="passed every step"):
        asked(approvals=approvals)


def test_sent_back_and_again() -> None:
    """A draft that was sent back is dead; the next one passes every step anew, in the next round."""
    approvals = decided(asked(), word="sent_back", comment=" The year is wrong. ")
    assert approvals[0].comment == "The year is wrong."
    with pytest.raises(DeskError, match="was sent back: write the next"):
        asked(approvals=approvals)
    approvals = decided(asked(SECOND, approvals), SECOND)
    assert approvals[1].round == 2
    assert next_step(approvals, STEPS, 2) == "sign-off"
    assert next_step(approvals, STEPS, 3) == "fact check"


def test_approval_dies_with_its_draft() -> None:
    """What was approved of draft 1 says nothing of draft 2."""
    approvals = decided(asked(approvals=decided(asked()), of=ADA), by=ADA)
    assert complete(approvals, STEPS, 1)
    assert not complete(approvals, STEPS, 2)


@pytest.mark.parametrize(
    ("offered", "of", "words"),
    [
        (Offered(version=0, author="ben"), CAI, "no draft to sign"),
        (FIRST, BEN, "Ben Okoro wrote draft 1: nobody signs what they wrote"),
        (FIRST, DOT, "Dot Hill may not sign: that takes the role of an approver or a lead. Who may: ada, "),
        (replace(FIRST, author="ada"), ADA, "nobody signs"),
    ],
)
def test_who_cannot_be_asked(offered: Offered, of: Officer, words: str) -> None:
    """There must be a draft, and a signer who did not write it."""
    with pytest.raises(DeskError, match=words):
        asked(offered, of=of)


@pytest.mark.parametrize(
    ("by", "word", "known", "words"),
    [
        (BEN, "approved", {}, "nobody signs what they wrote"),
        (DOT, "approved", {}, "may not sign"),
        (CAI, "approved", {"draft": 7}, "Draft 7 is not in force: the decision must be on draft 1"),
        (CAI, "sent_back", {"comment": " "}, "give a comment"),
        (CAI, "asked", {}, "no decision"),
        (CAI, "waived", {}, "no decision"),
        (CAI, "approved", {"at": at("11-02 09:59")}, "before it was asked"),
    ],
)
def test_what_is_no_decision(by: Officer, word: str, known: dict[str, Any], words: str) -> None:
    """Authors, strangers to the role, old drafts and silent refusals are turned away."""
    with pytest.raises(DeskError, match=words):
        decided(asked(), by=by, word=word, **known)


def test_nothing_was_asked() -> None:
    """A decision needs a question, and is made once."""
    with pytest.raises(DeskError, match="ask first"):
        decided(())
    with pytest.raises(DeskError, match="ask first"):
        decided(decided(asked()))


def test_another_signs() -> None:
    """Who stands in is named in the record; who is asked instead takes the place of the first."""
    assert decided(asked(), by=ADA)[0].approver == "ada"
    again = asked(approvals=asked(), of=ADA)
    assert [one.approver for one in again] == ["ada"]
    assert pending(again, 1) is again[0]


def test_where_nobody_has_the_role() -> None:
    """In a house of officers alone, any but the author signs."""
    house = (BEN, DOT)
    assert may_sign(DOT, house)
    approvals = ask((), STEPS, FIRST, DOT, officers=house, at=at("11-02 10:00"))
    with pytest.raises(DeskError, match="nobody signs"):
        decide(approvals, FIRST, BEN, "approved", draft=1, officers=house, at=at("11-02 10:05"))


def test_waiver() -> None:
    """A lead who says why waives what is left, and the question that waited is closed with it."""
    approvals = waive(decided(asked()), STEPS, FIRST, ADA, "on air in ten minutes", at=at("11-02 11:30"))
    assert [one.decision for one in approvals] == ["approved", "waived"]
    assert standing(approvals, STEPS, 1) == "waived"
    approvals = waive(asked(), STEPS, FIRST, ADA, "on air", at=at("11-02 11:30"))
    assert [(one.step, one.decision) for one in approvals] == [("fact check", "waived"), ("sign-off", "waived")]
    assert (approvals[0].asked_at, approvals[1].asked_at) == (at("11-02 10:00"), at("11-02 11:30"))
    assert pending(approvals, 1) is None


@pytest.mark.parametrize(
    ("by", "reason", "words"), [(CAI, "late", "Cai Lin is no lead"), (BEN, "late", "no lead"), (ADA, " ", "a reason")]
)
def test_no_waiver(by: Officer, reason: str, words: str) -> None:
    """Only a lead waives, and says why."""
    with pytest.raises(DeskError, match=words):
        waive((), STEPS, FIRST, by, reason, at=at("11-02 11:30"))


def test_no_steps_declared() -> None:
    """Where no sign-off is declared none is asked for."""
    assert standing((), (), 0) == "not asked"
    assert standing((), STEPS, 0) == ""
    with pytest.raises(DeskError, match="No steps"):
        ask((), (), FIRST, CAI, officers=OFFICERS, at=at("11-02 10:00"))


def line(version: int, first: str, last: str = "", **known: Any) -> Line:
    known = {"approved_by": "cai", **known}
    until = date.fromisoformat(last) if last else None
    return Line(
        id="roof", version=version, topic="The roof", text="The roof is\nsound.", owner="ada",
        valid_from=date.fromisoformat(first), valid_until=until, **known,
    )  # fmt: skip


LINES = (
    line(1, "2026-01-01"),
    line(2, "2026-03-01", "2026-06-30"),
    line(3, "2026-09-01", retired=True),
    line(4, "2026-10-01"),
    line(5, "2026-11-01", approved_by=""),
    line(6, "2026-12-01"),
)


@pytest.mark.parametrize(
    ("day", "version"),
    [
        ("2025-12-31", None), ("2026-01-01", 1), ("2026-02-28", 1), ("2026-03-01", 2), ("2026-06-30", 2),
        ("2026-07-01", None), ("2026-09-15", None), ("2026-10-01", 4), ("2026-11-30", 4), ("2026-12-01", 6),
    ],
)  # fmt: skip
def test_line_in_force(day: str, version: int | None) -> None:
    """The newest approved version that has begun holds; when it ended, no older one comes back."""
    found = line_in_force(LINES, "roof", date.fromisoformat(day))
    assert (found.version if found else None) == version
    assert line_in_force(LINES, "cellar", date.fromisoformat(day)) is None


def test_a_line_clears_itself() -> None:
    """A line in force, as it stands, needs no sign-off; breaks of lines do not matter."""
    found = cleared_line(LINES, "roof", 4, " The roof  is sound.\n", date(2026, 11, 2))
    assert standing((), STEPS, 0, found) == "line"


@pytest.mark.parametrize(
    ("version", "text", "day", "words"),
    [
        (9, "The roof is sound.", "2026-11-02", "no line “roof” in version 9"),
        (5, "The roof is sound.", "2026-11-02", "not been approved"),
        (3, "The roof is sound.", "2026-11-02", "v3 is retired"),
        (6, "The roof is sound.", "2026-11-02", "holds from 2026-12-01 on"),
        (2, "The roof is sound.", "2026-11-02", "ran out on 2026-06-30"),
        (1, "The roof is sound.", "2026-11-02", "not in force: v4 is in force"),
        (1, "The roof is sound.", "2026-07-02", "a newer version was ended"),
        (4, "The roof is not sound.", "2026-11-02", "differs from it"),
        (4, "the roof is sound.", "2026-11-02", "differs from it"),
    ],
)
def test_what_a_line_does_not_clear(version: int, text: str, day: str, words: str) -> None:
    """Another version, another day or another word wants a sign-off."""
    with pytest.raises(DeskError, match=words):
        cleared_line(LINES, "roof", version, text, date.fromisoformat(day))


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["ask", "approved", "sent_back", "waive", "draft"]), st.sampled_from(OFFICERS), st.booleans()
    ),
    max_size=25,
)


@given(ACTS)
def test_nothing_passes_by_its_author(acts: list[tuple[str, Officer, bool]]) -> None:
    """Whatever is tried: no author approves, and a complete sign-off has every step approved or waived by a lead."""
    approvals: tuple[Approval, ...] = ()
    offered, when = FIRST, at("11-02 10:00")
    for act, officer, flag in acts:
        try:
            if act == "draft":
                offered = Offered(version=offered.version + 1, author=officer.id, round=offered.round)
            elif act == "ask":
                approvals = ask(approvals, STEPS, offered, officer, officers=OFFICERS, at=when)
            elif act == "waive":
                approvals = waive(approvals, STEPS, offered, officer, "why" * flag, at=when)
            else:
                read = offered.version - (not flag)
                approvals = decide(
                    approvals, offered, officer, act, draft=read, officers=OFFICERS, at=when, comment="no" * flag
                )
        except DeskError:
            continue
        here = [one for one in approvals if one.draft == offered.version]
        assert all(one.approver != offered.author for one in here if one.decision == "approved")
        assert all(one.approver == "ada" and one.comment for one in here if one.decision == "waived")
        assert sum(one.decision == "asked" for one in here) <= 1
        if complete(approvals, STEPS, offered.version):
            assert [one.step for one in here if one.decision in ("approved", "waived")] == list(STEPS)
