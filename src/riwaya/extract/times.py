"""Expressions of time (TIMEX3) and the days they mean.

What belongs to an expression, after the claims gold's annotation of news reports:

- the preposition of time before it (`في`, `خلال`, `منذ`, `قبل`, `بعد`, `حتى`, `طوال`, `على مدى`, `ابتداء من`) and the word that makes it
  approximate (`نحو`, `أكثر من`); not `من` or `إلى`, unless they are the two ends of a range, and not `بين` outside one;
- the proclitics of its first word (`وفي`, `بنهاية`, `لأكثر من`), for a span is whole tokens;
- the part of the day, the weekday, the date and the other calendar's name that stand with it (`مساء أمس`, `اليوم (الاثنين)`,
  `يوليو (تموز)`), the adjective that places it (`الماضي`, `الجاري`, `المقبل`) and, for a duration, `قليلة`, `متواصلة`, `كاملة`;
  brackets around the whole stay out;
- a duration or a distance ends before what it is counted from: `بعد أسبوع` of `بعد أسبوع من الاتفاق`.

Times by an event (`بعد الاتفاق`), ages, and phrases that only join sentences (`في الوقت نفسه`, `بعد ذلك`) are no times.

Which days are meant, counted from the day of the report. By the UCDP GED codebook (appendix 2): `أمس` and `الثلاثاء الماضي` are that day;
last night the day before; `مؤخرا`, `قبل أيام`, `الأيام الماضية` the three days before the report, without its day; the past 24 hours the
report's day and the day before; `هذا الأسبوع` Monday to the report's day; `الأسبوع الماضي` Monday to Sunday of the week before; beginning,
middle and end of a month days 1 to 10, 10 to 20, 15 to the last; recent weeks three weeks back. Ours, by analogy: the next week is Monday
to Sunday, other units are whole calendar units, recent months and years go three back; beginning, middle and end of other units are
thirds; a bare weekday is the last one up to the report's day; a date without a year, and a bare month, is the nearest to the report;
`منذ` reaches up to the report, `حتى` has no beginning, `قبل` and `بعد` a date end before it and begin after it; a Hijri date is that of the
Umm al-Qura calendar. A date that does not exist has a span and no days.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from riwaya.extract import timerules as rules
from riwaya.extract.calendar import Interval, days_from
from riwaya.extract.numbers import Numerals
from riwaya.extract.numbers import lexicon as number_lexicon
from riwaya.extract.timefound import Found, When
from riwaya.extract.timerules import Compiled, Matcher, compiled
from riwaya.extract.timewords import OTHER, Lexicon, Symbols, joins, lexicon, symbols
from riwaya.lang.tables import Words
from riwaya.model import TimeExpression
from riwaya.text.words import CLOSERS, OPENERS, Reading

RULES = (*(rule.name for rule in rules.RULES), "range")
"""The name of every rule a time may carry."""
_RANGES = ("e", "f", "g", "yto", "yand", "yq")


class _Time(NamedTuple):
    """A time at tokens [first, after), and the rule that found it. `range` where it names its two ends."""

    first: int
    after: int
    when: When
    rule: str
    range: bool = False


def find(reading: Reading, words: Words, *, published: date | None, numbers: Numerals | None = None) -> tuple[TimeExpression, ...]:
    """Every expression of time in a text, in its order, none inside another.

    `published` is the day of the report; without it nothing relative is resolved, and the days of `أمس` are None. `numbers` are those of
    the reading, where somebody else reads them too. Never fails.
    """
    words_of_time = lexicon(words)
    text = symbols(numbers or Numerals(reading, number_lexicon(words)), words_of_time)
    return tuple(
        TimeExpression(
            reading.span(time.first, time.after), time.when.type, time.when.days.start, time.when.days.end, time.when.grain,
            time.when.value, published if time.when.relative else None, time.rule,
        )
        for time in _Finder(reading, words_of_time, compiled(words), text, published).times()
    )  # fmt: skip


_Match = tuple[int, int, int, Matcher, re.Match[str]]
"""A match of a rule, so that the earliest sorts first, of those the longest, of those the earlier rule's."""


