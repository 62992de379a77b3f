"""Who acts and speaks in a text: names of the table, short names that a text gives, names by form, and what stands for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.extract.actornames import actor_names, with_clitics, without_clitics
from riwaya.extract.actors import find
from riwaya.extract.claims import draft, finish
from riwaya.extract.decide import load_models
from riwaya.extract.scan import scan
from riwaya.extract.speakers import Cast
from riwaya.lang.tables import Row, Words, load
from riwaya.model import ActorMention
from riwaya.text.normal import fold
from riwaya.text.words import read

WORDS = load()
NAMES = actor_names(WORDS)
ROLES = {
    role: [word for row in WORDS.rows("actorwords") if row["role"] == role for word in row["words"]]
    for role in ("introduces", "between", "epithet", "governs")
}
SHORT_FORMS = [(row["group"], noun) for row in WORDS.rows("actorwords") if row["role"] == "short form" for noun in row["words"]]


def actors(text: str, words: Words = WORDS) -> tuple[ActorMention, ...]:
    """The actors of a text, with what its claims say of who speaks."""
    seen, models = scan(read(text), words), load_models()
    sources = [claim.source.span for claim in finish(seen, models, draft(seen, models)) if claim.source.span]
    return find(seen, words, sources, Cast(seen, models))


def told(text: str, words: Words = WORDS) -> list[tuple[str, str | None]]:
    """Each mention's words, and who it is: the actor's id, the name this text gives, or None."""
    return [
        (one.span.of(text), one.actor.id if one.actor is not None else one.name if one.resolved else None) for one in actors(text, words)
    ]


def who(text: str, say: str) -> str | None:
    """Whom the last of these words in a text mean."""
    return [meant for words, meant in told(text) if words == say][-1]


# -- the table


def test_every_actor_is_found_by_its_own_name() -> None:
    missed = []
    for number, row in enumerate(WORDS.rows("actors")):
        found = find(scan(read(row["name"]), WORDS), WORDS)
        if not any(one.actor == NAMES.actor(number) and one.span.end == len(row["name"]) for one in found):
            missed.append(row["id"])
    assert missed == []


def test_no_name_is_surely_two_actors() -> None:
    """A name that is another's too is weak for both."""
    owners: dict[str, set[str]] = {}
    for row in WORDS.rows("actors"):
        for name in (row["name"], row.get("en", ""), *row.get("also", ())):
            owners.setdefault(NAMES.spelled(fold(name)), set()).add(row["id"])
    assert {name: ids for name, ids in owners.items() if name and len(ids) > 1} == {}


def test_no_name_stands_twice_in_a_row() -> None:
    for row in WORDS.rows("actors"):
        names = [fold(name) for name in (row["name"], *row.get("also", ()), *row.get("weak", ()))]
        assert sorted({name for name in names if names.count(name) > 1}) == [], row["id"]


def test_what_rows_refer_to_is_there() -> None:
    sorts = {row["id"]: row.get("sort", "body") for row in WORDS.rows("actors")}
    for row in WORDS.rows("actors"):
        assert row.get("follows", row["id"]) in sorts
        for office in row.get("offices", ()):
            assert sorts[office.split(" ")[0]] == "office", office
            assert row["sort"] == "person"


def test_a_name_alone_in_the_language_is_no_actor_of_it() -> None:
    """Words that every text may hold are weak, or stand in no row."""
    common = ["الحركة", "التنظيم", "الجماعة", "القوات", "النظام", "الحياة", "الجزيرة", "الوطن", "العالم", "الأسد", "فتح", "بدر", "القاعدة"]
    for word in common:
        assert not [one for one in actors(f"رأى الصياد {word} ثم مضى") if one.actor is not None], word


@pytest.mark.parametrize("name", ["التنظيم", "داعش", "وزارة"])
def test_clitics_come_off_as_they_go_on(name: str) -> None:
    for form in with_clitics(name):
        assert name in without_clitics(form), form


