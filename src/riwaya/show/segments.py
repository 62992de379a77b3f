"""A text cut where its spans begin and end, so that nested and overlapping spans can be shown without nesting elements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from riwaya.model import Annotations, Claim, Span

Role = Literal["cue", "source", "to", "content", "quantity", "time", "place", "actor"]


@dataclass(frozen=True, slots=True)
class Layer:
    """One span, what it is, and the claim that it belongs to (numbered from 1; 0 for none). A mention has its own number in its list."""

    span: Span
    role: Role
    claim: int
    mention: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text over which the same layers lie, in the order in which they began. `opens` are those that begin here."""

    span: Span
    layers: tuple[Layer, ...]
    opens: tuple[Layer, ...]


def layers(annotations: Annotations) -> list[Layer]:
    """Every span of the article's claims, its quantities, times, actors, and places with the words that they are read with.

    Spans that are empty or outside the text are left out.
    """
    found: list[Layer] = []
    for place, claim in enumerate(annotations.claims, 1):
        found.extend(_of_claim(claim, place))
    found.extend(Layer(quantity.span, "quantity", 0) for quantity in annotations.quantities)
    found.extend(Layer(time.span, "time", 0) for time in annotations.times)
    found.extend(Layer(place.phrase, "place", 0, number) for number, place in enumerate(annotations.places, 1))
    found.extend(Layer(actor.span, "actor", 0, number) for number, actor in enumerate(annotations.actors, 1))
    last = len(annotations.article.text)
    return [layer for layer in found if 0 <= layer.span.start < layer.span.end <= last]


def _of_claim(claim: Claim, place: int) -> Iterator[Layer]:
    yield Layer(claim.cue, "cue", place)
    if claim.source.span:
        yield Layer(claim.source.span, "source", place)
    if claim.addressee:
        yield Layer(claim.addressee, "to", place)
    for span in claim.content:
        yield Layer(span, "content", place)


def cut(found: Sequence[Layer], length: int, breaks: Iterable[int] = ()) -> Iterator[Segment]:
    """Segments that cover a text of `length` once, in order, cut at `breaks` too. Layers that lie over each other over the whole text
    make it quadratic, as their number over each segment is part of the answer."""
    begins: dict[int, list[Layer]] = {}
    ends: dict[int, list[Layer]] = {}
    for layer in sorted(found, key=lambda layer: (layer.span.start, -layer.span.end, layer.claim)):
        begins.setdefault(layer.span.start, []).append(layer)
        ends.setdefault(layer.span.end, []).append(layer)
    places = sorted({0, length, *breaks, *begins, *ends})
    lying: dict[int, Layer] = {}
    for here, there in pairwise(places):
        for layer in ends.get(here, ()):
            del lying[id(layer)]
        opens = begins.get(here, ())
        lying.update((id(layer), layer) for layer in opens)
        yield Segment(Span(here, there), tuple(lying.values()), tuple(opens))
