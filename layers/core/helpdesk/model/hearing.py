"""Who hears what on which channel: the one list behind SNS's filters, the senders and docs/architecture.md."""

from collections.abc import Mapping
from enum import StrEnum

from helpdesk.model.delivery import Channel
from helpdesk.model.event import EventType


class Hearer(StrEnum):
    """Whom a channel tells."""

    CUSTOMER = "customer"
    ASSIGNEE = "assignee"
    SUPERVISORS = "supervisors"
    ADMINISTRATORS = "administrators"
    SUBSCRIBERS = "subscribers"
    COUNTERS = "counters"


_CUSTOMER_EVERYWHERE = {
    Channel.SMS: Hearer.CUSTOMER,
    Channel.EMAIL: Hearer.CUSTOMER,
    Channel.INBOX: Hearer.CUSTOMER,
    Channel.REPORTS: Hearer.COUNTERS,
}
_COUNTED = {Channel.REPORTS: Hearer.COUNTERS}
_LATE = {Channel.EMAIL: Hearer.SUPERVISORS, Channel.REPORTS: Hearer.COUNTERS}

_TOLD: Mapping[EventType, Mapping[Channel, Hearer]] = {
    EventType.TICKET_OPENED: _COUNTED,
    EventType.TICKET_ANSWERED: _CUSTOMER_EVERYWHERE,
    EventType.CUSTOMER_REPLIED: {Channel.EMAIL: Hearer.ASSIGNEE, Channel.REPORTS: Hearer.COUNTERS},
    EventType.TICKET_ASSIGNED: {Channel.EMAIL: Hearer.ASSIGNEE},
    EventType.TICKET_RESOLVED: _CUSTOMER_EVERYWHERE,
    EventType.TICKET_CLOSING_SOON: {Channel.EMAIL: Hearer.CUSTOMER, Channel.INBOX: Hearer.CUSTOMER},
    EventType.RESPONSE_BREACHED: _LATE,
    EventType.RESOLUTION_BREACHED: _LATE,
    EventType.ATTACHMENT_REFUSED: {Channel.INBOX: Hearer.CUSTOMER},
    EventType.WEBHOOK_PAUSED: {Channel.EMAIL: Hearer.ADMINISTRATORS},
    EventType.PASSWORD_CHANGED: {
        Channel.SMS: Hearer.CUSTOMER,
        Channel.EMAIL: Hearer.CUSTOMER,
        Channel.INBOX: Hearer.CUSTOMER,
    },
    EventType.PHONE_CHANGED: {Channel.EMAIL: Hearer.CUSTOMER, Channel.INBOX: Hearer.CUSTOMER},
    EventType.TICKET_CHANGED: _COUNTED,
    EventType.TICKET_RATED: _COUNTED,
}

HEARD: Mapping[EventType, Mapping[Channel, Hearer]] = {
    event_type: {Channel.WEBHOOK: Hearer.SUBSCRIBERS, **_TOLD.get(event_type, {})} for event_type in EventType
}
"""By event type and channel; each subscriber of the webhooks chose its own event types."""


def heard_on(channel: Channel) -> frozenset[EventType]:
    """The event types that this channel tells of."""
    return frozenset(event_type for event_type, channels in HEARD.items() if channel in channels)
