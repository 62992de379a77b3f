"""What words around names mean, as the tables `placewords` and `placekinds` say, compiled once for all phrases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from riwaya.lang.tables import Words
from riwaya.text.normal import fold

_LEFT_OUT = frozenset({"kind", "after"})  # roles of words that may be left out, or change places with another of their group
AND = "و"
_CLITICS = "وفبلك"
_TO_THE = "لل"  # ل with the article


class Word(NamedTuple):
    """A row of placewords as it stands in a phrase: `length` is how many words of the phrase it takes."""

    role: str
    group: str
    kinds: frozenset[str]
    length: int


class Kind(NamedTuple):
    """A row of placekinds."""

    precision: int
    radius: int
    people: int


class Grammar:
    """The tables, by the words that they hold."""

    def __init__(self, words: Words) -> None:
        self.kinds = {row["kind"]: Kind(row["precision"], row["radius"], row["people"]) for row in words.rows("placekinds")}
        self.words: dict[tuple[str, ...], Word] = {}
        for row in words.rows("placewords"):
            for word in row["words"]:
                key = tuple(fold(word).split())
                self.words[key] = Word(row["role"], row["group"], frozenset(row.get("kinds", ())), len(key))
        self.longest = max(map(len, self.words))
        self.firsts = frozenset(key[0] for key in self.words)
        self.seconds = frozenset(key[1] for key in self.words if len(key) > 1)

    def at(self, words: Sequence[str], i: int) -> Word | None:
        """The longest row that stands at word `i`; with what is attached to its first word, if it is not there without."""
        return next(filter(None, (self._row([first, *words[i + 1 :]]) for first in spellings(words[i]))), None)

    def may_lead(self, word: str) -> bool:
        """Whether a row may begin with a word that is in normal form, or with what is left of it; a quick no for most words."""
        firsts = self.firsts
        return word in firsts or word[1:] in firsts or word[2:] in firsts or f"ال{word[2:]}" in firsts or f"ال{word[3:]}" in firsts

    def bares(self, names: Iterable[str], kind: str) -> tuple[str, ...]:
        """What is left of these names of a place without the word before them that says what it is (حلب of محافظة حلب)."""
        return tuple(rest for name in names if (rest := self._bare(name.split(), kind)))

    def _bare(self, words: Sequence[str], kind: str) -> str:
        found = self._row(words)
        return (
            " ".join(words[found.length :])
            if found and (found.role in _LEFT_OUT or found.group == "quarter") and kind in found.kinds
            else ""
        )

    def _row(self, words: Sequence[str]) -> Word | None:
        """The longest row that these words begin with."""
        folded = [fold(word) for word in words[: self.longest]]
        for length in range(len(folded), 0, -1):
            if found := self.words.get(tuple(folded[:length])):
                return found
        return None


def spellings(word: str) -> Iterator[str]:
    """A word as it stands, then without one or two of the letters that are attached to words."""
    yield word
    if fold(word).startswith(_TO_THE) and len(word) > 4:
        yield "ال" + word[2:]
    if word[:1] and word[0] in _CLITICS and len(word) > 2:
        rest = word[1:]
        yield rest
        if word[0] in "وف" and rest[0] in "بلك" and len(rest) > 3:
            yield from list(spellings(rest))[1:]


@cache
def grammar(words: Words) -> Grammar:
    """The compiled tables of a set of words."""
    return Grammar(words)
