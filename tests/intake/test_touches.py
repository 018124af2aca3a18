"""Touches out of evidence: what is true of each, what takes one back, and that looking twice is looking once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from commsleads.campaigns.forgetting import forget
from commsleads.desk import ending, work
from commsleads.intake import touches as intake
from commsleads.intake.responders import Responders
from commsleads.journey import Touch
from commsleads.leads import agreeing
from commsleads.leads.retelling import rebuild, retell
from commsleads.letters import Deadline
from commsleads.plan import CallToAction, Outlet
from commsleads.responses import Response
from commsleads.store import meta, open_engine
from commsleads.store.campaigns import applied, responses
from commsleads.store.campaigns import targets as aims
from commsleads.store.desk import erasing
from commsleads.store.desk.people import Person
from commsleads.store.engine import stamp
from commsleads.store.intent import sync
from commsleads.store.leads import evidence, noted, told, touches, waiting
from commsleads.store.leads.noted import Noted
from tests.campaigns.campaign_office import campaign, imported
from tests.desk.press import RUTH, Press, office

WING = campaign(
    starts_on=date(2026, 11, 1),
    ctas=(
        CallToAction(id="data", kind="download"),
        CallToAction(id="book", kind="register"),
        CallToAction(id="ask", kind="request"),
    ),
)
ZED = "Zed Zee|Daily Wire|zed@wire.example"


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without a row."""
    folder = tmp_path_factory.mktemp("touches")
    made = open_engine(str(folder / "made.db"))
    made.migrate()
    made.copy_to(folder / "empty.db")
    return folder / "empty.db"


@pytest.fixture
def press(empty: Path, tmp_path: Path) -> Iterator[Press]:
    """A press office with a campaign, whose first pass has been."""
    shutil.copy(empty, tmp_path / "commsleads.db")
    with office(open_engine(str(tmp_path / "commsleads.db")), tmp_path) as made:
        sync(made.session, (), made.settings.outlets, (), made.now)
        applied.put(made.session, WING, made.now, "ada")
        meta.put(made.session, responses.SETTLED_AT, stamp(made.now))
        look(made)
        yield made


def look(press: Press, *, again: bool = False) -> int:
    """A pass over what waits, or over everything."""
    pass_ = intake.again if again else intake.look
    return pass_(press.session, press.settings, applied.active(press.session), press.now)


def now_known(press: Press, evidence_: str = "") -> list[Touch]:
    """The touches as they are known now, by time and id."""
    ids = [ident for (ident,) in press.session.tuples("SELECT DISTINCT id FROM touches")]
    found = touches.newest(press.session, ids).values()
    return sorted((one for one in found if one.evidence.startswith(evidence_)), key=lambda one: (one.at, one.id))


def the_touch(press: Press, evidence_: str = "") -> Touch:
    """The only one."""
    (found,) = now_known(press, evidence_)
    return found


def versions(press: Press) -> int:
    """How many versions of touches there are."""
    return int(press.session.tuples("SELECT count(*) FROM touches")[0][0])


def target(press: Press, line: str = ZED) -> str:
    """A target of the campaign; the id."""
    imported(press.session, ["name|outlet|email", line], WING, now=press.now)
    return str(press.session.tuples("SELECT id FROM targets ORDER BY added_at DESC, id LIMIT 1")[0][0])


def response(press: Press, target_: str, kind: str = "reply", cta: str = "ask", **given: Any) -> Response:
    """A response that the rules found now."""
    fields: dict[str, Any] = {"channel": "mail", "evidence": f"mail {kind}{cta}", "why": "It answers."}
    fields |= {"at": press.now.replace(microsecond=0), "id": f"{kind}-{cta}"} | given
    made = Response(campaign="wing", cta=cta, target=target_, kind=kind, **fields)
    responses.insert(press.session, [made], press.now)
    return made


# --- enquiries -------------------------------------------------------------------------------------------------------


