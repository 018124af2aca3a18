"""An edition is made again byte for byte from what it was written from, whatever has become of the rows since."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from commsleads import jobs, replaying, telling
from commsleads.app import App, build
from commsleads.cli import main
from commsleads.contract import Document, Period
from commsleads.coverage import removing
from commsleads.errors import CommsleadsError
from commsleads.facts.recorded import Recorded, Replayed, ReplayError, kept_settings, recorded, settings_of
from commsleads.store import inputs, unnaming
from commsleads.store.desk import erasing
from commsleads.store.engine import stamp
from tests.ledger import Ledger
from tests.office import WEEKLY, Clock, office, settings

MONDAY = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
ENQUIRIES = WEEKLY.replace("weekly", "enquiries")
WEEK = Period(datetime(2026, 11, 15, 23, tzinfo=UTC), datetime(2026, 11, 22, 23, tzinfo=UTC), "2026-W47")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office whose digest and report on enquiries of week 47 were told."""
    folder = tmp_path_factory.mktemp("told")
    app, clock = office(folder, {}, more=WEEKLY + ENQUIRIES)
    with app.engine.session() as session:
        ledger = Ledger(session)
        ledger.source()
        ledger.weekly_polls()
        for week in range(38, 48):
            ledger.week(week, 3 + week % 2)
        ledger.signal("2026-11-18T10:00", copy_of="s0033")
    clock.now = MONDAY
    assert {one["state"] for one in jobs.tell(app, jobs.never)} == {"written"}
    app.engine.close()
    return folder


@pytest.fixture
def told(kept: Path, tmp_path: Path) -> App:
    """That office, in a folder of its own."""
    shutil.copytree(kept, tmp_path, dirs_exist_ok=True)
    return build(tmp_path / "config.toml", clock=Clock(MONDAY), environ={})


def called(app: App, *words: str) -> Any:
    """A command on the office of this program."""
    folder = Path(app.settings.store_url).parent
    return CliRunner().invoke(main, [*words, "--config", str(folder / "config.toml")])


@pytest.mark.parametrize("name", ["weekly", "enquiries"])
def test_an_edition_is_made_again_with_the_same_bytes(told: App, name: str) -> None:
    """Every rendering, picture and figure, and its inputs are kept with what wrote it."""
    found = replaying.replay(told, name, "2026-W47")
    assert [part for part in found.parts if not part.same] == []
    assert {"subject", "text", "html", "markdown", "printed", "data"} <= {part.name for part in found.parts}
    assert found.program == found.now
    assert "commsleads" in found.program


def test_it_is_the_same_after_everything_has_changed(told: App) -> None:
    """Rows edited and deleted, stories taken out, settings changed: the edition is made of none of them."""
    with told.engine.session() as session, session.atomic():
        removing.remove(session, "s0033", why="not us", who="ada", now=MONDAY)
        session.execute("UPDATE signals SET title = 'Another', outlet = 'X', story_id = 's0001'")
        session.execute("DELETE FROM matches WHERE watch_id = 'museum'")
        session.execute("DELETE FROM gaps")
        session.execute("UPDATE sources SET name = 'renamed', state = 'failing'")
    folder = Path(told.settings.store_url).parent
    settings(folder, {}, more='[[watches]]\nid = "other"\nany = ["Other"]\n' + WEEKLY.replace("07:00", "08:00"))
    assert called(told, "report", "weekly", "--period", "2026-W47", "--replay").exit_code == 0
    now = jobs.write_report(told, "weekly", WEEK)
    assert "2026-W47" in now.data["period"].values()


