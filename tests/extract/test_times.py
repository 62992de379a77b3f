"""Times beyond the corpus: what holds for every text and every day of report."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.errors import WordsError
from riwaya.extract import calendar as cal
from riwaya.extract import times
from riwaya.extract.calendar import NOWHERE, Interval
from riwaya.extract.timepatterns import PIECES, expanded
from riwaya.extract.timerules import RULES
from riwaya.lang.tables import load
from riwaya.model import TimeExpression
from riwaya.text.normal import fold
from riwaya.text.words import read

DAY = date(2017, 5, 9)
CORPUS = Path(__file__).parents[1] / "corpus" / "ar" / "times.toml"
SAID = tomllib.loads(CORPUS.read_text(encoding="utf-8"))
PHRASES = [phrase.replace("[", "").replace("]", "") for row in SAID["case"] for phrase in row["say"]]
TABLES = ("months", "weekdays", "timewords", "timecontexts")
MARKS = "\u200f\u202b\u0651\u064b\ud800\x00()/-:،.« \n0123456789"


def found(text: str, published: date | None = DAY) -> tuple[TimeExpression, ...]:
    return times.find(read(text), load(), published=published)


def texts() -> st.SearchStrategy[str]:
    """Phrases of the corpus, pieces of them and marks, one after another."""
    words = sorted({word for phrase in PHRASES for word in phrase.split()})
    return st.lists(st.sampled_from(PHRASES) | st.sampled_from(words) | st.text(MARKS, max_size=3), max_size=12).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(texts(), st.none() | st.dates())
def test_any_text_gives_ordered_spans_and_whole_intervals(text: str, published: date | None) -> None:
    last = 0
    for time in found(text, published):
        assert last <= time.span.start < time.span.end <= len(text)
        last = time.span.end
        assert time.start is None or time.end is None or time.start <= time.end
        assert time.anchor in (None, published)
        assert time.rule in times.RULES


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_any_string_at_all_is_read(text: str) -> None:
    found(text)


@pytest.mark.parametrize("phrase", PHRASES)
def test_without_a_day_of_report_nothing_relative_is_guessed(phrase: str) -> None:
    dated = found(phrase)
    undated = found(phrase, None)
    assert [time.span for time in undated] == [time.span for time in dated]
    for time, same in zip(dated, undated, strict=True):
        assert same.anchor is None
        if time.anchor is not None and same.rule != "range":
            assert (same.start, same.end) == (None, None)


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_reads_the_same_within_a_sentence(phrase: str) -> None:
    whole = f"وصلت السفينة {phrase}، كما ذكرت مرجانة."
    alone, within = found(phrase), found(whole)
    if phrase.startswith(("بعد ", "وبعد ", "عقب ")):
        return  # whether it opens a sentence matters
    assert [time.span.of(whole) for time in within] == [time.span.of(phrase) for time in alone]


def test_spelling_and_marks_do_not_matter() -> None:
    plain = found("أمس الأول (الأحد)")[0]
    for text in ("امس الاول (الاحد)", "أمـس الأوّل (الأحد)", "\u202bأمس الأول (الأحد)\u202c", "ﺃﻣﺲ الأول (الأحد)"):
        (time,) = found(text)
        assert (time.start, time.end, time.rule) == (plain.start, plain.end, plain.rule)


def test_a_name_of_a_place_is_no_month_though_its_letters_fold_alike() -> None:
    assert found("في آب")[0].rule == "month"
    assert found("في إب") == ()


LONG = ("يوم ", "5/", "الثلاثاء و", "من الأحد إلى ", "2010-", "(", "كل ", "أيام طويلة ")


@pytest.mark.parametrize("text", [*(word * 10_000 for word in LONG), "أ" * 1_000_000])
def test_long_runs_of_one_word_are_read(text: str) -> None:
    found(text)


def test_every_row_of_the_tables_is_used_in_the_corpus() -> None:
    said = {fold(phrase.replace("[", "").replace("]", "")) for kind in ("case", "never") for row in SAID[kind] for phrase in row["say"]}
    spoken = " ".join(" ".join(read(phrase).words) for phrase in said)
    for table in TABLES:
        for row in load().rows(table):
            assert any(" ".join(fold(word).split()).removeprefix("ال") in spoken for word in row["words"]), (table, row["words"])


@pytest.mark.parametrize(
    "row", ['roles = ["part"]', 'roles = ["unit"]', 'roles = ["season"]\nvalue = "spring"', 'roles = ["hour"]\ncount = 30']
)
def test_a_row_that_lacks_what_its_role_needs_is_named(tmp_path: Path, row: str) -> None:
    (tmp_path / "timewords.toml").write_text(f'[[entry]]\nwords = ["مرجانة"]\n{row}\n', encoding="utf-8")
    with pytest.raises(WordsError, match="مرجانة"):
        times.find(read("أمس"), load(tmp_path), published=DAY)


def test_a_user_may_add_words(tmp_path: Path) -> None:
    (tmp_path / "timewords.toml").write_text('[[entry]]\nwords = ["إمبارح"]\nroles = ["deixis"]\ndays = -1\n', encoding="utf-8")
    (time,) = times.find(read("وصل مساء إمبارح"), load(tmp_path), published=DAY)
    assert (time.start, time.rule) == (date(2017, 5, 8), "day")


def test_hijridate_waits_for_a_hijri_date() -> None:
    program = (
        "import sys; from datetime import date; from riwaya.extract import times; from riwaya.lang.tables import load;"
        "from riwaya.text.words import read;"
        "times.find(read('\u0623\u0645\u0633'), load(), published=date(2017, 5, 9)); assert 'hijridate' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_every_piece_is_used_and_no_name_is_unknown() -> None:
    patterns = [rule.pattern for rule in RULES] + list(PIECES.values())
    for piece in PIECES:
        assert any(f"@{piece}" in pattern for pattern in patterns), piece
    for rule in RULES:
        assert "@" not in expanded(rule.pattern)


def test_parts_of_a_month_are_those_of_ucdp() -> None:
    march = cal.month_of(2017, 3)
    assert cal.part_of(march, "start", month=True) == Interval(date(2017, 3, 1), date(2017, 3, 10))
    assert cal.part_of(march, "mid", month=True) == Interval(date(2017, 3, 10), date(2017, 3, 20))
    assert cal.part_of(march, "end", month=True) == Interval(date(2017, 3, 15), date(2017, 3, 31))


def test_the_edges_of_the_calendar_are_none_not_errors() -> None:
    assert cal.day_of(2015, 2, 31) is None
    assert cal.month_of(9999, 12) == Interval(date(9999, 12, 1), date(9999, 12, 31))
    assert cal.month_of(0, 1) == NOWHERE
    assert cal.hijri_day(1438, 8, 13) == DAY
    assert cal.hijri_day(1200, 1, 1) is None
    assert cal.hijri_month(1500, 12).start is not None
    assert cal.unit_at(date.max, "week", 1) == NOWHERE
    assert cal.unit_at(date.min, "year", -1) == NOWHERE
    assert cal.moved(date.max, "month", 1) is None
    assert cal.moved(date(2017, 3, 31), "month", -1) == date(2017, 2, 28)
    assert cal.unit_at(DAY, "fortnight") == NOWHERE


@given(st.dates(), st.sampled_from(("hour", "day", "week", "month", "year", "decade", "century")), st.integers(-(10**9), 10**9))
def test_moving_never_fails(day: date, unit: str, count: int) -> None:
    cal.moved(day, unit, count)
    cal.unit_at(day, unit, count)
