"""The mail within a mail: whoever forwards, the journalist is the inner sender."""

# ruff: noqa: E501 - layouts as programs write them

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from commsleads.letters import Letter, Party
from commsleads.mail import cut, read_letter

RUTH = Party("Ruth Calder", "ruth@post.example")
SENT = datetime(2026, 5, 7, 8, 5, tzinfo=UTC)


def forward(text: str, subject: str = "Fwd: Request", kind: str = "text/plain") -> Letter:
    head = f"From: maya@acme.example\nSubject: {subject}\nDate: Thu, 07 May 2026 12:00:00 +0200\n"
    return read_letter(f"{head}Content-Type: {kind}; charset=utf-8\n\n{text}".encode())


MARKED = [
    (
        "---------- Forwarded message ---------\nFrom: Ruth Calder <ruth@post.example>\nDate: Thu, May 7, 2026 at 10:05 AM\n"
        "Subject: Request\nTo: <press@acme.example>\n\n\nHow many?"
    ),
    (
        "---------- Forwarded message ---------\nVon: Ruth Calder <ruth@post.example>\nDate: Do., 7. Mai 2026 um 10:05 Uhr\n"
        "Subject: Request\nTo: <press@acme.example>\n\nHow many?"
    ),
    (
        "---------- Mensaje reenviado ---------\nDe: Ruth Calder <ruth@post.example>\nDate: jue, 7 may 2026 a las 10:05\n"
        "Subject: Request\nTo: <press@acme.example>\n\nHow many?"
    ),
    (
        "Begin forwarded message:\n\n> From: Ruth Calder <ruth@post.example>\n> Subject: Request\n"
        "> Date: 7 May 2026 at 09:05:00 BST\n> To: press@acme.example\n> \n> How many?"
    ),
    (
        "Début du message réexpédié :\n\nDe: Ruth Calder <ruth@post.example>\nObjet: Request\n"
        "Date: 7 mai 2026 à 10:05:00 UTC+2\nÀ: press@acme.example\n\nHow many?"
    ),
    (
        "-------- Forwarded Message --------\nSubject: \tRequest\nDate: \tThu, 7 May 2026 10:05:00 +0200\n"
        "From: \tRuth Calder <ruth@post.example>\nTo: \tpress@acme.example\n\nHow many?"
    ),
    (
        "-------- Weitergeleitete Nachricht --------\nBetreff: \tRequest\nDatum: \tThu, 7 May 2026 10:05:00 +0200\n"
        "Von: \tRuth Calder <ruth@post.example>\nAn: \tpress@acme.example\n\nHow many?"
    ),
    (
        "-------- Message transféré --------\nSujet : \tRequest\nDate : \tThu, 7 May 2026 10:05:00 +0200\n"
        "De : \tRuth Calder <ruth@post.example>\nPour : \tpress@acme.example\n\nHow many?"
    ),
]
UNMARKED = [
    (
        "From: Ruth Calder <ruth@post.example>\nSent: Thursday, May 7, 2026 10:05 AM\nTo: Press <press@acme.example>\n"
        "Subject: Request\n\nHow many?"
    ),
    (
        "________________________________\nFrom: Ruth Calder <ruth@post.example>\nSent: Thursday, 7 May 2026 10:05\n"
        "To: Press\nSubject: Request\n\nHow many?"
    ),
    (
        "-----Ursprüngliche Nachricht-----\nVon: Ruth Calder [mailto:ruth@post.example]\n"
        "Gesendet: Donnerstag, 7. Mai 2026 10:05\nAn: Presse\nBetreff: Request\n\nHow many?"
    ),
    "De : Ruth Calder <ruth@post.example>\nEnvoyé : jeudi 7 mai 2026 10:05\nÀ : Presse\nObjet : Request\n\nHow many?",
    (
        "De: Ruth Calder <ruth@post.example>\nEnviado el: jueves, 7 de mayo de 2026 10:05\nPara: Prensa\nAsunto: Request\n\n"
        "How many?"
    ),
    (
        "> From: Ruth Calder <ruth@post.example>\n> Sent: Thursday, May 7, 2026 10:05 AM\n> To: Press\n"
        "> Subject: Request\n>\n> How many?"
    ),
]


@pytest.mark.parametrize("text", MARKED + UNMARKED)
def test_a_forwarded_mail_is_read_from_the_text(text: str) -> None:
    """Sender, subject, date, words, in the forms of many programs and languages; the outer words stay the outer's."""
    letter = forward(f"Please handle.\n\n{text}\n")
    assert letter.inner is not None
    assert (letter.inner.sender, letter.inner.subject, letter.inner.text) == (RUTH, "Request", "How many?")
    assert letter.inner.sent_at == SENT
    assert cut(letter.text).own == "Please handle."


@pytest.mark.parametrize("text", MARKED)
def test_a_line_that_says_forwarded_needs_no_subject(text: str) -> None:
    """A marker makes a forward whatever the subject says."""
    letter = forward(f"Please handle.\n\n{text}\n", subject="One for us")
    assert letter.inner is not None
    assert letter.inner.sender == RUTH


@pytest.mark.parametrize(
    "subject", ["Fwd: x", "FW: x", "Fw: x", "WG: x", "TR : x", "RV: x", "[desk] Fwd: x", "x (fwd)"]
)
def test_subjects_that_say_forward(subject: str) -> None:
    """The prefixes of the languages, and a list's tag before them."""
    assert forward(f"x\n\n{UNMARKED[0]}", subject).inner is not None


