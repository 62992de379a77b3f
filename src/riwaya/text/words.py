"""Words, sentences and quotation marks of one text.

A `Reading` holds a text's tokens as parallel lists, so that a rule can look at `words[i]` and report `span(i, j)`.
"""

from __future__ import annotations

import re
from bisect import bisect
from functools import cached_property
from typing import NamedTuple

from riwaya.model import Span
from riwaya.text.normal import Normal, normalise

# A number keeps its decimal point and thousands commas; a run of dots is one token.
_TOKENS = re.compile(r"[^\W\d]\w*|\d+(?:[.,]\d+)*|\.{2,}|\n|[^\w\s]").findall
_WORDLIKE = re.compile(r"\w")
STOPS = frozenset((".", "!", "?", "؟", "؛", "\n"))
OPENERS = {"«": "»", "“": "”", "„": "”", "‹": "›", "(": ")", "[": "]", "{": "}"}
CLOSERS = frozenset(OPENERS.values())
QUOTES = frozenset("«»“”„\"‹›''")
_EITHER = frozenset('"“”')  # outlets type these facing either way: what stands beside decides
_PAIRED = frozenset((*OPENERS, *CLOSERS, *_EITHER))
_MARKS = frozenset('،.,:؛؟!)»”"\n')  # often stand right behind a word; each is a token by itself there
_met: dict[str, str] = {}  # each word by itself: rules look one up in many tables, and the same object is found faster than an equal one
_MOST_MET = 100_000  # some 10 MB
_CLITICS = frozenset(("و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "ول", "وب", "فل", "فب"))


class Quote(NamedTuple):
    """A pair of marks: the token numbers of the opening and closing mark; `closed` is false where the text never closes it."""

    open: int
    close: int
    mark: str
    closed: bool = True


class Reading:
    """One text's tokens. `words[i]` is normal; `starts[i]`, `ends[i]` are raw offsets; a newline is a token of its own."""

    def __init__(self, normal: Normal, words: list[str], starts: list[int], ends: list[int]) -> None:
        self.normal = normal
        self.words = words
        self.starts = starts
        self.ends = ends

    def __len__(self) -> int:
        return len(self.words)

    @property
    def raw(self) -> str:
        """The raw text."""
        return self.normal.raw

    def span(self, first: int, after: int) -> Span:
        """The raw span of tokens [first, after)."""
        if after <= first:
            at = self.starts[first] if first < len(self.words) else len(self.raw)
            return Span(at, at)
        return Span(self.starts[first], self.ends[after - 1])

    def is_word(self, i: int) -> bool:
        """Whether token i is made of letters or digits."""
        return 0 <= i < len(self.words) and _WORDLIKE.match(self.words[i]) is not None

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Token ranges [first, after) of the sentences, each with its final stop; newlines belong to none."""
        found: list[tuple[int, int]] = []
        first = 0
        for i in [i for i, word in enumerate(self.words) if word in STOPS]:
            after = i if self.words[i] == "\n" else i + 1
            if after > first:
                found.append((first, after))
            first = i + 1
        if first < len(self.words):
            found.append((first, len(self.words)))
        return found

    @cached_property
    def quotes(self) -> list[Quote]:
        """Every pair of quotation marks or brackets, by its opening mark. See `_pair_marks`."""
        return _pair_marks(self)


def read(raw: str) -> Reading:
    """Tokenise `raw`. Linear in its length; never fails."""
    normal = normalise(raw)
    words, starts, ends = _tokens(normal.text)
    if len(_met) > _MOST_MET:
        _met.clear()
    words = list(map(_met.setdefault, words, words))
    if normal.ligatures:
        spans = [normal.span(start, end) for start, end in zip(starts, ends, strict=True)]
        return Reading(normal, words, [span.start for span in spans], [span.end for span in spans])
    return Reading(normal, words, normal.all_at(starts), normal.all_at(ends))


def _tokens(text: str) -> tuple[list[str], list[int], list[int]]:
    """The tokens of a normal text, and where in it they start and end. Between spaces stands mostly one word, or a word and a mark."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for piece in text.split(" "):
        after = at + len(piece)
        if piece.isalpha() or piece.isdecimal():
            words.append(piece)
            starts.append(at)
            ends.append(after)
        elif piece[-1:] in _MARKS and piece[:-1].isalpha():
            words += piece[:-1], piece[-1]
            starts += at, after - 1
            ends += after - 1, after
        else:
            for word in _TOKENS(piece):
                at = text.find(word, at)  # only white space stands between
                words.append(word)
                starts.append(at)
                at += len(word)
                ends.append(at)
        at = after + 1
    return words, starts, ends


def _pair_marks(reading: Reading) -> list[Quote]:
    """Pair marks with one stack. An unclosed quotation ends with its paragraph; a stray closer is skipped."""
    words, starts, ends, raw = reading.words, reading.starts, reading.ends, reading.raw
    found: list[Quote] = []
    stack: list[tuple[int, str]] = []
    for i in [i for i, word in enumerate(words) if word in _PAIRED]:
        word = words[i]
        if word in _EITHER:
            word = _facing(i, word, words, starts, ends, raw, stack)
        if word in OPENERS:
            stack.append((i, word))
        elif word in CLOSERS:
            for depth in range(len(stack) - 1, max(-1, len(stack) - 6), -1):
                if OPENERS[stack[depth][1]] == word:
                    found.append(Quote(stack[depth][0], i, stack[depth][1]))
                    del stack[depth:]
                    break
    if stack:
        newlines = [i for i, word in enumerate(words) if word == "\n"]
        newlines.append(len(words))
        found.extend(Quote(i, newlines[bisect(newlines, i)], mark, closed=False) for i, mark in stack if mark not in "([{")
    found.sort(key=lambda quote: quote.open)
    return found


def _facing(i: int, word: str, words: list[str], starts: list[int], ends: list[int], raw: str, stack: list[tuple[int, str]]) -> str:
    """Which way a mark that faces either way faces here, as “ or ”: by what stands beside it, then by what is open."""
    is_open = any(mark == "“" for _, mark in stack[-4:])
    space_before = i == 0 or ends[i - 1] < starts[i] or words[i - 1] == "\n" or words[i - 1] in OPENERS
    space_after = i + 1 >= len(words) or ends[i] < starts[i + 1] or words[i + 1] in STOPS or words[i + 1] in "،,:؛)»"
    if space_before and not space_after:
        return "“"
    if space_after and not space_before:
        return "”" if is_open or word != "“" else "“"
    if not space_before and not space_after and words[i - 1] in _CLITICS and not is_open:
        return "“"
    return "”" if is_open else "“"
