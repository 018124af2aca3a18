"""Answers find their enquiry by headers and by who wrote them; nobody gets in by guessing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.letters import Letter, Party
from commsleads.rules.reading.subjects import answers, bare, base
from commsleads.rules.reading.threads import Known, Tie, tie

OWN = frozenset({"acme.example"})
ONE = Known(
    enquiry_id="e1", reference="2026-0012",
    message_ids=frozenset({"q1@post.example", "a1@acme.example"}),
    participants=frozenset({"ruth@news.post.example", "press@acme.example"}),
    subject="mill lane", thread_index="A" * 30,
)  # fmt: skip
TWO = Known(
    enquiry_id="e2", reference="2026-0013", message_ids=frozenset({"q2@gmail.com", "a2@acme.example"}),
    participants=frozenset({"dele@gmail.com"}), subject="tidal power",
)  # fmt: skip


def letter(
    sender: str, subject: str = "Re: Mill Lane", *, answering: str = "", references: tuple[str, ...] = (), **marks: str
) -> Letter:
    """A mail from somebody."""
    return Letter(
        subject=subject, sender=Party("", sender), in_reply_to=(answering,) if answering else (), references=references,
        marks={name.replace("_", "-"): value for name, value in marks.items()},
    )  # fmt: skip


def tied(mail: Letter, *known: Known) -> Tie | None:
    """What it belongs to of these enquiries, or of both."""
    return tie(mail, known or (ONE, TWO), own_domains=OWN)


@pytest.mark.parametrize(
    ("mail", "enquiry"),
    [
        (letter("ruth@news.post.example", answering="a1@acme.example"), "e1"),
        (letter("ruth@news.post.example", "something else", references=("x@y.example", "a1@acme.example")), "e1"),
        (letter("photo@post.example", answering="a1@acme.example"), "e1"),
        (letter("boss@acme.example", answering="q1@post.example"), "e1"),
        (letter("boss@mail.acme.example", answering="q1@post.example"), "e1"),
        (letter("dele@gmail.com", answering="a2@acme.example"), "e2"),
        # In-Reply-To is nearer than the references, and a later reference nearer than an earlier one.
        (letter("boss@acme.example", answering="q2@gmail.com", references=("q1@post.example",)), "e2"),
        (letter("boss@acme.example", references=("q1@post.example", "q2@gmail.com")), "e2"),
    ],
)  # fmt: skip
def test_answers_join_by_headers_and_by_who_wrote_them(mail: Letter, enquiry: str) -> None:
    """A participant, somebody of the same house, or one of us."""
    found = tied(mail)
    assert found is not None
    assert (found.enquiry_id, found.sure) == (enquiry, True)


@pytest.mark.parametrize(
    ("mail", "why"),
    [
        (letter("stranger@elsewhere.example", answering="a1@acme.example"), "is not in this enquiry"),
        (letter("other@gmail.com", answering="a2@acme.example"), "is not in this enquiry"),
        (letter("", answering="a1@acme.example"), "is not in this enquiry"),
        (letter("x@evil-acme.example", answering="a1@acme.example"), "is not in this enquiry"),
        (
            letter("ruth@news.post.example", answering="a1@acme.example", authentication_results="mx; dmarc=fail"),
            "could not be proved",
        ),
        (
            letter("boss@acme.example", answering="a1@acme.example", authentication_results="mx; dmarc=fail"),
            "could not be proved",
        ),
    ],
)
def test_a_stranger_with_the_right_headers_waits_for_a_person(mail: Letter, why: str) -> None:
    """Ids can be guessed or passed on, so a hit alone joins nothing."""
    found = tied(mail)
    assert found is not None
    assert not found.sure
    assert why in " ".join(found.reasons)


@pytest.mark.parametrize("subject", ["[2026-0012] more", "Re: [2026-0012] Mill Lane", "Re: Mill Lane [#2026-0012]"])
def test_a_token_never_joins(subject: str) -> None:
    """From a participant it is a suggestion; from a stranger it is nothing."""
    found = tied(letter("ruth@news.post.example", subject))
    assert found is not None
    assert (found.enquiry_id, found.sure) == ("e1", False)
    assert tied(letter("stranger@elsewhere.example", subject)) is None
    assert tied(letter("boss@acme.example", subject)) is None


def test_a_subject_or_an_index_is_a_hint_at_most() -> None:
    """And only from a participant, and the subject only as an answer's."""
    hinted = tied(letter("ruth@news.post.example", "AW: Mill Lane"))
    assert hinted is not None
    assert not hinted.sure
    assert tied(letter("ruth@news.post.example", "Mill Lane")) is None
    indexed = tied(letter("ruth@news.post.example", "other", thread_index="A" * 40))
    assert indexed is not None
    assert not indexed.sure
    assert tied(letter("stranger@elsewhere.example", "AW: Mill Lane", thread_index="A" * 40)) is None


