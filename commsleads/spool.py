"""The spool of the web process: clicks as lines in files beside the database, until they are in it.

A line is handed to the operating system before its click is answered, so a process that is killed loses none. It is on
the disk a tenth of a second later at most (`sync`, called by a thread): that is what a power cut can cost.

A file belongs to one process, which holds a lock on it as long as it lives; a file that nobody holds is finished.
Lines are bounded, have a version and a check value, and end in a newline: one that was torn is known as such.

::

    c1 <arrival> <asked> <link> <visitor> <network> <known> <marks> <agent> <referrer> <check>     a request at a link
    o1 <arrival> <why> <n> <slug> <check>                                                          one that led nowhere

The fields are separated by tabs; none of them can hold a tab or a newline.
"""

from __future__ import annotations

import os
import re
import secrets
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE, S_ISREG
from typing import Any, NamedTuple
from zlib import crc32

from commsleads.responses import Asked, Hit

fcntl: Any
try:
    import fcntl
except ImportError:  # pragma: no cover - Windows
    fcntl = None

SUFFIX = ".clicks"
LARGEST = 64 << 20
"""Bytes after which a new file is begun."""
LONGEST = 8_192
"""Bytes of one line; nothing that is written comes near."""
CHUNK = 1 << 20
HIGHEST = 1 << 60
"""No number of a line is higher; a database takes none that is much higher."""

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_ASKED = {str(one): one for one in Asked}
_fdatasync = getattr(os, "fdatasync", os.fsync)


class Orphan(NamedTuple):
    """A request that led nowhere: `why` is unknown, expired or retired; `n` how many of them."""

    slug: str
    why: str
    arrival: int
    n: int = 1


class Line(NamedTuple):
    """One line and where it began; `what` is None for one that cannot be read, with its bytes in `torn`."""

    offset: int
    what: Hit | Orphan | None
    torn: bytes = b""


def clean(text: str, longest: int = 500) -> str:
    """A text without controls and of bounded length, fit for a field."""
    return _UNSEEN.sub(" ", text[: 2 * longest]).strip()[:longest]


def click_line(arrival: int, asked: str, link: str, rest: bytes) -> bytes:
    """The line of a click; `rest` is what `click_rest` gave."""
    line = f"c1\t{arrival}\t{asked}\t{link}\t".encode() + rest
    return b"%b\t%08x\n" % (line, crc32(line))


def click_rest(*fields: str) -> bytes:
    """The fields of a click after its link: visitor, network, known, marks, agent, referrer, all cleaned."""
    return "\t".join(fields).encode("utf-8", "replace")


def orphan_line(orphan: Orphan) -> bytes:
    """The line of a request that led nowhere."""
    line = f"o1\t{orphan.arrival}\t{orphan.why}\t{orphan.n}\t{clean(orphan.slug, 100)}".encode("utf-8", "replace")
    return b"%b\t%08x\n" % (line, crc32(line))


def read_line(line: bytes, ident: str = "") -> Hit | Orphan | None:
    """What a line (without its newline) says, or None for one that is torn. `ident` is to be the id of a hit."""
    said, _, check = line.rpartition(b"\t")
    if len(check) != 8 or check != b"%08x" % crc32(said):
        return None
    try:
        version, written, *fields = said.decode().split("\t")
        arrival = int(written)
        if not -HIGHEST < arrival < HIGHEST:
            return None
        if version == "c1":
            asked, link, visitor, network, known, marks, agent, referrer = fields
            return Hit(ident, link, arrival, _ASKED[asked], visitor, network, known, agent, marks, referrer)
        if version == "o1":
            why, n, slug = fields
            return Orphan(slug, why, arrival, int(n)) if 0 < int(n) < HIGHEST else None
    except (ValueError, KeyError):
        pass
    return None


