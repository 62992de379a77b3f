"""Names that are one actor and names that are not: `corpus/ar/actors.toml`. Its head says how."""

from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from riwaya.extract.actors import find
from riwaya.extract.scan import scan
from riwaya.lang.tables import Row, load
from riwaya.text.words import read

WORDS = load()
CORPUS = tomllib.loads((Path(__file__).parent / "corpus" / "ar" / "actors.toml").read_text("utf-8"))


def who(say: str) -> str:
    """Whom a name means: the actor's id; for one that no table has, its words."""
    found = find(scan(read(say), WORDS), WORDS)
    longest = max(found, key=lambda one: one.span.end - one.span.start, default=None)
    return say if longest is None else longest.actor.id if longest.actor is not None else longest.name


def rows(kind: str) -> list[Any]:
    return [pytest.param(row, id=f"{kind}{number}-{row['say'][0]}") for number, row in enumerate(CORPUS.get(kind, ()), 1)]


@pytest.mark.parametrize("row", rows("case"))
def test_names_are_one_actor(row: Row) -> None:
    assert {say: who(say) for say in row["say"]} == dict.fromkeys(row["say"], row["means"]["actor"])


@pytest.mark.parametrize("row", rows("never"))
def test_names_are_not_one_actor(row: Row) -> None:
    found = [who(say) for say in row["say"]]
    assert len(found) == len(set(found)), found


def test_wanted_is_not_read_yet() -> None:
    for row in CORPUS.get("wanted", ()):
        assert {who(say) for say in row["say"]} != {row["means"]["actor"]}, f"{row['say'][0]} passes: make it a case"


def test_there_are_pairs_enough_and_none_twice() -> None:
    pairs = {kind: [frozenset(pair) for row in CORPUS[kind] for pair in combinations(row["say"], 2)] for kind in ("case", "never")}
    assert len(pairs["case"]) >= 200
    assert len(pairs["never"]) >= 100
    assert len(set(pairs["case"])) == len(pairs["case"])
    assert len(set(pairs["never"])) == len(pairs["never"])
    assert set(pairs["case"]).isdisjoint(pairs["never"])
