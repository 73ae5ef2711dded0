"""Time passes: answers and solutions come late, and what was resolved closes by itself."""

from datetime import datetime

from helpdesk.actions.change_ticket import Change, change_ticket
from helpdesk.actions.for_each import for_each
from helpdesk.model.attachment import Attachment
from helpdesk.model.event import EventType
from helpdesk.model.people import SYSTEM
from helpdesk.model.ticket import Ticket
from helpdesk.store import tickets
from helpdesk.store.table import Table


def watch_clocks(desk: Table, shard: int, now: datetime) -> int:
    """Do what is due by now for the tickets of one shard, and count them; reads grow with what ran out alone.

    Raises:
        ExceptionGroup: what went wrong with some of them.
    """
    return for_each(tickets.list_run_out(desk, shard, now), lambda number: _catch_up(desk, number, now))


def _catch_up(desk: Table, number: str, now: datetime) -> None:
    """What a solved ticket comes to, an event for each; that a clock is late every change notices by itself."""

    def decide(ticket: Ticket, _: tuple[Attachment, ...]) -> Change:
        after, event_type = ticket.run_out(now) or (ticket, EventType.TICKET_CHANGED)
        return Change(after, event_type)

    ticket = change_ticket(desk, number, SYSTEM, now, decide)
    while ticket.run_out(now):
        ticket = change_ticket(desk, number, SYSTEM, now, decide)
