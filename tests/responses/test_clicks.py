"""Clicks on links by person: which make a response, and which do not."""

from __future__ import annotations

import pytest

from commsleads.campaigns.forgetting import forget
from commsleads.responses import Response
from commsleads.store.campaigns import links, touched
from commsleads.store.campaigns.erasing import erase
from commsleads.store.engine import stamp
from tests.responses.campaign import RUTH, Office, day


def clicked(office: Office) -> list[Response]:
    """The clicks among the responses."""
    return [one for one in office.found() if one.kind == "click"]


def test_first_click_of_a_person_is_the_response(office: Office) -> None:
    """The first click that reads as a person's counts once, with its channel, and moves the target to the end."""
    who = office.target()
    link = office.link(target=who)
    office.hit("h1", link, day(3), "certain_machine")
    office.hit("h2", link, day(4), "probable_human")
    office.hit("h3", link, day(5))
    office.settle()
    one = office.one()
    assert (one.evidence, one.target, one.channel, one.did, one.counts) == ("hit h2", who, "mail", True, True)
    assert one.at == day(4)
    stands = office.stands(who)
    assert (stands.status, stands.responded_at, stands.first_response) == ("did it", day(4), one.id)


def test_two_links_of_one_act_make_one_response(office: Office) -> None:
    """A target with links on two channels has answered a call to action once, on the channel that was first."""
    who = office.target()
    office.hit("h1", office.link(target=who, slug="a1", channel="mail"), day(6))
    office.hit("h2", office.link(target=who, slug="a2", channel="sms"), day(5))
    office.settle()
    assert office.one().channel == "sms"


@pytest.mark.parametrize("verdict", ["probable_machine", "certain_machine", ""])
def test_no_machine_responds(office: Office, verdict: str) -> None:
    """Neither a machine, nor what is likely one, nor a hit that waits for its verdict makes a response."""
    who = office.target()
    office.hit("h1", office.link(target=who), day(4), verdict)
    office.settle()
    assert office.found() == []
    assert office.stands(who).status == "targeted"


def test_click_without_target_is_no_response(office: Office) -> None:
    """A click on a link that many have is a figure and nobody's response; so is one on a trap."""
    office.hit("h1", office.link(slug="all"), day(4))
    office.hit("h2", office.link(slug="trap", target=office.target(), trap=True), day(4))
    office.settle()
    assert office.found() == []


def test_click_on_the_way_is_a_step(office: Office) -> None:
    """Where a call to action is not recognised by clicks, a click is a step towards it."""
    who = office.target()
    office.hit("h1", office.link(cta="come", target=who), day(4))
    office.settle()
    assert (office.one().did, office.stands(who).status) == (False, "responded")


def test_response_is_taken_back_and_given_again(office: Office) -> None:
    """When a hit turns out a machine's its response stays and does not count, until it is a person's again."""
    who = office.target()
    link = office.link(target=who)
    office.hit("h1", link, day(4))
    office.settle()
    office.verdict("h1", "certain_machine")
    office.hit("h2", link, day(5))
    office.settle()
    first, second = clicked(office)
    assert (first.evidence, first.counts, second.evidence, second.counts) == ("hit h1", False, "hit h2", True)
    assert first.why.startswith("Taken back:")
    office.rebuild()
    assert clicked(office) == [first, second]
    office.verdict("h1", "certain_human")
    office.settle()
    assert [(one.evidence, one.counts) for one in clicked(office)] == [("hit h1", True)]


def test_click_outside_the_window_is_kept_and_does_not_count(office: Office) -> None:
    """The window is open from the first midnight of the organisation's zone to a week after the last day."""
    for number, (when, counts) in enumerate([
        (day(1, 0), True), (day(31 - 1, 23), True), (day(1, 0).replace(month=10), False),
        (day(7, 23).replace(month=12), True), (day(8, 0).replace(month=12), False),
    ]):  # fmt: skip
        who = office.target(email=f"t{number}@x.example")
        office.hit(f"h{number}", office.link(target=who, slug=f"s{number}"), when)
        office.settle()
        (found,) = [one for one in office.found() if one.target == who]
        assert (found.counts, office.stands(who).status) == (counts, "did it" if counts else "targeted")
        assert counts or "window" in found.why or "before the campaign" in found.why


