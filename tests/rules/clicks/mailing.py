"""A mailing to 500 people behind four makes of scanning gateway, with 60 true clicks, made up from a seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from commsleads.plan import ClickPlan
from commsleads.responses import Asked, Clicks, Hit, Judgement, LinkFacts
from commsleads.rules.clicks import clicks, judge

SECOND = 1_000_000
SENT = 1_795_000_000 * SECOND
TARGETS = 500
TRUE = 60
MAKES = ("at delivery", "declared", "head first", "at the click")

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
)
FULL = "client-hints document html language navigate user"
BROWSERS = tuple(
    (agent, marks)
    for agent, marks in zip(
        """
Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36
Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0
Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36
Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:144.0) Gecko/20100101 Firefox/144.0
Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/18.6 Mobile/15E148 Safari/604.1
Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [LinkedInApp]/9.31
""".strip().splitlines(),
        (FULL, FULL, FULL, FULL[13:], "document html language navigate", "html language"),
        strict=True,
    )
)
CHROME = BROWSERS[0][0]
DECLARED = ("Barracuda Sentinel (EE)", "Mimecast-Link-Protect", "python-requests/2.32.3", "lua-resty-http/0.17 (Lua)")


@dataclass
class Mailing:
    """One mailing: its links, every hit, and which hits are the true clicks."""

    seed: int
    personal: bool
    trap: bool
    silent: float = 0.5
    """The share of gateways at delivery that send every header of a browser."""
    listed: float = 0.7
    """The share of gateways whose network is on the list."""
    hits: list[Hit] = field(default_factory=list)
    links: dict[str, LinkFacts] = field(default_factory=dict)
    true: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.acts = self.random.choice((("a",), ("a", "b"), ("a", "b", "c")))
        self.kinds = (*self.acts, "home", "unsubscribe", *(("trap",) if self.trap else ()))
        self.organisation = [self.random.randrange(120) for _ in range(TARGETS)]
        self.gateway = [self.random.choice(MAKES) for _ in range(120)]
        self.name = [self.random.random() < self.listed for _ in range(120)]
        self.perfect = [self.random.random() < self.silent for _ in range(120)]
        for target in range(TARGETS) if self.personal else (-1,):
            self._write(target)
        self.delivered = [SENT + int(self.random.uniform(0.5, 45) * SECOND) for _ in range(TARGETS)]
        for target in range(TARGETS):
            self._scan(target)
        self._people()
        self.hits.sort(key=lambda hit: (hit.arrival, hit.id))

    def _write(self, target: int) -> None:
        for kind in self.kinds:
            link = self.link(target, kind)
            who = str(target) if self.personal else ""
            self.links[link] = LinkFacts(link, "open-day", kind, "mail", who, f"m{who}", kind == "trap", (SENT,))

    def link(self, target: int, kind: str) -> str:
        """The link of that kind in the mail to a target."""
        return f"{target}-{kind}" if self.personal else kind

    def add(self, at: float, link: str, visitor: str, network: str, agent: str, marks: str, **more: str) -> str:  # noqa: PLR0917
        """Keep a hit; its id."""
        number = f"h{len(self.hits):06}"
        self.hits.append(
            Hit(
                number, link, int(at), Asked(more.get("asked", "get")), visitor, network, more.get("known", ""),
                agent, marks, more.get("referrer", ""),
            )
        )  # fmt: skip
        return number

    def _scan(self, target: int) -> None:
        """What the gateway of a target does when the mail comes in."""
        home, random = self.organisation[target], self.random
        make, at = self.gateway[home], float(self.delivered[target])
        known = "Microsoft cloud" if self.name[home] else ""
        if make == "at delivery":
            at += random.uniform(0.5, 20) * SECOND
            agent, marks = (CHROME, FULL) if self.perfect[home] else (CHROME.replace("142", "131"), "html")
            one_by_one = random.random() < 0.3  # every link from another address
            for number, kind in enumerate(self.kinds):
                at += random.uniform(0.02, 0.4) * SECOND
                visitor = f"g{home}-{random.randrange(9) if one_by_one else 0}-{number if one_by_one else target}"
                self.add(at, self.link(target, kind), visitor, f"cloud{home}", agent, marks, known=known)
        elif make == "declared":
            for kind in self.kinds:
                at += random.uniform(0.1, 3) * SECOND
                self.add(at, self.link(target, kind), f"d{home}", f"nd{home}", DECLARED[home % 4], "")
        elif make == "head first":
            at += random.uniform(1, 240) * SECOND
            for kind in self.kinds:
                at += random.uniform(0.3, 2) * SECOND
                link, who = self.link(target, kind), f"f{home}"
                self.add(at, link, who, f"nf{home}", CHROME, "html", asked="head")
                self.add(at + random.uniform(0.05, 0.8) * SECOND, link, who, f"nf{home}", CHROME, "html")

    def _people(self) -> None:
        random = self.random
        pairs = [(target, kind) for target in range(TARGETS) for kind in self.acts]
        for number, (target, kind) in enumerate(random.sample(pairs, TRUE)):
            quick = random.random() < 0.15
            after = random.uniform(8, 60) if quick else random.lognormvariate(8.7, 1.3)
            at = self.delivered[target] + after * SECOND
            forwarded = random.random() < 0.1
            if forwarded:
                at += random.uniform(300, 5_000) * SECOND
                agent = random.choice(
                    ("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "WhatsApp/2.23.20.0")
                )
                self.add(
                    at - random.uniform(30, 900) * SECOND, self.link(target, kind), f"s{number}", "chat", agent, ""
                )
            self._click(number, target, kind, at, colleague=forwarded)

    def _click(self, number: int, target: int, kind: str, at: float, *, colleague: bool) -> None:
        random, home, link = self.random, self.organisation[target], self.link(target, kind)
        agent, marks = random.choice(BROWSERS)
        referrer = random.choice(("", "", "", "mail.google.com/mail", "outlook.office.com/mail"))
        network = f"office{home}" if random.random() < 0.6 else f"home{number}"
        known = "Microsoft cloud" if random.random() < 0.03 else ""
        who = f"p{target}{'c' if colleague else ''}"
        if self.gateway[home] == "at the click":
            sees = "Microsoft cloud" if self.name[home] else ""
            headers = "document html language navigate" if self.perfect[home] else "html"
            self.add(
                at - random.uniform(0.3, 3) * SECOND, link, f"c{home}{number}", f"at{home}", CHROME, headers, known=sees
            )
        self.true.add(self.add(at, link, who, network, agent, marks, referrer=referrer, known=known))
        if random.random() < 0.15:
            again = at + random.uniform(0.2, 4) * SECOND
            self.add(again, link, who, network, agent, marks, referrer=referrer, known=known)

    def judged(self, plan: ClickPlan | None = None) -> list[Judgement]:
        """The verdicts on all hits."""
        return judge(self.hits, self.links, plan or ClickPlan())

    def range(self) -> Clicks:
        """The clicks on what was asked for, as the answer card counts them."""
        counts: dict[str, int] = {}
        for hit, one in zip(self.hits, self.judged(), strict=True):
            if hit.asked is Asked.GET and not one.repeat and self.links[hit.link].cta in self.acts:
                counts[one.verdict] = counts.get(one.verdict, 0) + 1
        return clicks(counts)


def holds(figure: Clicks) -> bool:
    """Whether the range holds the truth."""
    return figure.certain_human <= TRUE <= figure.not_machine


def near(figure: Clicks) -> bool:
    """Whether the best figure is within a tenth of the truth."""
    return abs(figure.best - TRUE) <= TRUE // 10
