"""Makers for months, years and other periods, durations and sets. The groups they look at are named in `timerules`."""

from __future__ import annotations

from datetime import date as Day

from riwaya.extract import calendar as cal
from riwaya.extract.calendar import NOWHERE, Interval
from riwaya.extract.timedays import year_of
from riwaya.extract.timefound import Found, When, bounded
from riwaya.lang.tables import Row
from riwaya.model import Grain

VALUES = {
    "minute": "PT{}M", "hour": "PT{}H", "day": "P{}D", "week": "P{}W", "month": "P{}M", "year": "P{}Y", "decade": "P{}DE",
    "century": "P{}CE",
}  # fmt: skip
GRAINS: dict[str, Grain] = {
    "minute": "minute", "hour": "hour", "day": "day", "week": "week", "month": "month", "year": "year", "decade": "decade",
    "century": "century",
}  # fmt: skip
UNMEASURED = ("sports season", "period", "stage", "moment")
SHAPELESS = ("period", "stage", "moment")
_NEAR = range(1900, 2101)  # a year without the word for year
_HIJRI_YEARS = range(1300, 1501)
FEW = 3  # UCDP's "past few days" and "recently" are three days, its "recent weeks" three weeks; months and years ours by analogy


def month(found: Found) -> When | None:
    """`في يونيو (حزيران) الماضي`, `نهاية شهر آذار/مارس`, `رمضان 1436هـ`."""
    roles, row = found.roles("m"), found.row("m")
    dated = found.has("y", "adj", "ofyear", "byyear", "thisyear")
    if "strict month" in roles and not (found.has("word") or dated):
        return None
    if "weak month" in roles and not (dated or found.has("lead", "part", "word", "mm", "mn")):
        return None
    if found.follows_number and found.context("not date", -2):
        return None  # قوى 14 آذار
    if found.has("each"):
        return When("SET", grain="month")
    whole, relative = _whole_month(found, row)
    value = whole.start.isoformat()[:7] if whole.start and row["calendar"] == "gregorian" else None
    if found.has("part"):
        whole = cal.part_of(whole, found.row("part")["value"], month=True)
    return bounded(found, When("DATE", whole, "month", value, relative))


def several_months(found: Found) -> When:
    """`شهري يونيو ويوليو الماضيين`: from the first to the last of them."""
    rows = [term.row for k in range(found.first, found.end) if (term := found.symbols.terms.get(k)) is not None and "month" in term.roles]
    first, relative = _whole_month(found, rows[0])
    last, _ = _whole_month(found, next((row for row in reversed(rows) if row["month"] != rows[0]["month"]), rows[0]))
    return bounded(found, When("DATE", cal.in_order(first.start, last.end), "month", None, relative))


def _whole_month(found: Found, row: Row) -> tuple[Interval, bool]:
    """The month of a row in the year that the match gives it, and whether it was counted from the day of the report."""
    hijri, today = row["calendar"] == "hijri", found.published
    year, relative = year_of(found, "", hijri=hijri)
    if year is not None:
        return _month(year, row["month"], hijri=hijri), relative
    around = None if today is None else cal.hijri_year_at(today) if hijri else today.year
    if today is None or around is None:
        return NOWHERE, False
    placed = found.roles("adj")
    choices = [_month(around + n, row["month"], hijri=hijri) for n in (-1, 0, 1)]
    return cal.nearest(today, choices, -1 if "past" in placed else 1 if "next" in placed else 0), True


def _month(year: int, number: int, *, hijri: bool) -> Interval:
    return cal.hijri_month(year, number) if hijri else cal.month_of(year, number)


def year(found: Found) -> When | None:
    """`عام 1979`, `العام الدراسي 2014/2015`, `عامي 2012 و2013`, `1436هـ`, `540 - 611 ميلاديا`."""
    first = found.integer("y", "yp")
    last = found.integer("yto", "yand", "yq") or first
    if first is not None and last is not None and found.has("yto"):
        first, last = min(first, last), max(first, last)
    mark = found.row("mark", "markp").get("value")
    if first is None or last is None or first > 2200 or last > 2200:
        return None
    if first < 1000 and mark is None:
        return None
    if mark == "before":
        return When("DATE", grain="year")
    whole = _years(first, last, hijri=mark == "hijri" or (mark is None and first in _HIJRI_YEARS))
    if found.has("part"):
        whole = cal.part_of(whole, found.row("part")["value"], month=False)
    return bounded(found, When("DATE", whole, "year", f"{first:04}" if first == last and mark != "hijri" else None))


