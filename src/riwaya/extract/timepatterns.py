"""The pieces that patterns of times are put together from.

A pattern is a verbose regular expression over symbols. In braces it names roles of words (see `timewords.Lexicon.pattern`); `@piece`
stands for one of the pieces here, and `@piece_x` for the same with x at the end of its groups' names, where a pattern needs it twice
(a `#` in a piece is where x goes).
"""

from __future__ import annotations

import re

_PIECE = re.compile(r"@([a-z]+)(?:_([a-z]*))?")

PIECES = {
    # What stands before a time and is taken into it.
    "lead": "(?P<lead> {^from|in|since|before|after|until|for|by|at|dated} )",
    "before": "@lead? {^about}?",
    "lasting": "(?: (?P<lead> {^from|in|since|before|after|until|for|by|toward} ) {exceeding}? )? {^about}?",
    "part": "(?: {^with}? (?P<part> {^part} ) {of}? )?",
    # What stands after one.
    "placed": "{past|next|this|recent|new}",
    "marked": "(?P<mark#> {open}? {mark} {close}? )?",
    "tail": "{tail|approximate}{0,3}",
    "zone": "(?: {zone} | {zone of} [.] )",
    # Months: in both calendars of names where both are given (مايو (أيار), آذار/مارس, أغسطس آب).
    "month": "(?P<m#> {^month} ) (?: {slash|dash} (?P<mm#> {month} ) | {open} {month} {close} | (?P<mn#> {month} ) )?",
    "year": "{of}? {a year|the year}? (?P<y#> {yyyy} | {digits} (?= {mark} ) ) @marked_#",
    # What places a day or a month in its year: a year, an adjective, or the year by another name.
    "yearof": """(?: {comma}? @year_#
        | (?P<adj#> {past|next|this} ) (?: {of} (?P<ofyear#> {the year} ) {school}? (?P<yadj#> @placed ) )?
        | {of} {these} (?P<thisyear#> {the year} )
        | {of}? (?P<byyear#> {the year} ) {school}? (?P<badj#> @placed )
        | (?P<each#> {of} {every} {a year} ) )?""",
    # A day of a month, or some of them; a date in figures; a day of this month (25 الجاري).
    "date": """(?:
        (?P<d#> {^dd} ) (?: {dash|to|slash} (?P<e#> {dd} ) | {and|or} (?P<f#> {dd} ) | {&dd}{0,3} (?P<g#> {&dd} ) )?
            {of}? {a month|the month}? @month_# @yearof_#
        | (?P<x#> {^digits} ) {slash|dash} (?P<v#> {digits} ) {slash|dash} (?P<z#> {digits} ) @marked_x#
        | (?P<o#> {^digits} ) {slash} (?P<q#> {month} ) {slash} (?P<r#> {yyyy} ) @marked_o#
        | (?P<k#> {^dd} ) (?: {of}? (?P<kmonth#> {the month} ) )? (?P<kadj#> {this|past|next} ) )""",
    "samedate": "(?: {comma}? {open}? {equals} {open}? (?: {a day}? {weekday} )? @date_s {close}? )?",
    # A day by a word (مساء أمس), a weekday, or both, with its date where that follows.
    "day": """
        (?: (?P<part> {^daytime} ) {of}? )? (?P<yom> {^a day|these} )?
        (?: (?P<deixis> {^deixis|tomorrow|deixis night} )
                (?P<again> {same} )? (?: {comma}? (?: {open} (?P<app> {weekday} ) {close} | (?P<apposed> {weekday} ) ) )?
          | {open}? (?P<w> {^weekday} ) {close}? (?: {slash|dash}? {weekday} )? (?P<wadj> {past|next|this|recent} )? )
        (?: {comma|open}? {equals}? {dated}? {open}? @date_b {close}? @samedate )?
        (?P<when> {when} )?""",
    "feast": "{^daytime}? (?: {^ord|part} {&ord}? )? {^a day|days|daytime|pair day} {holiday}",
    "ofday": "(?: {of}? (?P<ofday> @day | {a day}? @date_d | (?P<offeast> @feast ) ) )?",
    # A year or two beside a period that is named already (هذا العام 1436هـ).
    "yearsat": "(?: {open}? {yyyy} {mark}? (?: {slash|dash} {yyyy} )? {mark}? {close}? )?",
    # A unit placed by a demonstrative, an adjective or a number: هذا العام, السنوات الخمس المقبلة, 24 ساعة الماضية.
    "period": """(?:
        (?P<dem#> {^these|those} ) (?P<u#> {the unit} ) {school}? @yearsat
        | (?P<au#> {^the unit} ) (?P<school#> {school} )? (?P<n#> {n} )? {school}? (?P<adj#> @placed ) @yearsat
        | (?P<nb#> {^n} ) (?P<bu#> {unit} ) (?P<badj#> {past|next|recent} ) )""",
    "years": """(?:
        {^a year|the year} {school}? {open}? (?P<y#> {digits|spelled year} )
            (?: {slash|dash|and} (?P<yto#> {yyyy} ) | (?P<yand#> {&yyyy} ) )? @marked_# {close}?
        | {^pair year|pair sports season} (?P<yp#> {digits} ) {mark}? (?: {and}? (?P<yq#> {^digits} ) )? @marked_p# )""",
    # What a part of a period is part of: من العام الماضي, من أغسطس, من عام 2014, 2015.
    "ofperiod": """(?:
        {of} {a month}? (?: @period_o | @month_om @yearof_om | {the century} {ord|hour|n} | {the unit} {same} )
        | {of}? (?: @years_o | (?P<oyear> {yyyy} ) (?: {slash|dash} {yyyy} )? {mark}? ) )""",
    "clock": """(?: {open}? (?P<h> {^n|hour} ) (?: {colon} (?P<min> {nn} ) (?: {colon} {nn} )? )? {close}?
        (?P<half> {&fraction|the fraction} | (?P<less> {less} ) (?: {fraction} | {n} ) | {&n} {a minute|minutes} )? )""",
}


def expanded(pattern: str) -> str:
    """The pattern with every piece put in. KeyError for a piece that does not exist."""
    while "@" in pattern:
        pattern = _PIECE.sub(lambda match: PIECES[match[1]].replace("#", match[2] or ""), pattern)
    return pattern
