"""The words are tested: each table is well formed, no word stands twice, each is read by a rule, and each row has its example."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from riwaya.errors import WordsError
from riwaya.extract.cues import cue_words
from riwaya.extract.scan import Lexicon
from riwaya.lang.shapes import SHAPES
from riwaya.lang.tables import PACKAGED, Row, check, keys_of, load
from riwaya.text.normal import fold
from riwaya.text.words import read

WORDS = load()
CORPUS = Path(__file__).parents[1] / "corpus" / "ar"
EXTRACTORS = {
    "numbers": ("quantities", "times"),
    "counted": ("quantities",),
    "afternumbers": ("quantities",),
    "beforenumbers": ("quantities",),
    "bounds": ("quantities",),
    "months": ("times",),
    "weekdays": ("times",),
    "timewords": ("times",),
    "timecontexts": ("times",),
}
"""The tables whose rows have their examples in corpus files, and which files."""
SPELLED = {"languages"}
"""Tables that are compared as they are spelled: there two words may fold to the same letters."""
LISTS = ("words", "say", "past", "present", "participle", "noun", "two")
"""Fields that hold words of Arabic. `never` holds raw spellings, some of which differ only in what folding takes away."""
CLITICS = "(?<!\\w)\\w{0,4}"  # what may be attached before a word of a table


def words_of(row: Row) -> Iterator[tuple[str, str]]:
    for name in LISTS:
        for word in row.get(name, ()):
            yield name, word


# -- form


def test_every_table_has_a_shape_and_every_shape_a_table() -> None:
    assert {path.stem for path in PACKAGED.glob("*.toml")} == set(SHAPES)


def test_the_packaged_tables_pass_the_check_that_users_tables_pass() -> None:
    assert check(PACKAGED) == []


@pytest.mark.parametrize("table", SHAPES)
def test_each_table_says_at_its_head_what_it_holds(table: str) -> None:
    assert (PACKAGED / f"{table}.toml").read_text("utf-8").startswith("# ")
    assert WORDS.rows(table)


@pytest.mark.parametrize("table", SHAPES)
def test_each_row_is_well_formed(table: str) -> None:
    assert list(faults(table)) == []


def faults(table: str) -> Iterator[str]:
    for number, row in enumerate(WORDS.rows(table), 1):
        for name, value in row.items():
            if value == [] and name not in ("endings", "prefixes"):
                yield f"entry {number}: {name} is an empty list"
        for name, word in words_of(row):
            if word != " ".join(word.split()) or not fold(word).strip():
                yield f"entry {number}: {name}: {word!r} is empty, or has stray white space"
        for name in LISTS:
            spelled = [word if table in SPELLED else fold(word) for word in row.get(name, ())]
            for word in sorted({word for word in spelled if spelled.count(word) > 1}):
                yield f"entry {number}: {name}: {word} stands twice, once folded"


@pytest.mark.parametrize("table", SHAPES)
def test_no_key_stands_in_two_rows(table: str) -> None:
    keys = [key for row in WORDS.rows(table) for key in keys_of(row, SHAPES[table])]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("table", ["heads", "particles", "names"])
def test_no_word_stands_in_two_rows(table: str) -> None:
    """It would be of the first: in the second it is dead. "before a name" alone repeats words, and is looked up apart."""
    words = [fold(word) for row in WORDS.rows(table) if row.get("head") != "before a name" for word in row["words"]]
    assert sorted({word for word in words if words.count(word) > 1}) == []


@pytest.mark.parametrize("table", SHAPES)
def test_every_table_is_read_by_a_rule(table: str) -> None:
    source = PACKAGED.parents[1]
    rooms = [path for room in ("parse", "extract") for path in (source / room).glob("*.py")]
    assert any(f'"{table}"' in path.read_text("utf-8") for path in rooms)


def test_no_word_has_a_letter_of_a_presentation_form() -> None:
    """Letters as keyboards type them: a table in presentation forms would match as well, but nobody could search it."""
    for table in SHAPES:
        assert not re.search("[\ufb50-\ufdff\ufe70-\ufefc]", (PACKAGED / f"{table}.toml").read_text("utf-8"))


# -- examples


def said(extractor: str) -> str:
    corpus = tomllib.loads((CORPUS / f"{extractor}.toml").read_text("utf-8"))
    return "\n".join(fold(phrase) for kind in ("case", "never", "wanted") for row in corpus.get(kind, ()) for phrase in row["say"])


@pytest.mark.parametrize("table", EXTRACTORS)
def test_every_row_has_its_example(table: str) -> None:
    """At least one of its words is in a phrase of the extractor's corpus, with or without what may be attached to it."""
    phrases = "\n".join(map(said, EXTRACTORS[table]))
    without = [
        row["words"]
        for row in WORDS.rows(table)
        if not any(re.search(CLITICS + re.escape(fold(word)).replace(r"\*", r"\w*") + "(?!\\w)", phrases) for word in row["words"])
    ]
    assert without == []


