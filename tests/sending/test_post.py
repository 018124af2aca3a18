"""The connection to the mail server: sent, certainly not sent, or nobody knows. Real servers on loopback."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from commsleads.delivery.post import DoubtError, NoRecipientError, Post, ServerError, final
from commsleads.errors import ReportError
from tests.dovecot import certificate
from tests.sending.letters import Server, made, read
from tests.sending.smtpd import Smtpd


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commsleads.delivery.post.TIMEOUT", 5.0)
    monkeypatch.setattr("commsleads.delivery.post.LAST_TIMEOUT", 5.0)


@pytest.fixture
def smtpd() -> Iterator[Smtpd]:
    with Smtpd() as server:
        yield server


def send(server: Smtpd, *recipients: str) -> list[type[Exception] | None]:
    """What became of a message to each, on one post."""
    came: list[type[Exception] | None] = []
    with Post(Server(server.port)) as post:
        for recipient in recipients:
            try:
                post.send(made(recipient))
                came.append(None)
            except ReportError as error:
                came.append(type(error))
    return came


def test_one_connection_for_all_and_every_byte_arrives(smtpd: Smtpd) -> None:
    """Three recipients, three messages, one connection; also a line that is a lone full stop."""
    assert send(smtpd, "a@x.example", "b@x.example", "c@x.example") == [None] * 3
    assert smtpd.connections == 1
    for recipient, content in smtpd.accepted:
        assert content == made(recipient).content
        assert read(content)["To"] == recipient


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("550 5.1.1 no such user", NoRecipientError),
        ("550 no such user", NoRecipientError),
        ("553 5.1.3 bad address", NoRecipientError),
        ("550 5.2.1 mailbox closed", NoRecipientError),
        ("552 5.2.2 mailbox full", ReportError),
        ("550 5.7.1 we do not like your words", ReportError),
        ("554 no", ReportError),
        ("535 5.7.8 say who you are", ReportError),
        ("450 4.7.1 greylisted", ReportError),
        ("451 later", ReportError),
    ],
)
def test_what_is_for_good_and_what_may_pass(smtpd: Smtpd, answer: str, kind: type[Exception]) -> None:
    """Only where there is nobody of that address is another try of no use; the next one goes out on the same line."""
    smtpd.plan["bad@x.example"] = [answer]
    assert send(smtpd, "bad@x.example", "good@x.example") == [kind, None]
    assert smtpd.connections == 1


@pytest.mark.parametrize(
    ("at", "answer"),
    [
        ("MAIL", "550 5.1.8 we do not know you"),
        ("MAIL", "550 we do not know you"),
        ("DATA", "552 5.3.4 too big"),
        ("DATA", "554 5.7.1 spam"),
    ],
)
def test_a_refusal_of_us_is_none_of_the_recipient(smtpd: Smtpd, at: str, answer: str) -> None:
    """What is said of the sender or of the message is no reason to give the recipient up."""
    smtpd.at[at] = answer
    assert send(smtpd, "a@x.example") == [ReportError]
    assert smtpd.accepted == []


def test_codes_of_the_address_alone_are_final() -> None:
    """The enhanced code counts before the old one, wherever it is said."""
    assert final("RCPT", 550, b"5.1.1 unknown")
    assert not final("RCPT", 550, b"5.7.606 banned")
    assert not final("RCPT", 450, b"4.1.1 unknown for now")
    assert final("BODY", 550, b"5.1.6 moved")
    assert not final("BODY", 550, b"unknown")


def test_greylisted_and_then_taken(smtpd: Smtpd) -> None:
    """A server that says later means it: the second try arrives, once."""
    smtpd.plan["a@x.example"] = ["450 4.2.0 greylisted", "250"]
    assert send(smtpd, "a@x.example", "a@x.example") == [ReportError, None]
    assert smtpd.times() == {"a@x.example": 1}


@pytest.mark.parametrize(("how", "kept"), [("drop", 0), ("lose", 0), ("silent", 1)])
def test_a_line_dropped_in_the_middle_of_data(smtpd: Smtpd, how: str, kept: int) -> None:
    """Once the message may have been taken nobody knows; the next recipient gets a new connection."""
    smtpd.plan["a@x.example"] = [how]
    first, second = send(smtpd, "a@x.example", "b@x.example")
    assert first in ({DoubtError, ReportError} if how == "drop" else {DoubtError})
    assert second is None
    assert smtpd.times() == {"b@x.example": 1} | ({"a@x.example": 1} if kept else {})


def test_a_server_that_wants_no_more_on_one_connection(smtpd: Smtpd) -> None:
    """421 after some messages: a new connection goes on where the old one ended, and nothing is lost or doubled."""
    smtpd.most = 3
    people = [f"{number}@x.example" for number in range(10)]
    assert send(smtpd, *people) == [None] * 10
    assert smtpd.connections == 4
    assert set(smtpd.times().values()) == {1}


def test_a_server_that_ends_every_connection(smtpd: Smtpd) -> None:
    """After a few connections that came to nothing the run gives up, instead of asking a thousand times."""
    smtpd.plan = {f"{number}@x.example": ["silent"] for number in range(9)}
    came = send(smtpd, *smtpd.plan)
    assert came == [DoubtError] * 3 + [ServerError] * 6


def test_no_server_no_mail() -> None:
    """A server that is not there is told with its name and what to do."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with Post(Server(port)) as post, pytest.raises(ServerError, match=rf"127\.0\.0\.1:{port} cannot be used"):
        post.send(made())


