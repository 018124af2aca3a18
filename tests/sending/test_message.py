"""What is in a message: complete text, a page with pictures, one recipient, and the way to get no more."""

from __future__ import annotations

import re
from dataclasses import replace
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commsleads.contract import Attachment, Document
from commsleads.errors import ReportError
from commsleads.mail import read_letter
from tests.sending.letters import DIGEST, SHEET, TREND, letters, made, read

HEADS = {
    "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "List-Id",
    "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Content-Type",
}  # fmt: skip


def part_of(message: EmailMessage, kind: str) -> str:
    found = next(part for part in message.walk() if part.get_content_type() == kind)
    assert isinstance(found, EmailMessage)
    return str(found.get_content())


def test_a_message_has_both_parts_and_its_headers() -> None:
    """Text first, then the page with its picture; whoever replies by machine is told not to."""
    message = read(made().content)
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png",
    ]  # fmt: skip
    assert set(message.keys()) == HEADS
    text = part_of(message, "text/plain").replace("\r\n", "\n")
    assert text.startswith(DIGEST.text)
    assert text.rstrip().endswith("To get it no more: https://comms.museum.example/u/TICKET")
    assert "Zwölf Geschichten &amp; ein Bild 十二" in part_of(message, "text/html")
    assert (message["Subject"], message["To"]) == (DIGEST.subject, "desk@museum.example")
    assert message["Date"] == "Mon, 23 Nov 2026 06:00:00 +0000"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "<weekly.reports.museum.example>"
    assert not message.defects


def test_a_picture_is_named_in_the_page_and_beside_it() -> None:
    """The page names its picture by a Content-ID of its own; a picture that it does not name stays at home."""
    message = read(made().content)
    (image,) = [part for part in message.walk() if part.get_content_type() == "image/png"]
    ident = str(image["Content-ID"]).strip("<>")
    assert f'src="cid:{ident}"' in part_of(message, "text/html")
    assert ident.startswith("trend.")
    assert ident.endswith("@museum.example")
    assert image.get_payload(decode=True) == TREND.png
    assert image.get_content_disposition() == "inline"
    assert "image/png" not in [part.get_content_type() for part in read(made(audience="director").content).walk()]


def test_one_click_and_a_page_and_a_mail() -> None:
    """With a page of our own, mail programs show a button (RFC 8058); without one there is a mail to be written."""
    message = read(made().content)
    assert re.fullmatch(
        r"<https://comms\.museum\.example/u/TICKET>,\s+<mailto:press@museum\.example\?subject=unsubscribe%20TICKET>",
        message["List-Unsubscribe"],
    )
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "letter-foot" not in part_of(message, "text/html")
    assert 'href="https://comms.museum.example/u/TICKET"' in part_of(message, "text/html")
    bare = read(made(base="").content)
    assert bare["List-Unsubscribe"] == "<mailto:press@museum.example?subject=unsubscribe%20TICKET>"
    assert bare["List-Unsubscribe-Post"] is None
    assert 'with the subject "unsubscribe TICKET".' in part_of(bare, "text/plain")


def test_every_audience_gets_its_own() -> None:
    """A director gets the short one; for whom there is none gets what the team gets."""
    assert read(made(audience="director").content)["Subject"] == "Wk 47: one decision"
    assert read(made(audience="analyst").content)["Subject"] == DIGEST.subject


def test_the_message_id_follows_from_what_is_sent_to_whom() -> None:
    """The same at each try, another for another report, week, recipient or turn, and none that can be guessed."""
    first = made().message_id
    assert first == made("Desk@museum.example").message_id == made("Desk <desk@museum.example>").message_id
    others = [
        made("deputy@museum.example"), made(name="monthly"), made(period="2026-W48"), made(turn=2), made(key=b"other"),
    ]  # fmt: skip
    assert len({first, *(one.message_id for one in others)}) == 6


