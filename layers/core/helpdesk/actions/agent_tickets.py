"""What an agent does with tickets but for answering them: read, claim, pass on, change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from helpdesk.actions.change_ticket import Change, change_ticket, change_ticket_beside
from helpdesk.actions.office import Office
from helpdesk.model.attachment import Attachment
from helpdesk.model.errors import ForbiddenError, InvalidError, NotFoundError
from helpdesk.model.event import Event, EventType
from helpdesk.model.message import Message
from helpdesk.model.people import Role, Session, StaffMember
from helpdesk.model.ticket import Status, Ticket
from helpdesk.store import events, keys, messages, staff, tickets
from helpdesk.store.codec import Item, from_item


def read_ticket(office: Office, agent: Session, number: str, limit: int) -> tuple[Ticket, list[Message], Item | None]:
    """A ticket with its newest messages and notes, newest first; one request.

    Raises:
        NotFoundError: it is not there, or of a topic the agent does not work on.
    """
    ticket, newest, end = tickets.find_with_timeline(office.desk, number, limit)
    return visible(ticket, agent), newest, end


def list_timeline(
    office: Office, agent: Session, number: str, limit: int, start: Item | None
) -> tuple[list[Message], Item | None]:
    """A page of messages and notes, newest first; one request.

    Raises:
        NotFoundError: it is not there, or of a topic the agent does not work on.
    """
    if start is None:
        _, newest, end = read_ticket(office, agent, number, limit)
        return newest, end
    return messages.list_timeline(office.desk, number, limit, start)


def list_history(
    office: Office, agent: Session, number: str, limit: int, start: Item | None
) -> tuple[list[Event], Item | None]:
    """A page of what happened to a ticket, newest first; two requests, and one for further pages.

    Raises:
        NotFoundError: it is not there, or of a topic the agent does not work on.
    """
    if start is None:
        visible(tickets.find(office.desk, number), agent)
    return events.list_history(office.desk, number, limit, start)


def claim(office: Office, agent: Session, number: str, now: datetime) -> Ticket:
    """Take the ticket; two requests.

    Raises:
        NotFoundError: it is not there, or of a topic the agent does not work on.
        ClaimedError: another agent has it.
    """
    return _change(office, agent, number, now, EventType.TICKET_CLAIMED, lambda ticket: ticket.claimed_by(agent.actor))


def release(office: Office, agent: Session, number: str, now: datetime) -> Ticket:
    """Put the ticket back into the queue; two requests.

    Raises:
        NotFoundError: it is not there, or of a topic the agent does not work on.
        ForbiddenError: another agent has it, and this one is no supervisor.
    """
    return _change(office, agent, number, now, EventType.TICKET_RELEASED, lambda ticket: ticket.released(agent))


def assign(office: Office, supervisor: Session, number: str, staff_id: str, now: datetime) -> Ticket:
    """Give the ticket to a member of staff who works on its topic; two requests.

    Raises:
        ForbiddenError: only supervisors give tickets to others.
        NotFoundError: the ticket or the member is not there.
        InvalidError: the member does not work on the ticket's topic.
    """
    refuse_agents(supervisor)

    def decide(ticket: Ticket, item: Item) -> Change:
        assigned = _assigned(visible(ticket, supervisor), from_item(StaffMember, item))
        return Change(assigned, EventType.TICKET_ASSIGNED)

    return change_ticket_beside(office.desk, number, supervisor.actor, now, keys.staff_member(staff_id), decide)


def _assigned(ticket: Ticket, member: StaffMember) -> Ticket:
    if not member.enabled:
        raise NotFoundError
    if not member.works_on(ticket.topic):
        raise InvalidError("agent_id", "not_on_topic")
    return ticket.assigned_to(member.actor)


def list_assignees(office: Office, supervisor: Session, number: str) -> list[StaffMember]:
    """Whom the ticket may be given to, in the order of joining; two requests.

    Raises:
        ForbiddenError: only supervisors give tickets to others.
        NotFoundError: it is not there.
    """
    refuse_agents(supervisor)
    ticket = visible(tickets.find(office.desk, number), supervisor)
    return [member for member in staff.list_all(office.desk) if member.works_on(ticket.topic)]


def refuse_agents(caller: Session) -> None:
    """Nothing, for supervisors and administrators.

    Raises:
        ForbiddenError: for agents.
    """
    if caller.role not in (Role.SUPERVISOR, Role.ADMIN):
        raise ForbiddenError


@dataclass(frozen=True)
class TicketPatch:
    """What an agent changes on a ticket; None leaves it as it is."""

    priority: str | None = None
    topic: str | None = None
    status: Status | None = None
    tags: tuple[str, ...] | None = None


def change(office: Office, agent: Session, number: str, patch: TicketPatch, now: datetime) -> Ticket:
    """Change priority, topic, status or tags in one step; two requests.

    Raises:
        InvalidError: unknown topic or priority.
        NotFoundError: it is not there, or of a topic the agent does not work on.
        ClaimedError: a colleague has it; priority and tags change all the same.
        TransitionError: the status may not follow the present one.
    """
    if patch.topic is not None:
        office.rules.topic(patch.topic)
    if patch.priority is not None:
        office.rules.priority(patch.priority)
    event_type = _STATUS_EVENTS.get(patch.status, EventType.TICKET_CHANGED)
    return _change(office, agent, number, now, event_type, lambda ticket: _patched(office, ticket, patch, agent, now))


_STATUS_EVENTS: Mapping[Status | None, EventType] = {
    Status.RESOLVED: EventType.TICKET_RESOLVED,
    Status.CLOSED: EventType.TICKET_CLOSED,
}


def _patched(office: Office, ticket: Ticket, patch: TicketPatch, agent: Session, now: datetime) -> Ticket:
    if (patch.status, patch.topic) != (None, None):
        ticket.refuse_colleagues(agent)
    if patch.topic is not None:
        ticket = ticket.with_topic(patch.topic, agent)
    if patch.priority is not None:
        ticket = ticket.with_priority(patch.priority, office.sla)
    if patch.tags is not None:
        ticket = ticket.with_tags(patch.tags)
    if patch.status is not None:
        ticket = ticket.moved_to(patch.status, office.sla, office.rules.limits.close_after, now)
    return ticket


def _change(
    office: Office,
    agent: Session,
    number: str,
    now: datetime,
    event_type: EventType,
    next_state: Callable[[Ticket], Ticket],
) -> Ticket:
    def decide(ticket: Ticket, _: tuple[Attachment, ...]) -> Change:
        return Change(next_state(visible(ticket, agent)), event_type)

    return change_ticket(office.desk, number, agent.actor, now, decide)


def visible(ticket: Ticket | None, agent: Session) -> Ticket:
    """The ticket, if there is one and the agent works on its topic.

    Raises:
        NotFoundError: else, in the same words.
    """
    if ticket is None or not agent.sees(ticket.topic):
        raise NotFoundError
    return ticket
