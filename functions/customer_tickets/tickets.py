"""Routes of a customer's tickets."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from customer_tickets.services import cursors, office
from helpdesk.actions import customer_tickets, open_ticket
from helpdesk.actions.customer_limits import counters
from helpdesk.edge.fields import Cursor, IdempotencyKey, Limit, PathNumber
from helpdesk.edge.gateway import caller, current_time
from helpdesk.edge.message_models import MessagePage, MessageView
from helpdesk.edge.ticket_models import (
    NewMessage,
    NewTicket,
    Rating,
    ReadMark,
    TicketPage,
    TicketView,
    TicketWithMessages,
)
from helpdesk.model.ticket import Status
from helpdesk.store.idempotency import Attempt

router = Router()


@router.post("/tickets", tags=["tickets"], summary="Open a ticket", status_code=201)
def create(ticket: NewTicket, idempotency_key: IdempotencyKey) -> TicketView:
    """Open a ticket; the same key and body give the same answer again."""
    customer, now = caller(router), current_time(router)
    opened = open_ticket.open_ticket(
        office,
        customer,
        ticket.request(),
        attempt=Attempt.of(customer.account_id, idempotency_key, "/tickets", ticket.model_dump()),
        counters=counters(office, customer, router.context["address"], now, tickets=1),
        now=now,
    )
    return TicketView.of(opened, now)


@router.get("/tickets", tags=["tickets"], summary="My tickets, last activity first")
def list_mine(status: Annotated[Status | None, Query()] = None, limit: Limit = 20, cursor: Cursor = None) -> TicketPage:
    """A page of the caller's tickets, all or of one status."""
    customer, query = caller(router), f"tickets {status}"
    start = cursors.open(cursor, customer.account_id, query)
    tickets, end = customer_tickets.list_tickets(office, customer, status, limit, start)
    return TicketPage(
        items=[TicketView.of(ticket, current_time(router)) for ticket in tickets],
        next_cursor=cursors.seal(end, customer.account_id, query),
    )


@router.get("/tickets/<number>", tags=["tickets"], summary="A ticket with its newest messages")
def read(number: PathNumber, limit: Limit = 20) -> TicketWithMessages:
    """A ticket of the caller and the newest page of its messages."""
    ticket, messages, end = customer_tickets.read_ticket(office, caller(router), number, limit)
    page = MessagePage(
        items=[MessageView.of(message) for message in messages],
        next_cursor=cursors.seal(end, caller(router).account_id, f"messages {number}"),
    )
    return TicketWithMessages.with_page(ticket, page, current_time(router))


@router.get("/tickets/<number>/messages", tags=["messages"], summary="A ticket's messages, newest first")
def list_messages(number: PathNumber, limit: Limit = 20, cursor: Cursor = None) -> MessagePage:
    """A page of the messages of a ticket of the caller."""
    customer, query = caller(router), f"messages {number}"
    start = cursors.open(cursor, customer.account_id, query)
    messages, end = customer_tickets.list_messages(office, customer, number, limit, start)
    return MessagePage(
        items=[MessageView.of(message) for message in messages],
        next_cursor=cursors.seal(end, customer.account_id, query),
    )


@router.post("/tickets/<number>/messages", tags=["messages"], summary="Add a message", status_code=201)
def add_message(number: PathNumber, message: NewMessage, idempotency_key: IdempotencyKey) -> MessageView:
    """Add a message to a ticket of the caller; it opens again if it was answered or resolved."""
    customer, now = caller(router), current_time(router)
    route = f"/tickets/{number}/messages"
    added = customer_tickets.add_message(
        office,
        customer,
        number,
        message.body,
        message.attachments,
        attempt=Attempt.of(customer.account_id, idempotency_key, route, message.model_dump()),
        counters=counters(office, customer, router.context["address"], now, messages=1),
        now=now,
    )
    return MessageView.of(added)


@router.post("/tickets/<number>/resolve", tags=["tickets"], summary="Say that it is solved")
def resolve(number: PathNumber) -> TicketView:
    """The matter is solved; a further message opens the ticket again."""
    now = current_time(router)
    return TicketView.of(customer_tickets.resolve_ticket(office, caller(router), number, now), now)


@router.post("/tickets/<number>/rating", tags=["tickets"], summary="Rate a solved ticket")
def rate(number: PathNumber, rating: Rating) -> TicketView:
    """How it went, once, within the days after it was resolved."""
    now = current_time(router)
    ticket = customer_tickets.rate_ticket(office, caller(router), number, rating.score, rating.comment, now)
    return TicketView.of(ticket, now)


@router.post("/tickets/<number>/read", tags=["tickets"], summary="Mark as read", status_code=204)
def mark_read(number: PathNumber, mark: ReadMark) -> None:
    """Everything up to this message was seen."""
    customer_tickets.mark_read(office, caller(router), number, mark.up_to)
