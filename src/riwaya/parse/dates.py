"""A publication date as an input states it. Nothing is guessed: a numeric date whose order is a custom (3/4/2024) is no date."""

from __future__ import annotations

import re
from datetime import date, datetime

UNSET = "0001-01-01"  # what some publishing systems write where they have no date: five of 189 pages
_ISO_DAY = re.compile(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}")


def published_date(stated: str) -> date | None:
    """The day in `stated` by its own clock, or `None` if it is neither ISO 8601 nor RFC 5322.

    A time of day and an offset are read and dropped: `2024-05-09T23:30:00+03:00` is 9 May, the day where it was published. `UNSET` is
    no day.
    """
    stated = stated.strip()[:64]
    if not stated.isascii() or stated.startswith(UNSET):
        return None
    try:
        return _day(stated)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _day(stated: str) -> date:
    iso = _ISO_DAY.match(stated)
    if iso:
        return datetime.fromisoformat(stated).date() if len(stated) > iso.end() else date.fromisoformat(stated)
    from email.utils import parsedate_to_datetime  # most dates are ISO's, and need not wait for it

    return parsedate_to_datetime(stated).date()
