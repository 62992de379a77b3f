"""Headline, byline, deck, paragraphs and furniture of plain texts; every phrase of the table where it counts, and where it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.lang.tables import load
from riwaya.parse import passages

HEAD = "خلاف على عدد القوارب المتوقفة في المرفأ القديم"
LEAD = "قال نقيب الصيادين إن عدد القوارب المتوقفة عن العمل تجاوز 120 قارباً، فيما تتحدث أرقام المحافظة عن 74 قارباً فقط."
NEXT = "وأوضح ديوان المحافظة في بيان أن الأرقام ستُراجع خلال أسبوعين."
OTHER = "سفينة أبحاث ترسو في المرفأ القديم"
PHRASES = [(phrase, set(row["where"]), row.get("most", 12)) for row in load().rows("furniture") for phrase in row["say"]]


def kinds(text, **options):
    return [(mark.kind, mark.span.of(text)) for mark in passages(text, **options)]


def furniture(text):
    return [words for kind, words in kinds(text) if kind == "furniture"]


def test_a_copy_of_a_page():
    text = f"{HEAD}\nالمحافظة تعد بمراجعة الأرقام\nالمرفأ القديم – وكالات\n\n  {LEAD}\r\n{NEXT}\n\nاقرأ أيضاً:\n{OTHER}\n"
    assert kinds(text) == [
        ("headline", HEAD),
        ("deck", "المحافظة تعد بمراجعة الأرقام"),
        ("byline", "المرفأ القديم – وكالات"),
        ("body", LEAD),
        ("body", NEXT),
        ("furniture", "اقرأ أيضاً:"),
        ("furniture", OTHER),
    ]


def test_a_copy_that_ends_with_its_headline():
    text = f"{LEAD}\n{NEXT}\n{HEAD}\nالمحافظة تعد بمراجعة الأرقام\n{HEAD}\nلم تشترك بعد"
    assert [kind for kind, _ in kinds(text)] == ["body", "body", "headline", "deck", "furniture", "furniture"]


def test_a_headline_that_comes_again_is_furniture():
    assert kinds(f"{HEAD}\n{LEAD}\n{HEAD}")[-1] == ("furniture", HEAD)


def test_a_text_without_headline():
    assert kinds(f"{LEAD}\n{NEXT}") == [("body", LEAD), ("body", NEXT)]
    assert kinds(LEAD) == [("body", LEAD)]
    assert kinds(HEAD) == [("body", HEAD)]


def test_what_the_input_says_of_the_headline_is_believed():
    assert kinds(f"{LEAD}\n{NEXT}", headline=LEAD) == [("headline", LEAD), ("body", NEXT)]
    assert kinds(f"{HEAD}\n{LEAD}", headline="") == [("body", HEAD), ("body", LEAD)]


@pytest.mark.parametrize(("phrase", "where", "most"), PHRASES, ids=[phrase for phrase, _, _ in PHRASES])
def test_every_phrase_is_furniture_where_its_row_says(phrase, where, most):
    if "line" in where:
        assert phrase in furniture(f"{HEAD}\n{LEAD}\n{phrase}\n{NEXT}")
        assert f"{phrase} (12) Share" in furniture(f"{HEAD}\n{LEAD}\n{phrase} (12) Share\n{NEXT}")
    if "label" in where:
        assert f"{phrase}: سامر" in furniture(f"{HEAD}\n{LEAD}\n{phrase}: سامر\n{NEXT}")
    if where & {"start", "list", "rest"}:
        assert f"{phrase} المرفأ" in furniture(f"{HEAD}\n{LEAD}\n{phrase} المرفأ\n{NEXT}")
    if "list" in where:
        assert furniture(f"{HEAD}\n{LEAD}\n{phrase}\n{OTHER}\n{NEXT}") == [phrase, OTHER]
    if "rest" in where:
        assert furniture(f"{HEAD}\n{LEAD}\n{phrase}\n{OTHER}\n{NEXT}") == [phrase, OTHER, NEXT]
    if "tail" in where:
        tail = phrase if most == 1 else f"{phrase} المرفأ القديم"
        assert furniture(f"{HEAD}\n{LEAD}\n{NEXT} {tail}") == [tail]
    if "head" in where:
        assert kinds(f"{HEAD}\n{phrase} {LEAD}\n{NEXT}")[1:3] == [("furniture", phrase), ("body", LEAD)]


@pytest.mark.parametrize("phrase", [phrase for phrase, _, _ in PHRASES])
def test_no_phrase_is_furniture_within_a_sentence(phrase):
    sentence = f"وقال نقيب الصيادين إن {phrase} كلمات وردت في اللافتة التي رفعها المحتجون أمام ديوان المحافظة صباح أمس."
    assert furniture(f"{HEAD}\n{LEAD}\n{sentence}\n{NEXT}") == []
    assert furniture(f"{HEAD}\n{LEAD}\n{NEXT}\n{sentence}") == []


@pytest.mark.parametrize(
    "line",
    [
        "المزيد من القوارب ستعود إلى البحر خلال الأسبوع المقبل، وفق ما أعلن النقيب في ختام اللقاء.",
        "التفاصيل التي كشفها البيان لم تقنع الصيادين، فقرروا مواصلة اعتصامهم عند الرصيف الجنوبي.",
        "شارك في اللقاء ستة من أعضاء النقابة، وغاب عنه ممثل سلطة الموانئ.",
        "هاتف النقيب المحافظ مساء أمس، وأبلغه أن الصيادين يرفضون الأرقام.",
        "سمات الأزمة واضحة، وفق النقيب: أرقام متضاربة ووعود لا تُنفذ.",
        "إعلان المحافظة عن خفض الرسوم لم يوقف الاحتجاج.",
        "العدد الذي أعلنته المحافظة «غير صحيح»، بحسب النقابة.",
        "مشاركة النساء في الاعتصام كانت لافتة، كما قال منظموه.",
    ],
)
def test_news_that_begins_like_furniture_is_news(line):
    assert furniture(f"{HEAD}\n{LEAD}\n{line}\n{NEXT}") == []
    assert furniture(f"{HEAD}\n{LEAD}\n{line}") == []


@pytest.mark.parametrize("line", ["samir@marfa.example", "@samir_marfa", "https://marfa.example/1", "Twitter: @samir", "www.marfa.example"])
def test_a_line_that_is_an_address_is_furniture(line):
    assert furniture(f"{HEAD}\n{LEAD}\n{line}") == [line]


def test_spelling_of_a_phrase_is_free():
    for spelling in ("إقرأ ايضا", "اقـــرأ أيضًا", "◄ إقرأ أيضاً:", "إقرأ  أيضا..."):
        assert furniture(f"{HEAD}\n{LEAD}\n{spelling}") == [spelling]


def test_offsets_are_of_the_raw_text():
    text = f"\u200f{HEAD}\r\n\u200f\u0640\u0640{LEAD}\u0640 سمات المرفأ"
    assert kinds(text)[-1] == ("furniture", "سمات المرفأ")


@given(st.text(alphabet=st.characters(codec=None), max_size=300))
def test_passages_of_any_string_are_in_order_and_cover_all_but_white_space(text):
    at = 0
    for mark in passages(text):
        assert at <= mark.span.start < mark.span.end <= len(text)
        assert not text[at : mark.span.start].strip()
        at = mark.span.end
    assert not text[at:].strip()


@given(
    st.lists(
        st.sampled_from([HEAD, LEAD, NEXT, OTHER, "اقرأ أيضا", "سمات المرفأ", "...المزيد", "Next Previous", "", "التعليقات"]), max_size=12
    )
)
def test_passages_of_any_order_of_lines(lines):
    text = "\n".join(lines)
    marks = passages(text)
    assert [word for mark in marks for word in mark.span.of(text).split()] == text.split()
