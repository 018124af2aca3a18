"""The command of what appeared: stories that wait for a yes or no, and what is known of those that had one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import local, show_json
from commsleads.cli.desk import enquiry
from commsleads.cli.desking import at_desk, by, finish, harmless
from commsleads.cli.group import command, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from commsleads.desk import Desk


NOTHING = {
    "refuse": False, "quote_used": None, "messages": (), "no_message": False, "tone": None, "error": "", "asked": False,
    "granted": False,
}  # fmt: skip


@command(of=enquiry)
@click.argument("ref", default="")
@click.argument("story", default="")
@click.option("--refuse", is_flag=True, help="It did not come of this enquiry.")
@click.option("--quote-used/--quote-not-used", default=None, help="Whether our words stand in it.")
@click.option("--message", "messages", multiple=True, help="A message of ours that it carries; several may be given.")
@click.option("--no-message", is_flag=True, help="It carries none of our messages.")
@click.option("--tone", help="Towards us: positive, neutral or hostile.")
@click.option("--error", default="", metavar="WHAT", help="What is wrong in it.")
@click.option("--correction-asked", "asked", is_flag=True)
@click.option("--correction-granted", "granted", is_flag=True)
@by
def coverage(ctx: click.Context, *, ref: str, story: str, officer: str, as_json: bool, **given: Any) -> None:
    """What appeared: the stories that wait for a yes or no, of one enquiry or of all.

    With STORY (an id or address): confirm that it came of this enquiry, or note more about one that did.
    """
    from commsleads.desk import covering

    if not story and given != NOTHING:
        raise click.UsageError("Say which story: commsleads enquiry coverage REF STORY ...")
    if given["messages"] and given["no_message"]:
        raise click.UsageError("Say --message or --no-message, not both.")
    app = opened(ctx)
    with at_desk(app, officer) as desk:
        if story:
            said = _noted(desk, ref, story, given)
            finish(desk, ref, as_json=as_json, said=said)
            return
        rows = covering.listed(desk, ref)
    if as_json:
        show_json(rows)
    else:
        tie = "To tie one: commsleads enquiry coverage REF STORY, with an id or address of: commsleads stories"
        click.echo(_words(rows, local(app)) or f"Nothing. {tie}")


def _noted(desk: Desk, ref: str, story: str, given: Mapping[str, Any]) -> str:
    from commsleads.desk import covering

    quote_used = given["quote_used"]
    messages = given["messages"] or (() if given["no_message"] else None)
    coded = messages is not None or given["tone"] is not None
    more = coded or given["error"] or given["asked"] or given["granted"]
    with desk.session.atomic():
        if given["refuse"]:
            covering.refuse(desk, ref, story)
        elif not more or quote_used is not None:
            covering.confirm(desk, ref, story, quote_used=quote_used)
        if coded:
            covering.coded(desk, ref, story, messages=messages, tone=given["tone"])
        if given["error"]:
            covering.error(desk, ref, story, given["error"])
        if given["asked"]:
            covering.correction(desk, ref, story)
        if given["granted"]:
            covering.correction(desk, ref, story, granted=True)
    return "coverage refused" if given["refuse"] else "coverage confirmed"


def _words(rows: Sequence[Mapping[str, Any]], at: Callable[[str | None], str]) -> str:
    """Each story under its enquiry, with why, and with the command that says yes."""
    lines: list[str] = []
    shown = ""
    for row in rows:
        if row["reference"] != shown:
            shown = row["reference"]
            lines += [*([""] if lines else []), f"{shown}  {_one_line(row['subject'])}"]
        sure = f", {row['permille'] / 10:.0f} % sure" if row["state"] == "suggested" else ""
        lines.append(f"  {row['state']}{sure}: {_one_line(row['title'] or row['url'])}")
        lines.append(f"    {', '.join(filter(None, (row['outlet'], at(row['seen_at']), row['url'])))}")
        lines += [f"    {_one_line(reason)}" for reason in (*row["reasons"], *_known(row))]
        if row["state"] == "suggested":
            lines.append(f"    Yes: commsleads enquiry coverage {shown} {row['story']}  (no: the same with --refuse)")
    return "\n".join(lines)


def _known(row: Mapping[str, Any]) -> list[str]:
    known = []
    if row["quote_used"] is not None and row["state"] == "confirmed":
        known.append("Our words stand in it." if row["quote_used"] else "Our words do not stand in it.")
    if row["messages"] is not None:
        known.append(f"It carries: {'; '.join(row['messages']) or 'no message of ours'}.")
    if row["tone"]:
        known.append(f"Its tone is {row['tone']}.")
    if row["unreached"] and not any(row["unreached"][:100] in reason for reason in row["reasons"]):
        known.append(f"It says that we gave no answer: “{row['unreached']}”")
    if row["error"]:
        known.append(f"Wrong: {row['error']}")
    if row["correction_asked_at"]:
        granted = ", and granted" if row["correction_granted_at"] else ""
        known.append(f"A correction was asked for{granted}.")
    return known


def _one_line(text: str) -> str:
    return " ".join(harmless(text).split())
