"""The further parts of an edition: its versions for other audiences, its pictures and what is attached to it."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode

from commsleads.contract import Attachment, Document, Picture, Version
from commsleads.store.engine import Session
from commsleads.store.history import dump


def keep(session: Session, name: str, period: str, document: Document) -> None:
    """Keep the parts of a document beside its row in `reports`, inside the caller's transaction."""
    session.many(
        "INSERT INTO report_versions (name, period, audience, number, subject, text, markdown, html, printed) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (name, period, one.audience, number, one.subject, one.text, one.markdown, one.html, one.printed)
            for number, one in enumerate(document.versions)
        ],
    )
    pictures = [(picture.name, "picture", "image/png", picture.png, _about(picture)) for picture in document.pictures]
    # A picture and an attachment may be called alike; the row of an attachment has its number before the name.
    attached = [
        (f"{number}:{one.name}", "attachment", one.media_type, one.content, "{}")
        for number, one in enumerate(document.attachments)
    ]
    session.many(
        "INSERT INTO report_files (name, period, file, number, kind, media_type, content, about) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (name, period, file, number, kind, media_type, b64encode(content).decode(), about)
            for number, (file, kind, media_type, content, about) in enumerate([*pictures, *attached])
        ],
    )


def versions(session: Session, name: str, period: str) -> tuple[Version, ...]:
    """The versions of an edition for other audiences than the team, in the order they were told in."""
    rows = session.query(
        "SELECT audience, subject, text, markdown, html, printed FROM report_versions "
        "WHERE name = :name AND period = :period ORDER BY number",
        name=name,
        period=period,
    )
    return tuple(Version(**row) for row in rows)


def files(session: Session, name: str, period: str) -> tuple[tuple[Picture, ...], tuple[Attachment, ...]]:
    """The pictures and the attachments of an edition, in their order."""
    rows = session.query(
        "SELECT file, kind, media_type, content, about FROM report_files "
        "WHERE name = :name AND period = :period ORDER BY number",
        name=name,
        period=period,
    )
    pictures = tuple(_picture(row["file"], row["content"], row["about"]) for row in rows if row["kind"] == "picture")
    attached = tuple(
        Attachment(name=row["file"].partition(":")[2], media_type=row["media_type"], content=b64decode(row["content"]))
        for row in rows
        if row["kind"] == "attachment"
    )
    return pictures, attached


def _about(picture: Picture) -> str:
    return dump(
        {
            "title": picture.title,
            "alt": picture.alt,
            "svg": picture.svg,
            "width": picture.width,
            "height": picture.height,
            "head": list(picture.head),
            "rows": [list(row) for row in picture.rows],
        }
    )


def _picture(name: str, content: str, about: str) -> Picture:
    said = json.loads(about)
    head, rows = tuple(said.pop("head")), tuple(tuple(row) for row in said.pop("rows"))
    return Picture(name=name, png=b64decode(content), head=head, rows=rows, **said)
