"""Verdicts on stored hits: the tallies equal a recount whatever comes when, and new rules judge the old hits again."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from commsleads.campaigns.mailing import sent
from commsleads.intake.judging import Judging, own_hosts
from commsleads.plan import CHANNELS, CallToAction, Campaign, ClickPlan
from commsleads.responses import Asked, Hit
from commsleads.store import open_engine
from commsleads.store.campaigns import hits as rows
from commsleads.store.campaigns import links, mailings, tallies
from commsleads.store.campaigns.mailings import Mailing
from commsleads.store.campaigns.tallies import AGAIN, PEOPLE
from commsleads.store.engine import Session, micros

ZONE = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 18, 11, tzinfo=UTC)
PERSON = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
)
MARKS = "client-hints document html language navigate user"


def linked(session: Session, number: int = 3) -> list[str]:
    """Links of one mailing, by their ids."""
    with session.atomic():
        return [
            links.insert(
                session,
                links.New("spring", f"cta-{n}", "mail", f"https://museum.example/{n}", slug=f"slug{n}", trap=n == 2),
                at=NOON - timedelta(days=1),
                by="ada",
            )
            for n in range(number)
        ]


def hit(number: int, link: str, seconds: float, **given: str) -> Hit:
    """One click of somebody with a browser."""
    known = {"visitor": "v1", "network": "n1", "agent": PERSON, "marks": MARKS} | given
    asked = Asked(known.pop("asked", "get"))
    return Hit(id=f"h{number:03d}", link=link, arrival=micros(NOON + timedelta(seconds=seconds)), asked=asked, **known)


def keep(session: Session, found: Sequence[Hit]) -> int:
    with session.atomic():
        return rows.insert(session, found)


def recounted(session: Session) -> Counter[tuple[str, str, str, str]]:
    """What the tallies must be, counted from the hits."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    for link, arrival, asked, medium, verdict, again in session.tuples(
        "SELECT link_id, arrival, asked, medium, verdict, again FROM hits"
    ):
        if asked == "get" and verdict:
            found[link, tallies.day(arrival, ZONE), medium, AGAIN if again and verdict in PEOPLE else verdict] += 1
    return found


def told(session: Session) -> Counter[tuple[str, str, str, str]]:
    ids = [ident for (ident,) in session.tuples("SELECT DISTINCT link_id FROM hits")]
    return Counter(
        {(link, day, medium, verdict): n for link, day, medium, verdict, n in tallies.of_links(session, ids)}
    )


def verdicts(session: Session) -> dict[str, tuple[str, str, int]]:
    return {ident: rest for ident, *rest in session.tuples("SELECT id, verdict, reasons, again FROM hits ORDER BY id")}  # type: ignore[misc]


def test_a_click_is_kept_once_and_judged(session: Session) -> None:
    """The same hit twice is one; afterwards it has a verdict with a reason, and stands in the tallies of its hour."""
    (link,) = linked(session, 1)
    found = [hit(1, link, 0, referrer="https://www.linkedin.com/feed")]
    assert (keep(session, found), keep(session, found)) == (1, 0)
    assert Judging(ClickPlan(), ZONE).judge(session) == 1
    (row,) = rows.listed(session)
    assert (row["medium"], row["slug"], row["agent"]) == ("social", "slug0", PERSON)
    assert row["verdict"] in PEOPLE
    assert row["reasons"]
    assert told(session) == recounted(session) == {(link, "2026-11-18", "social", row["verdict"]): 1}
    assert tallies.visitors(session, [link]) == [(link, "2026-11-18", 1)]
    assert Judging(ClickPlan(), ZONE).judge(session) == 0


def test_what_is_no_click_is_evidence_and_not_counted(session: Session) -> None:
    """A look by HEAD or in advance has a verdict, and stands in no tally."""
    (link,) = linked(session, 1)
    keep(session, [hit(1, link, 0, asked="head"), hit(2, link, 60, asked="prefetch")])
    Judging(ClickPlan(), ZONE).judge(session)
    assert told(session) == {}
    assert all(verdict for verdict, *_ in verdicts(session).values())


def test_a_double_click_is_kept_and_no_click_of_its_own(session: Session) -> None:
    """The second of two within seconds stands beside the verdicts."""
    (link,) = linked(session, 1)
    keep(session, [hit(1, link, 0), hit(2, link, 4)])
    Judging(ClickPlan(), ZONE).judge(session)
    counted: Counter[str] = Counter()
    for (_, _, _, verdict), n in told(session).items():
        counted[verdict] += n
    assert counted[AGAIN] == 1
    assert counted.total() == 2


def test_a_late_neighbour_changes_the_verdict_before_it(session: Session) -> None:
    """Who opens the link that nobody sees taints what the same visitor opened a minute before, judged as a person."""
    first, _, trap = linked(session)
    keep(session, [hit(1, first, 0)])
    judging = Judging(ClickPlan(), ZONE)
    judging.judge(session)
    before = verdicts(session)["h001"][0]
    keep(session, [hit(2, trap, 5)])
    judging.judge(session)
    after = verdicts(session)["h001"][0]
    assert before in PEOPLE
    assert after not in PEOPLE
    assert told(session) == recounted(session)
    assert tallies.visitors(session, [first]) == [(first, "2026-11-18", 0)]


