"""Makers for durations, for times a duration away, for sets, and for fixed expressions. Groups are named in `timerules`."""

from __future__ import annotations

from datetime import date as Day

from riwaya.extract import calendar as cal
from riwaya.extract.calendar import NOWHERE, Interval
from riwaya.extract.timefound import Found, When
from riwaya.extract.timeperiods import FEW, GRAINS, SHAPELESS, UNMEASURED, VALUES, plain
from riwaya.model import Grain

_OPENING = ("«", "“", '"', "(", "[", "{")
_HUNDRED = 100
_MOST = 1000  # a larger number of hours or years with nothing before it is an amount: ألف ساعة عمل


def distance(found: Found) -> When | None:
    """`قبل ثلاثة أيام`, `منذ سنتين`, `بعد أسبوع`: a duration from the day of the report."""
    row, lead, today = found.row("u"), found.roles("lead"), found.published
    unit, count = row["unit"], row.get("count", 0)
    counted = found.has("n", "nb", "half") or count == 2
    if _is_part_of_more(found, counted=counted) or unit in ("stage", "moment") or (unit == "sports season" and not counted):
        return None
    if unit in UNMEASURED:
        return When("DATE", value="FUTURE_REF" if "after" in lead else "PAST_REF")
    number = found.value("n", "nb") or (None if "few" in found.roles("n") else count or None)
    if number is not None and found.has("half"):
        number += 0.5
    if "since" in lead:
        start = None if today is None else cal.moved(today, unit, -(number or FEW))
        return When("DURATION", Interval(start, today if start else None), GRAINS[unit], _value(unit, number), start is not None)
    if "after" in lead and _from_an_event(found, unit):
        return When("DURATION", NOWHERE, GRAINS[unit], _value(unit, number))
    return _away(today, unit, number, ahead="after" in lead)


def _from_an_event(found: Found, unit: str) -> bool:
    """Whether `بعد` counts from what was told: `بعد أسبوع من`, at the head of a sentence, by years or hours."""
    if "fixed" in found.roles("tail"):  # من الآن
        return False
    if unit in ("minute", "hour", "year", "decade", "century") or (found.opens_sentence and found.word(0) != ""):
        return True
    return found.context("from", 0, 1)


def _away(today: Day | None, unit: str, number: float | None, *, ahead: bool) -> When:
    """A time `number` units from today, to the precision of the unit; a few units are the last few before the report (UCDP)."""
    if today is None:
        return When("DATE", NOWHERE, GRAINS[unit], "FUTURE_REF" if ahead else "PAST_REF")
    sign = 1 if ahead else -1
    if number is None:
        near, far = cal.days_from(today, sign), cal.moved(today, unit, sign * FEW)
        days = Interval(near, far) if ahead else Interval(far, near)
        return When("DATE", days, GRAINS[unit], "FUTURE_REF" if ahead else "PAST_REF", True)
    if unit in ("hour", "minute"):
        far = cal.moved(today, unit, sign * number)
        return When("DATE", Interval(today, far) if ahead else Interval(far, today), GRAINS[unit], None, True)
    at = cal.moved(today, unit, sign * number)
    if number != int(number):
        unit = {"century": "year", "decade": "year", "year": "month", "month": "week"}.get(unit, unit)
    days = NOWHERE if at is None else cal.unit_at(at, unit)
    if unit == "week":
        days = Interval(at, at)
    size = {"century": 2, "decade": 3, "year": 4, "month": 7}.get(unit, 10)
    return When("DATE", days, GRAINS[unit], at.isoformat()[:size] if at else None, at is not None)


def _value(unit: str, number: float | None) -> str:
    return VALUES[unit].format(plain(number) if number else "X")


def duration(found: Found) -> When | None:
    """`لمدة 45 يوما`, `طوال أربعة أشهر`, `نصف ساعة`; years with nothing to show that they last are an age."""
    row = found.row("u")
    unit, lead = row["unit"], found.roles("lead")
    number = found.value("n", "nb")
    if _is_percent(found):
        return None
    if unit in SHAPELESS or ("the unit" in found.roles("u") and not (found.has("few") or _is_vague(found) or unit == "hour")):
        return None
    if unit == "decade" and not lead and not found.has("half"):
        return None  # عقد is a contract too
    if number is not None and number > _MOST and not lead:
        return None
    if _is_age(found, unit):
        return None
    if number is not None and found.has("half"):
        number += 0.5
    if unit in UNMEASURED:
        return When("DURATION")
    return When("DURATION", NOWHERE, GRAINS[unit], _value(unit, number if not _is_vague(found) else None))


def _is_percent(found: Found) -> bool:
    """Whether the number of a unit is the hundred of a percentage before it: `5 في المائة يوم الأحد`."""
    at = found.at("n")
    number = None if at is None else found.symbols.numbers.get(at)
    if at is None or number is None or number.value != _HUNDRED:
        return False
    before = found.symbols.terms.get(at - 1)
    return number.clitic in ("بال", "ب") or (number.clitic == "ال" and before is not None and "in" in before.roles)


def about_unit(found: Found) -> When | None:
    """`نحو الشهر`, `قبل حوالي الشهرين`: a unit with the article after a word that bounds a number."""
    row = found.row("u")
    unit, count = row["unit"], row.get("count", 0)
    if unit in (*UNMEASURED, "decade", "century", "minute") or (count == 1 and unit in ("hour", "day")) or found.construct:
        return None
    return (
        distance(found)
        if found.roles("lead") & {"since", "before", "after"}
        else When("DURATION", NOWHERE, GRAINS[unit], _value(unit, count))
    )


