"""Business time: Asia/Tehran, Saturday to Thursday noon, without holidays."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.edge.rules import load_rules
from helpdesk.edge.sla import load_sla
from helpdesk.model.calendar import BusinessCalendar
from helpdesk.model.jalali import jalali

TEHRAN = ZoneInfo("Asia/Tehran")
CALENDAR = load_sla().calendar
HOLIDAYS = frozenset(CALENDAR.holidays)
FIRST, LAST = datetime(2025, 1, 1), datetime(2032, 6, 1)  # noqa: DTZ001  (hypothesis adds the zone)
STARTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
TARGETS = st.timedeltas(timedelta(), timedelta(hours=64))


def tehran(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=TEHRAN)


@given(STARTS, TARGETS)
def test_a_due_time_lies_inside_working_hours(start: datetime, target: timedelta) -> None:
    due = CALENDAR.add(start, target).astimezone(TEHRAN)

    closing = time(13) if due.strftime("%A") == "Thursday" else time(17)
    assert due.strftime("%A") != "Friday"
    assert due.date() not in HOLIDAYS
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


HALF_HOUR = timedelta(minutes=30)
HALF_HOURS = st.integers(0, int((LAST - FIRST) / HALF_HOUR)).map(lambda n: FIRST.replace(tzinfo=UTC) + n * HALF_HOUR)


def is_working(moment: datetime) -> bool:
    """Whether the desk works in the half hour from a moment on, by the rule as people say it."""
    local = moment.astimezone(TEHRAN)
    closing = {"Friday": time(0), "Thursday": time(13)}.get(local.strftime("%A"), time(17))
    return local.date() not in HOLIDAYS and time(8, 30) <= local.time() < closing


@given(HALF_HOURS, st.integers(1, 128))
def test_it_is_what_counting_half_hours_by_hand_gives(start: datetime, halves: int) -> None:
    moment, left = start, halves
    while left:
        left -= is_working(moment)
        moment += HALF_HOUR

    assert CALENDAR.add(start, halves * HALF_HOUR) == moment


@given(STARTS, TARGETS, st.integers(0, 20))
def test_two_holidays_in_a_row_add_exactly_the_working_time_of_two_days(
    start: datetime, target: timedelta, after: int
) -> None:
    first = start.astimezone(TEHRAN).date() + timedelta(days=after)
    two = (first, first + timedelta(days=1))
    with_two = BusinessCalendar(CALENDAR.hours, {*HOLIDAYS, *two})
    began, ended = (datetime.combine(day, time(), TEHRAN) for day in (first, first + timedelta(days=2)))
    lost = CALENDAR.between(max(began, start), ended)

    due = with_two.add(start, target)

    is_touched = CALENDAR.add(start, target) > began
    assert CALENDAR.between(start, due) == target + (lost if is_touched and due > ended else timedelta())


def test_thursday_a_minute_before_noon_goes_on_at_saturday() -> None:
    due = CALENDAR.add(tehran(2026, 11, 19, 12, 59), timedelta(hours=1))

    assert due == tehran(2026, 11, 21, 9, 29)


def test_the_turn_of_the_year_is_a_holiday_like_any_other() -> None:
    # 1404/12/28, a Thursday; 29 Esfand and the first four days of Farvardin are off, and so is the Friday among them
    due = CALENDAR.add(tehran(2026, 3, 19, 12), timedelta(hours=2))

    assert due == tehran(2026, 3, 25, 9, 30)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        (tehran(2026, 11, 23, 16, 59, 59), 1, tehran(2026, 11, 24, 9, 29, 59)),  # the last second before closing
        (tehran(2026, 11, 23, 17), 1, tehran(2026, 11, 24, 9, 30)),  # closing time itself
        (tehran(2026, 11, 26, 13), 1, tehran(2026, 11, 28, 9, 30)),  # Thursday, closing time
        (tehran(2026, 11, 26, 12, 59, 59), 1, tehran(2026, 11, 28, 9, 29, 59)),
        (tehran(2026, 3, 20, 23, 59, 59), 1, tehran(2026, 3, 25, 9, 30)),  # 1404/12/29, its last second
        (tehran(2026, 3, 21), 1, tehran(2026, 3, 25, 9, 30)),  # 1405/01/01, its first
        (tehran(2026, 3, 22, 10), 8, tehran(2026, 3, 25, 16, 30)),  # on a holiday, in working hours
        (tehran(2026, 6, 3, 16), 2, tehran(2026, 6, 6, 9, 30)),  # across 14 and 15 Khordad, a Thursday and a Friday
        (tehran(2026, 6, 23, 16), 10, tehran(2026, 6, 28, 9)),  # across two holidays, a Friday, and a day after them
    ],
)
def test_edges_of_the_day_the_week_and_the_year(start: datetime, hours: int, due: datetime) -> None:
    assert CALENDAR.add(start, timedelta(hours=hours)) == due


def test_two_holidays_in_a_row_add_exactly_two_days() -> None:
    hours = load_rules().hours
    without = BusinessCalendar(hours, frozenset())
    with_two = BusinessCalendar(hours, frozenset({date(2026, 11, 23), date(2026, 11, 24)}))
    start = tehran(2026, 11, 22, 16)

    assert with_two.add(start, timedelta(hours=2)) - without.add(start, timedelta(hours=2)) == timedelta(days=2)


def test_the_offset_of_tehran_never_moves() -> None:
    """Summer time ended there in 1401; time zone data older than that would move every due time by an hour."""
    days = (FIRST.replace(tzinfo=TEHRAN) + timedelta(days=n) for n in range((LAST - FIRST).days))

    assert {day.utcoffset() for day in days} == {timedelta(hours=3, minutes=30)}


def test_holidays_are_known_for_the_next_twelve_months() -> None:
    """`make holidays` renews them."""
    last = max(HOLIDAYS)

    assert last >= datetime.now(UTC).date() + timedelta(days=365)


RENEWED_IN = min(HOLIDAYS).year + 1
SOLAR = ("01-01", "01-02", "01-03", "01-04", "01-12", "01-13", "03-14", "03-15", "11-22", "12-29")


@pytest.mark.parametrize("year", range(RENEWED_IN, RENEWED_IN + 6))
def test_the_table_has_the_persian_year_of_its_renewal_and_the_next_five(year: int) -> None:
    """Days of the Persian calendar stand where our own conversion puts them."""
    days = (date(year, 3, 19) + timedelta(days=n) for n in range(367))
    fixed = {jalali(day): day for day in days if jalali(day)[5:] in SOLAR and jalali(day)[:4] == str(year - 621)}

    assert len(fixed) == len(SOLAR)
    assert set(fixed.values()) <= HOLIDAYS


HIJRI = (RENEWED_IN - 622) * 33 // 32 + 1
LUNAR = {"Ashura": (1, 10), "the end of Safar": (2, 28), "Fitr": (10, 1), "Adha": (12, 10), "Ghadir": (12, 18)}


@pytest.mark.parametrize("name", LUNAR)
@pytest.mark.parametrize("year", range(HIJRI, HIJRI + 6))
def test_lunar_holidays_stand_within_two_days_of_the_arithmetic_calendar(name: str, year: int) -> None:
    month, day = LUNAR[name]
    # https://en.wikipedia.org/wiki/Tabular_Islamic_calendar; 227014 is the day before its first, by date.toordinal
    ordinal = 227014 + (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2 + day
    near = {date.fromordinal(ordinal + n) for n in range(-2, 3)}

    assert near & HOLIDAYS


@pytest.mark.parametrize("day", [date(2026, 3, 21), date(2026, 6, 4), date(2027, 2, 11)])
def test_official_holidays_stand_in_the_table(day: date) -> None:
    assert day in HOLIDAYS
