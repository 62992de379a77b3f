from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.model import Annotations
from riwaya.show.clean import width
from riwaya.show.formats import Look
from riwaya.show.ledger import Ledger
from riwaya.show.lines import RTL_OFF, RTL_ON, Piece, paint, wrap


def shown(annotations: Annotations, **look: object) -> str:
    return Ledger(Look(**look)).add(annotations)  # type: ignore[arg-type]


def test_an_entry_says_who_how_and_where(fire: Annotations) -> None:
    assert shown(fire, columns=120).splitlines()[7:] == [
        "1. سالم القرواني (شخص، محافظ، الزهراب)",
        "    أعلن [20:24] · بعضه بنصّه · كما ورد: محافظ الزهراب سالم القرواني [25:52]",
        "        «12 شخصا» جرحوا في حريق السوق القديم [62:98]",
        "        كمية: 12 شخصا [63:70] = 12",
        "",
        "2. نقابة التجار (جهة، مؤسسة)",
        "    ونفت [100:104] · بمعناه، نفي · كما ورد: نقابة التجار [105:117] · المخاطَب: صدى الوادي [133:143]",
        "        ذلك [118:121]",
        "        حديث [125:129]",
        "",
        "3. نقابة التجار (جهة، مؤسسة)",
        "    مؤكدة [146:151] · بمعناه · المصدر غير مذكور هنا",
        "        العدد لا يزيد على 5 جرحى [155:179]",
        "        كمية: لا يزيد على 5 جرحى [161:179] = 5 على الأكثر",
        "",
        "4. شهود (مجهول الاسم، جماعة)",
        "    ونقلت [181:186] · بمعناه · كما ورد: شهود [198:202] · السند: نقابة التجار نقلًا عن شهود",
        "        الحريق بدأ قبل نحو أسبوع [206:230]",
        "        وقت: قبل نحو أسبوع [217:230] = 2021/02/25 إلى 2021/02/27",
        "",
        "خارج الأقوال",
        "    وقت: أمس [54:57] = 2021/03/04",
        "",
    ]


def test_in_english_no_line_has_english_after_arabic(fire: Annotations, raid: Annotations) -> None:
    lines = shown(fire, language="en", columns=120).splitlines()
    assert "    cue (indirect, denied) [100:104]: ونفت" in lines
    assert "        quantity at most 5 [161:179]: لا يزيد على 5 جرحى" in lines
    assert "        time 2021-02-25 to 2021-02-27 [217:230]: قبل نحو أسبوع" in lines
    for line in [*lines, *shown(raid, language="en", columns=150).splitlines()]:
        if any("\u0620" <= char <= "\u064a" for char in line) and not line.startswith(("1. person", "2.")):
            last_english = max((at for at, char in enumerate(line) if char.isascii() and char.isalpha()), default=-1)
            assert last_english < min(at for at, char in enumerate(line) if "\u0620" <= char <= "\u064a")


def test_an_entry_says_where_when_and_who_acts(raid: Annotations) -> None:
    lines = shown(raid, columns=150).splitlines()
    assert lines[3] == "الأقوال 3 · القائلون 2 · الكميات 1 · الأوقات 1 · الفاعلون 5 · الأمكنة 4"
    assert lines[9:13] == [
        "        متى: فجر الخميس [62:72] = 2021/03/04",
        "        أين: شمال قرية النبعة [45:61] = النبعة (قرية، موريتانيا)، قربه ± 25 كم",
        "        مكان: قرب الجسر [95:104] = غير معروف: لم يُحسم أي مكان بهذا الاسم",
        "        الفاعلون: كتيبة السنديان [24:38] = معارضة مسلحة · الفصيل [78:84] = لا يُعرف من المقصود · شرطيا [89:94] = شخص، شرطة",
    ]
    assert lines[18:20] == [
        "        متى: فجر الخميس [62:72] = 2021/03/04، مما قبل القول",
        "        أين: شمال قرية النبعة [45:61] = النبعة (قرية، موريتانيا)، قربه ± 25 كم، مما قبل القول",
    ]
    assert lines[-4:] == [
        "خارج الأقوال",
        "    مكان: الخروبة [12:19] = الخروبة (بلدة، موريتانيا)، في المكان نفسه ± 2.6 كم",
        "    مكان: الوادي [142:148] = غير معروف: ليس في معجم الأمكنة",
        "",
    ]


def test_in_english_places_and_actors_have_their_english_names(raid: Annotations) -> None:
    lines = shown(raid, language="en", columns=150).splitlines()
    for line in (
        "        where Nabaa (village, Mauritania), near it ± 25 km [45:61]: شمال قرية النبعة",
        "        where Nabaa (village, Mauritania), near it ± 25 km, from what precedes it [45:61]: شمال قرية النبعة",
        "        place unknown: nothing settles which place of this name [95:104]: قرب الجسر",
        "        actor Oak Brigade (armed opposition) [24:38]: كتيبة السنديان",
        "        actor not known who is meant [78:84]: الفصيل",
        "    place town, Mauritania, the place itself ± 2.6 km [12:19]: الخروبة",
    ):
        assert line in lines


