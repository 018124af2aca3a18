"""What is to be known of the demo's enquiries in the end, counted from `press.toml` alone.

By other means than the program's, so that neither can repeat a mistake of the other.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import datetime
from importlib import resources
from typing import Any

from commsleads.demo.newsroom import WEEKS, ZONE, Calendar

DATA = tomllib.loads((resources.files("commsleads.demo") / "press.toml").read_text(encoding="utf-8"))
KNOWN = {row["key"]: row for row in (*DATA["mails"], *DATA["calls"])}
BECOMES = {
    "assign": "assigned", "research": "researching", "draft": "drafting", "ask sign-off": "awaiting_signoff",
    "send back": "drafting", "approve": "approved", "waive": "approved", "respond": "responded",
    "monitor": "monitoring", "close": "closed", "withdraw": "withdrawn", "duplicate": "duplicate",
    "redirect": "redirected",
}  # fmt: skip
"""The state of an enquiry after each act that changes it. A first acknowledgement is the other."""


@dataclass
class Truth:
    """What is to be known of one enquiry in the end, from the data file alone."""

    key: str
    channel: str
    outlet: str
    journalist: str
    received: datetime
    deadline: datetime
    work: list[dict[str, Any]] = field(default_factory=list)
    state: str = "new"
    acknowledged: datetime | None = None
    responded: datetime | None = None
    stance: str = "unknown"

    @property
    def counts(self) -> bool:
        return self.state not in ("duplicate", "redirected")

    @property
    def in_time(self) -> bool | None:
        """Whether it was answered by the deadline; None while that is open, or when it was withdrawn."""
        if self.responded:
            return self.responded <= self.deadline
        return None if self.state == "withdrawn" or self.deadline > self.work[0]["end"] else False

    @property
    def out_of_hours(self) -> bool:
        there = self.received.astimezone(ZONE)
        return there.weekday() > 4 or not (9, 0) <= (there.hour, there.minute) < (17, 30)

    def did(self, *what: str) -> list[dict[str, Any]]:
        return [act for act in self.work if act["do"] in what]


def truths(calendar: Calendar) -> dict[str, Truth]:
    """The enquiries by key, in the order in which they came."""
    end = calendar.at(f"{WEEKS + 1} mon 07:30")
    found = {}
    for row in sorted(KNOWN.values(), key=lambda row: calendar.at(row["on"])):
        if "line" not in row and row["kind"] != "enquiry":
            continue
        one = Truth(
            key=row["key"],
            channel="phone" if "line" in row else "email",
            outlet=row["outlet"],
            journalist=row["journalist"],
            received=calendar.at(row["on"]),
            deadline=calendar.at(row["deadline"]),
            state="assigned" if row.get("owner") else "new",
            stance=row.get("stance", "unknown"),
        )
        for told in row["work"]:
            act = {**told, "when": calendar.at(told["on"]), "end": end}
            one.work.append(act)
            _after(one, act)
        found[one.key] = one
    return found


def _after(one: Truth, act: dict[str, Any]) -> None:
    does = act["do"]
    if does == "acknowledge" and one.state == "new":
        one.state = "acknowledged"
    if does in ("acknowledge", "respond"):
        one.acknowledged = one.acknowledged or act["when"]
    if does == "respond":
        one.responded = one.responded or act["when"]
    one.stance = act.get("stance", one.stance)
    one.state = BECOMES.get(does, one.state)