def test_what_an_enquiry_tells(press: Press) -> None:
    """All marks that it bears, its campaign, its source, the outlet and its tier as they are now."""
    press.call(
        stance="positive", channel="event", deadline=Deadline(press.now + timedelta(days=1), "tomorrow"),
        campaigns=("wing",), source_detail="Trade fair",
    )  # fmt: skip
    one = the_touch(press)
    assert one.marks == "ask deadline outlet outlet-domain own positive tier-3"
    assert (one.kind, one.source, one.detail, one.campaign) == ("enquiry", "event", "Trade fair", "wing")
    assert (one.outlet, one.counts, one.learned) == ("North County Post", True, press.now)
    assert look(press) == 0


def test_the_address_tells_who_they_are(press: Press) -> None:
    """As it was when the touch was first told with one: what is learned later is of later touches."""
    person = Person(name="Ruth Calder", outlet="North County Post", email="newsroom@ncp.example.co.uk")
    press.call(journalists=(person,), stance="neutral")
    assert the_touch(press).marks == "ask neutral outlet own shared tier-3 works"
    outlets = (Outlet(name="North County Post", domains=("example.co.uk",), tier=1),)
    sync(press.session, (), outlets, (), press.now)
    assert look(press, again=True) == 0


def test_an_address_that_is_learned_later(press: Press) -> None:
    """Is told of what they asked before, from then on."""
    ref = press.call(journalists=(Person(name="Zed Zee", outlet="North County Post"),), stance="neutral")
    press.move(hours=1)
    zed = Person(name="Zed Zee", outlet="North County Post", email="zed@ncp.co.uk")
    work.add_journalist(press.desk("ben"), press.call(stance="neutral"), zed)
    assert look(press) == 1
    first = next(one for one in now_known(press) if one.evidence == f"enquiry {press.row(ref)['id']}")
    assert (first.version, first.learned, "works" in first.marks) == (2, press.now, True)
    assert look(press, again=True) == 0


def test_one_who_was_answered_comes_for_more(press: Press) -> None:
    """Only if the answer was there when they came; said later of an earlier day, it is told then."""
    ref = press.call(stance="neutral")
    press.move(hours=2)
    press.call(stance="neutral")
    assert ["more" in one.marks for one in now_known(press)] == [False, False]
    press.move(hours=2)
    earlier = stamp(press.now - timedelta(hours=3))
    press.session.execute("UPDATE enquiries SET responded_at = :at WHERE reference = :ref", at=earlier, ref=ref)
    work.set_fields(press.desk(), ref, {"language": "en"})
    assert ["more" in one.marks for one in now_known(press)] == [False, False]
    assert look(press) == 1
    assert ["more" in one.marks for one in now_known(press)] == [False, True]
    press.move(days=1)
    press.call(stance="neutral")
    assert ["more" in one.marks for one in now_known(press)] == [False, True, True]
    assert look(press, again=True) == 0


def test_hostile_and_taken_back(press: Press) -> None:
    """A hostile enquiry is marked so and counts for none; a duplicate says nothing of what they did."""
    ref = press.call(stance="hostile")
    one = the_touch(press)
    assert (one.counts, "hostile" in one.marks) == (False, True)
    ending.duplicate(press.desk(), ref, of=press.call(stance="neutral"))
    found = {one.evidence: one for one in now_known(press)}[f"enquiry {press.row(ref)['id']}"]
    assert (found.counts, found.marks) == (False, "outlet outlet-domain tier-3")


def test_one_that_we_began_is_no_act_of_theirs(press: Press) -> None:
    """A proactive follow-up asks on our behalf."""
    press.call(stance="neutral", direction="proactive")
    assert "own" not in the_touch(press).marks.split()


def test_a_response_gives_an_enquiry_its_campaign(press: Press) -> None:
    """And is no second touch: what was asked for, and that they were on the list."""
    target(press, f"{RUTH.name}|{RUTH.outlet}|{RUTH.email}")
    ref = press.call(stance="neutral")
    (aimed,) = aims.of_campaign(press.session, "wing")
    response(press, aimed.id, "enquiry", "data", evidence=f"enquiry {press.row(ref)['id']}")
    assert look(press) == 1
    one = the_touch(press)
    assert (one.campaign, one.cta) == ("wing", "data")
    assert {"did", "listed", "material"} <= set(one.marks.split())
    assert look(press, again=True) == 0


