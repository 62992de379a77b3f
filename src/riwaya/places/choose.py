"""Which of the places of one name is meant.

Each candidate weighs what its spelling, gazetteer, size, kind, country and nearness to the other places given make it weigh. Candidates within
ten kilometres of each other speak for one answer. The answer's score is its share of all weight; where that is not clearly the larger part,
there is none, and both are told. The factors are round numbers; bench/geocode.py measures them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import NamedTuple

from riwaya.model import Place
from riwaya.places.grammar import Grammar
from riwaya.places.layers import Found, Gazetteers
from riwaya.places.space import kilometres

SETTLED = frozenset({"city", "town", "village", "settlement"})
AREAS = frozenset({"country", "governorate", "district"})
ONE_ANSWER = 10.0  # kilometres
_CLEAR = 0.55  # share of the weight
_GREAT = 300_000  # people: a place so large may be meant in a text about another country
_SPELLED = {"exact": 1.0, "tight": 0.9, "loose": 0.4}
_SURE = {"exact": 1.0, "tight": 0.97, "loose": 0.85}
_DEEPER = 0.1  # for each gazetteer that lies over a candidate's own
_BARE = 0.3  # a name that leaves out what it is
_ABROAD = 0.1
_OTHER_KIND = 0.15  # than the word before the name says
_POWER = 0.6  # of the number of people: a town ten times as large weighs four times as much
_SEAT = 100.0  # kilometres from a governorate's middle to the town it is named after


class Asked(NamedTuple):
    """What a phrase is looked up in, and what is known beside it."""

    gazetteers: Gazetteers
    grammar: Grammar
    country: str | None = None
    near: tuple[Place, ...] = ()


class Pick(NamedTuple):
    """The place meant; of several with one name, `None` where none is clearly meant. `seat` is the town whose name the governorate bears."""

    place: Place | None
    score: float
    runner_up: tuple[Place, float] | None
    why: str
    seat: Place | None = None


def choose(found: Sequence[Found], asked: Asked, wish: frozenset[str] = frozenset()) -> Pick | None:
    """The place meant among those found, of a kind wished for if there is one; None where nothing was found in reach."""
    weighed = sorted(((_weight(one, asked, wish), one) for one in found), key=lambda pair: (-pair[0], pair[1].place.id))
    weighed = [(weight, one) for weight, one in weighed if weight > 0]
    if not weighed:
        return None
    total = sum(weight for weight, _ in weighed)
    best = weighed[0][1]
    share = sum(weight for weight, one in weighed if kilometres(one.place, best.place) <= ONE_ANSWER) / total
    others = [(one.place, weight / total) for weight, one in weighed if kilometres(one.place, best.place) > ONE_ANSWER]
    runner_up = (others[0][0], round(others[0][1], 3)) if others else None
    if not wish and (province := _province(best.place, found)):
        return Pick(province, round(share, 3), (best.place, round(share, 3)), "town and governorate share the name: the governorate", best.place)
    if share < _CLEAR and runner_up:
        return Pick(None, round(share, 3), runner_up, f"{_told(best.place)} or {_told(runner_up[0])}: nothing says which")
    fits = 1.0 if not wish or best.place.kind in wish else 0.7
    score = share * _SURE[best.hit.spelling] * fits
    return Pick(best.place, round(score, 3), runner_up, f"{best.hit.spelling} name of {_told(best.place)}")


def _weight(one: Found, asked: Asked, wish: frozenset[str]) -> float:
    place = one.place
    people = place.population or asked.grammar.kinds[place.kind].people
    weight = _SPELLED[one.hit.spelling] * _DEEPER**one.layer * people**_POWER
    if one.hit.bare and place.kind not in wish:
        weight *= 0.0 if place.kind in AREAS else _BARE
    if wish and place.kind not in wish:
        weight *= _OTHER_KIND
    if asked.country and place.country not in (asked.country, ""):
        weight *= _ABROAD if place.kind == "country" or place.population >= _GREAT else 0.0
    return weight * _nearness(place, asked.near)


def _nearness(place: Place, near: Sequence[Place]) -> float:
    """1 far from all the other places, up to 30 beside one of them or in it."""
    if not near:
        return 1.0
    if any(place.within == other.id or other.within == place.id for other in near):
        return 30.0
    return 1.0 + 29.0 * exp(-min(kilometres(place, other) for other in near) / 60.0)


def _province(best: Place, found: Sequence[Found]) -> Place | None:
    """The governorate or country that bears the same name as a town in it, or None."""
    if best.kind not in SETTLED:
        return None
    for one in found:
        place = one.place
        if place.kind in ("governorate", "country") and place.country == best.country and (
            kilometres(place, best) <= _SEAT or place.id == best.within or place.kind == "country"
        ):  # fmt: skip
            return place
    return None


def _told(place: Place) -> str:
    return f"{place.name} ({place.kind}{', ' + place.country if place.country else ''})"
