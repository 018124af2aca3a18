"""Files that people hand over: any usual encoding and dialect, workbooks, and what is none of these."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commsleads import lists
from commsleads.errors import CampaignError
from commsleads.lists import read
from tests.campaigns.sheets import grid, ods, packed, xlsx

ROWS = [["Name", "E-Mail"], ["Müller, Ada", "ada@news.example"], ["Šön Okoro", "ben@news.example"]]


def written(folder: Path, content: bytes, name: str = "list.csv") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def cells(path: Path, sheet: str = "") -> list[list[str]]:
    return [row.cells for row in read(path, sheet)]


def as_text(rows: Sequence[Sequence[str]], delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_encodings_and_dialects(tmp_path: Path, encoding: str, delimiter: str, quoting: int) -> None:
    """As Excel, Numbers, Calc and scripts write them."""
    content = as_text(ROWS, delimiter, quoting).encode(encoding)
    assert cells(written(tmp_path, content)) == ROWS


def test_blank_rows_are_left_out_and_numbers_stay(tmp_path: Path) -> None:
    """The number is the one that a spreadsheet shows."""
    assert [row.number for row in read(written(tmp_path, b"Name\r\n\r\nAda\r\n , \r\nBen\r\n"))] == [1, 3, 5]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_any_bytes_are_rows_or_refused(tmp_path: Path, content: bytes) -> None:
    """Nothing else comes out of it."""
    if content.startswith((b"PK", lists._OLD_WORKBOOK)):
        return
    try:
        for row in read(written(tmp_path, content)):
            assert row.cells
    except CampaignError as error:
        assert str(error).endswith(".")  # noqa: PT017 - either of the two is right


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=9),
                      min_size=2, max_size=2), min_size=1, max_size=6),
    st.sampled_from(",;\t"),
)  # fmt: skip
def test_what_a_spreadsheet_wrote_comes_back(tmp_path: Path, rows: list[list[str]], delimiter: str) -> None:
    """Beneath the names of columns, cells of all scripts and signs are as they were."""
    given_rows = [["Name", "E-Mail"], *rows]
    content = as_text(given_rows, delimiter, csv.QUOTE_ALL).encode("utf-8-sig")
    assert cells(written(tmp_path, content)) == [row for row in given_rows if any(cell.strip() for cell in row)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\x00\x00\r\n", "is empty"),
        (bytes(range(256)) * 9, "neither text nor a workbook"),
        (b"\xff\xfea\x00b", "begins as UTF-16 and is not"),
        (b'"' + b"x" * 200_000, "quotation mark may not be closed"),
        (b"PK\x03\x04rubbish", "cannot be unpacked"),
        (packed({"word/document.xml": "<a/>"}), "cannot be read as a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 1_000, "cannot be read as a workbook"),
        (packed({"a.xml": "x" * (lists.UNPACKED + 1)}), "unpacks to more than 150 MB"),
        (b"a," * 600, "a list has at most 500"),
    ],
    ids=["empty", "zeros", "bytes", "half", "open", "no-zip", "document", "no-xls", "bomb", "wide"],
)
def test_what_is_no_list_is_refused_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    """With the name of the file and what to do."""
    with pytest.raises(CampaignError, match=words):
        read(written(tmp_path, content))


def test_a_file_that_is_not_there_or_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more of it is read than is allowed."""
    with pytest.raises(CampaignError, match="No such file"):
        read(tmp_path / "none.csv")
    with pytest.raises(CampaignError, match="cannot be read"):
        read(tmp_path)
    monkeypatch.setattr(lists, "LARGEST", 1_000)
    with pytest.raises(CampaignError, match="larger than"):
        read(written(tmp_path, b"a\n" * 501))


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of the largest size is read, one row more is refused."""
    monkeypatch.setattr(lists, "ROWS", 10)
    assert len(read(written(tmp_path, b"a\n" * 10))) == 10
    with pytest.raises(CampaignError, match="more than 10 rows"):
        read(written(tmp_path, b"a\n" * 11))


def test_a_workbook(tmp_path: Path) -> None:
    """Numbers without a point, formulas as values, rows with their own numbers, the first sheet or the named one."""
    made = xlsx({
        "Liste": grid([["Name", "Zahl"], ["=HYPERLINK(1)|Ada", 12.0], ["Ben", 1.5]], first=4),
        "Andere": grid([["E-Mail"], ["b@x.example"]]),
    })  # fmt: skip
    path = written(tmp_path, made, "list.xlsx")
    assert [(row.number, row.cells) for row in read(path)] == [
        (4, ["Name", "Zahl"]), (5, ["Ada", "12"]), (6, ["Ben", "1.5"]),
    ]  # fmt: skip
    assert cells(path, "Andere") == [["E-Mail"], ["b@x.example"]]
    with pytest.raises(CampaignError, match="There is: Liste, Andere"):
        read(path, "Dritte")
    with pytest.raises(CampaignError, match="has no sheets"):
        read(written(tmp_path, b"a,b"), "Liste")


def test_an_open_document(tmp_path: Path) -> None:
    """A last row that says it stands there a million times is blank, or too many."""
    rows = [["Name", "E-Mail"], ["Ada", "a@x.example"]]
    assert cells(written(tmp_path, ods(rows), "list.ods")) == rows
    assert cells(written(tmp_path, ods([*rows, ["", ""]], repeat=1_048_000), "list.ods")) == rows
    with pytest.raises(CampaignError, match="more than 200,000 rows"):
        read(written(tmp_path, ods(rows, repeat=1_048_000), "list.ods"))


def test_a_sheet_of_seventeen_thousand_million_cells_harms_nobody(tmp_path: Path) -> None:
    """Two cells at its corners; the child is stopped by its limit, and the words say so."""
    made = xlsx({"One": {"A1": "Name", "XFD1048576": "x"}})
    with pytest.raises(CampaignError, match=r"list\.xlsx: "):
        read(written(tmp_path, made, "list.xlsx"))
