"""One spelling for the rules, with a map back to the raw text.

The normal form folds what Arabic spelling leaves free: alef and its hamzas, final ya and ta marbuta, Persian letters, tatweel,
diacritics, digits, presentation forms, zero-width and bidi marks. Two laws hold for every string: a span ends where the next normal
character begins (so the tanwin stays with its word), and a span never cuts a raw ligature.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass

from riwaya.model import Span

_SAME_LENGTH = {
    **dict.fromkeys(map(ord, "أإآٱٲٳٵ"), "ا"),
    ord("ى"): "ي", ord("ی"): "ي", ord("ې"): "ي", ord("ے"): "ي",
    ord("ة"): "ه", ord("ھ"): "ه", ord("ہ"): "ه", ord("ە"): "ه",
    ord("ک"): "ك", ord("ڪ"): "ك",
    **{ord("٠") + d: str(d) for d in range(10)},
    **{ord("۰") + d: str(d) for d in range(10)},
    ord("٫"): ".", ord("٬"): ",",
    ord("\u00a0"): " ", ord("\u202f"): " ", ord("\u2007"): " ", ord("\u2009"): " ",
}  # fmt: skip
_DROPPED = "ـ\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\x00"
_DROP = re.compile(f"[{_DROPPED}]")
_COMPATIBLE = re.compile("[\ufb50-\ufdfb\ufe70-\ufefc\uff01-\uff5e\u2460-\u249b]")


@dataclass(frozen=True, slots=True)
class Normal:
    """A raw text and its normal form. `starts[i]` is the raw offset of normal character i; it has one entry more, the raw length."""

    raw: str
    text: str
    starts: array[int] | range

    def span(self, start: int, end: int) -> Span:
        """The raw span of normal [start, end): marks that follow the last letter belong to it, a ligature is never cut."""
        if end <= start:
            return Span(self.starts[start], self.starts[start])
        first, last = self.starts[start], self.starts[end]
        if end < len(self.text) and last == self.starts[end - 1]:  # the end falls inside one raw ligature
            while end < len(self.text) and self.starts[end] == last:
                end += 1
            last = self.starts[end]
        return Span(first, last)


def fold(word: str) -> str:
    """The normal form of a string, without the map: for words of the tables, and for comparing names."""
    return normalise(word).text


def normalise(raw: str) -> Normal:
    """Fold `raw` and keep, for each normal character, where it began. Linear in the length of `raw`."""
    if _COMPATIBLE.search(raw):
        return _normalise_compatible(raw)
    if not _DROP.search(raw):
        return Normal(raw, raw.translate(_SAME_LENGTH), range(len(raw) + 1))
    pieces: list[str] = []
    starts = array("L")
    at = 0
    for mark in _DROP.finditer(raw):
        if at < mark.start():
            pieces.append(raw[at : mark.start()])
            starts.extend(range(at, mark.start()))
        at = mark.end()
    pieces.append(raw[at:])
    starts.extend(range(at, len(raw) + 1))
    return Normal(raw, "".join(pieces).translate(_SAME_LENGTH), starts)


def _normalise_compatible(raw: str) -> Normal:
    """As `normalise`, for a text with presentation forms, ligatures or full-width letters: character by character."""
    pieces: list[str] = []
    starts = array("L")
    for at, char in enumerate(raw):
        if _COMPATIBLE.match(char):
            char = unicodedata.normalize("NFKC", char)
        char = _DROP.sub("", char)
        pieces.append(char.translate(_SAME_LENGTH))
        starts.extend([at] * len(char))
    starts.append(len(raw))
    return Normal(raw, "".join(pieces), starts)
