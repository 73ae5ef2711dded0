"""Events: the history of a ticket, and the outbox until the relay has published them."""

from datetime import datetime

from helpdesk.model.errors import BusyError
from helpdesk.model.event import Event
from helpdesk.store import keys
from helpdesk.store.codec import Item, encode, from_item, timestamp, to_item
from helpdesk.store.table import Table, Write


def creation(desk: Table, event: Event, shard: int) -> Write:
    """An event that waits to be relayed."""
    item = {
        **keys.event(event.ticket_number, event.id),
        **to_item(event),
        "gsi5pk": encode(keys.outbox(shard)),
        "gsi5sk": encode(f"{timestamp(event.at)}#{event.id}"),
    }
    return desk.put(item, refusal=lambda _: BusyError())


def relayed(desk: Table, event: Event, now: datetime) -> Write:
    """The event out of the outbox; doing it twice changes nothing."""
    return desk.update(
        keys.event(event.ticket_number, event.id),
        "SET relayed_at = if_not_exists(relayed_at, :now) REMOVE gsi5pk, gsi5sk",
        condition="attribute_exists(pk)",
        values={":now": encode(now)},
        refusal=lambda _: BusyError(),
    )


def list_unrelayed(desk: Table, shard: int, before: datetime, limit: int) -> list[Event]:
    """Events of one shard that wait since before the given moment, oldest first."""
    items, _ = desk.query(
        "gsi5pk = :outbox AND gsi5sk < :before",
        {":outbox": keys.outbox(shard), ":before": timestamp(before)},
        index="gsi5",
        limit=limit,
    )
    return [from_item(Event, item) for item in items]


def list_history(desk: Table, number: str, limit: int, start: Item | None) -> tuple[list[Event], Item | None]:
    """A page of a ticket's events, newest first."""
    items, end = desk.query(
        "pk = :ticket AND begins_with(sk, :events)",
        {":ticket": keys.ticket_partition(number), ":events": "EVENT#"},
        limit=limit,
        newest_first=True,
        start=start,
    )
    return [from_item(Event, item) for item in items], end
