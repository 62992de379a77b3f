"""JSON lines: one object an article, everything that was read in it. `docs/schema.md` describes the schema that `SCHEMA` names.

Every span is `{"start", "end", "text"}`, its words verbatim. A row holds the text itself, so that it can be read back, and needs no other
file; `sha256` is the digest of that text in UTF-8. The rows are what the scorer of claims takes as predictions.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from riwaya.model import Annotations, Article, Claim, Passage, Quantity, Source, Span, TimeExpression
from riwaya.show.clean import finite

SCHEMA = "riwaya-article/1"
# Two lone surrogates side by side would be read back as one character, and every offset after them would be wrong.
_FALSE_PAIR = re.compile("[\ud800-\udbff](?=[\udc00-\udfff])")
_UNSAFE = re.compile("[\ud800-\udfff\u2028\u2029\x85]")  # no bytes in UTF-8; taken for the end of a line by some readers


class JsonLines:
    """Writes a line an article."""

    def begin(self) -> str:
        """Nothing."""
        return ""

    def add(self, annotations: Annotations) -> str:
        """The article's line."""
        return line(annotations) + "\n"

    def end(self) -> str:
        """Nothing."""
        return ""


def line(annotations: Annotations) -> str:
    """One article as one line of JSON without a newline; encodes in UTF-8 whatever the text holds."""
    written = json.dumps(row(annotations), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", _FALSE_PAIR.sub("\ufffd", written))


def row(annotations: Annotations) -> dict[str, Any]:
    """One article as the object of its line: only strings, numbers, booleans, `None`, lists and dictionaries."""
    article = annotations.article
    text = article.text
    return {
        "schema": SCHEMA,
        "made_by": annotations.made_by,
        "id": article.id,
        "title": article.headline,
        "url": article.url,
        "outlet": article.outlet,
        "published": _iso(article.published),
        "deck": article.deck,
        "byline": article.byline,
        "language": article.language,
        "sha256": digest(text),
        "text": text,
        "passages": [{"kind": passage.kind, "start": passage.span.start, "end": passage.span.end} for passage in article.passages],
        "claims": [_claim(claim, text) for claim in annotations.claims],
        "quantities": [_quantity(quantity, text) for quantity in annotations.quantities],
        "times": [_time(time, text) for time in annotations.times],
    }


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal. Lone surrogates count as the three bytes they would have."""
    return hashlib.sha256(_FALSE_PAIR.sub("\ufffd", text).encode("utf-8", "surrogatepass")).hexdigest()


def read_row(found: Mapping[str, Any]) -> Annotations:
    """The annotations that `row` wrote. KeyError or ValueError for a row of another schema."""
    if found["schema"] != SCHEMA:
        raise ValueError(f"a row of {SCHEMA}, not of {found['schema']}")
    article = Article(
        id=found["id"],
        text=found["text"],
        headline=found["title"],
        deck=found["deck"],
        byline=found["byline"],
        published=_date(found["published"]),
        language=found["language"],
        url=found["url"],
        outlet=found["outlet"],
        passages=tuple(Passage(Span(passage["start"], passage["end"]), passage["kind"]) for passage in found["passages"]),
    )
    return Annotations(
        article=article,
        claims=tuple(map(_read_claim, found["claims"])),
        quantities=tuple(map(_read_quantity, found["quantities"])),
        times=tuple(map(_read_time, found["times"])),
        made_by=found["made_by"],
    )


def _claim(claim: Claim, text: str) -> dict[str, Any]:
    source = claim.source
    return {
        "cue": _span(claim.cue, text),
        "source": _span(source.span, text),
        "speaker": {
            "name": source.name,
            "kind": source.kind,
            "naming": source.naming,
            "role": source.role,
            "affiliation": source.affiliation,
        },
        "kind": source.kind,
        "content": [_span(span, text) for span in claim.content],
        "form": claim.form,
        "attitude": claim.attitude,
        "to": _span(claim.addressee, text),
        "via": claim.chain[0] if claim.chain else None,
        "chain": list(claim.chain),
        "quantities": [_quantity(quantity, text) for quantity in claim.quantities],
        "times": [_time(time, text) for time in claim.times],
        "rule": claim.rule,
    }


def _quantity(quantity: Quantity, text: str) -> dict[str, Any]:
    return {
        "span": _span(quantity.span, text),
        "low": finite(quantity.low),
        "high": finite(quantity.high),
        "bound": quantity.bound,
        "about": quantity.about,
        "of": quantity.of,
        "rule": quantity.rule,
    }


def _time(time: TimeExpression, text: str) -> dict[str, Any]:
    return {
        "span": _span(time.span, text),
        "type": time.type,
        "from": _iso(time.start),
        "to": _iso(time.end),
        "grain": time.grain,
        "value": time.value,
        "anchor": _iso(time.anchor),
        "rule": time.rule,
    }


def _span(span: Span | None, text: str) -> dict[str, Any] | None:
    return None if span is None else {"start": span.start, "end": span.end, "text": span.of(text)}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _date(day: str | None) -> date | None:
    return None if day is None else date.fromisoformat(day)


def _read_span(found: Mapping[str, Any]) -> Span:
    return Span(found["start"], found["end"])


def _read_claim(found: Mapping[str, Any]) -> Claim:
    return Claim(
        cue=_read_span(found["cue"]),
        source=Source(span=found["source"] and _read_span(found["source"]), **found["speaker"]),
        content=tuple(map(_read_span, found["content"])),
        form=found["form"],
        attitude=found["attitude"],
        addressee=found["to"] and _read_span(found["to"]),
        chain=tuple(found["chain"]),
        quantities=tuple(map(_read_quantity, found["quantities"])),
        times=tuple(map(_read_time, found["times"])),
        rule=found["rule"],
    )


def _read_quantity(found: Mapping[str, Any]) -> Quantity:
    return Quantity(_read_span(found["span"]), found["low"], found["high"], found["bound"], found["of"], found["rule"])


def _read_time(found: Mapping[str, Any]) -> TimeExpression:
    return TimeExpression(
        span=_read_span(found["span"]),
        type=found["type"],
        start=_date(found["from"]),
        end=_date(found["to"]),
        grain=found["grain"],
        value=found["value"],
        anchor=_date(found["anchor"]),
        rule=found["rule"],
    )
