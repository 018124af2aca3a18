"""A lead explained to people, word by word."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from commsleads.journey import Given, Lead
from commsleads.rules.leads import told
from commsleads.rules.leads.sentences import clause, explained, gave, listed, moved, turn
from tests.rules.leads.logs import ASKS, CRITERIA, OPEN, STRICTER, act, day, lead, terms, touch

LONDON = ZoneInfo("Europe/London")
ASKED = touch("a", day(0), ASKS)


def test_a_qualified_lead() -> None:
    """Stage with its date and criteria, points rule by rule, whose turn it is."""
    found = lead(ASKED, touch("b", day(0, 1), "own", "reply"))
    assert explained(found, CRITERIA, LONDON, "Ruth Calder") == (
        "Story since 2 November 2026 (criteria 1): Ruth Calder asks for something, for an outlet we know.",
        "Engagement 45, warm: asked us something 30 (1 touch), answered us 15 (1).",
        "Fit 10, C: works for an outlet we know 10.",
        "Offered to ruth since 2 November 2026: an answer is due by 2 November 2026, 17:00.",
    )


def test_without_a_name_it_is_they() -> None:
    """A clause speaks of one person; after "they" it stands behind a colon."""
    assert clause("they", "asks for something") == "they: asks for something"
    assert clause("Ada", "asks for something") == "Ada asks for something"
    assert clause("Ada", "") == "Ada: the conditions are met"


def test_who_is_no_lead_and_who_was_not_judged() -> None:
    """Both are said, with what there is to say."""
    click = touch("a", day(0), "", "click")
    assert explained(lead(click), CRITERIA, LONDON) == (
        "They: no lead under criteria 1.", "Engagement 3: clicked 3 (1 touch).", "Fit 0: no rule gives anything.",
    )  # fmt: skip
    none = told(("ada",), [click], (), (), day(1))
    assert explained(none, None, LONDON) == ("They: not judged yet, for no criteria are in force.",)


def test_a_lead_in_no_stage() -> None:
    """In the US reading a click makes a lead, which has reached nothing."""
    said = explained(lead(touch("a", day(0), "", "click"), terms(criteria=OPEN)), OPEN, LONDON)
    assert said[0] == "A lead since 2 November 2026 (criteria 1), and in no stage yet."
    assert said[-1] == "New since 2 November 2026."


def test_whose_turn_it_is() -> None:
    """Each status with what belongs to it."""
    assert turn(lead(ASKED, act("accept", day(0, 1))), LONDON) == "Accepted since 2 November 2026, with ruth."
    nurtured = lead(ASKED, act("recycle", day(0, 1), until=day(9)))
    assert turn(nurtured, LONDON) == "Recycled since 2 November 2026 until 11 November 2026."
    assert turn(lead(ASKED, act("close", day(0, 1), to="covered")), LONDON) == "Closed (covered) since 2 November 2026."
    assert turn(lead(ASKED, now=day(0, 9)), LONDON) == (
        "Offered to tom since 2 November 2026, after nobody answered before: "
        "an answer is due by 3 November 2026, 17:00."
    )
    nobody = lead(ASKED, terms(officers=(), criteria=CRITERIA)).offers[0]._replace(to="")
    assert turn(Lead(id="a", contacts=(), status="offered", offers=(nobody,)), LONDON).startswith(
        "Offered, and nobody is named to take it since"
    )


def test_a_move_in_words() -> None:
    """The day on the organisation's calendar, the change, the criteria, and why."""
    found = lead(ASKED, terms(), terms(2, day(3), STRICTER))
    there, back = [moved(move, LONDON) for move in found.moves if move.what == "stage"]
    assert there == (
        "2 November 2026: stage none → story (criteria 1). By an enquiry of 2 November 2026: "
        "asks for something, for an outlet we know (fit 10 (C), engagement 30 (warm))."
    )
    assert back == (
        "5 November 2026: stage story → engaged (criteria 2). "
        "Under criteria 2: they do not meet “story” any more (fit 10 (C), engagement 28 (warm))."
    )


def test_what_rules_gave() -> None:
    """Touches are counted once in words and then in figures; points that are gone are told as none."""
    given = [Given("a", "asked us", 30, 2), Given("b", "", 0, 1)]
    assert gave(given, counted=True) == "asked us 30 (2 touches), b 0 (1)"
    assert gave(given, counted=False) == "asked us 30, b 0"
    assert listed(["a", "b", "c"]) == "a, b and c"
