"""What holds of every phrase, whatever it says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from riwaya.lang.tables import load
from riwaya.places.layers import packaged
from riwaya.places.locate import locate

ROWS = load().rows("placewords")
OTHERS = ("حلب", "سراقب", "مدينة الرقة", "زنبق", "ومنبج", "و", "،", "-", "(", "\u200f", "", "5")
WORDS = [word for row in ROWS for word in row["words"]] + list(OTHERS)


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)))
def test_an_answer_is_whole_or_none(phrase: str) -> None:
    answer = locate(phrase, packaged(), country="SY")
    point = (answer.place, answer.lat, answer.lon, answer.where_prec, answer.radius)
    assert None not in point or point == (None,) * 5
    assert answer.why
    assert 0 <= answer.score <= 1
    if answer.place:
        assert answer.place.country in ("SY", "")
        assert answer.where_prec in range(1, 8)
        assert answer.radius
    assert locate(phrase, packaged(), country="SY") == answer


@given(st.sampled_from(WORDS), st.sampled_from(["حلب", "سراقب", "منبج"]))
def test_words_around_a_name_never_make_it_more_exact(word: str, name: str) -> None:
    alone, behind = locate(f"مدينة {name}", packaged(), country="SY"), locate(f"{word} مدينة {name}", packaged(), country="SY")
    assert behind.place is None or (behind.where_prec or 0) >= (alone.where_prec or 0)
