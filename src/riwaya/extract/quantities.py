"""Counts and amounts in one text: `15 قتيلا`, `جنديان`, `نحو 70 في المائة من السكان`, `لا يزيد عددهم على 150 عنصرا`.

A quantity's span holds, in whole tokens with what is attached to them:
  the words that bound it (`نحو`, `أكثر من`, `لا يزيد عددهم على`; after it `على الأقل`), not `عددهم` alone;
  the number; the counted noun, or `في المائة`, or the unit with the adjective that names it (`دولار أميركي`); `آخرين`, `إضافي`;
  `من` and the noun it counts out of (`ثلاثة من القتلى`), where no noun stands between; not `منهم`;
  the definite noun before a definite number (`الدول الثلاث`); the adjective of a dual noun (`وزيرين سابقين`).
Other adjectives and complements stay outside. Dates, years, ages, durations, clock times, ordinals, occasions (`مرتين`), scores, and
numbers that are names (`المادة 5`, `الرحلة 370`) are no quantities, nor is a dual with the article (`البلدين`) or before a name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import compress

from riwaya.extract.believing import RECENT, YEARS, believable
from riwaya.extract.bounding import bounds
from riwaya.extract.counting import Dual, counting
from riwaya.extract.digits import Amount
from riwaya.extract.duals import dual_end, is_adjective
from riwaya.extract.following import Following, Look, following
from riwaya.extract.numbers import Number, Numerals, lexicon
from riwaya.extract.preceding import noun_before, part_of_other, touches_percent, unwrapped
from riwaya.lang.tables import Words
from riwaya.model import Bound, Quantity, Span
from riwaya.text.words import STOPS, Reading

RULES = (
    "counted noun", "percent", "money", "measure", "vague count", "out of", "bare number", "dual", "one", "definite number",
    "part of a whole", "range", "unknown",
)  # fmt: skip
_SIGNS = frozenset("$€£%٪")
_DASHES = frozenset("-–—")
_FAR = 40  # tokens back to the quantity whose noun a bare number shares
_BACK = 6  # tokens back from a range to a word that makes it a change
_LAST_DAY = 31
_AND = "و"
_PARTICLE = 2  # letters of ما in ما بين, the longest word before بين that is no verb
_HAMZA = "أ"  # in وأحد, "and one of", which folds to the same letters as "one"
_ADJECTIVE = "ي"


def find(reading: Reading, words: Words, *, numbers: Numerals | None = None, times: Sequence[Span] = ()) -> tuple[Quantity, ...]:
    """Every count and amount of a text, in its order. Linear in the number of tokens; never fails.

    `numbers` are those of the reading, where somebody else reads them too; `times` its expressions of time, in which nothing is counted.
    """
    numbers = numbers or Numerals(reading, lexicon(words))
    finder = _Finder(Look(reading, reading.words, numbers, counting(words), bounds(words), _tokens(reading, times)))
    places, looked_up = range(len(reading)), finder.look.counting.duals.__getitem__
    duals = compress(places, map(looked_up, reading.words))
    phrases = compress(places, map(finder.look.bounds.whole.__contains__, reading.words))
    finder.run([*duals, *phrases])
    return tuple(finder.found)


def _tokens(reading: Reading, spans: Sequence[Span]) -> frozenset[int]:
    """The tokens of spans."""
    return frozenset(i for span in spans for i in range(bisect_left(reading.starts, span.start), bisect_left(reading.starts, span.end)))


class _Finder:
    """One pass over a text's tokens. `floor` is the token where the last thing found ended: no bound reaches back over it."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.words = look.words
        self.found: list[Quantity] = []
        self.floor = 0

    def run(self, openers: list[int]) -> None:
        """Look at each token where a number may start, and at the `openers`, where a dual or a phrase that stands for a number may."""
        look, words = self.look, self.words
        at = 0
        for i in sorted({*look.numbers.starts, *openers}):
            if i < at or i in look.times:
                continue
            if look.numbers.may_start(i):
                number = look.numbers.at(i)
                if number is not None:
                    at = max(self.number(number), number.after)
            elif (dual := look.counting.duals[words[i]]) is not None:
                at = self.dual(i, dual)
            elif (match := look.bounds.whole_at(words, i)) is not None:
                at = self.emit((i, match[0]), (None, None), match[1], None, "unknown")

    def emit(
        self, at: tuple[int, int], values: tuple[Amount | None, Amount | None], bound: Bound, of: tuple[int, int] | None, rule: str
    ) -> int:
        """Keep a quantity over tokens `at`; returns where it ends."""
        reading = self.look.reading
        counted = reading.span(*of).of(reading.raw) if of is not None else self.shared_noun(at[0], rule)
        self.found.append(Quantity(reading.span(*at), values[0], values[1], bound, counted, rule))
        self.floor = at[1]
        return at[1]

    def shared_noun(self, first: int, rule: str) -> str | None:
        """The noun of the quantity before in the same sentence, for a number without one: `مقتل ثلاثة أشخاص وإصابة خمسة`."""
        if rule not in ("bare number", "vague count") or not self.found or self.found[-1].rule in ("percent", "money", "measure"):
            return None
        near = first - self.floor <= _FAR and STOPS.isdisjoint(self.words[self.floor : first])
        return self.found[-1].of if near else None

    def number(self, number: Number) -> int:
        """Judge a number; returns the token up to which everything is settled."""
        look = self.look
        if number.kind == "ordinal":
            return number.after
        if (ranged := self.range(number)) is not None:
            return ranged
        if part_of_other(look, number):
            return number.after
        if number.kind == "fraction":
            return self.fraction(number)
        first, after = unwrapped(look, number)
        if after > number.after:
            number = look.numbers.scaled(number, after)
            after = max(after, number.after)
        count = following(look, after, number)
        if number.kind == "digits" and first > self.floor and self.words[first - 1] in _SIGNS:
            count = Following(after, after, after, "percent" if touches_percent(look, first) else "money")
        if count is not None and count.rule in ("counted noun", "money", "measure"):
            number = look.numbers.doubled(number)
        return self.judge(number, first, count)

    def judge(self, number: Number, first: int, count: Following | None) -> int:
        """Keep a number, that starts at token `first` with what is around it, if it counts what follows it or stands before it."""
        if number.value == 1 and number.kind == "cardinal" and (count is None or count.rule != "percent"):
            return self.single(number)
        if number.definite and number.kind != "vague":
            return self.definite(number, count)
        if count is None:
            return number.after
        if count.rule == "bare number" and (whole := self.whole_of(number)) is not None:
            return whole
        last = self.found[-1] if self.found else None
        return self.settle(number, first, count) if believable(self.look, number, count, self.floor, last) else number.after

    def settle(self, number: Number, first: int, count: Following) -> int:
        """Add the bound on either side, and keep the quantity."""
        if first > self.floor and self.words[first - 1] in _SIGNS:
            first -= 1
        low, high = number.value, number.high
        bound: Bound = "vague" if number.kind == "vague" else "exact"
        after = count.after
        before = self.look.bounds.before_at(self.words, first, self.floor)
        if before is not None and before[1] != "between":
            first, bound = before
        elif (behind := self.look.bounds.after_at(self.words, after)) is not None:
            after, bound = behind
        values = (low, None) if bound == "at least" else (0, high) if bound == "at most" else (low, high)
        return self.emit((first, after), values, bound, count.of, count.rule)

    def whole_of(self, number: Number) -> int | None:
        """`ثلاثا من سبع سفن`: a part and, within its span, the whole; None where no counted whole follows."""
        look, at = self.look, number.after + 1
        if at >= len(self.words) or self.words[number.after] not in look.bounds.froms:
            return None
        whole = look.numbers.at(at)
        if whole is None or whole.clitic or whole.kind in ("ordinal", "vague") or whole.value <= number.value:
            return None
        count = following(look, whole.after, whole)
        if count is None or count.rule != "counted noun" or not (count.surely or whole.kind == "cardinal"):
            return None
        self.emit((number.first, count.after), (number.value, number.high), "exact", count.of, "part of a whole")
        return self.emit((at, count.after), (whole.value, whole.high), "exact", count.of, "counted noun")

    def single(self, number: Number) -> int:
        """`شخص واحد`, `لدولة واحدة`: one, after a noun that is counted in news."""
        words, single = self.words, self.look.counting.single
        noun = number.first - 1
        if number.clitic or number.after > number.first + 1 or noun < self.floor or not single(words[noun]):
            return number.after
        if self.look.raw(number.first)[1:2] == _HAMZA:
            return number.after
        if noun > self.floor and words[noun].endswith(_ADJECTIVE) and single(words[noun - 1]):
            noun -= 1
        return self.emit((noun, number.after), (1, 1), "exact", (noun, number.first), "one")

    def definite(self, number: Number, count: Following | None) -> int:
        """`الدول الثلاث`, where the noun stands before, and `الثلاث طائرات`."""
        if number.clitic == "ال" and (noun := noun_before(self.look, number, self.floor)) is not None:
            return self.emit((noun, number.after), (number.value, number.high), "exact", (noun, number.first), "definite number")
        if count is None or self.look.before(number.first) == "label":
            return number.after
        if count.rule in ("percent", "money", "measure") or (count.rule == "counted noun" and (count.surely or number.kind == "cardinal")):
            return self.settle(number, number.first, count)
        return number.after

    def fraction(self, number: Number) -> int:
        """`ثلثي المقاعد`, `نصف سكان القرية`: a fraction of a plural; `نصف دولار`: of a unit."""
        at, words, counting = number.after, self.words, self.look.counting
        if number.definite or at >= len(words) or at in self.look.times:
            return at
        role = counting.units.get(words[at])
        if role in ("money", "measure"):
            return self.settle(number, number.first, Following(at + 1, at, at + 1, "money" if role == "money" else "measure"))
        owned = words[at] in counting.plurals and at + 1 < len(words) and counting.definite(words[at + 1]) is not None
        if role is None and (owned or (words[at].startswith("ال") and counting.plural(words[at]))):
            return self.settle(number, number.first, Following(at + 1, at, at + 1, "counted noun"))
        return at

    def range(self, number: Number) -> int | None:
        """`بين 20 و30 شخصا`, `من 20 إلى 30`, `خمسة أو ستة`: None where no range starts here."""
        words, look = self.words, self.look
        start = None
        if number.first > self.floor and words[number.first - 1].endswith(look.bounds.betweens):
            before = look.bounds.before_at(words, number.first, self.floor)
            start = before[0] if before is not None and before[1] == "between" else None
        after = number.after
        if start is not None:
            near = following(look, after, number)
            after = near.after if near is not None and near.rule != "bare number" else after
        if after >= len(words) or number.kind == "vague":
            return None
        if words[after] in look.bounds.joints or (start is not None and words[after] == _AND):
            joint = after + 1
        elif start is not None and words[after].startswith(_AND):
            joint = after
        else:
            return None
        upper = look.numbers.at(joint)
        if upper is None or upper.kind in ("ordinal", "vague", "fraction") or (upper.clitic and joint > after):
            return None
        return self.spread(number, upper, start)

    def spread(self, lower: Number, upper: Number, start: int | None) -> int | None:
        """Keep the range from `lower` to `upper`, from token `start` if `بين` opens it there; None where it is a change or two numbers."""
        count = following(self.look, upper.after, upper)
        if count is None:
            return upper.after
        low = lower.value * upper.scale if lower.scale == 1 and lower.value * upper.scale < upper.value else lower.value
        if lower.scale == 1 and lower.value in RECENT and (upper.value in RECENT or start is None):
            return upper.after if upper.value in RECENT else None
        if start is None:
            dashed = self.words[lower.after] in _DASHES
            unsure = not count.surely and (dashed or lower.kind != "cardinal")
            if count.rule == "bare number" or low >= upper.value or unsure:
                return upper.after if dashed else None
            start = self.range_start(lower)
        elif low >= upper.value or (count.rule == "bare number" and not self.counted_between(lower, upper, start)):
            return None
        return None if start is None else self.emit((start, count.after), (low, upper.value), "between", count.of, "range")

    def counted_between(self, lower: Number, upper: Number, start: int) -> bool:
        """Whether two numbers alone behind `بين` are a range of a count (`يتراوح عددهم بين 7 و9`) and not of days or years."""
        first = self.words[start]
        verb = first not in self.look.bounds.betweens and len(first) > _PARTICLE
        return verb or upper.scale > 1 or not (lower.value in YEARS or lower.value <= _LAST_DAY)

    def range_start(self, lower: Number) -> int | None:
        """Where a range starts that no `بين` opens: at its bound or its `من`; None where that tells a change (`ارتفع من 20 إلى 30`)."""
        words, look, start = self.words, self.look, lower.first
        if (bound := look.bounds.before_at(words, start, self.floor)) is not None:
            return bound[0]
        if start <= self.floor or words[start - 1] not in look.bounds.froms:
            return start
        changes = (look.counting.before.get(word) == "change" for word in words[max(self.floor, start - 1 - _BACK) : start - 1])
        return None if any(changes) else start - 1

    def dual(self, i: int, dual: Dual) -> int:
        """A noun in the dual; adjectives outside its span are no nouns of their own."""
        end = dual_end(self.look, i, dual)
        if end is None:
            return i + 1
        end = self.settle(Number(2, i, i + 1, "cardinal", 2), i, Following(end, i, i + 1, "dual"))
        while end < len(self.words) and is_adjective(self.look, self.words[end], self.words[i]):
            end += 1
        return end
