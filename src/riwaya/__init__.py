"""Riwaya reads Arabic news and keeps every claim with the source that gave it, word for word.

    import riwaya

    article = riwaya.read("report.html")
    for claim in riwaya.annotate(article).claims:
        print(claim.source.name, claim.cue.of(article.text), [span.of(article.text) for span in claim.content])

All offsets are Unicode code points of the article's raw text, counted from 0; spans are half-open. Importing this is cheap: what a name
needs is loaded when it is first used.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    import riwaya.places.layers
    from riwaya.errors import (
        BinaryInput,
        BrokenInput,
        EmptyInput,
        ForeignInput,
        InputError,
        MissingInput,
        PlacesError,
        RiwayaError,
        WordsError,
    )
    from riwaya.lang.tables import Words
    from riwaya.model import (
        Actor,
        ActorMention,
        Annotations,
        Article,
        Claim,
        Failure,
        Location,
        Name,
        Passage,
        Place,
        PlaceMention,
        Quantity,
        Source,
        Span,
        Step,
        TimeExpression,
    )

__all__ = [
    "Actor",
    "ActorMention",
    "Annotations",
    "Article",
    "BinaryInput",
    "BrokenInput",
    "Claim",
    "EmptyInput",
    "Failure",
    "ForeignInput",
    "InputError",
    "Location",
    "MissingInput",
    "Name",
    "Passage",
    "Place",
    "PlaceMention",
    "PlacesError",
    "Quantity",
    "RiwayaError",
    "Source",
    "Span",
    "Step",
    "TimeExpression",
    "Words",
    "WordsError",
    "annotate",
    "explain",
    "from_row",
    "load_words",
    "read",
    "read_all",
    "to_row",
]

_HOMES = {
    "riwaya.errors": (
        "BinaryInput", "BrokenInput", "EmptyInput", "ForeignInput", "InputError", "MissingInput", "PlacesError", "RiwayaError",
        "WordsError",
    ),
    "riwaya.lang.tables": ("Words",),
    "riwaya.model": (
        "Actor", "ActorMention", "Annotations", "Article", "Claim", "Failure", "Location", "Name", "Passage", "Place", "PlaceMention",
        "Quantity", "Source", "Span", "Step", "TimeExpression",
    ),
}  # fmt: skip


def read(path: str | os.PathLike[str], *, published: date | None = None) -> Article:
    """The one article of a file: `.txt`, `.html`, `.html.gz`, or `.jsonl` with one row.

    `published` dates it if it does not date itself. What cannot be read raises an InputError, whose `where` is the path (with the line, in
    JSON lines) and whose `reason` says why: MissingInput if it is not there, EmptyInput if it holds no text, BinaryInput if it is no text,
    ForeignInput if it is not Arabic, BrokenInput if it is not what it says it is; InputError itself for a file of several articles, which
    `read_all` takes.
    """
    from riwaya import errors
    from riwaya.model import Article

    found = list(read_all([path], published=published))
    articles = [one for one in found if isinstance(one, Article)]
    if len(articles) > 1:
        raise errors.InputError(os.fspath(path), f"it holds {len(articles)} articles, where one was asked for")
    for failure in found:
        if not isinstance(failure, Article) and failure.kind != "partly":
            raise next(kind for kind in errors.InputError.__subclasses__() if kind.kind == failure.kind)(failure.where, failure.reason)
    return articles[0]


def read_all(paths: Iterable[str | os.PathLike[str]], *, published: date | None = None) -> Iterator[Article | Failure]:
    """The articles of files and folders, one at a time; in the place of what cannot be read, a Failure that says where and why.

    A Failure of the kind "partly" stands before an article that was read all the same. Nothing is raised for what an input holds.
    `published` dates the articles that do not date themselves.
    """
    from riwaya.parse import read_paths

    return read_paths((os.fspath(path) for path in paths), published=published)


def annotate(
    article: Article | str, *, published: date | None = None, words: Words | str | os.PathLike[str] | None = None,
    gazetteers: str | os.PathLike[str] | None = None,
) -> Annotations:  # fmt: skip
    """Everything read in one article, or in a text: claims, quantities, times, names, actors and places, in the order of the text.

    `published` dates an article that has no date: relative times are resolved from it, and never without one. `words` are the tables to
    read with, or a folder of rows to lay over the packaged ones (WordsError if they break a rule); `gazetteers` a folder of imported ones
    (`riwaya places import`) to lay over the packaged one (PlacesError if one cannot be read). Never fails on a text.
    """
    from riwaya.extract.annotate import annotate as annotate_article

    tables = _words(words)
    return annotate_article(_article(article, published, tables), words=tables, gazetteers=_gazetteers(gazetteers))


def explain(
    article: Article | str, *, words: Words | str | os.PathLike[str] | None = None,
    gazetteers: str | os.PathLike[str] | None = None, at: int | None = None,
) -> tuple[Step, ...]:  # fmt: skip
    """What was looked at on the way to claims, places and actors, with reasons; near misses too. `at` keeps what covers that offset."""
    from riwaya.extract.annotate import explain as explain_article

    tables = _words(words)
    return explain_article(_article(article, None, tables), words=tables, gazetteers=_gazetteers(gazetteers), at=at)


def load_words(folder: str | os.PathLike[str] | None = None) -> Words:
    """The packaged tables of words, with a folder's rows over them. WordsError names the file and the row that breaks a rule."""
    from pathlib import Path

    from riwaya.lang.tables import load

    return load(None if folder is None else Path(folder))


def to_row(annotations: Annotations) -> dict[str, Any]:
    """Annotations as the object that is one line of `riwaya read --format jsonl`; `docs/schema.md` describes it."""
    from riwaya.show.jsonl import row

    return row(annotations)


def from_row(row: Mapping[str, Any]) -> Annotations:
    """The annotations that `to_row` wrote. ValueError for a row of another schema, KeyError for one that lacks a field."""
    from riwaya.show.jsonl import read_row

    return read_row(row)


def _article(article: Article | str, published: date | None, words: Words | None) -> Article:
    """An article of a text, its furniture told apart as in a file's; or the same article, dated if it was not."""
    from dataclasses import replace

    from riwaya.model import Article

    if isinstance(article, str):
        from riwaya.parse import passages
        from riwaya.show.jsonl import digest

        return Article(digest(article)[:16], article, published=published, passages=passages(article, words=words))
    return article if article.published or published is None else replace(article, published=published)


def _words(words: Words | str | os.PathLike[str] | None) -> Words | None:
    return load_words(words) if isinstance(words, (str, os.PathLike)) else words


def _gazetteers(folder: str | os.PathLike[str] | None) -> riwaya.places.layers.Gazetteers | None:
    """A folder's gazetteers over the packaged one; opened again only where a file of it has changed."""
    from pathlib import Path

    from riwaya.places.shelf import with_imports

    if folder is None:
        return None
    files = sorted((str(path), path.stat().st_mtime_ns) for path in Path(folder).iterdir()) if Path(folder).is_dir() else []
    key = (os.fspath(folder), *files)
    if key not in _opened:
        _opened.clear()
        _opened[key] = with_imports(Path(folder))
    return _opened[key]


_opened: dict[tuple[object, ...], riwaya.places.layers.Gazetteers] = {}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name == "__version__":
        from importlib.metadata import version

        return version("riwaya")
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'riwaya' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
