"""A match of a rule of times, what a maker may ask of it, and the meaning a maker gives it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as Day
from typing import NamedTuple

from riwaya.extract.calendar import NOWHERE, Interval, days_from
from riwaya.extract.timewords import Lexicon, Roles, Symbols, Term
from riwaya.lang.tables import Row
from riwaya.model import Grain, TimeType
from riwaya.text.words import STOPS, Reading


class When(NamedTuple):
    """The meaning of an expression. `relative` where it was counted from the day of the report."""

    type: TimeType
    days: Interval = NOWHERE
    grain: Grain = "unknown"
    value: str | None = None
    relative: bool = False


class Found(NamedTuple):
    """A match of a rule in one text. Groups are named by the rule; a group that took no part gives None or nothing.

    `groups` are the numbers of the pattern's groups by their names.
    """

    match: re.Match[str]
    groups: Mapping[str, int]
    reading: Reading
    symbols: Symbols
    lexicon: Lexicon
    published: Day | None

    @property
    def first(self) -> int:
        """The token at which the match begins."""
        return self.symbols.first[self.match.start()]

    @property
    def end(self) -> int:
        """The token after the match."""
        return self.symbols.end(self.match.end() - 1)

    def tokens(self, group: str) -> range:
        """The tokens of a group; none if it took no part."""
        first, after = self.match.span(group)
        return range(self.symbols.first[first], self.symbols.end(after - 1)) if first < after else range(0)

    def at(self, *groups: str) -> int | None:
        """The token of the first of these groups that took part."""
        numbered, places = self.groups, self.match.regs
        for group in groups:
            if group in numbered and (start := places[numbered[group]][0]) >= 0:
                return self.symbols.first[start]
        return None

    def has(self, *groups: str) -> bool:
        """Whether one of these groups took part."""
        return self.at(*groups) is not None

    def term(self, *groups: str) -> Term | None:
        """The table's word at the first of these groups that took part; None for a number too."""
        at = self.at(*groups)
        return None if at is None else self.symbols.terms.get(at)

    def row(self, *groups: str) -> Row:
        """Its row, empty where there is none."""
        term = self.term(*groups)
        return {} if term is None else term.row

    def roles(self, *groups: str) -> Roles:
        """Its roles."""
        term = self.term(*groups)
        return frozenset() if term is None else term.roles

    def value(self, *groups: str) -> float | None:
        """The number at the first of these groups that took part."""
        at = self.at(*groups)
        number = None if at is None else self.symbols.numbers.get(at)
        return None if number is None else number.value

    def integer(self, *groups: str) -> int | None:
        """The same, where it is whole."""
        value = self.value(*groups)
        return int(value) if value is not None and value == int(value) else None

    def word(self, offset: int) -> str:
        """The word `offset` tokens past the match (0 the next), or before it (-1 the last before); empty beyond the text."""
        at = self.end + offset if offset >= 0 else self.first + offset
        return self.reading.words[at] if 0 <= at < len(self.reading.words) else ""

    def context(self, role: str, *offsets: int) -> bool:
        """Whether a word at one of these offsets (see `word`) has this role in `timecontexts`."""
        return any(role in self.lexicon.shows(self.word(offset)) for offset in offsets)

    @property
    def opens_sentence(self) -> bool:
        """Whether a sentence begins with the match."""
        before = self.word(-1)
        return before == "" or before in STOPS

    @property
    def before(self) -> Roles:
        """The roles of the word before the match."""
        term = self.symbols.terms.get(self.first - 1)
        return frozenset() if term is None else term.roles

    @property
    def after(self) -> Roles:
        """The roles of the word after the match."""
        term = self.symbols.terms.get(self.end)
        return frozenset() if term is None else term.roles

    @property
    def follows_number(self) -> bool:
        """Whether a number stands just before the match."""
        return self.first - 1 in self.symbols.numbers

    @property
    def ordinal_after(self) -> bool:
        """Whether an ordinal with the article follows: اليوم الثاني."""
        number = self.symbols.numbers.get(self.end)
        return number is not None and number.kind == "ordinal" and number.clitic == "ال"

    @property
    def construct(self) -> bool:
        """Whether the words after it, with the article, say which it is: أيام العيد, سنوات الحرب, شهور السنة."""
        return self.word(0).startswith("ال") and not self.after & {"weekday", "deixis", "fixed", "month"}


def bounded(found: Found, when: When) -> When:
    """What the preposition makes of a time (an extension of UCDP's rules).

    `منذ` reaches to the day of the report, `حتى` and `بحلول` have no beginning, `قبل` ends the day before, `بعد` begins the day after.
    """
    start, end = when.days
    lead = found.roles("lead")
    if when.type == "DURATION" or (start is None and end is None):
        return when
    if "since" in lead or "from" in lead:
        today = found.published
        return when._replace(days=Interval(start, today if "since" in lead and start and today and today >= start else None))
    if "until" in lead or "by" in lead:
        return when._replace(days=Interval(None, end))
    if "before" in lead:
        return when._replace(days=Interval(None, days_from(start, -1) if start else None))
    if "after" in lead:
        return when._replace(days=Interval(days_from(end, 1) if end else None, None))
    return when