def marked_year(found: Found) -> When | None:
    """`1436هـ`, `540 - 611 ميلاديا`: a year by its mark alone; the letters م and ه are abbreviations of other words too."""
    number, at = found.integer("y"), found.at("mark")
    near = _HIJRI_YEARS if found.row("mark").get("value") == "hijri" else _NEAR
    if found.context("not date", -1):
        return None
    abbreviated = at is not None and len(found.reading.words[at]) == 1 and found.row("mark").get("value") != "before"
    if at is None or (abbreviated and number not in near):
        return None
    return year(found)


def _years(first: int, last: int, *, hijri: bool) -> Interval:
    if hijri:
        return Interval(cal.hijri_year(first).start, cal.hijri_year(last).end)
    return cal.years_of(first, last - first + 1) if last >= first else cal.years_of(first)


def years_between(found: Found) -> When | None:
    """`بين 2010 و2015`."""
    first, last = found.integer("y"), found.integer("yto", "yand")
    if first is None or last is None or first not in _NEAR or last not in _NEAR or last < first:
        return None
    return When("DATE", _years(first, last, hijri=False), "year")


def bare_year(found: Found) -> When | None:
    """`منذ 2013`, `نهاية 2014`: a year by what stands before it."""
    number, mark = found.integer("y"), found.row("mark").get("value")
    if number is None or number not in (_HIJRI_YEARS if mark == "hijri" else _NEAR):
        return None
    last = found.integer("yto") or number
    whole = _years(number, last, hijri=mark == "hijri")
    if found.has("part", "end"):
        whole = cal.part_of(whole, found.row("part", "end")["value"], month=False)
    return bounded(found, When("DATE", whole, "year", f"{number:04}" if mark != "hijri" and last == number else None))


def decade(found: Found) -> When | None:
    """`عشرينات القرن الماضي`, `التسعينيات`: of the century that is named, else of the last one."""
    if found.context("age", 1):
        return None  # في العشرينات من العمر
    tens = int(found.row("dec")["value"])
    century = 1900
    if found.has("cent"):
        number, today = found.integer("cadj"), found.published
        if number is not None:
            century = (number - 1) * 100
        elif today is not None and "this" in found.roles("cadj"):
            century = today.year // 100 * 100
        elif today is not None:
            century = today.year // 100 * 100 - 100
    if not 0 <= century <= 2100:
        return None
    return bounded(found, When("DATE", cal.years_of(century + tens, 10), "decade", f"{(century + tens) // 10:03}"))


def century(found: Found) -> When | None:
    """`القرن التاسع عشر`, `منتصف القرن العشرين`."""
    number = found.integer("c")
    if number is None or not 1 <= number <= 22:
        return None
    if found.row("mark").get("value") in ("hijri", "before"):
        return When("DATE", grain="century")
    whole = cal.years_of(max(1, (number - 1) * 100), 100 if number > 1 else 99)
    if found.has("part"):
        whole = cal.part_of(whole, found.row("part")["value"], month=False)
    return bounded(found, When("DATE", whole, "century", f"{number - 1:02}"))


def period(found: Found) -> When | None:
    """`هذا العام`, `الأسبوع الماضي`, `السنوات الخمس المقبلة`, `نهاية الأسبوع الجاري`."""
    when = _period(found, "")
    if when is None:
        return None
    if found.has("part"):
        unit = found.row("u", "au", "bu")["unit"]
        when = when._replace(days=cal.part_of(when.days, found.row("part")["value"], month=unit == "month"), value=None)
    return bounded(found, when)


