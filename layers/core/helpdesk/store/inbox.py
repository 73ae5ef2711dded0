"""A customer's in-app notifications and how many of them are unread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from helpdesk.model.event import EventType
from helpdesk.store import keys
from helpdesk.store.codec import Item, encode, from_item, to_item
from helpdesk.store.table import Table, Write


@dataclass(frozen=True)
class Notification:
    """What a customer is told inside the panel.

    Args:
        id: that of the event behind it.
        subject: the ticket's, which never changes; empty where it happened to no ticket.
        is_read: it was read by itself, with its ticket; what `Inbox.read_to` covers is read too.
    """

    id: str
    type: EventType
    ticket_number: str
    created_at: datetime
    subject: str = ""
    is_read: bool = False


@dataclass(frozen=True)
class Inbox:
    """The summary: how many notifications came since the newest one that was read."""

    unread: int = 0
    read_to: str = ""

    def has_read(self, notification: Notification) -> bool:
        """Whether the customer has seen it."""
        return notification.is_read or notification.id <= self.read_to


def subject_of(desk: Table, ticket_number: str) -> str:
    """The subject of a ticket, empty where there is none; one request."""
    item = desk.get(keys.ticket(ticket_number)) if ticket_number else None
    return item["subject"]["S"] if item else ""


class AlreadyNotifiedError(Exception):
    """The customer has this notification."""


def creation(desk: Table, customer_id: str, notification: Notification) -> tuple[Write, Write]:
    """A notification and the count that goes with it."""
    item = {**keys.notification(customer_id, notification.id), **to_item(notification)}
    return (
        desk.put(item, refusal=lambda _: AlreadyNotifiedError()),
        desk.update(keys.inbox(customer_id), "ADD unread :one", values={":one": encode(1)}),
    )


def list_notifications(
    desk: Table, customer_id: str, limit: int, start: Item | None
) -> tuple[Inbox | None, list[Notification], Item | None]:
    """A page of notifications, newest first; the first page comes with the summary, by the same Query."""
    items, end = desk.query(
        "pk = :customer AND begins_with(sk, :notifications)",
        {":customer": keys.customer_partition(customer_id), ":notifications": keys.INBOX_FROM},
        limit=limit if start else limit + 1,
        newest_first=True,
        start=start,
    )
    summary = None
    if items and items[0]["sk"]["S"] == keys.INBOX_SORT:
        summary = from_item(Inbox, items.pop(0))
    return summary, [from_item(Notification, item) for item in items], end


def find_with_newer(desk: Table, customer_id: str, read_to: str, most: int) -> tuple[Inbox, int]:
    """The summary, and how many unread notifications came behind the given one, counted up to `most`; one Query."""
    items, _ = desk.query(
        "pk = :customer AND sk BETWEEN :read AND :summary",
        {
            ":customer": keys.customer_partition(customer_id),
            ":read": keys.notification_sort(read_to),
            ":summary": keys.INBOX_SORT,
        },
        limit=most,
        newest_first=True,
    )
    if not items:
        return Inbox(), 0
    summary, *newer = items
    return from_item(Inbox, summary), sum(item["id"]["S"] > read_to and not _is_read(item) for item in newer)


def _is_read(item: Item) -> bool:
    return "is_read" in item and bool(item["is_read"]["BOOL"])


def ticket_read(
    desk: Table, customer_id: str, notifications: Sequence[Notification], previous: Inbox
) -> tuple[Write, ...]:
    """These notifications read by themselves, if the summary is still the one they were counted with."""
    return (
        desk.update(
            keys.inbox(customer_id),
            "SET unread = :unread",
            condition="unread = :previous",
            values={":unread": encode(previous.unread - len(notifications)), ":previous": encode(previous.unread)},
            refusal=lambda _: InboxMovedError(),
        ),
        *(
            desk.update(
                keys.notification(customer_id, notification.id),
                "SET is_read = :read",
                values={":read": encode(value=True)},
            )
            for notification in notifications
        ),
    )


class InboxMovedError(Exception):
    """A notification came in, or another reader moved the mark, meanwhile."""


def read_mark(desk: Table, customer_id: str, read_to: str, unread: int, previous: Inbox) -> Write:
    """The mark moved on, if the summary is still the one it was counted from; before any notification there is none."""
    return desk.update(
        keys.inbox(customer_id),
        "SET unread = :unread, read_to = :read",
        condition="attribute_not_exists(unread) OR unread = :previous",
        values={":unread": encode(unread), ":read": encode(read_to), ":previous": encode(previous.unread)},
        refusal=lambda _: InboxMovedError(),
    )
