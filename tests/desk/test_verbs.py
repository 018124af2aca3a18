"""Each verb as it should go, each refusal in words, and the trace that each leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from commsleads.desk import answering, covering, ending, library, signing, work
from commsleads.desk.answering import Answer
from commsleads.desk.looking import as_of, dossier, listed, search_answers, show
from commsleads.enquiries import State
from commsleads.errors import ConflictError, NotFoundError
from commsleads.letters import Deadline
from commsleads.rules.desk.errors import DeskError
from commsleads.store.desk.people import Person
from commsleads.store.engine import stamp
from tests.desk.press import Press

SENT = Answer(method="email", terms="on the record")


def drafted(press: Press, **given: Any) -> str:
    """An enquiry of Ben's with a draft of his."""
    ref = press.call(owner="ben", **given)
    answering.draft(press.desk("ben"), ref, "About 150 posts will go.")
    return ref


def signed(press: Press) -> str:
    """One whose draft has passed both steps."""
    ref = drafted(press)
    for _ in range(2):
        signing.ask_signoff(press.desk("ben"), ref, "cem")
        press.move(minutes=10)
        signing.approve(press.desk("cem"), ref)
    return ref


def answered(press: Press) -> str:
    """One whose answer is out."""
    ref = signed(press)
    answering.respond(press.desk("ben"), ref, SENT)
    return ref


def test_the_whole_way(press: Press) -> None:
    """From the call to the outcome: every state, every stamp, and who did what."""
    ref = press.call()
    press.move(minutes=5)
    work.acknowledge(press.desk("ben"), ref)
    work.assign(press.desk("ada"), ref, "ben", note="knows Leeds")
    work.research(press.desk("ben"), ref)
    answering.draft(press.desk("ben"), ref, "About 140 posts.")
    assert signing.ask_signoff(press.desk("ben"), ref, "cem") == "fact check"
    signing.send_back(press.desk("cem"), ref, "it is 150")
    answering.draft(press.desk("ben"), ref, "About 150 posts.")
    assert signing.ask_signoff(press.desk("ben"), ref, "cem") == "fact check"
    assert signing.approve(press.desk("cem"), ref, draft=2) == "sign-off"
    assert signing.ask_signoff(press.desk("ben"), ref, "ada") == "sign-off"
    assert signing.approve(press.desk("ada"), ref, comment="good") == ""
    press.move(hours=1)
    assert answering.respond(press.desk("ben"), ref, SENT) == 1
    answering.monitor(press.desk("ben"), ref)
    ending.close(press.desk("ben"), ref, outcome="not covered", minutes=25)
    told = show(press.desk(), ref)
    assert [(move["came_from"], move["state"]) for move in told["moves"]] == [
        ("", "new"), ("new", "acknowledged"), ("acknowledged", "assigned"), ("assigned", "researching"),
        ("researching", "drafting"), ("drafting", "awaiting_signoff"), ("awaiting_signoff", "drafting"),
        ("drafting", "awaiting_signoff"), ("awaiting_signoff", "approved"), ("approved", "responded"),
        ("responded", "monitoring"), ("monitoring", "closed"),
    ]  # fmt: skip
    assert [(one["step"], one["decision"], one["draft"], one["round"]) for one in told["approvals"]] == [
        ("fact check", "sent_back", 1, 1), ("fact check", "approved", 2, 2), ("sign-off", "approved", 2, 2),
    ]  # fmt: skip
    assert (told["response_sent_by"], told["response_kind"], told["acknowledged_by"]) == ("ben", "full", "ben")
    assert (told["outcome"], told["time_spent"], told["answers"][0]["text"]) == ("not covered", 25, "About 150 posts.")
    assert told["questions"][0]["answer"] == "About 150 posts."
    assert told["erase_after"] == stamp(press.now + timedelta(days=730))
    assert [(one["who"], one["what"]) for one in press.history(ref)] == [
        ("ada", "logged"), ("ben", "acknowledged"), ("ada", "assigned"), ("ben", "began research"), ("ben", "drafted"),
        ("ben", "asked for sign-off"), ("cem", "sent back"), ("ben", "drafted"), ("ben", "asked for sign-off"),
        ("cem", "approved"), ("ben", "asked for sign-off"), ("ada", "approved"), ("ben", "responded"),
        ("ben", "monitors"), ("ben", "closed"),
    ]  # fmt: skip


