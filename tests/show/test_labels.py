from datetime import date
from typing import get_args

import pytest

from riwaya import model
from riwaya.model import ActorMention, Article, Location, Place, Quantity, Source, Span, TimeExpression
from riwaya.places.layers import packaged
from riwaya.show.labels import LANGUAGES, _countries, coordinates, load_labels, number

HERE = Span(0, 1)


def keys(rows: object, path: str = "") -> set[str]:
    return {path} if not isinstance(rows, dict) else {key for name, value in rows.items() for key in keys(value, f"{path}/{name}")}


def test_both_languages_have_the_same_labels() -> None:
    assert keys(load_labels("ar").rows) == keys(load_labels("en").rows)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", ["kind", "naming", "form", "attitude", "bound", "sector", "sort", "scope", "place-kind"])
def test_every_value_of_the_model_has_a_label(language: str, what: str) -> None:
    assert set(get_args(getattr(model, what.title().replace("-", "")))) <= set(load_labels(language).rows[what])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_precision_has_a_label(language: str) -> None:
    assert set(load_labels(language).rows["precision"]) == {str(code) for code in range(1, 8)}


def test_countries_are_called_as_the_gazetteer_calls_them() -> None:
    gazetteer = packaged().layers[0]
    places = (gazetteer.place(number) for number in range(len(gazetteer)))
    named = {place.country: [place.name, place.english] for place in places if place.kind == "country"}
    assert _countries() == named


def test_arabic_labels_are_arabic() -> None:
    def words(rows: object) -> list[str]:
        return [rows] if isinstance(rows, str) else [word for value in rows.values() for word in words(value)]  # type: ignore[attr-defined]

    for label in words(load_labels("ar").rows):
        assert not any(char.isascii() and char.isalpha() for char in label.replace("{low}", "").replace("{high}", "")), label


@pytest.mark.parametrize(
    ("low", "high", "bound", "said"),
    [
        (12, 12, "exact", "12"),
        (1500000, 1500000, "exact", "1,500,000"),
        (2.5, 2.5, "exact", "2.5"),
        (3.0, 3.0, "exact", "3"),
        (70, 70, "about", "about 70"),
        (70, 80, "about", "about 70 to 80"),
        (20, None, "at least", "at least 20"),
        (0, 150, "at most", "at most 150"),
        (20, 30, "between", "20 to 30"),
        (20, 99, "vague", "vague, 20 to 99"),
        (3, None, "vague", "vague, 3 or more"),
        (None, 9, "vague", "vague, 9 or fewer"),
        (None, None, "unknown", "unknown"),
        (None, None, "vague", "unknown"),
        (10**400, None, "at least", "at least ?"),
    ],
)
def test_amounts(low: float | None, high: float | None, bound: model.Bound, said: str) -> None:
    assert load_labels("en").amount(Quantity(HERE, low, high, bound)) == said


def test_numbers_too_large_or_not_numbers() -> None:
    assert number(float("inf")) == number(float("nan")) == number(10**5000) == "?"


def test_intervals() -> None:
    dated, undated = Article("a", "x", published=date(2021, 3, 5)), Article("a", "x")
    english, arabic = load_labels("en"), load_labels("ar")
    day = TimeExpression(HERE, "DATE", date(2021, 3, 4), date(2021, 3, 4))
    assert english.interval(day, dated) == "2021-03-04"
    assert arabic.interval(day, dated) == "2021/03/04"
    assert english.interval(TimeExpression(HERE, "DATE", date(2021, 3, 4), None), dated) == "2021-03-04 to …"
    assert english.interval(TimeExpression(HERE, "DATE"), undated) == "not resolved: no publication date"
    assert english.interval(TimeExpression(HERE, "DATE"), dated) == "not resolved"
    assert english.interval(TimeExpression(HERE, "DURATION"), dated) == "duration"


def test_naming_is_said_where_it_adds_something() -> None:
    english = load_labels("en")
    assert english.who(Source(kind="person", naming="named", role="mayor")) == ["person", "mayor"]
    assert english.who(Source(kind="anonymous", naming="anonymous")) == ["anonymous"]
    assert english.who(Source(kind="anonymous", naming="collective")) == ["anonymous", "collective"]


TOWN = Place("x", "الخروبة", "town", "MR", 18.123456, -12.345678, "Kharruba")
SEA = Place("x", "البحر", "sea", "", 1, 2, "Sea")
COUNTRY = Place("mr", "البلد", "country", "MR", 1, 2)
QUARTER = Place("x", "الحي", "neighbourhood", "ZZ", 1, 2, "Quarter")


WHERE = [
    (
        Location(TOWN, 1, 2, 1, 2_644),
        "الخروبة (بلدة، موريتانيا)، في المكان نفسه ± 2.6 كم",
        "Kharruba (town, Mauritania), the place itself ± 2.6 km",
    ),
    (
        Location(TOWN, 1, 2, 1, 2_644, detail="حي الوادي"),
        "الخروبة (بلدة، موريتانيا)، داخله، عند نقطته ± 2.6 كم",
        "Kharruba (town, Mauritania), in it, at its point ± 2.6 km",
    ),
    (Location(TOWN, 1, 2, 2, 25_000), "الخروبة (بلدة، موريتانيا)، قربه ± 25 كم", "Kharruba (town, Mauritania), near it ± 25 km"),
    (Location(SEA, 1, 2, 7, 242_785), "البحر (بحر)، بحر أو جو ± 240 كم", "Sea (sea), sea or air ± 240 km"),
    (Location(COUNTRY, 1, 2, 6, 800), "البلد (دولة)، في البلد ± 800 م", "country, in the country ± 800 m"),
    (Location(QUARTER, 1, 2, 1), "الحي (حي، ZZ)، في المكان نفسه", "Quarter (neighbourhood, ZZ), the place itself"),
    (Location(runner_up=(TOWN, 0.4)), "غير معروف: لم يُحسم أي مكان بهذا الاسم", "unknown: nothing settles which place of this name"),
    (Location(), "غير معروف: ليس في معجم الأمكنة", "unknown: in no gazetteer"),
]


@pytest.mark.parametrize(("location", "arabic", "english"), WHERE)
def test_where_something_is(location: Location, arabic: str, english: str) -> None:
    assert load_labels("ar").where(location).replace("\u00a0", " ") == arabic
    assert load_labels("en").where(location).replace("\u00a0", " ") == english


@pytest.mark.parametrize(
    ("radius", "said"),
    [(None, "18.1235, -12.3457"), (50, "18.1235, -12.3457"), (1_000, "18.123, -12.346"), (5_000, "18.12, -12.35"), (25_000, "18.1, -12.3"),
     (500_000, "18, -12")],
)  # fmt: skip
def test_coordinates_have_no_more_digits_than_are_known(radius: int | None, said: str) -> None:
    assert coordinates(Location(TOWN, TOWN.lat, TOWN.lon, 1, radius)) == said


def test_coordinates_that_are_not_known() -> None:
    assert coordinates(Location()) == coordinates(Location(TOWN, float("nan"), 1.0)) == ""


def test_who_acts() -> None:
    english = load_labels("en")
    assert english.acts(ActorMention(HERE, "x", "IMG", how="form")) == "armed group across borders"
    assert english.acts(ActorMention(HERE, "x", "JRN", "person", how="form")) == "person, media"
    assert english.acts(ActorMention(HERE, "x", how="form")) == "body"
    assert english.acts(ActorMention(HERE, "x", how="coreference")) == "not known who is meant"
