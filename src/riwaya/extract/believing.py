"""Whether a number that may count something does, by what stands beside it."""

from __future__ import annotations

from riwaya.extract.following import Following, Look
from riwaya.extract.numbers import Number
from riwaya.model import Quantity
from riwaya.text.words import STOPS

YEARS = range(1300, 2101)  # Hijri and Gregorian
RECENT = range(1900, 2041)  # what a number of four digits in a news text most often is
NEAR = 12  # tokens back to a quantity, or to a word like "toll", that a bare number goes on from
_AND = "و"
_ROUND = 50  # years that are multiples of it are as often counts
_UNCOUNTABLE = ("percent", "money", "measure")


def believable(look: Look, number: Number, count: Following, floor: int, last: Quantity | None) -> bool:
    """Whether `number` with what follows it is a quantity. `floor` is where the `last` quantity of the text ended."""
    before = look.before(number.first)
    written = look.words[number.first]
    if number.kind == "digits" and written.startswith("00"):
        return False
    if count.rule in _UNCOUNTABLE or count.rule == "vague count":
        return True
    plain = number.kind == "digits" and number.scale == 1 and isinstance(number.value, int) and "," not in written
    if plain and before == "year" and number.value in YEARS:
        return False
    if plain and number.value in RECENT and number.value % _ROUND:
        listed = count.rule == "counted noun" and look.words[count.first] in look.counting.nouns
        if not listed or before == "in":
            return False
    if count.rule != "bare number" and count.surely:
        return before != "label" or count.rule != "out of"
    if before == "label" or (plain and number.value in RECENT):
        return False
    return count.rule == "counted noun" or stands_alone(look, number, floor, last)


def stands_alone(look: Look, number: Number, floor: int, last: Quantity | None) -> bool:
    """Whether a number without a noun counts people or things all the same: `مقتل 9`, `إصابة خمسة`, `واثنين في …`, `3 على الأقل`."""
    words, counting = look.words, look.counting
    first, after = number.first, number.after
    if number.value == 1 or (not isinstance(number.value, int) and number.scale == 1):
        return False
    if first and counting.units.get(words[first - 1]) == "time":
        return False
    if look.before(first) == "counts" or (number.scale > 1 and number.value > number.scale):
        return True
    if after < len(words) and (words[after] in counting.owned or words[after] in counting.more):
        return True
    if look.bounds.after_at(words, after) is not None or _among(look, after):
        return True
    if (bound := look.bounds.before_at(words, first, floor)) is not None:
        return bound[1] != "between" and look.before(bound[0]) not in ("label", "year")
    near = words[max(0, first - NEAR) : first]
    if first and words[first - 1] in look.bounds.joints:
        return any(counting.before.get(word) == "toll" or word in counting.number for word in near)
    if number.kind == "digits" and _numbered(look, first, floor):
        return True
    goes_on = last is not None and last.rule not in _UNCOUNTABLE and number.clitic.startswith(_AND)
    return goes_on and first - floor < NEAR and STOPS.isdisjoint(words[floor:first])


def _numbered(look: Look, first: int, floor: int) -> bool:
    """Whether a number ends a clause that says of what it is the number: `بلغ عدد القتلى في المدينة 45`."""
    words, counting = look.words, look.counting
    if look.before(first) in ("label", "year", "in"):
        return False
    for at in range(first - 1, max(floor, first - NEAR), -1):
        if words[at] in counting.number:
            return counting.before.get(words[at - 1]) == "counts"
        if not words[at].isalpha():
            return False
    return False


def _among(look: Look, i: int) -> bool:
    """Whether `من أصل 12` or `من بين 12` stands at token `i`."""
    words = look.words
    if i + 2 >= len(words) or words[i] not in look.bounds.froms or words[i + 1] not in look.counting.among:
        return False
    return look.numbers.may_start(i + 2)