def test_click_within_the_window_stands_before_an_earlier_one_outside(office: Office) -> None:
    """Who tried the link before the campaign began and opened it again has responded."""
    link = office.link(target=office.target())
    office.hit("h1", link, day(30).replace(month=10))
    office.hit("h2", link, day(3))
    office.settle()
    assert (office.one().evidence, office.one().counts) == ("hit h2", True)


def test_excluded_and_control_targets(office: Office) -> None:
    """An excluded target's click is kept and does not count; that of a control target counts."""
    out, held = office.target(email="a@x.example", excluded="Objected."), office.target(email="b@x.example", control=1)
    office.hit("h1", office.link(target=out, slug="a"), day(4))
    office.hit("h2", office.link(target=held, slug="b"), day(4))
    office.settle()
    found = {one.target: one for one in office.found()}
    assert (found[out].counts, found[out].why[:26]) == (False, "Excluded from the targets.")
    assert found[held].counts


def test_links_that_come_after_their_hits(office: Office) -> None:
    """A link that is told of after the hits on it has its response at the next pass, however late."""
    who = office.target()
    link = office.link(target=who)
    with office.session.atomic():
        office.session.execute("UPDATE links SET target_id = ''")
    office.hit("h1", link, day(4))
    office.settle()
    assert office.found() == []
    office.clock.move(days=90)
    office.settle()
    office.session.execute("UPDATE links SET target_id = :who", who=who)
    touched.note(office.session, ["wing"])
    office.settle()
    assert office.one().counts


def test_of_who_was_erased_the_click_stays_and_nobody_knows_whose(office: Office) -> None:
    """When its time is over a target's links lead nowhere and name nobody; its response stays, in a rebuild too."""
    who = office.target(erase_after=stamp(day(20)))
    other = office.target(email="ben@x.example")
    office.hit("h1", office.link(target=who, slug="a1"), day(4))
    office.hit("h2", office.link(target=who, slug="a2", cta="come"), day(4, 13))
    office.hit("h3", office.link(target=other, slug="b1"), day(5))
    office.settle()
    before = {one.id: one for one in clicked(office)}
    with office.session.atomic():
        erase(office.session, [who], day(21))
    office.settle()
    office.rebuild()
    after = {one.id: one for one in clicked(office)}
    assert {ident: one._replace(evidence=before[ident].evidence) for ident, one in after.items()} == before
    assert sorted(one.evidence for one in after.values()) == ["erased", "erased", "hit h3"]
    rows = {row["slug"]: row for row in links.of_campaign(office.session, "wing")}
    assert who not in str(rows)
    assert rows["b1"]["target_id"] == other
    assert rows["a1"]["target_id"] == rows["a2"]["target_id"] != ""
    assert {slug: one.ended for slug, one in links.live(office.session, day(22)).items()} == {
        "a1": "retired", "a2": "retired", "b1": "",
    }  # fmt: skip


def test_who_objects_counts_no_more_and_their_links_are_over(office: Office) -> None:
    """The links of who does not want to be written to lead nowhere, and the redirector hears of it."""
    who = office.target()
    office.hit("h1", office.link(target=who), day(4))
    office.settle()
    mark = links.version(office.session)
    forget(office.session, RUTH, now=day(21), by="ada")
    office.settle()
    one = office.one()
    assert (one.evidence, one.counts, one.target) == ("erased", False, who)
    assert links.version(office.session) != mark
    assert [row["retired_at"] for row in links.of_campaign(office.session, "wing")] == [stamp(day(21))]
    assert not links.cut(office.session, [who, ""], at=day(22))
