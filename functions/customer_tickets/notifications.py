"""Routes of a customer's in-app notifications."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from customer_tickets.services import cursors, office
from helpdesk.actions import read_inbox
from helpdesk.edge.fields import Cursor, Limit
from helpdesk.edge.gateway import caller
from helpdesk.edge.notification_models import NotificationPage, NotificationsRead, NotificationView, Unread
from helpdesk.store.inbox import Inbox

router = Router()


@router.get("/notifications", tags=["notifications"], summary="My notifications, newest first")
def list_mine(limit: Limit = 20, cursor: Cursor = None) -> NotificationPage:
    """A page of the caller's notifications; the first one says how many are unread."""
    customer, query = caller(router), "notifications"
    start = cursors.open(cursor, customer.account_id, query)
    read_to = start.pop("read_to")["S"] if start else ""
    summary, notifications, end = read_inbox.list_notifications(office, customer, limit, start)
    inbox = summary or Inbox(read_to=read_to)
    return NotificationPage(
        items=[NotificationView.of(notification, inbox) for notification in notifications],
        # only the first page comes with the summary: how far was read goes along
        next_cursor=cursors.seal(end and {**end, "read_to": {"S": inbox.read_to}}, customer.account_id, query),
        unread=None if cursor else inbox.unread,
    )


@router.post("/notifications/read", tags=["notifications"], summary="Mark notifications as read")
def mark_read(mark: NotificationsRead) -> Unread:
    """Everything up to this notification was seen, or everything about this ticket."""
    customer = caller(router)
    if mark.ticket_number:
        return Unread(unread=read_inbox.mark_ticket_notified(office, customer, mark.ticket_number))
    return Unread(unread=read_inbox.mark_notifications_read(office, customer, mark.up_to or ""))
