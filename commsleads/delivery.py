"""A finished document on its way out: as files in a folder, and as mail, one message for each recipient.

It writes and sends; it does not decide who gets what and keeps no record. The job claims each delivery by a row
before it calls `Post.send` and notes afterwards what came of it, so three outcomes are told apart: sent (no
error), certainly not sent (`ReportError`, may be tried again), and nobody knows (`DoubtError`, a person decides).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol
from zoneinfo import ZoneInfo

from commsleads.contract import Document, Period
from commsleads.errors import ReportError

if TYPE_CHECKING:
    import smtplib
    from email.headerregistry import Address
    from email.message import EmailMessage

# What speaks SMTP is imported where mail is sent: most runs only look whether files are missing.

TIMEOUT = 60.0
"""Seconds for each answer of the mail server."""

_UNSAFE = re.compile(r"[^\w.-]+")
_MAILBOX = re.compile(
    r"(?:(?P<name>[^<>\x00-\x1f]*)(?P<bracket><))?(?P<local>[^<>@\s,;:\"]+)@(?P<domain>[^<>@\s,;:\"]+)>?"
)
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class DoubtError(ReportError):
    """The message was handed over and no answer came: it may have been sent. Never sent again by itself."""


class MailServer(Protocol):
    """What is needed of `[smtp]`. `security` is `starttls`, `tls` or `none`."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def user(self) -> str: ...
    @property
    def sender(self) -> str: ...
    @property
    def security(self) -> str: ...


# --- files ---------------------------------------------------------------------------------------------------------


def write_files(document: Document, name: str, period: Period, folder: Path) -> list[Path]:
    """Write the document as html, txt, md and json (csv, if it has a table; what is attached), and say where.

    Each file appears whole or not at all, and writing again gives the same bytes. Raises `ReportError`.
    """
    base = stem(name, period.label)
    files = {
        f"{base}.html": document.html.encode(),
        f"{base}.txt": document.text.encode(),
        f"{base}.md": document.markdown.encode(),
        f"{base}.json": as_json(document.data).encode(),
    }
    if (table := as_csv(document.data)) is not None:
        files[f"{base}.csv"] = b"\xef\xbb\xbf" + table.encode()  # spreadsheets know UTF-8 by this mark only
    files |= {f"{base}-{_safe(item.name)}": item.content for item in document.attachments}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [_replace(folder / file, content) for file, content in files.items()]
    except OSError as error:
        raise ReportError(
            f"The {name} report could not be written to {folder}: {error.strerror or error}. "
            "Make room or give this user the right to write there, and it is written at the next run."
        ) from error


def stem(name: str, label: str) -> str:
    """What the files of one report and period are called, without their endings: `weekly-2026-W47`."""
    return _safe(f"{name}-{label}")


def as_json(data: Mapping[str, Any]) -> str:
    """The figures of a document as JSON text, the same for the same figures."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def as_csv(data: Mapping[str, Any]) -> str | None:
    """The table of a document (`contract.Document`) as CSV, None when it has none.

    Columns in `_at` are times, told in the zone of the document's period with their offset, because people read them.
    A cell that a spreadsheet would take for a formula begins with an apostrophe: its words may be a stranger's.
    """
    name = data.get("table")
    if not name:
        return None
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(data["columns"])
    zone = ZoneInfo(data.get("period", {}).get("zone", "UTC"))
    for row in data[name]:
        writer.writerow([cell(_there(column, row[column], zone)) for column in data["columns"]])
    return text.getvalue()


def _there(column: str, value: Any, zone: ZoneInfo) -> Any:
    if column.endswith("_at") and isinstance(value, str) and value:
        return datetime.fromisoformat(value).astimezone(zone).isoformat(timespec="minutes")
    return value


def cell(value: Any) -> Any:
    """A value as a cell of a CSV: one line, and never a formula. A stranger may have written it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        value = _BREAKS.sub(" ", value)
        return f"'{value}" if value.lstrip(" '\"").startswith(tuple("=+-@＝＋－＠")) else value
    return value


def _safe(name: str) -> str:
    return _UNSAFE.sub("-", name).strip(".-") or "report"


def _replace(path: Path, content: bytes) -> Path:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return path


# --- mail ----------------------------------------------------------------------------------------------------------


