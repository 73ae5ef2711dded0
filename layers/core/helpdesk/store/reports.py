"""Counters of the reports: by local day, topic, priority and agent; and how many tickets are not solved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from helpdesk.model.figures import UNSOLVED, Cell, total
from helpdesk.store import keys
from helpdesk.store.codec import Item, encode
from helpdesk.store.table import Table, Write

_KEYS = ("pk", "sk")


def increments(desk: Table, day: date, cell: Cell, counts: Mapping[str, int]) -> Write:
    """So much more of each of these counters."""
    return _more(desk, keys.report_counters(day, cell.topic, cell.priority, cell.agent_id), counts)


def backlog_change(desk: Table, day: date, topic: str, priority: str, step: int) -> Write:
    """So many more unsolved tickets at present, and by the month of the day."""
    return _more(desk, keys.report_backlog(topic, priority), {UNSOLVED: step, _month(day): step})


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _more(desk: Table, key: Item, counts: Mapping[str, int]) -> Write:
    names = {f"#n{n}": name for n, name in enumerate(counts)}
    values = {f":n{n}": encode(number) for n, number in enumerate(counts.values())}
    additions = ", ".join(f"#n{n} :n{n}" for n in range(len(counts)))
    return desk.update(key, f"ADD {additions}", values=values, names=names)


def list_cells(desk: Table, day: date) -> list[tuple[Cell, Mapping[str, int]]]:
    """All that was counted on a local day; one request."""
    items = desk.query_whole("pk = :day", {":day": keys.report_partition(day)})
    return [(_cell(item), _counts(item)) for item in items]


@dataclass(frozen=True)
class Backlog:
    """How many tickets are not solved, and how that came.

    Args:
        present: by topic and priority.
        growth: by month ("2026-11").
    """

    present: Mapping[tuple[str, str], int]
    growth: Mapping[str, int]

    def before_month_of(self, day: date) -> int:
        """How many were not solved when the month of this day began."""
        return sum(step for month, step in self.growth.items() if month < _month(day))


def read_backlog(desk: Table) -> Backlog:
    """How many tickets are not solved; one request."""
    items = list(desk.query_whole("pk = :backlog", {":backlog": keys.REPORT_BACKLOG}))
    growth = total(_counts(item) for item in items)
    del growth[UNSOLVED]
    return Backlog({_places(item): _counts(item)[UNSOLVED] for item in items}, growth)


def _cell(item: Item) -> Cell:
    topic, priority, agent_id = item["sk"]["S"].split("#")
    return Cell(topic, priority, agent_id)


def _places(item: Item) -> tuple[str, str]:
    topic, priority = item["sk"]["S"].split("#")
    return topic, priority


def _counts(item: Item) -> dict[str, int]:
    return {name: int(value["N"]) for name, value in item.items() if name not in _KEYS}
