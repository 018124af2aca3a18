"""Links in the store: what the redirector and the rules are told of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commsleads.store import open_engine
from commsleads.store.campaigns import links
from commsleads.store.campaigns.links import Live, New
from commsleads.store.engine import Session, micros, stamp

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session on a new database."""
    engine = open_engine(str(tmp_path / "news.db"))
    engine.migrate()
    with engine.session() as found:
        yield found
    engine.close()


def link(slug: str = "tkb7", **more: object) -> New:
    """A link of our own."""
    given: dict[str, object] = {"campaign": "wing", "cta": "visit", "channel": "mail", "slug": slug}
    return New(**given | {"destination": "https://museum.example/wing"} | more)  # type: ignore[arg-type]


def sent(session: Session, at: datetime, *, channel: str = "mail", part: str = "") -> None:
    """A mailing of the campaign."""
    session.execute(
        "INSERT INTO mailings (id, campaign_id, channel, part, at, n, by) VALUES (:id, 'wing', :channel, :part, :at, "
        "10, 'ada')",
        id=f"{channel}{part}{at}",
        channel=channel,
        part=part,
        at=stamp(at),
    )


def test_a_link_is_kept_once(session: Session) -> None:
    """The same link twice is one row, and the change mark moves once."""
    before = links.version(session)
    one = links.insert(session, link(), at=NOW, by="ada")
    after = links.version(session)
    two = links.insert(session, link(), at=NOW + timedelta(hours=1), by="bob")
    assert one == two
    assert before != after == links.version(session)
    assert [row["made_by"] for row in links.of_campaign(session, "wing")] == ["ada"]


def test_the_redirector_is_told_of_ended_links_too(session: Session) -> None:
    """Expired and retired links are told apart from those that never were."""
    later = NOW + timedelta(days=1)
    first = links.insert(session, link("aaa"), at=NOW, by="ada")
    second = links.insert(session, link("bbb", expires=later, trap=True), at=NOW, by="ada")
    third = links.insert(session, link("ccc"), at=NOW, by="ada")
    links.insert(session, link("", source_id="bitly", external="bit.ly/x"), at=NOW, by="ada")
    assert links.retire(session, third, at=NOW)
    assert not links.retire(session, third, at=NOW)
    where = "https://museum.example/wing"
    assert links.live(session, NOW) == {
        "aaa": Live(first, where),
        "bbb": Live(second, where, micros(later), "", trap=True),
        "ccc": Live(third, where, 0, "retired"),
    }
    assert links.live(session, later)["bbb"].ended == "expired"


def test_every_change_moves_the_mark(session: Session) -> None:
    """New, retired and renewed links are seen by whoever asks for the mark, and only real changes are."""
    marks = [links.version(session)]
    one = links.insert(session, link(), at=NOW, by="ada")
    marks.append(links.version(session))
    links.retire(session, one, at=NOW)
    marks.append(links.version(session))
    assert links.renew(session, one, destination="https://museum.example/new", expires=None)
    marks.append(links.version(session))
    assert len(set(marks)) == 4
    assert not links.renew(session, one, destination="https://museum.example/new", expires=None)
    assert links.version(session) == marks[-1]
    assert links.live(session, NOW)["tkb7"] == Live(one, "https://museum.example/new")


def test_a_link_goes_out_with_the_mailings_of_its_channel_and_group(session: Session) -> None:
    """`sent` holds the mailings to the group and to all; other channels and groups do not count."""
    everyone = links.insert(session, link("aaa"), at=NOW, by="ada")
    north = links.insert(session, link("bbb", part="north"), at=NOW, by="ada")
    beside = links.insert(session, link("ccc", part="north", cta="register"), at=NOW, by="ada")
    south = links.insert(session, link("ddd", part="south"), at=NOW, by="ada")
    hours = [NOW + timedelta(hours=n) for n in range(4)]
    sent(session, hours[0], part="north")
    sent(session, hours[1])
    sent(session, hours[2], channel="social")
    sent(session, hours[3], part="south")
    found = links.facts(session, [everyone, north, beside, south, "nobody"])
    at = [micros(hour) for hour in hours]
    assert found[everyone].sent == (at[0], at[1], at[3])
    assert found[north].sent == (at[0], at[1])
    assert found[south].sent == (at[1], at[3])
    assert found[north].mailing == found[beside].mailing != found[south].mailing
    assert "nobody" not in found
    assert links.facts(session) == found


def test_a_link_by_person_goes_out_when_they_were_contacted(session: Session) -> None:
    """The moment of contact is a sending of that person's link alone."""
    contacted = NOW + timedelta(minutes=3)
    session.execute(
        "INSERT INTO targets (id, campaign_id, part, kind, identity, status, status_at, contacted_at, origin, basis, "
        "added_at) VALUES ('t1', 'wing', 'north', 'person', 'x', 'contacted', :at, :at, 'import', 'consent', :at)",
        at=stamp(contacted),
    )
    one = links.insert(session, link("aaa", part="north", target="t1"), at=NOW, by="ada")
    two = links.insert(session, link("bbb", part="north", target="t2"), at=NOW, by="ada")
    found = links.facts(session)
    assert found[one].sent == (micros(contacted),)
    assert found[one].target == "t1"
    assert found[two].sent == ()
    assert found[one].mailing != found[two].mailing
