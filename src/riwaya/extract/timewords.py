"""A text's tokens as a string of symbols, one character a token, so that a rule of times can be a regular expression.

A symbol stands for the roles a word may play (tables `timewords`, `months`, `weekdays`; numbers; marks) and for whether و or ف is attached
before it. The words of an expression after its first (`تشرين الثاني`, `أول من أمس`, `خمسة وعشرين`) are one symbol, `GO_ON`; a word that has
nothing to do with time is `OTHER`. Patterns name roles in braces, see `Lexicon.pattern`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from riwaya.errors import WordsError
from riwaya.extract.calendar import SEASONS
from riwaya.extract.numbers import Lexicon as Numbers
from riwaya.extract.numbers import Number, number_at
from riwaya.extract.numbers import lexicon as number_lexicon
from riwaya.lang.tables import Row, Words
from riwaya.text.normal import fold
from riwaya.text.words import Reading

OTHER = "."
GO_ON = "~"
_ALPHABET = [chr(c) for c in (*range(1, 256), *range(0xE000, 0xF8FF)) if chr(c) not in OTHER + GO_ON]  # below 256 `re` compiles faster
_MARKS = {
    "(": "open", "[": "open", ")": "close", "]": "close", "/": "slash", "\\": "slash", "-": "dash", "–": "dash", "—": "dash",
    ":": "colon", "،": "comma", ",": "comma",
}  # fmt: skip
_AND, _TO = ("و", "ف", ""), ("ب", "ل", "ك", "")
_CLITICS = tuple(joined + to for joined in _AND for to in _TO if joined + to)
_ROLE = re.compile(r"\{([\^&]?)([a-z0-9.| ]+)\}")
_DOTTED_CLOCK = re.compile(r"([01]?\d|2[0-4])[.][0-5]\d")
_SINGLED_OUT = {  # units that rules speak of by name
    "a minute", "a day", "a month", "a year", "a decade", "a moment", "a sports season", "minutes", "hours", "days", "months",
    "the hour", "the month", "the year", "the century", "the sports season",
}  # fmt: skip

_NEEDS: Mapping[str, tuple[str, Set[Any]]] = {  # what a row of a role must hold, and of what
    **dict.fromkeys(("daytime", "when", "the daytime"), ("value", frozenset(("MO", "MI", "AF", "EV", "NI", "DT")))),
    **dict.fromkeys(("season", "the season"), ("value", frozenset(SEASONS))),
    **dict.fromkeys(("unit", "the unit", "pair"), ("unit", frozenset())),
    "part": ("value", frozenset(("start", "mid", "end"))),
    "decade": ("value", frozenset(str(tens) for tens in range(0, 100, 10))),
    "mark": ("value", frozenset(("gregorian", "hijri", "before"))),
    "hour": ("count", frozenset(range(1, 13))),
}

Roles = frozenset[str]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a table as it stands in a text: its roles, its row, what is attached before it, and its symbol."""

    roles: Roles
    row: Row
    clitic: str
    symbol: str


@dataclass(frozen=True, slots=True)
class Symbols:
    """One text's symbols, and by token number what they stand for."""

    text: str
    terms: Mapping[int, Term]
    numbers: Mapping[int, Number]


@dataclass(frozen=True)
class Lexicon:
    """The words of time of one set of tables.

    `single` holds words that stand alone; `longer` expressions of several words by their first and second word, the longest first.
    `contexts` holds the roles of words that only show what their neighbours are; `known` every word that may begin anything.
    """

    single: Mapping[str, Term]
    longer: Mapping[str, Mapping[str, tuple[tuple[tuple[str, ...], Term], ...]]]
    contexts: Mapping[str, Roles]
    numbers: Numbers
    known: Set[str]
    symbols: Mapping[tuple[Roles, bool], str]
    choices: dict[str, str] = field(default_factory=dict)  # what each role in braces stands for, as it is asked for

    def pattern(self, text: str) -> re.Pattern[str]:
        """A regular expression over symbols, in the verbose form of `re`.

        `{role}` is a word of that role with no و or ف attached, and the words that go on with it; `{a|b}` either role; `{^role}`
        whatever is attached; `{&role}` only with و or ف attached.
        """
        return re.compile(_ROLE.sub(self._choice, text), re.VERBOSE)

    def _choice(self, match: re.Match[str]) -> str:
        named = match.group()
        if named not in self.choices:
            wanted = set(match[2].split("|"))
            allowed = {"": (False,), "^": (False, True), "&": (True,)}[match[1]]
            fitting = sorted(symbol for (roles, joined), symbol in self.symbols.items() if joined in allowed and roles & wanted)
            self.choices[named] = f"(?:[{_ranges(fitting)}]{GO_ON}*)" if fitting else "(?!)"
        return self.choices[named]


