"""What is Arabic, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.lang.tables import load
from riwaya.parse.language import foreign

ARABIC = [
    "قالت البلدية إن العطل فني، فيما تحدث السكان عن قطع متعمّد للمياه عن أحياء المدينة.",
    "قتلى وجرحى بقصف",
    "شو صار اليوم بالحارة؟ ما حدا بيعرف، والناس خايفة",
    "هسه الكهربا مگطوعة من الصبح وماكو چارة",
    "قال وزیر الداخلیة إن اللجنة ستعلن النتائج الیوم فی مؤتمر صحفی",  # Arabic typed on a Persian keyboard
    "أعلنت شركة Al-Madar Telecom إطلاق خدمة 5G Home في المدينة",
]
FOREIGN = {
    "Persian": [
        "شهردار گفت که این پل تا پایان سال آینده ساخته می‌شود و مردم باید از راه دیگر استفاده کنند.",
        "شهردار گفت كه اين پل تا پايان سال آينده ساخته مي‌شود و مردم بايد از راه ديگر استفاده كنند.",
        "وزارت نیرو اعلام کرد آب در سه شهر قطع شده است و برای رفع آن تلاش می‌شود.",
    ],
    "Urdu": [
        "ضلعی انتظامیہ نے کہا ہے کہ پل کی تعمیر اگلے سال مکمل ہو جائے گی اور لوگ دوسرا راستہ استعمال کریں۔",
    ],
    "Kurdish (Sorani)": ["پارێزگار ڕایگەیاند کە پردەکە ساڵی داهاتوو تەواو دەبێت و خەڵک دەبێت ڕێگایەکی تر بەکاربهێنن."],
    "Pashto": ["ښاروال وویل چې دغه پل به راتلونکی کال بشپړ شي او خلک باید بله لاره وکاروي."],
    "Uyghur": ["شەھەر باشلىقى بۇ كۆۋرۈكنىڭ كېلەر يىلى پۈتىدىغانلىقىنى ۋە كىشىلەرنىڭ باشقا يول بىلەن مېڭىشى كېرەكلىكىنى ئېيتتى."],
    "Sindhi": ["ميئر چيو ته پل ايندڙ سال مڪمل ٿيندي ۽ ماڻهن کي ٻيو رستو استعمال ڪرڻ گهرجي، هن وڌيڪ ٻڌايو ته ڪم هلي رهيو آهي."],
    "Latin": ["The mayor said that the bridge would be finished next year.", "Die Brücke wird nächstes Jahr fertig."],
    "Cyrillic": ["Мэр сказал, что мост будет достроен в следующем году."],
    "Hebrew": ["ראש העיר אמר שהגשר יושלם בשנה הבאה."],
}


@pytest.mark.parametrize("text", ARABIC)
def test_arabic_is_read(text):
    assert foreign(text) is None


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in FOREIGN.items() for text in texts])
def test_another_language_is_named(name, text):
    reason = foreign(text)
    assert reason is not None
    assert reason.startswith("not Arabic")
    assert name in reason


def test_every_language_of_the_table_is_tried():
    assert {row["language"] for row in load().rows("languages")} - {"Arabic"} <= set(FOREIGN)


def test_a_quotation_does_not_make_it_foreign():
    assert foreign(ARABIC[0] * 3 + f" وكتب على الجدار «{FOREIGN['Persian'][0]}»") is None


@pytest.mark.parametrize("encoding", ["cp1256", "latin-1"])
def test_garbled_text_is_told_from_arabic(encoding):
    garbled = ARABIC[0].encode("utf-8").decode(encoding, "replace")
    assert "garbled" in (foreign(garbled) or "")


@pytest.mark.parametrize("text", ["", " \n ", "123 456", "***", "\ufffd"])
def test_no_letters(text):
    assert foreign(text) == "it holds no letters"


@given(st.text(max_size=200))
def test_any_string_has_an_answer(text):
    assert foreign(text) is None or foreign(text)
