"""Several gazetteers as one: a user's imports over the packaged one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from riwaya.model import Place
from riwaya.places.space import kilometres
from riwaya.places.store import Gazetteer, Hit, load

PACKAGED = Path(__file__).parent / "default.gaz"
_ONE = 25.0  # kilometres: two gazetteers' points of one place may lie this far apart (a district's seat and its middle)


class Found(NamedTuple):
    """A hit, and how deep its gazetteer lies: 0 for the uppermost."""

    hit: Hit
    layer: int

    @property
    def place(self) -> Place:
        """The place that was hit."""
        return self.hit.place


class Gazetteers:
    """Gazetteers, the uppermost first. A place of a lower one is left out where an upper one has one of its name and kind near it."""

    def __init__(self, layers: Sequence[Gazetteer]) -> None:
        self.layers = tuple(layers)

    @property
    def digest(self) -> str:
        """Which gazetteers these are, and in which order."""
        return " ".join(layer.digest for layer in self.layers)

    def named(self, name: str) -> list[Found]:
        """The places of this name in any spelling; one that an upper gazetteer has is left out of the lower ones."""
        found: list[Found] = []
        for depth, layer in enumerate(self.layers):
            for hit in layer.named(name):
                if not any(other.layer < depth and _same(other.place, hit.place) for other in found):
                    found.append(Found(hit, depth))
        return found

    def begins(self, word: str) -> bool:
        """Whether a name begins with this word."""
        return any(layer.begins(word) for layer in self.layers)


def _same(upper: Place, lower: Place) -> bool:
    alike = upper.kind == lower.kind or not {upper.kind, lower.kind} & {"country", "governorate", "district"}
    return alike and kilometres(upper, lower) <= _ONE


@cache
def packaged() -> Gazetteers:
    """The packaged gazetteer alone. PlacesError where it cannot be read."""
    return Gazetteers((load(PACKAGED),))
