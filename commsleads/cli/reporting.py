"""The command that shows, writes and sends a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import past_day
from commsleads.cli.group import command, opened
from commsleads.cli.replays import told_again
from commsleads.cli.sending import Forced, send_now
from commsleads.contract import AUDIENCES
from commsleads.errors import CommsleadsError

if TYPE_CHECKING:
    from datetime import tzinfo

    from commsleads.app import App
    from commsleads.contract import Document, Period

FORMATS = ("text", "html", "md", "pdf", "json", "csv", "xlsx")
ENDINGS = {".txt": "text", ".html": "html", ".htm": "html", **{f".{form}": form for form in FORMATS[2:]}}
"""What the ending of a file says of its content."""


@command()
@click.argument("name")
@click.option("--period", default="", help='Such as 2026-W47, or "this"; the last one that has ended when left out.')
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Text when left out, or what the ending of the file says."
)
@click.option("--for", "audience", default="team", type=click.Choice(AUDIENCES), help="As it is told to them.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@click.option("--send", is_flag=True, help="Mail it to its recipients, once, instead of printing it.")
@click.option("--force", is_flag=True, help="With --send: mail it again, also to those who have it.")
@click.option("--to", multiple=True, metavar="ADDRESS", help="With --force: only to this one; may be given again.")
@click.option("--by", "officer", default="", metavar="OFFICER", help="With --force: who has it sent again.")
@click.option("--yes", is_flag=True, help="With --force: do not ask.")
@click.option("--on", "then", default="", metavar="DAY", help="As it had been told by the end of that day.")
@click.option("--set", "given", multiple=True, metavar="KEY=VALUE", help="A setting of the report, for this once.")
@click.option(
    "--replay", "again", is_flag=True, help="Make what was told again, and say whether it has the same bytes."
)
def report(
    ctx: click.Context, *, name: str, period: str, form: str | None, audience: str, out: Path | None, send: bool,
    force: bool, to: Sequence[str], officer: str, yes: bool, then: str, given: Sequence[str], again: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """A report as it was told, or as the figures stand now if it was not."""
    from commsleads import jobs

    app = opened(ctx)
    if name not in app.plugins.report_names():
        raise click.UsageError(f"No report is called {name}. There is: {', '.join(app.plugins.report_names())}")
    chosen = _period(app, name, period)
    if given and (again or send or then):
        raise click.UsageError("--set is for a report that is written now, and not for one that was told.")
    if again:
        told_again(ctx, app, name, chosen.label, as_json=as_json)
        return
    if send and then:
        raise click.UsageError("--send and --on do not go together: a report goes out once, as it is told.")
    if (force or to or officer or yes) and not (send and force):
        raise click.UsageError("--force goes with --send, and --to, --by and --yes with both.")
    if send:
        send_now(ctx, app, name, chosen, Forced(to=to, who=officer, yes=yes) if force else None, as_json=as_json)
        return
    told_by = past_day(app, then) if then else None
    if told_by:
        document = jobs.told_report(app, name, chosen, told_by)
    else:
        document = jobs.write_report(app, name, chosen, _settings(app, name, given))
    form = "json" if as_json else form or _form_of(out)
    if form == "xlsx":
        _workbook(out, name, document.data, app.settings.organisation.zone)
    elif form == "pdf":
        _pdf(out, document, audience)
    else:
        _words(out, name, document, form, audience)
    if name == "campaign" and not period and not document.data.get("campaigns"):
        click.echo(f"What has begun since then: commsleads report {name} --period this", err=True)


def _form_of(out: Path | None) -> str:
    """What the ending of the file says; text without one. Another ending would name a file that is something else."""
    ending = out.suffix.lower() if out else ""
    if ending and ending not in ENDINGS:
        raise click.UsageError(f"No report is written as {ending}. Take {', '.join(ENDINGS)}, or say --format.")
    return ENDINGS.get(ending, "text")


def _settings(app: App, name: str, given: Sequence[str]) -> dict[str, Any]:
    """The settings that a person typed: `campaign=spring`."""
    from commsleads.config.reports import typed

    pairs = [one.partition("=") for one in given]
    if wrong := [one for one, (_, sign, _) in zip(given, pairs, strict=True) if not sign]:
        raise click.UsageError(f"--set {wrong[0]} says no value. Write it as --set KEY=VALUE.")
    return typed({key.strip(): value.strip() for key, _, value in pairs}, name, app.plugins) if given else {}


def _period(app: App, name: str, period: str) -> Period:
    """The period that a person names; of this length, the one that goes on, or the last one that has ended."""
    from commsleads.rules.periods import parse_period, period_of, previous

    zone = app.settings.organisation.zone
    if period and period != "this":
        try:
            return parse_period(period, zone)
        except ValueError as error:
            raise click.UsageError(f'{error} Or say "this", or nothing for the last one that has ended.') from None
    plan = next((plan for plan in app.settings.reports if plan.name == name), None)
    every = plan.every if plan else "week"
    chosen = period_of(every, app.now().astimezone(zone).date(), zone)
    return chosen if period else previous(chosen, every, zone, 1)[0]


def _words(out: Path | None, name: str, document: Document, form: str, audience: str) -> None:
    """What can be read as text: into the file, or printed."""
    from commsleads.delivery import as_csv, as_json
    from commsleads.printing import page_of, version_of

    told = version_of(document, audience)
    makers: Mapping[str, Callable[[], str | None]] = {
        "text": lambda: told.text,
        "html": lambda: page_of(document, audience),
        "md": lambda: told.markdown,
        "json": lambda: as_json(document.data),
        "csv": lambda: as_csv(document.data),
    }
    content = makers[form]()
    if content is None:
        raise click.UsageError(f"The report {name} has no table to write as CSV. Take --format json.")
    if out is None:
        click.echo(content, nl=not content.endswith("\n"))
    else:
        # Spreadsheets know UTF-8 by its mark only.
        _put(out, content.encode("utf-8-sig" if form == "csv" else "utf-8"))


def _pdf(out: Path | None, document: Document, audience: str) -> None:
    """Its pages for print."""
    from commsleads.printing import pdf, version_of

    if out is None:
        raise click.UsageError("A PDF goes into a file: --out FILE.")
    _put(out, pdf(version_of(document, audience).printed, document.pictures))


def _put(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise CommsleadsError(f"{out} cannot be written: {error.strerror}.") from error
    click.echo(f"Wrote {out}.", err=True)


def _workbook(out: Path | None, name: str, data: Mapping[str, Any], zone: tzinfo) -> None:
    """The tables of a report as a workbook: its own, then those that `sheets` names."""
    from commsleads.cli.workbooks import Table, write_xlsx

    if out is None:
        raise click.UsageError("A workbook goes into a file: --out FILE.")
    if not data.get("table"):
        raise click.UsageError(f"The report {name} has no table to write as a workbook. Take --format json.")
    sheets = {data["table"]: data["columns"], **data.get("sheets", {})}
    write_xlsx(out, [Table(title[:31], columns, data[title]) for title, columns in sheets.items()], zone)
    click.echo(f"Wrote {out}.", err=True)