def test_enquiries_of_before(press: Press) -> None:
    """Of which no touch is there, as after an update: known since they were logged, told by the first pass."""
    press.call(stance="neutral")
    logged = press.now
    press.session.execute("DELETE FROM touches")
    meta.put(press.session, intake.DECLARED, "")
    press.move(days=9)
    assert intake.due(press.session)
    assert look(press) == 1
    assert the_touch(press).learned == logged
    assert not intake.due(press.session)


# --- responses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "cta", "did", "marks", "source"),
    [
        ("click", "data", True, "did listed material", "email"),
        ("click", "book", False, "listed", "email"),
        ("reply", "ask", True, "ask did listed outlet own", "email"),
        ("reply", "book", False, "listed outlet own", "email"),
        ("form", "book", True, "did listed outlet own", "newsroom form"),
        ("phone", "ask", True, "ask did listed outlet own", "phone"),
        ("event", "book", True, "did listed outlet own", "event"),
        ("referral", "data", True, "did listed material", "personal referral"),
    ],
)
def test_what_a_response_tells(press: Press, kind: str, cta: str, *, did: bool, marks: str, source: str) -> None:
    """What they did themselves, and whether it is what we asked for; a click is nobody's act beyond doubt."""
    response(press, target(press), kind, cta, did=did)
    press.move(hours=1)
    assert look(press) == 1
    one = the_touch(press)
    assert (one.kind, one.marks, one.source, one.counts) == (kind, marks, source, True)
    assert (one.campaign, one.cta) == ("wing", cta)
    assert one.at == press.now - timedelta(hours=1)
    assert one.learned == press.now  # nobody was told of it before we looked: as of then there was no such touch
    assert (look(press), versions(press)) == (0, 1)


def test_the_contact_of_a_target_is_made(press: Press) -> None:
    """Of an address, with where it came from, why it may be kept and until when; found again by it."""
    aimed = target(press)
    response(press, aimed)
    look(press)
    (row,) = press.session.query("SELECT * FROM contacts")
    (basis, until) = press.session.tuples("SELECT basis, erase_after FROM targets")[0]
    assert (row["name"], row["origin"], row["basis"], row["erase_after"]) == ("Zed Zee", "target of wing", basis, until)
    response(press, aimed, "form", "book")
    look(press)
    assert {one.contact for one in now_known(press)} == {row["id"]}


@pytest.mark.parametrize("line", ["Zed Zee|Daily Wire|", "|Daily Wire|", "Zed Zee||"])
def test_nobody_is_made_of_a_name(press: Press, line: str) -> None:
    """Without an address and without a contact it is nobody we know."""
    response(press, target(press, line))
    assert (look(press), versions(press)) == (0, 0)
    assert press.session.tuples("SELECT count(*) FROM contacts") == [(0,)]


def test_mentions_are_nobodys_touch(press: Press) -> None:
    """What was published is the outlet's."""
    response(press, target(press), "mention", "data", evidence="story s1")
    assert (look(press), versions(press)) == (0, 0)


def test_a_response_that_counts_no_more(press: Press) -> None:
    """Set aside, taken up again, vanished: each a version, none of them a second touch."""
    made = response(press, target(press), "click", "data", evidence="hit h1")
    look(press)
    responses.change(press.session, made.id, counts=False, why="Set aside: our own", by="ada")
    press.move(hours=1)
    look(press)
    one = the_touch(press)
    assert (one.counts, one.marks, one.why, one.version) == (
        False, "listed", "the response that it was does not count", 2,
    )  # fmt: skip
    responses.change(press.session, made.id, counts=True, why="again", by="commsleads")
    look(press)
    assert the_touch(press).counts
    responses.drop(press.session, [made.id])
    look(press)
    one = the_touch(press)
    assert (one.counts, one.marks, one.why, one.version) == (False, "", "there is no such response any more", 4)
    assert look(press, again=True) == 0


