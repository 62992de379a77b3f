"""Quantities: every word of the tables does its work, and the promises that hold for any text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.extract.quantities import RULES, find
from riwaya.lang.tables import load
from riwaya.model import Quantity, Span
from riwaya.text.normal import fold
from riwaya.text.words import read

WORDS = load()


def quantities(text: str) -> tuple[Quantity, ...]:
    return find(read(text), WORDS)


def only(text: str) -> Quantity:
    (quantity,) = quantities(text)
    return quantity


def rows(table: str, **fields: str) -> Iterator[Any]:
    for row in WORDS.rows(table):
        if all(row.get(key) in value.split("|") for key, value in fields.items()):
            for word in row["words"]:
                yield pytest.param(row, word, id=f"{row['group']}-{word}")


def dual(word: str, ending: str) -> str:
    word = fold(word)
    return (word[:-1] + "ت" if word.endswith("ه") else word) + ending


@pytest.mark.parametrize(("row", "word"), list(rows("counted")))
def test_every_counted_noun_is_counted(row: dict[str, Any], word: str) -> None:
    text = f"سبعون {word} في القرية"
    quantity = only(text)
    assert (quantity.low, quantity.rule) == (70, quantity.rule)
    assert quantity.rule in ("counted noun", "measure", "money")
    assert quantity.of == word


@pytest.mark.parametrize(("row", "word"), list(rows("counted", dual="sure|by ending")))
def test_every_noun_in_the_dual_is_two(row: dict[str, Any], word: str) -> None:
    never = set(map(fold, row.get("never", ())))
    for ending, cue in (("ان", ""), ("ين", "" if row["dual"] == "sure" else " تم إسعافهما")):
        text = dual(word, ending) + cue
        expected = [] if text.split()[0] in never else [(2, 2, "dual")]
        assert [(q.low, q.high, q.rule) for q in quantities(text)] == expected


@pytest.mark.parametrize(("row", "word"), list(rows("counted", dual="by ending")))
def test_a_plural_is_no_dual(row: dict[str, Any], word: str) -> None:
    assert quantities(f"{dual(word, 'ين')} في القرية") == ()


@pytest.mark.parametrize("two", [two for row in WORDS.rows("counted") for two in row.get("two", ())])
def test_every_listed_dual_is_two(two: str) -> None:
    assert (only(two).low, only(two).rule) == (2, "dual")


@pytest.mark.parametrize(("row", "word"), list(rows("counted", dual="sure|by ending")))
def test_one_beside_every_noun(row: dict[str, Any], word: str) -> None:
    one = "واحدة" if word.endswith("ة") else "واحد"
    assert [q.rule for q in quantities(f"{word} {one}")] == (["one"] if row.get("one", True) else [])


@pytest.mark.parametrize(("row", "word"), list(rows("afternumbers", role="money|measure")))
def test_every_unit_is_an_amount(row: dict[str, Any], word: str) -> None:
    vague = word.startswith("ال")
    quantity = only(f"آلاف {word}" if vague else f"7 {word}")
    assert quantity.rule == row["role"]
    assert quantity.bound == ("vague" if vague else "exact")


@pytest.mark.parametrize(("row", "word"), list(rows("afternumbers", role="kind")))
def test_every_kind_of_unit_is_part_of_it(row: dict[str, Any], word: str) -> None:
    assert only(f"7 دولار {word}").of == f"دولار {word}"


@pytest.mark.parametrize(("row", "word"), list(rows("afternumbers", role="percent")))
def test_every_per_cent(row: dict[str, Any], word: str) -> None:
    text = f"7 {word}"
    assert (only(text).rule, only(text).span.of(text)) == ("percent", text)


@pytest.mark.parametrize(("row", "word"), list(rows("afternumbers", role="time|times")))
def test_every_unit_of_time_is_no_quantity(row: dict[str, Any], word: str) -> None:
    assert quantities(f"خمسة {word}") == ()
    assert quantities(f"35 {word}") == ()


@pytest.mark.parametrize(("row", "word"), list(rows("afternumbers", role="no noun")))
def test_every_other_word_is_not_counted(row: dict[str, Any], word: str) -> None:
    assert {q.rule for q in quantities(f"35 {word} المدينة")} <= {"bare number"}


@pytest.mark.parametrize(("row", "word"), list(rows("afternumbers", role="completes|more")))
def test_every_word_that_goes_with_a_noun_is_in_the_span(row: dict[str, Any], word: str) -> None:
    text = f"12 رجل {word}"
    assert only(text).span.of(text) == text


@pytest.mark.parametrize(("row", "word"), list(rows("afternumbers", role="plural")))
def test_every_plural_is_counted_out_of(row: dict[str, Any], word: str) -> None:
    for text in (f"ثلاثة من ال{word}", f"ثلاثة من {word}"):
        assert (only(text).rule, only(text).span.of(text)) == ("out of", text)


@pytest.mark.parametrize(("row", "word"), list(rows("afternumbers", role="these")))
def test_every_demonstrative(row: dict[str, Any], word: str) -> None:
    text = f"ستين من {word} المقاتلين"
    assert (only(text).span.of(text), only(text).of) == (text, "المقاتلين")


@pytest.mark.parametrize(("row", "word"), list(rows("afternumbers", role="among")))
def test_every_word_between_a_part_and_a_whole(row: dict[str, Any], word: str) -> None:
    assert [(q.low, q.of) for q in quantities(f"عاد تسعة من {word} 12 بحارا")] == [(9, None), (12, "بحارا")]


@pytest.mark.parametrize(("row", "word"), list(rows("afternumbers", role="owned")))
def test_every_pronoun_of_a_noun_named_before(row: dict[str, Any], word: str) -> None:
    text = f"9 {word}"
    assert only(text).span.of(text) == "9"


@pytest.mark.parametrize(("row", "word"), list(rows("afternumbers", role="both")))
def test_every_word_that_speaks_of_two(row: dict[str, Any], word: str) -> None:
    assert [q.rule for q in quantities(f"مقاتلين {word}")] == ["dual"]
    assert all(quantities(f"مقاتلين {other}") == () for other in row["never"])


@pytest.mark.parametrize(("row", "word"), list(rows("beforenumbers", role="label|year|in")))
def test_every_label_makes_a_name(row: dict[str, Any], word: str) -> None:
    assert quantities(f"{word} 2014 في القرية") == ()


@pytest.mark.parametrize(("row", "word"), list(rows("beforenumbers", role="counts")))
def test_every_word_of_counting(row: dict[str, Any], word: str) -> None:
    text = f"{word} 35 في القرية"
    assert [q.span.of(text) for q in quantities(text)] in (["35"], [f"{word} 35"])


@pytest.mark.parametrize(("row", "word"), list(rows("beforenumbers", role="toll")))
def test_every_toll(row: dict[str, Any], word: str) -> None:
    assert [q.low for q in quantities(f"رفع {word} في القرية إلى 35.")] == [35]


@pytest.mark.parametrize(("row", "word"), list(rows("beforenumbers", role="change")))
def test_every_change_is_no_range(row: dict[str, Any], word: str) -> None:
    assert [q.rule for q in quantities(f"{word} العدد من 20 إلى 30 شاحنة")] != ["range"]
    assert [q.rule for q in quantities("نحتاج من 20 إلى 30 شاحنة")] == ["range"]


@pytest.mark.parametrize(("row", "word"), list(rows("bounds", side="before|either|after")))
def test_every_bound(row: dict[str, Any], word: str) -> None:
    texts = []
    if row["side"] != "after":
        texts += [f"{word.replace('* ', gap).replace(' *', ' ' + gap).strip()} 40 عاملا" for gap in ("", "عددهم ", "عدد الموظفين ")]
    if row["side"] != "before":
        texts.append(f"40 عاملا {word}")
    for text in (" ".join(text.split()) for text in texts):
        if row["bound"] == "between":
            text = text.replace("40 عاملا", "40 و50 عاملا")
        quantity = only(text)
        assert (quantity.bound, quantity.span.of(text)) == (row["bound"], text)
        assert quantity.about == (row["bound"] == "about")


@pytest.mark.parametrize(("row", "word"), list(rows("bounds", side="whole")))
def test_every_unknown(row: dict[str, Any], word: str) -> None:
    assert (only(word).low, only(word).high, only(word).bound, only(word).span.of(word)) == (None, None, "unknown", word)


@pytest.mark.parametrize(("row", "word"), list(rows("bounds", side="joint")))
def test_every_joint(row: dict[str, Any], word: str) -> None:
    assert (only(f"20 {word} 30 شاحنة").low, only(f"20 {word} 30 شاحنة").high) == (20, 30)


@pytest.mark.parametrize("table", ["counted", "beforenumbers", "bounds"])
def test_no_word_stands_in_two_groups(table: str) -> None:
    seen = Counter(fold(word) for row in WORDS.rows(table) for word in row["words"])
    assert [word for word, times in seen.items() if times > 1] == []


def test_no_word_has_two_roles_after_a_number() -> None:
    excluding = ("money", "measure", "percent", "kind", "time", "times", "no noun")
    seen = Counter(fold(word) for row in WORDS.rows("afternumbers") if row["role"] in excluding for word in row["words"])
    assert [word for word, times in seen.items() if times > 1] == []


def test_a_bare_number_shares_the_noun_before_it() -> None:
    text = "قتل ثلاثة صيادين وأصيب خمسة. وسقط تسعة"
    assert [(q.low, q.of) for q in quantities(text)] == [(3, "صيادين"), (5, "صيادين"), (9, None)]


def test_a_part_lies_in_the_span_of_its_whole() -> None:
    text = "احترقت ستة من ثمانية مراكب"
    part, whole = quantities(text)
    assert (part.low, part.rule, part.span.of(text)) == (6, "part of a whole", "ستة من ثمانية مراكب")
    assert (whole.low, whole.span.of(text)) == (8, "ثمانية مراكب")


def test_one_beside_a_noun_parts_it_from_the_number_before() -> None:
    text = "غرق 40 صيادا ومزارعا واحدا"
    assert [(q.low, q.span.of(text)) for q in quantities(text)] == [(40, "40 صيادا"), (1, "ومزارعا واحدا")]
    assert [q.low for q in quantities("غرق 40 صيادا ومزارعا")] == [40]


def test_nothing_is_counted_in_a_time_nor_over_its_edge() -> None:
    text = "أكد 40 في المائة من نفس الفترة أنهم 500 ألف سنويا"
    times = [Span(text.index(words), text.index(words) + len(words)) for words in ("نفس الفترة", "سنويا")]
    assert [q.span.of(text) for q in find(read(text), WORDS, times=times)] == ["40 في المائة", "500 ألف"]
    assert find(read(text), WORDS, times=[Span(0, len(text))]) == ()


def test_the_span_is_the_words_as_written() -> None:
    text = "وأُصيب نحو ٤٥ صيّادًا، و«عشراتُ» البحّارة"
    assert [q.span.of(text) for q in quantities(text)] == ["نحو ٤٥ صيّادًا", "«عشراتُ» البحّارة"]


_NUMBERS = [
    "5",
    "12",
    "2014",
    "1,200",
    "3.5",
    "و7",
    "بـ9",
    "الـ20",
    "خمسة",
    "عشرين",
    "مليون",
    "آلاف",
    "عشرات",
    "نصف",
    "الثلاث",
    "واحد",
    "اثنين",
]
_NOUNS = ["جنديان", "جنديين", "مدنيين", "سابقين", "شخصا", "قتلى", "دولار", "كلم", "سنة", "الدول", "القتلى", "عددهم"]
_OTHERS = [
    "من",
    "إلى",
    "بين",
    "و",
    "أو",
    "نحو",
    "أكثر",
    "على",
    "الأقل",
    "لا",
    "يزيد",
    "غير",
    "معروف",
    "في",
    "المائة",
    "مقتل",
    "المادة",
    "عام",
    "هؤلاء",
]
PIECES = st.sampled_from(_NUMBERS + _NOUNS + _OTHERS + list('%$()«»"-–/:.،\n'))


@given(st.lists(PIECES, max_size=60))
def test_results_are_in_order_and_name_their_rule(pieces: list[str]) -> None:
    text = " ".join(pieces)
    start = 0
    for quantity in quantities(text):
        assert start <= quantity.span.start < quantity.span.end <= len(text)
        assert quantity.span.of(text).strip() == quantity.span.of(text)
        assert quantity.rule in RULES
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
        assert (quantity.low is None and quantity.high is None) == (quantity.bound == "unknown")
        start = quantity.span.start


@given(st.text(st.characters(), max_size=200))
def test_any_text(text: str) -> None:
    for quantity in quantities(text):
        assert quantity.span.of(text)


@pytest.mark.parametrize(
    "text", ["5 " * 20_000, "مليون و" * 20_000, "من 5 إلى " * 20_000, "1" * 1_000_000, "جنديين " * 20_000, "\ud800\x00‏5" * 9_000]
)
def test_long_texts(text: str) -> None:
    assert isinstance(quantities(text), tuple)