def test_a_name_in_no_other_language_stands_behind_the_words(raid: Annotations) -> None:
    other = replace(raid.places[0], phrase=raid.places[0].span._replace(start=9))
    assert other.location.place
    location = replace(other.location, place=replace(other.location.place, name="الخرّوبة الكبرى"))
    english = shown(replace(raid, places=(replace(other, location=location),)), language="en")
    assert "    place town, Mauritania, the place itself ± 2.6 km [9:19]: في الخروبة = الخرّوبة الكبرى\n" in english
    brigade = raid.actors[1]
    assert brigade.actor
    actor = replace(brigade, actor=replace(brigade.actor, en=""), name="لواء السنديان")
    claim = replace(raid.claims[0], actors=(actor,))
    english = shown(replace(raid, claims=(claim,)), language="en")
    assert "        actor armed opposition [24:38]: كتيبة السنديان = لواء السنديان\n" in english


def test_by_speaker_puts_accounts_together(fire: Annotations) -> None:
    lines = shown(fire, by="speaker").splitlines()
    heading = lines.index("الأقوال 2 · نقابة التجار (جهة، مؤسسة)")
    assert [line.split()[0] for line in lines[heading:] if line.startswith("    ") and line.lstrip()[0].isdigit()] == ["2.", "3.", "4."]


def test_times_without_a_publication_date_say_so(fire: Annotations) -> None:
    article = replace(fire.article, published=None)
    unplaced = tuple(replace(time, start=None, end=None) for time in fire.times)
    text = shown(replace(fire, article=article, claims=(), times=unplaced))
    assert "تاريخ النشر غير معروف" in text
    assert "أمس [54:57] = غير محسوب: تاريخ النشر غير معروف" in text


def test_no_claims(bare: Annotations) -> None:
    assert "لا أقوال منقولة في هذا النص." in shown(bare)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("columns", [20, 40, 100])
def test_lines_keep_to_the_width(fire: Annotations, raid: Annotations, columns: int, language: str) -> None:
    for report in (fire, raid):
        assert max(map(width, shown(report, columns=columns, language=language).splitlines())) <= columns


@given(st.data(), st.sampled_from(["ar", "en"]), st.sampled_from(["text", "speaker"]), st.integers(20, 120))
@settings(max_examples=60, deadline=None)
def test_any_article_keeps_to_the_width_and_obeys_no_controls(
    hostile_article: st.SearchStrategy[Annotations], data: st.DataObject, language: str, by: str, columns: int
) -> None:
    text = shown(data.draw(hostile_article), language=language, by=by, columns=columns)
    assert max(map(width, text.split("\n"))) <= columns
    assert not any(ord(char) < 32 and char != "\n" for char in text)
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x7f\x9b")


def test_colour_and_direction_only_where_asked(fire: Annotations) -> None:
    assert "\x1b" not in shown(fire)
    assert "\x1b[1m" in shown(fire, color=True)
    assert RTL_ON not in shown(fire, color=True)
    on_terminal = shown(fire, terminal=True)
    assert on_terminal.startswith(RTL_ON)
    assert on_terminal.count(RTL_ON) == on_terminal.count(RTL_OFF) == 1
    assert on_terminal.replace(RTL_ON, "").replace(RTL_OFF, "") == shown(fire)


def test_a_latin_line_is_marked_as_right_to_left() -> None:
    assert paint([Piece("Reuters قالت")], color=False, rtl=True) == "\u200fReuters قالت"
    assert paint([Piece("12. قالت")], color=False, rtl=True) == "12. قالت"
    assert paint([Piece("Reuters")], color=False, rtl=False) == "Reuters"


def test_marks_take_no_column_and_wide_letters_two() -> None:
    assert width("قَالَتْ") == 4
    assert width("文字") == 4
    assert width("\u200fقال\u200c") == 3


def test_words_that_touch_are_not_parted() -> None:
    lines = wrap([Piece("كلمة "), Piece("قال", "cue"), Piece("\u00a0[0:3]", "faint"), Piece(" بعد")], 13)
    assert ["".join(piece.text for piece in line) for line in lines] == ["كلمة", "قال\u00a0[0:3] بعد"]


def test_a_word_wider_than_the_line_is_cut() -> None:
    lines = list(wrap([Piece("ا" * 1_000)], 20, first="  ", rest="  "))
    assert len(lines) == 56
    assert sum(width(piece.text) for line in lines for piece in line) == 1_000 + 2 * 56
