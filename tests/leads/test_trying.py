"""Criteria tried on all leads: what is named is exactly what changes when they are switched on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commsleads.criteria import Criteria
from commsleads.enquiries import Officer
from commsleads.journey import Act, Merge, Touch
from commsleads.leads.retelling import rebuild, retell
from commsleads.leads.trying import Tally, tried
from commsleads.rules.criteria.trial import Standing, because
from commsleads.rules.leads.terms import Ground, Terms
from commsleads.store import open_engine
from commsleads.store.engine import Session
from commsleads.store.leads import acts, merges, terms, touches, trial
from tests.rules.criteria.written import CRITERIA, as_file, own

START = datetime(2026, 9, 1, 9, tzinfo=UTC)
NOW = START + timedelta(days=60)
DESK = Ground(
    zone=ZoneInfo("Europe/Berlin"),
    officers=(Officer(id="ada", role="lead", team="press"), Officer(id="ben", team="press")),
)
CONTACTS = ("aa", "bb", "cc", "dd")
KINDS = (
    ("enquiry", "ask deadline outlet own tier-2 works"), ("enquiry", "ask hostile own"), ("reply", "more outlet own"),
    ("click", "listed material"), ("phone", "material own outlet tier-1"), ("form", "ask own use"),
    ("known", "outlet tier-3"), ("known", "objected"),
)  # fmt: skip
MINUTES = st.integers(0, 60 * 24 * 60)


@st.composite
def rows(draw: st.DrawFn) -> list[Touch]:
    """Touches of a few people, some in two versions, some learned of late or in the very second of the trial."""
    found = []
    for number in range(draw(st.integers(1, 9))):
        kind, marks = draw(st.sampled_from(KINDS))
        at = START + timedelta(minutes=draw(MINUTES))
        learned = draw(st.sampled_from([at, NOW, min(at + timedelta(days=3), NOW)]))
        one = Touch(
            f"t{number}", 1, draw(st.sampled_from(CONTACTS)), at, learned, kind, marks, counts=draw(st.booleans()),
            campaign=draw(st.sampled_from(["", "a"])), source=draw(st.sampled_from(["direct", "search"])),
        )  # fmt: skip
        found.append(one)
        if draw(st.integers(0, 3)) == 0:
            later = min(learned + timedelta(days=1), NOW)
            found.append(one._replace(version=2, learned=later, marks=draw(st.sampled_from(KINDS))[1], counts=True))
    return found


VERBS = st.sampled_from([("accept", ""), ("reject", ""), ("recycle", ""), ("close", "covered"), ("reopen", "")])


@st.composite
def done(draw: st.DrawFn) -> list[Act]:
    """What people did with these leads."""
    found = []
    for number in range(draw(st.integers(0, 4))):
        verb, to = draw(st.one_of(VERBS, st.sampled_from(["one", "two", "engaged", "story-qualified"]).map(_to_stage)))
        at = draw(st.sampled_from([START + timedelta(minutes=draw(MINUTES)), NOW]))
        until = at + timedelta(days=draw(st.integers(1, 40))) if verb == "recycle" else None
        found.append(Act(f"a{number}", draw(st.sampled_from(CONTACTS)), 0, at, "ada", verb, to, "other", "", until))
    return sorted(found, key=lambda act: act.at)


def _to_stage(stage: str) -> tuple[str, str]:
    return "stage", stage


CHOSEN = st.one_of(
    st.sampled_from([
        own(),
        own(("least = 20\nmargin = 5", "least = 30\nmargin = 5")),
        own(('reading = "EU"', 'reading = "US"')),
        own(('fades = "365d"', 'fades = "9d"')),
        own(("qualified = false", "qualified = true")),
        own(('id = "story-qualified"', 'id = "storied"')),
    ]),
    CRITERIA,
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with four people in it."""
    path = tmp_path_factory.mktemp("tried") / "made.db"
    engine = open_engine(str(path))
    engine.migrate()
    with engine.session() as session, session.atomic():
        for contact in CONTACTS:
            session.execute(
                "INSERT INTO contacts (id, name, folded, origin, basis, first_at, last_at, erase_after) "
                "VALUES (:id, :id, :id, 'a test', 'a test', '', '', '')",
                id=contact,
            )
    engine.close()
    return path


