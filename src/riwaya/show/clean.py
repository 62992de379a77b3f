"""What an output may hold: text that any terminal, browser, spreadsheet and UTF-8 decoder takes as words and nothing else.

Three things in a raw text are dangerous to show: lone surrogates, which UTF-8 has no bytes for; control characters, which terminals obey;
and the bidi controls that embed, override or isolate, which let a text reorder what stands around it (Unicode TR 36 and 55). The first two
become U+FFFD, the last are left out. Single-letter marks (LRM, RLM, ALM) and the joiners stay: Arabic needs them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NARROW = re.compile(
    "[ -~\u00a0\u00ab\u00b7\u00bb\u060c\u061b\u061f-\u064a\u0660-\u066f\u2013-\u2026]*"
)  # one column each: most of any report
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")


def utf8(text: str) -> str:
    """`text` with every lone surrogate as U+FFFD: what can always be encoded. The length does not change."""
    return _SURROGATES.sub("\ufffd", text) if not text.isascii() else text


def visible(text: str) -> str:
    """`text` as it may be shown: line breaks as newlines, other controls as U+FFFD, reordering bidi controls left out."""
    return _REORDERING.sub("", _CONTROLS.sub("\ufffd", _BREAKS.sub("\n", text)))


def one_line(text: str) -> str:
    """`visible` text with every run of white space as one space, none at the ends."""
    return " ".join(visible(text).split())


def finite(value: int | float | None) -> int | float | None:
    """The number, or `None` where JSON and Python's own printing have no digits for it: infinite, not a number, beyond 1e300."""
    return value if value is not None and abs(value) < 1e300 else None


@cache
def cells(char: str) -> int:
    """How many terminal columns a character takes: 0 for combining marks and invisible ones, 2 for wide ones, else 1."""
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def width(text: str) -> int:
    """How many terminal columns a line takes. Letters are not shaped: a lam-alef counts as two, as terminals draw it."""
    return len(text) if _NARROW.fullmatch(text) else sum(map(cells, text))
