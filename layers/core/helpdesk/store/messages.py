"""Messages and internal notes of a ticket."""

from helpdesk.model.errors import BusyError
from helpdesk.model.message import Message, Visibility
from helpdesk.model.people import ERASED, Kind
from helpdesk.store import keys
from helpdesk.store.codec import Item, encode, from_item, to_item
from helpdesk.store.table import Table, Write


def creation(desk: Table, message: Message) -> Write:
    """A message at its place: notes stand where no query for a customer looks."""
    item = {**place_of(message), **to_item(message), "lsi1sk": encode(keys.message_sort(message.id))}
    return desk.put(item, refusal=lambda _: BusyError())


def place_of(message: Message) -> Item:
    """The key that a message must have."""
    key = keys.note if message.visibility == Visibility.INTERNAL else keys.message
    return key(message.ticket_number, message.id)


def erasure(desk: Table, message: Message) -> Write:
    """What was said goes, and the customer's name; id, time and side stay, and so does a sound history."""
    name = ERASED if message.author.kind == Kind.CUSTOMER else message.author.name
    return desk.update(
        place_of(message),
        "SET body = :nothing, salt = :nothing, attachments = :none, author.#name = :name",
        condition="attribute_exists(pk)",
        values={":nothing": encode(""), ":none": encode(()), ":name": encode(name)},
        names={"#name": "name"},
        refusal=lambda _: BusyError(),
    )


def list_public(desk: Table, number: str, limit: int, start: Item | None) -> tuple[list[Message], Item | None]:
    """A page of what the customer may read, newest first."""
    items, end = desk.query(
        "pk = :ticket AND begins_with(sk, :messages)",
        {":ticket": keys.ticket_partition(number), ":messages": keys.message_sort("")},
        limit=limit,
        newest_first=True,
        start=start,
    )
    return [from_item(Message, item) for item in items], end


def list_timeline(desk: Table, number: str, limit: int, start: Item | None) -> tuple[list[Message], Item | None]:
    """A page of messages and notes, newest first."""
    items, end = desk.query(
        "pk = :ticket AND begins_with(lsi1sk, :messages)",
        {":ticket": keys.ticket_partition(number), ":messages": keys.message_sort("")},
        index="lsi1",
        limit=limit,
        newest_first=True,
        start=start,
    )
    return [from_item(Message, item) for item in items], end


def list_newer(desk: Table, number: str, after: str, limit: int) -> list[Message]:
    """Public messages behind the given one, oldest first."""
    items, _ = desk.query(
        "pk = :ticket AND sk BETWEEN :after AND :last",
        {
            ":ticket": keys.ticket_partition(number),
            ":after": keys.message_sort(after),
            ":last": keys.message_sort("Z"),
        },
        limit=limit,
    )
    messages = (from_item(Message, item) for item in items)
    return [message for message in messages if message.id > after]
