"""Making links by the commands: the same twice, vanity words, by person, traps, QR codes, tables for a mail merge."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from commsleads.app import App, build
from commsleads.cli import main
from commsleads.store import history
from commsleads.store.campaigns import links
from commsleads.store.engine import stamp

TODAY = datetime.now(UTC).date()
BASE = "https://go.museum.example/"
SETTINGS = f"""
[organisation]
name = "Harbour Museum"
timezone = "Europe/Berlin"
[links]
base = "{BASE}"
[[campaigns]]
id = "new-wing"
starts_on = {TODAY - timedelta(days=3)}
ends_on = {TODAY + timedelta(days=30)}
utm_campaigns = ["wing26"]
[[campaigns.ctas]]
id = "visit"
destination = "https://museum.example/wing?lang=en#tickets"
[[campaigns.ctas]]
id = "come"
kind = "attend"
[[campaigns.targets]]
name = "North"
[[campaigns.targets]]
name = "Held back"
control = true
[[campaigns]]
id = "other"
[[campaigns.ctas]]
id = "visit"
destination = "https://museum.example/"
"""
NEW = ("link", "new", "--campaign", "new-wing", "--cta", "visit", "--by", "ada")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The settings of an office with two campaigns."""
    file = tmp_path / "config.toml"
    file.write_text(SETTINGS, encoding="utf-8")
    return file


def said(config: Path, *words: str, fails: int = 0) -> str:
    """What a command says."""
    result = CliRunner().invoke(main, ["--config", str(config), *words], catch_exceptions=False)
    assert result.exit_code == fails, result.output
    return result.output


def told(config: Path, *words: str) -> Any:
    """What a command says as JSON."""
    return json.loads(said(config, *words, "--json"))


def add_targets(config: Path, *people: Sequence[str]) -> App:
    """People of the campaign: name, address, why they are left out, and the group."""
    app = build(config, environ={})
    app.prepare()
    at = stamp(datetime.now(UTC))
    with app.engine.session() as session:
        for number, (name, email, excluded, part) in enumerate(people):
            session.execute(
                "INSERT INTO targets (id, campaign_id, part, kind, identity, name, email, control, excluded, status, "
                "status_at, origin, basis, added_at) VALUES (:id, 'new-wing', :part, 'person', :id, :name, :email, "
                ":control, :excluded, 'targeted', :at, 'import', 'consent', :at)",
                id=f"t{number}",
                part=part,
                name=name,
                email=email,
                control=int(part == "Held back"),
                excluded=excluded,
                at=at,
            )
    return app


