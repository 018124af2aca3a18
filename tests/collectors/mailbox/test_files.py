"""Mails in files: what is found, in which order, and where the next poll goes on."""

from __future__ import annotations

import base64
import gzip
import os
from pathlib import Path

import pytest

from commsleads.contract import NOTHING, Batch, Cursor, FetchError
from tests.collectors.mailbox.kit import POISON, mail, poll, subjects

CORPUS = Path(__file__).resolve().parents[3] / "../shared/corpus/mail"


def read(path: Path, cursor: Cursor = NOTHING, *, limit: int = 500, most: int = 25_000_000) -> Batch:
    """One poll of a file or folder."""
    return poll(str(path), cursor, limit=limit, max_message=most)


def put(path: Path, raw: bytes) -> Path:
    """Write a file, with the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    return path


def maildir(folder: Path) -> Path:
    """An empty Maildir."""
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    return folder


def test_one_mail_in_a_file(tmp_path: Path) -> None:
    """A path or the address of a file; the signal says which file, as it was given."""
    path = put(tmp_path / "one.eml", mail(1))
    batch = read(path)
    (signal,) = batch.signals
    assert signal.extra["file"] == str(path)
    assert signal.external_id == "m1@paper.example"
    assert batch.complete
    assert subjects(poll(path.as_uri())) == ["Question 1"]


def test_a_folder_is_read_in_order(tmp_path: Path) -> None:
    """By name, whatever the depth; hidden files and what is no mail are passed over."""
    put(tmp_path / "b/2.eml", mail(2))
    put(tmp_path / "a/1.eml", mail(1))
    put(tmp_path / "c", mail(3))
    put(tmp_path / ".hidden.eml", mail(4))
    put(tmp_path / ".secret/5.eml", mail(5))
    put(tmp_path / "index.jsonl", b'{"subject": "none"}\n')
    put(tmp_path / "page.html", b"<html>\n<head>\n")
    batch = read(tmp_path)
    assert subjects(batch) == ["Question 1", "Question 2", "Question 3"]
    assert [signal.extra["file"] for signal in batch.signals] == [
        f"{tmp_path}/a/1.eml",
        f"{tmp_path}/b/2.eml",
        f"{tmp_path}/c",
    ]
    assert "2 of the files are no mails" in batch.note


def test_packed_mails_are_unpacked(tmp_path: Path) -> None:
    """`.eml.gz` is read; one that is not packed as it says is set aside."""
    put(tmp_path / "1.eml.gz", gzip.compress(mail(1)))
    put(tmp_path / "2.eml.gz", mail(2))
    put(tmp_path / "3.eml.gz", gzip.compress(mail(3))[:-12])
    put(tmp_path / "4.eml", mail(4))
    batch = read(tmp_path)
    assert subjects(batch) == ["Question 1", "Question 4"]
    assert [one.external_id for one in batch.unread] == [f"file:{tmp_path}/{name}.eml.gz" for name in "23"]


def test_a_packed_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """Of what would fill the memory only the beginning is read."""
    put(tmp_path / "1.eml.gz", gzip.compress(mail(1) + b"\r\n" * 30_000_000))
    batch = read(tmp_path, most=1_000_000)
    assert subjects(batch) == ["Question 1"]
    assert batch.size < 300_000


def test_large_mails_are_read_in_part(tmp_path: Path) -> None:
    """The letter says how much was read."""
    put(tmp_path / "1.eml", mail(1, words="word " * 100_000))
    (signal,) = read(tmp_path, most=300_000).signals
    assert signal.letter is not None
    assert "max_message" in signal.letter.damage[-1]


def test_a_poisonous_mail_is_set_aside(tmp_path: Path) -> None:
    """The others are read."""
    for number in (1, 2, 3):
        put(tmp_path / f"{number}.eml", mail(number, head="X-Poison: yes\r\n" if number == 2 else ""))
    batch = read(tmp_path)
    assert subjects(batch) == ["Question 1", "Question 3"]
    assert POISON in batch.unread[0].body
    assert batch.unread[0].size == (tmp_path / "2.eml").stat().st_size


def test_what_cannot_be_opened_is_set_aside(tmp_path: Path) -> None:
    """Empty files and pipes do not stop the others, and a pipe is not waited for."""
    put(tmp_path / "1.eml", mail(1))
    put(tmp_path / "2.eml", b"")
    os.mkfifo(tmp_path / "3.eml")
    batch = read(tmp_path)
    assert subjects(batch) == ["Question 1"]
    assert [one.why for one in batch.unread] == ["The file is empty."]


@pytest.mark.skipif(os.getuid() == 0, reason="root may read every file")
def test_a_locked_file_is_set_aside(tmp_path: Path) -> None:
    """With the reason of the system."""
    put(tmp_path / "1.eml", mail(1)).chmod(0)
    assert "Permission denied" in read(tmp_path).unread[0].why


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    """A link within is a file as any; one that leads out, in a circle or nowhere is none."""
    inside = tmp_path / "in"
    put(inside / "1.eml", mail(1))
    put(tmp_path / "secret.eml", mail(2))
    (inside / "2.eml").symlink_to(tmp_path / "secret.eml")
    (inside / "3.eml").symlink_to(inside / "1.eml")
    (inside / "4.eml").symlink_to(inside / "nowhere")
    (inside / "loop").symlink_to(inside)
    assert subjects(read(inside)) == ["Question 1", "Question 1"]


def test_nothing_there_is_a_failure(tmp_path: Path) -> None:
    """With the path in the sentence."""
    with pytest.raises(FetchError, match="nowhere cannot be read: No such file"):
        read(tmp_path / "nowhere")


def test_an_empty_folder_is_no_failure(tmp_path: Path) -> None:
    """It has nothing new."""
    batch = read(tmp_path)
    assert (batch.modified, batch.complete) == (False, True)


def test_a_folder_is_read_in_bites(tmp_path: Path) -> None:
    """Each poll goes on where the last one stopped, and the last says that it was the last."""
    for number in range(1, 7):
        put(tmp_path / f"{number}.eml", mail(number))
    cursor: Cursor = NOTHING
    found: list[list[str]] = []
    for complete in (False, False, True):
        batch = read(tmp_path, cursor, limit=2)
        cursor = batch.cursor
        found.append(subjects(batch))
        assert batch.complete is complete
    assert found == [[f"Question {number}" for number in pair] for pair in ((1, 2), (3, 4), (5, 6))]


def test_only_what_is_new_is_opened_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that were there before the last pass began are known; what comes under an earlier name is not missed."""
    from commsleads.collectors.mailbox import files

    monkeypatch.setattr(files, "MARGIN", 0)  # as if the files had lain there for a while
    for number in (5, 6):
        put(tmp_path / f"{number}.eml", mail(number))
    first = read(tmp_path)
    assert subjects(read(tmp_path, first.cursor)) == []
    put(tmp_path / "1.eml", mail(1))
    assert subjects(read(tmp_path, first.cursor)) == ["Question 1"]


