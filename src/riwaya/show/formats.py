"""The formats by name, and how they are asked to look. A format's own module is imported when it is used: a small file is read fast."""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol, get_args

from riwaya.model import Annotations

Format = Literal["ledger", "jsonl", "csv", "html", "annotations", "geojson"]
Language = Literal["ar", "en"]
By = Literal["text", "speaker"]
FORMATS: tuple[Format, ...] = get_args(Format)


class Look(NamedTuple):
    """How an output is shown.

    `language` is that of the labels of ledger and page. `by`, `columns` (its width), `color` and `terminal` (escape sequences are
    understood where it is printed) are the ledger's; `bom` (a byte-order mark first) is the table's.
    """

    language: Language = "ar"
    by: By = "text"
    columns: int = 100
    color: bool = False
    terminal: bool = False
    bom: bool = True


class Writer(Protocol):
    """Writes articles one after another. What `begin`, then `add` for each article, then `end` return is the whole output."""

    def begin(self) -> str:
        """What stands before the first article."""

    def add(self, annotations: Annotations) -> str:
        """One article."""

    def end(self) -> str:
        """What stands after the last article."""


def writer(name: Format, look: Look | None = None) -> Writer:
    """A new writer of that format. ValueError for a name that is no format."""
    look = look or Look()
    match name:
        case "ledger":
            from riwaya.show.ledger import Ledger

            return Ledger(look)
        case "jsonl":
            from riwaya.show.jsonl import JsonLines

            return JsonLines()
        case "csv":
            from riwaya.show.table import Table

            return Table(bom=look.bom)
        case "html":
            from riwaya.show.page import Page

            return Page(language=look.language)
        case "annotations":
            from riwaya.show.webannotation import WebAnnotations

            return WebAnnotations()
        case "geojson":
            from riwaya.show.geojson import GeoJson

            return GeoJson()
    raise ValueError(f"{name} is no format; there are {', '.join(FORMATS)}")