# --- TLS and passwords ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("authority")
    certificate(folder)
    return folder


@pytest.fixture
def secure(authority: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority / "server.pem", authority / "server.key")
    return context


@pytest.fixture
def trusted(authority: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority / "authority.pem"))


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_over_tls_and_with_a_password(secure: ssl.SSLContext, security: str) -> None:
    """Both ways into TLS, then the password, then the message."""
    with Smtpd(tls=secure, wrapped=security == "tls", logins={"press": "s3cret"}) as smtpd:
        post = Post(Server(smtpd.port, security=security, user="press"), "s3cret")
        with post:
            post.send(made())
    assert smtpd.times() == {"desk@museum.example": 1}
    assert smtpd.seen


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_bad_certificate_ends_it(secure: ssl.SSLContext, security: str) -> None:
    """A server that nobody vouches for gets neither the password nor the message, and the sentence says so."""
    with Smtpd(tls=secure, wrapped=security == "tls", logins={"press": "s3cret"}) as smtpd:
        server = Server(smtpd.port, security=security, user="press")
        with Post(server, "s3cret") as post, pytest.raises(ServerError, match="cannot prove who it is") as caught:
            post.send(made())
    assert "s3cret" not in str(caught.value)
    assert (smtpd.accepted, smtpd.seen) == ([], [])


@pytest.mark.usefixtures("trusted")
def test_a_certificate_of_another_name_ends_it(secure: ssl.SSLContext) -> None:
    """The name must be that of the settings."""
    with Smtpd(tls=secure, wrapped=True) as smtpd:
        server = Server(smtpd.port, security="tls", host="127.0.0.2")
        with pytest.raises(ServerError), Post(server) as post:
            post.send(made())
    assert smtpd.accepted == []


def test_starttls_taken_away_on_the_way() -> None:
    """Who strips STARTTLS out of the server's answer gets nothing to read."""
    with Smtpd(logins={"press": "s3cret"}) as smtpd:
        server = Server(smtpd.port, security="starttls", user="press")
        with Post(server, "s3cret") as post, pytest.raises(ServerError, match="STARTTLS extension not supported"):
            post.send(made())
    assert (smtpd.accepted, smtpd.seen) == ([], [])


def test_a_wrong_password_is_told_without_it() -> None:
    """Who refuses our password is named; the password is not."""
    with Smtpd(logins={"press": "right"}) as smtpd:
        server = Server(smtpd.port, user="press")
        with (
            Post(server, "s3cret-word") as post,
            pytest.raises(ServerError, match="refuses the user or pass") as caught,
        ):
            post.send(made())
    assert "s3cret-word" not in str(caught.value)


ENDLESS = {
    "lines": (b"220-x\r\n", b"250-y\r\n"),
    "a line": (b"2", b"2"),
    "a line after others": (b"220-x\r\n220-", b"250-"),
}


@contextmanager
def babbling(greeting: bytes, answer: bytes, *, after: str) -> Iterator[int]:
    """A server that says this again and again from here on, and is otherwise as it should be; its port."""
    ended = threading.Event()

    def talk(line: socket.socket) -> None:
        with suppress(OSError), line, line.makefile("rb") as said:
            line.settimeout(5)
            if after == "message":
                line.sendall(b"220 here\r\n")
                for words in iter(said.readline, b".\r\n"):
                    verb = words[:4].lower()
                    if verb in {b"ehlo", b"mail", b"rcpt", b"data"}:
                        line.sendall(b"354 go on\r\n" if verb == b"data" else b"250 yes\r\n")
            while not ended.wait(0.01):
                line.sendall(answer if after == "message" else greeting)

    with socket.create_server(("127.0.0.1", 0)) as listening:

        def listen() -> None:
            with suppress(OSError):
                while True:
                    talk(listening.accept()[0])

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        ended.set()
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.mark.parametrize(("after", "error"), [("greeting", ServerError), ("message", DoubtError)])
@pytest.mark.parametrize("words", ENDLESS.values(), ids=ENDLESS)
def test_an_answer_without_end_is_cut_off(
    monkeypatch: pytest.MonkeyPatch, words: tuple[bytes, bytes], after: str, error: type[Exception]
) -> None:
    """Before the message it was certainly not sent; after it nobody knows. Nothing waits for ever."""
    monkeypatch.setattr("commsleads.delivery.post.TIMEOUT", 0.5)
    monkeypatch.setattr("commsleads.delivery.post.LAST_TIMEOUT", 0.5)
    with babbling(*words, after=after) as port, Post(Server(port)) as post, pytest.raises(error):
        post.send(made("a@x.example"))
