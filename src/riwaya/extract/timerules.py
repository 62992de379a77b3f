"""The rules of times: each a readable name, a pattern over symbols, and the maker that gives its match a meaning or declines.

Patterns are written as `timepatterns` says; their named groups are what the makers in `timedays`, `timeperiods` and `timelengths` look at.
Putting a pattern together takes longer than reading many an article, so a rule is left alone until a text has what it needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from riwaya.extract import timedays as days
from riwaya.extract import timelengths as lengths
from riwaya.extract import timeperiods as periods
from riwaya.extract.timefound import Found, When
from riwaya.extract.timepatterns import expanded
from riwaya.extract.timewords import Lexicon, lexicon
from riwaya.lang.tables import Words


class Rule(NamedTuple):
    """A readable name, what every match holds that its maker takes, what it matches, and what makes a meaning of the match or declines.

    `needs` are roles as they are written in braces, words apart by a plus: a match holds a word of each.
    """

    name: str
    needs: str
    pattern: str
    make: Callable[[Found], When | None]


RULES = (
    Rule(
        "same unit",
        "same|same of",
        """@lead? {^daytime}? (?: (?P<u> {^the unit} ) {same} | {^same of} (?P<su> {the unit} ) )
        (?: @ofperiod | {of}? @period_p )?""",
        periods.same_unit,
    ),
    Rule("day", "deixis|tomorrow|deixis night|weekday", "@before @day", days.day),
    Rule(
        "several weekdays",
        "pair day|days + weekday",
        """@lead? {^daytime}? {^pair day|days} (?P<w> {weekday} ) (?: {and|comma} {weekday} | {&weekday} ){1,6}
        (?P<wadj> @placed )?""",
        days.weekdays,
    ),
    Rule(
        "weekday of each week",
        "every + weekday|a weekday",
        "{^days|every} {a day}? (?P<w> {weekday|a weekday} ) (?: {and|comma}? {^weekday|a weekday} ){0,6} {of} {every} {unit 1}",
        lengths.every_weekday,
    ),
    Rule(
        "date",
        "dd|digits + month|slash|dash|this|past|next",
        "@before (?P<part> {^daytime} )? {^a day|these|pair day|days}? @date @samedate (?P<when> {when} )?",
        days.date,
    ),
    Rule("month", "month", "@before @part (?P<word> {^a month|the month} )? @month @yearof", periods.month),
    Rule(
        "several months",
        "pair month|months + month",
        """@lead? (?P<word> {^pair month|months} ) @month (?: {and|comma} {month} | {&month} )
        (?: {slash|dash|open}? {month} {close}? )? @yearof""",
        periods.several_months,
    ),
    Rule("year", "a year|the year|pair year|pair sports season + digits|spelled year", "@before @part @years", periods.year),
    Rule(
        "bare year",
        "yyyy",
        """(?: (?P<lead> {^from|in|since|before|after|until|by|for} ) {^about}? (?P<part> {^part} )? | (?P<end> {^part} ) )
        (?P<y> {yyyy} ) (?: {dash|slash} (?P<yto> {yyyy} ) )? @marked""",
        periods.bare_year,
    ),
    Rule(
        "years between",
        "yyyy + between|of",
        """{^in|during}? {the unit}? {^between|of} (?P<y> {yyyy} ) {mark}?
        (?: {to|dash|and} (?P<yto> {yyyy} ) | (?P<yand> {&yyyy} ) ) {mark}?""",
        periods.years_between,
    ),
    Rule(
        "marked year",
        "mark + digits",
        """@before {part}? (?P<y> {^digits} ) (?: {dash|slash} (?P<yto> {digits} ) )? (?P<mark> {mark} )
        (?: {slash|dash|equals} {digits} {mark} )?""",
        periods.marked_year,
    ),
    Rule(
        "years of a season",
        "a sports season|the sports season + yyyy",
        """@lead? {^part}? {^a sports season|the sports season} {school}? (?P<y> {yyyy} )
        (?: {slash|dash} (?P<yto> {yyyy} ) )? {mark}?""",
        periods.year,
    ),
    Rule(
        "decade",
        "decade",
        """@lead? {^part}? {^a decade}? (?P<dec> {^decade} )
        (?: {&decade}? {of}? (?P<cent> {the century} ) (?P<cadj> @placed | {ord|hour|n} )? )? {school|mark}?""",
        periods.decade,
    ),
    Rule("century", "the century", "@lead? @part {^the century} (?P<c> {ord|hour|n} ) (?P<mark> {school|mark} )?", periods.century),
    Rule("period", "the unit|unit + these|those|past|next|this|recent|new", "@before @part @period (?P<of> @ofperiod )?", periods.period),
    Rule(
        "part of a unit",
        "part + the unit 1",
        "@lead? {^with}? (?P<part> {^part} ) (?P<u> {the unit 1} ) (?P<school> {school} )?",
        periods.part_of_unit,
    ),
    Rule(
        "whole unit",
        "during|for + the unit 1",
        "(?P<lead> {^during|for} ) (?P<u> {the unit 1} ) (?P<school> {school} )? (?P<which> {ord|hour|recent} )?",
        periods.whole_unit,
    ),
    Rule(
        "ordinal unit",
        "the unit|unit + ord|hour|recent",
        """@lead? (?P<part> {^part} )?
        (?: {^the unit} {n}? {ord|hour|recent} | {^n} {unit} {ord|hour} | (?P<which> {^ord} ) {unit} ) @ofperiod""",
        periods.pointing,
    ),
    Rule("in a row", "in a row", "{^the unit 1} {ord|hour} {in a row}", periods.pointing),
    Rule(
        "quarter",
        "the fraction + ord|recent",
        "@lead? (?P<part> {^part} )? (?P<q> {^the fraction} ) (?P<qn> {ord|recent} ) (?P<of> @ofperiod | {of} {the year} )?",
        periods.quarter,
    ),
    Rule(
        "season",
        "season|the season",
        """@lead? (?P<part> {^part} )? (?: (?P<se> {^season} ) @year | (?P<sy> {^season} ) {these}? {the year} (?P<sadj> @placed )?
        | (?P<ts> {^the season} ) (?P<adj> @placed ) | {^these} (?P<hs> {the season} ) )""",
        periods.season,
    ),
    Rule(
        "bare season",
        "the season",
        "(?P<lead> {^in|during|since|for|until|by} ) (?P<part> {part} )? (?P<ts> {the season} )",
        periods.season,
    ),
    Rule(
        "ago or ahead",
        "since|before|after + unit",
        """(?P<lead> {^since|before|after} ) {^about}? (?: {open} (?P<nb> {n} ) {close} | (?P<n> {n|few|fraction} ) )? (?P<u> {unit} )
        (?P<half> {&fraction} {the unit 1}? )? (?P<tail> @tail )""",
        lengths.distance,
    ),
    Rule(
        "duration",
        "n + unit|the unit 0",
        """@lasting (?: {^between|exceeding} {n} {and|dash|to}? )?
        (?: {open} (?P<nb> {n} ) {close} | (?P<n> {^n} ) (?: {or|to|dash} {n} )? ) (?P<u> {unit|the unit 0} )
        (?P<half> {&fraction} {the unit 1}? )? (?P<tail> @tail )""",
        lengths.duration,
    ),
    Rule("few", "few + unit 0", "@lasting (?P<few> {^few} ) (?P<u> {unit 0} ) @tail", lengths.duration),
    Rule(
        "unit alone",
        "unit|the unit 2",
        "@lasting (?P<u> {^unit|the unit 2} ) (?P<half> {&fraction} {the unit 1}? )? (?: {or} {n|unit} )? (?P<tail> @tail )",
        lengths.unit_alone,
    ),
    Rule(
        "about a unit",
        "about + the unit 1|the unit 2",
        "(?P<lead> {^from|in|since|before|after|until|for|by} )? {^about} (?P<u> {the unit 1|the unit 2} )",
        lengths.about_unit,
    ),
    Rule("fraction of a unit", "fraction + unit 1|the hour", "@lasting (?P<n> {^fraction} ) (?P<u> {unit 1|the hour} )", lengths.duration),
    Rule(
        "every",
        "every",
        """{^in}? (?: {^dd} {of} )? {^every} (?P<n> {n|few} )?
        (?: (?P<u> {unit} ) (?P<w> {weekday|a weekday} )? | (?P<only> {weekday|a weekday} ) )""",
        lengths.every,
    ),
    Rule("feast", "holiday", "@lead? @feast", periods.pointing),
    Rule("at a feast", "holiday", "{^in|during|since|before|after|until} {holiday}", periods.pointing),
    Rule("clock", "the hour", "@before {^the hour} {about|at}? @clock (?P<cwhen> {when} )? @ofday (?P<zone> @zone )?", days.clock),
    Rule(
        "clock in figures",
        "nn|h.mm + when|zone|zone of|colon",
        "@before (?P<figures> {^nn|h.mm} ) (?: {colon} (?P<min> {nn} ) )? (?P<cwhen> {when} )? @ofday (?P<zone> @zone )?",
        days.clock,
    ),
    Rule("hour of the day", "n|hour + when", "@before @clock (?P<cwhen> {when} ) @ofday @zone?", days.clock),
    Rule("time zone", "hhmm + zone|zone of", "{^in|at|since}? (?P<hm> {^hhmm} ) @zone", days.clock),
    Rule(
        "moment",
        "moment",
        """@lead? {^moment} {of}? (?: {^daytime}? {the unit 1} {same} | (?P<ofday> @day ) | (?P<ofnight> {the daytime|when} )
        | @feast | @period )""",
        days.moment,
    ),
    Rule("bare moment", "moment", "{^in|until|since} {moment}", days.moment),
    Rule(
        "part of the day",
        "the daytime",
        """(?: {^in|during|for|until|since|at|with} {these|hours|a moment}? | {^these} | {^hours|a moment} )
        (?P<when> {the daytime} ) {hour}?""",
        days.time_of_day,
    ),
    Rule("hours of the day", "hours + when", "{^in|during|until|since}? {^hours} (?P<when> {when} )", days.time_of_day),
    Rule("time of day", "when", "@lead? (?P<when> {^when} )", days.time_of_day),
    Rule("up to now", "until + the hour", "{^until} {the hour}", lengths.up_to_now),
    Rule("fixed", "fixed", "(?P<fixed> {^fixed} )", lengths.fixed),
    Rule("formerly", "formerly", "(?P<fixed> {^formerly} )", lengths.formerly),
)
_HEADS = (
    "{^deixis|tomorrow|deixis night|weekday|month|unit|the unit|pair|season|the season|fixed|formerly|when|the daytime|decade|holiday|mark"
    "|yyyy|moment|zone|zone of|this|the fraction|a weekday}"
)


_MOST_KEPT = 4096  # of what the symbols of a stretch of text need


class Matcher:
    """A rule against the symbols of one set of words; its pattern is put together when it is first asked for."""

    def __init__(self, place: int, rule: Rule, words: Lexicon) -> None:
        self.place = place  # of the rule among the rules
        self.rule = rule
        self._words = words

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What the rule matches."""
        return self._words.pattern(expanded(self.rule.pattern))

    @cached_property
    def groups(self) -> dict[str, int]:
        """The numbers of its groups by their names."""
        return dict(self.pattern.groupindex)