@pytest.mark.parametrize(
    ("text", "say", "actor"),
    [
        ("قالت «قسد» إن الجسر مغلق", "قسد", "sdf"),
        ("سلم الأسرى للحوثيين أمس", "للحوثيين", "houthis"),
        ("وقصفت فصيل «فرقة الحمزة» القرية", "فصيل «فرقة الحمزة»", "hamza-division"),
        ("نقلت قناة «الحدث» عن شهود", "قناة «الحدث»", "al-hadath"),
        ("لقاء مع عبدالفتاح السيسي", "عبدالفتاح السيسي", "abdel-fattah-el-sisi"),
        ("بايع أبا بكر البغدادي", "أبا بكر البغدادي", "abu-bakr-al-baghdadi"),
        ("مليشيات الحوثي في الوادي", "مليشيات الحوثي", "houthis"),
        ("بيان القياده المركزيه الامريكيه", "القياده المركزيه الامريكيه", "centcom"),
        ("وَأعلنَ تَنظيمُ داعِش", "تَنظيمُ داعِش", "islamic-state"),
    ],
)
def test_a_name_is_found_in_every_spelling(text: str, say: str, actor: str) -> None:
    assert who(text, say) == actor


def test_the_longest_name_is_found() -> None:
    assert told("الجيش السوري الحر والجيش السوري") == [("الجيش السوري الحر", "fsa"), ("والجيش السوري", "syria-army")]


def test_a_name_within_an_office_is_found_too() -> None:
    assert told("مدير المرصد السوري لحقوق الإنسان") == [
        ("مدير المرصد السوري لحقوق الإنسان", "sohr-director"),
        ("المرصد السوري لحقوق الإنسان", "sohr"),
    ]


def test_a_name_at_the_end_of_another_is_found_too() -> None:
    assert told("قصفت قوات الحكومة السورية التل، وقالت الحكومة إنها حققت") == [
        ("قوات الحكومة السورية", "syria-army"),
        ("الحكومة السورية", "syria-government"),
        ("الحكومة", "syria-government"),
    ]
    assert told("وصلت كتائب حزب الله") == [("كتائب حزب الله", "kataib-hezbollah")]


def test_a_name_ends_with_its_sentence() -> None:
    assert told("وصل حزب. الله أعلم") == []


@pytest.mark.parametrize("row", [row for row in WORDS.rows("actorwords") if row["role"] == "spelling"], ids=lambda row: row["group"])
def test_every_spelling_is_one(row: Row) -> None:
    assert len({NAMES.spelled(fold(word)) for word in row["words"]}) == 1


@pytest.mark.parametrize("row", [row for row in WORDS.rows("actorwords") if row["role"] == "country"], ids=lambda row: row["group"])
def test_every_word_of_a_country_speaks_of_it(row: Row) -> None:
    assert row["group"] in {actor["country"] for actor in WORDS.rows("actors") if "country" in actor}
    for word in row["words"]:
        for form in (word, f"و{word}", f"ل{word}"):
            said = NAMES.tell(fold(form))
            assert said is not None
            assert said.country == row["group"], form


def test_who_held_an_office_in_a_year() -> None:
    assert [actor.id for actor in NAMES.holders("us-president", 2015)] == ["barack-obama"]
    assert [actor.id for actor in NAMES.holders("us-president", 2017)] == ["barack-obama", "donald-trump"]
    assert NAMES.holders("us-president", 1901) == []


# -- weak names


@pytest.mark.parametrize(
    ("text", "say", "actor"),
    [
        ("حذر الجيش الوطني من التقدم في ريف حلب", "الجيش الوطني", "sna"),
        ("حذر الجيش الوطني من التقدم نحو بنغازي الليبية", "الجيش الوطني", "lna"),
        ("حذر الجيش الوطني من التقدم", "الجيش الوطني", None),
        ("حذر الجيش الوطني في حلب، ورد الجيش الوطني الليبي في ليبيا، وسكت الجيش الوطني", "الجيش الوطني", "lna"),
        ("أعلنت حماس في غزة ذلك", "حماس", "hamas"),
        ("قال لـ«عكاظ» إن الجسر مغلق", "عكاظ", "okaz"),
        ("وصل الرئيس الأسد إلى دمشق", "الأسد", "bashar-al-assad"),
        ("قال بشار الأسد ذلك، وأضاف الأسد", "الأسد", "bashar-al-assad"),
    ],
)
def test_a_weak_name_needs_support(text: str, say: str, actor: str | None) -> None:
    assert who(text, say) == actor


