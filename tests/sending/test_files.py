"""Documents as files: each appears whole, for each audience, with its pictures in it."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commsleads.contract import Attachment, Document, Period, Picture, Version
from commsleads.delivery import stem, write_files
from commsleads.errors import ReportError

PERIOD = Period(datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC), "2026-W47")
DIGEST = Document(
    subject="Comms wk 47: 12 stories",
    text="Zwölf Geschichten.\n.\nFrom here on\n" + "x" * 2000,
    html='<html lang="en"><p>Zwölf Geschichten &amp; ein Bild</p></html>',
    markdown="# Week 47\n",
    data={"edition": 1, "name": "Zwölf", "rows": ["a", "b"]},
)


def test_files_are_written_and_written_again(tmp_path: Path) -> None:
    """Four renderings by name and period; a second run gives the same bytes and leaves nothing else behind."""
    folder = tmp_path / "out" / "digests"
    paths = write_files(DIGEST, "weekly", PERIOD, folder)
    assert [path.name for path in paths] == [
        f"{stem('weekly', '2026-W47')}.{end}" for end in ("html", "txt", "md", "json")
    ]
    before = [path.read_bytes() for path in paths]
    assert before[1].decode() == DIGEST.text
    assert json.loads(before[3]) == DIGEST.data
    assert [path.read_bytes() for path in write_files(DIGEST, "weekly", PERIOD, folder)] == before
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in paths)


def test_names_stay_in_the_folder(tmp_path: Path) -> None:
    """No name of a report, a period or an attachment leads out of the folder."""
    sheet = Attachment(name="../../etc/passwd", media_type="text/csv", content=b"a,b")
    document = Document(subject="s", text="t", html="h", markdown="m", data={}, attachments=(sheet,))
    period = Period(PERIOD.start, PERIOD.end, "../2026")
    paths = write_files(document, "../weekly/..", period, tmp_path / "out")
    assert {path.parent for path in paths} == {tmp_path / "out"}
    assert paths[-1].read_bytes() == b"a,b"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """Where a file stands in the way of the folder, the message names both and nothing is half written."""
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(ReportError, match="weekly report could not be written"):
        write_files(DIGEST, "weekly", PERIOD, tmp_path / "out")


def test_a_file_that_cannot_be_replaced_leaves_no_scrap(tmp_path: Path) -> None:
    """When a folder has the name of the file, the temporary file is taken away again."""
    (tmp_path / f"{stem('weekly', '2026-W47')}.html").mkdir()
    with pytest.raises(ReportError):
        write_files(DIGEST, "weekly", PERIOD, tmp_path)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
def test_files_are_for_the_office(tmp_path: Path) -> None:
    """A digest is readable as the umask allows, and not for its writer alone."""
    mask = os.umask(0o022)
    try:
        path = write_files(DIGEST, "weekly", PERIOD, tmp_path)[0]
    finally:
        os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o644


def test_each_audience_has_its_page_with_pictures(tmp_path: Path) -> None:
    """The pages stand alone: the picture is drawn in them, and the foot of a mail is not there."""
    trend = Picture(name="trend", title="T", alt="More.", svg="<svg><g/></svg>", png=b"png", width=9, height=9)
    html = '<p>Week</p><img src="cid:trend" alt="More." width="9" height="9"><!--letter-foot-->'
    short = Version(audience="director", subject="s", text="short", html=html, markdown="short")
    document = Document(subject="s", text="t", html=html, markdown="m", data={}, pictures=[trend], versions=[short])
    names = [path.name for path in write_files(document, "weekly", PERIOD, tmp_path)]
    assert names == [f"weekly-2026-W47{end}" for end in (
        ".html", ".txt", ".md", ".json", "-director.html", "-director.txt", "-director.md")]  # fmt: skip
    for name in ("weekly-2026-W47.html", "weekly-2026-W47-director.html"):
        page = (tmp_path / name).read_text()
        assert "<svg" in page
        assert "cid:" not in page
        assert "letter-foot" not in page
