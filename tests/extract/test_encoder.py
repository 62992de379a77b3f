"""The encoder: the same numbers however a text is cut, none beyond its reach, and words it has not met."""

import numpy as np
import pytest

from riwaya.extract import encoder
from riwaya.extract.encoder import load_encoder, pieces, stripped
from riwaya.extract.scan import lexicon, scan
from riwaya.lang.tables import load
from riwaya.text.words import read

TEXT = "قال سالم الدهّان لوكالة السهلين إن المدينة «سقطت» أمس، وأضاف أن نحو مئة مقاتل خرجوا منها.\n" * 6


@pytest.mark.parametrize(
    ("word", "front", "rest"),
    [("والرئيس", "وال", "رئيس"), ("للمدينه", "لل", "مدينه"), ("بالامس", "بال", "امس"), ("قال", "", "قال"), ("واكد", "و", "اكد")],
)
def test_what_is_stuck_to_a_word_is_told_from_it(word: str, front: str, rest: str) -> None:
    assert stripped(word) == (front, rest)


def test_a_reporting_word_has_the_pieces_of_its_row() -> None:
    lex = lexicon(load())
    found = list(pieces("واضاف", lex.tell("واضاف"), lex.names))
    assert found[0] == "واضاف"
    assert {"اضاف", "f:و"} <= set(found)
    assert any(piece.startswith("q:say/past") for piece in found)


def test_digits_are_one_word() -> None:
    lex = lexicon(load())
    assert next(pieces("2017", lex.tell("2017"), lex.names)) == next(pieces("45", lex.tell("45"), lex.names)) == "0"


def test_a_text_read_in_blocks_is_read_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = read(TEXT)
    whole = scan(reading, load()).context
    monkeypatch.setattr(encoder, "_BLOCK", 40)
    parts = scan(reading, load()).context
    for i in range(0, len(reading.words), 5):
        assert parts.word("cue", i) == pytest.approx(whole.word("cue", i), abs=1e-3)
        assert parts.pair("source", i, i + 1) == pytest.approx(whole.pair("source", i, i + 1), abs=1e-3)


def test_far_tokens_say_nothing_and_no_token_is_a_choice_of_its_own() -> None:
    one = scan(read(TEXT * 10), load())
    assert one.context.pair("phrase", 3, 200) == 0.0
    assert one.context.pair("source", 3, -1) != 0.0
    assert one.context.word("cue", one.size + 5) == 0.0


def test_the_same_twice_and_words_never_seen() -> None:
    reading = read("ظظظغغغ قققطططط قال ثثثث " + TEXT)
    first, second = scan(reading, load()).context, scan(reading, load()).context
    assert [first.word("cue", i) for i in range(20)] == [second.word("cue", i) for i in range(20)]
    assert all(np.isfinite(first.person(i)) for i in range(20))


def test_a_text_of_more_words_than_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = read(TEXT)
    before = scan(reading, load()).context
    monkeypatch.setattr(encoder, "_KEPT", 5)
    after = scan(reading, load()).context
    assert [after.word("cue", i) for i in range(9)] == pytest.approx([before.word("cue", i) for i in range(9)], abs=1e-4)


def test_an_empty_text_has_a_context() -> None:
    assert scan(read(""), load()).context.word("cue", 0) == 0.0


def test_the_packaged_numbers_fit_together() -> None:
    one = load_encoder()
    assert one.grains.shape == (len(one.rows) + 1, one.width)  # the last is of words without a known piece
    assert one.numbers["keys"].shape[0] == one.width
