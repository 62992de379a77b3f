"""What must and what must never be read: one runner for every file of `corpus/` that is named as an extractor with a `find`.

(Files named as a table of attribution are `test_words_corpus.py`'s, `claims.toml` is `test_claims_corpus.py`'s, `actors.toml`
`test_actors_corpus.py`'s, `locate.toml` and `placewords.toml` are those of the tests in `places/`.)

The path decides what is tested: `corpus/<language>/<name>.toml` tests `riwaya.extract.<name>.find`, and nothing else. A file holds
  `[[case]]`    `means` (fields of the result) and `say` (phrasings): each gives exactly one result, over the whole phrase, with those
                fields; results inside another's span are left out of the count
  `[[never]]`   `say`: each gives nothing
  `[[wanted]]`  like a case, but does not pass yet; the test fails when it starts to pass
  `published`   the day all phrases of the file are read on; 21 July 2015 if left out
In `say`, square brackets mark the span where a phrase needs words around it. In `means`, a span or a tuple of spans is its words, a nested
table looks inside a field (`source = { name = … }`), "open" is None, and words are compared in their normal form.
"""

from __future__ import annotations

import importlib
import inspect
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from riwaya.lang.tables import load
from riwaya.model import Span
from riwaya.text.normal import fold
from riwaya.text.words import read

CORPUS = Path(__file__).parent / "corpus"
OTHERS = {"cues", "agreement", "heads", "particles", "names", "claims", "placewords", "locate", "actors"}
FILES = sorted(path for path in CORPUS.rglob("*.toml") if path.stem not in OTHERS)
DAY = date(2015, 7, 21)
KINDS = ("case", "never", "wanted")


def name(path: Path) -> str:
    return path.relative_to(CORPUS).with_suffix("").as_posix()


def module(path: Path) -> ModuleType:
    return importlib.import_module(f"riwaya.extract.{path.stem}")


def phrases(kind: str) -> Iterator[Any]:
    for path in FILES:
        corpus = tomllib.loads(path.read_text(encoding="utf-8"))
        for number, row in enumerate(corpus.get(kind, ()), 1):
            for phrase in row["say"]:
                day = corpus.get("published", DAY)
                yield pytest.param(path, row.get("means", {}), phrase, day, id=f"{name(path)}-{kind}{number}-{phrase[:40]}")


def find(path: Path, text: str, published: date) -> Sequence[Any]:
    """What the extractor that `path` names reads in `text`."""
    extract = module(path).find
    given: dict[str, Any] = {"words": load(), "published": published}
    wanted = inspect.signature(extract).parameters
    found: Sequence[Any] = extract(read(text), **{key: value for key, value in given.items() if key in wanted})
    return found


def shown(value: Any, text: str) -> Any:
    """A value as `means` writes it."""
    if isinstance(value, Span):
        return fold(value.of(text))
    if isinstance(value, str):
        return fold(value)
    if isinstance(value, (tuple, list)):
        return [shown(item, text) for item in value]
    return "open" if value is None else value


def differences(result: Any, means: dict[str, Any], text: str) -> Iterator[str]:
    for key, expected in means.items():
        value = getattr(result, key)
        if isinstance(expected, dict):
            yield from differences(value, expected, text)
        elif shown(value, text) != shown(expected, text):
            yield f"{key} is {shown(value, text)!r}, not {expected!r}"


def marked(phrase: str) -> tuple[str, str]:
    """The text of a phrase, and the words its result should span."""
    if "[" not in phrase:
        return phrase, phrase
    before, _, rest = phrase.partition("[")
    inside, _, behind = rest.partition("]")
    return before + inside + behind, inside


def outermost(found: Sequence[Any]) -> list[Any]:
    """The results that lie in no other's span."""
    spans = [result.span for result in found if hasattr(result, "span")]
    return [result for result in found if not any(span != result.span and span.holds(result.span) for span in spans)]


def wrong(path: Path, means: dict[str, Any], phrase: str, published: date) -> list[str]:
    text, words = marked(phrase)
    found = outermost(find(path, text, published))
    if len(found) != 1:
        return [f"{len(found)} readings: {found}"]
    complaints = list(differences(found[0], means, text))
    if hasattr(found[0], "span") and found[0].span.of(text) != words:
        complaints.append(f"spans {found[0].span.of(text)!r}")
    return complaints


@pytest.mark.parametrize(("path", "means", "phrase", "published"), list(phrases("case")))
def test_case_is_read(path: Path, means: dict[str, Any], phrase: str, published: date) -> None:
    assert wrong(path, means, phrase, published) == []


@pytest.mark.parametrize(("path", "means", "phrase", "published"), list(phrases("never")))
def test_never_is_not_read(path: Path, means: dict[str, Any], phrase: str, published: date) -> None:
    assert list(find(path, phrase, published)) == []


@pytest.mark.parametrize(("path", "means", "phrase", "published"), list(phrases("wanted")))
def test_wanted_does_not_pass_yet(path: Path, means: dict[str, Any], phrase: str, published: date) -> None:
    assert wrong(path, means, phrase, published) != [], "it passes: make it a case"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_file_holds_both_sides_and_no_phrase_twice(path: Path) -> None:
    corpus = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(corpus) <= {*KINDS, "published"}
    assert corpus.get("case")
    assert corpus.get("never")
    said = [phrase for kind in KINDS for row in corpus.get(kind, ()) for phrase in row["say"]]
    assert sorted(said) == sorted(set(said))
    assert all(row["means"] for kind in ("case", "wanted") for row in corpus.get(kind, ()))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_rule_fires(path: Path) -> None:
    corpus = tomllib.loads(path.read_text(encoding="utf-8"))
    published = corpus.get("published", DAY)
    cases = [marked(phrase)[0] for row in corpus["case"] for phrase in row["say"]]
    fired = {result.rule for text in cases for result in find(path, text, published)}
    assert fired >= set(module(path).RULES)
    assert fired <= set(module(path).RULES)