def _period(found: Found, s: str) -> When | None:
    """The period whose groups end in `s`."""
    row = found.row(f"u{s}", f"au{s}", f"bu{s}")
    unit, count = row["unit"], row.get("count", 0)
    placed = found.roles(f"adj{s}", f"badj{s}")
    held = bool(s) or found.has("lead")
    if unit in SHAPELESS and not (held or "that" in placed):
        return None
    if not s and found.has("of") and "recent" in placed:
        return When("DATE", grain=GRAINS.get(unit, "unknown"))  # الأيام الأخيرة من رمضان: the last of it, not the last few
    if found.has(f"dem{s}"):
        if unit == "hour" and not held:
            return None
        return _demonstrated(found, unit, those="those" in found.roles(f"dem{s}"))
    if "recent" in placed and count == 1 and unit not in ("period", "decade"):
        return None
    if "new" in placed and unit not in ("year", "sports season"):
        return None
    if not s and unit == "year" and count == 1 and not held and found.context("not year", -1):
        return None
    number = found.value(f"n{s}", f"nb{s}") or count or None
    if unit in UNMEASURED:
        known = (("PAST_REF", {"past", "recent"}), ("FUTURE_REF", {"next", "new"}), ("PRESENT_REF", {"this"}))
        return When("DATE", value=next((value for value, roles in known if placed & roles), None))
    if unit == "year" and found.has(f"school{s}") and found.row(f"school{s}").get("value"):
        return _year_of_its_own(found, s)
    if count == 1 and number in (None, 1):
        return _one(found, unit, found.row(f"adj{s}", f"badj{s}").get("nth", 1), placed)
    if "this" in placed:
        return When("DATE", grain=GRAINS[unit], value="PRESENT_REF")
    return _stretch(found.published, unit, number, ahead="next" in placed)


def _year_of_its_own(found: Found, s: str) -> When:
    """The last or next year of a calendar that is not ours: the Hijri one, or one of schools and leagues, whose days are unknown."""
    today, placed = found.published, found.roles(f"adj{s}")
    if today is None or found.row(f"school{s}")["value"] != "hijri":
        return When("DATE", grain="year")
    now = cal.hijri_year_at(today)
    shift = -1 if "past" in placed else 1 if "next" in placed else 0
    days = NOWHERE if now is None else cal.hijri_year(now + shift)
    return When("DATE", days, "year", None, days != NOWHERE)


def _demonstrated(found: Found, unit: str, *, those: bool) -> When:
    today = found.published
    if those or unit in UNMEASURED:
        return When("DATE", grain=GRAINS.get(unit, "unknown"), value=None if those else "PRESENT_REF")
    return When("DATE", _current(today, unit), GRAINS[unit], _value_of(today, unit, 0), today is not None)


def _one(found: Found, unit: str, nth: int, placed: frozenset[str]) -> When:
    """The last, the next, or the present day, week, month, year, decade or century."""
    today = found.published
    if "this" in placed or "new" in placed:
        return When("DATE", _current(today, unit), GRAINS[unit], _value_of(today, unit, 0), today is not None)
    shift = nth if "next" in placed else -nth
    days = NOWHERE if today is None else cal.unit_at(today, unit, shift)
    return When("DATE", days, GRAINS[unit], _value_of(today, unit, shift), today is not None)


def _current(today: Day | None, unit: str) -> Interval:
    """The unit that holds today: a week up to today (UCDP's "this week"), others whole."""
    if today is None:
        return NOWHERE
    whole = cal.unit_at(today, unit)
    return Interval(whole.start, today) if unit == "week" else whole


def _value_of(today: Day | None, unit: str, shift: int) -> str | None:
    """The TIMEX3 value of the unit `shift` units from today."""
    start = None if today is None else cal.unit_at(today, unit, shift).start
    if start is None:
        return None
    if unit == "week":
        return f"{start.isocalendar().year:04}-W{start.isocalendar().week:02}"
    return start.isoformat()[: {"century": 2, "decade": 3, "year": 4, "month": 7}.get(unit, 10)]


def _stretch(today: Day | None, unit: str, number: float | None, *, ahead: bool) -> When:
    """The last or next few units: up to the day before the report, or from the day after it; hours touch the day of the report too."""
    value = VALUES[unit].format(plain(number) if number else "X")
    if today is None:
        return When("DURATION", NOWHERE, GRAINS[unit], value)
    far = cal.moved(today, unit, (number or FEW) * (1 if ahead else -1))
    near = today if unit in ("hour", "minute") else cal.days_from(today, 1 if ahead else -1)
    return When("DURATION", Interval(near, far) if ahead else Interval(far, near), GRAINS[unit], value, True)


def plain(number: float) -> str:
    """A number as TIMEX3 writes it."""
    return str(int(number)) if number == int(number) else str(number)