def test_every_state_is_reached(press: Press) -> None:
    """The verbs lead to each state of the workflow, and back from each end."""
    ref = answered(press)
    ending.close(press.desk(), ref, outcome="unknown")
    ending.reopen(press.desk(), ref)
    work.research(press.desk(), ref)
    ends: list[Callable[[str], str]] = [
        lambda one: ending.withdraw(press.desk(), one),
        lambda one: ending.duplicate(press.desk(), one, ref),
        lambda one: ending.redirect(press.desk(), one, "the customer line"),
        lambda one: ending.decline(press.desk(), one, "not ours to say"),
    ]
    for end in ends:
        other = press.call()
        work.acknowledge(press.desk(), other)
        end(other)
        ending.reopen(press.desk(), other, reason="came back")
        assert press.row(other)["ended_at"] == press.row(other)["erase_after"] == ""
    answering.monitor(press.desk(), answered(press))
    assert {state for (state,) in press.session.tuples("SELECT DISTINCT state FROM moves")} == set(State)


Refused = Callable[[Press], object]
REFUSALS: list[tuple[Refused, str]] = [
    (lambda p: work.acknowledge(p.desk(), "2026-0099"), "There is no enquiry 2026-0099"),
    (lambda p: work.acknowledge(p.desk(), "abc"), "is no reference"),
    (lambda p: [work.acknowledge(p.desk(), ref) for ref in [p.call()] * 2], "was acknowledged already, by ada"),
    (lambda p: work.assign(p.desk(), p.call(), "benn"), "Did you mean ben"),
    (lambda p: work.set_fields(p.desk(), p.call(), {"stance": "angry"}), "no stance"),
    (lambda p: work.set_fields(p.desk(), p.call(), {"state": "closed"}), "no field that can be set"),
    (lambda p: work.set_fields(p.desk(), p.call(), {"subject": " "}), "needs a subject"),
    (lambda p: work.set_fields(p.desk(), p.call(), {}, ties={"moon": ["x"]}), "nothing that an enquiry is tied to"),
    (lambda p: work.hold(p.desk(), p.call(), "journalist"), "acknowledge it first"),
    (lambda p: work.hold(p.desk(), drafted(p), "weather"), "journalist or expert"),
    (lambda p: work.release(p.desk(), drafted(p)), "waits for nobody"),
    (lambda p: work.add_question(p.desk(), p.call(), " "), "question needs words"),
    (lambda p: work.answer_question(p.desk(), p.call(), 7, "x"), "has no question 7"),
    (lambda p: work.expert_answered(p.desk(), p.call(), 1), "has no expert 1"),
    (lambda p: work.ask_expert(p.desk(), p.call(), " "), "who was asked"),
    (lambda p: work.add_journalist(p.desk(), p.call(), Person()), "Say who it is"),
    (lambda p: answering.draft(p.desk(), p.call()), "needs words"),
    (lambda p: answering.draft(p.desk(), p.call(), line="nope"), "There is no line"),
    (lambda p: signing.ask_signoff(p.desk(), p.call(), "cem"), "no draft to sign"),
    (lambda p: signing.ask_signoff(p.desk(), drafted(p), "ben"), "nobody signs what they wrote"),
    (lambda p: signing.ask_signoff(p.desk(), drafted(p), "dot"), "may not sign"),
    (lambda p: signing.approve(p.desk("cem"), drafted(p)), "waits for no sign-off"),
    (lambda p: signing.waive_signoff(p.desk("ben"), drafted(p), "late"), "only a lead may waive"),
    (lambda p: signing.waive_signoff(p.desk("ada"), drafted(p), " "), "needs a reason"),
    (lambda p: signing.ask_signoff(p.desk(), answered(p), "cem"), "only a draft in work"),
    (lambda p: answering.respond(p.desk(), drafted(p), SENT), "pre-approved line|sign-off"),
    (lambda p: answering.respond(p.desk(), signed(p), Answer(terms="on the record")), "how it was sent"),
    (lambda p: answering.respond(p.desk(), signed(p), Answer(method="email")), "on which terms"),
    (lambda p: answering.respond(p.desk(), signed(p), Answer(kind="loud", method="email")), "is no kind"),
    (lambda p: answering.respond(p.desk(), signed(p), Answer(text="150 or more", method="email",
                                                              terms="on the record")), "differs from draft 1"),
    (lambda p: answering.respond(p.desk(), signed(p), Answer(method="email", terms="embargoed")), "until when"),
    (lambda p: answering.respond(p.desk(), signed(p), Answer(method="email", terms="on the record",
                                                              questions=(9,))), "has no question 9"),
    (lambda p: answering.respond(p.desk(), signed(p), Answer(method="email", terms="on the record",
                                                              at=p.now + timedelta(hours=1))), "in the future"),
    (lambda p: answering.respond(p.desk(), signed(p), Answer(method="email", terms="on the record",
                                                              at=p.now - timedelta(days=9))), "before 2026-0001"),
    (lambda p: answering.kept(p.desk(), p.call(), 1), "has no promise 1"),
    (lambda p: answering.promise(p.desk(), p.call(), "", p.now), "what was promised"),
    (lambda p: answering.interview(p.desk(), p.call(), ""), "who spoke"),
    (lambda p: answering.monitor(p.desk(), p.call()), "cannot become monitoring"),
    (lambda p: covering.confirm(p.desk(), p.call(), "nothing"), "No story has"),
    (lambda p: covering.error(p.desk(), p.call(), p.story("s1"), "wrong"), "is not tied"),
    (lambda p: ending.close(p.desk(), p.call()), "has had no answer"),
    (lambda p: ending.close(p.desk(), answered(p)), "what came of it"),
    (lambda p: ending.close(p.desk(), answered(p), outcome="fame"), "is no outcome"),
    (lambda p: ending.reopen(p.desk(), p.call()), "cannot become reopened"),
    (lambda p: ending.duplicate(p.desk(), p.call(), "1"), "duplicate of itself"),
    (lambda p: ending.duplicate(p.desk(), p.call(), ""), "of which enquiry"),
    (lambda p: ending.redirect(p.desk(), p.call(), " "), "where the journalist was sent"),
    (lambda p: ending.decline(p.desk(), p.call(), ""), "say why"),
    (lambda p: ending.withdraw(p.desk(), answered(p)), "cannot become withdrawn"),
]  # fmt: skip


