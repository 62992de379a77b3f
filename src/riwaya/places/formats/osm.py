"""OpenStreetMap: its tags, and its XML, read element by element."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from riwaya.errors import PlacesError
from riwaya.model import PlaceKind
from riwaya.places.formats.row import Given, Read, Refused, checked

_TAGS: dict[PlaceKind, str] = {
    "country": "place=country admin_level=2", "governorate": "place=state place=province admin_level=4", "region": "place=region",
    "district": "place=district place=county admin_level=5 admin_level=6", "city": "place=city", "town": "place=town",
    "village": "place=village place=hamlet place=isolated_dwelling place=farm place=locality",
    "neighbourhood": "place=suburb place=quarter place=neighbourhood", "island": "place=island", "sea": "place=sea", "site": "place=square",
    "river": "waterway=river waterway=stream waterway=canal", "dam": "waterway=dam", "lake": "natural=water",
    "mountain": "natural=peak natural=mountain_range", "strait": "natural=strait", "airport": "aeroway=aerodrome",
    "crossing": "barrier=border_control", "camp": "amenity=refugee_site", "base": "landuse=military military=base military=airfield",
    "bridge": "man_made=bridge", "port": "landuse=harbour",
}  # fmt: skip
_KINDS = {tag: kind for kind, tags in _TAGS.items() for tag in tags.split()}
_LINES = ("highway", "railway")
_SITES = ("amenity", "building", "tourism", "historic", "office", "shop", "landuse", "man_made", "power", "healthcare")
_NAMES = (
    "name:ar",
    "name",
    "official_name:ar",
    "alt_name:ar",
    "old_name:ar",
    "alt_name",
    "short_name:ar",
    "loc_name:ar",
    "official_name",
    "loc_name",
)


def tagged(number: int, id: str, tags: Mapping[str, str], lat: object, lon: object) -> Given | Refused:
    """A place from OpenStreetMap's tags; refused where they do not say what it is."""
    kind = _kind(tags)
    if kind is None:
        return Refused(number, "no tag says what it is")
    names = [name for key in _NAMES if key in tags for name in tags[key].split(";")]
    country = tags.get("addr:country") or tags.get("is_in:country_code") or tags.get("country_code_iso3166_1_alpha_2") or ""
    english = tags.get("name:en") or tags.get("int_name") or ""
    return Given(f"osm:{id}", names, lat, lon, kind, country if len(country) == 2 else "", english, None, tags.get("population", 0))


def _kind(tags: Mapping[str, str]) -> PlaceKind | None:
    for key, value in tags.items():
        if f"{key}={value}" in _KINDS:
            return _KINDS[f"{key}={value}"]
    if any(key in tags for key in _LINES):
        return "road"
    return "site" if any(key in tags for key in _SITES) else None


def read(path: Path) -> Iterator[Read | Refused]:
    """The named nodes of an .osm file, and its ways and relations that have a `center`. PlacesError names the line where the XML breaks."""
    try:
        events = etree.iterparse(
            str(path), events=("end",), tag=("node", "way", "relation"), resolve_entities=False, no_network=True, load_dtd=False
        )  # fmt: skip
        for number, (_, element) in enumerate(events, 1):
            if found := _element(number, element):
                yield found
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise PlacesError(f"{path}, line {error.lineno}", f"not XML: {error.msg}") from error
    except OSError as error:
        raise PlacesError(str(path), error.strerror or str(error)) from error


def _element(number: int, element: etree._Element) -> Read | Refused | None:
    """The place of an element; None for one without a name, of which such a file is full."""
    tags = {tag.get("k", ""): tag.get("v", "") for tag in element.iterchildren("tag")}
    if not any(key in tags for key in _NAMES):
        return None
    line = element.sourceline or number
    center = element.find("center")
    at = element if element.get("lat") else center
    if at is None:
        return Refused(line, "no point: only nodes have one, and ways and relations with a center")
    given = tagged(line, f"{element.tag[0]}{element.get('id', '')}", tags, at.get("lat"), at.get("lon"))
    return given if isinstance(given, Refused) else checked(line, given)
