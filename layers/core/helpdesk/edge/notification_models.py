"""In-app notifications as a customer sees them."""

from datetime import datetime
from typing import Self

from helpdesk.edge.fields import Id, Request, View
from helpdesk.store.inbox import Notification


class NotificationView(View):
    """That something happened; `type` is the kind of event, and the number is empty where it was to no ticket."""

    id: str
    type: str
    ticket_number: str
    created_at: datetime

    @classmethod
    def of(cls, notification: Notification) -> Self:
        """The notification as shown."""
        return cls.model_validate(notification)


class NotificationPage(View):
    """A page of notifications, newest first; `unread` stands on the first page and is null on further ones."""

    items: list[NotificationView]
    next_cursor: str | None
    unread: int | None


class NotificationsRead(Request):
    """The newest notification that was seen."""

    up_to: Id


class Unread(View):
    """How many notifications are unread."""

    unread: int
