"""Campaigns and reports as they stood on a day: what is shown of it later is what was shown on it, to the byte."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from commsleads import jobs, showing
from commsleads.campaigns import responding
from commsleads.cli import group, main
from commsleads.store.campaigns import responses
from tests.intake import postroom
from tests.intake.postroom import answer, come
from tests.office import WEEKLY
from tests.responses.campaign import MORE, Office

DAYS_KEPT = "SELECT day FROM cards_shown WHERE campaign_id = 'wing' ORDER BY day"
DAYS = [date(2026, 11, day) for day in range(16, 22)]


class Kept:
    """An office whose commands know its clock, and what its cards said when somebody looked."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app, self.clock = postroom.office(folder, MORE + WEEKLY, now=datetime(2026, 11, 16, 9, tzinfo=UTC))
        monkeypatch.setattr(group, "opened", lambda *_, **__: self.app)
        for module in ("cards", "looking", "reporting"):
            monkeypatch.setattr(f"commsleads.cli.{module}.opened", lambda *_, **__: self.app)

    def run(self, *words: str, code: int = 0) -> str:
        done = CliRunner().invoke(main, list(words))
        assert done.exit_code == code, done.output
        return done.output

    def keep(self) -> int:
        return showing.keep(self.app, jobs.never)

    def days(self) -> list[str]:
        with self.app.engine.session() as session:
            return [
                day for (day,) in session.tuples("SELECT day FROM cards_shown WHERE campaign_id = 'wing' ORDER BY day")
            ]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept]:
    made = Kept(tmp_path / "office", monkeypatch)
    yield made
    made.app.engine.close()


def story(kept: Kept) -> Iterator[None]:
    """Six days: a list, a click that is judged anew, an answer, a mail of the first day that is read late, a response
    that is taken back."""
    app, clock = kept.app, kept.clock
    with app.engine.session() as session:
        office = Office(app, session, clock)
        them = [office.target("wing", f"who{number}@post.example") for number in range(4)]
        link = office.link("wing", slug="own0", target=them[0])
        yield
        office.hit("h1", link, clock.now - timedelta(hours=1), "certain_human")
        office.settle()
        yield
        office.mail(answer("Yes, I will come.\n", to="gone@x.example", sender="who1@post.example",
                           message_id="yes@post.example", date="Wed, 18 Nov 2026 08:00:00 +0000"))  # fmt: skip
        office.settle()
        yield
        with session.atomic():
            office.verdict("h1", "certain_machine")
        office.settle()
        yield
        late = answer("I will come, too.\n", to="gone@x.example", sender="who2@post.example",
                      message_id="late@post.example", date="Mon, 16 Nov 2026 08:00:00 +0000")  # fmt: skip
        come(app, session, late, live=False)
        office.settle()
        yield
        (given,) = [one for one in responses.of_campaign(session, "wing") if one.target == them[1]]
        responding.set_aside(session, given.id, "a mistake", now=clock.now, by="ada")
        office.settle()
        yield


def test_a_card_as_it_stood_is_what_was_shown_that_day(kept: Kept) -> None:
    """Over six days in which old things are learned late and others taken back: the same bytes, JSON and text."""
    shown: dict[date, tuple[str, str]] = {}
    for day, _ in zip(DAYS, story(kept), strict=True):
        kept.clock.now = datetime(day.year, day.month, day.day, 23, 55, tzinfo=UTC)
        kept.keep()
        shown[day] = kept.run("campaign", "show", "wing", "--json"), kept.run("campaign", "show", "wing")
        kept.clock.now += timedelta(hours=9)
    assert len({data for data, _ in shown.values()}) == len(DAYS)
    for day, (data, text) in shown.items():
        assert kept.run("campaign", "show", "wing", "--on", day.isoformat(), "--json") == data
        told = kept.run("campaign", "show", "wing", "--on", day.isoformat())
        assert told == f"As it stood on {day.day} November 2026 (kept at 23:55)\n\n{text}"


def test_before_the_first_day_nothing_is_known(kept: Kept) -> None:
    """The first day is named; a campaign that nobody knows is told as always; a day to come is refused."""
    assert "No card of “wing” was kept yet" in kept.run("campaign", "show", "wing", "--on", "2026-11-15", code=1)
    kept.keep()
    told = kept.run("campaign", "show", "wing", "--on", "2026-11-15", code=1)
    assert told.endswith("How “wing” stood on 15 November 2026 was not kept: the first day is 16 November 2026.\n")
    assert "No campaign is called" in kept.run("campaign", "show", "wign", "--on", "2026-11-15", code=2)
    assert "has not come yet" in kept.run("campaign", "show", "wing", "--on", "2026-11-17", code=2)
    assert "is not a day" in kept.run("campaign", "show", "wing", "--on", "W47", code=2)


