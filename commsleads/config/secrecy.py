"""Secrets stay outside the settings file: looked up by name, and refused where a value looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from commsleads.config.notes import MARKS, Notes, join
from commsleads.errors import ConfigError

LONGEST = 65_536
"""Bytes of a secret's file; a key file is a few thousand."""

_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
_MIXED = r"(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])"

# The whole shape of what a fast search finds by `MARKS`. GitHub, GitLab, Slack, Stripe, AWS, Google and PEM publish
# theirs; the addresses of web hooks are secrets as well.
_SHAPE = (
    r"-----BEGIN [A-Z ]*PRIVATE KEY|ghp_\w{30}|github_pat_\w{30}|glpat-[\w-]{20}|xox[bp]-[\w-]{20}"
    r"|sk_live_\w{16}|AKIA[0-9A-Z]{16}|AIza[\w-]{30}|eyJ[\w-]{10,}\.eyJ"
    r"|hooks\.slack\.com/services/\w+/\w+/\w|webhook\.office\.com/\S{20}"
)


def variable(name: str) -> str:
    """The environment variable that holds the secret `name`."""
    return "COMMSLEADS_SECRET_" + re.sub(r"[^A-Z0-9]", "_", name.upper())


def secret(folder: Path | None, name: str, environ: Mapping[str, str]) -> str:
    """The secret called `name`, from the environment or else from its file in `[secrets] folder`.

    A line end at the end of the file is not part of the secret. Raises `ConfigError` with words that hold
    neither the secret nor a part of it.
    """
    if not re.fullmatch(_NAME, name):
        raise ConfigError(["A secret's name is made of letters, digits, '.', '_' and '-'."])
    if value := environ.get(variable(name)):
        return value
    if folder is None:
        raise ConfigError(
            [f'The secret "{name}" is missing. Set {variable(name)}, or give a [secrets] folder with a file "{name}".']
        )
    path = folder / name
    try:
        with path.open("rb") as file:
            content = file.read(LONGEST + 1)
        value = content.decode().rstrip("\r\n")
    except FileNotFoundError:
        raise ConfigError([f'The secret "{name}" is missing. Set {variable(name)}, or write it to {path}.']) from None
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ConfigError([f'The secret "{name}" cannot be read from {path}: {why}.']) from None
    if not value or len(content) > LONGEST:
        raise ConfigError([f"The file {path} is {'too long for a secret' if value else 'empty'}."])
    return value


def secret_name(value: object, where: str, notes: Notes) -> str | None:
    """Read the name of a secret. What looks like the secret itself is refused and not repeated."""
    if (
        not isinstance(value, str)
        or not re.fullmatch(_NAME, value)
        or re.match(_MIXED, value)
        or re.search(_SHAPE, value)
    ):
        notes.wrong(
            where,
            'must be the name of a secret, such as "smtp", and not the secret itself; '
            "the value belongs into COMMSLEADS_SECRET_<NAME> or a file of the [secrets] folder",
        )
        return None
    notes.secret_names.append((where, value))
    return value


def refuse_values(text: str, notes: Notes) -> None:
    """Note each value that carries the mark of a known kind of key. `text` is the whole file, searched first."""
    if any(mark in text for mark in MARKS) and re.search(_SHAPE, text):
        for where, value in _strings(notes.tree, ""):
            if re.search(_SHAPE, value) and not where.endswith("_secret"):
                notes.wrong(where, "looks like a secret; take it out of this file and change it where it was issued")


def _strings(tree: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(tree, str):
        yield where, tree
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield from _strings(value, join(where, key))
    elif isinstance(tree, list):
        for number, value in enumerate(tree):
            yield from _strings(value, f"{where}[{number}]")