def test_what_differs_is_named_with_its_place(told: App) -> None:
    """A rendering that was tampered with, and a picture that is gone, are found; the exit code says it."""
    with told.engine.session() as session:
        session.execute("UPDATE reports SET text = 'x' || text WHERE name = 'weekly'")
        session.execute("INSERT INTO report_files (name, period, file, number, kind, media_type, content) "
                        "VALUES ('weekly', '2026-W47', '9:a.csv', 9, 'attachment', 'text/csv', 'eA==')")  # fmt: skip
    found = replaying.replay(told, "weekly", "2026-W47")
    differ = {part.name: part.where for part in found.parts if not part.same}
    assert set(differ) == {"text", "attachment 0 a.csv (text/csv)"}
    assert differ["text"].startswith("at byte 0: ")
    answer = called(told, "report", "weekly", "--period", "2026-W47", "--replay")
    assert answer.exit_code == 1
    assert "2 of " in answer.output


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("", "before inputs were kept"),
        ("!erased 2027-01-02", "cleared on 2027-01-02"),
        ("!it asked for session: no value", "because it asked for session"),
        ("%%%", "damaged"),
        ("eJwDAAAAAAE=", "damaged"),
        (inputs.squeezed({"format": 99}), "a later program"),
        (inputs.squeezed([1]), "a later program"),
        (inputs.squeezed({"format": 1}), "damaged"),
        (inputs.squeezed({"format": 1, "classes": [["os", "system"]], "period": 1, "answers": {}}), "os.system"),
        (inputs.squeezed({"format": 1, "classes": [], "period": None, "answers": 7}), "damaged"),
        (inputs.squeezed({"format": 1, "classes": [[]], "period": None, "answers": {}}), "damaged"),
        (inputs.squeezed({"format": 1, "classes": [], "period": ["~", 10**30, 0, 0], "answers": {}}), "cannot be read"),
    ],
)
def test_inputs_that_are_none_are_told_as_such(told: App, inside: str, said: str) -> None:
    """Old editions, cleared ones and damaged ones give a sentence, and change nothing."""
    with told.engine.session() as session:
        session.execute("UPDATE reports SET inputs = :kept WHERE name = 'weekly'", kept=inside)
    with pytest.raises(CommsleadsError, match=said):
        replaying.replay(told, "weekly", "2026-W47")
    answer = called(told, "report", "weekly", "--period", "2026-W47", "--replay")
    assert answer.exit_code == 1
    assert "Traceback" not in answer.output


def test_a_bomb_is_not_unpacked() -> None:
    """A short text that unpacks to more than any edition is refused."""
    with pytest.raises(inputs.PackedError):
        inputs.opened(inputs.squeezed("0" * (inputs.MOST + 1)))


def test_what_was_never_told_is_not_made_again(told: App) -> None:
    """No edition, no replay: the figures of now are another thing."""
    with pytest.raises(CommsleadsError, match="never told"):
        replaying.replay(told, "weekly", "2026-W30")


# --- what is recorded ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Sums:
    """Facts of another program, for a report of somebody else."""

    organisation: str = "X"
    asked: list[Any] = field(default_factory=list)
    session: Any = field(default_factory=object)

    def sum(self, *numbers: int, times: int = 1) -> int:
        """A figure, and a note that it was asked."""
        self.asked.append(numbers)
        return sum(numbers) * times

    def rows(self) -> list[int]:
        """A list that a careless report changes."""
        return [1, 2]

    def later(self, at: datetime) -> Any:
        """What nobody can keep."""
        return (number for number in (1, at))


def test_answers_are_found_by_what_was_asked() -> None:
    """By name and arguments; asked twice it is worked out once; anything else is refused and not guessed."""
    sums = Sums()
    facts = Recorded(sums, WEEK)
    assert (facts.sum(1, 2), facts.sum(1, 2), facts.sum(1, 2, times=3), facts.organisation) == (3, 3, 9, "X")
    assert sums.asked == [(1, 2), (1, 2)]
    assert getattr(facts, "nothing", 7) == 7
    again = Replayed(recorded(facts))
    assert (again.sum(1, 2), again.sum(1, 2, times=3), again.organisation) == (3, 9, "X")
    assert getattr(again, "nothing", 7) == 7
    with pytest.raises(ReplayError, match="otherwise"):
        again.sum(2, 1)
    with pytest.raises(ReplayError, match="otherwise"):
        again.sum(object())
    for name in ("rows", "other"):
        with pytest.raises(ReplayError, match="did not"):
            getattr(again, name)


def test_a_report_that_changes_what_it_is_given_is_made_again_all_the_same() -> None:
    """What was answered is kept at once, before anybody can change it."""
    facts = Recorded(Sums(), WEEK)
    facts.rows().append(3)
    assert Replayed(recorded(facts)).rows() == [1, 2]


@pytest.mark.parametrize("ask", ["session", "later"])
def test_what_is_no_value_keeps_an_edition_from_being_made_again_and_not_from_being_told(ask: str) -> None:
    """A report that reaches for the database gets it; its edition says why it cannot be made again."""
    facts = Recorded(Sums(), WEEK)
    got = getattr(facts, ask)
    if ask == "later":
        assert list(got(MONDAY)) == [1, MONDAY]
    kept = recorded(facts)
    assert kept.startswith(f"!it asked for {ask}")
    with pytest.raises(ReplayError, match=f"because it asked for {ask}"):
        Replayed(kept)