def test_a_link_made_twice_is_one(config: Path) -> None:
    """One for each call to action, channel and group; its address carries their tags and keeps the page's own."""
    one = told(config, *NEW, "--channel", "mail")
    two = told(config, *NEW, "--channel", "mail")
    assert (one["new"], two["new"]) == (True, False)
    assert one["url"] == two["url"] == BASE + one["slug"]
    assert one["destination"] == (
        "https://museum.example/wing?lang=en&utm_source=mailing&utm_medium=email&utm_campaign=wing26"
        "&utm_content=visit#tickets"
    )
    others = [
        told(config, *NEW, "--channel", "print"),
        told(config, *NEW, "--channel", "mail", "--group", "North"),
        told(config, *NEW, "--channel", "mail", "--trap"),
    ]
    assert len({row["slug"] for row in (one, *others)}) == 4
    assert [row["trap"] for row in others] == [False, False, True]
    assert len(told(config, "link", "list", "--campaign", "new-wing")) == 4


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--campaign", "new-wind"), "Did you mean “new-wing”?"),
        (("--cta", "visits"), "Did you mean “visit”?"),
        (("--cta", "come"), "leads nowhere: give it a `destination`"),
        (("--channel", "mial"), "Did you mean “mail”?"),
        (("--channel", "carrier pigeon"), "There is: advert"),
        (("--group", "Nort"), "Did you mean “North”?"),
        (("--group", "Held back"), "held back as a control"),
        (("--vanity", "muse\u03bfm"), "Greek and Latin"),
        (("--expires", "2020-01-01"), "over before it begins"),
        (("--per-target",), "--yes-per-person"),
        (("--per-target", "--yes-per-person"), "no targets one by one"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_to_do(config: Path, words: Sequence[str], why: str) -> None:
    """A sentence names the nearest, or says what is missing; nothing is made."""
    given = {"--campaign": "new-wing", "--cta": "visit", "--channel": "mail"}
    for name, value in zip(words[::2], words[1::2], strict=False):
        given[name] = value
    flags = words if words[0] == "--per-target" else ()
    options = [one for name, value in given.items() if name != "--per-target" for one in (name, value)]
    assert why in said(config, "link", "new", *options, *flags, "--by", "ada", fails=2)
    assert told(config, "link", "list") == []


def test_a_vanity_word_is_kept_for_what_it_was_made_for(config: Path) -> None:
    """Any alphabet, any letter case; a word that was printed never leads elsewhere later."""
    one = told(config, *NEW, "--channel", "print", "--vanity", "Музей")
    assert one["slug"] == "музей"
    assert one["url"] == BASE + "%D0%BC%D1%83%D0%B7%D0%B5%D0%B9"
    assert told(config, *NEW, "--channel", "print", "--vanity", "МУЗЕЙ")["new"] is False
    said(config, "link", "retire", "музей", "--by", "ada")
    other = ("link", "new", "--campaign", "other", "--cta", "visit", "--channel", "print", "--by", "ada")
    refused = said(config, *other, "--vanity", "музей", fails=2)
    assert "is taken: it leads to “visit” of “new-wing” (print)" in refused


def test_a_retired_link_leads_on_when_it_is_made_again(config: Path) -> None:
    """It keeps its slug, which may be in print, and every step has its line of history."""
    slug = told(config, *NEW, "--channel", "mail")["slug"]
    assert told(config, "link", "retire", slug, "--by", "bob")["state"] == "retired"
    assert "was retired on" in said(config, "link", "retire", slug, "--by", "bob", fails=2)
    again = told(config, *NEW, "--channel", "mail")
    assert (again["slug"], again["state"], again["new"]) == (slug, "live", False)
    assert "leads to its destination again" in again["remarks"][0]
    shown = told(config, "link", "show", BASE + slug)
    assert [(row["what"], row["who"]) for row in shown["history"]] == [
        ("made", "ada"),
        ("retired", "bob"),
        ("renewed", "ada"),
    ]


def test_a_new_destination_is_taken_over(config: Path) -> None:
    """The page has moved: the link that stands in print leads to the new one, and says so."""
    slug = told(config, *NEW, "--channel", "print")["slug"]
    config.write_text(SETTINGS.replace("museum.example/wing", "museum.example/neu"), encoding="utf-8")
    again = told(config, *NEW, "--channel", "print")
    assert again["slug"] == slug
    assert again["destination"].startswith("https://museum.example/neu?lang=en&utm_")
    assert "before: https://museum.example/wing" in again["remarks"][0]


def test_links_by_person_are_made_for_those_who_are_written_to(config: Path) -> None:
    """Only on a clear yes, with an end, with words that nobody guesses, and the same again the second time."""
    app = add_targets(
        config,
        ("Anna Berg", "anna@reise.example", "", "North"),
        ("=cmd|' /C calc'!A0", "bo@reise.example", "", "North"),
        ("Cem Demir", "cem@reise.example", "asked not to be written to", "North"),
        ("Dora Held", "dora@reise.example", "", "Held back"),
    )
    wanted = (*NEW, "--channel", "mail", "--per-target")
    refused = said(config, *wanted, fails=2)
    assert "personal data of that person" in refused
    done = told(config, *wanted, "--yes-per-person")
    assert done["left_out"] == {"asked not to be written to": 1, "held back as a control": 1}
    assert {(row["target"], row["group"], len(row["slug"])) for row in done["links"]} == {
        ("t0", "North", 16),
        ("t1", "North", 16),
    }
    assert all(row["expires_at"] for row in done["links"])
    assert not any("anna" in row["destination"].lower() for row in done["links"])
    again = told(config, *wanted, "--yes-per-person")
    assert {row["slug"] for row in again["links"]} == {row["slug"] for row in done["links"]}
    with app.engine.session() as session:
        assert {one.target for one in links.facts(session).values()} == {"t0", "t1"}
        assert len(history.of(session, "link", done["links"][0]["id"])) == 1
    rows = list(csv.DictReader(io.StringIO(said(config, "link", "export", "--per-target"))))
    assert {row["email"]: row["name"] for row in rows} == {
        "anna@reise.example": "Anna Berg",
        "bo@reise.example": "'=cmd|' /C calc'!A0",
    }
    assert all(row["url"] == BASE + row["slug"] for row in rows)


def test_the_table_holds_links_that_lead_somewhere(config: Path, tmp_path: Path) -> None:
    """Traps, ended links and those by person are no part of it."""
    kept = told(config, *NEW, "--channel", "mail")["slug"]
    gone = told(config, *NEW, "--channel", "social")["slug"]
    told(config, *NEW, "--channel", "mail", "--trap")
    said(config, "link", "retire", gone, "--by", "ada")
    file = tmp_path / "links.csv"
    said(config, "link", "export", "--campaign", "new-wing", "--out", str(file))
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert [row["slug"] for row in rows] == [kept]


@pytest.mark.parametrize("name", ["poster.svg", "poster.PNG"])
def test_a_qr_code_is_fit_for_print(config: Path, tmp_path: Path, name: str) -> None:
    """With its quiet zone, at least a thousand points wide, the same file again, and never over another file."""
    slug = told(config, *NEW, "--channel", "print", "--qr", str(tmp_path / name))["slug"]
    content = (tmp_path / name).read_bytes()
    if name.endswith("svg"):
        root = ET.fromstring(content)
        assert int(root.attrib["width"]) == int(root.attrib["height"]) >= (21 + 8) * 10
        assert BASE + slug in content.decode()
    else:
        assert content.startswith(b"\x89PNG")
        assert int.from_bytes(content[16:20], "big") >= 1_200
    said(config, "link", "qr", slug, str(tmp_path / name))
    assert (tmp_path / name).read_bytes() == content
    (tmp_path / name).write_bytes(b"my holiday")
    assert "is something else" in said(config, "link", "qr", slug, str(tmp_path / name), fails=2)
    assert "must end in .svg or .png" in said(config, "link", "qr", slug, str(tmp_path / "poster.gif"), fails=2)


def test_a_qr_code_for_a_link_of_another_channel_says_what_it_counts_with(config: Path, tmp_path: Path) -> None:
    """Paper is told apart by a link of its own."""
    slug = told(config, *NEW, "--channel", "mail")["slug"]
    assert "--channel print" in told(config, "link", "qr", slug, str(tmp_path / "a.svg"))["remarks"][0]


def test_without_a_base_the_path_is_shown_and_the_lack_said(config: Path, tmp_path: Path) -> None:
    """A link can be planned before the redirector is reachable; a QR code cannot."""
    config.write_text(SETTINGS.replace(f'base = "{BASE}"', ""), encoding="utf-8")
    words = said(config, *NEW, "--channel", "mail")
    assert words.startswith("/r/")
    assert "Nobody can open this link from outside yet" in words
    slug = told(config, "link", "list")[0]["slug"]
    assert "needs the whole address" in said(config, "link", "qr", slug, str(tmp_path / "a.svg"), fails=2)


def test_a_link_that_is_not_there_is_named_with_the_nearest(config: Path) -> None:
    """Or with the way to see all."""
    told(config, *NEW, "--channel", "print", "--vanity", "museum-wing")
    assert "Did you mean “museum-wing”?" in said(config, "link", "show", "museum-wings", fails=1)
    assert "commsleads link list" in said(config, "link", "show", "zzzz", fails=1)
