"""Makers for days, dates and times of day. The groups they look at are named in `timerules`."""

from __future__ import annotations

from datetime import date as Day

from riwaya.extract import calendar as cal
from riwaya.extract.calendar import NOWHERE, Interval
from riwaya.extract.timefound import Found, When, bounded

_QUOTED = {"«": "»", '"': '"', "“": "”", "”": "“", "(": ")"}
_AFTER_NOON = ("AF", "EV", "NI")
_HIJRI_LOOKS_LIKE = range(1300, 1501)


def day(found: Found) -> When | None:
    """`مساء أمس الأول`, `اليوم (الاثنين)`, `الثلاثاء الماضي`, `الخميس 5 مايو`."""
    when = None if _is_name(found) else day_of(found)
    return None if when is None else bounded(found, when)


def _is_name(found: Found) -> bool:
    """Whether اليوم is a newspaper or a day of some sort, a weekday a prayer's or a market's, or غد a tomorrow without its day."""
    roles = found.roles("deixis")
    if "tomorrow" in roles:
        return not found.has("part", "yom")
    if "deixis night" in roles and found.context("not today", 0):
        return True
    if found.has("part", "yom", "app", "apposed"):
        return False
    if "the unit" in roles:
        return _is_newspaper(found) or _is_some_day(found)
    return found.has("w") and (found.context("not weekday", -1) or ("between" in found.before and "weekday" not in found.after))


def _is_newspaper(found: Found) -> bool:
    """Whether اليوم is the name, or the end of the name, of a paper."""
    before, after = found.word(-1), found.word(0)
    if _QUOTED.get(before) == after and (before != "(" or found.context("not day", -2)):
        return True
    if found.word(-2) in ("«", '"') and _QUOTED[found.word(-2)] == after:
        return True
    return found.context("not day", -1)


def _is_some_day(found: Found) -> bool:
    """Whether اليوم is no day of the report: اليوم الوطني, في اليوم الثاني, ساعتين في اليوم."""
    term, lead = found.term("deixis"), found.roles("lead") if found.has("lead") else found.before
    if ("in" in lead and "during" not in lead) or (term is not None and term.clitic[-1:] in ("ب", "ل")):
        return True
    return found.context("not today", 0) or found.ordinal_after


def day_of(found: Found) -> When | None:
    """The day, before what its preposition makes of it. An explicit date wins over a weekday, a weekday over أمس."""
    dated = next((s for s in ("b", "d") if found.has(f"d{s}", f"x{s}", f"o{s}", f"k{s}")), None)
    if dated is not None:
        when = date_of(found, dated)
        return None if when is None else _in_part(found, when)
    today = None if found.has("again") else found.published
    at = None if today is None else _counted(found, today)
    return _in_part(found, When("DATE", Interval(at, at), "day", at.isoformat() if at else None, at is not None))


def _counted(found: Found, today: Day) -> Day | None:
    """The day that a word for a day means in a report of `today`."""
    weekday = found.row("app", "apposed", "w").get("day")
    if found.has("deixis"):
        base = cal.days_from(today, found.row("deixis").get("days", 0))
        if base is None or weekday is None:
            return base
        after = (weekday - base.isoweekday()) % 7  # the paper's own today may be a day or two before that of its page
        return cal.days_from(base, after if after <= 3 else after - 7)
    if weekday is None:
        return None
    placed = found.roles("wadj")
    nth = found.row("wadj").get("nth", 1)
    if "next" in placed:
        return cal.days_from(today, (weekday - today.isoweekday() - 1) % 7 + 1 + 7 * (nth - 1))
    if "past" in placed or "recent" in placed:
        return cal.days_from(today, -((today.isoweekday() - weekday - 1) % 7 + 1) - 7 * (nth - 1))
    return cal.days_from(today, -((today.isoweekday() - weekday) % 7))


def _in_part(found: Found, when: When) -> When:
    """The same day narrowed to a part of it: the days stay, the value says which part."""
    night = "deixis night" in found.roles("deixis")
    if not night and not found.has("part", "when", "cwhen"):
        return when
    part = "NI" if night else found.row("part", "when", "cwhen").get("value", "")
    return when._replace(type="TIME", grain="part of day", value=f"{when.value}T{part}" if when.value else None)


