"""A text's tokens as a string of symbols, so that a rule of times can be a regular expression.

A symbol stands for the roles a word may play (tables `timewords`, `months`, `weekdays`; numbers; marks) and for whether و or ف is attached
before it. An expression of several words (`تشرين الثاني`, `أول من أمس`, `خمسة وعشرين`) is one symbol; the words between two symbols, which
have nothing to do with time, are one `OTHER`. Patterns name roles in braces, see `Lexicon.pattern`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Set
from functools import cache
from typing import Any, NamedTuple

from riwaya.errors import WordsError
from riwaya.extract.calendar import SEASONS
from riwaya.extract.numbers import Number, Numerals
from riwaya.lang.tables import Row, Words
from riwaya.text.normal import fold

OTHER = "."
_ALPHABET = [chr(c) for c in (*range(1, 256), *range(0xE000, 0xF8FF)) if chr(c) != OTHER]  # below 256 `re` compiles faster
_MARKS = {
    "(": "open", "[": "open", ")": "close", "]": "close", "/": "slash", "\\": "slash", "-": "dash", "–": "dash", "—": "dash",
    ":": "colon", "،": "comma", ",": "comma",
}  # fmt: skip
_AND, _TO = ("و", "ف", ""), ("ب", "ل", "ك", "")
_CLITICS = tuple(joined + to for joined in _AND for to in _TO if joined + to)
_ROLE = re.compile(r"\{([\^&]?)([a-z0-9.| ]+)\}")
_ATTACHED = {"": (False,), "^": (False, True), "&": (True,)}  # what the mark before a role asks of و and ف
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


class Term(NamedTuple):
    """A word of a table as it stands in a text: its roles, its row, what is attached before it, and its symbol."""

    roles: Roles
    row: Row
    clitic: str
    symbol: str


_Longer = Mapping[str, tuple[tuple[tuple[str, ...], Term], ...]]
"""Expressions of several words, by their second one, the longest first: their words after the first, and the term."""


class Symbols(NamedTuple):
    """One text's symbols, the token at which each begins, and by token number what they stand for.

    `first` has one entry more, the number of tokens.
    """

    text: str
    first: list[int]
    terms: Mapping[int, Term]
    numbers: Mapping[int, Number]

    def end(self, symbol: int) -> int:
        """The token after a symbol; of the words that are one `OTHER` the first alone counts."""
        return self.first[symbol] + 1 if self.text[symbol] == OTHER else self.first[symbol + 1]

    def start_before(self, token: int) -> int:
        """The token at which the expression before a token begins, -1 before the first."""
        at = bisect_left(self.first, token) - 1
        return self.first[at] if at >= 0 and self.text[at] != OTHER else token - 1


class Lexicon:
    """The words of time of one set of tables.

    `single` holds words that stand alone, `longer` what else may begin with a word, `contexts` the roles of words that only show what
    their neighbours are, `symbols` the symbol of each set of roles, without or with و or ف. A word of `always` is its term of `single`
    wherever nothing longer begins.
    """

    def __init__(
        self,
        single: Mapping[str, Term],
        longer: Mapping[str, _Longer],
        contexts: Mapping[str, Roles],
        symbols: Mapping[tuple[Roles, bool], str],
    ) -> None:
        self.single = single
        self.longer = longer
        self.contexts = contexts
        self.symbols = symbols
        self.always = {word: term for word, term in single.items() if "article" not in term.roles and "never" not in term.row}
        self.known = frozenset((*single, *longer))
        self._playing: dict[tuple[str, bool], set[str]] = {}
        for (roles, joined), symbol in symbols.items():
            for role in roles:
                self._playing.setdefault((role, joined), set()).add(symbol)
        self._choices: dict[str, str] = {}  # what each role in braces stands for, as it is asked for

    def fitting(self, roles: str, attached: str = "^") -> set[str]:
        """The symbols of one of these roles, written `a|b`; `attached` is the mark before them in a pattern."""
        none: set[str] = set()
        return none.union(*(self._playing.get((role, joined), none) for role in roles.split("|") for joined in _ATTACHED[attached]))

    def pattern(self, text: str) -> re.Pattern[str]:
        """A regular expression over symbols, in the verbose form of `re`.

        `{role}` is a word of that role with no و or ف attached; `{a|b}` either role; `{^role}` whatever is attached; `{&role}` only with
        و or ف attached.
        """
        return re.compile(_ROLE.sub(self._choice, text), re.VERBOSE)

    def _choice(self, match: re.Match[str]) -> str:
        named = match.group()
        if named not in self._choices:
            fitting = sorted(self.fitting(match[2], match[1]))
            self._choices[named] = f"[{_ranges(fitting)}]" if fitting else "(?!)"
        return self._choices[named]


def _ranges(symbols: list[str]) -> str:
    """The inside of a character class of these symbols, runs of them as ranges."""
    runs: list[list[str]] = []
    for symbol in symbols:
        if runs and ord(symbol) == ord(runs[-1][1]) + 1:
            runs[-1][1] = symbol
        else:
            runs.append([symbol, symbol])
    return "".join(f"{re.escape(first)}-{re.escape(last)}" if last > first else re.escape(first) for first, last in runs)


@cache
def lexicon(words: Words) -> Lexicon:
    """The words of time of `words`, compiled once. WordsError for a row that lacks what its role needs."""
    rows = [([fold(word).split() for word in row["words"]], row, roles) for row, roles in _rows(words)]
    rows += [([[mark]], {"bare": True}, frozenset((role,))) for mark, role in _MARKS.items()]
    keys = {(roles, joined) for _, row, roles in rows for joined in ((False,) if row.get("bare") else (False, True))}
    keys |= {(roles, joined) for roles in NUMBER_ROLES for joined in (False, True)}
    symbols = dict(zip(sorted(keys, key=lambda key: (key[1], sorted(key[0]))), _ALPHABET, strict=False))
    single: dict[str, Term] = {}
    longer: dict[str, dict[str, list[tuple[tuple[str, ...], Term]]]] = {}
    for clitic in ("", *_CLITICS):  # a word as it is listed is never taken for another with a clitic
        for phrases, row, roles in rows:
            if clitic and row.get("bare"):
                continue
            term = Term(roles, row, clitic, symbols[roles, joins(clitic)])
            never = set(map(fold, row.get("never", ()))) if clitic else ()
            for first, *rest in phrases:
                spelled = _attach(clitic, first)
                if spelled in never:
                    continue
                if rest:
                    longer.setdefault(spelled, {}).setdefault(rest[0], []).append((tuple(rest), term))
                else:
                    single.setdefault(spelled, term)
    longest_first = {
        word: {second: tuple(sorted(found, key=lambda entry: -len(entry[0]))) for second, found in seconds.items()}
        for word, seconds in longer.items()
    }
    return Lexicon(single, longest_first, _contexts(words), symbols)


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


def symbols(numerals: Numerals, lexicon: Lexicon) -> Symbols:
    """Turn the tokens of the text that these are the numbers of into symbols. Linear in their number."""
    words, known, longer, always = numerals.words, lexicon.known, lexicon.longer, lexicon.always
    text: list[str] = []
    first: list[int] = []
    terms: dict[int, Term] = {}
    numbers: dict[int, Number] = {}
    end = 0
    for i in sorted({*numerals.starts, *[i for i, word in enumerate(words) if word in known]}):
        if i < end:
            continue
        word, after = words[i], i + 1
        term = None
        if word in longer:
            term, after = _longest(words, i, longer[word])
        term = term or always.get(word)
        if term is not None:
            symbol = term.symbol
        else:
            term = _alone(numerals, i, lexicon)
            number = numerals.at(i) if term is None else numerals.at(i + 1) if "article" in term.roles else None
            if number is not None:  # an article before it is one parted from its number: الـ 14
                numbers[i], after = number, number.after
                symbol = lexicon.symbols[number_roles(number, words[number.first]), joins(number.clitic)]
            elif term is not None:
                symbol = term.symbol
            else:
                continue
        if term is not None:
            terms[i] = term
        if i > end:
            text.append(OTHER)
            first.append(end)
        text.append(symbol)
        first.append(i)
        end = after
    if end < len(words):
        text.append(OTHER)
        first.append(end)
    first.append(len(words))
    return Symbols("".join(text), first, terms, numbers)


def _longest(words: list[str], i: int, longer: _Longer) -> tuple[Term | None, int]:
    """The longest expression of several words at token `i`, and the token after it."""
    second = words[i + 1] if i + 1 < len(words) else ""
    if second in longer:
        for rest, term in longer[second]:
            if tuple(words[i + 1 : i + 1 + len(rest)]) == rest:
                return term, i + 1 + len(rest)
    return None, i + 1


def _alone(numerals: Numerals, i: int, lexicon: Lexicon) -> Term | None:
    """The term that token `i` is by itself, unless its raw spelling is that of another word that folds to the same letters."""
    term = lexicon.single.get(numerals.words[i])
    return None if term is not None and numerals.raw(i) in term.row.get("never", ()) else term


_FRACTION, _THE_FRACTION, _VAGUE = frozenset(("fraction",)), frozenset(("the fraction",)), frozenset(("n", "vague"))
_ORDINAL, _ORDINAL_OF_DAY = frozenset(("ord",)), frozenset(("ord", "dd"))
_CARDINAL, _SPELLED_YEAR = frozenset(("n",)), frozenset(("n", "spelled year"))
_OF_DIGITS: dict[tuple[str, ...], Roles] = {
    of: frozenset(("n", "digits", *of)) for of in ((), ("nn",), ("nn", "dd"), ("yyyy",), ("hhmm",), ("yyyy", "hhmm"), ("h.mm",))
}
NUMBER_ROLES = (
    _FRACTION, _THE_FRACTION, _VAGUE, _ORDINAL, _ORDINAL_OF_DAY, _CARDINAL, _SPELLED_YEAR, *_OF_DIGITS.values(),
)  # fmt: skip
"""Every set of roles a number may have."""


def number_roles(number: Number, word: str) -> Roles:
    """The roles of a number whose first token is `word`."""
    value = number.value
    if number.kind == "fraction":
        return _THE_FRACTION if number.definite else _FRACTION
    if number.kind == "ordinal":
        return _ORDINAL_OF_DAY if value <= 31 else _ORDINAL
    if number.kind == "vague":
        return _VAGUE
    if number.kind == "cardinal":
        return _SPELLED_YEAR if 1000 < value < 2200 else _CARDINAL
    return _OF_DIGITS[_of_digits(number, word)]


def _of_digits(number: Number, word: str) -> tuple[str, ...]:
    """What digits may be besides a number: a day of a month, a year, an hour with its minutes."""
    value = number.value
    if not isinstance(value, int):
        return ("h.mm",) if _DOTTED_CLOCK.fullmatch(word) else ()
    day = ("nn", "dd") if 1 <= value <= 31 else ("nn",)
    if word.isdigit() and number.after == number.first + 1:
        if len(word) <= 2 and value < 60:
            return day
        if len(word) != 4:
            return ()
        year = ("yyyy",) if 1000 <= value <= 2200 else ()
        return (*year, "hhmm") if value // 100 <= 24 and value % 100 < 60 else year
    if number.clitic and value <= 2200:
        return day if 1 <= value <= 31 else ("yyyy",) if value >= 1000 else ()
    return ()
