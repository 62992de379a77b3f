"""CSV: a row a claim, for a spreadsheet. `docs/schema.md` describes the columns.

A view, not the record: where a cell would be taken for a formula it is written with an apostrophe before it, so that opening the file
runs nothing (OWASP, CSV injection); line breaks within a cell are newlines, other control characters U+FFFD. JSON lines keep every
character.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from riwaya.model import Annotations, Article, Claim, Quantity, Span, TimeExpression
from riwaya.show.clean import finite, visible

COLUMNS = (
    "id", "outlet", "published", "title", "url", "claim", "speaker", "kind", "naming", "role", "affiliation", "source", "cue",
    "content", "form", "attitude", "to", "via", "chain", "quantities", "times", "cue_start", "cue_end", "content_start", "content_end",
    "spans", "rule", "made_by",
)  # fmt: skip
# A spreadsheet looks past white space and invisible marks, and takes full-width signs too. Within a cell, a line break, a tab or a
# semicolon begins a new cell for a spreadsheet that splits at semicolons, as Excel does in most Arabic-speaking countries.
_UNSEEN = "[\\s\u061c\u200b-\u200f\u2060\ufeff]{0,16}"
_FORMULA = re.compile(f"(\\A|[;\t\n])(?={_UNSEEN}[=+@\uff0b\uff0d\uff1d\uff20-])")
_BROKEN = re.compile(f"{_UNSEEN}[\t\n]")


class Table:
    """Writes a header, then a row a claim, as RFC 4180 has it (commas, CRLF); an article without claims gives no row.

    `bom` puts a byte-order mark first: without one Excel reads UTF-8 as the system's own encoding and shows Arabic as noise.
    """

    def __init__(self, *, bom: bool = True) -> None:
        self.bom = bom

    def begin(self) -> str:
        """The byte-order mark, if asked for, and the header."""
        return ("\ufeff" if self.bom else "") + _csv([COLUMNS])

    def add(self, annotations: Annotations) -> str:
        """The article's rows."""
        return _csv([cells(annotations, claim, place) for place, claim in enumerate(annotations.claims, 1)])

    def end(self) -> str:
        """Nothing."""
        return ""


def cells(annotations: Annotations, claim: Claim, place: int) -> list[str | int]:
    """One claim's row, in the order of `COLUMNS`; `place` counts the article's claims from 1."""
    article, source, text = annotations.article, claim.source, annotations.article.text
    spans = claim.content
    return [
        *_about(article),
        place,
        *map(safe, (source.name, source.kind, source.naming, source.role, source.affiliation)),
        *map(safe, (_words(source.span, text), claim.cue.of(text), " […] ".join(span.of(text) for span in spans))),
        *map(safe, (claim.form, claim.attitude, _words(claim.addressee, text), claim.chain[0] if claim.chain else None)),
        safe("; ".join(claim.chain)),
        safe("; ".join(_quantity(quantity, text) for quantity in claim.quantities)),
        safe("; ".join(_time(time, text) for time in claim.times)),
        claim.cue.start,
        claim.cue.end,
        spans[0].start if spans else "",
        spans[-1].end if spans else "",
        " ".join(f"[{span.start},{span.end}]" for span in spans),
        safe(claim.rule),
        safe(annotations.made_by),
    ]


def safe(value: str | None) -> str:
    """A cell that no spreadsheet runs, and that holds no control character but the newline."""
    shown = _FORMULA.sub(r"\1'", visible(value or ""))
    return "'" + shown if _BROKEN.match(shown) else shown


def _about(article: Article) -> list[str]:
    published = article.published.isoformat() if article.published else ""
    return [safe(article.id), safe(article.outlet), published, safe(article.headline), safe(article.url)]


def _words(span: Span | None, text: str) -> str | None:
    return None if span is None else span.of(text)


def _quantity(quantity: Quantity, text: str) -> str:
    """`the words = low..high (bound)`: an open end is left out."""
    low, high = ("" if end is None else str(end) for end in (finite(quantity.low), finite(quantity.high)))
    amount = low if low == high else f"{low}..{high}"
    return f"{quantity.span.of(text)} = {amount or '?'} ({quantity.bound})"


def _time(time: TimeExpression, text: str) -> str:
    """`the words = day` or `= first/last day` (ISO 8601); `?` where it could not be placed."""
    start, end = (day.isoformat() if day else ".." for day in (time.start, time.end))
    when = "?" if time.start is None and time.end is None else start if start == end else f"{start}/{end}"
    return f"{time.span.of(text)} = {when}"


def _csv(rows: Iterable[Sequence[str | int]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue()
