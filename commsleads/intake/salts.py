"""The salts of a day: what makes the hashes of visitors mean nothing tomorrow.

A salt is thirty-two random bytes in a file for its owner only, named by the day of the organisation's zone. All web
processes of a database share it. When its day is over it is overwritten and deleted, and there is no other copy: it is
never in the database nor in its backups. A destroyed salt never comes back: if the clock goes back over midnight, the
newest salt stays in use.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from commsleads.spool import make_folder
from commsleads.store.engine import micros

SIZE = 32
SUFFIX = ".salt"
AHEAD = timedelta(days=1)
"""How far a clock may go back before a salt that lies ahead is no longer believed: it would live too long."""
PART_KEPT = timedelta(minutes=1)


class Salt(NamedTuple):
    """A salt and the moments (microseconds since 1970) between which it need not be asked for again."""

    key: bytes
    low: int
    high: int


class Salts:
    """The salts in one folder."""

    def __init__(self, folder: Path, zone: ZoneInfo) -> None:
        self.folder = folder
        self.zone = zone

    def current(self, now: datetime) -> Salt:
        """The salt to use now; made when there is none, and those whose day is over are destroyed."""
        today = now.astimezone(self.zone).date()
        for _ in range(5):
            self.tend(now)
            days = sorted(self._days())
            day = days[-1] if days else today
            try:
                key = self._read(day) if days else self._make(day)
            except FileNotFoundError:  # another process was a moment faster at destroying it
                continue
            except OSError:  # it belongs to somebody else, or is no file
                break
            if len(key) == SIZE:
                return self._salt(key, day)
            destroy(self._file(day))
        # Nothing can be kept in this folder. Hashes of this process alone are better than none.
        return self._salt(secrets.token_bytes(SIZE), today)

    def tend(self, now: datetime) -> int:
        """Destroy the salts whose day is over, or that lie ahead by more than a day; how many."""
        today = now.astimezone(self.zone).date()
        gone = 0
        for day in self._days():
            if day < today or day > today + AHEAD:
                gone += destroy(self._file(day))
        for part in self.folder.glob(f".*{SUFFIX}"):  # of a process that was killed while it made one
            with contextlib.suppress(FileNotFoundError):
                if now.timestamp() - part.stat().st_mtime > PART_KEPT.total_seconds():
                    destroy(part)
        return gone

    def _days(self) -> list[date]:
        found = []
        for file in self.folder.glob(f"*{SUFFIX}"):
            with contextlib.suppress(ValueError):
                found.append(date.fromisoformat(file.name.removesuffix(SUFFIX)))
        return found

    def _file(self, day: date) -> Path:
        return self.folder / f"{day.isoformat()}{SUFFIX}"

    def _read(self, day: date) -> bytes:
        return self._file(day).read_bytes()

    def _make(self, day: date) -> bytes:
        """A new salt, or the one that another process made at the same moment."""
        part = self.folder / f".{secrets.token_hex(8)}{SUFFIX}"
        try:
            make_folder(self.folder)
            file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(file, "wb") as opened:
                opened.write(secrets.token_bytes(SIZE))
                opened.flush()
                os.fsync(opened.fileno())
            # A link is made whole and only if there is none: nobody ever reads half a salt.
            with contextlib.suppress(FileExistsError):
                os.link(part, self._file(day))
            part.unlink()
            return self._read(day)
        except FileNotFoundError:
            raise
        except OSError:
            return b""

    def _salt(self, key: bytes, day: date) -> Salt:
        end = datetime.combine(day + timedelta(days=1), time(), self.zone).astimezone(UTC)
        start = datetime.combine(day - AHEAD, time(), self.zone).astimezone(UTC)
        return Salt(key, micros(start), micros(end))


def destroy(file: Path) -> bool:
    """Overwrite a file and delete it. One that has a second name is only deleted: the other is in use."""
    try:
        with file.open("r+b") as opened:
            if os.fstat(opened.fileno()).st_nlink == 1:
                opened.write(secrets.token_bytes(SIZE))
                opened.flush()
                os.fsync(opened.fileno())
        file.unlink()
    except OSError:
        return False
    return True
