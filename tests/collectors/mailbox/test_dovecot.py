"""The mailbox collector against a real server: what is read, how often, and what is marked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from commsleads.contract import NOTHING, AuthError, Batch, Cursor, FetchError, RefusedAddressError, SignalKind
from tests.collectors.mailbox.kit import POISON, mail, poll, subjects
from tests.dovecot import Dovecot


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    """One server for all tests of this module."""
    with Dovecot(tmp_path_factory.mktemp("dovecot"), open_house=True) as server:
        yield server


@pytest.fixture
def server(running: Dovecot) -> Dovecot:
    """The server with an empty mailbox under new numbers."""
    for folder in ("", ".Sent", ".Archive", ".Größe"):
        for one in running.box().joinpath(folder).glob("*/*.test*"):
            one.unlink()
    running.box().mkdir(exist_ok=True)
    return running


def ask(server: Dovecot, cursor: Cursor = NOTHING, **how: Any) -> Batch:
    """Poll it with the right user, password and authority, unless told otherwise."""
    usual = {
        "url": server.url, "user": server.user, "secret": server.password, "password_secret": "mailbox",
        "ca_file": server.authority,
    }  # fmt: skip
    return poll(cursor=cursor, **{**usual, **how})


def seen(server: Dovecot) -> list[str]:
    """The flags of the mails in the order they came."""
    return [flags for _, flags in sorted(server.flags().items())]


def test_mails_come_as_letters(server: Dovecot) -> None:
    """A mail becomes a signal with its letter, its Message-ID as its name, and where it lay."""
    server.deliver(mail(1))
    batch = ask(server)
    (signal,) = batch.signals
    assert signal.kind is SignalKind.MESSAGE
    assert signal.external_id == "m1@paper.example"
    assert signal.letter is not None
    assert signal.letter.sender.address == "jo@paper.example"
    assert signal.extra["folder"] == "INBOX"
    assert signal.extra["uid"].isdigit()
    assert "ours" not in signal.extra
    assert batch.complete
    assert batch.modified
    assert not batch.unread


def test_the_next_poll_brings_what_is_new(server: Dovecot) -> None:
    """What was read is not read again; an empty poll says that nothing changed."""
    server.deliver(mail(1))
    first = ask(server)
    second = ask(server, first.cursor)
    server.deliver(mail(2))
    third = ask(server, second.cursor)
    assert (subjects(first), subjects(second), subjects(third)) == (["Question 1"], [], ["Question 2"])
    assert not second.modified


def test_marks_are_set_when_it_is_known_that_the_mail_was_kept(server: Dovecot) -> None:
    """Reading leaves no trace; the cursor that comes back says that the mail was kept, and then it is marked."""
    server.deliver(mail(1))
    first = ask(server)
    assert seen(server) == [""]
    again = ask(server)  # as if the program had been killed before it kept anything
    assert subjects(again) == ["Question 1"]
    assert seen(server) == [""]
    ask(server, first.cursor)
    assert seen(server) == ["S"]


def test_marks_can_be_left_to_people(server: Dovecot) -> None:
    """With mark = "none" nothing in the mailbox changes, ever."""
    server.deliver(mail(1))
    batch = ask(server, mark="none")
    for _ in range(2):
        batch = ask(server, batch.cursor, mark="none")
    assert seen(server) == [""]


def test_a_mark_that_a_person_takes_back_stays_back(server: Dovecot) -> None:
    """Each mail is marked once."""
    server.deliver(mail(1))
    cursor = ask(server, ask(server).cursor).cursor
    (file,) = server.box().glob("cur/*")
    file.rename(file.with_name(file.name.replace(":2,S", ":2,")))
    ask(server, cursor)
    assert seen(server) == [""]


def test_a_poisonous_mail_is_set_aside(server: Dovecot) -> None:
    """It is kept as it came, the ones around it are read, and it alone is not marked."""
    for number in (1, 2, 3):
        server.deliver(mail(number, head=f"{POISON.decode()}\r\n" if number == 2 else ""))
    batch = ask(server)
    assert subjects(batch) == ["Question 1", "Question 3"]
    (unread,) = batch.unread
    assert "poison" in unread.why
    assert b"Question 2" in unread.body
    assert unread.size == len(unread.body)
    ask(server, batch.cursor)
    assert seen(server) == ["S", "", "S"]


def test_a_first_poll_looks_back_some_days_only(server: Dovecot) -> None:
    """Old mail is not read, and not marked either."""
    server.deliver(mail(1), age=90)
    server.deliver(mail(2), age=5)
    batch = ask(server, first_days=30)
    assert subjects(batch) == ["Question 2"]
    ask(server, batch.cursor)
    assert seen(server) == ["", "S"]


def test_a_full_mailbox_is_read_in_bites(server: Dovecot) -> None:
    """More than a poll may bring comes with the next, oldest first, and none is left out."""
    for number in range(1, 8):
        server.deliver(mail(number), age=10 - number)
    cursor: Cursor = NOTHING
    found: list[str] = []
    ends: list[bool] = []
    for _ in range(3):
        batch = ask(server, cursor, limit=3)
        cursor = batch.cursor
        found += subjects(batch)
        ends.append(batch.complete)
    assert found == [f"Question {number}" for number in range(1, 8)]
    assert ends == [False, False, True]


def test_mail_that_comes_during_the_first_bites_is_read_too(server: Dovecot) -> None:
    """Even when it was written long ago: someone moved it in just now."""
    server.deliver(mail(1), age=3)
    server.deliver(mail(2), age=2)
    first = ask(server, limit=1)
    server.deliver(mail(3), age=400)
    second = ask(server, first.cursor)
    assert subjects(first) + subjects(second) == ["Question 1", "Question 2", "Question 3"]


def test_new_numbers_mean_looking_again(server: Dovecot) -> None:
    """After a change of UIDVALIDITY everything of the last days comes again, for the core to know again."""
    server.deliver(mail(1))
    before = ask(server)
    server.renumber()
    server.deliver(mail(2))
    after = ask(server, before.cursor)
    assert sorted(subjects(after)) == ["Question 1", "Question 2"]
    assert {signal.external_id for signal in before.signals} <= {signal.external_id for signal in after.signals}


def test_new_numbers_after_a_long_silence_lose_nothing(server: Dovecot) -> None:
    """Then it is looked back as far as the last poll, not only the first days."""
    server.deliver(mail(1), age=70)
    before = ask(server, now=datetime.now(UTC) - timedelta(days=75), first_days=3)
    server.renumber()
    server.deliver(mail(2), age=60)
    after = ask(server, before.cursor, first_days=3)
    assert "Question 2" in subjects(after)


def test_several_folders(server: Dovecot) -> None:
    """Each has its own place, and what we sent says so and is never marked."""
    server.deliver(mail(1))
    server.deliver(mail(2), folder="Archive")
    server.deliver(mail(3), folder="Sent")
    how: dict[str, Any] = {"folders": ("INBOX", "Archive"), "sent_folders": ("Sent",)}
    batch = ask(server, **how)
    places = {
        signal.external_id[:2]: (signal.extra["folder"], signal.extra.get("ours", "")) for signal in batch.signals
    }
    assert places == {"m1": ("INBOX", ""), "m2": ("Archive", ""), "m3": ("Sent", "yes")}
    assert ask(server, batch.cursor, **how).signals == []
    assert list(server.flags("Sent").values()) == [""]
    assert list(server.flags("Archive").values()) == ["S"]


def test_folders_have_names_in_any_script(server: Dovecot) -> None:
    """Names are written as people read them."""
    server.deliver(mail(1), folder="Gr&APYA3w-e")  # the modified UTF-7 of the protocol and of the disk
    assert subjects(ask(server, folders=("Größe",))) == ["Question 1"]


def test_an_unknown_folder_is_said_and_the_others_are_read(server: Dovecot) -> None:
    """The sentence names the folders that there are."""
    server.deliver(mail(1))
    batch = ask(server, folders=("Imbox", "INBOX"))
    assert subjects(batch) == ["Question 1"]
    assert "Imbox" in batch.note
    assert '"INBOX"' in batch.note
    with pytest.raises(FetchError, match="Imbox"):
        ask(server, folders=("Imbox",))


def test_a_large_mail_is_read_in_part(server: Dovecot) -> None:
    """Its head and first words come, the letter says so, and the rest never crosses the line."""
    server.deliver(mail(1, words="a quarry " * 100_000))
    batch = ask(server, max_message=300_000)
    (signal,) = batch.signals
    assert signal.letter is not None
    assert signal.letter.subject == "Question 1"
    assert any("max_message" in sentence for sentence in signal.letter.damage)
    assert batch.size < 300_000


def test_mails_without_an_id_are_told_apart(server: Dovecot) -> None:
    """By what they say, so that the same one is known again."""
    for words in ("one", "two"):
        server.deliver(f"From: jo@paper.example\nSubject: {words}\n\n{words}\n".encode())
    batch = ask(server)
    names = [signal.external_id for signal in batch.signals]
    assert len(set(names)) == 2
    assert all(name.startswith("sha:") for name in names)
    assert [signal.external_id for signal in ask(server).signals] == names


def test_starttls_is_spoken(server: Dovecot) -> None:
    """imap:// goes over to TLS before the password is sent."""
    server.deliver(mail(1))
    assert subjects(ask(server, url=server.plain_url)) == ["Question 1"]


