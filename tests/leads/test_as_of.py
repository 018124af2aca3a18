"""As it stood on a day: what is asked for later equals what was shown then."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from commsleads.errors import LeadError, NotFoundError
from commsleads.leads import answering, following, joining, lists, working
from commsleads.leads.looking import seen
from commsleads.store.leads import touches
from commsleads.store.leads.listing import Wanted
from tests.leads.office import ENGAGED, MONDAY, Office


def story(desk: Office) -> list[tuple[datetime, dict[str, Any]]]:
    """A little story over some weeks; on each day what was shown: of two people, the list, and what had happened."""
    days: list[tuple[datetime, dict[str, Any]]] = []
    ruth = desk.person("Ruth Calder", email="ruth@ncp.example")

    def look(**after: float) -> None:
        days.append((desk.now, look_at(desk, desk.now)))
        desk.move(**after)

    first = desk.touch(ruth, ENGAGED, kind="phone")
    look(days=1)
    desk.touch(ruth)
    look(hours=3)
    answering.accept(desk.work("ben"), ruth, words="Mine.")
    look(days=3)
    other = desk.asked("R. Calder", outlet="Post of the North")
    look(days=1)
    made = joining.merge(desk.work(), ruth, other, why="The same voice.").merge.id
    look(days=2)
    answering.recycle(desk.work("ben"), ruth, until=desk.now + timedelta(days=5), words="After the fair.")
    look(days=6)
    look(hours=20)
    told = touches.newest(desk.session, [first])[first]
    touches.keep(desk.session, [told._replace(counts=False, why="a wrong number", learned=desk.now)])
    desk.tell(ruth)
    look(days=2)
    joining.unmerge(desk.work("dot"), made, why="Two voices.")
    look(days=20)
    desk.touch(other, "own outlet ask use", at=desk.now - timedelta(days=9))
    look(days=1)
    working.stage(desk.work(), ruth, "engaged", why="She was joking.")
    answering.close(desk.work(), other, outcome="served")
    look(days=400)
    look(seconds=1)
    return days


def look_at(desk: Office, at: datetime) -> dict[str, Any]:
    """All that the commands show of a moment that is now or was."""
    found: dict[str, Any] = {"list": lists.listed_on(desk.work(), Wanted(), at)}
    for name in ("ruth@ncp.example", "R. Calder"):
        try:
            one = seen(desk.work(), name, at)
        except (LeadError, NotFoundError) as error:
            found[name] = type(error).__name__
            continue
        found[name] = (desk.show(name, at), following.history(desk.work(), one))
    return found


def test_what_was_shown_then(desk: Office) -> None:
    """Every day of the story, asked for at its end, is told as it was shown on it: leads, list and history."""
    for at, shown in story(desk):
        assert look_at(desk, at) == shown, at


def test_the_list_of_today_is_the_list_as_of_now(desk: Office) -> None:
    """The tables and the log tell the same, whatever is asked for."""
    days = story(desk)
    asked = (
        Wanted(), Wanted(status="closed"), Wanted(stage="story-qualified"), Wanted(owners=("ben",)), Wanted(near=True),
        Wanted(waiting=True), Wanted(qualified=True), Wanted(since=MONDAY + timedelta(days=2)),
        Wanted(until=MONDAY + timedelta(days=2)), Wanted(source="email"), Wanted(campaign="none"),
    )  # fmt: skip
    assert len(days) > 9
    for wanted in asked:
        now = lists.listed(desk.work(), wanted)
        then = lists.listed_on(desk.work(), wanted, desk.now)
        points = ("fit", "engagement", "near", "engagement_band", "fit_band")
        assert [{k: v for k, v in row.items() if k not in points} for row in now] == [
            {k: v for k, v in row.items() if k not in points} for row in then
        ], wanted


def test_what_is_to_come(desk: Office) -> None:
    """Nobody knows how a lead will stand tomorrow, and nothing was known of it yesterday."""
    ruth = desk.asked()
    with pytest.raises(LeadError, match="yet to come"):
        seen(desk.work(), ruth, desk.now + timedelta(seconds=1))
    with pytest.raises(NotFoundError, match="Nothing was known"):
        seen(desk.work(), ruth, desk.now - timedelta(seconds=1))
    with pytest.raises(LeadError, match="yet to come"):
        lists.listed_on(desk.work(), Wanted(), desk.now + timedelta(days=1))
    assert lists.listed_on(desk.work(), Wanted(), desk.now - timedelta(days=1)) == []


def test_from_the_cradle_to_the_grave(desk: Office) -> None:
    """History names every version of every touch, acts, moves, offers, joinings and criteria, in order."""
    story(desk)
    rows = following.history(desk.work(), seen(desk.work(), "ruth@ncp.example"))
    assert [row["known_at"] for row in rows] == sorted(row["known_at"] for row in rows)
    whats = [row["what"] for row in rows]
    assert {"criteria", "touch", "act", "move", "offer", "answer", "merge", "unmerge"} <= set(whats)
    assert whats[0] == "criteria"
    versions = [(row["version"], row["counts"]) for row in rows if row["what"] == "touch" and row["kind"] == "phone"]
    assert versions == [(1, True), (2, False)]
    assert any("does not count: a wrong number" in row["says"] for row in rows)
    assert any(row["says"].startswith("recycle until 2026-11-28") for row in rows)
    assert [row["words"] for row in rows if row["what"] == "act"] == ["Mine.", "After the fair.", "She was joking."]


def test_acts_come_before_what_they_led_to(desk: Office) -> None:
    """At one moment: the touch, what it led to, the act, what that led to."""
    ruth = desk.asked()
    answering.accept(desk.work("ben"), ruth)
    rows = following.history(desk.work(), seen(desk.work(), ruth))
    whats = [row["of"] if row["what"] == "move" else row["what"] for row in rows]
    assert whats == ["criteria", "touch", "status", "stage", "status", "act", "status", "owner", "offer", "answer"]


def test_when_we_wrote_to_them(desk: Office) -> None:
    """A target's mailing stands in the history of the person whom it went to, from its day on."""
    ruth = desk.asked(email="ruth@ncp.example")
    names = [row["name"] for row in desk.session.query("SELECT name FROM pragma_table_info('targets')")]
    given = dict.fromkeys(names, "") | {
        "id": "t", "campaign_id": "wing", "kind": "person", "identity": "ruth@ncp.example", "email": "ruth@ncp.example",
        "status": "contacted", "contacted_at": "2026-11-16T11:00:00Z", "control": 0,
    }  # fmt: skip
    desk.session.execute(
        f"INSERT INTO targets ({', '.join(given)}) VALUES ({', '.join(':' + name for name in given)})", **given
    )
    assert "written" not in [row["what"] for row in following.history(desk.work(), seen(desk.work(), ruth))]
    desk.move(hours=3)
    (row,) = [row for row in following.history(desk.work(), seen(desk.work(), ruth)) if row["what"] == "written"]
    assert (row["at"], row["campaign"]) == ("2026-11-16T11:00:00Z", "wing")
