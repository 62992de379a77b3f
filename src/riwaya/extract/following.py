"""What follows a number and belongs to it: a counted noun, per cent, a unit, or `من` and a plural."""

from __future__ import annotations

from typing import Literal, NamedTuple

from riwaya.extract.bounding import Bounds
from riwaya.extract.counting import Counting
from riwaya.extract.numbers import Number, Numerals
from riwaya.text.words import Reading

Rule = Literal["counted noun", "percent", "money", "measure", "vague count", "out of", "bare number", "dual"]
_AND = "و"
_MARKED = ("ا", "ه")  # endings of the accusative and the feminine
_ADJECTIVES = 2  # at most, after a definite noun
_PARTICIPLE = "الم"
_NISBA = ("يين", "يه", "يون")  # adjectives of origin, which take no complement
_ORIGIN = "ي"  # the same of one thing: الاقتصاد العالمي
_WITH = "ب"
_POSSESSED = "ي"  # a plural in ين before the noun that owns it


class Look(NamedTuple):
    """A text, its numbers, the tables to look at it with, and the tokens that belong to expressions of time."""

    reading: Reading
    words: list[str]
    numbers: Numerals
    counting: Counting
    bounds: Bounds
    times: frozenset[int] = frozenset()

    def raw(self, i: int) -> str:
        """Token `i` as written."""
        return self.reading.raw[self.reading.starts[i] : self.reading.ends[i]]

    def before(self, i: int) -> str | None:
        """The role of the token before token `i`, by the table `beforenumbers`."""
        return self.counting.before.get(self.words[i - 1]) if i > 0 else None

    def touch(self, i: int) -> bool:
        """Whether nothing stands between token `i` and the one before."""
        return 0 < i < len(self.words) and self.reading.ends[i - 1] == self.reading.starts[i]


class Following(NamedTuple):
    """Tokens up to `after` belong to the number; [first, last) is what it counts. `surely` is false where nothing but position says so."""

    after: int
    first: int
    last: int
    rule: Rule
    surely: bool = True

    @property
    def of(self) -> tuple[int, int] | None:
        """The tokens of what is counted, if any."""
        return (self.first, self.last) if self.last > self.first else None


def following(look: Look, i: int, number: Number) -> Following | None:
    """What the number before token `i` counts; None where it measures time. A number without a noun gives rule "bare number"."""
    words, counting = look.words, look.counting
    vague = number.kind == "vague"
    bare = Following(i, i, i, "vague count" if vague else "bare number", surely=vague)
    if i >= len(words):
        return bare
    role = counting.units.get(words[i])
    if i in look.times:
        return bare if vague or number.scale > 1 or role not in ("time", "times") else None
    if percent := counting.percent(words, i):
        return _out_of(look, i + percent, "percent", owned=True) or Following(i + percent, i, i, "percent")
    if role in ("time", "times"):
        return None
    if role in ("money", "measure"):
        unit: Rule = "money" if role == "money" else "measure"
        after = i + 1
        while after < min(i + 3, len(words)) and counting.units.get(words[after]) in ("kind", "measure"):
            after += 1
        return Following(after, i, after, unit)
    if words[i] in counting.number:
        return Following(i + 2, i + 1, i + 2, "counted noun") if _definite(words, i + 1) else bare
    if noun := counting.noun(words[i], number.value):
        last = _noun_end(look, i, number)
        after = last + 1 if last < len(words) and words[last] in counting.more else last
        return Following(after, i, last, "counted noun", surely=noun == 2)
    if vague and not number.definite and _definite(words, i) and role is None:
        after = _phrase_end(look, i)
        return Following(after, i, after, "vague count")
    owned = vague or (number.kind == "cardinal" and 2 <= number.value <= 10)
    return _out_of(look, i, "vague count" if vague else "out of", owned=owned) or bare


