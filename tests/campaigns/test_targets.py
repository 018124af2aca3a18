"""The way of a target: its first response is fixed, its steps are kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from commsleads.campaigns.targets import advance, exclude, mark, the_one
from commsleads.errors import CampaignError
from commsleads.plan import Status
from commsleads.responses import Target
from commsleads.store.campaigns import targets
from commsleads.store.engine import Session
from tests.campaigns.campaign_office import NOW, campaign, imported, listed, office


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with office(tmp_path) as opened:
        imported(opened, ["Name|E-Mail|Outlet", "Ada Stone|ada@news.example|The Example", "Ben Okoro||Evening Post"])
        yield opened


def ada(session: Session) -> Target:
    return the_one(session, "ada@news.example")


def told(session: Session) -> list[tuple[str, str, str]]:
    return [(move.came_from, move.status, move.why) for move in targets.moves(session, ada(session).id)]


def test_the_first_response_is_fixed_for_good(session: Session) -> None:
    """A later one goes on from there; an earlier-dated one that is seen later is kept as such, and changes nothing."""
    first = advance(session, ada(session), "responded", NOW, "commsleads", why="a reply", response_id="r1")
    assert first == ("responded", True, True)
    assert advance(session, ada(session), "did it", NOW + timedelta(days=2), "commsleads", response_id="r2").moved
    early = advance(session, ada(session), "responded", NOW - timedelta(days=3), "commsleads", response_id="r0")
    assert early == ("did it", False, False)
    found = ada(session)
    assert (found.responded_at, found.first_response, found.status) == (NOW, "r1", "did it")
    assert told(session)[-1][:2] == ("did it", "did it")
    assert "dated before the first response (r1)" in told(session)[-1][2]


def test_a_response_told_twice_is_told_once(session: Session) -> None:
    """Rules may run again over everything; nothing is written the second time."""
    for _ in range(3):
        advance(session, ada(session), "responded", NOW, "commsleads", response_id="r1")
        advance(session, ada(session), "responded", NOW - timedelta(days=1), "commsleads", response_id="r0")
    assert len(told(session)) == 2


def test_what_a_person_took_back_is_not_done_again_by_the_same_evidence(session: Session) -> None:
    """The step back stays, and the first response with it; only something new moves the target on."""
    advance(session, ada(session), "responded", NOW, "commsleads", response_id="r1")
    with pytest.raises(CampaignError, match="step back"):
        mark(session, ada(session), "contacted", NOW, "ada")
    mark(session, ada(session), "contacted", NOW, "ada", why="an automatic answer")
    advance(session, ada(session), "responded", NOW, "commsleads", response_id="r1")
    assert (ada(session).status, ada(session).first_response) == ("contacted", "r1")
    assert told(session)[-1] == ("responded", "contacted", "an automatic answer")
    advance(session, ada(session), "responded", NOW + timedelta(days=1), "commsleads", response_id="r2")
    assert (ada(session).status, ada(session).first_response) == ("responded", "r1")


def test_what_came_before_a_person_took_it_back_moves_it_no_more(session: Session) -> None:
    """Two answers, one step, taken back: the other answer, looked at again later, does not undo what a person said."""
    advance(session, ada(session), "did it", NOW, "commsleads", response_id="r1")
    advance(session, ada(session), "did it", NOW + timedelta(hours=1), "commsleads", response_id="r2")
    mark(session, ada(session), "contacted", NOW + timedelta(hours=2), "ada", why="both were automatic")
    advance(session, ada(session), "did it", NOW + timedelta(hours=1), "commsleads", response_id="r2")
    assert ada(session).status == "contacted"
    advance(session, ada(session), "did it", NOW + timedelta(hours=1), "ada", response_id="r3")
    assert ada(session).status == "did it"


def test_marks_by_hand(session: Session) -> None:
    """A phone call counts as a response with the name of who noted it; standing still is nothing."""
    assert mark(session, ada(session), "Did-it", NOW, "ben", why="by phone") == ("did it", True, True)
    assert ada(session).first_response == "marked by ben"
    assert mark(session, ada(session), "did it", NOW, "ben") == ("did it", False, False)
    assert len(told(session)) == 1


def test_an_unknown_target_or_status_is_refused_and_changes_nothing(session: Session) -> None:
    """With words that say what there is."""
    with pytest.raises(CampaignError, match="Did you mean “responded”"):
        advance(session, ada(session), "respnoded", NOW, "commsleads")
    with pytest.raises(CampaignError, match="There is no target"):
        advance(session, "0123", "responded", NOW, "commsleads")
    assert told(session) == []


def test_statuses_are_those_of_the_campaign(tmp_path: Path) -> None:
    """Its own words are taken, the usual ones refused."""
    own = (Status(name="invited"), Status(name="came", responded=True, success=True))
    with office(tmp_path, campaign(statuses=own)) as session:
        imported(session, ["Name|E-Mail", "Ada|ada@news.example"], campaign(statuses=own))
        assert ada(session).status == "invited"
        with pytest.raises(CampaignError, match="“invited”, “came”"):
            advance(session, ada(session), "did it", NOW, "commsleads")
        assert advance(session, ada(session), "came", NOW, "commsleads").first


def test_exclusion_and_its_end(session: Session) -> None:
    """Kept with the reason; the same again is nothing."""
    assert exclude(session, ada(session), NOW, "ada", "moved\nto  another paper")
    assert ada(session).excluded == "moved to another paper"
    assert not exclude(session, ada(session), NOW, "ada", "moved to another paper")
    assert exclude(session, ada(session), NOW, "ada", "")
    assert ada(session).excluded == ""


def test_who_is_meant(session: Session) -> None:
    """An id or its beginning, an address in any spelling, a name; several are told with their ids."""
    found = ada(session)
    for words in (found.id, found.id[:6], "ADA@news.example", "ada stone"):
        assert the_one(session, words) == found
    with pytest.raises(CampaignError, match="No target is called"):
        the_one(session, "%")
    other = campaign(id="other")
    imported(session, ["Name|E-Mail", "Ada Stone|ada@news.example"], other)
    with pytest.raises(CampaignError, match="may be any of 2 targets"):
        the_one(session, "ada@news.example")
    assert the_one(session, "ada@news.example", "wing") == found


def test_found_by_address_or_contact(session: Session) -> None:
    """As the rules for responses look for them; the address decides."""
    assert targets.find(session, "wing", email="Ada Stone <ADA@news.example>") == ada(session)
    assert targets.find(session, "wing", email="nobody") is None
    assert targets.find(session, "wing") is None
    session.execute("UPDATE targets SET contact_id = 'c1' WHERE name = 'Ben Okoro'")
    found = targets.find(session, "wing", email="else@news.example", contact="c1")
    assert found is not None
    assert found.name == "Ben Okoro"
    assert targets.linked(session, "wing") == {"c1": found.id}
    assert [one.name for one in listed(session)] == ["Ada Stone", "Ben Okoro"]
