"""Days of the Persian calendar."""

from datetime import date

# The 33-year cycle with its eight leap years, which gives the official calendar from 1304 to 1502 (1925 to 2123).
_DAYS_OF_CYCLE = 12053
_DAYS_OF_FOUR_YEARS = 1461
_DAYS_OF_YEAR = 365
_DAYS_OF_FIRST_HALF = 186  # six months of 31 days
_FIRST_YEAR = -1595
_DAYS_BEFORE = 356032  # from the first day of that year to the day before 0001-01-01


def jalali(day: date) -> str:
    """The day as ``1405-09-02``."""
    cycles, rest = divmod(day.toordinal() + _DAYS_BEFORE, _DAYS_OF_CYCLE)
    fours, rest = divmod(rest, _DAYS_OF_FOUR_YEARS)
    # the leap year is the first of its four, so that the other three begin a day later
    years, rest = divmod(rest - 1, _DAYS_OF_YEAR) if rest > _DAYS_OF_YEAR else (0, rest)
    month, day_of_month = _month(rest)
    return f"{_FIRST_YEAR + 33 * cycles + 4 * fours + years:04}-{month:02}-{day_of_month:02}"


def _month(day_of_year: int) -> tuple[int, int]:
    if day_of_year < _DAYS_OF_FIRST_HALF:
        return 1 + day_of_year // 31, 1 + day_of_year % 31
    rest = day_of_year - _DAYS_OF_FIRST_HALF
    return 7 + rest // 30, 1 + rest % 30