def part_of_unit(found: Found) -> When | None:
    """`مطلع العام`, `آخر الشهر`, `نهاية الأسبوع`: of the one that holds the day of the report."""
    unit = found.row("u")["unit"]
    if unit in ("minute", "hour", "stage", "moment") or found.construct:
        return None
    if unit in UNMEASURED or found.row("school").get("value"):
        return When("DATE")
    today = found.published
    whole = NOWHERE if today is None else cal.unit_at(today, unit)
    days = cal.part_of(whole, found.row("part")["value"], month=unit == "month")
    return bounded(found, When("DATE", days, GRAINS[unit], None, today is not None))


def whole_unit(found: Found) -> When | None:
    """`خلال العام`, `طوال الأسبوع`."""
    unit = found.row("u")["unit"]
    if unit in SHAPELESS or unit in ("hour", "minute", "decade") or found.construct:
        return None
    if unit in UNMEASURED or found.has("which") or found.row("school").get("value"):
        return When("DATE")
    today = found.published
    days = NOWHERE if today is None else cal.unit_at(today, unit)
    return When("DATE", days, GRAINS[unit], _value_of(today, unit, 0), today is not None)


def pointing(found: Found) -> When | None:
    """A time that points into the text, at a feast, or into a period (`الأسبوع الأول من أغسطس`): its days are left open."""
    at = found.at("which")
    number = None if at is None else found.symbols.numbers.get(at)
    return None if number is not None and number.definite else When("DATE")  # للمرة الأولى عام 1990 is no first year


def same_unit(found: Found) -> When | None:
    """`العام نفسه`, `الفترة المماثلة من العام الماضي`; `في الوقت نفسه` only joins two sentences."""
    if found.row("u", "su")["unit"] in ("moment", "stage") or (found.has("u") and found.context("not year", -1)):
        return None
    return When("DATE")


def quarter(found: Found) -> When | None:
    """`الربع الأول من العام الحالي`, `النصف الثاني من 2015`; a half needs its whole, for matches have halves too."""
    share, nth = found.value("q"), found.integer("qn")
    if share is None or (not found.has("of") and not (share == 0.25 and found.has("lead"))):
        return None
    if not found.has("of"):
        return When("DATE", grain="season")
    whole = _whole_of(found)
    if share not in (0.25, 0.5) or whole.start is None or whole.end is None:
        return When("DATE", grain="season")
    months = 3 if share == 0.25 else 6
    nth = nth or round(1 / share)
    if whole.start.month != 1 or whole.end.year != whole.start.year or nth * months > 12:
        return When("DATE", grain="season")
    days = Interval(cal.month_of(whole.start.year, (nth - 1) * months + 1).start, cal.month_of(whole.start.year, nth * months).end)
    value = f"{whole.start.year}-{'Q' if months == 3 else 'H'}{nth}"
    return bounded(found, When("DATE", days, "season", value, not found.has("yo", "oyear")))


def _whole_of(found: Found) -> Interval:
    """The period an expression says it is a part of."""
    number = found.integer("yo", "oyear")
    if number is not None:
        return _years(number, number, hijri=number in _HIJRI_YEARS)
    if found.has("uo", "auo", "buo"):
        when = _period(found, "o")
        return when.days if when is not None else NOWHERE
    return NOWHERE


def season(found: Found) -> When:
    """`صيف 2014`, `الصيف الماضي`, `هذا الشتاء`, `في الصيف`."""
    name, today = found.row("se", "sy", "ts", "hs")["value"], found.published
    number, relative = found.integer("y"), False
    if number is None and today is not None and not found.has("ts"):
        placed = found.roles("sadj")
        number, relative = today.year + (-1 if "past" in placed else 1 if "next" in placed else 0), True
    if number is not None:
        days = cal.season_of(number, name) if number not in _HIJRI_YEARS else NOWHERE
    elif today is not None and found.has("adj"):
        placed, relative = found.roles("adj"), True
        choices = [cal.season_of(today.year + n, name) for n in (-1, 0, 1)]
        days = cal.nearest(today, choices, -1 if "past" in placed else 1 if "next" in placed else 0)
    else:
        return When("DATE", NOWHERE, "season", f"XXXX-{name}")
    value = f"{days.start.year}-{name}" if days.start else None
    if found.has("part"):
        days = cal.part_of(days, found.row("part")["value"], month=False)
    return bounded(found, When("DATE", days, "season", value, relative))
