"""Tokens, sentences and quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.text.normal import fold
from riwaya.text.words import read

ODD = "قالأىة،؛؟.:!«»“”„\"'()[]{}\n\r\t \u00a0\u200f\u064b\x001٢,٫٬-–…ﻻaB\ud800"
TEXTS = st.text(st.one_of(st.sampled_from(ODD), st.characters()), max_size=80)


def quotes(raw: str) -> list[tuple[str, bool]]:
    reading = read(raw)
    return [(reading.span(quote.open + 1, quote.close).of(raw), quote.closed) for quote in reading.quotes]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("وقال: «لا».", ["وقال", ":", "«", "لا", "»", "."]),
        ("بلغ ١٢٫٥ في المئة", ["بلغ", "12.5", "في", "المئه"]),
        ("1,250 نازحا", ["1,250", "نازحا"]),
        ("سطر\nسطر", ["سطر", "\n", "سطر"]),
        ("ثم...", ["ثم", "..."]),
        ("", []),
    ],
)
def test_tokens(raw: str, words: list[str]) -> None:
    assert read(raw).words == words


def test_sentences_end_with_their_stop_and_newlines_belong_to_none() -> None:
    reading = read("قال نعم. ثم ذهب؟\nعاد")
    assert [reading.span(first, after).of(reading.raw) for first, after in reading.sentences] == ["قال نعم.", "ثم ذهب؟", "عاد"]


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("قال «نعم» ثم «لا»", [("نعم", True), ("لا", True)]),
        ('قال "نعم" ثم "لا"', [("نعم", True), ("لا", True)]),
        ("قال “نعم”", [("نعم", True)]),
        ("«قال “نعم” لي»", [("قال “نعم” لي", True), ("نعم", True)]),
        ("«لم يغلق\nسطر", [("لم يغلق", False)]),
        ("يغلق» فقط", []),
    ],
)
def test_quotation_marks_are_paired(raw: str, found: list[tuple[str, bool]]) -> None:
    assert quotes(raw) == found


@given(TEXTS)
def test_every_token_is_the_raw_text_at_its_place(raw: str) -> None:
    reading = read(raw)
    assert len(reading.words) == len(reading.starts) == len(reading.ends)
    for i, word in enumerate(reading.words):
        span = reading.span(i, i + 1)
        assert 0 <= span.start < span.end <= len(raw)
        assert word in fold(span.of(raw))


@given(TEXTS)
def test_tokens_lie_in_order_and_only_space_lies_between(raw: str) -> None:
    reading = read(raw)
    at = 0
    for start, end in zip(reading.starts, reading.ends, strict=True):
        assert start >= at or raw[start:at]  # two tokens of one ligature share it
        assert fold(raw[at:start]).strip() == ""
        at = max(at, end)
    assert fold(raw[at:]).strip() == ""


@given(TEXTS)
def test_quotes_and_sentences_hold_for_every_text(raw: str) -> None:
    reading = read(raw)
    for quote in reading.quotes:
        assert 0 <= quote.open < quote.close <= len(reading.words)
    flat = [i for first, after in reading.sentences for i in range(first, after)]
    assert flat == sorted(set(flat))
    assert {reading.words[i] for i in set(range(len(reading.words))) - set(flat)} <= {"\n"}
