"""Imports: measured, repeatable, undone; and what goes wrong loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from riwaya.errors import PlacesError
from riwaya.places.locate import locate
from riwaya.places.shelf import Import, import_file, imported, remove, with_imports

from .conftest import Writer

HEAD = "name,kind,lat,lon,country\n"
TABLE = HEAD + "كفر زنبق,village,10.5,20.25,ZZ\nقرية الوعل,village,11,20,ZZ\n"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "shelf"


def test_an_import_is_measured(written: Writer, shelf: Path) -> None:
    path = written("own.csv", TABLE + "Wa3l,town,1,1,ZZ\nWa3l,town,1,1,ZZ\nوعل,castle,1,1,ZZ\n")
    done = import_file(path, shelf)
    assert done == Import(
        "own", "csv", done.digest, 5, 2, 3, (("no name in Arabic script", 2, (4, 5)), ("no kind of place", 1, (6,)))
    )  # fmt: skip
    (gazetteer,) = imported(shelf)
    assert (gazetteer.digest, len(gazetteer), gazetteer.about.name) == (done.digest, 2, "own")
    assert gazetteer.about.made_from.startswith("csv ")


def test_an_id_that_stands_already_is_refused(written: Writer, shelf: Path) -> None:
    done = import_file(written("own.csv", "id,name,lat,lon\n1,وعل,10,20\n1,زنبق,10,20\n"), shelf)
    assert done.refused == (("an id that stands already", 1, (3,)),)


def test_an_import_can_be_repeated(written: Writer, shelf: Path) -> None:
    path = written("own.csv", TABLE)
    first, again = import_file(path, shelf), import_file(path, shelf)
    assert first == again
    assert len(imported(shelf)) == 1
    written("own.csv", TABLE.replace("10.5", "12.5"))
    changed = import_file(path, shelf)
    assert changed.digest != first.digest
    assert [place.lat for gazetteer in imported(shelf) for place in gazetteer] == [12.5, 11.0]


def test_imports_lie_over_the_packaged_gazetteer(written: Writer, shelf: Path) -> None:
    before = locate("كفر زنبق", with_imports(shelf), country="ZZ")
    import_file(written("own.csv", TABLE), shelf, name="mine")
    gazetteers = with_imports(shelf)
    assert [layer.about.name for layer in gazetteers.layers] == ["mine", "default"]
    found = locate("بقرية كفرزنبق", gazetteers, country="ZZ")
    assert (before.place, found.place and found.place.name, found.where_prec) == (None, "كفر زنبق", 1)
    assert locate("الوعل", gazetteers, country="ZZ").place is not None


def test_an_import_can_be_undone(written: Writer, shelf: Path) -> None:
    import_file(written("own.csv", TABLE), shelf)
    remove(shelf, "own")
    assert imported(shelf) == []
    assert list(shelf.iterdir()) == []
    with pytest.raises(PlacesError, match="own: no gazetteer of this name was imported; there are: none"):
        remove(shelf, "own")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the file is empty"),
        (HEAD, "none of the 0 rows gives a place"),
        (HEAD + "Wa3l,town,1,1,ZZ\n", "none of the 1 rows gives a place; 1 rows have no name in Arabic script, the first in line 2"),
        ("name,lat\nوعل,1\n", "line 1: no column lon"),
        ("{", "line 1: not JSON"),
    ],
)
def test_a_bad_file_loses_nothing_that_was_there(written: Writer, shelf: Path, text: str, reason: str) -> None:
    import_file(written("own.csv", TABLE), shelf)
    before = {path.name: path.read_bytes() for path in shelf.iterdir()}
    with pytest.raises(PlacesError, match=reason) as told:
        import_file(written("own.csv", text), shelf)
    assert "own.csv" in told.value.where
    assert {path.name: path.read_bytes() for path in shelf.iterdir()} == before


@pytest.mark.parametrize("name", ["", "a/b", "..", "a b", "x" * 41])
def test_a_name_that_is_none_is_refused(written: Writer, shelf: Path, name: str) -> None:
    with pytest.raises(PlacesError, match="a gazetteer's name has 1 to 40"):
        import_file(written("own.csv", TABLE), shelf, name=name)
    with pytest.raises(PlacesError, match="a gazetteer's name has 1 to 40"):
        remove(shelf, name)
    assert not shelf.exists()


def test_a_file_is_named_after_itself(written: Writer, shelf: Path) -> None:
    assert import_file(written("own places (2).csv", TABLE), shelf).name == "own-places-2"


def test_a_folder_that_is_not_there_holds_nothing(shelf: Path) -> None:
    assert imported(shelf) == []
    assert len(with_imports(shelf).layers) == len(with_imports(None).layers) == 1


def test_a_damaged_import_is_told(written: Writer, shelf: Path) -> None:
    import_file(written("own.csv", TABLE), shelf)
    (shelf / "own.gaz").write_bytes((shelf / "own.gaz").read_bytes()[:-1])
    with pytest.raises(PlacesError, match=r"own\.gaz: the gazetteer is damaged"):
        with_imports(shelf)
