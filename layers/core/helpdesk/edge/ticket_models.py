"""Tickets as a customer sees and sends them: there is no field here that an internal note could come through."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import Field

from helpdesk.actions.open_ticket import TicketRequest
from helpdesk.edge.fields import (
    AttachmentIds,
    Body,
    CleanText,
    Description,
    Id,
    PriorityName,
    Request,
    Subject,
    TicketNumber,
    TopicName,
    View,
)
from helpdesk.edge.message_models import MessagePage
from helpdesk.edge.rules import load_rules
from helpdesk.model.ticket import Status, Ticket


class NewTicket(Request):
    """A new ticket; `attachments` are ids of clean attachments of the caller."""

    topic: TopicName
    priority: PriorityName
    subject: Subject
    description: Description
    attachments: AttachmentIds = Field(default_factory=list)
    refers_to: TicketNumber | None = None

    def request(self) -> TicketRequest:
        """What the action is asked for."""
        return TicketRequest(
            topic=self.topic,
            priority=self.priority,
            subject=self.subject,
            description=self.description,
            attachment_ids=tuple(self.attachments),
            refers_to=self.refers_to,
        )


class NewMessage(Request):
    """A customer's further message."""

    body: Body
    attachments: AttachmentIds = Field(default_factory=list)


class ReadMark(Request):
    """The newest message that was seen."""

    up_to: Id


class Rating(Request):
    """How it went, from 1 (badly) to 5 (well)."""

    score: Annotated[int, Field(ge=1, le=5)]
    comment: Annotated[CleanText, Field(max_length=1000)] = ""


class TicketView(View):
    """A ticket in the customer's list; `rate_until` is null while it is not solved, and once it was rated."""

    number: str
    topic: TopicName
    priority: PriorityName
    subject: str
    status: Status
    created_at: datetime
    last_activity_at: datetime
    has_unread_answer: bool
    resolved_at: datetime | None
    close_at: datetime | None
    closed_at: datetime | None
    rating: int | None
    can_rate: bool
    rate_until: datetime | None
    refers_to: str | None

    @classmethod
    def of(cls, ticket: Ticket, now: datetime) -> Self:
        """The ticket as its customer sees it."""
        return cls(**_fields(ticket, now))


class TicketWithMessages(TicketView):
    """A ticket with the newest page of its messages, newest first."""

    messages: MessagePage

    @classmethod
    def with_page(cls, ticket: Ticket, messages: MessagePage, now: datetime) -> Self:
        """The ticket as its customer sees it, and what was said."""
        return cls(**_fields(ticket, now), messages=messages)


class TicketPage(View):
    """A page of the customer's tickets, last activity first."""

    items: list[TicketView]
    next_cursor: str | None


def _fields(ticket: Ticket, now: datetime) -> dict[str, Any]:
    until = ticket.ratable_until(load_rules().limits.rate_within)
    return {
        "number": ticket.number,
        "topic": ticket.topic,
        "priority": ticket.priority,
        "subject": ticket.subject,
        "status": ticket.status,
        "created_at": ticket.created_at,
        "last_activity_at": ticket.last_activity_at,
        "has_unread_answer": ticket.has_unread_answer,
        "resolved_at": ticket.resolved_at,
        "close_at": ticket.close_at,
        "closed_at": ticket.closed_at,
        "rating": ticket.rating,
        "can_rate": until is not None and now <= until,
        "rate_until": until,
        "refers_to": ticket.refers_to,
    }