def weekdays(found: Found) -> When:
    """`يومي الثلاثاء والأربعاء`: from the first to the last of them."""
    today = found.published
    named = [
        term.row["day"]
        for at in range(found.first, found.end)
        if (term := found.symbols.terms.get(at)) is not None and "weekday" in term.roles
    ]
    if today is None:
        return When("DATE", grain="day")
    ahead = "next" in found.roles("wadj")
    back = (today.isoweekday() - named[-1]) % 7 + (7 if "past" in found.roles("wadj") and today.isoweekday() == named[-1] else 0)
    first = cal.days_from(today, (named[0] - today.isoweekday() - 1) % 7 + 1) if ahead else None
    last = cal.days_from(today, -back) if not ahead else cal.days_from(first, (named[-1] - named[0]) % 7) if first else None
    if not ahead and last is not None:
        first = cal.days_from(last, -((named[-1] - named[0]) % 7))
    return bounded(found, When("DATE", Interval(first, last), "day", None, True))


def date(found: Found) -> When | None:
    """A date with its month, in either calendar, or in figures."""
    when = date_of(found, "")
    return None if when is None else bounded(found, _in_part(found, when))


def date_of(found: Found, s: str) -> When | None:
    """The date whose groups end in `s`. Its days are None where there is no such day, or no knowing the year."""
    if found.has(f"x{s}"):
        return _in_figures(found, s)
    if found.has(f"o{s}"):
        row = found.row(f"q{s}")
        return _exact(found.integer(f"r{s}"), row["month"], found.integer(f"o{s}"), hijri=row["calendar"] == "hijri")
    if found.has(f"k{s}"):
        return _of_this_month(found, s)
    month, number = found.row(f"m{s}"), found.integer(f"d{s}")
    if number is None or found.context("not date", -1):
        return None
    if "strict month" in found.roles(f"m{s}") and not found.has(f"y{s}", f"adj{s}", f"thisyear{s}", f"byyear{s}"):
        return None
    hijri = month["calendar"] == "hijri"
    if found.has(f"each{s}"):
        return When("SET", NOWHERE, "day", None if hijri else f"XXXX-{month['month']:02}-{number:02}")
    last = found.integer(f"e{s}", f"f{s}", f"g{s}") or number
    year, relative = year_of(found, s, hijri=hijri)
    if year is not None:
        when = _exact(year, month["month"], number, hijri=hijri)
        end = _exact(year, month["month"], last, hijri=hijri)
        return when._replace(days=cal.in_order(when.days.start, end.days.start), relative=relative)
    today = found.published
    if today is None:
        return When("DATE", NOWHERE, "day", f"XXXX-{month['month']:02}-{number:02}" if not hijri and number <= 31 else None)
    around = cal.hijri_year_at(today) if hijri else today.year
    placed = found.roles(f"adj{s}")
    direction = -1 if "past" in placed else 1 if "next" in placed else 0
    choices = [
        cal.in_order(_exact(y, month["month"], number, hijri=hijri).days.start, _exact(y, month["month"], last, hijri=hijri).days.start)
        for y in ((around - 1, around, around + 1) if around is not None else ())
    ]
    days = cal.nearest(today, choices, direction)
    return When("DATE", days, "day", days.start.isoformat() if days.start else None, days.start is not None)


def year_of(found: Found, s: str, *, hijri: bool) -> tuple[int | None, bool]:
    """The year that is given with a day or a month, in its own calendar, and whether it was counted from the day of the report."""
    year = found.integer(f"y{s}")
    if year is not None:
        if not hijri and year in _HIJRI_LOOKS_LIKE:  # a Gregorian month beside a Hijri year: the year that mostly covers it
            start = cal.hijri_year(year).start
            return (year if start is None else start.year), False
        return year, False
    if not found.has(f"ofyear{s}", f"byyear{s}", f"thisyear{s}") or found.published is None:
        return None, False
    now = cal.hijri_year_at(found.published) if hijri else found.published.year
    placed = found.roles(f"yadj{s}", f"badj{s}")
    return (None if now is None else now + (-1 if "past" in placed else 1 if "next" in placed else 0)), True


def _exact(year: int | None, month: int, number: int | None, *, hijri: bool) -> When:
    if year is None or number is None:
        return When("DATE", grain="day")
    at = cal.hijri_day(year, month, number) if hijri else cal.day_of(year, month, number)
    return When("DATE", Interval(at, at), "day", at.isoformat() if at else None)


