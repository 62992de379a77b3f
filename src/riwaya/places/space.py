"""Distances on the earth, taken as a sphere of 6,371 km."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from riwaya.model import Place

_RADIUS = 6371.0


def apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres along the surface between two points, each latitude and longitude in degrees."""
    lats, lons = radians(other[0] - one[0]), radians(other[1] - one[1])
    chord = sin(lats / 2) ** 2 + cos(radians(one[0])) * cos(radians(other[0])) * sin(lons / 2) ** 2
    return 2 * _RADIUS * asin(min(1.0, sqrt(chord)))


def kilometres(one: Place, other: Place) -> float:
    """The same between two places."""
    return apart((one.lat, one.lon), (other.lat, other.lon))
