"""Lists that people hand over, as rows of text: CSV in the encodings and dialects that are met, XLSX, ODS, XLS.

A workbook is read in a child process with a limit of memory and time: a few bytes in it can say that a sheet has
seventeen thousand million cells. Sizes are looked at before anything is unpacked. Formulas come as the values they had
when the file was saved.
"""

from __future__ import annotations

import asyncio
import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from commsleads.apart import Apart
from commsleads.errors import CampaignError, CollectError

LARGEST = 30_000_000
"""Bytes of a list."""
UNPACKED = 150_000_000
"""Bytes of a workbook when it is unpacked."""
ROWS = 200_000
COLUMNS = 500
LONGEST_CELL = 2_000
"""Characters kept of a cell."""
_SECONDS = 60.0
_MEMORY = 1_500_000_000
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DELIMITERS = ",;\t|"


class Row(NamedTuple):
    """One row of a list, with the number that a person sees beside it."""

    number: int
    cells: list[str]


def read(path: Path, sheet: str = "") -> list[Row]:
    """The rows of a list that hold something. Raises `CampaignError` when it is none, or too large."""
    content = _bytes(path)
    if content.startswith((b"PK", _OLD_WORKBOOK)):
        return _workbook(content, sheet, path.name)
    if sheet:
        raise CampaignError(f"{path.name} is no workbook and has no sheets. Leave out --sheet.")
    return _text(content, path.name)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise CampaignError(f"{path} cannot be read: {error.strerror or error}.") from None
    except ValueError:
        raise CampaignError("The name of the file holds a character that no file name can hold.") from None
    if len(content) > LARGEST:
        raise CampaignError(f"{path.name} is larger than {LARGEST // 10**6} MB. Split the list.")
    if not content.strip(b"\x00 \r\n\t"):
        raise CampaignError(f"{path.name} is empty.")
    return content


# --- text ----------------------------------------------------------------------------------------------------------


def _text(content: bytes, name: str) -> list[Row]:
    text = _decoded(content, name)
    rows: list[Row] = []
    # strict would refuse what spreadsheets themselves write; a quote left open is told by its length
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    before = 0
    try:
        for cells in reader:
            number, before = before + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                rows.append(_row(number, cells, name))
            if len(rows) > ROWS:
                raise CampaignError(_too_many(name))
    except csv.Error as error:
        raise CampaignError(f"{name} cannot be read after line {before}: {_csv_words(str(error))}") from None
    return rows


def _csv_words(error: str) -> str:
    if "field larger" in error:
        return "a cell has more than 131,072 characters; a quotation mark may not be closed."
    return f"{error}."


def _decoded(content: bytes, name: str) -> str:
    """The text: by its mark, else UTF-8, else UTF-16 by its zeros, else what Windows writes in western Europe."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _checked(content, encoding, name)
    start = content[:2_000]
    if zeros := start.count(0):
        if zeros < len(start) // 4:
            raise CampaignError(f"{name} is neither text nor a workbook. Save the list as CSV or XLSX.")
        return _checked(content, "utf-16-be" if start[0] == 0 else "utf-16-le", name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _checked(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise CampaignError(f"{name} begins as {encoding.upper()} and is not. Save it anew as UTF-8.") from None


def _delimiter(text: str) -> str:
    """What stands between cells: the sign that the first lines hold equally often outside of quotes, the oftenest."""
    if text[:4].lower() == "sep=" and text[4:5] in _DELIMITERS:
        return text[4]
    lines = [line for line in text[:20_000].splitlines()[:20] if line.strip()]
    counts = {sign: [_outside(line, sign) for line in lines] for sign in _DELIMITERS}
    return max(_DELIMITERS, key=lambda sign: (min(counts[sign], default=0), max(counts[sign], default=0)))


def _outside(line: str, sign: str) -> int:
    return sum(part.count(sign) for part in line.split('"')[::2])


# --- workbooks -----------------------------------------------------------------------------------------------------


def _workbook(content: bytes, sheet: str, name: str) -> list[Row]:
    if content.startswith(b"PK"):
        _measure(content, name)

    async def apart() -> list[tuple[int, list[str]]]:
        child = Apart(memory=_MEMORY)
        try:
            return await child.run(read_workbook, content, sheet, seconds=_SECONDS)
        finally:
            await child.close()

    try:
        found = asyncio.run(apart())
    except CollectError as error:
        raise CampaignError(f"{name}: {error}") from None
    if len(found) > ROWS:
        raise CampaignError(_too_many(name))
    return [_row(number, cells, name) for number, cells in found]


def _measure(content: bytes, name: str) -> None:
    """Refuse a workbook that would unpack to more than is read; the sizes it states are kept to when it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            total = sum(part.file_size for part in parts)
            for part in parts:
                if part.flag_bits & 1:
                    raise CampaignError(f"{name} is locked with a password. Save it without one.")
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise CampaignError(f"{name} looks like a workbook and cannot be unpacked: {error}.") from None
    if total > UNPACKED or len(parts) > 10_000:
        raise CampaignError(f"{name} unpacks to more than {UNPACKED // 10**6} MB. Save the list as CSV.")


def read_workbook(content: bytes, sheet: str) -> list[tuple[int, list[str]]]:
    """The rows of one sheet that hold something, with their numbers. Runs in the child process."""
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except calamine.PasswordError:
        raise CollectError("it is locked with a password. Save it without one.") from None
    except calamine.CalamineError as error:
        raise CollectError(f"it cannot be read as a workbook ({str(error)[:200]}).") from None
    with book:
        names = book.sheet_names
        if sheet and sheet not in names:
            raise CollectError(f"no sheet is called “{sheet[:60]}”. There is: {', '.join(names[:30])}.")
        if not names:
            raise CollectError("it has no sheets.")
        chosen = book.get_sheet_by_name(sheet or names[0])
        if chosen.height > 10 * ROWS or chosen.width > 10 * COLUMNS:
            raise CollectError(f"the sheet is {chosen.width:,} columns by {chosen.height:,} rows. Save it as CSV.")
        return list(_filled(chosen.iter_rows()))


def _filled(rows: Iterator[list[Any]]) -> Iterator[tuple[int, list[str]]]:
    blank, found = 0, 0
    for place, cells in enumerate(rows):
        texts = [_cell(cell) for cell in cells]
        while texts and not texts[-1].strip():
            texts.pop()
        blank = 0 if texts else blank + 1
        if texts:
            found += 1
            yield place + 1, texts
        if found > ROWS or blank > ROWS:
            return


def _cell(value: Any) -> str:
    """A cell as a person reads it: 12.0 is 12, a day is ISO."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value)


def _row(number: int, cells: list[str], name: str) -> Row:
    if len(cells) > COLUMNS:
        raise CampaignError(f"{name}, row {number}: it has {len(cells):,} cells; a list has at most {COLUMNS}.")
    return Row(number, [cell[:LONGEST_CELL] for cell in cells])


def _too_many(name: str) -> str:
    return f"{name} has more than {ROWS:,} rows. Split the list."