@pytest.mark.parametrize(
    "text",
    [
        "لعب الفريق بحماس كبير",
        "سافر إلى سوق عكاظ",
        "زار وليد الأسد دمشق مع بشار",
        "نشرت صحيفة «الحياة» ذلك، وللحياة وجوه",
    ],
)
def test_a_common_word_is_no_actor(text: str) -> None:
    assert [one.actor.id for one in actors(text) if one.actor is not None and "صحيفة" not in one.span.of(text)] == []


# -- short names that a text gives


@pytest.mark.parametrize(
    "text",
    [
        "أعلنت حركة النهوض المنارية، المعروفة اختصارا بـ«حنم»، انسحابها. وقالت حنم إن الطريق آمن",
        "أعلنت حركة النهوض المنارية (حنم) انسحابها. وقالت حنم إن الطريق آمن",
        "أعلنت حركة النهوض المنارية «حنم» انسحابها. وقالت حنم إن الطريق آمن",
        "أعلنت حركة النهوض المنارية وتعرف باسم «حنم» انسحابها. وقالت حنم إن الطريق آمن",
    ],
)
def test_a_short_name_is_valid_from_where_it_is_given(text: str) -> None:
    assert who(text, "حنم") == "حركة النهوض المنارية"
    (one, *_) = [one for one in actors(text) if one.how == "introduced"]
    assert one.of is not None
    assert one.of.of(text) == "حركة النهوض المنارية"


@pytest.mark.parametrize("word", ROLES["introduces"])
def test_every_word_that_introduces_a_short_name(word: str) -> None:
    assert who(f"وصلت حركة النهوض المنارية {word} «حنم» أمس", "حنم") == "حركة النهوض المنارية"


@pytest.mark.parametrize("word", ROLES["between"])
def test_every_word_that_may_stand_before_a_short_name(word: str) -> None:
    assert who(f"وصلت حركة النهوض المنارية المعروفة {word} «حنم» أمس", "حنم") == "حركة النهوض المنارية"


def test_a_short_name_is_not_valid_before_it_is_given() -> None:
    assert told("وصلت حنم أمس. وقالت حركة النهوض المنارية (حنم) إنها باقية")[0] == ("حركة النهوض المنارية", "حركة النهوض المنارية")


@pytest.mark.parametrize(
    "text",
    [
        "توعد مجلس السهل «يظهرون شكوكا»",
        "وصلت قوات الوادي «سالم» أمس",
        "قصفت القوات التركية (شمالا) القرية",
        "التقى الجيش السوري (15 جنديا) بهم",
        "قسد «الشجاعة» عادت",
    ],
)
def test_what_stands_in_brackets_is_not_always_a_short_name(text: str) -> None:
    assert [one for one in actors(text) if one.how == "introduced" and one.span.of(text) != "شمالا"] == []


# -- names by form


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قالت شرطة الوادي الأخضر إن الطريق آمن", "شرطة الوادي الأخضر"),
        ("نشرت صحيفة «نداء السهل» الخبر", "صحيفة «نداء السهل»"),
        ("ذكرت مصادر عسكرية معارضة ذلك", "مصادر عسكرية معارضة"),
        ("انسحبت ميليشيا الذئاب التابعة لأحد التجار", "ميليشيا الذئاب"),
    ],
)
def test_a_noun_and_what_goes_with_it_is_a_name(text: str, name: str) -> None:
    (one,) = [one for one in actors(text) if one.how == "form"]
    assert (one.name, one.actor, one.resolved) == (name, None, True)


@pytest.mark.parametrize("text", ["وصلت قوات كبيرة إلى الجسر", "في مركز حدودي قديم", "رأى حركة غريبة في الوادي"])
def test_a_noun_and_its_adjective_is_no_name(text: str) -> None:
    assert actors(text) == ()


@pytest.mark.parametrize("word", ROLES["governs"])
def test_a_participle_that_says_more_is_no_part_of_a_name(word: str) -> None:
    names = {one.name for form in (word, f"{word}ة", f"ال{word}ة") for one in actors(f"انسحبت ميليشيا الذئاب {form} لغيرها")}
    assert names == {"ميليشيا الذئاب"}


# -- what stands for a name