def _ranges(symbols: list[str]) -> str:
    """The inside of a character class of these symbols, runs of them as ranges."""
    runs: list[list[str]] = []
    for symbol in symbols:
        if runs and ord(symbol) == ord(runs[-1][1]) + 1:
            runs[-1][1] = symbol
        else:
            runs.append([symbol, symbol])
    return "".join(f"{re.escape(first)}-{re.escape(last)}" if last > first else re.escape(first) for first, last in runs)


_COMPILED: dict[str, Lexicon] = {}  # by `Words.digest`


def lexicon(words: Words) -> Lexicon:
    """The words of time of `words`, compiled once for each contents."""
    if words.digest not in _COMPILED:
        _COMPILED[words.digest] = _compile(words)
    return _COMPILED[words.digest]


def _compile(words: Words) -> Lexicon:
    entries = [(fold(word).split(), row, roles) for row, roles in _rows(words) for word in row["words"]]
    entries += [([mark], {"bare": True}, frozenset((role,))) for mark, role in _MARKS.items()]
    keys = {(roles, joined) for _, row, roles in entries for joined in ((False,) if row.get("bare") else (False, True))}
    keys |= {(roles, joined) for roles in _number_roles() for joined in (False, True)}
    numbered = dict(zip(sorted(keys, key=lambda key: (key[1], sorted(key[0]))), _ALPHABET, strict=False))
    single: dict[str, Term] = {}
    longer: dict[str, dict[str, list[tuple[tuple[str, ...], Term]]]] = {}
    for clitic in ("", *_CLITICS):  # a word as it is listed is never taken for another with a clitic
        for (first, *rest), row, roles in entries:
            spelled = _attach(clitic, first)
            if clitic and (row.get("bare") or spelled in map(fold, row.get("never", ()))):
                continue
            term = Term(roles, row, clitic, numbered[roles, joins(clitic)])
            if rest:
                longer.setdefault(spelled, {}).setdefault(rest[0], []).append((tuple(rest), term))
            else:
                single.setdefault(spelled, term)
    by_length = {
        first: {second: tuple(sorted(found, key=lambda entry: -len(entry[0]))) for second, found in seconds.items()}
        for first, seconds in longer.items()
    }
    numbers = number_lexicon(words)
    known = frozenset((*single, *longer, *numbers.terms))
    return Lexicon(single, by_length, _contexts(words), numbers, known, numbered)


def _contexts(words: Words) -> dict[str, Roles]:
    found: dict[str, set[str]] = {}
    for row in words.rows("timecontexts"):
        for word in row["words"]:
            for clitic in ("", *_CLITICS):
                found.setdefault(_attach(clitic, fold(word)), set()).add(row["role"])
    return {word: frozenset(roles) for word, roles in found.items()}


def joins(clitic: str) -> bool:
    """Whether و or ف is among what is attached before a word."""
    return clitic[:1] in _AND[:2] and clitic != ""


def _attach(clitic: str, word: str) -> str:
    """`word` with a proclitic; ل and the article make لل."""
    return clitic + (word[1:] if clitic.endswith("ل") and word.startswith("ال") else word)


def _rows(words: Words) -> Iterator[tuple[Row, Roles]]:
    """Every row of the tables of time with its roles; units once more with the article."""
    for row in words.rows("timewords"):
        _check(row)
        roles, count, unit = set(row["roles"]), row.get("count", 0), row.get("unit", "")
        if "unit" in roles:
            roles |= {f"unit {count}"} | ({f"a {unit}" if count == 1 else f"{unit}s"} & _SINGLED_OUT if count < 2 else set())
        elif "pair" in roles:
            roles |= {f"pair {unit}"}
        elif "the unit" in roles:
            roles |= {f"the unit {count}"}
        yield row, frozenset(roles)
    for row in words.rows("timewords"):
        if "unit" in row["roles"]:
            count, unit = row.get("count", 0), row["unit"]
            definite = {**row, "words": ["ال" + word for word in row["words"]]}
            yield definite, frozenset({"the unit", f"the unit {count}"} | ({f"the {unit}"} & _SINGLED_OUT if count == 1 else set()))
    for row in words.rows("weekdays"):
        yield row, frozenset(("a weekday" if row.get("indefinite") else "weekday",))
    for row in words.rows("months"):
        strength = "strict month" if row.get("strict") else "weak month" if row.get("weak") else "strong month"
        yield row, frozenset(("month", strength))


