"""Business time: working hours of a week in one time zone, without the official holidays."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from helpdesk.model.rules import Hours

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class LocalDay:
    """From one midnight to the next, where the desk works."""

    start: datetime
    end: datetime

    @classmethod
    def of(cls, moment: datetime, time_zone: str) -> Self:
        """The day on which a moment lies."""
        zone = ZoneInfo(time_zone)
        day = moment.astimezone(zone).date()
        return cls(*(datetime.combine(date_, time(), zone) for date_ in (day, day + _ONE_DAY)))


@dataclass(frozen=True)
class BusinessCalendar:
    """When the desk works.

    Args:
        hours: the week's opening and closing times.
        holidays: local dates on which it does not work at all.
    """

    hours: Hours
    holidays: Collection[date]

    def add(self, start: datetime, duration: timedelta) -> datetime:
        """The moment (aware UTC) by which `duration` of business time has passed since `start`.

        It lies inside working hours, and a duration that fills a day ends at that day's closing time.
        """
        left = duration
        for opening, closing in self._periods(start):
            if left <= closing - opening:
                return opening + left
            left -= closing - opening
        raise AssertionError("a calendar never ends")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The business time from `start` to `end`; zero when `end` is not later."""
        spent = timedelta()
        for opening, closing in self._periods(start):
            if opening >= end:
                return spent
            spent += min(closing, end) - opening
        raise AssertionError("a calendar never ends")

    def _periods(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Working periods from `start` on in UTC, the first one cut at `start`."""
        zone = ZoneInfo(self.hours.time_zone)
        day = start.astimezone(zone).date()
        while True:
            hours = self.hours.week.get(_WEEKDAYS[day.weekday()])
            if hours and day not in self.holidays:
                opening, closing = (datetime.combine(day, time.fromisoformat(at), zone).astimezone(UTC) for at in hours)
                if closing > start:
                    yield max(opening, start), closing
            day += _ONE_DAY
