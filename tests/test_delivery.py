"""Documents on their way out: files that appear whole, and mail that is sent once or known not to be."""

from __future__ import annotations

import email
import email.policy
import json
import os
import socket
import socketserver
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.contract import Attachment, Document, Period
from commsleads.delivery import DoubtError, Post, letter, stem, write_files
from commsleads.errors import ReportError
from tests.mail import MailServer

PERIOD = Period(datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC), "2026-W47")
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
DIGEST = Document(
    subject="Comms wk 47: 12 stories",
    text="Zwölf Geschichten.\n.\nFrom here on\n" + "x" * 2000,
    html='<html lang="en"><p>Zwölf Geschichten &amp; ein Bild</p></html>',
    markdown="# Week 47\n",
    data={"edition": 1, "name": "Zwölf", "rows": ["a", "b"]},
)


@dataclass
class Server:
    """The [smtp] table of the settings."""

    port: int
    host: str = "127.0.0.1"
    user: str = ""
    sender: str = "Press office <press@museum.example>"
    security: str = "none"


# --- files ---------------------------------------------------------------------------------------------------------


def test_files_are_written_and_written_again(tmp_path: Path) -> None:
    """Four renderings by name and period; a second run gives the same bytes and leaves nothing else behind."""
    folder = tmp_path / "out" / "digests"
    paths = write_files(DIGEST, "weekly", PERIOD, folder)
    assert [path.name for path in paths] == [
        f"{stem('weekly', '2026-W47')}.{end}" for end in ("html", "txt", "md", "json")
    ]
    before = [path.read_bytes() for path in paths]
    assert before[1].decode() == DIGEST.text
    assert json.loads(before[3]) == DIGEST.data
    assert [path.read_bytes() for path in write_files(DIGEST, "weekly", PERIOD, folder)] == before
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in paths)


def test_names_stay_in_the_folder(tmp_path: Path) -> None:
    """No name of a report, a period or an attachment leads out of the folder."""
    sheet = Attachment(name="../../etc/passwd", media_type="text/csv", content=b"a,b")
    document = Document(subject="s", text="t", html="h", markdown="m", data={}, attachments=(sheet,))
    period = Period(PERIOD.start, PERIOD.end, "../2026")
    paths = write_files(document, "../weekly/..", period, tmp_path / "out")
    assert {path.parent for path in paths} == {tmp_path / "out"}
    assert paths[-1].read_bytes() == b"a,b"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """Where a file stands in the way of the folder, the message names both and nothing is half written."""
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(ReportError, match="weekly report could not be written"):
        write_files(DIGEST, "weekly", PERIOD, tmp_path / "out")


def test_a_file_that_cannot_be_replaced_leaves_no_scrap(tmp_path: Path) -> None:
    """When a folder has the name of the file, the temporary file is taken away again."""
    (tmp_path / f"{stem('weekly', '2026-W47')}.html").mkdir()
    with pytest.raises(ReportError):
        write_files(DIGEST, "weekly", PERIOD, tmp_path)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
def test_files_are_for_the_office(tmp_path: Path) -> None:
    """A digest is readable as the umask allows, and not for its writer alone."""
    mask = os.umask(0o022)
    try:
        path = write_files(DIGEST, "weekly", PERIOD, tmp_path)[0]
    finally:
        os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o644


# --- the message ---------------------------------------------------------------------------------------------------


def made(document: Document = DIGEST, *, recipient: str = "director@museum.example", **changes: Any) -> EmailMessage:
    given: dict[str, Any] = {"name": "weekly", "period": PERIOD, "sender": Server(0).sender, "now": NOW} | changes
    return letter(document, recipient=recipient, **given)


def read(body: bytes) -> EmailMessage:
    message = email.message_from_bytes(body, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_message_has_both_parts_and_its_headers() -> None:
    """Text first, HTML beside it; the Message-ID follows from report, period and recipient."""
    message = read(made().as_bytes())
    text, html = message.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().split() == DIGEST.text.split()
    assert "Zwölf" in html.get_content()
    assert message["Subject"] == DIGEST.subject
    assert message["Date"] == "Mon, 23 Nov 2026 06:00:00 +0000"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] is None
    again, other = made(recipient="Director@museum.example"), made(recipient="deputy@museum.example")
    assert made()["Message-ID"] == again["Message-ID"] != other["Message-ID"]
    assert made()["Message-ID"] != made(name="monthly")["Message-ID"]
    assert all(len(line) <= 998 for line in made().as_bytes().splitlines())


@given(st.text())
def test_no_subject_makes_a_header(subject: str) -> None:
    """Whatever a headline puts into the subject, it stays one header."""
    document = Document(subject=f"{subject}\r\nBcc: all@x.example\n\nHi", text="t", html="h", markdown="", data={})
    message = read(made(document).as_bytes(policy=email.policy.SMTP))
    assert message["Bcc"] is None
    assert set(message.keys()) == {
        "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
    }  # fmt: skip


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "a@b@c.example", "a@x.example, b@x.example", "a@x.example\nBcc: b@x.example", "<a@x.example",
     "A <a@x.example> b", "@x.example", "a@", "a b@x.example", "a@" + "x" * 70 + ".example"],
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    """One recipient is one address; two of them, or a line break, are a mistake in the settings."""
    with pytest.raises(ReportError, match="is not a mail address"):
        made(recipient=address)