class Spool:
    """Where one process writes. `write` is for one thread, `sync` may be called by another.

    Nothing is raised when the disk is full or gone: `lost` counts the lines that could not be written, and `trouble`
    says why the last one could not.
    """

    def __init__(self, folder: Path, *, largest: int = LARGEST) -> None:
        self.folder = folder
        self.largest = largest
        self.lost = 0
        self.trouble = ""
        self._file = -1
        self._size = 0
        self._dirty = False
        self._torn = False
        self._lock = threading.Lock()

    def write(self, lines: list[bytes]) -> None:
        """Hand lines to the operating system, in one go."""
        if self._file < 0 or self._size >= self.largest:
            self._turn()
        data = lines[0] if len(lines) == 1 else b"".join(lines)
        front = b"\n" if self._torn else b""  # what was torn before ends here
        data = front + data
        done = 0
        try:
            done = os.write(self._file, data)
            if done != len(data):  # the disk is filling up, and says so when asked again
                done += os.write(self._file, data[done:])
        except OSError as error:
            self.trouble = f"{type(error).__name__}: {error}"
        self._size += done
        self._dirty = True
        self._torn = done != len(data) and (self._torn or done > 0)
        if done == len(data):
            self.trouble = ""
        else:
            self.trouble = self.trouble or "the disk took only a part"
            self.lost += len(lines) - max(data[:done].count(b"\n") - len(front), 0)

    def sync(self) -> None:
        """Have what was written on the disk."""
        with self._lock:
            if self._dirty and self._file >= 0:
                self._dirty = False
                try:
                    _fdatasync(self._file)
                except OSError as error:
                    self.trouble = f"{type(error).__name__}: {error}"

    def close(self) -> None:
        """Have all on the disk and let go of the file: it is finished."""
        self.sync()
        with self._lock:
            if self._file >= 0:
                os.close(self._file)
                self._file = -1

    @property
    def usable(self) -> bool:
        """Whether lines can be written, as far as is known."""
        if self._file < 0:
            self._turn()
        return self._file >= 0 and not self.trouble

    def _turn(self) -> None:
        """Begin a new file: locked under another name first, so that nobody takes it for a finished one."""
        self.close()
        self._torn = False
        try:
            make_folder(self.folder)
            name = f"{os.getpid()}-{secrets.token_hex(6)}"
            part = self.folder / f".{name}.part"
            file = os.open(
                part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_CLOEXEC", 0), 0o600
            )
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            part.rename(self.folder / f"{name}{SUFFIX}")
            _sync_folder(self.folder)
        except OSError as error:
            self.trouble = f"{type(error).__name__}: {error}"
            return
        self._file, self._size, self.trouble = file, 0, ""


def _sync_folder(folder: Path) -> None:
    """Have a new name on the disk, where folders can be synced."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def make_folder(folder: Path) -> None:
    """The folder, for its owner only, also where it was copied there with other rights."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if S_IMODE(folder.stat().st_mode) & 0o077:
        with suppress(OSError):
            folder.chmod(0o700)


def folder_of(database: Path) -> Path:
    """Where the spool of a database is."""
    return database.with_name(f"{database.name}-clicks")


def files(folder: Path) -> list[Path]:
    """The files of a spool, the oldest first."""
    found = []
    for file in folder.glob(f"*{SUFFIX}"):
        with suppress(OSError):  # read and deleted by another meanwhile
            about = file.lstat()
            if S_ISREG(about.st_mode):  # whoever put a folder, a pipe or a link to elsewhere there, it is no spool
                found.append((about.st_mtime_ns, file))
    return [file for _, file in sorted(found)]


def finished(file: Path) -> bool:
    """Whether nobody writes this file any more. Where files cannot be locked it never is as long as it is young."""
    try:
        with file.open("rb") as opened:
            if fcntl is None:  # pragma: no cover - Windows
                return False
            fcntl.flock(opened, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return True
    except OSError:
        return False


def lines(file: Path, start: int, *, end: bool, most: int = CHUNK, front: str = "") -> Iterator[Line]:
    """The lines from an offset on, within `most` bytes; at last one without content whose offset is where to go on.

    The id of a hit is `front` and its offset, so those of a file stand in order in the database, which has it easy with
    them. What stands after the last newline is left for the next time, unless this is the `end` (`finished`, asked
    before).
    Raises `FileNotFoundError` when the file is gone.
    """
    with file.open("rb") as opened:
        opened.seek(start)
        data = opened.read(most)
    whole = data.rfind(b"\n") + 1
    if (end and len(data) < most) or len(data) - whole > LONGEST:
        whole = len(data)
    place = 0
    while place < whole:
        stop = data.find(b"\n", place, whole)
        stop = whole if stop < 0 else stop
        if stop > place:
            line = data[place:stop]
            what = read_line(line, f"{front}{start + place:08x}")
            yield Line(start + place, what, b"" if what else line)
        place = stop + 1
    yield Line(start + min(place, whole), None)
