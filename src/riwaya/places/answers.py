"""How an answer about one place becomes one about what lies by it, in it, or around it: precision and radius by UCDP's rules.

(GED codebook, appendix 3: near, outskirts of, north of a place is the place at precision 2; a quarter is at its town's point, precision
1; a river, a road, a desert is a representation point at precision 5.)
"""

from __future__ import annotations

from dataclasses import replace

from riwaya.model import Location
from riwaya.places.choose import Pick
from riwaya.places.grammar import Kind
from riwaya.places.space import apart

NEAR = 25_000  # metres: UCDP's "within about 25 km of a known point"
_SURE_BESIDE, _SURE_IN, _SURE_DISTRICT = 0.9, 0.9, 0.8  # how much of its place's score is left to what only lies by it


def itself(pick: Pick, kind: Kind | None) -> Location:
    """The place that was picked; its seat's point where it is a governorate named after a town. `kind` is what is known of its kind."""
    if pick.place is None or kind is None:
        return Location(score=pick.score, runner_up=pick.runner_up, why=pick.why)
    point = pick.seat or pick.place
    radius = pick.place.radius or kind.radius
    return Location(pick.place, point.lat, point.lon, kind.precision, radius, pick.score, pick.runner_up, why=pick.why)


def beside(known: Location, why: str, detail: str | None = None) -> Location:
    """Near a known place: UCDP precision 2 by a point, the place's own by an area."""
    by_point = (known.where_prec or 0) <= 2
    return _changed(known, 2 if by_point else 0, NEAR if by_point else 0, _SURE_BESIDE, (why, detail))


def part_of(known: Location, why: str, detail: str) -> Location:
    """In a town: at its point (UCDP precision 1), the part kept as a detail. In an area: the area."""
    return _changed(known, 0, 0, _SURE_IN, (why, detail))


def district(known: Location, why: str, detail: str | None = None) -> Location:
    """Somewhere in the district of a town: UCDP precision 3, unless the place is an area itself."""
    return _changed(known, 3, NEAR, _SURE_DISTRICT, (why, detail))


def line(known: Location, why: str, least: int = NEAR) -> Location:
    """A line through a known place, or a land without bounds: UCDP precision 5."""
    return _changed(known, 5, least, _SURE_DISTRICT, (why, None))


def seated(known: Location, kind: Kind, why: str) -> Location:
    """A district, governorate or country by the place that it is named after."""
    return replace(known, where_prec=kind.precision, radius=kind.radius, why=f"{why}; {known.why}") if known.place else known


def unknown(why: str, instead: Location) -> Location:
    """Unresolved: what was found instead is kept as the runner-up."""
    runner_up = (instead.place, instead.score) if instead.place else instead.runner_up
    return Location(runner_up=runner_up, why=f"{why}; {instead.why}")


def midway(ends: list[Location], precision: int) -> Location:
    """The middle of several known places, at this precision unless one of them is known less exactly; the first stands for them."""
    lat, lon = (sum(values) / len(ends) for values in zip(*(_point(end) for end in ends), strict=True))
    names = " and ".join(end.place.name for end in ends if end.place)
    radius = max(round(1000 * apart((lat, lon), _point(end))) for end in ends)
    widest = max((end.where_prec or 1) for end in ends)
    first, second = ends[0], ends[1]
    return Location(
        first.place, lat, lon, max(precision, widest if widest > 4 else 1), max(radius, 1000),
        round(min(end.score for end in ends) * _SURE_BESIDE, 3),
        (second.place, second.score) if second.place else None,
        why=f"midway between {names}",
    )  # fmt: skip


def distance(one: Location, other: Location) -> float:
    """Kilometres between two resolved answers."""
    return apart(_point(one), _point(other))


def _point(known: Location) -> tuple[float, float]:
    return known.lat or 0.0, known.lon or 0.0


def _changed(known: Location, precision: int, radius: int, sure: float, told: tuple[str, str | None]) -> Location:
    """A resolved answer made at least so imprecise and so wide; an unresolved one as it is."""
    if known.place is None:
        return known
    why, detail = told
    return replace(
        known,
        where_prec=max(known.where_prec or 0, precision),
        radius=max(known.radius or 0, radius),
        score=round(known.score * sure, 3),
        detail=detail or known.detail,
        why=f"{why}; {known.why}",
    )
