"""An event is counted for the reports."""

from dataclasses import replace
from datetime import datetime, tzinfo

from helpdesk.actions.deliver_once import ledger_entry
from helpdesk.model.delivery import Channel, DeliveryState
from helpdesk.model.event import Event
from helpdesk.model.figures import counted
from helpdesk.store import deliveries, reports
from helpdesk.store.table import Table, Write

_COUNTERS = "counters"


def count_event(desk: Table, event: Event, zone: tzinfo, now: datetime) -> DeliveryState | None:
    """Add the event to the counters of its local day, once; None if it was counted before.

    Counters and ledger row are one transaction.
    """
    entry = replace(ledger_entry(event, Channel.REPORTS, _COUNTERS, now), state=DeliveryState.SENT)
    try:
        desk.commit([deliveries.take(desk, entry), *_counters(desk, event, zone)])
    except deliveries.TakenError:
        return None
    return DeliveryState.SENT


def _counters(desk: Table, event: Event, zone: tzinfo) -> list[Write]:
    found = counted(event)
    day = event.at.astimezone(zone).date()
    moves = [reports.backlog_change(desk, day, *place, step) for place, step in found.backlog.items()]
    return [reports.increments(desk, day, found.cell, found.counts), *moves] if found.counts else moves
