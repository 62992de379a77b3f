"""Small linear models: how strongly a set of features speaks for a decision.

The weights are data (`lang/ar/weights.json`), learned by `make train` from annotated reports and readable: a feature's name says what was
seen (`next=that`, `group=say`). A feature that is not in the table weighs nothing, so an unknown word never breaks a decision.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

Weights = Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Models:
    """The weights of every decision, by its name, and a digest of them for `made_by`."""

    weights: Mapping[str, Weights]
    digest: str

    def score(self, decision: str, features: Iterable[str]) -> float:
        """The log-odds that the features speak for the decision."""
        return sum(filter(None, map(self.weights[decision].get, features)))

    def chance(self, decision: str, features: Iterable[str], more: float = 0.0) -> float:
        """The probability of the decision, 0 to 1. `more`: log-odds that speak for it besides (`Context`)."""
        return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, self.score(decision, features) + more))))

    def best(self, decision: str, options: Sequence[Sequence[str]]) -> int:
        """The number of the option that scores highest; the first of equals. ValueError if there is none."""
        scores = [self.score(decision, features) for features in options]
        return scores.index(max(scores))


@cache
def load_models() -> Models:
    """The packaged weights."""
    data = (files("riwaya.lang") / "ar" / "weights.json").read_text("utf-8")
    table = json.loads(data)
    return Models(table["decisions"], table["digest"])
