"""Supervisors read the reports: from counters alone, never from tickets."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

from helpdesk.actions.agent_tickets import refuse_agents
from helpdesk.actions.office import Office
from helpdesk.model.errors import InvalidError
from helpdesk.model.export import days_between
from helpdesk.model.figures import NOBODY, Cell, running_backlog, total
from helpdesk.model.people import Session
from helpdesk.store import reports, staff

MOST_DAYS = 92
_PARALLEL = 16

type Counts = Mapping[str, int]
type CountedCells = list[tuple[Cell, Counts]]


@dataclass(frozen=True)
class Summary:
    """What was counted in a period, each time as a whole and by one of its sides.

    Args:
        agents: by id; what nobody of the staff did is not among them.
        names: of the agents.
        backlog: how many tickets are not solved at this moment, by topic and priority.
        unsolved: how many were not when each day ended.
    """

    whole: Counts
    days: Mapping[date, Counts]
    topics: Mapping[str, Counts]
    priorities: Mapping[str, Counts]
    agents: Mapping[str, Counts]
    names: Mapping[str, str]
    backlog: Mapping[tuple[str, str], int]
    unsolved: Mapping[date, int]


def read_summary(office: Office, supervisor: Session, first: date, last: date) -> Summary:
    """The figures of all local days from the first to the last; a request for each since the month began, and two more.

    Raises:
        ForbiddenError: reports are for supervisors.
        InvalidError: the period is empty or too long.
    """
    refuse_agents(supervisor)
    period = days_of_period(first, last)
    whole_months = days_between(first.replace(day=1), last)
    with ThreadPoolExecutor(_PARALLEL) as pool:
        found = dict(
            zip(whole_months, pool.map(lambda day: reports.list_cells(office.desk, day), whole_months), strict=True)
        )
    days = {day: total(counts for _, counts in cells) for day, cells in found.items()}
    backlog = reports.read_backlog(office.desk)
    unsolved = running_backlog(backlog.before_month_of(first), days)
    cells = [counted for day in period for counted in found[day]]
    agents = _by(cells, lambda cell: cell.agent_id)
    return Summary(
        whole=total(counts for _, counts in cells),
        days={day: days[day] for day in period},
        topics=_by(cells, lambda cell: cell.topic),
        priorities=_by(cells, lambda cell: cell.priority),
        agents={agent_id: counts for agent_id, counts in agents.items() if agent_id != NOBODY},
        names={member.id: member.name for member in staff.list_all(office.desk)},
        backlog=backlog.present,
        unsolved={day: unsolved[day] for day in period},
    )


def days_of_period(first: date, last: date) -> list[date]:
    """Every local day of a period.

    Raises:
        InvalidError: it is empty or too long.
    """
    if last < first:
        raise InvalidError("to", "period_order")
    if (last - first).days >= MOST_DAYS:
        raise InvalidError("to", "period_length")
    return days_between(first, last)


def _by(cells: CountedCells, side: Callable[[Cell], str]) -> dict[str, Counts]:
    sides: Iterable[str] = sorted({side(cell) for cell, _ in cells})
    return {name: total(counts for cell, counts in cells if side(cell) == name) for name in sides}
