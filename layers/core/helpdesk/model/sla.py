"""The two clocks of a ticket, in business time: until the next answer, and until the solution."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from helpdesk.model.calendar import BusinessCalendar
from helpdesk.model.rules import Priority


@dataclass(frozen=True)
class Clocks:
    """Starts and ends of a ticket's clocks (aware UTC); a clock that stands has no end.

    Args:
        waiting_since: the first customer message since our last public answer.
        response_due_at: when the next answer is due; the queue is ordered by it.
        resolution_since: since when the resolution clock runs; it stops while the customer has the word.
        resolution_spent: seconds of business time it ran before that.
        response_breached_at: when a missed answer was noticed, so that it is told once.
        resolution_breached_at: the same for the solution.
    """

    waiting_since: datetime | None = None
    response_due_at: datetime | None = None
    response_breached_at: datetime | None = None
    resolution_since: datetime | None = None
    resolution_spent: int = 0
    resolution_due_at: datetime | None = None
    resolution_breached_at: datetime | None = None

    @property
    def next_alarm_at(self) -> datetime | None:
        """The earliest due time of a running clock that nobody has been told of."""
        response = None if self.response_breached_at else self.response_due_at
        resolution = None if self.resolution_breached_at else self.resolution_due_at
        return min((due for due in (response, resolution) if due), default=None)

    def is_response_late(self, now: datetime) -> bool:
        """Whether an answer was due by now, and nobody has been told."""
        return _is_late(self.response_due_at, self.response_breached_at, now)

    def is_resolution_late(self, now: datetime) -> bool:
        """Whether the solution was due by now, and nobody has been told."""
        return _is_late(self.resolution_due_at, self.resolution_breached_at, now)


def _is_late(due_at: datetime | None, told_at: datetime | None, now: datetime) -> bool:
    return due_at is not None and due_at <= now and told_at is None


@dataclass(frozen=True)
class Sla:
    """Targets of the priorities, counted in the calendar's working hours."""

    calendar: BusinessCalendar
    priorities: Mapping[str, Priority]

    def waiting(self, clocks: Clocks, priority: str, now: datetime) -> Clocks:
        """The customer wrote: clocks that stood start now, running ones keep their start."""
        running = replace(
            clocks,
            waiting_since=clocks.waiting_since or now,
            resolution_since=clocks.resolution_since or now,
        )
        return self.recomputed(running, priority)

    def answered(self, clocks: Clocks, priority: str, now: datetime) -> Clocks:
        """We answered: both clocks stand, and the resolution clock keeps what it ran."""
        spent = clocks.resolution_spent
        if clocks.resolution_since is not None:
            spent += int(self.calendar.between(clocks.resolution_since, now).total_seconds())
        standing = replace(
            clocks, waiting_since=None, response_breached_at=None, resolution_since=None, resolution_spent=spent
        )
        return self.recomputed(standing, priority)

    def recomputed(self, clocks: Clocks, priority: str) -> Clocks:
        """Due times of this priority from the starts the clocks have."""
        target = self.priorities[priority]
        response_due, resolution_due = None, None
        if clocks.waiting_since is not None:
            response_due = self.calendar.add(clocks.waiting_since, timedelta(hours=target.first_response_hours))
        if clocks.resolution_since is not None:
            left = timedelta(hours=target.resolution_hours, seconds=-clocks.resolution_spent)
            resolution_due = self.calendar.add(clocks.resolution_since, max(left, timedelta()))
        return replace(clocks, response_due_at=response_due, resolution_due_at=resolution_due)
