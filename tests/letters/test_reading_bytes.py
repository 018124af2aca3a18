"""Bytes to letters: charsets, headers, parts, dates, and what is noted about what had to be mended."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from commsleads.letters import Attached, Party
from commsleads.mail import read_letter, read_letters

HEAD = "From: Ruth Calder <ruth@post.example>\nTo: press@acme.example\nSubject: Request\n"


def mail(body: str | bytes = "Hello\n", *fields: str, head: str = HEAD) -> bytes:
    data = body if isinstance(body, bytes) else body.encode()
    return (head + "".join(f"{field}\n" for field in fields) + "\n").encode("utf-8", "surrogateescape") + data


def parts(*pieces: str, kind: str = "mixed", head: str = HEAD) -> bytes:
    body = "".join(f"--b\n{piece}\n" for piece in pieces)
    return f'{head}Content-Type: multipart/{kind}; boundary="b"\n\n{body}--b--\n'.encode()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("=?utf-8?B?UHJlc3NlYW5mcmFnZTogR3LDvMOfZQ==?=", "Presseanfrage: Grüße"),
        ("=?utf-8?B?UHJlc3NlYW5mcmFnZTogR3LDvMOfZQ?=", "Presseanfrage: Grüße"),
        ("=?iso-8859-1?Q?Gr=FC=DFe_aus_K=F6ln?=", "Grüße aus Köln"),
        ("=?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?Q?one?=\n =?utf-8?Q?_two?=", "one two"),
        ("=?utf-8?Q?one?= two =?utf-8?Q?three?=", "one two three"),
        ("=?UTF-8*de?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?Q?broken\n fold?=", "broken fold"),
        ("=?x-nowhere?Q?plain?=", "plain"),
        ("=?utf-8?Q?unfinished", "=?utf-8?Q?unfinished"),
        ("Grüße, roh", "Grüße, roh"),
        ("folded\n\tsubject", "folded subject"),
        ("a\u202eb\u200bc", "abc"),
    ],
)
def test_subjects_are_decoded(written: str, read: str) -> None:
    """Encoded words, whole and broken, and raw characters give the subject that was meant."""
    assert read_letter(f"Subject: {written}\n\nx".encode()).subject == read


def test_raw_latin_bytes_in_a_header_are_read() -> None:
    """A header with 8-bit characters of no declared charset is UTF-8, or else cp1252."""
    assert read_letter(b"Subject: Gr\xfc\xdfe\n\nx").subject == "Grüße"


@pytest.mark.parametrize(
    ("written", "party"),
    [
        ("Ruth Calder <Ruth@Post.Example>", Party("Ruth Calder", "ruth@post.example")),
        ('"Calder, Ruth" <ruth@post.example>', Party("Calder, Ruth", "ruth@post.example")),
        ("=?utf-8?Q?M=C3=BCller=2C_Jana?= <j@x.example>", Party("Müller, Jana", "j@x.example")),
        ('"=?utf-8?Q?M=C3=BCller?=" <j@x.example>', Party("Müller", "j@x.example")),
        ("ruth@post.example (Ruth Calder)", Party("Ruth Calder", "ruth@post.example")),
        ("ruth@post.example", Party("", "ruth@post.example")),
        ("ruth@post.example <ruth@post.example>", Party("", "ruth@post.example")),
        ("Ruth <mailto:ruth@post.example>", Party("Ruth", "ruth@post.example")),
        ("Mail Delivery Subsystem <MAILER-DAEMON>", Party("Mail Delivery Subsystem", "")),
        ("undisclosed-recipients:;", Party()),
        ("", Party()),
    ],
)
def test_senders_are_read(written: str, party: Party) -> None:
    """Names and addresses in the forms that programs write; the address in small letters, '' where there is none."""
    assert read_letter(f"From: {written}\n\nx".encode()).sender == party


def test_groups_and_lists_of_people_are_read() -> None:
    """Groups are opened, and commas in quotes part nobody."""
    letter = read_letter(b'To: Desk: a@x.example, "B, b" <b@x.example>;, c@x.example\nCc: d@x.example\n\nx')
    assert [one.address for one in letter.to] == ["a@x.example", "b@x.example", "c@x.example"]
    assert letter.to[1].name == "B, b"
    assert letter.cc == (Party("", "d@x.example"),)


def test_ids_are_without_brackets_and_in_their_order() -> None:
    """Message-ID, In-Reply-To and References, with the first of several Message-IDs and a note."""
    letter = read_letter(
        b"Message-ID: <a@x>\nMessage-ID: <b@x>\nIn-Reply-To: <c@x>\nReferences: <d@x>\n\t<e@x> <d@x>\n\nx"
    )
    assert (letter.message_id, letter.in_reply_to, letter.references) == ("a@x", ("c@x",), ("d@x", "e@x"))
    assert letter.damage == ("It has several Message-Id fields; the first was taken.",)
    assert read_letter(b"Subject: x\n\nx").message_id == ""
    assert read_letter(b"Message-ID: bare@x.example\n\nx").message_id == "bare@x.example"


def test_of_many_references_the_first_and_the_last_are_kept() -> None:
    """A thread's root and its nearest answers are what threads are found by."""
    line = " ".join(f"<{number}@x>" for number in range(500))
    found = read_letter(f"References: {line}\n\nx".encode()).references
    assert (len(found), found[0], found[-1]) == (50, "0@x", "499@x")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Thu, 07 May 2026 10:05:00 +0200", datetime(2026, 5, 7, 8, 5, tzinfo=UTC)),
        ("7 May 2026 10:05 EDT", datetime(2026, 5, 7, 14, 5, tzinfo=UTC)),
        ("Thu, 07 May 2026 10:05:00 BST", datetime(2026, 5, 7, 9, 5, tzinfo=UTC)),
        ("Thu, 07 May 2026 10:05:00 +0100 (BST)", datetime(2026, 5, 7, 9, 5, tzinfo=UTC)),
        ("Thu, 07 May 2026 10:05:00 -0000", datetime(2026, 5, 7, 10, 5, tzinfo=UTC)),
        ("Thu, 07 May 2026 10:05:60 +0000", datetime(2026, 5, 7, 10, 5, 59, tzinfo=UTC)),
        ("2026-05-07T10:05:00Z", datetime(2026, 5, 7, 10, 5, tzinfo=UTC)),
        ("Thursday, May 7, 2026 10:05 PM", datetime(2026, 5, 7, 22, 5, tzinfo=UTC)),
        ("Thu, 01 Jan 1970 00:00:00 +0000", datetime(1970, 1, 1, tzinfo=UTC)),
        ("Thu, 31 Dec 2099 10:00:00 +0000", datetime(2099, 12, 31, 10, tzinfo=UTC)),
        ("Thu, 45 Foo 2026 10:05:00 +0200", None),
        ("Fri, 31 Dec 9999 23:59:00 -1200", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_read_leniently(written: str, read: datetime | None) -> None:
    """Obsolete zones, ISO, clocks of twelve hours; the impossible is returned as read, garbage is None."""
    letter = read_letter(f"Date: {written}\n\nx".encode())
    assert (letter.sent_at, letter.date_raw) == (read, written)


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("utf-8", "Grüße".encode(), "Grüße"),
        ("iso-8859-1", b"\x93Gr\xfc\xdfe\x94", "“Grüße”"),
        ("us-ascii", "Grüße".encode(), "Grüße"),
        ("nonsense", "Grüße".encode(), "Grüße"),
        ("utf-8", b"Gr\xfc\xdfe aus K\xf6ln", "Grüße aus Köln"),
        ("gb2312", "新闻采访".encode("gb18030"), "新闻采访"),
        ("shift_jis", "取材のお願い".encode("cp932"), "取材のお願い"),
        ("koi8-r", "Запрос".encode("koi8-r"), "Запрос"),
        ("big5", "Запрос".encode(), "Запрос"),
        ("utf-7", b"Gr+APwA3w-e", "Grüße"),
        ("punycode", b"maana-pta", "maana-pta"),
        ("unicode_escape", b"\\u0041", "\\u0041"),
        ("rot13", b"Uryyb", "Uryyb"),
    ],
)
def test_charsets_are_read_as_meant(charset: str, data: bytes, text: str) -> None:
    """Right, wrong, unknown and treacherous names of charsets."""
    assert read_letter(mail(data, f"Content-Type: text/plain; charset={charset}")).text == text


