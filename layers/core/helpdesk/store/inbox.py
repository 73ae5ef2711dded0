"""A customer's in-app notifications and how many of them are unread."""

from dataclasses import dataclass
from datetime import datetime

from helpdesk.store import keys
from helpdesk.store.codec import Item, encode, from_item, to_item
from helpdesk.store.table import Table, Write


@dataclass(frozen=True, slots=True)
class Notification:
    """What a customer is told inside the panel; `id` is that of the event behind it."""

    id: str
    type: str
    ticket_number: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Inbox:
    """The summary: how many notifications came since the newest one that was read."""

    unread: int = 0
    read_to: str = ""


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
    """The summary, and how many notifications came behind the given one, counted up to `most`; one Query."""
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
    return from_item(Inbox, summary), sum(item["id"]["S"] > read_to for item in newer)


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