@pytest.mark.parametrize(("act", "words"), REFUSALS, ids=[f"{n} {words}" for n, (_, words) in enumerate(REFUSALS)])
def test_refused_in_words(press: Press, act: Refused, words: str) -> None:
    """A sentence says what is missing, and nothing was written by the verb that was refused."""
    with pytest.raises((DeskError, NotFoundError), match=words):
        act(press)
    for row in press.session.query("SELECT id, reference, logged_at FROM enquiries"):
        now = show(press.desk(), row["reference"])
        assert now.pop("waits_for") is not None
        assert as_of(press.desk(), row["reference"], press.now) == now


def test_two_officers_at_once(press: Press) -> None:
    """The second, who read the older version, is told who was faster; what the first wrote stands."""
    ref = press.call()
    version = show(press.desk(), ref)["version"]
    work.assign(press.desk("ada"), ref, "ben", version=version)
    with pytest.raises(ConflictError, match="ada assigned it"):
        work.assign(press.desk("ben"), ref, "cem", version=version)
    assert press.row(ref)["owner"] == "ben"
    work.assign(press.desk("ben"), ref, "cem", version=show(press.desk(), ref)["version"])
    assert press.row(ref)["owner"] == "cem"


def test_a_decision_on_an_old_draft_is_refused(press: Press) -> None:
    """Who approves must have read the draft in force."""
    ref = drafted(press)
    answering.draft(press.desk("ben"), ref, "About 160 posts.")
    signing.ask_signoff(press.desk("ben"), ref, "cem")
    with pytest.raises(DeskError, match="must be on draft 2"):
        signing.approve(press.desk("cem"), ref, draft=1)


def test_a_new_draft_calls_off_the_sign_off(press: Press) -> None:
    """Writing again while a sign-off is pending goes back to drafting, in the next round."""
    ref = drafted(press)
    signing.ask_signoff(press.desk("ben"), ref, "cem")
    answering.draft(press.desk("ben"), ref, "Better words.")
    assert (press.row(ref)["state"], press.row(ref)["round"]) == ("drafting", 2)


