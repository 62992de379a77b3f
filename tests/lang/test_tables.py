"""The words are tested: each table is well formed, no word stands twice, each is read by a rule, and each row has its example."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import riwaya
from riwaya.errors import WordsError
from riwaya.extract.cues import cue_words
from riwaya.extract.scan import Lexicon
from riwaya.lang import tables
from riwaya.lang.shapes import SHAPES
from riwaya.lang.tables import PACKAGED, Row, Words, _load, check, keys_of, load
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
    rooms = [path for room in ("parse", "places", "extract") for path in (source / room).glob("*.py")]
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


def own(folder: Path, table: str, text: str) -> Words:
    (folder / f"{table}.toml").write_text(text, "utf-8")
    return load(folder)


def row_of(words: Words, table: str, key: str) -> Row:
    (row,) = [row for row in words.rows(table) if fold(key) in keys_of(row, SHAPES[table])]
    return row


GROUPS = [name for name, shape in SHAPES.items() if shape.fields[shape.key] is str and "words" in shape.fields and name != "cues"]


@pytest.mark.parametrize("table", GROUPS)
def test_a_users_words_are_added_to_the_packaged_group_of_the_same_name(table: str, tmp_path: Path) -> None:
    key = SHAPES[table].key
    for packaged in WORDS.rows(table):
        _load.cache_clear()
        found = own(tmp_path, table, f'[[entry]]\n{key} = "{packaged[key]}"\nwords = ["زنمردة", "{packaged["words"][0]}"]\n')
        assert row_of(found, table, packaged[key]) == {**packaged, "words": [*packaged["words"], "زنمردة"]}
        assert len(found.rows(table)) == len(WORDS.rows(table))


def test_what_a_users_row_adds_is_read(tmp_path: Path) -> None:
    text = "وقال زنمرد القرية إن الجسر مفتوح"
    found = own(tmp_path, "heads", '[[entry]]\nhead = "role"\nwords = ["زنمرد"]\n')
    assert Lexicon(found).head[fold("زنمرد")] == "role"
    assert all(fold(word) in Lexicon(found).head for row in WORDS.rows("heads") for word in row["words"])
    assert riwaya.annotate(text, words=tmp_path).made_by != riwaya.annotate(text).made_by


def test_a_users_row_of_a_cue_adds_its_forms_and_sets_its_other_fields(tmp_path: Path) -> None:
    found = own(tmp_path, "cues", '[[entry]]\ncue = "قال"\nattitude = "hedged"\nnoun = ["مقالتان"]\n')
    packaged = row_of(WORDS, "cues", "قال")
    assert row_of(found, "cues", "قال") == {**packaged, "attitude": "hedged", "noun": [*packaged.get("noun", []), "مقالتان"]}


def test_a_word_that_is_a_key_moves_to_the_users_row(tmp_path: Path) -> None:
    packaged = next(row for row in WORDS.rows("months") if len(row["words"]) > 1)
    moved, *rest = packaged["words"]
    found = own(tmp_path, "months", f'[[entry]]\nwords = ["{moved}"]\ncalendar = "hijri"\nmonth = 3\n')
    assert row_of(found, "months", moved) == {"words": [moved], "calendar": "hijri", "month": 3}
    assert row_of(found, "months", rest[0]) == {**packaged, "words": rest}


@pytest.mark.parametrize("table", SHAPES)
def test_a_word_can_be_taken_out(table: str, tmp_path: Path) -> None:
    shape = SHAPES[table]
    word = next(word for row in WORDS.rows(table) for word in (row.get("words") or [next(keys_of(row, shape))]))
    found = own(tmp_path, table, f'without = ["{word}"]\n')
    assert all(fold(word) not in map(fold, (*row.get("words", ()), *keys_of(row, shape))) for row in found.rows(table))
    kept = [row for row in WORDS.rows(table) if fold(word) not in map(fold, (*row.get("words", ()), *keys_of(row, shape)))]
    assert [row for row in found.rows(table) if row in kept] == kept


def test_a_row_is_replaced_by_taking_it_out_and_adding_another(tmp_path: Path) -> None:
    found = own(tmp_path, "cues", 'without = ["قال"]\n[[entry]]\ncue = "قال"\ngroup = "say"\npast = ["قال"]\n')
    assert row_of(found, "cues", "قال") == {"cue": "قال", "group": "say", "past": ["قال"]}


def test_the_documents_examples_of_own_tables_are_tables(tmp_path: Path, project: Path) -> None:
    examples = re.findall(r"```toml\n# DIR/(\w+\.toml)\n(.*?)```", (project / "docs" / "words.md").read_text("utf-8"), re.DOTALL)
    for name, text in examples:
        (tmp_path / name).write_text(text, "utf-8")
    assert check(tmp_path) == []
    assert {name for name, _ in examples} == {"cues.toml", "heads.toml", "actors.toml"}


def test_the_digest_is_of_every_file_that_says_what_a_word_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One letter more in a table, or in the classes of words, is another digest."""
    for path in PACKAGED.glob("*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(tables, "PACKAGED", tmp_path)
    assert _load.__wrapped__(None).digest == WORDS.digest
    for path in sorted(path for path in tmp_path.glob("*") if path.suffix in (".toml", ".txt")):
        data = path.read_bytes()
        path.write_bytes(data + (b"\n# more\n" if path.suffix == ".toml" else b"\n7 more\n"))
        assert _load.__wrapped__(None).digest != WORDS.digest, path.name
        path.write_bytes(data)


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("verbs.toml", "", "no such table"),
        ("cues.toml", '[[entry]]\ncue = "زمردن"\n', "group is missing"),
        ("cues.toml", '[[entry]]\ncue = "زمردن"\ngroup = "say"\ncolour = "red"\n', "colour is not a field"),
        ("cues.toml", '[[entry]]\ncue = "زمردن"\ngroup = "say"\npast = "همس"\n', "should be of type list"),
        ("cues.toml", '[[entry]]\ncue = "زمردن"\ngroup = "say"\nattitude = "loud"\n', "should be of asserted"),
        (
            "cues.toml",
            '[[entry]]\ncue = "أكل"\ngroup = "say"\npast = ["أكل"]\n[[entry]]\ncue = "اكل"\ngroup = "say"\npast = ["أكل"]\n',
            "stands already",
        ),
        ("cues.toml", '[[entry]]\ncue = "ـ"\ngroup = "say"\npast = ["زمردن"]\n', "an empty word"),
        ("cues.toml", '[[entry]]\ncue = "زمردن"\ngroup = "say"\npast = ["ـ"]\n', "an empty word in past"),
        ("cues.toml", '[[entry]]\ncue = "قال"\npast = [""]\n', "an empty word in past"),
        ("cues.toml", '[[entry]]\ncue = "زمردن"\ngroup = "say"\npast = []\n', "past is an empty list"),
        ("cues.toml", '[[entry]]\ncue = "زمردن"\ngroup = "say"\npast = [1]\n', "should be a list of words"),
        ("cues.toml", '[[entry]]\ncue = "زمردن"\ngroup = "say"\npast = ["زمردن له"]\n', "more than one word"),
        ("cues.toml", '[[entry]]\ncue = "زمردن"\ngroup = "say"\npresent = ["أزمردن"]\n', "does not begin with ي"),
        ("cues.toml", '[[entry]]\ncue = "زمردن"\ngroup = "says"\npast = ["زمردن"]\n', "group should be of .*say"),
        ("cues.toml", '[[entry]]\ncue = "زمردن"\ngroup = "say"\n', "no form of the word"),
        ("cues.toml", "entry = 5\n", "entry should be a row"),
        ("agreement.toml", '[[entry]]\nform = "past"\nendings = ["ن"]\n', "form: past should be"),
        ("agreement.toml", '[[entry]]\nform = "future 3ms"\nendings = ["ن"]\n', "form: future 3ms should be"),
        ("agreement.toml", '[[entry]]\nform = "present 2ms"\nendings = [""]\n', "prefixes is missing"),
        ("heads.toml", '[[entry]]\nhead = "guild"\nkind = "human"\nwords = ["زمردنون"]\n', "kind should be of"),
        ("names.toml", '[[entry]]\norigin = "mine"\nwords = ["أم زمردن"]\n', "more than one word"),
        ("cues.toml", '[[row]]\ncue = "زمردن"\n', r"only \[\[entry\]\] rows"),
        ("cues.toml", '[entry]\ncue = "زمردن"\n', r"entry should be a row, \[\[entry\]\]"),
        ("cues.toml", 'without = "قال"\n', "without should be a list"),
        ("cues.toml", 'without = ["زمردن"]\n', "زمردن is no word of the packaged table"),
        ("cues.toml", '[[entry]]\ncue = "زمردن"\ngroup = "say"\nwithout = ["قال"]\n', "without stands before the first"),
        ("heads.toml", '[[entry]]\nhead = "wizards"\nwords = ["زمردن"]\n', "kind is missing"),
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
    (tmp_path / "cues.toml").write_text('[[entry]]\ncue = "زمردن"\n[[entry]]\ncue = "صاح"\npast = "صاح"\n', "utf-8")
    (tmp_path / "names.toml").write_text('[[entry]]\norigin = "mine"\n', "utf-8")
    assert check(tmp_path) == [
        "cues.toml, entry 1: group is missing",
        "cues.toml, entry 2: past should be of type list",
        "names.toml, entry 1: words is missing",
    ]


def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    assert check(tmp_path) == [f"{tmp_path}: holds no .toml table"]
    assert check(tmp_path / "nowhere") == [f"{tmp_path / 'nowhere'}: not a folder"]
