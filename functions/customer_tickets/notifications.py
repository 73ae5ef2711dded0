"""Routes of a customer's in-app notifications."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from customer_tickets.services import cursors, office
from helpdesk.actions import read_inbox
from helpdesk.edge.fields import Cursor, Limit
from helpdesk.edge.gateway import caller
from helpdesk.edge.notification_models import NotificationPage, NotificationsRead, NotificationView, Unread

router = Router()


@router.get("/notifications", tags=["notifications"], summary="My notifications, newest first")
def list_mine(limit: Limit = 20, cursor: Cursor = None) -> NotificationPage:
    """A page of the caller's notifications; the first one says how many are unread."""
    customer, query = caller(router), "notifications"
    start = cursors.open(cursor, customer.account_id, query)
    summary, notifications, end = read_inbox.list_notifications(office, customer, limit, start)
    return NotificationPage(
        items=[NotificationView.of(notification) for notification in notifications],
        next_cursor=cursors.seal(end, customer.account_id, query),
        unread=summary.unread if summary else None if cursor else 0,
    )


@router.post("/notifications/read", tags=["notifications"], summary="Mark notifications as read")
def mark_read(mark: NotificationsRead) -> Unread:
    """Everything up to this notification was seen."""
    return Unread(unread=read_inbox.mark_notifications_read(office, caller(router), mark.up_to))
