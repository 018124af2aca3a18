"""Targets out of a list: every good row is kept, every other one is told with its number and the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from commsleads import text
from commsleads.errors import CampaignError
from commsleads.lists import Row
from commsleads.plan import Campaign
from commsleads.responses import TARGET_KINDS
from commsleads.rules.campaigns import columns, identity, statuses
from commsleads.rules.campaigns.groups import kept_until
from commsleads.rules.campaigns.identity import Entry
from commsleads.store import history
from commsleads.store.campaigns import objections, targets
from commsleads.store.campaigns.erasing import ERASED
from commsleads.store.contacts.keeping import stopped
from commsleads.store.desk.people import addressed
from commsleads.store.engine import Session, stamp

BASIS = "legitimate interest"
MOST_LINES = 20
"""Line ends in a note; names and addresses have none."""
LOOKED_AT = 10
"""Rows among which the names of the columns are looked for: lists may begin with a title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How a list is to be read. `columns` maps fields to the names of columns; `origin` says where the list is from."""

    group: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    control: bool = False
    kind: str = ""
    basis: str = BASIS
    origin: str = "a list"


@dataclass(slots=True)
class Imported:
    """What an import came to. `bad` and `doubtful` are rows with their number and why; `unread` names columns."""

    read: int = 0
    new: int = 0
    known: int = 0
    excluded: int = 0
    bad: list[dict[str, Any]] = field(default_factory=list)
    doubtful: list[dict[str, Any]] = field(default_factory=list)
    unread: tuple[str, ...] = ()


class _Line(NamedTuple):
    """One good row."""

    number: int
    entry: Entry
    group: str
    kind: str
    note: str
    control: bool
    excluded: str


class _BadRowError(Exception):
    """Why a row is not taken."""


def import_rows(
    session: Session,
    campaign: Campaign,
    rows: Sequence[Row],
    wanted: Wanted,
    *,
    zone: ZoneInfo,
    keep: timedelta,
    now: datetime,
    by: str,
    dry_run: bool = False,
) -> Imported:
    """Take the targets of a list into a campaign. The same list again brings nobody new.

    Raises `CampaignError` when the list as a whole cannot be understood; then nothing was kept.
    """
    found, lines = _lines(campaign, rows, wanted)
    with session.atomic():
        work = _Work(session, campaign, wanted, found)
        work.take(lines)
        if not dry_run:
            work.write(by=by, now=now, until=kept_until(campaign, zone, keep, now))
    return found


# --- reading rows --------------------------------------------------------------------------------------------------


def _lines(campaign: Campaign, rows: Sequence[Row], wanted: Wanted) -> tuple[Imported, list[_Line]]:
    groups = {group.name for group in campaign.targets}
    if wanted.group and groups and wanted.group not in groups:
        raise CampaignError(
            f"“{campaign.id}” has no group “{wanted.group[:60]}”. There is: {', '.join(sorted(groups))}."
        )
    if not rows:
        raise CampaignError("The list is empty.")
    start, header = _header(rows, wanted.columns)
    places = columns.guess(header, wanted.columns)
    problems = list(places.problems)
    if not wanted.group and "group" not in places.at:
        problems.append("Say which group they are: --group NAME, or a column: --column group=NAME.")
    if problems:
        raise CampaignError(*problems)
    found = Imported(unread=places.unread)
    lines = []
    for row in rows[start:]:
        found.read += 1
        try:
            lines.append(_line(row, places.at, len(header), wanted, groups))
        except _BadRowError as error:
            found.bad.append({"row": row.number, "why": str(error)})
    return found, lines


def _header(rows: Sequence[Row], said: Mapping[str, str]) -> tuple[int, list[str]]:
    """Where the data begin, and the names of the columns; all `--column` by number means there may be no names."""
    for place, row in enumerate(rows[:LOOKED_AT]):
        if columns.is_header(row.cells):
            return place + 1, row.cells
    wanted = {name.strip().casefold() for name in said.values()}
    for place, row in enumerate(rows[:LOOKED_AT]):
        if wanted & {cell.strip().casefold() for cell in row.cells}:
            return place + 1, row.cells
    if said and all(name.strip().isdecimal() for name in said.values()):
        return 0, [""] * max(len(row.cells) for row in rows[:LOOKED_AT])
    return 1, rows[0].cells


def _line(row: Row, at: Mapping[str, int], width: int, wanted: Wanted, groups: set[str]) -> _Line:
    if any(cell.strip() for cell in row.cells[width:]):
        raise _BadRowError(f"has {len(row.cells)} cells where the first row has {width}")
    for name, n in at.items():
        if n < len(row.cells) and (lines := row.cells[n].strip().count("\n")) > (MOST_LINES if name == "note" else 0):
            raise _BadRowError(f"has {lines + 1} lines in one cell; a quotation mark may not be closed")
    cell = {name: text.title(_plain(row.cells[n])) if n < len(row.cells) else "" for name, n in at.items()}
    entry = _entry(cell)
    if not identity.identity(entry):
        raise _BadRowError("tells nobody: no address, name, outlet or domain")
    group = cell.get("group") or wanted.group
    if not group:
        raise _BadRowError("names no group")
    if groups and group not in groups:
        raise _BadRowError(f"is of the group “{group[:60]}”, which the campaign does not declare; {_there(groups)}")
    control = columns.truth(cell.get("control", ""))
    if control is None:
        raise _BadRowError(f"says “{cell['control'][:40]}” where yes or no is asked for (control)")
    kind = (cell.get("kind") or wanted.kind).lower()
    if kind and kind not in TARGET_KINDS:
        raise _BadRowError(f"is of the kind “{kind[:40]}”; there is: {', '.join(TARGET_KINDS)}")
    excluded = cell.get("excluded", "")
    told = columns.truth(excluded)
    why = ("excluded in the list" if told else "") if told is not None else excluded
    return _Line(row.number, entry, group, kind, cell.get("note", ""), control or wanted.control, why)


def _there(groups: set[str]) -> str:
    return f"there is: {', '.join(sorted(groups)[:5])}{' …' if len(groups) > 5 else ''}"


def _entry(cell: Mapping[str, str]) -> Entry:
    email = identity.address(cell.get("email", ""))
    if cell.get("email") and not email:
        raise _BadRowError(f"has “{cell['email'][:80]}” where a mail address is asked for")
    domain = identity.host(cell.get("domain", ""))
    if cell.get("domain") and not domain:
        raise _BadRowError(f"has “{cell['domain'][:80]}” where a domain is asked for")
    first, last, name = cell.get("first_name", ""), cell.get("last_name", ""), cell.get("name", "")
    if not name:
        name = f"{first} {last}".strip()
    elif first and identity.words(first) not in identity.words(name):  # "Name" beside "Vorname" is the family name
        name = f"{first} {name}"
    return Entry(name, cell.get("outlet", ""), email, domain)


def _plain(cell: str) -> str:
    """Words of a cell; what looks like markup is words as well."""
    return cell.replace("&", "&amp;").replace("<", "&lt;") if "<" in cell or "&" in cell else cell


# --- telling the known from the new --------------------------------------------------------------------------------


class _Work:
    """One import: what is known of the campaign, and what is to be written."""

    def __init__(self, session: Session, campaign: Campaign, wanted: Wanted, found: Imported) -> None:
        self.session, self.campaign, self.wanted, self.found = session, campaign, wanted, found
        self.known = {row["id"]: row for row in targets.told(session, campaign.id)}
        self.register = identity.Register()
        self.erased = {row["id"] for row in self.known.values() if row["name"] == ERASED}
        for ident, row in self.known.items():
            if ident not in self.erased:
                entry = Entry(row["name"], row["outlet"], row["email"])
                self.register.add(ident, entry, row["identity"])
        self.new: dict[str, dict[str, Any]] = {}
        self.filled: dict[str, dict[str, Any]] = {}
        self.controls = {group.name for group in campaign.targets if group.control}

    def take(self, lines: Sequence[_Line]) -> None:
        addresses = [line.entry.email for line in lines if line.entry.email]
        refused = objections.among(self.session, addresses)
        contacts = addressed(self.session, addresses)
        stop = stopped(self.session, contacts.values())
        for line in lines:
            contact = contacts.get(line.entry.email, "")
            taken = line._replace(excluded=objections.WHY) if contact in stop else line
            self._take(taken, line.entry.email in refused, contact)

    def _take(self, line: _Line, refused: bool, contact: str) -> None:
        told = identity.identity(line.entry)
        ident = identity.target_id(self.campaign.id, told)
        match = identity.Match(ident) if ident in self.erased else self.register.match(line.entry)
        if match.doubt:
            self._doubt(line, match.doubt)
        if match.known is None:
            self._add(line, told, ident, contact, refused=refused)
            return
        self.found.known += 1
        if match.known in self.erased:
            self.found.excluded += 1
            self._doubt(line, "was erased from this campaign and is not taken in again")
            return
        known = self.new.get(match.known) or self.known[match.known]
        if known["part"] != line.group:
            self._doubt(line, f"is in the group “{known['part']}” already, and stays there")
        if not refused:
            self._fill(match.known, known, line.entry, contact)

    def _doubt(self, line: _Line, why: str) -> None:
        self.found.doubtful.append({"row": line.number, "why": why})

    def _add(self, line: _Line, told: str, ident: str, contact: str, *, refused: bool) -> None:
        """Take a target in; of one who asked us to forget them only that there is one."""
        excluded = objections.WHY if refused else line.excluded
        entry = line.entry
        person = bool(entry.name or entry.email)
        self.new[ident] = {
            "id": ident,
            "campaign_id": self.campaign.id,
            "part": line.group,
            "kind": line.kind or ("contact" if contact else "person" if person else "outlet"),
            "identity": ident if refused else told,
            "name": ERASED if refused else entry.name,
            "outlet": entry.outlet or entry.domain,
            "email": "" if refused else entry.email,
            "contact_id": "" if refused else contact,
            "note": "" if refused else line.note,
            "control": int(line.control or line.group in self.controls),
            "excluded": excluded,
        }
        self.register.add(ident, entry, told)
        self.found.new += 1
        self.found.excluded += bool(excluded)

    def _fill(self, ident: str, known: dict[str, Any], entry: Entry, contact: str) -> None:
        """What was not known of a target is added; what was known stays."""
        offered = {"name": entry.name, "outlet": entry.outlet, "email": entry.email, "contact_id": contact}
        fresh = {name: value for name, value in offered.items() if value and not known[name]}
        if fresh:
            known |= fresh
            self.register.add(ident, Entry(known["name"], known["outlet"], known["email"]))
            if ident not in self.new:
                self.filled.setdefault(ident, {}).update(fresh)

    def write(self, *, by: str, now: datetime, until: datetime) -> None:
        begins = statuses.first(self.campaign.statuses).name
        shared = {
            "status": begins,
            "status_at": stamp(now),
            "origin": self.wanted.origin,
            "basis": self.wanted.basis,
            "added_at": stamp(now),
            "erase_after": stamp(until),
        }
        targets.add(self.session, (row | shared for row in self.new.values()))
        for ident, fields in self.filled.items():
            targets.change(self.session, ident, fields)
        if self.new or self.filled:
            counts = {"group": self.wanted.group, "origin": self.wanted.origin, "new": self.found.new}
            history.record(
                self.session, now, who=by, what="imported", kind="targets", row_id=self.campaign.id,
                after=counts | {"read": self.found.read, "excluded": self.found.excluded},
            )  # fmt: skip