def test_new_thresholds_judge_the_old_hits_again(session: Session) -> None:
    """With other thresholds all hits are judged again and the tallies follow; with the old ones all is as it was."""
    (link,) = linked(session, 1)
    with session.atomic():
        mailings.add(session, Mailing("m1", "spring", "mail", "", NOON, 500, "ada", ""))
    keep(session, [hit(n, link, 20 + 400 * n, visitor=f"v{n}", marks="", network=f"n{n}") for n in range(30)])
    Judging(ClickPlan(), ZONE).judge(session)
    usual = verdicts(session)
    assert told(session) == recounted(session)
    strict = replace(ClickPlan(), after_send=timedelta(minutes=55))
    assert Judging(strict, ZONE).judge(session) > 0
    assert verdicts(session) != usual
    assert told(session) == recounted(session)
    Judging(ClickPlan(), ZONE).judge(session)
    assert verdicts(session) == usual
    assert told(session) == recounted(session)


SEEN = st.lists(
    st.builds(
        lambda link, seconds, visitor, marks, asked, agent: (link, seconds, visitor, marks, asked, agent),
        st.integers(0, 2),
        st.integers(0, 5_000),
        st.sampled_from(["v1", "v2", "v3", ""]),
        st.sampled_from([MARKS, "", "html language", "bot"]),
        st.sampled_from(["get", "get", "get", "head", "prefetch"]),
        st.sampled_from([PERSON, "Googlebot/2.1", ""]),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@given(SEEN, st.integers(1, 4))
def test_tallies_equal_a_recount_however_the_hits_come(
    seen: list[tuple[int, int, str, str, str, str]], parts: int
) -> None:
    """In one lot or in several, in any order: the same tallies as counted from the hits, and nothing left waiting."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"{folder}/clicks.db")
        engine.migrate()
        with engine.session() as one:
            ids = linked(one)
            found = [
                hit(n, ids[link], seconds, visitor=visitor, marks=marks, asked=asked, agent=agent)
                for n, (link, seconds, visitor, marks, asked, agent) in enumerate(seen)
            ]
            judging = Judging(ClickPlan(), ZONE)
            for part in range(parts):
                keep(one, found[part::parts])
                judging.judge(one)
                assert told(one) == recounted(one)
            assert rows.first_waiting(one) is None
            assert len(verdicts(one)) == len(seen)


def test_a_mailing_told_late_judges_the_clicks_after_it_again(session: Session) -> None:
    """Clicks are read before somebody tells that the mailing went out: then its time speaks, too."""
    (first, *_) = linked(session)
    keep(session, [hit(1, first, 3, marks=""), hit(2, first, 7200, visitor="v2", network="n2")])
    Judging(ClickPlan(), ZONE).judge(session)
    before = verdicts(session)
    spring = Campaign(id="spring", ctas=(CallToAction(id="cta-0"),))
    sent(session, spring, "mail", channels=CHANNELS, at=NOON, now=NOON + timedelta(hours=3), by="ada")
    Judging(ClickPlan(), ZONE).judge(session)
    after = verdicts(session)
    assert before["h001"] != after["h001"]
    assert before["h002"] == after["h002"]
    assert recounted(session) == told(session)


def test_another_zone_counts_the_days_anew(session: Session) -> None:
    """An organisation that corrects its zone has the same clicks on other days, and none below zero."""
    (first, *_) = linked(session)
    late = 10.5 * 3600  # half past nine in the evening in UTC, another day further east
    keep(session, [hit(1, first, late), hit(2, first, late + 600, visitor="v2", network="n2")])
    Judging(ClickPlan(), ZoneInfo("America/New_York")).judge(session)
    east = ZoneInfo("Asia/Tokyo")
    Judging(replace(ClickPlan(), after_send=timedelta(minutes=5)), east).judge(session)
    session.execute("UPDATE hits SET judged = 0")
    keep(session, [hit(3, first, late + 601, visitor="v2", network="n2", asked="head")])
    Judging(replace(ClickPlan(), after_send=timedelta(minutes=5)), east).judge(session)
    counted = told(session)
    assert {day for _, day, _, _ in counted} == {"2026-11-19"}
    assert sum(counted.values()) == 2
    assert min(counted.values()) > 0
    assert [day for _, day, _ in tallies.visitors(session, [first])] == ["2026-11-19"]
    assert min(n for (n,) in session.tuples("SELECT n FROM hit_tallies")) >= 0


def test_our_own_hosts_are_those_of_destinations_and_links() -> None:
    """A click from a page of ours is internal; one from anywhere else is not."""
    campaign = Campaign(
        id="spring", ctas=(CallToAction(id="a", destination="https://museum.example/wing"), CallToAction(id="b"))
    )
    assert own_hosts([campaign], "https://go.museum.example/r/") == {"museum.example", "go.museum.example"}
