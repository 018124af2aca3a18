"""Made-up mails of a press mailbox, for `bench.py`, and the least that a program can do with them.

The mix: enquiries in four languages, half of them; answers in threads, newsletters, bounces, automatic answers; one
mail in two hundred is a digest with twenty journalists' requests. Made from their number alone, so that two runs read
the same.
"""

from __future__ import annotations

import random
import sqlite3
import sys
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.utils import format_datetime
from pathlib import Path

BEGAN = datetime(2026, 1, 5, 8, tzinfo=UTC)
NAMES = ("Ruth", "Ay", "José", "Marie", "Jonas", "Ines", "Cem", "Dana", "Lee", "Olga", "Piet", "Nora")
FAMILIES = (
    "Calder",
    "Ünal",
    "Núñez",
    "Duval",
    "Brandt",
    "Carvalho",
    "Stone",
    "Whitlock",
    "Park",
    "Hale",
    "Vos",
    "Berg",
)
TOWNS = ("Leeds", "Bremen", "Lyon", "Gijón", "Hull", "Kiel", "Brest", "Vigo")
THINGS = ("rope loft", "harbour crane", "ferry line", "dry dock", "tide gate", "sail shed", "fish hall", "lock keeper")
ASKS = {
    "en": (
        "Request for comment: {thing} in {town}",
        """Hello,

I am a reporter at the {outlet}, writing about the {thing} in {town}. How many jobs are at stake there? When was the
decision made, and who made it?

Could you send me an answer by 5 pm tomorrow?

Best wishes,
{name}
Reporter, {outlet}
+44 20 7946 0{n:03}
""",
    ),
    "de": (
        "Presseanfrage: {thing} in {town}",
        """Guten Tag,

ich bin Redakteurin bei der {outlet} und schreibe über {thing} in {town}. Wie viele Stellen fallen weg?
Seit wann ist das bekannt?

Ich bräuchte Ihre Stellungnahme bis morgen um 15 Uhr.

Mit freundlichen Grüßen
{name}
Redaktion {outlet}
Tel. +49 40 5550 {n:03}
""",
    ),
    "fr": (
        "Demande d'interview : {thing} à {town}",
        """Bonjour,

Je suis journaliste à {outlet} et je prépare un article sur {thing} à {town}. Combien d'emplois sont menacés ? Depuis
quand le savez-vous ?

Pourriez-vous me répondre avant demain 17 h ?

Cordialement,
{name}
Journaliste, {outlet}
+33 1 55 55 0{n:03}
""",
    ),
    "es": (
        "Consulta de prensa: {thing} en {town}",
        """Buenos días:

Soy periodista de {outlet} y escribo sobre {thing} en {town}. ¿Cuántos empleos se perderán? ¿Quién tomó la decisión?

Necesitaría su respuesta antes de mañana a las 14:00.

Un saludo,
{name}
Periodista, {outlet}
+34 91 555 0{n:03}
""",
    ),
}
QUERY = """{place}) Summary: Who knows the {thing} of {town} ({number})

Name: {name}

Category: Business and Finance

Email: query-{number}{place}@helpareporter.net

Media Outlet: Post {place}

Deadline: 7:00 PM EST - {day} January

Query:

Looking for people who can talk about the {thing} and what it costs to keep one in {town}.

Back to Top

-----------------------------------
"""
NEWS = "\n\n".join(
    f"{number}. The harbour in figures\nShips, cranes and ferries of the week, with all that was moved on the quays. "
    f"Read more: https://news.example/{number}"
    for number in range(1, 12)
)


def settings(folder: Path) -> Path:
    """An office that the mails are for."""
    file = folder / "config.toml"
    outlets = "".join(
        f'[[outlets]]\nname = "Post {n}"\ndomains = ["post{n}.example"]\ntier = {n % 3 + 1}\n' for n in range(40)
    )
    file.write_text(
        '[organisation]\nname = "Harbour Museum"\ntimezone = "Europe/London"\n[desk]\naddresses = ["museum.example"]\n'
        f'[[desk.expertise]]\nid = "rope"\nany = ["rope", "harbour"]\n[[watches]]\nid = "museum"\nrole = "brand"\n'
        f'any = ["Harbour Museum"]\n{outlets}',
        encoding="utf-8",
    )
    return file


