"""Counters of the reports: by local day, topic, priority and agent; and how many tickets are not solved."""

from collections.abc import Mapping
from datetime import date

from helpdesk.model.figures import Cell
from helpdesk.store import keys
from helpdesk.store.codec import Item, encode
from helpdesk.store.table import Table, Write

_KEYS = ("pk", "sk")


def increments(desk: Table, day: date, cell: Cell, counts: Mapping[str, int]) -> Write:
    """So much more of each of these counters."""
    return _more(desk, keys.report_counters(day, cell.topic, cell.priority, cell.agent_id), counts)


def backlog_change(desk: Table, topic: str, priority: str, step: int) -> Write:
    """So many more unsolved tickets."""
    return _more(desk, keys.report_backlog(topic, priority), {"unsolved": step})


def _more(desk: Table, key: Item, counts: Mapping[str, int]) -> Write:
    names = {f"#n{n}": name for n, name in enumerate(counts)}
    values = {f":n{n}": encode(number) for n, number in enumerate(counts.values())}
    additions = ", ".join(f"#n{n} :n{n}" for n in range(len(counts)))
    return desk.update(key, f"ADD {additions}", values=values, names=names)


def list_cells(desk: Table, day: date) -> list[tuple[Cell, Mapping[str, int]]]:
    """All that was counted on a local day; one request."""
    items = desk.query_whole("pk = :day", {":day": keys.report_partition(day)})
    return [(_cell(item), _counts(item)) for item in items]


def list_backlog(desk: Table) -> dict[tuple[str, str], int]:
    """How many tickets are not solved, by topic and priority; one request."""
    items = desk.query_whole("pk = :backlog", {":backlog": keys.REPORT_BACKLOG})
    return {_places(item): _counts(item)["unsolved"] for item in items}


def _cell(item: Item) -> Cell:
    topic, priority, agent_id = item["sk"]["S"].split("#")
    return Cell(topic, priority, agent_id)


def _places(item: Item) -> tuple[str, str]:
    topic, priority = item["sk"]["S"].split("#")
    return topic, priority


def _counts(item: Item) -> dict[str, int]:
    return {name: int(value["N"]) for name, value in item.items() if name not in _KEYS}