@pytest.fixture
def session(made: Path, tmp_path: Path) -> Iterator[Session]:
    """A copy of it."""
    shutil.copy(made, tmp_path / "tried.db")
    engine = open_engine(str(tmp_path / "tried.db"))
    with engine.session() as opened:
        yield opened


def emptied(session: Session) -> None:
    """Nothing has happened yet."""
    with session.atomic():
        for table in (
            "touches", "lead_acts", "merges", "terms", "leads", "lead_moves", "handoffs", "lead_people",
            "leads_waiting", "meta",
        ):  # fmt: skip
            session.execute(f"DELETE FROM {table} WHERE 1 = 1")


def switched(session: Session, number: int, at: datetime, criteria: Criteria) -> Terms:
    """Criteria put in force."""
    made = Terms(number=number, revision=1, at=at, by="ada", criteria=criteria, ground=DESK)
    with session.atomic():
        terms.add(session, made, as_file(criteria).decode(), terms.written(DESK, range(2024, 2030)))
    return made


def standings(session: Session) -> dict[str, Standing]:
    """How all leads stand in their rows."""
    return {
        row.id: Standing(
            opened=bool(row.opened), stage=row.stage, qualified=bool(row.qualified), status=row.status, fit=row.fit,
            engagement=row.engagement, fit_band=row.fit_band, engagement_band=row.engagement_band,
        )
        for row in trial.between(session, "", "~").values()
    }  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    log=rows(), acted=done(), joined=st.booleans(), old=CHOSEN, new=CHOSEN, begun=st.sampled_from([0, 30, 60]),
    told=st.sampled_from([30, 59, 60]), rest=st.booleans(),
)  # fmt: skip
def test_what_is_named_is_what_changes(
    *, session: Session, log: list[Touch], acted: list[Act], joined: bool, old: Criteria, new: Criteria, begun: int,
    told: int, rest: bool,
) -> None:  # fmt: skip
    """Whoever is named stands so before and so after; nobody else changes; the counts by stage are those of all."""
    emptied(session)
    first = switched(session, 1, START + timedelta(days=begun), old)
    with session.atomic():
        touches.add(session, log)
        for act in acted:
            acts.add(session, act)
        if joined:
            merges.add(session, Merge("m", "aa", "cc", START + timedelta(days=5), "ada", "the same"))
    at = START + timedelta(days=max(told, begun))
    rebuild(session, [first], at)
    if at < NOW:
        with session.atomic():
            session.many(
                "INSERT INTO leads_waiting (contact_id) VALUES (?) ON CONFLICT (contact_id) DO NOTHING",
                {(one.contact,) for one in log if one.learned > at} | {(act.lead,) for act in acted if act.at > at},
            )
    if rest:
        retell(session, [first], NOW)
    other = Terms(number=2, revision=1, at=NOW, by="ada", criteria=new, ground=DESK)
    tally = Tally()
    named = {one.lead: (one.before, one.after) for one in tried(session, other, [first], NOW, tally)}
    rebuild(session, [first], NOW)
    before = standings(session)
    retell(session, [first, switched(session, 2, NOW, new)], NOW)
    rebuild(session, terms.in_force(session), NOW)
    after = standings(session)
    assert named == {lead: (one, after[lead]) for lead, one in before.items() if one.differs(after[lead])}
    for counted, stood in ((tally.before, before), (tally.after, after)):
        stages = [one.stage for one in stood.values() if one.opened]
        assert {name: n for name, n in counted.items() if n} == {name: stages.count(name) for name in stages}
    for one, then in named.values():
        assert because(one, then, old, new) or one.status != then.status


def test_touches_are_read_as_they_are_kept(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """In small bites or large, each contact comes once with all touches, in the order of learning."""
    emptied(session)
    log = [
        Touch(
            f"t{n:02}",
            1,
            CONTACTS[n % 3],
            START + timedelta(hours=n),
            START + timedelta(hours=50 - n % 7),
            "click",
            "did",
        )
        for n in range(40)
    ]
    with session.atomic():
        touches.add(session, log)
    expected = [(contact, touches.of(session, [contact])) for contact in CONTACTS[:3]]
    for bite, most in ((500, 10_000), (1, 10_000), (2, 1), (500, 20)):
        monkeypatch.setattr(trial, "BITE", bite)
        monkeypatch.setattr(trial, "MOST", most)
        assert list(trial.streamed(session)) == expected