def test_a_mail_of_an_enquiry_is_no_second_touch(press: Press) -> None:
    """As soon as the mail belongs to an enquiry of the same person, the enquiry is the touch."""
    aimed = target(press, f"{RUTH.name}|{RUTH.outlet}|{RUTH.email}")
    response(press, aimed, evidence="mail l1")
    look(press)
    assert the_touch(press).counts
    ref = press.call(stance="neutral")
    press.session.execute(
        "INSERT INTO sources (id, kind, every_seconds, next_check_at, interval_seconds) VALUES ('m', 'x', 60, '', 60)"
    )
    press.session.execute(
        "INSERT INTO letters (id, source_id, message_id, sender_name, sender, subject, text, sent_at, received_at, "
        "arrival, rest) VALUES ('l1', 'm', '', '', '', '', '', '', '', 1, '')"
    )
    press.session.execute(
        "INSERT INTO enquiry_letters (enquiry_id, letter_id, why, by) VALUES (:id, 'l1', '', '')",
        id=press.row(ref)["id"],
    )
    work.set_fields(press.desk(), ref, {"language": "en"})
    look(press)
    assert [(one.kind, one.counts) for one in now_known(press) if one.kind == "reply"] == [("reply", False)]


def test_responses_that_are_being_made_again(press: Press) -> None:
    """While they are not there yet, none was taken back."""
    made = response(press, target(press))
    look(press)
    meta.put(press.session, responses.SETTLED_AT, "")
    responses.clear(press.session, "wing")
    assert (look(press, again=True), versions(press)) == (0, 1)
    responses.insert(press.session, [made], press.now)
    meta.put(press.session, responses.SETTLED_AT, stamp(press.now))
    assert (look(press), versions(press)) == (0, 1)
    assert not evidence.any_(press.session)


def test_a_call_to_action_that_asks_for_something_else(press: Press) -> None:
    """What is declared anew is looked at anew."""
    response(press, target(press), "click", "data", evidence="hit h1")
    look(press)
    visit = campaign(starts_on=WING.starts_on, ctas=(CallToAction(id="data", kind="visit"),))
    applied.put(press.session, visit, press.now, "ada")
    assert look(press) == 1
    assert the_touch(press).marks == "did listed"


def test_a_target_that_is_somebody_else(press: Press) -> None:
    """The touch of the one before stays, and counts no more."""
    aimed = target(press)
    response(press, aimed)
    look(press)
    before = the_touch(press).contact
    press.call(stance="neutral")
    ruth = press.session.tuples("SELECT contact_id FROM contact_points WHERE value = ?", (RUTH.email,))[0][0]
    aims.change(press.session, aimed, {"contact_id": ruth})
    look(press)
    assert {(one.contact, one.counts) for one in now_known(press, "response")} == {(before, False), (ruth, True)}
    assert look(press, again=True) == 0


# --- noted, objected, broken -----------------------------------------------------------------------------------------


def test_what_people_noted(press: Press) -> None:
    """Is a touch as it was told; taken back it is none, and nothing is true of it."""
    press.call()
    contact = now_known(press)[0].contact
    at = press.now - timedelta(days=2)
    noted.add(press.session, Noted("n1", contact, at, "event", "own positive", "event"), now=press.now, by="ada")
    assert intake.noted_by_hand(press.session, press.settings, press.now) == 1
    one = the_touch(press, "noted")
    assert (one.at, one.learned, one.marks, one.counts, one.why) == (
        at,
        press.now,
        "own positive",
        True,
        "noted by ada",
    )
    noted.take_back(press.session, "n1", now=press.now, by="ada", why="it was somebody else")
    look(press)
    one = the_touch(press, "noted")
    assert (one.counts, one.marks, one.why) == (False, "", "taken back: noted by mistake")
    assert look(press, again=True) == 0


def test_who_objects(press: Press) -> None:
    """Is marked so on what we know of them, which is no touch; the lead of before loses its engagement."""
    press.call(stance="neutral")
    forget(press.session, RUTH.email, now=press.now, by="ada")
    assert look(press) == 1
    one = the_touch(press, "person")
    assert (one.kind, one.marks, one.counts) == ("known", "objected", False)
    assert look(press, again=True) == 0


