"""What went out: who is contacted by it, and who never is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from commsleads.campaigns.holding import hold_back
from commsleads.campaigns.mailing import Sent
from commsleads.campaigns.mailing import sent as tell
from commsleads.campaigns.targets import advance
from commsleads.errors import CampaignError
from commsleads.plan import CHANNELS, TargetGroup
from commsleads.store.campaigns import mailings, objections, targets
from commsleads.store.engine import Session
from tests.campaigns.campaign_office import NOW, ZONE, campaign, imported, listed, office

MANY = ["Name|Email", *(f"P{number}|p{number}@x.example" for number in range(40))]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with office(tmp_path) as opened:
        imported(opened, ["Name|Email|Control|Excluded", "Ada|ada@x.example||", "Ben|ben@x.example||bounced",
                          "Cem|cem@x.example|yes|", "Dot|dot@x.example||"])  # fmt: skip
        yield opened


def sent(session: Session, channel: str = "mail", **how: Any) -> Sent:
    given: dict[str, Any] = {"at": NOW, "now": NOW, "by": "ada", "channels": CHANNELS}
    return tell(session, how.pop("of", campaign()), channel, **given | how)


def test_who_is_written_to_is_contacted_and_nobody_else(session: Session) -> None:
    """Excluded, held back and who objected since are left out, and counted with the reason."""
    objections.add(session, "dot@x.example", NOW, "ben", "")
    found = sent(session)
    assert (found.new, found.n, found.contacted) == (True, 1, 1)
    assert found.left_out == {"bounced": 1, "held back as a control": 1, "asked not to be written to": 1}
    assert {one.name: (one.status, one.contacted_at) for one in listed(session)} == {
        "Ada": ("contacted", NOW), "Ben": ("targeted", None), "Cem": ("targeted", None), "Dot": ("targeted", None),
    }  # fmt: skip


def test_a_mailing_told_twice_is_one(session: Session) -> None:
    """The same campaign, channel, group and time; another time is another mailing, and the first contact stays."""
    assert [sent(session).new, sent(session).new] == [True, False]
    later = sent(session, at=NOW + timedelta(hours=1), now=NOW + timedelta(hours=1))
    assert (later.new, later.contacted) == (True, 0)
    assert [one.at for one in mailings.of_campaign(session, "wing")] == [NOW, NOW + timedelta(hours=1)]
    assert listed(session)[0].contacted_at == NOW


def test_the_first_time_they_were_written_to_counts_whenever_it_is_told(session: Session) -> None:
    """The mailing of last week is told after today's: last week they were written to."""
    for ago in (0, 7, 3):
        sent(session, at=NOW - timedelta(days=ago))
    assert {one.contacted_at for one in listed(session) if one.contacted_at} == {NOW - timedelta(days=7)}


def test_who_has_answered_is_not_taken_back(session: Session) -> None:
    """A second mailing leaves them where they stand."""
    advance(session, listed(session)[0], "did it", NOW, "commsleads", response_id="r1")
    sent(session)
    assert (listed(session)[0].status, listed(session)[0].contacted_at) == ("did it", NOW)


def test_the_number_sent_to(session: Session) -> None:
    """As said; else as many as are known by name; else unknown."""
    assert sent(session, n=500).n == 500
    assert sent(session, "social", group="schools").n is None
    assert [one.n for one in mailings.of_campaign(session, "wing")] == [500, None]


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"channel": "pigeon"}, "No channel is called “pigeon”. There is: mail"),
        ({"group": "friends"}, "no group “friends”. There is: press, schools"),
        ({"at": NOW + timedelta(minutes=1)}, "yet to come"),
        (
            {"group": "held", "of": campaign(targets=(TargetGroup(name="held", control=True),))},
            "held back as a control",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(session: Session, how: dict[str, Any], words: str) -> None:
    """And nothing is kept of it."""
    with pytest.raises(CampaignError, match=words):
        sent(session, **how)
    assert mailings.of_campaign(session, "wing") == []


def test_a_share_is_held_back_at_random_and_the_same_each_time(tmp_path: Path) -> None:
    """Of each group; doing it again holds back nobody else, and a larger share adds to it."""
    held = []
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        with office(tmp_path / place) as session:
            imported(session, MANY)
            imported(session, ["Email", *(f"s{number}@x.example" for number in range(10))], group="schools")
            done = hold_back(session, campaign(), 0.1, zone=ZONE, now=NOW, by="ada")
            assert [tuple(one) for one in done] == [("press", 4, 40, 4), ("schools", 1, 10, 1)]
            held.append({one.id for one in listed(session) if one.control})
            assert [one.new for one in hold_back(session, campaign(), 0.1, zone=ZONE, now=NOW, by="ada")] == [0, 0]
            more = hold_back(session, campaign(), 0.2, zone=ZONE, now=NOW, by="ada", group="press")
            assert [tuple(one) for one in more] == [("press", 8, 40, 4)]
            assert held[-1] < {one.id for one in listed(session) if one.control}
    assert held[0] == held[1]


def test_nobody_is_held_back_too_late(session: Session) -> None:
    """After the start or the first mailing, of nobody, or a share that is none."""
    with pytest.raises(CampaignError, match="began on 2026-12-01"):
        hold_back(session, campaign(), 0.1, zone=ZONE, now=NOW + timedelta(days=30), by="ada")
    with pytest.raises(CampaignError, match="between 0 and 1"):
        hold_back(session, campaign(), 10, zone=ZONE, now=NOW, by="ada")
    with pytest.raises(CampaignError, match="has no targets"):
        hold_back(session, campaign(id="other"), 0.1, zone=ZONE, now=NOW, by="ada")
    targets.contacted(session, [listed(session)[0].id], NOW)
    with pytest.raises(CampaignError, match="too late"):
        hold_back(session, campaign(), 0.1, zone=ZONE, now=NOW, by="ada")
