"""The file of the criteria: read and checked as the settings are, every mistake at once.

This is the form: keys, words, sizes. Whether what is written makes sense is asked in `rules.criteria.checks`.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from commsleads.config import file
from commsleads.config.notes import Notes
from commsleads.config.scalars import Reader, choice, duration, identifier, line, listed, whole
from commsleads.config.secrecy import refuse_values
from commsleads.config.tables import Overrides, make, plan_of, table, tables
from commsleads.criteria import READINGS, Assignment, Band, Criteria, Handoff, Rule, Sort, Stage
from commsleads.errors import ConfigError
from commsleads.journey import LEAD_SOURCES, MARKS, TOUCH_KINDS

LARGEST = 200_000
"""Bytes of a file of criteria: it is read by people, and kept whole with every number."""
MOST_RULES = 200
MOST_BANDS = 20
MOST_STAGES = 50
MOST_WORDS = 100
"""Reasons, assignments, and words in one list."""
LONGEST_SENTENCE = 500

_NONE, _YEAR = timedelta(0), timedelta(days=366)


def _short(value: Any, where: str, notes: Notes) -> str | None:
    """A clause, a name or a note, on one line."""
    found = line(value, where, notes)
    if found is not None and len(found) > LONGEST_SENTENCE:
        notes.wrong(where, f"has {len(found):,} characters; at most {LONGEST_SENTENCE} are allowed")
        return None
    return found


def _said(value: Any, where: str, notes: Notes) -> str | None:
    """What must not be left empty, because people are told it."""
    found = _short(value, where, notes)
    if found is not None and not found.strip():
        notes.wrong(where, "is empty; say in a few words what it is")
        return None
    return found


def _few(item: Reader, most: int = MOST_WORDS) -> Reader:
    """A list of not too many."""
    each = listed(item)

    def read(value: Any, where: str, notes: Notes) -> tuple[Any, ...] | None:
        if type(value) is list and len(value) > most:
            notes.wrong(where, f"has {len(value):,} entries; at most {most} are allowed")
            return None
        found: tuple[Any, ...] | None = each(value, where, notes)
        return found

    return read


def _or_none(item: Reader) -> Reader:
    """An id, or "" for none."""
    return lambda value, where, notes: "" if value == "" else item(value, where, notes)


_SORT: Overrides = {
    "touch": _few(choice(*TOUCH_KINDS)),
    "having": _few(choice(*MARKS)),
    "any": _few(choice(*MARKS)),
    "without": _few(choice(*MARKS)),
    "source": _few(choice(*LEAD_SOURCES)),
    "campaign": _few(identifier),
}
FIELDS: dict[type, Overrides] = {
    Criteria: {
        "version": _short,
        "author": _short,
        "note": _short,
        "reading": choice(*READINGS),
        "half_life": duration(_NONE),
    },
    Rule: {
        **_SORT,
        "id": identifier,
        "says": _short,
        "points": whole(-1000, 1000),
        "cap": whole(-100_000, 100_000),
        "half_life": duration(_NONE),
    },
    Band: {"name": _said, "least": whole(-100_000, 100_000), "margin": whole(0, 100_000)},
    Sort: _SORT,
    Stage: {"id": identifier, "says": _said, "apart": duration(_NONE), "fit": _short, "engagement": _short},
    Assignment: {
        "to": identifier,
        "stage": _few(identifier),
        "campaign": _few(identifier),
        "source": _few(choice(*LEAD_SOURCES)),
        "having": _few(choice(*MARKS)),
    },
    Handoff: {
        "answer_within": duration(timedelta(minutes=1), timedelta(days=30)),
        "to": _or_none(identifier),
        "escalate_to": _or_none(identifier),
        "fades": duration(timedelta(days=1), 20 * _YEAR),
        "reasons": _few(_said),
    },
}
"""By class and field: the reader to use instead of the annotation's."""

_MANY: dict[str, tuple[type, int]] = {
    "engagement": (Rule, MOST_RULES),
    "fit": (Rule, MOST_RULES),
    "engagement_bands": (Band, MOST_BANDS),
    "fit_bands": (Band, MOST_BANDS),
    "stages": (Stage, MOST_STAGES),
}
"""The tables that come often."""


def read(content: bytes | Path, name: str = "") -> Criteria:
    """The criteria of a file, or of its content. `name` is what the file is called in messages.

    Raises `ConfigError` with one sentence for each mistake.
    """
    text, tree = _parsed(content, name)
    notes = Notes(tree)
    for cls, overrides in FIELDS.items():
        plan_of(cls, overrides)
    try:
        refuse_values(text, notes)
        found = _criteria(tree, notes)
    except RecursionError:
        raise ConfigError([f"{_called(content, name)} is nested too deeply to be a file of criteria."]) from None
    if found is None or notes.all():
        raise ConfigError([f"{_called(content, name)}: {problem}" for problem in notes.all()])
    return found


def content_of(path: Path) -> bytes:
    """The bytes of a file of criteria, for who looks at them more than once.

    Raises `ConfigError` when it cannot be read.
    """
    return file.read(path, "file of criteria")


def text_of(content: bytes | Path, name: str = "") -> str:
    """The text of a file of criteria as it is kept: one sort of line end, no mark of its coding.

    Raises `ConfigError` when it cannot be read as text.
    """
    return _parsed(content, name)[0].replace("\r\n", "\n")


def text_of_own() -> str:
    """The text of the criteria that come with the program."""
    from importlib import resources

    return resources.files("commsleads").joinpath("criteria.example.toml").read_text(encoding="utf-8")


def _called(content: bytes | Path, name: str) -> str:
    return name or (content.name if isinstance(content, Path) else "The criteria")


def _parsed(content: bytes | Path, name: str) -> tuple[str, dict[str, Any]]:
    called = _called(content, name)
    given = content_of(content) if isinstance(content, Path) else content
    if len(given) > LARGEST:
        raise ConfigError([f"{called} has {len(given):,} bytes; a file of criteria has at most {LARGEST:,}."])
    return file.parse(given, called)


def _criteria(tree: dict[str, Any], notes: Notes) -> Criteria | None:
    """The criteria as far as they make sense; the caller throws them away when something was noted."""
    readers = plan_of(Criteria).readers
    values: dict[str, Any] = {}
    for key, given in tree.items():
        if key in _MANY:
            values[key] = _many(key, given, notes)
        elif key == "handoff":
            values[key] = table(Handoff, given, key, notes)
        elif key in readers:
            values[key] = readers[key](given, key, notes)
        else:
            notes.unknown("", key, readers)
    return None if notes.all() else make(Criteria, values, "", notes)


def _many(key: str, given: Any, notes: Notes) -> tuple[Any, ...]:
    cls, most = _MANY[key]
    if type(given) is list and len(given) > most:
        notes.wrong(key, f"comes {len(given):,} times; at most {most} are allowed")
        return ()
    return tuple(tables(cls, given, key, notes))


__all__ = ["LARGEST", "MOST_RULES", "content_of", "read", "text_of", "text_of_own"]
