"""The parts of a message as bytes, encoded once for all its recipients: text, HTML with its pictures, what is attached.

Everything goes out in seven bits and lines of 76, whatever way the servers take. The two places that differ from one
recipient to the next are at the end of the text and at the foot of the page; what stands around them is encoded once.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from typing import NamedTuple

from commsleads.contract import Attachment, Document, Picture, Version
from commsleads.delivery.addresses import line
from commsleads.printing import FOOT

_CID = re.compile(r'(<img\b[^<>]*?\bsrc=")cid:([a-z0-9-]{1,80})(?=")')
_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,80}", re.IGNORECASE)
_SOFT = b"=\r\n"
"""A line end that is none: what it joins are parts of one line."""
_PLAIN_NAME = re.compile(r"[A-Za-z0-9._ -]{1,100}")


class Body(NamedTuple):
    """One version of a document, encoded but for its foot. `boundary` is the stem of its boundaries."""

    text: bytes
    above: bytes
    below: bytes
    pictures: tuple[bytes, ...]
    attachments: tuple[bytes, ...]
    boundary: str


def encoded(document: Document, version: Document | Version, domain: str) -> Body:
    """A document for one audience. `domain` makes the names of its pictures unique in the world."""
    html, shown = version.html, {picture.name for picture in document.pictures}
    seal = hashlib.sha256(f"{version.subject}\0{version.text}\0{html}".encode("utf-8", "replace")).hexdigest()[:24]

    def named(found: re.Match[str]) -> str:
        return f"{found[1]}cid:{found[2]}.{seal}@{domain}" if found[2] in shown else found[0]

    used = {found[2] for found in _CID.finditer(html)}
    above, _, below = _CID.sub(named, html).partition(FOOT)
    if not below and "</body>" in above:
        above, _, below = above.partition("</body>")
        below = f"</body>{below}"
    return Body(
        text=_quoted(version.text.rstrip() + "\n\n"),
        above=_quoted(above),
        below=_quoted(below),
        pictures=tuple(_picture(one, f"{one.name}.{seal}@{domain}") for one in document.pictures if one.name in used),
        attachments=tuple(_attachment(one) for one in document.attachments),
        boundary=f"=_{seal}",  # never in quoted-printable or base64
    )


def whole(body: Body, foot: str, foot_html: str) -> tuple[bytes, bytes]:
    """The content type of the message and its body, with the foot of one recipient."""
    text = _part(b"text/plain; charset=utf-8", b"quoted-printable", body.text + _SOFT + _quoted(foot + "\n"))
    page = body.above + _SOFT + _quoted(foot_html) + _SOFT + body.below
    html = _part(b"text/html; charset=utf-8", b"quoted-printable", page)
    if body.pictures:
        kind, inner = _multipart(b'related; type="text/html"', f"{body.boundary}.r", [html, *body.pictures])
        html = b"Content-Type: %b\r\n\r\n%b" % (kind, inner)
    kind, content = _multipart(b"alternative", f"{body.boundary}.a", [text, html])
    if body.attachments:
        first = b"Content-Type: %b\r\n\r\n%b" % (kind, content)
        kind, content = _multipart(b"mixed", f"{body.boundary}.m", [first, *body.attachments])
    return kind, content


def _quoted(text: str) -> bytes:
    """Quoted-printable. A lone full stop is written so that no server takes it for the end."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
    return binascii.b2a_qp(lines, istext=True).replace(b"\n", b"\r\n")


def _part(kind: bytes, encoding: bytes, content: bytes, *more: bytes) -> bytes:
    lines = (b"Content-Type: " + kind, b"Content-Transfer-Encoding: " + encoding, *more)
    return b"\r\n".join(lines) + b"\r\n\r\n" + content


def _multipart(kind: bytes, boundary: str, parts: Sequence[bytes]) -> tuple[bytes, bytes]:
    mark = b"--" + boundary.encode()
    content = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"
    return b'multipart/%b;\r\n boundary="%b"' % (kind, boundary.encode()), content


def _base64(content: bytes) -> bytes:
    return base64.encodebytes(content).replace(b"\n", b"\r\n")


def _picture(picture: Picture, name: str) -> bytes:
    return _part(
        b"image/png",
        b"base64",
        _base64(picture.png),
        b"Content-ID: <" + name.encode() + b">",
        b'Content-Disposition: inline; filename="' + picture.name.encode() + b'.png"',
    )


def _attachment(item: Attachment) -> bytes:
    kind = item.media_type if _TYPE.fullmatch(item.media_type) else "application/octet-stream"
    return _part(
        kind.encode(), b"base64", _base64(item.content), b"Content-Disposition: attachment;" + _named(line(item.name))
    )


def _named(name: str) -> bytes:
    """The name of a file as a parameter; in another script as RFC 2231 has it."""
    if _PLAIN_NAME.fullmatch(name):
        return b' filename="' + name.encode() + b'"'
    from urllib.parse import quote

    return b" filename*=utf-8''" + quote(name[:60], safe="").encode()
