"""Which of the places of one name is meant.

Each candidate weighs what its spelling, gazetteer, size, kind, country and nearness to the other places given make it weigh. Candidates
within ten kilometres of each other speak for one answer. The answer's score is its share of all weight; where that is not clearly the
larger part, there is none, and both are told. The factors are round numbers; bench/geocode.py measures them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import NamedTuple

from riwaya.model import Location, Place
from riwaya.places.grammar import Grammar
from riwaya.places.keys import loose
from riwaya.places.layers import Found, Gazetteers
from riwaya.places.space import kilometres

SETTLED = frozenset({"city", "town", "village", "settlement"})
AREAS = frozenset({"country", "governorate", "district"})
ONE_ANSWER = 10.0  # kilometres
_CLEAR = 0.7  # share of the weight
_SMALL = frozenset({"village", "settlement", "neighbourhood", "camp", "site", "field"})
_LARGE = 20_000  # people
_BESIDE = 5.0  # nearness: some 100 km from one of the places given
_SPELLED = {"exact": 1.0, "tight": 0.9, "loose": 0.4}
_SURE = {"exact": 1.0, "tight": 0.97, "loose": 0.85}
_DEEPER = 0.01  # for each gazetteer that lies over a candidate's own
_BARE = 0.3  # a name that leaves out what it is
_KNOWN_BARE = SETTLED | {"neighbourhood", "camp", "river"}  # kinds of places whose names are often left so
_OTHER_KIND = 0.15  # than the word before the name says
_POWER = 0.6  # of the number of people: a town ten times as large weighs four times as much
_SEAT = 100.0  # kilometres from a governorate's middle to the town it is named after


class Asked(NamedTuple):
    """What a phrase is looked up in, what is known beside it, and what was answered of its parts, so that none is read twice."""

    gazetteers: Gazetteers
    grammar: Grammar
    answered: dict[tuple[tuple[str, ...], tuple[Place, ...], frozenset[str]], Location]
    country: str | None = None
    near: tuple[Place, ...] = ()

    def beside(self, places: tuple[Place, ...]) -> Asked:
        """The same with these places beside it too."""
        return self._replace(near=tuple(dict.fromkeys((*self.near, *places))))


class Pick(NamedTuple):
    """The place meant; of several, `None` where none is clearly meant. `seat` is the town that a governorate is named after."""

    place: Place | None
    score: float
    runner_up: tuple[Place, float] | None
    why: str
    seat: Place | None = None


def choose(found: Sequence[Found], asked: Asked, wish: frozenset[str] = frozenset()) -> Pick | None:
    """The place meant among those found, of a kind wished for if there is one; None where nothing was found in reach."""
    weighed = [(weight, one) for one in found if (weight := _weight(one, asked, wish)) > 0]
    nearest = min((_distance(one, wish) for _, one in weighed), default=0)
    weighed = sorted((pair for pair in weighed if _distance(pair[1], wish) == nearest), key=lambda pair: (-pair[0], pair[1].place.id))
    if not weighed:
        return None
    total = sum(weight for weight, _ in weighed)
    best = weighed[0][1]
    share = round(sum(weight for weight, one in weighed if not _apart(one.place, best.place)) / total, 3)
    others = [(one.place, round(weight / total, 3)) for weight, one in weighed if _apart(one.place, best.place)]
    runner_up = others[0] if others else None
    if not wish and (province := _province(best.place, found)):
        return Pick(province, share, (best.place, share), "town and governorate share the name: the governorate", best.place)
    if share < _CLEAR and runner_up:
        return Pick(None, share, runner_up, f"{_told(best.place)} or {_told(runner_up[0])}: nothing says which")
    if reason := _doubt(best, found, asked, wish):
        return Pick(None, share, (best.place, share), f"{_told(best.place)}: {reason}")
    fits = 1.0 if not wish or best.place.kind in wish else 0.7
    return Pick(
        best.place, round(share * _SURE[best.hit.spelling] * fits, 3), runner_up, f"{best.hit.spelling} name of {_told(best.place)}"
    )


def _distance(one: Found, wish: frozenset[str]) -> int:
    """How far a hit's name is from the one asked for: candidates farther than the nearest are not weighed."""
    return 2 * (one.hit.spelling == "loose") + (one.hit.bare and one.place.kind not in wish)


def _apart(one: Place, other: Place) -> bool:
    return kilometres(one, other) > ONE_ANSWER


def _doubt(best: Found, found: Sequence[Found], asked: Asked, wish: frozenset[str]) -> str | None:
    """Why a name alone does not say that this place is meant, or None where it does.

    A small place whose name others bear elsewhere may have namesakes that no gazetteer knows: of 50 such in Syria, 25 were meant. Nor
    does a quarter's name alone say of which town; nor is an ordinary word a name by itself. A user's own gazetteer is taken at its word.
    """
    small = best.place.kind in _SMALL and best.place.population < _LARGE
    if not small or (asked.near and _nearness(best.place, asked.near) > _BESIDE):
        return None
    if best.layer < len(asked.gazetteers.layers) - 1 and not best.hit.bare:
        return None
    one_word = best.hit.bare or " " not in best.place.name.strip()
    if best.place.kind == "neighbourhood" and "neighbourhood" not in wish and one_word:
        return "a quarter named without its town"
    if best.hit.noun and not wish:
        return "an ordinary word too"
    known = (one for one in found if not one.hit.bare or one.place.kind in _KNOWN_BARE)
    namesakes = [one.place for one in known if _apart(one.place, best.place)]
    return f"{len(namesakes)} other places bear this name, and nothing says which" if namesakes else None


def _weight(one: Found, asked: Asked, wish: frozenset[str]) -> float:
    place = one.place
    people = place.population or asked.grammar.kinds[place.kind].people
    if one.hit.bare and one.hit.spelling == "loose":
        return 0.0
    weight: float = _SPELLED[one.hit.spelling] * _DEEPER**one.layer * people**_POWER
    if one.hit.bare and place.kind not in wish:
        weight *= _BARE if place.kind in _KNOWN_BARE else 0.0
    if wish and place.kind not in wish:
        weight *= _OTHER_KIND
    if asked.country and place.country not in (asked.country, ""):
        return 0.0
    return weight * _nearness(place, asked.near)


def _nearness(place: Place, near: Sequence[Place]) -> float:
    """1 far from all the other places, up to 30 beside one of them or in it; 10 in a country that is among them."""
    if not near:
        return 1.0
    if any(other.kind == "country" for other in near):
        inside = any(other.kind == "country" and other.country == place.country for other in near)
        return (10.0 if inside else 1.0) * _nearness(place, [other for other in near if other.kind != "country"])
    if any(place.within == other.id or other.within == place.id for other in near):
        return 30.0
    return 1.0 + 29.0 * exp(-min(kilometres(place, other) for other in near) / 60.0)


def _province(best: Place, found: Sequence[Found]) -> Place | None:
    """The governorate or country that bears a town's own name as its own, or None."""
    if best.kind not in SETTLED:
        return None
    for one in found:
        place = one.place
        named_alike = place.kind in ("governorate", "country") and loose(place.name).endswith(loose(best.name))
        if named_alike and place.country == best.country and (
            kilometres(place, best) <= _SEAT or place.id == best.within or place.kind == "country"
        ):  # fmt: skip
            return place
    return None


def _told(place: Place) -> str:
    return f"{place.name} ({place.kind}{', ' + place.country if place.country else ''})"
