"""Lists of leads: what is due for whom, and what filters choose."""

from __future__ import annotations

from datetime import timedelta

from commsleads.leads import answering, joining, lists, working
from commsleads.store.leads.listing import Wanted
from tests.leads.office import ENGAGED, Office


def test_due(desk: Office) -> None:
    """Open offers by the time they are due, with who stands in; then what lapsed; then who wakes soon."""
    ruth, ann = desk.asked(), desk.asked("Ann Vale", outlet="Beta")
    working.assign(desk.work(), ruth, "ada")
    desk.move(days=3)
    later = desk.asked("Ned Moss", outlet="Gamma")
    working.assign(desk.work(), later, "ada")
    answering.accept(desk.work("ben"), ann)
    answering.recycle(desk.work("ben"), ann, until=desk.now + timedelta(days=4))
    rows = lists.due(desk.work())
    assert [(row["what"], row["id"], row["who"], row["cover"]) for row in rows] == [
        ("answer", later, "ada", "ben"), ("lapsed", ruth, "ada", "ben"), ("wakes", ann, "ben", ""),
    ]  # fmt: skip
    assert [row["what"] for row in lists.due(desk.work(), owners=("ben",))] == ["wakes"]
    assert [row["what"] for row in lists.due(desk.work(), until=desk.now + timedelta(hours=1))] == ["lapsed"]


def test_whose_leads_somebody_minds() -> None:
    """One's own, and those of whom one covers."""
    from tests.leads.office import OFFICERS

    assert lists.minded(OFFICERS, "ben") == ("ben", "ada")
    assert lists.minded(OFFICERS, "dot") == ("dot",)


def test_the_clock_is_told_before_the_list(desk: Office) -> None:
    """A lead whose offer lapsed a minute ago stands in the list as lapsed, without any pass before."""
    ruth = desk.asked()
    desk.move(days=2)
    assert [row["id"] for row in lists.listed(desk.work(), Wanted(status="lapsed"))] == [ruth]


def test_what_filters_choose(desk: Office) -> None:
    """Stage, status, owner (who is asked too), source, days, near, waiting; the newest first."""
    ruth = desk.asked()
    desk.move(hours=3)
    ann = desk.person("Ann Vale", "Beta")
    desk.touch(ann, ENGAGED, kind="phone", source="phone", campaign="wing")
    desk.move(minutes=5)
    working.assign(desk.work(), ruth, "ben")
    nobody = desk.person("Nobody")
    desk.touch(nobody, "outlet", kind="click")

    def ids(**wanted: object) -> list[str]:
        return [row["id"] for row in lists.listed(desk.work(), Wanted(**wanted))]  # type: ignore[arg-type]

    assert ids() == [ann, ruth]
    assert ids(stage="engaged") == [ann]
    assert ids(status="offered") == ids(waiting=True) == ids(owners=("ben",)) == ids(qualified=True) == [ruth]
    assert ids(source="phone") == ids(campaign="wing") == ids(since=desk.now - timedelta(hours=1)) == [ann]
    assert ids(until=desk.now - timedelta(hours=1)) == [ruth]
    assert [row["id"] for row in lists.listed(desk.work(), Wanted(), limit=1)] == [ann]
    assert [row["id"] for row in lists.listed_on(desk.work(), Wanted(), desk.now, limit=1)] == [ann]


def test_the_name_of_a_lead_that_is_several(desk: Office) -> None:
    """Where the first of its contacts has no name, another's is told."""
    nameless = desk.person("", email="desk@ncp.example")
    desk.touch(nameless)
    desk.move(minutes=1)
    ruth = desk.asked()
    joining.merge(desk.work(), nameless, ruth, why="Her address.")
    (row,) = lists.listed(desk.work(), Wanted())
    assert (row["id"], row["name"]) == (nameless, "Ruth Calder")


def test_more_contacts_than_a_page(desk: Office) -> None:
    """Acts are found with their leads, however many people there are."""
    people = [desk.asked(f"Person {n}", outlet=f"Outlet {n}") for n in range(30)]
    for contact in people[::7]:
        answering.accept(desk.work("ben"), contact)
    page, lists.PAGE = lists.PAGE, 4
    try:
        rows = lists.listed_on(desk.work(), Wanted(status="accepted"), desk.now)
    finally:
        lists.PAGE = page
    assert sorted(row["id"] for row in rows) == sorted(people[::7])
