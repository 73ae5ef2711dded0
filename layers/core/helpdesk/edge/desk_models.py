"""Tickets as staff see them and what staff send."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from helpdesk.actions.agent_tickets import TicketPatch
from helpdesk.actions.reply_to_ticket import Reply
from helpdesk.edge.fields import AttachmentIds, Body, Id, Line, PriorityName, Request, TopicName, View
from helpdesk.edge.message_models import Author, MessageView
from helpdesk.model.event import Event, EventType
from helpdesk.model.message import Visibility
from helpdesk.model.people import Customer
from helpdesk.model.ticket import Status, Ticket


class Person(View):
    """Somebody by id and name."""

    id: str
    name: str


class People(View):
    """Members of staff, in the order of joining."""

    items: list[Person]


class DeskTicket(View):
    """A ticket in the queue; due times are null while a clock stands."""

    number: str
    topic: TopicName
    priority: PriorityName
    subject: str
    status: Status
    customer: Person
    assignee: Person | None
    tags: list[str]
    created_at: datetime
    last_activity_at: datetime
    last_message_id: str
    response_due_at: datetime | None
    resolution_due_at: datetime | None
    first_answered_at: datetime | None
    resolved_at: datetime | None
    close_at: datetime | None
    closed_at: datetime | None
    rating: int | None
    refers_to: str | None

    @classmethod
    def of(cls, ticket: Ticket) -> Self:
        """The ticket as staff see it."""
        return cls(**_fields(ticket))


class DeskTicketPage(View):
    """A page of the queue, most pressing first."""

    items: list[DeskTicket]
    next_cursor: str | None


class DeskMessage(MessageView):
    """A message of the timeline, internal notes among them."""

    visibility: Visibility


class DeskMessagePage(View):
    """A page of messages and notes, newest first."""

    items: list[DeskMessage]
    next_cursor: str | None


class DeskTicketWithMessages(DeskTicket):
    """A ticket with the newest page of its timeline, newest first."""

    messages: DeskMessagePage

    @classmethod
    def with_page(cls, ticket: Ticket, messages: DeskMessagePage) -> Self:
        """The ticket as staff see it, and what was said."""
        return cls(**_fields(ticket), messages=messages)


class HistoryEntry(View):
    """Something that happened to a ticket."""

    id: str
    type: EventType
    at: datetime
    actor: Author
    data: dict[str, str]

    @classmethod
    def of(cls, event: Event) -> Self:
        """The event as shown."""
        return cls.model_validate(event)


class HistoryPage(View):
    """A page of a ticket's history, newest first."""

    items: list[HistoryEntry]
    next_cursor: str | None


class NewReply(Request):
    """An answer or an internal note; `based_on` is the id of the newest message its writer had seen."""

    body: Body
    visibility: Literal["public", "internal"] = "public"
    based_on: Id | None = None
    attachments: AttachmentIds = Field(default_factory=list)
    resolve: bool = False

    def reply(self) -> Reply:
        """What the action is asked for."""
        return Reply(
            body=self.body,
            visibility=Visibility(self.visibility),
            based_on=self.based_on,
            attachment_ids=tuple(self.attachments),
            resolve=self.resolve,
        )


class Assignment(Request):
    """Who shall have the ticket."""

    agent_id: Id


class Patch(Request):
    """What changes on a ticket; what is left out stays."""

    priority: PriorityName | None = None
    topic: TopicName | None = None
    status: Literal["open", "pending", "resolved", "closed"] | None = None
    tags: Annotated[list[Annotated[Line, Field(max_length=40)]], Field(max_length=10)] | None = None

    def patch(self) -> TicketPatch:
        """What the action is asked for."""
        return TicketPatch(
            priority=self.priority,
            topic=self.topic,
            status=Status(self.status) if self.status else None,
            tags=tuple(dict.fromkeys(self.tags)) if self.tags is not None else None,
        )


class CustomerCard(View):
    """A customer and the newest page of his tickets."""

    id: str
    name: str
    phone: str
    language: str
    created_at: datetime
    tickets: DeskTicketPage

    @classmethod
    def of(cls, customer: Customer, tickets: DeskTicketPage) -> Self:
        """The customer as staff see him."""
        return cls(
            id=customer.id,
            name=customer.name,
            phone=customer.phone,
            language=customer.language,
            created_at=customer.created_at,
            tickets=tickets,
        )


def _fields(ticket: Ticket) -> dict[str, Any]:
    assignee = Person(id=ticket.assignee_id, name=ticket.assignee_name or "") if ticket.assignee_id else None
    return {
        "number": ticket.number,
        "topic": ticket.topic,
        "priority": ticket.priority,
        "subject": ticket.subject,
        "status": ticket.status,
        "customer": Person(id=ticket.customer_id, name=ticket.customer_name),
        "assignee": assignee,
        "tags": list(ticket.tags),
        "created_at": ticket.created_at,
        "last_activity_at": ticket.last_activity_at,
        "last_message_id": ticket.last_message_id,
        "response_due_at": ticket.clocks.response_due_at,
        "resolution_due_at": ticket.clocks.resolution_due_at,
        "first_answered_at": ticket.first_answered_at,
        "resolved_at": ticket.resolved_at,
        "close_at": ticket.close_at,
        "closed_at": ticket.closed_at,
        "rating": ticket.rating,
        "refers_to": ticket.refers_to,
    }
