"""Verdicts on hits: every sign alone and together, and what must not depend on it."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.plan import ClickPlan
from commsleads.responses import Asked, Hit, Judgement, LinkFacts, Verdict
from commsleads.rules.clicks import judge
from tests.rules.clicks.mailing import BROWSERS, CHROME, FULL, SECOND, SENT

PLAN = ClickPlan()
LATE = SENT + 7_200 * SECOND
PEOPLE = (Verdict.HUMAN, Verdict.LIKELY)


def link(name: str, *, target: str = "", trap: bool = False) -> LinkFacts:
    return LinkFacts(name, "open-day", name, "mail", target, f"m{target}", trap, (SENT,))


LINKS = {name: link(name) for name in "abcde"} | {"trap": link("trap", trap=True)}
OWN = {f"{who}-{name}": link(f"{who}-{name}", target=who) for who in "1234" for name in "abc"}


def hit(at: float = 0, name: str = "a", **more: Any) -> Hit:
    """A person's click at a quiet time, seconds after `LATE`, unless told otherwise."""
    start = Hit("", name, LATE + int(at * SECOND), Asked.GET, "v", "n", "", CHROME, FULL)
    made = start._replace(**more)
    return made if made.id else made._replace(id=f"{made.arrival}-{made.visitor}-{made.link}-{made.asked}")


def judged(*hits: Hit, plan: ClickPlan = PLAN) -> list[Judgement]:
    return judge(hits, LINKS | OWN, plan)


def verdicts(*hits: Hit) -> list[Verdict]:
    return [one.verdict for one in judged(*hits)]


def test_a_browser_opened_by_hand_is_certainly_a_person() -> None:
    """A gesture, a language and nothing against it; the reasons say so."""
    (one,) = judged(hit())
    assert one == Judgement(one.id, Verdict.HUMAN, one.reasons)
    assert "opened by hand, as the browser says" in one.reasons


@pytest.mark.parametrize(("agent", "marks"), BROWSERS)
def test_every_browser_is_a_person(agent: str, marks: str) -> None:
    """Also those that do not tell of gestures."""
    assert verdicts(hit(agent=agent, marks=marks))[0] in PEOPLE


@pytest.mark.parametrize(
    "more",
    [
        {"marks": "html"},
        {"marks": "language"},
        {"known": "Microsoft cloud"},
        {"arrival": SENT + 2 * SECOND},
        {"arrival": SENT + 40 * SECOND},
        {"agent": CHROME + " Frobnicator/1"},
    ],
)
def test_no_weak_sign_decides_alone(more: dict[str, Any]) -> None:
    """Each keeps a hit from being certain, and none makes it a machine."""
    assert verdicts(hit(**more)) == [Verdict.LIKELY]


def test_two_weak_signs_make_doubt_and_no_certainty() -> None:
    """Early out of a listed network without a language."""
    early: dict[str, Any] = {"arrival": SENT + 40 * SECOND, "known": "Mimecast"}
    assert verdicts(hit(**early)) == [Verdict.DOUBTFUL]
    assert verdicts(hit(**early, marks="html")) == [Verdict.DOUBTFUL]


def test_a_listed_network_makes_the_time_after_a_mailing_longer() -> None:
    """Five minutes after it is early for a scanner's queue and for nobody else."""
    assert verdicts(hit(arrival=SENT + 300 * SECOND)) == [Verdict.HUMAN]
    assert verdicts(hit(arrival=SENT + 300 * SECOND, known="Mimecast")) == [Verdict.DOUBTFUL]


def test_who_says_it_is_a_machine_is_one() -> None:
    """Whatever headers it sends, and the reason gives its name."""
    (one,) = judged(hit(agent="Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"))
    assert one.verdict is Verdict.MACHINE
    assert one.reasons[0] == "says it is a crawler: Googlebot"


def test_a_preview_is_a_share() -> None:
    """It is no click, and its reason says why it came."""
    (one,) = judged(hit(agent="Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"))
    assert one.verdict is Verdict.MACHINE
    assert "shared" in one.reasons[0]


@pytest.mark.parametrize("asked", [Asked.HEAD, Asked.PREFETCH])
def test_what_is_no_get_is_no_click(asked: Asked) -> None:
    """It is kept as evidence and called so."""
    (one,) = judged(hit(asked=asked))
    assert one.verdict is Verdict.MACHINE
    assert one.reasons[0].startswith("not a click")
    assert not one.repeat


