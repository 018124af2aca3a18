"""What sign-off costs: time for each step and approver, what was sent back, and its share of the whole."""

from __future__ import annotations

from typing import Any

from commsleads.reports.blocks import Section, figures, section, table, text
from commsleads.reports.deskwords import officer_of, rate_of, spread_of
from commsleads.reports.wording import counted, lasted, line, number, percent

HEAD = ("Decisions", "Median", "Nine of ten within")


def signing_of(desk: Any, unit: str) -> Section:
    """The section on sign-off."""
    found = desk.figures.sign_off
    if not found.elapsed.n and not found.waived.n:
        return section("Sign-off", text(f"Nothing was signed this {unit}."))
    nothing = "only waivers" if found.waived.n else "no decision"
    return section(
        "Sign-off",
        figures(
            ("Time to a decision, median", *spread_of(found.elapsed, nothing)),
            ("The same in working time", *spread_of(found.working, nothing)),
            ("Enquiries sent back at least once", *rate_of(found.reworked, nothing)),
            (
                "Sent back",
                number(found.sent_back.n),
                f"of {counted(found.elapsed.n + len(found.elapsed.odd), 'decision')}",
            ),
            ("Waived", number(found.waived.n), "each with its reason in the history") if found.waived.n else None,
            ("Share of the time to first answer", *_share(found, unit)),
        ),
        table(("Step", *HEAD), [_row(line(part.name, 40), part.value) for part in found.by_step]),
        table(("Who signs", *HEAD), [_row(officer_of(desk, part.name), part.value) for part in found.by_approver]),
    )


def _row(name: str, spread: Any) -> tuple[str, ...]:
    return name, number(spread.n), lasted(spread.median), lasted(spread.p90)


def _share(found: Any, unit: str) -> tuple[str, str]:
    if found.of_elapsed is None:
        return "cannot tell", f"nothing that was signed was answered this {unit}"
    return percent(found.of_elapsed), f"over {counted(found.shared.n, 'signed enquiry')} answered this {unit}, pooled"