def letter(
    document: Document, *, name: str, period: Period, recipient: str, sender: str, now: datetime
) -> EmailMessage:
    """The message to one recipient: plain text first, HTML beside it, nothing loaded from elsewhere.

    Its Message-ID follows from report, period and recipient, so that a mailbox can fold a message that came
    twice. Raises `ReportError` for an address that is none. A line break can end up in no header.
    """
    from email.message import EmailMessage
    from email.policy import SMTP
    from email.utils import format_datetime

    to, by = _address(recipient), _address(sender)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _line(document.subject)
    message["From"] = by
    message["To"] = to
    message["Date"] = format_datetime(now)
    digest = hashlib.sha256(f"{name}\n{period.label}\n{to.addr_spec.casefold()}".encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{_safe(name)}.{_safe(period.label)}.{digest}@{by.domain}>"
    # RFC 3834: no vacation message shall answer this one.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(document.text, cte="quoted-printable")
    message.add_alternative(document.html, subtype="html", cte="quoted-printable")
    for item in document.attachments:
        kind, _, subtype = item.media_type.partition("/")
        message.add_attachment(
            item.content, maintype=kind, subtype=subtype or "octet-stream", filename=_line(item.name)
        )
    return message


class Post:
    """One connection to the mail server, opened at the first message and used for all of a run.

    ::

        with Post(settings.smtp, password) as post:
            post.send(letter(...))
    """

    def __init__(self, server: MailServer, password: str = "") -> None:
        self._server = server
        self._password = password
        self._line: smtplib.SMTP | None = None

    def __enter__(self) -> Post:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._hang_up()

    def send(self, message: EmailMessage) -> None:
        """Hand over one message. Raises `ReportError` when it was certainly not sent, `DoubtError` when unsure."""
        import smtplib

        sender = message["From"].addresses[0].addr_spec
        recipient = message["To"].addresses[0].addr_spec
        body = message.as_bytes()
        with self._told(recipient):
            line = self._line or self._dial()
            _expect(line.mail(sender), 250)
            _expect(line.rcpt(recipient), 250, 251)
        try:
            # From here to the answer nobody can know whether the server took the message.
            code, said = line.data(body)
        except smtplib.SMTPDataError as error:
            self._hang_up()
            raise ReportError(self._refusal(recipient, error.smtp_code, error.smtp_error)) from error
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise DoubtError(
                f"{self._where} went silent after the message to {recipient} was handed over; it may have "
                f"arrived ({_line(str(error))}). Ask the recipient before sending it again."
            ) from error
        if code != 250:
            self._hang_up()
            raise ReportError(self._refusal(recipient, code, said))

    @contextmanager
    def _told(self, recipient: str) -> Iterator[None]:
        """Whatever goes wrong before the message is handed over is a plain refusal."""
        import smtplib

        try:
            yield
        except smtplib.SMTPAuthenticationError as error:
            self._drop()
            raise ReportError(
                f"{self._where} refuses the user or password of [smtp] ({error.smtp_code}). "
                "Set the right password and the digest goes out at the next try."
            ) from error
        except smtplib.SMTPResponseException as error:
            self._hang_up()
            raise ReportError(self._refusal(recipient, error.smtp_code, error.smtp_error)) from error
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise ReportError(
                f"{self._where} cannot be used: {_line(str(error))}. "
                "Nothing was sent; check [smtp] or wait, it is tried again."
            ) from error

    @property
    def _where(self) -> str:
        return f"The mail server {self._server.host}:{self._server.port}"

    def _refusal(self, recipient: str, code: int, said: bytes | str) -> str:
        words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        return f"{self._where} refused the message to {recipient}: {code} {_line(words)[:200]}"

    def _dial(self) -> smtplib.SMTP:
        import smtplib
        import ssl

        server = self._server
        safe = ssl.create_default_context()
        if server.security == "tls":
            self._line = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=safe)
        else:
            self._line = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
        if server.security == "starttls":
            self._line.starttls(context=safe)
        self._line.ehlo_or_helo_if_needed()
        if server.user:
            self._line.login(server.user, self._password)
        return self._line

    def _hang_up(self) -> None:
        import smtplib

        line, self._line = self._line, None
        if line is not None:
            try:
                line.quit()
            except (smtplib.SMTPException, OSError):
                line.close()

    def _drop(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()


def _expect(answer: tuple[int, bytes], *wanted: int) -> None:
    import smtplib

    code, said = answer
    if code not in wanted:
        raise smtplib.SMTPResponseException(code, said)


def _address(text: str) -> Address:
    """One mail address, with or without a name before it. A domain in any script is written in ASCII."""
    from email.errors import HeaderParseError
    from email.headerregistry import Address

    found = _MAILBOX.fullmatch(text.strip())
    if found is not None and bool(found["bracket"]) == text.strip().endswith(">"):
        if not found["local"].isascii():
            raise ReportError(
                f"{found['local']}@{found['domain']} has letters before the @ that many mail servers refuse. "
                "Use an address of plain ASCII letters."
            )
        try:
            domain = found["domain"].encode("idna").decode()
            return Address((found["name"] or "").strip(' "'), addr_spec=f"{found['local']}@{domain}")
        except (ValueError, IndexError, HeaderParseError):
            pass
    raise ReportError(f"“{_line(text)}” is not a mail address. Correct it in the settings.")


def _line(text: str) -> str:
    """One line without control characters: what a header may hold."""
    return _BREAKS.sub(" ", text).strip()