@pytest.mark.parametrize(
    ("encoding", "data", "text"),
    [
        ("base64", base64.b64encode("Grüße".encode()), "Grüße"),
        ("base64", base64.b64encode(b"no padding!!").rstrip(b"="), "no padding!!"),
        ("base64", b"SGVs\nbG8=\n\n--\nA footer of a list.", "Hello"),
        ("BASE64", b"SGVs*bG8=", "Hello"),
        ("quoted-printable", b"Gr=C3=BC=C3=9Fe, soft=\n break =zz", "Grüße, soft break =zz"),
        ("8bit", "Grüße".encode(), "Grüße"),
        ("x-nonsense", "Grüße".encode(), "Grüße"),
    ],
)
def test_transfer_encodings_are_undone(encoding: str, data: bytes, text: str) -> None:
    """Base64 with and without padding, quoted-printable with soft breaks and mistakes, and what nobody knows."""
    letter = read_letter(
        mail(data, "Content-Type: text/plain; charset=utf-8", f"Content-Transfer-Encoding: {encoding}")
    )
    assert letter.text.startswith(text)


def test_flowed_lines_are_joined_within_their_depth() -> None:
    """RFC 3676: soft ends go, hard ends, depths and the signature's dashes stay."""
    body = "One \ntwo\n> quoted \n> on\n>> deep \nnot deep\n-- \nRuth\n"
    text = read_letter(mail(body, "Content-Type: text/plain; format=flowed")).text
    assert text == "One two\n> quoted on\n>> deep\nnot deep\n--\nRuth"


