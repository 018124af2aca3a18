"""Lists that become targets: the good rows kept, the bad ones told, nobody twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from commsleads.errors import CampaignError
from commsleads.plan import TargetGroup
from commsleads.store.campaigns import objections, targets
from commsleads.store.desk.people import Person, identify
from commsleads.store.engine import Session
from tests.campaigns.campaign_office import NOW, campaign, imported, listed, office

LIST = [
    "Nachname|Vorname|E-Mail|Redaktion|Bemerkung",
    "Stone|Ada|Ada@News.example|The Example|met in May",
    "Okoro|Ben||Evening Post|",
    "|||Harbour Radio|",
]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with office(tmp_path) as opened:
        yield opened


def test_good_rows_become_targets(session: Session) -> None:
    """With name, outlet, address, where they are from, why they may be kept and until when."""
    found = imported(session, LIST, origin="press list 2026", basis="consent")
    assert (found.read, found.new, found.known, found.bad, found.doubtful) == (3, 3, 0, [], [])
    assert [(one.kind, one.name, one.outlet, one.email, one.status) for one in listed(session)] == [
        ("outlet", "", "Harbour Radio", "", "targeted"),
        ("person", "Ada Stone", "The Example", "ada@news.example", "targeted"),
        ("person", "Ben Okoro", "Evening Post", "", "targeted"),
    ]
    rows = session.query("SELECT origin, basis, note, erase_after FROM targets WHERE name = 'Ada Stone'")
    assert rows == [
        {"origin": "press list 2026", "basis": "consent", "note": "met in May", "erase_after": "2029-01-06T23:00:00Z"}
    ]


def test_three_times_under_two_spellings_is_one_target(session: Session) -> None:
    """Each list is read whole, and brings nobody whom the first has brought."""
    imported(session, LIST)
    again = imported(session, ["Name|Email|Outlet", "Stone, Ada|ADA@news.example|", "OKORO, Ben||evening  post"])
    third = imported(session, LIST)
    assert [(found.new, found.known, found.doubtful) for found in (again, third)] == [(0, 2, []), (0, 3, [])]
    assert len(listed(session)) == 3


def test_one_list_with_doubles_in_it(session: Session) -> None:
    """The second row of the same person is known already."""
    found = imported(session, ["Name|Email", "Ada|a@x.example", "Ada|A@x.example", "A. Stone|a@x.example"])
    assert (found.new, found.known) == (1, 2)
    assert found.doubtful == [{"row": 4, "why": "has the address of “Ada”, and is taken for the same"}]


def test_who_is_only_alike_is_kept_apart_and_told(session: Session) -> None:
    """Two addresses under one name and outlet are two targets until a person has looked."""
    imported(session, LIST)
    found = imported(session, ["Name|Email|Outlet", "Ada Stone|stone@other.example|The Example"])
    assert found.new == 1
    assert [row["row"] for row in found.doubtful] == [2]
    assert len(listed(session)) == 4


def test_what_was_not_known_is_added_and_what_was_known_stays(session: Session) -> None:
    """An address that comes later belongs to the target that had none; the target stays the same."""
    imported(session, LIST)
    ben = next(one for one in listed(session) if one.name == "Ben Okoro")
    found = imported(session, ["Name|Email|Outlet", "Ben Okoro|ben@post.example|Evening Post", "B|ben@post.example|"])
    assert (found.new, found.known) == (0, 2)
    now = next(one for one in listed(session) if one.id == ben.id)
    assert (now.email, now.name) == ("ben@post.example", "Ben Okoro")
    assert imported(session, LIST).known == 3


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Ada|ada at news|x|press|||", "“ada at news” where a mail address is asked for"),
        ("||||||", ""),
        ("|||press|||", "tells nobody"),
        ("Ada|a@x.example|x|friends|||", "the group “friends”, which the campaign does not declare"),
        ("Ada|a@x.example|x|press|perhaps||", "“perhaps” where yes or no is asked for (control)"),
        ("Ada|a@x.example|x|press|||robot", "of the kind “robot”"),
        ("Ada|a@x.example|x|press||||more", "has 8 cells where the first row has 7"),
        ("Ada\nBen|a@x.example|x|press|||", "has 2 lines in one cell"),
    ],
)
def test_a_bad_row_is_told_and_the_others_are_kept(session: Session, row: str, why: str) -> None:
    """With its number and what is wrong."""
    head = "Name|Email|Outlet|Group|Control|Excluded|Kind"
    lines = [head, "Ben|ben@x.example|x|press|||", row] if why else [head, "Ben|ben@x.example|x|press|||"]
    found = imported(session, lines, group="")
    assert found.new == 1
    assert [(one["row"], why in one["why"]) for one in found.bad] == ([(3, True)] if why else [])


def test_control_and_exclusion_out_of_columns(session: Session) -> None:
    """A reason is kept in its words; a bare yes is one as well."""
    imported(
        session, ["Name|Email|Control|Excluded", "A|a@x.example|ja|", "B|b@x.example||bounced", "C|c@x.example||x"]
    )
    assert [(one.control, one.excluded) for one in listed(session)] == [
        (True, ""), (False, "bounced"), (False, "excluded in the list"),
    ]  # fmt: skip


def test_a_group_that_is_held_back_by_the_plan_is_held_back(session: Session) -> None:
    """Nobody has to say so again with the list."""
    held = campaign(targets=(TargetGroup(name="press", control=True),))
    imported(session, ["Email", "a@x.example"], held)
    assert [one.control for one in listed(session)] == [True]


@pytest.mark.parametrize(
    ("lines", "how", "words"),
    [
        (["Name|Email", "A|a@x.example"], {"group": "friends"}, "There is: press, schools"),
        (["Name|Email", "A|a@x.example"], {"group": ""}, "--group NAME"),
        (["Colour|Size", "red|5"], {}, "No column tells who is meant"),
        (["Name|Email", "A|a@x.example"], {"columns": {"email": "Mail"}}, "No column is called “Mail”"),
        ([], {}, "The list is empty"),
    ],
)
def test_a_list_that_is_not_understood_keeps_nothing(
    session: Session, lines: list[str], how: dict[str, Any], words: str
) -> None:
    """The whole list is refused in words."""
    with pytest.raises(CampaignError, match=words):
        imported(session, lines, **how)
    assert listed(session) == []


def test_a_title_above_the_names_and_a_list_without_names(session: Session) -> None:
    """The first is found, the second needs the columns by number."""
    assert imported(session, ["Press list 2026", "Name|Email", "A|a@x.example"]).new == 1
    assert imported(session, ["B|b@x.example"], columns={"name": "1", "email": "2"}).new == 1
    assert imported(session, ["Wer|Wohin", "C|c@x.example"], columns={"name": "Wer", "email": "Wohin"}).new == 1


def test_a_dry_run_says_the_same_and_keeps_nothing(session: Session) -> None:
    """Then the same list comes in as was said."""
    dry, real = imported(session, LIST, dry_run=True), imported(session, LIST)
    assert (dry.new, real.new, len(listed(session))) == (3, 3, 3)
    assert session.tuples("SELECT count(*) FROM history WHERE kind = 'targets'") == [(1,)]


def test_people_known_at_the_desk_are_linked(session: Session) -> None:
    """By their address, in small letters as it is kept there."""
    ruth = Person(name="Ruth Calder", email="Ruth@ncp.example", outlet="NCP")
    contact = identify(session, ruth, at=NOW, origin="by ada", erase_after=NOW + timedelta(days=99))
    imported(session, ["Name|Email", "R Calder|RUTH@ncp.example"])
    (found,) = listed(session)
    assert (found.kind, found.contact) == ("contact", contact)
    assert targets.find(session, "wing", contact=contact) == found


def test_who_asked_not_to_be_written_to_is_excluded_without_a_name(session: Session) -> None:
    """The row counts, and says of nobody who it is, however often the list comes."""
    objections.add(session, "ada@news.example", NOW, "ben", "")
    found = imported(session, LIST)
    again = imported(session, LIST)
    assert (found.new, found.excluded, again.new, again.known, again.excluded) == (3, 1, 0, 3, 1)
    (row,) = session.query("SELECT * FROM targets WHERE excluded <> ''")
    assert row["excluded"] == "asked not to be written to"
    assert "ada" not in " ".join(str(value) for value in row.values() if value != row["origin"]).lower()


def test_markup_and_formulas_in_names_are_words(session: Session) -> None:
    """They are kept as they are, without what nobody sees; showing them safely is for whoever shows them."""
    imported(session, ["Name|Email", "<img src=x onerror=alert(1)>|a@x.example", '=HYPERLINK("http://x")|b@x.example',
                       "A &amp; B\u202e\x1b[31m|c@x.example"])  # fmt: skip
    assert [one.name for one in listed(session)] == [
        "<img src=x onerror=alert(1)>", '=HYPERLINK("http://x")', "A & B[31m",
    ]  # fmt: skip


def test_a_target_of_another_group_stays_in_its_own(session: Session) -> None:
    """Somebody is in one group of a campaign; a second list says so."""
    imported(session, LIST)
    found = imported(session, LIST, group="schools")
    assert found.doubtful[0]["why"] == "is in the group “press” already, and stays there"
    assert {one.group for one in listed(session)} == {"press"}