def test_every_form_of_a_reporting_word_is_known_as_its_own() -> None:
    """What the table spells out is found again: each word of a row, bare, gives a reading of that row."""
    forms = cue_words(WORDS).forms
    for row in WORDS.rows("cues"):
        for name in ("past", "present", "participle", "noun", "words"):
            for word in row.get(name, ()):
                found = {(form.cue, form.part) for form in forms(fold(word))}
                assert (row["cue"], "word" if name == "words" else name) in found, word


@pytest.mark.parametrize("row", WORDS.rows("agreement"), ids=lambda row: row["form"])
def test_every_agreement_has_a_reporting_word_that_shows_it(row: Row) -> None:
    """قال, قالت, قالوا, يقولون, قائلا, …: the form of a cue by this row is read with the person, gender and number that the row says."""
    part, who = row["form"].split()
    stems = [stem for cue in WORDS.rows("cues") for stem in cue.get(part, ())]
    expected = tuple(who)
    shown = {
        (form.person, form.gender, form.number)
        for stem in stems
        for ending in row["endings"]
        for form in cue_words(WORDS).forms((fold(row["prefixes"][0]) + fold(stem)[1:] if part == "present" else fold(stem)) + fold(ending))
        if form.part == part
    }
    assert expected in shown


def test_every_head_and_name_is_known_by_the_lexicon() -> None:
    lexicon = Lexicon(WORDS)
    assert all(fold(word) in lexicon.head for row in WORDS.rows("heads") for word in row["words"])
    assert all(fold(word) in lexicon.names for row in WORDS.rows("names") for word in row["words"])
    assert all(fold(word) in lexicon.particle for row in WORDS.rows("particles") for word in row["words"])


def test_words_of_one_token_are_one_token() -> None:
    """A word that the rules look up as a token must be read as one token from a text."""
    for table in ("cues", "heads", "names", "particles", "weekdays"):
        for row in WORDS.rows(table):
            for name, word in words_of(row):
                assert len(read(word).words) == len(word.split()), (table, name, word)


# -- a user's own folder


def test_a_users_rows_are_added_and_stand_before_the_packaged(tmp_path: Path) -> None:
    (tmp_path / "cues.toml").write_text('[[entry]]\ncue = "ترنّم"\ngroup = "say"\npast = ["ترنّم"]\n', "utf-8")
    own = load(tmp_path)
    assert len(own.rows("cues")) == len(WORDS.rows("cues")) + 1
    assert own.digest != WORDS.digest
    assert [form.cue for form in cue_words(own).forms(fold("ترنمت"))] == ["ترنّم"]
    assert cue_words(WORDS).forms(fold("ترنمت")) == ()


