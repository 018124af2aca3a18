"""What keeps a lead from qualifying, word by word: a person must not have to guess it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from commsleads.criteria import Sort
from commsleads.rules.leads import told
from commsleads.rules.leads.missing import lacks, missing
from tests.rules.leads.logs import ASKS, CRITERIA, act, day, lead, terms, touch

LONDON = ZoneInfo("Europe/London")


def test_the_nearest_touch_and_what_it_lacks() -> None:
    """A stage asks one touch for everything; points that are short are told with where the band begins."""
    rows = [touch("a", day(0), "own ask"), touch("b", day(1), "own", "reply")]
    assert missing(lead(*rows), rows, CRITERIA, LONDON) == (
        (
            "Not story: an enquiry of 2 November 2026 comes nearest, and lacks this: for a named outlet; "
            "fit is 0, and C begins at 10 points."
        ),
        (
            "Not service: an enquiry of 2 November 2026 comes nearest, and lacks this: "
            "after we had answered them before; fit is 0, and C begins at 10 points."
        ),
    )


def test_a_qualified_lead_is_short_of_nothing() -> None:
    """Whoever is offered is not told what is missing; nor is anybody before there are criteria."""
    rows = [touch("a", day(0), ASKS)]
    assert missing(lead(*rows), rows, CRITERIA, LONDON) == ()
    assert missing(told(("ada",), rows, (), (), day(1)), rows, None, LONDON) == ()


def test_why_somebody_is_no_lead() -> None:
    """Each touch that makes none says why; what we only learned of somebody is no touch."""
    click = touch("a", day(0), "", "click")
    waits = touch("b", day(1), "own", counts=False, why="not yet: nobody has said what its stance is")
    hostile = touch("c", day(2), "own", counts=False, why="a hostile enquiry")
    learned = touch("d", day(3), "outlet", "known")
    rows = [click, waits, hostile, learned]
    assert missing(lead(*rows), rows, CRITERIA, LONDON) == (
        "An enquiry of 4 November 2026 does not count: a hostile enquiry.",
        "An enquiry of 3 November 2026 does not count yet: nobody has said what its stance is.",
        "A click of 2 November 2026 is not beyond doubt their own act, as the EU reading asks.",
    )


def test_what_has_to_come_before() -> None:
    """Nothing came before, or it came too late: two different things to do."""
    asked = CRITERIA.stages[1].after
    assert asked is not None
    stages = (CRITERIA.stages[0], CRITERIA.stages[1].__class__(
        id="material", says="used our material", when=Sort(having=("own",), touch=("reply",)),
        after=asked, apart=CRITERIA.stages[1].apart,
    ))  # fmt: skip
    criteria = type(CRITERIA)(stages=stages, engagement=CRITERIA.engagement)
    none = [touch("a", day(0), "own", "reply")]
    found = told(("ada",), none, (), (), day(1))
    opened = type(found)(id="ada", contacts=("ada",), opened=day(0), stage="engaged")
    assert missing(opened, none, criteria, LONDON) == (
        "Not material: no touch has come before it using our data, an asset or a briefing.",
    )
    late = [touch("a", day(0), "own", "reply"), touch("b", day(1), "own material")]
    assert missing(opened, late, criteria, LONDON) == ("Not material: what has to come before it did not by 1 day.",)


def test_a_stage_set_by_hand() -> None:
    """What came before it brings nobody higher any more; what came since is looked at as ever."""
    rows = [touch("a", day(0), ASKS)]
    back = act("stage", day(0, 1), to="engaged")
    said = missing(lead(*rows, back), rows, CRITERIA, LONDON)
    assert said[0] == "Not story: the stage was set by hand, and nothing came since."
    rows.append(touch("b", day(1), "own outlet tier-2", "reply"))
    assert missing(lead(*rows, back), rows, CRITERIA, LONDON)[0] == (
        "Not story: a reply of 3 November 2026 comes nearest, and lacks this: asking for something."
    )


def test_points_that_suffice_at_last() -> None:
    """Points are reckoned when a touch comes: where the bad ones have gone since, the next touch decides."""
    hostile = replace(CRITERIA.engagement[3], half_life=timedelta(days=1))
    criteria = replace(CRITERIA, engagement=(CRITERIA.engagement[0], hostile))
    rows = [touch("h", day(0), "hostile own", "phone", counts=False), touch("a", day(0, 1), ASKS)]
    found = lead(*rows, terms(criteria=criteria), now=day(6))
    assert (found.stage, found.engagement >= 20) == ("engaged", True)
    assert missing(found, rows, criteria, LONDON)[0] == (
        "Not story: nothing is missing any more, and the next touch that counts brings them there."
    )


def test_each_part_of_a_sort() -> None:
    """Kind, marks, source and campaign are each said in words."""
    wanted = Sort(touch=("form",), any=("deadline", "use"), without=("hostile",), source=("event",), campaign=("wing",))
    assert lacks(wanted, touch("a", day(0), "hostile own")) == [
        "with a deadline or saying where it is to appear", "being a form", "having come by event",
        "being of the campaign “wing”", "not being hostile to us",
    ]  # fmt: skip
    assert lacks(Sort(), touch("a", day(0))) == []