def test_the_very_newest_are_looked_for_and_not_read_again(tmp_path: Path) -> None:
    """What came in this moment is listed again, since another may be as new; only what changed or came is read."""
    box = maildir(tmp_path / "box")
    for number in (5, 6):
        put(box / f"new/{number}", mail(number))
    first = read(box)
    put(box / "new/1", mail(1))
    (box / "new/6").write_bytes(mail(6) + b"and more\n")
    second = read(box, first.cursor)
    assert subjects(second) == ["Question 1", "Question 6"]
    assert subjects(read(box, second.cursor)) == []


def test_what_comes_in_the_middle_of_a_pass_is_read_in_the_next(tmp_path: Path) -> None:
    """Even when its name stands before those that were read."""
    for number in (5, 6):
        put(tmp_path / f"{number}.eml", mail(number))
    first = read(tmp_path, limit=1)
    put(tmp_path / "1.eml", mail(1))
    second = read(tmp_path, first.cursor)
    third = read(tmp_path, second.cursor)
    assert subjects(first) + subjects(second) == ["Question 5", "Question 6"]
    assert "Question 1" in subjects(third)


def test_a_maildir(tmp_path: Path) -> None:
    """New and read mails come, half-delivered ones do not, and nothing is moved."""
    box = maildir(tmp_path / "box")
    put(box / "new/17.M1.host", mail(2))
    put(box / "cur/16.M1.host:2,S", mail(1))
    put(box / "tmp/18.M1.host", mail(3))
    put(box / "dovecot-uidlist", b"3 V1 N3\n")
    assert subjects(read(box)) == ["Question 1", "Question 2"]
    assert [one.name for one in sorted((box / "new").iterdir())] == ["17.M1.host"]


def test_a_mail_that_is_moved_to_cur_is_not_lost(tmp_path: Path) -> None:
    """A mail program opens it between two polls: it comes again under its new name, and is known by its id."""
    box = maildir(tmp_path / "box")
    for number in (1, 2, 3):
        put(box / f"new/{number}", mail(number))
    first = read(box, limit=1)
    (box / "new/3").rename(box / "cur/3:2,S")
    found = subjects(first)
    cursor = first.cursor
    for _ in range(3):
        batch = read(box, cursor)
        cursor, found = batch.cursor, found + subjects(batch)
    assert {"Question 1", "Question 2", "Question 3"} <= set(found)


def test_maildirs_in_a_folder(tmp_path: Path) -> None:
    """Where mails have no ending, the folder says that they are mails."""
    put(maildir(tmp_path / "press") / "new/1", b"X-Odd: yes\n\nhello\n")
    assert len(read(tmp_path).signals) == 1


@pytest.mark.parametrize("cursor", ["", "[]", '{"at":1}', '{"boxes":[],"at":"","newest":0,"coming":0}'])
def test_a_damaged_cursor_begins_again(tmp_path: Path, cursor: str) -> None:
    """Reading twice is better than not at all."""
    put(tmp_path / "1.eml", mail(1))
    assert len(read(tmp_path, {"files": cursor}).signals) == 1


def test_the_corpus_is_read_whole() -> None:
    """Every mail of it becomes a signal or is set aside; the files beside them are passed over."""
    if not CORPUS.is_dir():
        pytest.skip("../shared/corpus is not here")
    expected = len([*CORPUS.rglob("*.eml"), *CORPUS.rglob("*.eml.gz")])
    batch = read(CORPUS, limit=5_000)
    assert len(batch.signals) + len(batch.unread) == expected
    assert len(batch.unread) <= expected // 100
    assert batch.complete


@pytest.mark.soak
def test_thirty_megabytes_attached(tmp_path: Path) -> None:
    """They are counted, by the child process with its limit of memory, and not kept."""
    packed = base64.encodebytes(os.urandom(1_000_000)) * 30
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\nX-Poison: no\r\n'
    part = "--b\nContent-Type: image/tiff\nContent-Transfer-Encoding: base64\n"
    raw = mail(1, head=head, words="--b\n\nHello\n" + part + 'Content-Disposition: attachment; filename="a.tif"\n\n')
    put(tmp_path / "1.eml", raw + packed + b"\n--b--\n")
    (signal,) = read(tmp_path, most=50_000_000).signals
    assert signal.letter is not None
    (attached,) = signal.letter.attachments
    assert (attached.name, attached.size >= 29_000_000) == ("a.tif", True)
    assert not signal.letter.damage
