"""Tickets: their item, its places in the indexes, and the lists that read them."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from helpdesk.model.errors import InvalidError, NotFoundError
from helpdesk.model.message import Message
from helpdesk.model.people import ERASED
from helpdesk.model.ticket import Status, Ticket
from helpdesk.store import keys
from helpdesk.store.codec import Item, encode, from_item, timestamp, to_item
from helpdesk.store.table import Table, Write


class NumberTakenError(Exception):
    """Another ticket has the number that was drawn."""


class StaleTicketError(Exception):
    """Somebody changed the ticket since it was read."""


class AlreadyReadError(Exception):
    """The customer has read that far before."""


def creation(desk: Table, ticket: Ticket) -> Write:
    """A new ticket; its number must be free."""
    return desk.put(_item(ticket), refusal=lambda _: NumberTakenError())


def change(desk: Table, ticket: Ticket) -> Write:
    """The next state of a ticket, decided on the version before it."""
    return desk.put(
        _item(ticket),
        condition="version = :read",
        values={":read": encode(ticket.version - 1)},
        refusal=lambda _: StaleTicketError(),
    )


def owner_check(desk: Table, number: str, customer_id: str) -> Write:
    """The ticket that a new one refers to is the customer's own; another's is refused like one that is not there."""
    return desk.check(
        keys.ticket(number),
        "customer_id = :owner",
        values={":owner": encode(customer_id)},
        refusal=lambda _: InvalidError("refers_to", "unknown_ticket"),
    )


def read_mark(desk: Table, number: str, customer_id: str, message_id: str) -> Write:
    """How far the customer has read; never moved back, and no other's ticket."""
    return desk.update(
        keys.ticket(number),
        "SET read_id = :read, version = version + :one",
        condition="customer_id = :owner AND (attribute_not_exists(read_id) OR read_id < :read)",
        values={":read": encode(message_id), ":owner": encode(customer_id), ":one": encode(1)},
        refusal=_unread_refusal(customer_id),
    )


def _unread_refusal(customer_id: str) -> Callable[[Item], Exception]:
    def refusal(item: Item) -> Exception:
        is_own = item.get("customer_id") == encode(customer_id)
        return AlreadyReadError() if is_own else NotFoundError()

    return refusal


def erasure(desk: Table, number: str) -> Write:
    """The ticket without what tells of its customer; whoever decides on the version before has to read again."""
    return desk.update(
        keys.ticket(number),
        "SET subject = :erased, customer_name = :erased, version = version + :one REMOVE rating_comment",
        condition="attribute_exists(pk)",
        values={":erased": encode(ERASED), ":one": encode(1)},
        refusal=lambda _: NotFoundError(),
    )


def numbers_of_customer(desk: Table, customer_id: str) -> Iterator[str]:
    """Numbers of all tickets of a customer, page by page as they are asked for."""
    owned = {":owner": keys.customer_tickets(customer_id), ":profile": keys.PROFILE_SORT}
    for item in desk.query_whole("gsi1pk = :owner AND gsi1sk < :profile", owned, index="gsi1"):
        yield item["number"]["S"]


def list_collection(desk: Table, number: str) -> Iterator[Item]:
    """Everything that stands under a ticket: itself, its messages, notes and events."""
    return desk.query_whole("pk = :ticket", {":ticket": keys.ticket_partition(number)})


def find(desk: Table, number: str) -> Ticket | None:
    """The ticket of this number, as it stands now."""
    item = desk.get(keys.ticket(number))
    return from_item(Ticket, item) if item else None


def find_with_messages(desk: Table, number: str, limit: int) -> tuple[Ticket | None, list[Message], Item | None]:
    """A ticket with its newest public messages, newest first, by one Query."""
    items, end = desk.query(
        "pk = :ticket AND sk >= :messages",
        {":ticket": keys.ticket_partition(number), ":messages": keys.MESSAGES_FROM},
        limit=limit + 1,
        newest_first=True,
    )
    return _ticket_and_messages(items, end)


def find_with_timeline(desk: Table, number: str, limit: int) -> tuple[Ticket | None, list[Message], Item | None]:
    """A ticket with its newest messages and internal notes, newest first, by one Query."""
    items, end = desk.query(
        "pk = :ticket AND lsi1sk >= :messages",
        {":ticket": keys.ticket_partition(number), ":messages": keys.MESSAGES_FROM},
        index="lsi1",
        limit=limit + 1,
        newest_first=True,
    )
    return _ticket_and_messages(items, end)