def test_addresses_with_names_and_in_other_scripts() -> None:
    """A name before the address is kept; a domain in another script is written as servers want it."""
    assert str(made(recipient='"Dr. Zoë Hall" <zoe@museum.example>')["To"].addresses[0].display_name) == "Dr. Zoë Hall"
    assert made(recipient="zoe@häfen.example")["To"].addresses[0].addr_spec == "zoe@xn--hfen-loa.example"
    with pytest.raises(ReportError, match="plain ASCII letters"):
        made(recipient="zoë@museum.example")


def test_attachments_travel_along() -> None:
    """What a report attaches is attached."""
    sheet = Attachment(name="leads.csv", media_type="text/csv", content=b"a,b")
    document = Document(subject="s", text="t", html="h", markdown="m", data={}, attachments=(sheet,))
    (part,) = read(made(document).as_bytes()).iter_attachments()
    assert (part.get_filename(), part.get_content_type(), part.get_payload(decode=True)) == (
        "leads.csv",
        "text/csv",
        b"a,b",
    )


# --- the post ------------------------------------------------------------------------------------------------------


class Stubborn(MailServer):
    """A mail server that says what it is told to say at one command, and `''` hangs up there."""

    def __init__(self, command: str, answer: str) -> None:
        super().__init__()
        self.command, self.answer = command, answer
        self.lines = 0

    def talk(self, line: socketserver.StreamRequestHandler) -> None:
        self.lines += 1
        line.wfile.write(b"220 here\r\n")
        for said in line.rfile:
            word = said[:4].decode().strip().upper()
            if word == self.command and not self._say(line, self.answer):
                return
            if word == self.command and not self.answer.startswith("3"):
                continue
            if word == "DATA":
                if word != self.command:
                    line.wfile.write(b"354 go on\r\n")
                for part in line.rfile:
                    if part == b".\r\n":
                        break
                if not self._say(line, self.answer if self.command == "BODY" else "250 kept"):
                    return
            elif word == "EHLO" and word != self.command:
                line.wfile.write(b"250-here\r\n250 AUTH PLAIN\r\n")
            elif word != self.command:
                line.wfile.write(b"221 bye\r\n" if word == "QUIT" else b"250 ok\r\n")

    def _say(self, line: socketserver.StreamRequestHandler, answer: str) -> bool:
        line.wfile.write(f"{answer}\r\n".encode() if answer else b"")
        return bool(answer)


def test_one_connection_for_all_and_every_dot_arrives() -> None:
    """Two recipients, two messages, one connection; a lone dot in the text does not end the message."""
    with MailServer() as server, Post(Server(server.port)) as post:
        for recipient in ("a@x.example", "b@x.example"):
            post.send(made(recipient=recipient))
    assert [read(body)["To"] for body in server.messages] == ["a@x.example", "b@x.example"]
    text = next(iter(read(server.messages[0]).iter_parts())).get_content()
    assert "\r\n..\r\n" in text  # doubled on the wire; a server that is more than a test takes one away


@pytest.mark.parametrize(
    ("command", "answer", "words"),
    [
        ("MAIL", "550 we do not know you", "refused the message to director@museum.example: 550 we do not know you"),
        ("RCPT", "550 no such user", "550 no such user"),
        ("RCPT", "", "cannot be used"),
        ("DATA", "554 no", "554 no"),
        ("BODY", "552 too big", "552 too big"),
        ("EHLO", "", "cannot be used"),
    ],
)
def test_what_was_certainly_not_sent_says_so(command: str, answer: str, words: str) -> None:
    """Refused at any step, or cut off before the message: it may be tried again, and the server's word is kept."""
    with Stubborn(command, answer) as server, Post(Server(server.port)) as post:
        with pytest.raises(ReportError, match=words) as caught:
            post.send(made())
        assert not isinstance(caught.value, DoubtError)


def test_silence_after_the_message_is_doubt() -> None:
    """When the server hangs up instead of answering, nobody knows: that is not to be sent again by itself."""
    with (
        Stubborn("BODY", "") as server,
        Post(Server(server.port)) as post,
        pytest.raises(DoubtError, match="it may have arrived"),
    ):
        post.send(made())


def test_after_a_refusal_the_next_one_goes_out() -> None:
    """One bad recipient does not cost the others their digest."""
    with Stubborn("NONE", "") as server, Post(Server(server.port)) as post:
        server.command, server.answer = "RCPT", "550 no such user"
        with pytest.raises(ReportError):
            post.send(made())
        server.command = "NONE"
        post.send(made(recipient="other@museum.example"))
        assert server.lines == 2


def test_no_server_no_mail() -> None:
    """A server that is not there is told with its name and what to do."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with Post(Server(port)) as post, pytest.raises(ReportError, match=rf"127\.0\.0\.1:{port} cannot be used"):
        post.send(made())


def test_a_wrong_password_is_told_without_it() -> None:
    """Who refuses our password is named; the password is not."""
    with Stubborn("AUTH", "535 wrong") as server:
        server_says = Server(server.port, user="press")
        with (
            Post(server_says, "s3cret-word") as post,
            pytest.raises(ReportError, match="refuses the user or password") as caught,
        ):
            post.send(made())
    assert "s3cret-word" not in str(caught.value)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_without_the_asked_for_tls_nothing_is_sent(security: str) -> None:
    """A server that cannot speak TLS gets no message when the settings ask for it."""
    with (
        MailServer() as server,
        Post(Server(server.port, security=security)) as post,
        pytest.raises(ReportError, match="cannot be used"),
    ):
        post.send(made())
    assert server.messages == []


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commsleads.delivery.TIMEOUT", 5.0)