@pytest.mark.parametrize("text", UNMARKED)
@pytest.mark.parametrize("subject", ["Re: Request", "AW: Request", "Re: Fwd: Request", "Request"])
def test_an_answer_that_quotes_is_no_forward(text: str, subject: str) -> None:
    """A quoted head under another subject is an answer's, also when what it quotes had been forwarded."""
    below = (
        "\n\n---------- Forwarded message ---------\nFrom: B <b@x.example>\nDate: 1 May 2026\nSubject: s\nTo: z\n\nhi"
    )
    assert forward(f"Thank you.\n\n{text}", subject).inner is None
    below = below.replace("\n", "\n> ") if text.startswith(">") else below
    assert forward(f"Thank you.\n\n{text}{below}", subject).inner is None


def test_a_forward_under_an_attribution() -> None:
    """Programs that forward as they answer: the address is in the attribution."""
    letter = forward("See below\n\nOn 7 May 2026, at 10:05, Ruth Calder <ruth@post.example> wrote:\n\n> How many?\n")
    assert letter.inner is not None
    assert (letter.inner.sender, letter.inner.text, letter.inner.sent_at) == (RUTH, "How many?", SENT)


def test_forwarded_twice() -> None:
    """Mails within mails, each with its own sender."""
    inner = MARKED[0]
    outer = (
        inner.replace("ruth@post", "tom@desk").replace("Ruth Calder", "Tom").replace("How many?", f"Yours?\n\n{inner}")
    )
    letter = forward(f"Please.\n\n{outer}")
    assert letter.inner is not None
    assert letter.inner.sender.address == "tom@desk.example"
    assert letter.inner.inner is not None
    assert letter.inner.inner.sender == RUTH
    assert letter.inner.inner.inner is None


def test_a_date_that_can_be_read_both_ways_is_declined() -> None:
    """`03/04/2026` under English labels is nobody's day; under French ones it is the third of April."""
    text = MARKED[5].replace("Thu, 7 May 2026 10:05:00 +0200", "03/04/2026 10:05")
    letter = forward(text)
    assert letter.inner is not None
    assert letter.inner.sent_at is None
    assert letter.inner.damage == ("The forwarded mail's date could not be read.",)
    french = forward(MARKED[7].replace("Thu, 7 May 2026 10:05:00 +0200", "03/04/2026 10:05"))
    assert french.inner is not None
    assert french.inner.sent_at == datetime(2026, 4, 3, 8, 5, tzinfo=UTC)


def test_a_name_with_a_comma_is_one_person() -> None:
    """Outlook writes `Calder, Ruth` without quotes."""
    letter = forward(UNMARKED[0].replace("Ruth Calder", "Calder, Ruth"))
    assert letter.inner is not None
    assert letter.inner.sender == Party("Calder, Ruth", "ruth@post.example")


@pytest.mark.parametrize(
    "html",
    [
        (
            '<div dir="ltr">Please handle.<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
            "---------- Forwarded message ---------<br>From: <strong>Ruth Calder</strong> <span>&lt;"
            '<a href="mailto:ruth@post.example">ruth@post.example</a>&gt;</span><br>Date: Thu, May 7, 2026 at 10:05 AM<br>'
            "Subject: Request<br>To: &lt;<a href='mailto:p@a.example'>p@a.example</a>&gt;<br></div><br><br>"
            "<div>How many?</div></div></div>"
        ),
        (
            "<p class=MsoNormal>Please handle.<o:p></o:p></p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt'>"
            '<p class=MsoNormal><b>From:</b> <a href="mailto:ruth@post.example">Ruth Calder</a> <br><b>Sent:</b> Thursday, '
            "May 7, 2026 10:05 AM<br><b>To:</b> Press<br><b>Subject:</b> Request<o:p></o:p></p></div></div>"
            "<p class=MsoNormal>How many?</p>"
        ),
        (
            '<div>Please handle.</div><div><br></div><div id="appendonsend"></div><hr style="display:inline-block;width:98%">'
            '<div id="divRplyFwdMsg" dir="ltr"><font><b>From:</b> Ruth Calder &lt;ruth@post.example&gt;<br><b>Sent:</b> '
            "Thursday, May 7, 2026 10:05 AM<br><b>To:</b> Press<br><b>Subject:</b> Request</font></div><div>How many?</div>"
        ),
        (
            '<div>Please handle.</div><br><div>Begin forwarded message:</div><br><blockquote type="cite"><div><b>From: </b>'
            "Ruth Calder &lt;ruth@post.example&gt;</div><div><b>Subject: </b>Request</div><div><b>Date: </b>7 May 2026 at "
            "09:05:00 BST</div><div><b>To: </b>p@a.example</div><br><div>How many?</div></blockquote>"
        ),
        (
            '<p>Please handle.</p><div class="moz-forward-container"><br>-------- Forwarded Message --------<table><tbody>'
            "<tr><th>Subject: </th><td>Request</td></tr><tr><th>Date: </th><td>Thu, 7 May 2026 10:05:00 +0200</td></tr>"
            "<tr><th>From: </th><td>Ruth Calder <a href='mailto:ruth@post.example'>&lt;ruth@post.example&gt;</a></td></tr>"
            "<tr><th>To: </th><td>p@a.example</td></tr></tbody></table><br><p>How many?</p></div>"
        ),
    ],
)
def test_forwards_in_html(html: str) -> None:
    """Gmail, Outlook of two kinds, Apple, Thunderbird."""
    letter = forward(html, kind="text/html", subject="FW: Request")
    assert letter.inner is not None
    assert (letter.inner.sender, letter.inner.subject, letter.inner.text) == (RUTH, "Request", "How many?")
    assert letter.inner.sent_at == SENT
    assert cut(letter.text).own == "Please handle."
