"""What a customer does with tickets that are there: read, write, resolve, rate."""

from collections.abc import Sequence
from datetime import datetime

from helpdesk.actions.change_ticket import Change, add_to_ticket, change_ticket
from helpdesk.actions.office import Office
from helpdesk.model.attachment import Attachment
from helpdesk.model.errors import NotFoundError
from helpdesk.model.event import EventType
from helpdesk.model.identifiers import new_id
from helpdesk.model.message import Message, Visibility, new_salt
from helpdesk.model.people import Session
from helpdesk.model.ticket import Status, Ticket
from helpdesk.store import idempotency, messages, tickets
from helpdesk.store.codec import Item
from helpdesk.store.table import Write


def list_tickets(
    office: Office, customer: Session, status: Status | None, limit: int, start: Item | None
) -> tuple[list[Ticket], Item | None]:
    """A page of the customer's tickets, last activity first; one request."""
    return tickets.list_of_customer(office.desk, customer.account_id, status, limit, start)


def read_ticket(
    office: Office, customer: Session, number: str, limit: int
) -> tuple[Ticket, list[Message], Item | None]:
    """The customer's ticket with its newest messages, newest first; one request.

    Raises:
        NotFoundError: it is not there, or another's.
    """
    ticket, newest, end = tickets.find_with_messages(office.desk, number, limit)
    return _own(ticket, customer), newest, end


def list_messages(
    office: Office, customer: Session, number: str, limit: int, start: Item | None
) -> tuple[list[Message], Item | None]:
    """A page of messages, newest first; one request.

    The first page brings the ticket along, which tells whose it is; a cursor is bound to its caller.

    Raises:
        NotFoundError: it is not there, or another's.
    """
    if start is None:
        _, newest, end = read_ticket(office, customer, number, limit)
        return newest, end
    return messages.list_public(office.desk, number, limit, start)


def add_message(
    office: Office,
    customer: Session,
    number: str,
    body: str,
    attachment_ids: Sequence[str],
    *,
    attempt: idempotency.Attempt,
    counters: Sequence[Write],
    now: datetime,
) -> Message:
    """Add a message to the customer's ticket, once for each attempt however often it comes; two requests.

    Raises:
        NotFoundError: the ticket or an attachment is not there, or another's.
        TicketClosedError: a closed ticket takes no message.
        AttachmentStateError: an attachment is not clean, or linked already.
        KeyReusedError: the attempt's key served another request.
        TooManyRequestsError: the customer's quota is used up.
    """

    def decide(ticket: Ticket, files: tuple[Attachment, ...]) -> Change:
        _own(ticket, customer)
        message_id = new_id(now, ticket.last_message_id)
        linked = tuple(file.linked_to(number, message_id, owner_id=customer.account_id) for file in files)
        message = Message(
            id=message_id,
            ticket_number=number,
            author=customer.actor,
            visibility=Visibility.PUBLIC,
            body=body,
            created_at=now,
            attachments=tuple(file.link for file in linked),
            salt=new_salt(),
        )
        return Change(
            ticket=ticket.with_customer_message(message_id, office.sla, now),
            type=EventType.CUSTOMER_REPLIED,
            message=message,
            linked=linked,
        )

    return add_to_ticket(
        office.desk,
        number,
        customer.actor,
        now,
        decide,
        attempt=attempt,
        attachment_ids=attachment_ids,
        counters=counters,
    )


def resolve_ticket(office: Office, customer: Session, number: str, now: datetime) -> Ticket:
    """The customer says that the matter is solved; two requests.

    Raises:
        NotFoundError: it is not there, or another's.
        TransitionError: it is resolved or closed already.
    """

    def decide(ticket: Ticket, _: tuple[Attachment, ...]) -> Change:
        resolved = _own(ticket, customer).resolved(office.sla, office.rules.limits.close_after, now)
        return Change(resolved, EventType.TICKET_RESOLVED)

    return change_ticket(office.desk, number, customer.actor, now, decide)


def rate_ticket(office: Office, customer: Session, number: str, score: int, comment: str, now: datetime) -> Ticket:
    """The customer says how it went, once; two requests.

    Raises:
        NotFoundError: it is not there, or another's.
        NotRatableError: it is not solved, was rated before, or too long ago.
    """
    window = office.rules.limits.rate_within

    def decide(ticket: Ticket, _: tuple[Attachment, ...]) -> Change:
        rated = _own(ticket, customer).rated(score, comment, window, now)
        return Change(rated, EventType.TICKET_RATED, {"score": str(score)})

    return change_ticket(office.desk, number, customer.actor, now, decide)


def mark_read(office: Office, customer: Session, number: str, message_id: str) -> None:
    """The customer has seen everything up to this message; one request.

    Raises:
        NotFoundError: it is not there, or another's.
    """
    try:
        office.desk.apply(tickets.read_mark(office.desk, number, customer.account_id, message_id))
    except tickets.AlreadyReadError:
        return


def _own(ticket: Ticket | None, customer: Session) -> Ticket:
    if ticket is None or ticket.customer_id != customer.account_id:
        raise NotFoundError
    return ticket
