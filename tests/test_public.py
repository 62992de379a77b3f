"""The public list: what `import riwaya` gives, that it is documented, and that it is cheap to import."""

import ast
import inspect
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import riwaya
from riwaya import errors, model

TEXT = "قال عمدة القرية سالم القرواني إن الجسر أغلق أمس.\n"


def test_the_list_is_exact() -> None:
    defined = {name for name, value in vars(riwaya).items() if inspect.isfunction(value) and not name.startswith("_")}
    nouns = {name for name, value in vars(model).items() if inspect.isclass(value) and value.__module__ == "riwaya.model"}
    tree = {name for name, value in vars(errors).items() if inspect.isclass(value) and value.__module__ == "riwaya.errors"}
    assert set(riwaya.__all__) == defined | nouns | tree | {"Words"}
    assert riwaya.__all__ == sorted(riwaya.__all__)


@pytest.mark.parametrize("name", riwaya.__all__)
def test_every_name_is_there_and_documented(name: str) -> None:
    value = getattr(riwaya, name)
    assert value.__doc__
    assert name in dir(riwaya)


def test_what_a_type_checker_sees_is_what_there_is() -> None:
    """The names imported for type checkers, those found when used, and those defined are one list."""
    tree = ast.parse(Path(riwaya.__file__).read_text("utf-8"))
    checked = next(node for node in tree.body if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test))
    imported = {
        name.name for node in ast.walk(checked) if isinstance(node, ast.ImportFrom) and "riwaya" in str(node.module) for name in node.names
    }
    found = {name for names in riwaya._HOMES.values() for name in names}
    assert imported == found


def test_version() -> None:
    from importlib.metadata import version

    assert riwaya.__version__ == version("riwaya")


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        _ = riwaya.nothing_of_the_kind


def test_importing_loads_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", "import sys, riwaya; print(*sys.modules)"], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert not {"click", "rich", "trafilatura", "dataclasses"} & set(loaded)
    assert not [name for name in loaded if name.startswith("riwaya.")]


def test_read_one_article(tmp_path: Path) -> None:
    path = tmp_path / "bridge.txt"
    path.write_text(TEXT, "utf-8")
    article = riwaya.read(path, published=date(2021, 3, 5))
    assert (article.id, article.text, article.published) == ("bridge", TEXT, date(2021, 3, 5))
    assert riwaya.read(str(path)).published is None


ROW = '{"id": "a", "text": "قال العمدة إن الجسر أغلق"}\n'


@pytest.mark.parametrize(
    ("name", "holds", "error", "reason"),
    [
        ("nowhere.txt", None, riwaya.MissingInput, "there is no such file"),
        ("folder", b"", riwaya.MissingInput, "holds no"),
        ("none.txt", b"", riwaya.EmptyInput, "it is empty"),
        ("blank.txt", b" \n\t\n", riwaya.EmptyInput, "nothing but white space"),
        ("page.html", b"<html><body></body></html>", riwaya.EmptyInput, "no article text"),
        ("row.jsonl", b'{"id": "a"}', riwaya.EmptyInput, "the row has no text"),
        ("data.txt", bytes(range(32)) * 9, riwaya.BinaryInput, "control bytes"),
        ("paper.txt", b"%PDF-1.7\n", riwaya.BinaryInput, "a PDF file"),
        ("bridge.txt", b"The mayor said that the bridge is closed.", riwaya.ForeignInput, "mostly Latin"),
        ("numbers.txt", b"12 34 56", riwaya.ForeignInput, "no letters"),
        ("broken.jsonl", b'{"id": ', riwaya.BrokenInput, "not JSON"),
        ("cut.txt.gz", b"\x1f\x8b\x08\x00\x00", riwaya.BrokenInput, "gzip data is broken"),
        ("half.jsonl", (ROW + '{"id": "b"').encode(), riwaya.BrokenInput, "not JSON"),
        ("two.jsonl", (ROW * 2).encode(), riwaya.InputError, "2 articles"),
    ],
)
def test_read_says_what_is_wrong(tmp_path: Path, name: str, holds: bytes | None, error: type[riwaya.InputError], reason: str) -> None:
    path = tmp_path / name
    if name == "folder":
        path.mkdir()
    elif holds is not None:
        path.write_bytes(holds)
    with pytest.raises(riwaya.InputError, match=reason) as told:
        riwaya.read(path)
    assert type(told.value) is error
    assert told.value.where.startswith(str(path))
    assert str(told.value) == f"{told.value.where}: {told.value.reason}"
    failures = [one for one in riwaya.read_all([path]) if isinstance(one, riwaya.Failure)]
    assert [failure.kind for failure in failures] == ([] if error is riwaya.InputError else [error.kind])


def test_read_reads_what_is_only_partly_wrong(tmp_path: Path) -> None:
    path = tmp_path / "row.jsonl"
    path.write_text(ROW.replace("}", ', "published": "3/4/2021"}'), "utf-8")
    assert riwaya.read(path).published is None
    partly, article = riwaya.read_all([path])
    assert isinstance(partly, riwaya.Failure)
    assert (partly.kind, article) == ("partly", riwaya.read(path))


def test_read_all_keeps_failures_beside_articles(tmp_path: Path) -> None:
    path = tmp_path / "bridge.txt"
    path.write_text(TEXT, "utf-8")
    missing, article = riwaya.read_all([tmp_path / "nowhere.txt", path])
    assert isinstance(missing, riwaya.Failure)
    assert isinstance(article, riwaya.Article)


def test_annotate_a_text_or_an_article() -> None:
    found = riwaya.annotate(TEXT, published=date(2021, 3, 5))
    assert found.article.text == TEXT
    assert found.article.published == date(2021, 3, 5)
    assert riwaya.annotate(found.article) == found
    assert riwaya.annotate(found.article, published=date(1999, 1, 1)) == found
    assert [claim.cue.of(TEXT) for claim in found.claims] == ["قال"]
    assert found.times[0].start == date(2021, 3, 4)
    assert riwaya.annotate(TEXT).times[0].start is None


def test_rows_go_there_and_back() -> None:
    found = riwaya.annotate(TEXT, published=date(2021, 3, 5))
    assert riwaya.from_row(riwaya.to_row(found)) == found


def test_own_words(tmp_path: Path) -> None:
    assert riwaya.annotate(TEXT, words=riwaya.load_words()).made_by == riwaya.annotate(TEXT).made_by
    (tmp_path / "cues.toml").write_text("[[entry]]\nnot_a_field = 1\n", "utf-8")
    with pytest.raises(riwaya.WordsError, match=r"cues\.toml"):
        riwaya.annotate(TEXT, words=tmp_path)


def test_explain() -> None:
    steps = riwaya.explain(TEXT, at=0)
    assert "claim" in {step.outcome for step in steps}
