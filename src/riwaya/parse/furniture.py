"""What in a text is the article and what is the site's: headline, byline, deck, paragraphs and furniture.

The text stays whole: furniture is marked, so that no claim is read there. The phrases, and where each must stand to be furniture, are in
`furniture.toml`; the rest is the shape of a page's copy: a short first line without a stop is its headline, a headline that comes again
is furniture, and so is a line that is nothing but an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from riwaya.lang.tables import Words, load
from riwaya.model import Passage, PassageKind, Span
from riwaya.text.normal import fold, normalise

_LINE = re.compile("[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_WORD = re.compile(r"\w+")
_AFTER_STOP = re.compile(r"(?:^|[.!؟»”\"'):…])\s*(?=\w)")
_ADDRESS = re.compile(r"https?://|www\.|[\w.+-]@[\w-]+\.|(?:^|[\s:])@\w", re.ASCII)
_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a]")
_PARTED = re.compile(r"[:–—/|-]|  ")  # what parts a place from a name in a byline; a lone tatweel leaves two spaces when folded
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")  # a date stands beside the place, not in a deck
_LABELLED = re.compile(r"\s*(?:[:|/]|\d|$)")
_NO_HEADLINE = (".", "،", ":", "؛", "…")
_CLOSERS = " \t\u00a0»”\"')]"
_LONGEST_HEADLINE = 25  # words; 99.9 % of 31,030 newspaper headlines are shorter
_LONGEST_BYLINE = 7
_LONGEST_ADDRESS = 4
_LONGEST_BELOW = 5  # lines: headline, two decks, headline, and one to spare
_RUNNING = 25  # words: a longer line is running text, whatever its end
_MOST = 12
_MOST_LINES = 100_000
_BEGINNING, _LONGEST_TITLE, _ENDING = 80, 300, 8  # code points: more than any phrase of the table, any title, any run of closing marks


class _Found(NamedTuple):
    """A phrase of the table at the start of a text: where its row lets it stand, the most words, and where it ends in the text."""

    where: frozenset[str]
    most: int
    end: int


class _Phrases(NamedTuple):
    """The table, ready to use: each phrase's row by its words, the words they begin with, and the most words of one."""

    rows: dict[str, tuple[frozenset[str], int]]
    first: frozenset[str]
    longest: int

    def at_start(self, text: str) -> _Found | None:
        """The longest phrase that the normal `text` begins with, whatever stands between its words."""
        found = _WORD.search(text[:_BEGINNING])
        if found is None or found.group() not in self.first:
            return None
        words = [match for match, _ in zip(_WORD.finditer(text[:_BEGINNING]), range(self.longest), strict=False)]
        for count in range(len(words), 0, -1):
            row = self.rows.get(" ".join(match.group() for match in words[:count]))
            if row is not None:
                return _Found(*row, words[count - 1].end())
        return None


class _Line:
    """A line without the white space around it: raw offsets, how it begins (normal) and ends (raw), its words, and what it is."""

    def __init__(self, start: int, end: int, text: str, ending: str, words: int) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.ending = ending
        self.words = words
        self.kind: PassageKind = "body"

    @property
    def is_running(self) -> bool:
        """Whether it reads as sentences, not as a title or label."""
        return self.words > _RUNNING or self.ending.endswith((".", "؟", "!"))


def passages(text: str, *, headline: str | None = None, words: Words | None = None) -> tuple[Passage, ...]:
    """What each stretch of `text` is, in order; spans are code points of `text`. Lines of white space are in none.

    `headline` is how `text` begins where the input says so, `""` where it begins with its body; by default a short first line is taken for
    it. Linear in the length of `text`; never fails. A text of more than 100,000 lines is no copy of an article: it is one body.
    """
    if text.count("\n") > _MOST_LINES:
        return (Passage(Span(0, len(text)), "body"),)
    phrases = _phrases(words or load())
    lines = _lines(text)
    given = len(headline) if headline and text.startswith(headline) else 0
    titled = sum(1 for line in lines if line.start < given)
    for line in lines[:titled]:
        line.kind = "headline"
    rest = lines[titled:]
    _mark_furniture(rest, phrases)
    _mark_titles(rest, seeking=headline is None, titles={line.text for line in lines[:titled]})
    last = max((number for number, line in enumerate(lines) if line.kind == "body"), default=-1)
    return tuple(piece for number, line in enumerate(lines) for piece in _pieces(text, line, phrases, is_last=number == last))


@cache
def _phrases(words: Words) -> _Phrases:
    rows = {
        " ".join(_WORD.findall(fold(phrase))): (frozenset(row["where"]), row.get("most", _MOST))
        for row in words.rows("furniture")
        for phrase in row["say"]
    }
    return _Phrases(rows, frozenset(phrase.split()[0] for phrase in rows), max((len(phrase.split()) for phrase in rows), default=0))


