"""The facts of one edition, kept as they were asked and answered, so that it can be made again byte for byte.

`Recorded` stands between a report and its `Facts` and notes every answer in passing. `Replayed` gives the same answers
later, whatever has become of the rows, and refuses what was not asked then. A report knows neither from `Facts`: it
knows all three by their attributes only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from commsleads.contract import Period
from commsleads.errors import CommsleadsError
from commsleads.facts.packed import Packer, UnpackableError, Unpacker
from commsleads.store.inputs import ERASED, WITHOUT, PackedError, opened, squeezed

FORMAT = 1
"""Changes when older inputs cannot be read any more."""
LONG = 300
"""Characters of arguments that are kept as they are; of longer ones a digest is."""


class ReplayError(CommsleadsError):
    """An edition cannot be made again; the message says why."""


class Recorded:
    """Facts that remember what they were asked. Made for one edition, given to its report, then `inputs` is kept."""

    def __init__(self, facts: Any, period: Period) -> None:
        self._facts = facts
        self._packer = Packer()
        self._kept: dict[str, Any] = {}
        self._given: dict[str, Any] = {}
        self._why = ""
        self._period = self._packer.pack(period)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self._given:
            return self._given[name]
        try:
            value = getattr(self._facts, name)
        except AttributeError:
            self._kept[name] = None
            raise
        if not callable(value):
            self._keep(name, value)
            return value
        self._kept[f"{name}("] = None
        asked = self._given[name] = self._method(name, value)
        return asked

    def _method(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*args: Any, **kwargs: Any) -> Any:
            try:
                key = key_of(name, args, kwargs)
            except UnpackableError as error:
                self._why = self._why or f"it asked for {name} with something that is no value: {error}"
                return method(*args, **kwargs)
            if key not in self._given:
                self._keep(key, method(*args, **kwargs))
            return self._given[key]

        return ask

    def _keep(self, key: str, value: Any) -> None:
        # At once: a report may change a list that it is given.
        self._given[key] = value
        try:
            self._kept[key] = [self._packer.pack(value)]
        except UnpackableError as error:
            self._why = self._why or f"it asked for {key.partition('(')[0]}: {error}"


def recorded(facts: Recorded) -> str:
    """What facts were asked and what they answered, as a text; or `WITHOUT` and why it cannot be kept."""
    why, kept, packer, period = (facts.__dict__[name] for name in ("_why", "_kept", "_packer", "_period"))
    if why:
        return f"{WITHOUT}{why}"
    return squeezed({"format": FORMAT, "period": period, "classes": packer.classes, "answers": kept})


class Replayed:
    """The facts of an edition, out of its inputs. Raises `ReplayError` for inputs that are none or cannot be read."""

    def __init__(self, inputs: str) -> None:
        whole = _whole(inputs)
        try:
            unpacker = Unpacker(whole["classes"])
            self._period: Period = unpacker.unpack(whole["period"])
            self._answers = {
                key: None if kept is None else (unpacker.unpack(kept[0]),) for key, kept in whole["answers"].items()
            }
        except UnpackableError as error:
            raise ReplayError(f"It cannot be made again by this program. {error}") from error
        except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise ReplayError("It cannot be made again: what it was written from is damaged.") from error
        self._methods = {key.partition("(")[0] for key in self._answers if "(" in key}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self._methods:
            return lambda *args, **kwargs: self._answer(name, args, kwargs)
        if name not in self._answers:
            raise ReplayError(f"The report asks for {name} now, which it did not when it was told.")
        kept = self._answers[name]
        if kept is None:
            raise AttributeError(name)
        return kept[0]

    def _answer(self, name: str, args: Any, kwargs: Any) -> Any:
        try:
            kept = self._answers.get(key_of(name, args, kwargs))
        except UnpackableError:
            kept = None
        if kept is None:
            raise ReplayError(f"The report asks for {name} otherwise than when it was told.")
        return kept[0]


def kept_settings(settings: Mapping[str, Any]) -> str:
    """The settings of a report, as written in the settings file, as a text."""
    return json.dumps(Packer().pack(dict(settings)), ensure_ascii=False)


def settings_of(kept: str) -> dict[str, Any]:
    """What `kept_settings` made a text of. Raises `ReplayError`."""
    try:
        found = Unpacker([]).unpack(json.loads(kept)) if kept else {}
    except (UnpackableError, ValueError, RecursionError) as error:
        raise ReplayError("It cannot be made again: the settings it was written with are damaged.") from error
    if not isinstance(found, dict):
        raise ReplayError("It cannot be made again: the settings it was written with are damaged.")
    return found


def period_of(facts: Replayed) -> Period:
    """The period that the edition was told for."""
    found: Period = facts.__dict__["_period"]
    return found


def key_of(name: str, args: Any, kwargs: Any) -> str:
    """By what a question and its arguments are found again. Raises `UnpackableError`."""
    packer = Packer(shared=False)
    asked = json.dumps([packer.pack(args), packer.pack(dict(sorted(kwargs.items()))), packer.classes])
    if len(asked) > LONG:
        asked = hashlib.sha256(asked.encode()).hexdigest()
    return f"{name}({asked})"


def _whole(inputs: str) -> Any:
    if not inputs:
        raise ReplayError("It was told before inputs were kept, so it cannot be made again.")
    if inputs.startswith(ERASED):
        day = inputs[len(ERASED) :][:10]
        raise ReplayError(f"Its inputs were cleared on {day}: they named people who were erased.")
    if inputs.startswith(WITHOUT):
        raise ReplayError(f"It cannot be made again, because {inputs[len(WITHOUT) :]}.")
    try:
        whole = json.loads(opened(inputs))
    except (PackedError, ValueError, RecursionError) as error:
        raise ReplayError("It cannot be made again: what it was written from is damaged.") from error
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise ReplayError("It cannot be made again: a later program wrote down what it was written from.")
    return whole
