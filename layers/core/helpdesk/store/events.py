"""Events: the history of a ticket, and the outbox until the relay has published them."""

from datetime import date, datetime, timedelta

from helpdesk.model.correlation import CORRELATION, correlation
from helpdesk.model.errors import BusyError
from helpdesk.model.event import Event
from helpdesk.model.people import ERASED, Kind
from helpdesk.store import keys
from helpdesk.store.codec import Item, encode, epoch, from_item, timestamp, to_item
from helpdesk.store.table import Table, Write

LONE_LIFETIME = timedelta(days=90)
"""Of an event that belongs to no ticket's history; as long as the ledger says what became of it."""


class UndecodableEventError(Exception):
    """The item is no event that this code knows."""


class EventGoneError(Exception):
    """There is no such event in the table any more."""


class AlreadyRelayedError(Exception):
    """The event has been published meanwhile."""


def creation(desk: Table, event: Event, shard: int, opened_on: date | None = None) -> Write:
    """An event that waits to be relayed.

    Args:
        opened_on: the local day on which it opened a ticket, under which exports find it.
    """
    item = {
        **_item(event, shard, opened_on),
        "gsi5pk": encode(keys.outbox(shard)),
        "gsi5sk": encode(f"{timestamp(event.at)}#{event.id}"),
    }
    if correlation.id:
        item[CORRELATION] = encode(correlation.id)  # for the logs alone: no part of the event, nor of its hash
    if not event.ticket_number:
        item["expires_at"] = epoch(event.at + LONE_LIFETIME)
    return desk.put(item, refusal=lambda _: BusyError())


def record(desk: Table, event: Event, shard: int, opened_on: date | None, now: datetime) -> Write:
    """An event of a history that happened elsewhere: it never stands in the outbox, and nobody is told."""
    item = {**_item(event, shard, opened_on), "imported_at": encode(now)}
    return desk.put(item, refusal=lambda _: BusyError())


def _item(event: Event, shard: int, opened_on: date | None) -> Item:
    item = {**_key(event), **to_item(event)}
    if opened_on is not None:
        place = f"{timestamp(event.at)}#{event.ticket_number}"
        item |= {"gsi2pk": encode(keys.opened_on(opened_on, shard)), "gsi2sk": encode(place)}
    return item


def _key(event: Event) -> Item:
    return keys.event(event.ticket_number, event.id) if event.ticket_number else keys.lone_event(event.id)


def erasure(desk: Table, event: Event) -> Write:
    """The event of a customer without the name, which its hash leaves out."""
    return desk.update(
        _key(event),
        "SET actor.#name = :erased",
        condition="actor.kind = :customer",
        values={":erased": encode(ERASED), ":customer": encode(Kind.CUSTOMER)},
        names={"#name": "name"},
        refusal=lambda _: EventGoneError(),
    )


def from_image(image: Item) -> Event:
    """The event that an item of the table or its stream holds.

    Raises:
        UndecodableEventError: it holds none that this code knows.
    """
    try:
        return from_item(Event, image)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UndecodableEventError(type(error).__name__) from error


def correlation_of(image: Item) -> str:
    """The request in which the event of an item happened, empty where none is known."""
    return str(image[CORRELATION]["S"]) if CORRELATION in image else ""


def relayed(desk: Table, event: Event, now: datetime) -> Write:
    """The event out of the outbox; doing it twice changes nothing."""
    return desk.update(
        _key(event),
        "SET relayed_at = if_not_exists(relayed_at, :now) REMOVE gsi5pk, gsi5sk",
        condition="attribute_exists(pk)",
        values={":now": encode(now)},
        refusal=lambda _: EventGoneError(),
    )


def parking(desk: Table, image: Item, reason: str, now: datetime) -> Write:
    """The whole event, as it came in, among what waits for an operator instead of in the outbox.

    `unparking` lets the sweeper try again.
    """
    place = f"{timestamp(now)}#{image['sk']['S']}"
    marks = {"gsi5pk": encode(keys.parked()), "gsi5sk": encode(place), "parked_reason": encode(reason)}
    return desk.put(
        {**image, **marks}, condition="attribute_not_exists(relayed_at)", refusal=lambda _: AlreadyRelayedError()
    )


def find_parked(desk: Table, event_id: str) -> Item | None:
    """The item of a parked event, among whatever is parked."""
    parked = desk.query_whole("gsi5pk = :parked", {":parked": keys.parked()}, index="gsi5")
    return next((item for item in parked if item["sk"]["S"] == f"EVENT#{event_id}"), None)


def unparking(desk: Table, image: Item) -> Write:
    """The event in the outbox again, for the sweeper's next minute."""
    return desk.update(
        {"pk": image["pk"], "sk": image["sk"]},
        "SET gsi5pk = :outbox, gsi5sk = :place REMOVE parked_reason",
        condition="gsi5pk = :parked",
        values={
            ":outbox": encode(keys.outbox(0)),
            ":parked": encode(keys.parked()),
            ":place": encode(image["gsi5sk"]["S"]),
        },
        refusal=lambda _: AlreadyRelayedError(),
    )


def dismissal(desk: Table, image: Item) -> Write:
    """The parked event off the operators' list, and never published; its reason stays."""
    return desk.update(
        {"pk": image["pk"], "sk": image["sk"]},
        "REMOVE gsi5pk, gsi5sk",
        condition="gsi5pk = :parked",
        values={":parked": encode(keys.parked())},
        refusal=lambda _: AlreadyRelayedError(),
    )


def count_parked(desk: Table, most: int) -> int:
    """How many items of whatever kind wait for an operator, counted up to `most`."""
    items, _ = desk.query("gsi5pk = :parked", {":parked": keys.parked()}, index="gsi5", limit=most)
    return len(items)


def waiting_since(image: Item) -> datetime:
    """Since when the event of an item of the outbox waits."""
    return datetime.fromisoformat(image["gsi5sk"]["S"].partition("#")[0])


def list_unrelayed(desk: Table, shard: int, before: datetime, limit: int) -> list[Item]:
    """Images of the events of one shard that wait since before the given moment, oldest first."""
    items, _ = desk.query(
        "gsi5pk = :outbox AND gsi5sk < :before",
        {":outbox": keys.outbox(shard), ":before": timestamp(before)},
        index="gsi5",
        limit=limit,
    )
    return items


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
