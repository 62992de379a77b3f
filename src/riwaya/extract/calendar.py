"""Whole days and the intervals they make: weeks, months, years, Hijri dates. Knows no words.

An `Interval` holds both its ends; an end that is None is open or unknown. Nothing here raises: a date that does not exist
(31 February) or lies outside what the calendars hold is None.

Weeks run from Monday to Sunday. The three parts of a month are those of the UCDP GED codebook: its beginning is days 1 to 10, its
middle 10 to 20, its end 15 to the last. Parts of other units are thirds, an extension of ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

HIJRI_YEARS = range(1343, 1501)  # what hijridate (Umm al-Qura) knows
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # the month each begins with


class Interval(NamedTuple):
    """Whole days, both ends included; an end that is None is open or unknown."""

    start: date | None
    end: date | None


NOWHERE = Interval(None, None)


def day_of(year: int, month: int, day: int) -> date | None:
    """The Gregorian day, or None where there is none."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def days_from(day: date, count: int) -> date | None:
    """The day `count` days after `day`; None beyond the calendar."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return None


def month_of(year: int, month: int) -> Interval:
    """A Gregorian month."""
    first = day_of(year, month, 1)
    following = day_of(year + month // 12, month % 12 + 1, 1)
    if first is None:
        return NOWHERE
    return Interval(first, days_from(following, -1) if following else date(year, month, 31))


def years_of(first: int, count: int = 1) -> Interval:
    """`count` whole years."""
    start, end = day_of(first, 1, 1), day_of(first + count - 1, 12, 31)
    return Interval(start, end) if start and end else NOWHERE


def season_of(year: int, season: str) -> Interval:
    """A season by its TIMEX3 name, as three whole months; the winter of a year begins in its December."""
    month = SEASONS[season]
    last = month + 2
    return Interval(month_of(year, month).start, month_of(year + (last - 1) // 12, (last - 1) % 12 + 1).end)


def hijri_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a day of the Hijri calendar (Umm al-Qura)."""
    if year not in HIJRI_YEARS or not 1 <= month <= 12:
        return None
    from hijridate import Hijri  # imported late: a text without Hijri dates need not wait for it

    try:
        found = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


def hijri_month(year: int, month: int) -> Interval:
    """A month of the Hijri calendar in Gregorian days."""
    start = hijri_day(year, month, 1)
    following = hijri_day(year + month // 12, month % 12 + 1, 1)
    if start is None:
        return NOWHERE
    return Interval(start, days_from(following, -1) if following else hijri_day(year, month, 30) or hijri_day(year, month, 29))


def hijri_year(year: int) -> Interval:
    """A year of the Hijri calendar in Gregorian days."""
    start, end = hijri_month(year, 1).start, hijri_month(year, 12).end
    return Interval(start, end) if start and end else NOWHERE


def hijri_year_at(day: date) -> int | None:
    """The Hijri year that holds a Gregorian day."""
    from hijridate import Gregorian

    try:
        return int(Gregorian(day.year, day.month, day.day).to_hijri().year)
    except (ValueError, OverflowError):
        return None


def unit_at(day: date, unit: str, shift: int = 0) -> Interval:
    """The day, week, month, season, year, decade or century `shift` units after the one that holds `day`."""
    if unit in ("minute", "hour", "day"):
        moved = days_from(day, shift if unit == "day" else 0)
        return Interval(moved, moved)
    if unit == "week":
        monday = days_from(day, 7 * shift - day.weekday())
        return Interval(monday, days_from(monday, 6)) if monday else NOWHERE
    if unit == "month":
        months = day.year * 12 + day.month - 1 + shift
        return month_of(months // 12, months % 12 + 1)
    if unit == "year":
        return years_of(day.year + shift)
    if unit == "decade":
        return years_of((day.year // 10 + shift) * 10, 10)
    if unit == "century":
        return years_of((day.year // 100 + shift) * 100, 100)
    return NOWHERE


def in_order(start: date | None, end: date | None) -> Interval:
    """The interval between two days, whichever is the earlier."""
    return Interval(end, start) if start and end and end < start else Interval(start, end)


def moved(day: date, unit: str, count: float) -> date | None:
    """The day `count` units after `day` (before it, where negative); the last of the month where that month is shorter."""
    if unit in ("minute", "hour"):
        return days_from(day, int(count / (24 if unit == "hour" else 1440)) or (1 if count > 0 else -1))
    if unit in ("day", "week"):
        return days_from(day, round(count * (7 if unit == "week" else 1))) if abs(count) < 4_000_000 else None
    months = {"month": 1, "year": 12, "decade": 120, "century": 1200}.get(unit)
    if months is None or abs(count) > 100_000:
        return None
    total = day.year * 12 + day.month - 1 + round(count * months)
    whole = month_of(total // 12, total % 12 + 1)
    if whole.end is None:
        return None
    return whole.end.replace(day=min(day.day, whole.end.day))


def part_of(whole: Interval, part: str, *, month: bool) -> Interval:
    """The `start`, `mid` or `end` of an interval. See the module's docstring for what the parts of a month are."""
    start, end = whole
    if start is None or end is None:
        return whole
    if month:
        tenth, fifteenth, twentieth = (days_from(start, n) for n in (9, 14, 19))
        return {"start": Interval(start, tenth), "mid": Interval(tenth, twentieth), "end": Interval(fifteenth, end)}[part]
    third = ((end - start).days + 1) // 3
    if part == "start":
        return Interval(start, days_from(start, max(0, third - 1)))
    if part == "end":
        return Interval(days_from(end, -max(0, third - 1)), end)
    return Interval(days_from(start, third), days_from(end, -third))


def weekday_near(day: date, weekday: int, direction: int) -> date | None:
    """The ISO weekday nearest to `day`: -1 strictly before, 1 strictly after, 0 on it or before it."""
    if direction > 0:
        return days_from(day, (weekday - day.isoweekday() - 1) % 7 + 1)
    back = (day.isoweekday() - weekday) % 7
    return days_from(day, -(back or 7 if direction < 0 else back))


def nearest(day: date, choices: Iterable[Interval], direction: int = 0) -> Interval:
    """Of several intervals the one nearest to `day`: 0 on either side, -1 ending before it, 1 beginning after it."""
    best, least = NOWHERE, None
    for choice in choices:
        start, end = choice
        if start is None or end is None or (direction < 0 and end >= day) or (direction > 0 and start <= day):
            continue
        distance = max((start - day).days, (day - end).days, 0)
        if least is None or distance < least:
            best, least = choice, distance
    return best
