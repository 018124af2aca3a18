"""One poll of a mailbox: the folders in turn, mail by mail, and what happens when the line breaks.

A line that breaks costs nothing: what was read whole is kept and the cursor stands before what was not. Only when the
very mail that a poll begins with breaks the line twice, and the one after it can be read, is that mail set aside; so
is one that is longer than its server says. Otherwise a single mail could hold up all that come after it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple, TypeVar
from urllib.parse import urlsplit

from commsleads.collectors.mailbox import MailboxSettings, folders
from commsleads.collectors.mailbox.account import Account, Server
from commsleads.collectors.mailbox.folders import Place
from commsleads.collectors.mailbox.line import ExcessError, LineError, RefusalError, TimeUpError, words
from commsleads.collectors.mailbox.pieces import Harvest, Piece, full
from commsleads.contract import AuthError, Batch, Cursor, FetchError, Source, Tools

T = TypeVar("T")

MOST_REOPENED = 6
"""Times that one poll calls the server again after a break."""
MOST_BYTES = 300_000_000
"""Bytes of mail that one poll reads; the next goes on."""
_PORTS = {"imaps": 993, "imap": 143}


async def poll(
    source: Source[MailboxSettings], cursor: Cursor, tools: Tools, *, patience: float, longest: float
) -> Batch:
    """Read what is new in every folder. Raises `AuthError` or `FetchError` when nothing could be read at all."""
    server = await _server(source, tools, patience, time.monotonic() + longest)
    account = Account(server)
    try:
        await asyncio.to_thread(account.open)
        batch = await _Poll(source.settings, account, cursor, tools).run()
        await asyncio.to_thread(account.close)
    except asyncio.CancelledError:
        account.cut()  # a thread that still waits for the server would hold up the end of the program
        raise
    except BaseException:
        account.drop()
        raise
    return batch


async def _server(source: Source[MailboxSettings], tools: Tools, patience: float, until: float) -> Server:
    import ssl
    from ipaddress import ip_address

    settings, parts = source.settings, urlsplit(source.url)
    host, scheme = parts.hostname or "", parts.scheme
    address = await tools.connect(host, parts.port or _PORTS[scheme])
    kind = "tls" if scheme == "imaps" else "none" if settings.security == "none" else "starttls"
    context = None
    if kind == "none" and ip_address(address[0]).is_global:
        raise FetchError(
            'security = "none" sends the password in the clear, and is possible in your own networks only '
            "([fetch] allow_networks). Use imaps://.",
            quarters=4,
        )
    if not settings.user or not settings.password_secret:
        raise AuthError("A mailbox wants user and password_secret. Give both in its [[sources]].")
    if kind != "none":
        try:
            context = ssl.create_default_context(cafile=settings.ca_file or None)
        except OSError as error:
            raise FetchError(f"The certificates of ca_file cannot be read: {words(error)}.", quarters=4) from None
    try:
        password = tools.secret(settings.password_secret)
    except Exception as error:
        raise AuthError(f"There is no password: {error}") from None
    return Server(host, address, kind, settings.user, password, context, patience, until)


class _Folder(NamedTuple):
    """One folder and whether it holds what we sent."""

    name: str
    ours: bool


class _Poll:
    """A poll under way."""

    def __init__(self, settings: MailboxSettings, account: Account, cursor: Cursor, tools: Tools) -> None:
        self._settings = settings
        self._account = account
        self._before = cursor
        self._tools = tools
        self._harvest = Harvest(tools)
        self._cursor: dict[str, str] = {}
        self._complete = True
        self._reopened = 0
        self._refused = 0

    async def run(self) -> Batch:
        settings = self._settings
        # What we sent comes first: a mail that is in both folders, as copies to oneself are, is ours.
        todo = [_Folder(name, True) for name in settings.sent_folders]
        todo += [_Folder(name, False) for name in settings.folders]
        kept = {folders.PREFIX + folder.name for folder in todo}
        self._cursor = {key: held for key, held in self._before.items() if key in kept}
        try:
            for number, folder in enumerate(todo):
                room = max(self._tools.limit - self._harvest.count, 0)
                await self._one(folder, -(-room // (len(todo) - number)))  # an equal share of what is left, rounded up
        except (LineError, FetchError) as error:  # FetchError: it could not be opened again
            if not self._harvest.count:
                raise error if isinstance(error, FetchError) else FetchError(f"The mail server: {error}.") from None
            self._complete = False
            why = str(error).rstrip(".")
            self._harvest.note(f"The poll broke off ({why}); what had been read was kept, the next goes on from there.")
        if todo and self._refused == len(todo):
            raise FetchError(" ".join(self._harvest.notes), quarters=4)
        harvest = self._harvest
        return Batch(
            signals=harvest.signals,
            unread=harvest.unread,
            cursor=self._cursor,
            complete=self._complete,
            modified=bool(harvest.count),
            size=harvest.size,
            note=" ".join(harvest.notes),
        )

    async def _one(self, folder: _Folder, room: int) -> None:
        """Read one folder; that the server refuses one is said, and the others go on."""
        account, wish = self._account, self._wish(folder)
        try:
            validity, write = await self._do(lambda: account.select(folder.name, write=wish))
        except RefusalError as error:
            self._refused += 1
            self._harvest.note(await self._no_folder(folder.name, error))
            return
        try:
            await self._folder(folder, room, validity, write=write)
        except RefusalError as error:
            self._refused += 1
            self._complete = False
            self._harvest.note(f'The folder "{folder.name}" could not be read: {error}.')

    def _wish(self, folder: _Folder) -> bool:
        return self._settings.mark == "seen" and not folder.ours

    async def _folder(self, folder: _Folder, room: int, validity: int, *, write: bool) -> None:
        account = self._account
        place = folders.load(self._before, folder.name)
        if place is None or place.validity != validity or await self._restored(place):
            highest = await self._do(account.highest)
            place = folders.begin(validity, highest, place, self._tools.now, self._settings.first_days)
        elif write:
            place = await self._mark(place)
        reached = place
        waiting = await self._do(lambda: _uids(account, reached.last + 1, reached))
        some = waiting[:room]
        place = await self._read(folder, place, some)
        if len(some) < len(waiting) or (some and place.last < some[-1]):
            self._complete = False
            self._harvest.note("More mails are waiting than one poll reads; the next goes on with them.")
        else:
            place = replace(place, last=max(place.last, place.until), at=self._tools.now.date().isoformat())
        self._keep(folder, place)

    async def _restored(self, place: Place) -> bool:
        """Whether the server numbers again what it had numbered, and does not say so: put back from a backup, or wrong
        when it was asked before. New mails would have numbers that count as read."""
        if not 0 < self._account.next_uid <= place.last:
            return False
        return await self._do(self._account.highest) < place.last

    async def _mark(self, place: Place) -> Place:
        """Set the flags for what the polls before brought: that its cursor came back says that it was kept."""
        account = self._account
        if place.last <= place.marked:
            return place
        try:
            found = await self._do(lambda: _uids(account, place.marked + 1, place, last=place.last, unseen=True))
            seen = [uid for uid in found if uid not in place.left]
            if seen:
                await self._do(lambda: account.mark(seen))
        except RefusalError as error:
            self._harvest.note(f"The mails that were read could not be marked as seen: {error}.")
        return replace(place, marked=place.last, left=())

    async def _read(self, folder: _Folder, place: Place, uids: list[int]) -> Place:
        """Read these; the place that was reached. What was read when the line breaks is kept before it is said."""
        account = self._account
        sizes = await self._do(lambda: account.sizes(uids)) if uids else {}
        held: list[Piece] = []
        start = place
        try:
            for number, uid in enumerate(uids):
                if uid not in sizes:  # somebody deleted it in between
                    continue
                if self._harvest.size + sum(len(piece.raw) for piece in held) > MOST_BYTES:
                    break
                piece = await self._piece(
                    folder, place, uid, sizes, uids[number + 1 :], first=not held and place is start
                )
                if piece is not None:
                    held.append(piece)
                if full(held):
                    place, held = await self._harvested(folder, place, held), []
            else:
                place, held = await self._harvested(folder, place, held), []
                return replace(place, last=max([place.last, *uids]))
        except (LineError, FetchError):
            await self._harvested(folder, place, held)
            raise
        return await self._harvested(folder, place, held)

    async def _harvested(self, folder: _Folder, place: Place, held: list[Piece]) -> Place:
        if not held:
            return place
        lost = await self._harvest.take(held)
        for piece in held:
            uid = int(piece.extra["uid"])
            if piece.place in lost:
                place = place.lost(uid)
            place = replace(place, last=uid)
        self._keep(folder, place)
        return place

    async def _piece(
        self, folder: _Folder, place: Place, uid: int, sizes: dict[int, int], rest: list[int], *, first: bool
    ) -> Piece | None:
        """One mail, or None when it has gone. Raises `LineError` when the line broke and it is not sure why."""
        most, size = self._settings.max_message, sizes[uid]
        extra = {"folder": folder.name, "uid": str(uid)} | ({"ours": "yes"} if folder.ours else {})
        name = f"{folder.name}:{place.validity}:{uid}"
        begin = size > most
        try:
            try:
                raw = await self._do(lambda: self._account.mail(uid, most, begin=begin))
            except TimeUpError:
                raise
            except LineError as error:
                if not first and not isinstance(error, ExcessError):
                    raise
                begin = begin or isinstance(error, ExcessError)
                await self._reopen(folder)
                raw = await self._again(folder, uid, rest, begin=begin)
        except (RefusalError, _SpoiledError) as error:
            why = f"The server could not hand over this mail ({error}); it is still there."
            return Piece(b"", size, name, extra, why)
        if raw is None:
            return None
        return Piece(raw, max(size, len(raw)) if begin else len(raw), name, extra)

    async def _again(self, folder: _Folder, uid: int, rest: list[int], *, begin: bool) -> bytes | None:
        """The mail at which the line broke, once more. `_SpoiledError` when it is the mail and not the line."""
        most = self._settings.max_message
        try:
            return await self._do(lambda: self._account.mail(uid, most, begin=begin))
        except TimeUpError:
            raise
        except LineError as error:
            await self._reopen(folder)
            if not isinstance(error, ExcessError):
                if not rest:
                    raise
                await self._do(lambda: self._account.mail(rest[0], most, begin=True))
            raise _SpoiledError(str(error)) from error

    async def _reopen(self, folder: _Folder) -> None:
        self._reopened += 1
        if self._reopened > MOST_REOPENED:
            raise LineError("the line broke too often")
        await asyncio.to_thread(self._account.open)
        await self._do(lambda: self._account.select(folder.name, write=self._wish(folder)))

    async def _no_folder(self, name: str, error: RefusalError) -> str:
        try:
            known = ", ".join(f'"{words(one)}"' for one in await self._do(self._account.folders))
        except RefusalError:
            known = ""
        there = f" There are: {known}." if known else ""
        return f'The folder "{name}" cannot be opened: {error}.{there}'

    def _keep(self, folder: _Folder, place: Place) -> None:
        self._cursor[folders.PREFIX + folder.name] = folders.dump(place)

    @staticmethod
    async def _do(work: Callable[[], T]) -> T:
        return await asyncio.to_thread(work)


class _SpoiledError(Exception):
    """It is this mail that breaks the line."""


def _uids(account: Account, first: int, place: Place, *, last: int = 0, unseen: bool = False) -> list[int]:
    """The mails from `first` on that count: up to `until` only the newer ones, after it all."""
    found: list[int] = []
    if first <= place.until:
        bound = min(place.until, last or place.until)
        found += account.uids(first, bound, since=place.day(), unseen=unseen)
    if not last or last > place.until:
        found += account.uids(max(first, place.until + 1), last, unseen=unseen)
    return found
