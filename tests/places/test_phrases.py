"""Where phrases must and must never be: the runner of `corpus/ar/locate.toml`, whose head says what it holds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from riwaya.lang.tables import load as load_words
from riwaya.model import Location, Place
from riwaya.places.grammar import grammar
from riwaya.places.layers import Gazetteers
from riwaya.places.locate import locate
from riwaya.places.store import About, Named, build, load

CORPUS = tomllib.loads((Path(__file__).parents[1] / "corpus" / "ar" / "locate.toml").read_text("utf-8"))


def named(english: str, kind: Any, names: str, lat: float, lon: float, people: int = 0) -> Named:
    spelled = tuple(names.split("|"))
    place = Place(english, spelled[0], kind, "ZZ", lat, lon, english, population=people)
    return Named(place, spelled, grammar(load_words()).bares(spelled, kind))


@pytest.fixture(scope="module")
def gazetteers(tmp_path_factory: pytest.TempPathFactory) -> Gazetteers:
    """The corpus' country, under an empty gazetteer of a user."""
    folder = tmp_path_factory.mktemp("places")
    build(folder / "made.gaz", [named(*row) for table in CORPUS["place"] for row in table["rows"]], About("made"))
    build(folder / "user.gaz", [], About("user"))
    return Gazetteers((load(folder / "user.gaz"), load(folder / "made.gaz")))


def phrases(kind: str) -> Iterator[Any]:
    for row in CORPUS[kind]:
        for say in row["say"]:
            yield pytest.param(say, row.get("means", row), id=f"{kind}-{say[:40]}")


def seen(answer: Location, means: dict[str, Any]) -> dict[str, Any]:
    found = {"place": answer.place and answer.place.id, "where_prec": answer.where_prec, "detail": answer.detail}
    return {name: found[name] for name in means}


@pytest.mark.parametrize(("say", "means"), list(phrases("case")))
def test_case_is_found(gazetteers: Gazetteers, say: str, means: dict[str, Any]) -> None:
    answer = locate(say, gazetteers, country="ZZ")
    assert seen(answer, means) == means, answer.why
    assert 0 < answer.score <= 1
    assert answer.lat is not None
    assert answer.lon is not None
    assert answer.radius
    assert answer.why


@pytest.mark.parametrize(("say", "row"), list(phrases("never")))
def test_never_stays_unresolved(gazetteers: Gazetteers, say: str, row: dict[str, Any]) -> None:
    answer = locate(say, gazetteers, country="ZZ")
    assert (answer.place, answer.lat, answer.lon, answer.where_prec, answer.radius) == (None,) * 5, answer.why
    assert row["why"] in answer.why or not say.strip("، -")


@pytest.mark.parametrize(("say", "means"), list(phrases("wanted")))
def test_wanted_does_not_pass_yet(gazetteers: Gazetteers, say: str, means: dict[str, Any]) -> None:
    assert seen(locate(say, gazetteers, country="ZZ"), means) != means, "it passes: make it a case"