def test_headers_first_and_then_the_page_is_what_scanners_do() -> None:
    """The page is doubtful then, and certain without a language."""
    assert verdicts(hit(asked=Asked.HEAD), hit(1))[1] is Verdict.DOUBTFUL
    assert verdicts(hit(asked=Asked.HEAD), hit(1, marks=""), hit(30, visitor="w"))[1] is Verdict.DOUBTFUL
    early = SENT + 30 * SECOND
    bare: dict[str, Any] = {"marks": "", "arrival": early}
    assert verdicts(hit(asked=Asked.HEAD, arrival=early - SECOND), hit(**bare))[1] is Verdict.MACHINE


def test_a_page_fetched_in_advance_takes_nothing_from_the_click() -> None:
    """Browsers fetch what they think will be opened."""
    assert verdicts(hit(asked=Asked.PREFETCH), hit(1))[1] is Verdict.HUMAN


def test_a_sweep_is_a_machine_however_good_its_headers_are() -> None:
    """Four links in a second: doubtful at a quiet time, certain just after the mailing."""
    names = "abcd"
    assert verdicts(*(hit(n / 4, name) for n, name in enumerate(names))) == [Verdict.DOUBTFUL] * 4
    soon = [hit(name=name, arrival=SENT + (30 + n) * SECOND // 2) for n, name in enumerate(names)]
    assert {one.verdict for one in judged(*soon)} == {Verdict.MACHINE}
    assert "links of one mail within 2 s" in judged(*soon)[0].reasons[0]


def test_who_opens_two_links_is_a_person() -> None:
    """Two tabs in a second, or three links in a minute."""
    assert set(verdicts(hit(), hit(1, "b"))) <= set(PEOPLE)
    assert set(verdicts(hit(), hit(20, "b"), hit(40, "c"))) <= set(PEOPLE)


def test_a_sweep_from_many_addresses_of_one_network_is_seen() -> None:
    """Every link from another address."""
    assert verdicts(*(hit(n / 4, name, visitor=name) for n, name in enumerate("abcd"))) == [Verdict.DOUBTFUL] * 4


def test_a_crowd_behind_one_address_is_no_sweep() -> None:
    """A newsroom opens three links in a second: other people have other browsers."""
    crowd = [hit(n / 4, name, visitor=name, agent=BROWSERS[n][0]) for n, name in enumerate("abcd")]
    assert set(verdicts(*crowd)) == {Verdict.HUMAN}


def test_a_gateway_of_a_whole_organisation_is_seen() -> None:
    """The links of three people within seconds, by one visitor or by one network."""
    assert verdicts(*(hit(n * 3, f"{n + 1}-a") for n in range(3))) == [Verdict.DOUBTFUL] * 3
    assert verdicts(*(hit(n * 3, f"{n + 1}-a", visitor=str(n)) for n in range(3))) == [Verdict.DOUBTFUL] * 3


def test_a_trap_taints_its_visitor_for_a_while() -> None:
    """Certain within a minute and just before, doubtful later, nothing after the window; others are left alone."""
    trap = hit(name="trap")
    later = (hit(-5), hit(50, "b"), hit(600, "c"), hit(1_000, "d"), hit(3, "e", visitor="w", network="x"))
    machines, doubt, person = Verdict.MACHINE, Verdict.DOUBTFUL, Verdict.HUMAN
    assert verdicts(trap, *later) == [machines, machines, machines, doubt, person, person]
    assert verdicts(trap, hit(5, "b", visitor="w")) == [Verdict.MACHINE, Verdict.DOUBTFUL]


def test_a_person_behind_a_gateway_stays_a_person() -> None:
    """It looked at every link when the mail came in; the person clicks an hour later, out of the same network."""
    delivered = SENT + 9 * SECOND
    scans = [hit(name=f"1-{name}", visitor="g", arrival=delivered + n, marks="html") for n, name in enumerate("abc")]
    *machines, person = verdicts(*scans, hit(name="1-a"))
    assert set(machines) == {Verdict.MACHINE}
    assert person is Verdict.HUMAN


@pytest.mark.parametrize("name", ["a", "1-a"])
@pytest.mark.parametrize("marks", ["html", "html language", "document html language navigate"])
def test_a_gateway_that_looks_at_the_click_takes_nothing_from_it(name: str, marks: str) -> None:
    """Its fetch is doubted, the person's stays, whichever comes first."""
    gateway: dict[str, Any] = {"visitor": "g", "network": "cloud", "marks": marks}
    for before in (-2, 2):
        scan, person = verdicts(hit(before, name, **gateway), hit(0, name))
        assert (scan, person) == (Verdict.DOUBTFUL, Verdict.HUMAN)


def test_many_people_at_one_link_are_no_pair() -> None:
    """In the first minutes of a newsletter people meet at a link by chance."""
    crowd = [hit(n * 2, visitor=str(n), network=str(n)) for n in range(30)]
    assert set(verdicts(*crowd)) == {Verdict.HUMAN}


def test_a_double_click_is_one_click() -> None:
    """The second is a repeat with its reason; after ten seconds it is a click again; another link is another click."""
    marked = judged(hit(), hit(3), hit(30), hit(31, "b"))
    assert [one.repeat for one in marked] == [False, True, False, False]
    assert marked[1].reasons[0] == "a repeat within 10 s"
    assert marked[1].verdict in PEOPLE


def test_a_scanners_fetch_makes_no_repeat_of_a_persons_click() -> None:
    """One address and one agent: the fetch without headers is a machine's, and the click counts."""
    scan, person = judged(hit(marks="", known="Mimecast"), hit(5))
    assert scan.verdict is Verdict.DOUBTFUL
    assert not person.repeat


def test_hammering_is_doubted() -> None:
    """Five fetches of one link in ten seconds."""
    assert set(verdicts(*(hit(n) for n in range(5)))) == {Verdict.DOUBTFUL}


def test_what_a_counter_tells_is_judged_by_what_it_tells() -> None:
    """No visitor, no headers: nothing is held against what nobody saw; what the service calls a bot is doubted."""
    seen: dict[str, Any] = {"visitor": "", "network": "", "marks": ""}
    assert verdicts(hit(0, **seen)) == [Verdict.LIKELY]
    assert verdicts(hit(0, **(seen | {"agent": ""}))) == [Verdict.LIKELY]
    assert verdicts(hit(0, **(seen | {"marks": "bot"}))) == [Verdict.DOUBTFUL]
    assert verdicts(hit(0, **(seen | {"agent": "curl/8.5"}))) == [Verdict.MACHINE]
    assert not any(one.repeat for one in judged(hit(0, **seen), hit(1, **seen)))


def test_a_link_nobody_knows_is_judged_too() -> None:
    """An orphan has no mailing; the hit alone decides."""
    assert verdicts(hit(name="gone"), hit(1, "gone2"), hit(1.5, "gone3")) == [Verdict.HUMAN] * 3


def test_thresholds_are_those_of_the_settings() -> None:
    """A longer time after sending and more links to a sweep."""
    early = hit(arrival=SENT + 90 * SECOND)
    assert judged(early)[0].verdict is Verdict.HUMAN
    assert judged(early, plan=ClickPlan(after_send=timedelta(minutes=2)))[0].verdict is Verdict.LIKELY
    sweep = [hit(n / 4, name) for n, name in enumerate("abc")]
    assert {one.verdict for one in judged(*sweep, plan=ClickPlan(burst_links=4))} <= set(PEOPLE)


some_hits = st.lists(
    st.builds(
        lambda at, name, asked, who, marks: hit(at, name, asked=asked, visitor=who, network=who[:1], marks=marks),
        st.integers(0, 60), st.sampled_from(["a", "b", "c", "trap", "1-a", "1-b", "2-a", "?"]), st.sampled_from(Asked),
        st.sampled_from(["", "v1", "v2", "w1", "w2"]), st.sampled_from(["", "html", FULL]),
    ),
    max_size=25,
)  # fmt: skip


@given(some_hits, st.randoms())
def test_the_order_of_hits_changes_nothing(hits: list[Hit], random: Random) -> None:
    """Each hit gets its verdict, in the order given, whatever that is."""
    hits = [one._replace(id=f"{n:03}") for n, one in enumerate(hits)]
    straight = judged(*hits)
    mixed = list(hits)
    random.shuffle(mixed)
    assert [one.id for one in judged(*mixed)] == [one.id for one in mixed]
    assert sorted(judged(*mixed)) == sorted(straight)
    assert all(one.reasons and all("; " not in text for text in one.reasons) for one in straight)


@given(some_hits)
def test_what_is_far_away_changes_nothing(hits: list[Hit]) -> None:
    """Hits of another hour leave the verdicts as they are: stretches can be judged one by one."""
    hits = [one._replace(id=f"{n:03}") for n, one in enumerate(hits)]
    far = [one._replace(id=f"x{one.id}", arrival=one.arrival + 3_600 * SECOND) for one in hits]
    assert judged(*hits, *far)[: len(hits)] == judged(*hits)
