"""Small linear models: how strongly a set of features speaks for a decision.

The weights are data (`lang/ar/weights.json`), learned by `make train` from annotated reports and readable: a feature's name says what was
seen (`next=that`, `group=say`). A feature that is not in the table weighs nothing, so an unknown word never breaks a decision.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import exp

from riwaya.lang.tables import PACKAGED

SURE = 4.0
"""Log-odds of the encoder beyond which the linear models are not asked: in 500 articles 4,723 of 26,506 decisions, of which they would have
turned 10."""
Weights = Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Models:
    """The weights of every decision, by its name, and a digest of them for `made_by`."""

    weights: Mapping[str, Weights]
    digest: str

    def score(self, decision: str, features: Iterable[str]) -> float:
        """The log-odds that the features speak for the decision."""
        return sum(filter(None, map(self.weights[decision].get, features)))

    def odds(self, decision: str, said: float, features: Callable[[], Iterable[str]]) -> float:
        """The log-odds of a decision of which the encoder (`Context`) says `said`; its features are looked at where that leaves a doubt."""
        return said if said > SURE or said < -SURE else said + self.score(decision, features())

    def name(self, decision: str, names: Sequence[str], features: Sequence[str]) -> str:
        """The name that the features speak for most, of a decision whose weights are kept by name and feature."""
        by_name = self._named[decision]
        scores = [sum(filter(None, map(by_name.get(name, {}).get, features))) for name in names]
        return names[scores.index(max(scores))]

    @cached_property
    def _named(self) -> dict[str, dict[str, dict[str, float]]]:
        found: dict[str, dict[str, dict[str, float]]] = {}
        for decision in ("form", "kind"):
            parts = found.setdefault(decision, {})
            for key, weight in self.weights.get(decision, {}).items():
                name, _, feature = key.partition("/")
                parts.setdefault(name, {})[feature] = weight
        return found


def chance(odds: float) -> float:
    """Log-odds as a probability, 0 to 1."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, odds))))


@cache
def load_models() -> Models:
    """The packaged weights."""
    table = json.loads((PACKAGED / "weights.json").read_text("utf-8"))
    return Models(table["decisions"], table["digest"])