def test_a_users_row_replaces_the_packaged_row_of_the_same_key(tmp_path: Path) -> None:
    (tmp_path / "cues.toml").write_text('[[entry]]\ncue = "قال"\ngroup = "say"\npast = ["قال"]\n', "utf-8")
    own = load(tmp_path)
    assert len(own.rows("cues")) == len(WORDS.rows("cues"))
    assert [row for row in own.rows("cues") if row["cue"] == "قال"] == [{"cue": "قال", "group": "say", "past": ["قال"]}]


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("verbs.toml", "", "no such table"),
        ("cues.toml", '[[entry]]\ncue = "همس"\n', "group is missing"),
        ("cues.toml", '[[entry]]\ncue = "همس"\ngroup = "say"\ncolour = "red"\n', "colour is not a field"),
        ("cues.toml", '[[entry]]\ncue = "همس"\ngroup = "say"\npast = "همس"\n', "should be of type list"),
        ("cues.toml", '[[entry]]\ncue = "همس"\ngroup = "say"\nattitude = "loud"\n', "should be of asserted"),
        (
            "cues.toml",
            '[[entry]]\ncue = "أكل"\ngroup = "say"\npast = ["أكل"]\n[[entry]]\ncue = "اكل"\ngroup = "say"\npast = ["أكل"]\n',
            "stands already",
        ),
        ("cues.toml", '[[entry]]\ncue = "ـ"\ngroup = "say"\npast = ["همس"]\n', "an empty word"),
        ("cues.toml", '[[entry]]\ncue = "همس"\ngroup = "say"\npast = ["ـ"]\n', "an empty word in past"),
        ("cues.toml", '[[entry]]\ncue = "همس"\ngroup = "say"\npast = []\n', "past is an empty list"),
        ("cues.toml", '[[entry]]\ncue = "همس"\ngroup = "say"\npast = [1]\n', "should be a list of words"),
        ("cues.toml", '[[entry]]\ncue = "همس"\ngroup = "say"\npast = ["همس له"]\n', "more than one word"),
        ("cues.toml", '[[entry]]\ncue = "همس"\ngroup = "say"\npresent = ["أهمس"]\n', "does not begin with ي"),
        ("cues.toml", '[[entry]]\ncue = "همس"\ngroup = "says"\npast = ["همس"]\n', "group should be of .*say"),
        ("cues.toml", '[[entry]]\ncue = "همس"\ngroup = "say"\n', "no form of the word"),
        ("cues.toml", "entry = 5\n", "entry should be rows"),
        ("agreement.toml", '[[entry]]\nform = "past"\nendings = ["ن"]\n', "form: past should be"),
        ("agreement.toml", '[[entry]]\nform = "future 3ms"\nendings = ["ن"]\n', "form: future 3ms should be"),
        ("agreement.toml", '[[entry]]\nform = "present 2ms"\nendings = [""]\n', "prefixes is missing"),
        ("heads.toml", '[[entry]]\nhead = "guild"\nkind = "human"\nwords = ["حرفيون"]\n', "kind should be of"),
        ("names.toml", '[[entry]]\norigin = "mine"\nwords = ["أم كلثوم"]\n', "more than one word"),
        ("cues.toml", '[[row]]\ncue = "همس"\n', r"only \[\[entry\]\] rows"),
        ("cues.toml", "[[entry]\n", "cues.toml"),
        ("weekdays.toml", '[[entry]]\nwords = ["الأحد"]\nday = true\n', "should be of type int"),
    ],
)
def test_each_fault_is_named(tmp_path: Path, name: str, text: str, fault: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    (told,) = check(tmp_path)
    assert re.search(fault, told)
    if name != "verbs.toml":
        with pytest.raises(WordsError, match=fault):
            load(tmp_path)


def test_every_row_that_is_wrong_is_told(tmp_path: Path) -> None:
    (tmp_path / "cues.toml").write_text('[[entry]]\ncue = "همس"\n[[entry]]\ncue = "صاح"\ngroup = "say"\npast = "صاح"\n', "utf-8")
    (tmp_path / "names.toml").write_text('[[entry]]\norigin = "mine"\n', "utf-8")
    assert check(tmp_path) == [
        "cues.toml, entry 1: group is missing",
        "cues.toml, entry 2: past should be of type list",
        "names.toml, entry 1: words is missing",
    ]


def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    assert check(tmp_path) == [f"{tmp_path}: holds no .toml table"]
    assert check(tmp_path / "nowhere") == [f"{tmp_path / 'nowhere'}: not a folder"]
