"""A finished document as files in a folder: each appears whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from commsleads.contract import Document, Period
from commsleads.errors import ReportError

_UNSAFE = re.compile(r"[^\w.-]+")
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def write_files(document: Document, name: str, period: Period, folder: Path) -> list[Path]:
    """Write the document as html, txt, md and json (csv, if it has a table; what is attached), and say where.

    What is written for another audience has its name behind that of the period: `weekly-2026-W47-director.html`. The
    pictures stand in the page itself. Each file appears whole or not at all, and writing again gives the same bytes.
    Raises `ReportError`.
    """
    from commsleads.printing import page_of

    base = stem(name, period.label)
    files = {
        f"{base}.html": page_of(document).encode(),
        f"{base}.txt": document.text.encode(),
        f"{base}.md": document.markdown.encode(),
        f"{base}.json": as_json(document.data).encode(),
    }
    for version in document.versions:
        other = f"{base}-{safe(version.audience)}"
        files |= {
            f"{other}.html": page_of(document, version.audience).encode(),
            f"{other}.txt": version.text.encode(),
            f"{other}.md": version.markdown.encode(),
        }
    if (table := as_csv(document.data)) is not None:
        files[f"{base}.csv"] = b"\xef\xbb\xbf" + table.encode()  # spreadsheets know UTF-8 by this mark only
    files |= {f"{base}-{safe(item.name)}": item.content for item in document.attachments}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [_replace(folder / file, content) for file, content in files.items()]
    except OSError as error:
        raise ReportError(
            f"The {name} report could not be written to {folder}: {error.strerror or error}. "
            "Make room or give this user the right to write there, and it is written at the next run."
        ) from error


def stem(name: str, label: str) -> str:
    """What the files of one report and period are called, without their endings: `weekly-2026-W47`."""
    return safe(f"{name}-{label}")


def as_json(data: Mapping[str, Any]) -> str:
    """The figures of a document as JSON text, the same for the same figures."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def as_csv(data: Mapping[str, Any]) -> str | None:
    """The table of a document (`contract.Document`) as CSV, None when it has none.

    Columns in `_at` are times, told in the zone of the document's period with their offset, because people read them.
    A cell that a spreadsheet would take for a formula begins with an apostrophe: its words may be a stranger's.
    """
    name = data.get("table")
    if not name:
        return None
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(data["columns"])
    zone = ZoneInfo(data.get("period", {}).get("zone", "UTC"))
    for row in data[name]:
        writer.writerow([cell(_there(column, row[column], zone)) for column in data["columns"]])
    return text.getvalue()


def _there(column: str, value: Any, zone: ZoneInfo) -> Any:
    if column.endswith("_at") and isinstance(value, str) and value:
        return datetime.fromisoformat(value).astimezone(zone).isoformat(timespec="minutes")
    return value


def cell(value: Any) -> Any:
    """A value as a cell of a CSV: one line, and never a formula. A stranger may have written it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        value = _BREAKS.sub(" ", value)
        return f"'{value}" if value.lstrip(" '\"").startswith(tuple("=+-@＝＋－＠")) else value
    return value


def safe(name: str) -> str:
    """A name that stays in its folder."""
    return _UNSAFE.sub("-", name).strip(".-") or "report"


def _replace(path: Path, content: bytes) -> Path:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return path
