"""The ticket as it goes on from its import: times and authors as they were, clocks that ring for nothing old."""

from dataclasses import dataclass, replace
from datetime import datetime

from helpdesk.actions.office import Office
from helpdesk.model.message import Message, Visibility
from helpdesk.model.people import Actor, Kind, StaffMember
from helpdesk.model.sla import Clocks
from helpdesk.model.ticket import CLOSING_NOTICE, Status, Ticket
from operations.importing.form import ImportedTicket


@dataclass(frozen=True, slots=True)
class Ends:
    """When a ticket was solved and closed; a solved one whose time was up by the import is closed."""

    status: Status
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    close_at: datetime | None = None


def ends_of(form: ImportedTicket, office: Office, now: datetime) -> Ends:
    """What the form says, completed: without a time the last message was the end."""
    if form.status in (Status.OPEN, Status.PENDING):
        return Ends(form.status)
    last = max(message.at for message in form.messages)
    resolved_at = form.resolved_at or form.closed_at or last
    close_at = resolved_at + office.rules.limits.close_after
    if form.status == Status.CLOSED or close_at <= now:
        return Ends(Status.CLOSED, resolved_at, form.closed_at or max(min(close_at, now), resolved_at))
    return Ends(Status.RESOLVED, resolved_at, close_at=close_at)


def ticket_of(
    form: ImportedTicket,
    number: str,
    customer: Actor,
    assignee: StaffMember | None,
    messages: list[Message],
    ends: Ends,
    office: Office,
    now: datetime,
) -> Ticket:
    """The ticket, before its last event is chained to it."""
    public = [message for message in messages if message.visibility == Visibility.PUBLIC]
    answers = [message for message in public if message.author.kind == Kind.AGENT]
    notice = ends.close_at - CLOSING_NOTICE if ends.close_at else None
    return Ticket(
        number=number,
        customer_id=customer.id,
        customer_name=customer.name,
        subject=form.subject,
        topic=form.topic,
        priority=form.priority,
        status=ends.status,
        created_at=form.created_at,
        last_activity_at=max(filter(None, (public[-1].created_at, ends.resolved_at, ends.closed_at))),
        last_message_id=public[-1].id,
        last_answer_id=answers[-1].id if answers else None,
        read_id=public[-1].id,
        clocks=_clocks(form, public, ends.status, office, now),
        shard=int(number) % office.shards,
        assignee_id=assignee.id if assignee else None,
        assignee_name=assignee.name if assignee else None,
        first_answered_at=answers[0].created_at if answers else None,
        resolved_at=ends.resolved_at,
        closed_at=ends.closed_at,
        close_at=ends.close_at,
        closing_notice_at=notice if notice and notice > now else None,
        tags=tuple(form.tags),
    )


def _clocks(form: ImportedTicket, public: list[Message], status: Status, office: Office, now: datetime) -> Clocks:
    """Only an open ticket waits for us: since the first customer message behind our last answer.

    What was due before the import counts as noticed, so that the order of the queue is right and nobody gets an e-mail.
    """
    if status != Status.OPEN:
        return Clocks()
    clocks = office.sla.waiting(Clocks(), form.priority, _waiting_since(public))
    return replace(
        clocks,
        response_breached_at=now if clocks.is_response_late(now) else None,
        resolution_breached_at=now if clocks.is_resolution_late(now) else None,
    )


def _waiting_since(public: list[Message]) -> datetime:
    since = public[-1]
    for message in reversed(public):
        if message.author.kind != Kind.CUSTOMER:
            break
        since = message
    return since.created_at
