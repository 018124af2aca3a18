"""The person goes, the row and its counts stay; and nobody comes back who asked not to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from commsleads.campaigns.forgetting import forget, prune
from commsleads.campaigns.targets import advance, exclude
from commsleads.errors import CampaignError
from commsleads.store.engine import Session
from tests.campaigns.campaign_office import KEEP, NOW, ZONE, campaign, imported, listed, office

LIST = ["Name|Email|Outlet|Note", "Ada Stone|ada@news.example|The Example|likes ships", "Ben|ben@x.example|Other|"]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with office(tmp_path) as opened:
        imported(opened, LIST)
        ada = listed(opened)[0]
        exclude(opened, ada, NOW, "ada", "Ada Stone is ill")
        exclude(opened, ada, NOW, "ada", "")
        advance(opened, ada, "responded", NOW, "ada", why="Ada Stone rang", response_id="r1")
        yield opened


def everything(session: Session) -> str:
    """Every word of the database."""
    names = [row["name"] for row in session.query("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return " ".join(
        str(value) for name in names if not name.startswith("s") for row in session.tuples(f"SELECT * FROM {name}")
        for value in row
    ).lower()  # fmt: skip


def counted(session: Session) -> list[tuple[str, bool, bool]]:
    """What the N of a group is counted from: group, excluded or not, held back or not."""
    return sorted((one.group, bool(one.excluded), one.control) for one in listed(session))


def pruned(session: Session, day: date, **changes: object) -> int:
    now = NOW + (day - NOW.date())
    return prune(session, [campaign(**changes)], zone=ZONE, keep=KEEP, now=now)


def test_when_the_time_has_come_nobody_is_left_and_every_count_is(session: Session) -> None:
    """Name, address, note and words about them go, from the history too; status, times and outlet stay."""
    before = counted(session)
    assert pruned(session, date(2029, 1, 6)) == 0
    assert pruned(session, date(2029, 1, 8)) == 2
    said = everything(session)
    assert not [word for word in ("ada stone", "ada@", "ben@x", "likes ships", " rang") if word in said]
    found = listed(session)
    assert [(one.name, one.outlet, one.status) for one in found] == [
        ("erased", "Other", "targeted"), ("erased", "The Example", "responded"),
    ]  # fmt: skip
    assert found[1].responded_at == NOW
    assert counted(session) == before
    assert pruned(session, date(2029, 1, 9)) == 0


def test_a_reason_that_only_one_has_goes_with_them(session: Session) -> None:
    """It may tell who it was; one that many have is a count and stays."""
    imported(session, ["Email|Excluded", "c@x.example|bounced", "d@x.example|bounced", "e@x.example|Ed Poe is ill"])
    pruned(session, date(2029, 1, 8))
    assert sorted(one.excluded for one in listed(session) if one.excluded) == [
        "bounced", "bounced", "left out, the reason was erased",
    ]  # fmt: skip
    assert "ed poe" not in everything(session)


def test_a_campaign_that_goes_on_longer_keeps_them_longer(session: Session) -> None:
    """By the plan as it is now."""
    assert pruned(session, date(2029, 1, 8), ends_on=date(2027, 6, 30)) == 0
    assert pruned(session, date(2029, 7, 8), ends_on=date(2027, 6, 30)) == 2


def test_who_was_erased_does_not_come_back_with_the_same_list(session: Session) -> None:
    """They are known by a hash, and excluded."""
    pruned(session, date(2029, 1, 8))
    found = imported(session, LIST)
    assert (found.new, found.known, found.excluded) == (0, 2, 2)
    assert "ada@" not in everything(session)


def test_who_asks_is_forgotten_everywhere_and_for_good(session: Session) -> None:
    """In all campaigns, under any spelling, now and in later lists."""
    other = campaign(id="other")
    imported(session, LIST, other)
    assert forget(session, "ADA@News.example", now=NOW, by="ben", why="by mail") == (2, True)
    assert forget(session, "ada@news.example", now=NOW, by="ben") == (0, False)
    assert "ada stone" not in everything(session)
    third = campaign(id="third")
    found = imported(session, LIST, third)
    assert (found.new, found.excluded) == (2, 1)
    assert "ada@" not in everything(session)
    with pytest.raises(CampaignError, match="no mail address"):
        forget(session, "Ada", now=NOW, by="ben")


def test_a_campaign_without_an_end_keeps_for_as_long_as_the_desk(tmp_path: Path) -> None:
    """From when the list came, with its window."""
    (tmp_path / "open").mkdir()
    with office(tmp_path / "open", campaign(ends_on=None)) as session:
        imported(session, LIST, campaign(ends_on=None))
        last = NOW + KEEP + timedelta(days=7)
        assert prune(session, [campaign(ends_on=None)], zone=ZONE, keep=KEEP, now=last) == 0
        assert prune(session, [campaign(ends_on=None)], zone=ZONE, keep=KEEP, now=last + timedelta(seconds=1)) == 2