def test_a_pre_approved_line_needs_no_sign_off(press: Press) -> None:
    """Written by one, approved by another, sent as it stands: from the call straight to the answer."""
    library.add(press.desk("ben"), "leeds-jobs", "We will say more in March.")
    with pytest.raises(DeskError, match="nobody signs what they wrote"):
        library.approve(press.desk("ben"), "leeds-jobs")
    with pytest.raises(DeskError, match="has not been approved"):
        answering.draft(press.desk("ben"), press.call(), line="leeds-jobs")
    assert library.approve(press.desk("cem"), "leeds-jobs") == 1
    ref = press.call()
    answering.respond(press.desk("ben"), ref, Answer(line="leeds-jobs", method="phone", terms="spokesperson"))
    told = show(press.desk(), ref)
    assert (told["status"], told["owner"], told["answers"][0]["text"]) == (
        "responded", "ben", "We will say more in March.",
    )  # fmt: skip
    assert told["moves"][-1]["why"] == "line leeds-jobs v1"
    drafted_line = press.call()
    answering.draft(press.desk("ben"), drafted_line, line="leeds-jobs")
    answering.respond(press.desk("ben"), drafted_line, SENT)
    other = press.call()
    with pytest.raises(DeskError, match="differs from it"):
        answering.respond(
            press.desk("ben"), other,
            Answer(line="leeds-jobs", text="Maybe March.", method="phone", terms="spokesperson"),
        )  # fmt: skip


def test_lines_are_versions_with_days(press: Press) -> None:
    """A change is a new version that waits for its approval; a retired or outrun line is refused in words."""
    day = press.now.date()
    library.add(press.desk("ben"), "leeds", "One.", topic="Leeds", valid_until=day, tags=("jobs",))
    library.approve(press.desk("cem"), "leeds")
    assert library.add(press.desk("ben"), "leeds", "Two.") == 2
    told = library.told(press.desk(), "leeds")
    assert [(one["version"], one["in_force"], one["tags"]) for one in told] == [
        (1, True, ["jobs"]),
        (2, False, ["jobs"]),
    ]
    press.move(days=1)
    with pytest.raises(DeskError, match="has not been approved"):
        answering.draft(press.desk("ben"), press.call(), line="leeds")
    library.approve(press.desk("cem"), "leeds", 2)
    answering.draft(press.desk("ben"), press.call(), line="leeds")
    library.retire(press.desk("ada"), "leeds")
    with pytest.raises(DeskError, match="is retired"):
        answering.draft(press.desk("ben"), press.call(), line="leeds")
    for wrong, words in (("Leeds!", "no name"), ("x", "words")):
        with pytest.raises(DeskError, match=words):
            library.add(press.desk("ben"), wrong, "" if wrong == "x" else "Text")
    with pytest.raises(DeskError, match="before it begins"):
        library.add(press.desk("ben"), "late", "Text", valid_until=date(2020, 1, 1))
    with pytest.raises(NotFoundError, match="There is: leeds"):
        library.retire(press.desk("ada"), "nope")
    with pytest.raises(DeskError, match="retired already"):
        library.retire(press.desk("ada"), "leeds")


def test_a_lead_may_waive_and_it_shows(press: Press) -> None:
    """Both steps are waived with the reason, and the answer may go out."""
    ref = drafted(press)
    signing.waive_signoff(press.desk("ada"), ref, "on air in ten minutes")
    assert [one["decision"] for one in show(press.desk(), ref)["approvals"]] == ["waived", "waived"]
    answering.respond(press.desk("ben"), ref, SENT)
    assert press.row(ref)["state"] == "responded"


def test_what_was_said_otherwise_is_logged_as_said(press: Press) -> None:
    """On the phone other words fell than were signed: the record has them, and why."""
    ref = signed(press)
    said = Answer(text="Around 150.", method="phone", terms="on the record", differs="the line was cut")
    answering.respond(press.desk("ben"), ref, said)
    told = show(press.desk(), ref)
    assert (told["answers"][0]["text"], told["moves"][-1]["why"]) == (
        "Around 150.", "differs from what was signed: the line was cut",
    )  # fmt: skip


