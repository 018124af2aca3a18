"""Invented mails to a press office and what a careful officer would note of each.

Nobody and nothing in them exists. `held_out` in `mails_held_out.py` was written before the rules and is only measured.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from commsleads.letters import Letter, Party
from commsleads.plan import Outlet
from commsleads.rules.reading import Desk

RECEIVED = datetime(2026, 5, 6, 8, 0, tzinfo=UTC)
"""A Wednesday morning, nine o'clock in London."""

DESK = Desk(
    organisation="Acme",
    zone=ZoneInfo("Europe/London"),
    own_domains=frozenset({"acme.example"}),
    own_addresses=frozenset({"press@acme.example"}),
    outlets=(
        Outlet(name="North County Post", domains=("northcounty-post.example",), tier=3),
        Outlet(name="Hafenblatt", domains=("hafenblatt.example",), tier=2, language="de"),
        Outlet(name="Radio Nordwind", domains=("radio.funkhaus.example",), tier=1, language="de"),
        Outlet(name="Funkhaus", domains=("funkhaus.example",), tier=1, language="de"),
        Outlet(name="La Dépêche du Port", domains=("depecheduport.example",), tier=2, language="fr"),
        Outlet(name="El Faro de Levante", domains=("elfaro.example",), tier=2, language="es"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail and what stands in it. `deadline` is in London's time, to the minute; '' where none is to be found, None
    where nothing is claimed. `doubtful` says whether a person must be asked, None where nothing is claimed."""

    key: str
    sender: str
    subject: str
    text: str
    kind: str
    journalist: str | None = None
    outlet: str | None = None
    request_type: str | None = None
    language: str | None = None
    deadline: str | None = None
    urgent: bool | None = None
    phone: str | None = None
    questions: int | None = None
    topic: str | None = None
    doubtful: bool | None = None
    email: str | None = None
    marks: dict[str, str] = field(default_factory=dict)
    in_reply_to: tuple[str, ...] = ()
    date_raw: str = "Wed, 06 May 2026 09:00:00 +0100"
    inner: Letter | None = None
    reply_to: str = ""
    to: str = "press@acme.example"
    report: str = ""

    def letter(self) -> Letter:
        """The mail as a value."""
        return Letter(
            subject=self.subject,
            text=self.text.strip("\n"),
            sender=party(self.sender),
            reply_to=party(self.reply_to),
            to=(party(self.to),),
            message_id=f"{self.key}@mails.example",
            in_reply_to=self.in_reply_to,
            sent_at=RECEIVED,
            date_raw=self.date_raw,
            marks=self.marks,
            report=self.report,
            inner=self.inner,
        )


def party(written: str) -> Party:
    """`Name <address>`, or an address alone."""
    name, bracket, rest = written.partition("<")
    return Party(name.strip(), rest.rstrip(">")) if bracket else Party("", written)
