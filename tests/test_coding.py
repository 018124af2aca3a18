"""Tone and key messages from the first sight to the figure: read by machine, coded by people, told apart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from commsleads import intake
from commsleads.app import App
from commsleads.cli import main
from commsleads.contract import Period, Signal
from commsleads.coverage import coding
from commsleads.errors import CoverageError, NotFoundError
from commsleads.facts import Facts
from commsleads.rules.periods import period_of
from commsleads.store import coding as rows
from commsleads.store.engine import Session
from tests.factories import signal
from tests.office import office, settings

MORE = """
[[watches]]
id = "ada"
role = "spokesperson"
any = ["Ada Stone"]
[[watches]]
id = "rival"
role = "competitor"
any = ["Town Gallery"]
[[outlets]]
name = "The Meridian"
domains = ["meridian.example"]
tier = 1
[[campaigns.messages]]
id = "free"
text = "Entry is free."
phrases = ["free entry"]
[[campaigns.messages]]
id = "open"
text = "It opens in spring."
phrases = ["opens in spring"]
"""

GOOD = "Critics praised the Harbour Museum for its bold, brilliant wing with free entry."
BAD = "The Harbour Museum was accused of a shameful failure and sued by angry visitors."
PLAIN = "The Harbour Museum said on Monday that the wing opens in spring, according to the timetable."
GERMAN = "Das Harbour Museum wird im Frühjahr mit einer neuen Halle und freiem Eintritt eröffnet."


def entry(number: int, text: str, *, title: str = "", url: str = "") -> Signal:
    return signal(
        str(number), title=title or f"Piece {number} of the week, number {number * 7919}", body=f"<p>{text}</p>",
        url=url or f"https://paper{number}.example/{number}",
    )  # fmt: skip


class House:
    """An office with a week of coverage."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.app, self.clock = office(folder, {"a": "http://127.0.0.1:9/feed"}, more=MORE)
        self.ids: list[str] = []

    def keep(self, *signals: Signal) -> list[str]:
        with self.app.engine.session() as session, session.atomic():
            self.app.intake(session).keep(session, [("a", signals)], self.clock.now)
        found = [intake.signal_id("a", one.external_id) for one in signals]
        self.ids += found
        return found

    @property
    def week(self) -> Period:
        return period_of("week", self.clock.now.date(), self.app.settings.organisation.zone)

    def facts(self, session: Session) -> Facts:
        return self.app.facts(session)

    def say(self, story: str, tone: str, **more: Any) -> coding.Coded:
        with self.app.engine.session() as session:
            given = {"watches": self.app.settings.watches, "who": "ada", "now": self.clock.now, **more}
            return coding.set_tone(session, story, tone, **given)

    def note(self, story: str, message: str, **given: str) -> list[coding.Coded]:
        with self.app.engine.session() as session:
            campaigns = self.app.campaigns(session)
            return coding.set_message(
                session, story, message, campaigns=campaigns, given=given, who="ada", now=self.clock.now
            )

    def run(self, *words: str) -> Result:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("commsleads.app.App.now", lambda _: self.clock.now)
            return CliRunner().invoke(
                main, ["--config", str(self.folder / "config.toml"), *words], env={"COMMSLEADS_USER": "ada"}
            )

    def json(self, *words: str) -> Any:
        found = self.run(*words, "--json")
        assert found.exit_code == 0, found.output
        return json.loads(found.stdout)

    def refused(self, *words: str) -> str:
        found = self.run(*words)
        assert found.exit_code != 0, found.output
        return found.output


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    made.keep(
        entry(1, GOOD, url="https://meridian.example/1"), entry(2, BAD), entry(3, PLAIN), entry(4, GERMAN),
        entry(5, "The Town Gallery opens in spring with free entry."), entry(6, "Nobody of ours has free entry."),
    )  # fmt: skip
    yield made
    made.app.engine.close()


def derived(app: App) -> list[Any]:
    """All that a machine made of the signals."""
    with app.engine.session() as session:
        return [
            session.tuples("SELECT * FROM tones ORDER BY signal_id, watch_id"),
            session.tuples("SELECT * FROM message_hits ORDER BY signal_id, campaign_id, message_id"),
            session.tuples("SELECT signal_id, watch_id, field, lead FROM matches ORDER BY signal_id, watch_id"),
        ]


def test_tone_is_read_of_our_watches_and_messages_in_coverage(house: House) -> None:
    """One row for each of our watches that an English text names; messages in coverage only, by their phrase."""
    tones, messages, _ = derived(house.app)
    assert {(row[0], row[1]) for row in tones} == {(story, "museum") for story in house.ids[:3]}
    assert all(sum(row[4:7]) == 1000 for row in tones)
    assert {(row[0], row[2], row[5]) for row in messages} == {
        (house.ids[0], "free", 2), (house.ids[2], "open", 2), (house.ids[4], "free", 2), (house.ids[4], "open", 2),
    }  # fmt: skip


