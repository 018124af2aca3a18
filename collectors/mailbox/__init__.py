"""The mailbox collector: the press mailbox over IMAP, and mails in files (`.eml`, mbox, Maildir, folders of them).

    connect, log in -> each folder: what is new? -> sizes -> mail by mail -> letters in a child -> signals
    or: the files of a folder, in order, from where the last poll stopped -> letters in a child -> signals

Mails are read without a trace (PEEK). `\\Seen` is set at the next poll, for what this poll brought: then it is known
that it was kept. The cursor is per folder (`folders.Place`) or the position among the files (`files.Position`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from commsleads.contract import Batch, Cursor, Source, Tools

__all__ = ["MailboxCollector", "MailboxSettings"]

MOST_FOLDERS = 50
LARGEST = 50_000_000
"""Bytes: above that, a child process with its limit of memory could not read the mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxSettings:
    """What a `[[sources]]` of kind `mailbox` may say beside the common keys. Only `max_message` matters for files.

    `max_message` is in bytes: of a larger mail only the beginning is read. `security = "none"` sends the password in
    the clear and is possible in one's own networks only.
    """

    user: str = ""
    password_secret: str = ""
    folders: tuple[str, ...] = ("INBOX",)
    sent_folders: tuple[str, ...] = ()  # what we sent: answers are found there
    first_days: int = 30  # how far back the first poll looks
    mark: Literal["seen", "none"] = "seen"
    security: Literal["tls", "none"] = "tls"
    ca_file: str = ""  # certificate authorities of one's own, a whole path
    max_message: int = LARGEST  # room for 30 MB attached

    def __post_init__(self) -> None:
        if not 0 <= self.first_days <= 3660:
            raise ValueError("first_days must be between 0 and 3660")
        if not 10_000 <= self.max_message <= LARGEST:
            raise ValueError(f"max_message must be between 10000 and {LARGEST}, in bytes")
        if self.ca_file and not self.ca_file.startswith("/"):
            raise ValueError("ca_file must be a whole path, from / on")
        names = (*self.folders, *self.sent_folders)
        if len(names) > MOST_FOLDERS or len(set(names)) != len(names):
            raise ValueError(f"folders and sent_folders must name at most {MOST_FOLDERS}, each once")
        for name in (*names, self.user or "-"):
            if not name.strip() or not name.isprintable() or len(name) > 500:
                raise ValueError("user, folders and sent_folders must be names on one line")


class MailboxCollector:
    """Polls one mailbox, or reads one file or folder of mails.

    `patience` is how many seconds the server may be silent, `longest` how many a whole poll may take.
    """

    Settings = MailboxSettings
    schemes = ("imaps", "imap", "file")
    brings = "letters"

    def __init__(self, *, patience: float = 30.0, longest: float = 240.0) -> None:
        self._patience = patience
        self._longest = longest

    async def collect(self, source: Source[MailboxSettings], cursor: Cursor, tools: Tools) -> Batch:
        """Read what is new, at most `tools.limit` mails; `complete=False` when more is waiting, which the next brings.

        Raises `AuthError` when the login is refused, `FetchError` when nothing could be read.
        """
        if source.url.startswith(("imaps://", "imap://")):
            from commsleads.collectors.mailbox.polling import poll

            return await poll(source, cursor, tools, patience=self._patience, longest=self._longest)
        from commsleads.collectors.mailbox.files import read

        return await read(source, cursor, tools)
