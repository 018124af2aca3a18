"""The demo's mail server: it delivers into a Maildir, as mail servers do."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from commsleads.demo.pressoffice import Mail, mailbox_name


class Maildir:
    """A Maildir and the mails that will come into it."""

    def __init__(self, folder: Path, mails: Sequence[Mail]) -> None:
        self.folder = folder
        self._coming = deque(sorted(enumerate(mails, 1), key=lambda pair: (pair[1].when, pair[0])))
        for name in ("tmp", "new", "cur"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def deliver(self, now: datetime) -> int:
        """Deliver what has been sent by `now`; how many. Each is written aside and moved in whole."""
        done = 0
        while self._coming and self._coming[0][1].when <= now:
            number, mail = self._coming.popleft()
            name = mailbox_name(mail, number)
            aside = self.folder / "tmp" / name
            aside.write_bytes(mail.raw())
            aside.rename(self.folder / "new" / name)
            done += 1
        return done
