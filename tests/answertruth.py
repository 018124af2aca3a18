"""The figures of an answer card, counted again from the rows by other means than the program's.

Nothing of `commsleads.facts`, `rules` or `store.campaigns` is used here: rows are read one by one and counted in plain
Python by the definitions of `docs/answers.md`, so that neither can repeat a mistake of the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from math import sqrt
from typing import Any
from zoneinfo import ZoneInfo

from commsleads.plan import Campaign
from commsleads.store.engine import Session

Row = dict[str, Any]
Z = 1.959963984540054
PEOPLE = ("certain_human", "probable_human")
EXCLUDED = "Excluded from the targets."
ASIDE = ("Set aside: ", "Taken back: ")
DOUBTS = ("Several campaigns could be meant", "Its sender was not proved", "It is from a target, and nothing says")
VERDICTS = (*PEOPLE, "probable_machine", "certain_machine")


def at(text: str) -> datetime | None:
    """A stamp as a moment."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


def shown(moment: datetime | None) -> str | None:
    """A moment as the JSON has it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def share(k: int, n: int) -> Row:
    """k of n with the score interval: the roots of (p - x)² = z² x (1 - x) / n."""
    if n == 0:
        return {"k": k, "n": n, "value": None, "low": None, "high": None}
    p, zz = k / n, Z * Z
    root = Z * sqrt(zz + 4 * n * p * (1 - p))
    low, high = ((2 * n * p + zz + sign * root) / (2 * (n + zz)) for sign in (-1, 1))
    return {"k": k, "n": n, "value": round(p, 4), "low": round(max(low, 0.0), 4), "high": round(min(high, 1.0), 4)}


def ranged(counts: Counter[str]) -> Row:
    """The range of clicks; double clicks of people are no clicks of their own, and were asked for."""
    sums = [sum(counts[one] for one in VERDICTS[:n]) + (n > 2) * counts["again"] for n in (1, 2, 3, 4)]
    return dict(zip(("certain_human", "best", "not_machine", "all"), sums, strict=True))


class Truth:
    """One campaign's rows, counted."""

    def __init__(self, session: Session, campaign: Campaign, zone: ZoneInfo, now: datetime) -> None:
        self.plan, self.zone, self.now = campaign, zone, now
        self.start = self._midnight(campaign.starts_on) if campaign.starts_on else None
        self.until = None
        if campaign.ends_on:
            wall = datetime.combine(campaign.ends_on, time()) + timedelta(days=1) + campaign.window
            self.until = wall.replace(tzinfo=zone).astimezone(UTC)
        query, ident = session.query, campaign.id
        self.targets = query("SELECT * FROM targets WHERE campaign_id = :c", c=ident)
        self.rows = query("SELECT * FROM responses WHERE campaign_id = :c ORDER BY at, id", c=ident)
        self.links = {row["id"]: row for row in query("SELECT * FROM links WHERE campaign_id = :c", c=ident)}
        hits = query("SELECT h.* FROM hits h JOIN links l ON l.id = h.link_id WHERE l.campaign_id = :c", c=ident)
        self.asked = {row["link_id"] for row in hits}
        self.hits = [row for row in hits if row["asked"] == "get" and row["judged"]]
        self.sent = query("SELECT * FROM mailings WHERE campaign_id = :c", c=ident)
        self.counters = query("SELECT * FROM counters WHERE campaign_id = :c", c=ident)
        self.counts = query("SELECT * FROM counts")
        self.touches = query(
            "SELECT t.*, e.enquiry_id FROM touches t JOIN enquiry_ties e ON t.evidence = 'enquiry ' || e.enquiry_id "
            "WHERE e.what = 'campaign' AND e.ref = :c "
            "AND t.version = (SELECT max(version) FROM touches n WHERE n.id = t.id)",
            c=ident,
        )
        self._sort()

    def _midnight(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(UTC)

    def _sort(self) -> None:
        whole = {group.name for group in self.plan.targets if group.control}
        self.held_all = {row["id"] for row in self.targets if row["control"] or row["part"] in whole}
        self.held = {row["id"] for row in self.targets if row["id"] in self.held_all and not row["excluded"]}
        self.aimed = {
            row["id"]: row for row in self.targets if not row["excluded"] and row["id"] not in self.held_all
        }  # fmt: skip
        self.excluded = {row["id"] for row in self.targets if row["excluded"] and row["id"] not in self.held_all}

    # --- responses ---------------------------------------------------------------------------------------------------

    def within(self, moment: datetime) -> bool:
        return (self.start is None or moment >= self.start) and (self.until is None or moment < self.until)

    def came(self, cta: str | None = None, *, counting: bool = True) -> list[Row]:
        """Responses of the measured time; with `counting` those that count."""
        return [
            row
            for row in self.rows
            if (cta is None or row["cta_id"] == cta)
            and (row["counts"] or not counting)
            and self.within(at(row["at"]) or self.now)
            and (row["target_id"] or row["kind"] != "click")
        ]

    def did(self, cta: str | None = None, *, but: str = "") -> dict[str, Row]:
        """The first response that did it of each target."""
        found: dict[str, Row] = {}
        for row in self.came(cta):
            if row["did"] and row["target_id"] and row["kind"] != but and row["target_id"] not in found:
                found[row["target_id"]] = row
        return found

    def nobodys(self, cta: str | None = None) -> list[Row]:
        return [row for row in self.came(cta) if row["did"] and not row["target_id"]]

    def clickers(self) -> set[tuple[str, str]]:
        """Who opened a link of their own in the measured time, as far as hits and verdicts tell: (target, asked)."""
        found = set()
        for hit in self.hits:
            link = self.links[hit["link_id"]]
            if link["target_id"] and not link["trap"] and hit["verdict"] in PEOPLE:
                moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=hit["arrival"])
                if self.within(moment):
                    found.add((link["target_id"], link["cta_id"]))
        return found

    def clicked_by(self) -> set[tuple[str, str]]:
        """The same by the responses; those of the excluded do not count, and are kept."""
        return {
            (row["target_id"], row["cta_id"])
            for row in self.came(counting=False)
            if row["kind"] == "click" and (row["counts"] or row["why"].startswith(EXCLUDED))
        }

    # --- clicks ------------------------------------------------------------------------------------------------------

    def day(self, hit: Row) -> date:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=hit["arrival"])
        return moment.astimezone(self.zone).date()

    def when(self, hit: Row) -> str:
        day = self.day(hit)
        if self.plan.starts_on and day < self.plan.starts_on:
            return "before"
        if self.until and day > (self.until - timedelta(seconds=1)).astimezone(self.zone).date():
            return "after"
        return "within"

    def clicked(self, when: str = "within", **where: Any) -> list[Row]:
        """Hits at links of the campaign that are no traps."""
        found = []
        for hit in self.hits:
            link = self.links[hit["link_id"]]
            if not link["trap"] and self.when(hit) == when and all(link[k] == v for k, v in where.items()):
                found.append(hit)
        return found

    def range(self, hits: Iterable[Row]) -> Row:
        return ranged(Counter("again" if _again(hit) else hit["verdict"] for hit in hits))

    # --- the card ----------------------------------------------------------------------------------------------------

    def card(self) -> Row:
        """The parts of the card that are counted again, by the names of the JSON."""
        did, unknown = self.did(), self.nobodys()
        responses = len(did) + len(unknown)
        open_ones = [hit for hit in self.clicked() if not self.links[hit["link_id"]]["target_id"]]
        unattributed = self.range(open_ones)["best"] + len(unknown)
        ctas = {cta.id: self.cta(cta.id) for cta in self.plan.ctas}
        cost = self.plan.cost
        inside = [row for row in self.touches if row["counts"] and self.within(at(row["at"]) or self.now)]
        linked = any(one["clicks"] is not None for one in ctas.values())
        return {
            "measured": {"from": shown(self.start), "until": shown(self.until)},
            "targets": self.whom(),
            "ctas": ctas,
            "did": self.took(sum(one in self.aimed for one in did)),
            "responses": responses,
            "clicks": self.range(self.clicked()) if linked else None,
            "funnel": self.funnel(),
            "leads": (len({row["contact_id"] for row in inside}), len({row["enquiry_id"] for row in inside})),
            "unattributed": unattributed,
            "unclear": sum(row["cta_id"] not in ctas for row in self.came()),
            "doubtful": sum(not row["counts"] and row["why"].startswith(DOUBTS) for row in self.came(counting=False)),
            "each": round(cost / responses, 4) if cost is not None and responses else None,
            "sent": sorted((shown(at(row["at"])), row["channel"], row["part"], row["n"]) for row in self.sent),
            "difference": self.difference(),
            "counters": {row["thing"]: self.counter(row) for row in self.counters},
        }

    def counter(self, row: Row) -> tuple[int, int]:
        """What it gained since the first reading, and what stood there then."""
        read = sorted((one for one in self.counts if one["counter_id"] == row["id"]), key=lambda one: one["at"])
        gained = 0
        for before, after in pairwise(read):
            fell = after["total"] < before["total"] or after["epoch"] != before["epoch"]
            gained += after["total"] if fell else after["total"] - before["total"]
        return gained, read[0]["total"] if read else 0

    def whom(self) -> Row:
        n: int | None = 0
        aimed: int | None = 0
        listed = defaultdict(list)
        for row in self.targets:
            listed[row["part"]].append(row)
        bare = [group.name for group in self.plan.targets if group.name not in listed and not group.control]
        if "" in listed and len(bare) == 1:
            listed[bare[0]] = listed.pop("")
        reasons: Counter[str] = Counter(row["excluded"] for row in self.targets if row["excluded"])
        excluded, lines = 0, 0
        for name in {*listed, *(group.name for group in self.plan.targets)}:
            declared = next((group for group in self.plan.targets if group.name == name), None)
            if name in listed:
                members = [row for row in listed[name] if row["id"] not in self.held_all]
                if not members:
                    continue
                lines += 1
                out = sum(bool(row["excluded"]) for row in members)
                excluded += out
                n, aimed = _add(n, len(members)), _add(aimed, len(members) - out)
            elif declared and not declared.control:
                lines += 1
                excluded += declared.excluded
                if declared.excluded:
                    reasons[declared.reason or "no reason was given"] += declared.excluded
                n = _add(n, declared.n)
                aimed = _add(aimed, None if declared.n is None else declared.n - declared.excluded)
        return {
            "n": n if lines else None,
            "excluded": excluded,
            "aimed": aimed if lines else None,
            "listed": len(self.aimed),
            "control": len(self.held) or None,
            "exclusions": dict(reasons),
            "statuses": dict(Counter(row["status"] for row in self.aimed.values())),
        }

    def took(self, n: int) -> Row:
        if not self.targets:
            return dict.fromkeys(("n", "rate", "low", "high"))
        if self.whom()["aimed"] is None or not self.aimed:
            return {"n": n, "rate": None, "low": None, "high": None}
        found = share(n, len(self.aimed))
        return {"n": n, "rate": found["value"], "low": found["low"], "high": found["high"]}

    def cta(self, ident: str) -> Row:
        did, unknown = self.did(ident), self.nobodys(ident)
        firsts = [*did.values(), *unknown]
        links = [row for row in self.links.values() if row["cta_id"] == ident and not row["trap"]]
        clicks = self.clicked(cta_id=ident)
        around = {when: self.clicked(when, cta_id=ident) for when in ("before", "after")}
        groups: dict[str, list[str]] = defaultdict(list)
        for one, row in self.aimed.items():
            groups[row["part"]].append(one)
        whom = self.whom()
        kept = [row for row in self.rows if row["cta_id"] == ident and row["did"] and not row["why"].startswith(ASIDE)]
        left_out = {
            row["target_id"]
            for row in self.came(ident, counting=False)
            if row["did"] and row["target_id"] in self.excluded and (row["counts"] or row["why"].startswith(EXCLUDED))
        }
        return {
            "targets": None if whom["aimed"] is None else len(self.aimed) or whom["aimed"],
            "took": self.took(sum(one in self.aimed for one in did)),
            "responses": len(firsts),
            "unknown": len(unknown),
            "steps": sum(not row["did"] for row in self.came(ident)),
            "control": sum(one in self.held for one in did),
            "excluded": len(left_out),
            "outside": sum(
                not self.within(at(row["at"]) or self.now) and (bool(row["target_id"]) or row["kind"] != "click")
                for row in kept
            ),
            "by_kind": dict(Counter(row["kind"] for row in firsts)),
            "by_channel": dict(Counter(row["channel"] or "not known" for row in firsts)),
            "by_group": {name: share(sum(one in did for one in ids), len(ids)) for name, ids in groups.items()},
            "clicks": self.range(clicks) if links or clicks or any(around.values()) else None,
            "again": sum(map(_again, clicks)),
            "before": self.range(around["before"]),
            "after": self.range(around["after"]),
            "clicks_by_channel": self._parts(clicks, lambda hit: self.links[hit["link_id"]]["channel"]),
            "clicks_by_medium": self._parts(clicks, lambda hit: hit["medium"]),
            "links": {
                row["id"]: (self.range(hit for hit in clicks if hit["link_id"] == row["id"]), self.busiest(row["id"]))
                for row in links
                if not row["target_id"]
            },
            "personal": sum(bool(row["target_id"]) for row in links),
            "curve": len([one for one in did if one in self.aimed]) if self.targets else len(unknown),
            "clicked": self.range(clicks)["best"],
            "first_at": min((shown(at(row["at"])) or "" for row in firsts), default=None),
        }

    def _parts(self, hits: list[Row], key: Any) -> Row:
        found = defaultdict(list)
        for hit in hits:
            found[key(hit)].append(hit)
        return {name: self.range(ones) for name, ones in found.items()}

    def busiest(self, link: str) -> int | None:
        days: dict[date, set[str]] = defaultdict(set)
        for hit in self.hits:
            if hit["link_id"] == link:
                people = hit["visitor"] and hit["verdict"] in PEOPLE
                days[self.day(hit)] |= {hit["visitor"]} if people else set()
        return max((len(one) for one in days.values()), default=0 if link in self.asked else None)

    def funnel(self) -> dict[str, int | None]:
        """How many are known to have reached each step."""
        if not self.aimed:
            return {}
        did = {one for one in self.did() if one in self.aimed}
        clicked = {row["target_id"] for row in self.came() if row["kind"] == "click"} & set(self.aimed)
        answered = {row["target_id"] for row in self.came() if row["kind"] != "click"} & set(self.aimed)
        stands = {one.name for one in self.plan.statuses if one.responded}  # a mark that was taken back is no answer
        marked = {
            one
            for one, row in self.aimed.items()
            if row["responded_at"] and row["status"] in stands and self.within(at(row["responded_at"]) or self.now)
        }
        contacted = sum(bool(row["contacted_at"]) for row in self.aimed.values())
        found: dict[str, int | None] = {
            "targeted": len(self.aimed),
            "contacted": contacted if contacted or self.sent else None,
            "responded": len(answered | did | marked),
            "did it": len(did),
        }
        if any(row["target_id"] and not row["trap"] for row in self.links.values()):
            found["clicked"] = len(clicked)
        return found

    def difference(self) -> tuple[int, int, int, int, float, float] | None:
        """Those aimed at and those held back without clicks, and Newcombe's interval of the difference."""
        if not self.held:
            return None
        did = self.did(but="click")
        a, b = sum(one in did for one in self.aimed), sum(one in did for one in self.held)
        m, n = len(self.aimed), len(self.held)
        one, other = share(a, m), share(b, n)
        gap = a / m - b / n
        low = gap - sqrt((a / m - one["low"]) ** 2 + (other["high"] - b / n) ** 2)
        high = gap + sqrt((one["high"] - a / m) ** 2 + (b / n - other["low"]) ** 2)
        return a, m, b, n, round(low, 3), round(high, 3)


def _again(hit: Row) -> bool:
    return bool(hit["again"]) and hit["verdict"] in PEOPLE


def _add(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
