"""`riwaya places`: what it says of imports, and where it keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from riwaya import cli

from .conftest import Writer

TABLE = "name,kind,lat,lon,country\nكفر زنبق,village,10.5,20.25,ZZ\nWa3l,town,1,1,ZZ\n"


def run(*arguments: object, **environment: str) -> Result:
    return CliRunner().invoke(cli.main, [str(one) for one in ("places", *arguments)], env=environment)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "shelf"


def test_import_list_remove(written: Writer, shelf: Path) -> None:
    done = run("import", written("own.csv", TABLE), "--gazetteers", shelf)
    assert done.exit_code == 0
    first, refused, digest = done.stdout.splitlines()
    assert first == "own: csv, 2 rows read, 1 places with 1 names kept"
    assert refused == "refused 1: no name in Arabic script (line 3)"
    listed = run("list", "--gazetteers", shelf).stdout.splitlines()
    assert [line.split(":")[0] for line in listed] == ["own", "default"]
    assert digest.removeprefix("digest ") in listed[0]
    assert run("remove", "own", "--gazetteers", shelf).stdout == "own: removed\n"
    assert [line.split(":")[0] for line in run("list", "--gazetteers", shelf).stdout.splitlines()] == ["default"]


def test_the_name_and_the_format_can_be_said(written: Writer, shelf: Path) -> None:
    done = run("import", written("own.txt", TABLE), "--name", "mine", "--format", "csv", "--gazetteers", shelf)
    assert done.stdout.startswith("mine: csv, ")
    assert (shelf / "mine.gaz").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("import", "nowhere.csv"), "Error: nowhere.csv: No such file or directory"),
        (("remove", "mine"), "Error: mine: no gazetteer of this name was imported; there are: none"),
        (("import", "nowhere.csv", "--name", "a b"), "Error: a b: a gazetteer's name has 1 to 40 letters"),
    ],
)
def test_what_goes_wrong_is_one_line(shelf: Path, arguments: tuple[str, ...], told: str) -> None:
    done = run(*arguments, "--gazetteers", shelf)
    assert done.exit_code == 1
    assert done.stderr.startswith(told)
    assert len(done.stderr.splitlines()) == 1
    assert not shelf.exists()


def test_where_imports_are_kept_without_being_told(written: Writer, tmp_path: Path) -> None:
    """Named by a variable of the environment, else in the folder for the user's data."""
    path = written("own.csv", TABLE)
    assert run("import", path, RIWAYA_GAZETTEERS=str(tmp_path / "named")).exit_code == 0
    assert (tmp_path / "named" / "own.gaz").exists()
    assert run("import", path, XDG_DATA_HOME=str(tmp_path / "data")).exit_code == 0
    assert (tmp_path / "data" / "riwaya" / "gazetteers" / "own.gaz").exists()
    assert run("import", path, XDG_DATA_HOME="", HOME=str(tmp_path / "home")).exit_code == 0
    assert (tmp_path / "home" / ".local" / "share" / "riwaya" / "gazetteers" / "own.gaz").exists()
