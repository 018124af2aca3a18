"""The words at the end of the demo: what came, the open board of the desk, where everything lies, what to try next."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from commsleads.demo.folder import DIGESTS, LISTS, MAILBOX
from commsleads.demo.handing import CRITERIA, STRICTER
from commsleads.demo.newsroom import ZONE

if TYPE_CHECKING:
    from commsleads.contract import Period
    from commsleads.demo.replay import Told

WIDTH = 78
"""Characters of a line, so that all of it stands well on a terminal of 80."""


def summary(told: Told, asked: Mapping[int, int], seconds: float) -> str:
    """How all of this came about. `asked` counts the requests to the newsroom by status."""
    return textwrap.fill(
        f"All of this was fetched: {sum(asked.values()):,} requests to an invented newsroom while nine weeks passed "
        f"({asked.get(304, 0):,} times nothing new, {told.failed} polls failed) brought {told.news:,} items of news; "
        f"{told.mails} mails and {told.calls} telephone calls made {told.enquiries} enquiries; {told.clicks} requests "
        f"at our links were told apart, people from machines; {told.alerts} alerts went out at once. "
        f"It took {seconds:.0f} seconds.",
        WIDTH,
    )


def board(told: Told) -> str:
    """The open enquiries, two lines each, as an officer sees them who may not see what is restricted."""
    lines = [f"\nThe open board, as {told.looker} sees it on {_at(told.at)}:"]
    for row in told.board:
        due = f"due {_at(row['deadline_at'])}" if row["deadline_at"] else "no deadline stated"
        state = "restricted" if row["shown"] == "restricted" else str(row["shown"]).replace("_", " ")
        who = ", ".join(filter(None, (*row.get("journalists", ()), row.get("outlet", ""))))
        lines.append(
            _cut(f"  {row['reference']}  {state.replace('signoff', 'sign-off'):18}{due:24}{row.get('owner', '')}")
        )
        if who:
            lines.append(_cut(f"{'':13}{who}: {row['subject']}"))
    return "\n".join(lines)


def _at(when: datetime | str) -> str:
    """A time of the desk, in local words: Wed 11 Nov, 14:00."""
    at = datetime.fromisoformat(when) if isinstance(when, str) else when
    there = at.astimezone(ZONE)
    return f"{there:%a} {there.day} {there:%b, %H:%M}"


def _cut(line: str) -> str:
    line = line.rstrip()
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 1].rstrip()}…"


def answer(told: Told) -> str:
    """The answer card of the running campaign in short: whom, what, how many, and what nobody can tell."""
    card = told.card
    lines = [f"\nThe answer card of {card['name']}, in short:"]
    targets = card["targets"]
    held = f", {targets['control']} held back for comparison" if targets["control"] else ""
    lines.append(f"  whom      {targets['aimed']} aimed at, {targets['excluded']} excluded{held}")
    for ask in card["ctas"]:
        took, clicks = ask["took"], ask["clicks"]
        rate = f" ({took['rate']:.0%}, {took['low']:.0%} to {took['high']:.0%})" if took["rate"] is not None else ""
        if took["n"] is not None:
            lines.append(_cut(f"  did it    {took['n']} of {ask['targets']}{rate}: {ask['wording']}"))
        if clicks:
            people = f"{clicks['certain_human']} to {clicks['not_machine']} clicks by people, best {clicks['best']}"
            lines.append(f"            {people}, of {clicks['all']} in all")
    lines.append(f"  nobody knows whose: {card['unattributed']} clicks and responses")
    if goal := card["goal"]:
        lines.append(f"  goal      {goal['word']}: {goal['n']} of {goal['goal']} {goal['of']}")
    return "\n".join(lines)


def places(folder: Path, told: Told) -> str:
    """Where what it made lies."""
    digest = folder / DIGESTS / f"weekly-{told.period.label}.html"
    return (
        f"\nTo look at:\n  the digest    {digest}\n  the database  {folder / 'commsleads.db'}\n"
        f"  the mailbox   {folder / MAILBOX}\n  the lists     {folder / LISTS}\n"
        f"  the settings  {folder / 'config.toml'}\n  the criteria  {folder / CRITERIA}"
    )


def next_steps(folder: Path, told: Told, *, serve: bool) -> str:
    """What to try next, each with what it shows."""
    lines = [f"  # {what}\n  {command}" for command, what in commands(folder, told.period, told.sent_back, serve=serve)]
    return "\nTo try next:\n" + "\n".join(lines)


def commands(folder: Path, period: Period, sent_back: str, *, serve: bool) -> list[tuple[str, str]]:
    """What to try next, each with what it shows. All of it works on the folder the demo has left.

    `sent_back` is the reference of an enquiry with a whole story to it.
    """
    program = "./run" if Path("run").is_file() and Path("commsleads/demo").is_dir() else "commsleads"
    start = f"{program} --config {shlex.quote(str(folder / 'config.toml'))}"
    first = f"{period.start.astimezone(ZONE):%Y-%m-%d}"
    after = f"{period.end.astimezone(ZONE):%Y-%m-%d}"
    found = [
        (f"stories --watch wendlemere --since {first} --until {after}", "the stories behind the digest's first number"),
        ("campaign show heat-next-door", "whom it aimed at, what it asked, how many did it: the whole answer card"),
        ("lead list", "the leads: how far each has come, whose turn it is, who has it"),
        ('lead history "Hal Brisco" --by tobias', "one from cradle to grave: every touch and change, and why"),
        (f"criteria try {shlex.quote(str(folder / STRICTER))}", "which leads would change under stricter criteria"),
        ("goal list", "what was agreed on, what was to be expected by now, and how it stands"),
        (f"report leads --period {period.label}", "the funnel, the handoff and what the leads are due to"),
        ("campaign show open-turbine-day", "the finished campaign, with a group that nobody counted"),
        ("hits --campaign heat-next-door", "each click with its verdict, person or machine, and why"),
        ("link list --campaign heat-next-door", "its links, and who opened them"),
        ("counters", "what a link service counted for itself, and by which rule"),
        ("stories --campaign heat-next-door", "what the running campaign has brought so far"),
        ('search "Kiln Row"', "every word of nine weeks"),
        ("gaps", "what was not seen, when and why"),
        ("sources", "which feeds are well and which are not"),
        (f"report weekly --period {period.label} --for director", "the same digest in a minute (or --for analyst)"),
        (f"report weekly --period {period.label} --replay", "made again of what was kept, and compared byte for byte"),
        (f"report coverage --period {period.label}", "the coverage book (--format pdf --out book.pdf)"),
        ("alert list --all", "what could not wait for the digest, and what became of it"),
        ("tone list --unchecked", "how the machine reads what nobody has read yet"),
        ("enquiry list --by nadia", "the board by today's clock, as the lead of the desk sees it"),
        (f"enquiry show {sent_back} --by tobias", "one enquiry whole, with a sign-off that was sent back"),
        (f"report enquiries --period {period.label}", "the figures of the desk"),
        ("review list --by tobias", "the mails that a person should look at"),
        ("requests", "journalists' open requests that we have somebody for"),
    ]
    if serve:
        found.append(("once --all", "ask every feed once more, from a second terminal"))
    return [(f"{start} {command}", what) for command, what in found]
