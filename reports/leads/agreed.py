"""What was agreed: the criteria in force, what changed in them, and what the other reading would make of it."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

from commsleads.reports.blocks import Section, figures, grey, section, text
from commsleads.reports.cardwords import clicks_words
from commsleads.reports.leadwords import changed_lines, criteria_line, officer_of, reading_line
from commsleads.reports.wording import counted, line, number


def reading_of(leads: Any, unit: str) -> Section:
    """Both readings side by side, and the interest that is nobody's."""
    found, interest = leads.reading, leads.interest
    stories = f"{counted(interest.stories, 'story')} about us" if interest.stories is not None else "not observed"
    clicks = f"{clicks_words(interest.clicks)} on links for all" if interest.clicks is not None else "no link for all"
    us = found.reading == "US"
    return section(
        "Who counts as a lead",
        text(reading_line(leads)),
        figures(
            (f"Opened under the {found.reading} reading, in force", number(found.n), "all figures here stand on it"),
            ("Only clicked a link made for them", number(found.clicked), _where(us=us)),
            ("Touches that may not be theirs", number(found.doubtful), _where(us=us)),
            None if us else ("On a target list, never acted", number(found.named), _where(us=us)),
        ),
        text(f"Interest without a person, added to no lead: {stories}; {clicks} this {unit}."),
    )


def _where(*, us: bool) -> str:
    return "in the figures; the EU reading leaves them out" if us else "in no figure; the US reading counts them"


def agreed_of(leads: Any, zone: tzinfo, unit: str) -> Section:
    """The criteria in force, in short, and what changed in the period."""
    if leads.criteria is None:
        return section("What was agreed", text("No criteria are in force yet: commsleads criteria show."))
    found = leads.criteria
    by = f", switched on by {officer_of(leads, found.by)}" if found.by else ""
    author = f" Written by {line(found.author, 60)}." if found.author else ""
    said = criteria_line(leads, zone)
    return section(
        "What was agreed",
        text(f"{said[0].upper()}{said[1:]}{by}.{author}"),
        *(text(line(sentence, 400)) for sentence in found.sentences),
        *(text(sentence) for sentence in changed_lines(leads, zone)),
        grey(f"{'Nothing was changed in them this ' + unit + '. ' if not leads.changed else ''}"
             "All rules, points and bands: commsleads criteria show."),
    )  # fmt: skip
