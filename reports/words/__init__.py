"""The words of the digest in one catalogue, apart from its code: `en.ftl`, one file for each language.

`say` puts figures into a sentence. How many there are of something decides its form, by the plural rules of the
language. A message or an argument that is missing is a mistake of ours and is an error, never a hole in a sentence.
Nothing here escapes: every rendering does that for itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

from commsleads.errors import ReportError

FOLDER = Path(__file__).parent
USUAL = "en"

_spoken: ContextVar[str] = ContextVar("language of the report that is being written", default=USUAL)


class WordError(LookupError):
    """A message that is in no catalogue, or that was not given all that it names."""


def say(message: str, /, **given: str | float) -> str:
    """The message of that name with what is given put in, on one line. Whole numbers are written 1,234.

    Raises `WordError` when the catalogue has no such message, or it names something that was not given.
    """
    bundle = catalogue(_spoken.get())
    if not bundle.has_message(message):
        raise WordError(f"No message {message!r} in {_spoken.get()}.ftl.")
    pattern = bundle.get_message(message).value
    said, errors = bundle.format_pattern(pattern, given) if pattern else ("", [])
    if errors:
        raise WordError(f"Message {message!r}: {errors[0]}")
    return " ".join(str(said).split("\n"))


def must_be_spoken(language: str) -> None:
    """Raises `ValueError` when there is no catalogue of a language that settings name."""
    if language not in languages():
        raise ValueError(f"language {language!r} is none; there are words in: {', '.join(languages())}")


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Say everything in that language. Raises `ReportError` when there is no catalogue of it."""
    if language not in languages():
        raise ReportError(
            f'There are no words in the language "{language}": '
            f"write one of {', '.join(languages())}, or add a catalogue as docs/translating.md says."
        )
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


@cache
def languages() -> tuple[str, ...]:
    """The languages there are words in, by their codes."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.ftl")))


@cache
def catalogue(language: str) -> Any:
    """The messages of a language. No marks of direction are set around what is put in."""
    from fluent.runtime import FluentBundle, FluentResource

    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource((FOLDER / f"{language}.ftl").read_text(encoding="utf-8")))
    return bundle
