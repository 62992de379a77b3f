"""What stands before a number, or right around it: the noun of a definite number, brackets, and signs that it is part of something else."""

from __future__ import annotations

from riwaya.extract.following import Look
from riwaya.extract.numbers import Number
from riwaya.text.words import OPENERS

_JOINERS = frozenset("-–—/:+×x*#@_=.")  # beside a number without a space: dates, clock times, scores, models, addresses
_LISTS = frozenset("-–.)")  # after a number that opens a line: it numbers a list
_NAMED = ("label", "year")  # what an ordinal or a year stands beside: المادة السبعون
_REACH = 5  # tokens from a definite number back to its noun
_SINGULAR = "ي"  # the ending of an adjective in the singular


def part_of_other(look: Look, number: Number) -> bool:
    """Whether a number is part of something longer (a date, a clock time, a score, a model, an address) or numbers a list."""
    words, first, after = look.words, number.first, number.after
    if first > 0:
        before = words[first - 1]
        if look.touch(first) and before in _JOINERS and look.touch(first - 1) and words[first - 2] != "\n":
            return True
        if before == "/" and first > 1 and words[first - 2][-1].isdigit():
            return True
        if before == "#" or (look.touch(first) and before[-1].isascii() and before[-1].isalpha()):
            return True
    if after < len(words):
        behind = words[after]
        numeric = after + 1 < len(words) and words[after + 1][0].isdigit()
        if numeric and (behind == "/" or (behind in _JOINERS and look.touch(after) and look.touch(after + 1))):
            return True
        return behind in _LISTS and (first == 0 or words[first - 1] == "\n")
    return False


def unwrapped(look: Look, number: Number) -> tuple[int, int]:
    """The tokens of a number with the brackets or quotation marks right around it, if any: `(30) دولة`."""
    first, after = number.first, number.after
    if first > 0 and after < len(look.words):
        opening, closing = look.words[first - 1], look.words[after]
        if OPENERS.get(opening) == closing or (opening == closing == '"'):
            return first - 1, after + 1
    return first, after


def touches_percent(look: Look, first: int) -> bool:
    """Whether a per cent sign stands right before token `first`: `%30`."""
    return look.touch(first) and look.counting.percent(look.words, first - 1) == 1


def noun_before(look: Look, number: Number, floor: int) -> int | None:
    """The token where the noun before a definite number starts: a plural, so that the number is no ordinal; None where there is none.

    A known plural a few tokens back (`الدول العظمى الست`, `دول مجلس التعاون الست`), else an unknown broken plural before 3 to 10.
    """
    words, counting = look.words, look.counting
    last = number.first - 1
    for noun in range(last, max(floor, number.first - _REACH) - 1, -1):
        word = words[noun]
        stem = counting.definite(word)
        if stem is None and not counting.plural_of_someone(word, look.raw(noun)):
            return _unknown_plural(look, number) if noun < last else None
        if counting.measures_time(stem or word) or counting.before.get(word) in _NAMED:
            return None
        if stem is None or counting.plural(stem):
            leading = counting.definite(words[noun - 1]) if noun > floor else None
            leads = leading is not None and counting.plural(leading) and leading not in counting.units
            first = noun - 1 if leads else noun
            return None if look.before(first) == _NAMED[0] else first
    return _unknown_plural(look, number) if last >= floor else None


def _unknown_plural(look: Look, number: Number) -> int | None:
    """The definite word right before a number from 3 to 10: its agreement says that it is a plural."""
    stem = look.counting.definite(look.words[number.first - 1])
    return None if stem is None or number.value > 10 or stem.endswith(_SINGULAR) else number.first - 1