def _noun_end(look: Look, i: int, number: Number) -> int:
    """The end of the counted noun at token `i`: with `رجل أمن`, and with nouns joined to it (`6400 جندي وبحار`, `قتيلا وجريحا`)."""
    words, counting = look.words, look.counting
    after = i + 1
    if after < len(words) and words[after] in counting.completing and not words[i].endswith(_MARKED[0]):
        after += 1
    while after < len(words) and _shares(look, i, after, number):
        after += 1
        if after < len(words) and words[after] in counting.completing:
            after += 1
    return after


def _shares(look: Look, noun: int, i: int, number: Number) -> bool:
    """Whether token `i` is a noun that shares the number with the one at token `noun`, and not a thing of its own (`و` and a singular)."""
    counted, word, nouns = look.words[noun], look.words[i], look.counting.nouns
    if word[0] != _AND or word in nouns:
        return False
    if _tolls(look, counted, word) or (number.value > 10 and word[1:] == counted.removesuffix(_MARKED[0]) + _MARKED[1]):
        return True
    if (
        number.value > 10 and counted.endswith(_MARKED[0]) and word.endswith(_MARKED[0])
    ):  # both in the accusative that only the number gives
        return word[1:] in nouns and not _one(look, i + 1)
    return number.value >= 100 and word[1:] in nouns and not counted.endswith(_MARKED) and not word.endswith(_MARKED[0])


def _one(look: Look, i: int) -> bool:
    """Whether token `i` says that the noun before it is one by itself: `22 جنديا ومدنيا واحدا`."""
    number = look.numbers.at(i)
    return number is not None and number.value == 1


def _tolls(look: Look, one: str, other: str) -> bool:
    """Whether two words are the dead and the wounded: `القتلى والجرحى`."""
    before = look.counting.before
    return other[0] == _AND and before.get(other[1:]) == "toll" and before.get(one) == "toll"


def _out_of(look: Look, i: int, rule: Rule, *, owned: bool = False) -> Following | None:
    """`من` at token `i` and the plural it counts out of; per cent and vague counts take any definite noun, `owned` any owned."""
    words, counting = look.words, look.counting
    if i + 1 >= len(words) or words[i] not in look.bounds.froms or i + 1 in look.times:
        return None
    first = i + 2 if words[i + 1] in counting.these else i + 1
    if _definite(words, first):
        noun = words[first]
        if counting.units.get(noun) not in (None, "money", "measure"):
            return None
        if not counting.plural(noun) and (first == i + 2 or rule == "out of"):
            return None
        after = _phrase_end(look, first)
        return Following(after, first, after, rule)
    if first == i + 2 or words[first] in counting.units:
        return None
    noun = words[first]
    possessed = noun.isalpha() and _definite(words, first + 1) and (owned or (noun.endswith(_POSSESSED) and len(noun) > 4))
    return Following(first + 1, first, first + 1, rule) if possessed or counting.plural_of_someone(noun, look.raw(first)) else None


def _definite(words: list[str], i: int) -> bool:
    """Whether token `i` is a word with the article."""
    return i < len(words) and words[i].startswith("ال") and len(words[i]) > 4


def _phrase_end(look: Look, i: int) -> int:
    """The end of the definite noun at token `i`, with what agrees with it (`النازحين السوريين`), or `والجرحى` after `القتلى`."""
    words, counting = look.words, look.counting
    after = i + 1
    if after < len(words) and _tolls(look, words[i], words[after]):
        return after + 1
    while after <= i + _ADJECTIVES and _definite(words, after) and not counting.measures_time(words[after]):
        agrees = words[after].endswith(_MARKED[1]) or counting.plural(words[after])
        agrees = agrees or (words[after].endswith(_ORIGIN) and not counting.plural(words[i]))
        if not agrees or _governs(look, after):
            break
        after += 1
    return after


def _governs(look: Look, i: int) -> bool:
    """Whether token `i` is a participle with a complement (`المسجلة في المرفأ`): a clause of its own, outside the span."""
    words = look.words
    if not words[i].startswith(_PARTICIPLE) or words[i].endswith(_NISBA) or i + 1 >= len(words):
        return False
    return words[i + 1].startswith(_WITH) or look.counting.units.get(words[i + 1]) == "no noun"
