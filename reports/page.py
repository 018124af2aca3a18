"""A report printed: one `Page` as HTML for mail and files, as text, as Markdown and as Typst markup for PDF.

Every rendering says the same in the same order. Words are escaped by the rendering that prints them; addresses that a
reader must not be sent to are words and no links.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from commsleads.contract import Attachment, Document, Picture, Version
from commsleads.reports.blocks import Page
from commsleads.reports.rendering import render
from commsleads.reports.wording import line

T = TypeVar("T")

DRAWN = ("name", "svg", "png")
"""What of a picture is no words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One page in every rendering. `pictures` are those that it shows, each once."""

    text: str
    html: str
    markdown: str
    printed: str
    pictures: tuple[Picture, ...]


def rendered(page: Page, pictures: Sequence[Picture] = ()) -> Rendered:
    """The page printed. `pictures` go with it besides those that its blocks show. Same page, same bytes.

    Raises `ValueError` when two different pictures have one name.
    """
    words = cleaned(page)
    return Rendered(
        text=render("page.txt.j2", words),
        html=render("page.html.j2", words),
        markdown=render("page.md.j2", words),
        printed=render("page.typ.j2", words),
        pictures=tuple(_each_once((*shown(words), *map(cleaned, pictures)))),
    )


def text_of(page: Page) -> str:
    """The text part of a page alone."""
    return render("page.txt.j2", cleaned(page))


def document_of(
    page: Page,
    data: Mapping[str, Any],
    *,
    versions: Mapping[str, Page] | None = None,
    attachments: Sequence[Attachment] = (),
) -> Document:
    """The document of a page for the team, with a page for each other audience (`contract.AUDIENCES`)."""
    main = rendered(page)
    others = {audience: (other, rendered(other)) for audience, other in (versions or {}).items()}
    return Document(
        subject=page.subject,
        text=main.text,
        html=main.html,
        markdown=main.markdown,
        printed=main.printed,
        data=data,
        pictures=tuple(_each_once((*main.pictures, *(one for _, other in others.values() for one in other.pictures)))),
        versions=tuple(
            Version(
                audience=audience,
                subject=other.subject,
                text=made.text,
                html=made.html,
                markdown=made.markdown,
                printed=made.printed,
            )
            for audience, (other, made) in others.items()
        ),
        attachments=tuple(attachments),
    )


def cleaned(part: T) -> T:
    """The page, or a part of it, with every text as one line without control or direction characters."""
    made: Any = part
    if isinstance(part, str):
        made = line(part)
    elif isinstance(part, tuple):
        made = tuple(cleaned(one) for one in part)
    elif is_dataclass(part) and not isinstance(part, type):
        drawn = DRAWN if isinstance(part, Picture) else ()
        names = (one.name for one in fields(part) if one.name not in drawn)
        made = replace(part, **{name: cleaned(getattr(part, name)) for name in names})
    found: T = made
    return found


def shown(page: Page) -> Iterator[Picture]:
    """The pictures of the page, in its order."""
    for section in page.sections:
        for block in section.blocks:
            if block.picture is not None:
                yield block.picture
            yield from (story.picture for story in block.stories if story.picture is not None)


def _each_once(pictures: Sequence[Picture]) -> list[Picture]:
    found: dict[str, Picture] = {}
    for picture in pictures:
        first = found.setdefault(picture.name, picture)  # a shorter page may show it without its rows
        if (first.svg, first.png) != (picture.svg, picture.png):
            raise ValueError(f"Two pictures of one document are called {picture.name}.")
    return list(found.values())