def _lines(text: str) -> list[_Line]:
    lines = []
    for match in _LINE.finditer(text):
        raw = match.group()
        bare = raw.strip()
        if bare:
            start = match.start() + len(raw) - len(raw.lstrip())
            ending = bare[-_ENDING:].rstrip(_CLOSERS)
            words = bare.count(" ") + 1
            beginning = fold(bare[: _BEGINNING if words > _LONGEST_HEADLINE else _LONGEST_TITLE])
            lines.append(_Line(start, start + len(bare), beginning, ending, words))
    return lines


def _mark_furniture(lines: list[_Line], phrases: _Phrases) -> None:
    listing = resting = False
    for line in lines:
        where = _where(line, phrases)
        if listing and not where:
            listing = not line.is_running
        if where or listing or resting or _is_address(line):
            line.kind = "furniture"
        listing = listing or "list" in where
        resting = resting or "rest" in where


def _where(line: _Line, phrases: _Phrases) -> frozenset[str]:
    """The places of the phrase that makes `line` furniture by how it begins; none if it does not."""
    found = phrases.at_start(line.text)
    if found is None:
        return frozenset()
    after = line.text[found.end :]
    if "line" in found.where and not _ARABIC.search(after):
        return found.where
    if line.words > found.most:
        return frozenset()
    if not found.where.isdisjoint(("start", "list", "rest")) or ("label" in found.where and _LABELLED.match(after)):
        return found.where
    return frozenset()


def _is_address(line: _Line) -> bool:
    return line.words <= _LONGEST_ADDRESS and _ADDRESS.search(line.text) is not None and not _ARABIC.search(line.text)


def _mark_titles(lines: list[_Line], *, seeking: bool, titles: set[str]) -> None:
    """Mark headline, byline and deck at the top, and a headline that comes again as furniture.

    Some copies have no headline at the top, but end with headline, deck and headline: there the first two are what they are.
    """
    top = [line for line in lines[:5] if line.kind == "body"]
    if seeking and len(top) > 1 and _may_be_title(top[0]) and any(line.is_running for line in lines[1:]):
        top[0].kind = "headline"
        titles = {top.pop(0).text}
    if titles:
        _mark_under_headline(top)
        for line in lines:
            if line.kind == "body" and line.text in titles:
                line.kind = "furniture"
    elif seeking:
        _mark_titles_below([line for line in lines if line.kind == "body"][-_LONGEST_BELOW:])


def _mark_titles_below(lines: list[_Line]) -> None:
    seen: dict[str, int] = {}
    for number, line in enumerate(lines):
        if not _may_be_title(line):
            continue
        if line.text not in seen:
            seen[line.text] = number
            continue
        lines[seen[line.text]].kind = "headline"
        for deck in lines[seen[line.text] + 1 : number]:
            deck.kind = "deck"
        line.kind = "furniture"
        return


def _mark_under_headline(top: list[_Line]) -> None:
    """Below a headline: decks and a byline, if running text follows them."""
    under = list(takewhile(lambda line: not line.is_running and line.words <= _RUNNING, top))
    if len(under) == len(top):
        return
    for line in under:
        is_byline = line.words <= _LONGEST_BYLINE and _PARTED.search(line.text)
        line.kind = "byline" if is_byline or _YEAR.search(line.text) else "deck"


def _may_be_title(line: _Line) -> bool:
    return 3 <= line.words <= _LONGEST_HEADLINE and not line.ending.endswith(_NO_HEADLINE)


def _pieces(text: str, line: _Line, phrases: _Phrases, *, is_last: bool) -> Iterator[Passage]:
    """The passages of a line: the furniture it begins with, itself, and the furniture it ends with; mostly just itself."""
    start, end = line.start, line.end
    if line.kind in ("body", "byline", "headline"):
        head = _head(line, phrases)
        normal = normalise(text[start:end]) if is_last or head is not None else None
        if normal is not None and head is not None:
            start = line.start + normal.span(0, head).end
        if normal is not None and is_last and (tail := _tail(normal.text, phrases)) is not None:
            end = max(start, line.start + normal.at(tail))
    pieces: tuple[tuple[int, int, PassageKind], ...] = (
        (line.start, start, "furniture"), (start, end, line.kind), (end, line.end, "furniture"),
    )  # fmt: skip
    for first, after, kind in pieces:
        piece = text[first:after]
        bare = piece.strip()
        if bare:
            first += len(piece) - len(piece.lstrip())
            yield Passage(Span(first, first + len(bare)), kind)


def _head(line: _Line, phrases: _Phrases) -> int | None:
    """Where the furniture at the start of a line ends, if there is any."""
    found = phrases.at_start(line.text)
    return found.end if found and "head" in found.where else None


def _tail(line: str, phrases: _Phrases) -> int | None:
    """Where the furniture at the end of the last line begins, if there is any."""
    if line.rstrip(_CLOSERS).endswith("."):
        return None
    for stop in _AFTER_STOP.finditer(line):
        found = phrases.at_start(line[stop.end() : stop.end() + _BEGINNING])
        if found and "tail" in found.where and len(line[stop.end() :].split()) <= found.most:
            return stop.end()
    return None