def _ticket_and_messages(items: list[Item], end: Item | None) -> tuple[Ticket | None, list[Message], Item | None]:
    if not items or items[0]["sk"]["S"] != keys.TICKET_SORT:
        return None, [], None
    return from_item(Ticket, items[0]), [from_item(Message, item) for item in items[1:]], end


def list_of_customer(
    desk: Table, customer_id: str, status: Status | None, limit: int, start: Item | None
) -> tuple[list[Ticket], Item | None]:
    """A page of a customer's tickets, last activity first."""
    if status is None:
        index, partition = "gsi1", keys.customer_tickets(customer_id)
    else:
        index, partition = "gsi2", keys.customer_tickets_of_status(customer_id, status)
    items, end = desk.query(
        f"{index}pk = :owner AND {index}sk < :profile",
        {":owner": partition, ":profile": keys.PROFILE_SORT},
        index=index,
        limit=limit,
        newest_first=True,
        start=start,
    )
    return [from_item(Ticket, item) for item in items], end


def list_of_queue(desk: Table, index: str, partition: str, limit: int, after: str | None) -> list[tuple[str, Ticket]]:
    """The most pressing tickets of one queue partition, each with its place; one more than `limit` if there are."""
    condition, values = f"{index}pk = :queue", {":queue": partition}
    if after:
        condition += f" AND {index}sk > :after"
        values[":after"] = after
    items, _ = desk.query(condition, values, index=index, limit=limit + 1)
    return [(item[f"{index}sk"]["S"], from_item(Ticket, item)) for item in items]


def numbers_in_hand(desk: Table, assignee_id: str, topics: Iterable[str]) -> Iterator[str]:
    """Numbers of an agent's tickets that are not closed, page by page as they are asked for."""
    for partition in (*(keys.assigned_queue(assignee_id, topic) for topic in topics), keys.held(assignee_id)):
        for item in desk.query_whole("gsi4pk = :hand", {":hand": partition}, index="gsi4"):
            yield item["number"]["S"]


def list_opened(desk: Table, day: date, shard: int) -> list[tuple[str, str]]:
    """When the tickets of one shard were opened on a local day (as text that sorts), and their numbers."""
    items = desk.query_whole("gsi2pk = :opened", {":opened": keys.opened_on(day, shard)}, index="gsi2")
    return [(item["gsi2sk"]["S"], item["ticket_number"]["S"]) for item in items]


def list_run_out(desk: Table, shard: int, now: datetime) -> Iterator[str]:
    """Numbers of the tickets of one shard for which something is due by now, longest due first, page by page."""
    due = {":clocks": keys.clocks(shard), ":now": timestamp(now)}
    for item in desk.query_whole("gsi5pk = :clocks AND gsi5sk < :now", due, index="gsi5"):
        yield item["number"]["S"]


def _item(ticket: Ticket) -> Item:
    places = {name: encode(value) for name, value in _index_places(ticket).items()}
    return {**keys.ticket(ticket.number), **to_item(ticket), **places}


def _index_places(ticket: Ticket) -> dict[str, str]:
    """Where the ticket stands in each index: in the queues and the clocks when due, in a hand unless closed."""
    activity = f"{timestamp(ticket.last_activity_at)}#{ticket.number}"
    places = {
        "lsi1sk": keys.TICKET_SORT,
        "gsi1pk": keys.customer_tickets(ticket.customer_id),
        "gsi1sk": activity,
        "gsi2pk": keys.customer_tickets_of_status(ticket.customer_id, ticket.status),
        "gsi2sk": activity,
    }
    if ticket.clocks.response_due_at is not None:
        due = f"{timestamp(ticket.clocks.response_due_at)}#{ticket.number}"
        assigned = ticket.assignee_id and keys.assigned_queue(ticket.assignee_id, ticket.topic)
        places |= {
            "gsi3pk": keys.queue(ticket.topic, ticket.shard),
            "gsi3sk": due,
            "gsi4pk": assigned or keys.unassigned_queue(ticket.topic, ticket.shard),
            "gsi4sk": due,
        }
    elif ticket.assignee_id is not None and ticket.status != Status.CLOSED:
        places |= {"gsi4pk": keys.held(ticket.assignee_id), "gsi4sk": activity}
    if ticket.next_alarm_at is not None:
        places |= {"gsi5pk": keys.clocks(ticket.shard), "gsi5sk": f"{timestamp(ticket.next_alarm_at)}#{ticket.number}"}
    return places
