"""Reports as supervisors see them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import Field

from helpdesk.actions.read_reports import Summary
from helpdesk.edge.desk_models import Person
from helpdesk.edge.fields import Day, PriorityName, Request, TopicName, View
from helpdesk.model.export import Export, ExportState
from helpdesk.model.figures import FIRST_RESPONSE, RESOLUTION, percentile
from helpdesk.model.jalali import jalali

_MEDIAN, _P90 = 0.5, 0.9


class Times(View):
    """Seconds of business time for which tickets waited for us, right to a twentieth; null where none was counted."""

    median: int | None
    p90: int | None

    @classmethod
    def of(cls, counts: Mapping[str, int], name: str) -> Self:
        """The times counted under this name."""
        return cls(median=percentile(counts, name, _MEDIAN), p90=percentile(counts, name, _P90))


class Figures(View):
    """What was counted; a ticket that was opened again is resolved again.

    `satisfaction` is the mean of the ratings (1 to 5), null where nobody rated.
    """

    opened: int
    answered: int
    resolved: int
    breached: int
    response_breached: int
    resolution_breached: int
    first_response: Times
    resolution: Times
    rated: int
    satisfaction: float | None

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Self:
        """The figures of some counters."""
        plain = ("opened", "answered", "resolved", "breached", "response_breached", "resolution_breached", "rated")
        rated = counts.get("rated", 0)
        return cls(
            **{name: counts.get(name, 0) for name in plain},
            first_response=Times.of(counts, FIRST_RESPONSE),
            resolution=Times.of(counts, RESOLUTION),
            satisfaction=round(counts["score"] / rated, 2) if rated else None,
        )


class DayFigures(View):
    """One local day by both calendars, such as 2026-11-23 and 1405-09-02; `unsolved` is the backlog at its end."""

    day: date
    jalali: str
    unsolved: int
    figures: Figures


class TopicFigures(View):
    """What concerned one topic."""

    name: TopicName
    figures: Figures


class PriorityFigures(View):
    """What concerned one priority."""

    name: PriorityName
    figures: Figures


class AgentFigures(View):
    """What one member of staff did, or what happened to the tickets in those hands."""

    agent: Person
    figures: Figures


class Backlog(View):
    """How many tickets are not solved at this moment."""

    topic: TopicName
    priority: PriorityName
    unsolved: int


class SummaryView(View):
    """The figures of a period of local days, and the backlog of this moment."""

    whole: Figures
    days: list[DayFigures]
    topics: list[TopicFigures]
    priorities: list[PriorityFigures]
    agents: list[AgentFigures]
    backlog: list[Backlog]

    @classmethod
    def of(cls, summary: Summary) -> Self:
        """The summary as shown."""
        return cls(
            whole=Figures.of(summary.whole),
            days=[
                DayFigures(day=day, jalali=jalali(day), unsolved=summary.unsolved[day], figures=Figures.of(counts))
                for day, counts in summary.days.items()
            ],
            topics=[TopicFigures(name=name, figures=Figures.of(counts)) for name, counts in summary.topics.items()],
            priorities=[
                PriorityFigures(name=name, figures=Figures.of(counts)) for name, counts in summary.priorities.items()
            ],
            agents=[
                AgentFigures(agent=Person(id=id_, name=summary.names.get(id_, "")), figures=Figures.of(counts))
                for id_, counts in summary.agents.items()
            ],
            backlog=[
                Backlog(topic=topic, priority=priority, unsolved=unsolved)
                for (topic, priority), unsolved in summary.backlog.items()
            ],
        )


class NewExport(Request):
    """The tickets opened from one local day to another, at most 92."""

    first: Annotated[Day, Field(alias="from")]
    last: Annotated[Day, Field(alias="to")]


class ExportView(View):
    """How far an export is."""

    id: str
    state: ExportState
    rows: int

    @classmethod
    def of(cls, export: Export, now: datetime) -> Self:
        """The export as shown."""
        return cls(id=export.id, state=export.state_at(now), rows=export.rows)
