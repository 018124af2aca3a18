"""The commands of the answer: draft, sign-off, respond, monitor."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from commsleads.cli.answers import show_json
from commsleads.cli.desk import enquiry
from commsleads.cli.desking import at_desk, by, finish, harmless, moment_of, read_version, spoken
from commsleads.cli.group import command, opened
from commsleads.cli.working import numbers, words_of

if TYPE_CHECKING:
    from commsleads.desk import Desk
    from commsleads.desk.signing import Chain


@command(of=enquiry)
@click.argument("ref")
@click.argument("text", default="")
@click.option("--line", default="", metavar="ID", help="A line to take, as it stands.")
@read_version
@by
def draft(
    ctx: click.Context, *, ref: str, text: str, line: str, version: int | None, officer: str, as_json: bool
) -> None:
    """Write the next draft of an answer; TEXT "-" reads standard input."""
    from commsleads.desk import answering

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        number = answering.draft(desk, ref, words_of(text), line=line, version=version)
        finish(desk, ref, as_json=as_json, said=f"draft {number}")


@command(of=enquiry, name="sign-off")
@click.argument("ref")
@click.option("--ask", metavar="OFFICER", help="Offer the draft for its next step to somebody.")
@click.option("--approve", is_flag=True, help="Sign the step that was asked.")
@click.option("--send-back", metavar="COMMENT", help="Send the draft back with what is wrong.")
@click.option("--waive", metavar="REASON", help="A lead lets it go out without the steps that are left.")
@click.option("--draft", "number", type=int, metavar="N", help="The draft that you read; the one in force if left out.")
@click.option("--comment", default="")
@read_version
@by
def sign_off(ctx: click.Context, *, ref: str, officer: str, as_json: bool, **given: Any) -> None:
    """How the sign-off stands, with what was said before on the same; or one step of it."""
    from commsleads.desk import signing

    steps = [name for name in ("ask", "approve", "send_back", "waive") if given[name] not in (None, False)]
    if len(steps) > 1:
        raise click.UsageError("Say one of --ask, --approve, --send-back, --waive.")
    if steps == ["ask"] and not given["ask"].strip():
        raise click.UsageError("Say who is asked to sign: --ask OFFICER.")
    app = opened(ctx)
    with at_desk(app, officer) as desk:
        chain = signing.chain(desk, ref)
        if not steps:
            if as_json:
                show_json(asdict(chain))
            else:
                click.echo(_chain_words(chain))
            return
        if steps[0] in ("ask", "approve"):
            for line in _past_words(chain):
                click.echo(line, err=True)
        said = _step(desk, ref, steps[0], given)
        finish(desk, ref, as_json=as_json, said=said)


def _step(desk: Desk, ref: str, step: str, given: dict[str, Any]) -> str:
    from commsleads.desk import signing

    version = given["version"]
    if step == "ask":
        return f"{given['ask']} was asked: {signing.ask_signoff(desk, ref, given['ask'], version=version)}"
    if step == "approve":
        left = signing.approve(desk, ref, draft=given["number"], comment=given["comment"], version=version)
        return f"next: {left}, ask with --ask OFFICER" if left else "it may go out"
    if step == "send_back":
        signing.send_back(desk, ref, given["send_back"], draft=given["number"], version=version)
        return "sent back"
    signing.waive_signoff(desk, ref, given["waive"], version=version)
    return "waived; it may go out"


def _chain_words(chain: Chain) -> str:
    lines = [f"{chain.reference} is {spoken(chain.status)}."]
    if not chain.draft:
        lines.append(f"There is no draft. Write one: commsleads enquiry draft {chain.reference} TEXT")
        return "\n".join(lines)
    lines += [f"Draft {chain.draft} by {chain.author}, round {chain.round}:", f"  {harmless(chain.text)}"]
    for step in chain.steps:
        decision = step["decision"].replace("_", " ") or "open"
        who = f" {'of' if decision == 'asked' else 'by'} {step['approver']}" if step["approver"] else ""
        lines.append(f"{step['step']}: {decision}{who}{': ' + step['comment'] if step['comment'] else ''}")
    return "\n".join([*lines, *_past_words(chain)])


def _past_words(chain: Chain) -> list[str]:
    lines = [f"Conflict: {one['sentence']}" for one in chain.conflicts]
    lines += [f"Said before ({one['reference']}, {one['at'][:10]}): {harmless(one['text'])}" for one in chain.past]
    return lines


@command(of=enquiry)
@click.argument("ref")
@click.argument("text", default="")
@click.option("--kind", default="full", show_default=True, help="full, partial, statement, interview, no comment ...")
@click.option("--method", default="", help="How it went out: email, phone ...")
@click.option("--terms", default="", help="on the record, spokesperson, background, non-reportable, embargoed ...")
@click.option("--line", default="", metavar="ID", help="A pre-approved line, as it stands.")
@click.option("--embargo-until", default="", metavar="WHEN")
@click.option("--question", "questions", type=int, multiple=True, metavar="N", help="Which questions it answers.")
@click.option("--file", "files", multiple=True, help="The name of a file that went with it.")
@click.option("--differs", default="", metavar="WHY", help="What went out is not what was signed, and why.")
@click.option("--at", default="", metavar="WHEN", help="When it went out, if not now.")
@read_version
@by
def respond(ctx: click.Context, *, ref: str, text: str, officer: str, as_json: bool, **given: Any) -> None:
    """Record an answer that went out, word for word. Without TEXT it is the draft in force; "-" is standard input."""
    from commsleads.desk import answering
    from commsleads.desk.answering import Answer

    app = opened(ctx)
    answer = Answer(
        kind=given["kind"],
        method=given["method"],
        terms=given["terms"],
        text=words_of(text) or None,
        line=given["line"],
        embargo_until=moment_of(app, given["embargo_until"]) if given["embargo_until"] else None,
        questions=numbers(given["questions"]),
        files=given["files"],
        differs=given["differs"],
        at=moment_of(app, given["at"]) if given["at"] else None,
    )
    with at_desk(app, officer) as desk:
        number = answering.respond(desk, ref, answer, version=given["version"])
        finish(desk, ref, as_json=as_json, said=f"answer {number}")


@command(of=enquiry)
@click.argument("ref")
@read_version
@by
def monitor(ctx: click.Context, *, ref: str, version: int | None, officer: str, as_json: bool) -> None:
    """The answer is out; we watch what comes of it."""
    from commsleads.desk import answering

    app = opened(ctx)
    with at_desk(app, officer) as desk:
        answering.monitor(desk, ref, version=version)
        finish(desk, ref, as_json=as_json)
