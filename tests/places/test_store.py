"""A gazetteer's file: what is put in comes out, the same places make the same bytes, and a damaged file is told from a sound one."""

from __future__ import annotations

from pathlib import Path

import pytest

from riwaya.errors import PlacesError
from riwaya.places.store import About, build, load

from .conftest import Maker


def test_what_is_put_in_comes_out(made: Maker) -> None:
    inner = made.place("b", "كفر زنبق", at=(-33.5138073, 36.2765279), english="Kafr Zanbaq", within="a", population=22_000, radius=1_800)
    outer = made.place("a", "محافظة سهلان", kind="governorate", at=(10.25, -179.999999))
    gazetteer = made.gazetteer(inner, outer)
    assert [place.id for place in gazetteer] == ["a", "b"]
    assert gazetteer.place(0) == outer.place
    found = gazetteer.place(1)
    assert (found.id, found.name, found.english, found.within, found.population, found.radius) == (
        "b", "كفر زنبق", "Kafr Zanbaq", "a", 22_000, 1_800,
    )  # fmt: skip
    assert abs(found.lat - -33.5138073) < 1e-6
    assert abs(found.lon - 36.2765279) < 1e-6
    assert (len(gazetteer), gazetteer.names, gazetteer.about) == (2, 2, About("made", "free", "nothing"))


def test_a_name_leads_to_its_places(made: Maker) -> None:
    gazetteer = made.gazetteer(
        made.place("a", "كفر زنبق", "زنبقية"),
        made.place("b", "الوعل", nouns=("الوعل",)),
        made.place("c", "حي الورد", kind="neighbourhood", bare=("الورد",)),
    )
    assert [(hit.place.id, hit.spelling) for hit in gazetteer.named("كفر زنبق")] == [("a", "exact")]
    assert [(hit.place.id, hit.spelling) for hit in gazetteer.named("كفرزنبق")] == [("a", "tight")]
    assert [(hit.place.id, hit.spelling) for hit in gazetteer.named("الزنبقية")] == [("a", "loose")]
    assert [(hit.place.id, hit.noun, hit.bare) for hit in gazetteer.named("الوعل")] == [("b", True, False)]
    assert [(hit.place.id, hit.noun, hit.bare) for hit in gazetteer.named("الورد")] == [("c", False, True)]
    assert gazetteer.named("كفر") == gazetteer.named("") == gazetteer.named("، -") == ()


def test_a_place_is_hit_once_by_its_nearest_spelling(made: Maker) -> None:
    gazetteer = made.gazetteer(made.place("a", "الزنبقية", "زنبقية", "الزنبقيا"))
    assert [(hit.place.id, hit.spelling) for hit in gazetteer.named("زنبقية")] == [("a", "exact")]


def test_the_first_word_of_a_name_is_known(made: Maker) -> None:
    gazetteer = made.gazetteer(made.place("a", "كفر زنبق"))
    assert gazetteer.begins("كفر")
    assert gazetteer.begins("کفر")
    assert not gazetteer.begins("زنبق")
    assert not gazetteer.begins("،")


def test_an_empty_gazetteer_is_one(made: Maker) -> None:
    gazetteer = made.gazetteer()
    assert (len(gazetteer), gazetteer.names, gazetteer.named("زنبق"), gazetteer.begins("زنبق")) == (0, 0, (), False)


def test_the_same_places_make_the_same_bytes_in_any_order(made: Maker, tmp_path: Path) -> None:
    places = [made.place(str(number), f"زنبق{'ة' * (number % 2)} {number}") for number in range(50)]
    digests = {build(tmp_path / f"{number}.gaz", order, About("one")) for number, order in enumerate((places, places[::-1]))}
    assert len(digests) == 1
    assert (tmp_path / "0.gaz").read_bytes() == (tmp_path / "1.gaz").read_bytes()
    assert build(tmp_path / "2.gaz", places[:-1], About("one")) not in digests
    assert load(tmp_path / "0.gaz").digest in digests


def test_an_id_may_not_stand_twice(made: Maker, tmp_path: Path) -> None:
    with pytest.raises(PlacesError, match="1 ids stand twice"):
        build(tmp_path / "twice.gaz", [made.place("a", "زنبق"), made.place("a", "وعل")], About("twice"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda data: b"", "no gazetteer can be read"),
        (lambda data: b"GIF89a" + data, "no gazetteer, or one built by another version"),
        (lambda data: data.replace(b"gazetteer 1", b"gazetteer 0", 1), "built by another version"),
        (lambda data: data[:-1], "damaged"),
        (lambda data: data[: len(data) // 2], "damaged"),
        (lambda data: data[:20], "damaged"),
        (lambda data: data + b"\0", "damaged"),
        (lambda data: data[:200] + bytes([data[200] ^ 1]) + data[201:], "damaged"),
    ],
)
def test_a_broken_file_is_told(made: Maker, tmp_path: Path, damage: object, reason: str) -> None:
    made.gazetteer(made.place("a", "كفر زنبق"))
    path = tmp_path / "made.gaz"
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(PlacesError, match=reason) as told:
        load(path)
    assert told.value.where == "made.gaz"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlacesError, match=r"nowhere\.gaz: no gazetteer can be read here"):
        load(tmp_path / "nowhere.gaz")
