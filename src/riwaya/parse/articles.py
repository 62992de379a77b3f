"""One text, one page or one row of JSON lines to one article, with a note of whatever in it could not be read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from riwaya.errors import BrokenInput, EmptyInput, ForeignInput
from riwaya.lang.tables import Words
from riwaya.model import Article, Failure
from riwaya.parse.dates import published_date
from riwaya.parse.decode import Decoded, decode
from riwaya.parse.furniture import passages
from riwaya.parse.language import foreign

_SURROGATES = re.compile("[\ud800-\udfff]")
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_DECLARED_WITHIN = 4096  # bytes; HTML asks for the first 1,024, and templates put comments before


class Setting(NamedTuple):
    """What holds for all that is read in one go: a date for what has none, and a reader's own tables of words."""

    published: date | None = None
    words: Words | None = None


def clean(text: str) -> str:
    """`text` with U+FFFD for each lone surrogate, which no encoding could write; offsets stay."""
    return _SURROGATES.sub("\ufffd", text)


def of_text(data: bytes, where: str, name: str, setting: Setting) -> Iterator[Article | Failure]:
    """The article of a plain text file: its text is the file's, code point for code point, without a byte-order mark."""
    decoded = decode(data, where)
    yield from _notes(decoded, where)
    _check(decoded.text, where)
    marks = passages(decoded.text, words=setting.words)
    yield Article(id=name, text=decoded.text, published=setting.published, passages=marks)


def of_page(data: bytes, where: str, name: str, setting: Setting) -> Iterator[Article | Failure]:
    """The article of an HTML page. EmptyInput if the page holds no prose, BrokenInput if it has no end."""
    from riwaya.parse.page import read_page  # only pages need the library
    from riwaya.parse.tree import MOST_ELEMENTS, TooManyElements

    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    decoded = decode(data, where, declared=declared.group(1).decode("ascii", "replace") if declared else None)
    yield from _notes(decoded, where)
    try:
        page = read_page(clean(decoded.text), words=setting.words)
    except TooManyElements as error:
        raise BrokenInput(where, f"the page has more than {MOST_ELEMENTS:,} elements: no article has") from error
    if not page.text:
        raise EmptyInput(where, "the page holds no article text (it may be drawn by a script, or be a list of links)")
    _check(page.text, where)
    if page.stated_date:
        yield Failure(where, f"its date, {page.stated_date[:40]!r}, is neither ISO 8601 nor RFC 5322; read without a date", "partly")
    is_arabic = (page.language or "").lower().split("-")[0] == "ar"
    yield Article(
        id=name,
        text=page.text,
        headline=page.headline,
        deck=page.deck,
        byline=page.byline,
        published=page.published or (None if page.stated_date else setting.published),
        language=page.language if is_arabic and page.language else "ar",
        url=page.url,
        outlet=page.outlet,
        passages=page.passages,
    )


def of_row(line: bytes, where: str, name: str, setting: Setting) -> Iterator[Article | Failure]:
    """The article of one line of JSON. Its text is `title`, a newline and `text` (or `content`), each as it is; without a title, `text`.

    So an offset into `text` is one into the row's text plus the length of the title plus one. A text that begins with its title as a
    line of its own is not given it twice. BrokenInput for what is no JSON object with a text.
    """
    decoded = decode(line, where)
    row = _object(decoded.text, where)
    yield from _notes(decoded, where)
    body = next((row[key] for key in ("text", "content") if isinstance(row.get(key), str) and row[key].strip()), None)
    if body is None:
        raise EmptyInput(where, "the row has no text: neither 'text' nor 'content' holds any")
    body, title = clean(body), clean(_string(row, "title") or "")
    has_title = bool(title.strip()) and body.lstrip().split("\n", 1)[0].strip() != title.strip()
    text = f"{title}\n{body}" if has_title else body
    _check(text, where)
    stated = row.get("published")
    published = published_date(stated) if isinstance(stated, str) else None
    if stated and published is None:
        yield Failure(where, f"published, {str(stated)[:40]!r}, is not an ISO 8601 date; read without a date", "partly")
    yield Article(
        id=_id(row) or name,
        text=text,
        headline=title.strip() or None,
        published=published or (None if stated else setting.published),
        url=_string(row, "url"),
        outlet=_string(row, "outlet"),
        passages=passages(text, headline=title if has_title else None, words=setting.words),
    )


def _object(text: str, where: str) -> Mapping[str, Any]:
    try:
        row = json.loads(text)
    except json.JSONDecodeError as error:
        raise BrokenInput(where, f"not JSON: {error.msg} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; thousands of brackets
        raise BrokenInput(where, "JSON that cannot be read: a number too long, or nested too deep") from error
    if not isinstance(row, dict):
        raise BrokenInput(where, "JSON, but not an object with 'id' and 'text'")
    return row


def _id(row: Mapping[str, Any]) -> str | None:
    value = row.get("id")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _string(row, "id")


def _string(row: Mapping[str, Any], key: str) -> str | None:
    value = row.get(key)
    return clean(value) if isinstance(value, str) and value.strip() else None


def _notes(decoded: Decoded, where: str) -> Iterator[Failure]:
    if decoded.replaced:
        plural = "s that mean" if decoded.replaced > 1 else " that means"
        yield Failure(where, f"{decoded.replaced} byte{plural} nothing in {decoded.encoding}; each is read as U+FFFD", "partly")


def _check(text: str, where: str) -> None:
    """InputError unless `text` is Arabic."""
    if not text.strip():
        raise EmptyInput(where, "it holds nothing but white space")
    reason = foreign(text)
    if reason is not None:
        raise ForeignInput(where, reason)
