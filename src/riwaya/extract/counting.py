"""What may stand around a number, compiled from the tables: counted nouns, their duals, units, and words that say what a number is.

Everything here looks at single normal words; `quantities` puts them together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from riwaya.lang.tables import Row, Words
from riwaya.text.normal import fold

_ARTICLE = ("ال", "وال", "بال", "فال", "كال", "لل", "ولل")
_CLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل")
_CLITIC_LETTERS = frozenset("وبلفك")
_TANWIN = "\u064b\u064c\u064d\u064e\u064f\u0650"
_PRONOUNS = ("هما", "ها", "هم", "هن", "نا", "كم", "ه")
_NO_NOUN = ("وا", "هم", "ها", "هن")  # a verb of many, or a noun with a pronoun
_MANY_OF_ONE = ("ا", "ه")  # after 11 and up: the accusative singular, or a feminine
_FEW = ("ات", "ين")  # after 3 to 10: a sound plural
_SOUND_FEMININE = "ات"
_MOST_KEPT = 100_000  # words that are remembered, some 10 MB
_VERB_LETTERS = frozenset("يت")


class Dual(NamedTuple):
    """A noun in the dual. `sure` is false where it may be a plural in ين; `never` holds what its row says is another word."""

    sure: bool
    never: frozenset[str]
    owned: bool = False


class Duals(dict[str, Dual | None]):
    """The noun in the dual that a word is, whatever is attached to it, or None; worked out when it is first asked for."""

    def __init__(self, bare: Mapping[str, Dual]) -> None:
        super().__init__()
        self.bare = bare

    def __missing__(self, word: str) -> Dual | None:
        if len(self) > _MOST_KEPT:
            self.clear()
        self[word] = found = self._find(word)
        return found

    def _find(self, word: str) -> Dual | None:
        for clitic in _CLITICS if word[:1] in _CLITIC_LETTERS else ("",):
            if word.startswith(clitic):
                found = self.bare.get(word[len(clitic) :])
                if found is not None and word not in found.never and word[len(clitic) :] not in found.never:
                    return found
        return None


class Counting(NamedTuple):
    """The tables `counted`, `afternumbers`, `beforenumbers`, `months` and `weekdays`, by normal word."""

    nouns: frozenset[str]
    alone: frozenset[str]
    duals: Duals
    both: tuple[str, ...]
    not_both: frozenset[str]
    completing: frozenset[str]
    more: frozenset[str]
    plurals: frozenset[str]
    possessed: frozenset[str]
    owned: frozenset[str]
    number: frozenset[str]
    these: frozenset[str]
    among: frozenset[str]
    units: Mapping[str, str]
    percents: frozenset[tuple[str, ...]]
    before: Mapping[str, str]

    def noun(self, word: str, value: float) -> int:
        """How surely `word` is the noun that a number of this value counts: 2 by table or ending, 1 for nothing against it, 0 no."""
        if word in self.nouns:
            return 2
        if len(word) < 3 or not "ء" <= word[0] <= "ي" or word in self.units or word.startswith(_ARTICLE):
            return 0
        ending = word[-1]
        if word.endswith(_NO_NOUN) or (ending == "ت" and word[-2] != "ا"):
            return 0
        marked = word.endswith(_MANY_OF_ONE if value > 10 else _FEW)
        first = word[0]
        if first in _CLITIC_LETTERS:
            return 0
        if first in _VERB_LETTERS or (first == "س" and word[1] in _VERB_LETTERS):
            if len(word) > 4 and word.endswith(_SOUND_FEMININE):
                return 2
            return 2 if marked and len(word) > 4 and (ending != "ه" or first == "ت") else 0
        return 2 if marked else 1

    def single(self, word: str) -> bool:
        """Whether واحد may stand beside `word`, whatever is attached to it: a noun that is counted in news."""
        return any(word.startswith(clitic) and word[len(clitic) :] in self.alone for clitic in _CLITICS)

    def definite(self, word: str) -> str | None:
        """`word` with the article alone attached, or None if it has no article."""
        for article in _ARTICLE:
            if word.startswith(article) and len(word) > len(article) + 2:
                return "ال" + word[len(article) :]
        return None

    def measures_time(self, stem: str) -> bool:
        """Whether a word with the article is another unit than of things: `الأشهر`, `الريالات`."""
        return stem in self.units or self.units.get(stem[2:]) == "time"

    def plural(self, word: str) -> bool:
        """Whether a word with the article is a plural: by the table, or by its ending."""
        return word[2:] in self.plurals or word.endswith(("ين", "ات", "ون"))

    def plural_of_someone(self, word: str, raw: str) -> bool:
        """Whether a word without the article is a plural that a pronoun or a following noun makes definite: `مسلحيها`, `عناصر الشرطة`.

        `raw` is the word as written: it tells the pronoun ه from a ta marbuta.
        """
        if word in self.plurals or word in self.possessed:
            return True
        for ending in _PRONOUNS:
            if word.endswith(ending) and len(word) > len(ending) + 2 and not raw.rstrip(_TANWIN).endswith("ة"):
                stem = word[: -len(ending)]
                stem = stem[:-2] + "اء" if stem.endswith("ائ") else stem
                return stem in self.plurals or (len(stem) > 3 and stem.endswith(("ي", "ات")))
        return False

    def percent(self, words: list[str], i: int) -> int:
        """How many tokens at `i` say "per cent": 0, 1 or 2."""
        if tuple(words[i : i + 1]) in self.percents:
            return 1
        return 2 if tuple(words[i : i + 2]) in self.percents else 0

    def speaks_of_two(self, words: list[str], i: int) -> bool:
        """Whether the words from token `i` on speak of both of two (`إسعافهما`): the next four, up to a stop."""
        for word in words[i : i + 4]:
            if word in (".", "\n", "؟", "!", "؛"):
                return False
            if word.endswith(self.both) and word not in self.not_both:
                return True
        return False


@cache
def counting(words: Words) -> Counting:
    """The words around numbers of `words`, compiled once."""
    counted = words.rows("counted")
    nouns = [fold(word) for row in counted for word in row["words"]]
    undoubled = frozenset(fold(word) for row in counted if row["dual"] == "none" for word in row["words"])
    roles: dict[str, set[str]] = defaultdict(set)
    not_both: set[str] = set()
    for row in words.rows("afternumbers"):
        roles[row["role"]].update(map(fold, row["words"]))
        if row["role"] == "both":
            not_both.update(map(fold, row.get("never", ())))
    accusatives = frozenset(accusative for row in counted for word in row["words"] if (accusative := _accusative(word)))
    return Counting(
        nouns=frozenset(nouns) | (accusatives - roles["no noun"]),
        alone=frozenset(form for noun in _alone(counted) for form in (noun, noun + "ا")),
        duals=Duals(_duals(counted)),
        both=tuple(roles["both"]),
        not_both=frozenset(not_both),
        completing=frozenset(roles["completes"]),
        more=frozenset(roles["more"]),
        plurals=frozenset(roles["plural"]) | undoubled,
        possessed=_possessed(counted),
        owned=frozenset(roles["owned"]),
        number=frozenset(roles["number"]),
        these=frozenset(roles["these"]),
        among=frozenset(roles["among"]),
        units=_units(words, roles),
        percents=frozenset(tuple(phrase.split()) for phrase in roles["percent"]),
        before=_before(words.rows("beforenumbers"), words.rows("months")),
    )


def _alone(rows: tuple[Row, ...]) -> list[str]:
    return [fold(word) for row in rows if row["dual"] != "none" and row.get("one", True) for word in row["words"]]


def _accusative(noun: str) -> str | None:
    """A noun in the accusative, folded; None where that is written like the nominative, or like no word."""
    return None if noun.endswith(("ة", "ا", "ى")) else fold(noun) + "ا"


def _possessed(rows: tuple[Row, ...]) -> frozenset[str]:
    """Plurals in ين as they stand before who has them: `قياديي الحزب`."""
    return frozenset(fold(word) + "ي" for row in rows if row["dual"] == "by ending" for word in row["words"])


def _units(words: Words, roles: Mapping[str, set[str]]) -> dict[str, str]:
    """The roles of what stands right after a number: of the first that holds the word."""
    units: dict[str, str] = {}
    for role in ("money", "measure", "kind", "time", "times", "no noun"):
        for word in roles[role]:
            units[word] = role
    for row in words.rows("afternumbers"):
        if row["role"] in ("money", "measure", "time", "times"):
            never = set(map(fold, row.get("never", ())))
            for accusative in map(_accusative, row["words"]):
                if accusative is not None and accusative not in never:
                    units.setdefault(accusative, row["role"])
    for row in (*words.rows("months"), *words.rows("weekdays")):
        for word in row["words"]:
            units.setdefault(fold(word).split()[0], "time")
    for row in words.rows("numbers"):
        for word in row["words"]:
            units.setdefault(fold(word), "no noun")
    return units


def _duals(rows: tuple[Row, ...]) -> dict[str, Dual]:
    """The nouns in the dual, with nothing attached; where two rows have one form, the first."""
    duals: dict[str, Dual] = {}
    for row in rows:
        never = frozenset(map(fold, row.get("never", ())))
        for form, dual in _in_the_dual(row, never).items():
            if form not in never:
                duals.setdefault(form, dual)
    return duals


def _in_the_dual(row: Row, never: frozenset[str]) -> dict[str, Dual]:
    """The forms of a row's nouns in the dual."""
    forms = {fold(word): Dual(True, never, owned=word.endswith("نا")) for word in row.get("two", ())}
    if row["dual"] != "none":
        sure, unsure = Dual(True, never), Dual(row["dual"] != "by ending", never)
        for word in map(fold, row["words"]):
            stem = word[:-1] + "ت" if word.endswith("ه") else word
            forms[stem + "ان"] = sure
            forms[stem + "ين"] = unsure
    return forms


def _before(rows: tuple[Row, ...], months: tuple[Row, ...]) -> dict[str, str]:
    before: dict[str, str] = {}
    for row in rows:
        for word in map(fold, row["words"]):
            before[word] = row["role"]
    for row in rows:
        for word in map(fold, row["words"]):
            for clitic in ("و", "ف", "ب", "ل", "وب", "ول"):
                before.setdefault(clitic + word, row["role"])
            if word.startswith("ال"):
                before.setdefault("لل" + word[2:], row["role"])
    for row in months:
        for word in row["words"]:
            before.setdefault(fold(word).split()[-1], "year")
    return before