def test_unseen_characters_go_and_joints_at_words_are_counted() -> None:
    """Controls and overrides of direction are gone; joints of no width are gone too, and noted where they stood."""
    letter = read_letter(mail("in\u200bclude \u2060this\x00\x07 \u202etxt\u2028next 👩\u200d💻 می\u200cخواهم"))
    assert letter.text == "include this txt\nnext 👩💻 میخواهم"
    assert letter.marks["zero-width"] == "2"
    assert letter.marks["zero-width-at"] == "2,8"
    assert "zero-width" not in read_letter(mail("\ufeffplain\n\ufeffwords")).marks


def test_plain_text_is_preferred_to_html() -> None:
    """Of two forms of the same words the plain one is read, and the pictures of the other are still counted."""
    both = parts(
        "Content-Type: text/plain\n\nplain words",
        'Content-Type: multipart/related; boundary="r"\n\n--r\nContent-Type: text/html\n\n<p>rich</p>\n'
        "--r\nContent-Type: image/png; name=logo.png\n\nxxxx\n--r--",
        kind="alternative",
    )
    letter = read_letter(both)
    assert letter.text == "plain words"
    assert letter.attachments == (Attached("logo.png", "image/png", 4),)


@pytest.mark.parametrize("stub", ["", "Your mail client cannot display HTML.", "View this email in your browser"])
def test_html_is_read_where_plain_text_says_nothing(stub: str) -> None:
    """An empty plain text, or one that only speaks of HTML, gives way."""
    both = parts(
        f"Content-Type: text/plain\n\n{stub}", "Content-Type: text/html\n\n<p>The words</p>", kind="alternative"
    )
    assert read_letter(both).text == "The words"


def test_html_only_and_html_that_claims_to_be_plain_become_lines() -> None:
    """Markup is never text."""
    html = "<html><body><p>One</p><p>Two &amp; three</p></body></html>"
    for kind in ("text/html", "text/plain"):
        assert read_letter(mail(html, f"Content-Type: {kind}")).text == "One\n\nTwo & three"


def test_files_are_counted_with_name_and_size() -> None:
    """Attachments by disposition, by name, RFC 2231 names, encoded names, and a calendar."""
    letter = read_letter(
        parts(
            "Content-Type: text/plain\n\nwords",
            'Content-Type: application/pdf; name="x.pdf"\nContent-Transfer-Encoding: base64\n'
            f"Content-Disposition: attachment\n\n{base64.b64encode(b'x' * 1000).decode()}",
            "Content-Type: text/plain\nContent-Disposition: attachment;\n filename*0*=utf-8''Gr%C3%BC;\n"
            " filename*1*=%C3%9Fe.txt\n\nabc",
            "Content-Type: text/calendar; name=invite.ics\n\nBEGIN:VCALENDAR",
            "Content-Type: image/png\nContent-Disposition: inline; filename==?utf-8?Q?Bild=C3=BC.png?=\n\nabc",
        )
    )
    assert letter.text == "words"
    assert [(one.name, one.size) for one in letter.attachments] == [
        ("x.pdf", 1000), ("Grüße.txt", 3), ("invite.ics", 15), ("Bildü.png", 3),
    ]  # fmt: skip


def test_uuencoded_files_are_no_text() -> None:
    """A file between `begin` and `end` is counted; a sentence that begins with the word is kept."""
    letter = read_letter(mail("Words\nbegin 644 cat.txt\n#0V%T\n`\nend\nbegin at nine\n"))
    assert letter.text == "Words\nbegin at nine"
    assert letter.attachments == (Attached("cat.txt", "application/octet-stream", 3),)


