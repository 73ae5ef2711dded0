"""How every migration goes: the table page by page at a steady pace, with a checkpoint behind each page.

Reading the whole table is an operator's right, and no function's. A step is conditional on the old form, so what live
code wrote meanwhile stands, and doing it again changes nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from helpdesk.store import keys
from helpdesk.store.codec import Item, encode, from_item, to_item
from helpdesk.store.table import Table, Write

_PAGE = 100

type Step = Callable[[Table, Item], Write | None]
"""From an item to the write that brings it into the new form; None for one that has it, or is none of its kind."""


class MovedError(Exception):
    """Live code changed the item meanwhile, and so wrote the new form, or deleted it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a migration is.

    Args:
        after_pk: key behind which it goes on, as is `after_sk`; None at the beginning and at the end.
        done_at: when it came to the end.
    """

    began_at: datetime
    seen: int = 0
    changed: int = 0
    after_pk: str | None = None
    after_sk: str | None = None
    done_at: datetime | None = None

    @property
    def start(self) -> Item | None:
        """Where the next page begins."""
        if self.after_pk is None or self.after_sk is None:
            return None
        return {"pk": encode(self.after_pk), "sk": encode(self.after_sk)}

    def behind(self, seen: int, changed: int, last: Item | None, now: datetime) -> Self:
        """The progress behind one more page."""
        return replace(
            self,
            seen=self.seen + seen,
            changed=self.changed + changed,
            after_pk=last["pk"]["S"] if last else None,
            after_sk=last["sk"]["S"] if last else None,
            done_at=None if last else now,
        )


def find_progress(desk: Table, name: str) -> Progress | None:
    """How far the migration of this name is; None before its first page."""
    item = desk.get(keys.migration(name))
    return from_item(Progress, item) if item else None


def migrate(
    desk: Table,
    name: str,
    step: Step,
    progress: Progress,
    pace: float,
    clock: Callable[[], datetime],
    sleep: Callable[[float], None],
) -> Iterator[Progress]:
    """Go on from `progress`, page by page; each page's progress is written down before it is given.

    Args:
        pace: read capacity units a second, on the average.
    """
    while progress.done_at is None:
        items, last, units = _page(desk, progress.start)
        changed = sum(_apply(desk, step, item) for item in items)
        progress = progress.behind(len(items), changed, last, clock())
        desk.client.put_item(TableName=desk.name, Item={**keys.migration(name), **to_item(progress)})
        yield progress
        sleep(units / pace)


def count(desk: Table, step: Step, pace: float, sleep: Callable[[float], None]) -> int:
    """How many items would be changed; nothing is written."""
    start, found = None, 0
    while True:
        items, start, units = _page(desk, start)
        found += sum(step(desk, item) is not None for item in items)
        if start is None:
            return found
        sleep(units / pace)


def _page(desk: Table, start: Item | None) -> tuple[list[Item], Item | None, float]:
    request = {"TableName": desk.name, "Limit": _PAGE, "ReturnConsumedCapacity": "TOTAL"}
    answer = desk.client.scan(**request, **({"ExclusiveStartKey": start} if start else {}))
    return answer["Items"], answer.get("LastEvaluatedKey"), answer["ConsumedCapacity"]["CapacityUnits"]


def _apply(desk: Table, step: Step, item: Item) -> bool:
    write = step(desk, item)
    if write is None:
        return False
    try:
        desk.apply(write)
    except MovedError:
        return False
    return True
