"""An edition made again from what it was written from, and held against what was told: part by part, byte by byte."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from commsleads.app import App
from commsleads.errors import CommsleadsError
from commsleads.store import editions, inputs
from commsleads.store.engine import moment
from commsleads.store.history import dump

if TYPE_CHECKING:
    from commsleads.contract import Attachment, Document, Picture, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of an edition: whether it came out the same, and where it differs first, in words ('' if nowhere)."""

    name: str
    same: bool
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """How an edition came out when it was made again. `program` wrote it, `now` made it again."""

    name: str
    period: str
    told_at: datetime | None
    program: str
    now: str
    parts: tuple[Part, ...]

    @property
    def same(self) -> bool:
        """Whether every part has the same bytes."""
        return all(part.same for part in self.parts)


def replay(app: App, name: str, period: str) -> Replay:
    """Make an edition again from its inputs. Changes nothing.

    Raises `CommsleadsError` when it was never told or cannot be made again, with the reason.
    """
    from commsleads.facts.recorded import Replayed, period_of, settings_of

    with app.engine.session() as session:
        row = inputs.of(session, name, period)
        if row is None:
            raise CommsleadsError(f"The report {name} for {period} was never told, so there is nothing to make again.")
        pictures, attachments = editions.files(session, name, period)
        versions = editions.versions(session, name, period)
    facts = Replayed(row["inputs"])
    report = app.plugins.report(name)
    try:
        settings = report.Settings(**settings_of(row["settings"]))
    except TypeError as error:
        raise CommsleadsError(f"It cannot be made again: its settings are none of this program's ({error}).") from error
    document = report.write(facts, period_of(facts), settings)
    told = {part: row[part] for part in ("subject", "text", "html", "markdown", "printed", "data")}
    told_parts = _whole(told, pictures, versions, attachments)
    made_parts = _parts(document)
    names = [*told_parts, *(part for part in made_parts if part not in told_parts)]
    return Replay(
        name=name,
        period=period,
        told_at=moment(row["written_at"]),
        program=row["program"],
        now=app.plugins.program(name),
        parts=tuple(_compared(part, told_parts.get(part), made_parts.get(part)) for part in names),
    )


def _parts(document: Document) -> dict[str, bytes]:
    own = {part: getattr(document, part) for part in ("subject", "text", "html", "markdown", "printed")}
    own["data"] = dump(document.data)
    return _whole(own, document.pictures, document.versions, document.attachments)


def _whole(
    own: Mapping[str, str],
    pictures: Sequence[Picture],
    versions: Sequence[Version],
    attachments: Sequence[Attachment],
) -> dict[str, bytes]:
    """Every part of a document by its name, as bytes."""
    found = {name: words.encode("utf-8", "surrogatepass") for name, words in own.items()}
    for picture in pictures:
        found[f"picture {picture.name}"] = picture.png
        found[f"picture {picture.name}, drawn"] = picture.svg.encode()
        found[f"picture {picture.name}, in words"] = repr(replace(picture, png=b"", svg="")).encode()
    for version in versions:
        for part in ("subject", "text", "html", "markdown", "printed"):
            found[f"{part} for {version.audience}"] = getattr(version, part).encode("utf-8", "surrogatepass")
    for number, one in enumerate(attachments):
        found[f"attachment {number} {one.name} ({one.media_type})"] = one.content
    return found


def _compared(name: str, told: bytes | None, made: bytes | None) -> Part:
    if told is None or made is None:
        return Part(name=name, same=False, where="was not told" if told is None else "is not made any more")
    if told == made:
        return Part(name=name, same=True)
    place = next((n for n, (one, other) in enumerate(zip(told, made, strict=False)) if one != other), None)
    place = min(len(told), len(made)) if place is None else place
    return Part(name=name, same=False, where=f"at byte {place:,}: {_near(told, place)} became {_near(made, place)}")


def _near(whole: bytes, place: int) -> str:
    return f"“{whole[max(0, place - 20) : place + 40].decode('utf-8', 'replace')}”"
