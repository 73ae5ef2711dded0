"""The tickets of a customer who is erased: numbers, times, topics and figures stay, what was said and shown goes."""

from dataclasses import dataclass

from helpdesk.actions.change_ticket import Change, change_ticket
from helpdesk.edge.clock import present
from helpdesk.edge.rules import load_rules
from helpdesk.edge.sla import load_sla
from helpdesk.model.event import EventType
from helpdesk.model.message import Message
from helpdesk.model.people import ERASED, Actor, Kind
from helpdesk.model.ticket import Status
from helpdesk.store import attachments, events, messages, tickets
from helpdesk.store.codec import Item, from_item
from operations.holdings import Holdings


@dataclass
class Erased:
    """What one run erased; tickets are counted whether or not an earlier run had emptied them."""

    tickets: int = 0
    messages: int = 0
    files: int = 0


def erase_ticket(holdings: Holdings, number: str, customer_id: str, erased: Erased) -> None:
    """First the ticket itself, since what is told of it takes its words from there."""
    holdings.desk.apply(tickets.erasure(holdings.desk, number))
    _close_ticket(holdings, number, Actor(Kind.CUSTOMER, customer_id, ERASED))
    for item in tickets.list_collection(holdings.desk, number):
        match item["sk"]["S"].partition("#")[0]:
            case "MESSAGE" | "INTERNAL":
                _erase_message(holdings, item, erased)
            case "EVENT":
                _erase_name(holdings, item)
    erased.tickets += 1


def _close_ticket(holdings: Holdings, number: str, customer: Actor) -> None:
    """A ticket that nobody can be answered in waits for nobody; as the customer's own doing it is told to nobody."""
    ticket, close_after = tickets.find(holdings.desk, number), load_rules().limits.close_after
    if ticket and ticket.status in (Status.OPEN, Status.PENDING):
        now = present()
        change_ticket(
            holdings.desk,
            number,
            customer,
            now,
            lambda standing, _: Change(standing.resolved(load_sla(), close_after, now), EventType.TICKET_RESOLVED),
        )
    if ticket and ticket.status != Status.CLOSED:
        now = present()
        change_ticket(
            holdings.desk,
            number,
            customer,
            now,
            lambda standing, _: Change(standing.closed(now), EventType.TICKET_CLOSED),
        )


def _erase_message(holdings: Holdings, item: Item, erased: Erased) -> None:
    """The files first: as long as the message names them, a run that broke off finds them again."""
    message = from_item(Message, item)
    if message.is_erased:
        return
    for linked in message.attachments:
        erase_file(holdings, linked.id, erased)
    holdings.desk.apply(messages.erasure(holdings.desk, message))
    erased.messages += 1


def erase_file(holdings: Holdings, attachment_id: str, erased: Erased) -> None:
    erased.files += holdings.delete_files(attachment_id)
    holdings.desk.apply(attachments.erasure(holdings.desk, attachment_id))


def _erase_name(holdings: Holdings, item: Item) -> None:
    event = events.from_image(item)
    if event.actor.kind == Kind.CUSTOMER and event.actor.name != ERASED:
        holdings.desk.apply(events.erasure(holdings.desk, event))
