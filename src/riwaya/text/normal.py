"""One spelling for the rules, with a map back to the raw text.

The normal form folds what Arabic spelling leaves free: alef and its hamzas, final ya and ta marbuta, Persian letters, tatweel,
diacritics, digits, presentation forms, zero-width and bidi marks. Two laws hold for every string: a span ends where the next normal
character begins (so the tanwin stays with its word), and a span never cuts a raw ligature.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from riwaya.model import Span

_SAME_LENGTH = {
    **dict.fromkeys("أإآٱٲٳٵ", "ا"), **dict.fromkeys("ىیېے", "ي"), **dict.fromkeys("ةھہە", "ه"), **dict.fromkeys("کڪ", "ك"),
    **{chr(ord("٠") + d): str(d) for d in range(10)}, **{chr(ord("۰") + d): str(d) for d in range(10)},
    "٫": ".", "٬": ",", **dict.fromkeys("\u00a0\u202f\u2007\u2009", " "),
}  # fmt: skip
_DROPPED = (
    "ـ\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\x00"
)
_DROP = re.compile(f"[{_DROPPED}]")
_COMPATIBLE = re.compile("[\ufb50-\ufdfb\ufe70-\ufefc\uff01-\uff5e\u2460-\u249b]")
_KEPT = 0x800  # code points below, Latin and Arabic, are folded once; the others are rare, and many


class _Folding(dict[int, str]):
    """What each code point folds to, as `str.translate` asks for it."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if _COMPATIBLE.match(char):
            char = unicodedata.normalize("NFKC", char)
        folded = "".join(_SAME_LENGTH.get(one, one) for one in _DROP.sub("", char))
        if code < _KEPT:
            self[code] = folded
        return folded


_FOLDED = _Folding()


class Normal(NamedTuple):
    """A raw text and its normal form.

    `shifts[k]` is how far the raw text is ahead of the normal one from normal character `cuts[k]` on; both as long as the changes.
    Where `ligatures` is true, several normal characters may be one raw one.
    """

    raw: str
    text: str
    cuts: Sequence[int] = ()
    shifts: Sequence[int] = ()
    ligatures: bool = False

    def at(self, offset: int) -> int:
        """The raw offset at which a normal character begins; the raw length for the normal length."""
        change = bisect_right(self.cuts, offset)
        return offset + self.shifts[change - 1] if change else offset

    def all_at(self, offsets: list[int]) -> list[int]:
        """The same for many ascending offsets."""
        if not self.cuts:
            return offsets
        found: list[int] = []
        shift = first = 0
        for cut, following in zip(self.cuts, self.shifts, strict=True):
            after = bisect_left(offsets, cut, first)
            if after > first:
                found += [offset + shift for offset in offsets[first:after]]
            shift, first = following, after
        return found + [offset + shift for offset in offsets[first:]]

    def span(self, start: int, end: int) -> Span:
        """The raw span of normal [start, end): marks that follow the last letter belong to it, a ligature is never cut."""
        first, last = self.at(start), self.at(end)
        if end <= start:
            return Span(first, first)
        if last == self.at(end - 1):  # the end falls inside one raw ligature
            while self.at(end) == last:
                end += 1
            last = self.at(end)
        return Span(first, last)


def fold(word: str) -> str:
    """The normal form of a string, without the map: for words of the tables, and for comparing names."""
    return word.translate(_FOLDED)


def normalise(raw: str) -> Normal:
    """Fold `raw` and keep where it was shifted. Linear in the length of `raw`."""
    if _COMPATIBLE.search(raw):
        return _normalise_compatible(raw)
    dropped = [mark.start() for mark in _DROP.finditer(raw)]
    text = _DROP.sub("", raw) if dropped else raw
    for char, plain in _SAME_LENGTH.items():  # far faster than str.translate on a long text
        if char in text:
            text = text.replace(char, plain)
    return Normal(raw, text, [at - before for before, at in enumerate(dropped)], range(1, len(dropped) + 1))


def _normalise_compatible(raw: str) -> Normal:
    """As `normalise`, for a text with presentation forms, ligatures or full-width letters: character by character."""
    pieces: list[str] = []
    cuts: list[int] = []
    shifts: list[int] = []
    shift = length = 0
    for at, char in enumerate(raw):
        folded = _FOLDED[ord(char)]
        pieces.append(folded)
        for position in range(length, length + len(folded)):
            if at - position != shift:
                shift = at - position
                cuts.append(position)
                shifts.append(shift)
        length += len(folded)
    cuts.append(length)
    shifts.append(len(raw) - length)
    return Normal(raw, "".join(pieces), cuts, shifts, ligatures=True)