def test_same_edition_same_bytes() -> None:
    """Sent again, only the date differs."""
    one, two = letters(), letters()
    assert one.letter("a@x.example", "team", "T", made_at(6)) == two.letter("a@x.example", "team", "T", made_at(6))
    lines = one.letter("a@x.example", "team", "T", made_at(6)).content.splitlines()
    later = two.letter("a@x.example", "team", "T", made_at(9)).content.splitlines()
    assert [line for line, other in zip(lines, later, strict=True) if line != other] == [
        b"Date: Mon, 23 Nov 2026 06:00:00 +0000"
    ]


def made_at(hour: int):  # type: ignore[no-untyped-def]
    from tests.sending.letters import NOW

    return NOW.replace(hour=hour)


@settings(max_examples=60)
@given(st.text(), st.text(), st.text())
def test_no_word_makes_a_header_or_a_long_line(subject: str, text: str, html: str) -> None:
    """Whatever a headline says: one header, seven bits, short lines, and the words come back as they were."""
    document = Document(
        subject=f"{subject}\r\nBcc: all@x.example\n\nHi", text=text, html=f"<p>{html}</p>", markdown="", data={}
    )
    outgoing = made(document=document)
    message = read(outgoing.content)
    assert message["Bcc"] is None
    assert set(message.keys()) == HEADS
    assert outgoing.content.isascii()
    assert max(map(len, outgoing.content.split(b"\r\n"))) <= 998
    assert b"\n" not in outgoing.content.replace(b"\r\n", b"")
    said = part_of(message, "text/plain").replace("\r\n", "\n")
    assert said.startswith(text.replace("\r\n", "\n").replace("\r", "\n").rstrip())
    assert read_letter(outgoing.content).message_id == outgoing.message_id


@pytest.mark.parametrize(
    "subject", ["x" * 400, "ж" * 400, "\u202etxt.exe\u2066", "=?utf-8?q?fake?=", "👩‍👩‍👧" * 60, ""]
)
def test_strange_subjects_arrive(subject: str) -> None:
    """Long without a blank, right to left, emoji, made to look encoded: one header, in lines that servers take."""
    content = made(document=replace(DIGEST, subject=subject)).content
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert set(read(content).keys()) == HEADS


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "a@b@c.example", "a@x.example, b@x.example", "a@x.example\nBcc: b@x.example", "<a@x.example",
     "A <a@x.example> b", "@x.example", "a@", "a b@x.example", "a@" + "x" * 70 + ".example"],
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    """One recipient is one address; two of them, or a line break, are a mistake in the settings."""
    with pytest.raises(ReportError, match="is not a mail address"):
        made(address)


def test_addresses_with_names_and_in_other_scripts() -> None:
    """A name before the address is kept; a domain in another script is written as servers want it."""
    named = read(made('"Dr. Zoë Hall" <zoe@museum.example>').content)
    assert str(named["To"].addresses[0].display_name) == "Dr. Zoë Hall"
    assert made("zoe@häfen.example").recipient == "zoe@xn--hfen-loa.example"
    with pytest.raises(ReportError, match="plain ASCII letters"):
        made("zoë@museum.example")


def test_attachments_travel_along() -> None:
    """What a report attaches is attached, under its name in any script and under no other type than one."""
    odd = Attachment(name="Übersicht\r\nX: y.csv", media_type="text/csv\r\nX: y", content=b"\xff\x00")
    message = read(made(document=replace(DIGEST, attachments=(SHEET, odd))).content)
    assert message.get_content_type() == "multipart/mixed"
    first, second = message.iter_attachments()
    assert (first.get_filename(), first.get_content_type(), first.get_payload(decode=True)) == (
        "leads.csv", "text/csv", b"a,b",
    )  # fmt: skip
    assert second.get_filename() == "Übersicht X: y.csv"
    assert second.get_content_type() == "application/octet-stream"
    assert second.get_payload(decode=True) == b"\xff\x00"
    assert message["X"] is None
