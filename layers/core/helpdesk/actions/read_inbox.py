"""A customer's in-app notifications."""

from helpdesk.actions.office import Office
from helpdesk.model.errors import BusyError
from helpdesk.model.people import Session
from helpdesk.store import inbox
from helpdesk.store.codec import Item

_ATTEMPTS = 5
_COUNTED = 200
_MARKED = 90  # with the summary, as many as one transaction takes


def list_notifications(
    office: Office, customer: Session, limit: int, start: Item | None
) -> tuple[inbox.Inbox | None, list[inbox.Notification], Item | None]:
    """A page of notifications, newest first, and on the first page the summary; one request."""
    return inbox.list_notifications(office.desk, customer.account_id, limit, start)


def mark_notifications_read(office: Office, customer: Session, up_to: str) -> int:
    """Everything up to this notification is read; gives how many are not.

    Two requests, more when a notification comes in at this very moment; an older mark changes nothing.

    Raises:
        BusyError: notifications kept coming in.
    """
    for _ in range(_ATTEMPTS):
        summary, newer = inbox.find_with_newer(office.desk, customer.account_id, up_to, _COUNTED)
        if up_to <= summary.read_to:
            return summary.unread
        try:
            office.desk.apply(inbox.read_mark(office.desk, customer.account_id, up_to, newer, summary))
        except inbox.InboxMovedError:
            continue
        return newer
    raise BusyError


def mark_ticket_notified(office: Office, customer: Session, number: str) -> int:
    """What the inbox tells of one ticket is read, as far as its newest notifications go; gives how many others are not.

    Two requests, more when a notification comes in at this very moment.

    Raises:
        BusyError: notifications kept coming in.
    """
    for _ in range(_ATTEMPTS):
        summary, newest, _end = inbox.list_notifications(office.desk, customer.account_id, _MARKED, None)
        if summary is None:
            return 0
        told = [one for one in newest if one.ticket_number == number and not summary.has_read(one)]
        if not told:
            return summary.unread
        try:
            office.desk.commit(inbox.ticket_read(office.desk, customer.account_id, told, summary))
        except inbox.InboxMovedError:
            continue
        return summary.unread - len(told)
    raise BusyError