def test_one_broken_piece_leaves_the_others(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be looked at is passed over and told in the log; the rest of its bite is kept."""
    aimed = target(press)
    for kind in ("reply", "form", "phone"):
        response(press, aimed, kind)
    real = Responders.settle

    def breaks(self: Responders, ids: Sequence[str]) -> list[str]:
        if "form-ask" in ids:
            raise ValueError("what nobody thought of")
        return real(self, ids)

    monkeypatch.setattr(Responders, "settle", breaks)
    assert look(press) == 1
    assert {one.kind for one in now_known(press)} == {"reply", "phone"}
    assert not evidence.any_(press.session)


def test_a_bounded_pass_goes_on(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """`most` pieces, and whoever asks to stop is heard; nothing is passed over."""
    monkeypatch.setattr(intake, "BITE", 2)
    aimed = target(press)
    for kind in ("reply", "form", "phone", "event", "click"):
        response(press, aimed, kind)
    given = (press.session, press.settings, applied.active(press.session), press.now)
    intake.look(*given, most=3)
    assert versions(press) == 3
    intake.look(*given, stopping=lambda: True)
    assert versions(press) == 3
    look(press)
    assert versions(press) == 5


# --- the end of personal data ----------------------------------------------------------------------------------------


def figures(press: Press) -> list[list[tuple[Any, ...]]]:
    """All that figures are made of: the leads without words."""
    words = {"leads": {"detail", "self_reported", "told_at"}, "handoffs": {"words"}}
    found = []
    for table in told.TABLES:
        names = [row["name"] for row in press.session.query(f"SELECT name FROM pragma_table_info('{table}')")]
        kept = ", ".join(name for name in names if name not in words.get(table, ()))
        found.append(sorted(press.session.tuples(f"SELECT {kept} FROM {table}")))
    return found


def test_figures_survive_the_end_of_a_person(press: Press) -> None:
    """Every word of and about them goes; stage, points and moves stay, also when all is made again."""
    aimed = target(press, f"{RUTH.name}|{RUTH.outlet}|{RUTH.email}")
    ref = press.call(
        stance="positive", source_detail="Ruth's sister", deadline=Deadline(press.now + timedelta(days=1), "tomorrow"),
        campaigns=("wing",),
    )  # fmt: skip
    work.set_fields(press.desk(), ref, {"heard_how": "Ruth's sister told her"})
    response(press, aimed, "click", "data", evidence="hit h1")
    ruth = now_known(press)[0].contact
    given = Noted("n1", ruth, press.now, "phone", "own", "phone", detail="Ruth rang", words="Ruth said a lot")
    noted.add(press.session, given, now=press.now, by="ada")
    look(press)
    terms = agreeing.ensure(press.session, press.settings, press.now)
    retell(press.session, terms, press.now)
    assert press.session.tuples("SELECT stage FROM leads") == [("story-qualified",)]
    before = figures(press)
    press.session.execute("UPDATE enquiries SET ended_at = received_at, erase_after = received_at")
    press.session.execute("UPDATE contacts SET erase_after = '2000-01-01T00:00:00Z'")
    later = stamp(press.now + timedelta(seconds=1))
    erasing.enquiries(press.session, later)
    assert erasing.contacts(press.session, later) == 1
    forget(press.session, RUTH.email, now=press.now, by="ada")
    look(press)
    waiting.note_everybody(press.session)
    retell(press.session, terms, press.now)
    assert figures(press) == before
    look(press, again=True)
    rebuild(press.session, terms, press.now)
    assert figures(press) == before
    tables = ("touches", "noted", "leads", "handoffs", "lead_acts", "contact_data")
    rows = [str(row) for table in tables for row in press.session.query(f"SELECT * FROM {table}")]
    assert not [row for row in rows if "Ruth" in row or "sister" in row]


def test_nothing_is_written_twice(press: Press) -> None:
    """A pass with nothing new writes no row at all, and neither does one over everything."""
    aimed = target(press)
    for kind in ("reply", "click", "form"):
        response(press, aimed, kind)
    press.call(stance="neutral")
    look(press)
    terms = agreeing.ensure(press.session, press.settings, press.now)
    retell(press.session, terms, press.now)
    ((before,),) = press.session.tuples("SELECT total_changes()")
    press.move(minutes=5)
    assert look(press) == 0
    assert retell(press.session, terms, press.now) == (0, 0)
    assert press.session.tuples("SELECT total_changes()") == [(before,)]
    rows = versions(press)
    assert (look(press, again=True), versions(press)) == (0, rows)
