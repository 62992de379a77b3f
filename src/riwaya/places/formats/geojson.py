"""GeoJSON (OpenStreetMap extracts, boundaries with P-codes) and the JSON that Overpass answers with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from riwaya.errors import PlacesError
from riwaya.places.formats.osm import tagged
from riwaya.places.formats.row import Read, Refused, checked
from riwaya.places.formats.table import boundary


def read(path: Path) -> Iterator[Read | Refused]:
    """The features of a FeatureCollection; what has no point of its own is taken at the middle of its corners."""
    features = _loaded(path, "features", "GeoJSON")
    for number, feature in enumerate(features, 1):
        if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
            yield Refused(number, "no feature with properties")
            continue
        point = _point(feature.get("geometry"))
        if point is None:
            yield Refused(number, "no geometry with coordinates")
            continue
        yield _feature(number, feature, point)


def read_overpass(path: Path) -> Iterator[Read | Refused]:
    """The elements of an answer of Overpass; ways and relations need its `out center`."""
    for number, element in enumerate(_loaded(path, "elements", "an answer of Overpass"), 1):
        if not isinstance(element, dict):
            yield Refused(number, "no element")
            continue
        at = element if "lat" in element else element.get("center")
        if not isinstance(at, dict):
            yield Refused(number, "no point: ask Overpass with `out center`")
            continue
        tags = element.get("tags")
        id = f"{str(element.get('type', ''))[:1]}{element.get('id', '')}"
        given = tagged(number, id, _texts(tags if isinstance(tags, dict) else {}), at.get("lat"), at.get("lon"))
        yield given if isinstance(given, Refused) else checked(number, given)


def _feature(number: int, feature: Mapping[str, Any], point: tuple[float, float]) -> Read | Refused:
    lon, lat = point
    texts = _texts(feature["properties"])
    lowered = {name.lower(): value for name, value in texts.items()}
    if any("pcode" in name for name in lowered):
        given = boundary(number, lowered, lat, lon)
    else:
        id = str(feature.get("id") or texts.get("@id") or texts.get("id") or texts.get("osm_id") or number)
        given = tagged(number, id, texts, lat, lon)
    return given if isinstance(given, Refused) else checked(number, given)


def _texts(properties: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in properties.items() if isinstance(value, (str, int, float))}


def _loaded(path: Path, field: str, what: str) -> list[Any]:
    try:
        data = json.loads(path.read_bytes())
    except OSError as error:
        raise PlacesError(str(path), error.strerror or str(error)) from error
    except json.JSONDecodeError as error:
        raise PlacesError(f"{path}, line {error.lineno}", f"not JSON: {error.msg}") from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise PlacesError(str(path), f"not JSON: {error}") from error
    rows = data.get(field) if isinstance(data, dict) else None
    if not isinstance(rows, list):
        raise PlacesError(str(path), f"not {what}: it has no list `{field}`")
    return rows


def _point(geometry: Any) -> tuple[float, float] | None:
    """The point of a geometry as longitude, latitude: its own, or the middle of the box around its corners."""
    corners = list(_corners(geometry.get("coordinates"))) if isinstance(geometry, dict) else []
    if not corners:
        return None
    lons, lats = [lon for lon, _ in corners], [lat for _, lat in corners]
    return (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2


def _corners(coordinates: Any) -> Iterator[tuple[float, float]]:
    if not isinstance(coordinates, list):
        return
    if len(coordinates) >= 2 and all(isinstance(one, (int, float)) for one in coordinates[:2]):
        yield float(coordinates[0]), float(coordinates[1])
        return
    for one in coordinates:
        yield from _corners(one)
