"""The owner of an account hears that it was changed: by an event, in the transaction of the change."""

from datetime import datetime

from helpdesk.model.event import Event, EventType
from helpdesk.model.identifiers import new_id
from helpdesk.store import events
from helpdesk.store.table import Table, Write


def security_news(desk: Table, type_: EventType, customer_id: str, now: datetime) -> Write:
    """The event, which the channels tell of later: nobody waits for them, and no fault of theirs undoes the change."""
    return events.creation(desk, Event.without_ticket(new_id(now), type_, now, customer_id, {}), shard=0)