def test_a_supplementary_answer_keeps_the_first(press: Press) -> None:
    """Further questions go through a sign-off of their own; the first answer's time is the one that counts."""
    ref = answered(press)
    first = press.row(ref)["responded_at"]
    press.move(hours=3)
    assert work.add_question(press.desk("ben"), ref, "And in Hull?") == 2
    answering.draft(press.desk("ben"), ref, "None in Hull.")
    assert (press.row(ref)["state"], press.row(ref)["round"]) == ("drafting", 2)
    signing.waive_signoff(press.desk("ada"), ref, "simple")
    assert answering.respond(press.desk("ben"), ref, SENT) == 2
    told = show(press.desk(), ref)
    assert (told["response_sent_at"], len(told["answers"])) == (first, 2) or told["response_sent_at"][:10] == first[:10]
    assert [one["answer"] for one in told["questions"]] == ["About 150 posts will go.", "None in Hull."]


def test_partial_answers_answer_what_they_name(press: Press) -> None:
    """With several questions each has its own state; "no comment" declines those that are open."""
    ref = drafted(press, questions=("How many?", "When?", "Why?"))
    signing.waive_signoff(press.desk("ada"), ref, "late")
    some = Answer(kind="partial", method="email", terms="on the record", questions=(1,))
    answering.respond(press.desk("ben"), ref, some)
    assert [one["state"] for one in show(press.desk(), ref)["questions"]] == ["answered", "open", "open"]
    work.answer_question(press.desk("ben"), ref, 2, "In March.")
    answering.draft(press.desk("ben"), ref, "We do not comment.")
    signing.waive_signoff(press.desk("ada"), ref, "late")
    answering.respond(press.desk("ben"), ref, Answer(kind="no comment", method="email", terms="on the record"))
    assert [one["state"] for one in show(press.desk(), ref)["questions"]] == ["answered", "answered", "declined"]


def test_holds_and_experts(press: Press) -> None:
    """Waiting for the journalist and for an expert, each stamped; the expert's answer ends the wait."""
    ref = drafted(press)
    work.hold(press.desk("ben"), ref, "journalist", why="which site?")
    work.release(press.desk("ben"), ref)
    work.ask_expert(press.desk("ben"), ref, "Dr Vale", note="how many?", wait=True)
    assert press.row(ref)["hold"] == "awaiting_expert"
    work.expert_answered(press.desk("ben"), ref, 1, note="150")
    told = show(press.desk(), ref)
    assert (told["hold"], told["experts"][0]["note"]) == ("", "150")
    assert [move["hold"] for move in told["moves"][-4:]] == ["awaiting_journalist", "", "awaiting_expert", ""]


def test_promises_interviews_and_fields(press: Press) -> None:
    """What else is noted stands in the record, with the old values in the history."""
    ref = press.call()
    answering.promise(press.desk("ben"), ref, "call back", press.now + timedelta(hours=1), due_text="in an hour")
    answering.kept(press.desk("ben"), ref, 1)
    answering.interview(press.desk("ben"), ref, "Dr Vale", chief=True, form="live")
    deadline = Deadline(press.now + timedelta(days=1), "tomorrow")
    work.set_fields(
        press.desk("ben"), ref, {"stance": "neutral", "level": "review", "urgent": True, "outlet": "Evening Star"},
        ties={"issue": ["jobs", "leeds", "jobs"], "campaign": ["new-wing"]}, deadline=(deadline, "tomorrow"),
    )  # fmt: skip
    told = show(press.desk(), ref)
    assert (told["follow_ups"][0]["done_by"], told["interviews"][0]["chief"]) == ("ben", True)
    assert (told["issues"], told["campaigns"], told["outlet"], told["tier"]) == (
        ["jobs", "leeds"], ["new-wing"], "Evening Star", None,
    )  # fmt: skip
    assert (told["deadline_kind"], told["deadline_text"], told["spokesperson"]) == ("hard", "tomorrow", "Dr Vale")
    assert '"stance":"unknown"' in press.history(ref)[-1]["before"]
    assert '"stance":"neutral"' in press.history(ref)[-1]["after"]


