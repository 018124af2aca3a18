"""Contacts out of a list: every good row kept, every other one told with its number and the reason.

The same address is the same person, and so is the same name at the same outlet. Whoever is only like somebody (the
names swapped, an initial) is taken in as another, and the pair is suggested: joining people is for people.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, NoReturn

from commsleads import text
from commsleads.contacts.record import Book, stands
from commsleads.enquiries import PREFERRED
from commsleads.errors import LeadError
from commsleads.lists import Row
from commsleads.rules.campaigns import identity
from commsleads.rules.contacts import columns
from commsleads.rules.contacts.likeness import WEAK, Known, alike
from commsleads.store import history
from commsleads.store.campaigns import objections
from commsleads.store.contacts import gathering
from commsleads.store.contacts.origins import learned
from commsleads.store.desk import people
from commsleads.store.desk.people import Person

BASIS = "legitimate interest"
LOOKED_AT = 10
"""Rows among which the names of the columns are looked for: lists may begin with a title."""
LONGEST = 300
MOST = 10
"""Addresses or numbers in one cell, beats of one person."""
_BETWEEN = re.compile(r"[;,|\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How a list is to be read. `origin` says where it is from, where no column does; `columns` maps fields to
    the names of columns."""

    origin: str
    basis: str = BASIS
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Imported:
    """What an import came to. `bad` and `doubtful` are rows with their number and why; `suggested` are pairs that may
    be one person; `refused` counts who asked not to be written to and is nobody here; `unread` names columns."""

    read: int = 0
    new: int = 0
    known: int = 0
    refused: int = 0
    bad: list[dict[str, Any]] = field(default_factory=list)
    doubtful: list[dict[str, Any]] = field(default_factory=list)
    suggested: list[dict[str, Any]] = field(default_factory=list)
    unread: tuple[str, ...] = ()


class _Line(NamedTuple):
    """One good row."""

    number: int
    name: str
    outlet: str
    role: str
    beats: tuple[str, ...]
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    preferred: str
    origin: str


class _BadRowError(Exception):
    """Why a row is not taken."""


class _UndoneError(Exception):
    """Nothing of a dry run stays."""


def import_rows(book: Book, rows: Sequence[Row], wanted: Wanted, *, dry_run: bool = False) -> Imported:
    """Take the people of a list in. The same list again brings nobody new.

    Raises `LeadError` when the list as a whole cannot be understood; then nothing was kept.
    """
    found, lines = _lines(rows, wanted)
    try:
        with book.session.atomic():
            _take(book, lines, wanted, found)
            if dry_run:
                _undo()
    except _UndoneError:
        pass
    return found


def _undo() -> NoReturn:
    raise _UndoneError


def _take(book: Book, lines: Sequence[_Line], wanted: Wanted, found: Imported) -> None:
    new: dict[str, int] = {}
    outlets = {name: there.name for name in {line.outlet for line in lines} if (there := book.outlet(name))}
    refused = objections.among(book.session, [address for line in lines for address in line.emails])
    for row in lines:
        line = row._replace(outlet=outlets.get(row.outlet, row.outlet))
        if refused.intersection(line.emails) and not people.addressed(book.session, list(line.emails)):
            found.refused += 1
            _doubt(found, line, f"{objections.WHY}, and is not taken in")
            continue
        contact, fresh = _one(book, line, wanted.basis, found)
        if fresh:
            new[contact] = line.number
            found.new += 1
        else:
            found.known += 1
            stands(book, contact)
    found.suggested = _suggested(book, new)
    if new:
        after = {"origin": wanted.origin, "read": found.read, "new": found.new, "known": found.known}
        history.record(
            book.session, book.now, who=book.who.id, what="imported", kind="contacts", row_id="list", after=after
        )


def _one(book: Book, line: _Line, basis: str, found: Imported) -> tuple[str, bool]:
    """The contact that a row is, and whether they are new."""
    owners = people.addressed(book.session, list(line.emails))
    mine = next((one for one in line.emails if one in owners), line.emails[0] if line.emails else "")
    phone = line.phones[0] if line.phones else ""
    person = Person(name=line.name, email=mine, phone=phone, outlet=line.outlet, role=line.role)
    again = _again(book, line)
    fresh = not again and people.known(book.session, person) is None
    how: dict[str, Any] = {"at": book.now, "origin": line.origin}
    contact = again or people.identify(
        book.session, person, erase_after=book.kept_until, basis=basis, by=book.who.id, **how
    )  # fmt: skip
    if not fresh and mine:
        _renamed(book, contact, line, found)
    for address in line.emails:
        if owners.get(address, contact) == contact:
            people.reached_by(book.session, contact, Person(email=address), **how)
            learned(book.session, contact, {"email": address}, basis=basis, by=book.who.id, **how)
        else:
            _doubt(found, line, f"gives {address}, which is another contact's ({owners[address]}); left with them")
    for number in line.phones:
        people.reached_by(book.session, contact, Person(phone=number), **how)
        learned(book.session, contact, {"phone": number}, basis=basis, by=book.who.id, **how)
    _rest(book, contact, line, basis)
    return contact, fresh


def _again(book: Book, line: _Line) -> str:
    """Who came with this row before, where neither an address nor an outlet says it."""
    if line.emails or line.outlet:
        return ""
    numbers = [people.folded_phone(one) for one in line.phones]
    return gathering.came(book.session, people.folded_name(line.name), numbers, line.origin)


def _rest(book: Book, contact: str, line: _Line, basis: str) -> None:
    how: dict[str, Any] = {"at": book.now, "origin": line.origin, "basis": basis, "by": book.who.id}
    if line.beats:
        gathering.add_beats(book.session, contact, line.beats)
        for beat in line.beats:
            learned(book.session, contact, {"beat": beat}, **how)
    if line.preferred:
        people.prefers(book.session, contact, line.preferred, **how)


