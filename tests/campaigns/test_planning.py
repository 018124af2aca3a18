"""Campaigns of the file and of people: in force at once, stamped, and told when they changed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.app import build
from commsleads.campaigns.planning import apply, promised, retire
from commsleads.config.applying import campaigns
from commsleads.errors import CampaignError, ConfigError
from commsleads.jobs import once
from commsleads.plan import STATUSES, CallToAction, Campaign, Goal, Status, TargetGroup
from commsleads.store.campaigns import applied, plans
from commsleads.store.engine import Session
from tests.campaigns.campaign_office import NOW, ZONE, campaign
from tests.campaigns.campaign_office import office as room
from tests.office import office

FILE = """
[[campaigns]]
id = "tours"
starts_on = 2026-12-01
ends_on = 2026-12-31
watches = ["museum"]
utm_campaigns = ["tours26"]
"""


def kept(session: Session, *ids: str) -> list[tuple[int, str, bool]]:
    return [(one.number, one.by, one.started) for ident in ids for one in plans.of_campaign(session, ident)]


def test_a_running_program_sees_what_is_applied_beside_it(tmp_path: Path) -> None:
    """Attribution, figures and the list of campaigns; and retiring takes it out again."""
    app, clock = office(tmp_path, {})
    with app.engine.session() as session:
        before = app.intake(session)
        assert app.intake(session) is before
        other = build(tmp_path / "config.toml", clock=clock, environ={})
        with other.engine.session() as theirs:
            apply(theirs, [campaign(watches=("museum",))], zone=ZONE, now=NOW, by="ada")
        assert [one.id for one in app.campaigns(session)] == ["new-wing", "wing"]
        assert app.intake(session) is not before
        assert app.intake(session) is app.intake(session)
        assert [one.id for one in app.facts(session).campaigns] == ["new-wing", "wing"]
        retire(session, "wing", owned={"new-wing"}, now=NOW, by="ada")
        assert [one.id for one in app.campaigns(session)] == ["new-wing"]


def test_the_plans_of_the_settings_are_stamped_when_they_change(tmp_path: Path) -> None:
    """At the start of the program; unchanged settings write nothing."""
    app, clock = office(tmp_path, {})
    for _ in range(2):
        app.prepare()
        once(app)
    file = tmp_path / "config.toml"
    file.write_text(file.read_text().replace('name = "The new wing"', 'name = "The new wing"\nobjective = "Tours"'))
    build(file, clock=clock, environ={}).prepare()
    with app.engine.session() as session:
        assert kept(session, "new-wing") == [(1, "settings", True), (2, "settings", True)]
        found = promised(session, "new-wing", ZONE)
    assert found is not None
    assert found.late == "It was first written down 321 days after it began."
    assert [change for one in found.since for change in one.changes] == [("objective", "", "Tours")]


def test_plans_declared_before_plans_were_kept_are_those_of_the_history(tmp_path: Path) -> None:
    """An office that brings its program up to date keeps the day on which it had declared a campaign."""
    early, plan = datetime(2026, 10, 1, 9, tzinfo=UTC), campaign(starts_on=date(2026, 11, 1))
    with room(tmp_path, campaign(id="other")) as session:
        applied.put(session, plan, early, "settings")
        changed = replace(plan, objective="Tours")
        assert plans.keep(session, changed, NOW, ZONE, "settings")
        assert kept(session, "wing") == [(1, "settings", False), (2, "settings", True)]
        assert not plans.keep(session, changed, NOW, ZONE, "settings")
        found = promised(session, "wing", ZONE)
        assert found is not None
        assert (found.plan, found.stamped_at, found.late) == (plan, early, "")


def test_applying_twice_changes_nothing(tmp_path: Path) -> None:
    """New, then changed with what, then the same; a dry run only tells."""
    with room(tmp_path, campaign(id="other")) as session:

        def told(one: Campaign, *, dry_run: bool = False) -> tuple[str, list[str]]:
            (done,) = apply(session, [one], zone=ZONE, now=NOW, by="ada", dry_run=dry_run)
            return done.what, [change.field for change in done.changes]

        assert told(campaign(), dry_run=True) == ("new", [])
        assert told(campaign()) == ("new", [])
        assert told(campaign()) == ("same", [])
        assert told(campaign(goal=None), dry_run=True) == ("changed", ["goal"])
        assert told(campaign(goal=None)) == ("changed", ["goal"])
        assert kept(session, "wing") == [(1, "ada", False), (2, "ada", False)]
        with pytest.raises(CampaignError, match="take it out there"):
            retire(session, "wing", owned={"wing"}, now=NOW, by="ada")
        retire(session, "wing", owned=(), now=NOW, by="ada")
        with pytest.raises(CampaignError, match="There is: other"):
            retire(session, "wing", owned=(), now=NOW, by="ada")


def test_the_settings_file_takes_over_what_people_applied(tmp_path: Path) -> None:
    """From then on it owns it; there is one campaign of that id, and its plan goes on."""
    app, clock = office(tmp_path, {})
    with app.engine.session() as session:
        apply(session, [campaign(id="tours")], zone=ZONE, now=NOW, by="ada")
    file = tmp_path / "config.toml"
    file.write_text(file.read_text() + FILE)
    for _ in range(2):
        app = build(file, clock=clock, environ={})
        app.prepare()
    with app.engine.session() as session:
        assert [one.id for one in app.campaigns(session)] == ["new-wing", "tours"]
        assert applied.active(session) == ()
        assert kept(session, "tours") == [(1, "ada", False), (2, "settings", False)]
        assert session.tuples("SELECT count(*) FROM history WHERE row_id = 'tours'") == [(2,)]


def read(folder: Path, text: str) -> tuple[Campaign, ...]:
    (folder / "c.toml").write_text(text, encoding="utf-8")
    return campaigns(folder / "c.toml", watches=["museum"], owned={"new-wing"})


def test_a_file_of_campaigns_is_read_as_the_settings_are(tmp_path: Path) -> None:
    """The same keys, the same values."""
    (found,) = read(tmp_path, FILE)
    assert (found.id, found.ends_on, found.watches) == ("tours", date(2026, 12, 31), ("museum",))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (FILE.replace("2026-12-31", "2026-11-30"), "campaigns[0].ends_on is 2026-11-30, before starts_on, 2026-12-01"),
        (FILE.replace("tours", "new-wing"), "campaigns[0].id is a campaign of the settings file"),
        (FILE.replace("museum", "musem"), 'campaigns[0].watches[0] is "musem", and no watch has that id'),
        (FILE + FILE, 'campaigns[1].id is "tours", as campaigns[0] is'),
        (FILE + "[run]\n", "run does not belong here"),
        (FILE + "colour = 3\n", "campaigns[0].colour is not known"),
        ("", "holds no [[campaigns]]"),
        ("id = ", "cannot be read"),
    ],
)
def test_mistakes_are_told_by_their_dotted_names(tmp_path: Path, text: str, words: str) -> None:
    """Nothing is applied of a file with a mistake."""
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    assert words in str(caught.value)


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    """One sentence each."""
    text = FILE.replace("2026-12-31", "2026-11-30").replace("museum", "musem") + "[run]\n"
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    assert len(caught.value.problems) == 3


DAYS = st.one_of(st.none(), st.dates())
WORDS = st.text(max_size=12)


@given(
    st.builds(
        Campaign,
        id=WORDS,
        name=WORDS,
        starts_on=DAYS,
        ends_on=DAYS,
        watches=st.lists(WORDS, max_size=2).map(tuple),
        goal=st.one_of(st.none(), st.builds(Goal, n=st.integers(1, 99), of=WORDS, by=DAYS)),
        ctas=st.lists(st.builds(CallToAction, id=WORDS, phrases=st.just(("#a", "b"))), max_size=2).map(tuple),
        targets=st.lists(st.builds(TargetGroup, name=WORDS, n=st.one_of(st.none(), st.just(3))), max_size=2).map(tuple),
        statuses=st.sampled_from([STATUSES, (Status(name="a"), Status(name="b", responded=True))]),
        cost=st.one_of(st.none(), st.floats(0, 1e9)),
    )
)
def test_what_is_kept_of_a_plan_is_the_plan(given_plan: Campaign) -> None:
    """Written and read again it is the same value; what another version wrote beside it does no harm."""
    assert applied.read(applied.written(given_plan)) == given_plan
    newer = json.loads(applied.written(given_plan)) | {"colour": "red"}
    newer.pop("hours")
    assert applied.read(json.dumps(newer)) == given_plan
