"""Mails and form posts: whose they are, and to which campaign."""

from __future__ import annotations

import json

import pytest

from commsleads.intake import form
from commsleads.store.campaigns import erasing
from tests.intake.postroom import answer, raw
from tests.responses.campaign import NOW, RUTH, Office, day

YES = "Yes, I will come.\n\nRuth\n"


def reply(text: str = YES, **how: str) -> bytes:
    """An answer to a mail that is not in the mailbox."""
    return answer(text, **{"to": "gone@elsewhere.example"} | how)


def test_answer_from_the_address_of_a_target(office: Office) -> None:
    """An answer from a target's address, in time, is the act where one call to action asks for answers."""
    who = office.target()
    office.mail(reply())
    office.settle()
    one = office.one()
    assert (one.kind, one.cta, one.did, one.target, one.channel) == ("reply", "come", True, who, "mail")
    assert office.stands(who).status == "did it"
    assert RUTH not in one.why


def test_a_name_is_no_evidence(office: Office) -> None:
    """The same name at another address ties nobody to a campaign."""
    office.target(name="Ruth Calder")
    office.mail(reply(sender="Ruth Calder <ruth@elsewhere.example>"))
    office.settle()
    assert office.found() == []


def test_link_of_the_campaign_in_the_words(office: Office) -> None:
    """Whoever answers with our link in the quote answers the campaign; who it was is not known."""
    office.link(slug="k7", cta="preview", channel="press")
    office.mail(reply("Thanks, see (https://go.museum.example/r/K7?x=1).\n", sender="Bo <bo@free.example>"))
    office.settle()
    one = office.one()
    # An answer is an answer, and not the visit that the link asks for.
    assert (one.target, one.cta, one.did, one.channel, one.counts) == ("", "come", True, "press", True)


def test_tag_of_the_campaign_in_the_words(office: Office) -> None:
    """A link with the campaign's utm_campaign says which campaign, against the address that says another."""
    office.target("wing")
    office.mail(reply("About https://museum.example/samples?utm_campaign=Rope26\n"))
    office.settle()
    assert office.found("wing") == []
    one = office.one("rope")
    assert (one.cta, one.target, one.did) == ("samples", "", True)


def test_answer_to_a_mail_of_ours(office: Office) -> None:
    """What answers a mail of ours with a link of the campaign answers the campaign."""
    office.mail(raw("See https://museum.example/come\n", sender="press@museum.example", to=RUTH,
                    message_id="ours@museum.example", subject="Come and see"), ours="yes")  # fmt: skip
    office.mail(reply(to="ours@museum.example", sender="Bo <bo@free.example>"))
    office.settle()
    one = office.one()
    assert (one.kind, one.cta, one.target) == ("reply", "come", "")
    assert "What it answers was ours" in one.why


def test_target_of_two_campaigns_counts_for_neither(office: Office) -> None:
    """Where nothing says which of two campaigns is meant, the answer is kept for both and counts for none."""
    office.target("wing")
    office.target("rope")
    office.mail(reply())
    office.settle()
    both = [*office.found("wing"), *office.found("rope")]
    assert [(one.counts, one.why[:17]) for one in both] == [(False, "Several campaigns")] * 2


def test_what_it_is_about_decides_between_two_campaigns(office: Office) -> None:
    """A target of two campaigns whose subject names one of them answers that one."""
    office.target("wing")
    office.target("rope")
    office.mail(reply(subject="Re: Rope makers"))
    office.settle()
    assert office.found("wing") == []
    assert office.one("rope").counts


def test_second_answer_is_no_further_response(office: Office) -> None:
    """Of several answers of one target the first is the response, in whatever order they are read."""
    office.target()
    office.mail(reply("And I bring two friends.\n", message_id="late@x.example",
                      date="Wed, 18 Nov 2026 09:05:00 +0000"))  # fmt: skip
    office.settle()
    office.mail(reply(message_id="early@x.example", date="Wed, 18 Nov 2026 07:05:00 +0000"))
    office.settle()
    assert office.one().at.hour == 7


