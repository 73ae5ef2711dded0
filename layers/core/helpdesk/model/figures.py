"""What the reports count of events, and how they find a median again without having kept a single time.

Times go into buckets that grow by a tenth each: a median or percentile is right to a twentieth of itself, whatever the
number of tickets, and counters of many days and agents simply add up.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from math import log

from helpdesk.model.event import Event, EventType
from helpdesk.model.people import Kind
from helpdesk.model.ticket import Status
from helpdesk.model.ticket_changes import before_and_after

NOBODY = "-"
"""In the place of an agent's id: nobody of the staff did it, nor had the ticket."""

UNSOLVED = "unsolved"
FIRST_RESPONSE = "first_response"
RESOLUTION = "resolution"
_GROWTH = 1.1
_UNSOLVED = (Status.OPEN, Status.PENDING)
_COUNTED = {
    EventType.TICKET_OPENED: ("opened",),
    EventType.TICKET_ANSWERED: ("answered",),
    EventType.RESPONSE_BREACHED: ("breached", "response_breached"),
    EventType.RESOLUTION_BREACHED: ("breached", "resolution_breached"),
    EventType.TICKET_RATED: ("rated",),
}


@dataclass(frozen=True)
class Cell:
    """Of what something is counted."""

    topic: str
    priority: str
    agent_id: str


@dataclass(frozen=True)
class Counted:
    """What one event adds.

    Args:
        counts: name of a counter → how much more; times are counted as ``first_response#BUCKET``, and under `UNSOLVED`
            by how much the backlog grew.
        backlog: by topic and priority, how many more tickets are not solved.
    """

    cell: Cell
    counts: Mapping[str, int]
    backlog: Mapping[tuple[str, str], int]


def counted(event: Event) -> Counted:
    """What the reports count of an event."""
    backlog = _backlog(event)
    growth = sum(backlog.values())
    counts = _counts(event) | ({UNSOLVED: growth} if growth else {})
    return Counted(Cell(event.topic, event.priority, _agent(event)), counts, backlog)


def _agent(event: Event) -> str:
    """Whoever of the staff did it; of what happened to a ticket by itself, whoever had it."""
    return event.actor.id if event.actor.kind == Kind.AGENT else event.data.get("assignee_id", NOBODY)


def _counts(event: Event) -> dict[str, int]:
    counts = dict.fromkeys(_COUNTED.get(event.type, ()), 1)
    if event.type == EventType.TICKET_RATED:
        counts["score"] = int(event.data["score"])
    if seconds := event.data.get("first_response_seconds"):
        counts[f"{FIRST_RESPONSE}#{_bucket(int(seconds))}"] = 1
    if seconds := event.data.get("resolution_seconds"):
        counts |= {"resolved": 1, f"{RESOLUTION}#{_bucket(int(seconds))}": 1}
    return counts


def _backlog(event: Event) -> dict[tuple[str, str], int]:
    if event.type == EventType.TICKET_OPENED:
        return {(event.topic, event.priority): 1}
    topics = before_and_after(event.data.get("topic"), event.topic)
    priorities = before_and_after(event.data.get("priority"), event.priority)
    statuses = before_and_after(event.data.get("status"), event.data.get("status_now", ""))
    moves = Counter[tuple[str, str]]()
    for place, status, step in zip(zip(topics, priorities, strict=True), statuses, (-1, 1), strict=True):
        moves[place] += step if status in _UNSOLVED else 0
    return {place: step for place, step in moves.items() if step}


def _bucket(seconds: int) -> int:
    return round(log(max(seconds, 1), _GROWTH))


def percentile(counts: Mapping[str, int], name: str, share: float) -> int | None:
    """The time (seconds, right to a twentieth) within which this share of those counted under the name lies.

    Args:
        share: above 0, at most 1; a half is the median.
    """
    buckets = sorted(_buckets(counts, name))
    wanted, passed = share * sum(number for _, number in buckets), 0
    for bucket, number in buckets:
        passed += number
        if passed >= wanted:
            return round(_GROWTH**bucket)
    return None


def _buckets(counts: Mapping[str, int], name: str) -> Iterator[tuple[int, int]]:
    for counter, number in counts.items():
        kind, _, bucket = counter.partition("#")
        if bucket and kind == name:
            yield int(bucket), number


def total(parts: Iterable[Mapping[str, int]]) -> Counter[str]:
    """The counters of many cells as one."""
    together = Counter[str]()
    for part in parts:
        together.update(part)
    return together


def running_backlog(standing: int, days: Mapping[date, Mapping[str, int]]) -> dict[date, int]:
    """How many tickets were not solved when each day ended.

    Args:
        standing: how many were not before the first of them.
        days: what was counted on each, in their order, without a gap.
    """
    _, *ends = accumulate((counts.get(UNSOLVED, 0) for counts in days.values()), initial=standing)
    return dict(zip(days, ends, strict=True))
