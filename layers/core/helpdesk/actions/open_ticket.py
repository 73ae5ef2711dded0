"""A customer opens a ticket."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from helpdesk.actions.office import Office
from helpdesk.model.attachment import Attachment, AttachmentState
from helpdesk.model.errors import BusyError, NotFoundError
from helpdesk.model.event import Event, EventType
from helpdesk.model.identifiers import new_id, new_ticket_number
from helpdesk.model.message import Message, Visibility, new_salt
from helpdesk.model.people import Session
from helpdesk.model.sla import Clocks
from helpdesk.model.ticket import Status, Ticket
from helpdesk.store import attachments, events, idempotency, keys, messages, tickets
from helpdesk.store.codec import from_item
from helpdesk.store.table import Write

_DRAWS = 5


@dataclass(frozen=True)
class TicketRequest:
    """What the customer asks for, as it came through the edge's checks.

    Args:
        refers_to: number of an older ticket of the same matter.
    """

    topic: str
    priority: str
    subject: str
    description: str
    attachment_ids: tuple[str, ...]
    refers_to: str | None


def open_ticket(
    office: Office,
    customer: Session,
    request: TicketRequest,
    *,
    attempt: idempotency.Attempt,
    counters: Sequence[Write],
    now: datetime,
) -> Ticket:
    """Open a ticket with its first message, once for each attempt however often it comes.

    One request to DynamoDB, two with attachments.

    Raises:
        InvalidError: unknown topic or priority, or the older ticket is not there, or another's.
        NotFoundError: an attachment is not there, or another's.
        AttachmentStateError: an attachment is not clean, or linked already.
        KeyReusedError: the attempt's key served another request.
        TooManyRequestsError: the customer's quota is used up.
    """
    office.rules.topic(request.topic)
    office.rules.priority(request.priority)
    try:
        files = _read_attachments(office, request.attachment_ids, attempt, now)
        return _create(office, customer, request, files, attempt, counters, now)
    except idempotency.AnsweredError as answered:
        return idempotency.replay(Ticket, attempt, answered.record)


def _read_attachments(
    office: Office, ids: Sequence[str], attempt: idempotency.Attempt, now: datetime
) -> list[Attachment]:
    """The attachments, by one request that also tells whether the attempt was answered before."""
    if not ids:
        return []
    *items, record = office.desk.get_many([*map(keys.attachment, ids), attempt.item_key])
    if record := idempotency.fresh(record, now):
        raise idempotency.AnsweredError(record)
    if None in items:
        raise NotFoundError
    return [from_item(Attachment, item) for item in items if item]


def _create(
    office: Office,
    customer: Session,
    request: TicketRequest,
    files: Sequence[Attachment],
    attempt: idempotency.Attempt,
    counters: Sequence[Write],
    now: datetime,
) -> Ticket:
    """Write the ticket under a number that is free."""
    for _ in range(_DRAWS):
        message_id, number = new_id(now), new_ticket_number()
        referred = [request.refers_to] if request.refers_to else []
        linked = [file.linked_to(number, message_id, owner_id=customer.account_id) for file in files]
        message = _message(number, message_id, customer, request, linked, now)
        ticket, event = _ticket_and_event(office, customer, request, message, now)
        try:
            office.desk.commit(
                [
                    idempotency.creation(office.desk, attempt, ticket, now),
                    tickets.creation(office.desk, ticket),
                    messages.creation(office.desk, message),
                    events.creation(office.desk, event, ticket.shard, office.local_day(now)),
                    *(attachments.change(office.desk, file, AttachmentState.CLEAN) for file in linked),
                    *(tickets.owner_check(office.desk, older, customer.account_id) for older in referred),
                    *counters,
                ]
            )
        except tickets.NumberTakenError:
            continue
        return ticket
    raise BusyError


def _message(
    number: str,
    message_id: str,
    customer: Session,
    request: TicketRequest,
    linked: Sequence[Attachment],
    now: datetime,
) -> Message:
    return Message(
        id=message_id,
        ticket_number=number,
        author=customer.actor,
        visibility=Visibility.PUBLIC,
        body=request.description,
        created_at=now,
        attachments=tuple(file.link for file in linked),
        salt=new_salt(),
    )


def _ticket_and_event(
    office: Office, customer: Session, request: TicketRequest, message: Message, now: datetime
) -> tuple[Ticket, Event]:
    event = Event(
        id=new_id(now),
        type=EventType.TICKET_OPENED,
        at=now,
        ticket_number=message.ticket_number,
        customer_id=customer.account_id,
        topic=request.topic,
        priority=request.priority,
        actor=customer.actor,
        previous_hash="",
        data=message.evidence,
    ).sealed()
    ticket = Ticket(
        number=message.ticket_number,
        customer_id=customer.account_id,
        customer_name=customer.name,
        subject=request.subject,
        topic=request.topic,
        priority=request.priority,
        status=Status.OPEN,
        created_at=now,
        last_activity_at=now,
        last_message_id=message.id,
        read_id=message.id,
        clocks=office.sla.waiting(Clocks(), request.priority, now),
        shard=int(message.ticket_number) % office.shards,
        refers_to=request.refers_to,
    )
    return replace(ticket.after(event), version=1), event