def _in_figures(found: Found, s: str) -> When | None:
    """`21/7/2015`, day first, or `2015-07-21`; Hijri by its mark or its year. Figures without a year are no date (`4-3-3`)."""
    first, month, last = found.integer(f"x{s}"), found.integer(f"v{s}"), found.integer(f"z{s}")
    if first is None or month is None or last is None:
        return None
    year, number = (first, last) if first > last else (last, first)
    if not 1000 <= year <= 2200 or number > 31 or month > 31:
        return None
    return _exact(year, month, number, hijri=found.row(f"markx{s}").get("value") == "hijri" or year in _HIJRI_LOOKS_LIKE)


def _of_this_month(found: Found, s: str) -> When | None:
    """`الرابع عشر من الشهر الجاري`, `25 الجاري`."""
    number, today = found.integer(f"k{s}"), found.published
    placed = found.roles(f"kadj{s}")
    if number is None or ("this" not in placed and not found.has(f"kmonth{s}")):
        return None
    if today is None:
        return When("DATE", grain="day")
    whole = cal.unit_at(today, "month", -1 if "past" in placed else 1 if "next" in placed else 0)
    at = cal.day_of(whole.start.year, whole.start.month, number) if whole.start else None
    return When("DATE", Interval(at, at), "day", at.isoformat() if at else None, True)


def clock(found: Found) -> When | None:
    """`الساعة الثالثة بعد الظهر`, `09:30 بتوقيت غرينتش`, `الثامنة مساء أمس`: hour and minute, in the time zone of the text."""
    if found.has("figures") and not (found.has("cwhen", "zone") or (found.has("min") and found.has("ofday"))):
        return None
    read = _hour_and_minute(found)
    if read is None:
        return None
    hour, minute = read
    when = day_of(found) if found.has("ofday") and not found.has("offeast") else When("TIME")
    if when is None:
        return None
    part = found.row("cwhen", "part", "when").get("value", "")
    if hour < 12 and (part in _AFTER_NOON[:2] or (part == "NI" and hour > 4) or (part == "MI" and hour < 6)):
        hour += 12
    at = f"{when.value.partition('T')[0]}" if when.value else ""
    return When("TIME", when.days, "minute" if found.has("min", "hm") else "hour", f"{at}T{hour:02}:{minute:02}", when.relative)


def _hour_and_minute(found: Found) -> tuple[int, int] | None:
    """The hour and minute as they are written: in words, `9:30`, `9.30`, `0930`, with a half, a quarter or minutes more or less."""
    at = found.at("h", "figures", "hm")
    if at is None:
        return None
    named = found.row("h").get("count")
    digits = found.reading.words[at]
    if named is not None:
        hour, minute = named, 0
    elif digits.count(".") == 1:
        hour, minute = (int(part) if part.isdigit() else 99 for part in digits.split("."))
    elif len(digits) == 4 and digits.isdigit():
        hour, minute = divmod(int(digits), 100)
    else:
        hour, minute = found.integer("h", "figures") or 0, 0
    minute = found.integer("min") or minute
    if found.has("half"):
        numbers = [n.value for k in found.tokens("half") if (n := found.symbols.numbers.get(k)) is not None]
        more = round(numbers[0] * 60 if numbers and numbers[0] < 1 else numbers[0] if numbers else 0)
        hour, minute = divmod(hour * 60 + minute + (-more if found.has("less") else more), 60)
    return (hour, minute) if 0 <= hour <= 24 and 0 <= minute <= 59 and (named or found.value("h", "figures", "hm") is not None) else None


def time_of_day(found: Found) -> When:
    """A part of a day without its day: `فجرا`, `هذا الصباح`. Which day it is, the words do not say."""
    return When("TIME", NOWHERE, "part of day", f"T{found.row('when')['value']}")


def moment(found: Found) -> When | None:
    """`وقت مبكر من صباح اليوم`, `الساعات الأولى من فجر الجمعة`, `ساعة متأخرة من الليل`."""
    if found.has("ofnight"):
        return When("TIME", NOWHERE, "part of day", f"T{found.row('ofnight')['value']}")
    if not found.has("ofday"):
        return When("TIME", NOWHERE, "part of day")
    when = day_of(found)
    return None if when is None else bounded(found, when._replace(type="TIME", grain="part of day"))