class _Finder(NamedTuple):
    """Looks for times in one text. Its places are symbols, those of a time tokens."""

    reading: Reading
    lexicon: Lexicon
    rules: Compiled
    symbols: Symbols
    published: date | None

    def times(self) -> list[_Time]:
        """The times of the text in their order, ranges joined."""
        text = self.symbols.text
        found: list[_Time] = []
        end = 0
        while (head := self.rules.heads.search(text, end)) is not None:
            start = text.rfind(OTHER, end, head.start()) + 1 or end
            end = text.find(OTHER, head.end())
            end = len(text) if end < 0 else end
            found.extend(self.in_run(start, end))
        return _Ranges(self.reading, self.lexicon, self.symbols).joined(found)

    def in_run(self, at: int, end: int) -> Iterator[_Time]:
        """The times among symbols [at, end), none of which is `OTHER`; the one after them may be a name of a time zone."""
        text = self.symbols.text
        ahead = self.ahead(self.rules.matchers(text[at:end]), at, end)
        while ahead:
            start = min(ahead)[0]
            time = self.best([one for one in ahead if one[0] == start])
            if time is not None:
                yield time
            at = max(bisect_left(self.symbols.first, time.after), start + 1) if time is not None else start + 1
            if at >= end:
                return
            ahead = [one for one in ahead if one[0] >= at] + self.ahead([one[3] for one in ahead if one[0] < at], at, end)

    def ahead(self, matchers: list[Matcher], at: int, end: int) -> list[_Match]:
        """The next match of each of these rules among symbols [at, end)."""
        text = self.symbols.text
        found = []
        for matcher in matchers:
            if (match := matcher.pattern.search(text, at, end + 1)) is not None:
                found.append((match.start(), -match.end(), matcher.place, matcher, match))
        return found

    def best(self, matches: list[_Match]) -> _Time | None:
        """Of matches that begin together the longest whose maker does not decline; of two as long, the earlier rule's."""
        if len(matches) > 1:
            matches.sort()
        for _, _, _, matcher, match in matches:
            found = Found(match, matcher.groups, self.reading, self.symbols, self.lexicon, self.published)
            when = matcher.rule.make(found)
            if when is not None:
                return _Time(*self.unbracketed(found.first, found.end), when, matcher.rule.name, found.has(*_RANGES))
        return None

    def unbracketed(self, first: int, after: int) -> tuple[int, int]:
        """The tokens [first, after) with brackets in pairs, and without brackets around the whole."""
        words = self.reading.words
        while after - 1 > first and not self.reading.is_word(after - 1) and words[after - 1] not in CLOSERS:
            after -= 1  # the name of a time zone may be missing
        opened = sum((word in OPENERS) - (word in CLOSERS) for word in words[first:after])
        if opened > 0 and after < len(words) and words[after] in CLOSERS:
            after += 1
        elif opened > 0 and words[first] in OPENERS:
            first += 1
        elif opened < 0 and words[after - 1] in CLOSERS:
            after -= 1
        return (first + 1, after - 1) if words[first] in OPENERS and words[after - 1] in CLOSERS else (first, after)


class _Ranges(NamedTuple):
    """Joins the two ends of a range, and takes in what stands before it: `خلال الفترة من الأحد إلى الخميس`."""

    reading: Reading
    lexicon: Lexicon
    text: Symbols

    def joined(self, times: list[_Time]) -> list[_Time]:
        """The same times, those that are two ends of one range made one."""
        joined: list[_Time] = []
        for time in times:
            last = joined[-1] if joined else None
            opened = None if last is None or last.range else self.opens(last, time)
            if last is not None and opened is not None:
                opened = max(opened, joined[-2].after if len(joined) > 1 else 0)
                joined[-1] = _Time(opened, time.after, _between(last.when, time.when), RULES[-1], True)
            elif time.range:
                opening = max(self.opening(time.first), last.after if last is not None else 0)
                joined.append(_Time(opening, time.after, time.when, time.rule, True))
            else:
                joined.append(time)
        return joined

    def roles(self, at: int) -> frozenset[str]:
        """What the word at a token may do by itself, even where it stands in a longer expression (`حتى الآن`)."""
        term = self.text.terms.get(at)
        alone = self.lexicon.told[self.reading.words[at]].term if 0 <= at < len(self.reading) else None
        return (term.roles if term is not None else frozenset()) | (alone.roles if alone is not None else frozenset())

    def opens(self, first: _Time, second: _Time) -> int | None:
        """The token at which a range from `first` to `second` begins, None where they make none."""
        gap = second.first - first.after
        if gap > 1:
            return None
        roles = self.roles(first.after)
        opened = self.opening(first.first)
        if roles & {"until", "to"}:
            return opened if opened < first.first or self.roles(first.first) & {"since", "from"} else None
        if opened < first.first and self.joined_by_and(first, second):
            return opened if "between" in self.roles(self.text.start_before(first.first)) else None
        return opened if gap and "dash" in roles and opened < first.first else None

    def joined_by_and(self, first: _Time, second: _Time) -> bool:
        """Whether و stands between two times, apart or attached to the second."""
        if second.first > first.after:
            return "and" in self.roles(first.after)
        term, number = self.text.terms.get(second.first), self.text.numbers.get(second.first)
        clitic = term.clitic if term is not None else number.clitic if number is not None else ""
        return joins(clitic)

    def opening(self, first: int) -> int:
        """The token at which the words before a range begin: `من`, `بين`, and what they hang on."""
        joining = self.text.start_before(first)
        if self.roles(joining) & {"of", "between"}:
            first = joining
        elif not (self.roles(joining) & {"the unit"} and self.roles(joining - 1) & {"in", "during"}):
            return first
        if self.roles(self.text.start_before(first)) & {"the unit"}:
            first = self.text.start_before(first)
        return self.text.start_before(first) if self.roles(self.text.start_before(first)) & {"in", "during"} else first


def _between(first: When, second: When) -> When:
    """From the first day of one time to the last of another; a weekday that comes before is that of the next week."""
    start, end = first.days.start, second.days.end
    if start and end and end < start:
        end = days_from(end, 7) if (start - end).days < 7 and second.grain == "day" else None
    days = Interval(start, end)
    return When("TIME" if first.type == second.type == "TIME" else "DATE", days, second.grain, None, first.relative or second.relative)
