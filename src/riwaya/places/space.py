"""Distances and middles on the earth, taken as a sphere of 6,371 km."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Protocol

_RADIUS = 6371.0


class Point(Protocol):
    """Anything that lies somewhere, in degrees."""

    @property
    def lat(self) -> float: ...  # noqa: D102

    @property
    def lon(self) -> float: ...  # noqa: D102


def kilometres(one: Point, other: Point) -> float:
    """The distance of two points along the surface."""
    lats, lons = radians(other.lat - one.lat), radians(other.lon - one.lon)
    chord = sin(lats / 2) ** 2 + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(lons / 2) ** 2
    return 2 * _RADIUS * asin(min(1.0, sqrt(chord)))


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """The mean of points a few hundred kilometres apart at most, as latitude and longitude."""
    return sum(lat for lat, _ in points) / len(points), sum(lon for _, lon in points) / len(points)