def test_saying_the_same_again_writes_nothing(press: Press) -> None:
    """A change that changes nothing leaves no trace and no new version."""
    ref = press.call()
    work.set_fields(press.desk(), ref, {"stance": "neutral"})
    before = (press.row(ref), press.history(ref))
    work.set_fields(press.desk(), ref, {"stance": "neutral"})
    assert (press.row(ref), press.history(ref)) == before


def test_coverage_back_to_the_enquiry(press: Press) -> None:
    """Suggested, confirmed, found wrong, corrected; a refused one is not suggested again."""
    ref = answered(press)
    one, other = press.story("s1"), press.story("s2")
    machine = press.desk("commsleads")
    assert covering.suggest(machine, ref, one, permille=800, reasons=["same journalist"])
    assert covering.suggest(machine, ref, other, permille=300, reasons=["same outlet"])
    covering.refuse(press.desk(), ref, other)
    assert not covering.suggest(machine, ref, other, permille=900, reasons=["same outlet"])
    covering.confirm(press.desk(), ref, f"https://ncp.example/{one}", quote_used=True)
    with pytest.raises(DeskError, match="No correction was asked for"):
        covering.correction(press.desk(), ref, one, granted=True)
    covering.error(press.desk(), ref, one, "says 1,500")
    covering.correction(press.desk(), ref, one)
    covering.correction(press.desk(), ref, one, granted=True)
    told = {story["number"]: story for story in show(press.desk(), ref)["coverage"]}
    assert (told["s2"]["state"], told["s1"]["state"], told["s1"]["error"]) == ("refused", "confirmed", "says 1,500")
    assert told["s1"]["quote_used"]
    assert told["s1"]["correction_granted_at"]


def test_touches_follow_the_record(press: Press) -> None:
    """A neutral enquiry counts, an unknown stance does not yet, and what is redirected does not any more."""
    ref = press.call()
    counts = "t.counts, t.why, t.source"
    assert press.touches(counts)[0][0] == 0
    work.set_fields(press.desk(), ref, {"stance": "neutral"})
    assert press.touches(counts) == [(1, "a neutral enquiry by an identified journalist", "phone")]
    ending.redirect(press.desk(), ref, "the customer line")
    assert press.touches(counts)[0][0] == 0


def test_past_answers_are_found(press: Press) -> None:
    """By any word of subject, question or answer; a dossier tells what a journalist was told."""
    ref = answered(press)
    (found,) = search_answers(press.desk(), "posts leeds")
    assert (found["reference"], found["text"]) == (ref, "About 150 posts will go.")
    assert "[" in found["excerpt"]
    assert search_answers(press.desk(), "nothing like it") == []
    assert search_answers(press.desk(), 'AND "') == []
    covering.confirm(press.desk(), ref, press.story("s1"))
    for words in ("Ruth Calder", "calder", "ruth@ncp.example", "0044 20 7946 0000"):
        (one,) = dossier(press.desk(), words)
        assert [row["reference"] for row in one["enquiries"]] == [ref]
        assert [row["text"] for row in one["answers"]] == ["About 150 posts will go."]
        assert [row["story"] for row in one["coverage"]] == ["s1"]


def test_declined_and_told_is_an_answer(press: Press) -> None:
    """The journalist knows: it counts as answered, of the kind declined."""
    ref = press.call()
    ending.decline(press.desk(), ref, "before the courts", told=True)
    assert (press.row(ref)["response_kind"], press.row(ref)["state"]) == ("declined", "declined")
    untold = press.call()
    ending.decline(press.desk(), untold, "spam")
    assert press.row(untold)["responded_at"] == ""


def test_the_board_is_by_deadline(press: Press) -> None:
    """The nearest first, none stated last, the ended ones only when asked for."""
    late = press.call(deadline=Deadline(press.now + timedelta(days=2), "Wednesday"))
    none = press.call()
    soon = press.call(deadline=Deadline(press.now + timedelta(hours=1), "in an hour"))
    ended = press.call()
    ending.withdraw(press.desk(), ended)
    assert [row["reference"] for row in listed(press.desk())] == [soon, late, none]
    press.move(hours=2)
    assert listed(press.desk())[0]["shown"] == "lapsed"
