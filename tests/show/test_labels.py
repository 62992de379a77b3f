from datetime import date
from typing import get_args

import pytest

from riwaya import model
from riwaya.model import Article, Quantity, Source, Span, TimeExpression
from riwaya.show.labels import LANGUAGES, load_labels, number

HERE = Span(0, 1)


def keys(rows: object, path: str = "") -> set[str]:
    return {path} if not isinstance(rows, dict) else {key for name, value in rows.items() for key in keys(value, f"{path}/{name}")}


def test_both_languages_have_the_same_labels() -> None:
    assert keys(load_labels("ar").rows) == keys(load_labels("en").rows)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", ["kind", "naming", "form", "attitude", "bound"])
def test_every_value_of_the_model_has_a_label(language: str, what: str) -> None:
    assert set(get_args(getattr(model, what.title()))) <= set(load_labels(language).rows[what])


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