def _check(row: Row) -> None:
    """WordsError for a row that lacks what its role needs."""
    for role in row["roles"]:
        needed, allowed = _NEEDS.get(role, ("words", frozenset()))
        if needed not in row or (allowed and row[needed] not in allowed):
            named = f" of {', '.join(map(str, sorted(allowed)))}" if allowed else ""
            raise WordsError(f"timewords.toml, {row['words'][0]}", f"a row of the role {role} needs a {needed}{named}")


def symbols(reading: Reading, lexicon: Lexicon) -> Symbols:
    """Turn the tokens of a text into symbols. Linear in their number."""
    words, single, longer, known = reading.words, lexicon.single, lexicon.longer, lexicon.known
    found = [OTHER] * len(words)
    terms: dict[int, Term] = {}
    numbers: dict[int, Number] = {}
    after = 0
    for i in [i for i, word in enumerate(words) if word in known or "0" <= word[-1] <= "9"]:
        if i < after:
            continue
        word, second = words[i], words[i + 1] if i + 1 < len(words) else ""
        if word in longer and second in longer[word] and (entry := _longest(words, i, longer[word][second])) is not None:
            after, terms[i] = entry
            found[i] = terms[i].symbol
        elif word in single and _is_itself(reading, i, single[word].row):
            terms[i] = single[word]
            found[i] = terms[i].symbol
            if "article" not in terms[i].roles or (number := number_at(reading, i + 1, lexicon.numbers)) is None:
                continue
            numbers[i], after = number, number.after  # الـ 14 parted from its number
            found[i] = lexicon.symbols[number_roles(number, second), joins(number.clitic)]
        elif (number := number_at(reading, i, lexicon.numbers)) is not None:
            numbers[i], after = number, number.after
            found[i] = lexicon.symbols[number_roles(number, word), joins(number.clitic)]
        else:
            continue
        found[i + 1 : after] = GO_ON * (after - i - 1)
    return Symbols("".join(found), terms, numbers)


def _longest(words: list[str], i: int, entries: tuple[tuple[tuple[str, ...], Term], ...]) -> tuple[int, Term] | None:
    for rest, term in entries:
        if tuple(words[i + 1 : i + 1 + len(rest)]) == rest:
            return i + 1 + len(rest), term
    return None


def _is_itself(reading: Reading, i: int, row: Row) -> bool:
    """Whether the raw spelling is this word's own, not one of another word that folds to the same letters."""
    never = row.get("never")
    return not never or reading.raw[reading.starts[i] : reading.ends[i]] not in never


def number_roles(number: Number, word: str) -> Roles:
    """The roles of a number whose first token is `word`."""
    value = number.value
    if number.kind == "fraction":
        return frozenset(("the fraction" if number.definite else "fraction",))
    if number.kind == "ordinal":
        return frozenset(("ord", "dd") if value <= 31 else ("ord",))
    if number.kind == "vague":
        return frozenset(("n", "vague"))
    if number.kind == "cardinal":
        return frozenset(("n", "spelled year") if 1000 < value < 2200 else ("n",))
    roles = {"n", "digits"}
    if not isinstance(value, int):
        return frozenset(roles | {"h.mm"} if _DOTTED_CLOCK.fullmatch(word) else roles)
    if word.isdigit() and number.after == number.first + 1:
        if len(word) <= 2 and value < 60:
            roles |= {"nn", "dd"} if 1 <= value <= 31 else {"nn"}
        elif len(word) == 4:
            roles |= {"yyyy"} if 1000 <= value <= 2200 else set()
            roles |= {"hhmm"} if value // 100 <= 24 and value % 100 < 60 else set()
    elif number.clitic and value <= 2200:
        roles |= {"nn", "dd"} if 1 <= value <= 31 else {"yyyy"} if value >= 1000 else set()
    return frozenset(roles)


def _number_roles() -> Iterator[Roles]:
    """Every set of roles a number may have."""
    yield from map(frozenset, (("the fraction",), ("fraction",), ("ord", "dd"), ("ord",), ("n", "vague"), ("n", "spelled year"), ("n",)))
    for of_digits in ((), ("nn",), ("nn", "dd"), ("yyyy",), ("hhmm",), ("yyyy", "hhmm"), ("h.mm",)):
        yield frozenset(("n", "digits", *of_digits))
