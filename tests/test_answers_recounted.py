"""Every figure of the answer cards, counted again from the rows by other means; they agree exactly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from commsleads.contract import Period
from commsleads.rules.periods import parse_period
from commsleads.store.campaigns import targets as aims
from tests.answersim import Months, months
from tests.answertruth import Truth

PLAIN = ("targets", "took", "responses", "unknown", "steps", "control", "excluded", "outside", "by_kind", "by_channel",
         "by_group", "clicks", "again", "before", "after", "clicks_by_channel", "clicks_by_medium", "personal",
         "first_at")  # fmt: skip
WHOM = ("n", "excluded", "aimed", "listed", "control")


def written(run: Months) -> tuple[dict[str, Any], dict[str, Any]]:
    """The cards and the digest's answers as their JSON has them, by campaign."""
    facts = run.app.facts(run.session)
    report, weekly = run.app.plugins.report("campaign"), run.app.plugins.report("weekly")
    cards = {}
    for ident in run.plans:
        document = report.write(facts, facts.week(ident), report.Settings(only=ident))
        (cards[ident],) = document.data["campaigns"]
    period: Period = parse_period("2026-W45", run.zone)
    told = weekly.write(facts, period, weekly.Settings())
    return cards, {one["id"]: one for one in told.data["campaigns"]}


def same(card: dict[str, Any], truth: dict[str, Any]) -> None:
    """A card says what was counted."""
    assert card["measured"] == truth["measured"]
    whom, counted = card["targets"], truth["targets"]
    assert {name: whom[name] for name in WHOM} == {name: counted[name] for name in WHOM}
    assert {one["reason"]: one["n"] for one in whom["exclusions"]} == counted["exclusions"]
    assert {name: n for name, n in whom["statuses"].items() if n} == counted["statuses"]
    for cta in card["ctas"]:
        known = truth["ctas"][cta["id"]]
        assert {name: cta[name] for name in PLAIN} == {name: known[name] for name in PLAIN}, cta["id"]
        assert {one["id"]: (one["clicks"], one["busiest"]) for one in cta["links"]} == known["links"]
        for curve in ("curve", "clicked"):
            assert sum(one["new"] for one in cta[curve]) == known[curve]
            assert cta[curve][-1]["n"] == known[curve] if cta[curve] else known[curve] == 0
        for counter in cta["counters"]:
            assert (counter["n"], counter["earlier"]) == truth["counters"][counter["thing"]]
            assert counter["rule"]
    for name in ("did", "responses", "clicks", "unattributed"):
        assert card[name] == truth[name], name
    assert {step["name"]: step["n"] for step in card["funnel"]} == truth["funnel"]
    assert (card["leads"]["n"], card["leads"]["enquiries"]) == truth["leads"]
    assert [card["not_attributed"][name] for name in ("unclear", "doubtful")] == [truth["unclear"], truth["doubtful"]]
    assert card["cost"]["each"] == truth["each"]
    assert sorted((one["at"], one["channel"], one["group"], one["n"]) for one in card["sent"]) == truth["sent"]
    _difference(card["difference"], truth["difference"])


def _difference(card: dict[str, Any] | None, truth: Any) -> None:
    if truth is None:
        assert card is None
        return
    assert card is not None
    a, m, b, n, low, high = truth
    assert [card["rest"][name] for name in "kn"] + [card["control"][name] for name in "kn"] == [a, m, b, n]
    assert (card["low"], card["high"]) == (pytest.approx(low, abs=0.002), pytest.approx(high, abs=0.002))
    assert card["word"] == ("more" if low > 0 else "less" if high < 0 else "cannot tell")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_figure_counted_again(tmp_path: Path, seed: int) -> None:
    """Two months of five campaigns: cards, report and digest say what the rows say, and a rebuild changes nothing."""
    with months(tmp_path, seed) as run:
        run.live(400)
        cards, digest = written(run)
        for ident, plan in run.plans.items():
            rows = Truth(run.session, plan, run.zone, run.now)
            assert rows.clickers() == rows.clicked_by()
            truth = rows.card()
            same(cards[ident], truth)
            if told := digest.get(ident):
                assert told["took"] == truth["did"]["n"]
                assert told["unattributed"] == truth["unattributed"]
                assert told["leads"] == truth["leads"][0]
                for asked in told["asked"]:
                    known = truth["ctas"][asked["id"]]
                    names = ("targets", "took", "unknown", "clicks")
                    assert {name: asked[name] for name in names} == {name: known[name] for name in names}
        before = run.rows()
        assert run.app.campaigns(run.session)
        from commsleads.intake.responses import rebuild

        rebuild(run.session, run.app.settings, run.app.campaigns(run.session), run.now)
        assert run.rows() == before
        assert aims.of_campaign(run.session, "autumn")
