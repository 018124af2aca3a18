"""The length of the demo's last digest for each of its readers, the order of its sections, and its coverage book."""

from __future__ import annotations

import re
from typing import Any

import pytest

from commsleads.demo.newsroom import WEEKS
from tests.readingtruth import DATA, about_us
from tests.reports.words import SECTIONS, words_of
from tests.shown import Shown, shown_once

HEADS = re.compile(r"^([A-Z][A-Z ,]+)\n-{3,}$", re.MULTILINE)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return shown_once(tmp_path_factory)


@pytest.fixture(scope="module")
def digest(shown: Shown) -> Any:
    return shown.digest()


def text(shown: Shown, audience: str = "") -> str:
    """The text part of the last digest, for the team or another audience."""
    ending = f"-{audience}" if audience else ""
    return (shown.folder / "digests" / f"{shown.stem()}{ending}.txt").read_text(encoding="utf-8")


def test_it_is_as_long_as_its_readers_have_time(shown: Shown) -> None:
    """A page of 600 words for the team, of which the first three sections are read in ninety seconds, a minute for
    directors, and more for analysts."""
    team, director, analyst = (words_of(text(shown, who)) for who in ("", "director", "analyst"))
    assert director <= 250 < team <= 600 < analyst
    assert words_of(text(shown).partition("LEADS AGAINST GOAL")[0]) <= 300


def test_its_sections_stand_in_the_order_in_which_directors_ask(shown: Shown) -> None:
    """Subject and status, verdict, then sections 2 to 10, all of them, for team and analysts."""
    wanted = [name.upper() for name in SECTIONS]
    for who in ("", "analyst"):
        found = HEADS.findall(text(shown, who))
        assert [name for name in found if name in wanted] == wanted
    assert HEADS.findall(text(shown, "director")) == ["NEEDS YOU", "THE REST, IN A LINE EACH"]
    assert HEADS.findall(text(shown)) == wanted


def test_the_caps_are_kept(shown: Shown, digest: Any) -> None:
    """Three sentences, five needs, three stories and one of high impact, and no more."""
    assert len(digest["verdict"]["sentences"]) <= 3
    parts = re.split(r"\n[A-Z][A-Z ,]+\n-{3,}\n", text(shown))
    needs, coverage = parts[1], parts[4]
    assert needs.count("\n- ") + needs.startswith("- ") <= 5
    assert len(re.findall(r"(?m)^\* ", coverage)) <= 4


# --- the coverage book, and once more --------------------------------------------------------------------------------


def test_the_coverage_book_has_our_words(shown: Shown) -> None:
    """Each summary that somebody wrote stands on its card, and no text of an article does."""
    book = shown.ask("report", "coverage", "--period", shown.stem().removeprefix("weekly-"))
    words = str(book)
    for one in DATA["notes"]:
        assert one["text"] in words
    for story in about_us(shown.room, WEEKS):
        (first,) = [i for i in shown.room.items[story.copies[0][0]] if i.key == story.key and not i.edited]
        assert first.text[0] not in words


def test_an_edition_is_made_again_byte_for_byte(shown: Shown) -> None:
    """Of what was kept when it was told, whatever has become of the rows since."""
    found = shown.ask("report", "weekly", "--period", shown.stem().removeprefix("weekly-"), "--replay")
    assert found["same"]
    assert len(found["parts"]) >= 20
    assert all(part["same"] for part in found["parts"])