def test_sealed_mails_are_noted() -> None:
    """TNEF, S/MIME and PGP: named as files, and the letter says what could not be read."""
    tnef = read_letter(mail("xxxx", "Content-Type: application/ms-tnef; name=winmail.dat"))
    assert (tnef.attachments[0].name, "winmail.dat" in tnef.damage[0]) == ("winmail.dat", True)
    smime = read_letter(mail("xxxx", "Content-Type: application/pkcs7-mime; name=smime.p7m"))
    assert "S/MIME" in smime.damage[0]
    pgp = read_letter(parts("Content-Type: application/pgp-encrypted\n\nVersion: 1", kind="encrypted"))
    assert "encrypted" in pgp.damage[0]
    signed = read_letter(parts("\nwords", "Content-Type: application/pgp-signature\n\nxx", kind="signed"))
    assert (signed.text, signed.damage) == ("words", ())


def test_an_attached_mail_is_within() -> None:
    """message/rfc822 gives the inner letter with its own sender, date and words, also one that is encoded."""
    inner = "From: r@post.example\nDate: Thu, 07 May 2026 10:05:00 +0200\nSubject: Q\n\nWhat is it?"
    for encoding, data in (("7bit", inner), ("base64", base64.b64encode(inner.encode()).decode())):
        piece = f"Content-Type: message/rfc822\nContent-Transfer-Encoding: {encoding}\n\n{data}"
        letter = read_letter(parts("Content-Type: text/plain\n\nsee attached", piece))
        assert letter.text == "see attached"
        assert letter.inner is not None
        assert (letter.inner.sender.address, letter.inner.subject) == ("r@post.example", "Q")
        assert letter.inner.sent_at == datetime(2026, 5, 7, 8, 5, tzinfo=UTC)
        assert letter.inner.text == "What is it?"


def test_reports_and_marks_are_told() -> None:
    """The report type of a bounce, the fields that tell machines, and the returned mail's own head within."""
    raw = (
        b"Auto-Submitted: auto-replied\nPrecedence: bulk\nList-Id: <l.x>\nReturn-Path: <>\n"
        b'Content-Type: multipart/report; report-type="delivery-status"; boundary=b\n\n'
        b"--b\n\nIt failed.\n--b\nContent-Type: message/delivery-status\n\nAction: failed\n"
        b"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <ours@acme.example>\nSubject: Ours\n--b--\n"
    )
    letter = read_letter(raw)
    assert (letter.report, letter.text) == ("delivery-status", "It failed.")
    assert letter.marks["auto-submitted"] == "auto-replied"
    assert letter.marks["precedence"] == "bulk"
    assert letter.marks["list-id"] == "<l.x>"
    assert letter.marks["return-path"] == "<>"
    assert letter.inner is not None
    assert letter.inner.message_id == "ours@acme.example"


def test_heads_in_disorder_are_read() -> None:
    """An mbox line first, a line end of one kind only, stray lines, a fold without its space, no empty line."""
    assert read_letter(b"From r@x Thu May  7 10:05:00 2026\nSubject: x\n\nwords").subject == "x"
    assert read_letter(b"\r\n\r\nSubject: x\r\n\r\nwords").subject == "x"
    assert read_letter(b" Subject: x\nTo: a@x.example\n\nwords").subject == "x"
    old = read_letter(b"Subject: x\rFrom: a@x.example\r\rwords\rmore")
    assert (old.subject, old.text) == ("x", "words\nmore")
    stray = read_letter(b"Subject: x\nwhat is this\nFrom: a@x.example\n\nwords")
    assert (stray.sender.address, stray.text) == ("a@x.example", "words")
    fold = read_letter(b"Content-Type: multipart/mixed;\nboundary=b\n\n--b\n\nwords\n--b--")
    assert fold.text == "words"
    gap = read_letter(b"Subject: x\nwords without a gap")
    assert gap.text == "words without a gap"
    assert gap.damage == ("No empty line stands between head and body.",)


def test_what_is_no_mail_is_text() -> None:
    """Bytes without any head are a letter's words, with a note; nothing is nothing."""
    letter = read_letter(b"just words, no head")
    assert (letter.text, letter.damage) == ("just words, no head", ("It has no headers.",))
    assert read_letter(b"").text == ""


def test_several_are_read_in_their_order() -> None:
    """`read_letters` is `read_letter` for many."""
    raws = [mail("one"), b"", mail("two")]
    assert read_letters(raws) == [read_letter(raw) for raw in raws]
