"""Which of the places of one name is meant, and when none is."""

from __future__ import annotations

import pytest

from riwaya.model import Location
from riwaya.places.layers import Gazetteers
from riwaya.places.locate import locate
from riwaya.places.store import Named

from .conftest import Maker

NORTH, SOUTH = (20.0, 10.0), (10.0, 10.0)


def found(made: Maker, phrase: str, *places: Named, **known: object) -> Location:
    return locate(phrase, Gazetteers((made.gazetteer(*places),)), **known)  # type: ignore[arg-type]


def test_the_larger_is_meant(made: Maker) -> None:
    places = (made.place("small", "زنبقية", at=NORTH, population=2_000), made.place("large", "زنبقية", at=SOUTH, population=200_000))
    answer = found(made, "زنبقية", *places)
    assert answer.place
    assert (answer.place.id, answer.runner_up and answer.runner_up[0].id) == ("large", "small")
    assert answer.score > 0.9 > 0.1 > answer.runner_up[1] > 0  # type: ignore[index]


def test_of_two_alike_none_is_meant(made: Maker) -> None:
    answer = found(made, "زنبقية", made.place("a", "زنبقية", at=NORTH), made.place("b", "زنبقية", at=SOUTH))
    assert (answer.place, answer.lat, answer.where_prec) == (None, None, None)
    assert answer.runner_up
    assert "nothing says which" in answer.why


def test_what_lies_by_the_others_is_meant(made: Maker) -> None:
    north = made.place("n", "زنبقية", at=NORTH, kind="village")
    south = made.place("s", "زنبقية", at=SOUTH, kind="village")
    beside = made.place("x", "وعلية", at=(20.1, 10.1)).place
    answer = found(made, "زنبقية", north, south, near=(beside,))
    assert answer.place
    assert answer.place.id == "n"


def test_what_lies_in_one_of_the_others_is_meant(made: Maker) -> None:
    state = made.place("g", "محافظة سهلان", kind="governorate", at=(15.0, 15.0))
    north = made.place("n", "زنبقية", at=NORTH, kind="village", within="g")
    south = made.place("s", "زنبقية", at=SOUTH, kind="village")
    answer = found(made, "زنبقية", state, north, south, near=(state.place,))
    assert answer.place
    assert answer.place.id == "n"


def test_nothing_is_found_in_another_country(made: Maker) -> None:
    answer = found(made, "زنبقية", made.place("a", "زنبقية", country="YY", population=2_000_000), country="ZZ")
    assert answer.place is None
    assert "no gazetteer knows" in answer.why


def test_a_country_among_the_others_makes_its_places_likelier(made: Maker) -> None:
    ours, theirs = made.place("o", "زنبقية", at=NORTH), made.place("t", "زنبقية", at=SOUTH, country="YY")
    country = made.place("c", "زمردان", kind="country", at=(0.0, 40.0))
    answer = found(made, "زنبقية", ours, theirs, country, near=(country.place,))
    assert answer.place
    assert answer.place.id == "o"


@pytest.mark.parametrize(("phrase", "id"), [("قرية زنبقية", "village"), ("مخيم زنبقية", "camp")])
def test_the_kind_that_is_said_is_meant(made: Maker, phrase: str, id: str) -> None:
    places = (made.place("village", "زنبقية", kind="village", at=NORTH), made.place("camp", "مخيم زنبقية", kind="camp", at=SOUTH))
    answer = found(made, phrase, *places)
    assert answer.place
    assert answer.place.id == id


def test_a_small_place_with_namesakes_abroad_is_doubtful(made: Maker) -> None:
    village = made.place("v", "زنبقية", kind="village", at=NORTH)
    abroad = made.place("w", "زنبقية", at=SOUTH, country="YY")
    answer = found(made, "زنبقية", village, abroad, country="ZZ")
    assert (answer.place, answer.runner_up and answer.runner_up[0].id) == (None, "v")
    assert "1 other places bear this name" in answer.why
    beside = made.place("x", "وعلية", at=(20.1, 10.1)).place
    assert found(made, "زنبقية", village, abroad, country="ZZ", near=(beside,)).place


def test_an_ordinary_word_is_no_village_by_itself(made: Maker) -> None:
    village = made.place("v", "الجسور", kind="village", nouns=("الجسور",))
    assert "an ordinary word too" in found(made, "الجسور", village).why
    assert found(made, "قرية الجسور", village).place
    assert found(made, "الجسور", made.place("c", "الجسور", kind="city", population=90_000, nouns=("الجسور",))).place


