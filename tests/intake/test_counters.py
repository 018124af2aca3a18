"""What services say they counted: cleaned, kept once, by day or as a whole."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commsleads.contract import Click, Tally
from commsleads.intake import claims
from commsleads.intake.counters import Brought, Counters, Kept
from commsleads.plan import CHANNELS, CallToAction, Campaign
from commsleads.rules.tying import Ties
from commsleads.store import open_engine
from commsleads.store.campaigns import counters as rows
from commsleads.store.engine import Session

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
WING = Campaign(
    id="wing",
    name="The new wing",
    utm_campaigns=("wing26",),
    ctas=(CallToAction(id="visit", destination="https://museum.example/wing"),),
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A database of its own."""
    engine = open_engine(str(tmp_path / "counters.db"))
    engine.migrate()
    with engine.session() as opened:
        yield opened
    engine.close()


def keep(
    session: Session, *tallies: Tally, clicks: tuple[Click, ...] = (), hours: int = 0, campaigns: Any = (WING,)
) -> Kept:
    """Keep what one poll brought."""
    at = NOW + timedelta(hours=hours)
    with session.atomic():
        return Counters(Ties(campaigns, CHANNELS)).keep(session, Brought("go", at, tallies, clicks), at)


def day(number: int, total: int, thing: str = "wing26", measure: str = "visits") -> Tally:
    """What a site's statistics say of a day of November."""
    tags = {"utm_campaign": "wing26"}
    return Tally(thing=thing, total=total, measure=measure, day=f"2026-11-{number:02}", utm=tags, zone="Europe/Berlin")


def test_days_are_read_again_and_the_last_reading_counts(session: Session) -> None:
    """The sum over the days is what was gained; a day that shrank says so."""
    keep(session, day(15, 9), day(16, 4))
    kept = keep(session, day(16, 7), day(17, 2), hours=24)
    assert kept == Kept(1, 0, goes_on=True)
    keep(session, day(16, 6), day(17, 2), hours=48)
    (row,) = rows.listed(session)
    assert (row["gained"], row["earlier"], row["daily"], row["zone"]) == (17, 0, True, "Europe/Berlin")
    assert (row["campaign_id"], row["cta_id"], row["link_id"]) == ("wing", "", "")
    read = {one["day"]: (one["total"], one["note"]) for one in rows.course(session, row["id"])}
    assert read == {
        "2026-11-15": (9, ""),
        "2026-11-16": (6, "The service lowered this day from 7 to 6."),
        "2026-11-17": (2, ""),
    }


def test_visitors_of_days_are_marked_as_not_to_be_added(session: Session) -> None:
    """One person comes on two days."""
    keep(session, day(15, 9, measure="visitors"), day(16, 4))
    assert {row["measure"]: row["additive"] for row in rows.listed(session)} == {"visitors": False, "visits": True}


def test_a_total_beside_days_is_not_counted_besides(session: Session) -> None:
    """Neither in the same poll nor in a later one: it is the same clicks."""
    keep(session, day(15, 9), day(15, 9)._replace(day="", total=400))
    keep(session, day(15, 9)._replace(day="", total=500), hours=1)
    (row,) = rows.listed(session)
    assert (row["gained"], row["daily"]) == (9, True)


def test_a_campaign_declared_later_takes_its_counters_and_links(session: Session) -> None:
    """The next reading ties what was there before; what a campaign had stays when it leaves the settings."""
    tally = Tally(thing="https://go.example/w", total=3, address="https://museum.example/wing")
    click = Click(external_id="1", thing=tally.thing, at=NOW)
    keep(session, tally, clicks=(click,), campaigns=())
    assert session.query("SELECT campaign_id FROM links") == [{"campaign_id": ""}]
    keep(session, tally, hours=1)
    assert session.query("SELECT campaign_id, cta_id FROM links") == [{"campaign_id": "wing", "cta_id": "visit"}]
    keep(session, tally, hours=2, campaigns=())
    (row,) = rows.listed(session, campaign="wing")
    assert (row["cta_id"], row["singly"]) == ("visit", True)
    assert rows.listed(session, campaign="") == []