def test_a_mail_in_two_enquiries_goes_where_its_writer_is() -> None:
    """One answer of ours to two journalists: each comes back to their own; one of us is asked."""
    both = frozenset({"shared@acme.example"})
    ruth = Known(enquiry_id="e1", message_ids=both, participants=frozenset({"ruth@post.example"}))
    dele = Known(enquiry_id="e2", message_ids=both, participants=frozenset({"dele@gmail.com"}))
    found = tied(letter("dele@gmail.com", answering="shared@acme.example"), ruth, dele)
    assert found == Tie(
        enquiry_id="e2", sure=True, reasons=("It answers a mail of this enquiry.", "dele@gmail.com is in this enquiry.")
    )
    ours = tied(letter("boss@acme.example", answering="shared@acme.example"), ruth, dele)
    assert ours is not None
    assert not ours.sure


def test_a_new_mail_of_a_known_journalist_is_a_new_enquiry() -> None:
    """Who returns is not tied to what was asked before."""
    assert tied(letter("ruth@news.post.example", "Another matter")) is None


@pytest.mark.parametrize(
    ("subject", "left"),
    [
        ("Re: Mill Lane", "Mill Lane"), ("RE: AW: Re: Mill Lane", "Mill Lane"), ("Antw: Mill Lane", "Mill Lane"),
        ("SV: VS: Mill Lane", "Mill Lane"),
        ("RV: Mill Lane", "Mill Lane"), ("TR : Mill Lane", "Mill Lane"), ("RES: Mill Lane", "Mill Lane"),
        ("Odp: PD: Mill Lane", "Mill Lane"),
        ("回复：Mill Lane", "Mill Lane"), ("答复: Mill Lane", "Mill Lane"), ("Re[2]: Mill Lane", "Mill Lane"),
        ("Re (3): Mill Lane", "Mill Lane"),
        ("[Press] Re: Mill Lane", "Mill Lane"), ("WG: FW: Fwd: Mill Lane", "Mill Lane"),
        ("Reform: what now", "Reform: what now"),
        ("Is: this", "Is: this"), ("", ""), ("Re:", ""),
    ],
)  # fmt: skip
def test_prefixes_of_many_programs_are_cut(subject: str, left: str) -> None:
    """And words that only look like one are not."""
    assert bare(subject) == left


def test_only_prefixes_of_answers_make_an_answer() -> None:
    """A forward is none."""
    assert all(map(answers, ["Re: x", "AW: x", "SV: x", "RV: x", "TR: x", "Antw: x", "回复：x", "[list] Re: x"]))
    assert not any(map(answers, ["Fwd: x", "WG: x", "x", "Research: x", ""]))


@given(
    st.text(max_size=80),
    st.lists(st.sampled_from(["Re: ", "AW: ", "Fwd:", "RE[2]: ", "[x] Re: ", "回复："]), max_size=6),
)
def test_prefixes_change_no_base(subject: str, prefixes: list[str]) -> None:
    """Whatever a subject is, answering it does not change what it is compared by."""
    assert base("".join(prefixes) + subject) == base("Re: " + subject)


@given(
    st.text(max_size=40),
    st.emails() | st.just(""),
    st.lists(st.sampled_from(["a1@acme.example", "q2@gmail.com", "no@where.example"]), max_size=4),
)  # fmt: skip
def test_nobody_unknown_is_ever_sure(subject: str, sender: str, ids: list[str]) -> None:
    """For any subject and headers, from any address that is in no enquiry and not ours."""
    mail = Letter(subject=subject, sender=Party("", sender), in_reply_to=tuple(ids[:1]), references=tuple(ids))
    house = sender.rpartition("@")[2]
    if not house.endswith("post.example") and not house.endswith("acme.example") and sender != "dele@gmail.com":
        found = tied(mail)
        assert found is None or not found.sure
