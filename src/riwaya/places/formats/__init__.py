"""Files of places, as others publish them: each format one module that yields `Read` or `Refused`, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from riwaya.errors import PlacesError
from riwaya.places.formats.row import Read, Refused

Reader = Callable[[Path], Iterator[Read | Refused]]
FORMATS = ("geonames", "csv", "boundaries", "geojson", "overpass", "osm")


def reader(format: str) -> Reader:
    """The reader of a format. Its PlacesError names the file, and the line where there is one, of what is not of this format at all."""
    from riwaya.places.formats import geojson, geonames, osm, table

    return {
        "geonames": geonames.read,
        "csv": table.read,
        "boundaries": table.read_boundaries,
        "geojson": geojson.read,
        "overpass": geojson.read_overpass,
        "osm": osm.read,
    }[format]


def recognised(path: Path) -> str:
    """The format of a file, by its ending and its beginning. PlacesError where it is none of these."""
    try:
        with path.open("rb") as file:
            start = file.read(1 << 16)
    except OSError as error:
        raise PlacesError(str(path), error.strerror or str(error)) from error
    if not start.strip():
        raise PlacesError(str(path), "the file is empty")
    if start.startswith((b"PK\x03\x04", b"\x1f\x8b", b"BZh")):
        raise PlacesError(str(path), "the file is packed: unpack it first")
    line = start.lstrip(b"\xef\xbb\xbf").split(b"\n", 1)[0]
    if line.count(b"\t") == 18:
        return "geonames"
    if path.suffix.lower() in (".osm", ".xml") or line.lstrip().startswith(b"<"):
        return "osm"
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"{", b"[")):
        return "overpass" if b'"elements"' in start and b'"FeatureCollection"' not in start else "geojson"
    columns = line.decode("utf-8", "replace").lower()
    if any(mark in columns for mark in (",", ";", "\t")):
        return "boundaries" if "pcode" in columns else "csv"
    raise PlacesError(
        f"{path}, line 1", "no known format: neither GeoNames' 19 columns, nor CSV with a head, nor JSON, nor OpenStreetMap's XML"
    )
