"""A text's tokens as a string of symbols, so that a rule of times can be a regular expression.

A symbol stands for the roles a word may play (tables `timewords`, `months`, `weekdays`; numbers; marks) and for whether و or ف is attached
before it. An expression of several words (`تشرين الثاني`, `أول من أمس`, `خمسة وعشرين`) is one symbol; the words between two symbols, which
have nothing to do with time, are one `OTHER`. Patterns name roles in braces, see `Lexicon.pattern`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache
from typing import Any, NamedTuple

from riwaya.errors import WordsError
from riwaya.extract.calendar import SEASONS
from riwaya.extract.numbers import Number, Numerals
from riwaya.lang.tables import Row, Words
from riwaya.text.normal import fold

OTHER = "."
_ALPHABET = (*range(1, ord(OTHER)), *range(ord(OTHER) + 1, 256), *range(0xE000, 0xE800))  # below 256 `re` compiles faster
_MARKS = {
    "(": "open", "[": "open", ")": "close", "]": "close", "/": "slash", "\\": "slash", "-": "dash", "–": "dash", "—": "dash",
    ":": "colon", "،": "comma", ",": "comma",
}  # fmt: skip
_AND, _TO = ("و", "ف", ""), ("ب", "ل", "ك", "")
_CLITICS = {first: [joined + to for joined in _AND for to in _TO if (joined + to)[:1] == first] for first in "وفبلك"}
"""What may be attached before a word of time, by its first letter."""
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


class Told(NamedTuple):
    """What may begin with a token: a term by itself, `plain` where nothing else needs a look, and longer ones.

    `longer` holds expressions of several words by their second one, the longest first: their words after the first, and the term.
    """

    term: Term | None
    plain: bool
    longer: Mapping[str, Sequence[tuple[tuple[str, ...], Term]]]


_NOTHING = Told(None, False, {})
_MOST_KEPT = 100_000  # tokens that a lexicon remembers, some 20 MB


class Listed(NamedTuple):
    """An expression of a table: its words after the first, its row, and what its roles are."""

    rest: tuple[str, ...]
    row: Row
    roles: Roles


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


class _Tellings(dict[str, Told]):
    """What a lexicon tells of each token, as it is asked for."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, word: str) -> Told:
        if len(self) > _MOST_KEPT:
            self.clear()
        self[word] = told = self._lexicon.tell(word)
        return told


class Lexicon:
    """The words of time of one set of tables.

    `listed` holds expressions by their first word, `contexts` the roles of words that only show what their neighbours are, `symbols` the
    symbol of each set of roles, without or with و or ف.
    """

    def __init__(
        self, listed: Mapping[str, Sequence[Listed]], contexts: Mapping[str, Roles], symbols: Mapping[tuple[Roles, bool], str]
    ) -> None:
        self.listed = listed
        self.contexts = contexts
        self.symbols = symbols
        self.told = _Tellings(self)
        self._shown: dict[str, Roles] = {}
        self._playing: dict[tuple[str, bool], set[str]] = {}
        for (roles, joined), symbol in symbols.items():
            for role in roles:
                self._playing.setdefault((role, joined), set()).add(symbol)
        self._choices: dict[str, str] = {}  # what each role in braces stands for, as it is asked for

    def tell(self, word: str) -> Told:
        """What may begin with a token, whatever is attached to it. A word as it is listed is never taken for another with a clitic.

        `told` holds the same for every token that was met.
        """
        found = [
            (listed, clitic)
            for clitic, bare in unattached(word)
            for listed in self.listed.get(bare, ())
            if not clitic or (not listed.row.get("bare") and word not in map(fold, listed.row.get("never", ())))
        ]  # fmt: skip
        return self._as_told(found) if found else _NOTHING

    def _as_told(self, found: list[tuple[Listed, str]]) -> Told:
        term: Term | None = None
        longer: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
        for listed, clitic in found:
            one = Term(listed.roles, listed.row, clitic, self.symbols[listed.roles, joins(clitic)])
            if listed.rest:
                longer.setdefault(listed.rest[0], []).append((listed.rest, one))
            else:
                term = term or one
        for same_second in longer.values():
            same_second.sort(key=lambda entry: -len(entry[0]))
        plain = term is not None and "never" not in term.row and "article" not in term.roles
        return Told(term, plain, longer)

    def fitting(self, roles: str, attached: str = "^") -> set[str]:
        """The symbols of one of these roles, written `a|b`; `attached` is the mark before them in a pattern."""
        none: set[str] = set()
        return none.union(*(self._playing.get((role, joined), none) for role in roles.split("|") for joined in _ATTACHED[attached]))

    def shows(self, word: str) -> Roles:
        """The roles of a word in a context, whatever is attached to it."""
        found = self._shown.get(word)
        if found is None:
            found = frozenset(role for _, bare in unattached(word) for role in self.contexts.get(bare, ()))
            if len(self._shown) > _MOST_KEPT:
                self._shown.clear()
            self._shown[word] = found
        return found

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
    rows = [*_rows(words), *(({"words": [mark], "bare": True}, frozenset((role,))) for mark, role in _MARKS.items())]
    keys = {(roles, joined) for row, roles in rows for joined in ((False,) if row.get("bare") else (False, True))}
    keys |= {(roles, joined) for roles in NUMBER_ROLES for joined in (False, True)}
    symbols = dict(zip(sorted(keys, key=lambda key: (key[1], sorted(key[0]))), map(chr, _ALPHABET), strict=False))
    listed: dict[str, list[Listed]] = {}
    for row, roles in rows:
        for first, *rest in (fold(word).split() for word in row["words"]):
            listed.setdefault(first, []).append(Listed(tuple(rest), row, roles))
    return Lexicon(listed, _contexts(words), symbols)


