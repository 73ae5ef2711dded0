"""Departures: written beside the staff directory, and gone when their tickets are back in the queue."""

from datetime import datetime

from helpdesk.model.departure import Departure
from helpdesk.model.errors import BusyError
from helpdesk.store import keys
from helpdesk.store.codec import Item, encode, from_item, timestamp, to_item
from helpdesk.store.table import Table, Write


def creation(desk: Table, departure: Departure) -> Write:
    """A departure that nobody has dealt with."""
    place = f"{timestamp(departure.at)}#{departure.staff_id}"
    item = {
        **_key(departure),
        **to_item(departure),
        "gsi5pk": encode(keys.DEPARTURES),
        "gsi5sk": encode(place),
    }
    return desk.put(item, refusal=lambda _: BusyError())


def end(desk: Table, departure: Departure) -> Write:
    """All of its tickets are back in the queue."""
    return desk.delete(_key(departure))


def list_open(desk: Table, before: datetime, limit: int) -> list[Departure]:
    """Those since before the given moment, oldest first."""
    items, _ = desk.query(
        "gsi5pk = :departures AND gsi5sk < :before",
        {":departures": keys.DEPARTURES, ":before": timestamp(before)},
        index="gsi5",
        limit=limit,
    )
    return [from_item(Departure, item) for item in items]


def _key(departure: Departure) -> Item:
    return keys.departure(departure.staff_id, timestamp(departure.at))