def test_the_settings_of_a_report_are_kept_with_it() -> None:
    """Numbers, days and lists of a settings file come back; what is none of these is refused."""
    given = {"stories": 3, "names": ["a", "b"], "on": datetime(2026, 1, 1, tzinfo=UTC).date()}
    assert settings_of(kept_settings(given)) == given
    assert settings_of("") == {}
    for damaged in ("[", "7", '["@",0]', '["os"]'):
        with pytest.raises(ReplayError):
            settings_of(damaged)


@dataclass(frozen=True)
class Plain:
    """The settings of a report of somebody else."""

    most: int = 3


class Outside:
    """A report of another distribution, with an attachment and facts asked by keyword."""

    Settings = Plain

    def write(self, facts: Any, period: Period, settings: Plain) -> Document:
        """The titles of the week."""
        titles: Sequence[str] = [one.title for one in facts.stories(period=period, most=settings.most)]
        words = f"{facts.organisation}: {'; '.join(titles)}"
        return Document(subject="s", text=words, html=words, markdown=words, data={"titles": titles})


def test_a_report_of_somebody_else_is_made_again_too(told: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a plug-in asks of the facts is kept as it was answered."""
    with told.engine.session() as session:
        session.execute("DELETE FROM reports WHERE name = 'enquiries'")
        session.execute("DELETE FROM report_files")
    monkeypatch.setattr(told.plugins, "_made", {("commsleads.reports", "enquiries"): Outside()})
    jobs.tell(told, jobs.never)
    with told.engine.session() as session:
        session.execute("UPDATE signals SET title = 'Another'")
    found = replaying.replay(told, "enquiries", "2026-W47")
    assert found.same
    assert len(found.parts) == 6


# --- people who are erased ------------------------------------------------------------------------------------------


def test_an_erasure_clears_what_names_the_person(told: App) -> None:
    """The edition stays as it was told; it says when and why it cannot be made again. Others are not touched."""
    with told.engine.session() as session, session.atomic():
        session.execute("INSERT INTO contacts (id, name, folded, origin, basis, first_at, last_at, erase_after) VALUES "
                        "('c1', 'Ruth Calder', 'ruth calder', 'mail', 'interest', '', '', '')")  # fmt: skip
        for name, words in (("weekly", "nobody"), ("enquiries", 'called by "RUTH CALDER"')):
            kept = inputs.squeezed({"format": 1, "period": None, "classes": [], "answers": {"x": [words]}})
            session.execute("UPDATE reports SET inputs = :kept WHERE name = :name", kept=kept, name=name)
        before = session.tuples("SELECT html FROM reports ORDER BY name")
        erasing.nobody(session, ["c1"], stamp(MONDAY))
        assert session.tuples("SELECT html FROM reports ORDER BY name") == before
        left = dict(session.tuples("SELECT name, inputs FROM reports"))
    assert left["enquiries"] == "!erased 2026-11-23"
    assert not left["weekly"].startswith("!")
    with pytest.raises(ReplayError, match="cleared on 2026-11-23"):
        replaying.replay(told, "enquiries", "2026-W47")


def test_an_erasure_reaches_the_files_of_what_was_told(told: App) -> None:
    """The name goes from the files of the output folder with the next pass; files that were taken away stay away."""
    folder = told.settings.output_folder
    with told.engine.session() as session:
        session.execute("UPDATE reports SET text = text || ' Ruth Calder'")
        assert unnaming.people(session, ["Ruth Calder"]) == 2
    held = folder / "enquiries-2026-W47.txt"
    held.write_text("Ruth Calder", encoding="utf-8")
    for file in folder.glob("weekly-2026-W47*"):
        file.unlink()
    telling.write_changed(told)
    assert held.read_text(encoding="utf-8").endswith("[erased]")
    assert not list(folder.glob("weekly-2026-W47*"))
    with told.engine.session() as session:
        assert unnaming.editions(session) == []


def test_what_nobody_can_read_is_cleared_with_the_first_erasure(told: App) -> None:
    """Damaged inputs may name anybody."""
    with told.engine.session() as session:
        session.execute("UPDATE reports SET inputs = 'abc' WHERE name = 'weekly'")
        assert inputs.forget(session, ["Ruth Calder"], stamp(MONDAY)) == 1
        assert inputs.forget(session, ["", " "], stamp(MONDAY)) == 0
        assert session.tuples("SELECT inputs FROM reports WHERE name = 'weekly'") == [("!erased 2026-11-23",)]