def test_the_same_click_is_kept_once(session: Session) -> None:
    """By the service's id, in one poll and over polls."""
    one = Click(external_id="a", thing="https://go.example/w", at=NOW, qr=True, bot=True, referrer="(direct)")
    assert keep(session, clicks=(one, one)) == Kept(1, 0)
    assert keep(session, clicks=(one, one._replace(external_id="b", referrer="t.co")), hours=1) == Kept(
        1, 1, goes_on=True
    )
    found = session.query("SELECT marks, referrer, visitor FROM hits ORDER BY referrer")
    assert found == [
        {"marks": "bot qr", "referrer": "", "visitor": ""},
        {"marks": "bot qr", "referrer": "t.co", "visitor": ""},
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"total": -1},
        {"total": True},
        {"total": 3.5},
        {"total": math.nan},
        {"total": "7"},
        {"total": 10**15},
        {"thing": "\x00\u202e"},
        {"measure": ""},
        {"day": "2026-02-30"},
        {"day": "1970-01-01"},
        {"day": "2027-01-01"},
        {"day": "today"},
    ],
    ids=str,
)
def test_a_count_that_makes_no_sense_is_left_out(wrong: dict[str, Any]) -> None:
    """It costs its neighbours nothing."""
    sound = Tally(thing="a", total=1)
    assert claims.tallies("go", [sound._replace(**wrong), sound], NOW) == [sound]


def test_a_click_that_makes_no_sense_is_left_out() -> None:
    """Without id, thing, zone or a possible date it is none; one ahead of the clock came now."""
    sound = Click(external_id="a", thing="https://go.example/w", at=NOW)
    odd = [
        sound._replace(external_id=""),
        sound._replace(thing=" "),
        sound._replace(at=NOW.replace(tzinfo=None)),
        sound._replace(at=NOW.replace(year=1970)),
    ]
    assert claims.clicks("go", [*odd, sound], NOW) == [sound]
    assert claims.clicks("go", [sound._replace(at=NOW + timedelta(days=3))], NOW)[0].at == NOW


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("https://www.paper.example/story?id=7#top", "www.paper.example/story"),
        ("http://user:secret@paper.example:8080/a", "paper.example/a"),
        ("https://paper.example/a%3Fname=ada%23x", "paper.example/a"),
        ("t.co", "t.co"),
        ("(direct)", ""),
        ("direct", ""),
        ("android-app://com.google.android.gm/x", "android-app://com.google.android.gm"),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_referrers_are_host_and_path(said: str, kept: str) -> None:
    """Nothing of the query, which may name a person."""
    click = Click(external_id="a", thing="x", at=NOW, referrer=said)
    assert claims.clicks("go", [click], NOW)[0].referrer == kept


TEXTS = st.text(max_size=30) | st.just("https://go.example/a")
TALLIES = st.builds(
    Tally,
    thing=TEXTS,
    total=st.integers(-5, 2**70) | st.integers(0, 99),
    measure=st.sampled_from(["clicks", "visits", "\ud800"]),
    day=st.sampled_from(["", "2026-11-16", "2026-11-17", "x"]),
    address=TEXTS,
    utm=st.dictionaries(TEXTS, TEXTS, max_size=2),
    made=TEXTS,
    rule=TEXTS,
    zone=TEXTS,
    filtered=TEXTS,
)
CLICKS = st.builds(
    Click, external_id=TEXTS, thing=TEXTS, at=st.datetimes(timezones=st.just(UTC)), agent=TEXTS, referrer=TEXTS
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.lists(TALLIES, max_size=6), st.lists(CLICKS, max_size=4)), max_size=3))
def test_nothing_that_comes_does_harm(session: Session, polls: list[tuple[list[Tally], list[Click]]]) -> None:
    """Whatever a collector brings is kept or left out, and the sums are those of the readings."""
    for number, (tallies, clicks) in enumerate(polls):
        keep(session, *tallies, clicks=tuple(clicks), hours=number)
    sums = {row["id"]: row["gained"] for row in session.query("SELECT id, gained FROM counters")}
    read = session.query("SELECT counter_id, sum(gained) AS n FROM counts GROUP BY counter_id")
    assert {row["counter_id"]: row["n"] for row in read} == sums
    assert all(gained >= 0 for gained in sums.values())
