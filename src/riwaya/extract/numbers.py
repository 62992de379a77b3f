"""Numbers in words and digits, read from the tokens of one text.

`Numerals.at` reads the longest number that starts at a token: `1,250`, `خمسة وعشرون ألفا`, `مليار و300 مليون`, `الخامس والعشرين`.
Whole tokens only; the proclitics و ف ب ل ك and the article may be attached. The words are the table `numbers`; its header says what a
word does in a longer number. A number counts nothing by itself: what it counts is the business of quantities and times.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, cached_property
from itertools import compress
from typing import Literal, NamedTuple

from riwaya.extract.digits import LONGEST, Amount, value_of, whole
from riwaya.lang.tables import Row, Words
from riwaya.text.normal import fold
from riwaya.text.words import Reading

Kind = Literal["cardinal", "digits", "fraction", "vague", "ordinal"]

_AND = ("و", "ف", "")
_TO = ("ب", "ل", "ك", "")
_DIGITS = re.compile(r"([وف]?[بلك]?(?:ال|ل)?)(\d[\d.,]*)")
_JOINING = ("000", "،")
_PARTING = "ر"
_PARTED = re.compile(r"ر(\d+)")  # the letter as a decimal point, its halves turned around: 7ر12 is 12.7
_TURNED = re.compile("[.,٫][\u200f\u202b\u2067]")  # a right-to-left mark after a point turns the halves around too
_TANWIN = "\u064b"
_MOST_KEPT = 100_000  # words that are remembered, some 10 MB
_AHEAD = 3  # tokens past a text's end that a rule may look at


class Number(NamedTuple):
    """A number at tokens [first, after). `value` is its low end; `high` differs from it only where the words are vague (`عشرات`).

    `clitic` is what is attached before its first word (`و`, `ب`, `ال`, …). A fraction alone (`ربع`) has a value below 1. `scale` is
    the last power of a thousand named, 1 where none is.
    """

    value: Amount
    first: int
    after: int
    kind: Kind
    high: Amount
    clitic: str = ""
    scale: int = 1

    @property
    def definite(self) -> bool:
        """Whether the article is attached to its first word."""
        return self.clitic.endswith(("ال", "لل"))


class Term(NamedTuple):
    """A word of the table as it stands in a text, with what is attached before it.

    It is `bare` if it may follow the word it multiplies: nothing is attached but the article. It is `added` if و joins it to a number.
    """

    role: str
    value: int
    parts: int
    high: int
    times: int
    twice: bool
    plural: bool
    clitic: str
    bare: bool
    added: bool


class Lexicon(dict[str, Term]):
    """The table `numbers` by every spelling with its clitics."""

    def __init__(self) -> None:
        super().__init__()
        self.starting = _Starting(self)


class _Starting(dict[str, bool]):
    """Whether a number may start with a word; worked out when it is first asked for."""

    def __init__(self, terms: Mapping[str, Term]) -> None:
        super().__init__()
        self.terms = terms

    def __missing__(self, word: str) -> bool:
        if len(self) > _MOST_KEPT:
            self.clear()
        self[word] = found = word in self.terms or "0" <= word[-1] <= "9"
        return found


@cache
def lexicon(words: Words) -> Lexicon:
    """The number words of `words`, compiled once."""
    terms = Lexicon()
    rows = [(row, list(map(fold, row["words"]))) for row in words.rows("numbers")]
    for row, spelled in rows:
        terms.update(dict.fromkeys(spelled, _term(row, "")))
    before = {article: _clitics(article=article) for article in (False, True)}
    for row, spelled in rows:
        never = set(map(fold, row.get("never", ())))
        for clitic in before[not row.get("bare", False)]:
            term = _term(row, clitic)
            for word in spelled:
                if clitic + word not in never:
                    terms.setdefault(clitic + word, term)
    return terms


def _term(row: Row, clitic: str) -> Term:
    return Term(
        row["role"], row["value"], row.get("parts", 1), row.get("high", 0), row.get("times", 1), row.get("twice", False),
        row.get("plural", False), clitic, clitic in ("", "ال"), clitic in ("و", "وال"),
    )  # fmt: skip


def _clitics(*, article: bool) -> list[str]:
    """What may be attached before a number word: [و ف][ب ل ك][ال], with ل + ال written لل."""
    found = [joined + to for joined in _AND for to in _TO if joined + to]
    if article:
        found += [joined + ("لل" if to == "ل" else to + "ال") for joined in _AND for to in _TO]
    return found


class _Part(NamedTuple):
    """A piece of a number while it is being read."""

    value: Amount
    after: int
    scale: int
    digits: bool = False
    clitic: str = ""


class Numerals:
    """The numbers of one text, each read when it is first asked for and then kept: quantities and times ask for the same.

    The private methods read a piece of a number; each takes the token that the piece starts at.
    """

    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        self.reading = reading
        self.words = reading.words
        self.lexicon = lexicon
        self.terms = [*map(lexicon.get, reading.words), *[None] * _AHEAD]
        self._known: dict[int, Number | None] = {}

    @cached_property
    def starts(self) -> list[int]:
        """The tokens at which a number may start."""
        return list(compress(range(len(self.words)), map(self.lexicon.starting.__getitem__, self.words)))

    def may_start(self, i: int) -> bool:
        """Whether a number may start at token `i`; a quick no for most."""
        return self.terms[i] is not None or "0" <= self.words[i][-1] <= "9"

    def raw(self, i: int) -> str:
        """Token `i` as written."""
        return self.reading.raw[self.reading.starts[i] : self.reading.ends[i]]

    def at(self, i: int) -> Number | None:
        """The longest number that starts at token `i`, or None. Looks at a bounded number of tokens."""
        if i not in self._known:
            self._known[i] = self._number(i) if 0 <= i < len(self.words) else None
        return self._known[i]

    def all(self) -> list[Number]:
        """Every number of the text from left to right, none inside another. Linear in the number of tokens."""
        found: list[Number] = []
        for i in self.starts:
            if (not found or i >= found[-1].after) and (number := self.at(i)) is not None:
                found.append(number)
        return found

    def scaled(self, number: Number, i: int) -> Number:
        """`number` times the scale at token `i`, for a scale that does not touch it (`(700) ألف`); `number` itself where none is there."""
        part = self._scaled(_Part(number.value, i, number.scale))
        if part.after == i:
            return number
        return number._replace(value=part.value, high=part.value, after=part.after, scale=part.scale)

    def doubled(self, number: Number) -> Number:
        """`number` before its counted noun: a scale alone in the accusative without tanwin is a dual there (`ألفا جندي` is 2000)."""
        term = self.terms[number.first]
        if number.after > number.first + 1 or term is None or not term.twice:
            return number
        return number if _TANWIN in self.raw(number.first) else number._replace(value=2 * number.value, high=2 * number.high)

    def _number(self, i: int) -> Number | None:
        term = self.terms[i]
        if term is None:
            return self._cardinal(i) if "0" <= self.words[i][-1] <= "9" else None
        if term.role.startswith("ordinal"):
            return self._ordinal(i, term)
        if term.role in ("vague", "some") or (term.role == "scale" and term.plural):
            return self._vague(i, term)
        if term.role == "fraction":
            return self._fraction(i, term)
        return self._cardinal(i)

    def _cardinal(self, i: int) -> Number | None:
        """A cardinal: groups of falling scale joined by و, the last perhaps a fraction of the scale before it."""
        part = first = self._group(i)
        if part is None or first is None:
            return None
        value = part.value
        while part.scale > 1:
            more = self._added(part)
            if more is None:
                break
            value += more.value
            part = more
        value = whole(value)
        kind: Kind = "digits" if first.digits else "fraction" if value < 1 else "cardinal"
        return Number(value, i, part.after, kind, value, first.clitic, part.scale)

    def _added(self, part: _Part) -> _Part | None:
        """What و adds to a number that has reached `part`: a smaller group, or a fraction of its scale (`مليون ونصف المليون`)."""
        at = self._joined(part.after)
        if at is None:
            return None
        term = self.terms[at]
        if term is not None and term.role == "fraction":
            after = at + 1
            again = self.terms[after]
            if again is not None and again.role == "scale" and again.bare and again.times == 1:
                if again.value > part.scale:
                    return None
                return _Part(again.value * term.value / term.parts, after + 1, 1)
            return _Part(part.scale * term.value / term.parts, after, 1)
        more = self._group(at)
        return more if more is not None and more.value < part.scale else None

    def _joined(self, i: int) -> int | None:
        """The token a word joined by و starts at: the word itself, or the one after a و that stands alone."""
        words = self.words
        if i >= len(words):
            return None
        word = words[i]
        if word == "و":
            if i + 1 >= len(words):
                return None
            term = self.terms[i + 1]
            return i + 1 if words[i + 1][0].isdigit() or (term is not None and term.bare) else None
        term = self.terms[i]
        if term is not None:
            return i if term.added else None
        return i if word[0] == "و" and word[-1].isdigit() else None

    def _group(self, i: int) -> _Part | None:
        """Up to 999 or a number in digits, then the scale that multiplies it; or a scale alone."""
        term = self.terms[i]
        if term is not None and term.role == "scale":
            return None if term.plural else self._scaled(_Part(term.times * term.value, i + 1, term.value, clitic=term.clitic))
        part = self._small(i)
        if part is None:
            return None
        at = self._joined(part.after)
        half = self.terms[at] if at is not None else None
        if at is not None and half is not None and half.role == "fraction" and half.clitic != "وال" and part.value < 100:
            value = part.value + half.value / half.parts
            return self._scaled(_Part(value, at + 1, 1, part.digits, part.clitic))
        return self._scaled(part)

    def _scaled(self, part: _Part) -> _Part:
        """Multiply by the scales that follow (`خمسة آلاف`, `ألف مليون`)."""
        after, value, scale = part.after, part.value, part.scale
        term = self.terms[after]
        while term is not None and term.role == "scale" and term.bare and term.times == 1 and term.value > scale:
            value, scale, after = value * term.value, term.value, after + 1
            term = self.terms[after]
        return _Part(whole(round(value, 3) if scale > part.scale else value), after, scale, part.digits, part.clitic)

    def _small(self, i: int) -> _Part | None:
        """1 to 999 in words, or any number in digits."""
        term = self.terms[i]
        if term is None:
            return self._digits(i)
        following = self.terms[i + 1]
        if term.role in ("unit", "head"):
            if following is not None and following.bare and following.role == "ten":
                return _Part(term.value + 10, i + 2, 1, clitic=term.clitic)
            at = self._joined(i + 1)
            tens = self.terms[at] if at is not None else None
            if at is not None and tens is not None and tens.role == "tens":
                return _Part(term.value + tens.value, at + 1, 1, clitic=term.clitic)
            if term.role == "head":
                return None
            if following is not None and following.bare and following.role == "hundred" and term.value > 2:
                return self._hundreds(term.value * 100, i + 2, term.clitic)
            if following is not None and following.role == "parts" and following.bare and term.value < following.parts:
                return _Part(term.value / following.parts, i + 2, 1, clitic=term.clitic)
            return _Part(term.value, i + 1, 1, clitic=term.clitic)
        if term.role in ("ten", "tens"):
            return _Part(term.value, i + 1, 1, clitic=term.clitic)
        if term.role in ("hundred", "hundreds"):
            return self._hundreds(term.value, i + 1, term.clitic)
        return None

    def _hundreds(self, value: int, after: int, clitic: str) -> _Part:
        """Hundreds read so far, and what و adds below 100."""
        at = self._joined(after)
        if at is not None:
            term = self.terms[at]
            rest = self._small(at) if term is None or term.role not in ("hundred", "hundreds") else None
            if rest is not None and rest.value < 100:
                return _Part(value + rest.value, rest.after, 1, clitic=clitic)
        return _Part(value, after, 1, clitic=clitic)

    def _digits(self, i: int) -> _Part | None:
        """A number in digits, with what is attached. A right-to-left mark after its point turns it around: `5.\\u200f12` is 12.5."""
        words, starts, ends = self.words, self.reading.starts, self.reading.ends
        if i >= len(words):
            return None
        if words[i].isdecimal() and len(words[i]) <= LONGEST and not self._goes_on(i + 1):
            return _Part(int(words[i]), i + 1, 1, digits=True)
        match = _DIGITS.fullmatch(words[i])
        if match is None:
            return None
        clitic, written = match.groups()
        after = i + 1
        while after + 1 < len(words) and words[after] in (".", ",") and ends[after - 1] == starts[after] and clitic:
            if ends[after] != starts[after + 1] or not words[after + 1][0].isdigit() or len(written) > 2 * LONGEST:
                break  # the tokeniser parts `و1.5`, for it keeps a point only in a token of digits
            written += words[after] + words[after + 1]
            after += 2
        if len(written) <= 3 and after < len(words) and words[after] == "000" and ends[after - 1] + 1 == starts[after]:
            written, after = written + words[after], after + 1
        while (
            self._comma_at(after) and len(written) <= 2 * LONGEST and (len(written) <= 3 or written[-4] == ",") and written[-3:].isdigit()
        ):
            written, after = f"{written},{words[after + 1]}", after + 2
        if self._half_at(after) and len(written) <= 3:
            written, after = f"{written}.{words[after + 1]}", after + 2
        turned = False
        if after < len(words) and ends[after - 1] == starts[after] and (parted := _PARTED.fullmatch(words[after])):
            written, after, turned = f"{written}.{parted[1]}", after + 1, True
        scaled = self.terms[after]
        raw = self.reading.raw[starts[i] : ends[after - 1]]
        turned = turned or _TURNED.search(raw) is not None
        value = value_of(written, decimal=scaled is not None and scaled.role == "scale" and scaled.value > 1000, turned=turned)
        return None if value is None else _Part(value, after, 1, digits=True, clitic=clitic)

    def _goes_on(self, i: int) -> bool:
        """Whether digits may go on with token `i`: `10 000`, `50،8`, `7ر12`."""
        return i < len(self.words) and (self.words[i] in _JOINING or self.words[i][0] == _PARTING)

    def _half_at(self, i: int) -> bool:
        """Whether an Arabic comma at token `i` is a decimal point: `50،8 مليون`."""
        words, starts, ends = self.words, self.reading.starts, self.reading.ends
        if i + 2 >= len(words) or words[i] != "،" or len(words[i + 1]) > 2 or not words[i + 1].isdigit():
            return False
        term = self.terms[i + 2]
        return ends[i - 1] == starts[i] and ends[i] == starts[i + 1] and term is not None and term.role == "scale"

    def _comma_at(self, i: int) -> bool:
        """Whether token `i` is an Arabic comma between thousands: three digits touch it on the right, a digit on the left."""
        words, starts, ends = self.words, self.reading.starts, self.reading.ends
        if i + 1 >= len(words) or words[i] != "،" or len(words[i + 1]) != 3 or not words[i + 1].isdigit():
            return False
        return ends[i - 1] == starts[i] and ends[i] == starts[i + 1]

    def _fraction(self, i: int, term: Term) -> Number:
        """A fraction, of a scale where one follows: `نصف مليون`."""
        value: Amount = term.value / term.parts
        following = self.terms[i + 1]
        if following is None or following.role != "scale" or not following.bare or following.plural or following.times > 1:
            return Number(value, i, i + 1, "fraction", value, term.clitic)
        value = whole(value * following.value)
        return Number(value, i, i + 2, "cardinal", value, term.clitic, following.value)

    def _vague(self, i: int, term: Term) -> Number | None:
        """`عشرات`, `مئات الآلاف`, `بضعة ملايين`: from the least to just under the next step up."""
        low, top, after, scale = term.value, term.high + 1, i + 1, 1
        if term.role == "scale":
            low, top, scale = 2 * term.value, 10 * term.value, term.value
        following = self.terms[after]
        while following is not None and following.bare and following.role in ("vague", "scale") and following.value > scale:
            if following.role == "vague":
                if term.role != "some":
                    break
                low, top = following.value, following.high + 1
            elif term.role == "some" and after == i + 1 and following.plural:
                low, top, scale = 2 * following.value, 10 * following.value, following.value
            else:
                low, top, scale = low * following.value, top * following.value, following.value
            after += 1
            following = self.terms[after]
        if term.role == "some" and after == i + 1:
            return None
        return Number(low, i, after, "vague", top - 1, term.clitic, scale)

    def _ordinal(self, i: int, term: Term) -> Number | None:
        """`الثالث`, `الرابع عشر`, `الخامسة والعشرين`."""
        following = self.terms[i + 1]
        if following is not None and following.bare and following.role == "ten":
            return Number(term.value + 10, i, i + 2, "ordinal", term.value + 10, term.clitic)
        at = self._joined(i + 1)
        tens = self.terms[at] if at is not None else None
        if at is not None and tens is not None and tens.role == "tens":
            return Number(term.value + tens.value, i, at + 1, "ordinal", term.value + tens.value, term.clitic)
        if term.role == "ordinal head":
            return None
        return Number(term.value, i, i + 1, "ordinal", term.value, term.clitic)
