"""The value of a number written in digits, from its normal form: points, commas, thousands, halves turned around."""

from __future__ import annotations

import re

Amount = int | float

LONGEST = 15  # digits a double still holds exactly; a longer run is a telephone or account number
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_DECIMAL = re.compile(r"(\d+)[.,](\d+)")
_MIXED = re.compile(r"(\d{1,3}(?:,\d{3})+)\.(\d+)|(\d{1,3}(?:\.\d{3})+),(\d+)")


def whole(value: Amount) -> Amount:
    """An integer where the value is one; else free of the noise of binary fractions (`1.1 مليون` is 1100000)."""
    rounded = round(value, 9)
    return int(rounded) if rounded == int(rounded) else rounded


def value_of(written: str, *, decimal: bool, turned: bool) -> Amount | None:
    """The value of digits with points and commas, or None where they make no number (dates, telephone numbers).

    Three digits after each mark are thousands, unless the number multiplies a scale (`1.250 مليون`).
    """
    written = written.rstrip(".,")
    if len(written) > 2 * LONGEST or len(written) - written.count(".") - written.count(",") > LONGEST:
        return None
    if written.isdecimal():
        return int(written)
    if turned and (match := _DECIMAL.fullmatch(written)):
        return whole(float(f"{match[2]}.{match[1]}"))
    if _THOUSANDS.fullmatch(written) and written[0] != "0" and not (decimal and _DECIMAL.fullmatch(written)):
        return int(written.replace(",", "").replace(".", ""))
    if match := _DECIMAL.fullmatch(written):
        return whole(float(f"{match[1]}.{match[2]}"))
    if match := _MIXED.fullmatch(written):
        thousands = (match[1] or match[3]).replace(",", "").replace(".", "")
        return whole(float(f"{thousands}.{match[2] or match[4]}"))
    return None
