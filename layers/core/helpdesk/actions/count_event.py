"""An event is counted for the reports."""

from dataclasses import replace
from datetime import datetime, tzinfo

from helpdesk.actions.deliver_once import ledger_entry
from helpdesk.model.delivery import Channel, DeliveryState
from helpdesk.model.event import Event
from helpdesk.store import deliveries, reports
from helpdesk.store.table import Table

_COUNTERS = "counters"


def count_event(desk: Table, event: Event, zone: tzinfo, now: datetime) -> DeliveryState | None:
    """Add the event to the counters of its local day, once; None if it was counted before.

    Counter and ledger row are one transaction.
    """
    entry = replace(ledger_entry(event, Channel.REPORTS, _COUNTERS, now), state=DeliveryState.SENT)
    day = event.at.astimezone(zone).date()
    try:
        desk.commit([deliveries.take(desk, entry), reports.increment(desk, day, event.topic, event.type)])
    except deliveries.TakenError:
        return None
    return DeliveryState.SENT
