"""Invented places, and gazetteers of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from riwaya.model import Place
from riwaya.places.store import About, Gazetteer, Named, build, load


class Maker:
    """Makes places and gazetteers. A place is of the country ZZ; `nouns` and `bare` are as Named has them, the rest as Place has it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, id: str, *names: str, kind: Any = "town", at: tuple[float, float] = (10.0, 10.0), **more: Any) -> Named:
        nouns, bare = frozenset(more.pop("nouns", ())), more.pop("bare", ())
        return Named(Place(id, names[0], kind, more.pop("country", "ZZ"), *at, **more), names, bare, nouns)

    def gazetteer(self, *places: Named, name: str = "made") -> Gazetteer:
        build(self.folder / f"{name}.gaz", places, About(name, "free", "nothing"))
        return load(self.folder / f"{name}.gaz")


@pytest.fixture
def made(tmp_path: Path) -> Maker:
    return Maker(tmp_path)


Writer = Callable[[str, str], Path]


@pytest.fixture
def written(tmp_path: Path) -> Writer:
    """Writes a file into a folder of the test's own."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, "utf-8", newline="\n")
        return path

    return write
