"""Days of the Persian calendar, against the calendar that the official holidays are computed with."""

from datetime import date, timedelta

import pytest
from holidays.calendars.persian import _Persian
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.model.jalali import jalali

PERSIAN = _Persian()


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(1979, 2, 11), "1357-11-22"),
        (date(2025, 3, 20), "1403-12-30"),
        (date(2026, 3, 20), "1404-12-29"),
        (date(2026, 3, 21), "1405-01-01"),
        (date(2026, 9, 22), "1405-06-31"),
        (date(2026, 9, 23), "1405-07-01"),
        (date(2026, 11, 23), "1405-09-02"),
    ],
)
def test_known_days(day: date, said: str) -> None:
    assert jalali(day) == said


@given(st.integers(1304, 1479), st.integers(1, 12), st.integers(1, 29))
def test_every_day_is_that_of_the_reference(year: int, month: int, day: int) -> None:
    begun_in = year + 621
    gregorian = PERSIAN.persian_to_gregorian(begun_in, month, day)

    assert gregorian
    assert jalali(gregorian) == f"{year}-{month:02}-{day:02}"


@given(st.dates(date(1926, 1, 1), date(2100, 1, 1)))
def test_each_day_sorts_behind_the_one_before(day: date) -> None:
    assert jalali(day) < jalali(day + timedelta(days=1))