class Compiled:
    """The rules for one set of words. Every match holds a symbol of `heads`."""

    def __init__(self, words: Lexicon) -> None:
        self.heads = words.pattern(_HEADS)
        needs = sorted({need for rule in RULES for need in rule.needs.split(" + ")})
        self._shows: dict[str, int] = {}  # for a symbol a bit for each need that it meets
        for bit, need in enumerate(needs):
            for symbol in words.fitting(need):
                self._shows[symbol] = self._shows.get(symbol, 0) | 1 << bit
        self._matchers = [
            (sum(1 << needs.index(need) for need in rule.needs.split(" + ")), Matcher(place, rule, words))
            for place, rule in enumerate(RULES)
        ]
        self._able = lru_cache(_MOST_KEPT)(self._find_able)

    def matchers(self, symbols: str) -> list[Matcher]:
        """The rules that may match among these symbols, in their order."""
        shown = 0
        for symbol in symbols:
            shown |= self._shows.get(symbol, 0)
        return self._able(shown)

    def _find_able(self, shown: int) -> list[Matcher]:
        return [matcher for needed, matcher in self._matchers if needed & shown == needed]


@cache
def compiled(words: Words) -> Compiled:
    """Every rule against the symbols of `words`, prepared once."""
    return Compiled(lexicon(words))
