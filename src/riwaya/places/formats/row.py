"""What every format yields, and what is checked of every row alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from riwaya.model import Place, PlaceKind
from riwaya.places.keys import loose, tight

_ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a]")
_UNSEEN = re.compile("[\u0640\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_MOST = 200  # letters of a name


class Read(NamedTuple):
    """A place as a row gives it; `line` is its line, or its number where a file has no lines."""

    line: int
    place: Place
    names: tuple[str, ...]


class Refused(NamedTuple):
    """A row that gives no place, and why."""

    line: int
    reason: str


class Given(NamedTuple):
    """What a format found in a row, not checked yet. `names` may be of any language."""

    id: str
    names: Iterable[str]
    lat: object
    lon: object
    kind: PlaceKind = "town"
    country: str = ""
    english: str = ""
    within: str | None = None
    population: object = 0


def checked(line: int, given: Given) -> Read | Refused:
    """A place from a row, or why it gives none: no id, no point on the earth, no name in Arabic script."""
    names = arabic(given.names)
    if not given.id:
        return Refused(line, "no id")
    if not names:
        return Refused(line, "no name in Arabic script")
    lat, lon = number(given.lat), number(given.lon)
    if lat is None or lon is None:
        return Refused(line, "no point: latitude and longitude are not numbers")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180) or (lat == 0 and lon == 0):
        return Refused(line, f"no point on the earth: {lat}, {lon}")
    country = given.country.strip().upper()
    if country and not re.fullmatch("[A-Z]{2}", country):
        return Refused(line, f"no country code of two letters: {given.country.strip()[:20]}")
    people = number(given.population) or 0
    place = Place(
        given.id, names[0], given.kind, country, lat, lon, given.english.strip()[:_MOST], given.within or None, max(0, int(people))
    )  # fmt: skip
    return Read(line, place, names)


def arabic(names: Iterable[str]) -> tuple[str, ...]:
    """The names in Arabic script, without marks that are not seen, each once."""
    found = (" ".join(_UNSEEN.sub("", unicodedata.normalize("NFKC", name)).split()) for name in names)
    return tuple(dict.fromkeys(name for name in found if len(name) <= _MOST and _ARABIC.search(name) and tight(name) and loose(name)))


def number(value: object) -> float | None:
    """A finite number, written with a point or a comma; None where it is none."""
    try:
        found = float(str(value).strip().replace(",", "."))
    except ValueError:
        return None
    return found if abs(found) < 1e12 else None
