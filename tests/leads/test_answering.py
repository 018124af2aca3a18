"""The verbs of a handoff: what each does, and what each refuses."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from commsleads.errors import CommsleadsError, ConflictError, LeadError, NotFoundError
from commsleads.journey import STATUSES
from commsleads.leads import answering, working
from commsleads.rules.desk.errors import WordError
from commsleads.rules.leads.verbs import FITTING
from tests.leads.office import ENGAGED, MONDAY, Office


def refused(error: type[CommsleadsError], words: str, do: Any) -> str:
    """What a verb says that refuses."""
    with pytest.raises(error) as caught:
        do()
    assert words in str(caught.value), str(caught.value)
    return str(caught.value)


def test_an_offer_accepted(desk: Office) -> None:
    """Who accepts has it, and the ledger says who answered when."""
    ruth = desk.asked()
    desk.move(minutes=20)
    assert answering.accept(desk.work("ben"), "Ruth Calder", words="I know her.") == ruth
    lead = desk.lead(ruth)
    assert (lead.status, lead.owner) == ("accepted", "ben")
    (offer,) = lead.offers
    assert (offer.answer, offer.by, offer.answered, offer.words) == (
        "accepted", "ben", MONDAY + timedelta(minutes=20), "I know her.",
    )  # fmt: skip


def test_accepting_for_somebody_else(desk: Office) -> None:
    """Who accepts may name another officer, who has it then."""
    ruth = desk.asked()
    answering.accept(desk.work("ada"), ruth, to="dot")
    assert desk.lead(ruth).owner == "dot"


def test_the_second_of_two_is_told_who_was_faster(desk: Office) -> None:
    """Accepting what somebody accepted a minute ago writes nothing and says who did it when."""
    ruth = desk.asked()
    answering.accept(desk.work("ben"), ruth)
    desk.move(minutes=1)
    before = desk.tables()
    said = refused(
        ConflictError, "ben accepted it at 2026-11-16 09:30", lambda: answering.accept(desk.work("ada"), ruth)
    )
    assert "Nothing of yours was written" in said
    assert f"commsleads lead close {ruth}" in said
    assert desk.tables() == before
    assert len(desk.session.tuples("SELECT 1 FROM lead_acts")) == 1


def test_rejecting_what_was_accepted(desk: Office) -> None:
    """What somebody took over is not rejected behind their back."""
    ruth = desk.asked()
    answering.accept(desk.work("ben"), ruth)
    refused(ConflictError, "ben accepted it", lambda: answering.reject(desk.work(), ruth, reason="too late"))


def test_a_reason_of_the_closed_list(desk: Office) -> None:
    """A reason is one of those agreed on, its beginning is enough, and the nearest is suggested for another."""
    ruth = desk.asked()
    refused(LeadError, "Say which reason", lambda: answering.reject(desk.work(), ruth, reason=" "))
    refused(
        LeadError,
        "There is: wrong person, not our subject",
        lambda: answering.reject(desk.work(), ruth, reason="REASON"),
    )
    refused(LeadError, "Did you mean “too late”?", lambda: answering.reject(desk.work(), ruth, reason="to late"))
    refused(LeadError, "There is: wrong person", lambda: answering.reject(desk.work(), ruth, reason="zzz"))
    answering.reject(desk.work(), ruth, reason="Too L", words="Tomorrow's paper.")
    lead = desk.lead(ruth)
    assert (lead.status, lead.offers[0].reason, lead.offers[0].words) == ("rejected", "too late", "Tomorrow's paper.")


def test_what_was_never_offered_is_not_accepted(desk: Office) -> None:
    """A lead that is not qualified is no offer; that is no conflict with anybody."""
    ruth = desk.person("Ruth Calder")
    desk.touch(ruth, ENGAGED)
    assert desk.lead(ruth).status == "new"
    refused(LeadError, "it is no qualified lead", lambda: answering.accept(desk.work(), ruth))


def test_who_is_no_lead(desk: Office) -> None:
    """A contact whose touches make no lead can be noted of, and nothing else."""
    ruth = desk.person("Ruth Calder")
    desk.touch(ruth, "outlet", kind="click")
    refused(LeadError, "is no lead", lambda: answering.close(desk.work(), ruth, outcome="other"))
    working.note(desk.work(), ruth, "Reads everything.")
    assert [one.words for one in _acts(desk, ruth)] == ["Reads everything."]


def test_nobody_of_that_name(desk: Office) -> None:
    """A name nobody has, and one who was never in touch, are said apart; several of one name are listed."""
    refused(NotFoundError, "No lead is called “Nemo”", lambda: answering.accept(desk.work(), "Nemo"))
    desk.person("Nora Vale")
    refused(NotFoundError, "never in touch", lambda: answering.accept(desk.work(), "Nora Vale"))
    one, other = desk.asked(outlet="Alpha"), desk.asked(outlet="Beta")
    said = refused(LeadError, "may be any of 2 leads", lambda: answering.accept(desk.work(), "Ruth Calder"))
    assert one in said
    assert other in said
    assert "Beta" in said


def test_lead_by_beginning_address_and_surname(desk: Office) -> None:
    """A unique beginning of an id, an address in any case, or a name that one person has."""
    ruth = desk.asked(email="ruth@ncp.example")
    for words in (ruth[:8], ruth[:8].upper(), "RUTH@ncp.example", "Calder", "calder, ruth"):
        assert working.note(desk.work(), words, "Found.") == ruth


def test_an_answer_after_it_lapsed(desk: Office) -> None:
    """Eight working hours later nobody answered: it lapsed, and can still be accepted."""
    ruth = desk.asked()
    desk.move(days=2)
    assert desk.lead(ruth).status == "lapsed"
    answering.accept(desk.work("ben"), ruth)
    lead = desk.lead(ruth)
    assert (lead.status, lead.owner) == ("accepted", "ben")
    assert [one.answer for one in lead.offers] == ["lapsed"]


def test_back_to_nurture_until_a_day(desk: Office) -> None:
    """A recycled lead wakes on its day and is offered again, as long as it is qualified."""
    ruth = desk.asked()
    until = desk.now + timedelta(days=10)
    answering.recycle(desk.work(), ruth, until=until, words="After the budget.")
    lead = desk.lead(ruth)
    assert (lead.status, lead.wakes) == ("recycled", until)
    desk.move(days=10, seconds=1)
    lead = desk.lead(ruth)
    assert lead.status == "offered"
    assert lead.offers[-1].at == until


def test_a_day_of_waking_lies_ahead(desk: Office) -> None:
    """A moment that has passed, now, and one beyond three years are refused."""
    ruth = desk.asked()
    for ahead, words in (
        (timedelta(0), "has passed"),
        (timedelta(days=-1), "has passed"),
        (timedelta(days=1100), "three"),
    ):
        refused(LeadError, words, lambda: answering.recycle(desk.work(), ruth, until=desk.now + ahead))  # noqa: B023
    assert not _acts(desk, ruth)


def test_assigned_to_an_officer_and_to_a_team(desk: Office) -> None:
    """An open offer goes to them instead; a team is its lead; an accepted lead changes hands."""
    ruth = desk.asked()
    working.assign(desk.work(), ruth, "Ben Okoro")
    assert [(one.to, one.answer) for one in desk.lead(ruth).offers] == [("", "withdrawn"), ("ben", "")]
    working.assign(desk.work(), ruth, "events")
    assert desk.lead(ruth).offers[-1].to == "dot"
    desk.move(hours=5)
    offers = desk.lead(ruth).offers
    refused(LeadError, "offered to dot already, until", lambda: working.assign(desk.work(), ruth, "dot"))
    refused(LeadError, "offered to dot already, until", lambda: working.assign(desk.work(), ruth, "events"))
    assert desk.lead(ruth).offers == offers, "nobody gets more time by being asked again"
    answering.accept(desk.work("dot"), ruth)
    working.assign(desk.work(), ruth, "ada")
    assert desk.lead(ruth).owner == "ada"
    refused(LeadError, "ada has it already", lambda: working.assign(desk.work(), ruth, "ada"))
    refused(WordError, "Did you mean dot?", lambda: working.assign(desk.work(), ruth, "dott"))


def test_closed_and_opened_again(desk: Office) -> None:
    """A closed lead has an outcome; reopened, it is offered again to whoever had it."""
    ruth = desk.asked()
    answering.accept(desk.work("ben"), ruth)
    refused(LeadError, "There is: covered", lambda: answering.close(desk.work(), ruth, outcome="xx"))
    answering.close(desk.work("ben"), ruth, outcome="covered")
    assert (desk.lead(ruth).status, desk.lead(ruth).outcome) == ("closed", "covered")
    refused(ConflictError, "ben closed it", lambda: answering.close(desk.work(), ruth, outcome="served"))
    refused(ConflictError, "ben closed it", lambda: working.assign(desk.work(), ruth, "ada"))
    answering.reopen(desk.work(), ruth)
    lead = desk.lead(ruth)
    assert (lead.status, lead.offers[-1].to) == ("offered", "ben")


def test_opening_what_is_open(desk: Office) -> None:
    """An offered lead is not reopened: nobody closed it."""
    ruth = desk.asked()
    refused(LeadError, "It waits for an answer", lambda: answering.reopen(desk.work(), ruth))


def test_a_stage_set_by_hand(desk: Office) -> None:
    """It needs a reason and a stage of the criteria, and holds."""
    ruth = desk.person("Ruth Calder")
    desk.touch(ruth, ENGAGED)
    refused(LeadError, "Say why", lambda: working.stage(desk.work(), ruth, "service-qualified", why=""))
    refused(
        LeadError,
        "Did you mean “story-qualified”?",
        lambda: working.stage(desk.work(), ruth, "story-qualfied", why="So."),
    )
    refused(LeadError, "stands at “engaged” already", lambda: working.stage(desk.work(), ruth, "engaged", why="So."))
    working.stage(desk.work(), ruth, "service-q", why="She told me on the train.")
    lead = desk.lead(ruth)
    assert (lead.stage, lead.status) == ("service-qualified", "offered")
    assert [one.why for one in lead.moves if one.what == "stage"][-1] == "ada set the stage."
    assert [one.words for one in _acts(desk, ruth)] == ["She told me on the train."]


def test_a_note_changes_nothing(desk: Office) -> None:
    """Words are kept with who wrote them when; the tables that follow stay as they are."""
    ruth = desk.asked()
    before = desk.tables()
    working.note(desk.work("ben"), ruth, "  Prefers the phone. ")
    assert desk.tables() == before
    (act,) = _acts(desk, ruth)
    assert (act.by, act.words, act.at) == ("ben", "Prefers the phone.", MONDAY)
    refused(LeadError, "Say what is to be noted", lambda: working.note(desk.work(), ruth, " "))


def test_only_as_of_what_was_seen(desk: Office) -> None:
    """With the number that somebody saw, nothing is written when more has happened; the sentence says who did what."""
    ruth = desk.asked()
    seen = desk.number(ruth)
    desk.move(minutes=5)
    working.note(desk.work("ben"), ruth, "She called again.")
    said = refused(
        ConflictError, "ben wrote a note on it at 2026-11-16 09:35",
        lambda: answering.accept(desk.work("ada"), ruth, seen=seen),
    )  # fmt: skip
    assert f"As of {seen + 1}".lower() in said
    assert "Nothing of yours was written" in said
    assert desk.lead(ruth).status == "offered"
    answering.accept(desk.work("ada"), ruth, seen=desk.number(ruth))
    assert desk.lead(ruth).owner == "ada"


def test_the_clock_counts_as_a_change(desk: Office) -> None:
    """Who saw an offer that lapsed since is told so before anything is written."""
    ruth = desk.asked()
    seen = desk.number(ruth)
    desk.move(days=2)
    refused(ConflictError, "its status became “lapsed”", lambda: answering.accept(desk.work(), ruth, seen=seen))


def test_nothing_is_half_done(desk: Office) -> None:
    """When the lead cannot be told anew, the act is not in the log either."""
    ruth = desk.asked()
    desk.session.execute(
        "CREATE TRIGGER full BEFORE INSERT ON handoffs BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
    )
    with pytest.raises(CommsleadsError, match="disk is full"):
        answering.accept(desk.work(), ruth)
    assert not _acts(desk, ruth)
    desk.session.execute("DROP TRIGGER full")
    assert desk.lead(ruth).status == "offered"


def test_the_page_says_what_can_be_done() -> None:
    """The table of statuses in docs/leads.md is that of the rules."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "leads.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in page.splitlines() if line.startswith("|")]
    table = {
        row[1].strip(): set(row[3].strip().split(", ")) for row in rows if row[1].strip() in STATUSES and len(row) == 5
    }
    always = {"stage", "note"}
    assert table == {
        status: {verb for verb, statuses in FITTING.items() if status in statuses} - always for status in STATUSES
    }


def _acts(desk: Office, contact: str) -> list[Any]:
    from commsleads.store.leads import acts

    return acts.of(desk.session, [contact])
