"""The normal form and its map back: what folds to what, and two laws for every string."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.text.normal import fold, normalise

ODD = "أإآٱىیةهکكـ\u064b\u064c\u0651\u0670\u200b\u200f\u202e\u2066\ufeff\x00٠٩۰۹٫٬\u00a0ﻻﷲﷺﺍﻼ１Ａ①\ud800\udfff \n.,a1"
TEXTS = st.text(st.one_of(st.sampled_from(ODD), st.characters()), max_size=60)


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("أإآٱ", "اااا"),
        ("على", "علي"),
        ("مدرسة", "مدرسه"),
        ("قتيلًا", "قتيلا"),
        ("مـحـمّـد", "محمد"),
        ("١٢٫٥ ۳", "12.5 3"),
        ("کیف", "كيف"),
        ("ﻻ ﷲ", "لا الله"),
        ("\u200fقال\u200e", "قال"),
        ("１５", "15"),
        ("قال\x00ت", "قالت"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_one_spelling(raw: str, normal: str) -> None:
    assert fold(raw) == normal


def test_hamza_on_a_seat_is_kept() -> None:
    """مئة and مية, سؤال and سوال are different words."""
    assert fold("مئة") == "مئه"
    assert fold("سؤال") == "سؤال"


@pytest.mark.parametrize(
    ("raw", "word", "covered"),
    [
        ("رأيت قتيلاً واحدا", "قتيلا", "قتيلاً"),
        ("(مَدَّ)", "مد", "مَدَّ"),
        ("ﻻ", "ا", "ﻻ"),
        ("ﻻ", "ل", "ﻻ"),
        ("قـــال", "قال", "قـــال"),
    ],
)
def test_marks_belong_to_the_letter_before_and_ligatures_stay_whole(raw: str, word: str, covered: str) -> None:
    normal = normalise(raw)
    start = normal.text.index(word)
    assert normal.span(start, start + len(word)).of(raw) == covered


@given(TEXTS)
def test_folding_twice_is_folding_once(raw: str) -> None:
    assert fold(fold(raw)) == fold(raw)


@given(TEXTS)
def test_each_character_is_found_again_in_the_raw_text(raw: str) -> None:
    normal = normalise(raw)
    for at, char in enumerate(normal.text):
        span = normal.span(at, at + 1)
        assert 0 <= span.start < span.end <= len(raw)
        assert char in fold(span.of(raw))


@given(TEXTS)
def test_spans_lie_in_order_and_leave_nothing_between(raw: str) -> None:
    normal = normalise(raw)
    spans = [normal.span(at, at + 1) for at in range(len(normal.text))]
    for one, other in pairwise(spans):
        assert one == other or one.end == other.start
    if spans:
        assert fold(raw[: spans[0].start]) == ""
        assert normal.span(0, len(normal.text)).end == len(raw) == spans[-1].end
