"""A customer is told inside the panel."""

from dataclasses import replace
from datetime import datetime

from helpdesk.actions.deliver_once import ledger_entry, suppress
from helpdesk.model.delivery import Channel, DeliveryState
from helpdesk.model.event import Event
from helpdesk.store import deliveries, inbox
from helpdesk.store.table import Table


def notify_customer(desk: Table, event: Event, now: datetime) -> DeliveryState | None:
    """Put a notification into the inbox of the ticket's customer, once; None if that was settled before.

    Notification, count of unread ones and ledger row are one transaction, after one read: the ticket's subject, which
    no event holds.
    """
    entry = ledger_entry(event, Channel.INBOX, event.customer_id, now)
    if event.is_own_doing:
        return suppress(desk, entry, "own_doing")
    subject = inbox.subject_of(desk, event.ticket_number)
    notification = inbox.Notification(event.id, event.type, event.ticket_number, event.at, subject)
    sent = replace(entry, state=DeliveryState.SENT)
    try:
        desk.commit([deliveries.take(desk, sent), *inbox.creation(desk, event.customer_id, notification)])
    except deliveries.TakenError:
        return None
    return DeliveryState.SENT