def _contexts(words: Words) -> dict[str, Roles]:
    found: dict[str, set[str]] = {}
    for row in words.rows("timecontexts"):
        for word in row["words"]:
            found.setdefault(fold(word), set()).add(row["role"])
    return {word: frozenset(roles) for word, roles in found.items()}


def joins(clitic: str) -> bool:
    """Whether و or ف is among what is attached before a word."""
    return clitic[:1] in _AND[:2] and clitic != ""


def unattached(word: str) -> Iterator[tuple[str, str]]:
    """A token as it is, and without each proclitic that it may begin with; ل and the article make لل."""
    yield "", word
    for clitic in _CLITICS.get(word[:1], ()):
        if word.startswith(clitic):
            rest = word[len(clitic) :]
            if not (clitic.endswith("ل") and rest.startswith("ال")):
                yield clitic, rest
            if clitic.endswith("ل") and rest.startswith("ل"):
                yield clitic, "ا" + rest


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
    words = numerals.words
    told = list(map(lexicon.told.__getitem__, words))
    text: list[str] = []
    first: list[int] = []
    terms: dict[int, Term] = {}
    numbers: dict[int, Number] = {}
    end = 0
    for i in sorted({*numerals.starts, *[i for i, one in enumerate(told) if one is not _NOTHING]}):
        if i < end:
            continue
        term, plain, longer = told[i]
        number, after = None, i + 1
        if longer and (found := _longest(words, i, longer)) is not None:
            term, after = found
        elif not plain:
            term, number = _looked_at(numerals, i, term)
        if number is not None:
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


def _looked_at(numerals: Numerals, i: int, term: Term | None) -> tuple[Term | None, Number | None]:
    """The term that token `i` is if nothing speaks against it, and the number there or after an article that is parted from it (الـ 14)."""
    if term is None or numerals.raw(i) in term.row.get("never", ()):  # another word that folds to the same letters
        return None, numerals.at(i)
    return term, numerals.at(i + 1) if "article" in term.roles else None


def _longest(words: list[str], i: int, longer: Mapping[str, Sequence[tuple[tuple[str, ...], Term]]]) -> tuple[Term, int] | None:
    """The longest expression of several words at token `i`, and the token after it."""
    second = words[i + 1] if i + 1 < len(words) else ""
    for rest, term in longer.get(second, ()):
        if tuple(words[i + 1 : i + 1 + len(rest)]) == rest:
            return term, i + 1 + len(rest)
    return None


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
