"""Servers that break off, lie and never end: nothing hangs, nothing is lost, no memory is filled."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from commsleads.contract import NOTHING, AuthError, Batch, Cursor, FetchError
from tests.collectors.mailbox.kit import mail, poll, subjects
from tests.collectors.mailbox.rogue import Cut, Drip, Endless, Rogue, Said
from tests.dovecot import certificate

MEGABYTE = b"x" * 1_000_000


@pytest.fixture
def rogue() -> Iterator[Rogue]:
    """A server that behaves until told otherwise, with three mails."""
    with Rogue() as server:
        server.mails = {number: mail(number) for number in (1, 2, 3)}
        yield server


def ask(server: Rogue, cursor: Cursor = NOTHING, **how: Any) -> Batch:
    """Poll it in the clear, as in the own network."""
    usual = {"url": server.url, "user": "press", "secret": "x", "password_secret": "mailbox", "security": "none"}
    return poll(cursor=cursor, **{**usual, **how})


def body_of(uid: int, said: Said) -> Any:
    """Answer the request for the body of one mail with this, everything else honestly."""

    def answer(server: Rogue, tag: str, rest: str) -> Said | None:
        return said if f"FETCH {uid} " in rest and "BODY" in rest else None

    return answer


def test_it_behaves_when_not_told_otherwise(rogue: Rogue) -> None:
    """The server of these tests can be read like a real one."""
    first = ask(rogue)
    assert subjects(first) == ["Question 1", "Question 2", "Question 3"]
    assert subjects(ask(rogue, first.cursor)) == []
    assert rogue.seen == {1, 2, 3}


def test_bodies_are_asked_for_without_a_trace(rogue: Rogue) -> None:
    """Every request for a body is a PEEK."""
    ask(rogue)
    assert rogue.commands("BODY")
    assert all("BODY.PEEK[" in one for one in rogue.commands("BODY"))


def test_a_dropped_line_costs_nothing_that_was_read(rogue: Rogue) -> None:
    """What came whole is kept, the cursor stands before what did not, and the next poll begins there."""
    rogue.answers["FETCH"] = body_of(2, Cut(b"* 2 FETCH (UID 2 BODY[] {500}\r\nMessage-ID: <m2@pa"))
    first = ask(rogue)
    assert subjects(first) == ["Question 1"]
    assert not first.complete
    assert "broke off" in first.note
    rogue.answers.clear()
    assert subjects(ask(rogue, first.cursor)) == ["Question 2", "Question 3"]


def test_a_server_that_drops_every_line_is_a_failure(rogue: Rogue) -> None:
    """When nothing could be read at all, the poll has failed."""
    rogue.answers["FETCH"] = lambda server, tag, rest: Cut(b"* 1 FETCH")
    with pytest.raises(FetchError, match=r"broke off|closed the line"):
        ask(rogue)


def test_a_mail_that_always_breaks_the_line_does_not_hold_up_the_others(rogue: Rogue) -> None:
    """When it comes first, breaks the line twice and the next one can be read, it is set aside."""
    rogue.answers["FETCH"] = body_of(2, Cut(b"* 2 FETCH (UID 2 BODY[] {500}\r\nMess"))
    second = ask(rogue, ask(rogue).cursor)
    assert subjects(second) == ["Question 3"]
    (unread,) = second.unread
    assert "still there" in unread.why
    assert unread.size == len(rogue.mails[2])
    rogue.answers.clear()
    ask(rogue, second.cursor)
    assert rogue.seen == {1, 3}


def test_a_refused_mail_is_set_aside(rogue: Rogue) -> None:
    """NO to one mail is no reason to stop."""
    rogue.answers["FETCH"] = lambda server, tag, rest: (
        f"{tag} NO it is corrupt\r\n".encode() if "FETCH 2 (BODY" in rest else None
    )
    batch = ask(rogue)
    assert subjects(batch) == ["Question 1", "Question 3"]
    assert "it is corrupt" in batch.unread[0].why


def test_a_literal_of_a_gigabyte_is_refused_before_it_is_read(rogue: Rogue) -> None:
    """The mail is set aside at once and the next is read; not even ten megabytes are taken."""
    rogue.answers["FETCH"] = body_of(2, Endless(b"* 2 FETCH (UID 2 BODY[] {1000000000}\r\n", MEGABYTE))
    batch = ask(rogue)
    assert subjects(batch) == ["Question 1", "Question 3"]
    assert "1,000,000,000 bytes" in batch.unread[0].why
    assert batch.size < 10_000


def test_an_honest_gigabyte_is_read_in_part(rogue: Rogue) -> None:
    """When the size is announced, only the beginning is asked for."""
    rogue.sizes[2] = 1_000_000_000
    batch = ask(rogue)
    assert subjects(batch) == ["Question 1", "Question 2", "Question 3"]
    assert "<0.262144>" in rogue.commands("FETCH 2 (BODY")[0]
    assert not rogue.commands("FETCH 2 (BODY.PEEK[])")


@pytest.mark.parametrize("command", ["EXAMINE", "SEARCH", "CAPABILITY", "FETCH"])
def test_an_endless_line_is_cut_off(rogue: Rogue, command: str) -> None:
    """Whatever is asked, the answer has bounds."""
    rogue.answers[command] = lambda server, tag, rest: Endless(b"* SEARCH ", MEGABYTE)
    with pytest.raises(FetchError, match="more than"):
        ask(rogue)


def test_an_endless_greeting_is_cut_off(rogue: Rogue) -> None:
    """So has the first word."""
    rogue.greeting = Endless(b"* OK ", MEGABYTE)
    with pytest.raises(FetchError, match="more than"):
        ask(rogue)


def test_endless_lines_are_cut_off(rogue: Rogue) -> None:
    """Many short lines that nobody asked for are no way to fill the memory."""
    rogue.answers["SEARCH"] = lambda server, tag, rest: Endless(b"", b"* 5 EXISTS\r\n" * 50_000)
    with pytest.raises(FetchError, match="more than"):
        ask(rogue)


def test_a_slow_drip_ends_with_the_poll(rogue: Rogue) -> None:
    """Each byte is in time, the whole is not: the poll has an end, and keeps what it had."""
    rogue.answers["FETCH"] = body_of(2, Drip(b"* 5 EXISTS ", 0.05))
    batch = ask(rogue, longest=1.5)
    assert subjects(batch) == ["Question 1"]
    assert "time for one poll was up" in batch.note


def test_a_slow_greeting_ends_with_the_poll(rogue: Rogue) -> None:
    """The same before anything was said."""
    rogue.greeting = Drip(b"* OK ", 0.05)
    with pytest.raises(FetchError, match="time for one poll was up"):
        ask(rogue, longest=0.5)


@pytest.mark.parametrize("command", ["", "CAPABILITY", "SEARCH", "FETCH"])
def test_a_program_that_is_stopped_does_not_wait_for_a_server(rogue: Rogue, command: str) -> None:
    """Whatever the server is silent about, the line is cut and the thread that waits lets go."""
    silence = Drip(b"", 0.05)
    if command:
        rogue.answers[command] = lambda server, tag, rest: silence
    else:
        rogue.greeting = silence
    with pytest.raises(TimeoutError):
        ask(rogue, patience=1_000, longest=1_000, within=0.3)


def test_silence_ends(rogue: Rogue) -> None:
    """A server that says nothing is not waited for longer than its patience."""
    rogue.answers["SEARCH"] = lambda server, tag, rest: b""
    with pytest.raises(FetchError, match="said nothing"):
        ask(rogue, patience=0.3)


@pytest.mark.parametrize(
    "nonsense",
    [
        b"* SEARCH one two\r\n{tag} OK\r\n",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"* " + b"(" * 50_000 + b"\r\n{tag} OK\r\n",
        b"* SEARCH " + b"9" * 6_000 + b"\r\n{tag} OK\r\n",
        b"* SEARCH {{{99999999999999999999999}}}\r\n",
        b"\xff\xfe\x00\r\n",
        b"+ go on\r\n* BYE\r\n",
        b"{tag}X OK\r\n",
    ],
)
@pytest.mark.parametrize("command", ["SEARCH", "FETCH", "EXAMINE"])
def test_nonsense_is_a_failure_and_no_crash(rogue: Rogue, command: str, nonsense: bytes) -> None:
    """Whatever a server says, the poll ends with one of our errors, or with what could be read."""
    said = nonsense.replace(b"{{{", b"{").replace(b"}}}", b"}")
    rogue.answers[command] = lambda server, tag, rest: Cut(said.replace(b"{tag}", tag.encode()))
    try:
        words = ask(rogue).note
    except FetchError as error:
        words = str(error)
    assert len(words) < 600


def test_deep_nesting_in_the_answer_with_a_mail(rogue: Rogue) -> None:
    """Brackets by the thousand are for a parser to refuse, not to fall over."""
    deep = b"* 2 FETCH (UID 2 X " + b"(" * 20_000 + b")" * 20_000 + b")\r\n"
    rogue.answers["FETCH"] = lambda server, tag, rest: (
        deep + f"{tag} OK\r\n".encode() if "FETCH 2 (BODY" in rest else None
    )
    first = ask(rogue)
    assert subjects(first) == ["Question 1"]
    second = ask(rogue, first.cursor)
    assert subjects(second) == ["Question 3"]
    assert len(second.unread) == 1


def test_no_charset_is_ever_sent(rogue: Rogue) -> None:
    """A server that knows none cannot refuse one."""
    rogue.answers["SEARCH"] = lambda server, tag, rest: (
        f"{tag} NO [BADCHARSET (US-ASCII)]\r\n".encode() if "CHARSET" in rest else None
    )
    assert len(ask(rogue).signals) == 3
    assert not rogue.commands("CHARSET")


def test_new_numbers_mean_looking_again(rogue: Rogue) -> None:
    """A change of UIDVALIDITY brings the mails of the last days again, under whatever numbers."""
    before = ask(rogue)
    rogue.validity, rogue.mails = 8, {1: mail(2), 2: mail(3), 3: mail(4)}
    after = ask(rogue, before.cursor)
    assert subjects(after) == ["Question 2", "Question 3", "Question 4"]
    assert rogue.seen == set()  # the old cursor says nothing about these numbers


def test_a_server_put_back_from_a_backup_loses_nothing(rogue: Rogue) -> None:
    """It numbers again from an earlier number and does not say so; what comes is read all the same, each once."""
    before = ask(rogue)
    rogue.mails = {1: mail(1), 2: mail(8)}
    after = ask(rogue, before.cursor)
    assert "Question 8" in subjects(after)
    assert ask(rogue, after.cursor).signals == []
    rogue.mails[3] = mail(9)
    assert subjects(ask(rogue, after.cursor)) == ["Question 9"]


def test_a_number_that_was_a_lie_costs_no_mail(rogue: Rogue) -> None:
    """The server named a number that no mail can have; when it counts rightly again, new mails are read."""
    rogue.answers["SEARCH"] = lambda server, tag, rest: (
        f"* SEARCH 99999999999\r\n{tag} OK done\r\n".encode() if rest.endswith("UID *") else None
    )
    before = ask(rogue)
    rogue.answers.clear()
    rogue.mails[4] = mail(4)
    assert "Question 4" in subjects(ask(rogue, before.cursor))


def test_a_mail_that_vanishes_is_passed_over(rogue: Rogue) -> None:
    """Somebody deletes while we read."""
    rogue.answers["FETCH"] = lambda server, tag, rest: (
        f"{tag} OK gone\r\n".encode() if "FETCH 2 (BODY" in rest else None
    )
    batch = ask(rogue)
    assert subjects(batch) == ["Question 1", "Question 3"]
    assert not batch.unread
    assert batch.complete


def test_a_folder_that_may_only_be_read(rogue: Rogue) -> None:
    """It is read all the same, and nothing is marked."""
    rogue.answers["SELECT"] = lambda server, tag, rest: f"{tag} NO read only\r\n".encode()
    first = ask(rogue)
    assert len(first.signals) == 3
    assert ask(rogue, first.cursor).complete
    assert not rogue.commands("STORE")


def test_marks_that_are_refused_are_said(rogue: Rogue) -> None:
    """Reading goes on."""
    first = ask(rogue)
    rogue.answers["STORE"] = lambda server, tag, rest: f"{tag} NO over quota\r\n".encode()
    rogue.mails[4] = mail(4)
    second = ask(rogue, first.cursor)
    assert subjects(second) == ["Question 4"]
    assert "over quota" in second.note


def test_a_server_that_is_too_busy_is_asked_again(rogue: Rogue) -> None:
    """Only a refused password pauses a source; a full house does not."""
    rogue.answers["AUTHENTICATE"] = lambda server, tag, rest: f"{tag} NO [UNAVAILABLE] later\r\n".encode()
    with pytest.raises(FetchError, match="just now"):
        ask(rogue)
    rogue.answers["AUTHENTICATE"] = lambda server, tag, rest: f"{tag} NO [AUTHENTICATIONFAILED] no\r\n".encode()
    with pytest.raises(AuthError):
        ask(rogue)
    rogue.answers["AUTHENTICATE"] = lambda server, tag, rest: f"{tag} BAD what\r\n".encode()
    with pytest.raises(AuthError):
        ask(rogue)


def test_login_is_spoken_where_nothing_better_is_known(rogue: Rogue) -> None:
    """Old servers know LOGIN only; what has odd letters is quoted, what they cannot take is said."""
    rogue.offer = "IMAP4rev1"
    assert len(ask(rogue, user='pr"ess office', secret='a"b\\c').signals) == 3
    assert rogue.commands("LOGIN") == ['LOGIN "pr\\"ess office" "a\\"b\\\\c"']
    with pytest.raises(AuthError, match="ASCII"):
        ask(rogue, secret="Schlüssel")
    rogue.offer = "IMAP4rev1 LOGINDISABLED"
    with pytest.raises(AuthError, match="no password on this line"):
        ask(rogue)


@pytest.mark.parametrize("greeting", [b"* OK ready\r\n", b"* PREAUTH you are in\r\n"])
def test_a_stripped_starttls_is_refused(rogue: Rogue, greeting: bytes) -> None:
    """When somebody in between hides STARTTLS, no password is sent, and no mail believed."""
    rogue.greeting = greeting
    with pytest.raises(FetchError, match="no encryption"):
        ask(rogue, security="tls")
    assert not [one for one in rogue.asked if one.startswith(("AUTH", "LOGIN", "EXAMINE"))]


def test_a_refused_starttls_is_refused(rogue: Rogue) -> None:
    """Offered and then denied is the same."""
    rogue.offer = "IMAP4rev1 STARTTLS AUTH=PLAIN"
    rogue.answers["STARTTLS"] = lambda server, tag, rest: f"{tag} NO sorry\r\n".encode()
    with pytest.raises(FetchError, match="no encryption"):
        ask(rogue, security="tls")


def test_words_slipped_in_before_tls_are_refused(rogue: Rogue) -> None:
    """What comes in the clear behind the answer to STARTTLS would be believed as if it were encrypted."""
    rogue.offer = "IMAP4rev1 STARTTLS AUTH=PLAIN"
    rogue.answers["STARTTLS"] = lambda server, tag, rest: f"{tag} OK go\r\n* 1 EXISTS\r\n".encode()
    with pytest.raises(FetchError, match="of its own"):
        ask(rogue, security="tls")


def test_plain_lines_to_the_world_are_refused() -> None:
    """Without TLS the password goes to nobody outside."""
    with pytest.raises(FetchError, match="own networks"):
        poll("imap://8.8.8.8:1", user="press", secret="x", password_secret="mailbox", security="none")


def test_tls_with_another_certificate_is_refused(tmp_path: Path) -> None:
    """A certificate of some other authority is not believed, and nothing is said over that line."""
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    for folder in (theirs, ours):
        folder.mkdir()
        certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(theirs / "server.pem", theirs / "server.key")
    with Rogue(context) as server:
        server.mails = {1: mail(1)}
        url = server.url.replace("imap:", "imaps:")
        with pytest.raises(FetchError, match="not to be trusted"):
            ask(server, url=url, ca_file=str(ours / "authority.pem"))
        assert not server.asked
        assert len(ask(server, url=url, ca_file=str(theirs / "authority.pem")).signals) == 1


def test_nobody_there() -> None:
    """A closed port is a sentence."""
    with pytest.raises(FetchError, match="Connection refused"):
        poll("imaps://localhost:9", user="press", secret="x", password_secret="mailbox")


@pytest.mark.parametrize("cursor", ["", "[]", "{", '{"last":"x"}', '{"validity":7,"left":5}', '{"last":null}'])
def test_a_damaged_cursor_begins_again(rogue: Rogue, cursor: str) -> None:
    """Reading twice is better than not at all."""
    assert len(ask(rogue, {"folder:INBOX": cursor}).signals) == 3


def test_a_limit_of_one_serves_every_folder(rogue: Rogue) -> None:
    """However small the bites, each folder is finished in the end."""
    cursor: Cursor = NOTHING
    found: list[int] = []
    for _ in range(8):
        batch = ask(rogue, cursor, limit=1, sent_folders=("Sent",))
        cursor = batch.cursor
        found.append(len(batch.signals))
    assert sum(found) == 6
    assert found[-1] == 0
