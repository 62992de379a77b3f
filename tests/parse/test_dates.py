"""Dates that an input states: the two standards, and nothing else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.parse.dates import published_date

DAY = date(2024, 5, 9)


@pytest.mark.parametrize(
    "stated",
    [
        "2024-05-09",
        "20240509",
        " 2024-05-09 ",
        "2024-05-09T23:30:00+03:00",
        "2024-05-09T23:30:00Z",
        "2024-05-09T23:30+0300",
        "2024-05-09 23:30:00",
        "2024-05-09T23:30:00.123456+00:00",
        "Thu, 09 May 2024 23:30:00 +0300",
        "Thu, 09 May 2024 23:30:00 GMT",
        "9 May 2024 23:30:00 +0000",
    ],
)
def test_the_day_by_its_own_clock(stated):
    assert published_date(stated) == DAY


@pytest.mark.parametrize(
    "stated",
    ["", "09/05/2024", "5/9/2024", "2024", "2024-05", "2024-13-01", "2024-02-30", "2024-05-09 yesterday", "2024-05-09T25:00", "9 أيار 2024",
     "٢٠٢٤-٠٥-٠٩", "1715212800", "May", "0000-00-00", "2024-05-091", "0001-01-01T00:00:00"],
)  # fmt: skip
def test_what_is_no_date(stated):
    assert published_date(stated) is None


@given(st.dates(min_value=date(2, 1, 1)))
def test_every_day_survives(day):
    assert published_date(day.isoformat()) == day


@given(st.text(max_size=80))
def test_any_string_has_an_answer(stated):
    published_date(stated)