def test_rebuild_makes_the_same_again(house: House) -> None:
    """Forgotten and read again, every row is the same; and what people said stays."""
    house.say(house.ids[1], "neutral")
    before = derived(house.app)
    assert before[0]
    with house.app.engine.session() as session:
        intake.rebuild(session, house.app.intake(session))
        assert len(rows.history(session, house.ids[1])) == 1
    assert derived(house.app) == before


def test_new_messages_and_watches_are_read_by_rebuild(house: House) -> None:
    """Declared later, a message is found in what is kept once it is rebuilt, as a watch is."""
    house.app.engine.close()
    file = settings(house.folder, {"a": "http://127.0.0.1:9/feed"}, more=MORE.replace('"free entry"', '"sued by"'))
    from commsleads.app import build

    again = build(file, clock=house.clock, environ={})
    again.prepare()
    with again.engine.session() as session:
        intake.rebuild(session, again.intake(session))
        assert ("free", house.ids[1]) in {row[:2] for row in rows.carrying(session, "new-wing")}
    again.engine.close()


def test_an_edited_text_is_read_again(house: House) -> None:
    """Who was blamed yesterday and is praised today has the tone of today."""
    house.clock.move(hours=1)
    house.keep(entry(2, GOOD))
    with house.app.engine.session() as session:
        (found,) = rows.tones_of(session, [house.ids[1]])
    assert found.positive > found.negative
    assert (house.ids[1], "free") in {(row[0], row[2]) for row in derived(house.app)[1]}


def test_checked_and_unchecked_are_told_apart(house: House) -> None:
    """Each story about us is in exactly one of: checked by a person, guessed by the machine, read by neither."""
    house.say(house.ids[1], "neutral")
    with house.app.engine.session() as session:
        found = house.facts(session).tone(house.week)
    assert (found.n, found.checked.n, found.checked.neutral, found.unchecked.n, found.unread) == (4, 1, 1, 2, 1)
    assert (found.negative.k, found.negative.n) == (0, 1)
    assert found.expected is not None
    assert found.reliability.n == 1
    assert found.reliability.better == "cannot tell"
    row = next(one for one in found.rows if one.story == house.ids[1])
    assert (row.said, row.by, row.machine) == ("neutral", "ada", "negative")
    assert house.ids[1] not in found.doubtful
    assert house.ids[3] in found.doubtful


def test_as_of_then_nobody_had_said_anything(house: House) -> None:
    """Coded later, an earlier moment knows nothing of it; taken back, it is unchecked again, and all is kept."""
    house.clock.move(hours=2)
    house.say(house.ids[0], "positive")
    with house.app.engine.session() as session:
        now = house.facts(session)
        assert now.tone(house.week).checked.positive == 1
        now.now = now.now - timedelta(hours=1)
        assert now.tone(house.week).checked.n == 0
    house.clock.move(hours=1)
    assert house.say(house.ids[0], "").before == "positive"
    with house.app.engine.session() as session:
        assert house.facts(session).tone(house.week).checked.n == 0
        assert [one.value for one in rows.history(session, house.ids[0])] == ["positive", ""]


def test_nobody_looked_is_not_zero(house: House) -> None:
    """The week before was not watched: there is no count to compare with."""
    with house.app.engine.session() as session:
        found = house.facts(session).tone(house.week)
    assert found.previous is None
    assert found.previous_unchecked is None


def test_words_on_several_watches_are_one(house: House) -> None:
    """A story that names two of ours can be coded for each; on us as a whole, that counts."""
    (both,) = house.keep(entry(7, "Ada Stone praised the Harbour Museum, which was accused of neglect by the mayor."))
    house.say(both, "positive", watch="ada")
    house.say(both, "negative", watch="museum")
    with house.app.engine.session() as session:
        assert next(r.said for r in house.facts(session).tone(house.week).rows if r.story == both) == "mixed"
    with house.app.engine.session() as session:
        assert house.facts(session).tone(house.week).reliability.n == 2
    house.say(both, "neutral")
    with house.app.engine.session() as session:
        found = house.facts(session).tone(house.week)
    assert next(row.said for row in found.rows if row.story == both) == "neutral"
    assert found.reliability.n == 1  # one story, held against one word


def test_what_makes_no_sense_is_refused_in_a_sentence(house: House) -> None:
    """A story that is not there, one that is not about us, a watch it does not name, a tone that is none."""
    with pytest.raises(NotFoundError, match="nosuch"):
        house.say("nosuch", "neutral")
    with pytest.raises(CoverageError, match="does not speak of us"):
        house.say(house.ids[4], "neutral")
    with pytest.raises(CoverageError, match="does not name the watch ada"):
        house.say(house.ids[0], "neutral", watch="ada")
    with pytest.raises(CoverageError, match="Did you mean museum"):
        house.say(house.ids[0], "neutral", watch="musem")
    with pytest.raises(CoverageError, match="is no tone"):
        house.say(house.ids[0], "great")
    with pytest.raises(CoverageError, match="Say what"):
        house.note(house.ids[0], "free")
    with pytest.raises(CoverageError, match="Did you mean free"):
        house.note(house.ids[0], "fre", presence="1")
    with pytest.raises(CoverageError, match="not there"):
        house.note(house.ids[0], "free", presence="0", accuracy="2")
    with pytest.raises(CoverageError, match="Accuracy is"):
        house.note(house.ids[0], "free", accuracy="7")