@pytest.mark.parametrize("word", ROLES["epithet"])
def test_every_epithet_leaves_a_short_form_what_it_is(word: str) -> None:
    said = f"التنظيم {word}" if word.endswith(("ه", "ها", "هم")) else f"التنظيم ال{word}"
    assert who(f"انسحب داعش. وعاد {said} أمس", said) == "islamic-state"


@pytest.mark.parametrize("row", [row for row in WORDS.rows("actorwords") if row["role"] == "unnamed source"], ids=lambda row: row["group"])
def test_a_source_without_a_name_is_the_one_before(row: Row) -> None:
    for word in row["words"]:
        assert who(f"ذكر {word} محلي ذلك. وأضاف ال{word} أنه تم", f"ال{word}") == f"{word} محلي"


@pytest.mark.parametrize(
    ("text", "say", "meant"),
    [
        ("أعلن تنظيم داعش انسحابه. وقال التنظيم إنه سيعود", "التنظيم", "islamic-state"),
        ("سيطر داعش على التل. وانسحب مسلحو التنظيم المتطرف", "التنظيم المتطرف", "islamic-state"),
        ("قالت حركة أحرار الشام إنها وصلت، وسلمت للحركة أسلحة", "للحركة", "ahrar-al-sham"),
        ("وثق المرصد السوري لحقوق الإنسان القصف، وبحسب المرصد قتل ثلاثة", "المرصد", "sohr"),
        ("قالت مصادر محلية إن الجسر مغلق، وأضافت المصادر أنه سيفتح", "المصادر", "مصادر محلية"),
        ("أفاد مصدر عسكري بالقصف. وأضاف المصدر نفسه أنه توقف", "المصدر نفسه", "مصدر عسكري"),
        ("ذكرت شبكة «صدى التل» ذلك. وأضاف المصدر أن الطريق قطع", "المصدر", "شبكة «صدى التل»"),
        ("قصفت قوات النظام السوري القرية وقتلت القوات ثلاثة", "القوات", "syria-army"),
        ("أنقذ الدفاع المدني السوري طفلين. وقالت المنظمة إنهما بخير", "المنظمة", "white-helmets"),
        ("قصفت طائرات التحالف الدولي التل، وقال التحالف إنه يحقق", "التحالف", "global-coalition"),
        ("التحالف يقصف التل\nقال التحالف الدولي إن طائراته قصفت التل", "التحالف", "global-coalition"),
        ("حذرت خارجية المنارة من ذلك. وقالت الوزارة إنها ترد", "الوزارة", "خارجية المنارة"),
        ("طالب حزب الوادي بجلسة عن حزب السهل. وأوضح ممثل الحزب ذلك", "الحزب", "حزب الوادي"),
        ("قال التحالف الذي يقصف التل إنه يحقق. وأضاف التحالف ذلك", "التحالف", "التحالف"),
    ],
)
def test_a_definite_noun_stands_for_who_was_named(text: str, say: str, meant: str) -> None:
    assert who(text, say) == meant


@pytest.mark.parametrize(
    ("text", "say", "why"),
    [
        ("وصلت الجماعة إلى السوق", "الجماعة", "nobody before it fits"),
        ("اتفقت وزارة النقل ووزارة الزراعة، وقالت الوزارة إن العمل بدأ", "الوزارة", "two that are named together fit"),
        ("يضم الحلف مجموعة من الفصائل", "الفصائل", "some of many"),
        ("نشر الخبر أمس\nالمصدر: جريدة", "المصدر", "a label"),
    ],
)
def test_it_stays_open_where_nobody_or_several_fit(text: str, say: str, why: str) -> None:
    (one,) = [one for one in actors(text) if one.span.of(text) == say]
    assert (one.actor, one.of, one.resolved, one.why) == (None, None, False, why)


@pytest.mark.parametrize("text", ["وصل اللواء سالم الدهان", "قصف اللواء 112 التل", "حذرت القوات الزرقاء من ذلك"])
def test_a_definite_noun_with_a_name_stands_for_nobody_else(text: str) -> None:
    assert [one for one in actors(f"لواء الوادي وقوات السهل. {text}") if one.how == "coreference" and one.of is not None] == []