def test_a_day_on_which_nothing_changed_has_no_row(kept: Kept) -> None:
    """A card of a campaign that is over and unchanged is kept once; the line says until when somebody looked."""
    kept.clock.now = datetime(2027, 1, 4, 9, tzinfo=UTC)
    for _ in range(3):
        kept.keep()
        kept.clock.move(days=1)
    assert kept.days() == ["2027-01-04"]
    kept.clock.move(days=2)
    first = kept.run("campaign", "show", "wing", "--on", "2027-01-06").partition("\n")[0]
    assert first == (
        "As it stood on 6 January 2027 (kept on 4 January 2027, 09:00; nothing but the time changed until that day)"
    )
    first = kept.run("campaign", "show", "wing", "--on", "2027-01-08").partition("\n")[0]
    assert first == (
        "As it stood on 8 January 2027, as far as is known (kept on 4 January 2027, 09:00; nobody looked after "
        "6 January 2027, 09:00)"
    )


def test_an_unchanged_day_is_told_as_the_day_before_it(kept: Kept) -> None:
    """Whatever comes later, a day without a row of its own is told from the row before it and not from one after it."""
    kept.clock.now = datetime(2027, 1, 4, 9, tzinfo=UTC)
    kept.keep()
    then = kept.run("campaign", "show", "wing", "--json")
    kept.clock.move(days=1)
    assert kept.keep() == 0
    kept.clock.move(days=1)
    with kept.app.engine.session() as session:
        Office(kept.app, session, kept.clock).target("wing", "new@post.example")
    kept.keep()
    assert kept.days() == ["2027-01-04", "2027-01-06"]
    assert kept.run("campaign", "show", "wing", "--on", "2027-01-05", "--json") == then


def test_when_cards_are_kept(kept: Kept) -> None:
    """Once an hour, at the beginning of a day, and once in its last minutes; not more often."""
    looks = []
    kept.clock.now = datetime(2026, 11, 16, 21, 50, tzinfo=UTC)
    for _ in range(60):
        with kept.app.engine.session() as session:
            due = showing.any_due(kept.app, session)
        if due:
            kept.keep()
            looks.append(f"{kept.clock.now:%H:%M}")
        kept.clock.move(minutes=5)
    assert looks == ["21:50", "22:50", "23:50", "00:00", "01:00", "02:00"]


def test_a_card_that_cannot_be_drawn_keeps_no_other_back(kept: Kept) -> None:
    """A row that is broken spoils the card of one campaign; the other is kept."""
    with kept.app.engine.session() as session:
        Office(kept.app, session, kept.clock).target("wing")
        session.execute("UPDATE targets SET contacted_at = 'no time'")
    assert kept.keep() == 1
    assert kept.days() == []


def test_long_after_its_end_a_campaign_is_not_looked_at(kept: Kept) -> None:
    """Sixty days after the end of its window nothing is kept any more; what was kept stays."""
    kept.keep()
    kept.clock.now = datetime(2027, 2, 7, 9, tzinfo=UTC)
    kept.keep()
    assert kept.days() == ["2026-11-16"]


def test_a_campaign_of_thousands_is_kept_small(kept: Kept) -> None:
    """What is kept has no row for each person: two thousand targets more add a few figures and no lines."""
    with kept.app.engine.session() as session:
        office = Office(kept.app, session, kept.clock)
        for number in range(20):
            office.target("wing", f"a{number}@post.example")
        kept.keep()
        ((small,),) = session.tuples("SELECT length(data) FROM cards_shown WHERE campaign_id = 'wing'")
        for number in range(2_000):
            office.target("wing", f"b{number}@post.example")
        kept.clock.move(hours=1)
        kept.keep()
        ((large,),) = session.tuples("SELECT length(data) FROM cards_shown WHERE campaign_id = 'wing'")
    assert large < small + 200 < 50_000


def test_a_report_as_it_had_been_told(kept: Kept) -> None:
    """The edition is told from the day on which it was written; before that it says when, and what was never told is
    said to be so."""
    kept.clock.now = datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert [one["name"] for one in jobs.tell(kept.app, jobs.never)] == ["weekly"]
    week = ("report", "weekly", "--period", "2026-W47")
    told = kept.run(*week, "--json")
    with kept.app.engine.session() as session:
        Office(kept.app, session, kept.clock).target("wing")
    kept.clock.move(days=3)
    assert kept.run(*week, "--on", "2026-11-23", "--json") == told == kept.run(*week, "--on", "2026-11-26", "--json")
    early = kept.run(*week, "--on", "2026-11-22", "--json", code=1)
    assert early.endswith("had not been told by 2026-11-22: that was on 2026-11-23 at 08:00.\n")
    never = kept.run("report", "weekly", "--period", "2026-W40", "--on", "2026-11-23", code=1)
    assert never.endswith("The report weekly for 2026-W40 was never told.\n")


def test_what_does_not_go_together_is_refused(kept: Kept) -> None:
    """A day and a period, a day and sending: one of the two is meant."""
    both = ("campaign", "show", "wing", "--on", "2026-11-16", "--period", "2026-W47")
    assert "do not go together" in kept.run(*both, code=2)
    assert "do not go together" in kept.run("report", "weekly", "--on", "2026-11-16", "--send", code=2)
