"""The composed digests of the corpus, each request against its golden, field by field."""

from __future__ import annotations

import html
import json
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from commsleads.letters import SourceRequest
from commsleads.mail import read_letter
from commsleads.rules.requests import content_key, service, split

DIGESTS = Path(__file__).resolve().parents[3] / "../shared/corpus/mail/composed/digests"
RECEIVED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
TRAPS = {"base64": "b64", "zero-width": "zw", "": None}


def fields(request: SourceRequest) -> dict[str, Any]:
    """A request in the words of the goldens."""
    deadline = request.deadline
    return {
        "number": int(request.number) if request.number else None,
        "summary": request.summary,
        "journalist": request.journalist or None,
        "outlet": request.outlet or None,
        "outlet_url": request.outlet_url or None,
        "reply_to": request.reply_to or None,
        "category": request.category or None,
        "requirements": request.requirements or None,
        "deadline_text": request.deadline_text,
        "deadline_utc": f"{deadline.at:%Y-%m-%dT%H:%M:%SZ}" if deadline and not deadline.day else None,
        "deadline_date": str(deadline.day) if deadline and deadline.day else None,
        "no_ai": request.no_ai,
        "trap": TRAPS[request.trap],
    }


@pytest.mark.parametrize("name", [
    "haro-2022", "haro-2026-morning", "haro-2026-morning-forwarded-gmail", "haro-2026-year-end", "qwoted", "sos", "tmx",
])  # fmt: skip
def test_each_request_is_found_once_with_every_field_as_in_its_golden(name: str) -> None:
    """Deadline, journalist, outlet, alias, category, summary, requirements, what is hidden, the flag."""
    if not DIGESTS.is_dir():
        pytest.skip("../shared/corpus is not here")
    letter = read_letter((DIGESTS / f"{name}.eml").read_bytes())
    golden = json.loads((DIGESTS / f"{name}.golden.json").read_text(encoding="utf-8"))
    found = split(letter, received=RECEIVED, zone=ZoneInfo("Europe/London"))
    assert [{key: fields(one)[key] for key in query} for one, query in zip(found, golden["queries"], strict=True)] == (
        golden["queries"]
    )
    assert {one.service for one in found} == {service(letter)} == {name.partition("-")[0]}
    assert all(letter.text[one.start : one.end] == one.raw for one in found)


def test_a_forwarded_digest_holds_the_same_queries_as_the_one_that_came_itself() -> None:
    """They are known again by their contents."""
    if not DIGESTS.is_dir():
        pytest.skip("../shared/corpus is not here")
    sets = []
    for name in ("haro-2026-morning", "haro-2026-morning-forwarded-gmail"):
        letter = read_letter((DIGESTS / f"{name}.eml").read_bytes())
        sets.append([content_key(one) for one in split(letter, received=RECEIVED, zone=ZoneInfo("Europe/London"))])
    assert sets[0] == sets[1]
    assert len(set(sets[0])) == 4


def test_no_direct_mail_of_the_corpus_is_a_digest() -> None:
    """Enquiries, pitches and complaints hold no request of a service."""
    direct = DIGESTS.parent / "direct"
    if not direct.is_dir():
        pytest.skip("../shared/corpus is not here")
    assert {service(read_letter(path.read_bytes())) for path in direct.glob("*.eml")} == {""}


def lines_as_table(text: str) -> str:
    """An HTML mail with a row for each line."""
    return "<table>" + "".join(f"<tr><td>{html.escape(line)}</td></tr>" for line in text.split("\n")) + "</table>"


def mail(
    subject: str, body: str, sent: str, *, sender: str = "Maya Lind <maya@acme.example>", rich: bool = False
) -> bytes:
    """A mail as bytes."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"], made["Date"] = sender, "press@acme.example", subject, sent
    made.set_content(body, subtype="html" if rich else "plain")
    return made.as_bytes()


def wrapped(raw: bytes) -> dict[str, bytes]:
    """The same digest as other programs bring it."""
    source = message_from_bytes(raw, policy=policy.default)
    part = source.get_body(("plain",))
    assert isinstance(part, EmailMessage)
    text, subject, sender = str(part.get_content()), str(source["Subject"]), str(source["From"])
    sent = source["Date"].datetime
    later = f"{sent + timedelta(days=1):%a, %d %b %Y %H:%M:%S %z}"
    local = sent.astimezone(ZoneInfo("Europe/Berlin"))
    month = MONTHS.split()[local.month - 1]
    heads = {
        "outlook": f"From: {sender}\nSent: {sent:%A, %B %d, %Y %I:%M %p}\nTo: press\nSubject: {subject}\n\n",
        "german outlook": (
            f"________________________________\nVon: {sender}\n"
            f"Gesendet: Montag, {local.day}. {month} {local:%Y %H:%M}\nAn: press\nBetreff: {subject}\n\n"
        ),
        "apple": f"Begin forwarded message:\n\nFrom: {sender}\nSubject: {subject}\n"
        f"Date: {sent:%d %B %Y at %H:%M:%S} GMT{sent:%z}\n\n",
    }
    made = {name: mail(f"FW: {subject}", f"FYI\n\n{head}{text}", later) for name, head in heads.items()}
    margin = "\n".join(f"> {line}".rstrip() for line in (heads["outlook"] + text).split("\n"))
    made["margin"] = mail(f"FW: {subject}", f"See below.\n\n{margin}", later)
    made["table"] = mail(subject, lines_as_table(text), str(source["Date"]), sender=sender, rich=True)
    broken = html.escape(text).replace("\n", "<br>\n")
    made["breaks"] = mail(subject, broken, str(source["Date"]), sender=sender, rich=True)
    attached = EmailMessage()
    attached["From"], attached["Subject"], attached["Date"] = "maya@acme.example", f"Fwd: {subject}", later
    attached.set_content("See the attached mail.")
    attached.add_attachment(source)
    made["attached"] = attached.as_bytes()
    return made


@pytest.mark.parametrize("name", ["haro-2022", "haro-2026-morning", "haro-2026-year-end", "qwoted", "sos", "tmx"])
def test_each_request_is_the_same_however_the_digest_is_wrapped(name: str) -> None:
    """Outlook in two languages, Apple Mail, a margin, HTML only, attached: every field as in the golden."""
    if not DIGESTS.is_dir():
        pytest.skip("../shared/corpus is not here")
    golden = json.loads((DIGESTS / f"{name}.golden.json").read_text(encoding="utf-8"))["queries"]
    for way, raw in wrapped((DIGESTS / f"{name}.eml").read_bytes()).items():
        found = split(read_letter(raw), received=RECEIVED, zone=ZoneInfo("Europe/London"))
        assert [{key: fields(one)[key] for key in query} for one, query in zip(found, golden, strict=True)] == golden, (
            way
        )
