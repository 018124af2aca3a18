"""The settings file itself: where it is, what its bytes are, and where exactly they stop being TOML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from commsleads.config import toml
from commsleads.config.notes import show
from commsleads.errors import ConfigError

LARGEST = 5_000_000
"""Bytes of a settings file; thirty thousand sources fit."""

_LONG_LINE = 2_000
_MANY_DOTS = r"(?<![\"'\w-])(?:[\"'\w-]+[ \t]*\.[ \t]*){100}"
_PLACE = r"(?s)(.*) \(at (?:line (\d+), column (\d+)|end of document)\)"
_HINTS = (
    ("Cannot overwrite", "the same key or table is written twice"),
    ("Cannot declare", "the same table is written twice; one that may come often has two brackets, [[like this]]"),
    ("Invalid value", "text and durations need quotes, dates have none"),
    ("Expected newline", "each key stands on a line of its own"),
    ("Invalid initial character for a key part", "a table in { } must stand on one line"),
    ("Invalid hex value", "a Windows path needs single quotes"),
    ("Unescaped '\\'", "a Windows path needs single quotes"),
)


def find(option: str | None, environ: Mapping[str, str], folder: Path) -> Path:
    """The settings file: what `--config` names, else `$COMMSLEADS_CONFIG`, else `config.toml` in `folder`.

    Raises `ConfigError` when there is none. A path that was named is never passed over for the next one.
    """
    for given, how in ((option, "--config"), (environ.get("COMMSLEADS_CONFIG"), "$COMMSLEADS_CONFIG")):
        if given:
            path = folder / given
            if not _exists(path):
                raise ConfigError([f"There is no settings file {show(given)}, which {how} names."])
            return path
    path = folder / "config.toml"
    if not _exists(path):
        raise ConfigError(
            [f"There is no config.toml in {folder}. Write one with `commsleads init`, or name one with --config FILE."]
        )
    return path


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long, or with a NUL in it
        return False


def read(path: Path, what: str = "settings file") -> bytes:
    """The file's content, with words for every way in which it cannot be had. `what` is what it should be."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise ConfigError([f"There is no {what} {path}."]) from None
    except IsADirectoryError:
        raise ConfigError([f"{path} is a folder. Name the file in it, such as {path / 'config.toml'}."]) from None
    except OSError as error:
        raise ConfigError([f"The {what} {path} cannot be read: {error.strerror or error}."]) from None
    except ValueError:
        raise ConfigError([f"The name of the {what} holds a character that no file name can hold."]) from None
    if len(content) > LARGEST:
        raise ConfigError([f"{path} is larger than {LARGEST // 10**6} MB and cannot be a {what}."])
    return content


def parse(content: bytes, name: str) -> tuple[str, dict[str, Any]]:
    """The text and the tree of tables. Raises `ConfigError` with line and column when it is not TOML."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ConfigError([f"{name} is saved as UTF-16. Save it as UTF-8."])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = content.count(b"\n", 0, error.start) + 1
        raise ConfigError([f"{name} is not UTF-8 text (line {at}). Save it as UTF-8."]) from None
    # tomllib takes the square of a dotted key's length: minutes for a line that no person wrote.
    if any(len(line) > _LONG_LINE and re.search(_MANY_DOTS, line) for line in text.splitlines()):
        raise ConfigError([f"{name} is nested too deeply to be a settings file."])
    try:
        return text, toml.parse(text)
    except RecursionError:
        raise ConfigError([f"{name} is nested too deeply to be a settings file."]) from None
    except ValueError as error:  # TOMLDecodeError, and what int() says to a number of 5,000 digits
        raise ConfigError([_words(str(error), name)]) from None


def _words(error: str, name: str) -> str:
    found = re.fullmatch(_PLACE, error)
    why = found[1] if found else error
    place = f"at line {found[2]}, column {found[3]}" if found and found[2] else "at its end" if found else "as TOML"
    hint = next((f" Perhaps {words}." for start, words in _HINTS if why.startswith(start)), "")
    return f"{name} cannot be read {place}: {why[:1].lower()}{show(why)[2:-1]}.{hint}"