def _is_vague(found: Found) -> bool:
    at = found.at("n")
    number = None if at is None else found.symbols.numbers.get(at)
    return number is not None and number.kind == "vague"


def _is_age(found: Found, unit: str) -> bool:
    """Whether a number of years or months is how old somebody is: `(34 عاما)`, `يبلغ من العمر 5 سنوات`."""
    if unit not in ("year", "month", "day") or found.has("few"):
        return False
    if found.context("age", -1, -2, -3) or found.context("age", 1):
        return True
    if unit != "year" or found.has("lead") or found.context("lasting", -1, -2):
        return False
    if found.word(-1) in ("(", "[", "،", ",") and found.word(0) in (")", "]", "،", ",", "."):
        return True
    return found.row("u").get("count") == 1 and not _is_attached(found)


def _is_attached(found: Found) -> bool:
    """Whether the expression begins with a proclitic ل or ب, which makes it last: `لـ 20 عاما`."""
    at = found.first
    number, term = found.symbols.numbers.get(at), found.symbols.terms.get(at)
    clitic = number.clitic if number is not None else term.clitic if term is not None else ""
    return clitic not in ("", "ال") and clitic.removesuffix("ال")[-1:] in ("ل", "ب")


def unit_alone(found: Found) -> When | None:
    """A unit without a number: `يومين`, `لمدة عام`, `خلال أيام`, `أياما معدودة`, `عام ونصف`."""
    row, lead = found.row("u"), found.roles("lead")
    unit, count = row["unit"], row.get("count", 0)
    if found.has("u") and any(found.word(-1).endswith(end) for end in row.get("not_after", ())) and not lead:
        return None
    told = bool(found.tokens("tail")) or found.has("half") or "lasting" in found.roles("u")
    held = bool(lead & {"during", "for", "until"}) or _is_attached(found)
    if unit in ("stage", "moment") or ("the unit" in found.roles("u") and not found.has("half")):
        return None
    if unit in UNMEASURED and not ((told or (unit == "sports season" and count == 2)) and (lead or held)):
        return None
    if unit == "decade" and not told and (count == 1 or not lead):
        return None  # عقد is a contract, and the holding of a meeting
    if count == 2:
        pass
    elif not told and (not held or _is_part_of_more(found, counted=False) or (count == 1 and not lead and _named_after(found))):
        return None
    if found.context("age", -1, -2, -3) or found.context("age", 1):
        return None
    if unit in UNMEASURED:
        return When("DURATION")
    number: float | None = count or None
    if number is not None and found.has("half"):
        number += 0.5
    return When("DURATION", NOWHERE, GRAINS[unit], _value(unit, number))


def _named_after(found: Found) -> bool:
    """Whether a word that has nothing to do with time follows at once: `لعام تدريبي`, `ليوم واحد`'s opposite."""
    following = found.word(0)
    return following != "" and following[0].isalpha() and not found.after


def _is_part_of_more(found: Found, *, counted: bool) -> bool:
    """Whether the unit belongs to the words after it: `بعد أيام العيد`, `منذ عام الفيل`."""
    return not counted and found.construct


def every(found: Found) -> When | None:
    """`كل يوم`, `كل ثلاثة أشهر`, `كل خميس`."""
    if found.has("only"):
        return When("SET", grain="week", value=f"XXXX-WXX-{found.row('only')['day']}")
    unit = found.row("u")["unit"]
    if unit in SHAPELESS or unit == "decade" or found.construct or found.context("not each", 0):
        return None
    if unit in UNMEASURED:
        return When("SET")
    return When("SET", NOWHERE, GRAINS[unit], _value(unit, found.value("n") or found.row("u").get("count") or 1))


def every_weekday(found: Found) -> When:
    """`أيام الجمعة من كل أسبوع`."""
    return When("SET", grain="week", value=f"XXXX-WXX-{found.row('w')['day']}")


def up_to_now(found: Found) -> When:
    """`حتى الساعة` where no hour follows."""
    today = found.published
    return When("DATE", Interval(today, today), "day", "PRESENT_REF", today is not None)


def fixed(found: Found) -> When | None:
    """A whole expression of the table: `الآن`, `مؤخرا`, `يوميا`."""
    row, today = found.row("fixed"), found.published
    if "discourse" in found.roles("fixed") and (found.opens_sentence or _joined(found)):
        return None
    value = row.get("value")
    if value is None and found.context("not then", -1):
        return None
    if value is not None and value.startswith("P") and not value.endswith("_REF"):
        return When("SET", grain=_SET_GRAINS.get(value, "unknown"), value=value)
    if value == "PRESENT_REF":
        return When("DATE", Interval(today, today), "day", value, today is not None)
    if row.get("days") and today is not None:  # UCDP: the three days before the report, the day of the report left out
        return When("DATE", Interval(cal.days_from(today, row["days"]), cal.days_from(today, -1)), "day", value, True)
    return When("DATE", NOWHERE, "unknown", value)


_SET_GRAINS: dict[str, Grain] = {"P1D": "day", "P1W": "week", "P1M": "month", "P1Y": "year"}


def _joined(found: Found) -> bool:
    term = found.term("fixed")
    return term is not None and term.clitic != ""


def formerly(found: Found) -> When | None:
    """`من قبل` where nothing follows that it could be on the part of."""
    following = found.word(0)
    if following in _OPENING or (following[:1].isalnum() and not found.context("not by", 0)):
        return None
    return When("DATE", value="PAST_REF")
