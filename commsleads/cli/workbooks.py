"""Tables on their way into a file, row by row: CSV, a workbook, or JSON. A million rows need no more memory than one.

A file appears whole or not at all. Words in it may be a stranger's, so none becomes a formula or a link.
"""

from __future__ import annotations

import csv
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path
from typing import IO, Any, NamedTuple

from commsleads.errors import CommsleadsError

ROWS = 1_048_575
"""Rows of a sheet beside its head: what does not fit goes on in another one."""
LONGEST = 32_767
"""Characters that a cell of a workbook holds."""
WIDTHS = {"id": 14, "lead_id": 14, "evidence": 22, "marks": 24}
"""Widths of columns, in characters; times take 17, others 12."""

Row = Mapping[str, Any]


class Table(NamedTuple):
    """A table with a name. Columns in `_at` are times, as the store keeps them. Its rows are read once."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Row]


def write_csv(out: Path, table: Table, zone: tzinfo) -> None:
    """One table. Times are those of the zone, with their offset."""
    from commsleads.delivery import cell

    with _whole(out) as path, path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(table.columns)
        for row in table.rows:
            writer.writerow([cell(_there(name, row.get(name), zone)) for name in table.columns])


def write_json(out: Path, head: Row, tables: Iterable[Table]) -> None:
    """All tables as lists of objects, after the keys of `head`. Times are UTC."""
    with _whole(out) as path, path.open("w", encoding="utf-8") as file:
        file.write("{\n")
        for place, (key, value) in enumerate(head.items()):
            before = ",\n" if place else ""
            file.write(f"{before} {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
        for table in tables:
            file.write(",\n")
            _list(file, table)
        file.write("\n}\n")


def _list(file: IO[str], table: Table) -> None:
    file.write(f" {json.dumps(table.name)}: [")
    for place, row in enumerate(table.rows):
        told = {name: row.get(name) for name in table.columns}
        told |= {name: None for name, value in told.items() if value == "" and name.endswith("_at")}
        file.write(f"{',' if place else ''}\n  {json.dumps(told, ensure_ascii=False)}")
    file.write("\n ]")


def write_xlsx(out: Path, tables: Iterable[Table], zone: tzinfo) -> None:
    """A sheet for each table. Times are dates of the zone, numbers are numbers, all else is text."""
    import xlsxwriter

    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd hh:mm",
    }  # fmt: skip
    # The file is opened before the workbook, which would leave its own files lying when it cannot be.
    with _whole(out) as path, path.open("wb") as file, xlsxwriter.Workbook(file, options) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        for table in tables:
            for name, rows in _pages(table):
                sheet = book.add_worksheet(name)
                _sheet(sheet, table.columns, rows, head, zone)


def _pages(table: Table) -> Iterator[tuple[str, Iterator[Row]]]:
    """The table in sheets that hold it: touches, touches 2, touches 3."""
    rows = iter(table.rows)
    number = 1
    while True:
        left = _Left(rows, ROWS)
        yield (table.name if number == 1 else f"{table.name} {number}"), left
        if left.ended or (following := next(rows, None)) is None:
            return
        rows = _from(following, rows)
        number += 1


class _Left(Iterator[Row]):
    """At most so many of these rows; `ended` says that there were no more."""

    def __init__(self, rows: Iterator[Row], most: int) -> None:
        self.rows = rows
        self.most = most
        self.ended = False

    def __next__(self) -> Row:
        if not self.most:
            raise StopIteration
        self.most -= 1
        try:
            return next(self.rows)
        except StopIteration:
            self.ended = True
            raise


def _from(first: Row, rest: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rest


def _sheet(sheet: Any, columns: Sequence[str], rows: Iterator[Row], head: Any, zone: tzinfo) -> None:
    sheet.freeze_panes(1, 0)
    for place, name in enumerate(columns):
        sheet.set_column(place, place, WIDTHS.get(name, 17 if name.endswith("_at") else 12))
        sheet.write_string(0, place, name, head)
    for number, row in enumerate(rows, 1):
        for place, name in enumerate(columns):
            _write(sheet, number, place, _there(name, row.get(name), zone, as_date=True))


def _write(sheet: Any, number: int, place: int, value: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(number, place, "yes" if value else "no")
    elif isinstance(value, int | float):
        sheet.write_number(number, place, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(number, place, value)
    else:
        sheet.write_string(number, place, str(value)[:LONGEST])


def _there(name: str, value: Any, zone: tzinfo, *, as_date: bool = False) -> Any:
    """A time of a column in `_at` in the zone: a date without an offset for a workbook, else with it."""
    if not (name.endswith("_at") and isinstance(value, str) and value):
        return value
    local = datetime.fromisoformat(value).astimezone(zone)
    return local.replace(tzinfo=None) if as_date else local.isoformat(timespec="minutes")


@contextmanager
def _whole(out: Path) -> Iterator[Path]:
    """A file beside the one that is wanted, which takes its place when it is written.

    It may name people: its owner alone may read it. Who shares it widens the rights.
    """
    temporary = out.with_name(f".{out.name}.{secrets.token_hex(6)}")
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield temporary
        temporary.replace(out)
    except OSError as error:
        raise CommsleadsError(f"{out} cannot be written: {error.strerror or error}.") from error
    finally:
        temporary.unlink(missing_ok=True)
