"""Whether a text is Arabic, by the words that only Arabic, or only another language of the same script, is full of."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import NamedTuple

from riwaya.lang.tables import load

_ARABIC = "Arabic"
_LETTERS = re.compile("[\u0621-\u063f\u0641-\u064a\u0671-\u06d3\u06d5\u06fa-\u06fc\u0750-\u077f\u08a0-\u08c7\ufb50-\ufdfb\ufe70-\ufefc]+")
_WORDS = re.compile(r"[^\W\d_]+")
_ARTICLE = re.compile(r"(?<!\w)(?:[وفبك]?ال|و?لل)[^\W\d_]{3}")  # with the definite article, which no other language here prefixes
_SAMPLE = 2_000  # code points read from each end of a text: a language does not change in the middle
_LEAST_ARABIC = 0.3  # of all letters; a text with fewer is not Arabic, unless it has ...
_ENOUGH_ARABIC = 500  # letters of Arabic in the sample, as copies have that took a page's style sheet along, and ...
_LEAST_MIXED = 0.1  # of all letters
_PLAIN = 0.15  # of the words are plainly Arabic: of 31,030 newspaper articles 99.8 % have more, and no text of another language has
_LEAST_FOREIGN = 0.08  # of the words, and three of them; a text that only quotes Persian stays under it
_GARBLES = (("\u0637\u0638", "Windows-1256"), ("\u00d8\u00d9", "Latin-1"))  # the two bytes that begin a letter in UTF-8, read as ...
_LEAST_GARBLED = 20  # letters: fewer may be a word
_GARBLED = 0.25  # of the letters are those two; the first pair is 1.2 % of the letters of Arabic


class _Language(NamedTuple):
    name: str
    words: frozenset[str]
    letters: frozenset[str]


@cache
def _languages() -> tuple[_Language, ...]:
    """Arabic first."""
    found = [_Language(row["language"], frozenset(row["words"]), frozenset(row["letters"])) for row in load().rows("languages")]
    return tuple(sorted(found, key=lambda language: language.name != _ARABIC))


@cache
def _weights() -> dict[str, float]:
    """How common a letter is in Arabic: 1 for the commonest, near 0 for the rarest."""
    letters = next(row["letters"] for row in load().rows("languages") if row["language"] == _ARABIC)
    return {letter: 1 - place / len(letters) for place, letter in enumerate(letters)}


def evidence(text: str) -> float:
    """How much of `text` reads as Arabic, 0 to about 1.5: the share of its words that are plainly Arabic, and how common its letters are.

    For comparing decodings of the same bytes: the right one has words with the article, and common letters more often than rare ones.
    """
    words = _WORDS.findall(text)
    if not words:
        return 0.0
    plain = _plain(text, words) / len(words)
    weights = _weights()
    letters = "".join(words)
    return plain + 0.5 * sum(map(weights.get, letters, [0.0] * len(letters))) / len(letters)


def foreign(text: str) -> str | None:
    """Why `text` is not Arabic, in plain words, or `None` if it is. Reads at most 2,000 code points at each end."""
    if len(text) > 2 * _SAMPLE:
        text = text[:_SAMPLE] + "\n" + text[-_SAMPLE:]
    words = _WORDS.findall(text)
    letters = sum(map(len, words))
    if not letters:
        return "it holds no letters"
    if letters >= _LEAST_GARBLED and (garbled := _garbled(text, letters)):
        return garbled
    arabic = sum(map(len, _LETTERS.findall(text)))
    if arabic < _LEAST_ARABIC * letters and (arabic < _ENOUGH_ARABIC or arabic < _LEAST_MIXED * letters):
        return f"not Arabic: its letters are mostly {_script(words)}"
    own = _plain(text, words)
    if own > _PLAIN * len(words):
        return None
    return _other_language(words, own)


def _plain(text: str, words: list[str]) -> int:
    """How many of `words`, the words of `text`, are plainly Arabic."""
    return sum(map(_languages()[0].words.__contains__, words)) + len(_ARTICLE.findall(text))


def _other_language(words: list[str], own: int) -> str | None:
    """Which language of the Arabic script these words are, if more of them belong to it than the `own` that are plainly Arabic."""
    others = _languages()[1:]
    scores = {
        language.name: sum(1 for word in words if word in language.words or not language.letters.isdisjoint(word)) for language in others
    }
    name, most = max(scores.items(), key=lambda score: score[1])
    return f"not Arabic: it reads as {name}" if most > own and most >= max(3, _LEAST_FOREIGN * len(words)) else None


def _garbled(text: str, letters: int) -> str | None:
    for pair, encoding in _GARBLES:
        if sum(map(text.count, pair)) > _GARBLED * letters:
            return f"garbled: UTF-8 that was once read as {encoding} and saved so"
    return None


def _script(words: list[str]) -> str:
    """The script of the commonest letters, by the first word of their Unicode names."""
    counts: Counter[str] = Counter()
    for letter, count in Counter("".join(words)).items():
        counts[unicodedata.name(letter, "unknown").split()[0].title()] += count
    return counts.most_common(1)[0][0]