def test_plain_lines_are_for_the_own_network(server: Dovecot) -> None:
    """With security = "none" and a network that was admitted, it works without TLS."""
    server.deliver(mail(1))
    assert subjects(ask(server, url=server.plain_url, security="none", ca_file="")) == ["Question 1"]


def test_a_wrong_password_pauses(server: Dovecot) -> None:
    """Asking again would lock the account; the sentence does not repeat the password."""
    with pytest.raises(AuthError) as caught:
        ask(server, secret="wrong-horse")
    assert "wrong-horse" not in str(caught.value)
    assert "app password" in str(caught.value)


def test_a_missing_secret_pauses(server: Dovecot) -> None:
    """So does a password that is not there."""
    with pytest.raises(AuthError, match="There is no password"):
        ask(server, password_secret="other")
    with pytest.raises(AuthError, match="user and password_secret"):
        ask(server, user="")


def test_an_unknown_authority_is_refused(server: Dovecot) -> None:
    """Nobody's certificate but the right one's is believed."""
    with pytest.raises(FetchError, match="not to be trusted"):
        ask(server, ca_file="")


def test_a_certificate_for_another_name_is_refused(server: Dovecot) -> None:
    """The name of the settings counts, not the address that it leads to."""
    with pytest.raises(FetchError, match="not to be trusted"):
        ask(server, url=f"imaps://mail.example:{server.tls}")


def test_inner_addresses_are_refused(server: Dovecot) -> None:
    """A mailbox is no way around the guard of addresses."""
    with pytest.raises(RefusedAddressError):
        ask(server, networks=())


def test_a_file_of_authorities_that_is_none(server: Dovecot) -> None:
    """It is said which key is wrong."""
    with pytest.raises(FetchError, match="ca_file"):
        ask(server, ca_file="/nowhere/authority.pem")
