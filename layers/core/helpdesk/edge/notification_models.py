"""In-app notifications as a customer sees them."""

from datetime import datetime
from typing import Self

from pydantic import model_validator

from helpdesk.edge.fields import Id, Request, TicketNumber, View
from helpdesk.model.event import EventType
from helpdesk.store.inbox import Inbox, Notification


class NotificationView(View):
    """That something happened; `type` is the kind of event, and the number is empty where it was to no ticket."""

    id: str
    type: EventType
    ticket_number: str
    subject: str
    created_at: datetime
    is_read: bool

    @classmethod
    def of(cls, notification: Notification, inbox: Inbox) -> Self:
        """The notification as shown."""
        return cls(
            id=notification.id,
            type=notification.type,
            ticket_number=notification.ticket_number,
            subject=notification.subject,
            created_at=notification.created_at,
            is_read=inbox.has_read(notification),
        )


class NotificationPage(View):
    """A page of notifications, newest first; `unread` stands on the first page and is null on further ones."""

    items: list[NotificationView]
    next_cursor: str | None
    unread: int | None


class NotificationsRead(Request):
    """The newest notification that was seen, or a ticket whose notifications were all seen with it."""

    up_to: Id | None = None
    ticket_number: TicketNumber | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.up_to is None) == (self.ticket_number is None):
            raise ValueError("one_of_both")
        return self


class Unread(View):
    """How many notifications are unread."""

    unread: int