def test_a_users_own_gazetteer_is_taken_at_its_word(made: Maker) -> None:
    user = made.gazetteer(made.place("mine", "زنبقية", kind="village", at=NORTH), name="user")
    below = made.gazetteer(made.place("theirs", "زنبقية", kind="town", at=SOUTH, population=15_000), name="below")
    answer = locate("زنبقية", Gazetteers((user, below)), country="ZZ")
    assert answer.place
    assert answer.place.id == "mine"
    assert locate("زنبقية", Gazetteers((below,)), country="ZZ").place.id == "theirs"  # type: ignore[union-attr]


def test_and_so_is_another_spelling_of_a_name_in_it(made: Maker) -> None:
    user = made.gazetteer(made.place("mine", "الزنبقية", kind="village", at=NORTH), name="user")
    below = made.gazetteer(made.place("abroad", "الزنبقيا", at=SOUTH, country="YY"), name="below")
    answer = locate("زنبقية", Gazetteers((user, below)), country="ZZ")
    assert answer.place
    assert answer.place.id == "mine"
    assert locate("زنبقية", Gazetteers((below, user)), country="ZZ").place is None


def test_a_place_that_two_gazetteers_have_is_the_upper_ones(made: Maker) -> None:
    upper = made.gazetteer(made.place("mine", "زنبقية", at=(10.0, 10.0)), name="upper")
    lower = made.gazetteer(made.place("theirs", "زنبقية", at=(10.1, 10.1)), made.place("far", "زنبقية", at=NORTH), name="lower")
    gazetteers = Gazetteers((upper, lower))
    assert [one.place.id for one in gazetteers.named("زنبقية")] == ["mine", "far"]
    assert gazetteers.digest == f"{upper.digest} {lower.digest}"
    assert gazetteers.begins("زنبقية")


def test_town_and_governorate_share_a_name(made: Maker) -> None:
    town = made.place("t", "سهلان", kind="city", at=(10.0, 10.0), population=90_000)
    state = made.place("g", "محافظة سهلان", kind="governorate", at=(10.4, 10.4), bare=("سهلان",))
    silent = found(made, "سهلان", town, state)
    assert silent.place
    assert (silent.place.id, silent.where_prec, silent.lat, silent.lon) == ("g", 4, 10.0, 10.0)
    assert silent.runner_up == (town.place, silent.score)
    said = found(made, "مدينة سهلان", town, state)
    assert said.place
    assert (said.place.id, said.where_prec) == ("t", 1)


def test_a_governorate_far_from_the_town_is_another(made: Maker) -> None:
    town = made.place("t", "سهلان", kind="city", at=NORTH, population=90_000)
    state = made.place("g", "محافظة سهلان", kind="governorate", at=SOUTH, bare=("سهلان",))
    answer = found(made, "سهلان", town, state)
    assert answer.place
    assert answer.place.id == "t"


def test_places_far_apart_are_none(made: Maker) -> None:
    places = (made.place("a", "كفر زنبق", at=NORTH), made.place("b", "تل ياقوت", at=SOUTH))
    assert "far apart" in found(made, "كفر زنبق، تل ياقوت", *places).why
    assert found(made, "كفر زنبق وتل ياقوت", *places).place is None
    between = found(made, "بين كفر زنبق وتل ياقوت", *places)
    assert (between.where_prec, between.lat, between.lon) == (5, 15.0, 10.0)
    assert between.radius
    assert 550_000 < between.radius < 560_000


def test_the_middle_of_two(made: Maker) -> None:
    places = (
        made.place("a", "كفر زنبق", at=(10.0, 10.0)),
        made.place("b", "تل ياقوت", at=(10.1, 10.0)),
        made.place("c", "الوعل", at=(10.2, 10.0)),
    )
    two = found(made, "بين كفر زنبق وتل ياقوت", *places)
    assert (two.where_prec, two.lat, two.why) == (2, 10.05, "midway between كفر زنبق and تل ياقوت")
    assert two.runner_up
    assert two.runner_up[0].id == "b"
    three = found(made, "كفر زنبق وتل ياقوت والوعل", *places)
    assert three.lat == pytest.approx(10.1)


def test_a_name_that_no_gazetteer_knows_beside_one_that_it_does(made: Maker) -> None:
    answer = found(made, "قرية الحدأة في كفر زنبق", made.place("a", "كفر زنبق"))
    assert (answer.place, answer.runner_up and answer.runner_up[0].id) == (None, "a")
    assert answer.why.startswith("no gazetteer knows قرية الحدأة, in or by كفر زنبق")
