"""Tickets of somebody who stopped working on them go back into the queue."""

from collections.abc import Collection
from datetime import datetime

from helpdesk.actions.change_ticket import Change, change_ticket
from helpdesk.actions.for_each import for_each
from helpdesk.model.attachment import Attachment
from helpdesk.model.departure import GRACE, Departure
from helpdesk.model.event import EventType
from helpdesk.model.people import StaffMember
from helpdesk.model.ticket import Ticket
from helpdesk.store import departures, staff, tickets
from helpdesk.store.table import Table

MOST = 20
"""Departures in one run; the next one comes in a minute."""


def return_tickets(desk: Table, topics: Collection[str], now: datetime) -> int:
    """Release what the departed still have in hand, and count the departures; one request where there are none.

    Every ticket counts that is not closed: a customer's answer to a solved one must not wait in hands that are gone.

    Args:
        topics: all that there are.

    Raises:
        ExceptionGroup: what went wrong with some of them; those come again in the next run.
    """
    return for_each(
        departures.list_open(desk, now - GRACE, MOST), lambda departure: _settle(desk, topics, departure, now)
    )


def _settle(desk: Table, topics: Collection[str], departure: Departure, now: datetime) -> None:
    member = staff.find(desk, departure.staff_id)
    if member is not None:
        in_hand = tickets.numbers_in_hand(desk, member.id, topics)
        for_each(in_hand, lambda number: _release(desk, number, member, departure, now))
    desk.apply(departures.end(desk, departure))


def _release(desk: Table, number: str, member: StaffMember, departure: Departure, now: datetime) -> None:
    def decide(ticket: Ticket, _: tuple[Attachment, ...]) -> Change:
        return Change(ticket.left_by(member), EventType.TICKET_RELEASED)

    change_ticket(desk, number, departure.by, now, decide)