@pytest.mark.parametrize(("group", "noun"), SHORT_FORMS, ids=[f"{group}-{noun}" for group, noun in SHORT_FORMS])
def test_every_short_form_stands_for_what_it_heads(group: str, noun: str) -> None:
    short = f"ال{noun}"
    text = f"{noun} «صدى المنارة» هنا. هذا {short} هناك"
    (one,) = [one for one in actors(text) if one.span.of(text) == short]
    assert one.of is not None
    assert one.of.of(text) == f"{noun} «صدى المنارة»"


def test_a_common_noun_counts_where_the_text_comes_back_to_it() -> None:
    assert told("وصل إلى مركز المدينة أمس") == []
    assert [name for _, name in told("أعلن مركز الوادي ذلك. ثم أضاف المركز أنه تم")] == ["مركز الوادي", "مركز الوادي"]
    assert told("توقفت الحركة في السوق") == []


# -- persons


def test_a_persons_family_name_stands_for_them_later() -> None:
    text = "قال القائد أبو حمزة القرواني إن الهدنة قائمة. وغادر القرواني مساء"
    assert who(text, "القرواني") == "أبو حمزة القرواني"
    text = "وثق رامي عبد الرحمن ذلك. ثم عاد عبد الرحمن"
    assert who(text, "عبد الرحمن") == "rami-abdulrahman"


def test_a_family_name_of_two_persons_stays_open() -> None:
    text = "قال العمدة سالم الدهان ذلك، ورد الطبيب حسن الدهان عليه. ثم ابتسم الدهان"
    assert [words for words, _ in told(text)].count("الدهان") == 0


def test_a_title_stands_for_who_was_named_with_it() -> None:
    text = "قال مدير مرصد المنارة سالم الدهان إن الجسر مغلق. وأكد مدير المرصد أن الطريق آمن"
    assert who(text, "مدير المرصد") == "سالم الدهان"


def test_a_title_of_nobody_named_stands_for_nobody() -> None:
    assert [one for one in actors("أكد مدير المرصد أن الطريق آمن") if one.span.of("أكد مدير المرصد أن الطريق آمن") == "مدير المرصد"] == []


# -- a reader's own tables


def own(folder: Path, text: str) -> Words:
    (folder / "actors.toml").write_text(text, "utf-8")
    return load(folder)


def test_a_reader_adds_an_actor(tmp_path: Path) -> None:
    words = own(tmp_path, '[[entry]]\nid = "manara-guards"\nkind = "PRM"\nname = "حراس المنارة"\nalso = ["حم"]\n')
    assert told("قال حراس المنارة إن حم باقية", words) == [("حراس المنارة", "manara-guards"), ("حم", "manara-guards")]
    assert who("قال داعش ذلك", "داعش") == "islamic-state"


def test_a_reader_adds_a_name_to_an_actor(tmp_path: Path) -> None:
    words = own(tmp_path, '[[entry]]\nid = "sdf"\nalso = ["حلف السهل"]\n')
    assert [meant for _, meant in told("قال حلف السهل إن قسد باقية", words)] == ["sdf", "sdf"]


def test_a_reader_takes_a_name_or_an_actor_out(tmp_path: Path) -> None:
    words = own(tmp_path, 'without = ["الخوذ البيضاء", "wagner"]\n')
    assert [meant for _, meant in told("الخوذ البيضاء والدفاع المدني السوري وفاغنر", words)] == ["white-helmets"]


# -- laws

_PIECES = [
    "قسد", "داعش", "التنظيم", "«", "»", "(", ")", "،", ".", "\n", "المصادر", "مصادر محلية", "قوات", "سوريا", "الديمقراطية", "الجيش",
    "الوطني", "المعروفة", "بـ", "قال", "أن", "مدير", "المرصد", "السوري", "أبو", "عبد", "الرحمن", "و", "ل", "15", "ISIS", "-", "حزب", "الله",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_mentions_are_whole_words_in_order_and_the_same_twice(text: str) -> None:
    found = actors(text)
    assert found == actors(text)
    assert [one.span for one in found] == sorted((one.span for one in found), key=lambda span: (span.start, -span.end))
    starts, ends = set(read(text).starts), set(read(text).ends)
    for one in found:
        assert one.span.start in starts
        assert one.span.end in ends
        assert one.of is None or one.of.end <= len(text)
        assert one.name
