"""The demo's press office as data: the mails that come, the calls, and what its people do, from `press.toml`.

It knows the calendar and the truth about each mail, delivers nothing and does nothing. The same Monday gives the same
mails, to the byte.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from types import MappingProxyType
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from commsleads.demo.newsroom import ZONE, Calendar, data_of

PRESS = "Press office <press@wendlemere-energy.example>"
_DAY = re.compile(r"<<(?:(iso|rfc) )?([^<>]+)>>")
NONE: Mapping[str, Any] = MappingProxyType({})


class Act(NamedTuple):
    """One piece of work: who does what to which enquiry. `about` is the key of its mail or call, '' for none."""

    when: datetime
    about: str
    by: str
    does: str
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The truth about a request in a digest of a request service."""

    summary: str
    outlet: str
    deadline: datetime
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail and the truth about it. `answers` is the key of the mail that it answers."""

    key: str
    when: datetime
    sender: str
    subject: str
    body: str
    kind: str
    zone: ZoneInfo
    message_id: str
    headers: tuple[str, ...] = ()
    media: str = "text/plain"
    answers: str = ""
    review: bool = False
    journalist: str = ""
    outlet: str = ""
    deadline: datetime | None = None
    requests: tuple[Asked, ...] = ()

    def raw(self) -> bytes:
        """The mail as a server keeps it."""
        head = [
            f"From: {_encoded(self.sender)}",
            f"To: {PRESS}",
            f"Subject: {_encoded(self.subject)}",
            f"Date: {format_datetime(self.when.astimezone(self.zone))}",
            f"Message-ID: <{self.message_id}>",
            *self.headers,
            "MIME-Version: 1.0",
        ]
        if not self.media.startswith("multipart"):
            head += [f'Content-Type: {self.media}; charset="utf-8"', "Content-Transfer-Encoding: 8bit"]
        else:
            head.append(f"Content-Type: {self.media}")
        return ("\n".join([*head, "", self.body.strip("\n")]) + "\n").encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A telephone call as it was typed (`line`) with further fields of the log, and the truth about it."""

    key: str
    when: datetime
    by: str
    line: str
    journalist: str
    outlet: str
    deadline: datetime
    request_type: str = "other"
    stance: str = "unknown"
    level: str = "watch"
    privacy: str = "team"
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PressOffice:
    """All that comes to the press office and all that it does, each in the order of time."""

    mails: tuple[Mail, ...]
    calls: tuple[Call, ...]
    acts: tuple[Act, ...]

    def moments(self) -> set[datetime]:
        """When somebody looks: as an enquiry comes, and whenever anything is done."""
        return {mail.when for mail in self.mails if mail.kind == "enquiry"} | {act.when for act in self.acts}


def open_press_office(calendar: Calendar) -> PressOffice:
    """The press office of the nine weeks of this calendar."""
    told = data_of("press")
    ids = {one["key"]: _message_id(one, calendar) for one in told["mails"]}
    acts = [act for one in told["lines"] for act in _lined(one, calendar)]
    acts += [_logged(one, calendar) for one in told["calls"]]
    acts += [
        _act(one["key"], work, calendar) for one in (*told["mails"], *told["calls"]) for work in one.get("work", ())
    ]
    mails = [_mail(one, calendar, ids) for one in told["mails"]]
    return PressOffice(
        mails=tuple(sorted(mails, key=lambda mail: mail.when)),
        calls=tuple(_call(one, calendar) for one in told["calls"]),
        acts=tuple(sorted(acts, key=lambda act: act.when)),
    )


def _message_id(one: Mapping[str, Any], calendar: Calendar) -> str:
    domain = one["from"].rpartition("@")[2].strip(">")
    return f"{one['key']}.{calendar.monday:%Y%m%d}@{domain}"


def _mail(one: Mapping[str, Any], calendar: Calendar, ids: Mapping[str, str]) -> Mail:
    when = calendar.at(one["on"])
    headers = list(one.get("headers", ()))
    if answered := one.get("answers", ""):
        headers += [f"In-Reply-To: <{ids[answered]}>", f"References: <{ids[answered]}>"]

    return Mail(
        key=one["key"],
        when=when,
        sender=one["from"],
        subject=_dated(one["subject"], calendar, when),
        body=_dated(one["body"], calendar, when),
        kind=one["kind"],
        zone=ZoneInfo(one["zone"]) if "zone" in one else ZONE,
        message_id=ids[one["key"]],
        headers=tuple(headers),
        media=one.get("media", "text/plain"),
        answers=answered,
        review=one.get("review", False),
        journalist=one.get("journalist", ""),
        outlet=one.get("outlet", ""),
        deadline=calendar.at(one["deadline"]) if "deadline" in one else None,
        requests=tuple(_asked(request, calendar) for request in one.get("requests", ())),
    )


def _dated(text: str, calendar: Calendar, when: datetime) -> str:
    """A text with its days in words."""
    return _DAY.sub(lambda found: _in_words(found[1], found[2], calendar, when), text)


def _in_words(form: str, day: str, calendar: Calendar, when: datetime) -> str:
    if day == "year":
        return str(when.astimezone(ZONE).year)
    if form == "rfc":
        return format_datetime(calendar.at(day).astimezone(ZONE))
    found = calendar.day(day)
    return found.isoformat() if form == "iso" else f"{found.day} {found:%B}"


def _asked(one: Mapping[str, Any], calendar: Calendar) -> Asked:
    due = one["deadline"]
    clock = datetime.strptime(due["at"], "%H:%M").time()  # noqa: DTZ007 - the zone follows
    deadline = datetime.combine(calendar.day(due["day"]), clock, ZoneInfo(due["zone"]))
    return Asked(summary=one["summary"], outlet=one["outlet"], deadline=deadline, topics=tuple(one["topics"]))


def _call(one: Mapping[str, Any], calendar: Calendar) -> Call:
    fields = {name: value for name, value in one.items() if name not in {"on", "work", "deadline"}}
    when = calendar.at(one["on"])
    fields["line"] = _dated(one["line"], calendar, when)
    return Call(when=when, deadline=calendar.at(one["deadline"]), **fields)


def _logged(one: Mapping[str, Any], calendar: Calendar) -> Act:
    return Act(calendar.at(one["on"]), one["key"], one["by"], "log", NONE)


def _lined(one: Mapping[str, Any], calendar: Calendar) -> list[Act]:
    """A line to take is written by one and approved by another."""
    approved = one["approved"]
    return [
        Act(calendar.at(one["on"]), "", one["by"], "write line", one),
        Act(calendar.at(approved["on"]), "", approved["by"], "approve line", one),
    ]


def _act(about: str, work: Mapping[str, Any], calendar: Calendar) -> Act:
    given = {name: value for name, value in work.items() if name not in {"on", "by", "do"}}
    for name in ("due", "at"):
        if name in given:
            given[name] = calendar.at(given[name])
    return Act(calendar.at(work["on"]), about, work["by"], work["do"], given)


def _encoded(text: str) -> str:
    """A name or subject for a head of a mail: what is not ASCII is encoded, an address is not."""
    if text.isascii():
        return text
    from email.header import Header

    name, bracket, address = text.partition(" <")
    return Header(name, "utf-8", maxlinelen=10_000).encode() + bracket + address


def mailbox_name(mail: Mail, number: int) -> str:
    """The name of its file in a Maildir: the second of its delivery, a number, and who delivered it."""
    return f"{int(mail.when.timestamp())}.{number}.demo"
