"""Lines of a terminal: pieces of styled text, wrapped to a width, readable from right to left.

Letters stay in logical order and are not shaped: the terminal does both, or nobody can. What was seen in terminals that know the bidi
algorithm (VTE, mlterm): isolates are drawn as boxes or turn the guess of a line's direction wrong, and one Latin word in a line that is
taken for left-to-right tears it apart. So no isolates are written. A right-to-left line begins with an Arabic letter or a RIGHT-TO-LEFT
MARK, terminals are told its direction (ECMA-48 SPD, see `RTL_ON`), and all numbers in it are joined by colons, commas and slashes, which
keep their order everywhere (UAX 9, W4).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from riwaya.show.clean import cells, width

RTL_ON, RTL_OFF = "\x1b[2 k", "\x1b[0 k"  # SELECT PRESENTATION DIRECTIONS, as "BiDi in terminal emulators" has it
_RLM = "\u200f"
_STYLES = {
    "plain": "",
    "strong": "\x1b[1m",
    "faint": "\x1b[2m",
    "cue": "\x1b[35m",
    "alert": "\x1b[1;31m",
}  # colours that can be read on black and on white
_RESET = "\x1b[0m"
_PARTS = re.compile(r"\n|[^\S\n\u00a0]+|(?:\S|\u00a0)+")  # a no-break space does not break


class Piece(NamedTuple):
    """Text in one style (a key of the table above)."""

    text: str
    style: str = "plain"


Line = list[Piece]


def wrap(pieces: Iterable[Piece], columns: int, *, first: str = "", rest: str = "") -> Iterator[Line]:
    """Lines no wider than `columns`; `first` begins the first, `rest` the others. Breaks at spaces, within a word only if it must."""
    most = max(1, columns - max(width(first), width(rest)))
    line: Line = [Piece(first)]
    taken = -1  # of `most`; -1 where the line has no word yet
    for word, needed in _words(pieces, most):
        if not word or (taken >= 0 and taken + 1 + needed > most):
            yield line
            line, taken = [Piece(rest)], -1
            if not word:
                continue
        if taken >= 0:
            line.append(Piece(" ", word[0].style if line[-1].style == word[0].style else "plain"))
        line.extend(word)
        taken += 1 + needed
    yield line


def _words(pieces: Iterable[Piece], most: int) -> Iterator[tuple[Line, int]]:
    """Words, each of one or more pieces that touch, with their widths, none wider than `most`; an empty one is a line break."""
    word: Line = []
    needed = 0
    for text, style in pieces:
        for part in _PARTS.findall(text):
            if not part.isspace():
                word.append(Piece(part, style))
                needed += width(part)
                continue
            if word:
                yield from _fit(word, needed, most)
                word, needed = [], 0
            if part == "\n":
                yield [], 0
    if word:
        yield from _fit(word, needed, most)


def _fit(word: Line, needed: int, most: int) -> Iterator[tuple[Line, int]]:
    if needed <= most:
        yield word, needed
        return
    for text, style in word:
        yield from (([Piece(cut, style)], width(cut)) for cut in _cut(text, most))


def _cut(word: str, most: int) -> Iterator[str]:
    begun, taken = 0, 0
    for at, char in enumerate(word):
        size = cells(char)
        if taken + size > most and at > begun:
            yield word[begun:at]
            begun, taken = at, 0
        taken += size
    yield word[begun:]


def paint(line: Line, *, color: bool, rtl: bool) -> str:
    """One line as it is printed, without a newline; a right-to-left line whose first letter says otherwise begins with a mark.

    No mark is put at a line's end: in VTE it keeps a bracket before it from being mirrored.
    """
    plain = "".join(piece.text for piece in line).rstrip()
    if not plain:
        return ""
    mark = _RLM if rtl and _strong(plain) == "L" else ""
    shown = plain if not color else "".join(_dress(style, pieces) for style, pieces in groupby(line, key=lambda piece: piece.style))
    return mark + shown.replace("\u00a0", " ")


def _dress(style: str, pieces: Iterable[Piece]) -> str:
    text = "".join(piece.text for piece in pieces)
    return f"{_STYLES[style]}{text}{_RESET}" if _STYLES[style] else text


def _strong(text: str) -> str:
    """The direction of the first strong letter: R, L, or nothing."""
    for char in text:
        if (found := unicodedata.bidirectional(char)) in ("R", "AL", "L"):
            return "L" if found == "L" else "R"
    return ""