def mail(number: int) -> bytes:
    """The mail of that number, as it lies in a folder."""
    r = random.Random(f"mail {number}")
    if number % 200 == 199:
        return _digest(number, r)
    kind = r.random()
    if kind < 0.5 or number < 10:
        return _enquiry(number, r)
    if kind < 0.7:
        return _answer(number, r)
    if kind < 0.85:
        return _mail(
            number, "Harbour News <news@news.example>", f"The harbour this week, no. {number}", NEWS,
            List_Unsubscribe="<mailto:off@news.example>", List_Id="<harbour.news.example>", Precedence="bulk",
        )  # fmt: skip
    if kind < 0.95:
        gone = f"{r.choice(NAMES).lower()}@post{r.randrange(40)}.example"
        return _mail(
            number, "Mail Delivery Subsystem <mailer-daemon@mx.museum.example>", "Undelivered Mail Returned to Sender",
            f"I'm sorry to have to inform you that your message could not be delivered.\n\n<{gone}>: host mx.example "
            "said: 550 5.1.1 User unknown (in reply to RCPT TO command)\n",
            Auto_Submitted="auto-replied", Return_Path="<>",
        )  # fmt: skip
    return _mail(
        number, _who(r)[1], "Automatic reply: Museum opens its new wing",
        "I am out of the office until Monday and will answer then.\n", Auto_Submitted="auto-replied",
    )  # fmt: skip


def _who(r: random.Random) -> tuple[str, str, str]:
    first, last, outlet = r.choice(NAMES), r.choice(FAMILIES), r.randrange(40)
    plain = f"{first}.{last}".encode("ascii", "ignore").decode().lower()
    return f"{first} {last}", f"{first} {last} <{plain}@post{outlet}.example>", f"Post {outlet}"


def _enquiry(number: int, r: random.Random) -> bytes:
    name, sender, outlet = _who(r)
    subject, text = ASKS[r.choices(("en", "de", "fr", "es"), (4, 2, 1, 1))[0]]
    given = {"name": name, "outlet": outlet, "town": r.choice(TOWNS), "thing": r.choice(THINGS), "n": number % 1_000}
    return _mail(number, sender, subject.format(**given), text.format(**given))


def _answer(number: int, r: random.Random) -> bytes:
    """An answer to one of the last enquiries: same writer, same thread, the old mail quoted beneath."""
    to = next((n for n in range(number - r.randint(1, 9), 0, -1) if _asks(n)), 1)
    old = random.Random(f"mail {to}")
    old.random()
    _, sender, _ = _who(old)
    quoted = "\n".join(f"> {line}" for line in ASKS["en"][1].splitlines())
    text = (
        f"Thanks. One more thing: who pays for that, and from when?\n\nOn Monday, the press office wrote:\n{quoted}\n"
    )
    ident = f"<m{to}@post.example>"
    return _mail(number, sender, f"Re: your answer {to}", text, In_Reply_To=ident, References=ident)


def _asks(number: int) -> bool:
    return number < 10 or (number % 200 != 199 and random.Random(f"mail {number}").random() < 0.5)


def _digest(number: int, r: random.Random) -> bytes:
    items = [
        QUERY.format(
            place=place, number=number, thing=r.choice(THINGS), town=r.choice(TOWNS), day=r.randint(6, 28),
            name=f"{r.choice(NAMES)} {r.choice(FAMILIES)}",
        )
        for place in range(1, 21)
    ]  # fmt: skip
    text = "Today's HARO queries\n\n" + "\n".join(items)
    return _mail(number, "HARO <haro@helpareporter.com>", f"[HARO] Morning edition {number}", text)


def _mail(number: int, sender: str, subject: str, text: str, **more: str) -> bytes:
    name, _, address = sender.rpartition(" <")
    head = {
        "From": f"{Header(name, 'utf-8').encode()} <{address}",
        "To": "press@museum.example",
        "Subject": Header(subject, "utf-8", maxlinelen=900).encode(),
        "Date": format_datetime(BEGAN + timedelta(minutes=3 * number)),
        "Message-ID": f"<m{number}@post.example>",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    } | {key.replace("_", "-"): value for key, value in more.items()}
    return "\n".join([*(f"{key}: {value}" for key, value in head.items()), "", text]).encode()


def mbox(file: Path, count: int) -> None:
    """A file of so many mails."""
    with file.open("wb") as out:
        for number in range(1, count + 1):
            lines = mail(number).splitlines()
            out.write(b"From - Mon Jan  5 08:00:00 2026\n")
            out.write(b"\n".join(b">" + line if line.startswith(b"From ") else line for line in lines) + b"\n\n")


def floor(database: str, file: str) -> None:
    """The least: the standard library's parser, one row a mail. Nothing is understood."""
    import mailbox
    from email import policy
    from email.parser import BytesParser

    db = sqlite3.connect(database, isolation_level=None)
    db.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        "CREATE TABLE mails (id TEXT PRIMARY KEY, sender TEXT, subject TEXT, at TEXT, text TEXT)"
    )
    parser = BytesParser(policy=policy.default)
    box = mailbox.mbox(file, create=False)
    db.execute("BEGIN IMMEDIATE")
    for key in box.iterkeys():
        found = parser.parsebytes(box.get_bytes(key))
        values = (
            found["message-id"],
            str(found["from"]),
            str(found["subject"]),
            str(found["date"]),
            found.get_content(),
        )
        db.execute("INSERT OR IGNORE INTO mails VALUES (?, ?, ?, ?, ?)", values)
    db.execute("COMMIT")


if __name__ == "__main__":
    floor(*sys.argv[1:])
