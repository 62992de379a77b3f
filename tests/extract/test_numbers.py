"""Numbers by themselves: values, kinds, clitics, and what is no number."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.extract.numbers import Number, Numerals, lexicon
from riwaya.lang.tables import load
from riwaya.text.normal import fold
from riwaya.text.words import read

LEXICON = lexicon(load())


def numbers(text: str) -> list[Number]:
    return Numerals(read(text), LEXICON).all()


def only(text: str) -> Number:
    (number,) = numbers(text)
    assert (number.first, number.after) == (0, len(read(text))), "not the whole phrase"
    return number


def table_words() -> Iterator[tuple[str, str, int]]:
    for row in load().rows("numbers"):
        for word in row["words"]:
            yield word, row["role"], row["value"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("خمسة عشر", 15),
        ("خمس عشرة", 15),
        ("اثنتا عشرة", 12),
        ("اثني عشر", 12),
        ("أحد عشر", 11),
        ("ثمانية", 8),
        ("ثماني", 8),
        ("خمسة وعشرين", 25),
        ("إحدى وعشرين", 21),
        ("مئة", 100),
        ("مائة وواحد", 101),
        ("ثلاثمئة", 300),
        ("ثلاث مئة وخمسون", 350),
        ("مئتي", 200),
        ("ألفي", 2000),
        ("ألف وخمسمئة وثلاثة وعشرين", 1523),
        ("خمسة وعشرون ألفا", 25_000),
        ("مئة وعشرين ألف", 120_000),
        ("مليون ونصف", 1_500_000),
        ("ثلاثة ملايين ونصف المليون", 3_500_000),
        ("ثلاثة ونصف مليون", 3_500_000),
        ("مليار و300 مليون", 1_300_000_000),
        ("مليار و 300 مليون", 1_300_000_000),
        ("ألف مليون", 1_000_000_000),
        ("نصف مليون", 500_000),
        ("سبعة ونصف", 7.5),
        ("1250", 1250),
        ("١٢٥٠", 1250),
        ("۱۲۵۰", 1250),
        ("1,250", 1250),
        ("1.250", 1250),
        ("1٬250", 1250),
        ("1،250", 1250),
        ("10 000", 10_000),
        ("1,250,000.5", 1_250_000.5),
        ("1.250.000,5", 1_250_000.5),
        ("12٫5", 12.5),
        ("12,5", 12.5),
        ("0.125", 0.125),
        ("1.250 مليون", 1_250_000),
        ("1.1 مليون", 1_100_000),
        ("64,6 مليون", 64_600_000),
        ("50،8 مليون", 50_800_000),
        ("5.\u200f12", 12.5),
        ("7ر12 مليون", 12_700_000),
        ("5آلاف", 5000),
    ],
)
def test_value(text: str, value: float) -> None:
    assert only(text).value == value
    assert isinstance(only(text).value, type(value))


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("عشرات", "vague", 20, 99),
        ("مئات", "vague", 200, 999),
        ("آلاف", "vague", 2000, 9999),
        ("عشرات الآلاف", "vague", 20_000, 99_999),
        ("بضعة آلاف", "vague", 2000, 9999),
        ("بضع مئات", "vague", 200, 999),
        ("ملايين", "vague", 2_000_000, 9_999_999),
        ("ثلث", "fraction", 1 / 3, 1 / 3),
        ("ثلاثة أرباع", "fraction", 0.75, 0.75),
        ("الثالثة", "ordinal", 3, 3),
        ("الرابع عشر", "ordinal", 14, 14),
        ("الخامس والعشرين", "ordinal", 25, 25),
        ("الحادية والثلاثين", "ordinal", 31, 31),
        ("العشرين", "cardinal", 20, 20),
        ("20", "digits", 20, 20),
    ],
)
def test_kind(text: str, kind: str, low: float, high: float) -> None:
    number = only(text)
    assert (number.kind, number.value, number.high) == (kind, low, high)


@pytest.mark.parametrize(
    ("text", "clitic", "definite"),
    [
        ("لخمسة", "ل", False),
        ("والعشرين", "وال", True),
        ("الـ65", "ال", True),
        ("بـ10", "ب", False),
        ("و1.5 مليون", "و", False),
        ("للأربعة", "لل", True),
    ],
)
def test_clitic(text: str, clitic: str, definite: bool) -> None:
    number = only(text)
    assert (number.clitic, number.definite) == (clitic, definite)


@pytest.mark.parametrize(
    "text", ["لست", "الاثنين", "أسبوع", "سبعينيات", "12.5.2015", "1.2.3", "الحادي", "أحد", "بضعة", "F16", "ستائر", "1" * 5000, "1." * 900]
)
def test_no_number(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("45 و50", [45, 50]),
        ("عشرون وخمسة", [20, 5]),
        ("ألف ومئة ألف", [1000, 100_000]),
        ("خمسة والنصف", [5, 0.5]),
        ("مليون ومليون", [1_000_000, 1_000_000]),
    ],
)
def test_two_numbers(text: str, values: list[float]) -> None:
    assert [number.value for number in numbers(text)] == values


def test_a_scale_may_follow_brackets() -> None:
    numerals = Numerals(read("(700) ألف"), LEXICON)
    number = numerals.at(1)
    assert number is not None
    assert numerals.scaled(number, 3).value == 700_000
    assert numerals.scaled(number, 1) is number


@pytest.mark.parametrize(("text", "value"), [("ألفا جندي", 2000), ("ألفًا جندي", 1000), ("ألف جندي", 1000), ("خمسة آلاف جندي", 5000)])
def test_the_dual_of_a_scale_looks_like_its_accusative(text: str, value: int) -> None:
    numerals = Numerals(read(text), LEXICON)
    assert numerals.doubled(numerals.all()[0]).value == value


@pytest.mark.parametrize("i", [-1, 5])
def test_no_number_outside_the_text(i: int) -> None:
    assert Numerals(read("خمسة"), LEXICON).at(i) is None


@pytest.mark.parametrize(("word", "role", "value"), list(table_words()))
def test_every_word_of_the_table_is_used(word: str, role: str, value: int) -> None:
    term = LEXICON[fold(word)]
    assert (term.role, term.value, term.clitic) == (role, value, "")
    beside = {"head": f"{word} عشر", "ordinal head": f"{word} عشر", "some": f"{word} آلاف", "parts": f"ثلاثة {word}"}.get(role, word)
    assert only(beside).value > 0


WORDS = st.sampled_from([*(word for word, _, _ in table_words()), "و", "ال", "5", "1,200", "3.", "،", ".", "\n", "و7", "\u200f", "شخص"])


@given(st.lists(st.tuples(st.sampled_from(["", "و", "ال", "وال", "ل"]), WORDS, st.sampled_from([" ", "", "\n"])), max_size=40))
def test_numbers_are_in_order_and_apart(pieces: list[tuple[str, str, str]]) -> None:
    text = "".join(clitic + word + gap for clitic, word, gap in pieces)
    reading = read(text)
    after = 0
    for number in Numerals(reading, LEXICON).all():
        assert after <= number.first < number.after <= len(reading)
        assert 0 <= number.value <= number.high
        assert number.scale >= 1
        assert number == Numerals(reading, LEXICON).at(number.first)
        after = number.after


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    reading = read(text)
    for number in Numerals(reading, LEXICON).all():
        assert number.after <= len(reading)


@given(st.integers(0, 10**14))
def test_digits_read_back(value: int) -> None:
    assert only(str(value)).value == value
    assert only(f"{value:,}").value == value
