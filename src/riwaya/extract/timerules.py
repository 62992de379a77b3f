"""The rules of times: each a readable name, a pattern over symbols, and the maker that gives its match a meaning or declines.

Patterns are written as `timepatterns` says; their named groups are what the makers in `timedays`, `timeperiods` and `timelengths` look at.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from riwaya.extract import timedays as days
from riwaya.extract import timelengths as lengths
from riwaya.extract import timeperiods as periods
from riwaya.extract.timefound import Found, When
from riwaya.extract.timepatterns import expanded
from riwaya.extract.timewords import lexicon
from riwaya.lang.tables import Words


@dataclass(frozen=True, slots=True)
class Rule:
    """A readable name, what it matches, and what makes a meaning of the match or declines."""

    name: str
    pattern: str
    make: Callable[[Found], When | None]


RULES = (
    Rule(
        "same unit",
        """@lead? {^daytime}? (?: (?P<u> {^the unit} ) {same} | {^same of} (?P<su> {the unit} ) )
        (?: @ofperiod | {of}? @period_p )?""",
        periods.same_unit,
    ),
    Rule("day", "@before @day", days.day),
    Rule(
        "several weekdays",
        """@lead? {^daytime}? {^pair day|days} (?P<w> {weekday} ) (?: {and|comma} {weekday} | {&weekday} ){1,6}
        (?P<wadj> @placed )?""",
        days.weekdays,
    ),
    Rule(
        "weekday of each week",
        "{^days|every} {a day}? (?P<w> {weekday|a weekday} ) (?: {and|comma}? {^weekday|a weekday} ){0,6} {of} {every} {unit 1}",
        lengths.every_weekday,
    ),
    Rule("date", "@before (?P<part> {^daytime} )? {^a day|these|pair day|days}? @date @samedate (?P<when> {when} )?", days.date),
    Rule("month", "@before @part (?P<word> {^a month|the month} )? @month @yearof", periods.month),
    Rule(
        "several months",
        """@lead? (?P<word> {^pair month|months} ) @month (?: {and|comma} {month} | {&month} )
        (?: {slash|dash|open}? {month} {close}? )? @yearof""",
        periods.several_months,
    ),
    Rule("year", "@before @part @years", periods.year),
    Rule(
        "bare year",
        """(?: (?P<lead> {^from|in|since|before|after|until|by|for} ) {^about}? (?P<part> {^part} )? | (?P<end> {^part} ) )
        (?P<y> {yyyy} ) (?: {dash|slash} (?P<yto> {yyyy} ) )? @marked""",
        periods.bare_year,
    ),
    Rule(
        "years between",
        """{^in|during}? {the unit}? {^between|of} (?P<y> {yyyy} ) {mark}?
        (?: {to|dash|and} (?P<yto> {yyyy} ) | (?P<yand> {&yyyy} ) ) {mark}?""",
        periods.years_between,
    ),
    Rule(
        "marked year",
        """@before {part}? (?P<y> {^digits} ) (?: {dash|slash} (?P<yto> {digits} ) )? (?P<mark> {mark} )
        (?: {slash|dash|equals} {digits} {mark} )?""",
        periods.marked_year,
    ),
    Rule(
        "years of a season",
        """@lead? {^part}? {^a sports season|the sports season} {school}? (?P<y> {yyyy} )
        (?: {slash|dash} (?P<yto> {yyyy} ) )? {mark}?""",
        periods.year,
    ),
    Rule(
        "decade",
        """@lead? {^part}? {^a decade}? (?P<dec> {^decade} )
        (?: {&decade}? {of}? (?P<cent> {the century} ) (?P<cadj> @placed | {ord|hour|n} )? )? {school|mark}?""",
        periods.decade,
    ),
    Rule("century", "@lead? @part {^the century} (?P<c> {ord|hour|n} ) (?P<mark> {school|mark} )?", periods.century),
    Rule("period", "@before @part @period (?P<of> @ofperiod )?", periods.period),
    Rule("part of a unit", "@lead? {^with}? (?P<part> {^part} ) (?P<u> {the unit 1} ) (?P<school> {school} )?", periods.part_of_unit),
    Rule(
        "whole unit",
        "(?P<lead> {^during|for} ) (?P<u> {the unit 1} ) (?P<school> {school} )? (?P<which> {ord|hour|recent} )?",
        periods.whole_unit,
    ),
    Rule(
        "ordinal unit",
        """@lead? (?P<part> {^part} )?
        (?: {^the unit} {n}? {ord|hour|recent} | {^n} {unit} {ord|hour} | {^ord} {unit} ) @ofperiod""",
        periods.pointing,
    ),
    Rule("in a row", "{^the unit 1} {ord|hour} {in a row}", periods.pointing),
    Rule(
        "quarter",
        "@lead? (?P<part> {^part} )? (?P<q> {^the fraction} ) (?P<qn> {ord|recent} ) (?P<of> @ofperiod | {of} {the year} )?",
        periods.quarter,
    ),
    Rule(
        "season",
        """@lead? (?P<part> {^part} )? (?: (?P<se> {^season} ) @year | (?P<sy> {^season} ) {these}? {the year} (?P<sadj> @placed )?
        | (?P<ts> {^the season} ) (?P<adj> @placed ) | {^these} (?P<hs> {the season} ) )""",
        periods.season,
    ),
    Rule("bare season", "(?P<lead> {^in|during|since|for|until|by} ) (?P<part> {part} )? (?P<ts> {the season} )", periods.season),
    Rule(
        "ago or ahead",
        """(?P<lead> {^since|before|after} ) {^about}? (?P<n> {n|few|fraction} )? (?P<u> {unit} )
        (?P<half> {&fraction} {the unit 1}? )? (?P<tail> @tail )""",
        lengths.distance,
    ),
    Rule(
        "duration",
        """@lasting (?: {^between} {n} {and|dash|to}? )? (?P<n> {^n} ) (?: {or|to|dash} {n} )? (?P<u> {unit|the unit 0} )
        (?P<half> {&fraction} {the unit 1}? )? (?P<tail> @tail )""",
        lengths.duration,
    ),
    Rule("few", "@lasting (?P<few> {^few} ) (?P<u> {unit 0} ) @tail", lengths.duration),
    Rule(
        "unit alone",
        "@lasting (?P<u> {^unit|the unit 2} ) (?P<half> {&fraction} {the unit 1}? )? (?: {or} {n|unit} )? (?P<tail> @tail )",
        lengths.unit_alone,
    ),
    Rule("fraction of a unit", "@lasting (?P<n> {^fraction} ) (?P<u> {unit 1|the hour} )", lengths.duration),
    Rule(
        "every",
        """{^in}? (?: {^dd} {of} )? {^every} (?P<n> {n|few} )?
        (?: (?P<u> {unit} ) (?P<w> {weekday|a weekday} )? | (?P<only> {weekday|a weekday} ) )""",
        lengths.every,
    ),
    Rule("feast", "@lead? @feast", periods.pointing),
    Rule("at a feast", "{^in|during|since|before|after|until} {holiday}", periods.pointing),
    Rule("clock", "@before {^the hour} {about|at}? @clock (?P<cwhen> {when} )? @ofday (?P<zone> @zone )?", days.clock),
    Rule(
        "clock in figures",
        "@before (?P<figures> {^nn|h.mm} ) (?: {colon} (?P<min> {nn} ) )? (?P<cwhen> {when} )? @ofday (?P<zone> @zone )?",
        days.clock,
    ),
    Rule("hour of the day", "@before @clock (?P<cwhen> {when} ) @ofday @zone?", days.clock),
    Rule("time zone", "{^in|at|since}? (?P<hm> {^hhmm} ) @zone", days.clock),
    Rule(
        "moment",
        """@lead? {^moment} {of}? (?: {^daytime}? {the unit 1} {same} | (?P<ofday> @day ) | (?P<ofnight> {the daytime|when} )
        | @feast | @period )""",
        days.moment,
    ),
    Rule("bare moment", "{^in|until|since} {moment}", days.moment),
    Rule(
        "part of the day",
        """(?: {^in|during|for|until|since|at|with} {these|hours|a moment}? | {^these} | {^hours|a moment} )
        (?P<when> {the daytime} ) {hour}?""",
        days.time_of_day,
    ),
    Rule("hours of the day", "{^in|during|until|since}? {^hours} (?P<when> {when} )", days.time_of_day),
    Rule("time of day", "@lead? (?P<when> {^when} )", days.time_of_day),
    Rule("up to now", "{^until} {the hour}", lengths.up_to_now),
    Rule("fixed", "(?P<fixed> {^fixed} )", lengths.fixed),
    Rule("formerly", "(?P<fixed> {^formerly} )", lengths.formerly),
)
_HEADS = (
    "{^deixis|tomorrow|deixis night|weekday|month|unit|the unit|pair|season|the season|fixed|formerly|when|the daytime|decade|holiday|mark"
    "|yyyy|moment|zone|zone of|this|the fraction|a weekday}"
)


@dataclass(frozen=True)
class Compiled:
    """The rules for one set of words. Every match holds a symbol of `heads`; `anywhere` finds where one may begin, `rules` match there."""

    heads: re.Pattern[str]
    anywhere: re.Pattern[str]
    rules: tuple[tuple[Rule, re.Pattern[str]], ...]


_COMPILED: dict[str, Compiled] = {}  # by `Words.digest`


def compiled(words: Words) -> Compiled:
    """Every rule against the symbols of `words`, compiled once for each contents."""
    if words.digest not in _COMPILED:
        lexical = lexicon(words)
        patterns = [expanded(rule.pattern) for rule in RULES]
        anywhere = "|".join(re.sub(r"\?P<\w+>", "?:", pattern) for pattern in patterns)
        rules = tuple((rule, lexical.pattern(pattern)) for rule, pattern in zip(RULES, patterns, strict=True))
        _COMPILED[words.digest] = Compiled(lexical.pattern(_HEADS), lexical.pattern(anywhere), rules)
    return _COMPILED[words.digest]
