"""What qualified leads are due to, by six models side by side, and whether the criteria are applied evenly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from commsleads.reports.blocks import Block, Section, figures, grey, section, table, text
from commsleads.reports.leadwords import campaign_of, officer_of, share_cell
from commsleads.reports.wording import counted, line, listed, number

NAMES = {"first": "First", "last": "Last", "linear": "Linear", "decay": "Decay"}


def credit_of(campaigns: Any, sources: Any, leads: Any, unit: str, most: int) -> Section:
    """Six models side by side. None of them is true, so none is called the answer."""
    if not campaigns.leads:
        return section("What they are due to", text(f"No lead was qualified this {unit}."))
    return section(
        "What they are due to",
        _models(campaigns, leads, "Campaign", most),
        _models(sources, leads, "Source", most),
        text(f"What they say themselves of how they heard of us: {listed(_own_words(campaigns, most))}."),
        grey(
            f"In leads, of the {counted(campaigns.leads, 'lead')} qualified this {unit}; each column adds up to them. "
            f"Touches of the {campaigns.lookback.days} days before count; a touch is worth half after "
            f"{campaigns.half_life.days} days under decay."
        ),
    )


def _own_words(campaigns: Any, most: int) -> list[str]:
    """How they say they heard of us, and of how many nothing is told."""
    told = sum(n for _, n in campaigns.self_reported) + campaigns.alone
    others = (
        (campaigns.alone, "what nobody else said"),
        (sum(n for words, n in campaigns.self_reported if not words), "nothing"),
        (campaigns.leads - told, "not told here, as their enquiries are not for everybody"),
    )
    said = [f"{number(n)} “{line(words, 60)}”" for words, n in campaigns.self_reported if words][:most]
    return [*said, *(f"{number(n)} {what}" for n, what in others if n)]


def _models(table_of: Any, leads: Any, head: str, most: int) -> Block | None:
    known = [row for row in table_of.rows if row.name]
    rows = [(_called(leads, table_of.key, row.name), row.credits) for row in known[:most]]
    if len(known) > most:
        rest = tuple(sum(column) for column in zip(*(row.credits for row in known[most:]), strict=True))
        rows.append((f"{number(len(known) - most)} more", rest))
    rows += [("Nobody can tell", row.credits) for row in table_of.rows if not row.name]
    columns = [tenths(column) for column in zip(*(credits_ for _, credits_ in rows), strict=True)]
    told = [
        (name, *(f"{one / 10:,.1f}" for one in given))
        for (name, _), given in zip(rows, zip(*columns, strict=True), strict=True)
    ]
    return table((head, *(NAMES.get(model, str(model)) for model in table_of.models)), told)


def tenths(column: Sequence[int]) -> list[int]:
    """Thousandths in tenths that add up to the same: largest remainder, a tie to the one that stands first."""
    found = [one // 100 for one in column]
    left = sum(column) // 100 - sum(found)
    for place in sorted(range(len(column)), key=lambda one: -(column[one] % 100))[:left]:
        found[place] += 1
    return found


def _called(leads: Any, key: str, name: str) -> str:
    return campaign_of(leads, name) if key == "campaign" else line(name, 40)


def even_of(found: Any, leads: Any) -> Section:
    """Whether everybody applies the criteria alike, with the shares that say so."""

    def owner(name: str) -> str:
        return officer_of(leads, name)

    def campaign(name: str) -> str:
        return campaign_of(leads, name) or "no campaign"

    parts: tuple[tuple[str, Any, Callable[[str], str]], ...] = (
        ("Accepted, by whom it was offered to", found.owners, owner),
        ("Accepted, by campaign", found.campaigns, campaign),
        ("Qualified, by campaign", found.qualified, campaign),
    )
    rows: list[tuple[str, ...]] = []
    for name, even, called in parts:
        if even.groups:
            rows.append((f"{name}: {verdict_of(even)}",))
            apart = dict.fromkeys(even.together, ", tested together") | dict.fromkeys(
                even.left_out, ", left out: too few"
            )
            rows += [(called(one), f"{share_cell(share)}{apart.get(one, '')}") for one, share in even.groups]
    nothing = [(name, "cannot tell", line(even.why, 120)) for name, even, _ in parts if not even.groups]
    return section(
        "Applied evenly?",
        figures(*nothing),
        table(("Group", "Share (95% interval)"), rows),
        grey(
            "Accepted: of the offers made in the period that were accepted, rejected or lapsed. Qualified: of the "
            "leads opened in it. A test over all groups at once: differences that chance makes are called even."
        ),
    )


def verdict_of(even: Any) -> str:
    """`uneven; chance alone differs so much 0.8 times in 100`."""
    if even.word == "cannot tell":
        return f"cannot tell, {line(even.why, 120)}" if even.why else "cannot tell"
    if even.chance is None:
        return str(even.word)
    return f"{even.word}; chance alone differs so much {100 * even.chance:.1f} times in 100"
