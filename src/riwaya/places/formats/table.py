"""Tables with a head: a user's own CSV, and administrative boundaries with P-codes as HDX and OCHA publish them.

Of a user's table the columns are known by their names, in any order: id, name, aliases (parted by |), en, kind, country, within, lat, lon,
population. `name`, `lat` and `lon` are needed. Of boundaries, the deepest level that has a P-code and a name in Arabic is the row's place,
and the level above it is what it lies in.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import get_args

from riwaya.errors import PlacesError
from riwaya.model import PlaceKind
from riwaya.places.formats.lines import lines
from riwaya.places.formats.row import Given, Read, Refused, checked

_OTHER_NAMES = {
    "name": ("name", "name_ar", "arabic", "ar"), "aliases": ("aliases", "alias", "other_names"), "en": ("en", "name_en", "english"),
    "lat": ("lat", "latitude", "y"), "lon": ("lon", "lng", "long", "longitude", "x"), "id": ("id", "code"), "kind": ("kind", "type"),
    "country": ("country", "country_code", "iso2"), "within": ("within", "parent"), "population": ("population", "people"),
}  # fmt: skip
_LEVELS: tuple[PlaceKind, ...] = ("country", "governorate", "district", "district", "village", "neighbourhood")
_LEVEL = re.compile(r"^(?:adm|admin)?_?(\d)_?(.*)$")
_POINT = {
    "lat": ("lat", "latitude", "y_coord", "y", "point_y", "center_lat"),
    "lon": ("lon", "long", "longitude", "x_coord", "x", "point_x", "center_lon"),
}
_KINDS = frozenset(get_args(PlaceKind))
Row = Mapping[str, str]


def read(path: Path) -> Iterator[Read | Refused]:
    """The rows of a user's table. PlacesError where a needed column is missing."""
    yield from _read(path, _own)


def read_boundaries(path: Path) -> Iterator[Read | Refused]:
    """The rows of a table of boundaries. PlacesError where it has no P-code or no point."""
    yield from _read(path, _boundary)


def _read(path: Path, maker: Callable[[Path, list[str]], Callable[[int, Row], Given | Refused]]) -> Iterator[Read | Refused]:
    texts = lines(path)
    first = next(texts, None)
    if first is None:
        raise PlacesError(str(path), "the file is empty")
    mark = max(",;\t", key=first[1].count)
    head = [name.strip().lower().lstrip("#") for name in next(csv.reader([first[1]], delimiter=mark))]
    make = maker(path, head)
    for line, text in texts:
        try:
            (cells,) = csv.reader([text], delimiter=mark, strict=True)
        except (csv.Error, ValueError) as error:
            yield Refused(line, f"no row of a table: {error}")
            continue
        if len(cells) != len(head):
            yield Refused(line, f"{len(cells)} cells where the head has {len(head)}")
            continue
        given = make(line, dict(zip(head, map(str.strip, cells), strict=True)))
        yield given if isinstance(given, Refused) else checked(line, given)


def _own(path: Path, head: list[str]) -> Callable[[int, Row], Given | Refused]:
    found = {field: next((name for name in names if name in head), "") for field, names in _OTHER_NAMES.items()}
    if missing := [field for field in ("name", "lat", "lon") if not found[field]]:
        raise PlacesError(f"{path}, line 1", f"no column {', '.join(missing)}; there are {', '.join(head)}")

    def make(line: int, row: Row) -> Given | Refused:
        cell = {field: row.get(name, "") for field, name in found.items()}
        kind = cell["kind"] or "town"
        if kind not in _KINDS:
            return Refused(line, f"no kind of place: {kind[:20]}; there are {', '.join(sorted(_KINDS))}")
        names = (cell["name"], *cell["aliases"].split("|"))
        id = cell["id"] or f"line:{line}"
        return Given(id, names, cell["lat"], cell["lon"], kind, cell["country"], cell["en"], cell["within"], cell["population"])  # type: ignore[arg-type]

    return make


def _boundary(path: Path, head: list[str]) -> Callable[[int, Row], Given | Refused]:
    point = {axis: next((name for name in names if name in head), "") for axis, names in _POINT.items()}
    if not all(point.values()):
        raise PlacesError(f"{path}, line 1", f"no columns of a point (lat, lon); there are {', '.join(head)}")
    return lambda line, row: boundary(line, row, row[point["lat"]], row[point["lon"]])


def boundary(line: int, row: Row, lat: object, lon: object) -> Given | Refused:
    """The deepest level of a row of boundaries. Column names are such as ADM2_PCODE, ADM2_AR, admin2Name_ar, ADM2_EN."""
    levels: dict[int, dict[str, str]] = {}
    for name, value in row.items():
        if value and (found := _LEVEL.match(name)):
            levels.setdefault(int(found[1]), {})[found[2].replace("_", "").removeprefix("name")] = value
    coded = [level for level in sorted(levels) if "pcode" in levels[level]]
    if not coded:
        return Refused(line, "no P-code")
    deepest = levels[coded[-1]]
    names = [value for field, value in deepest.items() if field in ("ar", "refname", "altar", "alt1ar", "alt2ar", "")]
    country = next((code for level in coded if (code := levels[level]["pcode"][:2]).isalpha()), "")
    above = f"pcode:{levels[coded[-2]]['pcode']}" if len(coded) > 1 else None
    kind = _LEVELS[min(coded[-1], len(_LEVELS) - 1)]
    return Given(f"pcode:{deepest['pcode']}", names, lat, lon, kind, country, deepest.get("en", ""), above)
