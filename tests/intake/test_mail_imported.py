"""`mail import`: files of any sort through the mailbox collector, told in the shape that others rely on."""

from __future__ import annotations

import gzip
import json
import mailbox
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from commsleads.cli import main
from tests.intake.postroom import DIGEST, answer, office, raw

CORPUS = Path(__file__).resolve().parents[2] / "../shared/corpus/mail"
FIELDS = {
    "file", "message_id", "class", "confidence", "reasons", "journalist", "email", "outlet", "topic", "request_type",
    "deadline_at", "deadline_text", "language", "urgent", "enquiry", "requests",
}  # fmt: skip
ASKED = {"summary", "outlet", "journalist", "reply_to", "deadline_at", "category", "query"}


def call(folder: Path, *words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, ["--config", str(folder / "config.toml"), *words], catch_exceptions=False)
    assert result.exit_code == code, result.output + result.stderr
    return result


def imported(folder: Path, *paths: Path, code: int = 0) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        call(folder, "mail", "import", *map(str, paths), "--json", code=code).stdout
    )
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A press office, and beside it a folder of mails and of what is none."""
    office(tmp_path)
    mails = tmp_path / "mails"
    (mails / "old" / "cur").mkdir(parents=True)
    (mails / "old" / "new").mkdir()
    (mails / "old" / "tmp").mkdir()
    (mails / "1-enquiry.eml").write_bytes(raw())
    (mails / "2-answer.eml.gz").write_bytes(gzip.compress(answer()))
    (mails / "3-digest.eml").write_bytes(
        raw(DIGEST, sender="HARO <haro@helpareporter.com>", subject="[HARO] Edition", message_id="h@h")
    )
    (mails / "old" / "cur" / "1234.host:2,S").write_bytes(raw("Lost: umbrella.", subject="Umbrella", message_id="u@u"))
    (mails / "broken.eml.gz").write_bytes(b"no gzip at all")
    (mails / "README.md").write_text("# Not a mail\n", encoding="utf-8")
    (mails / "index.jsonl").write_text('{"a": 1}\n', encoding="utf-8")
    box = mailbox.mbox(mails / "archive.mbox")
    for number in range(3):
        box.add(raw(f"Lost: glove {number}.", subject="Glove", message_id=f"g{number}@u"))
    box.close()
    return tmp_path


def test_folder_with_junk(folder: Path) -> None:
    """Each mail once with what it was read as; what is no mail is passed over and counted, what is broken is told."""
    entries = imported(folder, folder / "mails")
    mails = {entry["message_id"]: entry for entry in entries if entry["message_id"]}
    assert len(mails) == 7
    assert all(entry.keys() >= FIELDS for entry in entries)
    enquiry = mails["m1@northcountypost.example"]
    assert (enquiry["class"], enquiry["enquiry"], enquiry["urgent"]) == ("enquiry", "2026-0001", True)
    assert (enquiry["journalist"], enquiry["outlet"]) == ("Ruth Calder", "North County Post")
    assert (enquiry["deadline_at"], enquiry["language"]) == ("2026-11-19T17:00:00Z", "en")
    assert 0.5 < enquiry["confidence"] <= 1
    assert enquiry["file"] == str(folder / "mails" / "1-enquiry.eml")
    assert mails["a1@northcountypost.example"]["enquiry"] == "2026-0001"
    (asked,) = mails["h@h"]["requests"]
    assert asked.keys() >= ASKED
    assert asked["deadline_at"] == "2026-11-21T00:00:00Z"
    (broken,) = [entry for entry in entries if entry["class"] is None]
    assert "broken.eml.gz" in broken["file"]
    assert broken["error"]


def test_second_import_tells_what_is_known(folder: Path) -> None:
    """A mail that was there is told as it was read then, and nothing is logged twice."""
    first = imported(folder, folder / "mails")
    again = imported(folder, folder / "mails")
    assert first == again
    assert len(json.loads(call(folder, "enquiry", "list", "--all", "--json").stdout)) == 1


def test_people_get_counts(folder: Path) -> None:
    """A table of classes; what was passed over and set aside stands on standard error."""
    result = call(folder, "mail", "import", str(folder / "mails"))
    assert "1  enquiry" in result.stdout
    assert "7  mails, 7 new; 1 enquiry logged." in result.stdout
    assert "2 of the files are no mails" in result.stderr
    assert "1 could not be read and were set aside" in result.stderr
    assert "broken.eml.gz" in call(folder, "mail", "aside").stdout + call(folder, "mail", "aside").stderr
    assert "could not be read: commsleads mail aside" in call(folder, "check").stdout


def test_path_that_is_not_there(folder: Path) -> None:
    """It is said, the other paths are read, and the exit code is 1."""
    entries = imported(folder, folder / "gone", folder / "mails" / "1-enquiry.eml", code=1)
    assert [entry["class"] for entry in entries] == [None, "enquiry"]
    assert "gone" in entries[0]["error"]


def test_import_is_no_source_that_could_be_blind(folder: Path) -> None:
    """Imported mails belong to a source that is not polled, not listed, not paused by the settings and not observed."""
    from commsleads.app import build
    from commsleads.store import health
    from commsleads.store import sources as timetable

    imported(folder, folder / "mails")
    app = build(folder / "config.toml", environ={})
    with (folder / "config.toml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    app = build(folder / "config.toml", environ={})
    app.prepare()
    with app.engine.session() as session:
        assert session.tuples("SELECT kind, origin, state FROM sources WHERE id = 'mail-import'") == [
            ("mailbox", "people", "paused")
        ]
        assert health.sources(session) == []
        assert timetable.listed(session) == []
        assert not timetable.any_due(session, app.now())
        assert session.tuples("SELECT count(*) FROM history WHERE kind = 'source'") == [(0,)]


def test_bites_go_on_where_they_stopped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More mails than one bite holds are all told, each once, and what was passed over is added up."""
    monkeypatch.setattr("commsleads.imports.BITE", 2)
    result = call(folder, "mail", "import", str(folder / "mails"))
    assert "7  mails, 7 new; 1 enquiry logged." in result.stdout
    assert "2 of the files are no mails" in result.stderr


def test_corpus_makes_the_enquiries_of_its_goldens(tmp_path: Path) -> None:
    """Of the mails written for this project each enquiry is logged as its golden says, and nothing else is."""
    composed = CORPUS / "composed"
    if not composed.is_dir():
        pytest.skip("../shared/corpus is not here")
    office(tmp_path)
    entries = {Path(entry["file"]).name: entry for entry in imported(tmp_path, composed)}
    for file in sorted(composed.rglob("*.golden.json")):
        gold, entry = json.loads(file.read_text(encoding="utf-8")), entries[file.name.replace(".golden.json", ".eml")]
        if "queries" in gold:
            assert entry["class"] == "journalist_request"
            found = {(one["summary"], one["deadline_at"] and one["deadline_at"][:10]) for one in entry["requests"]}
            assert len(found) == len(entry["requests"]) == len(gold["queries"]), file.name
            for query in gold["queries"]:
                if query["deadline_utc"]:
                    assert (query["summary"], query["deadline_utc"][:10]) in found, file.name
            continue
        assert bool(entry["enquiry"]) == gold["is_inquiry"], file.name
        if gold["is_inquiry"]:
            assert (entry["journalist"], entry["outlet"]) == (gold["journalist"], gold["outlet"])
            if "deadline_utc" in gold:
                assert entry["deadline_at"] == gold["deadline_utc"]
