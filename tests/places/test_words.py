"""The words around names, and what is known of kinds: the runner of `corpus/ar/placewords.toml`, whose head says what it holds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from riwaya.lang.tables import load
from riwaya.model import PlaceKind
from riwaya.places.grammar import grammar, spellings

CORPUS = tomllib.loads((Path(__file__).parents[1] / "corpus" / "ar" / "placewords.toml").read_text("utf-8"))
WORDS = load()
GRAMMAR = grammar(WORDS)


def said(kind: str) -> Iterator[Any]:
    for row in CORPUS[kind]:
        for say in row["say"]:
            yield pytest.param(say, row.get("means", {}), id=f"{kind}-{say}")


def group_of(say: str) -> str | None:
    before, mark, rest = say.partition("[")
    words = (before + rest.replace("]", "") if mark else say).split()
    found = GRAMMAR.at(words, len(before.split()) if mark else 0)
    return found.group if found else None


@pytest.mark.parametrize(("say", "means"), list(said("case")))
def test_case_is_read(say: str, means: dict[str, str]) -> None:
    assert group_of(say) == means["group"]


@pytest.mark.parametrize(("say", "means"), list(said("never")))
def test_never_is_not_read(say: str, means: dict[str, str]) -> None:
    assert group_of(say) is None


def test_every_row_has_its_example() -> None:
    assert [row["group"] for row in WORDS.rows("placewords")] == [row["means"]["group"] for row in CORPUS["case"]]


def test_no_word_stands_in_two_rows() -> None:
    assert len(GRAMMAR.words) == sum(len(row["words"]) for row in WORDS.rows("placewords"))


def test_every_row_that_says_what_a_place_is_says_its_kinds() -> None:
    roles = {"kind", "part", "inside", "after", "line"}
    assert all(("kinds" in row) == (row["role"] in roles) for row in WORDS.rows("placewords"))


def test_every_kind_of_place_is_known() -> None:
    assert set(GRAMMAR.kinds) == set(get_args(PlaceKind))


@pytest.mark.parametrize(
    ("kind", "precision"),
    [("country", 6), ("governorate", 4), ("district", 3), ("town", 1), ("neighbourhood", 1), ("river", 5), ("sea", 7)],
)
def test_a_kind_has_the_precision_of_ucdp(kind: str, precision: int) -> None:
    known = GRAMMAR.kinds[kind]
    assert known.precision == precision
    assert known.radius > 0
    assert known.people > 0


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("زنبق", ["زنبق"]),
        ("وزنبق", ["وزنبق", "زنبق"]),
        ("للزنبق", ["للزنبق", "الزنبق", "لزنبق"]),
        ("وبزنبق", ["وبزنبق", "بزنبق", "زنبق"]),
        ("وللزنبق", ["وللزنبق", "للزنبق", "الزنبق", "لزنبق"]),
        ("ول", ["ول"]),
        ("", [""]),
    ],
)
def test_what_is_attached_is_taken_off(word: str, found: list[str]) -> None:
    assert list(spellings(word)) == found


@pytest.mark.parametrize(
    ("name", "kind", "bare"),
    [
        ("محافظة سهلان", "governorate", ("سهلان",)),
        ("حي النخيل", "neighbourhood", ("النخيل",)),
        ("مخيم سرحان", "camp", ("سرحان",)),
        ("مخيم سرحان", "village", ()),
        ("شارع النخيل", "road", ()),
        ("محافظة", "governorate", ()),
        ("كفر زنبق", "town", ()),
    ],
)
def test_a_name_is_bare_without_the_word_for_its_kind(name: str, kind: str, bare: tuple[str, ...]) -> None:
    assert GRAMMAR.bares([name], kind) == bare
