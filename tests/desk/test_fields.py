"""The fields of a record, corrected and told: what was logged wrongly, who asks, what a story says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from commsleads.desk import Call, answering, covering, ending, library, log, work
from commsleads.desk.looking import dossier, listed, show
from commsleads.rules.desk.errors import DeskError, WordError
from commsleads.store.desk.board import Wanted
from commsleads.store.desk.people import Person
from tests.desk.press import MONDAY, Press

OTHER = Person(name="Zed Zee", outlet="North County Post", phone="+44 1234 567890")


def test_channel_and_time_of_receipt_are_corrected(press: Press) -> None:
    """With what hangs on them: out of hours, who was on call, the source of the touch."""
    press.now = MONDAY + timedelta(days=7)
    ref = press.call(stance="positive")
    saturday = MONDAY + timedelta(days=5)
    work.set_fields(press.desk("ben"), ref, {"channel": "event", "received_at": saturday})
    row = press.row(ref)
    assert (row["channel"], row["out_of_hours"], row["on_call"]) == ("event", 1, "ben")
    assert press.touches("t.source, t.counts") == [("event", 1)]


def test_nothing_was_received_in_the_future_or_after_its_answer(press: Press) -> None:
    """A wrong year would hide an enquiry from every figure."""
    with pytest.raises(DeskError, match="in the future"):
        press.call(received_at=MONDAY + timedelta(minutes=1))
    ref = press.call()
    work.acknowledge(press.desk("ben"), ref)
    press.move(hours=2)
    with pytest.raises(DeskError, match="in the future"):
        work.set_fields(press.desk(), ref, {"received_at": press.now + timedelta(minutes=1)})
    with pytest.raises(DeskError, match="came before that"):
        work.set_fields(press.desk(), ref, {"received_at": press.now - timedelta(hours=1)})


def test_a_spokesperson_with_training_and_availability(press: Press) -> None:
    """And where the facts come from; nothing is said of training until somebody says it."""
    ref = press.call()
    assert show(press.desk(), ref)["media_trained"] is None
    fields = {"spokesperson": "Dame Ann", "media_trained": True, "availability": "Thursday 14:00 to 16:00"}
    work.set_fields(press.desk(), ref, fields, ties={"fact": ["https://museum.example/report", "estates team"]})
    told = show(press.desk(), ref)
    assert {name: told[name] for name in fields} == fields
    assert told["fact_sources"] == ["estates team", "https://museum.example/report"]


def test_a_known_deadline_may_slip(press: Press) -> None:
    """Said later, without its words again; where there is none nothing can slip."""
    ref = press.call()
    with pytest.raises(DeskError, match="no deadline that could slip"):
        work.set_fields(press.desk(), ref, {}, soft=True)
    press.session.execute("UPDATE enquiries SET deadline_at = '2026-11-19T17:00:00Z', deadline_kind = 'hard'")
    work.set_fields(press.desk(), ref, {}, soft=True)
    assert press.row(ref)["deadline_kind"] == "soft"


def test_a_journalist_put_there_by_mistake(press: Press) -> None:
    """Is taken out, and the touch stops counting, with the reason."""
    ref = press.call(stance="neutral")
    work.add_journalist(press.desk("ben"), ref, OTHER, prefers="text message")
    told = show(press.desk(), ref)["journalists"]
    assert [(one["name"], one["preferred"]) for one in told] == [("Ruth Calder", ""), ("Zed Zee", "text message")]
    with pytest.raises(DeskError, match="not one of the journalists"):
        work.drop_journalist(press.desk("ben"), ref, "Nobody")
    work.drop_journalist(press.desk("ben"), ref, "ruth")
    assert [one["name"] for one in show(press.desk(), ref)["journalists"]] == ["Zed Zee"]
    touches = press.touches("c.name, t.counts, t.why LIKE 'not one of%'")
    assert touches == [("Ruth Calder", 0, 1), ("Zed Zee", 1, 0)]
    with pytest.raises(WordError, match="no preferred method"):
        work.add_journalist(press.desk("ben"), ref, OTHER, prefers="pigeon")


def test_the_line_that_went_out_is_named(press: Press) -> None:
    """With its version, whether it was drafted first or not."""
    library.add(press.desk("ben"), "jobs", "No jobs go.")
    library.approve(press.desk("cem"), "jobs")
    straight, drafted = press.call(), press.call()
    answer = answering.Answer(method="phone", terms="spokesperson", line="jobs")
    answering.respond(press.desk("ben"), straight, answer)
    answering.draft(press.desk("ben"), drafted, line="jobs")
    answering.respond(press.desk("ben"), drafted, answering.Answer(method="phone", terms="spokesperson"))
    for ref in (straight, drafted):
        told = show(press.desk(), ref)
        assert [(one["line_id"], one["line_version"]) for one in told["answers"]] == [("jobs", 1)]
        assert told["moves"][-1]["why"] == "line jobs v1"


def test_the_first_draft_is_in_the_first_round(press: Press) -> None:
    """Rounds count from one, in the drafts as in the approvals."""
    ref = press.call()
    answering.draft(press.desk("ben"), ref, "150 posts")
    assert show(press.desk(), ref)["drafts"][0]["round"] == 1


def test_a_refusal_that_was_told_is_an_acknowledgement(press: Press) -> None:
    """Who has been told no knows that we have read it."""
    told, untold = press.call(), press.call()
    ending.decline(press.desk("ben"), told, "not ours", told=True)
    ending.decline(press.desk("ben"), untold, "not ours")
    assert (press.row(told)["acknowledged_by"], press.row(untold)["acknowledged_by"]) == ("ben", "")


def test_a_promise_is_kept_once_and_in_its_time(press: Press) -> None:
    """Not before it was made, not in the future; a wrong time is corrected with another."""
    ref = press.call()
    answering.promise(press.desk("ben"), ref, "call back", MONDAY + timedelta(hours=2))
    press.move(hours=1)
    for at, word in (
        (MONDAY - timedelta(minutes=1), "kept before"),
        (press.now + timedelta(minutes=1), "in the future"),
    ):
        with pytest.raises(DeskError, match=word):
            answering.kept(press.desk("ben"), ref, 1, at=at)
    answering.kept(press.desk("ben"), ref, 1)
    with pytest.raises(DeskError, match="kept already"):
        answering.kept(press.desk("ben"), ref, 1)
    answering.kept(press.desk("ben"), ref, 1, at=MONDAY + timedelta(minutes=5))
    assert show(press.desk(), ref)["follow_ups"][0]["done_at"] == "2026-11-16T09:35:00Z"


def test_messages_and_tone_of_a_story(press: Press) -> None:
    """Nothing until somebody says; none of our messages is something that was said."""
    ref, story = press.call(), press.story("s1")
    covering.confirm(press.desk("ben"), ref, story)
    (told,) = show(press.desk(), ref)["coverage"]
    assert (told["messages"], told["tone"]) == (None, "")
    covering.coded(press.desk("ben"), ref, story, messages=["jobs are safe", " jobs  are safe "], tone="hostile")
    (told,) = covering.listed(press.desk(), ref)
    assert (told["messages"], told["tone"]) == (["jobs are safe"], "hostile")
    covering.coded(press.desk("ben"), ref, story, messages=[])
    assert show(press.desk(), ref)["coverage"][0]["messages"] == []
    with pytest.raises(WordError, match="no tone"):
        covering.coded(press.desk("ben"), ref, story, tone="lovely")


def test_a_question_about_the_hidden_is_not_answered(press: Press) -> None:
    """A restricted enquiry stands on the board, but nobody learns by asking whose it is."""
    log(press.desk("ada"), Call(subject="secret", journalists=(OTHER,), outlet=OTHER.outlet, privacy="restricted"))
    ref = press.call(privacy="open")
    ben = press.desk("ben")
    contact = press.session.tuples("SELECT id FROM contacts WHERE name = 'Zed Zee'")[0][0]
    assert [row["subject"] for row in listed(ben)] == ["restricted", "Jobs in Leeds"]
    wanted: list[dict[str, Any]] = [{"outlet": "north county post"}, {"state": "new"}]
    for one in wanted:
        assert [row["reference"] for row in listed(ben, Wanted(**one), limit=1)] == [ref]
    assert listed(ben, Wanted(contacts=(contact,))) == []
    assert dossier(ben, "Zed Zee") == []
    assert len(dossier(press.desk("ada"), "zed")) == 1


def test_the_newest_comes_first_also_within_a_second(press: Press) -> None:
    """Two calls at once stand in the order of their numbers."""
    refs = [press.call() for _ in range(5)]
    assert [row["reference"] for row in listed(press.desk(), Wanted(open_only=False))] == refs[::-1]
