"""Who is erased stands in no edition, alert or note any more, however a page had written their name."""

from __future__ import annotations

import json
import re

from commsleads.store import unnaming
from commsleads.store.desk import erasing
from commsleads.store.desk.people import Person, called
from tests.contacts.rows import put
from tests.desk.press import Press

RUTH = Person(name="Ruth O'Calder", outlet="Post", email="ruth@post.example", phone="+44 20 7946 0999")
HERS = re.compile(r"calder\b|ruth@|7946", re.IGNORECASE)
WRITTEN = {
    "text": "asked by Ruth\n   O'Calder, +44 20 7946 0999 or (020) 7946-0999",
    "markdown": "asked by Ruth O\\'Calder",
    "html": "<td>ruth@post.example</td><td>RUTH O&#39;Calder</td><td>Ruth&nbsp;O&#x27;Calder</td>",
    "printed": '"Ruth O\'Calder"',
}


def told(press: Press, reference: str) -> None:
    """An edition with a version, a file, an alert and notes, all of which name her, and one that does not."""
    data = json.dumps({"rows": [{"reference": reference, "journalists": "Ruth O'Calder", "subject": "Secret jobs"}]})
    put(press, "reports", state="written", name="enquiries", period="2026-W47", data=data, subject="s", **WRITTEN)
    put(
        press,
        "reports",
        state="written",
        name="weekly",
        period="2026-W47",
        data="{}",
        text="Ruth Calders and Ruth O'Calderson",
    )
    put(press, "report_versions", name="enquiries", period="2026-W47", audience="director", **WRITTEN)
    put(
        press,
        "report_files",
        name="enquiries",
        period="2026-W47",
        file="f",
        kind="picture",
        about='{"alt":"Ruth O\'Calder"}',
    )
    put(press, "alerts", id="a1", level="review", title="Ruth O'Calder Media names us", text="Ruth O'Calder")
    put(press, "codings", id="k1", what="tone", why="Ruth O'Calder said so")
    put(press, "removals", story_id="s1", removed=1, why="by Ruth O'Calder")
    put(press, "summaries", story_id="s1", number=1, text="Ruth O'Calder writes")
    put(press, "contacts", id="other", name="Ben Quist")
    put(
        press,
        "noted",
        id="n1",
        contact_id="other",
        kind="referral",
        detail="Ruth O'Calder",
        words="Ruth O'Calder says so",
    )
    put(
        press,
        "touches",
        id="t1",
        contact_id="other",
        kind="referral",
        version=1,
        evidence="noted n1",
        detail="Ruth O'Calder",
    )
    put(press, "report_stops", recipient="x@y.example", how="person", why="Ruth O'Calder asked")


def everything(press: Press) -> str:
    found = []
    for place in (*unnaming.EDITIONS, unnaming.ALERTS, *unnaming.NOTES):
        found += [str(list(row.values())) for row in press.session.query(f"SELECT * FROM {place.table}")]
    return "\n".join(found)


def test_who_is_erased_stands_nowhere(press: Press) -> None:
    """Name, address and number are gone from editions, alerts and notes; who is called nearly so stays."""
    told(press, press.call(journalists=(RUTH,)))
    assert len(HERS.findall(everything(press))) > 12
    (contact,) = called(press.session, RUTH.email)
    erasing.nobody(press.session, [contact], "2026-11-23T06:00:00Z")
    left = everything(press)
    assert not HERS.findall(left)
    assert "Ruth Calders and Ruth O'Calderson" in left
    assert "[erased] Media names us" in left
    ((data,),) = press.session.tuples("SELECT data FROM reports WHERE name = 'enquiries'")
    assert json.loads(data)["rows"][0]["journalists"] == "[erased]"


def test_an_enquiry_whose_time_is_over_is_nobodys_in_the_editions_that_tell_it(press: Press) -> None:
    """Who asked is taken out where the enquiry is told, with the words that were changed; elsewhere they stay."""
    reference = press.call(journalists=(RUTH,), subject="Ruth asks about jobs")
    told(press, reference)
    put(
        press,
        "reports",
        state="written",
        name="enquiries",
        period="2026-W40",
        data='{"rows":[]}',
        text="Ruth O'Calder: another matter",
    )
    press.session.execute("UPDATE reports SET html = '<p>Ruth asks about jobs</p>' WHERE period = '2026-W47'")
    erasing.clear(press.session, [press.row(reference)["id"]], "2026-11-23T06:00:00Z")
    kept = dict(press.session.tuples("SELECT period || name, text || html FROM reports"))
    assert "[erased] asks about jobs" in kept["2026-W47enquiries"]
    assert not re.search("ruth|calder", kept["2026-W47enquiries"], re.IGNORECASE)
    assert kept["2026-W40enquiries"] == "Ruth O'Calder: another matter"


def test_words_of_many_are_left(press: Press) -> None:
    """A name of one word, and nothing at all, take nothing out of anything."""
    put(press, "reports", state="written", name="weekly", period="2026-W47", data="{}", text="Ruth, 2026 and all that")
    assert unnaming.people(press.session, ["Ruth", "", " ", "2026", "a"]) == 0
