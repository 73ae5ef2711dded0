"""An agent answers a customer, or leaves an internal note."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from helpdesk.actions.agent_tickets import visible
from helpdesk.actions.change_ticket import Change, add_to_ticket
from helpdesk.actions.office import Office
from helpdesk.model.attachment import Attachment
from helpdesk.model.errors import InvalidError, StaleReplyError
from helpdesk.model.event import EventType
from helpdesk.model.identifiers import new_id
from helpdesk.model.message import Message, Visibility, new_salt
from helpdesk.model.people import Session
from helpdesk.model.ticket import Ticket
from helpdesk.store import idempotency, messages

_NEWER_SHOWN = 20
_CLOCKS_DIFFER = timedelta(minutes=1)


@dataclass(frozen=True)
class Reply:
    """What an agent writes.

    Args:
        based_on: the newest message the agent had seen; something public behind it makes the reply stale.
        resolve: whether the answer solves the matter.
    """

    body: str
    visibility: Visibility
    based_on: str | None
    attachment_ids: tuple[str, ...]
    resolve: bool


def reply(
    office: Office,
    agent: Session,
    number: str,
    written: Reply,
    *,
    attempt: idempotency.Attempt,
    now: datetime,
) -> Message:
    """Answer the customer or leave an internal note, once for each attempt; two requests.

    Raises:
        NotFoundError: the ticket or an attachment is not there, or not the agent's to see.
        StaleReplyError: the customer or a colleague wrote in between; nothing is stored.
        TicketClosedError: a closed ticket takes no message.
        ClaimedError: the ticket is another agent's.
        KeyReusedError: the attempt's key served another request.
        InvalidError: a note is to solve the matter, or the reply is based on a message of the future.
    """
    if written.resolve and written.visibility == Visibility.INTERNAL:
        raise InvalidError("resolve", "only_with_answer")

    def decide(ticket: Ticket, files: tuple[Attachment, ...]) -> Change:
        visible(ticket, agent)
        if written.visibility == Visibility.PUBLIC:
            _refuse_stale(office, ticket, written.based_on, now)
        return _reply_change(office, ticket, files, agent, written, now)

    return add_to_ticket(
        office.desk,
        number,
        agent.actor,
        now,
        decide,
        attempt=attempt,
        attachment_ids=written.attachment_ids,
        counters=(),
    )


def _refuse_stale(office: Office, ticket: Ticket, based_on: str | None, now: datetime) -> None:
    """What was seen may be a note, which the ticket does not name; but nobody saw what is not written yet."""
    if based_on and based_on > new_id(now + _CLOCKS_DIFFER):
        raise InvalidError("based_on", "invalid")
    if ticket.last_message_id > (based_on or ""):
        raise StaleReplyError(messages.list_newer(office.desk, ticket.number, based_on or "", _NEWER_SHOWN))


def _reply_change(
    office: Office, ticket: Ticket, files: Sequence[Attachment], agent: Session, written: Reply, now: datetime
) -> Change:
    is_internal = written.visibility == Visibility.INTERNAL
    message_id = new_id(now, ticket.last_message_id)
    linked = tuple(
        file.linked_to(ticket.number, message_id, owner_id=agent.account_id, is_internal=is_internal) for file in files
    )
    message = Message(
        id=message_id,
        ticket_number=ticket.number,
        author=agent.actor,
        visibility=written.visibility,
        body=written.body,
        created_at=now,
        attachments=tuple(file.link for file in linked),
        salt=new_salt(),
    )
    if is_internal:
        return Change(ticket, EventType.NOTE_ADDED, message=message, linked=linked)
    answered = ticket.with_answer(message_id, agent, office.sla, now)
    if written.resolve:
        answered = answered.resolved(office.sla, office.rules.limits.close_after, now)
    return Change(answered, EventType.TICKET_ANSWERED, _unread_before(ticket), message=message, linked=linked)


def _unread_before(ticket: Ticket) -> dict[str, str]:
    """The event of an answer that the customer has not seen yet: whoever told of it told of this one too."""
    return {"unread_before": ticket.answered_by_event} if ticket.has_unread_answer and ticket.answered_by_event else {}
