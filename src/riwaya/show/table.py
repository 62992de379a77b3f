"""CSV: a row a claim, for a spreadsheet. `docs/schema.md` describes the columns.

A view, not the record: where a cell would be taken for a formula it is written with an apostrophe before it, so that opening the file
runs nothing (OWASP, CSV injection); line breaks within a cell are newlines, other control characters U+FFFD. Coordinates are plain
numbers, which may begin with a minus. JSON lines keep every character.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from riwaya.model import ActorMention, Annotations, Article, Claim, PlaceMention, Quantity, Span, TimeExpression
from riwaya.show.clean import finite, visible
from riwaya.show.grouped import actors

COLUMNS = (
    "id", "outlet", "published", "title", "url", "claim", "speaker", "kind", "naming", "role", "affiliation", "source", "cue",
    "content", "form", "attitude", "to", "via", "chain", "quantities", "times", "date_start", "date_end", "when", "when_from", "actors",
    "places", "where", "where_name", "where_kind", "where_country", "where_id", "lat", "lon", "where_prec", "radius", "where_score",
    "where_from", "cue_start", "cue_end", "content_start", "content_end", "spans", "rule", "made_by",
)  # fmt: skip
# A spreadsheet looks past white space and invisible marks, and takes full-width signs too. Within a cell, a line break, a tab or a
# semicolon begins a new cell for a spreadsheet that splits at semicolons, as Excel does in most Arabic-speaking countries.
_UNSEEN = "[\\s\u061c\u200b-\u200f\u2060\ufeff]{0,16}"
_FORMULA = re.compile(f"(\\A|[;\t\n])(?={_UNSEEN}[=+@\uff0b\uff0d\uff1d\uff20-])")
_BROKEN = re.compile(f"{_UNSEEN}[\t\n]")
_DEGREES = 5  # digits of a degree behind the point: a metre, finer than any gazetteer is
Cell = str | int | float


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


def cells(annotations: Annotations, claim: Claim, place: int) -> list[Cell]:
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
        *_when(claim, text),
        safe("; ".join(_actor(mentions[0], text) for mentions in actors(claim.actors).values())),
        safe("; ".join(_place(mention, text) for mention in claim.places)),
        *_where(claim, text),
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


def _when(claim: Claim, text: str) -> list[Cell]:
    """First and last day (ISO 8601), the words, and where those stand; empty where it is not known."""
    when = claim.when
    if when is None:
        return ["", "", "", claim.when_from]
    days = (day.isoformat() if day else "" for day in (when.start, when.end))
    return [*days, safe(when.span.of(text)), claim.when_from]


def _where(claim: Claim, text: str) -> list[Cell]:
    """The words; the place and its point; how exactly that is known; where the words stand. Empty where it is not known."""
    if claim.where is None:
        return [*[""] * 10, claim.where_from]
    where = claim.where.location
    place = where.place
    known = map(safe, (place.name, place.kind, place.country, place.id) if place else [""] * 4)
    exact: list[Cell | None] = [degrees(where.lat), degrees(where.lon), where.where_prec, where.radius, finite(where.score)]
    told: list[Cell] = ["" if one is None or place is None else one for one in exact]
    return [safe(claim.where.phrase.of(text)), *known, *told, claim.where_from]


def degrees(value: float | None) -> float | None:
    """A coordinate to the metre; `None` where there is none."""
    known = finite(value)
    return None if known is None else round(known, _DEGREES)


def _actor(mention: ActorMention, text: str) -> str:
    """`the words = name (sector)`; `?` where it is not known who is meant."""
    return f"{mention.span.of(text)} = {f'{mention.name} ({mention.kind})' if mention.kind else mention.name if mention.resolved else '?'}"


def _place(mention: PlaceMention, text: str) -> str:
    """`the words = name (kind, precision)`; `?` where it is not known which place is meant."""
    where = mention.location
    known = f"{where.place.name} ({where.place.kind}, {where.where_prec})" if where.place else "?"
    return f"{mention.phrase.of(text)} = {known}"


def _csv(rows: Iterable[Sequence[Cell]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue()
