"""GeoNames' dumps: 19 columns parted by tabs, without a head (allCountries, SY, cities500 …)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from riwaya.model import PlaceKind
from riwaya.places.formats.lines import lines
from riwaya.places.formats.row import Given, Read, Refused, checked

_COLUMNS = 19
_KINDS: dict[str, PlaceKind] = {  # feature codes
    "PCLI": "country", "PCLD": "country", "PCLS": "country", "PCL": "country", "ADM1": "governorate", "ADM2": "district", "ADM3": "district",
    "ADM4": "district", "ADM5": "district", "PPLX": "neighbourhood", "PPLC": "city", "PPLA": "city", "STLMT": "settlement", "CMPRF": "camp",
    "CMP": "camp", "DAM": "dam", "STM": "river", "STMI": "river", "WAD": "river", "CNL": "river", "LK": "lake", "RSV": "lake", "BDG": "bridge",
    "AIRP": "airport", "AIRB": "base", "MILB": "base", "INSM": "base", "PRT": "port", "HBR": "port", "MT": "mountain", "MTS": "mountain",
    "HLL": "mountain", "HLLS": "mountain", "PK": "mountain", "RDGE": "mountain", "ISL": "island", "ISLS": "island", "SEA": "sea", "GULF": "sea",
    "STRT": "strait", "OILF": "field", "GASF": "field", "RGN": "region", "AREA": "region",
}  # fmt: skip
_CLASSES: dict[str, PlaceKind] = {  # where the code is not told
    "A": "district", "H": "river", "L": "region", "P": "village", "R": "road", "S": "site", "T": "mountain", "U": "sea", "V": "region",
}  # fmt: skip
_TOWN = 5_000  # people from which on a populated place is a town


def read(path: Path) -> Iterator[Read | Refused]:
    """The rows of a dump. PlacesError where no line has 19 columns or the file is not UTF-8."""
    for line, text in lines(path):
        columns = text.split("\t")
        if len(columns) != _COLUMNS:
            yield Refused(line, f"{len(columns)} columns where a dump has {_COLUMNS}")
            continue
        yield checked(line, _given(columns))


def _given(columns: list[str]) -> Given:
    id, name, _, alternates, lat, lon, group, code, country = columns[:9]
    people = columns[14] if columns[14].isdigit() else "0"
    kind = _KINDS.get(code) or _CLASSES.get(group, "site")
    if kind == "village" and int(people) >= _TOWN:
        kind = "town"
    names = (name, *alternates.split(",")) if any("\u0600" <= letter for letter in name) else (*alternates.split(","),)
    return Given(id and f"geonames:{id}", names, lat, lon, kind, country, name, None, people)