def _renamed(book: Book, contact: str, line: _Line, found: Imported) -> None:
    """An address under another name may have changed hands, or the words of the name stand the other way round."""
    known = people.shown(book.session, [contact])[contact]["name"]
    mine, theirs = identity.words(line.name), identity.words(known)
    if mine and theirs and mine != theirs:
        same = sorted(mine.split()) == sorted(theirs.split())
        why = "the words of the name in another order" if same else "another name"
        _doubt(found, line, f"has the address of “{known[:60]}” and {why}; taken for the same, whose name stays")


def _doubt(found: Imported, line: _Line, why: str) -> None:
    found.doubtful.append({"row": line.number, "why": why})


def _suggested(book: Book, new: Mapping[str, int]) -> list[dict[str, Any]]:
    """Pairs of somebody new and somebody at the same outlet, or with the same number, who may be the same."""
    if not new:
        return []
    beside = gathering.beside(book.session, list(new))
    found = []
    for pair in alike((Known(*one) for one in beside), apart=gathering.apart(book.session)):
        if pair.weight > WEAK and (pair.one in new or pair.other in new):
            row = new.get(pair.one, new.get(pair.other))
            found.append({"row": row, "one": pair.one, "other": pair.other, "reasons": list(pair.reasons)})
    return sorted(found, key=lambda one: (one["row"], one["one"], one["other"]))


# --- reading rows --------------------------------------------------------------------------------------------------


def _lines(rows: Sequence[Row], wanted: Wanted) -> tuple[Imported, list[_Line]]:
    if not rows:
        raise LeadError("The list is empty.")
    if not wanted.origin.strip():
        raise LeadError("Say where the list is from: --origin TEXT. Every datum of a person keeps its origin.")
    start, header = _header(rows, wanted.columns)
    places = columns.guess(header, wanted.columns)
    if places.problems:
        raise LeadError(*places.problems)
    found = Imported(unread=places.unread)
    lines = []
    for row in rows[start:]:
        found.read += 1
        try:
            lines.append(_line(row, places.at, len(header), wanted))
        except _BadRowError as error:
            found.bad.append({"row": row.number, "why": str(error)})
    return found, lines


def _header(rows: Sequence[Row], said: Mapping[str, str]) -> tuple[int, list[str]]:
    """Where the data begin, and the names of the columns; all `--column` by number means there may be no names."""
    wanted = {name.strip().casefold() for name in said.values()}
    for place, row in enumerate(rows[:LOOKED_AT]):
        if columns.is_header(row.cells) or wanted & {cell.strip().casefold() for cell in row.cells}:
            return place + 1, row.cells
    if said and all(name.strip().isdecimal() for name in said.values()):
        return 0, [""] * max(len(row.cells) for row in rows[:LOOKED_AT])
    return 1, rows[0].cells


def _line(row: Row, at: Mapping[str, int], width: int, wanted: Wanted) -> _Line:
    if any(cell.strip() for cell in row.cells[width:]):
        raise _BadRowError(f"has {len(row.cells)} cells where the first row has {width}")
    cell = {name: row.cells[n] if n < len(row.cells) else "" for name, n in at.items()}
    if cell.get("name", "").strip().count("\n"):
        raise _BadRowError("has several lines in a name; a quotation mark may not be closed")
    said = {name: _plain(value)[:LONGEST] for name, value in cell.items()}
    preferred = said.get("preferred", "").lower()
    if preferred and preferred not in PREFERRED:
        raise _BadRowError(f"says “{preferred[:40]}” of how to reach them; there is: {', '.join(PREFERRED)}")
    line = _Line(
        number=row.number, name=_name(said), outlet=said.get("outlet", ""), role=said.get("role", ""),
        beats=_several(cell.get("beat", "")), emails=_emails(cell), phones=_phones(cell), preferred=preferred,
        origin=said.get("origin", "") or _plain(wanted.origin)[:LONGEST],
    )  # fmt: skip
    if not line.name and not line.emails and not line.phones:
        raise _BadRowError("tells nobody: no name, address or number")
    return line


def _name(said: Mapping[str, str]) -> str:
    first, last, name = said.get("first_name", ""), said.get("last_name", ""), said.get("name", "")
    if not name:
        return f"{first} {last}".strip()
    if first and identity.words(first) not in identity.words(name):  # "Name" beside "Vorname" is the family name
        return f"{first} {name}"
    return name


def _emails(cell: Mapping[str, str]) -> tuple[str, ...]:
    found = []
    for given in _several(f"{cell.get('email', '')};{cell.get('email_2', '')}"):
        folded = identity.address(given)
        if not folded:
            raise _BadRowError(f"has “{given[:80]}” where a mail address is asked for")
        found.append(folded)
    return tuple(dict.fromkeys(found))


def _phones(cell: Mapping[str, str]) -> tuple[str, ...]:
    found = []
    for given in _several(f"{cell.get('phone', '')};{cell.get('phone_2', '')}"):
        if len(people.folded_phone(given)) < 3 or len(given) > 60:
            raise _BadRowError(f"has “{given[:60]}” where a telephone number is asked for")
        found.append(given)
    return tuple(dict.fromkeys(found))


def _several(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (_plain(part)[:LONGEST] for part in _BETWEEN.split(cell)))))[:MOST]


def _plain(cell: str) -> str:
    """Words of a cell; what looks like markup is words as well."""
    given = cell[: LONGEST * 2]
    return text.title(given.replace("&", "&amp;").replace("<", "&lt;") if "<" in given or "&" in given else given)