def test_pull_through_counts_campaign_stories(house: House) -> None:
    """k of n stories tied to the campaign, corrected by what people said; accuracy from people alone."""
    with house.app.engine.session() as session:
        free, opens = house.facts(session).messages(house.week)
    assert (free.campaign, free.id, free.share.k, free.share.n, free.prominence) == ("new-wing", "free", 1, 4, 2.0)
    assert (opens.share.k, opens.accuracy.n, opens.judged, opens.previous) == (1, 0, 0, None)
    house.note(house.ids[3], "free", presence="1", accuracy="1")
    house.note(house.ids[0], "new-wing/free", accuracy="2")
    house.note(house.ids[2], "open", presence="0")
    with house.app.engine.session() as session:
        free, opens = house.facts(session).messages(house.week)
    assert (free.share.k, free.prominence, free.judged, free.accuracy.k, free.accuracy.n, free.partly) == (
        2, 1.5, 2, 1, 2, 1,
    )  # fmt: skip
    assert set(free.rows) == {house.ids[0], house.ids[3]}
    assert opens.share.k == 0


def test_voices_are_weighted_beside_the_plain_share(house: House) -> None:
    """The tier-1 story with our name in its lead counts 6 of 12, beside four of five stories."""
    with house.app.engine.session() as session:
        ours, theirs = house.facts(session).voices(house.week)
    assert (ours.share.k, ours.share.n, theirs.share.k) == (4, 5, 1)
    assert (ours.weight, ours.of, theirs.weight) == (12, 14, 2)
    assert ours.weighted == pytest.approx(12 / 14)
    assert ours.previous_weighted is None
    assert house.ids[4] in theirs.rows


def test_a_story_removed_as_no_coverage_has_no_tone(house: House) -> None:
    """What a person took out counts in none of the figures."""
    from commsleads.coverage import removing

    with house.app.engine.session() as session:
        removing.remove(session, house.ids[1], why="another museum", who="ada", now=house.clock.now)
        assert house.facts(session).tone(house.week).n == 3


def test_the_commands_do_it_end_to_end(house: House) -> None:
    """The queue, a word, the figures, a correction taken back, messages: by command, with who and when."""
    waiting = house.json("tone", "list", "--unchecked")
    assert {row["story"] for row in waiting} == set(house.ids[:4])
    assert house.json("tone", "list", "--doubtful", "--limit", "1")[0]["story"]
    done = house.run("tone", "set", house.ids[1], "neutral", "--why", "only told")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("Tone: neutral; the machine thought negative.")
    assert house.json("tone", "list")[-1]["story"] in house.ids
    assert {row["story"] for row in house.json("tone", "list", "--unchecked")} == set(house.ids) - {
        house.ids[1], *house.ids[4:],
    }  # fmt: skip
    (word,) = house.json("tone", "history", house.ids[1])
    assert (word["value"], word["who"], word["why"], word["said"]["before"]) == ("neutral", "ada", "only told", "")
    assert sum(word["said"]["chances"]) == 1000
    assert house.json("tone", "figures")["n"] == 1
    assert "1 story was read" in house.run("tone", "figures").stdout
    assert house.json("tone", "unset", house.ids[1])[0]["value"] == ""
    assert {row["about"] for row in house.json("message", "list")} == {"new-wing/free", "new-wing/open"}
    assert house.json("message", "set", house.ids[0], "free", "--accuracy", "2")[0]["changed"]
    assert [row["about"] for row in house.json("message", "list", "--unchecked")] == ["new-wing/open"]
    assert house.json("message", "unset", house.ids[0], "free")[0]["value"] == ""
    assert "Say what" in house.refused("message", "set", house.ids[0], "free")
    assert "Did you mean museum" not in house.refused("tone", "list", "--watch", "rival")
    assert "must be before" in house.refused("tone", "list", "--since", "2026-11-18", "--until", "2026-11-01")
    assert "No campaign" in house.refused("message", "list", "--campaign", "nosuch")


def test_a_headline_from_outside_moves_no_cursor(house: House) -> None:
    """Somebody else's words are shown on one line without what only a terminal would see."""
    (story,) = house.keep(entry(8, BAD, title="Harbour Museum \x1b[2Jfails \u202eterribly"))
    shown = house.run("tone", "set", story, "negative").stdout
    assert "\x1b" not in shown
    assert "\u202e" not in house.run("tone", "list").stdout


def test_mistakes_in_messages_are_found_in_the_settings(tmp_path: Path) -> None:
    """A message without phrases or with the id of another is a mistake that is told at once."""
    from commsleads.app import build
    from commsleads.errors import ConfigError

    twice = '[[campaigns.messages]]\nid = "free"\nphrases = []\n'
    file = settings(tmp_path, {}, more=MORE.replace("[[campaigns.messages]]", twice + "[[campaigns.messages]]", 1))
    with pytest.raises(ConfigError) as found:
        build(file, environ={})
    assert any("messages[0].phrases" in one for one in found.value.problems)
    assert any("messages[1].id" in one for one in found.value.problems)