def test_automatic_answer_is_no_response(office: Office) -> None:
    """An absence note from a target's address says nothing."""
    office.target()
    office.mail(reply("I am away until Monday.\n", subject="Automatic reply: Come", Auto_Submitted="auto-replied"))
    office.settle()
    assert office.found() == []


def test_sender_that_was_not_proved(office: Office) -> None:
    """A mail whose sender failed the proof is kept and does not count."""
    office.target()
    office.mail(reply(Authentication_Results="mx.museum.example; dmarc=fail header.from=northcountypost.example"))
    office.settle()
    assert [one.counts for one in office.found()] in ([False], [])


def test_target_that_is_told_of_late(office: Office) -> None:
    """A list of targets that is imported after the answers finds them."""
    office.mail(reply())
    office.settle()
    assert office.found() == []
    who = office.target()
    office.clock.move(minutes=6)
    office.settle()
    assert office.one().target == who


def test_answer_before_the_campaign(office: Office) -> None:
    """An address is evidence while the campaign or its window runs, and not before."""
    office.target("rope")
    office.mail(reply(date="Mon, 09 Nov 2026 08:05:00 +0000"))
    office.settle()
    assert office.found("rope") == []


def test_erased_mail_keeps_its_response(office: Office) -> None:
    """When the words of a mail are forgotten its response stays, through a rebuild too, and stays the first."""
    office.target()
    office.mail(reply())
    office.settle()
    before = office.found()
    office.session.execute("UPDATE letters SET sender = '', sender_name = '', text = '', rest = '', message_id = ''")
    office.rebuild()
    assert office.found() == before
    office.mail(reply("Me again.\n", message_id="again@x.example"))
    office.settle()
    assert office.found() == before


@pytest.mark.parametrize("objected", [False, True])
def test_forgotten_target_keeps_its_response(office: Office, objected: bool) -> None:
    """When a target is made nobody its response stays, through a rebuild too; who objected counts no more."""
    who = office.target()
    office.mail(reply("See https://museum.example/come\n"))
    office.settle()
    before = office.one()
    erasing.erase(office.session, [who], office.app.now())
    if objected:
        erasing.exclude(office.session, who, "Does not want to be written to.")
    for again in (office.settle, office.rebuild, office.settle):
        again()
        one = office.one()
        assert (one.id, one.target, one.counts) == (before.id, who, not objected)


def fields(**more: str) -> dict[str, str]:
    """A form as it is filled in."""
    given = {"name": "Ruth Calder", "email": RUTH, "subject": "Registration", "message": "Could I have two samples?",
             "consent": "I agree."}  # fmt: skip
    return given | more


@pytest.mark.parametrize("target", [True, False])
def test_form_post(office: Office, target: bool) -> None:
    """A form that a target filled in, or that names the campaign, is a response by form."""
    who = office.target("rope") if target else ""
    said = {} if target else {"message": "Could I have two samples? https://museum.example/samples?utm_campaign=rope26"}
    posted = form.post(office.session, office.app.letters, fields(**said), sender="198.51.100.7", now=NOW)
    assert posted.ok, posted.problems
    office.settle()
    one = office.one("rope")
    assert (one.kind, one.cta, one.did, one.target, one.channel) == ("form", "samples", True, who, "web form")


def test_nothing_personal_stands_with_a_response(office: Office) -> None:
    """A response says how it was found, without the words, the name or the address of who wrote."""
    office.target(name="Ruth Calder")
    office.mail(reply("My number is +44 20 7946 0000.\n"))
    office.settle()
    said = json.dumps(office.session.query("SELECT * FROM responses"))
    assert not any(word in said for word in ("Ruth", "7946", "northcountypost"))
    assert day(18) > office.one().at
