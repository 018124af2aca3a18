"""What the office's own list says of touches: what each was, from when on it was known so.

By the words of `journey.MARKS` and the documents, from `tests.leadsim.Said` alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.leadoffice import CAMPAIGNS, OUTLETS
from tests.leadsim import Said
from tests.leadtruth import Known

SOURCES = {
    "phone": "phone", "email": "email", "event": "event", "social message": "social", "search": "search",
    "personal referral": "personal referral", "request service": "request service",
}  # fmt: skip
MARKED = {"phone": "phone", "event": "event", "referral": "personal referral"}
ADDRESSES = {
    "gmail.com": {"works", "private"},
    "web.de": {"works", "private"},
    "mailinator.com": {"works", "throwaway"},
}
"""What is true of an address that is not of an outlet. Of those that are kept for examples nothing can be said."""


def domain_of(outlet: str) -> str:
    return f"{outlet.lower().replace(' ', '').removeprefix('the')}.example"


def who(address: str, outlet: str) -> set[str]:
    """Who somebody is, by their address and for whom they write."""
    domain = address.rpartition("@")[2]
    found = set(ADDRESSES.get(domain, set()))
    if outlet:
        found.add("outlet")
        if outlet in OUTLETS:
            found.add(f"tier-{OUTLETS[outlet]}")
            found |= {"outlet-domain"} if domain == domain_of(outlet) else set()
    return found


@dataclass(slots=True)
class _Enquiry:
    """An enquiry as it stands while the list is read."""

    said: dict[str, Any]
    logged: datetime
    stance: str
    campaigns: tuple[str, ...]
    more: set[str]
    gone: str = ""
    answered: datetime | None = None


@dataclass(slots=True)
class Reader:
    """Reads the list and writes down each touch whenever it is another one than before."""

    found: list[Known] = field(default_factory=list)
    enquiries: dict[str, _Enquiry] = field(default_factory=dict)
    aimed: dict[str, tuple[datetime, dict[str, str]]] = field(default_factory=dict)
    clicks: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)
    marks: dict[str, dict[str, Any]] = field(default_factory=dict)
    talks: dict[str, dict[str, Any]] = field(default_factory=dict)

    def read(self, said: Sequence[Said]) -> list[Known]:
        for one in said:
            hear = getattr(self, "_" + one.what.replace(" ", "_"), None)
            if hear is not None:
                hear(one.now, **one.more)
        return self.found

    def write(self, known: Known) -> None:
        before = next((one for one in reversed(self.found) if one.id == known.id), None)
        if before is None or before._replace(learned=known.learned) != known:
            self.found.append(known if before is None else known._replace(learned=max(known.learned, before.learned)))

    # --- enquiries ---------------------------------------------------------------------------------------------------

    def _asked(self, now: datetime, key: str, **said: Any) -> None:
        more = self.answered(said["who"], said["at"])
        self.enquiries[key] = _Enquiry(said, now, said["stance"], said["campaigns"], more)
        self._enquiry(now, key)

    def _regarded(self, now: datetime, key: str, stance: str) -> None:
        self.enquiries[key].stance = stance
        self._enquiry(now, key)

    def _tied(self, now: datetime, key: str, campaigns: tuple[str, ...]) -> None:
        self.enquiries[key].campaigns = campaigns
        self._enquiry(now, key)

    def _answered(self, now: datetime, key: str) -> None:
        one = self.enquiries[key]
        one.answered = one.answered or now

    def _dropped(self, now: datetime, key: str, how: str) -> None:
        self.enquiries[key].gone = how
        self._enquiry(now, key)

    def _enquiry(self, now: datetime, key: str) -> None:
        one = self.enquiries[key]
        said = one.said
        campaign = one.campaigns[0] if one.campaigns else ""
        marks = {"own", "ask"} | ({one.stance} - {"unknown"})
        marks |= one.more
        marks |= {"deadline"} if said["deadline"] else set()
        if one.gone == "redirected":
            marks = set()
        marks |= self.listed(said["who"], campaign, one.logged)
        marks |= who(said["who"], said["outlet"])
        self.write(
            Known(
                id=key, who=said["who"], at=said["at"], learned=now, kind="enquiry", marks=frozenset(marks),
                channel=said["channel"], source=SOURCES[said["channel"]], campaign=campaign, outlet=said["outlet"],
                counts=not one.gone and one.stance in ("positive", "neutral"),
            )
        )  # fmt: skip

    def listed(self, address: str, campaign: str, at: datetime) -> set[str]:
        """Whether somebody was among those that a campaign aimed at, by then."""
        since, people = self.aimed.get(campaign, (at, dict[str, str]()))
        return {"listed"} if since <= at and address in people else set()

    def answered(self, address: str, at: datetime) -> set[str]:
        """Whether we had answered them by then: what they ask is more."""
        there = [one for one in self.enquiries.values() if one.said["who"] == address and one.answered is not None]
        return {"more"} if any(one.answered and one.answered <= at for one in there) else set()

    # --- campaigns ---------------------------------------------------------------------------------------------------

    def _aimed(self, now: datetime, campaign: str, who: dict[str, str]) -> None:
        self.aimed[campaign] = (now, who)

    def _clicked(self, now: datetime, key: str, *, who: str, at: datetime, campaign: str, human: bool) -> None:
        self.clicks.setdefault((campaign, who), []).append({"key": key, "at": at, "human": human})

    def _judged(self, now: datetime, key: str, human: bool) -> None:
        for some in self.clicks.values():
            for one in some:
                if one["key"] == key:
                    one["human"] = human

    def _marked(self, now: datetime, key: str, *, who: str, at: datetime, campaign: str, kind: str) -> None:
        begins, ends = in_time(campaign)
        counts = begins <= at < ends
        self.marks[key] = {"who": who, "at": at, "campaign": campaign, "kind": kind, "counts": counts}

    def _set_aside(self, now: datetime, key: str) -> None:
        self.marks[key] |= {"counts": False}

    def _taken_up(self, now: datetime, key: str) -> None:
        self.marks[key] |= {"counts": True}

    def _wrote_back(self, now: datetime, who: str, campaign: str) -> None:
        self.marks[f"reply {campaign} {who}"] = {
            "who": who,
            "at": now,
            "campaign": campaign,
            "kind": "reply",
            "counts": True,
        }

    def _passed(self, now: datetime) -> None:
        """The jobs ran: what clicks and marks are now is seen."""
        for (campaign, address), some in self.clicks.items():
            people = [one["at"] for one in some if one["human"]]
            ident = f"click {campaign} {address}"
            before = next((one for one in reversed(self.found) if one.id == ident), None)
            if not people and before is None:
                continue
            at = min(people) if people else before.at if before else now
            self._response(ident, now, address=address, at=at, campaign=campaign, kind="click", counts=bool(people))
        self._marks(now, replies=True)

    def _looked(self, now: datetime) -> None:
        """Somebody looked at what was noted and marked; for clicks and mails the jobs must run."""
        self._marks(now, replies=False)

    def _marks(self, now: datetime, *, replies: bool) -> None:
        for key, one in self.marks.items():
            if replies or one["kind"] != "reply":
                told = {name: one[name] for name in ("at", "campaign", "kind", "counts")}
                self._response(key, now, address=one["who"], **told)

    def _response(
        self, ident: str, learned: datetime, *, address: str, at: datetime, campaign: str, kind: str, counts: bool
    ) -> None:
        marks = {"listed"}
        if counts:
            marks |= {"own"} if kind in ("phone", "event", "reply") else set()
            marks |= {"did"} if kind != "reply" else set()
        outlet = ""
        if "own" in marks:  # who acts says who they are
            outlet = self.aimed[campaign][1][address]
            marks |= who(address, outlet)
        self.write(
            Known(
                id=ident, who=address, at=at, learned=learned, kind=kind, marks=frozenset(marks),
                channel="mail" if kind in ("click", "reply") else kind, source=MARKED.get(kind, "email"),
                campaign=campaign, outlet=outlet, counts=counts,
            )
        )  # fmt: skip

    # --- what was noted ----------------------------------------------------------------------------------------------

    def _talked(self, now: datetime, key: str, **said: Any) -> None:
        more = self.answered(said["who"], said["at"]) if "ask" in said["marks"] else set[str]()
        self.talks[key] = said | {"more": more | self.listed(said["who"], said["campaign"], now)}
        self._talk(now, key, gone=False)

    def _untalked(self, now: datetime, key: str) -> None:
        self._talk(now, key, gone=True)

    def _talk(self, now: datetime, key: str, *, gone: bool) -> None:
        said = self.talks[key]
        marks = set(said["marks"]) | ({"own"} if said["kind"] != "referral" else set()) | said["more"]
        marks |= who(said["who"], said["outlet"])
        self.write(
            Known(
                id=key, who=said["who"], at=said["at"], learned=now, kind=said["kind"],
                marks=frozenset() if gone else frozenset(marks), channel=said["kind"], source=said["source"],
                campaign=said["campaign"], outlet=said["outlet"], counts=not gone and "hostile" not in marks,
            )
        )  # fmt: skip


def in_time(campaign: str) -> tuple[datetime, datetime]:
    """The time in which a campaign is measured: its days, and the week after."""
    zone = ZoneInfo("Europe/Berlin")
    first, last = (date.fromisoformat(day) for day in CAMPAIGNS[campaign])
    begins = datetime.combine(first, datetime.min.time(), zone).astimezone(UTC)
    return begins, datetime.combine(last + timedelta(days=8), datetime.min.time(), zone).astimezone(UTC)
