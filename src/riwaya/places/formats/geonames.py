"""GeoNames' dumps: 19 columns parted by tabs, without a head (allCountries, SY, cities500 …)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from riwaya.model import PlaceKind
from riwaya.places.formats.lines import lines
from riwaya.places.formats.row import Given, Read, Refused, checked

_COLUMNS = 19
_CODES: dict[PlaceKind, str] = {  # feature codes
    "country": "PCL PCLI PCLD PCLF PCLS PCLIX", "governorate": "ADM1", "district": "ADM2 ADM3 ADM4 ADM5", "city": "PPLC PPLA",
    "neighbourhood": "PPLX", "settlement": "STLMT", "camp": "CMP CMPRF", "dam": "DAM", "river": "STM STMI WAD CNL", "lake": "LK LKS RSV",
    "bridge": "BDG", "airport": "AIRP", "base": "AIRB MILB INSM", "port": "PRT HBR", "island": "ISL ISLS", "sea": "SEA GULF OCN",
    "mountain": "MT MTS HLL HLLS PK PKS RDGE", "strait": "STRT", "field": "OILF GASF", "region": "RGN AREA",
}  # fmt: skip
_KINDS = {code: kind for kind, codes in _CODES.items() for code in codes.split()}
_CLASSES: dict[str, PlaceKind] = {  # where the code is not told
    "A": "district", "H": "river", "L": "region", "P": "village", "R": "road", "S": "site", "T": "mountain", "U": "sea", "V": "region",
}  # fmt: skip
_TOWN = 5_000  # people from which on a populated place is a town


def read(path: Path) -> Iterator[Read | Refused]:
    """The rows of a dump, each within the division of the dump that its codes name. PlacesError where the file is not UTF-8."""
    divisions = _divisions(path)
    for line, text in lines(path):
        columns = text.split("\t")
        if len(columns) != _COLUMNS:
            yield Refused(line, f"{len(columns)} columns where a dump has {_COLUMNS}")
            continue
        yield checked(line, _given(columns, divisions))


def _divisions(path: Path) -> dict[tuple[str, ...], str]:
    """The ids of first- and second-order divisions, by country and codes."""
    found = {}
    for _, text in lines(path):
        columns = text.split("\t") if "\tADM" in text else []
        if len(columns) == _COLUMNS and columns[7] in ("ADM1", "ADM2"):
            found[_codes(columns)[: 2 if columns[7] == "ADM1" else 3]] = f"geonames:{columns[0]}"
    return found


def _codes(columns: list[str]) -> tuple[str, ...]:
    """Country and codes of the first- and second-order division."""
    return columns[8], columns[10], columns[11]


def _given(columns: list[str], divisions: dict[tuple[str, ...], str]) -> Given:
    id, name, _, alternates, lat, lon, group, code, country = columns[:9]
    people = columns[14] if columns[14].isdigit() else "0"
    kind = _KINDS.get(code) or _CLASSES.get(group, "site")
    if kind == "village" and int(people) >= _TOWN:
        kind = "town"
    names = (name, *alternates.split(",")) if any(letter >= "\u0600" for letter in name) else (*alternates.split(","),)
    own, codes = id and f"geonames:{id}", _codes(columns)
    within = next((found for held in (codes, codes[:2]) if (found := divisions.get(held)) and found != own), None)
    return Given(own, names, lat, lon, kind, country, name, within, people)
