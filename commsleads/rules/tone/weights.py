"""What each number of a sentence weighs: a multinomial logistic regression, learnt once and shipped as figures.

`tone.json` says of itself how it was learnt, from how many sentences and when. It holds words' stems with their
weights in thousandths, no sentence of anybody's.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of negative, neutral and positive by feature, in thousandths; `name` is its version."""

    name: str
    weights: Mapping[str, tuple[int, int, int]]
    rest: tuple[int, int, int]

    def chances(self, found: Mapping[str, float]) -> tuple[float, float, float]:
        """The chances of negative, neutral and positive, given the numbers of a sentence. They add up to 1."""
        a, b, c = self.rest
        sums = [float(a), float(b), float(c)]
        for name, value in found.items():
            if weight := self.weights.get(name):
                sums[0] += weight[0] * value
                sums[1] += weight[1] * value
                sums[2] += weight[2] * value
        most = max(sums)
        powers = [math.exp((one - most) / 1000) for one in sums]
        whole = math.fsum(powers)
        return powers[0] / whole, powers[1] / whole, powers[2] / whole


@lru_cache(maxsize=1)
def model() -> Model:
    """The model that ships with the program."""
    text = resources.files("commsleads.rules.tone").joinpath("tone.json").read_text(encoding="utf-8")
    found = json.loads(text)
    return Model(
        name=found["model"],
        weights={name: (a, b, c) for name, (a, b, c) in found["weights"].items()},
        rest=tuple(found["rest"]),
    )
