"""The packaged gazetteer: built from the table that stands beside it, small, and with what the news names daily."""

from __future__ import annotations

import re
import tomllib
from hashlib import blake2b

import pytest

from riwaya.lang.tables import load as load_words
from riwaya.places.grammar import grammar
from riwaya.places.layers import PACKAGED, packaged
from riwaya.places.locate import locate
from riwaya.text.normal import fold

(GAZETTEER,) = packaged().layers
SOURCE = PACKAGED.parent / "places.toml"
PLACES = list(GAZETTEER)


def test_it_is_built_from_the_table_as_it_stands() -> None:
    """After a change to the table: `make gazetteer`."""
    assert GAZETTEER.about.made_from == f"places.toml {blake2b(SOURCE.read_bytes(), digest_size=6).hexdigest()}"


def test_it_is_small_and_says_whose_it_is() -> None:
    assert PACKAGED.stat().st_size < 3_000_000
    notice = (PACKAGED.parent / "NOTICE.txt").read_text("utf-8")
    assert "GeoNames" in notice
    assert "Creative Commons Attribution 4.0" in notice
    assert "GeoNames" in GAZETTEER.about.licence


def test_every_place_has_a_name_a_kind_and_a_point() -> None:
    kinds = set(grammar(load_words()).kinds)
    for place in PLACES:
        assert place.name
        assert place.kind in kinds
        assert -90 <= place.lat <= 90
        assert -180 <= place.lon <= 180
        assert re.fullmatch("[A-Z]{2}|", place.country)


def test_names_are_arabic_letters_alone() -> None:
    """Cleaned when it was built: no Persian letters, presentation forms, marks, digits or Latin."""
    strange = [
        place.name
        for place in PLACES
        if place.id.startswith("geonames:") and not re.fullmatch("[\u0621-\u063a\u0641-\u064a ]+", place.name)
    ]
    assert strange == []


def test_what_lies_within_another_place_lies_in_one_that_is_there() -> None:
    ids = {place.id for place in PLACES}
    assert len(ids) == len(PLACES)
    assert {place.within for place in PLACES if place.within} <= ids


def test_every_row_of_the_table_is_found_by_every_name() -> None:
    lost = []
    for group in tomllib.loads(SOURCE.read_text("utf-8"))["group"]:
        for id, _, name, aliases, *_ in group["rows"]:
            for one in filter(None, (name, *aliases.split("|"))):
                if id not in {hit.place.id for hit in GAZETTEER.named(one)}:
                    lost.append((id, one))
    assert lost == []


def test_countries_are_known_by_their_codes() -> None:
    codes = [place.country for place in PLACES if place.kind == "country"]
    assert len(codes) == len(set(codes)) > 150
    assert "" not in codes


@pytest.mark.parametrize(
    ("phrase", "english", "precision"),
    [
        ("سوريا", "Syria", 6),
        ("مدينة الرقة", "Raqqa", 1),
        ("الرقة", "Raqqa Governorate", 4),
        ("محافظة حلب", "Aleppo Governorate", 4),
        ("الثورة", "Tabqa", 1),
        ("الطبقة", "Tabqa", 1),
        ("مدينة دير الزور", "Deir ez-Zor", 1),
        ("سد الفرات", "Tabqa Dam", 1),
    ],
)
def test_what_the_news_names_daily_is_there(phrase: str, english: str, precision: int) -> None:
    answer = locate(phrase, packaged(), country="SY")
    assert answer.place, answer.why
    assert answer.where_prec == precision
    assert fold(answer.place.country) == "SY"
    assert answer.place.english.casefold() in english.casefold() or english.casefold().split()[0] in answer.place.english.casefold()
