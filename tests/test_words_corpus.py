"""What the words of attribution must and must not be read as: one runner for the files of `corpus/` that are named as a table.

The path decides what is tested: `corpus/<language>/<table>.toml` tests how the rules look up the words of that table, and nothing else.
A file holds
  `[[case]]`    `means`, what the table says of a word, and `say`, the words as they stand in texts, with what is attached to them
  `[[never]]`   `say`: words that look like it, and are not read so; without `means`, as nothing of the table
  `[[wanted]]`  like a case, but does not pass yet; with `never = true` like a never. The test fails when it starts to pass
In `say`, square brackets mark the word that is looked up where it needs words around it; in `cues`, what a word is read as stands behind it
(the file's head says how). Words are compared in their normal form. Each row of a table needs a case, or a wanted one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from riwaya.extract.cues import Form
from riwaya.extract.names import unprefixed
from riwaya.extract.scan import Scan, scan
from riwaya.lang.tables import Row, load
from riwaya.text.normal import fold
from riwaya.text.words import read

CORPUS = Path(__file__).parent / "corpus" / "ar"
WORDS = load()
KINDS = ("case", "never", "wanted")
Means = Mapping[str, Any]


def reading(form: Form) -> str:
    """A reading as the corpus writes it: what stands before it, the part and who speaks, the pronoun behind it."""
    part = form.part if form.part in ("noun", "word") else f"{form.part} {form.person}{form.gender}{form.number}"
    return " + ".join(filter(None, (form.lead, part, form.object)))


def looked_up(say: str) -> tuple[Scan, int]:
    """The text of an example and the token that it is about."""
    before, mark, rest = say.partition("[")
    text = before + rest.replace("]", "") if mark else say
    seen = scan(read(text), WORDS)
    return seen, next(i for i, start in enumerate(seen.reading.starts) if start >= len(before if mark else ""))


# -- one look-up for each table: the complaints about a word that should be read as `means` says, none if it is


def as_cue(say: str, means: Means) -> list[str]:
    word, _, wanted = say.partition(": ")
    later = wanted.startswith("also ")
    forms = looked_up(word)[0].cues[0]
    found = [reading(form) for form in forms if form.cue == means["cue"]]
    right = fold(wanted.removeprefix("also "))
    if right not in found or (not later and (forms[0].cue, found[0]) != (means["cue"], right)):
        return [f"{word} is read as {[f'{form.cue}: {reading(form)}' for form in forms]}"]
    return [
        f"{name} is {getattr(forms[0], name)}"
        for name in ("group", "attitude")
        if name in means and not later and getattr(forms[0], name) != means[name]
    ]


def as_form(say: str, means: Means) -> list[str]:
    forms = looked_up(say)[0].cues[0]
    found = f"{forms[0].part} {forms[0].person}{forms[0].gender}{forms[0].number}" if forms else "nothing"
    return [] if found == means["form"] else [f"{say} is {found}"]


def as_head(say: str, means: Means) -> list[str]:
    seen, i = looked_up(say)
    if means["head"] == "before a name":
        return [] if seen.words[i] in seen.lexicon.namers else [f"{say} stands before no name"]
    head = seen.heads[i]
    found = head, seen.lexicon.kind.get(head, "")
    return [] if found == (means["head"], means.get("kind", found[1])) else [f"{say} is {found}"]


def as_particle(say: str, means: Means) -> list[str]:
    seen, i = looked_up(say)
    return [] if seen.classes[i] == means["class"] else [f"{say} is {seen.classes[i]!r}"]


def as_name(say: str, means: Means) -> list[str]:
    seen, i = looked_up(say)
    word = unprefixed(seen, seen.words[i])
    row = next(row for row in WORDS.rows("names") if row["origin"] == means["origin"])
    if word not in {fold(name) for name in row["words"]}:
        return [f"{word} is no name of the row"]
    plain = not seen.classes[i] and not seen.heads[i] and (seen.seen[i] == "name" or word != seen.words[i])
    return [] if plain else [f"{say} is {seen.seen[i]}"]


# -- and the same for a word that should not be read so


def no_cue(say: str, means: Means) -> list[str]:
    return [f"{say} is {reading(form)}" for form in looked_up(say)[0].cues[0] if form.cue == means["cue"]]


def no_form(say: str, means: Means) -> list[str]:
    part, who = means["form"].split()
    forms = looked_up(say)[0].cues[0]
    return [f"{say} is {form.cue}" for form in forms if (form.part, form.person + form.gender + form.number) == (part, who)]


def no_head(say: str, means: Means) -> list[str]:
    seen, i = looked_up(say)
    if means.get("head") == "before a name":
        return [f"{say} stands before a name"] if seen.words[i] in seen.lexicon.namers else []
    head = seen.heads[i]
    return [f"{say} is {head}"] if head and means.get("head", head) == head else []


def no_particle(say: str, means: Means) -> list[str]:
    seen, i = looked_up(say)
    kind = seen.classes[i]
    return [f"{say} is {kind}"] if kind and means.get("class", kind) == kind else []


def no_name(say: str, _means: Means) -> list[str]:
    seen, i = looked_up(say)
    taken = unprefixed(seen, seen.words[i]) != seen.words[i] and not seen.classes[i]
    return [f"{say} is seen as a name"] if seen.seen[i] == "name" or taken else []


Check = Callable[[str, Means], list[str]]


class Table(NamedTuple):
    """A table of attribution: its key, and how a case and a never of its corpus are checked."""

    key: str
    case: Check
    never: Check


TABLES = {
    "cues": Table("cue", as_cue, no_cue),
    "agreement": Table("form", as_form, no_form),
    "heads": Table("head", as_head, no_head),
    "particles": Table("class", as_particle, no_particle),
    "names": Table("origin", as_name, no_name),
}


def corpus(table: str) -> dict[str, list[Row]]:
    return tomllib.loads((CORPUS / f"{table}.toml").read_text(encoding="utf-8"))


def examples(kind: str) -> Iterator[Any]:
    for table in TABLES:
        for number, row in enumerate(corpus(table).get(kind, ()), 1):
            yield pytest.param(table, row, id=f"{table}-{kind}{number}-{next(iter(row.get('means', {}).values()), '')}")


@pytest.mark.parametrize(("table", "row"), list(examples("case")))
def test_case_is_read(table: str, row: Row) -> None:
    assert [wrong for say in row["say"] for wrong in TABLES[table].case(say, row["means"])] == []


@pytest.mark.parametrize(("table", "row"), list(examples("never")))
def test_never_is_not_read(table: str, row: Row) -> None:
    assert [wrong for say in row["say"] for wrong in TABLES[table].never(say, row.get("means", {}))] == []


@pytest.mark.parametrize(("table", "row"), list(examples("wanted")))
def test_wanted_does_not_pass_yet(table: str, row: Row) -> None:
    check = TABLES[table].never if row.get("never") else TABLES[table].case
    assert [say for say in row["say"] if not check(say, row.get("means", {}))] == [], "they pass: make them a case, or a never"


@pytest.mark.parametrize("table", TABLES)
def test_file_holds_both_sides_and_no_word_twice(table: str) -> None:
    found = corpus(table)
    assert set(found) <= set(KINDS)
    assert found["case"]
    assert found["never"]
    key = TABLES[table].key
    said = [(kind, row.get("means", {}).get(key), say) for kind in KINDS for row in found.get(kind, ()) for say in row["say"]]
    assert sorted(map(str, said)) == sorted(map(str, set(said)))
    assert all(row["means"][key] for row in found["case"])


@pytest.mark.parametrize("table", TABLES)
def test_every_row_is_exercised(table: str) -> None:
    """And every kind of form that a reporting word has, and every ending of an agreement."""
    key = TABLES[table].key
    found = corpus(table)
    shown = {fold(row["means"][key]) for kind in ("case", "wanted") for row in found.get(kind, ()) if not row.get("never")}
    assert [row[key] for row in WORDS.rows(table) if fold(row[key]) not in shown] == []
    assert shown <= {fold(row[key]) for row in WORDS.rows(table)}, "of a row that is not there"


def test_every_part_of_a_reporting_word_is_exercised() -> None:
    shown = set()
    found = corpus("cues")
    for row in (row for kind in ("case", "wanted") for row in found[kind] if not row.get("never")):
        for say in row["say"]:
            parts = say.partition(": ")[2].removeprefix("also ").split(" + ")
            shown |= {(fold(row["means"]["cue"]), part.split()[0]) for part in parts if part.isascii()}
    fields = {"past": "past", "present": "present", "participle": "participle", "noun": "noun", "words": "word"}
    unshown = [
        (row["cue"], name) for row in WORDS.rows("cues") for name in fields if name in row and (fold(row["cue"]), fields[name]) not in shown
    ]
    assert unshown == []


@pytest.mark.parametrize("row", WORDS.rows("agreement"), ids=lambda row: row["form"])
def test_every_ending_of_an_agreement_is_exercised(row: Row) -> None:
    (case,) = [case for case in corpus("agreement")["case"] if case["means"]["form"] == row["form"]]
    pronouns = ("ه", "ها", "هم", "")
    for ending in row["endings"]:
        assert any(fold(say).endswith(fold(ending) + pronoun) for say in case["say"] for pronoun in pronouns)
    for prefix in row.get("prefixes", ()):
        assert any(fold(prefix) in fold(say)[:3] for say in case["say"])
