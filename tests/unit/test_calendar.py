"""Business time: Asia/Tehran, Saturday to Thursday noon, without holidays."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.edge.rules import load_rules, load_sla, read_toml
from helpdesk.model.calendar import BusinessCalendar

TEHRAN = ZoneInfo("Asia/Tehran")
CALENDAR = load_sla().calendar
STARTS = st.datetimes(datetime(2026, 6, 1), datetime(2027, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001
TARGETS = st.timedeltas(timedelta(), timedelta(hours=64))


def tehran(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=TEHRAN)


@given(STARTS, TARGETS)
def test_a_due_time_lies_inside_working_hours(start: datetime, target: timedelta) -> None:
    due = CALENDAR.add(start, target).astimezone(TEHRAN)

    closing = time(13) if due.strftime("%A") == "Thursday" else time(17)
    assert due.strftime("%A") != "Friday"
    assert due.date() not in CALENDAR.holidays
    assert time(8, 30) <= due.time() <= closing


@given(STARTS, TARGETS)
def test_a_due_time_is_never_before_its_start(start: datetime, target: timedelta) -> None:
    assert CALENDAR.add(start, target) >= start


@given(STARTS, TARGETS, st.timedeltas(timedelta(), timedelta(days=3)))
def test_a_later_start_or_a_longer_target_is_never_due_earlier(
    start: datetime, target: timedelta, more: timedelta
) -> None:
    due = CALENDAR.add(start, target)

    assert CALENDAR.add(start + more, target) >= due
    assert CALENDAR.add(start, target + more) >= due


@given(STARTS, TARGETS)
def test_the_time_between_is_the_time_that_was_added(start: datetime, target: timedelta) -> None:
    assert CALENDAR.between(start, CALENDAR.add(start, target)) == target


def test_thursday_a_minute_before_noon_goes_on_at_saturday() -> None:
    due = CALENDAR.add(tehran(2026, 11, 19, 12, 59), timedelta(hours=1))

    assert due == tehran(2026, 11, 21, 9, 29)


def test_the_turn_of_the_year_is_a_holiday_like_any_other() -> None:
    # 1404/12/28, a Thursday; 29 Esfand and the first four days of Farvardin are off, and so is the Friday among them
    due = CALENDAR.add(tehran(2026, 3, 19, 12), timedelta(hours=2))

    assert due == tehran(2026, 3, 25, 9, 30)


def test_two_holidays_in_a_row_add_exactly_two_days() -> None:
    hours = load_rules().hours
    without = BusinessCalendar(hours, frozenset())
    with_two = BusinessCalendar(hours, frozenset({date(2026, 11, 23), date(2026, 11, 24)}))
    start = tehran(2026, 11, 22, 16)

    assert with_two.add(start, timedelta(hours=2)) - without.add(start, timedelta(hours=2)) == timedelta(days=2)


def test_holidays_are_known_for_the_next_twelve_months() -> None:
    """`make holidays` renews them."""
    last = max(read_toml("holidays.toml")["dates"])

    assert last >= datetime.now(UTC).date() + timedelta(days=365)


@pytest.mark.parametrize("day", [date(2026, 3, 21), date(2026, 6, 4), date(2027, 2, 11)])
def test_official_holidays_stand_in_the_table(day: date) -> None:
    assert day in CALENDAR.holidays
